"""What opens beside an entry: its words with what can be done with it, and «what next?» once it is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.domain.calendar import Entry, Mark, What, mark_of, task_of
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.state import CalendarState
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.next_step import HEIGHT, Answer, NextStepRow
from crmdesk.ui.theme.draw import Draw, wrap
from crmdesk.ui.theme.tokens import LEAD_BODY, LEAD_SMALL, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Button, Canvas

WIDTH, PAD = 320, 14
NEXT_WIDTH = 600
GAP = 6  # between the entry and what opens beside it
TINTS = {Mark.PROMISE: "prom", Mark.LEFT: "today", Mark.BROKEN: "over", Mark.DONE: "done"}


class Beside(QFrame):
    """Stands beside a rectangle of the screen, over the window; goes on Esc or when something else is pressed."""

    def __init__(self, kit: Kit, parent: QWidget, back: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self._back = back
        self._over = parent
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setOffset(0, 4)
        shadow.setBlurRadius(28)
        soft = QColor(kit.look.color("shadow"))
        soft.setAlpha(36)
        shadow.setColor(soft)
        self.setGraphicsEffect(shadow)
        self.hide()

    def stand(self, rect: QRect) -> None:
        """Opens at the right of a rectangle of the screen, or where there is room."""
        window = self._over
        place = QRect(window.mapFromGlobal(rect.topLeft()), rect.size())
        w, h = self.width(), self.height()
        x = place.right() + GAP
        if x + w > window.width() - 4:
            x = place.left() - GAP - w
        y = place.top()
        if x < 4:  # neither beside it
            x = max(4, min(place.left(), window.width() - w - 4))
            y = place.bottom() + GAP
            if y + h > window.height() - 4:
                y = place.top() - GAP - h
        self.move(x, max(4, min(y, window.height() - h - 4)))
        self.show()
        self.raise_()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def close_it(self, *, focus: bool = True) -> None:
        """Goes; the keyboard returns to the calendar."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if not self.isHidden():
            self.hide()
            if focus:
                self._back()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent) and self.isVisible():
            place = event.globalPosition().toPoint()
            inside = QRect(self.mapToGlobal(QPoint(0, 0)), self.size()).contains(place)
            if not inside and isinstance(watched, QWidget) and watched.window() is self.window():
                self.close_it(focus=False)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)


class EntryPopover(Beside):
    """Done, move, change, open: what one may want of an entry."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        *,
        done: Callable[[], None],
        move: Callable[[], None],
        edit: Callable[[], None],
        open_client: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(kit, parent, back)
        self._kit = kit
        self._lines: list[tuple[str, int, int, str]] = []
        self._chip: tuple[str, str, str] | None = None
        self.entry: Entry | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 12, PAD, 12)
        column.setSpacing(10)
        self._canvas = Canvas(kit, self._draw)
        column.addWidget(self._canvas)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.done = Button(kit, N_("Done"), done, icon="check")
        self.move_button = Button(kit, N_("Move"), move)
        self.edit = Button(kit, N_("Change"), edit, kind="flat")
        self.open_client = Button(kit, N_("Open"), open_client, kind="flat")
        self._buttons = (self.done, self.move_button, self.edit, self.open_client)
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)

    def tell(self, entry: Entry, state: CalendarState) -> None:
        """Shows an entry."""
        words, mark = self._kit.words, mark_of(entry, state.today)
        self.entry = entry
        kind = words.gettext(say.KINDS.get(entry.kind, say.KINDS["other"]))
        when = f"{say.capital(words.weekday_name(entry.day.weekday()))}, {words.day_month(entry.day)}"
        time = say.stretch(entry.time, entry.minutes)
        who = next((user.name for user in state.people if user.id == entry.manager_id), "")
        self.done.setVisible(entry.movable)
        self.move_button.setVisible(entry.movable)
        self.edit.setVisible(entry.what == What.TASK)
        self.open_client.setVisible(entry.client_id is not None)
        shown = [button for button in self._buttons if not button.isHidden()]
        for button in shown:
            button.ensurePolished()
        self.setFixedWidth(max(WIDTH, sum(button.sizeHint().width() + 6 for button in shown) + 2 * PAD))
        room = self.width() - 2 * PAD
        lines = [
            (text, LEAD_BODY, SEMIBOLD, "text") for text in wrap(say.name(words, entry), room, weight=SEMIBOLD, lines=2)
        ]
        lines.append((f"{kind} · {when}{', ' + time if time else ''}", LEAD_SMALL, 400, "muted"))
        if state.whose is None and who:
            lines.append((who, LEAD_SMALL, 400, "muted"))
        matter = say.matter(words, entry)
        if matter and matter != kind:
            lines += [(text, LEAD_BODY, 400, "text") for text in wrap(matter, room, lines=4)]
        if entry.notes:
            lines += [(text, LEAD_BODY, 400, "muted") for text in wrap(say.notes(entry), room, lines=3)]
        self._lines = lines
        self._chip = (words.gettext(say.MARKS[mark]), TINTS[mark], say.SIGNS[mark][0]) if mark in TINTS else None
        self._canvas.setFixedHeight(sum(line[1] for line in lines) + 4 + (26 if self._chip else 0))
        self.setAccessibleName(say.spoken(words, entry, mark))
        self.adjustSize()

    def _draw(self, draw: Draw, w: int, h: int) -> None:
        y = 0.0
        for text, lead, weight, token in self._lines:
            size = SMALL if lead == LEAD_SMALL else 13
            draw.text(0, y, w, lead, text, size=size, weight=weight, token=token)
            y += lead
        if self._chip is not None:
            text, token, icon = self._chip
            draw.chip(0, y + 16, text, token=token, tint=f"{token}_tint", icon=icon)


class NextStepPopover(Beside):
    """«Что дальше?» beside what was done."""

    def __init__(
        self, kit: Kit, parent: QWidget, entry: Entry, state: CalendarState, answered: Callable[[Answer], None],
        back: Callable[[], None],
    ) -> None:  # fmt: skip
        super().__init__(kit, parent, back)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.row = NextStepRow(kit, task_of(entry), state.today, answered=answered, left=self.close_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.row)
        self.setFixedSize(min(NEXT_WIDTH, parent.width() - 16), HEIGHT + 8)

    def close_it(self, *, focus: bool = True) -> None:
        """Goes for good."""
        was = not self.isHidden()
        super().close_it(focus=focus)
        if was:
            self.deleteLater()
