"""Any file → sheets of rows of cells: CSV with any separator, text from Excel, XLSX, XLSB, XLS, ODS, vCard.

A cell is a str, int, float, bool or None; a date becomes its ISO text. Runs in the reader's child process
(`exchange.reader`), which is what holds its memory and its time.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from crmdesk.exchange import encodings, guards, vcard
from crmdesk.exchange.guards import Form
from crmdesk.system.errors import UserError

Cell = str | int | float | bool | None
SEPARATORS = (";", ",", "\t", "|")
CELL_LIMIT = 1_000_000  # characters; a résumé of 100,000 is welcome, an unclosed quote is not
_SNIFFED = 1 << 16  # characters the separator is guessed from


@dataclass(frozen=True, slots=True)
class Source:
    """How a file was read. `headings` are given by the form itself (vCard), None for tables."""

    form: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    headings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file opened: how, and its rows as (number in the file from 1, cells); `done` says which share was read."""

    source: Source
    rows: Iterator[tuple[int, list[Cell]]]
    done: Callable[[], float] = field(default=lambda: 0.0)


def open_table(path: Path, *, sheet: str | None = None, encoding: str | None = None) -> Table:
    """Opens any file an office brings. Raises UserError with the reason it cannot be read as a table."""
    guards.check_file(path)
    form = guards.form_of(path)
    if form in (Form.TEXT, Form.VCARD):
        return _text(path, form, encoding)
    if form is not Form.XLS:
        guards.check_packed(path)
    return _workbook(path, form, sheet)


# texts ------------------------------------------------------------------------------------------------
def _text(path: Path, form: Form, encoding: str | None) -> Table:
    encoding = encoding or encodings.detect(path)
    if form is Form.VCARD:
        text = path.read_bytes().decode(encoding, "replace").replace("\0", "")
        return Table(
            Source(form=form.value, encoding=encoding, headings=vcard.HEADINGS),
            ((number, list(cells)) for number, cells in vcard.rows(text, encoding)),
        )
    raw = path.open("rb")
    try:
        stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
    except LookupError:
        raw.close()
        raise UserError("unknown_encoding", encoding=encoding) from None
    head = stream.read(_SNIFFED)
    declared = re.match(r"\ufeff?sep=([^\r\n]?)\r?\n", head)
    separator = (declared and declared[1]) or guess_separator(head[declared.end() :] if declared else head)
    stream.seek(0)
    skip = 1 if declared else 0
    return Table(
        Source(form=form.value, encoding=encoding.removesuffix("-sig"), separator=separator),
        _records(stream, separator, skip, path),
        _share(raw, path.stat().st_size),
    )


def _share(stream: BinaryIO, size: int) -> Callable[[], float]:
    return lambda: stream.tell() / size if not stream.closed else 1.0


def _records(stream: io.TextIOWrapper, separator: str, skip: int, path: Path) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(CELL_LIMIT)
    with stream:
        lines: Iterator[str] = stream
        for _ in range(skip):
            next(lines, None)
        reader = csv.reader(_clean(lines), delimiter=separator)
        number = 0  # a row has the number a spreadsheet shows: quoted line ends and the `sep=` line do not count
        try:
            for row in reader:
                number += 1
                yield number, row  # type: ignore[misc]  # list[str] is a list of cells nobody writes to
        except csv.Error:
            raise UserError("broken_row", file=path.name, row=number + 1) from None


def _clean(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "") if "\0" in line else line


def guess_separator(text: str) -> str:
    """The separator under which most of the first rows have the same number of cells, more than one."""
    best, best_score = ";", (0.0, 0)
    whole = text if len(text) < _SNIFFED else text[: text.rfind("\n") + 1]
    for separator in SEPARATORS:
        if separator not in whole:
            continue
        csv.field_size_limit(CELL_LIMIT)
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(
                range(200), csv.reader(io.StringIO(whole, newline=""), delimiter=separator), strict=False
            ):
                if any(row):
                    widths[len(row)] += 1
        except csv.Error:
            continue
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda item: item[1], default=(0, 0))
        score = (round(count / max(widths.total(), 1), 1), width)
        if score > best_score:
            best, best_score = separator, score
    return best


# workbooks --------------------------------------------------------------------------------------------
def _workbook(path: Path, form: Form, sheet: str | None) -> Table:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        visible = [
            meta.name
            for meta in book.sheets_metadata
            if meta.visible == calamine.SheetVisibleEnum.Visible and meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        names = visible or list(book.sheet_names)
        if sheet is not None and sheet not in book.sheet_names:
            raise UserError("no_sheet", file=path.name, sheet=sheet)
        for name in [sheet] if sheet is not None else names:
            opened = book.get_sheet_by_name(name)
            if opened.height:
                break
        else:
            raise UserError("empty_file", file=path.name)
    except calamine.PasswordError:
        raise UserError("locked_file", file=path.name) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise UserError("damaged_file", file=path.name) from None
    first = opened.start[0] if opened.start else 0
    return Table(
        Source(form=form.value, sheet=name, sheets=tuple(names)),
        _sheet_rows(opened.iter_rows(), first, path),
    )


def _sheet_rows(rows: Iterator[list[Any]], first: int, path: Path) -> Iterator[tuple[int, list[Cell]]]:
    import python_calamine as calamine

    number = first
    try:
        for row in rows:
            number += 1
            yield number, [cell if type(cell) in _PLAIN else _cell(cell) for cell in row]
    except (calamine.CalamineError, ValueError, OverflowError):
        raise UserError("broken_row", file=path.name, row=number + 1) from None


_PLAIN = frozenset((str, int, float, bool, type(None)))


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return value.total_seconds() / 86_400
    return str(value)
