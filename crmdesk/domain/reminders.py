"""Which moments remind of what, and when the one window of reminders may speak. SQL: data/reminders.py.

A task reminds before its time (visits 15 minutes, calls 5), without a time in the morning of its day, a promise in
the morning of the working day before too, a birthday in the morning, a broken promise every morning, and what else
is overdue once a day, all of it in one line. Wall-clock times are the office's: an hour that the spring jumps over is
shown an hour later, one that the autumn repeats is meant once, the first time.

The key names an occasion for good: it holds the moment, so that a task which is moved reminds again. What became of
it (shown, put off, dismissed) stands in the store and is the same on all computers of a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from crmdesk.domain.coming import birthday_in
from crmdesk.domain.lists import TaskKind

DAY_MINUTES = 24 * 60
LEADS: dict[str, int] = {TaskKind.VISIT: 15, TaskKind.MEETING: 15, TaskKind.EVENT: 15, TaskKind.CALL: 5}
"""Minutes before its time that a kind of task reminds."""
OTHER_LEAD = 5  # minutes, of all other kinds
LONGEST_LEAD = DAY_MINUTES
GRACE = timedelta(hours=12)
"""How long after its moment a reminder still speaks for itself; later the line of what is overdue tells it."""
BIRTHDAY_DAYS = 7  # so many days a birthday that nobody was told of is still worth telling
EVE_DAYS = 3  # the working day before a Monday is three days before
APART = timedelta(minutes=5)  # between two appearances of the window
HORIZON = timedelta(hours=1)
"""How far one look ahead reaches; at its end the store is asked again, for what other computers wrote."""


class Kind(StrEnum):
    """What a reminder is about."""

    TIME = "time"  # a task, before its time
    DAY = "day"  # a task without a time, on its morning
    EVE = "eve"  # a promise, the working day before
    BIRTHDAY = "birthday"
    OWED = "owed"  # a promise that was not kept, every morning until it is
    LATE = "late"  # all else that is overdue, in one line


ORDER = (Kind.TIME, Kind.OWED, Kind.DAY, Kind.EVE, Kind.BIRTHDAY, Kind.LATE)
"""How they stand in the window: what has an hour first, promises before the rest, the line of overdue last."""


class Snooze(StrEnum):
    """Until when a reminder is put off."""

    MINUTES_5 = "5m"
    MINUTES_15 = "15m"
    HOUR = "1h"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person wants to be reminded. Times are minutes after midnight on the office's wall clock."""

    enabled: bool = True
    leads: Mapping[str, int] = field(default_factory=lambda: dict(LEADS))  # minutes by kind of task
    morning: int = 9 * 60
    eve: bool = True  # of promises, the working day before
    birthdays: bool = True
    late: bool = True  # what is overdue, once a day
    quiet_from: int | None = None  # no window from here …
    quiet_to: int | None = None  # … to here; may pass midnight
    most: int = 5  # more than so many lines at once are folded into «n more»

    def lead(self, kind: str) -> timedelta:
        """How long before its time a task of this kind reminds."""
        return timedelta(minutes=self.leads.get(kind, OTHER_LEAD))


class TaskMoment(NamedTuple):
    """What a reminder needs to know of an open task. `zone` is empty when its time is the office's."""

    id: int
    client_id: int | None
    client: str
    kind: str
    title: str
    promise: bool
    day: date
    time: int | None  # minutes after midnight
    zone: str = ""


class BirthdayMoment(NamedTuple):
    """Somebody at one of my clients who has a birthday: the day and month as they were entered."""

    person_id: int
    client_id: int
    client: str
    name: str
    month: int
    day: int


class Occasion(NamedTuple):
    """One reason to remind: from the moment `at` on (UTC). `due` is the moment of the matter itself, if it has one."""

    key: str
    kind: Kind
    at: datetime
    day: date
    due: datetime | None = None
    task_id: int | None = None
    client_id: int | None = None
    client: str = ""
    task_kind: str = ""
    title: str = ""  # of the task, or the name of the person
    promise: bool = False
    tasks: int = 1  # in the line of what is overdue


class Answer(NamedTuple):
    """What became of an occasion so far (UTC)."""

    shown_at: datetime | None = None
    snoozed_until: datetime | None = None
    dismissed_at: datetime | None = None


