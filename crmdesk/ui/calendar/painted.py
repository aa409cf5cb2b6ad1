"""A pane that draws and places its entries by itself, and is still a list to screen readers: hours and month.

Qt tells screen readers of the items of a QListView (not of a bare QAbstractItemView), so the grids are that, without
what a list lays out and scrolls.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from crmdesk.domain.calendar import Entry
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.entries_model import EntriesModel
from crmdesk.ui.calendar.pane import DaysPane
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.kit import Kit


class PaintedPane(DaysPane):
    """Subclasses lay out and draw, say where entries are (`visualRect`, `entry_at`) and what mouse and keys do."""

    def __init__(self, kit: Kit, presenter: CalendarPresenter, carry: Carry) -> None:
        super().__init__(kit, presenter, carry)
        self.entries = EntriesModel(kit)
        self.setModel(self.entries)

    def set_up(self) -> None:
        """To be called once everything that is drawn from is there."""
        self.setFrameShape(self.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setUniformItemSizes(True)
        self.viewport().setMouseTracking(True)
        self._kit.look.changed.connect(self._repaint)
        self._kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def _mark_current(self) -> None:
        key = self._state.selected
        row = self.entries.rows.get(key) if key is not None else None
        index = self.entries.index(row, 0) if row is not None else QModelIndex()
        if index != self.currentIndex():
            blocked = self.blockSignals(True)
            self.setCurrentIndex(index)
            self.blockSignals(blocked)
            if row is not None:
                self.scrollTo(index)

    def rect_of(self, entry: Entry) -> QRect:
        """Where an entry, or the «more» that hides it, is on the screen."""
        row = self.entries.rows.get(entry.key)
        rect = self.visualRect(self.entries.index(row, 0)) if row is not None else QRect()
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(600, 400)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(300, 200)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusInEvent(event)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusOutEvent(event)
        self._repaint()

    def doItemsLayout(self) -> None:
        """Nothing is laid out here: a list would ask for the size of each item."""

    def updateGeometries(self) -> None:
        """The scroll bars are the subclass's own."""

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: D102
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No list to be laid out anew."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: D102
        return self.currentIndex()  # the arrows are walked in keyPressEvent: days are no rows

    def horizontalOffset(self) -> int:  # noqa: D102
        return 0

    def verticalOffset(self) -> int:  # noqa: D102
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, command: object) -> None:
        """Items are chosen one by one."""

    def visualRegionForSelection(self, selection: object) -> QRegion:  # noqa: D102
        return QRegion(self.visualRect(self.currentIndex()))

    def startDrag(self, actions: object) -> None:
        """Dragging is the calendar's own (drag.py)."""
