"""Days, weeks, columns, quarters of an hour, hints."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Days, Entry, Hint, Mark, Span
from crmdesk.domain.holidays import Holiday

TODAY = date(2026, 11, 26)  # a Thursday
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
STRETCHES = st.lists(st.tuples(st.integers(0, 1400), st.integers(15, 300)), max_size=40)


def entry(day: date = TODAY, time: int | None = 600, minutes: int = 60, **more: object) -> Entry:
    values: dict[str, object] = {"what": "task", "id": 1, "kind": "call", "client_id": 7, "client": "Лист", "title": ""}
    return Entry(day=day, time=time, minutes=minutes, **{**values, **more})  # type: ignore[arg-type]


def test_that_a_week_begins_on_monday_and_a_work_week_ends_on_friday() -> None:
    assert calendar.days_of(Span.WEEK, TODAY) == (date(2026, 11, 23), date(2026, 11, 29))
    assert calendar.days_of(Span.WORK, date(2026, 11, 29)) == (date(2026, 11, 23), date(2026, 11, 27))
    assert calendar.days_of(Span.DAY, TODAY) == (TODAY, TODAY)


def test_that_a_month_is_six_whole_weeks_around_its_first() -> None:
    found = calendar.days_of(Span.MONTH, TODAY)
    assert found == (date(2026, 10, 26), date(2026, 12, 6))
    assert len(found.all()) == 42


@given(DAYS, st.sampled_from(list(Span)))
def test_that_what_is_shown_holds_the_chosen_day_unless_it_is_a_weekend_of_a_work_week(day: date, span: Span) -> None:
    found = calendar.days_of(span, day)
    assert day in found or (span is Span.WORK and day.weekday() > 4)
    assert len(found.all()) <= 42


@given(DAYS, st.sampled_from([Span.DAY, Span.WORK, Span.WEEK, Span.AGENDA]))
def test_that_paging_forward_and_back_comes_home_and_leaves_no_day_out(day: date, span: Span) -> None:
    assert calendar.step(span, calendar.step(span, day, 1), -1) == day
    if span is not Span.WORK:
        assert calendar.days_of(span, calendar.step(span, day, 1)).first == calendar.days_of(
            span, day
        ).last + timedelta(1)


def test_that_a_31st_pages_to_the_last_day_of_a_shorter_month_over_the_year_s_end_too() -> None:
    assert calendar.step(Span.MONTH, date(2026, 10, 31), 1) == date(2026, 11, 30)
    assert calendar.step(Span.MONTH, date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert calendar.step(Span.MONTH, date(2026, 1, 15), -1) == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("day", "week"), [(TODAY, 48), (date(2027, 1, 1), 53), (date(2027, 1, 4), 1), (date(2024, 12, 30), 1)]
)
def test_that_weeks_are_numbered_by_iso(day: date, week: int) -> None:
    assert calendar.week_number(day) == week


@given(STRETCHES)
def test_that_nothing_covers_anything_else_and_no_column_is_wasted(found: list[tuple[int, int]]) -> None:
    stretches = sorted((begin, begin + length) for begin, length in found)
    places = calendar.columns(stretches)
    assert len(places) == len(stretches)
    for i, (begin, end) in enumerate(stretches):
        assert 0 <= places[i].column < places[i].of
        for j in range(i):
            overlap = stretches[j][1] > begin and stretches[j][0] < end
            if overlap:
                assert places[i].column != places[j].column
                assert places[i].of == places[j].of
    for i, place in enumerate(places):
        if place.of > 1:  # shared because something else of the bunch is there
            assert any(j != i and places[j].of == place.of for j in range(len(places)))


def test_that_what_overlaps_through_a_third_shares_the_width_and_what_stands_apart_has_it_all() -> None:
    assert calendar.columns([(0, 60), (30, 90), (60, 120), (120, 180)]) == [(0, 2), (1, 2), (0, 2), (0, 1)]


@given(st.floats(-100, 3000))
def test_that_dragging_stops_at_quarters_within_the_day(minute: float) -> None:
    found = calendar.snapped(minute)
    assert found % calendar.SNAP == 0
    assert 0 <= found <= calendar.WHOLE_DAY - calendar.SNAP
    if 0 <= minute <= found:
        assert abs(found - minute) <= calendar.SNAP / 2


@given(st.integers(0, 1425), st.integers(15, 600), st.integers(-60, 1500))
def test_that_a_stretched_entry_keeps_its_other_edge_and_a_quarter_of_an_hour(time: int, minutes: int, to: int) -> None:
    minutes = min(minutes, calendar.WHOLE_DAY - time)
    begin, length = calendar.stretched(time, minutes, begin=to)
    assert begin + length == time + minutes
    assert length >= calendar.SNAP
    begin, length = calendar.stretched(time, minutes, end=to)
    assert begin == time
    assert length >= calendar.SNAP
    assert begin + length <= calendar.WHOLE_DAY or length == calendar.SNAP


def test_that_an_entry_s_mark_follows_from_its_day_and_what_became_of_it() -> None:
    yesterday = TODAY - timedelta(1)
    assert calendar.mark_of(entry(), TODAY) is Mark.PLANNED
    assert calendar.mark_of(entry(promise=True), TODAY) is Mark.PROMISE
    assert calendar.mark_of(entry(yesterday), TODAY) is Mark.LEFT
    assert calendar.mark_of(entry(yesterday, promise=True), TODAY) is Mark.BROKEN
    assert calendar.mark_of(entry(yesterday, promise=True, done=True), TODAY) is Mark.DONE
    assert calendar.mark_of(entry(what="birthday"), TODAY) is Mark.BIRTHDAY


def test_that_a_day_lists_birthdays_then_what_has_no_time_then_by_the_clock() -> None:
    late, early = entry(id=1, time=900), entry(id=2, time=540)
    whole, birthday = entry(id=3, time=None), entry(id=4, time=None, what="birthday", minutes=0)
    assert [one.id for one in calendar.by_day(calendar.in_order([late, whole, early, birthday]))[TODAY]] == [4, 3, 2, 1]


def test_that_a_drop_is_told_what_to_know_and_a_free_day_nothing() -> None:
    def said(day: date, time: int | None = 600, load: int = 60, **more: object) -> tuple[Hint, ...]:
        values: dict[str, object] = {"others": [], "holiday": None}
        return calendar.hints(
            day, time, 60, today=TODAY, client_id=7, load=load, norm=360, **{**values, **more}  # type: ignore[arg-type]
        )  # fmt: skip

    saturday = date(2026, 11, 28)
    off = Holiday("unity", {"en": "Unity"}, {}, off=True)
    worked = Holiday("moved", {"en": "Moved"}, {}, works=True)
    birthday = entry(what="birthday", time=None, minutes=0)
    assert said(TODAY) == ()
    assert said(TODAY - timedelta(1)) == (Hint.PAST,)
    assert said(saturday) == (Hint.WEEKEND,)
    assert said(saturday, holiday=worked) == ()
    assert said(TODAY, holiday=off) == (Hint.HOLIDAY,)
    assert said(TODAY, others=[entry(time=630)]) == (Hint.BUSY,)
    assert said(TODAY, others=[entry(time=660)]) == ()
    assert said(TODAY, time=None, others=[entry(time=630)]) == ()
    assert said(TODAY, others=[entry(time=630, done=True)]) == ()
    assert said(TODAY, others=[birthday]) == (Hint.BIRTHDAY,)
    assert said(TODAY, others=[birthday._replace(client_id=8)]) == ()
    assert said(TODAY, load=361) == (Hint.OVERLOAD,)
    assert said(TODAY, load=360) == ()


def test_that_days_know_what_lies_in_them() -> None:
    week = Days(date(2026, 11, 23), date(2026, 11, 29))
    assert TODAY in week
    assert date(2026, 11, 30) not in week
