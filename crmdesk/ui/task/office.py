"""What the task forms ask of the office; the services are imported when work first needs them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crmdesk.domain.clients import ClientHit
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import KEEP, Completed, Contact, Kept, Move, TaskRow
from crmdesk.domain.users import User
from crmdesk.ui.office import Office


@dataclass(frozen=True)
class Answer:
    """What was answered to "what next?": the next step, or why there is none; or only how the contact ended."""

    step: NextStep | None = None
    reason: str = ""
    result: str | None = None  # a key of contact_result


class TaskOffice:
    """The verbs of tasks over the open office; called by work on a thread of the runner."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = office.desk

    @property
    def me(self) -> User:
        """Who works here."""
        return self._office.me

    def today(self) -> date:
        """The office's day."""
        return self._desk.clock.today()

    def hits(self, text: str, limit: int) -> tuple[ClientHit, ...]:
        """The clients found by what was typed: beginnings of words first, then the middle of words."""
        found = self._office.client_hits(text, limit, anywhere=False)
        return found if len(found) >= limit else self._office.client_hits(text, limit, anywhere=True)

    def client_name(self, client_id: int) -> str:
        """A client's name; nothing when there is no such."""
        return next((row.name for row in self._office.client_rows([client_id])), "")

    def get(self, task_id: int) -> TaskRow:
        """One task."""
        from crmdesk.services import tasks

        return tasks.get(self._desk, task_id)

    def add(self, client_id: int | None, kind: str, day: date | None, title: str, **more: Any) -> TaskRow:
        """A new task."""
        from crmdesk.services import tasks

        return tasks.add(self._desk, client_id, kind, day, title, **more)

    def edit(self, base: TaskRow, **changes: Any) -> TaskRow:
        """A task with changed fields."""
        from crmdesk.services import tasks

        return tasks.edit(self._desk, base, **changes)

    def complete(
        self,
        task_id: int,
        *,
        contact: Contact | None = None,
        next_step: NextStep | None = None,
        no_next_reason: str = "",
    ) -> Completed:
        """Done, with the contact it was and what follows."""
        from crmdesk.services import tasks

        return tasks.complete(self._desk, task_id, contact=contact, next_step=next_step, no_next_reason=no_next_reason)

    def follow(
        self, task_id: int, *, next_step: NextStep | None = None, no_next_reason: str = "", result: str | None = None
    ) -> Completed:
        """What is said after it was done."""
        from crmdesk.services import tasks

        return tasks.follow(self._desk, task_id, next_step=next_step, no_next_reason=no_next_reason, result=result)

    def reopen(self, task_id: int) -> TaskRow:
        """To be done again."""
        from crmdesk.services import tasks

        return tasks.reopen(self._desk, task_id)

    def move(
        self, task_id: int, day: date, time: int | None | Kept = KEEP, minutes: int | None | Kept = KEEP
    ) -> TaskRow:
        """To another day, time or length."""
        from crmdesk.services import tasks

        return tasks.move(self._desk, task_id, day, time, minutes)

    def move_many(self, moves: Sequence[Move]) -> tuple[TaskRow, ...]:
        """All of these moves or none."""
        from crmdesk.services import tasks

        return tasks.move_many(self._desk, moves)

    def release(self, task_ids: Collection[int], reason: str) -> tuple[TaskRow, ...]:
        """No longer to be done, and why."""
        from crmdesk.services import tasks

        return tasks.release(self._desk, task_ids, reason)

    def archive(self, task_id: int) -> TaskRow:
        """Out of every list."""
        from crmdesk.services import tasks

        return tasks.archive(self._desk, task_id)
