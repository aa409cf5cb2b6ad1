"""The calendar: which days a view shows, where its entries lie, what a move would mean. SQL: data/calendar.py."""

from __future__ import annotations

import calendar as stdlib_calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from crmdesk.domain.holidays import Holiday, is_working
from crmdesk.domain.tasks import TaskRow

SNAP = 15  # minutes: what is dragged stops at quarters of an hour
WHOLE_DAY = 24 * 60
SHORTEST_SHOWN = 30  # minutes: a shorter entry is drawn as if it took so long, or its words would not fit
MONTH_WEEKS = 6  # rows of a month, whatever month it is
AGENDA_DAYS = 28
BIRTHDAY = "birthday"
LATE_SHOWN = 200


class Span(StrEnum):
    """How much a view shows at once."""

    DAY = "day"
    WORK = "work"  # Monday to Friday
    WEEK = "week"
    MONTH = "month"  # whole weeks around it
    AGENDA = "agenda"  # a list from the chosen day on


class What(StrEnum):
    """What an entry of the calendar is."""

    TASK = "task"  # also a promise
    CONTACT = "contact"  # one that took place
    BIRTHDAY = "birthday"


class Mark(StrEnum):
    """How an entry stands today; it decides its look."""

    PLANNED = "planned"
    PROMISE = "promise"  # owed, its day not over
    LEFT = "left"  # its day is over and it is not done
    BROKEN = "broken"  # the same of a promise
    DONE = "done"
    BIRTHDAY = "birthday"


class Hint(StrEnum):
    """What a person should know before he drops something on a day; it never stops him."""

    PAST = "past"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    BIRTHDAY = "birthday"  # of somebody at the same client
    BUSY = "busy"  # something else lies at that time
    OVERLOAD = "overload"


class Key(NamedTuple):
    """One entry, whatever it is: its kind of row and that row's id (birthdays: the person's)."""

    what: str
    id: int


class Entry(NamedTuple):
    """One entry of the calendar. `time` is in minutes after midnight, None: the whole day."""

    what: str  # What
    id: int
    day: date
    time: int | None
    minutes: int  # how long: as said, or as its kind usually takes (domain.load)
    kind: str  # TaskKind, ContactKind, or "birthday"
    client_id: int | None
    client: str
    title: str
    manager_id: int | None = None
    person_id: int | None = None
    promise: bool = False
    done: bool = False
    moved_count: int = 0
    version: int = 0
    years: int | None = None  # how old somebody becomes
    notes: str = ""  # of a task, their beginning

    @property
    def key(self) -> Key:
        """What it is found by."""
        return Key(self.what, self.id)

    @property
    def movable(self) -> bool:
        """Whether it may be put elsewhere: what is done, and a birthday, may not."""
        return self.what == What.TASK and not self.done


class Days(NamedTuple):
    """The first and the last day of what is shown, both of them shown."""

    first: date
    last: date

    def all(self) -> list[date]:
        """Each of them."""
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True)
class CalendarPage:
    """What the store holds of a stretch of days: entries by day and time, and what was left undone before today."""

    days: Days
    entries: tuple[Entry, ...] = ()
    late: tuple[Entry, ...] = ()  # broken promises first, the oldest first; the first LATE_SHOWN of them
    late_count: int = 0
    norm: int = 0  # minutes a working day holds
    days_off: Mapping[date, Holiday] = field(default_factory=dict)
    greeted: Mapping[date, tuple[Holiday, ...]] = field(default_factory=dict)  # professional holidays


class DayCount(NamedTuple):
    """The tasks of a day: how many, how many of them done, how many minutes they take together."""

    tasks: int
    done: int
    minutes: int


class Place(NamedTuple):
    """Where an entry lies beside those it overlaps with: its column, of how many."""

    column: int
    of: int


# days --------------------------------------------------------------------------------------------------


