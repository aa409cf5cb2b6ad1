"""What the window of reminders shows, when it comes up by itself, and what happens to what it shows. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Protocol, TypeVar

from crmdesk.domain.reminders import HORIZON, Agenda, Occasion, Preferences, Snooze, may_appear, put_off
from crmdesk.domain.tasks import TaskRow
from crmdesk.ui.task.office import Answer
from crmdesk.ui.tasks import Runner

T = TypeVar("T")

FIRST_RETRY, LAST_RETRY = timedelta(seconds=5), timedelta(minutes=5)
"""After a failure the store is asked again, later and later."""
WRONG_CLOCK = timedelta(minutes=2)  # a computer whose clock differs by more reminds at the wrong time


@dataclass(frozen=True)
class RemindersState:
    """What the window shows. `now` is when it was asked; `error` why nothing newer is known."""

    now: datetime
    zone: tzinfo
    standing: tuple[Occasion, ...] = ()
    quiet_until: datetime | None = None
    error: Exception | None = None

    @property
    def count(self) -> int:
        """What the bell counts: every task that waits, those of the one line of overdue too."""
        return sum(one.tasks for one in self.standing)


class RemindersOffice(Protocol):
    """What the presenter needs of the office."""

    @property
    def zone(self) -> tzinfo:
        """The office's zone."""

    def now(self) -> datetime:
        """This moment (UTC)."""

    def coming(self, wanted: Preferences, now: datetime) -> Agenda:
        """What stands now and when to look again."""

    def claim(self, keys: Collection[str], now: datetime) -> set[str]:
        """Marks reminders as shown; those that nobody showed first."""

    def snooze(self, keys: Collection[str], choice: Snooze, wanted: Preferences) -> datetime:
        """Puts reminders off."""

    def dismiss(self, keys: Collection[str]) -> None:
        """Never reminds of these again."""

    def done(self, task_ids: Sequence[int], keys: Collection[str]) -> tuple[TaskRow, ...]:
        """Marks tasks as done; those that were still open."""

    def follow(self, task_id: int, answer: Answer) -> None:
        """What follows a task that was done."""


class View(Protocol):
    """Where it is shown."""

    @property
    def is_open(self) -> bool:
        """Whether a person sees the window now."""

    def show_state(self, state: RemindersState) -> None:
        """Shows it all, also while the window is closed: the bell counts."""

    def appear(self) -> None:
        """Comes up without taking the keyboard, as soon as nobody types."""

    def wrote(self, verb: str, clients: Sequence[int | None]) -> None:
        """Something was done with what was reminded of, of these clients: the rest of the program should know."""

    def ask_next(self, task: TaskRow | None) -> None:
        """One task with a client was done: what follows? None: there is nothing to ask."""