NOTHING_YET = Answer()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What stands in the window now, which of it is new, and when the next comes.

    `standing` is in the order of the window; `fresh` are those of it that nobody was shown since they fell due.
    `ahead` are those that come within the time in which the window may not appear again (`APART`); `along` the keys
    of what was missed: whoever shows the line of overdue has shown them.
    """

    standing: tuple[Occasion, ...] = ()
    fresh: tuple[Occasion, ...] = ()
    ahead: tuple[Occasion, ...] = ()
    next_at: datetime | None = None
    along: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """What is shown to whoever sees the fresh ones."""
        late = any(one.kind in (Kind.LATE, Kind.OWED) for one in self.fresh)
        return tuple(one.key for one in self.fresh) + (self.along if late else ())


class Overdue(NamedTuple):
    """Of the tasks of former days: how many stand in the window by themselves, and the keys of those that never did."""

    speaking: int
    missed: tuple[str, ...]


# ---- moments -------------------------------------------------------------------------------------------


def wall(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The moment (UTC) of a wall-clock time: in the gap of spring an hour later, in the fold of autumn the first."""
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)


def eve_of(day: date) -> date:
    """The working day before."""
    before = day - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - 4))


def of_task(task: TaskMoment, wanted: Preferences, zone: tzinfo) -> list[Occasion]:
    """The occasions of an open task with a day: its own, and for a promise the eve. `zone` is that of its time."""
    known = {
        "day": task.day,
        "task_id": task.id,
        "client_id": task.client_id,
        "client": task.client,
        "task_kind": task.kind,
        "title": task.title,
        "promise": task.promise,
    }
    stamp = f"{task.day:%Y%m%d}"
    due = None if task.time is None else wall(task.day, task.time, zone)
    found = []
    if task.promise and wanted.eve:
        eve = wall(eve_of(task.day), wanted.morning, zone)
        found.append(Occasion(f"eve-{task.id}-{stamp}", Kind.EVE, eve, due=due, **known))  # type: ignore[arg-type]
    if due is None:
        morning = wall(task.day, wanted.morning, zone)
        found.append(Occasion(f"day-{task.id}-{stamp}", Kind.DAY, morning, **known))  # type: ignore[arg-type]
    else:
        key = f"time-{task.id}-{stamp}-{task.time:04d}"
        found.append(Occasion(key, Kind.TIME, due - wanted.lead(task.kind), due=due, **known))  # type: ignore[arg-type]
    return found


def of_owed(task: TaskMoment, today: date, wanted: Preferences, zone: tzinfo) -> Occasion | None:
    """What reminds today of a promise whose day is over; None of anything else."""
    if not task.promise or task.day >= today or not wanted.late:
        return None
    return Occasion(
        f"owed-{task.id}-{today:%Y%m%d}",
        Kind.OWED,
        wall(today, wanted.morning, zone),
        task.day,
        due=None if task.time is None else wall(task.day, task.time, zone),
        task_id=task.id,
        client_id=task.client_id,
        client=task.client,
        task_kind=task.kind,
        title=task.title,
        promise=True,
    )


def of_birthday(person: BirthdayMoment, around: date, wanted: Preferences, zone: tzinfo) -> Occasion | None:
    """The birthday of a person nearest to a day; None when it is no day of any year, or nobody wants to know."""
    if not wanted.birthdays:
        return None
    try:
        days = [birthday_in(year, person.month, person.day) for year in (around.year - 1, around.year, around.year + 1)]
    except ValueError:
        return None
    day = min(days, key=lambda found: abs((found - around).days))
    return Occasion(
        f"birthday-{person.person_id}-{day.year}",
        Kind.BIRTHDAY,
        wall(day, wanted.morning, zone),
        day,
        client_id=person.client_id,
        client=person.client,
        title=person.name,
    )


def of_late(count: int, today: date, wanted: Preferences, zone: tzinfo, *, missed: bool = False) -> Occasion | None:
    """The one line of what is overdue today; None when nothing is.

    It comes in the morning; at once when something was `missed`: it is all that is told after sleep.
    """
    if count <= 0 or not wanted.late:
        return None
    at = wall(today, 0 if missed else wanted.morning, zone)
    return Occasion(f"late-{today:%Y%m%d}", Kind.LATE, at, today, tasks=count)


# ---- what stands now -----------------------------------------------------------------------------------


def agenda(
    occasions: Iterable[Occasion], answers: Mapping[str, Answer], now: datetime, zone: tzinfo
) -> tuple[Agenda, Overdue]:
    """What stands, is new and comes next; and which of the overdue tasks told, or will tell, of themselves."""
    standing: list[tuple[datetime, Occasion, bool]] = []  # since when, what, whether it is new
    ahead, coming, speaking, missed = [], [], set(), []
    today = now.astimezone(zone).date()
    for occasion in occasions:
        answer = answers.get(occasion.key, NOTHING_YET)
        at = answer.snoozed_until or occasion.at
        if answer.dismissed_at is not None:
            continue
        if not _is_alive(occasion, answer, now, today, zone):
            if answer.shown_at is None and occasion.kind in (Kind.TIME, Kind.DAY):
                missed.append(occasion.key)
            continue
        if at > now:
            coming.append(at)
            if at <= now + APART and answer.snoozed_until is None:
                ahead.append(occasion)
            continue
        standing.append((at, occasion, answer.shown_at is None or answer.snoozed_until is not None))
        if occasion.task_id is not None and occasion.day < today:
            speaking.add(occasion.task_id)
    owed = {occasion.task_id for _, occasion, _ in standing if occasion.kind is Kind.OWED}
    doubles = [one for one in standing if one[1].task_id in owed and one[1].kind is not Kind.OWED]
    missed += [occasion.key for _, occasion, is_new in doubles if is_new]
    standing = [one for one in standing if one not in doubles]
    standing.sort(key=lambda one: (ORDER.index(one[1].kind), not one[1].promise, one[1].due or one[0], one[1].key))
    found = Agenda(
        tuple(occasion for _, occasion, _ in standing),
        tuple(occasion for _, occasion, is_new in standing if is_new),
        tuple(ahead),
        min(coming, default=None),
    )
    return found, Overdue(len(speaking), tuple(missed))


