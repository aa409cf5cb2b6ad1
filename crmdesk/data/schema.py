"""The schema of a store: its number, how an empty place gets it, how an old one is brought up to it.

SQLite keeps the number in `PRAGMA user_version`, Postgres in Alembic's own table: neither check needs Alembic, whose
import takes longer than opening an office.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from crmdesk.data import audit_triggers, tables

SCHEMA = 1  # the number of the newest migration in migrations/versions
APPLICATION_ID = 0x43524D44  # "CRMD" in the header of a SQLite file: an office, not somebody else's database


def make(connection: Connection) -> None:
    """All tables and triggers in an empty place, marked with the newest number; the same as all migrations."""
    tables.metadata.create_all(connection)
    for statement in audit_triggers.statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:number)"), {"number": f"{SCHEMA:04}"})
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
