from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Connection, Integer, Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from crmdesk.data import audit, tables
from crmdesk.data.audit_triggers import audited_tables
from crmdesk.data.office import Store
from crmdesk.data.tables.base import Day, Instant
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id

TEXTS = (
    "",
    "ООО «Ёлка»",
    'кавычка " и \\ черта',
    "<b>скидка</b> & 'A'",
    "строка\nдва\tтри",
    "🖨️🧾",
    "null",
    "{}",
    "ж" * 60,
)
NUMBERS = itertools.count(1)  # keys that are never drawn twice
JSONS = ({}, {"a": None, "б": [1, 2.5, "x"], "c": {"d": None}}, {"key": "значение"})


# ---- rows of any table, made by chance -----------------------------------------------------------------


def _value(connection: Connection, column: Column[Any], rng: random.Random) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        known = list(connection.scalars(select(target).limit(20)))
        if column.nullable and (not known or rng.random() < 0.3):
            return None
        return rng.choice(known) if known else _insert(connection, target.table, rng)
    if column.nullable and rng.random() < 0.3:
        return None
    if isinstance(column.type, Boolean):
        return rng.random() < 0.5
    if isinstance(column.type, Day):
        return date(2020, 1, 1) + timedelta(days=rng.randrange(3000))
    if isinstance(column.type, Instant):
        return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(milliseconds=rng.randrange(10**11))
    if isinstance(column.type, JSON):
        return rng.choice(JSONS)
    if column.type.python_type is int:
        return rng.randrange(-(10**6), 10**6) if isinstance(column.type, Integer) else rng.randrange(-(2**60), 2**60)
    words = rng.choice(TEXTS)
    return words[: column.type.length] if getattr(column.type, "length", None) else words


def _insert(connection: Connection, table: Table, rng: random.Random) -> int:
    values = {column.name: _value(connection, column, rng) for column in table.columns}
    if "version" in values:
        values["version"] = 1
    for column in table.columns:
        if column.primary_key or column.unique:
            if column.type.python_type is int and not column.foreign_keys:
                values[column.name] = new_id() if column.name == "id" else next(NUMBERS)
            elif not column.foreign_keys:
                values[column.name] = f"{new_id()}"[-20:]
    if table.name == "sales_plan":
        values["month"] = next(NUMBERS)
    if table.name == "reminder":
        values["key"] = str(next(NUMBERS))
    connection.execute(insert(table).values(values))
    return int(values.get("id") or 0)


def _change(connection: Connection, table: Table, rng: random.Random) -> None:
    """A bulk change of some columns of a random half of the rows."""
    columns = [
        c for c in table.columns if not c.primary_key and not c.unique and c.name not in ("version", "month", "key")
    ]
    if not columns:
        return
    chosen = rng.sample(columns, k=min(len(columns), 1 + rng.randrange(4)))
    values: dict[str, Any] = {column.name: _value(connection, column, rng) for column in chosen}
    if "version" in table.columns:
        values["version"] = table.columns["version"] + 1
    if table.name == "sales_plan":
        values.pop("manager_id", None)
    some = next(iter(table.primary_key))
    half = list(connection.scalars(select(some)))
    picked = [key for key in half if rng.random() < 0.5]
    connection.execute(update(table).where(some.in_(picked)).values(values))


STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "change", "unsay"]), st.integers(0, 10**9)), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_that_the_trail_replayed_from_empty_equals_the_tables(
    store: Store, clock: Clock, steps: list[tuple[str, int]]
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        for op, seed in steps:
            rng = random.Random(seed)
            table = rng.choice(audited_tables())
            if op == "insert":
                _insert(writing.connection, table, rng)
            elif op == "change":
                _change(writing.connection, table, rng)
            else:
                lines = tables.OrderLine.__table__
                writing.connection.execute(delete(lines).where(lines.c.line % 3 == rng.randrange(3)))
    with store.read() as connection:
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)


def test_that_every_audited_table_can_be_filled_and_changed(store: Store, clock: Clock) -> None:
    rng = random.Random(7)
    with store.write(user_id=None, clock=clock) as writing:
        for table in audited_tables():
            for _ in range(3):
                _insert(writing.connection, table, rng)
        for table in audited_tables():
            _change(writing.connection, table, rng)
    with store.read() as connection:
        kept = audit.rows_as_kept(connection)
        assert {table for table, _ in kept} == {table.name for table in audited_tables()}
        assert audit.replay(audit.trail(connection)) == kept


# ---- what a trail row says -----------------------------------------------------------------------------


def _branch(writing_session: Session, at: datetime, name: str) -> tables.Branch:
    branch = tables.Branch(id=new_id(), name=name, created_at=at)
    writing_session.add(branch)
    return branch


