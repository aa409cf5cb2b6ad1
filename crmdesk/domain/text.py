"""Folding and ordering of Russian and Ukrainian text, the same for both stores (architecture.md, Search)."""

from __future__ import annotations

import re
import unicodedata

_FOLD = str.maketrans({"ё": "е", "ґ": "г", "ї": "і", "’": "'", "ʼ": "'", "`": "'", "‘": "'", "´": "'"})
_WORD = re.compile(r"[\w']+", re.UNICODE)
_ALPHABET = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"
_SORT = {ord(c): chr(0x3000 + i) for i, c in enumerate(_ALPHABET)}
_LEGAL = re.compile(
    r"(?<!\w)(?:ооо|оао|зао|пао|ао|ип|чп|тов|тзов|фоп|пп|прат|пат|ат|нко|ано|гуп|муп|llc|ltd|inc)(?!\w)", re.I
)
_LEGAL_EDGE = re.compile(rf"^\W*{_LEGAL.pattern}[\s,.]+|[\s,]+{_LEGAL.pattern}\W*$", re.I)
_QUOTES = re.compile(r"[\"«»“”„'‘’ʼ`]")


def fold(text: str) -> str:
    """The form in which texts are compared: NFC, casefold, ё→е, ґ→г, ї→і, one apostrophe."""
    return unicodedata.normalize("NFC", text).casefold().translate(_FOLD)


def words_of(text: str) -> list[str]:
    """The folded words of a text, each once, in order."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def sort_key(text: str) -> str:
    """A key whose code-point order is the ru/uk alphabet (ґ after г, є after е, і after и), Latin after digits."""
    return unicodedata.normalize("NFC", text).casefold().translate(_SORT)


def digits_of(text: str) -> str:
    """Only the digits, for phones and numbers."""
    return "".join(c for c in text if c.isdigit())


def firm_key(name: str) -> str:
    """A firm's name without legal form, quotes, punctuation and spaces doubled: what two files have in common.

    A name of signs alone (emoji) is its own key: without one it would be a new client with every import.
    """
    folded = fold(name)
    bare = _LEGAL.sub(" ", _QUOTES.sub(" ", folded))
    return " ".join(re.findall(r"\w+", bare)) or " ".join(re.findall(r"\w+", folded)) or " ".join(folded.split())


def printable(text: str) -> str:
    """The text without control characters (line ends and tabs stay): Postgres takes no NUL, paper takes none."""
    return "".join(c for c in text if c >= " " or c in "\n\t") if any(c < " " for c in text) else text


def without_legal_form(name: str) -> str:
    """A name as it is written, without the legal form before or after it; unchanged when nothing would be left."""
    return _LEGAL_EDGE.sub("", name).strip() or name


_QUOTED = re.compile('«([^«»]+)»?|"([^"]+)"')


def in_quotes(name: str) -> str:
    """What a client is called where the whole name finds no room: the word in quotes; else the whole name."""
    found = _QUOTED.search(name)
    return next((part for part in found.groups() if part), name) if found else name
