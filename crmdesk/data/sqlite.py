"""SQLite as reliability.md says: WAL, synchronous=FULL, foreign keys, BEGIN IMMEDIATE for every write.

In a network folder: a rollback journal instead of the WAL, and one program at a time (owner_note.py).
"""

from __future__ import annotations

import random
import sqlite3
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from crmdesk.data.sqlite_file import OfficeFile
from crmdesk.system.errors import OutsideError

WRITES = "crmdesk_writes"  # the execution option of connections that write
SINGLE = "crmdesk_single"  # that of connections on which one statement is asked: it needs no BEGIN
READ_WAIT_MS = 5_000  # how long SQLite's own busy handler waits; readers of a WAL almost never need it
CACHE_KIB = 4_096  # a reading connection's page cache
WRITE_CACHE_KIB = 16_384  # a writing one's: the usual 2 MiB make the figures of one save seven times slower
_WROTE = "crmdesk_wrote"
WRITE_WAIT = 10.0  # seconds a writer waits for its turn
JITTER = (0.001, 0.004)  # seconds between two tries: keeps p99 of ten writers at a quarter of the stock handler's


def engine(place: OfficeFile) -> Engine:
    """An engine on an office file that was looked at (sqlite_file.look)."""
    journal = "DELETE" if place.network else "WAL"
    return _engine(place.uri, str(place.file), "query_only=ON" if place.read_only else f"journal_mode={journal}")


def new_engine(file: Path) -> Engine:
    """An engine on a file that is made by it, to be filled and closed before anybody knows of it."""
    return _engine(f"{file.resolve().as_uri()}?mode=rwc", str(file), "journal_mode=DELETE")


def _engine(uri: str, address: str, mode: str) -> Engine:
    made = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False),
        poolclass=QueuePool,
        max_overflow=20,
        pool_use_lifo=True,  # the page cache of the connection used last is warm; the others stay small
    )

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in (
            f"busy_timeout={READ_WAIT_MS}",
            mode,
            "synchronous=FULL",
            f"cache_size=-{CACHE_KIB}",
            "temp_store=MEMORY",
            "fullfsync=ON",  # macOS: fsync alone does not reach the disk
            "foreign_keys=ON",
            "recursive_triggers=ON",  # INSERT OR REPLACE leaves a trail of what it replaced
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        options = connection.get_execution_options()
        if options.get(SINGLE):
            return
        if options.get(WRITES):
            _begin_writing(driver, address)
            driver.execute(f"PRAGMA cache_size=-{WRITE_CACHE_KIB}")
            connection.info[_WROTE] = True
        else:
            driver.execute("BEGIN")

    @event.listens_for(made, "checkin")
    def _give_back(connection: Any, record: ConnectionPoolEntry) -> None:
        if connection is not None and record.info.pop(_WROTE, False):
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")

    return made


class AuditContext:
    """The row that tells the triggers who writes; said to the driver itself, since every write says it twice."""

    def __init__(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        self._driver = driver

    def put(self, tx: int, user_id: int | None, at: datetime) -> None:
        """At the start of a write transaction."""
        milliseconds = round(at.timestamp() * 1000)
        self._driver.execute("UPDATE audit_context SET tx = ?, user_id = ?, at = ?", (tx, user_id, milliseconds))

    def clear(self) -> None:
        """At its end: what another program writes is nobody's."""
        self._driver.execute("UPDATE audit_context SET tx = 0, user_id = NULL, at = NULL")


def _begin_writing(connection: sqlite3.Connection, address: str) -> None:
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
                    raise OutsideError("office_busy", address=address) from error
                time.sleep(random.uniform(*JITTER))
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={READ_WAIT_MS}")
