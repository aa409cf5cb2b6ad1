"""A cell → money, quantity, day, birthday, words: exactly, or refused by name. Nothing is guessed silently.

Numbers come with spaces of every kind, comma or point; days as dd.mm.yyyy, dd.mm.yy, ISO, Excel serials.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from crmdesk.domain.names import Birthday
from crmdesk.exchange.tables import Cell

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_ODD = re.compile("[\\x00-\\x1f\\x7f\u00a0\u202f\ufeff]|^['\\s]|\\s\\Z|  ")  # what words and line have to mend
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))  # no store and no paper takes them
_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})")
_CURRENCY = re.compile(r"(?i)(руб(?:лей|ля|ль)?|грн|uah|rub|usd|eur|тг|р)\.?$|[₽₴$€₸]")
_DMY = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})(?:\s*г\.?|\s*р\.?)?(?:[ T,]+(.*))?")
_YMD = re.compile(r"(\d{4})[.\-/](\d{1,2})[.\-/](\d{1,2})(?:[ T]+(.*))?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?.*")
_NO_YEAR = re.compile(r"-?-?(\d{1,2})-(\d{1,2})|--(\d{2})(\d{2})")
_NO_YEAR_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(1, 80_000)  # up to the year 2119
_LIMIT = 10**15  # minor units: ten trillion; more is a telephone in the wrong column
_DIGITS = 12  # of a number that is surely no more than _LIMIT
_NOTHING = frozenset(("", "-", "—", "–", "0.0.00", "00.00.0000", "0000-00-00", "#n/a", "null", "none", "н/д", "nan"))
MONTHS = {
    word: number
    for number, row in enumerate(
        (
            "января січня january jan янв січ",
            "февраля лютого february feb фев лют",
            "марта березня march mar мар бер",
            "апреля квітня april apr апр кві",
            "мая травня may май тра",
            "июня червня june jun июн чер",
            "июля липня july jul июл лип",
            "августа серпня august aug авг сер",
            "сентября вересня september sep sept сен сент вер",
            "октября жовтня october oct окт жов",
            "ноября листопада november nov ноя нояб лис",
            "декабря грудня december dec дек гру",
        ),
        start=1,
    )
    for word in row.split()
}
_WORDED = re.compile(r"(\d{1,2})\s+([^\W\d]+)\.?(?:,?\s+(\d{4}))?(?:\s*(?:г|р|года|року)\.?)?")


class BadValue(ValueError):
    """A cell that does not mean what its column says: `reason` is a key of ui.import_texts."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def words(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, one kind of space, no apostrophe that protects a phone."""
    if type(cell) is str and not _ODD.search(cell):
        return cell
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell == cell and abs(cell) < 1e15 and cell == int(cell) else repr(cell)
    if isinstance(cell, int):
        return str(cell)
    text = cell.translate(_CONTROL).replace("\u00a0", " ").replace("\u202f", " ").replace("\ufeff", "").strip()
    if text.startswith("'") and len(text) > 1 and text[1] in "+=-@0123456789('\"":
        text = text[1:].lstrip()
    return text


def line(cell: Cell) -> str:
    """A cell as text on one line."""
    if type(cell) is str and not _ODD.search(cell):
        return cell
    return " ".join(words(cell).split())


def thousandths(cell: Cell) -> int | None:
    """A quantity in thousandths, rounded half away from zero; None for an empty cell. Raises BadValue."""
    return _fixed(cell, 3)


def minor_units(cell: Cell) -> int | None:
    """Money in minor units, rounded half away from zero; None for an empty cell. Raises BadValue("not_money")."""
    return _fixed(cell, 2)


def _fixed(cell: Cell, places: int) -> int | None:
    if type(cell) is str:
        whole, _, part = cell.partition(",")  # the way nearly every cell is written
        if whole.isdecimal() and len(whole) < _DIGITS and (not part or (part.isdecimal() and len(part) <= places)):
            return int(whole + part.ljust(places, "0"))
        text = cell
    elif cell is None:
        return None
    elif isinstance(cell, bool):
        raise BadValue("not_a_number")
    else:
        text = repr(cell)
    match = _NUMBER.fullmatch(text)
    if match is None:
        text = _plain_number(text)
        if not text:
            return None
        match = _NUMBER.fullmatch(text)
        if match is None:
            raise BadValue("not_a_number")
    sign, whole, part, exponent = match.groups()
    part = part or ""
    if exponent:
        shift = int(exponent)
        digits = whole + part
        point = len(whole) + shift
        digits = "0" * max(-point, 0) + digits.ljust(max(point, 0), "0")
        point = max(point, 0)
        whole, part = digits[:point] or "0", digits[point:]
    if len(part) <= places:
        value = int(whole + part.ljust(places, "0"))
    else:
        value = int(whole + part[:places]) + (part[places] >= "5")
    if value >= _LIMIT:
        raise BadValue("number_too_big")
    return -value if sign == "-" else value


