"""New, lost, won back: the days, the months, the year."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import base_loss, quiet
from crmdesk.domain import months as calendar
from crmdesk.domain.base_loss import BaseChange, BaseMonth, events
from crmdesk.domain.quiet import OfficeRhythm

TODAY = date(2026, 11, 2)
OFFICE = OfficeRhythm(gap=5.0)


def monthly(first: date, count: int) -> list[date]:
    return [first + timedelta(days=30 * n) for n in range(count)]


def test_that_a_silent_client_is_lost_on_the_day_his_chance_crosses_the_threshold() -> None:
    days = monthly(date(2025, 1, 1), 8)
    found = events(days, TODAY, OFFICE)
    assert [event.kind for event in found] == [BaseChange.NEW, BaseChange.LOST]
    lost = found[-1].day
    silent = (lost - days[-1]).days
    assert quiet.chance_after(8, 210, silent, OFFICE) >= OFFICE.lost_chance
    assert quiet.chance_after(8, 210, silent - 1, OFFICE) < OFFICE.lost_chance


def test_that_an_order_after_a_loss_wins_back() -> None:
    days = [*monthly(date(2024, 1, 1), 6), date(2026, 6, 1), date(2026, 7, 1)]
    kinds = [(event.kind, event.day) for event in events(days, date(2026, 7, 20), OFFICE)]
    assert kinds[0] == (BaseChange.NEW, date(2024, 1, 1))
    assert kinds[1][0] is BaseChange.LOST
    assert kinds[2] == (BaseChange.WON_BACK, date(2026, 6, 1))
    assert len(kinds) == 3


def test_that_orders_of_the_future_are_not_yet_true() -> None:
    assert events([TODAY + timedelta(days=1)], TODAY, OFFICE) == []
    assert events([], TODAY, OFFICE) == []


histories = st.lists(st.integers(0, 1400), max_size=25, unique=True).map(
    lambda offsets: [date(2023, 1, 1) + timedelta(days=n) for n in sorted(offsets)]
)


@given(histories, st.floats(0.5, 20))
def test_that_losses_and_returns_alternate(days: list[date], gap: float) -> None:
    found = events(days, TODAY, OfficeRhythm(gap=gap))
    assert [event.day for event in found] == sorted(event.day for event in found)
    kinds = [event.kind for event in found]
    if kinds:
        assert kinds[0] is BaseChange.NEW
        assert BaseChange.NEW not in kinds[1:]
    for before, after in zip(kinds[1:], kinds[2:], strict=False):
        assert {before, after} == {BaseChange.LOST, BaseChange.WON_BACK}
    assert all(event.day in days for event in found if event.kind is not BaseChange.LOST)


@given(histories, st.floats(0.5, 20), st.dates(date(2023, 1, 1), TODAY), st.integers(1, 500))
def test_that_a_part_of_the_time_has_its_part_of_the_events(
    days: list[date], gap: float, since: date, long: int
) -> None:
    office, before = OfficeRhythm(gap=gap), since + timedelta(days=long)
    whole = events(days, TODAY, office)
    part = [event for event in whole if since <= event.day < before]
    assert events(days, TODAY, office, since=since, before=before) == part
    earlier = max(sum(day < since for day in days) - 1, 0)
    first = days[0] if days else None
    late = events(days[earlier:], TODAY, office, since=since, before=before, first=first, earlier=earlier)
    assert late == part


@given(histories, st.floats(0.5, 20))
def test_that_whoever_came_back_is_looked_at(days: list[date], gap: float) -> None:
    shown = calendar.ending(202610, 12)
    days = [day for day in days if day <= TODAY]
    returned = [
        event
        for event in events(days, TODAY, OfficeRhythm(gap=gap))
        if event.kind is BaseChange.WON_BACK and calendar.month_of(event.day) >= shown[0]
    ]
    known = sorted({calendar.month_of(day) for day in days if calendar.month_of(day) >= 202411})
    if returned:
        assert base_loss.may_have_returned(known, days[0], shown)


def test_that_monthly_buyers_need_no_second_look() -> None:
    months = calendar.ending(202610, 24)
    assert not base_loss.may_have_returned(months, date(2024, 11, 3), calendar.ending(202610, 6))
    assert base_loss.may_have_returned([202601, 202606], date(2026, 1, 3), calendar.ending(202610, 6))
    assert not base_loss.may_have_returned([202601, 202604], date(2026, 1, 3), calendar.ending(202610, 6))


def test_that_events_are_counted_in_their_months() -> None:
    found = [
        base_loss.BaseEvent(BaseChange.NEW, date(2026, 9, 1)),
        base_loss.BaseEvent(BaseChange.LOST, date(2026, 10, 31)),
        base_loss.BaseEvent(BaseChange.LOST, date(2026, 11, 1)),
        base_loss.BaseEvent(BaseChange.WON_BACK, date(2026, 10, 1)),
    ]
    assert base_loss.count(found, (202609, 202610)) == (BaseMonth(202609, new=1), BaseMonth(202610, lost=1, won_back=1))


def test_that_the_share_lost_is_of_those_who_were_active_when_the_year_began() -> None:
    steady = monthly(date(2024, 1, 10), 34)
    lost = monthly(date(2025, 5, 1), 8)  # to the end of November 2025: lost in 2026
    long_gone = monthly(date(2022, 1, 1), 4)
    fresh = [date(2026, 3, 1)]  # new in 2026, and lost in it: not of those who were there
    year = base_loss.year([steady, lost, long_gone, fresh], 2026, TODAY, OFFICE)
    assert (year.active_at_start, year.lost, year.new, year.share_lost) == (2, 2, 1, 50)
    assert [month.month for month in year.months] == list(range(202601, 202612))
    assert base_loss.year([], 2026, TODAY, OFFICE).share_lost is None
    assert base_loss.year([], 2027, TODAY, OFFICE).months == ()
