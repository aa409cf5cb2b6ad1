"""What reminding asks of the office; the services are imported when work first needs them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from crmdesk.domain.reminders import Agenda, Preferences, Snooze
from crmdesk.domain.tasks import TaskRow
from crmdesk.ui.office import Office
from crmdesk.ui.task.office import Answer


class ReminderOffice:
    """The verbs of the reminders over the open office."""

    def __init__(self, office: Office) -> None:
        self._desk = office.desk

    @property
    def zone(self) -> tzinfo:
        """The office's zone."""
        return ZoneInfo(self._desk.clock.zone)

    def now(self) -> datetime:
        """This moment (UTC) by the office's clock."""
        return self._desk.clock.now()

    def coming(self, wanted: Preferences, now: datetime) -> Agenda:
        """What stands now and when to look again."""
        from crmdesk.services import reminders

        return reminders.coming(self._desk, wanted, now)

    def claim(self, keys: Collection[str], now: datetime) -> set[str]:
        """Marks reminders as shown; those that no other computer showed first."""
        from crmdesk.services import reminders

        return reminders.claim(self._desk, keys, now)

    def snooze(self, keys: Collection[str], choice: Snooze, wanted: Preferences) -> datetime:
        """Puts reminders off; until when."""
        from crmdesk.services import reminders

        return reminders.snooze(self._desk, keys, choice, wanted)

    def dismiss(self, keys: Collection[str]) -> None:
        """Never reminds of these again."""
        from crmdesk.services import reminders

        reminders.dismiss(self._desk, keys)

    def done(self, task_ids: Sequence[int], keys: Collection[str]) -> tuple[TaskRow, ...]:
        """Marks the tasks as done and the rest as read; the tasks that were still open."""
        from crmdesk.services import reminders, tasks
        from crmdesk.system.errors import UserError

        if keys:
            reminders.dismiss(self._desk, keys)
        found = []
        for task_id in task_ids:
            try:
                found.append(tasks.complete(self._desk, task_id).task)
            except UserError as error:
                if error.key != "task_not_open":  # somebody was faster: what was wanted has happened
                    raise
        return tuple(found)

    def follow(self, task_id: int, answer: Answer) -> None:
        """What follows a task that was done, or why nothing does, or how the contact ended."""
        from crmdesk.services import tasks

        tasks.follow(self._desk, task_id, next_step=answer.step, no_next_reason=answer.reason, result=answer.result)

    def clock_error(self) -> timedelta:
        """How far this computer's clock is ahead of the server's."""
        from crmdesk.services import reminders

        return reminders.clock_error(self._desk)
