"""The product's own default content: lists, products, holidays… and their words in three languages.

One way for words of keys: the texts stand in `resources/content/*.toml` beside their keys (not in the catalogues),
because an office may rename, hide and add entries. `word("stage", "lost", "ru")` is "Потерян".
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from crmdesk.system import paths
from crmdesk.system.i18n import LANGUAGES


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its stable key, its words by language, and whatever else the list says of it."""

    key: str
    words: Mapping[str, str]
    facts: Mapping[str, Any]

    def name(self, lang: str) -> str:
        """The words in a language; English when the language is unknown."""
        return self.words.get(lang) or self.words["en"]

    def short(self, lang: str) -> str:
        """The short words, for narrow columns; the whole words where the list has no short ones."""
        short = self.facts.get("short")
        if isinstance(short, str):
            return short or self.name(lang)
        return (short or {}).get(lang) or self.name(lang)


@cache
def file(name: str) -> Mapping[str, Any]:
    """One file of `resources/content` as it is written; `name` without the ending."""
    with (paths.resources() / "content" / f"{name}.toml").open("rb") as stream:
        return MappingProxyType(tomllib.load(stream))


@cache
def entries(list_name: str, *, of: str = "lists") -> Mapping[str, Entry]:
    """The entries of one list by key, in the order of the file `of`. Raises KeyError for an unknown list."""
    found = {}
    for table in file(of)[list_name]:
        facts = {key: value for key, value in table.items() if key not in ("key", "name")}
        words = {lang: table["name"][lang] for lang in LANGUAGES}
        found[table["key"]] = Entry(table["key"], MappingProxyType(words), MappingProxyType(facts))
    return MappingProxyType(found)


def word(list_name: str, key: str, lang: str) -> str:
    """The words of a key; what the office typed in by itself, and keys unknown to the list, come back as they are."""
    entry = entries(list_name).get(key)
    return entry.name(lang) if entry else key
