from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.names import Birthday
from crmdesk.exchange import values
from crmdesk.exchange.values import BadValue

SPACES = ["", " ", "\u00a0", "\u202f", "\u2009"]


@given(st.integers(-(10**12), 10**12), st.sampled_from(SPACES), st.sampled_from([",", "."]))
def test_that_money_is_read_back_however_it_is_grouped(minor: int, space: str, point: str) -> None:
    whole, part = divmod(abs(minor), 100)
    text = ("-" if minor < 0 else "") + f"{whole:,}".replace(",", space) + point + f"{part:02d}"
    assert values.minor_units(text) == minor


@given(st.integers(-(10**11), 10**11))
def test_that_money_from_a_spreadsheet_number_is_exact(minor: int) -> None:
    assert values.minor_units(minor / 100) == minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [("18\u00a0516,00", 1851600), ("14814,72", 1481472),
     ("1,234.50", 123450), ("1.234,50 руб.", 123450), ("(12)", -1200),
     ("5 ₴", 500), ("1.005", 101), ("-1.005", -101), ("1e3", 100000),
     ("", None), ("—", None), (None, None), ("5-", -500)],
)  # fmt: skip
def test_that_money_is_read_as_offices_write_it(text: str | None, minor: int | None) -> None:
    assert values.minor_units(text) == minor


@pytest.mark.parametrize("text", ["abc", "12 шт", "+7 916 555-01-02", "1.2.3,4,5", "31.12.2024", "=1+1", True])
def test_that_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.minor_units(text)


@given(st.dates(date(1950, 1, 1), date(2068, 12, 31)))
def test_that_a_day_is_read_back_from_each_of_its_forms(day: date) -> None:
    assert values.day(f"{day:%d.%m.%Y}") == day
    assert values.day(day.isoformat()) == day
    assert values.day(f"{day.isoformat()} 12:30:00") == day
    assert values.day(float((day - date(1899, 12, 30)).days)) == day
    assert values.moment(f"{day:%d.%m.%Y} 9:05") == (day, time(9, 5))


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)))
def test_that_two_digits_of_a_year_mean_the_nearest_century(day: date) -> None:
    assert values.day(f"{day:%d.%m.%y}") == day


@pytest.mark.parametrize("text", ["31.02.1990", "30.02", "00.05.2020", "2023-02-29", "31 апреля", "1900-13-01"])
def test_that_a_day_no_calendar_has_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        values.birthday(text)
    assert refused.value.reason == "no_such_day"


@pytest.mark.parametrize("text", ["вчера", "12", "99999999", "12:30", 10**9, float("nan"), False])
def test_that_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.day(text)


@pytest.mark.parametrize(
    ("text", "birthday"),
    [("29.02.1980", Birthday(29, 2, 1980)), (" --02-29", Birthday(29, 2)), ("--0229", Birthday(29, 2)),
     ("0.0.00", None), ("", None), ("5 мая", Birthday(5, 5)), ("5 травня 1985 р.", Birthday(5, 5, 1985)),
     ("07.03", Birthday(7, 3)), ("1604-05-06", Birthday(6, 5))],
)  # fmt: skip
def test_that_birthdays_come_with_and_without_a_year(text: str, birthday: Birthday | None) -> None:
    assert values.birthday(text) == birthday


def test_that_the_serial_of_a_moment_keeps_its_time() -> None:
    assert values.moment(45000.5) == (date(1899, 12, 30) + timedelta(days=45000), time(12))


@pytest.mark.parametrize(
    ("cell", "text"),
    [(30000001.0, "30000001"), ("'+38 067", "+38 067"), ("  a\u00a0b ", "a b"), (None, ""), (1.5, "1.5"),
     ("O'Neil", "O'Neil"),
     ("'", "'"), ("a\x00b\x1fc\nd", "abc\nd")],
)  # fmt: skip
def test_that_a_cell_is_read_as_the_words_a_person_sees(cell: str | float | None, text: str) -> None:
    assert values.words(cell) == text
