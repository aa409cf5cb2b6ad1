"""What the calendar shows and what happens when something is chosen, moved or done. No Qt here.

Everything that is drawn comes from one `CalendarState`; the panes (week, month, list, the rail of clients without a
plan) are given each new one by `show_state`. What is being carried, by the mouse or by the keys, is a `Ghost` in the
state, so that both ways end in the same `put_down`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from crmdesk.domain import calendar
from crmdesk.domain.calendar import CalendarPage, DayCount, Days, Entry, Key, Span
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.system.clock import Clock
from crmdesk.ui.calendar.state import (
    CalendarState,
    Carried,
    Ghost,
    Phase,
    Put,
    Slot,
    carried_of,
    load_of,
    loads_of,
)
from crmdesk.ui.tasks import Runner

FRIDAY = 4  # as date.weekday() counts
FIRST_HOUR = 9  # of a working day: where something without a time gets one


class CalendarOffice(Protocol):
    """What the calendar needs of the office; called by work only."""

    @property
    def me(self) -> User:
        """Who looks."""

    def people(self) -> tuple[User, ...]:
        """All users."""

    def counts(self, days: Days, manager: int | None) -> Mapping[date, DayCount]:
        """Tasks of each day that has any: quicker than the page, and the first thing a month shows."""

    def page(self, days: Days, manager: int | None) -> CalendarPage:
        """What lies on these days, and what was left undone before today; None: of everybody."""

    def move(self, puts: Sequence[Put]) -> None:
        """Puts tasks elsewhere, all of them or none."""

    def add(self, carried: Carried, day: date, time: int | None, minutes: int, manager: int | None) -> int:
        """A new task for a client; its id."""

    def complete(self, task_id: int) -> None:
        """Done; a contact leaves its line in the chronicle."""

    def follow(self, task_id: int, step: NextStep | None, reason: str, result: str | None) -> None:
        """What follows a task that was done, or why nothing does; how its contact ended."""

    def spread(self, manager: int | None) -> tuple[Put, ...]:
        """Where what was left undone would lie on the next working days if the load were even."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: CalendarState) -> None:
        """Shows it all."""

    def told(self, key: str, values: dict[str, object]) -> None:
        """Something was done: "moved", "added", "spread" (n, clients); or "failed" (error)."""


