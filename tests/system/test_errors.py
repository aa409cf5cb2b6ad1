"""Every error the program raises by name has its sentence, and gives it the values it needs."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass

from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.i18n import LANGUAGES, words
from crmdesk.ui.error_texts import TEXTS, sentence
from tests.system.catalogues import placeholders
from tests.system.source import modules, nodes, where

ERRORS = {"UserError", "UsageError", "OutsideError"}


@dataclass(frozen=True)
class Raised:
    """One place that makes an error: its key, the values it gives; `open` when it passes on values we cannot see."""

    key: str
    values: frozenset[str]
    open: bool
    place: str


def raised() -> Iterator[Raised]:
    """Every error made with a key written out."""
    for file in modules("crmdesk"):
        for node in nodes(file):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
                given = frozenset(keyword.arg or "" for keyword in node.keywords)
                for key in _keys(node.args[0]):
                    yield Raised(key, given, "" in given, where(file, node))


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)


def test_that_every_error_has_its_sentence() -> None:
    assert [f"{r.place}: {r.key}" for r in raised() if r.key not in TEXTS] == []


def test_that_every_error_gives_its_sentence_what_it_needs() -> None:
    missing = [
        f"{r.place}: {r.key} lacks {sorted(lacking)}"
        for r in raised()
        if r.key in TEXTS and not r.open and (lacking := placeholders(TEXTS[r.key]) - r.values)
    ]
    assert missing == []


def test_that_the_search_for_errors_finds_them() -> None:
    found = list(raised())
    assert len(found) > 20
    assert {"no_office", "backup_damaged"} <= {r.key for r in found}


def test_that_a_sentence_is_said_in_every_language() -> None:
    said = {sentence(UserError("no_backup", file="{x}.crmdesk"), words(language)) for language in LANGUAGES}
    assert len(said) == 3
    assert all("{x}.crmdesk" in text for text in said)


def test_that_what_linux_says_of_a_file_is_said_in_the_persons_language() -> None:
    told = OutsideError("not_written", file="отчёт", why=os.strerror(13))
    assert "нет права" in sentence(told, words("ru"))
