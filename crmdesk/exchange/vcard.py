"""vCard 2.1 (quoted-printable), 3.0 and 4.0 (RFC 6350), as phones and mail programs write them.

Only what a client card has room for is read: names, organisation, phones, e-mails, birthday, title, note, city.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

HEADINGS = (
    "surname", "given_name", "patronymic", "client", "phone", "email", "birthday", "role", "person_notes",
    "person", "address",
)  # fmt: skip
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FIELDS = {
    "ORG": "client",
    "TEL": "phone",
    "EMAIL": "email",
    "BDAY": "birthday",
    "TITLE": "role",
    "NOTE": "person_notes",
    "FN": "person",
    "ADR": "address",
}


def rows(text: str, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """Each card as (line of its BEGIN, cells under HEADINGS); several phones stand in one cell, apart by ' ::: '."""
    card: dict[str, list[str]] | None = None
    began = 0
    for number, name, parameters, value in _properties(text):
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            card, began = {}, number
        elif name == "END" and card is not None:
            yield began, [" ::: ".join(card.get(heading, ())) for heading in HEADINGS]
            card = None
        elif card is not None:
            _take(card, name, _plain(value, parameters, encoding), parameters)


def _take(card: dict[str, list[str]], name: str, value: str, parameters: list[str]) -> None:
    if name == "N":
        parts = [_unescape(part).strip() for part in _split(value, ";")]
        for name_part, part in zip(("surname", "given_name", "patronymic"), parts, strict=False):
            if part:
                card[name_part] = [part]
        return
    heading = _FIELDS.get(name)
    if heading is None or not value.strip():
        return
    if name == "ADR":
        value = ", ".join(part for part in (_unescape(p).strip() for p in _split(value, ";")) if part)
    elif name == "ORG":
        # 2.1 writers do not escape a semicolon in a name, and a department reads well after the firm
        value = _unescape(value).strip("; ")
    else:
        value = _unescape(value)
    if name in ("TEL", "EMAIL"):
        value = re.sub(r"(?i)^(tel|mailto):", "", value.strip())
        card.setdefault(heading, []).append(value)
    elif value.strip():
        card.setdefault(heading, [value.strip()])


def _properties(text: str) -> Iterator[tuple[int, str, list[str], str]]:
    """Unfolded content lines: (line number, NAME, parameters in capitals, raw value)."""
    number = 0
    pending = ""
    began = 0
    # some Androids encode the line end of a soft break too: "=\r=0A" is nothing but a broken line
    for line in re.split(r"\r\n|\n|\r", text.replace("=\r=0A", "")):
        number += 1
        if pending and _soft_break(pending):
            pending = pending[:-1] + line.lstrip(" \t")
            continue
        if line[:1] in (" ", "\t") and pending:
            pending += line[1:]
            continue
        if pending:
            yield from _property(began, pending)
        pending, began = line, number
    if pending:
        yield from _property(began, pending)


def _soft_break(line: str) -> bool:
    head, colon, _ = line.partition(":")
    return bool(colon) and line.endswith("=") and "QUOTED-PRINTABLE" in head.upper()


def _property(number: int, line: str) -> Iterator[tuple[int, str, list[str], str]]:
    head, colon, value = line.partition(":")
    if not colon:
        return
    name, *parameters = head.split(";")
    yield number, name.rpartition(".")[2].strip().upper(), [p.strip().upper() for p in parameters], value


def _plain(value: str, parameters: list[str], encoding: str) -> str:
    if not any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
        return value
    charset = next((p.partition("=")[2] for p in parameters if p.startswith("CHARSET=")), "UTF-8")
    raw = quopri.decodestring(value.encode(encoding, "replace"))
    for name in ("utf-8", charset, "cp1251"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _split(value: str, separator: str) -> list[str]:
    """Splits at separators that no backslash protects."""
    return re.split(r"(?<!\\)" + re.escape(separator), value)


def _unescape(value: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else str(match[1]), value)
