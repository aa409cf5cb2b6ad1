"""What the panes of the calendar share, drawn or rows: whom they tell, what is said aloud, whose keys they are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from crmdesk.ui.calendar import keys
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Slot
from crmdesk.ui.kit import Kit


class DaysPane(QListView):
    """A pane of the calendar. Mouse and keys both go through the presenter's ghost."""

    pressed_entry = Signal(object, object)  # entry, its rectangle on the screen
    opened_entry = Signal(object)  # to be edited
    wanted_card = Signal(object)  # of an entry's client
    wanted_slot = Signal(object)  # a Slot to make something new in

    def __init__(self, kit: Kit, presenter: CalendarPresenter, carry: Carry) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self._carry = carry
        self._state: CalendarState = presenter.state
        self._told: tuple[object, ...] | None = None

    @property
    def shown(self) -> CalendarState:
        """What is shown."""
        return self._state

    def retranslate(self) -> None:
        """Says everything anew."""
        self.setAccessibleName(self._kit.words.gettext("Calendar"))
        self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()

    def _differs(self, told: tuple[object, ...]) -> bool:
        """Whether what is laid out from differs from what was laid out from last."""
        return self._told is None or any(a is not b and a != b for a, b in zip(told, self._told, strict=True))

    def _describe(self) -> None:
        """What the carried thing or the chosen place is, for those who cannot see it."""
        state, text = self._state, ""
        if state.ghost is not None:
            text = say.spoken_ghost(self._kit.words, state.ghost, state.norm)
        elif state.slot is not None:
            text = self._spoken_slot(state.slot)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def _spoken_slot(self, slot: Slot) -> str:
        """A chosen place in words, where no item of the list says it."""
        return ""

    def _slot_of_carried(self, day: date) -> Slot:
        """Over a day without hours: what is carried there keeps its own time."""
        task = self._carry.carried.task if self._carry.carried is not None else None
        return Slot(day, task.time if task is not None else None)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and keys.belongs_here(self._state, event)
        ):
            event.accept()
            return True
        return super().event(event)