def joined(*parts: Agenda) -> Agenda:
    """Several agendas of one moment as one."""
    coming = [part.next_at for part in parts if part.next_at is not None]
    return Agenda(
        tuple(o for part in parts for o in part.standing),
        tuple(o for part in parts for o in part.fresh),
        tuple(o for part in parts for o in part.ahead),
        min(coming, default=None),
        tuple(key for part in parts for key in part.along),
    )


def _is_alive(occasion: Occasion, answer: Answer, now: datetime, today: date, zone: tzinfo) -> bool:
    """Whether it is still worth telling; what is not is told by something else: the day itself, the line of overdue."""
    if occasion.kind is Kind.EVE:
        return today < occasion.day
    if occasion.kind is Kind.LATE:
        return occasion.day == today
    if occasion.kind is Kind.OWED:
        return True  # it is made for one day only
    if answer.snoozed_until is not None:
        return True
    told_today = answer.shown_at is not None and answer.shown_at.astimezone(zone).date() == today
    if occasion.kind is Kind.BIRTHDAY:
        return today <= occasion.day or (
            told_today or (answer.shown_at is None and (today - occasion.day).days <= BIRTHDAY_DAYS)
        )
    in_time = now <= occasion.at + GRACE if answer.shown_at is None else answer.shown_at <= occasion.at + GRACE
    return today <= occasion.day or (in_time and (told_today or answer.shown_at is None))


def may_appear(
    now: datetime, last: datetime | None, quiet_until: datetime | None, wanted: Preferences, zone: tzinfo
) -> datetime:
    """The earliest moment, now or later, at which the window may come up by itself.

    Not within five minutes of the last time, not in quiet hours, not before the end of a wanted silence. A last time
    that lies ahead of now is one of a clock that was put back, and does not count.
    """
    found = now
    if last is not None and last <= now:
        found = max(found, last + APART)
    if quiet_until is not None:
        found = max(found, quiet_until)
    return _after_quiet_hours(found, wanted, zone)


def _after_quiet_hours(moment: datetime, wanted: Preferences, zone: tzinfo) -> datetime:
    start, end = wanted.quiet_from, wanted.quiet_to
    if start is None or end is None or start == end:
        return moment
    local = moment.astimezone(zone)
    minutes = local.hour * 60 + local.minute
    if start < end:
        return max(moment, wall(local.date(), end, zone)) if start <= minutes < end else moment
    if minutes >= start:
        return max(moment, wall(local.date() + timedelta(days=1), end, zone))
    return max(moment, wall(local.date(), end, zone)) if minutes < end else moment


def next_morning(now: datetime, wanted: Preferences, zone: tzinfo) -> datetime:
    """The next moment at which a day begins to remind: yesterday's tasks are overdue from then on."""
    today = now.astimezone(zone).date()
    mornings = (wall(today + timedelta(days=days), wanted.morning, zone) for days in (0, 1))
    return next((moment for moment in mornings if moment > now), now + timedelta(days=1))


def put_off(choice: Snooze, now: datetime, wanted: Preferences, zone: tzinfo) -> datetime:
    """Until when: minutes from now, or a morning of the office."""
    if choice is Snooze.TOMORROW or choice is Snooze.MONDAY:
        today = now.astimezone(zone).date()
        days = 1 if choice is Snooze.TOMORROW else 7 - today.weekday()
        return wall(today + timedelta(days=days), wanted.morning, zone)
    return (
        now
        + {
            Snooze.MINUTES_5: timedelta(minutes=5),
            Snooze.MINUTES_15: timedelta(minutes=15),
            Snooze.HOUR: timedelta(hours=1),
        }[choice]
    )


def folded(standing: Collection[Occasion], most: int) -> tuple[list[Occasion], int]:
    """The lines to show and how many more there are: never «1 more», the line itself is as short."""
    lines = list(standing)
    return (lines, 0) if len(lines) <= most + 1 else (lines[:most], len(lines) - most)
