"""The schema of a store: its number, and how an empty place gets it.

SQLite keeps the number in `PRAGMA user_version`, Postgres in Alembic's own table: neither check needs Alembic, whose
import takes longer than opening an office.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from crmdesk.data import audit_triggers, tables
from crmdesk.system.errors import UserError

SCHEMA = 1  # the number of the newest migration in migrations/versions
APPLICATION_ID = 0x43524D44  # "CRMD" in the header of a SQLite file: an office, not somebody else's database


def statements(dialect: Dialect) -> Iterator[str]:
    """The SQL of all tables, indexes and triggers, in the order in which they are made."""
    for table in tables.metadata.sorted_tables:
        yield _as_sql(CreateTable(table), dialect)
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield _as_sql(CreateIndex(index), dialect)
    yield from audit_triggers.statements(dialect.name)


def _as_sql(element: ExecutableDDLElement, dialect: Dialect) -> str:
    said = str(element.compile(dialect=dialect))
    return "\n".join(line.replace("\t", "  ").rstrip() for line in said.strip().splitlines())


def make(connection: Connection) -> None:
    """All tables and triggers in an empty place, marked with the newest number; the same as all migrations make."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE SCHEMA crm"))
    for statement in statements(connection.dialect):
        connection.exec_driver_sql(statement)
    connection.execute(
        text(
            "CREATE TABLE alembic_version ( version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num) )"  # as Alembic itself writes it
        )
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:number)"), {"number": f"{SCHEMA:04}"})
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")


def check_number(number: int, address: str, *, any_older: bool = False) -> None:
    """Refuses a store that another release of the program made. Raises UserError("newer_schema", "older_schema")."""
    if number > SCHEMA:
        raise UserError("newer_schema", address=address)
    if number < SCHEMA and not any_older:
        raise UserError("older_schema", address=address)
