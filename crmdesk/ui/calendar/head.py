"""The head of the calendar: what is shown, paging, the choice of the view, whose it is, «new»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QWidget

from crmdesk.domain.calendar import Span
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.state import CalendarState, Phase
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import CENTER, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, BUTTON, MARGIN, RADIUS, REGULAR, SEMIBOLD, VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Label, Tool

PAD, PAD_TIGHT = 11, 5  # at both sides of a segment's word
SHORT_SPANS = {Span.DAY: N_("Day"), Span.WORK: N_("Work"), Span.WEEK: N_("Week"), Span.MONTH: N_("Month"),
               Span.AGENDA: N_("List")}  # fmt: skip


class Segment(QAbstractButton):
    """One of a few choices that stand side by side in one frame."""

    def __init__(self, kit: Kit, text: str, place: str) -> None:
        super().__init__()
        self._kit = kit
        self._msgid = text
        self._place = place  # first, middle, last
        self._pad = PAD
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.look.changed.connect(self.update)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says its word anew."""
        self.setText(self._kit.words.gettext(self._msgid))
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(int(width(self.text(), BODY, SEMIBOLD)) + 2 * self._pad + 2, BUTTON)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return self.sizeHint()

    def tighten(self, tight: bool) -> None:
        """Less room beside the word, or the usual."""
        pad = PAD_TIGHT if tight else PAD
        if pad != self._pad:
            self._pad = pad
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        on = self.isChecked()
        left = -RADIUS if self._place != "first" else 0  # a neighbour's side has no corners
        right = RADIUS if self._place != "last" else 0
        if on:
            draw.fill(left, 0, w - left + right, h, "primary_tint", RADIUS)
        elif self.underMouse():
            draw.fill(left, 0, w - left + right, h, "hover", RADIUS)
        draw.stroke(left, 0, w - left + right, h, "primary" if on else "control", RADIUS)
        if on and self._place != "first":
            draw.down(0, 0, h, "primary")
        if on and self._place != "last":
            draw.down(w - 1, 0, h, "primary")
        token, weight = ("primary", SEMIBOLD) if on else ("text", REGULAR)
        draw.text(0, 0, w, h, self.text(), weight=weight, token=token, align=CENTER)
        if self.hasFocus():
            draw.ring(0, 0, w, h)
        painter.end()


