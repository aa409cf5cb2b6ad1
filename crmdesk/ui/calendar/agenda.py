"""The list: four weeks day after day, as rows like Today's. Its first and last lines lead to the weeks around."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, Key, What, mark_of
from crmdesk.domain.holidays import is_working
from crmdesk.system.i18n import Words
from crmdesk.ui.calendar import keys
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.entries_model import Index
from crmdesk.ui.calendar.entry_drawing import dash, draw_ghost, draw_note
from crmdesk.ui.calendar.month_day_list import draw_row
from crmdesk.ui.calendar.pane import DaysPane
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Phase, Slot, carried_of
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MARGIN, ROW, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import tip

HEAD = 40  # of a day
LOAD = 120  # pixels at the right of a day's head
GHOST = 200  # of what is carried over a day


@dataclass(frozen=True)
class DayHead:
    """The head of a day. `empty`: nothing lies on it, so it stands alone."""

    day: date
    empty: bool = False


@dataclass(frozen=True)
class Turn:
    """A line that leads to the weeks before (-1) or after (1)."""

    step: int


Line = DayHead | Entry | Turn


def lines_of(state: CalendarState) -> tuple[Line, ...]:
    """The days that have something, and today; with the lines that lead on. Nothing before the first answer."""
    if state.page is None or state.phase is Phase.LOADING:
        return ()
    lines: list[Line] = [Turn(-1)]
    for day in state.days.all():
        entries = state.by_day.get(day, ())
        if entries or day == state.today or day in state.days_off or (state.slot is not None and state.slot.day == day):
            lines += [DayHead(day, not entries), *entries]
    return (*lines, Turn(1))


class AgendaModel(QAbstractListModel):
    """The lines, spoken."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.lines: tuple[Line, ...] = ()
        self.rows: dict[Key, int] = {}
        self.heads: dict[date, int] = {}
        self._state: CalendarState | None = None

    def set(self, state: CalendarState) -> None:
        """Shows the lines of a state."""
        self.beginResetModel()
        self._state = state
        self.lines = lines_of(state)
        # an Entry is a tuple: told from the others first
        self.rows = {line.key: n for n, line in enumerate(self.lines) if isinstance(line, Entry)}
        self.heads = {line.day: n for n, line in enumerate(self.lines) if isinstance(line, DayHead)}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid() or index.row() >= len(self.lines) or self._state is None:
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self._kit.words, line, self._state)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Entry):
            return tip(spoken(self._kit.words, line, self._state))
        return None


