"""What the mouse does in the grid of hours: choose, carry, stretch, draw a new stretch of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import carried_of

if TYPE_CHECKING:
    from crmdesk.ui.calendar.hours import HoursGrid

EDGE = 6  # pixels at an entry's begin and end by which it is stretched


class GridMouse:
    """Places are those of the grid's viewport; the row of whole days lies above it, at negative y."""

    def __init__(self, view: HoursGrid, presenter: CalendarPresenter, carry: Carry) -> None:
        self._view = view
        self._presenter = presenter
        self._carry = carry
        self._press: QPoint | None = None
        self._pressed: Entry | None = None
        self._grip = ""  # begin, end, move, new
        self._range: tuple[int, int] | None = None  # of a new entry: column, first minute

    def cancel(self) -> None:
        """Esc: everything stays as it was."""
        self._press, self._pressed, self._grip, self._range = None, None, "", None

    def press(self, event: QMouseEvent, point: QPoint) -> None:
        """The mouse went down at a place of the viewport's coordinates (the heads forward theirs)."""
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press, self._pressed = point, self._view.entry_at(point)
        self._grip = self._grip_at(point, self._pressed)

    def _grip_at(self, point: QPoint, entry: Entry | None) -> str:
        if entry is None:
            return "new" if point.y() >= 0 else ""
        if not entry.movable:
            return ""
        box = self._view.grid.timed.get(entry.key)
        if box is None or point.y() < 0:
            return "move"
        y = point.y() + self._view.verticalOffset()
        if box.bottom() - y <= EDGE:
            return "end"
        return "begin" if y - box.top() <= EDGE - 2 and box.height() > 3 * EDGE else "move"

    def move(self, event: QMouseEvent, point: QPoint) -> None:
        """The mouse moves, button down or not."""
        if not event.buttons() & Qt.MouseButton.LeftButton or self._press is None:
            grip = self._grip_at(point, self._view.entry_at(point)) if point.y() >= 0 else ""
            shape = Qt.CursorShape.SizeVerCursor if grip in ("begin", "end") else Qt.CursorShape.ArrowCursor
            if self._view.viewport().cursor().shape() != shape:
                self._view.viewport().setCursor(shape)
            return
        far = (point - self._press).manhattanLength() >= QApplication.startDragDistance()
        if self._grip == "move" and self._pressed is not None:
            if far and not self._carry.active:
                entry = self._pressed
                held = self._view.grid.minute_at(self._press.y() + self._view.verticalOffset()) - (entry.time or 0)
                self._carry.start(carried_of(entry), held if entry.time is not None and self._press.y() >= 0 else 0)
            self._carry.move(event.globalPosition().toPoint())
        elif self._grip in ("begin", "end") and self._pressed is not None and (far or self._view.shown.ghost):
            self._stretch(point)
        elif self._grip == "new" and (far or self._range):
            self._draw_range(point)

    def _stretch(self, point: QPoint) -> None:
        entry = self._pressed
        if entry is None:
            return
        if self._view.shown.ghost is None:
            self._presenter.pick_up(carried_of(entry))
        self._view.scroll_near(point.y())
        minute = self._view.grid.minute_at(max(0, point.y() + self._view.verticalOffset()))
        if self._grip == "end":
            self._presenter.stretch(end=minute)
        else:
            self._presenter.stretch(begin=minute)

    def _draw_range(self, point: QPoint) -> None:
        assert self._press is not None
        column = self._view.grid.day_at(self._press.x())
        if column is None:
            return
        if self._range is None:
            first = self._view.grid.minute_at(self._press.y() + self._view.verticalOffset())
            self._range = (column, first // calendar.SNAP * calendar.SNAP)
        self._view.scroll_near(point.y())
        first = self._range[1]
        last = calendar.snapped(self._view.grid.minute_at(max(0, point.y() + self._view.verticalOffset())))
        begin, end = min(first, last), max(first + calendar.SNAP, last)
        self._presenter.select_slot(self._view.grid.days[self._range[0]], begin, end - begin)

    def release(self, point: QPoint) -> None:
        """The mouse goes up."""
        entry, grip, drawn = self._pressed, self._grip, self._range
        was_carried, stretched = self._carry.active, grip in ("begin", "end") and self._view.shown.ghost is not None
        pressed = self._press is not None
        self._press, self._pressed, self._grip, self._range = None, None, "", None
        if was_carried:
            self._carry.drop()
        elif stretched:
            self._presenter.put_down()
        elif drawn is not None and self._view.shown.slot is not None:
            self._view.wanted_slot.emit(self._view.shown.slot)
        elif pressed and entry is not None:
            self._presenter.select(entry.key)
            self._view.pressed_entry.emit(entry, self._view.rect_of(entry))
        elif pressed:
            self._press_empty(point)

    def _press_empty(self, point: QPoint) -> None:
        column = self._view.grid.day_at(point.x())
        if column is None:
            return
        time = None
        if point.y() >= 0:
            time = self._view.grid.minute_at(point.y() + self._view.verticalOffset()) // 30 * 30
        self._presenter.select_slot(self._view.grid.days[column], time)

    def double(self, point: QPoint) -> None:
        """Pressed twice: edits what is there, or makes something new."""
        entry = self._view.entry_at(point)
        self._press, self._pressed, self._grip = None, None, ""
        if entry is not None:
            self._presenter.select(entry.key)
            self._view.opened_entry.emit(entry)
        else:
            self._press_empty(point)
            if self._view.shown.slot is not None:
                self._view.wanted_slot.emit(self._view.shown.slot)
