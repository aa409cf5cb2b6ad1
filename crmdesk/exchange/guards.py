"""What is looked at before a file is read: its size, its kind, and whether it is a bomb (reliability.md 5, R18)."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from crmdesk.system.errors import OutsideError, UserError

MEGABYTE = 1 << 20
FILE_LIMIT = 200 * MEGABYTE  # bytes on disk
UNPACKED_LIMIT = 200 * MEGABYTE  # bytes of all members of a packed sheet
RATIO_LIMIT = 200  # unpacked : packed
MEMBER_LIMIT = 2_000
_LOCAL_HEADER = 30
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))


class Form(StrEnum):
    """What a file is, told by its content and never by its name."""

    TEXT = "csv"
    VCARD = "vcard"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"


_JSON = re.compile(rb"[\[{]\s*[\[{\"}\]]")  # how a JSON text begins; no heading of a table does
_FOREIGN = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh",
    b"RIFF", b"SQLite format 3", b"{\\rtf", b"\xfd7zXZ", b"OggS", b"ID3", b"BM\x00", b"<!doctype", b"<html",
)  # fmt: skip


def check_file(path: Path) -> None:
    """Is there a file one may read, neither empty nor too big? Costs one look at the directory, whatever its size.

    Raises OutsideError no_file, unreadable_file; UserError not_a_file, empty_file, file_too_big.
    """
    try:
        facts = path.stat()
    except FileNotFoundError:
        raise OutsideError("no_file", file=str(path)) from None
    except OSError as error:
        raise OutsideError("unreadable_file", file=str(path), why=error.strerror or "") from None
    if not stat.S_ISREG(facts.st_mode):
        raise UserError("not_a_file", file=str(path))
    if facts.st_size == 0:
        raise UserError("empty_file", file=path.name)
    if facts.st_size > FILE_LIMIT:
        raise UserError(
            "file_too_big", file=path.name, megabytes=facts.st_size // MEGABYTE, limit=FILE_LIMIT // MEGABYTE
        )
    if not os.access(path, os.R_OK):
        raise OutsideError("unreadable_file", file=str(path), why=os.strerror(13))


def form_of(path: Path) -> Form:
    """What the file is. Raises UserError not_a_table for what is neither a sheet, a text nor cards."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return _packed_form(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Form.XLS
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_FOREIGN) or bare.startswith((*_FOREIGN, b"<?xml")) or _JSON.match(bare):
        raise UserError("not_a_table", file=path.name)
    if b"begin:vcard" in bare[:64] or b"begin:vcard" in head.replace(b"\0", b"").lower()[:64]:
        return Form.VCARD
    return Form.TEXT


def _packed_form(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, UnicodeError, OverflowError):
        raise UserError("damaged_file", file=path.name) from None
    if "xl/workbook.xml" in names:
        return Form.XLSX
    if "xl/workbook.bin" in names:
        return Form.XLSB
    if "content.xml" in names:
        return Form.ODS
    raise UserError("not_a_table", file=path.name)


def check_packed(path: Path) -> None:
    """Refuses bombs: first what the directory of the archive admits, then what the members really unpack to.

    Every member is inflated once and counted, nothing is kept. Raises UserError bomb, xml_with_dtd, damaged_file.
    """
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, UnicodeError, OverflowError):
        raise UserError("damaged_file", file=path.name) from None
    declared = sum(member.file_size for member in members)
    if len(members) > MEMBER_LIMIT or declared > UNPACKED_LIMIT or declared > RATIO_LIMIT * max(size, 1024):
        raise UserError("bomb", file=path.name)
    if any(".." in member.filename.replace("\\", "/").split("/") for member in members):
        raise UserError("bomb", file=path.name)
    room = min(UNPACKED_LIMIT, RATIO_LIMIT * max(size, 1024))
    with path.open("rb") as stream:
        for member in members:
            if not 0 <= member.header_offset < size or member.compress_size > size:
                raise UserError("damaged_file", file=path.name)
            stream.seek(member.header_offset)
            header = stream.read(_LOCAL_HEADER)
            if len(header) < _LOCAL_HEADER or member.flag_bits & 1:
                raise UserError("damaged_file", file=path.name)
            stream.seek(member.header_offset + _LOCAL_HEADER + sum(struct.unpack("<HH", header[26:30])))
            room -= _unpacked(stream.read(member.compress_size), member.compress_type, room, path)


def _unpacked(data: bytes, method: int, room: int, path: Path) -> int:
    """How many bytes a member really is; stops as soon as they are more than `room`."""
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UserError("damaged_file", file=path.name)
    inflate = zlib.decompressobj(-15)
    count = 0
    tail = b""
    while data:
        if method == zipfile.ZIP_STORED:
            piece, data = data, b""
        else:
            try:
                piece = inflate.decompress(data, MEGABYTE)
            except zlib.error:
                raise UserError("damaged_file", file=path.name) from None
            data = inflate.unconsumed_tail
        count += len(piece)
        if count > room:
            raise UserError("bomb", file=path.name)
        seen = tail + piece
        if any(doctype in seen for doctype in _DOCTYPES):
            raise UserError("xml_with_dtd", file=path.name)
        tail = seen[-32:]
        if inflate.eof:
            break
    return count
