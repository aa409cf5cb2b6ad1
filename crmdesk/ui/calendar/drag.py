"""Carrying something over the calendar with the mouse: from a grid, from the late strip, from the clients' rail.

Sources and panes stand in one window, so a drag is the mouse held down: the source forwards the places of the mouse,
the pane below says which day and time that is, the presenter holds the ghost. Esc ends it wherever the focus is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.domain.calendar import Entry
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Carried, Slot


class Pane(Protocol):
    """What shows days: a grid of hours, a month, a list."""

    def show_state(self, state: CalendarState) -> None:
        """The presenter's state, the ghost among it."""

    def slot_at(self, place: QPoint) -> Slot | None:
        """The day, and where it has hours the minute, under a place of the screen; None: no day is there."""

    def rect_of(self, entry: Entry) -> QRect:
        """Where an entry is on the screen."""


class Carry(QObject):
    """One thing being carried by the mouse."""

    begun = Signal()
    over = Signal()

    def __init__(self, presenter: CalendarPresenter, pane: Callable[[], Pane | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._pane = pane
        self._carried: Carried | None = None
        self._grip = 0

    @property
    def active(self) -> bool:
        """Whether something is being carried."""
        return self._carried is not None

    @property
    def carried(self) -> Carried | None:
        """What is being carried."""
        return self._carried

    def start(self, carried: Carried, grip: int = 0) -> None:
        """Takes something up; `grip`: how many minutes below its begin the mouse holds it."""
        if self._carried is not None or (carried.task is not None and not carried.task.movable):
            return
        self._carried = carried
        self._grip = grip
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.begun.emit()

    def move(self, place: QPoint) -> None:
        """The mouse is over another place of the screen."""
        carried, pane = self._carried, self._pane()
        if carried is None or pane is None:
            return
        slot = pane.slot_at(place)
        if slot is None:
            self._presenter.let_go()
            return
        if self._presenter.state.ghost is None:
            self._presenter.pick_up(carried, slot.day, slot.time)
        time = None if slot.time is None else max(0, slot.time - self._grip)
        self._presenter.carry(slot.day, time)

    def drop(self) -> None:
        """The mouse lets go: over a day it is put down there, elsewhere nothing happens."""
        if self._carried is not None:
            self._end()
            self._presenter.put_down()

    def cancel(self) -> None:
        """Everything stays where it was."""
        if self._carried is not None:
            self._end()
            self._presenter.let_go()

    def _end(self) -> None:
        self._carried = None
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.over.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        keys = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() in keys and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            event.accept()
            return True
        return super().eventFilter(watched, event)


class Source:
    """What a widget needs so that its things can be carried off: press, move far enough, release.

    The widget forwards its mouse events; `pressed` returns what lies under the mouse, or None.
    """

    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self._from: QPoint | None = None
        self._what: Carried | None = None

    def press(self, event: QMouseEvent, what: Carried | None) -> None:
        """The mouse went down on it."""
        self._from = event.globalPosition().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        self._what = what

    def move(self, event: QMouseEvent) -> bool:
        """The mouse moves; whether something is being carried now."""
        if self._from is None or self._what is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        place = event.globalPosition().toPoint()
        if not self._carry.active:
            if (place - self._from).manhattanLength() < QApplication.startDragDistance():
                return False
            self._carry.start(self._what)
        self._carry.move(place)
        return self._carry.active

    def release(self) -> bool:
        """The mouse goes up; whether something was being carried."""
        self._from = self._what = None
        if not self._carry.active:
            return False
        self._carry.drop()
        return True