class CalendarPresenter:
    """Asks for days, keeps the choices, carries entries about, writes what was put down."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        office: CalendarOffice,
        clock: Clock,
        kept: Mapping[str, object] | None = None,
        keep: Callable[[dict[str, object]], None] = lambda choices: None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._clock = clock
        self._keep = keep
        self._kept = kept or {}
        self._written = 0  # how often something was changed here: an older answer of the store knows less
        self._writing = 0  # writes on their way
        span = self._kept.get("span")
        local = clock.local()
        today = local.date()
        chosen = Span(span) if isinstance(span, str) and span in set(Span) else Span.WEEK
        self.state = CalendarState(
            chosen, today, calendar.days_of(chosen, today), today, local.hour * 60 + local.minute,
            may_choose=office.me.role is not Role.MANAGER,
        )  # fmt: skip

    # beginning ---------------------------------------------------------------------------------------
    def start(self) -> None:
        """Finds out whose calendars there are, then reads one."""
        self._tell(phase=Phase.LOADING, error=None)
        self._runner.read(lambda job: self._office.people(), self._begin, self._failed, replaces="calendar")

    def _begin(self, everybody: tuple[User, ...]) -> None:
        me = self._office.me
        people = tuple(
            sorted((user for user in everybody if user.active), key=lambda user: user.role is not Role.MANAGER)
        )
        if me.role is Role.MANAGER:
            self._tell(people=tuple(user for user in people if user.id == me.id), whose=me.id)
        else:
            whose = self._kept.get("whose")
            known = {user.id for user in people}
            everyone = whose is None and "whose" in self._kept
            first = people[0].id if people else me.id
            self._tell(people=people, whose=None if everyone else whose if whose in known else first)
        self.load()

    def load(self) -> None:
        """Reads what is shown; what stands there stays until the answer comes."""
        state = self.state
        if not state.people:
            self.start()
            return
        written = self._written
        if state.span in (Span.MONTH, Span.AGENDA) and not self._there:
            self._runner.read(
                lambda job: self._office.counts(state.days, state.whose),
                lambda counts: self._got_counts(state.days, counts),
                lambda error: None,  # the page itself will say it
                replaces="calendar-counts",
            )
        self._runner.read(
            lambda job: self._office.page(state.days, state.whose),
            lambda page: self._got(page, written),
            self._failed,
            replaces="calendar",
        )

    @property
    def _there(self) -> bool:
        """Whether the days that are shown have been read."""
        return self.state.page is not None and self.state.page.days == self.state.days

    def _got_counts(self, days: Days, counts: Mapping[date, DayCount]) -> None:
        if days == self.state.days and not self._there:
            self._tell(loads={day: count.minutes for day, count in counts.items()})

    def _got(self, page: CalendarPage, written: int) -> None:
        if page.days != self.state.days or (written != self._written and self._writing):
            return  # asked for before it was changed here: the answer after the change is on its way
        self._tell(phase=Phase.READY, error=None, **self._shown(page))
        state = self.state
        on_its_way = state.ghost is not None or self._writing
        if state.selected is not None and state.entry(state.selected) is None and not on_its_way:
            self._tell(selected=None)
        self._renew_ghost()

    def _failed(self, error: Exception) -> None:
        no_right = getattr(error, "key", "") in ("no_right", "not_yours")
        self._tell(phase=Phase.NO_RIGHT if no_right else Phase.FAILED, error=error)

    def tick(self) -> None:
        """A minute has passed."""
        local = self._clock.local()
        minute, today = local.hour * 60 + local.minute, local.date()
        if today != self.state.today:
            self._tell(today=today, minute=minute)
            self.load()
        elif minute != self.state.minute:
            self._tell(minute=minute)

    # choosing ----------------------------------------------------------------------------------------
    def show(self, span: Span | None = None, day: date | None = None) -> None:
        """Another view, another day, or both."""
        span, day = span or self.state.span, day or self.state.day
        days = calendar.days_of(span, day)
        if (span, day) == (self.state.span, self.state.day):
            return
        turned = days != self.state.days
        same_page = {} if turned else self._shown(self.state.page)
        self._tell(span=span, day=day, days=days, plan=(), **(self._nothing_yet() if turned else same_page))
        self._keep({"span": span.value, "whose": self.state.whose})
        if turned:
            self.load()

    def turn(self, steps: int) -> None:
        """Pages forward or back by what is shown."""
        begin = self.state.days.first if self.state.span is Span.AGENDA else self.state.day
        self.show(day=calendar.step(self.state.span, begin, steps))

    def go_today(self) -> None:
        """Back to this day."""
        self.show(day=self.state.today)

    def choose(self, whose: int | None) -> None:
        """Another manager's calendar, or everybody's."""
        if whose != self.state.whose and self.state.may_choose:
            self._tell(whose=whose, plan=(), late=(), selected=None, **self._nothing_yet())
            self._keep({"span": self.state.span.value, "whose": whose})
            self.load()

    def select(self, key: Key | None) -> None:
        """Chooses an entry."""
        entry = self.state.entry(key)
        if entry is not None:
            late = entry.day not in self.state.days
            self._tell(selected=key, slot=None, day=self.state.day if late else entry.day)

    def select_slot(self, day: date, time: int | None = None, minutes: int | None = None) -> None:
        """Chooses an empty place."""
        self._tell(selected=None, slot=Slot(day, time, minutes), day=day if day in self.state.days else self.state.day)

    def walk(self, days: int = 0, entries: int = 0) -> None:
        """By the arrows: to the entry before or after on the same day, or to the nearest one of another day.

        A day without entries gives the empty place at the same time; beyond what is shown the page is turned.
        """
        here = self.chosen
        slot = self.state.slot or Slot(self.state.day)
        day, time = (here.day, here.time) if here is not None else (slot.day, slot.time)
        if days:
            day += timedelta(days)
            while self.state.span is Span.WORK and day.weekday() > FRIDAY:
                day += timedelta(1 if days > 0 else -1)
            if day not in self.state.days:
                self.show(day=day)
            there = self.state.by_day.get(day, ())
            if there:
                self.select(min(there, key=lambda entry: abs((entry.time or 0) - (time or 0))).key)
            else:
                self.select_slot(day, time)
            return
        there = self.state.by_day.get(day, ())
        keys = [entry.key for entry in there]
        if here is not None and here.key in keys:
            place = keys.index(here.key) + entries
        else:
            place = sum((entry.time or -1) < (time or 0) for entry in there) + (0 if entries > 0 else -1)
        if 0 <= place < len(keys):
            self.select(keys[place])

    @property
    def chosen(self) -> Entry | None:
        """The entry that is chosen."""
        return self.state.entry(self.state.selected)

    @property
    def place(self) -> Slot:
        """Where something new would lie: the chosen place, else the chosen day."""
        chosen = self.chosen
        if self.state.slot is not None:
            return self.state.slot
        return Slot(chosen.day if chosen is not None and chosen.day in self.state.days else self.state.day)

    # carrying ----------------------------------------------------------------------------------------
    def pick_up(self, carried: Carried, day: date | None = None, time: int | None = None) -> None:
        """Begins to carry something; a task from where it lies."""
        task = carried.task
        if task is not None and not task.movable:
            return
        if task is not None and task.day in self.state.days:
            day, time = day or task.day, task.time if time is None else time
        self._carry(carried, day or self.state.day, time, carried.minutes)

    def carry(self, day: date, time: int | None) -> None:
        """Over another place; a time in the midst of a quarter of an hour goes to the nearest."""
        ghost = self.state.ghost
        if ghost is not None:
            at = None if time is None else calendar.in_day(calendar.snapped(time), ghost.minutes)
            self._carry(ghost.carried, day, at, ghost.minutes)

    def stretch(self, *, begin: int | None = None, end: int | None = None) -> None:
        """Draws one edge of what is carried to another minute."""
        ghost = self.state.ghost
        if ghost is not None and ghost.time is not None:
            time, minutes = calendar.stretched(ghost.time, ghost.minutes, begin=begin, end=end)
            self._carry(ghost.carried, ghost.day, time, minutes)

    def nudge(self, days: int = 0, quarters: int = 0, longer: int = 0) -> None:
        """By the keys: some days on, some quarters of an hour later, some quarters longer."""
        ghost = self.state.ghost
        if ghost is None:
            return
        day, time, minutes = ghost.day + timedelta(days), ghost.time, ghost.minutes
        if time is not None:
            minutes = max(calendar.SNAP, min(minutes + longer * calendar.SNAP, calendar.WHOLE_DAY - time))
            time = calendar.in_day(time + quarters * calendar.SNAP, minutes)
        elif quarters > 0:
            time = calendar.in_day(FIRST_HOUR * 60, minutes)
        self._carry(ghost.carried, day, time, minutes)
        if day not in self.state.days:
            self.show(day=day)

    def to_whole_day(self) -> None:
        """What is carried has no time any more, or gets the first hour of work again."""
        ghost = self.state.ghost
        if ghost is not None:
            time = FIRST_HOUR * 60 if ghost.time is None else None
            self._carry(ghost.carried, ghost.day, time, ghost.minutes)

    def let_go(self) -> None:
        """Carries it no more; everything stays where it was."""
        if self.state.ghost is not None:
            self._tell(ghost=None)

    def put_down(self) -> None:
        """Leaves it where it is: writes."""
        ghost = self.state.ghost
        self._tell(ghost=None)
        if ghost is None:
            return
        task = ghost.carried.task
        if task is None:
            self._add(ghost)
        elif (task.day, task.time, task.minutes) != (ghost.day, ghost.time, ghost.minutes):
            self._move([Put(task, ghost.day, ghost.time, ghost.minutes)], "moved")

    def move(self, entry: Entry, days: int = 0, quarters: int = 0) -> None:
        """Moves an entry at once: the same way as carrying it by the keys."""
        if entry.movable:
            self.pick_up(carried_of(entry))
            self.nudge(days, quarters)
            self.put_down()

    def move_to(self, entry: Entry, day: date) -> None:
        """To another day, at the same time."""
        if entry.movable and day != entry.day:
            self._move([Put(entry, day, entry.time, entry.minutes)], "moved")

    def complete(self, entry: Entry) -> None:
        """It is done: seen at once, taken back when the store refuses."""
        page = self.state.page
        if not entry.movable:
            return
        if page is not None and self._there:
            done = entry._replace(done=True)
            late = tuple(one for one in page.late if one.key != entry.key)
            changed = replace(
                page,
                entries=tuple(done if one.key == entry.key else one for one in page.entries),
                late=late,
                late_count=page.late_count - len(page.late) + len(late),
            )
            self._tell(**self._shown(changed))
        self._write(lambda: self._office.complete(entry.id), "done", 1, [entry.client_id], page, entry)

    def follow(self, entry: Entry, step: NextStep | None, reason: str, result: str | None) -> None:
        """What was answered to «what next?»."""
        self._write(lambda: self._office.follow(entry.id, step, reason, result), "followed", 1, [entry.client_id])

    # the late ones -----------------------------------------------------------------------------------
    def plan_late(self) -> None:
        """Proposes where the late ones could lie from today on; nothing is written yet."""
        whose = self.state.whose
        if self.state.late:
            self._runner.read(
                lambda job: self._office.spread(whose),
                lambda puts: self._tell(plan=puts),
                self._told_failure,
                replaces="calendar-plan",
            )

    def drop_plan(self) -> None:
        """No, leave them."""
        self._tell(plan=())

    def agree(self) -> None:
        """Yes, so be it: writes all of them."""
        plan = self.state.plan
        self._tell(plan=())
        if plan:
            self._move(plan, "spread")

    # inside ------------------------------------------------------------------------------------------
    def _carry(self, carried: Carried, day: date, time: int | None, minutes: int) -> None:
        task = carried.task
        others = [entry for entry in self.state.by_day.get(day, ()) if task is None or entry.key != task.key]
        becomes = sum(load_of(entry) for entry in others) + minutes
        found = calendar.hints(
            day, time, minutes, today=self.state.today, client_id=carried.client_id, others=others,
            holiday=self.state.days_off.get(day), load=becomes, norm=self.state.norm,
        )  # fmt: skip
        ghost = Ghost(carried, day, time, minutes, becomes, found)
        if ghost != self.state.ghost:
            self._tell(ghost=ghost, slot=None)  # a place chosen before would be painted over what lies there now

    def _renew_ghost(self) -> None:
        ghost = self.state.ghost
        if ghost is not None:
            self._carry(ghost.carried, ghost.day, ghost.time, ghost.minutes)

    def _add(self, ghost: Ghost) -> None:
        whose = self.state.whose
        self._write(
            lambda: self._office.add(ghost.carried, ghost.day, ghost.time, ghost.minutes, whose),
            "added", 1, [ghost.carried.client_id],
        )  # fmt: skip

    def _move(self, puts: Sequence[Put], key: str) -> None:
        page = self.state.page
        if page is not None and page.days == self.state.days:
            self._tell(**self._shown(moved_about(page, puts, self.state.today)))  # at once; the store says later
        self._write(lambda: self._office.move(puts), key, len(puts), [put.task.client_id for put in puts], page)

    def _write(
        self, work: Callable[[], object], key: str, count: int, clients: list[int | None],
        before: CalendarPage | None = None, entry: Entry | None = None,
    ) -> None:  # fmt: skip
        self._written += 1
        self._writing += 1

        def done(_: object) -> None:
            self._writing -= 1
            values: dict[str, object] = {"n": count, "clients": [one for one in clients if one is not None]}
            self._view.told(key, values if entry is None else {**values, "entry": entry})
            if not self._writing:
                self.load()

        def refused(error: Exception) -> None:
            self._writing -= 1
            if before is not None and before.days == self.state.days:
                self._tell(**self._shown(before))  # as it was, until the store says how it is
            self._told_failure(error)
            self.load()

        self._runner.write(lambda job: work(), done, refused)

    def _shown(self, page: CalendarPage | None) -> dict[str, object]:
        if page is None:
            return self._nothing_yet()
        return {
            "page": page,
            "by_day": calendar.by_day(page.entries),
            "loads": loads_of(page),
            "late": page.late,
        }

    @staticmethod
    def _nothing_yet() -> dict[str, object]:
        return {"phase": Phase.LOADING, "by_day": {}, "loads": {}, "slot": None}

    def _told_failure(self, error: Exception) -> None:
        self._view.told("failed", {"error": error})

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)


def moved_about(page: CalendarPage, puts: Sequence[Put], today: date) -> CalendarPage:
    """The page as it will be read once these are written."""
    moved = {put.task.key: put for put in puts}
    stay = {entry.key: entry for entry in page.entries if entry.key not in moved}
    new = [put.task._replace(day=put.day, time=put.time, minutes=put.minutes) for put in puts]
    late = [entry for entry in page.late if entry.key not in moved] + [one for one in new if one.day < today]
    return replace(
        page,
        entries=calendar.in_order([*stay.values(), *(one for one in new if one.day in page.days)]),
        late=tuple(sorted(late, key=lambda entry: (not entry.promise, entry.day))),
        late_count=page.late_count + len(late) - len(page.late),
    )
