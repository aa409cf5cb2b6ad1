"""Phones as people write them: read into E.164, two in one cell told apart, the damage of Excel mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BETWEEN = re.compile(r"[,;/|\n]+|\s+(?:и|та|і|й|или|або|and|or)\s+|(?<=\d)\s+(?=\+)", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[\s,;(]*(?:доб(?:авочный)?|дод(?:атковий)?|вн(?:утр(?:енний|ішній)?)?|ext(?:ension)?|#|x)\.?:?\s*(\d{1,7})\s*\)?$",
    re.IGNORECASE,
)
_AS_FLOAT = re.compile(r"^(\d{7,15})[.,]0+$")
_AS_EXPONENT = re.compile(r"^(\d)[.,](\d+)E\+?(\d+)$", re.IGNORECASE)
_TYPED_NUMBER = re.compile(r"^[\d\s()+.\-–—/]*\d[\d\s()+.\-–—/]*$")
_PUNCTUATION = dict.fromkeys(map(ord, " ()-.\u00a0"))
# Most of a Russian base, a hundred times faster than the library; 930 0… is given out in parts: the library knows.
_RU_MOBILE = re.compile(r"^(?:\+?7|8)?(9(?!300)[0-9]{9})$")
LEAST_DIGITS = 5  # fewer is an extension or a part of a number, never a phone


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone: as written, as machines dial it ("" when it cannot be read), and its extension."""

    original: str
    e164: str
    extension: str = ""


def read_phones(cell: str, country: str) -> tuple[Phone, ...]:
    """The phones written in a cell; `country` (RU, UA, …) is whose numbers lack their country code."""
    return tuple(_read(part, country) for part in _apart(_mended(cell.strip())) if part)


def shown(e164: str, original: str) -> str:
    """A phone as people read it: +7 900 123-45-67, +380 44 123-45-67; other countries as they were written."""
    for code, area in (("+7", 3), ("+380", 2)):
        rest = e164.removeprefix(code)
        if rest != e164 and len(rest) == area + 7:
            return f"{code} {rest[:area]} {rest[area : area + 3]}-{rest[area + 3 : area + 5]}-{rest[area + 5 :]}"
    return original or e164


def digits_typed(text: str) -> str:
    """The digits of what looks like a (part of a) number, as typed into a search; "" for anything else."""
    return "".join(c for c in text if c.isdigit()) if _TYPED_NUMBER.match(text.strip()) else ""


def _mended(cell: str) -> str:
    """79165550102.0 and 7.9165550102E+10 as Excel leaves them; an exponent only when it has kept every digit."""
    if whole := _AS_FLOAT.match(cell):
        return whole[1]
    if power := _AS_EXPONENT.match(cell):
        first, rest, exponent = power.groups()
        if len(rest) == int(exponent):
            return first + rest
    return cell


def _apart(cell: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _BETWEEN.finditer(cell)), (len(cell), len(cell))]:
        if sum(c.isdigit() for c in cell[end:]) >= LEAST_DIGITS or end == len(cell):
            parts.append(cell[start:end].strip())
            start = after
    return parts


def _read(text: str, country: str) -> Phone:
    digits = text.translate(_PUNCTUATION)
    if country == "RU" and (mobile := _RU_MOBILE.match(digits)):
        return Phone(text, "+7" + mobile[1])
    import phonenumbers  # 60 ms of import: not before the first phone

    extension = ""
    bare = text
    if found := _EXTENSION.search(text):
        extension, bare = found[1], text[: found.start()]
    try:
        number = phonenumbers.parse(bare.lstrip("'"), country)
    except phonenumbers.NumberParseException:
        return Phone(text, "")
    if not phonenumbers.is_valid_number(number):
        return Phone(text, "")
    e164: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(text, e164, extension or number.extension or "")
