"""The painting vocabulary: everything that delegates and painted widgets draw goes through these few words."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from crmdesk.ui.theme.fonts import elided, font, metrics, width
from crmdesk.ui.theme.look import Look
from crmdesk.ui.theme.tokens import BODY, LEAD_BODY, LEAD_SMALL, MEDIUM, RADIUS_CHIP, REGULAR, SMALL

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
ANY_WIDTH = 10_000
_APART = re.compile(r"(?<=\d) (?=\d{3}|шт|экз|прим|г\b|%|₽|₴|дн|мес)")


class Draw:
    """A painter with the look's fonts, colours and icons. Coordinates are pixels of the widget."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        self.look = look
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )

    def text(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        text: str,
        *,
        size: int = BODY,
        weight: int = REGULAR,
        token: str = "text",
        align: Qt.AlignmentFlag = LEFT,
    ) -> float:
        """One line, vertically centred, shortened with «…» to `w` (0: as wide as it is); its width."""
        if not text:
            return 0.0
        if w > 0:
            text = elided(text, int(w) + 1, size, weight)
        self.painter.setFont(font(size, weight))
        self.painter.setPen(self.look.color(token))
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self.painter.drawText(QRectF(x, y, w + 1 if w > 0 else ANY_WIDTH, h), int(flags), text)
        return width(text, size, weight)

    def wrapped(
        self,
        x: float,
        y: float,
        w: float,
        text: str,
        *,
        size: int = BODY,
        weight: int = REGULAR,
        token: str = "text",
        lines: int = 9,
    ) -> float:
        """Text broken into at most `lines` lines; the height used. A number never parts from its unit."""
        lead = LEAD_BODY if size == BODY else LEAD_SMALL
        broken = wrap(text, w, size, weight, lines)
        for i, line in enumerate(broken):
            self.text(x, y + i * lead, 0, lead, line, size=size, weight=weight, token=token)
        return len(broken) * lead

    def icon(
        self, name: str, x: float, y: float, size: int = 16, token: str = "muted", fill: str | None = None
    ) -> None:
        """An icon with its top left corner at (x, y)."""
        self.painter.drawPixmap(int(x), int(y), self.look.pixmap(name, size, token, fill))

    def fill(self, x: float, y: float, w: float, h: float, token: str, radius: float = 0) -> None:
        """A filled rectangle."""
        if not radius:
            self._plain(x, y, w, h, token)
            return
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, y, w, h), radius, radius)
        self.painter.fillPath(path, self.look.color(token))

    def stroke(
        self, x: float, y: float, w: float, h: float, token: str, radius: float = RADIUS_CHIP, pen: float = 1
    ) -> None:
        """The outline of a rectangle, wholly inside it."""
        self.painter.setPen(QPen(self.look.color(token), pen))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        half = pen / 2
        self.painter.drawRoundedRect(QRectF(x + half, y + half, w - pen, h - pen), radius, radius)

    def ring(self, x: float, y: float, w: float, h: float, radius: float = 6) -> None:
        """The focus ring."""
        self.stroke(x, y, w, h, "primary", radius, 2)

    def across(self, x: float, y: float, w: float, token: str = "hair") -> None:
        """A hairline from left to right."""
        self._plain(x, y, w, 1, token)

    def down(self, x: float, y: float, h: float, token: str = "hair") -> None:
        """A hairline from top to bottom."""
        self._plain(x, y, 1, h, token)

    def _plain(self, x: float, y: float, w: float, h: float, token: str) -> None:
        """A rectangle with hard edges: softened ones leave seams between neighbours at 125 and 150 per cent."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.painter.fillRect(QRectF(x, y, w, h), self.look.color(token))
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def chip(
        self,
        x: float,
        middle: float,
        text: str,
        *,
        token: str = "muted",
        tint: str = "hover",
        icon: str | None = None,
        filled: bool = False,
    ) -> float:
        """A small tinted word with an icon, an outline or filled; its width."""
        words = width(text, SMALL, MEDIUM)
        w = words + 14 + (15 if icon else 0)
        self.fill(x, middle - 10, w, 20, tint, RADIUS_CHIP)
        if icon:
            self.icon(icon, x + 5, middle - 6, 13, token, token if filled else None)
        self.text(x + (21 if icon else 7), middle - 10, 0, 20, text, size=SMALL, weight=MEDIUM, token=token)
        return w

    def key(self, right: float, middle: float, text: str) -> float:
        """A key in a hairline box, its right edge at `right`; its width."""
        w = width(text, SMALL) + 10
        self.stroke(right - w, middle - 9, w, 18, "hair")
        self.text(right - w + 5, middle - 9, 0, 18, text, size=SMALL, token="muted")
        return w

    def bar(self, x: float, y: float, w: float, h: float, part: float, token: str = "chart") -> None:
        """A bar filled to `part` (0…1)."""
        self.fill(x, y, w, h, "hair", h / 2)
        if part > 0:
            self.fill(x, y, max(h, w * min(part, 1)), h, token, h / 2)


def wrap(text: str, room: float, size: int = BODY, weight: int = REGULAR, lines: int = 9) -> list[str]:
    """The text in lines of at most `room` pixels; what does not fit into `lines` lines ends in «…»."""
    measure = metrics(size, weight)
    out: list[str] = []
    current = ""
    for word in _APART.sub("\u00a0", text).split(" "):
        longer = f"{current} {word}".strip()
        if current and measure.horizontalAdvance(longer) > room:
            out.append(current)
            current = word
        else:
            current = longer
    out.append(current)
    if len(out) > lines:
        rest = " ".join(out[lines - 1 :])
        out = [*out[: lines - 1], measure.elidedText(rest, Qt.TextElideMode.ElideRight, room)]
    return [measure.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in out]
