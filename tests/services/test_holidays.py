"""Days off of the countries an office works in: moved days, martial law, words in three languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.services import content
from crmdesk.services.holidays import days_off, professional, working_days

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_that_a_day_off_moved_by_decree_is_off_and_the_saturday_instead_of_it_worked() -> None:
    found = days_off("RU", date(2025, 1, 1), date(2026, 12, 31))
    assert found[date(2025, 11, 1)].works and not found[date(2025, 11, 1)].off
    assert found[date(2025, 11, 3)].off
    assert found[date(2026, 1, 9)].key == "moved"
    assert found[date(2026, 11, 4)].name("uk") == "День народної єдності"
    assert found[date(2026, 11, 4)].short("ru") == "День единства"


def test_that_the_working_days_are_those_of_the_official_calendar() -> None:
    # the production calendar of Russia: 247 working days in 2025 and in 2026
    assert len(working_days("RU", *YEAR)) == 247
    assert len(working_days("RU", date(2025, 1, 1), date(2025, 12, 31))) == 247


def test_that_ukraine_names_its_holidays_but_works_on_them_since_2022() -> None:
    found = days_off("UA", *YEAR)
    assert found[date(2026, 7, 15)].key == "ua_statehood"
    assert found[date(2026, 4, 12)].name("uk") == "Великдень"
    assert not any(holiday.off for holiday in found.values())
    weekdays = [day for day in (YEAR[0] + timedelta(days=n) for n in range(365)) if day.weekday() < 5]
    assert working_days("UA", *YEAR) == weekdays
    assert days_off("UA", date(2021, 8, 23), date(2021, 8, 24))[date(2021, 8, 24)].off


@pytest.mark.parametrize("country", ["RU", "UA"])
@pytest.mark.parametrize("year", range(2019, 2029))
def test_that_every_day_off_has_our_words_in_three_languages(country: str, year: int) -> None:
    ours = content.entries("day_off", of="days_off")
    for holiday in days_off(country, date(year, 1, 1), date(year, 12, 31)).values():
        assert holiday.key in ours
        assert all(holiday.name(lang) and len(holiday.short(lang)) <= 22 for lang in ("ru", "uk", "en"))


def test_that_the_machines_language_does_not_matter_and_other_countries_keep_the_librarys_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    assert days_off("RU", date(2031, 6, 12), date(2031, 6, 12))[date(2031, 6, 12)].key == "ru_russia"
    christmas = days_off("DE", *YEAR)[date(2026, 12, 25)]
    assert (christmas.off, christmas.name("en"), christmas.name("ru")) == (True, "Christmas Day", "Christmas Day")
    assert days_off("", *YEAR) == {} == days_off("XX", *YEAR)


def test_that_a_professional_holiday_greets_and_nobody_is_off() -> None:
    found = professional("UA", date(2026, 11, 1), date(2026, 11, 30))
    assert [holiday.key for holiday in found[date(2026, 11, 4)]] == ["ua_railway"]
    assert found[date(2026, 11, 4)][0].professions and not found[date(2026, 11, 4)][0].off
    assert all(day.month == 11 for day in found)
