"""What Today knows and does: one day of one manager, what is being asked about it. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol, TypeVar

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.day import Day, ticked
from crmdesk.domain.lists import Role
from crmdesk.domain.load import Plan
from crmdesk.domain.tasks import Completed, Move, TaskRow, is_open
from crmdesk.domain.users import User
from crmdesk.system.settings import Settings
from crmdesk.ui.task.office import Answer
from crmdesk.ui.tasks import Runner
from crmdesk.ui.today.office import TodayOffice
from crmdesk.ui.today.rows import Choice, Section

T = TypeVar("T")
FOLDED, WHOSE = "today_folded", "today_whose"  # what this computer remembers of the view


@dataclass(frozen=True)
class TodayState:
    """Everything the view shows."""

    day: Day | None = None
    now: int = 0  # minutes after midnight
    people: tuple[User, ...] = ()  # whose day may be chosen
    manager_id: int | None = None
    choice: Choice = Choice()
    asking: int | None = None  # the task whose "what next?" is open
    client_id: int | None = None  # of the inspector
    card: ClientCard | None = None
    error: Exception | None = None


class View(Protocol):
    """Where the state is shown and what has happened is told."""

    def show_state(self, state: TodayState) -> None:
        """Shows it all."""

    def happened(self, what: str, tasks: Sequence[TaskRow]) -> None:
        """Something was written: "done", "reopened", "moved", "spread", "released", "planned"."""

    def refused(self, error: Exception) -> None:
        """Something was not possible."""

    def show_plan(self, plan: Plan, tasks: Sequence[TaskRow]) -> None:
        """Shows how late tasks would be spread."""


class TodayPresenter:
    """Keeps the day and changes it: at once for the eye, then in the store, then as the store says."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        office: TodayOffice,
        settings: Settings,
        tell: Callable[[Iterable[int]], None],
    ) -> None:
        self._view = view
        self._runner = runner
        self.office = office
        self._settings = settings
        self._tell_all = tell  # whoever else shows tasks; this view reloads with them
        kept = settings.get(FOLDED)
        folded = frozenset(Section(name) for name in kept if name in set(Section)) if isinstance(kept, list) else ()
        self.state = TodayState(
            now=office.now(),
            manager_id=self._first(),
            choice=Choice(folded=frozenset(folded), watches=office.me.role is not Role.MANAGER),
        )

    def _first(self) -> int | None:
        """Mine for a manager; whom one looked at last, for others. None: not known before the people are."""
        if self.office.me.role is Role.MANAGER:
            return self.office.me.id
        kept = self._settings.get(WHOSE)
        return kept if isinstance(kept, int) else None

    # reading ---------------------------------------------------------------------------------------
    def start(self) -> None:
        """Asks whose day may be shown, then for the day."""
        self._runner.read(lambda job: self.office.whose(), self._got_people, self._failed, replaces="today-people")

    def load(self) -> None:
        """Asks for the day anew."""
        whose = self.state.manager_id
        if whose is None or not self.state.people:
            self.start()
            return
        self._runner.read(lambda job: self.office.page(whose), self._got, self._failed, replaces="today")
        if self.state.client_id is not None:
            self.inspect(self.state.client_id, anew=True)

    def choose(self, manager_id: int) -> None:
        """Another manager's day."""
        if manager_id != self.state.manager_id:
            self._settings.set(WHOSE, manager_id)
            self._show(manager_id=manager_id, day=None, asking=None, client_id=None, card=None)
            self.load()

    def tick(self) -> None:
        """A minute has passed; after midnight it is another day."""
        day = self.state.day
        self._show(now=self.office.now())
        if day is not None and day.day != self.office.today():
            self.load()

    def inspect(self, client_id: int | None, *, anew: bool = False) -> None:
        """Asks what is known of a client."""
        if client_id is None:
            self._show(client_id=None, card=None)
            return
        if client_id != self.state.client_id:
            self._show(client_id=client_id, card=None)
        elif not anew:
            return
        self._runner.read(
            lambda job: self.office.card(client_id), self._got_card, lambda error: None, replaces="today-card"
        )

    # looking ---------------------------------------------------------------------------------------
    def fold(self, section: Section) -> None:
        """Shows a section's head only, or all of it again."""
        folded = self.state.choice.folded ^ {section}
        self._settings.set(FOLDED, sorted(folded))
        self._show(choice=replace(self.state.choice, folded=folded))

    def show_all(self, section: Section) -> None:
        """Shows a section to its last line, or its first lines again."""
        self._show(choice=replace(self.state.choice, unfolded=self.state.choice.unfolded ^ {section}))

    # tasks -----------------------------------------------------------------------------------------
    def toggle(self, task: TaskRow) -> None:
        """Done, and asks what is next; or, done by mistake, to be done again."""
        if not is_open(task):
            self._write(lambda: self.office.reopen(task.id), lambda row: self._after("reopened", [row]), task)
            return
        now = self.office.moment()  # shown until the store says the real moment
        self._put(task._replace(done_at=now, done_day=self._today()), asking=task.id)
        self._write(lambda: self.office.complete(task.id), self._completed, task)

    def done(self, tasks: Sequence[TaskRow]) -> None:
        """Several at once: nothing is asked."""
        for task in tasks:
            self._put(task._replace(done_at=self.office.moment(), done_day=self._today()), asking=None)
            self._write(lambda one=task: self.office.complete(one.id), self._completed_of_many, task)  # type: ignore[misc]

    def answer(self, task_id: int, answer: Answer) -> None:
        """What comes next, why nothing does, or how the contact ended."""
        self._runner.write(
            lambda job: self.office.follow(
                task_id, next_step=answer.step, no_next_reason=answer.reason, result=answer.result
            ),
            self._followed,
            self._view.refused,
        )

    def ask(self, task_id: int | None) -> None:
        """Opens "what next?" of a task that is done, or closes it."""
        if task_id != self.state.asking:
            self._show(asking=task_id)

    def move(self, tasks: Sequence[TaskRow], day: date) -> None:
        """To another day; what stands there already stays."""
        moves = [Move(task.id, day) for task in tasks if is_open(task) and task.due_day != day]
        if moves:
            self._write(lambda: self.office.move_many(moves), lambda rows: self._after("moved", rows))

    def move_by(self, tasks: Sequence[TaskRow], days: int) -> None:
        """So many days later (or earlier); a task that is late is moved from today."""
        today = self._today()
        moves = []
        for task in tasks:
            if is_open(task):
                from_day = max(task.due_day or today, today) if days > 0 else (task.due_day or today)
                moves.append(Move(task.id, from_day + timedelta(days=days)))
        if moves:
            self._write(lambda: self.office.move_many(moves), lambda rows: self._after("moved", rows))

    def release(self, tasks: Sequence[TaskRow], reason: str) -> None:
        """No longer to be done."""
        ids = [task.id for task in tasks if is_open(task)]
        if ids:
            self._write(lambda: self.office.release(ids, reason), lambda rows: self._after("released", rows))

    def plan_spread(self, tasks: Sequence[TaskRow]) -> None:
        """Asks how these tasks would lie over the week; the view shows it, nothing is changed."""
        ids = [task.id for task in tasks if is_open(task)]
        whose = self.state.manager_id
        if ids and whose is not None:
            self._runner.read(
                lambda job: self.office.plan_spread(ids, whose),
                lambda plan: self._view.show_plan(plan, tasks),
                self._view.refused,
                replaces="today-plan",
            )

    def spread(self, plan: Plan) -> None:
        """Lays the tasks over the week as the plan says: one write, one undo."""
        self._write(lambda: self.office.move_many(plan.moves), lambda rows: self._after("spread", rows))

    # answers ---------------------------------------------------------------------------------------
    def _got_people(self, people: tuple[User, ...]) -> None:
        whose = self.state.manager_id
        if whose not in {user.id for user in people}:
            whose = people[0].id if people else self.office.me.id
        self._show(people=people or (self.office.me,), manager_id=whose)
        self.load()

    def _got(self, day: Day) -> None:
        asking = self.state.asking
        if asking is not None and all(one.task.id != asking for one in day.tasks):
            asking = None
        self._show(day=day, now=self.office.now(), asking=asking, error=None)

    def _got_card(self, card: ClientCard) -> None:
        if self.state.client_id == card.form.id:
            self._show(card=card)

    def _failed(self, error: Exception) -> None:
        self._show(error=error)

    def _completed(self, done: Completed) -> None:
        self._put(done.task, asking=self.state.asking)
        self._after("done", [done.task])

    def _completed_of_many(self, done: Completed) -> None:
        self._after("done", [done.task])

    def _followed(self, done: Completed) -> None:
        if done.next_task is not None:
            self._after("planned", [done.next_task])
        else:
            self._after("", [done.task])

    def _after(self, what: str, tasks: Sequence[TaskRow]) -> None:
        if what:
            self._view.happened(what, tasks)
        self._tell_all({task.client_id for task in tasks if task.client_id is not None})

    def _write(self, work: Callable[[], T], done: Callable[[T], None], before: TaskRow | None = None) -> None:
        def failed(error: Exception) -> None:
            if before is not None:
                self._put(before, asking=None)
            self._view.refused(error)

        self._runner.write(lambda job: work(), done, failed)

    def _put(self, task: TaskRow, *, asking: int | None) -> None:
        """The task as it is now, where it stands."""
        if self.state.day is not None:
            self._show(day=ticked(self.state.day, task), asking=asking)

    def _today(self) -> date:
        return self.state.day.day if self.state.day is not None else self.office.today()

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