def _plain_number(text: str) -> str:
    """Spaces, currency and grouping away: '(1 234,50)' and '1,234.50 ₽' → '-1234.50' and '1234.50'; '' for nothing."""
    text = _SPACES.sub("", text).replace("'", "").replace("\u2212", "-").replace("–", "-")
    if text.lower() in _NOTHING:
        return ""
    text = _CURRENCY.sub("", text)
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    if text.endswith("-") and len(text) > 1:
        text = "-" + text[:-1]
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        grouping = "," if comma < point else "."
        text = text.replace(grouping, "")
    elif _GROUPED.fullmatch(text):  # 1.234.567, and not 31.12.2024
        text = text.replace(",", "").replace(".", "")
    return text.replace(",", ".")


def day(cell: Cell) -> date | None:
    """A day; None for an empty cell. Raises BadValue no_such_day (31.02.1990) or not_a_day."""
    found = moment(cell)
    return found[0] if found else None


def moment(cell: Cell) -> tuple[date, time | None] | None:
    """A day with its wall-clock time when there is one; None for an empty cell. Raises BadValue."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        raise BadValue("not_a_day")
    if isinstance(cell, (int, float)):
        return _serial(float(cell))
    text = words(cell)
    if text.lower() in _NOTHING:
        return None
    if match := _YMD.fullmatch(text):
        return _existing(int(match[1]), int(match[2]), int(match[3])), _time(match[4])
    if match := _DMY.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        if "/" in text and second > 12 >= first:  # 12/31/2025 can only be American
            first, second = second, first
        return _existing(year, second, first), _time(match[4])
    if (match := _WORDED.fullmatch(text.lower())) and match[2] in MONTHS and match[3]:
        return _existing(int(match[3]), MONTHS[match[2]], int(match[1])), None
    if match := _COMPACT.fullmatch(text):
        return _existing(int(match[1]), int(match[2]), int(match[3])), None
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        return _serial(float(text.replace(",", ".")))
    raise BadValue("not_a_day")


def birthday(cell: Cell) -> Birthday | None:
    """A birthday with or without its year; None for an empty cell. Raises BadValue no_such_day or not_a_day."""
    text = words(cell)
    if match := _NO_YEAR.fullmatch(text):
        month, number = (int(match[1]), int(match[2])) if match[1] else (int(match[3]), int(match[4]))
        return _yearless(number, month)
    if match := _NO_YEAR_DOTS.fullmatch(text):
        return _yearless(int(match[1]), int(match[2]))
    if (match := _WORDED.fullmatch(text.lower())) and match[2] in MONTHS and not match[3]:
        return _yearless(int(match[1]), MONTHS[match[2]])
    found = day(cell if not isinstance(cell, str) else text)
    if found is None:
        return None
    return Birthday(found.day, found.month, None if found.year <= 1604 else found.year)  # 1604: Apple's "no year"


def _yearless(number: int, month: int) -> Birthday:
    found = _existing(2000, month, number)  # a leap year: 29 February exists
    return Birthday(found.day, found.month)


def _existing(year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise BadValue("no_such_day") from None


def _year(text: str) -> int:
    """Four digits as they are; two: 00–68 are of this century, 69–99 of the last (POSIX)."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 69 else 1900)


def _serial(value: float) -> tuple[date, time | None]:
    if value != value or int(value) not in _SERIALS:
        raise BadValue("not_a_day")
    seconds = round((value - int(value)) * 86_400)
    clock = time(seconds // 3600, seconds // 60 % 60, seconds % 60) if 0 < seconds < 86_400 else None
    return _SERIAL_ZERO + timedelta(days=int(value)), clock


def _time(text: str | None) -> time | None:
    if not text or not text.strip():
        return None
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise BadValue("not_a_day")
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadValue("not_a_day")
    return time(hour, minute, second) if (hour, minute, second) != (0, 0, 0) else None


_YES = frozenset(("да", "так", "yes", "y", "true", "1", "+", "x", "х", "v", "истина", "є"))
_NO = frozenset(("нет", "ні", "no", "n", "false", "0", "", "-", "ложь", "нi"))


def yes(cell: Cell) -> bool:
    """Yes or no. Raises BadValue("not_yes_or_no")."""
    text = words(cell).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise BadValue("not_yes_or_no")
