"""What one manager's day consists of: what was left, what is planned, who must not be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from crmdesk.domain.lists import Importance
from crmdesk.domain.load import CAPACITY, day_load, free_gap
from crmdesk.domain.names import Birthday, greeted_on
from crmdesk.domain.quiet import QuietClient
from crmdesk.domain.tasks import TaskRow, is_open

WORK_START, WORK_END = 9 * 60, 18 * 60
"""The hours in which free time is looked for, minutes after midnight."""

SOON_DAYS = 7
"""How far ahead promises are shown."""

BIRTHDAY_DAYS = 3
"""Birthdays of today and of the next two days: a congratulation may want a card."""


class DayTask(NamedTuple):
    """A task of the day, with what its line says besides."""

    task: TaskRow
    importance: str = Importance.REGULAR.value
    result: str = ""  # of the contact that it was done as: a key of contact_result
    next_kind: str = ""  # of the client's next open task
    next_due: date | None = None


class DayBirthday(NamedTuple):
    """Somebody at a client to be congratulated on a day; `turns` is his age then, None when nobody knows the year."""

    person_id: int
    client_id: int
    client: str
    person: str
    on: date
    turns: int | None


class ImportantClient(NamedTuple):
    """A client who matters and has nothing planned."""

    client_id: int
    client: str
    importance: str
    action_segment: str
    stage: str
    last_contact: date | None
    last_visit: date | None
    last_order: date | None
    usual_days: int | None  # between his order days
    since: date | None


@dataclass(frozen=True, slots=True)
class Day:
    """A manager's day. Done tasks stand where they stood while they were open; minutes throughout."""

    day: date
    manager_id: int
    late: tuple[DayTask, ...] = ()
    timed: tuple[DayTask, ...] = ()
    untimed: tuple[DayTask, ...] = ()
    promises: tuple[DayTask, ...] = ()  # of the coming days
    birthdays: tuple[DayBirthday, ...] = ()
    unplanned: tuple[ImportantClient, ...] = ()
    quiet: tuple[QuietClient, ...] = ()
    capacity: int = CAPACITY
    clients: int = 0  # how many the manager has

    @property
    def tasks(self) -> tuple[DayTask, ...]:
        """What is to be done today or was left from earlier, done or not."""
        return (*self.late, *self.timed, *self.untimed)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(one.task.done_at is not None for one in self.tasks)

    @property
    def still_open(self) -> int:
        """How many of them are still to be done: the number in the rail."""
        return len(self.tasks) - self.done

    @property
    def load(self) -> int:
        """The minutes of what is planned for this very day, done or not."""
        return day_load(one.task for one in (*self.timed, *self.untimed))

    def gap(self, now: int) -> tuple[int, int] | None:
        """The first free hour or more between the timed tasks, from `now` on (minutes after midnight)."""
        return free_gap((one.task for one in self.timed), max(now, WORK_START), WORK_END)


def sorted_day(tasks: Iterable[DayTask], day: date, manager_id: int) -> Day:
    """The day with its tasks in their places; a task done today stays where it was, one of another day is untimed."""
    late: list[DayTask] = []
    timed: list[DayTask] = []
    untimed: list[DayTask] = []
    promises: list[DayTask] = []
    for one in tasks:
        task = one.task
        if task.due_day is not None and task.due_day < day:
            late.append(one)
        elif is_open(task) and (task.due_day is None or task.due_day > day):
            if task.promise:
                promises.append(one)
        elif task.due_time is not None and task.due_day == day:
            timed.append(one)
        else:
            untimed.append(one)
    late.sort(key=_late_order)
    timed.sort(key=lambda one: (one.task.due_time or 0, one.task.id))
    untimed.sort(key=lambda one: (not one.task.promise, -one.task.priority, _rank(one), one.task.id))
    promises.sort(key=lambda one: (one.task.due_day or date.max, one.task.due_time or 0, one.task.id))
    return Day(day, manager_id, tuple(late), tuple(timed), tuple(untimed), tuple(promises))


def _late_order(one: DayTask) -> tuple[bool, date, int, int]:
    return (not one.task.promise, one.task.due_day or date.max, _rank(one), one.task.id)


def _rank(one: DayTask) -> int:
    return rank(one.importance)


def rank(importance: str) -> int:
    """The place of an importance among all, 0 the gravest; what is in no list comes last."""
    ordered: Sequence[str] = [each.value for each in Importance]
    return ordered.index(importance) if importance in ordered else len(ordered)


def congratulated(birthday: Birthday, day: date, days: int = BIRTHDAY_DAYS) -> date | None:
    """On which of the days from `day` on a birthday is greeted; None on none of them."""
    for n in range(days):
        on = day + timedelta(days=n)
        if greeted_on(birthday, on.year) == on:
            return on
    return None


def ticked(day: Day, task: TaskRow) -> Day:
    """The day with this task changed where it stands: what a screen shows while the store is still writing."""

    def swap(found: tuple[DayTask, ...]) -> tuple[DayTask, ...]:
        return tuple(one._replace(task=task) if one.task.id == task.id else one for one in found)

    return replace(
        day, late=swap(day.late), timed=swap(day.timed), untimed=swap(day.untimed), promises=swap(day.promises)
    )
