"""Copies of an office: made through SQLite's own backup, looked at page by page, counted; put back in one step.

A backup is always a SQLite office of its own, in one closed file, whichever store it was taken from.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from crmdesk.data import portable
from crmdesk.data.driver_errors import told
from crmdesk.data.folders import is_network
from crmdesk.data.office import is_postgres
from crmdesk.data.owner_note import OwnerNote, runs
from crmdesk.data.sqlite_file import look
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.jobs import Job

PAGES = 2_000  # copied between two looks at the job: 8 MB
BLOCK = 1 << 20
_LEFT_OUT = ("sqlite_", "audit_context", "alembic_version")  # not the office's own rows

Counts = Mapping[str, int]


def copy_out(address: str, target: Path, job: Job) -> Counts:
    """Copies the office into a new file as it was at one moment; how many rows each table had at that moment.

    On SQLite other programs go on writing meanwhile. Raises Stopped, OutsideError of the disk or the server.
    """
    if is_postgres(address):
        return portable.dump(address, target, job)
    source_file = look(address, any_schema=True)
    with (
        told(str(target)),
        contextlib.closing(sqlite3.connect(source_file.uri, uri=True, isolation_level=None)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.execute("BEGIN")
        counted = _counts(source)

        def tell(_status: int, remaining: int, total: int) -> None:
            job.progress(total - remaining, total)
            job.check()

        source.backup(copy, pages=PAGES, progress=tell)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, that can be read where nothing can be written
    return counted


def inspect(file: Path) -> Counts:
    """Opens a copy read-only, checks every page and every reference, counts the rows.

    Raises OutsideError("no_office", "not_an_office", "office_damaged" …), UserError("newer_schema").
    """
    look(str(file), any_schema=True)
    with (
        told(str(file)),
        contextlib.closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy,
    ):
        sound = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")] == ["ok"]
        if not sound or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise OutsideError("office_damaged", address=str(file))
        return _counts(copy)


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hex. Raises OutsideError("office_unreadable")."""
    summed = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while block := stream.read(BLOCK):
                summed.update(block)
    except OSError as error:
        raise OutsideError("office_unreadable", address=str(file)) from error
    return summed.hexdigest()


def put_in_place(source: Path, address: Path, aside: Path) -> bool:
    """Puts a copy of `source` where an office lies or shall lie; what was there is afterwards called `aside`.

    At any moment there is a whole office at `address` if there was one before. The answer: whether there was one.
    Raises UserError("office_in_use"), OutsideError of the disk.
    """
    fresh = address.with_name(address.name + ".restoring")
    replaced = address.exists()
    try:
        shutil.copyfile(source, fresh)
        _to_disk(fresh)
        with OwnerNote(address) if is_network(address.parent) else contextlib.nullcontext():
            if replaced:
                _close_for_good(address)
                _second_name(address, aside)
                for ending in ("-wal", "-shm"):  # of a damaged office: they belong to it, not to the new one
                    beside = address.with_name(address.name + ending)
                    if beside.exists():
                        beside.replace(aside.with_name(aside.name + ending))
            fresh.replace(address)
        _to_disk(address.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise _disk_error(error, address) from error
    except UserError:
        fresh.unlink(missing_ok=True)
        raise
    return replaced


def keep(made: Path, final: Path, text: str, beside: Path) -> None:
    """Gives a finished copy its name; its hash is written first, so that no copy is ever without one."""
    try:
        _to_disk(made)
        part = beside.with_name(beside.name + ".part")
        part.write_text(text, encoding="utf-8", newline="\n")
        _to_disk(part)
        part.replace(beside)
        made.replace(final)
        _to_disk(final.parent)
    except OSError as error:
        raise _disk_error(error, final) from error


def part_of(final: Path) -> Path:
    """The file in which this process makes a copy, until it is worth its name."""
    return final.with_name(f"{final.name}.part{os.getpid()}")


def clear(part: Path) -> None:
    """Takes away a copy that is not finished, with what SQLite lays beside it."""
    for left in (part, *(part.with_name(part.name + ending) for ending in ("-journal", "-wal", "-shm"))):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def clear_interrupted(folder: Path) -> None:
    """Takes away the unfinished copies of processes that no longer run."""
    for left in folder.glob("*.part*"):
        number = left.name.rpartition(".part")[2].partition("-")[0]
        if number.isdigit() and not runs(int(number)):
            with contextlib.suppress(OSError):
                left.unlink()


def newest_change(address: str) -> int:
    """The number of the last line of the audit trail, 0 when it is empty."""
    if is_postgres(address):
        return portable.newest_change(address)
    file = look(address, any_schema=True)
    with told(address), contextlib.closing(sqlite3.connect(file.uri, uri=True)) as office:
        return int(office.execute("SELECT coalesce(max(id), 0) FROM audit").fetchone()[0])


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    ours = [name for name in names if not name.startswith(_LEFT_OUT)]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in ours}


def _close_for_good(address: Path) -> None:
    """Folds the WAL of an office into its file, which only works when nobody has it open."""
    with contextlib.closing(sqlite3.connect(address, timeout=1)) as office:
        try:
            office.execute("PRAGMA journal_mode=DELETE")
            office.execute("BEGIN EXCLUSIVE")
            office.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise UserError("office_open_elsewhere", address=str(address)) from error
        except sqlite3.DatabaseError:
            return  # damaged: that is why it is being replaced


def _second_name(file: Path, other: Path) -> None:
    try:
        os.link(file, other)
    except OSError:  # a file system without links
        shutil.copyfile(file, other)
        _to_disk(other)


def _to_disk(path: Path) -> None:
    """Waits until a file, or the names in a folder, have reached the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _disk_error(error: OSError, place: Path) -> OutsideError:
    import errno

    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) if os.name == "posix" else error.errno == 28
    if full:
        return OutsideError("disk_full", address=str(place))
    return OutsideError("read_only_folder" if error.errno in (errno.EACCES, errno.EROFS) else "disk_failed",
                        address=str(place), folder=str(place.parent))  # fmt: skip
