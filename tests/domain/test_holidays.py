"""On which day a written rule falls, and which days are worked."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from dateutil.easter import EASTER_ORTHODOX, easter
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.holidays import Holiday, day_in, is_working, orthodox_easter

NO_WORDS: MappingProxyType[str, str] = MappingProxyType({})
SATURDAY, MONDAY = date(2026, 11, 7), date(2026, 11, 9)


@given(st.integers(1900, 2200))
def test_that_easter_is_the_one_of_another_programs_table(year: int) -> None:
    assert orthodox_easter(year) == easter(year, EASTER_ORTHODOX)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ({"date": "11-04"}, date(2026, 11, 4)),
        ({"nth": {"month": 11, "weekday": "sun", "n": 1}}, date(2026, 11, 1)),
        ({"nth": {"month": 11, "weekday": "sun", "n": -1}}, date(2026, 11, 29)),
        ({"day_of_year": 256}, date(2026, 9, 13)),
        ({"easter": 49}, date(2026, 5, 31)),
        ({"date": "02-29"}, None),
        ({"nth": {"month": 11, "weekday": "tue", "n": 5}}, None),
    ],
)
def test_that_a_rule_falls_on_its_day(rule: dict[str, Any], day: date | None) -> None:
    assert day_in(2026, rule) == day


def test_that_the_day_of_the_programmer_is_a_day_earlier_in_a_leap_year() -> None:
    assert day_in(2028, {"day_of_year": 256}) == date(2028, 9, 12)


def test_that_a_moved_saturday_is_worked_and_a_mere_name_changes_nothing() -> None:
    off = Holiday("x", NO_WORDS, NO_WORDS, off=True)
    worked = Holiday("x", NO_WORDS, NO_WORDS, works=True)
    named = Holiday("x", NO_WORDS, NO_WORDS)
    assert [is_working(MONDAY, holiday) for holiday in (None, off, worked, named)] == [True, False, True, True]
    assert [is_working(SATURDAY, holiday) for holiday in (None, off, worked, named)] == [False, False, True, False]