class AgendaRow(QStyledItemDelegate):
    """Draws a line."""

    def __init__(self, kit: Kit, model: AgendaModel, view: AgendaList) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: D102
        return QSize(200, HEAD if isinstance(self._model.lines[index.row()], DayHead) else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102
        draw, state, words = Draw(painter, self._kit.look), self._view.shown, self._kit.words
        rect: QRect = option.rect
        flags: QStyle.StateFlag = option.state
        line = self._model.lines[index.row()]
        focused = bool(flags & QStyle.StateFlag.State_HasFocus)
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        if isinstance(line, Entry):
            away = state.ghost is not None and state.ghost.carried.task is not None
            if away and state.ghost is not None and state.ghost.carried.task == line:
                painter.setOpacity(0.4)
            names = {user.id: user.name.split(" ")[0] for user in state.people} if state.whose is None else {}
            draw_row(
                draw, self._kit, line, state.today, rect, chosen=line.key == state.selected,
                focused=focused, who=names.get(line.manager_id or 0, ""),
            )  # fmt: skip
            painter.setOpacity(1)
        elif isinstance(line, Turn):
            text = spoken(words, line, state)
            icon = "chevron-up" if line.step < 0 else "chevron-down"
            draw.icon(icon, x + MARGIN, y + (h - 14) // 2, 14, "primary")
            draw.text(x + MARGIN + 22, y, w - 2 * MARGIN - 22, h, text, token="primary")
            if focused:
                draw.ring(x + 8, y, w - 16, h)
        else:
            self._paint_head(draw, line, rect, focused=focused)

    def _paint_head(self, draw: Draw, line: DayHead, rect: QRect, *, focused: bool) -> None:
        state, words = self._view.shown, self._kit.words
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        today, holiday = line.day == state.today, state.days_off.get(line.day)
        free = not is_working(line.day, holiday)
        draw.across(x + MARGIN, y + h - 1, w - 2 * MARGIN)
        token = "primary" if today else "muted" if free else "text"
        top, high = y + 8, h - 10
        left = x + MARGIN
        name = day_name(words, line.day, state.today)
        left += int(draw.text(left, top, 0, high, name, weight=SEMIBOLD, token=token)) + 10
        load = say.load(words, state.loads.get(line.day, 0), state.norm)
        over = bool(state.norm) and state.loads.get(line.day, 0) > state.norm
        right = x + w - MARGIN
        if load:
            used = width(load, SMALL)
            draw.text(right - LOAD, top, LOAD, high, load, size=SMALL, token="today" if over else "muted", align=RIGHT)
            if over:
                draw.icon("triangle-alert", int(right - used - 18), top + (high - 13) // 2, 13, "today")
        count = sum(entry.what != What.BIRTHDAY for entry in state.by_day.get(line.day, ()))
        notes = [words.number(count) if count else words.gettext("nothing on this day") if line.empty else ""]
        notes = [note for note in (*notes, *say.day_names(words.lang, state, line.day)) if note]
        room = right - LOAD - left - 8
        if room > 20:
            draw.text(left, top, room, high, " · ".join(notes), size=SMALL, token="muted")
        if focused:
            draw.ring(x + 8, y + 4, w - 16, h - 6)


class AgendaList(DaysPane):
    """The list of days."""

    def __init__(self, kit: Kit, presenter: CalendarPresenter, carry: Carry) -> None:
        super().__init__(kit, presenter, carry)
        self._press: QPoint | None = None
        self.lines = AgendaModel(kit)
        self.setModel(self.lines)
        self.delegate = AgendaRow(kit, self.lines, self)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(self.Shape.NoFrame)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        kit.look.changed.connect(self.viewport().update)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    # state -------------------------------------------------------------------------------------------
    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        self._state = state
        told = (state.by_day, state.days, state.today, state.days_off, state.slot, state.phase)
        if self._differs(told):
            turned = self._told is None or self._told[1] != state.days
            self._told = told
            place = self.verticalScrollBar().value()
            self.lines.set(state)
            self.verticalScrollBar().setValue(0 if turned else place)
        self._mark_current()
        self._describe()
        self._repaint()

    def _mark_current(self) -> None:
        state = self._state
        row = self.lines.rows.get(state.selected) if state.selected is not None else None
        if row is None:
            row = self.lines.heads.get(state.slot.day if state.slot is not None else state.day)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.lines.index(row, 0))

    # places ------------------------------------------------------------------------------------------
    def line_at(self, point: QPoint) -> Line | None:
        """The line under a place of the viewport."""
        index = self.indexAt(point)
        return self.lines.lines[index.row()] if index.isValid() else None

    def slot_at(self, place: QPoint) -> Slot | None:
        """The day under a place of the screen; what is carried there keeps its own time."""
        line = self.line_at(self.viewport().mapFromGlobal(place))
        if line is None or isinstance(line, Turn):
            return None
        return self._slot_of_carried(line.day)

    def rect_of(self, entry: Entry) -> QRect:
        """Where an entry is on the screen."""
        row = self.lines.rows.get(entry.key)
        rect = self.visualRect(self.lines.index(row, 0)) if row is not None else QRect()
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        ghost = self._state.ghost
        row = self.lines.heads.get(ghost.day) if ghost is not None else None
        if ghost is None or row is None:
            return
        count = len(self._state.by_day.get(ghost.day, ()))
        first, last = (self.visualRect(self.lines.index(n, 0)) for n in (row, row + count))
        painter = QPainter(self.viewport())
        draw = Draw(painter, self._kit.look)
        box = QRectF(first.united(last)).adjusted(8, 2, -8, -1)
        dash(draw, box, "primary", 2)
        small = QRectF(box.right() - LOAD - GHOST, box.y() + 7, GHOST, 24)  # at the right, where rows have no words
        draw_ghost(draw, self._kit.words, ghost, small, self._state.norm)
        draw_note(draw, self._kit.words, ghost, small, QRectF(self.viewport().rect()), self._state.norm, said=False)
        painter.end()

    # the mouse ---------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if not event.buttons() & Qt.MouseButton.LeftButton or self._press is None:
            return
        far = (event.position().toPoint() - self._press).manhattanLength() >= QApplication.startDragDistance()
        line = self.line_at(self._press)
        if isinstance(line, Entry) and far and not self._carry.active:
            self._carry.start(carried_of(line))
        if self._carry.active:
            self._carry.move(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        pressed, self._press = self._press, None
        if self._carry.active:
            self._carry.drop()
            return
        line = self.line_at(pressed) if pressed is not None else None
        if isinstance(line, Entry):
            self._presenter.select(line.key)
            self.pressed_entry.emit(line, self.rect_of(line))
        elif isinstance(line, Turn):
            self._presenter.turn(line.step)
        elif line is not None:
            self._presenter.select_slot(line.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._press = None
        line = self.line_at(event.position().toPoint())
        if isinstance(line, Entry):
            self.opened_entry.emit(line)
        elif isinstance(line, DayHead):
            self.wanted_slot.emit(Slot(line.day))

    # the keys ----------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key, held = Qt.Key(event.key()), event.modifiers() & (keys.ALT | keys.CTRL | keys.SHIFT)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        chosen = self._presenter.chosen
        if step is not None and self._state.ghost is not None:
            self._presenter.nudge(step)
        elif step is not None and held == keys.ALT and chosen is not None:
            self._presenter.move(chosen, step)
        elif step is not None and held == keys.PLAIN:
            self._walk(step)
        elif self._state.ghost is None and held == keys.PLAIN and (key == Qt.Key.Key_Space or key in keys.ENTER):
            self._press_key(key)
        elif not keys.press(self._presenter, event):
            event.ignore()

    def _press_key(self, key: Qt.Key) -> None:
        row = self.currentIndex().row()
        line = self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None
        if isinstance(line, Turn):
            self._presenter.turn(line.step)
        elif isinstance(line, DayHead):
            self.wanted_slot.emit(Slot(line.day))
        elif isinstance(line, Entry) and key == Qt.Key.Key_Space:
            self.pressed_entry.emit(line, self.rect_of(line))
        elif isinstance(line, Entry):
            self.wanted_card.emit(line)

    def _walk(self, step: int) -> None:
        row = self.currentIndex().row() + step
        if not 0 <= row < len(self.lines.lines):
            return
        line = self.lines.lines[row]
        if isinstance(line, Entry):
            self._presenter.select(line.key)
        elif isinstance(line, DayHead):
            self._presenter.select_slot(line.day)
        self.setCurrentIndex(self.lines.index(row, 0))


def day_name(words: Words, day: date, today: date) -> str:
    """«Сегодня, четверг, 26 ноября»; another year is said."""
    name = f"{words.weekday_name(day.weekday())}, {words.day_month(day)}"
    if day.year != today.year:
        name += f" {day.year}"
    return f"{words.gettext('Today')}, {name}" if day == today else say.capital(name)


def spoken(words: Words, line: Line, state: CalendarState) -> str:
    """A line for those who cannot see it."""
    if isinstance(line, Entry):
        return say.spoken(words, line, mark_of(line, state.today))
    if isinstance(line, Turn):
        weeks = calendar.AGENDA_DAYS // 7
        if line.step < 0:
            return words.ngettext("{n} week earlier", "{n} weeks earlier", weeks)
        return words.ngettext("{n} week later", "{n} weeks later", weeks)
    parts = [
        day_name(words, line.day, state.today),
        *say.day_names(words.lang, state, line.day),
        say.load(words, state.loads.get(line.day, 0), state.norm),
        words.gettext("nothing on this day") if line.empty else "",
    ]
    return ", ".join(part for part in parts if part)