class Segments(QWidget):
    """A choice of one out of a few."""

    def __init__(self, kit: Kit, choices: Sequence[tuple[str, str]], choose: Callable[[str], None]) -> None:
        super().__init__()
        self._choose = choose
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.buttons: dict[str, Segment] = {}
        for number, (key, text) in enumerate(choices):
            place = "first" if number == 0 else "last" if number == len(choices) - 1 else "middle"
            button = Segment(kit, text, place)
            button.clicked.connect(lambda _=False, k=key: self._choose(k))
            self.buttons[key] = button
            row.addWidget(button)

    def mark(self, key: str) -> None:
        """Shows which one is chosen."""
        if key in self.buttons and not self.buttons[key].isChecked():
            self.buttons[key].setChecked(True)

    def tighten(self, tight: bool) -> None:
        """Less room beside the words, or the usual."""
        for button in self.buttons.values():
            button.tighten(tight)
        self.setFixedWidth(sum(button.sizeHint().width() for button in self.buttons.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        keys = list(self.buttons)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        now = next((n for n, key in enumerate(keys) if self.buttons[key].hasFocus()), None)
        if step is None or now is None or not 0 <= now + step < len(keys):
            super().keyPressEvent(event)
            return
        self.buttons[keys[now + step]].setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(keys[now + step])


class CalendarHead(QWidget):
    """One line; where there is no room the week's number goes first, then the words of the buttons."""

    def __init__(
        self,
        kit: Kit,
        *,
        spans: Sequence[Span],
        choose_span: Callable[[Span], None],
        turn: Callable[[int], None],
        today: Callable[[], None],
        choose_whose: Callable[[int | None], None],
        new: Callable[[], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._state: CalendarState | None = None
        self.setFixedHeight(VIEW_HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(8)
        self.title = Label(kit, "", "head")
        self.facts = Label(kit, "", "muted")
        self.back = Tool(kit, "chevron-left", N_("Earlier (PgUp)"), lambda: turn(-1))
        self.today = Button(kit, N_("Today"), today)
        self.forward = Tool(kit, "chevron-right", N_("Later (PgDn)"), lambda: turn(1))
        self.spans = Segments(
            kit, [(span.value, SHORT_SPANS[span]) for span in spans], lambda key: choose_span(Span(key))
        )
        for span in spans:
            self.spans.buttons[span.value].setToolTip(kit.words.gettext(say.SPANS[span]))
        self.whose = Button(kit, "", icon="user-round")
        self._menu = QMenu(self.whose)
        self.whose.setMenu(self._menu)
        self._choose_whose = choose_whose
        self.new = Button(kit, N_("New task"), new, kind="primary", icon="plus")
        self.new_short = Button(kit, "", new, kind="primary", icon="plus")
        self.whose_short = Button(kit, "", icon="user-round")
        self.whose_short.setMenu(self._menu)
        row.addWidget(self.title)
        row.addWidget(self.facts)
        row.addSpacing(4)
        for widget in (self.back, self.today, self.forward):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.spans)
        row.addSpacing(4)
        for widget in (self.whose, self.whose_short, self.new, self.new_short):
            row.addWidget(widget)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self.spans.setAccessibleName(words.gettext("View"))
        for button in (self.new_short, self.new):
            button.setAccessibleName(words.gettext("New task"))
            button.setToolTip(words.gettext("New task ({key})", key="Ins"))
        self.today.setToolTip(words.gettext("Today ({key})", key="Home, T"))
        for key, segment in self.spans.buttons.items():
            number = list(Span).index(Span(key)) + 1
            segment.setToolTip(f"{words.gettext(say.SPANS[Span(key)])} (Ctrl+Alt+{number})")
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: CalendarState) -> None:
        """The presenter's state."""
        changed = self._state is None or (
            (state.span, state.day, state.days, state.people, state.whose, state.by_day, state.phase)
            != (
                self._state.span, self._state.day, self._state.days, self._state.people, self._state.whose,
                self._state.by_day, self._state.phase,
            )
        )  # fmt: skip
        language = self._kit.words.lang
        if not changed and language == self.property("said"):
            return
        self._state = state
        self.setProperty("said", language)
        words = self._kit.words
        self.title.setText(say.title(words, state.span, state.day, state.days))
        tasks, done = state.counts
        if state.phase is Phase.LOADING and state.page is not None:
            facts = words.gettext("Looking…")
        elif state.span in (Span.MONTH, Span.AGENDA):
            facts = words.ngettext("{n} task", "{n} tasks", tasks)
            if done:
                facts += words.ngettext(", {n} done", ", {n} done", done)
        else:
            facts = say.week(words, state.day)
        self.facts.setText(facts)
        self.spans.mark(state.span.value)
        self._fill_menu(state)
        self._arrange()

    def _fill_menu(self, state: CalendarState) -> None:
        words = self._kit.words
        chosen = next((user for user in state.people if user.id == state.whose), None)
        name = surname(chosen.name) if chosen else words.gettext("Everybody") if state.people else ""
        self.whose.say(name)
        for button in (self.whose, self.whose_short):
            button.setAccessibleName(words.gettext("Whose calendar: {name}", name=chosen.name if chosen else name))
            button.setToolTip(button.accessibleName())
        self._menu.clear()
        for user in state.people:
            action = self._menu.addAction(user.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(user.id == state.whose)
            action.triggered.connect(lambda _=False, who=user.id: self._choose_whose(who))
        if state.may_choose:
            self._menu.addSeparator()
            everybody = self._menu.addAction(words.gettext("Everybody"))
            everybody.setCheckable(True)
            everybody.setChecked(state.whose is None)
            everybody.triggered.connect(lambda: self._choose_whose(None))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        Draw(painter, self._kit.look).across(0, self.height() - 1, self.width())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    @property
    def _chooses(self) -> bool:
        return self._state is not None and self._state.may_choose

    def _arrange(self) -> None:
        """Gives up words, the least needed first, until everything fits."""
        for widget in (self.whose, self.whose_short, self.new, self.new_short, self.title, self.facts):
            widget.ensurePolished()
        facts = self.facts.sizeHint().width()
        fixed = (
            2 * MARGIN + 16 + 8 * 7 + self.title.sizeHint().width() + 2 * 28 + self.today.sizeHint().width()
            + sum(int(width(one.text(), BODY, SEMIBOLD)) + 2 * PAD + 2 for one in self.spans.buttons.values())
        )  # fmt: skip
        short = self.new_short.sizeHint().width()
        least = short + (self.whose_short.sizeHint().width() if self._chooses else -8)
        tight = self.width() - fixed < least
        self.spans.tighten(tight)
        room = self.width() - fixed
        whose, new = self.whose.sizeHint().width(), self.new.sizeHint().width()
        if not self._chooses:
            whose = -8  # it is not there, nor the gap beside it
        with_facts = room >= facts + whose + new
        with_whose = with_facts or room >= whose + new
        with_new = with_whose or room >= new + self.whose_short.sizeHint().width() or room >= new + short
        self.facts.setVisible(with_facts)
        self.whose.setVisible(with_whose and self._chooses)
        self.whose_short.setVisible(not with_whose and self._chooses)
        self.new.setVisible(with_new)
        self.new_short.setVisible(not with_new)


def surname(full: str) -> str:
    """The first word of a name."""
    return full.split(" ")[0]
