"""What the frame itself asks of the office; called by work only, the services imported when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmdesk.ui.office import Office

if TYPE_CHECKING:
    from crmdesk.domain.tasks import TaskRow
    from crmdesk.domain.undo import UndoReport, UndoStep

Steps = tuple["UndoStep | None", "UndoStep | None"]
TASKS_AHEAD = 60  # days: the palette finds open tasks up to so far ahead


class FrameOffice:
    """Verbs over `office.desk`."""

    def __init__(self, office: Office) -> None:
        self._desk = office.desk

    def steps(self) -> Steps:
        """What Ctrl+Z and Ctrl+Y would do now."""
        from crmdesk.services import undo

        return undo.both(self._desk)

    def undo(self, tx: int) -> UndoReport:
        """Takes an action back, or does it again. Raises UserError of services.undo.undo."""
        from crmdesk.services import undo

        return undo.undo(self._desk, tx)

    def open_tasks(self) -> tuple[TaskRow, ...]:
        """My open tasks, late ones and those of the coming weeks, for the palette."""
        from datetime import timedelta

        from crmdesk.services import tasks

        until = self._desk.clock.today() + timedelta(days=TASKS_AHEAD)
        return tasks.due(self._desk, self._desk.me.id, until)

    def still_open(self) -> int:
        """How much of today is still to do."""
        from crmdesk.services import day

        return day.still_open(self._desk)

    def probe(self) -> None:
        """Asks the base for something small: it fails while there is no connection."""
        from crmdesk.services import users

        users.list_users(self._desk)
