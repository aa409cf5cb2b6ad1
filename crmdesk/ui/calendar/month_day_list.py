"""Everything of one day in a small list over the month, where a cell has no room for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, Mark, mark_of
from crmdesk.system.i18n import NBSP, Words
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry, Source
from crmdesk.ui.calendar.entries_model import EntriesModel, Index
from crmdesk.ui.calendar.keys import ENTER, moves
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, carried_of
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import REGULAR, ROW, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Label

WIDE, MOST = 380, 12  # pixels; rows before it scrolls
CLIENT = 170  # of a row, pixels


class DayRow(QStyledItemDelegate):
    """A row: its sign, the time, the client, what it is about."""

    def __init__(self, kit: Kit, model: EntriesModel, state: Callable[[], CalendarState]) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._state = state

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: D102
        return QSize(WIDE - 20, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        draw, state = Draw(painter, self._kit.look), self._state()
        rect: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        entry = self._model.entries[index.row()]
        chosen = bool(flags & QStyle.StateFlag.State_Selected)
        focused = bool(flags & QStyle.StateFlag.State_HasFocus)
        names = {user.id: user.name.split(" ")[0] for user in state.people} if state.whose is None else {}
        draw_row(
            draw, self._kit, entry, state.today, rect, chosen=chosen, focused=focused,
            who=names.get(entry.manager_id or 0, ""),
        )  # fmt: skip


def draw_row(
    draw: Draw, kit: Kit, entry: Entry, today: date, rect: QRect, *, chosen: bool, focused: bool, who: str = ""
) -> None:
    """One entry over the whole width of a list, columns as on Today."""
    words, mark = kit.words, mark_of(entry, today)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if chosen:
        draw.fill(x + 4, y, w - 8, h, "primary_tint", 6)
    if focused:
        draw.ring(x + 4, y, w - 8, h)
    name, token = say.icon(entry, mark)
    done = mark is Mark.DONE
    draw.text(x + 14, y, 40, h, say.clock(entry.time) if entry.time is not None else "", size=SMALL, token="muted")
    draw.icon(name, x + 56, y + (h - 16) // 2, 16, token)
    text = "over" if mark is Mark.BROKEN else "muted" if done else "text"
    room = w - 80 - 16
    for said, weight, ink in ((*_standing(words, entry, mark, today),), (who, REGULAR, "muted")):
        if said:
            used = int(width(said, SMALL, weight)) + 1
            draw.text(x + 80 + room - used, y, used, h, said, size=SMALL, weight=weight, token=ink)
            room -= used + 12
    client = min(CLIENT if room < 500 else 2 * CLIENT - 60, room)
    draw.text(x + 80, y, client, h, say.name(words, entry), weight=REGULAR if done else SEMIBOLD, token=text)
    if room - client > 30:
        matter = say.matter(words, entry)
        draw.text(x + 80 + client + 8, y, room - client - 8, h, matter, token="muted" if done else "text")


def _standing(words: Words, entry: Entry, mark: Mark, today: date) -> tuple[str, int, str]:
    """The words at the row's end: how many days it waits, that it is promised; their weight and colour."""
    if mark in (Mark.LEFT, Mark.BROKEN):
        late = words.gettext("{n} d", n=words.number((today - entry.day).days)).replace(" ", NBSP)
        return (late, SEMIBOLD, "over") if mark is Mark.BROKEN else (late, REGULAR, "today")
    return (words.gettext("promised"), REGULAR, "prom") if mark is Mark.PROMISE else ("", REGULAR, "muted")


class _Rows(QListView):
    """The rows; pressed and pulled, one of them is carried off."""

    def __init__(self, source: Source, entry_at: Callable[[QPoint], Entry | None], away: Callable[[], None]) -> None:
        super().__init__()
        self._source = source
        self._entry_at = entry_at
        self._away = away

    def mousePressEvent(self, event: QMouseEvent) -> None:
        entry = self._entry_at(event.position().toPoint())
        self._source.press(event, carried_of(entry) if entry is not None and entry.movable else None)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._source.move(event):
            self._away()
        elif not event.buttons():
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._source.release():
            super().mouseReleaseEvent(event)


