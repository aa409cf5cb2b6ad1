"""The strip «not done earlier»: chips to be carried to a day, the rest in a menu, the offer to spread them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QWidget

from crmdesk.domain.calendar import Entry, mark_of
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.drag import Carry, Source
from crmdesk.ui.calendar.state import CalendarState, carried_of
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import elided, width
from crmdesk.ui.theme.tokens import BODY, MARGIN, MEDIUM, RADIUS, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Button, Canvas, tip

STRIP, CHIP = 44, 26
MOST = 8  # chips that are ever made: no window is wider
IN_MENU = 30  # of the rest; the list shows all of them
NAME, MATTER = 170, 90  # the widest a chip's words get, pixels


class LateChip(QAbstractButton):
    """One late entry: icon, client, matter, how many days."""

    def __init__(self, kit: Kit, carry: Carry, press: Callable[[Entry, QWidget], None]) -> None:
        super().__init__()
        self._kit = kit
        self._source = Source(carry)
        self._entry: Entry | None = None
        self._parts: tuple[str, str, str] = ("", "", "")
        self._icon = ("phone", "muted")
        self._late = False
        self.chosen = False
        self.setFixedHeight(CHIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.clicked.connect(lambda: press(self._entry, self) if self._entry else None)
        kit.look.changed.connect(self.update)

    @property
    def entry(self) -> Entry | None:
        """What it stands for."""
        return self._entry

    def tell(self, entry: Entry, today: date, *, chosen: bool) -> None:
        """Shows an entry."""
        words = self._kit.words
        mark = mark_of(entry, today)
        self._entry = entry
        self.chosen = chosen
        self._late = entry.promise
        self._icon = ("circle-alert", "over") if entry.promise else (say.icon(entry, mark)[0], "muted")
        if not entry.promise:
            self._icon = (record_icon(entry.kind), "muted")
        name = say.name(words, entry)
        if width(name, SMALL, SEMIBOLD) > NAME:
            name = say.short_name(name)
        late = words.gettext("{n} d", n=(today - entry.day).days).replace(" ", "\u00a0")
        self._parts = (
            elided(name, NAME, SMALL, SEMIBOLD), elided(say.matter(words, entry), MATTER, SMALL), late,
        )  # fmt: skip
        self.setAccessibleName(say.spoken(words, entry, mark) + ", " + late)
        self.setToolTip(tip(self.accessibleName()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        name, matter, late = self._parts
        wide = 28 + width(name, SMALL, SEMIBOLD) + width(late, SMALL, SEMIBOLD) + 16
        return QSize(int(wide + (width(matter, SMALL) + 8 if matter else 0)) + 2, CHIP)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        draw.fill(0, 0, w, h, "primary_tint" if self.chosen else "hover" if self.underMouse() else "raised", RADIUS)
        draw.stroke(0, 0, w, h, "primary" if self.chosen else "hair", RADIUS)
        draw.icon(self._icon[0], 8, (h - 14) / 2, 14, self._icon[1])
        name, matter, late = self._parts
        x = 28 + draw.text(28, 0, 0, h, name, size=SMALL, weight=SEMIBOLD) + 8
        if matter:
            x += draw.text(x, 0, 0, h, matter, size=SMALL) + 8
        weight, token = (SEMIBOLD, "over") if self._late else (MEDIUM, "muted")
        draw.text(x, 0, 0, h, late, size=SMALL, weight=weight, token=token)
        if self.hasFocus():
            draw.ring(0, 0, w, h)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        super().mousePressEvent(event)
        self._source.press(event, carried_of(self._entry) if self._entry else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self._source.move(event):
            self.setDown(False)
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self._source.release():
            self.setDown(False)
        else:
            super().mouseReleaseEvent(event)


class LateStrip(QWidget):
    """Hidden while nothing is late."""

    def __init__(
        self,
        kit: Kit,
        carry: Carry,
        *,
        choose: Callable[[Entry, QWidget], None],
        spread: Callable[[], None],
        agree: Callable[[], None],
        refuse: Callable[[], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._choose = choose
        self._state: CalendarState | None = None
        self.setFixedHeight(STRIP)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        self._label = Canvas(kit, self._draw_label)
        row.addWidget(self._label)
        row.addSpacing(4)
        self.chips = [LateChip(kit, carry, choose) for _ in range(MOST)]
        for chip in self.chips:
            row.addWidget(chip)
        self.more = Button(kit, "", kind="flat")
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.clicked.connect(self._open_menu)
        row.addWidget(self.more)
        row.addStretch(1)
        self.spread = Button(kit, N_("Spread over the week"), spread, kind="flat", icon="calendar-clock")
        self.refuse = Button(kit, N_("Leave them"), refuse, kind="flat")
        self.agree = Button(kit, N_("So be it"), agree, icon="check")
        for button in (self.spread, self.refuse, self.agree):
            row.addWidget(button)
        kit.language.changed.connect(self._again)
        kit.look.changed.connect(self.update)
        self.hide()

    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        before, self._state = self._state, state
        if before is not None and (before.late, before.plan, before.selected, before.today, before.page) == (
            state.late, state.plan, state.selected, state.today, state.page,
        ):  # fmt: skip
            return
        self._again()

    def _again(self) -> None:
        state = self._state
        if state is None:
            return
        self.setVisible(bool(state.late))
        for chip, entry in zip(self.chips, state.late, strict=False):
            chip.tell(entry, state.today, chosen=entry.key == state.selected)
        planning = bool(state.plan)
        self.spread.setVisible(not planning)
        self.refuse.setVisible(planning)
        self.agree.setVisible(planning)
        self._label.setAccessibleName(" ".join(self._said()))
        self._label.setFixedSize(self._label_width(), STRIP)
        self._arrange()

    def _said(self) -> tuple[str, str]:
        state, words = self._state, self._kit.words
        if state is None:
            return "", ""
        if state.plan:
            days = len({put.day for put in state.plan})
            plan = words.ngettext("{n} task", "{n} tasks", len(state.plan))
            over = words.ngettext("over {n} day", "over {n} days", days)
            return words.gettext("To be spread"), f"{plan} {over}"
        count = state.page.late_count if state.page else len(state.late)
        return words.gettext("Not done before"), words.number(max(count, len(state.late)))

    def _label_width(self) -> int:
        strong, plain = self._said()
        return int(24 + width(strong, BODY, SEMIBOLD) + 8 + width(plain, BODY)) + 4

    def _draw_label(self, draw: Draw, w: int, h: int) -> None:
        strong, plain = self._said()
        draw.icon("hourglass", 0, (h - 16) / 2, 16, "today")
        used = draw.text(24, 0, 0, h, strong, weight=SEMIBOLD)
        draw.text(24 + used + 8, 0, 0, h, plain, token="muted")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        draw.fill(0, 0, self.width(), self.height(), "sunken")
        draw.across(0, self.height() - 1, self.width())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _arrange(self) -> None:
        """As many chips as have room; the rest is «more»."""
        state = self._state
        if state is None:
            return
        buttons = [self.refuse, self.agree] if state.plan else [self.spread]
        taken = 2 * MARGIN + self._label_width() + 12 + sum(one.sizeHint().width() + 8 for one in buttons)
        count = max(state.page.late_count if state.page else 0, len(state.late))
        self.more.say(self._more(max(count, 1)))
        more = self.more.sizeHint().width() + 8
        shown = 0
        for chip, _ in zip(self.chips, state.late, strict=False):
            wide = chip.sizeHint().width() + 8
            last = shown + 1 == count
            if taken + wide + (0 if last else more) > self.width():
                break
            taken += wide
            shown += 1
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < shown)
        self.more.setVisible(shown < count)
        self.more.say(self._more(count - shown))

    def _more(self, n: int) -> str:
        words = self._kit.words
        return words.gettext("{n} more", n=words.number(n))

    @property
    def shown(self) -> list[LateChip]:
        """The chips that have room."""
        return [chip for chip in self.chips if not chip.isHidden()]

    def _open_menu(self) -> None:
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        state, words = self._state, self._kit.words
        self._menu.clear()
        if state is None:
            return
        first = len(self.shown)
        for entry in state.late[first : first + IN_MENU]:
            text = f"{say.name(words, entry)} — {say.matter(words, entry)} · {words.short_day(entry.day)}"
            action = self._menu.addAction(elided(text, 460).replace("&", "&&"))
            action.triggered.connect(lambda _=False, late=entry: self._choose(late, self.more))
