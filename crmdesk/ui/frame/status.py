"""The status bar: what was written, how old the last verified copy is, who I am."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import SMALL, STATUS
from crmdesk.ui.widgets.controls import Canvas, tip

ORDER = ("saved", "copy", "undo")  # from left to right


class StatusBar(QFrame):
    """Notes at the left, each an icon with words; the person and the office at the right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setFixedHeight(STATUS)
        self._notes: dict[str, tuple[str, str, str]] = {}
        self._who = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._canvas = Canvas(kit, self._paint)
        column.addWidget(self._canvas)

    def tell(self, place: str, icon: str, words: str, token: str = "muted") -> None:
        """Sets one note of ORDER; without words it goes away."""
        if words:
            self._notes[place] = (icon, words, token)
        else:
            self._notes.pop(place, None)
        self._notes = {name: self._notes[name] for name in ORDER if name in self._notes}
        self._changed()

    def who(self, words: str) -> None:
        """The person, the role, the office."""
        self._who = words
        self._changed()

    @property
    def words(self) -> str:
        """All that stands there."""
        return " · ".join([*(words for _, words, _ in self._notes.values()), self._who])

    def _changed(self) -> None:
        self._canvas.setAccessibleName(self.words)
        self._canvas.setToolTip(tip(self.words))
        self._canvas.update()

    def _paint(self, draw: Draw, w: int, h: int) -> None:
        x, right = 16.0, w - 16 - min(width(self._who, SMALL), w * 0.4)
        for icon, words, token in self._notes.values():
            if right - x < 60:
                break
            draw.icon(icon, x, (h - 14) / 2, 14, token)
            x += 20 + draw.text(x + 20, 0, right - x - 40, h, words, size=SMALL, token="muted") + 20
        draw.text(x, 0, w - x - 16, h, self._who, size=SMALL, token="muted", align=RIGHT)
