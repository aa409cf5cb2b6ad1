"""Tables out as CSV that Excel opens by a double click, and in which no cell becomes a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"^[+-]?\d[\d .,()\u00a0-]*$")


def guarded(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would run it; numbers and phones stay as they are.

    The list of OWASP ASVS 1.2.10 (= + - @ TAB NUL), CR and LF, and the full-width signs.
    """
    return "'" + text if text.startswith(_FORMULA) and not _NUMBER.match(text) else text


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, comma_is_decimal: bool) -> int:
    """UTF-8 with a signature, days as dd.MM.yyyy, `;` between cells where the comma is decimal. Returns the count."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if comma_is_decimal else ",")
        writer.writerow([guarded(heading) for heading in headings])
        for row in rows:
            writer.writerow([_text(cell, comma_is_decimal) for cell in row])
            count += 1
    return count


def _text(cell: Any, comma_is_decimal: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",") if comma_is_decimal else str(cell)
    return str(cell)
