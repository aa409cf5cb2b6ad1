"""The rail of clients without a plan: carried to a day by the mouse or the keys, planned by a form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.unplanned import Lack, Unplanned
from crmdesk.services import content
from crmdesk.system.i18n import NBSP, Words
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry, Source
from crmdesk.ui.calendar.entries_model import Index
from crmdesk.ui.calendar.keys import CARRY_KEYS, ENTER
from crmdesk.ui.calendar.rail_presenter import Head, Line, More, RailOffice, RailPresenter, RailState, carried_of
from crmdesk.ui.calendar.state import CalendarState, Carried
from crmdesk.ui.changes import Change
from crmdesk.ui.error_texts import told
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw, wrap
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import LEAD_SMALL, MARGIN, REGULAR, ROW, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas, tip
from crmdesk.ui.widgets.type_ahead import TypeAhead

WIDE, TOP, GROUP, FOOT = 232, 44, 38, 80
MOVERS = frozenset({"tasks", "interactions", "clients", "orders", "plans"})
SEGMENTS = {Lack.VISIT: "VVV", Lack.CALL: "CCC"}


class _Lines(QAbstractListModel):
    """The lines of the rail, spoken."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.lines: tuple[Line, ...] = ()

    def set(self, lines: tuple[Line, ...]) -> None:
        """Shows these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.lines[index.row()], Head):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, words = self.lines[index.row()], self._kit.words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(words, line)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Unplanned):
            return tip(spoken(words, line))
        return None


class _Row(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: _Lines) -> None:
        super().__init__()
        self._kit = kit
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head = isinstance(self._model.lines[index.row()], Head)
        return QSize(WIDE - 2, (GROUP if index.row() else GROUP - 4) if head else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        draw, words = Draw(painter, self._kit.look), self._kit.words
        rect: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        line = self._model.lines[index.row()]
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        if isinstance(line, Head):
            if index.row():
                draw.across(x + MARGIN, y + 4, w - 2 * MARGIN)
            top = y + h - ROW
            draw.text(x + MARGIN, top, w - 2 * MARGIN, ROW, group(words, line), size=SMALL, token="muted")
            return
        if flags & QStyle.StateFlag.State_Selected:
            draw.fill(x + 8, y, w - 16, h, "primary_tint", 6)
        elif flags & QStyle.StateFlag.State_MouseOver:
            draw.fill(x + 8, y, w - 16, h, "hover", 6)
        if flags & QStyle.StateFlag.State_HasFocus:
            draw.ring(x + 8, y, w - 16, h)
        if isinstance(line, More):
            draw.text(x + MARGIN, y, w - 2 * MARGIN, h, spoken(words, line), token="primary")
            return
        draw.icon("grip-vertical", x + MARGIN - 3, y + (h - 13) // 2, 13)
        text, right = waits(words, line), x + w - MARGIN
        weight, token = (SEMIBOLD, "over") if line.is_grave else (REGULAR, "muted")
        used = int(width(text, SMALL, weight))
        draw.text(right - used, y, used, h, text, size=SMALL, weight=weight, token=token, align=RIGHT)
        if line.is_grave:
            draw.icon("circle-alert", right - used - 18, y + (h - 13) // 2, 13, "over")
            used += 18
        left = x + MARGIN + 16
        draw.text(left, y, right - used - 8 - left, h, name(line), weight=SEMIBOLD)


class _List(QListView):
    """The clients; the arrows skip the heads of the groups."""

    entered_row = Signal(object)  # Enter on a line
    carried = Signal(object)  # the key that takes one up
    asked_menu = Signal(object, object)  # a line, where

    def __init__(self, kit: Kit, model: _Lines, source: Source, carry_out: Callable[[Unplanned], Carried]) -> None:
        super().__init__()
        self._lines = model
        self._source = source
        self._carry_out = carry_out
        self._ahead = TypeAhead()
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delegate = _Row(kit, model)
        self.setItemDelegate(self.delegate)

    def line_at(self, point: QPoint) -> Line | None:
        """The line under a place."""
        index = self.indexAt(point)
        return self._lines.lines[index.row()] if index.isValid() else None

    @property
    def chosen(self) -> Line | None:
        """The line that is chosen."""
        index = self.currentIndex()
        return self._lines.lines[index.row()] if index.isValid() and index.row() < len(self._lines.lines) else None

    def keyboardSearch(self, search: str) -> None:
        lines = self._lines.lines
        texts = [line.client if isinstance(line, Unplanned) else "" for line in lines]
        row = self._ahead.row(search, texts, self.currentIndex().row())
        if row >= 0:
            self.setCurrentIndex(self._lines.index(row, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().toPoint())
        if isinstance(line, Head):
            return
        super().mousePressEvent(event)
        self._source.press(event, self._carry_out(line) if isinstance(line, Unplanned) else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._source.move(event) and not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._source.release():
            return
        super().mouseReleaseEvent(event)
        line = self.line_at(event.position().toPoint())
        if isinstance(line, More) and event.button() == Qt.MouseButton.LeftButton:
            self.entered_row.emit(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(event.position().toPoint())
        if isinstance(line, Unplanned):
            self.entered_row.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.chosen is not None:
            self.entered_row.emit(self.chosen)
        elif event.text() and event.text() in CARRY_KEYS and isinstance(self.chosen, Unplanned):
            self.carried.emit(self.chosen)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._walk(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> None:
        rows = [n for n, line in enumerate(self._lines.lines) if not isinstance(line, Head)]
        if not rows:
            return
        here = self.currentIndex().row()
        found = {
            Qt.Key.Key_Home: rows[0],
            Qt.Key.Key_End: rows[-1],
            Qt.Key.Key_Up: max((n for n in rows if n < here), default=rows[0]),
            Qt.Key.Key_Down: min((n for n in rows if n > here), default=rows[-1]),
        }[key]
        self.setCurrentIndex(self._lines.index(found, 0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if isinstance(self.chosen, Unplanned):
            self.asked_menu.emit(self.chosen, event.globalPos())


class UnplannedRail(QWidget):
    """232 pixels beside the calendar's panes."""

    planned = Signal(object)  # a Carried: asks for a form with its day
    taken_up = Signal(object)  # a Carried: to be carried by the keys
    wanted_client = Signal(int)

    def __init__(self, kit: Kit, office: RailOffice, carry: Carry) -> None:
        super().__init__()
        self._kit = kit
        self._stale = False
        self.setFixedWidth(WIDE)
        self._state = RailState()
        self.lines = _Lines(kit)
        self.list = _List(kit, self.lines, Source(carry), self._carried)
        self.list.entered_row.connect(self._enter)
        self.list.carried.connect(lambda row: self.taken_up.emit(self._carried(row)))
        self.list.asked_menu.connect(self._open_menu)
        self.head = Canvas(kit, self._draw_head)
        self.head.setFixedHeight(TOP)
        self.note = Canvas(kit, self._draw_note)
        self.foot = Canvas(kit, self._draw_foot)
        self.foot.setFixedHeight(FOOT)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.note, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        self.presenter = RailPresenter(self._tell, kit.runner, office)
        self.setFocusProxy(self.list)
        kit.changes.changed.connect(self._changed)
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self.list.viewport().update)
        self.retranslate()

    # state -------------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Says everything anew."""
        self.list.setAccessibleName(self._kit.words.gettext("Clients without a plan"))
        self._tell(self.presenter.state)

    def show_state(self, state: CalendarState) -> None:
        """The calendar's state: whose it is, and which month."""
        if state.people:
            self.presenter.of(state.whose, state.day)

    def _tell(self, state: RailState) -> None:
        before, self._state = self._state, state
        lines = state.lines
        if lines != self.lines.lines or before.rail is not state.rail:
            chosen = self.list.chosen
            self.lines.set(lines)
            if chosen in lines:
                self.list.setCurrentIndex(self.lines.index(lines.index(chosen), 0))
        self.list.setVisible(bool(lines))
        self.note.setVisible(not lines)
        self.foot.setVisible(state.plan is not None)
        self.note.setAccessibleName(self._note())
        plan = state.plan
        self.foot.setAccessibleName(" ".join(self._plan()) if plan is not None else "")
        for canvas in (self.head, self.note, self.foot):
            canvas.update()
        self.list.viewport().update()

    def _changed(self, change: Change) -> None:
        if not change.nouns & MOVERS:
            return
        if self.isVisible():
            self.presenter.load()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.presenter.load()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        free = self.height() - TOP - FOOT - len(Lack) * GROUP - ROW - 8
        self.presenter.has_room(max(3, free // ROW))

    # verbs -------------------------------------------------------------------------------------------
    def _carried(self, row: Unplanned) -> Carried:
        title = self._kit.words.gettext("Reprint: {product}", product=row.product) if row.product else ""
        return carried_of(row, title)

    def _enter(self, line: Line) -> None:
        if isinstance(line, More):
            self.presenter.fold(unfolded=bool(line.count))
        elif isinstance(line, Unplanned):
            self.planned.emit(self._carried(line))

    def _open_menu(self, row: Unplanned, place: QPoint) -> None:
        words = self._kit.words
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, press in (
            (words.gettext("Plan on a day…"), lambda: self.planned.emit(self._carried(row))),
            (words.gettext("Carry to a day by the keys"), lambda: self.taken_up.emit(self._carried(row))),
            (words.gettext("Open the card"), lambda: self.wanted_client.emit(row.client_id)),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, do=press: do())
        menu.popup(place)

    # drawing -----------------------------------------------------------------------------------------
    def _draw_head(self, draw: Draw, w: int, h: int) -> None:
        words = self._kit.words
        used = draw.text(MARGIN, 0, 0, h, words.gettext("Without a plan"), weight=SEMIBOLD)
        room = w - 2 * MARGIN - used - 12
        hint = words.gettext("drag to a day")
        if width(hint, SMALL) <= room:
            draw.text(w - MARGIN - room, 0, room, h, hint, size=SMALL, token="muted", align=RIGHT)
        draw.across(MARGIN, h - 1, w - 2 * MARGIN)

    def _note(self) -> str:
        words, state = self._kit.words, self._state
        if state.error is not None and state.rail is None:
            return told(state.error, words)
        if state.rail is None:
            return words.gettext("Looking who has no plan…")
        return words.gettext("Nobody waits for a visit, a call or a reprint.")

    def _draw_note(self, draw: Draw, w: int, h: int) -> None:
        broken = self._state.error is not None and self._state.rail is None
        for number, line in enumerate(wrap(self._note(), w - 2 * MARGIN, SMALL, REGULAR, 6)):
            y = 12 + number * LEAD_SMALL
            draw.text(MARGIN, y, 0, LEAD_SMALL, line, size=SMALL, token="over" if broken else "muted")

    def _plan(self) -> tuple[str, str]:
        words, plan = self._kit.words, self._state.plan
        if plan is None:
            return "", ""
        month = words.month_name(self._state.month % 100)
        counts = words.gettext("visits {done} of {planned}", done=plan.done, planned=plan.planned)
        return words.gettext("Plan and fact, {month}", month=month), counts

    def _draw_foot(self, draw: Draw, w: int, h: int) -> None:
        plan = self._state.plan
        if plan is None:
            return
        month, counts = self._plan()
        kept = plan.done >= plan.planned
        draw.across(MARGIN, 0, w - 2 * MARGIN)
        draw.text(MARGIN, 8, w - 2 * MARGIN, 20, month, size=SMALL, token="muted")
        draw.icon("circle-check" if kept else "map-pin", MARGIN, 33, 16, "done" if kept else "muted")
        draw.text(MARGIN + 24, 31, w - 2 * MARGIN - 24, 20, counts)
        draw.bar(MARGIN, 56, w - 2 * MARGIN, 6, plan.done / plan.planned)

    def paintEvent(self, event: object) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        draw.fill(0, 0, self.width(), self.height(), "surface")
        draw.down(0, 0, self.height())
        painter.end()


def name(row: Unplanned) -> str:
    """«Днепр-Мебель»; of a reprint «Пекарня: этикетка», the product without its particulars."""
    client = say.short_name(row.client)
    product = row.product.partition(",")[0]
    return f"{client}: {product[:1].lower()}{product[1:]}" if product else client


def waits(words: Words, row: Unplanned) -> str:
    """«47 дн.»; of a reprint «≈ 2 нед.»."""
    if row.lack is Lack.REPRINT:
        text = words.gettext("≈ {n} wk", n=row.weeks) if row.weeks else words.gettext("now")
    elif row.days is None:
        text = words.gettext("never yet")
    else:
        text = words.gettext("{n} d", n=words.number(row.days))
    return text.replace(" ", NBSP)


def group(words: Words, head: Head) -> str:
    """«ВВВ: нет визита 30 дней»."""
    if head.lack is Lack.REPRINT:
        return words.gettext("Time to reprint")
    segment = content.entries("action_segment")[SEGMENTS[head.lack]].short(words.lang)
    if head.lack is Lack.VISIT:
        return words.ngettext(
            "{segment}: no visit for {n} day", "{segment}: no visit for {n} days", head.norm_days, segment=segment
        )
    return words.ngettext(
        "{segment}: no call for {n} day", "{segment}: no call for {n} days", head.norm_days, segment=segment
    )


def spoken(words: Words, line: Line) -> str:
    """A line for those who cannot see it, and its tooltip."""
    if isinstance(line, Head):
        return group(words, line)
    if isinstance(line, More):
        if not line.count:
            return words.gettext("Show fewer")
        return words.ngettext("{n} more client", "{n} more clients", line.count)
    parts = [line.client, line.product, waits(words, line)]
    if line.lack is not Lack.REPRINT and line.norm_days:
        parts.append(words.ngettext("norm: every {n} day", "norm: every {n} days", line.norm_days))
    return ", ".join(part for part in parts if part)
