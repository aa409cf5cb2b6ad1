"""Which days are off in a country and what they are called; professional holidays; the days that are worked.

Days off, with the ones moved by decree, come from the library `holidays` (docs/adr/0017). It is imported at the first
question, which takes half a second: never ask before the first frame, and not on the window's thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from crmdesk.domain.holidays import Holiday, day_in, is_working
from crmdesk.services import content

LANGUAGES_OF_LIBRARY = {"ru": "ru", "uk": "uk", "en": "en_US"}
COUNTRY = re.compile("[A-Z]{2}")
NO_WORDS: Mapping[str, str] = MappingProxyType({})


def days_off(country: str, first: date, last: date) -> dict[date, Holiday]:
    """The public holidays from `first` to `last`, and the weekend days that are worked instead, by day.

    A holiday that is worked (Ukraine under martial law) is there with `off` false. A country nobody knows has none.
    """
    found: dict[date, Holiday] = {}
    for year in range(first.year, last.year + 1):
        for day, holiday in _year(country, year).items():
            if first <= day <= last:
                found[day] = holiday
    return found


def professional(country: str, first: date, last: date) -> dict[date, tuple[Holiday, ...]]:
    """The professional holidays of holidays.toml that are on, from `first` to `last`: all-day notes, nobody is off."""
    found: dict[date, tuple[Holiday, ...]] = {}
    for year in range(first.year, last.year + 1):
        for day, holidays in _professional_year(country, year).items():
            if first <= day <= last:
                found[day] = holidays
    return found


def working_days(country: str, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which the office works, in order."""
    found = days_off(country, first, last)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working(day, found.get(day))]


@cache
def _year(country: str, year: int) -> Mapping[date, Holiday]:
    found = dict(_named(country, year))
    found.update(_of_library(country, year))
    return MappingProxyType(dict(sorted(found.items())))


def _named(country: str, year: int) -> Iterator[tuple[date, Holiday]]:
    """Our own table: holidays that are no days off."""
    for key, entry in content.entries("day_off", of="days_off").items():
        facts = entry.facts
        if facts.get("country") != country:
            continue
        day = day_in(year, facts)
        if day and facts.get("from", date.min) <= day <= facts.get("until", date.max):
            yield day, _holiday(key, off=False)


def _of_library(country: str, year: int) -> dict[date, Holiday]:
    import holidays

    maker: Any = getattr(holidays, country, None) if COUNTRY.fullmatch(country) else None
    if maker is None:
        return {}
    native = maker(years=year, language=maker().default_language)  # without a language it would speak the machine's
    keys = _library_keys()
    found: dict[date, Holiday] = {}
    translated = None
    for day, name in native.items():
        if day.year != year:
            continue
        key = keys.get(name)
        if key is None:  # a moved one says from where in brackets; a substitute stands for the day that it names
            key = keys["Выходной"] if _is_moved(name) else None
        if key is not None:
            found[day] = _holiday(key, off=True)
            continue
        if translated is None:
            translated = _translations(maker, year, native.supported_languages)
        english = translated["en"].get(day, name)
        names = {lang: in_lang.get(day, english) for lang, in_lang in translated.items()}
        found[day] = Holiday(name, MappingProxyType(names), NO_WORDS, off=True)
    for day in native.weekend_workdays:
        if day.year == year:
            found[day] = _holiday("worked", works=True)
    return found


def _is_moved(name: str) -> bool:
    return name.endswith(("(выходной)", "(вихідний)")) or name.split(" (")[0] in _library_keys()


def _translations(maker: Any, year: int, spoken: tuple[str, ...]) -> dict[str, Mapping[date, str]]:
    """What the library calls the days of a country that has no words of ours, in each language it speaks."""
    return {
        lang: maker(years=year, language=theirs) if theirs in spoken else {}
        for lang, theirs in LANGUAGES_OF_LIBRARY.items()
    }


@cache
def _library_keys() -> Mapping[str, str]:
    """What the library calls a holiday → our key of it."""
    found = {}
    for key, entry in content.entries("day_off", of="days_off").items():
        for name in entry.facts.get("library", ()):
            found[name] = key
    return MappingProxyType(found)


@cache
def _professional_year(country: str, year: int) -> Mapping[date, tuple[Holiday, ...]]:
    found: dict[date, tuple[Holiday, ...]] = {}
    for key, entry in content.entries("holiday", of="holidays").items():
        if entry.facts["country"] != country or not entry.facts["enabled"]:
            continue
        day = day_in(year, entry.facts)
        if day:
            professions = tuple(entry.facts.get("professions", ()))
            found[day] = (*found.get(day, ()), Holiday(key, entry.words, NO_WORDS, professions=professions))
    return MappingProxyType(dict(sorted(found.items())))


def _holiday(key: str, *, off: bool = False, works: bool = False) -> Holiday:
    entry = content.entries("day_off", of="days_off")[key]
    short: Any = entry.facts["short"]
    return Holiday(key, entry.words, MappingProxyType(short), off=off, works=works)