def test_that_the_trail_says_who_in_which_transaction_and_only_what_changed(office: Desk) -> None:
    with office.store.write(user_id=office.me.id, clock=office.clock) as first:
        branch = _branch(first.session, first.at, "Север")
    with office.store.write(user_id=office.me.id, clock=office.clock) as second:
        row = second.session.get_one(tables.Branch, branch.id)
        row.name = "Юг"
    with office.store.read() as connection:
        made, renamed = audit.history(connection, "branch", branch.id)
        assert audit.of_transaction(connection, second.tx) == (renamed,)
    assert (made.op, made.tx, made.user_id) == ("insert", first.tx, office.me.id)
    assert made.new["name"] == "Север" and "archived_at" not in made.new
    assert (renamed.op, renamed.tx) == ("update", second.tx)
    assert (renamed.old, renamed.new) == ({"name": "Север", "version": 1}, {"name": "Юг", "version": 2})


def test_that_a_bulk_change_leaves_a_trail_row_for_each_row(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        for n in range(20):
            _branch(writing.session, writing.at, f"{n}")
    with store.write(user_id=None, clock=clock) as bulk:
        bulk.connection.execute(update(tables.Branch).values(name="x", version=tables.Branch.version + 1))
    with store.read() as connection:
        assert [change.op for change in audit.of_transaction(connection, bulk.tx)] == ["update"] * 20


def test_that_a_rolled_back_change_leaves_no_trail(store: Store, clock: Clock) -> None:
    with pytest.raises(ZeroDivisionError), store.write(user_id=None, clock=clock) as writing:
        _branch(writing.session, writing.at, "x")
        writing.session.flush()
        assert audit.of_transaction(writing.connection, writing.tx)
        raise ZeroDivisionError
    with store.read() as connection:
        assert audit.of_transaction(connection, writing.tx) == ()


@pytest.mark.parametrize("statement", ["UPDATE audit SET tbl = 'x'", "DELETE FROM audit"])
def test_that_the_trail_is_append_only_even_for_a_superuser(store: Store, clock: Clock, statement: str) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        _branch(writing.session, writing.at, "Север")
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))


@pytest.mark.parametrize("table", ["audit", "client", "order_line"])
def test_that_nothing_is_emptied_on_a_server_even_by_a_superuser(postgres_store: Store, table: str) -> None:
    with postgres_store.engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(f"TRUNCATE {table} CASCADE"))


def test_that_an_office_on_a_server_names_who_wrote_even_from_another_program(postgres_office: Desk) -> None:
    with postgres_office.store.engine.begin() as connection:
        connection.execute(text("UPDATE branch SET name = name"))
        connection.execute(
            text("INSERT INTO branch (id, name, created_at) VALUES (5, 'psql', 0)"),
        )
    with postgres_office.store.read() as connection:
        (made,) = audit.history(connection, "branch", 5)
    assert made.user_id == postgres_office.me.id


def test_that_a_change_from_outside_the_program_is_nobodys(sqlite_office: Desk) -> None:
    with sqlite_office.store.engine.begin() as connection:
        connection.execute(text("INSERT INTO branch (id, name, created_at) VALUES (5, 'other', 0)"))
    with sqlite_office.store.read() as connection:
        (made,) = audit.history(connection, "branch", 5)
    assert made.user_id is None and made.tx == 0


# ---- versions ------------------------------------------------------------------------------------------


def test_that_the_store_refuses_a_change_without_the_next_version(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        branch = _branch(writing.session, writing.at, "x")
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="stale version"):
        connection.execute(update(tables.Branch).where(tables.Branch.id == branch.id).values(name="y"))


def test_that_the_store_refuses_a_changed_key(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        _branch(writing.session, writing.at, "x")
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="key never changes"):
        connection.execute(update(tables.Branch).values(id=7, version=tables.Branch.version + 1))


def test_that_a_row_that_is_replaced_leaves_both_in_the_trail_of_a_file(sqlite_store: Store, clock: Clock) -> None:
    with sqlite_store.write(user_id=None, clock=clock) as writing:
        for value in ('"старое"', '"новое"'):
            writing.connection.execute(
                text("INSERT OR REPLACE INTO setting (key, value, version) VALUES ('x', :value, 1)"), {"value": value}
            )
    with sqlite_store.read() as connection:
        changes = audit.of_transaction(connection, writing.tx)
        assert [(change.op, change.old.get("value"), change.new.get("value")) for change in changes] == [
            ("insert", None, "старое"),
            ("delete", "старое", None),
            ("insert", None, "новое"),
        ]
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)
