"""An item view that draws and places its items by itself, and is still a list to screen readers.

Qt tells screen readers of the items of a QListView (not of a bare QAbstractItemView), so the grids are that, without
what a list lays out and scrolls.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView


class PaintedList(QListView):
    """Subclasses draw, say where items are (`visualRect`, `indexAt`) and what the keys do."""

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

    def place_on_screen(self, index: QModelIndex) -> QRect:
        """Where an item is on the screen."""
        rect = self.visualRect(index)
        return QRect(self.viewport().mapToGlobal(QPoint(rect.x(), rect.y())), rect.size())
