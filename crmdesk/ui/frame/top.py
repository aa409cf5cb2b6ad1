"""The top bar: back, forward, search and commands, the quick line for a new task, the connection."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import TOP_BAR
from crmdesk.ui.widgets.controls import Canvas, CommandTool, Field

QUICK_KEY = "Ctrl+Shift+Space"
ICON, GAP = 16, 6
ROOMY = 1000  # pixels of the bar from which the connection is said in words


class TopBar(QFrame):
    """Lays out what it is given; the bell is put before `link` by the reminders."""

    def __init__(self, kit: Kit, palette: QWidget, quick: Callable[[str], None]) -> None:
        super().__init__()
        self._kit = kit
        self._lost = False
        self.setObjectName("topbar")
        self.setFixedHeight(TOP_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(CommandTool(kit, "back"))
        row.addWidget(CommandTool(kit, "forward"))
        row.addSpacing(8)
        row.addWidget(palette, 3)
        row.addSpacing(8)
        self.quick = Field(kit, N_("New task: what is to be done"), icon="plus", key=QUICK_KEY)
        self.quick.setMinimumWidth(140)
        self.quick.returnPressed.connect(lambda: quick(self.quick.text()))
        row.addWidget(self.quick, 5)
        row.addSpacing(12)
        self.link = Canvas(kit, self._paint_link)
        row.addWidget(self.link)
        kit.language.changed.connect(self._say)
        self._say()

    def connection(self, lost: bool) -> None:
        """Whether the base answers."""
        self._lost = lost
        self._say()

    def resizeEvent(self, event: object) -> None:  # noqa: D102
        self._fit()

    def _say(self) -> None:
        words = self._kit.words
        text = words.gettext("No connection") if self._lost else words.gettext("Connected")
        self.link.setAccessibleName(text)
        self.link.setToolTip(text)
        self._fit()
        self.link.update()

    def _fit(self) -> None:
        text = self.link.accessibleName()
        wide = self.width() >= ROOMY
        self.link.setFixedSize(ICON + (GAP + int(width(text)) + 2 if wide else 0), 28)

    def _paint_link(self, draw: Draw, w: int, h: int) -> None:
        icon, sign, token = ("cloud-off", "over", "over") if self._lost else ("circle-check", "done", "muted")
        draw.icon(icon, 0, (h - ICON) / 2, ICON, sign)
        if w > ICON:
            draw.text(ICON + GAP, 0, w - ICON - GAP, h, self.link.accessibleName(), token=token)
