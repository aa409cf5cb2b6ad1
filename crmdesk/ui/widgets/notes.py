"""What the program says by itself: a banner, an empty place, work under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.tokens import BANNER, MARGIN, RADIUS, SEMIBOLD
from crmdesk.ui.widgets.controls import Button, Tool, tip

GAP = 8  # over a banner
SIGNS = {  # kind: icon, colour of icon and first words, tint
    "neutral": ("undo-2", "text", "hover"),
    "over": ("circle-alert", "over", "over_tint"),
    "today": ("triangle-alert", "today", "today_tint"),
    "done": ("circle-check", "done", "done_tint"),
}


class Banner(QWidget):
    """One line that tells and does not stop: strong words, plain words, at most one action; hidden until it speaks."""

    def __init__(self, kit: Kit, margin: int = MARGIN) -> None:
        super().__init__()
        self._kit = kit
        self._margin = margin
        self._kind = "neutral"
        self._strong = self._plain = ""
        self._press: Callable[[], None] | None = None
        self.setFixedHeight(BANNER + GAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(margin, GAP, margin + 4, 0)
        row.setSpacing(0)
        row.addStretch()
        self._action = Button(kit, "", self._pressed, kind="flat")
        self._close = Tool(kit, "x", N_("Close"), self.hide)
        row.addWidget(self._action)
        row.addWidget(self._close)
        kit.look.changed.connect(self.update)
        self.hide()

    def tell(
        self, kind: str, strong: str, plain: str = "", *, action: str = "", press: Callable[[], None] | None = None
    ) -> None:
        """Shows the line; the words are already in the language of the window."""
        self._kind, self._strong, self._plain, self._press = kind, strong, plain, press
        self._action.say(action)
        self._action.setVisible(press is not None)
        words = f"{strong} {plain}".strip()
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self.show()
        self.update()

    @property
    def words(self) -> str:
        """What it says now, or nothing."""
        return "" if self.isHidden() else self.accessibleName()

    def _pressed(self) -> None:
        press, self._press = self._press, None
        self.hide()
        if press is not None:
            press()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        icon, token, tint = SIGNS[self._kind]
        right = (self._action if self._action.isVisible() else self._close).x()
        draw.fill(self._margin, GAP, self.width() - 2 * self._margin, BANNER, tint, RADIUS)
        draw.icon(icon, self._margin + 10, GAP + (BANNER - 16) / 2, 16, token)
        x = self._margin + 36
        used = draw.text(x, GAP, max(right - x - 8, 1), BANNER, self._strong, weight=SEMIBOLD, token=token)
        room = right - x - used - 16
        if self._plain and room > 30:
            draw.text(x + used + 8, GAP, room, BANNER, self._plain)
        painter.end()


class Empty(QWidget):
    """Nothing to show, and why: an icon, the reason, a detail, one button, one link; centred in the free room."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._icon = "file-text"
        self._token = "muted"
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(6)
        self._sign = QLabel()
        self._reason = QLabel()
        self._reason.setProperty("k", "strong")
        self._detail = QLabel()
        self._detail.setProperty("k", "muted")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        self.button = Button(kit, "")
        self.link = Button(kit, "", kind="flat")
        buttons.addStretch()
        buttons.addWidget(self.button)
        buttons.addWidget(self.link)
        buttons.addStretch()
        column.addStretch(2)
        for label in (self._sign, self._reason, self._detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._sign)
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        column.addLayout(buttons)
        column.addStretch(3)
        self._press: Callable[[], None] | None = None
        self._press_link: Callable[[], None] | None = None
        self.button.clicked.connect(lambda: self._pressed(self._press))
        self.link.clicked.connect(lambda: self._pressed(self._press_link))
        kit.look.changed.connect(self._dress)

    def tell(
        self,
        icon: str,
        reason: str,
        detail: str = "",
        *,
        token: str = "muted",
        button: str = "",
        press: Callable[[], None] | None = None,
        link: str = "",
        press_link: Callable[[], None] | None = None,
    ) -> None:
        """Says why it is empty; words already in the language of the window."""
        self._icon, self._token, self._press, self._press_link = icon, token, press, press_link
        self._reason.setText(reason)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.button.say(button)
        self.button.setVisible(press is not None)
        self.link.say(link)
        self.link.setVisible(press_link is not None)
        self._dress()

    def clear(self) -> None:
        """Says nothing any more: there is something to show."""
        self.tell(self._icon, "")

    @property
    def focus_button(self) -> Button | None:
        """What there is to press: where the keyboard belongs while this is shown."""
        if self._press is not None:
            return self.button
        return self.link if self._press_link is not None else None

    @property
    def words(self) -> str:
        """The reason and the detail."""
        return f"{self._reason.text()} {self._detail.text()}".strip()

    @staticmethod
    def _pressed(press: Callable[[], None] | None) -> None:
        if press is not None:
            press()

    def _dress(self) -> None:
        self._sign.setPixmap(self._kit.look.pixmap(self._icon, 24, self._token))


class Progress(QWidget):
    """Work under way: what, how far, and the way to end it; hidden while nothing runs."""

    def __init__(self, kit: Kit, cancel: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedHeight(BANNER)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(12)
        self._what = QLabel()
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._share = QLabel()
        self._share.setProperty("k", "muted")
        self.cancel = Button(kit, N_("Cancel"), cancel, kind="flat")
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._share)
        row.addWidget(self.cancel)
        self.hide()

    def tell(self, what: str, done: int, total: int) -> None:
        """So much of so much; a total of 0 means that nobody knows yet."""
        self._what.setText(what)
        self._bar.setAccessibleName(what)
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(done * 1000 // total if total else 0)
        self._share.setText(self._kit.words.percent(done * 100 // total) if total else "")
        self.show()
