"""SQLite as reliability.md says: WAL, synchronous=FULL, foreign keys, BEGIN IMMEDIATE for every write."""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from crmdesk.system.errors import OutsideError, UserError

WRITES = "crmdesk_writes"  # the execution option of connections that write
READ_WAIT_MS = 5_000  # how long SQLite's own busy handler waits; readers of a WAL almost never need it
WRITE_WAIT = 10.0  # seconds a writer waits for its turn
JITTER = (0.001, 0.004)  # seconds between two tries: keeps p99 of ten writers at a quarter of the stock handler's


def engine(address: str, *, create: bool) -> Engine:
    """An engine on the file; `create` wants a free place, otherwise an office must be there."""
    file = Path(address)
    if create and file.exists():
        raise UserError("office_exists", address=address)
    if not create and not file.exists():
        raise OutsideError("no_office", address=address)
    made = create_engine(f"sqlite:///{file}")

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"busy_timeout={READ_WAIT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        if connection.get_execution_options().get(WRITES):
            _begin_writing(driver)
        else:
            driver.execute("BEGIN")

    return made


def _begin_writing(connection: sqlite3.Connection) -> None:
    """BEGIN IMMEDIATE, tried again with a small jitter: fairer between many writers than SQLite's growing sleeps."""
    deadline = time.monotonic() + WRITE_WAIT
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                if time.monotonic() > deadline:
                    raise OutsideError("office_busy", seconds=round(WRITE_WAIT)) from error
                time.sleep(random.uniform(*JITTER))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={READ_WAIT_MS}")