class DayList(QFrame):
    """The list of a day; Enter or a press chooses an entry, pressing twice opens it, Esc closes. What is pulled out of
    it, or moved by the calendar's keys, is moved in the month."""

    def __init__(
        self,
        kit: Kit,
        presenter: CalendarPresenter,
        grid: QWidget,
        choose: Callable[[Entry], None],
        open_entry: Callable[[Entry], None],
        carry: Carry,
    ) -> None:
        super().__init__(grid.window())
        self._kit = kit
        self._grid = grid
        self._presenter = presenter
        self._take = choose
        self._open_entry = open_entry
        self._state = presenter.state
        self.day = presenter.state.day
        self.setObjectName("popup")
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(14)
        shadow.setOffset(0, 4)
        shade = QColor(kit.look.tokens.shadow)
        shade.setAlpha(26)
        shadow.setColor(shade)
        self.setGraphicsEffect(shadow)
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(4)
        self.heading = Label(kit, "", "strong")
        self.heading.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self.heading)
        self.entries = EntriesModel(kit)
        self.rows = _Rows(Source(carry), self._entry_at, self._make_way)
        carry.over.connect(self._carried)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setModel(self.entries)
        self.rows.setUniformItemSizes(True)
        self._row = DayRow(kit, self.entries, lambda: self._state)
        self.rows.setItemDelegate(self._row)
        self.rows.clicked.connect(self._choose)
        self.rows.doubleClicked.connect(self._open)
        self.rows.installEventFilter(self)
        column.addWidget(self.rows)

    def open(self, day: date, over: QRect) -> None:
        """Shows a day over its cell (a rectangle of the grid's viewport), inside the window."""
        self.day = day
        self.show_state(self._presenter.state)
        window = self._grid.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        count = max(1, min(MOST, len(self.entries.entries)))
        self.resize(WIDE, count * ROW + self.heading.sizeHint().height() + 24)
        corner = self._grid.mapTo(window, over.topLeft())
        self.move(
            max(0, min(corner.x(), window.width() - self.width() - 8)),
            max(0, min(corner.y(), window.height() - self.height() - 8)),
        )
        self.show()
        self.raise_()
        self.rows.setFocus(Qt.FocusReason.PopupFocusReason)

    def _entry_at(self, place: QPoint) -> Entry | None:
        index = self.rows.indexAt(place)
        return self.entries.entries[index.row()] if index.isValid() else None

    def _make_way(self) -> None:
        """Something of it is carried: it lies beyond the window, for hidden it would no longer hold the mouse."""
        self.move(0, -2 * self.height())

    def _carried(self) -> None:
        if self.isVisible() and self.y() < 0:
            self.close_list()

    def close_list(self) -> None:
        """Goes away; the keys are the month's again."""
        self.hide()
        self._grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_state(self, state: CalendarState) -> None:
        """The presenter's state: the day may have changed meanwhile."""
        words = self._kit.words
        self._state = state
        ordered = calendar.gravest_first(state.by_day.get(self.day, ()), state.today)
        self.entries.set([self.day], {self.day: ordered}, state.today)
        self.heading.setText(say.capital(f"{words.weekday_name(self.day.weekday())}, {words.day_month(self.day)}"))
        self.rows.setAccessibleName(self.heading.text())
        if not ordered:
            self.hide()
            return
        row = self.entries.rows.get(state.selected, 0) if state.selected is not None else 0
        self.rows.setCurrentIndex(self.entries.index(row, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(Qt.Key(event.key())) or self._pass_on(event)
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(
                event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F2, *ENTER)
                or moves(event)
                and self._movable() is not None
            )
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def _press(self, key: Qt.Key) -> bool:
        index = self.rows.currentIndex()
        if key in ENTER:
            self._choose(index)
        elif key == Qt.Key.Key_F2:
            self._open(index)
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        else:
            return False
        return True

    def _movable(self) -> Entry | None:
        index = self.rows.currentIndex()
        entry = self.entries.entries[index.row()] if index.isValid() else None
        return entry if entry is not None and entry.movable else None

    def _pass_on(self, event: QKeyEvent) -> bool:
        """A key that moves what is chosen is the month's: there one sees where it goes."""
        entry = self._movable()
        if entry is None or not moves(event):
            return False
        self.close_list()
        self._presenter.select(entry.key)
        self._grid.keyPressEvent(event)
        return True

    def _choose(self, index: Index) -> None:
        if index.isValid():
            self.close_list()
            self._take(self.entries.entries[index.row()])

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.close_list()
            self._open_entry(self.entries.entries[index.row()])
