"""How full a day is, and how late work is spread over days that have room. Minutes throughout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crmdesk.domain.lists import TaskKind
from crmdesk.domain.tasks import Move, TaskRow

CAPACITY = 360
"""Minutes of planned work a day holds, until the office says otherwise: the rest of eight hours is for what comes."""

CAPACITY_KEY = "capacity_minutes"
"""The office's setting that says otherwise."""

LEVEL_STEP = 15
"""Minutes between two levels to which days are tried to be filled evenly."""

MINUTES: Mapping[str, int] = {
    TaskKind.VISIT: 90,  # the way there and back included
    TaskKind.CALL: 15,
    TaskKind.LETTER: 20,
    TaskKind.MAILING: 30,
    TaskKind.MEETING: 60,
    TaskKind.EVENT: 120,
    TaskKind.CONTRACT: 30,
    TaskKind.OTHER: 30,
}
"""How long a task takes that does not say it, by kind."""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day of a plan that spreads late work: what it holds already, what would come to it. Minutes."""

    day: date
    before: int
    coming: tuple[TaskRow, ...] = ()

    @property
    def after(self) -> int:
        """What the day would hold."""
        return self.before + day_load(self.coming)


@dataclass(frozen=True, slots=True)
class Plan:
    """Late work spread over days, to be looked at before it is done."""

    days: tuple[DayPlan, ...]
    moves: tuple[Move, ...]
    capacity: int


def minutes_of(task: TaskRow) -> int:
    """How long a task takes."""
    return task.minutes if task.minutes is not None else MINUTES.get(task.kind, MINUTES[TaskKind.OTHER])


def day_load(tasks: Iterable[TaskRow]) -> int:
    """The minutes that these tasks take together."""
    return sum(map(minutes_of, tasks))


def by_weight(task: TaskRow, rank: int = 0) -> tuple[bool, int, int, date, int]:
    """The order in which work gets its place: promises, then the client's `rank` (0 the gravest), then by priority,
    then what has waited longest."""
    return (not task.promise, rank, -task.priority, task.first_due_day or task.due_day or date.max, task.id)


def spread(
    tasks: Sequence[TaskRow],
    days: Sequence[date],
    capacity: int,
    loads: Mapping[date, int] | None = None,
    ranks: Mapping[int, int] | None = None,
) -> list[Move]:
    """Each task's day among `days`, at no hour (its own has passed): the weightiest first, on the first day with room.

    `loads` are the minutes that other work takes already, `ranks` the ranks of the tasks' clients by task id. For
    promises a day's room ends at `capacity`; for the rest at the lowest level at which all find a place, so that the
    days are filled evenly. What fits nowhere then goes to the emptiest day: nothing is lost, and a task stands on a
    day above `capacity` only if no day had room for it when its turn came. No days: no moves.
    """
    if not days:
        return []
    ordered = sorted(set(days))
    taken = {day: (loads or {}).get(day, 0) for day in ordered}
    weighed = sorted(tasks, key=lambda task: by_weight(task, (ranks or {}).get(task.id, 0)))
    owed = [(task.id, minutes_of(task)) for task in weighed if task.promise]
    work = [(task.id, minutes_of(task)) for task in weighed if not task.promise]
    first, _ = _placed(owed, ordered, taken, capacity)
    even = (sum(taken.values()) + sum(need for _, need in work)) // len(ordered)
    for level in range(min(even, capacity), capacity, LEVEL_STEP):
        moves, homeless = _placed(work, ordered, dict(taken), level)
        if not homeless:
            return first + moves
    return first + _placed(work, ordered, taken, capacity)[0]


def _placed(
    work: Iterable[tuple[int, int]], days: Sequence[date], taken: dict[date, int], level: int
) -> tuple[list[Move], int]:
    """First fit below `level`; how many tasks found no room and stand on the emptiest day."""
    found, homeless = [], 0
    for task_id, need in work:
        day = next((day for day in days if taken[day] + need <= level), None)
        if day is None:
            homeless += 1
            day = min(days, key=lambda one: (taken[one], one))
        taken[day] += need
        found.append(Move(task_id, day, None))
    return found, homeless


def free_gap(tasks: Iterable[TaskRow], start: int, end: int, least: int = 60) -> tuple[int, int] | None:
    """The first gap of at least `least` minutes between the timed tasks of a day, from `start` to `end`; or None.

    All in minutes after midnight.
    """
    at = start
    for time, need in sorted((task.due_time, minutes_of(task)) for task in tasks if task.due_time is not None):
        if min(time, end) - at >= least:
            return at, min(time, end)
        at = max(at, time + need)
    return (at, end) if end - at >= least else None
