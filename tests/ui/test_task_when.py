from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.system.i18n import LANGUAGES, words
from crmdesk.ui.task import when

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("lang", "typed", "day"),
    [
        ("ru", "завтра", date(2026, 11, 27)),
        ("ru", "Сегодня", TODAY),
        ("uk", "післязавтра", date(2026, 11, 28)),
        ("en", "tomorrow", date(2026, 11, 27)),
        ("ru", "пт", date(2026, 11, 27)),
        ("ru", "чт", date(2026, 12, 3)),
        ("ru", "понедельник", date(2026, 11, 30)),
        ("en", "mon", date(2026, 11, 30)),
        ("ru", "+3", date(2026, 11, 29)),
        ("ru", "3.2.27", date(2027, 2, 3)),
        ("ru", "03/02/2027", date(2027, 2, 3)),
        ("ru", "23.11", date(2026, 11, 23)),
        ("ru", "3.2", date(2027, 2, 3)),
        ("ru", "29.02", date(2028, 2, 29)),
        ("ru", "26", TODAY),
        ("ru", "25", date(2026, 12, 25)),
        ("ru", "31", date(2026, 12, 31)),
        ("ru", "2026-12-01", date(2026, 12, 1)),
        ("ru", "31.02", None),
        ("ru", "45.11", None),
        ("ru", "32", None),
        ("ru", "когда-нибудь", None),
        ("ru", "", None),
    ],
)
def test_that_a_day_is_understood_as_it_is_typed(lang: str, typed: str, day: date | None) -> None:
    assert when.parsed_day(typed, TODAY, words(lang)) == day


@given(st.dates(date(2026, 11, 1), date(2027, 9, 1)), st.sampled_from(LANGUAGES))
def test_that_a_day_written_out_is_read_back(day: date, lang: str) -> None:
    assert when.parsed_day(f"{day.day:02d}.{day.month:02d}.{day.year}", TODAY, words(lang)) == day
    assert when.parsed_day(day.isoformat(), TODAY, words(lang)) == day


@given(st.integers(0, 1439))
def test_that_a_time_is_read_back_in_each_way_of_writing(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for written in (f"{hours}:{rest:02d}", f"{hours:02d}.{rest:02d}", f"{hours:02d}{rest:02d}", f"{hours}-{rest:02d}"):
        assert when.parsed_time(written) == minutes
    assert rest or when.parsed_time(str(hours)) == minutes


@pytest.mark.parametrize("typed", ["24:00", "9:60", "полдень", "", "1:2:3"])
def test_that_what_is_no_time_is_not_guessed(typed: str) -> None:
    assert when.parsed_time(typed) is None


@given(st.integers(1, 20 * 60), st.sampled_from(LANGUAGES))
def test_that_a_length_is_read_back_as_it_is_said(minutes: int, lang: str) -> None:
    assert when.parsed_length(when.said_length(minutes, words(lang))) == minutes


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_that_usual_days_are_ahead_and_no_weekend(day: date) -> None:
    month = when.in_a_month(day)
    assert timedelta(27) < month - day < timedelta(32)
    assert when.next_monday(day).weekday() == 0 and timedelta() < when.next_monday(day) - day <= timedelta(7)
    assert when.off_weekend(day).weekday() < 5 and when.off_weekend(day) - day <= timedelta(2)
