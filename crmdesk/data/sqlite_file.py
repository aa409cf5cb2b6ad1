"""What lies where an office file should be, looked at before anything is changed there."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from crmdesk.data import driver_errors, folders
from crmdesk.data.schema import APPLICATION_ID, check_number
from crmdesk.system.errors import OutsideError, UserError

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes, as the file format says
QUICK_CHECK_UP_TO = 256 * 1024 * 1024  # bytes, about 0.1 s; larger files are checked by doctor and by every backup


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """An office file as it can be opened here."""

    file: Path
    read_only: bool
    network: bool

    @property
    def uri(self) -> str:
        """The URI for sqlite3.connect; a file in a folder without right to write is read as it lies there."""
        mode = "ro" if self.read_only else "rw"
        untouchable = self.read_only and not os.access(self.file.parent, os.W_OK) and not _wal(self.file).exists()
        return f"{self.file.resolve().as_uri()}?mode={mode}" + ("&immutable=1" if untouchable else "")


def look(address: str, *, any_schema: bool = False) -> OfficeFile:
    """Looks at the file, changes nothing.

    Raises OutsideError("no_office", "no_folder", "not_an_office", "office_empty", "office_damaged",
    "office_unreadable"), UserError("newer_schema", "older_schema"); with `any_schema` an older one is let through.
    """
    file = Path(address)
    if not file.parent.is_dir():
        raise OutsideError("no_folder", folder=str(file.parent))
    if not file.exists():
        raise OutsideError("no_office", address=address)
    if not file.is_file():
        raise OutsideError("not_an_office", address=address)
    _check_header(file, address)
    writable = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    found = OfficeFile(file, read_only=not writable, network=folders.is_network(file.parent))
    _check_inside(found, address, any_schema=any_schema)
    return found


def free_place(address: str) -> Path:
    """The path of a new office. Raises UserError("office_exists"), OutsideError("no_folder", "read_only_folder")."""
    file = Path(address)
    if not file.parent.is_dir():
        raise OutsideError("no_folder", folder=str(file.parent))
    if file.exists():
        raise UserError("office_exists", address=address)
    if not os.access(file.parent, os.W_OK):
        raise OutsideError("read_only_folder", folder=str(file.parent))
    return file


def _wal(file: Path) -> Path:
    return file.with_name(file.name + "-wal")


def _check_header(file: Path, address: str) -> None:
    try:
        with file.open("rb") as stream:
            header = stream.read(HEADER)
        size = file.stat().st_size
    except OSError as error:
        raise OutsideError("office_unreadable", address=address) from error
    if not header:
        raise OutsideError("office_empty", address=address)
    if not header.startswith(MAGIC[: len(header)]):
        raise OutsideError("not_an_office", address=address)
    if len(header) < HEADER:
        raise OutsideError("office_damaged", address=address)
    page = int.from_bytes(header[16:18]) or 65536
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32])
    told_pages = header[24:28] == header[92:96]  # the page count is only kept when these two agree
    if not _wal(file).exists() and told_pages and size < page * pages:
        raise OutsideError("office_damaged", address=address)


def _check_inside(found: OfficeFile, address: str, *, any_schema: bool) -> None:
    uri = found.uri
    if _wal(found.file).exists():  # a reader never writes a left-over WAL into a file that may be damaged
        uri = uri.replace("mode=rw", "mode=ro")
    with driver_errors.told(address):
        connection = sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise OutsideError("not_an_office", address=address)
            check_number(connection.execute("PRAGMA user_version").fetchone()[0], address, any_older=any_schema)
            small = found.file.stat().st_size <= QUICK_CHECK_UP_TO
            if small and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise OutsideError("office_damaged", address=address)
        except UnicodeDecodeError as error:  # SQLite quotes the damaged bytes in what it says of them
            raise OutsideError("office_damaged", address=address) from error
        finally:
            connection.close()
