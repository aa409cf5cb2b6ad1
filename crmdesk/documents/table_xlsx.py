"""Tables out as XLSX: real numbers and days, texts as texts, the heading frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

LONGEST = 32_767  # characters Excel keeps in a cell
MOST_ROWS = 1_048_576  # rows Excel keeps on a sheet, the heading among them


def write_xlsx(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Writes one table, sheet after sheet when it is longer than Excel's; texts are cut at LONGEST, with "…" at the
    cut. How many rows."""
    import xlsxwriter  # 60 ms of import: not before the first export

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    fraction = book.add_format({"num_format": "#,##0.00"})
    count = 0
    sheet: Any = None
    for row in rows:
        line = count % (MOST_ROWS - 1) + 1
        if line == 1:
            sheet = _sheet(book, title, count // (MOST_ROWS - 1), headings, bold)
        count += 1
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…")
            elif isinstance(cell, date):
                sheet.write_datetime(line, column, cell, day)
            elif isinstance(cell, Decimal):
                sheet.write_number(line, column, float(cell), fraction)
            elif isinstance(cell, int):
                sheet.write_number(line, column, cell)
    if sheet is None:
        _sheet(book, title, 0, headings, bold)
    book.close()
    return count


def _sheet(book: Any, title: str, number: int, headings: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(f"{title[:28]} {number + 1}" if number else title[:31])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 18)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    return sheet