def monday(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(day.weekday())


def days_of(span: Span, day: date) -> Days:
    """The days a view shows around a chosen day. A month: six whole weeks, the one with its 1st first."""
    if span is Span.DAY:
        return Days(day, day)
    if span is Span.WORK:
        return Days(monday(day), monday(day) + timedelta(4))
    if span is Span.WEEK:
        return Days(monday(day), monday(day) + timedelta(6))
    if span is Span.MONTH:
        first = monday(day.replace(day=1))
        return Days(first, first + timedelta(7 * MONTH_WEEKS - 1))
    return Days(day, day + timedelta(AGENDA_DAYS - 1))


def step(span: Span, day: date, steps: int) -> date:
    """The chosen day after paging: a 31st becomes the last day of a shorter month."""
    if span is Span.DAY:
        return day + timedelta(steps)
    if span is Span.AGENDA:
        return day + timedelta(AGENDA_DAYS * steps)
    if span is not Span.MONTH:
        return day + timedelta(7 * steps)
    year, month = divmod(day.year * 12 + day.month - 1 + steps, 12)
    return date(year, month + 1, min(day.day, stdlib_calendar.monthrange(year, month + 1)[1]))


def week_number(day: date) -> int:
    """The number of its week by ISO 8601: weeks begin on Monday, the first one holds the 4th of January."""
    return day.isocalendar().week


# entries -----------------------------------------------------------------------------------------------


def task_of(entry: Entry) -> TaskRow:
    """As much of a task as an entry knows."""
    return TaskRow(
        entry.id, entry.client_id, entry.client, entry.person_id, entry.manager_id, entry.kind, entry.title,
        entry.promise, False, 0, entry.day, entry.time, entry.moved_count, version=entry.version,
        minutes=entry.minutes,
    )  # fmt: skip


def mark_of(entry: Entry, today: date) -> Mark:
    """How it stands today."""
    if entry.what == What.BIRTHDAY:
        return Mark.BIRTHDAY
    if entry.done:
        return Mark.DONE
    if entry.day < today:
        return Mark.BROKEN if entry.promise else Mark.LEFT
    return Mark.PROMISE if entry.promise else Mark.PLANNED


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """By day; within it birthdays and what has no time first, then by time, the longer first."""
    return tuple(sorted(entries, key=_order))


def _order(entry: Entry) -> tuple[date, int, int, int]:
    if entry.time is not None:
        return entry.day, entry.time, -entry.minutes, entry.id
    return entry.day, -2 if entry.what == What.BIRTHDAY else -1, -entry.minutes, entry.id


def by_day(entries: Iterable[Entry]) -> dict[date, tuple[Entry, ...]]:
    """The entries of each day that has any; they are given in order."""
    found: dict[date, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.day, []).append(entry)
    return {day: tuple(some) for day, some in found.items()}


_WEIGHTS = {Mark.BROKEN: 0, Mark.LEFT: 1, Mark.BIRTHDAY: 2, Mark.DONE: 4}


def gravest_first(entries: Iterable[Entry], today: date) -> tuple[Entry, ...]:
    """One day's entries as a small cell shows them: what is wrong, then what is to be done, then what was done."""
    return tuple(sorted(in_order(entries), key=lambda entry: _WEIGHTS.get(mark_of(entry, today), 3)))


def columns(stretches: Sequence[tuple[int, int]]) -> list[Place]:
    """Where stretches of one day (begin, end; in order of their begin) lie so that no two cover each other.

    Those that overlap, directly or through others, share the width; each takes the first column free at its begin.
    """
    places: list[Place] = []
    ends: list[int] = []  # of each column of the running bunch
    bunch: list[int] = []  # the columns taken by the running bunch, in order
    until = -1

    def close() -> None:
        places.extend(Place(column, len(ends)) for column in bunch)
        ends.clear()
        bunch.clear()

    for begin, end in stretches:
        if begin >= until:
            close()
        column = next((n for n, free in enumerate(ends) if free <= begin), len(ends))
        if column == len(ends):
            ends.append(end)
        else:
            ends[column] = end
        bunch.append(column)
        until = max(until, end) if len(bunch) > 1 else end
    close()
    return places


def snapped(minute: float) -> int:
    """The nearest quarter of an hour within the day."""
    return max(0, min(WHOLE_DAY - SNAP, int((minute + SNAP / 2) // SNAP) * SNAP))


def in_day(time: int, minutes: int) -> int:
    """The begin, pushed back so that it ends before midnight."""
    return max(0, min(time, WHOLE_DAY - max(minutes, SNAP)))


def stretched(time: int, minutes: int, *, begin: int | None = None, end: int | None = None) -> tuple[int, int]:
    """Begin and length after one edge was drawn to another minute; never shorter than a quarter of an hour."""
    if begin is not None:
        begin = max(0, min(snapped(begin), time + minutes - SNAP))
        return begin, time + minutes - begin
    if end is not None:
        until = max(time + SNAP, min(int((end + SNAP / 2) // SNAP) * SNAP, WHOLE_DAY))
        return time, until - time
    return time, minutes


def hints(
    day: date,
    time: int | None,
    minutes: int,
    *,
    today: date,
    client_id: int | None,
    others: Iterable[Entry],
    holiday: Holiday | None,
    load: int,
    norm: int,
) -> tuple[Hint, ...]:
    """What to say of a drop, gravest first. `others` lie on that day, without the dropped one; `load` has it."""
    found = []
    if day < today:
        found.append(Hint.PAST)
    if holiday is not None and holiday.off:
        found.append(Hint.HOLIDAY)
    elif not is_working(day, holiday):
        found.append(Hint.WEEKEND)
    busy = birthday = False
    for other in others:
        if other.what == What.BIRTHDAY:
            birthday |= client_id is not None and other.client_id == client_id
        elif time is not None and other.time is not None and not other.done:
            busy |= other.time < time + minutes and time < other.time + other.minutes
    if busy:
        found.append(Hint.BUSY)
    if birthday:
        found.append(Hint.BIRTHDAY)
    if norm and load > norm:
        found.append(Hint.OVERLOAD)
    return tuple(found)
