"""The bundled font: loaded once, handed out by size and weight; widths and shortened texts are remembered."""

from __future__ import annotations

import sys
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from crmdesk.system import paths
from crmdesk.ui.theme.tokens import BODY, REGULAR

FAMILY = "CRMDesk Sans"
STYLES = ("Regular", "Medium", "SemiBold")


@lru_cache(1)
def load() -> None:
    """Gives the three faces to Qt; needs the application to be there."""
    for style in STYLES:
        file = paths.resources() / "fonts" / "ui" / f"CRMDeskSans-{style}.ttf"
        QFontDatabase.addApplicationFontFromData(file.read_bytes())
    if sys.platform == "linux":  # Windows and macOS bring a font with emoji, a bare Linux shows boxes
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / "paper" / "CRMDeskEmoji.ttf"))


@lru_cache(32)
def font(size: int = BODY, weight: int = REGULAR) -> QFont:
    """A font in pixels. Without hinting, or 13-px Cyrillic looks spaced out and widths differ between systems."""
    found = QFont(FAMILY)
    found.setPixelSize(size)
    found.setWeight(QFont.Weight(weight))
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return found


@lru_cache(32)
def metrics(size: int = BODY, weight: int = REGULAR) -> QFontMetricsF:
    """The metrics of `font(size, weight)`."""
    return QFontMetricsF(font(size, weight))


@lru_cache(8192)
def width(text: str, size: int = BODY, weight: int = REGULAR) -> float:
    """How wide a text is, pixels."""
    return metrics(size, weight).horizontalAdvance(text)


@lru_cache(8192)
def elided(text: str, room: int, size: int = BODY, weight: int = REGULAR) -> str:
    """The text, or as much of it as fits into `room` pixels with «…»."""
    if width(text, size, weight) <= room:
        return text
    return metrics(size, weight).elidedText(text, Qt.TextElideMode.ElideRight, room)
