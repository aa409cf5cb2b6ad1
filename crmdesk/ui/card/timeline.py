"""The timeline on the screen: a virtual list of rows of different heights, painted; wrapped texts are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.ui.card.timeline_lines import Line
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw, wrap
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import LEAD_BODY, MARGIN, MEDIUM, SEMIBOLD, SMALL

Index = QModelIndex | QPersistentModelIndex
HEAD, FOLD = 30, 34  # heights of a month's head and of a folded day
AGE, ROUND_X, TEXT_X = 60, 100, 140  # from the left edge; the round is 25 wide
ROUND = 25
TOP, TITLE, NEXT, BOTTOM = 6, 22, 24, 12
WIDEST = 720  # of a text that is read
NARROW = 520  # below it there is no room for the age
LINES, ALL_LINES = 9, 400
READ_AT_ONCE = 1_400  # characters of a text that is not opened; no more of them fit into nine lines
REMEMBERED = 4_000


class TimelineModel(QAbstractListModel):
    """The rows; asks for older ones when the list is at its end."""

    def __init__(self, older: Callable[[], None]) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.more = False
        self._older = older

    def show(self, lines: Sequence[Line], *, more: bool) -> None:
        """The rows from now on. Rows added at the end leave those before them alone."""
        new = list(lines)
        self.more = more
        count = len(self.lines)
        if count and len(new) > count and new[:count] == self.lines:
            self.beginInsertRows(QModelIndex(), count, len(new) - 1)
            self.lines = new
            self.endInsertRows()
        elif new != self.lines:
            self.beginResetModel()
            self.lines = new
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.spoken
        return line if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.lines[index.row()].head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:  # noqa: D102
        return self.more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:  # noqa: D102
        self._older()


class TimelineDelegate(QStyledItemDelegate):
    """Paints a row; how a text breaks at a width is remembered."""

    def __init__(self, kit: Kit, view: QListView) -> None:
        super().__init__(view)
        self._kit = kit
        self._view = view
        self._broken: OrderedDict[tuple[str, int, bool], list[str]] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: D102
        line = index.data(Qt.ItemDataRole.UserRole)
        room = self._view.viewport().width()
        return QSize(room, self.height_of(line, room))

    def height_of(self, line: Line, room: int) -> int:
        """How high a row is in a list so wide."""
        if line.head:
            return HEAD
        text = (len(self.broken(line, room)) + len(self.noted(line, room))) * LEAD_BODY
        if line.fold:
            return FOLD + (text + 8 if text else 0)
        return TOP + TITLE + text + len(line.nexts) * NEXT + BOTTOM

    def broken(self, line: Line, room: int) -> list[str]:
        """The text in lines."""
        return self._in_lines(line.text, line, room)

    def noted(self, line: Line, room: int) -> list[str]:
        """The notes under it, in lines."""
        return self._in_lines(line.notes, line, room)

    def _in_lines(self, text: str, line: Line, room: int) -> list[str]:
        if not text:
            return []
        space = max(80, min(WIDEST, room - TEXT_X - MARGIN))
        key = (text, space, line.open)
        found = self._broken.get(key)
        if found is None:
            found = _wrapped(text, space, ALL_LINES if line.open or line.fold else LINES)
            self._broken[key] = found
            if len(self._broken) > REMEMBERED:
                self._broken.popitem(last=False)
        return found

    def is_cut(self, line: Line, room: int) -> bool:
        """Whether there is more text than is shown."""
        both = ((self.broken(line, room), line.text), (self.noted(line, room), line.notes))
        return not line.open and any(
            shown[-1].endswith("…") and not text.endswith("…") for shown, text in both if shown
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        line = index.data(Qt.ItemDataRole.UserRole)
        rect = option.rect
        state = option.state
        painter.save()
        painter.translate(rect.topLeft())
        draw = Draw(painter, self._kit.look)
        w, h = rect.width(), rect.height()
        right = w - MARGIN
        if line.head:
            used = draw.text(MARGIN, 0, 0, h, line.title, size=SMALL, weight=SEMIBOLD, token="muted")
            draw.across(MARGIN + used + 10, h // 2, right - MARGIN - used - 10)
            painter.restore()
            return
        last = index.row() + 1 >= index.model().rowCount()
        if not (last and not index.model().canFetchMore(QModelIndex())):
            draw.down(ROUND_X + ROUND // 2, 0 if not _begins(index) else TOP, h - (TOP if _begins(index) else 0))
        elif not _begins(index):
            draw.down(ROUND_X + ROUND // 2, 0, TOP + 8)
        if line.fold:
            self._fold(draw, line, w, right)
        else:
            self._entry(draw, line, w, right)
        current = bool(state & QStyle.StateFlag.State_HasFocus) and bool(state & QStyle.StateFlag.State_Selected)
        if current and self._view.hasFocus():
            draw.ring(8, 1, w - 16, h - 2)
        painter.restore()

    def _fold(self, draw: Draw, line: Line, w: int, right: int) -> None:
        draw.fill(ROUND_X, 2, ROUND, FOLD - 4, "surface")
        draw.icon(line.icon, ROUND_X + 5, FOLD // 2 - 8, 16)
        author = width(line.right, SMALL) + 16 if line.right else 0
        draw.text(TEXT_X, 0, right - TEXT_X - author, FOLD, line.title, size=SMALL, token="muted")
        draw.text(right - author, 0, author, FOLD, line.right, size=SMALL, token="muted", align=RIGHT)
        draw.text(MARGIN, 0, ROUND_X - MARGIN - 4, FOLD, line.day, size=SMALL, token="muted")
        for number, text in enumerate(self.broken(line, w)):
            draw.text(TEXT_X, FOLD - 4 + number * LEAD_BODY, 0, LEAD_BODY, text, size=SMALL, token="muted")

    def _entry(self, draw: Draw, line: Line, w: int, right: int) -> None:
        y = TOP
        draw.text(MARGIN, y, 0, TITLE, line.day, weight=MEDIUM)
        if line.age:
            x = max(AGE, MARGIN + width(line.day, 13, MEDIUM) + 6)
            draw.text(x, y, ROUND_X - x - 2, TITLE, line.age, size=SMALL, token="muted")
        middle = y + TITLE / 2
        draw.fill(ROUND_X, middle - ROUND / 2, ROUND, ROUND, "surface", 0)
        draw.fill(ROUND_X, middle - ROUND / 2, ROUND, ROUND, line.tint, ROUND / 2)
        token = "text" if line.token == "muted" else line.token
        draw.icon(line.icon, ROUND_X + 6, int(middle - 7), 14, token)
        weight = SEMIBOLD if line.strong else 400
        side = width(line.right, 13 if line.strong else SMALL, weight) if line.right else 0
        draw.text(
            right - side - 1, y, side + 1, TITLE, line.right, size=13 if line.strong else SMALL, weight=weight,
            token="text" if line.strong else "muted", align=RIGHT,
        )  # fmt: skip
        end = right - side - 12
        x = TEXT_X + draw.text(TEXT_X, y, end - TEXT_X, TITLE, line.title, weight=SEMIBOLD) + 8
        for chip in line.chips:
            x = self._after_title(draw, line, chip, x, end, middle)
        if not line.chips:
            x += draw.text(x, y, max(end - x, 1), TITLE, line.who, token="muted") + 8 if end - x > 40 else 0
        if line.note and end - x > 60:
            draw.text(x, y, end - x, TITLE, line.note, size=SMALL, token="muted")
        y += TITLE
        for text in self.broken(line, w):
            draw.text(TEXT_X, y, 0, LEAD_BODY, text)
            y += LEAD_BODY
        for text in self.noted(line, w):
            draw.text(TEXT_X, y, 0, LEAD_BODY, text, token="muted")
            y += LEAD_BODY
        for text, meaning in line.nexts:
            icon = {"prom": "flag", "today": "circle-dashed", "muted": "minus"}.get(meaning, "arrow-right")
            draw.icon(icon, TEXT_X, int(y + (NEXT - 14) / 2), 14, meaning)
            draw.text(TEXT_X + 20, y, min(right, TEXT_X + WIDEST) - TEXT_X - 20, NEXT, text, token=meaning)
            y += NEXT

    @staticmethod
    def _after_title(
        draw: Draw, line: Line, chip: tuple[str, str, str, str], x: float, end: float, middle: float
    ) -> float:
        icon, words, token, tint = chip
        wide = width(words, SMALL, MEDIUM) + 14 + (15 if icon else 0)
        if line.who and chip is line.chips[0]:
            room = end - x - wide - 8
            if room > 40:
                x += draw.text(x, middle - 9, room, 18, line.who, token="muted") + 8
        if end - x < min(wide, 60):
            return x
        return x + draw.chip(x, middle, words, token=token, tint=tint, icon=icon or None) + 8


def _begins(index: Index) -> bool:
    """Whether the row is the first of its month: the spine begins with it."""
    before = index.model().index(index.row() - 1, 0)
    return not before.isValid() or before.data(Qt.ItemDataRole.UserRole).head


def _wrapped(text: str, space: int, most: int) -> list[str]:
    whole = text if most > LINES else text[:READ_AT_ONCE]
    found: list[str] = []
    for paragraph in whole.strip().split("\n"):
        left = most - len(found)
        if left <= 0:
            found[-1] = found[-1].rstrip("…") + "…"
            break
        found += wrap(paragraph, space, lines=left)
    if len(whole) < len(text) and found and not found[-1].endswith("…"):
        found[-1] += "…"
    return found


class TimelineView(QListView):
    """The list. `opened` carries the row that was clicked or entered."""

    opened = Signal(object)

    def __init__(self, kit: Kit, model: TimelineModel) -> None:
        super().__init__()
        self._kit = kit
        self.lines = model
        self.setModel(model)
        self.delegate = TimelineDelegate(kit, self)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setUniformItemSizes(False)
        self.verticalScrollBar().setSingleStep(24)
        kit.look.changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[Line], *, more: bool) -> None:
        """Other rows; what one looks at stays where it is, the chosen row stays chosen."""
        top = self.indexAt(QPoint(2, 2))
        kept = top.data(Qt.ItemDataRole.UserRole).key if top.isValid() and self.verticalScrollBar().value() else None
        shift = self.visualRect(top).top() if kept else 0
        chosen = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.lines.show(lines, more=more)
        rows = {line.key: number for number, line in enumerate(self.lines.lines)}
        if chosen is not None and chosen.key in rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.lines.index(rows[chosen.key], 0))
        if kept in rows:
            self.scrollTo(self.lines.index(rows[kept], 0), QListView.ScrollHint.PositionAtTop)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - shift)

    def open_current(self) -> None:
        """As a click on the chosen row."""
        line = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if line is not None:
            self.opened.emit(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        super().mouseReleaseEvent(event)
        line = self.indexAt(event.position().toPoint()).data(Qt.ItemDataRole.UserRole)
        if event.button() == Qt.MouseButton.LeftButton and line is not None:
            self.opened.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_current()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.viewport().update()
