"""What can be wrong inside an office, counted: pages, references, derived rows, the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, exists, func, select, text
from sqlalchemy.exc import DatabaseError

from crmdesk.data import audit, figures, search, tables
from crmdesk.data.audit_triggers import audited_tables, key_columns
from crmdesk.system.jobs import Job

FIGURES = (tables.ClientMonth, tables.ClientMonthProduct, tables.ClientStat)
SEARCH = (tables.SearchWord, tables.SearchText)
# References that the stores do not hold themselves: column, the table it points to.
_LOOSE = (
    (tables.ClientMonthProduct.product_id, tables.Product.id),
    (tables.ClientStat.next_task_id, tables.Task.id),
    (tables.ImportRun.user_id, tables.User.id),
    (tables.Audit.user_id, tables.User.id),
)


def damaged_pages(connection: Connection) -> int:
    """How many complaints SQLite's integrity check has (at most 100); 0 on Postgres, which checks its own pages."""
    if connection.dialect.name != "sqlite":
        return 0
    try:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    except DatabaseError:  # too damaged for the check itself
        return 1
    return 0 if said == ["ok"] else len(said)


def orphans(connection: Connection) -> Iterator[tuple[str, int]]:
    """Tables with rows that point to a row that is not there, and how many."""
    found: dict[str, int] = {}
    for column, target in _references():
        parent = target.table.alias()
        there = exists().where(parent.c[target.name] == column)
        count = connection.scalar(select(func.count()).where(column.is_not(None), ~there)) or 0
        found[column.table.name] = found.get(column.table.name, 0) + count
    yield from ((name, count) for name, count in found.items() if count)


def _references() -> Iterator[tuple[Any, Any]]:
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            yield key.parent, key.column
        if "import_id" in table.columns:
            yield table.columns["import_id"], tables.metadata.tables["import_run"].columns["id"]
    for column, target in _LOOSE:
        yield column.property.columns[0], target.property.columns[0]


def recount(connection: Connection, *, keep: bool, job: Job) -> Iterator[tuple[str, int]]:
    """Counts every derived row anew; the tables that had others, and how many rows differed.

    In a write transaction, because nobody may write meanwhile; only with `keep` the new rows stay.
    """
    derived: tuple[Table, ...] = tuple(tables.metadata.tables[t.__tablename__] for t in (*FIGURES, *SEARCH))
    rehearsal = connection.begin_nested()
    for table in derived:
        connection.execute(text(f"CREATE TEMPORARY TABLE doctor_{table.name} AS SELECT * FROM {table.name}"))
    steps = (figures.recompute_all, search.reindex_all)
    for number, step in enumerate(steps):
        job.check()
        step(connection)
        job.progress(number + 1, len(steps))
    different = [(table.name, _differing(connection, table)) for table in derived]
    for table in derived:
        connection.execute(text(f"DROP TABLE doctor_{table.name}"))
    if keep:
        rehearsal.commit()
    else:
        rehearsal.rollback()
    yield from ((name, count) for name, count in different if count)


def _differing(connection: Connection, table: Table) -> int:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    keys = ", ".join(f'"{name}"' for name in key_columns(table))
    now, was = f"SELECT {names} FROM {table.name}", f"SELECT {names} FROM doctor_{table.name}"
    one_side = "SELECT {keys} FROM (SELECT * FROM ({left}) a EXCEPT SELECT * FROM ({right}) b) c"
    sides = (one_side.format(keys=keys, left=left, right=right) for left, right in ((now, was), (was, now)))
    return int(connection.execute(text(f"SELECT count(*) FROM ({' UNION '.join(sides)}) d")).scalar_one())


def not_in_trail(connection: Connection, job: Job) -> Iterator[tuple[str, int]]:
    """Tables whose rows are not what the trail says they became, and how many rows."""
    for table in audited_tables():
        job.check()
        wrong = sum(1 for _ in _unlike(connection, table))
        if wrong:
            yield table.name, wrong


def _unlike(connection: Connection, table: Table) -> Iterator[audit.Key]:
    rows = audit.rows_of(connection, table)
    changes = audit.of_table(connection, table.name)
    if next(iter(table.primary_key)).type.python_type is not int:  # a handful of rows, all under row_id 0
        said, kept = audit.replay(changes), dict(rows)
        yield from (key for key in said.keys() | kept.keys() if said.get(key) != kept.get(key))
        return
    grouped = (audit.replay(of_row) for _, of_row in groupby(changes, key=lambda change: change.row_id))
    yield from _merged((row for found in grouped for row in sorted(found.items(), key=_numbers)), rows)


def _merged(
    said: Iterable[tuple[audit.Key, dict[str, Any]]], kept: Iterable[tuple[audit.Key, dict[str, Any]]]
) -> Iterator[audit.Key]:
    """The keys under which two streams, both in the order of their keys, have different rows."""
    left, right = iter(said), iter(kept)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and _numbers(one) < _numbers(other)):
            assert one is not None
            yield one[0]
            one = next(left, None)
        elif one is None or _numbers(other) < _numbers(one):
            yield other[0]
            other = next(right, None)
        else:
            if one[1] != other[1]:
                yield one[0]
            one, other = next(left, None), next(right, None)


def _numbers(row: tuple[audit.Key, dict[str, Any]]) -> tuple[int, ...]:
    return tuple(int(str(part)) for part in row[0][1])
