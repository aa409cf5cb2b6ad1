"""What the drivers say, as errors a person can read: a full disk, a lock, a lost connection, a missing right."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from crmdesk.data.audit_triggers import STALE
from crmdesk.system.errors import CrmError, OutsideError, UserError

_SQLITE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_failed",
    sqlite3.SQLITE_BUSY: "office_busy",
    sqlite3.SQLITE_LOCKED: "office_busy",
    sqlite3.SQLITE_READONLY: "read_only_office",
    sqlite3.SQLITE_PERM: "read_only_office",
    sqlite3.SQLITE_CANTOPEN: "office_unreadable",
    sqlite3.SQLITE_CORRUPT: "office_damaged",
    sqlite3.SQLITE_NOTADB: "not_an_office",
}
LEAST_FREE = 1_000_000  # bytes; with less on the disk a failed write is a full disk
_DATA = {"22001": "text_too_long", "22003": "number_too_large", "22021": "text_not_kept", "22P05": "text_not_kept"}
_POSTGRES = {
    "53100": "disk_full",
    "53": "server_overloaded",
    "40": "try_again",  # a deadlock, or two at once: the same work may succeed now
    "55P03": "office_busy",
    "57014": "server_slow",
    "57": "connection_lost",
    "08": "connection_lost",
    "25006": "read_only_office",
    "28": "server_password",
    "58": "disk_failed",
    "XX": "office_damaged",
}
# what a server says before a session begins; without a code of its own (libpq keeps it), so it is known by its words
_REFUSALS = (
    (r"password authentication failed|no password supplied|fe_sendauth", "server_password"),
    (r'database ".*" does not exist', "server_no_database"),
    (r'role ".*" does not exist|not permitted to log in', "server_no_login"),
    (r"no pg_hba\.conf entry|pg_hba\.conf rejects", "server_no_entry"),
    (r"too many (clients|connections)|remaining connection slots", "server_overloaded"),
    (r"the database system is|shutting down", "server_starting"),
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns the driver's errors inside the block into CrmErrors that name `place`; what it does not know is a bug.

    Raises UserError("changed_meanwhile", "no_right", "text_too_long", "text_not_kept", "number_too_large"),
    OutsideError("disk_full", "disk_failed", "office_busy", "read_only_office", "office_unreadable", "office_damaged",
    "connection_lost", "server_…", "try_again").
    """
    try:
        yield
    except StaleDataError as error:
        raise UserError("changed_meanwhile") from error
    except UnicodeEncodeError as error:
        if "surrogates" not in error.reason:
            raise
        raise UserError("text_not_kept") from error
    except OverflowError as error:
        if "SQLite" not in str(error):
            raise
        raise UserError("number_too_large") from error
    except PoolTimeout as error:
        raise OutsideError("office_busy", address=place) from error
    except DBAPIError as error:
        known = in_words(error.orig, place)
        if known is None:
            raise
        raise known from error
    except _drivers() as error:
        known = in_words(error, place)
        if known is None:
            raise
        raise known from error


def _drivers() -> tuple[type[Exception], ...]:
    psycopg = sys.modules.get("psycopg")  # an office in a file never imports it
    return (sqlite3.Error, psycopg.Error) if psycopg else (sqlite3.Error,)


def in_words(error: BaseException | None, place: str) -> CrmError | None:
    """The CrmError for what a driver raised; None for what only a bug of ours can cause."""
    if error is None:
        return None
    if STALE in str(error):
        return UserError("changed_meanwhile")
    if isinstance(error, sqlite3.Error):
        if "Could not decode" in str(error):
            return OutsideError("office_damaged", address=place)
        code = getattr(error, "sqlite_errorcode", None)
        key = None if code is None else _SQLITE.get(code & 0xFF)
        if key == "disk_failed" and _is_full(place):  # what SQLite says when a page of its log finds no room
            key = "disk_full"
        return OutsideError(key, address=place) if key else None
    return _from_postgres(error, place)


def _is_full(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).resolve().parent).free < LEAST_FREE
    except OSError:
        return False


def _from_postgres(error: BaseException, place: str) -> CrmError | None:
    import psycopg

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if isinstance(error, psycopg.DataError):
        key = _DATA.get(state or "")
        if key is None and "NUL" in str(error):
            key = "text_not_kept"
        return UserError(key) if key else None
    if state in ("42501", "42P01"):  # to a login outside the office its tables do not exist
        return UserError("no_right", address=place)
    if state is not None:
        key = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
        return OutsideError(key, address=place) if key else None
    if not isinstance(error, psycopg.OperationalError):
        return None
    connection = error.pgconn
    if connection is not None and connection.status == psycopg.pq.ConnStatus.BAD and "FATAL" in str(error):
        return refusal(str(error), place)
    if "no password supplied" in str(error):  # said by the driver itself, before it asked the server
        return OutsideError("server_password", address=place)
    return OutsideError("connection_lost", address=place)


def refusal(said: str, place: str) -> OutsideError:
    """Why a server begins no session with us; what we do not know is handed on in the server's own words."""
    reason = said.split("FATAL:")[-1].strip().splitlines()[0]
    for words, key in _REFUSALS:
        if re.search(words, reason):
            return OutsideError(key, address=place)
    return OutsideError("server_refuses", address=place, reason=reason)
