"""The icons: one-colour line drawings (Lucide), recoloured from the tokens and remembered."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crmdesk.system import paths

SCALE = 2  # drawn twice as large: crisp at 100, 125 and 150 per cent


@lru_cache(128)
def _drawing(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(1024)
def pixmap(name: str, size: int, color: str, fill: str = "none") -> QPixmap:
    """An icon as pixels; `color` and `fill` are #RRGGBB. Raises FileNotFoundError for an unknown name."""
    drawing = _drawing(name).replace("currentColor", color)
    drawing = drawing.replace('stroke-width="2"', f'stroke-width="{2 if size <= 16 else 1.75}"')
    if fill != "none":
        drawing = drawing.replace('fill="none"', f'fill="{fill}"', 1)
    pixels = QPixmap(QSize(size, size) * SCALE)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * SCALE, size * SCALE))
    painter.end()
    pixels.setDevicePixelRatio(SCALE)
    return pixels


def icon(name: str, size: int, color: str) -> QIcon:
    """An icon for a button or a menu."""
    return QIcon(pixmap(name, size, color))
