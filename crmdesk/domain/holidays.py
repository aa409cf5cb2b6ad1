"""Public and professional holidays: on which day a written rule falls, and which days are worked."""

from __future__ import annotations

import calendar as stdlib_calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKEND = 5  # Saturday, as date.weekday() counts


@dataclass(frozen=True, slots=True)
class Holiday:
    """What a day is in a country: its key, its words by language, and whether people work.

    `off`: nobody works because of it. `works`: a Saturday or Sunday that is worked, its rest having been moved. Else a
    day with a name, no more. `short` is for narrow cells. `professions`: keys of holidays.toml, whom it greets.
    """

    key: str
    words: Mapping[str, str]
    short_words: Mapping[str, str]
    off: bool = False
    works: bool = False
    professions: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """The whole name in a language; English where the language is unknown."""
        return self.words.get(lang) or self.words["en"]

    def short(self, lang: str) -> str:
        """A word or two for a narrow cell; the whole name where there are none."""
        return self.short_words.get(lang) or self.name(lang)


def is_working(day: date, holiday: Holiday | None) -> bool:
    """Whether the office works on a day: Monday to Friday unless off, and a weekend day that is worked by decree."""
    if holiday is not None and (holiday.off or holiday.works):
        return holiday.works
    return day.weekday() < WEEKEND


def day_in(year: int, rule: Mapping[str, Any]) -> date | None:
    """The day of a year on which a rule of resources/content falls; None where the year has no such day.

    Rules: date "MM-DD" · nth {month, weekday, n} · day_of_year · easter (days after Orthodox Easter). Raises KeyError
    for a rule that is none of these.
    """
    if "date" in rule:
        month, _, day = str(rule["date"]).partition("-")
        if (month, day) == ("02", "29") and not stdlib_calendar.isleap(year):
            return None
        return date(year, int(month), int(day))
    if "nth" in rule:
        return _nth(year, rule["nth"])
    if "day_of_year" in rule:
        return date(year, 1, 1) + timedelta(days=int(rule["day_of_year"]) - 1)
    return orthodox_easter(year) + timedelta(days=int(rule["easter"]))


def _nth(year: int, rule: Mapping[str, Any]) -> date | None:
    month, n = int(rule["month"]), int(rule["n"])
    weekday = WEEKDAYS.index(rule["weekday"])
    length = stdlib_calendar.monthrange(year, month)[1]
    days = [day for day in range(1, length + 1) if date(year, month, day).weekday() == weekday]
    place = n - 1 if n > 0 else n
    return date(year, month, days[place]) if -len(days) <= place < len(days) else None


def orthodox_easter(year: int) -> date:
    """Orthodox Easter, in today's calendar; the Julian rule of Meeus, Astronomical Algorithms, chapter 8."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    julian = date(year, month, day + 1)
    return julian + timedelta(days=year // 100 - year // 400 - 2)
