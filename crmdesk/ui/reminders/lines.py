"""The lines of the reminders' window: what stands as a list, and how a line is painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from crmdesk.domain.reminders import Occasion
from crmdesk.ui.kit import Kit
from crmdesk.ui.reminders.presenter import RemindersState
from crmdesk.ui.reminders.telling import Line, line
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL

WIDTH = 468
ROW = 44
MARGIN = 16


class Occasions(QAbstractListModel):
    """The reminders that stand, as lines."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.occasions: list[Occasion] = []
        self.lines: list[Line] = []

    def put(self, occasions: Sequence[Occasion], state: RemindersState) -> None:
        """Shows these."""
        words = self._kit.words
        lines = [line(one, state.now, state.zone, words) for one in occasions]
        if [one.key for one in occasions] == [one.key for one in self.occasions]:
            self.occasions, self.lines = list(occasions), lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.occasions, self.lines = list(occasions), lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # type: ignore[override]  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]  # noqa: D102
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return self.lines[index.row()].spoken
        return None


class LinePainter(QStyledItemDelegate):
    """Paints a line: icon, time, whose and what about, how far away."""

    def __init__(self, kit: Kit, model: Occasions, view: QListView) -> None:
        super().__init__(view)
        self._kit = kit
        self._model = model
        self._view = view

    def sizeHint(self, option: object, index: object) -> QSize:  # noqa: D102
        return QSize(WIDTH - 2 * MARGIN, ROW)

    def paint(self, painter: QPainter, option: object, index: QModelIndex) -> None:  # type: ignore[override]  # noqa: D102
        rect = option.rect  # type: ignore[attr-defined]
        one = self._model.lines[index.row()]
        painter.save()
        painter.translate(rect.topLeft())
        draw = Draw(painter, self._kit.look)
        w, h = rect.width(), rect.height()
        chosen = self._view.selectionModel().isSelected(index)
        if chosen:
            draw.fill(0, 0, w, h - 1, "primary_tint", 6)
        else:
            draw.across(0, h - 1, w)
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            draw.ring(0, 0, w, h - 1)
        top, lead = 4 if one.matter else (h - 18) // 2, 18  # a single line stands in the middle
        draw.icon(one.icon, 8, top + 2, 16, one.token)
        room = width(one.when, SMALL)
        draw.text(w - 8 - room, top, room, lead, one.when, size=SMALL, token=one.token, align=RIGHT)
        draw.text(34, top, 40, lead, one.time)
        left = 80 if any(other.time for other in self._model.lines) else 34
        draw.text(left, top, w - left - room - 20, lead, one.name, weight=SEMIBOLD)
        draw.text(left, top + lead, w - left - 8, 16, one.matter, size=SMALL, token="muted")
        painter.restore()
