"""Pills: a few choices in a row, one pressed; with a count, and with digits and arrows for the hand on the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, REGULAR, SMALL

HEIGHT = 24
PAD, GAP, APART = 10, 6, 6


@dataclass(frozen=True, slots=True)
class Choice:
    """A pill: its value, its words in the language of the window, what stands muted behind them, a hint."""

    value: Any
    text: str
    note: str = ""
    hint: str = ""


class Pill(QAbstractButton):
    """One choice."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.choice = Choice(None, "")
        self.brief = False  # without what stands behind the words
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.look.changed.connect(self.update)

    def say(self, choice: Choice) -> None:
        """Shows a choice."""
        self.choice = choice
        self.setText(choice.text)
        self.setAccessibleName(f"{choice.text} {choice.note}".strip())
        self.setToolTip(choice.hint)
        self.updateGeometry()
        self.update()

    def wide(self, *, brief: bool) -> int:
        """How many pixels it takes."""
        note = width(self.choice.note, SMALL) + GAP if self.choice.note and not brief else 0
        return round(width(self.choice.text, SMALL, MEDIUM) + note + 2 * PAD)

    def shorten(self, *, brief: bool) -> None:
        """With or without what stands behind the words."""
        if brief is not self.brief:
            self.brief = brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(self.wide(brief=self.brief), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        pressed = self.isChecked()
        fill = "primary_tint" if pressed else "hover" if self.underMouse() and self.isEnabled() else "surface"
        draw.fill(0, 0, w, h, fill, h / 2)
        edge = "primary" if pressed or self.hasFocus() else "control" if self.underMouse() else "hair"
        draw.stroke(0, 0, w, h, edge, h / 2 - 1, 2 if self.hasFocus() else 1)
        token = "primary" if pressed else "text" if self.isEnabled() else "control"
        used = draw.text(PAD, 0, w - 2 * PAD, h, self.choice.text, size=SMALL, weight=MEDIUM, token=token)
        if self.choice.note and not self.brief:
            draw.text(PAD + used + GAP, 0, 0, h, self.choice.note, size=SMALL, weight=REGULAR, token="muted")
        painter.end()


class Pills(QWidget):
    """A row of up to `most` pills, one of them pressed. `chosen` carries the value.

    Where there is too little room the notes go first, then the last pills, but never the pressed one.
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, most: int, *, digits: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._digits = digits
        self._offered = 0
        self._pills: list[Pill] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(APART)
        for _ in range(most):  # all of them now: Tab goes about in the order in which widgets were made
            pill = Pill(kit)
            pill.hide()
            self._group.addButton(pill)
            self._row.addWidget(pill)
            self._pills.append(pill)
        self._row.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def offer(self, choices: Sequence[Choice], value: Any) -> None:
        """Shows these choices (`most` at most), `value` pressed; the widgets stay the same, and keep the focus."""
        self._offered = len(choices)
        for pill, choice in zip(self._pills, choices, strict=False):
            if pill.choice != choice:
                pill.say(choice)
        for pill in self._pills[self._offered :]:
            pill.hide()
        self.press(value)

    @property
    def value(self) -> Any:
        """What is pressed; None when nothing is."""
        return next((pill.choice.value for pill in self.pills if pill.isChecked()), None)

    @property
    def pills(self) -> list[Pill]:
        """Those that are offered."""
        return self._pills[: self._offered]

    def press(self, value: Any) -> None:
        """Presses a value without saying so; an unknown one presses nothing."""
        self._group.setExclusive(False)
        for pill in self.pills:
            pill.setChecked(pill.choice.value == value)
        self._group.setExclusive(any(pill.isChecked() for pill in self.pills))
        self._fit()
        self._stops()

    def choose(self, value: Any) -> None:
        """Presses a value, as a click would."""
        self.press(value)
        self.chosen.emit(value)

    def setFocus(self, *args: Any) -> None:  # noqa: D102
        pill = next((pill for pill in self._shown() if pill.isChecked()), None) or next(iter(self._shown()), None)
        if pill is not None:
            pill.setFocus(*(args or (Qt.FocusReason.OtherFocusReason,)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        shown = self._shown()
        number = event.key() - Qt.Key.Key_1
        if self._digits and 0 <= number < self._offered and not event.modifiers():
            self.press(self.pills[number].choice.value)
            self.pills[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.chosen.emit(self.value)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = next((n for n, pill in enumerate(shown) if pill.hasFocus()), None)
        if step is not None and here is not None:
            pill = shown[(here + step) % len(shown)]
            pill.setFocus(Qt.FocusReason.TabFocusReason)
            self.choose(pill.choice.value)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()
        self._stops()

    def _fit(self) -> None:
        room, offered = self.width(), self.pills
        brief = sum(pill.wide(brief=False) + APART for pill in offered) - APART > room
        kept = sum(pill.wide(brief=brief) + APART for pill in offered if pill.isChecked())
        used = 0
        for pill in offered:
            pill.shorten(brief=brief)
            wide = pill.wide(brief=brief) + APART
            if pill.isChecked():
                kept -= wide
            there = pill.isChecked() or used + wide + kept - APART <= room
            used += wide if there else 0
            if there is pill.isHidden():
                pill.setVisible(there)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(0, HEIGHT)

    def _shown(self) -> list[Pill]:
        return [pill for pill in self.pills if not pill.isHidden()]

    def _stops(self) -> None:
        """One tab stop for the row: the pressed pill, or the first."""
        shown = self._shown()
        stop = next((pill for pill in shown if pill.isChecked()), shown[0] if shown else None)
        for pill in shown:
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pill is stop else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, pill: QAbstractButton) -> None:
        if isinstance(pill, Pill):
            self.choose(pill.choice.value)
