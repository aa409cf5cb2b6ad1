"""The words used in the code and the words of the catalogues, as the catalogue tests compare them."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.system.source import ROOT, modules, nodes, where

LOCALE = ROOT / "resources" / "locale"
TRANSLATED = ("ru", "uk")
PLURAL_FORMS = 3


@dataclass(frozen=True)
class Phrase:
    """A text to translate: its context, its English, its English plural."""

    context: str | None
    one: str
    many: str | None = None


def used(files: tuple[Path, ...]) -> Iterator[tuple[Phrase, str]]:
    """Every text that the code asks the words for, or marks with N_, and where."""
    for file in files:
        for node in nodes(file):
            if not isinstance(node, ast.Call):
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            literal = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if function in ("gettext", "N_") and len(literal) >= 1:
                yield Phrase(None, literal[0]), where(file, node)
            elif function in ("ngettext", "NN_") and len(literal) >= 2:
                yield Phrase(None, literal[0], literal[1]), where(file, node)
            elif function in ("pgettext", "NP_") and len(literal) >= 2:
                yield Phrase(literal[0], literal[1]), where(file, node)


@cache
def all_used() -> dict[Phrase, str]:
    """The same for the whole program: each phrase with one place that uses it."""
    return dict(used(modules("crmdesk")))


def read(text: bytes) -> Catalog:
    """A catalogue out of the bytes of a .po file; a mistake in the file is an error."""
    return read_po(io.BytesIO(text), abort_invalid=True)


def catalogues(language: str) -> dict[str, Catalog]:
    """The catalogues of a language by file name."""
    return {file.name: read(file.read_bytes()) for file in sorted((LOCALE / language).glob("*.po"))}


def entries(catalogue: Catalog) -> Iterator[tuple[Phrase, tuple[str, ...], bool]]:
    """Each phrase, its translated forms, and whether it is marked fuzzy."""
    for message in catalogue:
        if not message.id:
            continue
        one, many = message.id if isinstance(message.id, (list, tuple)) else (message.id, None)
        forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        yield Phrase(message.context, str(one), many), tuple(str(form or "") for form in forms), message.fuzzy


def placeholders(text: str) -> set[str]:
    """The {names} in a text."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def signs(text: str) -> set[str]:
    """argparse's %s and %(names)s in a text."""
    return set(re.findall(r"%(?:\(\w+\))?[sdr]", text))


def complaints(phrase: Phrase, forms: tuple[str, ...], *, fuzzy: bool) -> list[str]:
    """What is wrong with one translation."""
    wrong: list[str] = []
    if fuzzy:
        wrong.append("fuzzy")
    if not all(form.strip() for form in forms):
        wrong.append("empty")
    if phrase.many is not None and len(forms) != PLURAL_FORMS:
        wrong.append(f"{len(forms)} plural forms")
    wanted = placeholders(phrase.one) | placeholders(phrase.many or "")
    try:
        if any(placeholders(form) != wanted or not signs(form) <= signs(phrase.one) for form in forms):
            wrong.append("placeholders differ")
    except ValueError:
        wrong.append("a brace is not closed")
    edges = (phrase.one[:1].isspace(), phrase.one[-1:].isspace())
    if any((form[:1].isspace(), form[-1:].isspace()) != edges for form in forms):
        wrong.append("spaces at the ends differ")
    return wrong
