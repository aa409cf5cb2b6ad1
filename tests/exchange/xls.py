"""The smallest XLS there is: one BIFF8 sheet in a compound file, for tests that no library of ours can write it for."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def workbook(rows: Sequence[Sequence[str | float]], name: str = "Лист1") -> bytes:
    """The bytes of a workbook with one sheet of texts and numbers."""
    cells = b"".join(
        _label(row, column, value) if isinstance(value, str) else _number(row, column, value)
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
    )
    size = struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)
    sheet = _begin(0x10) + _record(0x0200, size) + cells + _record(0x0A)
    head = _begin(0x05) + _record(0x0042, struct.pack("<H", 1200))

    def book(position: int) -> bytes:
        bound = struct.pack("<IBBBB", position, 0, 0, len(name), 1) + name.encode("utf-16-le")
        return head + _record(0x0085, bound) + _record(0x0A)

    return _compound(book(len(book(0))) + sheet)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _compound(stream: bytes) -> bytes:
    """A compound file: sector 0 the allocation table, 1 the directory, from 2 on the one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    table = [_FAT, _END, *range(3, 2 + count), _END]
    table += [_FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<10I", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, 2, len(stream), _FREE)
    whole = header.ljust(SECTOR, b"\xff") + struct.pack(f"<{len(table)}I", *table) + directory.ljust(SECTOR, b"\0")
    return whole + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    written = f"{name}\0".encode("utf-16-le")
    facts = struct.pack("<HBBIII", len(written), kind, 1, _FREE, _FREE, child)
    return written.ljust(64, b"\0") + facts + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, start, size)
