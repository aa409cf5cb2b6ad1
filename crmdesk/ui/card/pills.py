"""Pills: a few choices in a row, one pressed; with a count, and with digits and arrows for the hand on the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, REGULAR, SMALL

HEIGHT = 24
PAD, GAP = 10, 6


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

    def sizeHint(self) -> QSize:  # noqa: D102
        note = width(self.choice.note, SMALL) + GAP if self.choice.note else 0
        return QSize(round(width(self.choice.text, SMALL, MEDIUM) + note + 2 * PAD), HEIGHT)

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
        if self.choice.note:
            draw.text(PAD + used + GAP, 0, 0, h, self.choice.note, size=SMALL, weight=REGULAR, token="muted")
        painter.end()


class Pills(QWidget):
    """A row of up to `most` pills, one of them pressed; what does not fit is cut. `chosen` carries the value."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, most: int, *, digits: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._digits = digits
        self._pills: list[Pill] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
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
        for number, pill in enumerate(self._pills):
            there = number < len(choices)
            pill.setVisible(there)
            if there:
                pill.say(choices[number])
        self.press(value)

    @property
    def value(self) -> Any:
        """What is pressed; None when nothing is."""
        return next((pill.choice.value for pill in self._shown() if pill.isChecked()), None)

    @property
    def pills(self) -> list[Pill]:
        """Those that are offered."""
        return self._shown()

    def press(self, value: Any) -> None:
        """Presses a value without saying so; an unknown one presses nothing."""
        self._group.setExclusive(False)
        for pill in self._shown():
            pill.setChecked(pill.choice.value == value)
        self._group.setExclusive(any(pill.isChecked() for pill in self._shown()))
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
        if self._digits and 0 <= number < len(shown) and not event.modifiers():
            shown[number].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.choose(shown[number].choice.value)
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = next((n for n, pill in enumerate(shown) if pill.hasFocus()), None)
        if step is not None and here is not None:
            pill = shown[(here + step) % len(shown)]
            pill.setFocus(Qt.FocusReason.TabFocusReason)
            self.choose(pill.choice.value)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(0, HEIGHT)

    def _shown(self) -> list[Pill]:
        return [pill for pill in self._pills if not pill.isHidden()]

    def _stops(self) -> None:
        """One tab stop for the row: the pressed pill, or the first."""
        shown = self._shown()
        stop = next((pill for pill in shown if pill.isChecked()), shown[0] if shown else None)
        for pill in shown:
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if pill is stop else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, pill: QAbstractButton) -> None:
        if isinstance(pill, Pill):
            self.choose(pill.choice.value)
