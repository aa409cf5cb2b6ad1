"""Days, times and lengths as people type them, and as rows say them. No Qt here."""

from __future__ import annotations

import calendar
import re
from datetime import date, time, timedelta

from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_

_TIME = re.compile(r"(\d{1,2})(?:[:.,\-h ]?(\d{2}))?")
_DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{2}|\d{4}))?\.?")
_AHEAD = re.compile(r"\+\s*(\d{1,3})")
NEAR_WORDS = {N_("today"): 0, N_("tomorrow"): 1, N_("the day after tomorrow"): 2}
"""Words for near days, and how far away they are."""


def parsed_day(text: str, today: date, words: Words) -> date | None:
    """The day that was typed: «завтра», «пт», «+3», «3.2», «03.02.26», «5»; None when it cannot be told.

    A day and month without a year are the next such day, from a month ago on: what was typed in January as 28.12
    is the past one. A weekday is the next one, never today.
    """
    line = " ".join(text.lower().split())
    for msgid, ahead in NEAR_WORDS.items():
        if line == words.gettext(msgid).lower():
            return today + timedelta(days=ahead)
    ahead_of = _AHEAD.fullmatch(line)
    if ahead_of:
        return today + timedelta(days=int(ahead_of[1]))
    for weekday in range(7):
        short = words.weekday_short(weekday).lower().rstrip(".")
        if len(line) >= 2 and (line.rstrip(".") == short or line == words.weekday_name(weekday).lower()):
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if line.isdecimal() and len(line) <= 2:
        return _next_number(int(line), today)
    numbers = _DAY.fullmatch(line)
    if numbers:
        return _numbered(int(numbers[1]), int(numbers[2]), numbers[3], today)
    try:
        return date.fromisoformat(line)
    except ValueError:
        return None


def _next_number(number: int, today: date) -> date | None:
    """The next day of this number in a month, today included."""
    for ahead in range(12):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if 1 <= number <= calendar.monthrange(year, month + 1)[1]:
            found = date(year, month + 1, number)
            if found >= today:
                return found
    return None


def _numbered(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year is not None:
            return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
        month_ago = today - timedelta(days=31)
        found = [date(y, month, day) for y in range(today.year - 1, today.year + 5) if _exists(y, month, day)]
        return next((one for one in found if one >= month_ago), None)
    except ValueError:
        return None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def parsed_time(text: str) -> int | None:
    """The time that was typed (15, 15:30, 15.30, 1530, 9) in minutes after midnight; None when it cannot be told."""
    found = _TIME.fullmatch(text.strip().lower())
    if not found:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def parsed_length(text: str) -> int | None:
    """How long it takes, in minutes: «40», «1:30», «1 ч 30», «2 ч», «45 мин», «1h»; None when it cannot be told."""
    line = text.strip().lower().replace("\u00a0", " ")
    found = re.fullmatch(r"(?:(\d{1,2})\s*(?:ч|год|h|hr|hours?)\.?)?\s*(?:(\d{1,3})\s*(?:м|мин|хв|m|min)?\.?)?", line)
    if found and (found[1] or found[2]):
        return int(found[1] or 0) * 60 + int(found[2] or 0)
    hours = re.fullmatch(r"(\d{1,2}):(\d{2})", line)
    return int(hours[1]) * 60 + int(hours[2]) if hours else None


def said_time(minutes: int, words: Words) -> str:
    """09:30."""
    return words.time(time(*divmod(minutes, 60)))


def said_length(minutes: int, words: Words) -> str:
    """40 мин, 2 ч, 5 ч 40."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return words.gettext("{n} min", n=rest)
    if not rest:
        return words.gettext("{n} h", n=hours)
    return words.gettext("{h} h {m:02d}", h=hours, m=rest)


def said_day(day: date, words: Words) -> str:
    """пн 23.11; English Mon 23 Nov."""
    return f"{words.weekday_short(day.weekday())}\u00a0{words.short_day(day)}"


def next_monday(today: date) -> date:
    """The Monday after today."""
    return today + timedelta(days=7 - today.weekday())


def in_a_month(today: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = divmod(today.year * 12 + today.month, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def off_weekend(day: date) -> date:
    """The day itself, or the Monday after a weekend: nobody is called on a Sunday by mistake."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


NEXT_STEPS = ("tomorrow", "days", "week", "month", "date", "nothing")
"""The answers to “what next?” in the order of their digits, from 1 on, wherever it is asked."""


def next_day(answer: str, today: date) -> date | None:
    """The day that an answer of NEXT_STEPS means, a weekend put off to Monday; None: it names no day."""
    if answer == "month":
        return off_weekend(in_a_month(today))
    ahead = {"tomorrow": 1, "days": 3, "week": 7}.get(answer)
    return off_weekend(today + timedelta(days=ahead)) if ahead is not None else None
