"""The bell in the top bar: how much waits, and the way to the window of reminders."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent

from crmdesk.ui.commands import shown_keys
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Tool

KEYS = "F8"
MOST = 99  # a larger number says «99+»


class Bell(Tool):
    """The icon with its number at the right."""

    def __init__(self, kit: Kit, press: Callable[[], None]) -> None:
        self.count = 0
        self.quiet = False
        super().__init__(kit, "bell", N_("Reminders"), press)

    def say(self, count: int, *, quiet: bool) -> None:
        """So many wait; `quiet` while nothing comes up by itself."""
        if (count, quiet) != (self.count, self.quiet):
            self.count, self.quiet = count, quiet
            self.setFixedSize(28 + (int(width(self._number, SMALL, SEMIBOLD)) + 6 if count else 0), 28)
            self.retranslate()
            self.update()

    @property
    def _number(self) -> str:
        return str(self.count) if self.count <= MOST else f"{MOST}+"

    def retranslate(self) -> None:
        """Says the name, the number and the key anew."""
        words = self._kit.words
        name = words.gettext("Reminders")
        if self.count:
            name = f"{name}: {self.count}"
        if self.quiet:
            name = f"{name}, {words.gettext('quiet')}"
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shown_keys(KEYS)})")

    def sizeHint(self) -> QSize:  # noqa: D102
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        if self.underMouse():
            draw.fill(0, 0, self.width(), self.height(), "hover", 6)
        if self.hasFocus():
            draw.ring(0, 0, self.width(), self.height())
        draw.icon("bell", 6, 6, 16, "control" if self.quiet else "muted")
        if self.count:
            token = "muted" if self.quiet else "primary"
            draw.text(26, 0, 0, self.height(), self._number, size=SMALL, weight=SEMIBOLD, token=token)
        painter.end()
