"""The verbs of the calendar over an open office; called by work only, which imports the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crmdesk.domain.calendar import CalendarPage, DayCount, Days, Entry, Span
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import Move, TaskRow
from crmdesk.domain.unplanned import Rail
from crmdesk.domain.users import User
from crmdesk.system.jobs import Job
from crmdesk.ui.calendar.state import Carried, Put
from crmdesk.ui.office import Office


class OfficeCalendar:
    """The door of `CalendarPresenter` to the services."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def me(self) -> User:
        """Who looks."""
        return self._office.me

    def people(self) -> tuple[User, ...]:
        """All users."""
        return self._office.people()

    def counts(self, days: Days, manager: int | None) -> dict[date, DayCount]:
        """Tasks of each day that has any."""
        from crmdesk.services import calendar

        return calendar.counts(self._office.desk, days, _managers(manager))

    def page(self, days: Days, manager: int | None) -> CalendarPage:
        """What lies on these days, and what was left undone before today."""
        from crmdesk.services import calendar

        return calendar.page(self._office.desk, days, _managers(manager))

    def rail(self, manager: int | None, day: date) -> Rail:
        """Who is to be seen, called or offered a reprint and has no day for it; the visits of the day's month."""
        from crmdesk.services import unplanned

        return unplanned.rail(self._office.desk, _managers(manager), day)

    def pdf(self, span: Span, day: date, manager: int | None, lang: str, job: Job, *, printed: bool) -> bytes:
        """The day, week or month of a day on paper; `printed`: it leaves the office and is journalled."""
        from crmdesk.services import calendar_pages
        from crmdesk.services import day as day_service

        if span is Span.DAY:
            return day_service.pdf(self._office.desk, manager, day, lang=lang, printed=printed, job=job)
        return calendar_pages.pdf(self._office.desk, span, day, manager, lang=lang, printed=printed, job=job)

    def task(self, entry: Entry) -> TaskRow:
        """The whole task behind an entry. Raises UserError("no_such_task")."""
        from crmdesk.services import tasks

        return tasks.get(self._office.desk, entry.id)

    def move(self, puts: Sequence[Put]) -> None:
        """Puts tasks elsewhere, all of them or none; a length is written only where it was changed."""
        from crmdesk.services import tasks

        moves = [
            Move(put.task.id, put.day, put.time, put.minutes)
            if put.minutes != put.task.minutes
            else Move(put.task.id, put.day, put.time)
            for put in puts
        ]
        tasks.move_many(self._office.desk, moves)

    def add(self, carried: Carried, day: date, time: int | None, minutes: int, manager: int | None) -> int:
        """A new task for a client, of the manager whose calendar it is; its id."""
        from crmdesk.services import tasks

        return tasks.add(
            self._office.desk, carried.client_id, carried.kind, day, carried.title, time=time, minutes=minutes,
            manager_id=manager,
        ).id  # fmt: skip

    def complete(self, task_id: int) -> None:
        """Done; a contact leaves its line in the chronicle."""
        from crmdesk.services import tasks

        tasks.complete(self._office.desk, task_id)

    def follow(self, task_id: int, step: NextStep | None, reason: str, result: str | None) -> None:
        """What follows a task that was done, or why nothing does; how its contact ended."""
        from crmdesk.services import tasks

        tasks.follow(self._office.desk, task_id, next_step=step, no_next_reason=reason, result=result)

    def spread(self, manager: int | None) -> tuple[Put, ...]:
        """Where what was left undone would lie on the next working days if the load were even."""
        from crmdesk.services import calendar

        return tuple(
            Put(entry, move.day, entry.time, entry.minutes)
            for entry, move in calendar.plan_late(self._office.desk, _managers(manager))
        )


def _managers(manager: int | None) -> list[int] | None:
    return None if manager is None else [manager]
