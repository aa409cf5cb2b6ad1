"""Reminders: the moments, the nights when clocks change, sleep and jumps, and the window that speaks seldom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.coming import birthday_pairs
from crmdesk.domain.reminders import (
    APART,
    BIRTHDAY_DAYS,
    DAY_MINUTES,
    Agenda,
    Answer,
    BirthdayMoment,
    Kind,
    Preferences,
    Snooze,
    TaskMoment,
    agenda,
    eve_of,
    folded,
    joined,
    may_appear,
    next_morning,
    of_birthday,
    of_late,
    of_owed,
    of_task,
    put_off,
    wall,
)

MOSCOW, KYIV, URAL = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Kyiv"), ZoneInfo("Asia/Yekaterinburg")
ZONES = (MOSCOW, KYIV, URAL)
USUAL = Preferences()


def task(number: int, day: date, time: int | None = None, *, kind: str = "call", promise: bool = False) -> TaskMoment:
    return TaskMoment(number, 1, "ООО «Стройдвор»", kind, "смета", promise, day, time)


def local(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m %H:%M}"


@pytest.mark.parametrize(
    ("kind", "time", "reminds"),
    [("visit", 660, "02.11 10:45"), ("call", 660, "02.11 10:55"), ("call", 2, "01.11 23:57")],
)
def test_that_a_task_with_a_time_reminds_before_it(kind: str, time: int, reminds: str) -> None:
    (found,) = of_task(task(1, date(2026, 11, 2), time, kind=kind), USUAL, MOSCOW)
    assert found.kind is Kind.TIME
    assert local(found.at, MOSCOW) == reminds


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 10, 26)])
def test_that_nine_o_clock_stays_nine_o_clock(zone: ZoneInfo, day: date) -> None:
    (found,) = of_task(task(1, day), USUAL, zone)
    assert found.at.astimezone(zone).strftime("%H:%M") == "09:00"


def test_that_the_hour_which_spring_jumps_over_is_shown_an_hour_later() -> None:
    moment = wall(date(2026, 3, 29), 3 * 60 + 30, KYIV)
    assert local(moment, KYIV) == "29.03 04:30"


def test_that_the_hour_which_autumn_repeats_is_meant_once() -> None:
    moment = wall(date(2026, 10, 25), 3 * 60 + 30, KYIV)
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # summer time, the first of the two


def test_that_a_moved_task_has_a_new_key_and_the_same_task_the_same() -> None:
    before = of_task(task(1, date(2026, 11, 2), 660), USUAL, MOSCOW)
    assert [o.key for o in before] == [o.key for o in of_task(task(1, date(2026, 11, 2), 660), USUAL, MOSCOW)]
    for moved in (task(1, date(2026, 11, 3), 660), task(1, date(2026, 11, 2), 675), task(1, date(2026, 11, 2))):
        assert {o.key for o in of_task(moved, USUAL, MOSCOW)}.isdisjoint(o.key for o in before)


@pytest.mark.parametrize(
    ("day", "eve"),
    [
        (date(2026, 11, 3), date(2026, 11, 2)),
        (date(2026, 11, 2), date(2026, 10, 30)),  # Monday: Friday
        (date(2026, 11, 1), date(2026, 10, 30)),  # Sunday: Friday
        (date(2026, 10, 31), date(2026, 10, 30)),
    ],
)
def test_that_a_promise_is_told_the_working_day_before(day: date, eve: date) -> None:
    assert eve_of(day) == eve
    first, own = of_task(task(1, day, promise=True), USUAL, MOSCOW)
    assert (first.kind, first.at) == (Kind.EVE, wall(eve, 540, MOSCOW))
    assert own.kind is Kind.DAY


@pytest.mark.parametrize(
    ("month", "day", "around", "told"),
    [
        (2, 29, date(2027, 2, 27), date(2027, 2, 28)),
        (2, 29, date(2028, 2, 27), date(2028, 2, 29)),
        (1, 1, date(2026, 12, 31), date(2027, 1, 1)),
        (12, 31, date(2027, 1, 2), date(2026, 12, 31)),
        (2, 31, date(2027, 2, 27), None),
    ],
)
def test_that_a_birthday_is_told_on_its_day(month: int, day: int, around: date, told: date | None) -> None:
    found = of_birthday(BirthdayMoment(7, 1, "Клиент", "Анна", month, day), around, USUAL, KYIV)
    assert (found and found.day) == told
    assert found is None or (month, day) in birthday_pairs(around - timedelta(days=BIRTHDAY_DAYS), BIRTHDAY_DAYS + 2)


def test_that_the_key_fits_the_table() -> None:
    largest = 2**63 - 1
    found = of_task(task(largest, date(9999, 12, 31), 1439, promise=True), USUAL, MOSCOW)
    person = of_birthday(BirthdayMoment(largest, 1, "", "", 5, 5), date(2026, 5, 5), USUAL, MOSCOW)
    assert max(len(o.key) for o in (*found, person) if o) <= 80


# ---- a person at work: days of jumps and sleep ---------------------------------------------------------


class Person:
    """Looks when he is awake, as the thread of reminders does; keeps what he was told."""

    def __init__(self, tasks: list[TaskMoment], zone: ZoneInfo) -> None:
        self.tasks, self.zone = tasks, zone
        self.answers: dict[str, Answer] = {}
        self.told: list[tuple[datetime, str]] = []
        self.late: list[tuple[datetime, int]] = []

    def look(self, now: datetime) -> Agenda:
        today = now.astimezone(self.zone).date()
        occasions = [o for one in self.tasks for o in of_task(one, USUAL, self.zone)]
        occasions += filter(None, (of_owed(one, today, USUAL, self.zone) for one in self.tasks))
        found, overdue = agenda(occasions, self.answers, now, self.zone)
        count = sum(one.day < today for one in self.tasks)
        rest = of_late(count - overdue.speaking, today, USUAL, self.zone, missed=bool(overdue.missed))
        if rest is not None:
            found = joined(found, agenda([rest], self.answers, now, self.zone)[0])
        found = replace(found, along=overdue.missed)
        for key in found.keys:
            self.answers[key] = Answer(shown_at=now)
        for one in found.fresh:
            self.told.append((now, one.key))
            if one.kind is Kind.LATE:
                self.late.append((now, one.tasks))
        return found


JUMPS = st.lists(
    st.sampled_from(
        [timedelta(seconds=45)] * 3
        + [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1), timedelta(days=3)]
    ),
    min_size=3,
    max_size=12,
)
STARTS = st.sampled_from([datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)])


@given(
    zone=st.sampled_from(ZONES),
    start=STARTS,
    jumps=JUMPS,
    moments=st.lists(
        st.tuples(st.integers(0, 5), st.none() | st.integers(0, DAY_MINUTES - 1), st.booleans()), max_size=6
    ),
)
def test_that_each_reminder_comes_once_and_none_is_lost(
    zone: ZoneInfo, start: datetime, jumps: list[timedelta], moments: list[tuple[int, int | None, bool]]
) -> None:
    first = start.astimezone(zone).date()
    tasks = [task(n, first + timedelta(days=d), t, promise=p) for n, (d, t, p) in enumerate(moments)]
    person = Person(tasks, zone)
    now = start
    for jump in jumps:
        now += jump
        person.look(now)
    keys = [key for _, key in person.told]
    assert len(keys) == len(set(keys)), "told twice"
    for one in tasks:
        own = of_task(one, USUAL, zone)[-1]
        if own.at > now:
            continue
        assert own.key in person.answers, "lost"  # shown by itself, or in the line of what is overdue
        owed = any(key.startswith(f"owed-{one.id}-") for key in keys)
        assert own.key in keys or owed or any(count > 0 for _, count in person.late)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_that_who_looks_every_minute_is_told_within_a_minute(zone: ZoneInfo, night: date) -> None:
    tasks = [task(n, night, minutes) for n, minutes in enumerate(range(0, 8 * 60, 10))]
    person = Person(tasks, zone)
    now = wall(night, 0, zone) - timedelta(minutes=10)
    while now < wall(night, 8 * 60, zone):
        person.look(now)
        now += timedelta(seconds=45)
    told = {key: at for at, key in person.told}
    for one in tasks:
        (own,) = of_task(one, USUAL, zone)
        assert timedelta(0) <= told[own.key] - own.at < timedelta(seconds=60)


def test_that_three_days_of_sleep_end_in_one_look() -> None:
    day = date(2026, 11, 2)
    tasks = [task(n, day + timedelta(days=n % 3), 600 + n) for n in range(60)]
    person = Person(tasks, MOSCOW)
    person.look(wall(day, 8 * 60, MOSCOW))
    assert person.told == []
    found = person.look(wall(day + timedelta(days=3), 8 * 60 + 1, MOSCOW))
    assert [(o.kind, o.tasks) for o in found.fresh] == [(Kind.LATE, 60)]
    assert person.look(wall(day + timedelta(days=3), 17 * 60, MOSCOW)).fresh == ()
    assert [o.tasks for o in person.look(wall(day + timedelta(days=3), 17 * 60, MOSCOW)).standing] == [60]
    assert person.look(wall(day + timedelta(days=4), 1, MOSCOW)).fresh == ()  # told once: the next day waits for nine


def test_that_what_was_told_of_yesterday_goes_over_into_the_line_of_overdue() -> None:
    day = date(2026, 11, 2)
    person = Person([task(1, day, 600), task(2, day)], MOSCOW)
    assert len(person.look(wall(day, 601, MOSCOW)).fresh) == 2
    assert person.look(wall(day + timedelta(days=1), 539, MOSCOW)).standing == ()
    found = person.look(wall(day + timedelta(days=1), 540, MOSCOW))
    assert [(o.kind, o.tasks) for o in found.standing] == [(Kind.LATE, 2)]


def test_that_a_broken_promise_speaks_for_itself_every_morning_until_it_is_kept() -> None:
    day = date(2026, 11, 2)
    person = Person([task(1, day, 600, promise=True), task(2, day)], MOSCOW)
    person.look(wall(day, 601, MOSCOW))
    for days in (1, 2):
        before = person.look(wall(day + timedelta(days=days), 539, MOSCOW))
        assert before.fresh == ()
        found = person.look(wall(day + timedelta(days=days), 540, MOSCOW))
        assert [(o.kind, o.task_id, o.tasks) for o in found.fresh] == [(Kind.OWED, 1, 1), (Kind.LATE, None, 1)]
    kept = Person([task(2, day)], MOSCOW)
    kept.answers = person.answers
    assert [o.kind for o in kept.look(wall(day + timedelta(days=3), 540, MOSCOW)).fresh] == [Kind.LATE]


def test_that_a_promise_missed_in_the_night_is_one_line_in_the_morning() -> None:
    day = date(2026, 11, 2)
    person = Person([task(1, day, 23 * 60 + 30, promise=True)], MOSCOW)
    found = person.look(wall(day + timedelta(days=1), 541, MOSCOW))
    assert [o.kind for o in found.standing] == [Kind.OWED]
    assert all(key in person.answers for key in found.keys)


def test_that_a_dismissed_reminder_never_comes_back_and_a_snoozed_one_once() -> None:
    day, (own,) = date(2026, 11, 2), of_task(task(1, date(2026, 11, 2), 600), USUAL, MOSCOW)
    now = wall(day, 600, MOSCOW)
    gone = {own.key: Answer(shown_at=own.at, dismissed_at=now)}
    assert agenda([own], gone, now + timedelta(hours=1), MOSCOW)[0] == Agenda()
    later = now + timedelta(minutes=15)
    put = {own.key: Answer(shown_at=own.at, snoozed_until=later)}
    assert agenda([own], put, now, MOSCOW)[0] == Agenda(next_at=later)
    assert agenda([own], put, later, MOSCOW)[0].fresh == (own,)
    shown = {own.key: Answer(shown_at=later)}
    assert agenda([own], shown, later, MOSCOW)[0].fresh == ()
    assert agenda([own], shown, later, MOSCOW)[0].standing == (own,)


def test_that_what_has_an_hour_stands_first_and_the_overdue_last() -> None:
    day = date(2026, 11, 2)
    tasks = [
        task(1, day),
        task(2, day, promise=True),
        task(3, day, 601),
        task(4, day, 600),
        task(5, day - timedelta(1)),
    ]
    tasks += [task(6, day - timedelta(2), promise=True), task(7, day + timedelta(1), promise=True)]
    found = Person(tasks, MOSCOW).look(wall(day, 601, MOSCOW))
    assert [o.task_id for o in found.standing] == [4, 3, 6, 2, 1, 7, None]


# ---- when the window may come up -----------------------------------------------------------------------


NIGHT = Preferences(quiet_from=19 * 60, quiet_to=8 * 60)
LUNCH = Preferences(quiet_from=13 * 60, quiet_to=14 * 60)


@pytest.mark.parametrize(
    ("wanted", "now", "at"),
    [
        (USUAL, 20 * 60, "02.11 20:00"),
        (NIGHT, 20 * 60, "03.11 08:00"),
        (NIGHT, 7 * 60, "02.11 08:00"),
        (NIGHT, 8 * 60, "02.11 08:00"),
        (LUNCH, 13 * 60 + 30, "02.11 14:00"),
        (LUNCH, 14 * 60, "02.11 14:00"),
    ],
)
def test_that_quiet_hours_are_quiet(wanted: Preferences, now: int, at: str) -> None:
    assert local(may_appear(wall(date(2026, 11, 2), now, MOSCOW), None, None, wanted, MOSCOW), MOSCOW) == at


@given(
    times=st.lists(st.integers(0, 600_000), min_size=200, max_size=200),
    wanted=st.sampled_from([USUAL, NIGHT, LUNCH]),
)
def test_that_the_window_never_appears_twice_in_five_minutes(times: list[int], wanted: Preferences) -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)
    last, shown = None, []
    for seconds in sorted(times):
        now = start + timedelta(seconds=seconds)
        if may_appear(now, last, None, wanted, MOSCOW) <= now:
            last = now
            shown.append(now)
    assert all(b - a >= APART for a, b in zip(shown, shown[1:], strict=False))


def test_that_a_clock_put_back_does_not_silence_the_window() -> None:
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert may_appear(now, now + timedelta(days=1), None, USUAL, MOSCOW) == now


def test_that_a_wanted_silence_holds_until_its_end() -> None:
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert may_appear(now, None, now + timedelta(hours=2), USUAL, MOSCOW) == now + timedelta(hours=2)


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        (Snooze.MINUTES_5, "24.10 14:05"),
        (Snooze.MINUTES_15, "24.10 14:15"),
        (Snooze.HOUR, "24.10 15:00"),
        (Snooze.TOMORROW, "25.10 09:00"),  # the night has 25 hours: still nine o'clock
        (Snooze.MONDAY, "26.10 09:00"),
    ],
)
def test_that_putting_off_ends_at_the_wall_clock_time(choice: Snooze, until: str) -> None:
    now = wall(date(2026, 10, 24), 14 * 60, KYIV)  # a Saturday
    assert local(put_off(choice, now, USUAL, KYIV), KYIV) == until


def test_that_the_next_morning_is_ahead() -> None:
    for hour, at in ((8, "02.11 09:00"), (9, "03.11 09:00"), (22, "03.11 09:00")):
        assert local(next_morning(wall(date(2026, 11, 2), hour * 60, MOSCOW), USUAL, MOSCOW), MOSCOW) == at


@pytest.mark.parametrize(("count", "lines", "more"), [(3, 3, 0), (6, 6, 0), (7, 5, 2), (200, 5, 195)])
def test_that_a_burst_is_folded(count: int, lines: int, more: int) -> None:
    occasions = [of_task(task(n, date(2026, 11, 2)), USUAL, MOSCOW)[0] for n in range(count)]
    shown, rest = folded(occasions, USUAL.most)
    assert (len(shown), rest) == (lines, more)
