"""An A4 page to draw on, landscape unless portrait is asked for: texts, lines, discs, a sparkline, a bar.

Millimetres from the top left corner.

Everything is 100 % black on white: a laser printer halftones grey, and 7 pt grey breaks up (the sheet's principle 4).
Texts are PT Sans Narrow; a sign it lacks comes from a second font at 86 %, an emoji from a third, black and white;
a character none of them has is printed as □.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from crmdesk.system import paths

WIDTH = 297.0
HEIGHT = 210.0
MARGIN = 10.0
RIGHT = WIDTH - MARGIN

REGULAR = "CRMDesk-Regular"
BOLD = "CRMDesk-Bold"
SIGNS = "CRMDesk-Signs"
EMOJI = "CRMDesk-Emoji"
_FILES = {REGULAR: "PTN57F.ttf", BOLD: "PTN77F.ttf", SIGNS: "CRMDeskSigns.ttf"}
_EMOJI_FILE = "CRMDeskEmoji.ttf"
_SCALES = {SIGNS: 0.86, EMOJI: 0.8}  # DejaVu's signs and Noto's emoji are large beside PT Sans Narrow
_SKIN = frozenset("🏻🏼🏽🏾🏿")  # colour an emoji before them: nothing on black and white paper
_REPLACEMENT = "□"
_NBSP = "\u00a0"
_POINT = 1 / mm  # a point in millimetres

rl_config.useA85 = 0  # binary streams: a fifth smaller, and every reader and printer of today takes them


@lru_cache(maxsize=1)
def load_fonts() -> tuple[frozenset[str], frozenset[str]]:
    """Registers the fonts, once a process (0.2 s: not on the window's thread). What letters and signs they have."""
    folder = paths.resources() / "fonts" / "paper"
    fonts = {name: TTFont(name, str(folder / file)) for name, file in _FILES.items()}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    letters, signs = (frozenset(map(chr, fonts[name].face.charToGlyph)) for name in (REGULAR, SIGNS))
    return letters, signs


class _EmojiFont(TTFont):
    """ReportLab tells readers which character a glyph is with four digits, and emoji have five: searching and copying
    such a name would find another one. Here it is told as PDF wants it, in UTF-16 (ISO 32000, 9.10.3)."""

    def addObjects(self, doc: Any) -> None:
        names = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - names:
            if str(name).startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _LONG_CODE.sub(lambda found: f" <{_utf16(int(found[1], 16))}>", stream.content)


_LONG_CODE = re.compile(r" <([0-9A-F]{5,6})>")


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


@lru_cache(maxsize=1)
def _emoji() -> frozenset[str]:
    """Registers the font of the emoji when the first text has one; what it has."""
    font = _EmojiFont(EMOJI, str(paths.resources() / "fonts" / "paper" / _EMOJI_FILE))
    pdfmetrics.registerFont(font)
    return frozenset(map(chr, font.face.charToGlyph)) - _SKIN


def _font_of(char: str, letters: frozenset[str], signs: frozenset[str], font: str) -> str:
    if char in letters:
        return font
    return SIGNS if char in signs else EMOJI


@lru_cache(maxsize=8192)
def printable(text: str) -> str:
    """The text as the fonts can print it: one line, marks they lack dropped, other unknown characters as □."""
    letters, signs = load_fonts()
    if letters.issuperset(text) and text.isprintable():
        return text
    return "".join(_printable(char, letters, signs) for char in unicodedata.normalize("NFC", text)).strip()


def _printable(char: str, letters: frozenset[str], signs: frozenset[str]) -> str:
    kind = unicodedata.category(char)
    if char == _NBSP:
        return char
    if kind in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if kind in {"Cf", "Mn", "Me"} or char in _SKIN:  # joiners, variation selectors, accents without a letter
        return ""
    return char if char in letters or char in signs or char in _emoji() else _REPLACEMENT


@lru_cache(maxsize=65536)
def _runs(text: str, bold: bool) -> tuple[tuple[tuple[str, str, float], ...], float]:
    """The text cut where the font changes: font, part, width in mm at 1 pt (signs already scaled); and the whole."""
    letters, signs = load_fonts()
    font = BOLD if bold else REGULAR
    groups = groupby(printable(text), key=lambda char: _font_of(char, letters, signs, font))
    runs = ((name, "".join(chars)) for name, chars in groups)
    found = tuple((name, part, pdfmetrics.stringWidth(part, name, _size(name, 1)) * _POINT) for name, part in runs)
    return found, sum(run[2] for run in found)


def _size(font: str, size: float) -> float:
    return size * _SCALES.get(font, 1)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text prints, in mm; `size` in points."""
    return size * _runs(text, bold)[1]


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room` mm with … at the end."""
    if width(text, size, bold=bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:  # the longest prefix that fits
        middle = (low + high + 1) // 2
        if width(_ended(text[:middle]), size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return _ended(text[:low])


def _ended(head: str) -> str:
    return head.rstrip(" ,;.·" + _NBSP) + "…"


class Paper:
    """A PDF being drawn, page after page: a page is a list of PDF operators, strokes first, texts on top.

    The operators are written here and not by the canvas's own methods: the same words and figures return a thousand
    times in a batch, and each is encoded for the file only once.
    """

    def __init__(
        self, target: BinaryIO, *, title: str, author: str, lang: str, at: datetime, portrait: bool = False
    ) -> None:
        load_fonts()
        self.wide, self.high = (HEIGHT, WIDTH) if portrait else (WIDTH, HEIGHT)  # mm
        # the first font is ours, or readers list a Helvetica that is not embedded; the stubs take it for a number
        self._canvas = Canvas(
            target,
            pagesize=(self.wide * mm, self.high * mm),
            initialFontName=REGULAR,  # type: ignore[arg-type]
            invariant=1,
            lang=lang,
        )
        self._canvas.setTitle(printable(title))
        self._canvas.setAuthor(printable(author))
        self._canvas.setCreator("CRMDesk")
        self._canvas.setSubject("")
        self._canvas.setDateFormatter(lambda *_: at.strftime("D:%Y%m%d%H%M%S"))
        self._encoded: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._start_page()

    def _start_page(self) -> None:
        self._strokes: list[str] = ["1 j"]  # a sparkline's corners are round
        self._texts: list[str] = []
        self._font = ("", 0.0)
        self._white = False
        self._line_width = 0.0

    def end_page(self) -> None:
        """Finishes the page; the next drawing opens a new one."""
        self._canvas.addLiteral("\n".join([*self._strokes, "BT", *self._texts, "ET"]))
        self._canvas.showPage()
        self._start_page()

    def save(self) -> None:
        """Writes the file to the target."""
        self._canvas.save()

    def bookmark(self, title: str) -> None:
        """An entry of the reader's contents list that leads to this page."""
        key = f"page-{self._canvas.getPageNumber()}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(printable(title), key, level=0)

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, align: str = "l", white: bool = False
    ) -> float:
        """Writes on the baseline `y`; `align` l, r or c says what `x` is. Returns the width in mm."""
        if not text:
            return 0.0
        runs, unit = _runs(text, bold)
        length = size * unit
        if align == "r":
            x -= length
        elif align == "c":
            x -= length / 2
        operators = self._texts
        if white != self._white:
            operators.append("1 g" if white else "0 g")
            self._white = white
        base = (self.high - y) * mm
        for font, part, unit in runs:
            operators.append(f"1 0 0 1 {x * mm:.2f} {base:.2f} Tm")
            scaled = _size(font, size)
            for name, codes in self._encoded.get((font, part)) or self._encode(font, part):
                if self._font != (name, scaled):
                    operators.append(f"{name} {scaled:.4g} Tf")
                    self._font = (name, scaled)
                operators.append(codes)
            x += unit * size
        return length

    def _encode(self, font: str, part: str) -> tuple[tuple[str, str], ...]:
        """The text in the codes of the file's own cuts of the font, and what each cut is called."""
        document = self._canvas._doc  # type: ignore[attr-defined]
        face = pdfmetrics.getFont(font)
        cuts = face.splitString(part, document)  # type: ignore[attr-defined]
        found = tuple((face.getSubsetInternalName(cut, document), f"<{bytes(codes).hex()}> Tj") for cut, codes in cuts)  # type: ignore[attr-defined]
        self._encoded[font, part] = found
        return found

    def line(self, x1: float, y1: float, x2: float, y2: float, points: float = 0.25) -> None:
        """A straight black line, `points` thick."""
        self._polyline(((x1 * mm, (self.high - y1) * mm), (x2 * mm, (self.high - y2) * mm)), points)

    def rule(self, y: float, points: float, *, left: float = MARGIN, right: float = RIGHT) -> None:
        """A level line across the page."""
        self.line(left, y, right, y, points)

    def disc(self, x: float, y: float, radius: float, label: str = "", size: float = 7) -> None:
        """A black disc around (x, y), with a white bold label in it."""
        self._disc(x * mm, (self.high - y) * mm, radius * mm)
        if label:
            self.text(x, y + size * 0.3528 * 0.353, label, size, bold=True, align="c", white=True)

    def sparkline(
        self, x: float, y: float, across: float, high: float, values: Sequence[int | None], *, strong: int
    ) -> None:
        """A run of figures over its own scale from 0 at `y`; the last `strong` ones thick; a dot at the end."""
        top = max((value for value in values if value is not None), default=0)
        if top <= 0:
            return
        step, base = across * mm / max(1, len(values) - 1), (self.high - y) * mm
        points = [
            (x * mm + step * i, base + high * mm * max(0, value) / top)
            for i, value in enumerate(values)
            if value is not None
        ]
        turn = max(0, len(points) - strong)
        self._polyline(points[: turn + 1], 0.3)
        self._polyline(points[turn:], 0.75)
        self._disc(*points[-1], 0.42 * mm)

    def bar(
        self, x: float, y: float, across: float, fact: int, target: int | None, scale: int, thick: float = 0.95
    ) -> None:
        """A bar of `fact` standing on `y` and an upright tick at `target`, on one scale; a hairline joins them.

        A tick within 0.9 mm of zero would run into the bar, so it is left out.
        """
        if scale <= 0:
            return
        length = max(0.12, across * fact / scale) if fact > 0 else 0.0
        if length:
            self._strokes.append(f"{x * mm:.2f} {(self.high - y) * mm:.2f} {length * mm:.2f} {thick * mm:.2f} re f")
        tick = across * (target or 0) / scale
        if tick >= 0.9:
            if tick > length:
                self.line(x + length, y - thick / 2, x + tick, y - thick / 2, 0.25)
            self.line(x + tick, y - thick - 0.45, x + tick, y + 0.45, 0.6)

    # in points from the bottom left corner, as PDF counts -------------------------------------------
    def _polyline(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        if len(points) < 2:
            return
        if thick != self._line_width:
            self._strokes.append(f"{thick:g} w")
            self._line_width = thick
        path = " l ".join([f"{x:.2f} {y:.2f}" for x, y in points[1:]])
        self._strokes.append(f"{points[0][0]:.2f} {points[0][1]:.2f} m {path} l S")

    def _disc(self, x: float, y: float, r: float) -> None:
        """Four Bézier quarters; 0.5523 is the usual length of their handles."""
        k = 0.5523 * r
        quarters = [
            (x + r, y + k, x + k, y + r, x, y + r),
            (x - k, y + r, x - r, y + k, x - r, y),
            (x - r, y - k, x - k, y - r, x, y - r),
            (x + k, y - r, x + r, y - k, x + r, y),
        ]
        curves = " ".join(" ".join([f"{value:.2f}" for value in quarter]) + " c" for quarter in quarters)
        self._strokes.append(f"{x + r:.2f} {y:.2f} m {curves} f")
