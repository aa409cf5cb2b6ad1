from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import bindparam, func, insert, select

from crmdesk.data import ready, tables
from crmdesk.data.dialects import among
from crmdesk.data.office import Store
from crmdesk.data.ready import Ready
from crmdesk.system.clock import Clock
from tests.data.rows import add_client, add_interaction, add_order, add_task

BY_IDS = Ready(
    select(tables.Task.id, tables.Task.due_day, tables.Task.promise, tables.Task.created_at, tables.Task.done_day)
    .where(among(tables.Task.id))
    .order_by(tables.Task.id)
)


def test_that_a_ready_statement_reads_what_core_reads(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        ids = [add_task(writing, None, date(2026, 11, n), promise=n % 2 == 0) for n in range(1, 6)]
    with store.read() as connection:
        by_core = [tuple(row) for row in connection.execute(BY_IDS.statement, {"ids": ids})]
        assert [tuple(row) for row in BY_IDS.rows(connection, ids=ids)] == by_core
        assert [row.due_day.day for row in BY_IDS.named(connection, ids=ids)] == [1, 2, 3, 4, 5]
        assert tuple(BY_IDS.first(connection, ids=ids[2:]) or ()) == by_core[2]
        assert BY_IDS.first(connection, ids=[]) is None and BY_IDS.named(connection, ids=[]) == []


def test_that_sums_come_with_the_types_of_their_columns(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        client = add_client(writing)
        for total in (2**40, 2**41):
            add_order(writing, client, total=total)
    total = Ready(select(func.sum(tables.Order.total), func.max(tables.Order.day)))
    with store.read() as connection:
        found = total.first(connection)
        assert found is not None and int(found[0]) == 2**40 + 2**41 and isinstance(found[1], date)


def test_that_constant_defaults_of_columns_are_kept(store: Store, clock: Clock) -> None:
    new = Ready(insert(tables.Branch).values(id=bindparam("id"), name=bindparam("name"), created_at=bindparam("at")))
    with store.write(user_id=None, clock=clock) as writing:
        new.run(writing.connection, id=7, name="Центр", at=writing.at)
    with store.read() as connection:
        assert connection.execute(select(tables.Branch.name, tables.Branch.version)).one() == ("Центр", 1)


def test_that_a_ready_write_is_in_the_transaction_around_it(store: Store, clock: Clock) -> None:
    with pytest.raises(ZeroDivisionError), store.write(user_id=None, clock=clock) as writing:
        add_interaction(writing, add_client(writing))
        raise ZeroDivisionError
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.Client)) == 0


def test_that_what_is_asked_can_be_heard_and_a_missing_parameter_is_a_bug(store: Store) -> None:
    said: list[str] = []
    ready.listeners.append(said.append)
    try:
        with store.read() as connection:
            BY_IDS.rows(connection, ids=[1])
            with pytest.raises(KeyError):
                BY_IDS.rows(connection)
    finally:
        ready.listeners.remove(said.append)
    assert "FROM task" in said[0].replace("\n", " ").replace("crm.", "")
