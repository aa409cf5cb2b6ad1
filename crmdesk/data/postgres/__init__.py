"""Postgres 15–18: the engine, what is looked at before an office is opened or made there. Logins: roles.py."""

from __future__ import annotations

import select
import time
from typing import Any
from urllib.parse import unquote

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from crmdesk.data import driver_errors
from crmdesk.data.schema import check_number
from crmdesk.system.errors import OutsideError, UserError

OLDEST = 15  # the oldest release of the server that we know
CONNECT_SECONDS = "5"
RESTED = 5.0  # seconds without use after which a connection is asked whether it is alive: a round trip
WIRE = {  # a cable that is pulled says no good-bye: seconds (the last: milliseconds) until its silence is a failure
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
_LAST_USED = "crmdesk_last_used"


def place(address: str) -> str:
    """The address as it may be shown: without its password, and readable (a socket's folder as %2Ftmp is not)."""
    return unquote(make_url(address).render_as_string(hide_password=True))


def engine(address: str) -> Engine:
    """An engine on the database; the driver is psycopg 3, our tables are found by the search path."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    said = url.query.get("options", "")
    # jit compiles for seconds what then runs for milliseconds, as soon as a table is large
    options = f"{said if isinstance(said, str) else ' '.join(said)} -c search_path=crm -c jit=off".strip()
    query = {"connect_timeout": CONNECT_SECONDS, "application_name": "crmdesk", **WIRE, **url.query, "options": options}
    made = create_engine(url.set(query=query))

    @event.listens_for(made, "checkin")
    def _note(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_LAST_USED] = time.monotonic()

    @event.listens_for(made, "checkout")
    def _ask_whether_alive(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        """A connection that rested may be dead (a cable, a sleeping laptop), and so is one on which the server has
        said something unasked: good-bye. One just used is not asked; looking whether it spoke is no round trip."""
        rested = time.monotonic() - record.info.get(_LAST_USED, time.monotonic()) >= RESTED
        if not rested and not _spoken(connection):
            return
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except psycopg.OperationalError as error:
            raise DisconnectionError from error  # the pool makes a new one

    return made


def _spoken(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has said something that nobody asked for, as it does before it closes a connection."""
    return connection.closed or bool(select.select([connection.fileno()], [], [], 0)[0])


def look(found: Engine, address: str, *, any_schema: bool = False) -> None:
    """Looks whether an office is there that this release can open.

    Raises OutsideError("no_office", "server_too_old", "not_utf8", …), UserError("newer_schema", "older_schema").
    """
    where = place(address)
    with driver_errors.told(where), found.connect() as connection:
        _check_server(connection, where)
        if not _has_office(connection):
            raise OutsideError("no_office", address=where)
        number = connection.execute(text("SELECT version_num FROM crm.alembic_version")).scalar_one()
        check_number(int(number), where, any_older=any_schema)


def free_place(found: Engine, address: str) -> None:
    """Looks whether a new office can be made there. Raises UserError("office_exists", "may_not_make_roles")."""
    where = place(address)
    with driver_errors.told(where), found.connect() as connection:
        _check_server(connection, where)
        if connection.scalar(text("SELECT to_regnamespace('crm') IS NOT NULL")):
            raise UserError("office_exists", address=where)
        login, may = connection.execute(
            text("SELECT rolname, rolsuper OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user")
        ).one()
        if not may:
            raise UserError("may_not_make_roles", login=login)


def _has_office(connection: Connection) -> bool:
    asked = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'crm' AND tablename = 'alembic_version'"
    return bool(connection.scalar(text(asked)))


def _check_server(connection: Connection, where: str) -> None:
    number, encoding = connection.execute(
        text("SELECT current_setting('server_version_num')::int, current_setting('server_encoding')")
    ).one()
    if number // 10_000 < OLDEST:
        raise OutsideError("server_too_old", address=where, found=number // 10_000, oldest=OLDEST)
    if encoding != "UTF8":
        raise OutsideError("not_utf8", address=where, encoding=encoding)
