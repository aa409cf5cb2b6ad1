"""Bringing an office of an older release up to date: all missing steps in one transaction, or none."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from crmdesk.data import sqlite, sqlite_file
from crmdesk.data.driver_errors import told
from crmdesk.data.office import is_postgres
from crmdesk.data.owner_note import OwnerNote
from crmdesk.data.schema import APPLICATION_ID
from crmdesk.system.errors import OutsideError

STEPS = Path(__file__).with_name("migrations")
_LOCK = 7700  # the number of the server's lock that only one upgrade holds
_PATIENCE = "5s"  # how long an upgrade waits for somebody's open transaction before it gives up, unchanged


def upgrade(address: str, *, steps: Path = STEPS) -> None:
    """Runs the missing steps; killed at any moment, the office is as old or as new as before or after, never between.

    The caller makes the backup first. Raises UserError("newer_schema"), OutsideError("read_only_office",
    "office_busy", "disk_full", …).
    """
    if is_postgres(address):
        from crmdesk.data import postgres
        from crmdesk.data.postgres import roles

        engine = postgres.engine(address)
        try:
            postgres.look(engine, address, any_schema=True)
            with told(postgres.place(address)), engine.begin() as connection, roles.as_owner(connection):
                connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                run_steps(connection, steps)
        finally:
            engine.dispose()
        return
    place = sqlite_file.look(address, any_schema=True)
    if place.read_only:
        raise OutsideError("read_only_office", address=address)
    engine = sqlite.engine(place)
    try:
        with told(address):
            if place.network:
                with OwnerNote(place.file):
                    _on_sqlite(engine, steps)
            else:
                _on_sqlite(engine, steps)
    finally:
        engine.dispose()


def number_of(address: str) -> int:
    """The number of an office's schema. Raises UserError("newer_schema"), OutsideError("no_office", …)."""
    if is_postgres(address):
        from crmdesk.data import postgres

        engine = postgres.engine(address)
        try:
            postgres.look(engine, address, any_schema=True)
            with told(postgres.place(address)), engine.connect() as office:
                return int(office.execute(text("SELECT version_num FROM crm.alembic_version")).scalar_one())
        finally:
            engine.dispose()
    place = sqlite_file.look(address, any_schema=True)
    with told(address), contextlib.closing(sqlite3.connect(place.uri, uri=True)) as office:
        return int(office.execute("PRAGMA user_version").fetchone()[0])


def run_steps(connection: Connection, steps: Path = STEPS, *, to: str = "head") -> None:
    """The missing steps up to `to` on an open connection, in its transaction; an empty place gets them all."""
    from alembic import command  # 0.6 s of import that only an upgrade pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite":
        number = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={int(number)}")


def _on_sqlite(engine: Engine, steps: Path) -> None:
    with engine.execution_options(**{sqlite.WRITES: True}).connect() as connection:
        # tables are rebuilt by a step, and their children must not mind meanwhile; no transaction may be open here
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            run_steps(connection, steps)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise RuntimeError(f"a migration left a row without its parent: {tuple(broken)}")
