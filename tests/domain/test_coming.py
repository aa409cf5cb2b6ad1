"""What is ahead: birthdays that exist, the order of what must not be forgotten, months with nothing planned."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import coming
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.sheet import Coming, MonthFigures
from tests.domain.sheet_facts import TODAY, client

AHEAD = (202611, 202612, 202701)


def test_that_29_february_is_greeted_on_the_28th_in_common_years() -> None:
    assert coming.birthdays(2, 29, (202702,)) == [date(2027, 2, 28)]
    assert coming.birthdays(2, 29, (202802,)) == [date(2028, 2, 29)]
    assert coming.birthdays(2, 29, (210002,)) == [date(2100, 2, 28)], "1900 and 2100 are common years"


@given(st.integers(1, 12), st.integers(0, 31))
def test_that_a_day_that_cannot_exist_gives_no_birthday(month: int, day: int) -> None:
    found = coming.birthdays(month, day, (202701, 202702, 202703, 202704))
    assert all(one.month == month for one in found)
    assert len(found) <= 1


def test_that_what_must_not_be_forgotten_stands_before_routine() -> None:
    routine = Coming(date(2026, 11, 2), "visit", routine=True)
    promise = Coming(date(2026, 11, 28), "call", "проба", promise=True)
    birthday = Coming(date(2026, 11, 19), "birthday", "Гусева")
    contract = Coming(date(2026, 11, 5), "contract", "договор")
    other = Coming(date(2026, 12, 5), "call")
    plan = coming.by_month([routine, birthday, other, promise, contract], AHEAD)
    assert plan == ((promise, contract, birthday, routine), (other,), ())


def test_that_items_outside_the_coming_months_are_left_out() -> None:
    assert coming.by_month([Coming(date(2026, 10, 31), "call"), Coming(date(2027, 2, 1), "call")], AHEAD) == (
        (),
        (),
        (),
    )


def empty(segment: ActionSegment, today: date = TODAY, **months: MonthFigures) -> tuple[bool, ...]:
    facts = client(1, action_segment=segment, months={int(key[1:]): value for key, value in months.items()})
    return coming.empty_months(facts, ((), (Coming(date(2026, 12, 1), "call"),), ()), AHEAD, today)


def test_that_only_personal_clients_have_empty_months() -> None:
    assert empty(ActionSegment.VVV) == (True, False, True)
    assert empty(ActionSegment.CCC) == (True, False, True)
    assert empty(ActionSegment.INFO) == (False, False, False)
    assert empty(ActionSegment.NONE) == (False, False, False)


def test_that_a_contact_already_made_this_month_fills_it() -> None:
    assert empty(ActionSegment.VVV, m202611=MonthFigures(visits=1)) == (False, False, True)
    assert empty(ActionSegment.VVV, m202611=MonthFigures(mailings=1)) == (True, False, True)


def test_that_months_that_are_over_are_history() -> None:
    assert empty(ActionSegment.VVV, today=date(2027, 1, 1)) == (False, False, True)
