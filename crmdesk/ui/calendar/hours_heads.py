"""Over the hours: each day's head with its load, and the row of what has no time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from crmdesk.domain.calendar import mark_of
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.entry_drawing import draw_entry, draw_ghost, draw_note
from crmdesk.ui.calendar.hours_layout import DAY_HEAD, GUTTER, PAD, ROW, WEEKEND
from crmdesk.ui.calendar.state import Ghost, carried_of, load_with
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import CENTER, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import tip

if TYPE_CHECKING:
    from crmdesk.ui.calendar.hours import HoursGrid

BAR = 4
LEAST_BAR = 40  # a narrower day shows no bar


class Heads(QWidget):
    """A part of the grid that does not scroll; its mouse is the grid's, higher up."""

    def __init__(self, kit: Kit, grid: HoursGrid) -> None:
        super().__init__(grid)
        self._kit = kit
        self._view = grid
        self.setMouseTracking(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        draw.fill(0, 0, w, h, "surface")
        layout = self._view.grid
        for number, day in enumerate(layout.days):
            self._paint_day(draw, day, layout.lefts[number], layout.widths[number], h)
        draw.across(0, DAY_HEAD - 1, w)
        draw.across(0, h - 1, w)
        draw.down(GUTTER, 0, h)
        words = self._kit.words
        draw.text(
            4, DAY_HEAD + 4, GUTTER - 12, ROW, words.pgettext("calendar", "day"), size=SMALL, token="muted", align=RIGHT
        )
        painter.translate(0, DAY_HEAD)
        self._paint_row(draw)
        painter.end()

    def _paint_day(self, draw: Draw, day: date, x: float, w: float, h: int) -> None:
        state, words = self._view.shown, self._kit.words
        today = day == state.today
        if not self._view.is_working(day):
            draw.fill(x, 0, w, h, "sunken")
        if today and len(self._view.grid.days) > 1:
            draw.painter.setOpacity(0.35)
            draw.fill(x, 0, w, h, "primary_tint")
            draw.painter.setOpacity(1)
        if today:
            draw.fill(x, 0, w, 3, "primary")
        draw.down(x, 0, h)
        name = say.capital(words.weekday_short(day.weekday()).rstrip("."))
        token = "primary" if today else "muted"
        number_token = "primary" if today else "text"
        minutes, norm = load_with(state, day), state.norm
        if w <= WEEKEND:
            wide = width(name, SMALL) + 4 + width(str(day.day), SMALL, SEMIBOLD)
            left = x + max(1, (w - wide) / 2)
            used = draw.text(left, 11, 0, 18, name, size=SMALL, token=token)
            draw.text(left + used + 4, 11, 0, 18, str(day.day), size=SMALL, weight=SEMIBOLD, token=number_token)
            if minutes:
                self._bar(draw, x + 6, 36, w - 12, minutes, norm)
            return
        used = draw.text(x + 10, 10, 0, 20, name, token=token)
        used += 6 + draw.text(x + 10 + used + 6, 10, 0, 20, str(day.day), weight=SEMIBOLD, token=number_token)
        self._load(draw, x, w, used, minutes, norm)
        if w >= LEAST_BAR:
            self._bar(draw, x + 10, 36, w - 20, minutes, norm)

    def _load(self, draw: Draw, x: float, w: float, used: float, minutes: int, norm: int) -> None:
        words = self._kit.words
        over = bool(norm) and minutes > norm
        room = w - used - 34
        text = say.load(words, minutes, norm)
        if over and width(text, SMALL, SEMIBOLD) + 20 > room:
            text = say.hours(words, minutes)
        if over:
            wide = width(text, SMALL, SEMIBOLD)
            if wide > room:
                draw.icon("triangle-alert", x + w - 24, 13, 14, "today")
                return
            draw.text(x, 10, w - 10, 20, text, size=SMALL, weight=SEMIBOLD, token="today", align=RIGHT)
            draw.icon("triangle-alert", x + w - 10 - wide - 20, 13, 14, "today")
        elif text and width(text, SMALL) <= room:
            draw.text(x, 10, w - 10, 20, text, size=SMALL, token="muted", align=RIGHT)

    @staticmethod
    def _bar(draw: Draw, x: float, y: float, w: float, minutes: int, norm: int) -> None:
        if norm and minutes > norm:
            draw.bar(x, y, w, BAR, 1, "today")
            notch = round(x + w * norm / minutes)
            draw.fill(notch - 1, y - 3, 2, BAR + 6, "text")
        else:
            draw.bar(x, y, w, BAR, minutes / norm if norm else 0)

    def _paint_row(self, draw: Draw) -> None:
        state, words, grid = self._view.shown, self._kit.words, self._view.grid
        for day, holiday in state.days_off.items():
            column = grid.column(day)
            if holiday.off and column is not None:
                box = grid.row_box(column, 0)
                draw.fill(box.x(), box.y(), box.width(), box.height(), "info_tint", 3)
                draw.fill(box.x(), box.y(), 3, box.height(), "info")
                name = holiday.name(words.lang)
                if width(name, SMALL, MEDIUM) > box.width() - 14:
                    name = holiday.short(words.lang)
                draw.text(box.x() + 9, box.y(), box.width() - 12, ROW, name, size=SMALL, weight=MEDIUM, token="info")
        hidden = {day: grid.column(day) for day in grid.hidden}
        carried = {put.task.key for put in state.plan}
        if state.ghost is not None and state.ghost.carried.task is not None:
            carried.add(state.ghost.carried.task.key)
        names = {user.id: user.name.split(" ")[0] for user in state.people} if state.whose is None else {}
        overflowing = {day: grid.row_box(at, grid.rows - 1) for day, at in hidden.items() if at is not None}
        for day in grid.days:
            for entry in state.by_day.get(day, ()):
                lies = grid.whole.get(entry.key)
                if lies is None or (day in overflowing and lies.y() >= overflowing[day].y()):
                    continue
                draw_entry(
                    draw, words, entry, mark_of(entry, state.today), lies,
                    chosen=entry.key == state.selected, faded=entry.key in carried,
                    who=names.get(entry.manager_id or 0, ""),
                )  # fmt: skip
        for day, line in overflowing.items():
            narrow, count = line.width() < 60, grid.hidden[day]
            text = f"+{count}" if narrow else words.gettext("{n} more", n=words.number(count))
            x, align = (line.x(), CENTER) if narrow else (line.x() + 8, Qt.AlignmentFlag.AlignLeft)
            draw.text(x, line.y(), line.width(), ROW, text, size=SMALL, token="primary", align=align)
        self._paint_slot(draw)
        self._paint_ghosts(draw)

    def _paint_slot(self, draw: Draw) -> None:
        slot, grid = self._view.shown.slot, self._view.grid
        column = grid.column(slot.day) if slot is not None else None
        if slot is not None and column is not None and slot.time is None:
            x, w = grid.lefts[column] + PAD, grid.widths[column] - 2 * PAD - 1
            draw.stroke(x, 2, w, grid.row_height - 5, "primary", 4)

    def _paint_ghosts(self, draw: Draw) -> None:
        state, words, grid = self._view.shown, self._kit.words, self._view.grid
        rows = {day: 1 for day, holiday in state.days_off.items() if holiday.off}
        for put in state.plan:
            column = grid.column(put.day)
            if column is not None and put.time is None:
                row = rows.get(put.day, 0)
                rows[put.day] = row + 1
                if row < grid.rows:
                    ghost = Ghost(carried_of(put.task), put.day, None, put.minutes)
                    draw_ghost(draw, words, ghost, grid.row_box(column, row), 0)
        carried = state.ghost
        column = grid.column(carried.day) if carried is not None else None
        if carried is not None and column is not None and carried.time is None:
            box = grid.row_box(column, grid.rows - 1)
            said = draw_ghost(draw, words, carried, box, state.norm)
            room = QRectF(GUTTER, -DAY_HEAD, self.width() - GUTTER, self.height())
            draw_note(draw, words, carried, box, room, state.norm, said=said)

    # the mouse ---------------------------------------------------------------------------------------
    def _up(self, event: QMouseEvent) -> QPoint:
        """The place as the grid's viewport counts."""
        return event.position().toPoint() - QPoint(0, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        place = event.position().toPoint()
        grid = self._view.grid
        column = grid.day_at(place.x())
        if column is not None and event.button() == Qt.MouseButton.LeftButton:
            hidden = grid.hidden.get(grid.days[column])
            last = grid.row_box(column, grid.rows - 1).translated(0, DAY_HEAD)
            if (hidden or self._view.expanded) and last.contains(place) and not self._entry_shown(place):
                self._view.expand()
                return
        self._view.mouse.press(event, self._up(event))

    def _entry_shown(self, place: QPoint) -> bool:
        """Whether an entry, not the count of those without room, is at a place."""
        grid = self._view.grid
        column = grid.day_at(place.x())
        return column is not None and not grid.hidden.get(grid.days[column]) and (
            self._view.entry_at(place - QPoint(0, self.height())) is not None
        )  # fmt: skip

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._view.mouse.move(event, self._up(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._view.mouse.release(self._up(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._view.mouse.double(self._up(event))

    def event(self, event: object) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos()), self)
            return True
        return super().event(event)  # type: ignore[arg-type]

    def _tip(self, place: QPoint) -> str:
        words, state, grid = self._kit.words, self._view.shown, self._view.grid
        entry = self._view.entry_at(place - QPoint(0, self.height()))
        if entry is not None:
            return tip(say.spoken(words, entry, mark_of(entry, state.today)))
        column = grid.day_at(place.x())
        if column is None:
            return ""
        day = grid.days[column]
        load = say.load(words, state.loads.get(day, 0), state.norm)
        parts = [f"{words.weekday_name(day.weekday())}, {words.day_month(day)}", load]
        parts += say.day_names(words.lang, state, day)
        return tip(" · ".join(part for part in parts if part))
