"""The inside of a PDF: its fonts and its drawing operators."""

from __future__ import annotations

import re
import zlib

_COLOURS = {b"g": 1, b"G": 1, b"rg": 3, b"RG": 3, b"k": 4, b"K": 4, b"sc": 1, b"SC": 1, b"scn": 1, b"SCN": 1}
_COLOURS |= {b"cs": 1, b"CS": 1, b"gs": 1, b"sh": 1}
_TEXT = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)


def _objects(pdf: bytes) -> list[bytes]:
    return pdf.split(b"endobj")


def font_names(pdf: bytes) -> set[str]:
    """The fonts the file lists."""
    return {name.decode() for name in re.findall(rb"/BaseFont /(\S+)", pdf)}


def embedded_fonts(pdf: bytes) -> set[str]:
    """The fonts whose outlines are in the file."""
    descriptors = [part for part in _objects(pdf) if b"/FontDescriptor" in part and b"/FontFile2" in part]
    return {name.decode() for part in descriptors for name in re.findall(rb"/FontName /(\S+)", part)}


def signs_font(pdf: bytes) -> set[str]:
    """The names under which the pages call the font of signs."""
    fonts = [part for part in _objects(pdf) if b"/BaseFont" in part and b"Signs" in part]
    return {name.decode() for part in fonts for name in re.findall(rb"/Name /(\S+)", part)}


def contents(pdf: bytes) -> list[bytes]:
    """The unpacked drawing of each page, its texts left out."""
    found = []
    for part in _objects(pdf):
        head, _, rest = part.partition(b"stream")
        if b"/FlateDecode" not in head or b"/Length1" in head:
            continue
        body = zlib.decompressobj().decompress(rest.lstrip(b"\r\n"))
        if b" Tf" in body:
            found.append(_TEXT.sub(b"()", body))
    return found


def colours(content: bytes) -> set[bytes]:
    """Every operator that sets a colour, as it stands."""
    tokens = content.split()
    return {b" ".join(tokens[i - _COLOURS[t] : i + 1]) for i, t in enumerate(tokens) if t in _COLOURS}


def font_sizes(content: bytes) -> set[tuple[str, float]]:
    """Which font is set in which size, in points."""
    tokens = content.split()
    return {(tokens[i - 2].decode()[1:], float(tokens[i - 1])) for i, t in enumerate(tokens) if t == b"Tf"}
