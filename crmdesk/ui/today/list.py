"""Today as one flat list: every kind of line painted by one delegate, columns the same in all sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.ui.kit import Kit
from crmdesk.ui.task.next_step import HEIGHT as ASK_HEIGHT
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, MEDIUM, REGULAR, ROW, SEMIBOLD, SMALL
from crmdesk.ui.today.rows import Kind, Line
from crmdesk.ui.widgets.controls import tip
from crmdesk.ui.widgets.type_ahead import TypeAhead

Index = QModelIndex | QPersistentModelIndex
HEAD_HEIGHT, NOW_HEIGHT = 40, 16
BOX, WHEN, ICON, CLIENT = 16, 44, 114, 142  # left edges of the columns, from the left edge of the list
WHEN_ROOM = 66  # pixels for a day; a language that needs more moves the columns right of it
CLIENT_WIDTH, CLIENT_LEAST, CLIENT_MOST = 0.21, 128, 280  # the part of the width that names get, and its limits
RIGHT_EDGE = 28  # room right of the lines: the scroll bar, there or not, and the margin
RING_EDGE = 20
INSET = 8  # of the ring around the current line
BOX_SIZE = 16
MOST_AHEAD = 12  # pixels around a link that count as the link


class TodayModel(QAbstractListModel):
    """The lines. A change inserts and removes only what differs, so that an open question keeps its widget."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set(self, lines: Sequence[Line]) -> None:
        """Other lines: rows that stay are told to be painted anew, the others go or come."""
        fresh = list(lines)
        before, after = [line.key for line in self.lines], [line.key for line in fresh]
        if before != after:
            shift = 0
            for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                if what in ("delete", "replace"):
                    self.beginRemoveRows(QModelIndex(), a + shift, b - 1 + shift)
                    del self.lines[a + shift : b + shift]
                    self.endRemoveRows()
                if what in ("insert", "replace"):
                    self.beginInsertRows(QModelIndex(), c, d - 1)
                    self.lines[c:c] = fresh[c:d]
                    self.endInsertRows()
                shift += (d - c) - (b - a)
        changed = [n for n, line in enumerate(self.lines) if line != fresh[n]]
        self.lines = fresh
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.lines)

    def row_of(self, key: tuple[str, int]) -> int:
        """Where a line stands; -1 when it is not there."""
        return next((n for n, line in enumerate(self.lines) if line.key == key), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return line.said
        if role == Qt.ItemDataRole.ToolTipRole and line.kind not in (Kind.HEAD, Kind.NOW):
            notes = line.task.notes if line.task is not None else ""
            return tip("\n".join(part for part in (line.client, line.words, notes) if part))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        if not index.isValid() or self.lines[index.row()].kind is Kind.NOW:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, view: TodayList) -> None:
        super().__init__(view)
        self._kit = kit
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._view.model_.lines[index.row()]
        if line.kind is Kind.HEAD:
            return QSize(100, HEAD_HEIGHT)
        if line.kind is Kind.NOW:
            return QSize(100, NOW_HEIGHT)
        asking = line.task is not None and line.task.id == self._view.asking
        return QSize(100, ASK_HEIGHT + 8 if asking else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._view.model_.lines[index.row()]
        if line.task is not None and line.task.id == self._view.asking:
            return  # the question stands there
        painter.save()
        draw = Draw(painter, self._kit.look)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = self._view.currentIndex().row() == index.row() and self._view.hasFocus()
        if line.kind is Kind.HEAD:
            self._head(draw, option.rect, line, current)
        elif line.kind is Kind.NOW:
            self._now(draw, option.rect, line)
        else:
            self._line(draw, option.rect, line, chosen, current)
        painter.restore()

    def _head(self, draw: Draw, rect: QRect, line: Line, current: bool) -> None:
        y, h = rect.y(), rect.height()
        middle = y + h / 2 + 4
        draw.icon("chevron-right" if line.folded else "chevron-down", BOX, middle - 7, 14)
        used = draw.text(40, middle - 9, 0, 18, line.client, weight=SEMIBOLD)
        draw.text(48 + used, middle - 9, 0, 18, line.count, token="muted")
        right = self._view.width() - RIGHT_EDGE
        for area, link in zip(self._view.link_areas(line, rect), line.links, strict=True):
            self._link(draw, area, link.icon, link.text)
        if line.right:
            draw.text(48 + used, middle - 9, right - 48 - used, 18, line.right, size=SMALL, token="muted", align=RIGHT)
        draw.across(BOX, y + h - 1, right - BOX)
        if current:
            draw.ring(INSET, y + 8, self._view.width() - INSET - RING_EDGE, h - 10)

    @staticmethod
    def _link(draw: Draw, area: QRect, icon: str, text: str) -> None:
        x = float(area.x())
        if icon:
            draw.icon(icon, x, area.center().y() - 8, 16, "primary")
            x += 24
        draw.text(x, area.y(), 0, area.height(), text, token="primary")

    def _now(self, draw: Draw, rect: QRect, line: Line) -> None:
        middle = rect.center().y()
        used = draw.text(WHEN, middle - 8, 0, 16, line.when, size=SMALL, weight=SEMIBOLD, token="primary")
        x = WHEN + used + 2
        draw.fill(x, middle - 3, 6, 6, "primary", 3)
        draw.across(x + 3, middle, self._view.width() - RIGHT_EDGE - x - 3, "primary")

    def _line(self, draw: Draw, rect: QRect, line: Line, chosen: bool, current: bool) -> None:
        y, h, w = rect.y(), rect.height(), self._view.width()
        if chosen:
            draw.fill(INSET, y, w - INSET - RING_EDGE, h, "primary_tint", 6)
        elif self._view.hovered == line.key:
            draw.fill(INSET, y, w - INSET - RING_EDGE, h, "hover", 6)
        if current:
            draw.ring(INSET, y, w - INSET - RING_EDGE, h)
        muted = line.done
        if line.kind is Kind.TASK:
            self._box(draw, y + (h - BOX_SIZE) // 2, line.done)
        elif line.kind is not Kind.NOW:
            fill = line.icon_token if line.filled else None
            draw.icon(line.icon, BOX, y + (h - 16) // 2, 16, line.icon_token, fill)
        whole = line.kind is Kind.TASK
        icon_at, client_at = ICON + self._view.more, CLIENT + self._view.more
        token = "muted" if muted else line.when_token
        weight = MEDIUM if token == "over" else REGULAR
        draw.text(WHEN, y, (icon_at if whole else client_at) - WHEN - 4, h, line.when, token=token, weight=weight)
        if whole and line.icon:
            draw.icon(line.icon, icon_at, y + (h - 16) // 2, 16, line.icon_token)
        client_width = max(CLIENT_LEAST, min(CLIENT_MOST, w * CLIENT_WIDTH))
        token, weight = ("muted", REGULAR) if muted else ("text", SEMIBOLD)
        draw.text(client_at, y, client_width, h, line.client, token=token, weight=weight)
        right = self._right(draw, rect, line)
        x = client_at + client_width + 12
        if right - x > 40:
            room = right - x - 12
            used = min(draw.text(x, y, room, h, line.words, token="muted" if muted else "text"), room)
            if line.notes and room - used > 60:
                draw.text(x + used + 8, y, room - used - 8, h, line.notes, token="muted")

    def _right(self, draw: Draw, rect: QRect, line: Line) -> float:
        """What stands at the right end of a line; where it begins."""
        edge = float(self._view.width() - RIGHT_EDGE)
        if line.chip is not None:
            icon, text, token = line.chip
            x = edge - 8 - (width(text, SMALL, MEDIUM) + 29)
            draw.chip(x, rect.center().y() + 1, text, token=token, tint=f"{token}_tint", icon=icon)
            return x
        areas = self._view.link_areas(line, rect)
        for area, link in zip(areas, line.links, strict=True):
            self._link(draw, area, link.icon, link.text)
        if areas:
            return float(areas[0].x())
        if line.right:
            room = min(width(line.right, SMALL) + 2, (edge - CLIENT) * 0.35)
            draw.text(edge - room, rect.y(), room, rect.height(), line.right, size=SMALL, token="muted", align=RIGHT)
            return edge - room
        return edge

    @staticmethod
    def _box(draw: Draw, y: int, done: bool) -> None:
        if done:
            draw.fill(BOX, y, BOX_SIZE, BOX_SIZE, "done", 4)
            draw.icon("check", BOX + 2, y + 2, 12, "surface")
        else:
            draw.fill(BOX, y, BOX_SIZE, BOX_SIZE, "surface", 4)
            draw.stroke(BOX, y, BOX_SIZE, BOX_SIZE, "control", 4)


class TodayList(QListView):
    """The list and what the mouse and the keyboard do in it. All signals carry the line they are about."""

    ticked = Signal(object)
    pressed_link = Signal(object, str)  # the line, the link's name
    folded = Signal(object)
    opened = Signal(object)
    turned = Signal(object, bool)  # another line is current; True: by a click or an arrow of the keyboard
    beside = Signal(bool)  # the inspector is wanted, or not

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.model_ = TodayModel()
        self.asking: int | None = None
        self.hovered: tuple[str, int] | None = None
        self.more = 0  # pixels by which the columns stand further right
        self._changing = False
        self._ahead = TypeAhead()
        self.setModel(self.model_)
        self._delegate = _Delegate(kit, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW)
        kit.look.changed.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self._turned)

    # lines -----------------------------------------------------------------------------------------
    def show_lines(self, lines: Sequence[Line], asking: int | None) -> None:
        """Other lines; the current one stays, or the nearest task below it takes its place."""
        before = self.current()
        row = self.currentIndex().row()
        relaid = asking != self.asking
        self.asking = asking
        days = (line.when for line in lines if line.kind is Kind.TASK)
        self.more = max(0, int(max((width(text, BODY, MEDIUM) for text in days), default=0)) - WHEN_ROOM)
        self._changing = True  # a row that goes moves the current one: nobody is told before the lines are whole
        try:
            self.model_.set(lines)
            if relaid:
                self.scheduleDelayedItemsLayout()
            place = self.model_.row_of(before.key) if before is not None else -1
            if place < 0:
                place = self._nearest(max(row, 0))
            if place >= 0 and place != self.currentIndex().row():
                self.setCurrentIndex(self.model_.index(place))
        finally:
            self._changing = False
        current = self.current()
        if current is not None and (before is None or current.key != before.key):
            QTimer.singleShot(0, self, self._tell_current)  # after whoever shows these lines has shown all of them
        self.viewport().update()

    def _tell_current(self) -> None:
        line = self.current()
        if line is not None:
            self.turned.emit(line, False)

    def _nearest(self, row: int) -> int:
        """The line that can be worked on, from this one down, else up; -1: none."""
        lines = self.model_.lines
        below = [n for n in range(min(row, len(lines)), len(lines)) if lines[n].kind not in (Kind.HEAD, Kind.NOW)]
        above = [n for n in range(min(row, len(lines))) if lines[n].kind not in (Kind.HEAD, Kind.NOW)]
        return below[0] if below else above[-1] if above else -1

    def current(self) -> Line | None:
        """The line the keyboard is on."""
        row = self.currentIndex().row()
        return self.model_.lines[row] if 0 <= row < len(self.model_.lines) else None

    def chosen(self) -> list[Line]:
        """The selected lines that are tasks, in their order; else the current one."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        lines = [self.model_.lines[row] for row in rows if row < len(self.model_.lines)]
        tasks = [line for line in lines if line.task is not None]
        current = self.current()
        return tasks or ([current] if current is not None and current.task is not None else [])

    def go_to(self, key: tuple[str, int]) -> bool:
        """Makes a line current and visible; whether it is there."""
        row = self.model_.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.model_.index(row))
            self.scrollTo(self.model_.index(row))
        return row >= 0

    def index_of_task(self, task_id: int) -> QModelIndex:
        """Where a task stands."""
        row = self.model_.row_of(("task", task_id))
        return self.model_.index(row) if row >= 0 else QModelIndex()

    def link_areas(self, line: Line, rect: QRect) -> list[QRect]:
        """Where the links of a line are painted, left to right, the last one ending at the right edge."""
        right = self.width() - RIGHT_EDGE
        found: list[QRect] = []
        top = rect.y() + (12 if line.kind is Kind.HEAD else 0)
        high = 24 if line.kind is Kind.HEAD else rect.height()
        for link in reversed(line.links):
            wide = int(width(link.text, BODY)) + 2 + (24 if link.icon else 0)
            found.append(QRect(right - wide, top, wide, high))
            right -= wide + (44 if line.kind is Kind.HEAD else 16)
        return found[::-1]

    # the mouse -------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            line, at = self.model_.lines[index.row()], event.position().toPoint()
            if self._hit(line, index, at):
                event.accept()
                return
        super().mousePressEvent(event)
        current = self.current()
        if index.isValid() and current is not None:
            self.turned.emit(current, True)

    def _hit(self, line: Line, index: QModelIndex, at: QPoint) -> bool:
        rect = self.visualRect(index)
        for area, link in zip(self.link_areas(line, rect), line.links, strict=True):
            if area.adjusted(-MOST_AHEAD // 2, 0, MOST_AHEAD // 2, 0).contains(at):
                self.setCurrentIndex(index)
                self.pressed_link.emit(line, link.name)
                return True
        if line.kind is Kind.HEAD:
            self.setCurrentIndex(index)
            self.folded.emit(line)
            return True
        if line.task is not None and at.x() < WHEN - 4:
            self.setCurrentIndex(index)
            self.ticked.emit(line)
            return True
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self.model_.lines[index.row()] if index.isValid() else None
        key = line.key if line is not None and line.kind is not Kind.HEAD else None
        if key != self.hovered:
            self.hovered = key
            self.viewport().update()
        hand = line is not None and (
            line.kind is Kind.HEAD
            or (line.task is not None and at.x() < WHEN - 4)
            or any(area.contains(at) for area in self.link_areas(line, self.visualRect(index)))
        )
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        self.hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        line = self.current()
        if line is not None and line.kind is not Kind.HEAD and event.position().x() >= WHEN:
            self.opened.emit(line)

    # the keyboard ----------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        line = self.current()
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if line is not None and plain:
            if key == Qt.Key.Key_Space and line.kind is Kind.TASK:
                self.ticked.emit(line)
                return
            if line.kind is Kind.HEAD and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.folded.emit(line)
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(line)
                return
            if key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
                if line.kind is Kind.HEAD:
                    if line.folded == (key == Qt.Key.Key_Right):
                        self.folded.emit(line)
                else:
                    self.beside.emit(key == Qt.Key.Key_Right)
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: D102
        lines = self.model_.lines
        texts = ["" if line.kind in (Kind.HEAD, Kind.NOW) else line.client or line.words for line in lines]
        row = self._ahead.row(search, texts, self.currentIndex().row())
        if row >= 0:
            self.go_to(lines[row].key)

    def _turned(self, now: QModelIndex, before: QModelIndex) -> None:
        if not self._changing:
            self._tell_current()

    def ask_in(self, task_id: int, make: Callable[[], QWidget]) -> None:
        """Puts the question into its line, if it is not there yet."""
        index = self.index_of_task(task_id)
        if index.isValid() and self.indexWidget(index) is None:
            holder, question = QWidget(), make()
            room = QVBoxLayout(holder)  # inset like the ring of a line
            bar = self.width() - self.viewport().width()
            room.setContentsMargins(INSET, 4, RING_EDGE - bar, 4)
            room.addWidget(question)
            self.setIndexWidget(index, holder)
            self.executeDelayedItemsLayout()
            self.scrollTo(index)
            question.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_question(self, task_id: int) -> None:
        """Takes the question away."""
        index = self.index_of_task(task_id)
        if index.isValid() and self.indexWidget(index) is not None:
            self.setIndexWidget(index, None)  # type: ignore[arg-type]
