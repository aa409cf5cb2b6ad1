"""Who is unplanned says the same in SQL and in Python, on both stores, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from crmdesk.data import tables, unplanned
from crmdesk.data.office import Store
from crmdesk.domain import unplanned as rules
from crmdesk.domain.lists import TaskKind
from crmdesk.domain.unplanned import Lack
from crmdesk.system.clock import Clock
from tests.data.rows import add, add_client, add_interaction, add_order, add_task, add_user
from tests.data.test_twins import task_row

TODAY = date(2026, 11, 26)
MONTH = (date(2026, 11, 1), date(2026, 11, 30))
quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
some_days = st.none() | st.integers(0, 70)


def ago(days: int | None) -> date | None:
    return None if days is None else TODAY - timedelta(days=days)


@quick
@given(st.lists(st.tuples(some_days, some_days, st.integers(0, 5)), min_size=1, max_size=8))
def test_that_lacking_by_the_norm_is_the_same_in_sql(store: Store, clock: Clock, shapes: list[Any]) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        for last, since, norm in shapes:
            client = add_client(writing, since=ago(since), visits_norm=norm)
            if last is not None:
                add_interaction(writing, client, ago(last), "visit", rung="maximum")
    client, stat = tables.Client, tables.ClientStat
    columns = (client.id, stat.last_visit, client.since, client.visits_norm)
    clause = unplanned.lacking_clause(stat.last_visit, client.since, client.visits_norm, TODAY.toordinal())
    with store.read() as connection:
        joined = select(*columns).outerjoin(stat, stat.client_id == client.id)
        everybody = connection.execute(joined).all()
        by_sql = {row.id for row in connection.execute(joined.where(clause))}
    assert by_sql == {row.id for row in everybody if rules.is_lacking(*row[1:], TODAY)}


@quick
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(TaskKind)), st.none() | st.integers(-20, 50), st.integers(0, 3)),
        min_size=1,
        max_size=8,
    ),
    st.integers(1, 4),
)
def test_that_a_plan_within_the_norm_is_the_same_in_sql(
    store: Store, clock: Clock, shapes: list[Any], norm: int
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        for kind, ahead, state in shapes:
            add_task(
                writing, None, None if ahead is None else TODAY + timedelta(days=ahead), kind=kind,
                done_at=writing.at if state == 1 else None, done_day=TODAY if state == 1 else None,
                released_at=writing.at if state == 2 else None, archived_at=writing.at if state == 3 else None,
            )  # fmt: skip
    with store.read() as connection:
        everything = [task_row(row) for row in connection.execute(select(tables.Task.__table__))]
        for lack in Lack:
            clause = unplanned.planned_clause(lack, norm, TODAY.toordinal())
            by_sql = set(connection.scalars(select(tables.Task.id).where(clause)))
            assert by_sql == {task.id for task in everything if rules.is_planned(lack, task, norm, TODAY)}, lack


def _norms(store: Store, clock: Clock) -> int:
    with store.write(user_id=None, clock=clock) as writing:
        for key, visits, calls in (("VVV", 1, 0), ("CCC", 0, 2)):
            writing.connection.execute(
                insert(tables.ActionSegmentNorm).values(key=key, visits=visits, calls=calls, mailings=0)
            )
        return add_user(writing)


def test_that_the_rail_tells_who_lacks_what_with_the_months_visits(store: Store, clock: Clock) -> None:
    me = _norms(store, clock)
    with store.write(user_id=None, clock=clock) as writing:
        mine = {"manager_id": me, "action_segment": "VVV"}
        seen = add_client(writing, "Днепр", **mine)
        add_interaction(writing, seen, TODAY - timedelta(days=47), "visit", rung="maximum", manager_id=me)
        planned = add_client(writing, "Ода", **mine)
        add_task(writing, planned, TODAY + timedelta(days=30), kind="visit", manager_id=me)
        far = add_client(writing, "Лес", importance="vip", **mine)
        add_task(writing, far, TODAY + timedelta(days=31), kind="visit", manager_id=me)
        caller = add_client(writing, "Пульс", manager_id=me, action_segment="CCC")
        add_interaction(writing, caller, TODAY - timedelta(days=15), "call", rung="middle", manager_id=me)
        visited = add_client(writing, "Горохова", manager_id=me, action_segment="CCC")
        add_interaction(writing, visited, TODAY - timedelta(days=3), "visit", rung="middle", manager_id=me)
        often = add_client(writing, "Вираж", manager_id=me, action_segment="CCC", calls_norm=10)
        add_interaction(writing, often, TODAY - timedelta(days=3), "call", rung="middle", manager_id=me)
        add_client(writing, "Чужой", action_segment="VVV")
        add_client(writing, "Прошлый", archived_at=writing.at, **mine)
        add_client(writing, "Никто", manager_id=me)
        add_task(writing, seen, MONTH[0], kind="visit", manager_id=me, done_at=writing.at, done_day=MONTH[0])
    with store.read() as connection:
        rail = unplanned.rail(connection, TODAY, MONTH, [me])
        everybody = unplanned.rail(connection, TODAY, MONTH)
    assert [(row.lack, row.client, row.days, row.norm_days) for row in rail.clients] == [
        (Lack.VISIT, "Лес", None, 30), (Lack.VISIT, "Днепр", 47, 30),
        (Lack.CALL, "Пульс", 15, 15), (Lack.CALL, "Вираж", 3, 3),
    ]  # fmt: skip
    assert rail.counts == {Lack.VISIT: 2, Lack.CALL: 2} and rail.total == 4
    assert rail.norm_days == {Lack.VISIT: 30, Lack.CALL: 15}
    assert (rail.plan.planned, rail.plan.done) == (1, 1)
    assert [row.client for row in everybody.clients][:3] == ["Лес", "Днепр", "Чужой"]


def test_that_a_product_is_due_by_the_clients_own_gap_and_each_client_is_told_once(store: Store, clock: Clock) -> None:
    me = _norms(store, clock)
    with store.write(user_id=None, clock=clock) as writing:
        label = add(writing, tables.Product, name="Этикетка", reprint_days=365)
        form = add(writing, tables.Product, name="Анкета", reprint_days=90)
        bakery = add_client(writing, "Пекарня", manager_id=me, tracked=True, action_segment="INFO")
        for days in (186, 126, 50):
            add_order(writing, bakery, TODAY - timedelta(days=days), lines=[(label, 1000, 100_00, None)])
        hotel = add_client(writing, "Отель", manager_id=me, tracked=True, action_segment="INFO")
        add_order(writing, hotel, TODAY - timedelta(days=70), lines=[(form, 1000, 1, None), (label, 1000, 1, None)])
        planned = add_client(writing, "Зерно", manager_id=me, tracked=True, action_segment="INFO")
        add_order(writing, planned, TODAY - timedelta(days=70), lines=[(form, 1000, 1, None)])
        add_task(writing, planned, TODAY + timedelta(days=9), kind="letter", manager_id=me)
        nothing = add_client(writing, "Речной", manager_id=me, tracked=True)
        add_order(writing, nothing, TODAY - timedelta(days=70), lines=[(form, 1000, 1, None)])
        other = add_client(writing, "Без контроля", manager_id=me, action_segment="INFO")
        add_order(writing, other, TODAY - timedelta(days=70), lines=[(form, 1000, 1, None)])
    with store.read() as connection:
        rail = unplanned.rail(connection, TODAY, MONTH, [me])
    assert [(row.lack, row.client, row.product, row.days, row.weeks) for row in rail.clients] == [
        (Lack.REPRINT, "Пекарня", "Этикетка", 18, 3), (Lack.REPRINT, "Отель", "Анкета", 20, 3),
    ]  # fmt: skip


def test_that_the_rail_costs_five_statements_whatever_it_finds(
    store: Store, clock: Clock, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    me = _norms(store, clock)
    with statements(store) as empty, store.read() as connection:
        unplanned.rail(connection, TODAY, MONTH, [me])
    with store.write(user_id=None, clock=clock) as writing:
        for n in range(12):
            add_client(writing, f"Клиент {n}", manager_id=me, action_segment="VVV" if n % 2 else "CCC")
    with statements(store) as full, store.read() as connection:
        assert unplanned.rail(connection, TODAY, MONTH, [me]).total == 12
    assert len(full) == len(empty) == 5
