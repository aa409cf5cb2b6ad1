"""Reading a drawn PDF back: its words with their boxes in mm from the top left corner."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from crmdesk.documents.sheet_words import Printed
from crmdesk.documents.supervisor_sheet import write_pdf
from crmdesk.domain.sheet import Sheet
from crmdesk.system.i18n import words
from tests.documents.sheets import PRINTED

POINT = 25.4 / 72
HEIGHT = 210.0


@dataclass(frozen=True)
class Box:
    """A character with its ink in mm from the top left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


def draw(sheets: Sequence[Sheet], *, lang: str = "ru", cover: bool = False, printed: Printed = PRINTED) -> bytes:
    target = io.BytesIO()
    write_pdf(target, sheets, words=words(lang), printed=printed, cover=cover)
    return target.getvalue()


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, no-break spaces as spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        return textpage.get_text_bounded().replace("\u00a0", " ").replace("\r\n", "\n")
    finally:
        textpage.close()
        page.close()


def page_boxes(pdf: bytes) -> list[list[Box]]:
    """The characters of each page that leave ink."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    try:
        for page in document:
            textpage = page.get_textpage()
            boxes = []
            for i in range(textpage.count_chars()):
                char = textpage.get_text_range(i, 1)
                if char.strip("\u00a0 \r\n"):
                    left, bottom, right, top = (value * POINT for value in textpage.get_charbox(i))
                    boxes.append(Box(char, left, HEIGHT - top, right, HEIGHT - bottom))
            textpage.close()
            page.close()
            pages.append(boxes)
    finally:
        document.close()
    return pages


def collisions(boxes: Sequence[Box], allowed: float = 0.3) -> list[tuple[Box, Box]]:
    """Pairs of characters whose ink overlaps by more than `allowed` mm both ways."""
    found = []
    active: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.left):
        active = [other for other in active if other.right - box.left > allowed]
        for other in active:
            across = min(other.right, box.right) - box.left
            high = min(other.bottom, box.bottom) - max(other.top, box.top)
            if across > allowed and high > allowed:
                found.append((other, box))
        active.append(box)
    return found
