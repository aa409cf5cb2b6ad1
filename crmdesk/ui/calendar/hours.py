"""The grid of hours: a day, a work week, a week. Painted, with a model behind it for keys and screen readers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, Span, mark_of
from crmdesk.domain.holidays import is_working
from crmdesk.ui.calendar import keys
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry
from crmdesk.ui.calendar.entries_model import Index
from crmdesk.ui.calendar.entry_drawing import draw_entry, draw_ghost, draw_note
from crmdesk.ui.calendar.hours_heads import Heads
from crmdesk.ui.calendar.hours_layout import BEGINS, DAY_HEAD, GUTTER, Layout, laid_out
from crmdesk.ui.calendar.hours_mouse import GridMouse
from crmdesk.ui.calendar.painted import PaintedPane
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Ghost, Phase, Slot, carried_of
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import CENTER, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL

SCROLL_NEAR, SCROLL_STEP = 24, 14


class HoursGrid(PaintedPane):
    """Days side by side over the hours."""

    def __init__(self, kit: Kit, presenter: CalendarPresenter, carry: Carry) -> None:
        super().__init__(kit, presenter, carry)
        self._expanded = False
        self._scrolled = False
        self._held_y = 0  # where the mouse held something last
        self.mouse = GridMouse(self, presenter, carry)
        self.grid: Layout = laid_out(Span.WEEK, (), {}, {}, 100, 100, expanded=False)
        self.heads = Heads(kit, self)
        self.set_up()

    # state -------------------------------------------------------------------------------------------
    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        self._state = state
        told = (state.by_day, state.days, state.span, state.today, state.days_off, state.plan)
        if self._differs(told):
            if self._told is None or told[1:3] != self._told[1:3]:
                self._expanded = False
            self._told = told
            self.entries.set(state.days.all(), state.by_day, state.today)
            self._lay()
        self._mark_current()
        self._describe()
        if state.ghost is not None and not self._carry.active and state.ghost.time is not None:
            self._see(state.ghost.time, state.ghost.minutes)
        self._repaint()

    def _spoken_slot(self, slot: Slot) -> str:
        words = self._kit.words
        text = f"{words.weekday_name(slot.day.weekday())} {words.day_month(slot.day)}"
        return f"{text} {say.clock(slot.time)}" if slot.time is not None else text

    def _lay(self) -> None:
        state = self._state
        notes = {day: 1 for day, holiday in state.days_off.items() if holiday.off}
        for put in state.plan:
            if put.time is None:
                notes[put.day] = notes.get(put.day, 0) + 1
        self.grid = laid_out(
            state.span, state.days.all(), state.by_day, notes, self.width(), self.height() - DAY_HEAD,
            expanded=self._expanded or bool(state.plan),
        )  # fmt: skip
        top = DAY_HEAD + self.grid.row_height
        if self.viewportMargins().top() != top:
            self.setViewportMargins(0, top, 0, 0)
        self.heads.setGeometry(0, 0, self.width(), top)
        self.verticalScrollBar().setRange(0, max(0, self.grid.height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(int(self.grid.hour / 2))
        if not self._scrolled:
            self.verticalScrollBar().setValue(self._morning())

    def _morning(self) -> int:
        return int(self.grid.y_of(BEGINS * 60)) - 12

    def expand(self) -> None:
        """Shows more whole-day lines, or fewer again."""
        self._expanded = not self._expanded
        self._lay()
        self._repaint()

    @property
    def expanded(self) -> bool:
        """Whether all whole-day lines are shown that find room."""
        return self._expanded

    def _repaint(self) -> None:
        self.viewport().update()
        self.heads.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._lay()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        self._lay()

    # what an item view is asked ----------------------------------------------------------------------
    def visualRect(self, index: Index) -> QRect:  # noqa: D102
        if not index.isValid() or index.row() >= len(self.entries.entries):
            return QRect()
        key = self.entries.entries[index.row()].key
        box = self.grid.timed.get(key)
        if box is not None:
            return box.translated(0, -self.verticalOffset()).toRect()
        flat = self.grid.whole.get(key)
        return flat.translated(0, -self.grid.row_height).toRect() if flat is not None else QRect()

    def scrollTo(  # noqa: D102
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid() and index.row() < len(self.entries.entries):
            entry = self.entries.entries[index.row()]
            if entry.time is not None:
                self._see(entry.time, entry.minutes)
            elif entry.day in self.grid.hidden and not self._expanded and self._state.span is not Span.DAY:
                self.expand()

    def _see(self, time: int, minutes: int) -> None:
        """Scrolls as far as needed for these minutes to be seen."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top, bottom = int(self.grid.y_of(time)), int(self.grid.y_of(time + max(minutes, calendar.SHORTEST_SHOWN)))
        if top < bar.value() + 4:
            self._scroll(top - 8)
        elif bottom > bar.value() + height - 4:
            self._scroll(min(top - 8, bottom - height + 8))

    def _scroll(self, value: int) -> None:
        self._scrolled = True
        self.verticalScrollBar().setValue(value)

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: D102
        entry = self.entry_at(point)
        return self.entries.index(self.entries.rows[entry.key], 0) if entry is not None else QModelIndex()

    def entry_at(self, point: QPoint) -> Entry | None:
        """The entry under a place of the viewport; the row of whole days lies above it."""
        x, y = point.x(), point.y()
        if y < 0:
            boxes, y = self.grid.whole, y + self.grid.row_height
        else:
            boxes, y = self.grid.timed, y + self.verticalOffset()
        column = self.grid.day_at(x)
        if column is None:
            return None
        for entry in reversed(self._state.by_day.get(self.grid.days[column], ())):
            box = boxes.get(entry.key)
            if box is not None and box.contains(x, y):
                return entry
        return None

    # painting ----------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self.viewport())
        draw = Draw(painter, self._kit.look)
        w, h = self.viewport().width(), self.viewport().height()
        draw.fill(0, 0, w, h, "surface")
        painter.translate(0, -self.verticalOffset())
        self._paint_days(draw)
        self._paint_hours(draw, w)
        self._paint_now(draw)
        self._paint_entries(draw, QRectF(0, self.verticalOffset(), w, h))
        self._paint_ghosts(draw, QRectF(GUTTER, self.verticalOffset(), w - GUTTER, h))
        self._paint_unseen(draw, self.verticalOffset(), h)
        if self._state.phase is Phase.READY and not self.entries.entries and self._state.ghost is None:
            self._paint_nothing(draw, w, self.verticalOffset() + h / 2)
        painter.end()

    def _paint_days(self, draw: Draw) -> None:
        state, grid = self._state, self.grid
        for day, left, wide in zip(grid.days, grid.lefts, grid.widths, strict=True):
            if not self.is_working(day):
                draw.fill(left, 0, wide, grid.height, "sunken")
            if day == state.today and len(grid.days) > 1:
                draw.painter.setOpacity(0.35)
                draw.fill(left, 0, wide, grid.height, "primary_tint")
                draw.painter.setOpacity(1)

    def is_working(self, day: date) -> bool:
        """Whether the office works on a day."""
        return is_working(day, self._state.days_off.get(day))

    def _paint_hours(self, draw: Draw, w: int) -> None:
        state, grid = self._state, self.grid
        now_y = grid.y_of(state.minute) if state.today in grid.days else -100.0
        for hour in range(24):
            y = grid.y_of(hour * 60)
            draw.across(GUTTER, y, w - GUTTER)
            if hour and abs(y - now_y) > 13:
                draw.text(0, y - 9, GUTTER - 8, 18, say.clock(hour * 60), size=SMALL, token="muted", align=RIGHT)
        for left in grid.lefts:
            draw.down(left, 0, grid.height)

    def _paint_entries(self, draw: Draw, seen: QRectF) -> None:
        state, words = self._state, self._kit.words
        carried = {put.task.key for put in state.plan}
        if state.ghost is not None and state.ghost.carried.task is not None:
            carried.add(state.ghost.carried.task.key)
        names = {user.id: user.name.split(" ")[0] for user in state.people} if state.whose is None else {}
        crowded = self.grid.crowded
        for key, row in self.entries.rows.items():
            box = self.grid.timed.get(key)
            if box is not None and box.intersects(seen) and (key not in crowded or key == state.selected):
                entry = self.entries.entries[row]
                draw_entry(
                    draw, words, entry, mark_of(entry, state.today), box,
                    chosen=key == state.selected, faded=key in carried,
                    who=names.get(entry.manager_id or 0, ""),
                )  # fmt: skip
        for box, count in self.grid.crowds:
            if box.intersects(seen):
                draw.fill(box.x(), box.y(), box.width(), box.height(), "hover", 4)
                text = f"+{count}"
                draw.text(
                    box.x(), box.y(), box.width(), box.height(), text, size=SMALL, weight=SEMIBOLD, token="primary",
                    align=CENTER,
                )  # fmt: skip
        slot = state.slot
        if slot is not None and slot.time is not None and slot.day in self.grid.days:
            box = self.grid.box(self.grid.days.index(slot.day), slot.time, slot.minutes or calendar.SHORTEST_SHOWN)
            draw.fill(box.x(), box.y(), box.width(), box.height(), "primary_tint", 4)
            draw.stroke(box.x(), box.y(), box.width(), box.height(), "primary", 4)
            if slot.minutes:
                text = say.stretch(slot.time, slot.minutes)
                draw.text(box.x() + 8, box.y() + 2, box.width() - 12, 18, text, size=SMALL, token="primary")

    def _paint_unseen(self, draw: Draw, top: int, height: int) -> None:
        """How many entries lie above and below what is seen, at the edges of their days."""
        for number, day in enumerate(self.grid.days):
            tops, bottoms = self.grid.tops.get(day, []), self.grid.bottoms.get(day, [])
            above, below = bisect_left(bottoms, top + 4), len(tops) - bisect_right(tops, top + height - 4)
            right = self.grid.lefts[number] + self.grid.widths[number] - 6
            for count, icon, y in ((above, "chevron-up", top + 2), (below, "chevron-down", top + height - 20)):
                if count:
                    wide = width(str(count), SMALL, SEMIBOLD) + 24
                    draw.fill(right - wide, y, wide, 18, "primary_tint", 4)
                    draw.icon(icon, right - wide + 3, y + 3, 12, "primary")
                    draw.text(right - wide + 18, y, 0, 18, str(count), size=SMALL, weight=SEMIBOLD, token="primary")

    def _paint_nothing(self, draw: Draw, w: int, middle: float) -> None:
        words = self._kit.words
        reason, how = words.gettext("Nothing is planned here"), words.gettext("Press twice where it should lie, or Ins")
        wide = max(width(reason, weight=SEMIBOLD), width(how, SMALL)) + 48
        left = GUTTER + (w - GUTTER - wide) / 2
        draw.fill(left, middle - 32, wide, 64, "surface", 6)
        draw.text(left, middle - 24, wide, 22, reason, weight=SEMIBOLD, align=CENTER)
        draw.text(left, middle, wide, 20, how, size=SMALL, token="muted", align=CENTER)

    def _paint_now(self, draw: Draw) -> None:
        state, grid = self._state, self.grid
        column = grid.column(state.today)
        if column is None:
            return
        y = grid.y_of(state.minute)
        text = say.clock(state.minute)
        draw.text(0, y - 9, GUTTER - 8, 18, text, size=SMALL, weight=SEMIBOLD, token="primary", align=RIGHT)
        left = grid.lefts[column]
        draw.fill(left, y - 1, grid.widths[column], 2, "primary")
        draw.fill(left - 3, y - 3, 7, 7, "primary", 3.5)

    def _paint_ghosts(self, draw: Draw, room: QRectF) -> None:
        state = self._state
        for put in state.plan:
            column = self.grid.column(put.day)
            if column is not None and put.time is not None:
                ghost = Ghost(carried_of(put.task), put.day, put.time, put.minutes)
                draw_ghost(draw, self._kit.words, ghost, self.grid.box(column, put.time, put.minutes), 0)
        ghost = state.ghost  # type: ignore[assignment]
        column = self.grid.column(ghost.day) if ghost is not None else None
        if ghost is None or column is None or ghost.time is None:
            return
        box = self.grid.box(column, ghost.time, ghost.minutes)
        said = draw_ghost(draw, self._kit.words, ghost, box, state.norm)
        draw_note(draw, self._kit.words, ghost, box, room, state.norm, said=said)

    # places ------------------------------------------------------------------------------------------
    def slot_at(self, place: QPoint) -> Slot | None:
        """The day and minute under a place of the screen; over the heads and the row of whole days, no minute."""
        point = self.viewport().mapFromGlobal(place)
        column = self.grid.day_at(point.x())
        if column is None or point.y() < -self.heads.height() or point.y() >= self.viewport().height():
            return None
        day = self.grid.days[column]
        if point.y() < 0:
            self._held_y = point.y()
            return Slot(day)
        if self._carry.active:
            self.scroll_near(point.y())
        return Slot(day, self.grid.minute_at(point.y() + self.verticalOffset()))

    def scroll_near(self, y: int) -> None:
        """Scrolls on while something is being drawn to the upper or lower edge, not while it comes from there."""
        before, self._held_y = self._held_y, y
        if y < SCROLL_NEAR and y < before:
            self._scroll(self.verticalScrollBar().value() - SCROLL_STEP)
        elif y > self.viewport().height() - SCROLL_NEAR and y > before:
            self._scroll(self.verticalScrollBar().value() + SCROLL_STEP)

    # the mouse: see hours_mouse.py; the heads forward theirs -----------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.mouse.press(event, event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.mouse.move(event, event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.mouse.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.mouse.double(event.position().toPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        self._scrolled = True
        super().wheelEvent(event)

    # the keys ----------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        entry, slot = self._presenter.chosen, self._state.slot
        enter = event.key() in keys.ENTER and not event.modifiers() & keys.CTRL
        if self._state.ghost is None and entry is not None and event.key() == Qt.Key.Key_Space:
            self.pressed_entry.emit(entry, self.rect_of(entry))
        elif self._state.ghost is None and entry is not None and enter:
            self.wanted_card.emit(entry)
        elif self._state.ghost is None and slot is not None and enter:
            self.wanted_slot.emit(slot)
        elif not keys.press(self._presenter, event):
            event.ignore()
