"""What the calendar's panes are given to draw: one `CalendarState` after another. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from crmdesk.domain import calendar
from crmdesk.domain.calendar import CalendarPage, Days, Entry, Hint, Key, Span
from crmdesk.domain.holidays import Holiday
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User


class Phase(StrEnum):
    """What there is to see."""

    LOADING = "loading"
    READY = "ready"
    NO_RIGHT = "no_right"
    FAILED = "failed"


@dataclass(frozen=True)
class Carried:
    """Something on its way to a day: a task that is there (`task`), or a client for whom one is to be made."""

    client_id: int | None
    client: str
    kind: str
    minutes: int
    task: Entry | None = None
    title: str = ""


@dataclass(frozen=True)
class Ghost:
    """Where the carried thing would lie if it were put down now. `becomes`: the day's load then, minutes."""

    carried: Carried
    day: date
    time: int | None
    minutes: int
    becomes: int = 0
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A place of the calendar that is chosen while no entry is: where «new» will lie."""

    day: date
    time: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class Put:
    """One task's new place."""

    task: Entry
    day: date
    time: int | None
    minutes: int


@dataclass(frozen=True)
class CalendarState:
    """Everything the view shows. `by_day`, `loads` and `late` hold what was read, with the moves made since."""

    span: Span
    day: date  # the chosen day
    days: Days  # what is shown around it
    today: date
    minute: int  # of the day, now
    people: tuple[User, ...] = ()
    whose: int | None = None  # a manager; None: everybody
    may_choose: bool = False
    phase: Phase = Phase.LOADING
    page: CalendarPage | None = None
    by_day: Mapping[date, tuple[Entry, ...]] = field(default_factory=dict)
    loads: Mapping[date, int] = field(default_factory=dict)  # minutes
    late: tuple[Entry, ...] = ()
    error: Exception | None = None
    selected: Key | None = None
    slot: Slot | None = None
    ghost: Ghost | None = None
    plan: tuple[Put, ...] = ()  # the late ones spread over the week, not yet agreed to

    @property
    def norm(self) -> int:
        """Minutes a day holds, of all managers together when everybody is shown; 0 while nothing is read."""
        if self.page is None:
            return 0
        everybody = sum(user.role is Role.MANAGER for user in self.people) if self.whose is None else 1
        return self.page.norm * max(1, everybody)

    @property
    def days_off(self) -> Mapping[date, Holiday]:
        """Public holidays among the days, and weekend days that are worked."""
        return self.page.days_off if self.page else {}

    @property
    def greeted(self) -> Mapping[date, tuple[Holiday, ...]]:
        """Professional holidays among the days: whom one may call to congratulate."""
        return self.page.greeted if self.page else {}

    @property
    def counts(self) -> tuple[int, int]:
        """How many tasks there are in the chosen month (a month) or in what is shown, and how many of them are done."""
        shown = [
            entry
            for day, entries in self.by_day.items()
            for entry in entries
            if entry.what == calendar.What.TASK and (self.span is not Span.MONTH or day.month == self.day.month)
        ]
        return len(shown), sum(entry.done for entry in shown)

    def entry(self, key: Key | None) -> Entry | None:
        """The entry of this key among what is shown, the late ones too."""
        if key is None:
            return None
        for entries in (*self.by_day.values(), self.late):
            for entry in entries:
                if entry.key == key:
                    return entry
        return None


def carried_of(entry: Entry) -> Carried:
    """A task as something to be carried."""
    return Carried(entry.client_id, entry.client, entry.kind, entry.minutes, entry, entry.title)


def load_with(state: CalendarState, day: date) -> int:
    """The minutes of a day, what is being carried, and what is proposed, counted where it would lie."""
    ghost = state.ghost
    if ghost is not None and day == ghost.day:
        return ghost.becomes
    minutes = state.loads.get(day, 0)
    minutes += sum(put.minutes for put in state.plan if put.day == day)
    minutes -= sum(put.minutes for put in state.plan if put.task.day == day)
    task = ghost.carried.task if ghost is not None else None
    return minutes - task.minutes if task is not None and task.day == day and day in state.days else minutes


def load_of(entry: Entry) -> int:
    """The minutes an entry takes of its day; a birthday takes none."""
    return 0 if entry.what == calendar.What.BIRTHDAY else entry.minutes


def loads_of(page: CalendarPage) -> dict[date, int]:
    """The minutes of each day that has any."""
    found: dict[date, int] = {}
    for entry in page.entries:
        found[entry.day] = found.get(entry.day, 0) + load_of(entry)
    return found
