"""The tokens are readable, the fonts and icons are ours, and Qt is dressed in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from crmdesk.system import paths
from crmdesk.ui.theme import fonts
from crmdesk.ui.theme.look import Look
from crmdesk.ui.theme.tokens import DARK, LIGHT, Tokens

PAGES = ("surface", "sunken", "raised", "hover", "primary_tint")
MEANINGS = ("over", "today", "done", "prom", "info")


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """Every pair the design uses, with the contrast it needs."""
    found = [("text", page, 10.0) for page in PAGES] + [("muted", page, 5.4) for page in PAGES]
    found += [(color, f"{color}_tint", 5.7) for color in MEANINGS]
    found += [(color, page, 5.4) for color in MEANINGS for page in ("surface", "sunken", "primary_tint")]
    found += [("primary", page, 4.5) for page in PAGES]
    found += [(word, f"{color}_tint", 4.5) for color in MEANINGS for word in ("text", "muted")]  # words on a tint
    found += [("muted", "primary_tint", 4.5), ("muted", "hover", 4.5), ("primary", "primary_tint", 4.5)]
    found += [("on_primary", "primary", 4.5), ("text", "over_tint", 4.5), ("muted", "today_tint", 4.5)]
    found += [("control", page, 3.1) for page in ("surface", "sunken", "primary_tint", "raised")]
    found += [("chart", page, 3.0) for page in ("surface", "sunken", "primary_tint")]
    return found


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_that_every_pair_of_tokens_is_readable(tokens: Tokens) -> None:
    low = {
        f"{front} on {back}": round(contrast(tokens.color(front), tokens.color(back)), 2)
        for front, back, need in pairs()
        if contrast(tokens.color(front), tokens.color(back)) < need
    }
    assert not low


def test_that_the_window_uses_only_the_bundled_font(look: Look) -> None:
    assert QFontInfo(fonts.font()).family() == fonts.FAMILY
    assert QFontInfo(fonts.font(13, 600)).weight() >= 600


def test_that_the_bundled_font_writes_both_alphabets_and_all_money_signs(look: Look) -> None:
    from PySide6.QtGui import QRawFont

    raw = QRawFont.fromFont(fonts.font())
    missing = [c for c in "АяЁёҐґЄєІіЇїQz₽₴№«»—−≈≥▲▼■●◆○×→…" if not raw.supportsCharacter(ord(c))]
    assert not missing


def test_that_figures_stand_in_columns(look: Look) -> None:
    widths = {fonts.width(digit, size, weight) for digit in "0123456789" for size in (12,) for weight in (400,)}
    assert len(widths) == 1


def test_that_every_icon_the_program_names_is_in_the_resources() -> None:
    there = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    named: set[str] = set()
    for file in Path(paths.PACKAGE, "ui").rglob("*.py"):
        named |= set(re.findall(r'(?:icon|pixmap)\(\s*"([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
        named |= set(re.findall(r'\bicon="([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    assert named
    assert named <= there


def test_that_an_icon_is_drawn_in_the_colour_asked_for(look: Look) -> None:
    image = look.pixmap("check", 16, "done").toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert LIGHT.done.lower() in seen


def test_that_a_switch_of_the_theme_reaches_palette_and_style_sheet(look: Look, qapp: QApplication) -> None:
    look.use("dark")
    try:
        assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.surface)
        assert DARK.primary in qapp.styleSheet()
        assert LIGHT.primary not in qapp.styleSheet()
        assert look.color("text").name().upper() == DARK.text
    finally:
        look.use("light")


def test_that_void_qt_calls_cost_no_reference_to_none(look: Look) -> None:
    """PySide 6.12.0 on Python 3.11 loses one at every call and aborts after some thousands."""
    import sys

    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(500):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 100
