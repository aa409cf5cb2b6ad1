"""The month: six rows of days. Painted, with a model behind it for keys and screen readers."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, mark_of
from crmdesk.domain.holidays import is_working
from crmdesk.ui.calendar import keys
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.entries_model import Index
from crmdesk.ui.calendar.entry_drawing import draw_ghost, draw_line, draw_note
from crmdesk.ui.calendar.month_day_list import DayList
from crmdesk.ui.calendar.month_layout import HEAD, NUMBERS, MonthLayout, laid_out
from crmdesk.ui.calendar.painted import PaintedPane
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Ghost, Slot, carried_of
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import CENTER, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import REGULAR, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas, tip

BAR, BAR_HIGH = 52, 4  # the load of a day: pixels when the cell is wide
LEFT = 10  # of the date in its cell
BARE = 90  # a cell below this width shows no load bar
WEEK = 7


class MonthGrid(PaintedPane):
    """The days of six weeks."""

    def __init__(self, kit: Kit, presenter: CalendarPresenter, carry: Carry) -> None:
        super().__init__(kit, presenter, carry)
        self._press: QPoint | None = None
        self._pressed: Entry | None = None
        self.month: MonthLayout = laid_out((), {}, presenter.state.today, 100, 100)
        self.head = Canvas(kit, self._draw_head)
        self.head.setParent(self)
        self.day_list: DayList | None = None
        self.set_up()
        self.setViewportMargins(0, HEAD, 0, 0)

    # state -------------------------------------------------------------------------------------------
    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        self._state = state
        told = (state.by_day, state.days, state.today)
        if self._differs(told):
            self._told = told
            self.entries.set(state.days.all(), state.by_day, state.today)
            self._lay()
            if self.day_list is not None:
                self.day_list.show_state(state)
        self._mark_current()
        self._describe()
        self._repaint()

    def _spoken_slot(self, slot: Slot) -> str:
        return self._spoken_day(slot.day)

    def _spoken_day(self, day: date) -> str:
        state, words = self._state, self._kit.words
        parts = [
            f"{words.weekday_name(day.weekday())} {words.day_month(day)}",
            *say.day_names(words.lang, state, day),
            words.ngettext("{n} task", "{n} tasks", len(state.by_day[day])) if day in state.by_day else "",
            say.load(words, state.loads.get(day, 0), state.norm),
        ]
        return ", ".join(part for part in parts if part)

    def _lay(self) -> None:
        state = self._state
        size = self.viewport().size()
        self.month = laid_out(state.days.all(), state.by_day, state.today, size.width(), size.height())
        self.head.setGeometry(0, 0, self.width(), HEAD)

    def _repaint(self) -> None:
        self.viewport().update()
        self.head.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._lay()

    # what an item view is asked ----------------------------------------------------------------------
    def visualRect(self, index: Index) -> QRect:  # noqa: D102
        if not index.isValid() or index.row() >= len(self.entries.entries):
            return QRect()
        entry = self.entries.entries[index.row()]
        box = self.month.boxes.get(entry.key)
        if box is None and entry.day in self.month.more:
            box = self.month.more[entry.day][0]
        return box.toRect() if box is not None else QRect()

    def scrollTo(  # noqa: D102
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        return  # everything is seen

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: D102
        entry = self.entry_at(point)
        return self.entries.index(self.entries.rows[entry.key], 0) if entry is not None else QModelIndex()

    def entry_at(self, point: QPoint) -> Entry | None:
        """The entry under a place of the viewport."""
        day = self.month.day_at(point.x(), point.y())
        for entry in self.month.shown.get(day, ()) if day is not None else ():
            if self.month.boxes[entry.key].contains(point.x(), point.y()):
                return entry
        return None

    def verticalOffset(self) -> int:  # noqa: D102
        return 0

    # painting ----------------------------------------------------------------------------------------
    def _draw_head(self, draw: Draw, w: int, h: int) -> None:
        state, words, lefts = self._state, self._kit.words, self.month.lefts
        draw.fill(0, 0, w, h, "surface")
        rooms = [lefts[weekday + 1] - lefts[weekday] - LEFT - 2 for weekday in range(WEEK)]
        names = [say.capital(words.weekday_name(weekday)) for weekday in range(WEEK)]
        fits = [width(name, SMALL, SEMIBOLD) <= room for name, room in zip(names, rooms, strict=True)]
        for weekday, (name, room) in enumerate(zip(names, rooms, strict=True)):
            if not all(fits[5:] if weekday >= 5 else fits[:5]):  # neighbours of one width are said alike
                name = say.capital(words.weekday_short(weekday))
            here = state.today in state.days and state.today.weekday() == weekday
            draw.text(
                lefts[weekday] + LEFT, 0, room, h - 1, name, size=SMALL,
                weight=SEMIBOLD if here else REGULAR, token="primary" if here else "muted",
            )  # fmt: skip
        draw.across(0, h - 1, w)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self.viewport())
        draw = Draw(painter, self._kit.look)
        room = self.viewport().rect()
        draw.fill(0, 0, room.width(), room.height(), "surface")
        for week in range(calendar.MONTH_WEEKS if self.month.days else 0):
            top, high = self.month.tops[week], self.month.tops[week + 1] - self.month.tops[week]
            number = str(calendar.week_number(self.month.days[week * WEEK]))
            draw.text(0, top + 5, NUMBERS, 20, number, size=SMALL, token="muted", align=CENTER)
            for day in self.month.days[week * WEEK : week * WEEK + WEEK]:
                self._paint_day(draw, day)
            if week:
                draw.across(0, top, room.width())
            for left in self.month.lefts[:WEEK]:
                draw.down(left, top, high)
        self._paint_entries(draw)
        self._paint_ghosts(draw, QRectF(room))
        if self.hasFocus() and self._state.selected is None and self._state.ghost is None:
            cell = self.month.cell(self._presenter.place.day)
            if cell is not None:
                draw.ring(cell.x() + 1, cell.y() + 1, cell.width() - 1, cell.height() - 1, 4)
        painter.end()

    def _paint_day(self, draw: Draw, day: date) -> None:
        state, words = self._state, self._kit.words
        cell = self.month.cell(day)
        if cell is None:
            return
        x, y, w, h = cell.x(), cell.y(), cell.width(), cell.height()
        holiday = state.days_off.get(day)
        inside = day.month == state.day.month
        if day == state.today:
            draw.painter.setOpacity(0.5)
            draw.fill(x, y, w, h, "primary_tint")
            draw.painter.setOpacity(1)
        elif not is_working(day, holiday):
            draw.fill(x, y, w, h, "sunken")
        middle = y + 14
        if day == state.today:
            draw.fill(x + 5, middle - 10, 24, 20, "primary", 10)
            draw.text(x + 5, middle - 10, 24, 20, str(day.day), weight=SEMIBOLD, token="on_primary", align=CENTER)
            end = x + 34
        else:
            text = str(day.day)
            if day.day == 1 and not inside and w >= BARE:
                text = words.day_month_short(day)
            weight, token = (SEMIBOLD, "text") if inside else (REGULAR, "muted")
            if inside and not is_working(day, holiday):
                token = "muted"
            end = x + LEFT + draw.text(x + LEFT, middle - 10, 0, 20, text, weight=weight, token=token)
        right = self._paint_load(draw, day, x + w - 8, middle) if w >= BARE else x + w - 4
        if holiday is not None and right - end > 24:
            draw.text(
                end + 6, middle - 10, right - end - 10, 20, holiday.short(words.lang), size=SMALL,
                token="today" if holiday.off else "muted",
            )  # fmt: skip

    def _paint_load(self, draw: Draw, day: date, right: float, middle: float) -> float:
        """The bar of a day's load: full at the norm; above it a notch shows where the norm ends. Its left edge."""
        load, norm = self._state.loads.get(day, 0), self._state.norm
        left = right - BAR
        if not load or not norm:
            return right
        if load <= norm:
            draw.bar(left, middle - 2, BAR, BAR_HIGH, load / norm)
            return left
        draw.bar(left, middle - 2, BAR, BAR_HIGH, 1, "today")
        draw.fill(left + BAR * norm / load, middle - 4, 2, 8, "text")
        draw.icon("triangle-alert", left - 19, middle - 7, 13, "today")
        return left - 20

    def _paint_entries(self, draw: Draw) -> None:
        state, words = self._state, self._kit.words
        away = {put.task.key for put in state.plan}
        if state.ghost is not None and state.ghost.carried.task is not None:
            away.add(state.ghost.carried.task.key)
        focus = self.hasFocus()
        for entries in self.month.shown.values():
            for entry in entries:
                chosen = entry.key == state.selected
                draw_line(
                    draw, words, entry, mark_of(entry, state.today), self.month.boxes[entry.key],
                    chosen=chosen, focused=chosen and focus, faded=entry.key in away,
                )  # fmt: skip
        selected = state.entry(state.selected)
        for day, (box, n) in self.month.more.items():
            text, left = words.gettext("{n} more", n=words.number(n)), 22
            if width(text, SMALL) > box.width() - left:
                text, left = f"+{n}", 4
            draw.text(box.x() + left, box.y(), box.width() - left, box.height(), text, size=SMALL, token="primary")
            if selected is not None and selected.day == day and selected.key not in self.month.boxes:
                draw.ring(box.x(), box.y(), box.width(), box.height(), 4)

    def _paint_ghosts(self, draw: Draw, room: QRectF) -> None:
        state = self._state
        for put in state.plan:
            self._paint_ghost(draw, Ghost(carried_of(put.task), put.day, put.time, put.minutes))
        if state.ghost is not None:
            box = self._paint_ghost(draw, state.ghost)
            if box is not None:
                draw_note(draw, self._kit.words, state.ghost, box, room, state.norm, said=False)

    def _paint_ghost(self, draw: Draw, ghost: Ghost) -> QRectF | None:
        cell = self.month.cell(ghost.day)
        if cell is None:
            return None
        draw.stroke(cell.x() + 1, cell.y() + 1, cell.width() - 1, cell.height() - 1, "primary", 4, 2)
        box = self.month.line(ghost.day, 0).adjusted(0, 0, 0, 4)
        draw_ghost(draw, self._kit.words, ghost, box, self._state.norm)
        return box

    # places ------------------------------------------------------------------------------------------
    def slot_at(self, place: QPoint) -> Slot | None:
        """The day under a place of the screen; what is carried there keeps its own time."""
        point = self.viewport().mapFromGlobal(place)
        day = self.month.day_at(point.x(), point.y())
        return self._slot_of_carried(day) if day is not None else None

    # the mouse ---------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()
            self._pressed = self.entry_at(self._press)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if not event.buttons() & Qt.MouseButton.LeftButton or self._press is None:
            point = event.position().toPoint()
            shape = Qt.CursorShape.PointingHandCursor if self._more_at(point) else Qt.CursorShape.ArrowCursor
            if self.viewport().cursor().shape() != shape:
                self.viewport().setCursor(shape)
            return
        far = (event.position().toPoint() - self._press).manhattanLength() >= QApplication.startDragDistance()
        if self._pressed is not None and far and not self._carry.active:
            self._carry.start(carried_of(self._pressed))
        if self._carry.active:
            self._carry.move(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        pressed, entry = self._press, self._pressed
        self._press = self._pressed = None
        if self._carry.active:
            self._carry.drop()
            return
        if pressed is None:
            return
        more, day = self._more_at(pressed), self.month.day_at(pressed.x(), pressed.y())
        if entry is not None:
            self._presenter.select(entry.key)
            self.pressed_entry.emit(entry, self.rect_of(entry))
        elif more is not None:
            self.show_list(more)
        elif day is not None:
            self._presenter.select_slot(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._press = self._pressed = None
        point = event.position().toPoint()
        entry, day = self.entry_at(point), self.month.day_at(point.x(), point.y())
        if entry is not None:
            self._presenter.select(entry.key)
            self.opened_entry.emit(entry)
        elif day is not None and self._more_at(point) is None:
            self._presenter.select_slot(day)
            self.wanted_slot.emit(Slot(day))

    def _more_at(self, point: QPoint) -> date | None:
        day = self.month.day_at(point.x(), point.y())
        if day is None or day not in self.month.more:
            return None
        return day if self.month.more[day][0].contains(point.x(), point.y()) else None

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        entry, day = self.entry_at(event.pos()), self.month.day_at(event.pos().x(), event.pos().y())
        state, words = self._state, self._kit.words
        text = ""
        if entry is not None:
            text = say.spoken(words, entry, mark_of(entry, state.today))
        elif day is not None:
            text = self._spoken_day(day)
        QToolTip.showText(event.globalPos(), tip(text), self.viewport())

    # the keys ----------------------------------------------------------------------------------------
    def show_list(self, day: date) -> None:
        """Everything of a day, over its cell."""
        cell = self.month.cell(day)
        if cell is None:
            return
        if self.day_list is None:
            self.day_list = DayList(self._kit, self._presenter, self, self._listed, self.opened_entry.emit, self._carry)
        self.day_list.open(day, cell.translated(0, HEAD).toRect())

    def _listed(self, entry: Entry) -> None:
        """Pressed in the day's list."""
        self._presenter.select(entry.key)
        self.pressed_entry.emit(entry, self.rect_of(entry))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key, held = Qt.Key(event.key()), event.modifiers() & (keys.ALT | keys.CTRL | keys.SHIFT)
        weeks = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if weeks is not None and self._state.ghost is not None:
            self._presenter.nudge(WEEK * weeks)
        elif weeks is not None and held == keys.ALT and self._presenter.chosen is not None:
            self._presenter.move(self._presenter.chosen, WEEK * weeks)
        elif weeks is not None and held == keys.PLAIN:
            self._walk(weeks)
        elif self._state.ghost is None and held == keys.PLAIN and (key == Qt.Key.Key_Space or key in keys.ENTER):
            self._press_key(key)
        elif not keys.press(self._presenter, event):
            event.ignore()

    def _press_key(self, key: Qt.Key) -> None:
        """Enter opens the client, or makes something new on an empty day; Space says what it is, or lists the day."""
        chosen = self._presenter.chosen
        if key == Qt.Key.Key_Space:
            if chosen is not None and chosen.key in self.month.boxes:
                self.pressed_entry.emit(chosen, self.rect_of(chosen))
            else:
                self.show_list(self._presenter.place.day)
        elif chosen is not None:
            self.wanted_card.emit(chosen)
        else:
            self.wanted_slot.emit(self._presenter.place)

    def _walk(self, step: int) -> None:
        """Up and down: through the day's entries as they are seen, then to the same weekday of another week."""
        chosen, day = self._presenter.chosen, self._presenter.place.day
        entries = calendar.gravest_first(self._state.by_day.get(day, ()), self._state.today)
        seen = [entry.key for entry in entries]
        at = seen.index(chosen.key) + step if chosen is not None and chosen.key in seen else (0 if step > 0 else -1)
        if 0 <= at < len(seen) and (chosen is not None or step > 0):
            self._presenter.select(seen[at])
            return
        other = day + timedelta(WEEK * step)
        if other not in self._state.days:
            self._presenter.show(day=other)
        there = calendar.gravest_first(self._state.by_day.get(other, ()), self._state.today)
        if there:
            self._presenter.select(there[0 if step > 0 else -1].key)
        else:
            self._presenter.select_slot(other)
