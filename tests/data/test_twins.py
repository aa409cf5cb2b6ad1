"""Each rule that SQL asks too says the same in Python: on both stores, for any row."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crmdesk.data import client_list, dialects, figures, interactions, tables, tasks
from crmdesk.data.office import Store
from crmdesk.domain import client_list as list_rules
from crmdesk.domain import interactions as contact_rules
from crmdesk.domain import months, orders
from crmdesk.domain import tasks as task_rules
from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.lists import ActionSegment, ContactKind, Rung, Stage
from crmdesk.domain.tasks import TaskRow
from crmdesk.system.clock import Clock
from tests.data.rows import DAY, add_client, add_interaction, add_order, add_task

quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
near = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))


def task_row(row: Any) -> TaskRow:
    return TaskRow(
        id=row.id, client_id=row.client_id, client="", person_id=None, manager_id=None, kind=row.kind, title="",
        promise=row.promise, routine=False, priority=0, due_day=row.due_day, due_time=None, moved_count=0,
        done_at=row.done_at, done_day=row.done_day, released_at=row.released_at, archived_at=row.archived_at,
    )  # fmt: skip


@quick
@given(
    st.lists(
        st.tuples(st.none() | near, st.none() | near, st.booleans(), st.booleans(), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    near,
)
def test_that_the_rules_of_tasks_and_their_clauses_agree(
    store: Store, clock: Clock, shapes: list[Any], today: Any
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        for due, done, promise, released, archived in shapes:
            add_task(
                writing, None, due, promise=promise, done_day=done, done_at=writing.at if done else None,
                released_at=writing.at if released else None, archived_at=writing.at if archived else None,
            )  # fmt: skip
    clauses = {
        "open": (tasks.open_clause(), task_rules.is_open),
        "overdue": (tasks.overdue_clause(today), lambda row: task_rules.is_overdue(row, today)),
        "hanging": (tasks.hanging_clause(), task_rules.is_hanging),
        "owed": (tasks.owed_clause(), task_rules.is_owed),
        "kept": (tasks.kept_clause(), task_rules.is_kept),
    }
    with store.read() as connection:
        everything = [task_row(row) for row in connection.execute(select(tables.Task.__table__))]
        for name, (clause, rule) in clauses.items():
            by_sql = set(connection.scalars(select(tables.Task.id).where(clause)))
            assert by_sql == {row.id for row in everything if rule(row)}, name


def test_that_the_rules_of_contacts_and_their_clauses_agree(store: Store, clock: Clock) -> None:
    some_results = ["", "call_order", "of our own", *sorted(contact_rules.NOT_REACHED)]
    with store.write(user_id=None, clock=clock) as writing:
        client = add_client(writing)
        for kind, rung, result in itertools.product(ContactKind, Rung, some_results):
            add_interaction(writing, client, kind=kind, rung=rung, result=result)
    clauses = {
        "call": (interactions.successful_call_clause(), contact_rules.is_successful_call),
        "visit": (interactions.visit_clause(), contact_rules.is_visit),
        "contact": (interactions.contact_clause(), contact_rules.is_contact),
        "mailing": (interactions.mailing_clause(), lambda kind, _rung, _result: contact_rules.is_mailing(kind)),
    }
    with store.read() as connection:
        everything = connection.execute(select(tables.Interaction.__table__)).all()
        for name, (clause, rule) in clauses.items():
            by_sql = set(connection.scalars(select(tables.Interaction.id).where(clause)))
            assert by_sql == {row.id for row in everything if rule(row.kind, row.rung, row.result)}, name


@quick
@given(st.integers(-900, 900), st.none() | st.integers(0, 900), st.lists(st.none() | st.integers(0, 900), max_size=3))
def test_that_gross_profit_is_the_same_in_sql(
    store: Store, clock: Clock, total: int, cost: int | None, line_costs: list[int | None]
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        lines = [(None, 1000, 100, line_cost) for line_cost in line_costs]
        order = add_order(writing, add_client(writing), DAY, total, lines, cost=cost)
    with store.read() as connection:
        by_sql = connection.scalar(select(figures.gross_profit_of()).where(tables.Order.id == order))
    assert by_sql == (orders.gross_profit(total, cost, line_costs) or 0)


def test_that_the_month_of_a_day_is_the_same_in_sql(store: Store, clock: Clock) -> None:
    some_days = [DAY + timedelta(days=n) for n in range(-800, 800, 3)]
    with store.write(user_id=None, clock=clock) as writing:
        for day in some_days:
            add_task(writing, None, day)
    with store.read() as connection:
        for day, month in connection.execute(select(tables.Task.due_day, dialects.month_of(tables.Task.due_day))):
            assert month == months.month_of(day)


@quick
@given(
    st.lists(st.integers(1, 900), min_size=0, max_size=9, unique=True),
    st.sampled_from(list(ActionSegment)),
    st.sampled_from([Stage.STEADY, Stage.LOST]),
    st.booleans(),
)
def test_that_the_silence_of_a_client_is_the_same_in_sql(
    store: Store, clock: Clock, ages: list[int], segment: ActionSegment, stage: Stage, step: bool
) -> None:
    today = clock.today()
    with store.write(user_id=None, clock=clock) as writing:
        client = add_client(writing, action_segment=segment.value, stage=stage.value)
        for age in ages:
            add_order(writing, client, today - timedelta(days=age))
        if step:
            add_task(writing, client, today)
    with store.read() as connection:
        (row,) = client_list.rows(connection, [client], today)
        stat = tables.ClientStat
        by_sql = connection.scalar(select(client_list.silence(today)).where(stat.client_id == client))
        silent, lacking = (
            client in client_list.page_ids(connection, wanted, today)
            for wanted in (ClientFilter(silent=True), ClientFilter(no_step=True))
        )
    assert (by_sql is None) == (row.silence is None)
    assert by_sql is None or abs(by_sql - (row.silence or 0)) < 1e-9
    assert silent == list_rules.is_silent(row, today)
    assert lacking == list_rules.lacks_step(row)
