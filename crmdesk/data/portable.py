"""An office on Postgres as a SQLite office file, and back: the backup that any computer can open and check.

Rows are copied as they are, with their trail: the triggers rest meanwhile.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update

from crmdesk.data import bulk, schema, sqlite, tables, upgrade
from crmdesk.data.driver_errors import told
from crmdesk.data.users import all_users
from crmdesk.system.errors import UserError
from crmdesk.system.jobs import Job

ROWS = 5_000  # copied between two looks at the job
_NEVER = frozenset({"audit_context"})  # SQLite's own scratch row
_CLASSES = {mapper.class_.__tablename__: mapper.class_ for mapper in tables.Base.registry.mappers}


def dump(address: str, target: Path, job: Job) -> dict[str, int]:
    """Copies the office into a new SQLite file as it was at one moment; how many rows each table had.

    Raises Stopped, OutsideError of the disk or the server.
    """
    from crmdesk.data import postgres  # 0.2 s of import that a SQLite office never needs

    source, made = postgres.engine(address), sqlite.new_engine(target)
    reading = source.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    writing = made.execution_options(**{sqlite.WRITES: True})
    try:
        postgres.look(source, address, any_schema=True)
        with (
            told(postgres.place(address)),
            reading.connect() as office,
            told(str(target)),
            writing.begin() as copy,
        ):
            number = int(office.execute(text("SELECT version_num FROM crm.alembic_version")).scalar_one())
            if number == schema.SCHEMA:
                schema.make(copy)
            else:  # before an upgrade
                upgrade.run_steps(copy, upgrade.STEPS, to=f"{number:04}")
            copy.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            with _triggers_of_sqlite_resting(copy):
                counted = _fill(copy, office, job)
    finally:
        source.dispose()
        made.dispose()
    return counted


def load(file: Path, address: str, *, stamp: str, job: Job) -> str | None:
    """Makes the office of a SQLite file the office of a database, in one transaction.

    An office that is there already keeps its rows in a schema of another name, which is the answer; its people
    have no right to it any more. Raises UserError("office_open_elsewhere", "older_schema", "restore_without_you").
    """
    from crmdesk.data import postgres  # 0.2 s of import that a SQLite office never needs

    engine = postgres.engine(address)
    where = postgres.place(address)
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as source,
            told(where),
            engine.begin() as office,
        ):
            schema.check_number(source.execute("PRAGMA user_version").fetchone()[0], str(file))
            _nobody_else(office, where)
            aside = _put_aside(office, stamp)
            schema.make(office)
            _take_over(office, source, job)
    finally:
        engine.dispose()
    return aside


def newest_change(address: str) -> int:
    """The number of the last line of the audit trail, 0 when it is empty."""
    from crmdesk.data import postgres  # 0.2 s of import that a SQLite office never needs

    engine = postgres.engine(address)
    try:
        with told(postgres.place(address)), engine.connect() as office:
            return office.scalar(select(func.max(tables.Audit.id))) or 0
    finally:
        engine.dispose()


def _copied() -> tuple[Table, ...]:
    return tuple(table for table in tables.metadata.sorted_tables if table.name not in _NEVER)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


# ---- Postgres to SQLite ------------------------------------------------------------------------------


@contextlib.contextmanager
def _triggers_of_sqlite_resting(copy: Connection) -> Iterator[None]:
    triggers = copy.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in triggers:
        copy.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        copy.exec_driver_sql(statement)


def _fill(copy: Connection, office: Connection, job: Job) -> dict[str, int]:
    """Copies all rows of all tables that the copy has, whatever their schema; how many each had."""
    shapes: dict[str, list[str]] = {}
    for table, column in copy.exec_driver_sql(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid"
    ):
        if table not in (*_NEVER, "alembic_version"):
            shapes.setdefault(table, []).append(column)
    is_json = {
        (row.table_name, row.column_name)
        for row in office.execute(
            text(
                "SELECT table_name, column_name FROM information_schema.columns "
                "WHERE table_schema = 'crm' AND data_type = 'jsonb'"
            )
        )
    }
    counted = {name: office.execute(text(f'SELECT count(*) FROM crm."{name}"')).scalar_one() for name in shapes}
    done, total = 0, sum(counted.values())
    streaming = office.execution_options(stream_results=True, yield_per=ROWS)
    for name, columns in shapes.items():
        said = ", ".join(f'"{column}"' + "::text" * ((name, column) in is_json) for column in columns)
        into = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        with streaming.exec_driver_sql(f'SELECT {said} FROM crm."{name}"') as found:
            for rows in found.partitions(ROWS):
                copy.exec_driver_sql(f'INSERT INTO "{name}" ({into}) VALUES ({marks})', [tuple(row) for row in rows])
                done += len(rows)
                job.progress(done, total)
                job.check()
    return counted


# ---- SQLite to Postgres ------------------------------------------------------------------------------


def _nobody_else(office: Connection, where: str) -> None:
    others = office.scalar(
        text(
            "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name LIKE 'crmdesk%'"
        )
    )
    if others:
        raise UserError("office_open_elsewhere", address=where)


def _put_aside(office: Connection, stamp: str) -> str | None:
    from crmdesk.data.postgres import roles

    if not office.scalar(text("SELECT to_regnamespace('crm') IS NOT NULL")):
        return None
    name = f"crm_replaced_{stamp}"
    with roles.as_owner(office):
        for group in office.scalars(
            text(
                "SELECT DISTINCT grantee::regrole::text FROM pg_catalog.pg_namespace, aclexplode(nspacl) "
                "WHERE nspname = 'crm' AND grantee <> 0 AND grantee <> nspowner"
            )
        ).all():
            office.exec_driver_sql(f"REVOKE ALL ON SCHEMA crm FROM {group}")
        office.exec_driver_sql(f'ALTER SCHEMA crm RENAME TO "{name}"')
    return name


def _take_over(office: Connection, source: sqlite3.Connection, job: Job) -> None:
    from crmdesk.data.postgres import roles

    group = roles.make_group(office)
    counted = {t.name: source.execute(f'SELECT count(*) FROM "{t.name}"').fetchone()[0] for t in _copied()}
    done, total = 0, sum(counted.values())
    with roles.as_owner(office):
        for table in _copied():
            office.exec_driver_sql(f'ALTER TABLE crm."{table.name}" DISABLE TRIGGER USER')
        for table in _copied():
            names = _names(table)
            rows = source.execute("SELECT " + ", ".join(f'"{name}"' for name in names) + f' FROM "{table.name}"')
            bulk.load(office, _CLASSES[table.name], names, _watched(rows, done, total, job))
            done += counted[table.name]
            assert _count(office, table) == counted[table.name]
        for table in _copied():
            office.exec_driver_sql(f'ALTER TABLE crm."{table.name}" ENABLE TRIGGER USER')
        office.execute(
            text("SELECT setval(pg_get_serial_sequence('crm.audit', 'id'), coalesce(max(id), 1)) FROM crm.audit")
        )
        key = tables.Setting.key == roles.GROUP
        renamed = update(tables.Setting).where(key).values(value=group, version=tables.Setting.version + 1)
        if office.execute(renamed).rowcount == 0:
            office.execute(insert(tables.Setting).values(key=roles.GROUP, value=group))
    me = str(office.scalar(text("SELECT session_user")))
    people = [user for user in all_users(office) if user.active]
    if me not in {user.login for user in people}:
        raise UserError("restore_without_you", login=me)
    for user in people:
        if user.login != me:
            roles.let_in(office, user.login, None)


def _watched(rows: Iterator[tuple[Any, ...]], done: int, total: int, job: Job) -> Iterator[tuple[Any, ...]]:
    while part := list(islice(rows, ROWS)):
        yield from part
        done += len(part)
        job.progress(done, total)
        job.check()
