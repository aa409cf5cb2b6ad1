"""Buttons, labels and fields that say themselves in the language of the window."""

from __future__ import annotations

import html
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, REGULAR, SMALL

ICON_GAP = "\u2004"  # QPushButton knows no gap between icon and text: a third-em space is the gap


def tip(text: str) -> str:
    """A text as a tooltip that shows it literally: Qt takes «<b>» for markup wherever it looks like it."""
    return f"<qt>{html.escape(text)}</qt>" if "<" in text or "&" in text else text


class Label(QLabel):
    """A text: `text` is an English msgid; `kind` one of "", muted, small, head, strong, error."""

    def __init__(self, kit: Kit, text: str = "", kind: str = "") -> None:
        super().__init__()
        self._kit = kit
        self._text = text
        self.setProperty("k", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the text anew."""
        if self._text:
            self.setText(self._kit.words.gettext(self._text))


class Elided(QLabel):
    """A line that ends in «…» when there is no room, instead of being cut; the whole of it is in the tooltip."""

    def __init__(self, kit: Kit, token: str = "muted", size: int = BODY, weight: int = REGULAR) -> None:
        super().__init__()
        self._kit = kit
        self._token = token
        self._size = size
        self._weight = weight
        self._shorter: tuple[str, ...] = ()
        self.setMinimumWidth(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        kit.look.changed.connect(self.update)

    def say(self, text: str, *shorter: str) -> None:
        """Shows a text, already in the language of the window; or the first of `shorter` that fits."""
        self._shorter = shorter
        self.setText(text)
        self.setToolTip(tip(text))
        self.update()

    @property
    def shown(self) -> str:
        """The text that fits, or the shortest."""
        texts = (self.text(), *self._shorter)
        return next((text for text in texts if width(text, self._size, self._weight) <= self.width() - 1), texts[-1])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        Draw(painter, self._kit.look).text(
            0, 0, self.width() - 1, self.height(), self.shown, size=self._size, weight=self._weight, token=self._token
        )
        painter.end()


class Button(QPushButton):
    """A button with a word. `kind`: "" plain, "primary" (one a view), "flat" (a link), "choice" (one of a few)."""

    def __init__(
        self, kit: Kit, text: str, press: Callable[[], None] | None = None, *, kind: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        self._kit = kit
        self._text = text
        self._icon = icon
        self._kind = kind
        self.setProperty("k", kind)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(16, 16))
        if press is not None:
            self.clicked.connect(lambda: press())
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self._dress)
        self.retranslate()
        self._dress()

    def say(self, text: str) -> None:
        """Another text from now on, already in the language of the window."""
        self._text = ""
        self.setText((ICON_GAP if self._icon else "") + text.replace("&", "&&"))

    def wear(self, icon: str) -> None:
        """Another icon from now on."""
        if icon != self._icon:
            self._icon = icon
            self._dress()

    def retranslate(self) -> None:
        """Says the text anew."""
        if self._text:
            self.setText((ICON_GAP if self._icon else "") + self._kit.words.gettext(self._text))

    def _dress(self) -> None:
        if self._icon:
            token = {"primary": "on_primary", "flat": "primary"}.get(self._kind, "muted")
            self.setIcon(self._kit.look.icon(self._icon, 16, token))


class Tool(QToolButton):
    """A button with an icon only: its name is in the tooltip and for those who cannot see."""

    def __init__(self, kit: Kit, icon: str, text: str, press: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self._icon = icon
        self._text = text
        self.setFixedSize(28, 28)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: press())
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self._dress)
        self.retranslate()
        self._dress()

    def retranslate(self) -> None:
        """Says the name anew."""
        text = self._kit.words.gettext(self._text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def _dress(self) -> None:
        self.setIcon(self._kit.look.icon(self._icon))


class CommandTool(Tool):
    """The icon button of a command: name and key come from the registry, also while another view is open."""

    def __init__(self, kit: Kit, name: str) -> None:
        self._command = kit.commands[name]
        super().__init__(kit, self._command.icon, self._command.title, lambda: kit.commands.run(name))

    def retranslate(self) -> None:
        """Says the name and the key anew."""
        self.setToolTip(self._kit.commands.hint_of(self._command))
        self.setAccessibleName(self._kit.words.gettext(self._command.title))


class Field(QLineEdit):
    """A line to type in; with an icon at its left and a key drawn at its right while it is empty."""

    def __init__(self, kit: Kit, placeholder: str = "", *, icon: str = "", key: str = "") -> None:
        super().__init__()
        self._kit = kit
        self._placeholder = placeholder
        self._icon = icon
        self._key = key
        self._action = self.addAction(kit.look.icon(icon), QLineEdit.ActionPosition.LeadingPosition) if icon else None
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self._dress)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the placeholder anew; it is the accessible name as well."""
        if self._placeholder:
            text = self._kit.words.gettext(self._placeholder)
            self.setPlaceholderText(text)
            self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        if self._key and not self.text() and self._has_room():
            painter = QPainter(self)
            Draw(painter, self._kit.look).key(self.width() - 6, self.height() / 2, self._key)
            painter.end()

    def _has_room(self) -> bool:
        """Whether the key does not stand over the end of the placeholder."""
        taken = width(self.placeholderText()) + width(self._key, SMALL)
        return taken + (44 if self._icon else 16) + 24 <= self.width()

    def _dress(self) -> None:
        if self._action is not None:
            self._action.setIcon(self._kit.look.icon(self._icon))


class Canvas(QWidget):
    """A painted widget: draws by `draw(Draw, width, height)` and again after each change of the look."""

    def __init__(self, kit: Kit, draw: Callable[[Draw, int, int], None]) -> None:
        super().__init__()
        self._kit = kit
        self._draw = draw
        kit.look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        self._draw(Draw(painter, self._kit.look), self.width(), self.height())
        painter.end()
