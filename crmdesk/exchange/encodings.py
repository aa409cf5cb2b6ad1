"""Which encoding a text file is in: BOM, strict UTF-8, UTF-16 by its zero bytes, else by the frequency of letters.

What a file says of itself is only a hint (science.md, Text encodings of imports), so it is not asked.
"""

from __future__ import annotations

import codecs
import math
from pathlib import Path

from crmdesk.system.errors import UserError

CANDIDATES = ("cp1251", "cp866", "cp1125", "koi8-u")
CHUNK = 1 << 20
SAMPLE = 1 << 18

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Per mille, Russian and Ukrainian texts taken together.
_LETTERS = dict(zip("оаеинтсрвлкмдпуыяьгзбчйхжшюцщфэёъ",
                    (100, 82, 74, 68, 64, 60, 52, 46, 46, 41, 35, 31, 30, 28, 28, 12, 20, 17, 17, 18, 16, 13, 11, 10, 8,
                     8, 7, 6, 4, 4, 2, 1, 0.5), strict=True))  # fmt: skip
_LETTERS.update({"і": 30, "ї": 5, "є": 5, "ґ": 0.3})
_SIGNS = frozenset("«»№–—…“”„’‘•\u00a0°§±")
_RARE = math.log(1e-7)


def detect(path: Path) -> str:
    """The encoding of a text file, as Python calls it. Raises UserError("not_a_table") for bytes that are no text."""
    with path.open("rb") as stream:
        head = stream.read(CHUNK)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return name
        if b"\0" in head:
            return _utf16(head[:SAMPLE], path)
        decoder = codecs.getincrementaldecoder("utf-8")()
        telling = b""  # the first bytes beyond ASCII: what the letters are counted in
        chunk = head
        strict = True
        while chunk:
            if strict:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    strict = False
            if len(telling) < SAMPLE and not chunk.isascii():
                telling += chunk[: SAMPLE - len(telling)] if len(telling) else _around_letters(chunk)
            if not strict and len(telling) >= SAMPLE:
                break
            chunk = stream.read(CHUNK)
        if strict:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                strict = False
    return "utf-8" if strict else guess(telling)


def guess(data: bytes) -> str:
    """The most plausible of the one-byte Cyrillic encodings; a draw goes to the first of CANDIDATES."""
    return max(CANDIDATES, key=lambda name: plausibility(data.decode(name, "replace")))


def plausibility(text: str) -> float:
    """Mean log-likelihood of the non-ASCII characters of a text, as Russian or Ukrainian; 0 when there are none."""
    total = 0.0
    count = 0
    before = " "
    for char in text:
        if char >= "\x80":
            count += 1
            small = char.lower()
            share = _LETTERS.get(small)
            if share is not None:
                total += math.log(share / 1000)
                if small != char and before.islower():  # aBc: hardly ever in a text, always in a wrong reading
                    total -= 5.0
            else:
                total += math.log(0.002) if char in _SIGNS else _RARE
        before = char
    return total / count if count else 0.0


def _around_letters(chunk: bytes) -> bytes:
    first = next(i for i, byte in enumerate(chunk) if byte >= 0x80)
    return chunk[first : first + SAMPLE]


def _utf16(sample: bytes, path: Path) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) <= 3 * min(even, odd):
        raise UserError("not_a_table", file=path.name)
    try:
        text = sample[: len(sample) // 2 * 2 - 2].decode(name)
    except UnicodeDecodeError:
        raise UserError("not_a_table", file=path.name) from None
    if "\0" in text:
        raise UserError("not_a_table", file=path.name)
    return name
