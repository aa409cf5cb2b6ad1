"""The look of the running program: which tokens hold now, and Qt's palette and style sheet made from them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from crmdesk.system import paths
from crmdesk.ui.theme import fonts, icons
from crmdesk.ui.theme.style import style_sheet
from crmdesk.ui.theme.tokens import DARK, LIGHT, Tokens

THEMES = ("system", "light", "dark")


class Look(QObject):
    """The theme in force. `changed` tells every painted widget to draw itself anew."""

    changed = Signal()

    def __init__(self, app: QApplication, theme: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self._files = tempfile.TemporaryDirectory(prefix="crmdesk-look-")  # combo arrows: QSS takes files only
        self.theme = ""
        self.tokens: Tokens = LIGHT
        self._colors: dict[str, QColor] = {}
        fonts.load()
        app.setStyle("Fusion")
        app.setFont(fonts.font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.use(theme)

    def use(self, theme: str) -> None:
        """Switches to "light", "dark", or what the system says."""
        self.theme = theme if theme in THEMES else "system"
        tokens = self._wanted()
        self.tokens = tokens
        self._colors.clear()
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens, *self._drawings(tokens)))
        self.changed.emit()

    def color(self, token: str) -> QColor:
        """A token's colour. Shared: copy it before changing it."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(self.tokens.color(token))
        return found

    def pixmap(self, name: str, size: int = 16, token: str = "muted", fill: str | None = None) -> QPixmap:
        """An icon in a token's colour."""
        return icons.pixmap(name, size, self.tokens.color(token), self.tokens.color(fill) if fill else "none")

    def icon(self, name: str, size: int = 16, token: str = "muted") -> QIcon:
        """An icon for a button or a menu, in a token's colour."""
        found = QIcon(icons.icon(name, size, self.tokens.color(token)))
        found.addPixmap(self.pixmap(name, size, "control"), QIcon.Mode.Disabled)  # as pale as the word beside it
        return found

    def close(self) -> None:
        """Undresses the application and removes the files of arrow and tick."""
        self._app.setStyleSheet("")
        self._files.cleanup()

    def _wanted(self) -> Tokens:
        if self.theme == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.theme == "dark" else LIGHT

    def _system_changed(self) -> None:
        if self.theme == "system" and self._wanted() is not self.tokens:
            self.use("system")

    def _drawings(self, tokens: Tokens) -> tuple[Path, Path]:
        """The arrow of combo boxes and the tick of check boxes, as files."""
        found = []
        for name, color in (("chevron-down", tokens.muted), ("check", tokens.on_primary)):
            file = Path(self._files.name) / f"{name}-{tokens.name}.svg"
            if not file.exists():
                drawing = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
                file.write_text(drawing.replace("currentColor", color), encoding="utf-8")
            found.append(file)
        return found[0], found[1]


def palette(tokens: Tokens) -> QPalette:
    """Qt's own roles from the tokens."""
    role = QPalette.ColorRole
    roles = {
        role.Window: tokens.surface,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Button: tokens.surface,
        role.Text: tokens.text,
        role.WindowText: tokens.text,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.primary_tint,
        role.HighlightedText: tokens.text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Link: tokens.primary,
        role.Mid: tokens.hair,
        role.Accent: tokens.primary,
    }
    found = QPalette()
    for key, color in roles.items():
        found.setColor(key, QColor(color))
    for key in (role.Text, role.WindowText, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.control))
    return found
