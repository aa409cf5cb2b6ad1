"""The sheet's facts: equal to an independent recount on both stores, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from sqlalchemy import select, text

from crmdesk.data import quiet, sheets, tables
from crmdesk.data.office import Store
from crmdesk.domain import months as calendar
from crmdesk.domain import sheet_rows
from crmdesk.domain.sheet import Factor, SheetRequest
from crmdesk.services import users
from crmdesk.services.office import Desk
from tests.data.rows import add, add_client, add_order, add_task
from tests.data.sheet_office import TODAY, fill, recount

LAST = 202610
SHOWN = calendar.ending(LAST, 6)
Statements = Callable[[Store], AbstractContextManager[list[str]]]


def test_that_a_sheet_equals_an_independent_recount_of_the_raw_rows(office: Desk) -> None:
    manager = fill(office)
    factors = (
        Factor.TURNOVER,
        Factor.GROSS_PROFIT,
        Factor.IMPORTANT_PRODUCTS,
        Factor.SKUS,
        Factor.ORDERS,
        Factor.PROMISES_KEPT,
    )
    request = SheetRequest(manager, LAST, factors=factors)
    with office.store.read() as connection:
        facts = sheets.manager_facts(connection, manager, request, TODAY)
        clients = list(connection.execute(select(tables.Client.__table__).where(tables.Client.manager_id == manager)))
    assert facts is not None
    sheet = sheet_rows.compute(facts, request, TODAY)
    raw = recount(office)
    tracked = {client.id for client in clients if client.tracked}
    assert {row.client_id for row in sheet.rows} == tracked
    assert len(tracked) >= 5
    for row in sheet.rows:
        for place, month in enumerate(SHOWN):
            seen = raw[row.client_id, month]
            figures = row.months[place]
            assert figures.turnover == seen.turnover
            assert figures.gross_profit == seen.gross_profit
            assert figures.important == seen.important
            assert figures.skus == len(seen.products)
            assert figures.orders == seen.orders
            assert figures.calls == seen.calls
            assert figures.visits == seen.visits
            assert figures.mailings == seen.mailings
            assert (figures.promises_kept, figures.promises_due) == (seen.kept, seen.due)
        distinct = set().union(*(raw[row.client_id, month].products for month in SHOWN))
        assert row.sums[Factor.SKUS] == len(distinct)
        assert row.sums[Factor.TURNOVER] == sum(raw[row.client_id, month].turnover for month in SHOWN)
    everything = set().union(*(raw[client, month].products for client in tracked for month in SHOWN))
    assert sheet.totals.factors[Factor.SKUS].total == len(everything)
    for place, month in enumerate(SHOWN):
        assert sheet.totals.all.months[place] == sum(raw[client.id, month].turnover for client in clients)
        assert sheet.totals.tracked.months[place] == sum(raw[client, month].turnover for client in tracked)
    assert sheet.totals.plan.months == (2000_00, 3000_00, 4000_00, 5000_00, 0, 7000_00)
    assert sheet.totals.share[4] is None
    assert sheet.clients_all == len(clients)


def test_that_promises_and_overdue_tasks_are_those_of_the_raw_rows(office: Desk) -> None:
    manager = fill(office)
    with office.store.read() as connection:
        facts = sheets.manager_facts(connection, manager, SheetRequest(manager, LAST), TODAY)
        tasks = list(connection.execute(select(tables.Task.__table__).where(tables.Task.manager_id == manager)))
    assert facts is not None
    promises = [task for task in tasks if task.promise and date(2026, 5, 1) <= task.due_day <= date(2026, 10, 31)]
    late = [task for task in promises if task.done_day is None or task.done_day > task.due_day]
    overdue = [task.due_day for task in tasks if task.done_at is None and task.due_day < TODAY]
    assert (facts.promises_due, facts.promises_broken) == (len(promises), len(late))
    assert (facts.overdue_tasks, facts.oldest_overdue) == (len(overdue), min(overdue))
    for client in facts.clients:
        own = [t for t in tasks if t.client_id == client.client_id and t.done_at is None]
        expected = [t.due_day for t in own if t.promise and t.due_day < TODAY]
        assert client.broken_promise == (min(expected) if expected else None)
        coming = sorted(t.id for t in own if date(2026, 11, 1) <= t.due_day <= date(2027, 1, 31))
        assert sorted(item.source_id for item in client.coming if item.kind != "birthday") == coming


def test_that_a_sheet_costs_a_fixed_number_of_statements(office: Desk, statements: Statements) -> None:
    manager = fill(office, clients=6)
    request = SheetRequest(manager, LAST)

    def count() -> int:
        with statements(office.store) as said, office.store.read() as connection:
            sheets.manager_facts(connection, manager, request, TODAY)
        return len([s for s in said if s.lstrip().upper().startswith("SELECT")])

    few = count()
    fill(office, clients=30, seed=8)
    assert count() <= max(few, 10)
    assert few <= 10


def test_that_no_statement_of_the_sheet_scans_a_big_table(sqlite_office: Desk, statements: Statements) -> None:
    manager = fill(sqlite_office)
    request = SheetRequest(manager, LAST)
    with sqlite_office.store.write(user_id=sqlite_office.me.id, clock=sqlite_office.clock) as writing:
        writing.connection.execute(text("ANALYZE"))
    with statements(sqlite_office.store) as said, sqlite_office.store.read() as connection:
        sheets.manager_facts(connection, manager, request, TODAY)
    asked = [s for s in said if s.lstrip().startswith("SELECT") and "sum(client_stat" not in s]
    assert len(asked) >= 8
    with sqlite_office.store.read() as connection:
        for statement in asked:
            nothing = tuple([None] * statement.count("?"))
            plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, nothing).all()
            steps = [row[3] for row in plan]
            assert not [step for step in steps if "BLOOM" in step], statement
            big = ("orders", "client_month", "client_month_product", "interaction", "person", "client_stat")
            assert not [s for s in steps if s.startswith("SCAN") and s.split()[1] in big], (statement, steps)


def test_that_nobody_has_no_facts(office: Desk) -> None:
    with office.store.read() as connection:
        assert sheets.manager_facts(connection, 12345, SheetRequest(12345, LAST), TODAY) is None


def test_that_a_manager_without_clients_has_an_empty_sheet(office: Desk) -> None:
    manager = users.find(office, "kovalenko").id
    request = SheetRequest(manager, LAST)
    with office.store.read() as connection:
        facts = sheets.manager_facts(connection, manager, request, TODAY)
    assert facts is not None
    sheet = sheet_rows.compute(facts, request, TODAY)
    assert sheet.rows == ()
    assert sheet.totals.all.total == 0
    assert sheet.head.month.share is None
    assert sheet.head.completeness == 100


def test_that_a_client_lost_and_won_back_in_the_period_is_counted_as_both(office: Desk) -> None:
    manager = users.find(office, "ivanova").id
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        back = add_client(writing, "Вернулся", manager_id=manager, tracked=True)
        for day in (date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1), date(2026, 10, 5)):
            add_order(writing, back, day)
        fresh = add_client(writing, "Новый", manager_id=manager, tracked=True)
        add_order(writing, fresh, date(2026, 10, 20))
        gone = add_client(writing, "Ушёл", manager_id=manager, tracked=True)
        for day in (date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1), date(2025, 12, 1)):
            add_order(writing, gone, day)
    with office.store.read() as connection:
        facts = sheets.manager_facts(connection, manager, SheetRequest(manager, LAST, months=12), TODAY)
    assert facts is not None
    assert (facts.lost, facts.won_back, facts.new) == (2, 2, 1)


def test_that_birthdays_of_29_february_come_on_the_28th_in_common_years(office: Desk) -> None:
    manager = users.find(office, "ivanova").id
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        client = add_client(writing, manager_id=manager, tracked=True)
        add(writing, tables.Person, client_id=client, surname="Седов", birth_day=29, birth_month=2)
        add_task(writing, client, date(2027, 2, 3), manager_id=manager, routine=True)
    for last_month, expected in ((202612, date(2027, 2, 28)), (202712, date(2028, 2, 29))):
        request = SheetRequest(manager, last_month)
        with office.store.read() as connection:
            facts = sheets.manager_facts(connection, manager, request, TODAY)
        assert facts is not None
        days = [item.day for item in facts.clients[0].coming if item.kind == "birthday"]
        assert days == [expected]


@pytest.mark.parametrize("ahead", [0, 1, 3])
@pytest.mark.parametrize("months", [1, 12])
def test_that_any_period_can_be_asked_for(office: Desk, months: int, ahead: int) -> None:
    manager = fill(office, clients=8)
    request = SheetRequest(manager, LAST, months=months, ahead=ahead)
    with office.store.read() as connection:
        facts = sheets.manager_facts(connection, manager, request, TODAY)
    assert facts is not None
    sheet = sheet_rows.compute(facts, request, TODAY)
    assert len(sheet.months) == months
    assert len(sheet.ahead) == ahead
    assert all(len(row.plan) == len(row.empty) == ahead for row in sheet.rows)


def test_that_the_quiet_list_agrees_with_the_alarms_of_the_sheets(office: Desk) -> None:
    manager = fill(office, clients=40)
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        ids = list(writing.connection.scalars(select(tables.Client.id)))
        sheets.set_tracked(writing, ids, tracked=True)
    silent: dict[int, tuple[int, int]] = {}
    for login in ("ivanova", "sidorov"):
        manager = users.find(office, login).id
        request = SheetRequest(manager, LAST)
        with office.store.read() as connection:
            facts = sheets.manager_facts(connection, manager, request, TODAY)
            assert facts is not None
        for row in sheet_rows.compute(facts, request, TODAY).rows:
            for alarm in row.alarms:
                if alarm.kind == "silent" and alarm.values[0] <= 730:
                    silent[row.client_id] = (alarm.values[0], alarm.values[1])
    with office.store.read() as connection:
        found = quiet.quiet_list(connection, TODAY, 13.0)
    assert {one.client_id: (one.silent_days, one.usual_days) for one in found} == silent
    assert silent