class RemindersPresenter:
    """Asks when it is told to, claims what is new, and says until when to sleep."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        office: RemindersOffice,
        wanted: Callable[[], Preferences],
        sleep: Callable[[datetime | None], None],
        quiet_until: datetime | None = None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._wanted = wanted
        self._sleep = sleep
        self._last: datetime | None = None  # when the window last came up by itself
        self._retry = FIRST_RETRY
        self.state = RemindersState(office.now(), office.zone, quiet_until=quiet_until)

    @property
    def most(self) -> int:
        """How many lines the window shows before it folds the rest."""
        return self._wanted().most

    @property
    def morning(self) -> int:
        """Minutes after midnight at which a day begins to remind."""
        return self._wanted().morning

    def look(self) -> None:
        """Something may be due, or was changed."""
        wanted = self._wanted()

        def ask(_job: object) -> tuple[datetime, Agenda]:
            now = self._office.now()
            return now, self._office.coming(wanted, now)

        self._runner.read(ask, self._got, self._failed, replaces="reminders")

    def _got(self, found: tuple[datetime, Agenda]) -> None:
        now, agenda = found
        self._retry = FIRST_RETRY
        zone = self._office.zone
        known = {one.key for one in self.state.standing}
        pulled = tuple(one for one in agenda.ahead if one.key in known)
        self._show(now=now, zone=zone, standing=agenda.standing + pulled, error=None)
        next_at = min(filter(None, (agenda.next_at, now + HORIZON)))
        if agenda.fresh:
            at = may_appear(now, self._last, self.state.quiet_until, self._wanted(), zone)
            if self._view.is_open or at <= now:
                self._claim(agenda, now)
            else:
                next_at = min(next_at, at)
        self._sleep(next_at)

    def _claim(self, agenda: Agenda, now: datetime) -> None:
        by_itself = not self._view.is_open
        ahead = agenda.ahead if by_itself else ()
        keys = (*agenda.keys, *(one.key for one in ahead))

        def claimed(ours: set[str]) -> None:
            if not ours:
                return
            known = {one.key for one in self.state.standing}
            self._show(standing=self.state.standing + tuple(one for one in ahead if one.key not in known))
            if by_itself:
                self._last = now
                self._view.appear()

        self._runner.write(lambda job: self._office.claim(keys, now), claimed, self._failed)

    def _failed(self, error: Exception) -> None:
        """Tries again, later each time; what stands stays."""
        self._show(error=error)
        self._sleep(self._office.now() + self._retry)
        self._retry = min(self._retry * 2, LAST_RETRY)

    # what a person does ------------------------------------------------------------------------------
    def done(self, occasions: Iterable[Occasion]) -> None:
        """Done: the tasks are; a birthday or the line of overdue is only taken note of."""
        chosen = tuple(occasions)
        tasks = [one.task_id for one in chosen if one.task_id is not None]
        keys = [one.key for one in chosen if one.task_id is None]  # a task that is opened again may remind again
        self._write("done", chosen, lambda job: self._office.done(tasks, keys), self._completed)

    def _completed(self, tasks: tuple[TaskRow, ...]) -> None:
        one = tasks[0] if len(tasks) == 1 and tasks[0].client_id is not None else None
        self._view.ask_next(one)

    def follow(self, task: TaskRow, answer: Answer) -> None:
        """What was answered to that."""
        self._runner.write(
            lambda job: self._office.follow(task.id, answer),
            lambda done: self._view.wrote("done", [task.client_id]),
            lambda error: self._show(error=error),
        )

    def snooze(self, occasions: Iterable[Occasion], choice: Snooze) -> None:
        """Later."""
        chosen, wanted = tuple(occasions), self._wanted()
        keys = [one.key for one in chosen]
        self._write("snoozed", chosen, lambda job: self._office.snooze(keys, choice, wanted))

    def dismiss(self, occasions: Iterable[Occasion]) -> None:
        """Out of the window; what it is about stays to be done."""
        chosen = tuple(occasions)
        keys = [one.key for one in chosen]
        self._write("dismissed", chosen, lambda job: self._office.dismiss(keys))

    def quiet(self, choice: Snooze | None) -> datetime | None:
        """No window by itself until then; None: as usual again."""
        until = None if choice is None else put_off(choice, self._office.now(), self._wanted(), self._office.zone)
        self._show(quiet_until=until)
        self.look()
        return until

    def _write(
        self,
        verb: str,
        chosen: tuple[Occasion, ...],
        work: Callable[[object], T],
        then: Callable[[T], None] | None = None,
    ) -> None:
        if not chosen:
            return
        gone = {one.key for one in chosen}
        before = self.state.standing
        self._show(standing=tuple(one for one in before if one.key not in gone))  # at once; undone when it fails

        def done(value: T) -> None:
            if then is not None:
                then(value)
            self._view.wrote(verb, [one.client_id for one in chosen])
            self.look()

        def failed(error: Exception) -> None:
            self._show(standing=before, error=error)
            self.look()

        self._runner.write(work, done, failed)

    def _show(self, **values: object) -> None:
        self.state = replace(self.state, **values)  # type: ignore[arg-type]
        self._view.show_state(self.state)
