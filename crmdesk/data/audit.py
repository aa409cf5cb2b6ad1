"""Reading the trail: the history of a row, what one transaction changed, and the tables replayed from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select

from crmdesk.data import tables
from crmdesk.data.audit_triggers import audited_tables, key_columns

_COLUMNS = (
    tables.Audit.id,
    tables.Audit.tx,
    tables.Audit.at,
    tables.Audit.user_id,
    tables.Audit.op,
    tables.Audit.tbl,
    tables.Audit.row_id,
    tables.Audit.old,
    tables.Audit.new,
)
_ALL = select(*_COLUMNS).order_by(tables.Audit.id)
Key = tuple[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row. `old` and `new` hold the changed keys as the store keeps them: days as ordinals,
    instants as milliseconds; a NULL of a new or deleted row is left out."""

    id: int
    tx: int
    at: datetime
    user_id: int | None
    op: str
    table: str
    row_id: int
    old: dict[str, Any]
    new: dict[str, Any]

    @property
    def key(self) -> Key:
        """Which row it was: its table, the values of its key columns."""
        names = key_columns(tables.metadata.tables[self.table])
        if names == ("id",):
            return self.table, (self.row_id,)
        return self.table, tuple(self.old.get(name, self.new.get(name)) for name in names)


def _change(row: Row[Any]) -> Change:
    return Change(
        row.id, row.tx, row.at, row.user_id, row.op, row.tbl, row.row_id, dict(row.old or {}), dict(row.new or {})
    )


def history(connection: Connection, table: str, row_id: int) -> tuple[Change, ...]:
    """All changes of a row, the oldest first."""
    found = connection.execute(_ALL.where(tables.Audit.tbl == table, tables.Audit.row_id == row_id))
    return tuple(_change(row) for row in found)


class LastChange(NamedTuple):
    """Who changed a row last, and when; "" when nobody of ours did."""

    user: str
    at: datetime


def last_change(connection: Connection, table: str, row_id: int) -> LastChange | None:
    """The last change of a row; None when the trail knows none."""
    found = connection.execute(
        select(tables.User.name, tables.Audit.at)
        .select_from(tables.Audit)
        .outerjoin(tables.User, tables.User.id == tables.Audit.user_id)
        .where(tables.Audit.tbl == table, tables.Audit.row_id == row_id)
        .order_by(tables.Audit.id.desc())
        .limit(1)
    ).first()
    return LastChange(found[0] or "", found[1]) if found else None


def of_transaction(connection: Connection, tx: int, most: int | None = None) -> tuple[Change, ...]:
    """All that one transaction changed, in order, or the first `most` of it; `tx` is its Writing.tx."""
    return tuple(_change(row) for row in connection.execute(_ALL.where(tables.Audit.tx == tx).limit(most)))


def trail(connection: Connection) -> Iterator[Change]:
    """Everything, in order, read in pieces."""
    for row in connection.execution_options(yield_per=1000).execute(_ALL):
        yield _change(row)


def of_table(connection: Connection, table: str) -> Iterator[Change]:
    """All changes of a table's rows, row by row in the order of their numbers, each row's in order; in pieces."""
    asked = select(*_COLUMNS).where(tables.Audit.tbl == table).order_by(tables.Audit.row_id, tables.Audit.id)
    with connection.execution_options(yield_per=1000).execute(asked) as found:
        for row in found:
            yield _change(row)


def replay(changes: Iterable[Change]) -> dict[Key, dict[str, Any]]:
    """The rows that the trail says exist, from empty: values by column name, without NULLs.

    Equal to `rows_as_kept` of the same store: what a test proves, and `crmdesk doctor` may.
    """
    rows: dict[Key, dict[str, Any]] = {}
    for change in changes:
        if change.op == "delete":
            del rows[change.key]
        elif change.op == "insert":
            rows[change.key] = _without_nulls(change.new)
        else:
            rows[change.key] = _without_nulls({**rows[change.key], **change.new})
    return rows


def rows_as_kept(connection: Connection) -> dict[Key, dict[str, Any]]:
    """The rows of all audited tables as the trail would write them."""
    rows: dict[Key, dict[str, Any]] = {}
    for table in audited_tables():
        rows.update(rows_of(connection, table))
    return rows


def rows_of(connection: Connection, table: Table) -> Iterator[tuple[Key, dict[str, Any]]]:
    """The rows of one table as the trail would write them, in the order of their keys; in pieces."""
    names = key_columns(table)
    binds = {
        column.name: getattr(column.type.dialect_impl(connection.dialect), "process_bind_param", None)
        for column in table.columns
    }
    asked = select(table).order_by(*table.primary_key)
    with connection.execution_options(yield_per=1000).execute(asked) as found:
        for row in found.mappings():
            values = {name: bind(row[name], connection.dialect) if bind else row[name] for name, bind in binds.items()}
            yield (table.name, tuple(values[name] for name in names)), _without_nulls(values)


def _without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
