"""Every text the program says is there in Russian and Ukrainian, whole, once, and nothing besides."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from tests.system.catalogues import (
    LOCALE,
    TRANSLATED,
    Phrase,
    all_used,
    catalogues,
    complaints,
    entries,
    placeholders,
    read,
    used,
)

HEADER = rb"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

"""


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_every_text_in_the_code_is_translated(language: str) -> None:
    there = {phrase for catalogue in catalogues(language).values() for phrase, _, _ in entries(catalogue)}
    missing = [f"{place}: {phrase.one!r}" for phrase, place in all_used().items() if phrase not in there]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_no_translation_is_without_a_use(language: str) -> None:
    ours = all_used()
    idle = [
        f"{file}: {phrase.one!r}"
        for file, catalogue in catalogues(language).items()
        for phrase, _, _ in entries(catalogue)
        if phrase not in ours
    ]
    assert idle == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_every_translation_is_sound(language: str) -> None:
    wrong = [
        f"{file}: {phrase.one!r}: {', '.join(found)}"
        for file, catalogue in catalogues(language).items()
        for phrase, forms, fuzzy in entries(catalogue)
        if (found := complaints(phrase, forms, fuzzy=fuzzy))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_no_two_files_translate_differently(language: str) -> None:
    seen: dict[tuple[str | None, str], tuple[str, tuple[str, ...]]] = {}
    apart: list[str] = []
    for file, catalogue in catalogues(language).items():
        for phrase, forms, _ in entries(catalogue):
            first, before = seen.setdefault((phrase.context, phrase.one), (file, forms))
            if before != forms:
                apart.append(f"{phrase.one!r}: {first} says {before}, {file} says {forms}")
    assert apart == []


def test_that_both_languages_have_the_same_files() -> None:
    files = {language: sorted(catalogues(language)) for language in TRANSLATED}
    assert files["ru"] == files["uk"]
    assert files["ru"], "no catalogue at all"


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_every_catalogue_counts_as_its_language_does(language: str) -> None:
    for file, catalogue in catalogues(language).items():
        assert catalogue.num_plurals == 3, file
        form = gettext.c2py(str(catalogue.plural_expr))  # type: ignore[attr-defined]
        assert [form(n) for n in (1, 2, 5, 11, 12, 21, 22, 25, 111, 0)] == [0, 1, 2, 2, 2, 0, 1, 2, 2, 2], file


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_no_entry_is_left_over_from_an_older_text(language: str) -> None:
    old = [file.name for file in (LOCALE / language).glob("*.po") if re.search(rb"^#~", file.read_bytes(), re.M)]
    assert old == []


def test_that_the_english_texts_are_english() -> None:
    cyrillic = re.compile("[а-яёіїєґ]", re.I)
    languages_own_names = {"Русский", "Українська"}
    found = [f"{at}: {p.one!r}" for p, at in all_used().items() if cyrillic.search(p.one)]
    assert [text for text in found if not any(name in text for name in languages_own_names)] == []


# ---- the tests above have been seen to fail ----------------------------------------------------------


def test_that_the_code_is_read_for_every_kind_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.system.source.ROOT", tmp_path)
    file = tmp_path / "x.py"
    file.write_text(
        'w.gettext("a", n=1); w.ngettext("{n} b", "{n} bs", 2); w.pgettext("ctx", "c"); N_("d"); w.gettext(name)',
        encoding="utf-8",
    )
    assert [phrase for phrase, _ in used((file,))] == [
        Phrase(None, "a"),
        Phrase(None, "{n} b", "{n} bs"),
        Phrase("ctx", "c"),
        Phrase(None, "d"),
    ]


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "a"\nmsgstr ""', "empty"),
        ('#, fuzzy\nmsgid "a"\nmsgstr "б"', "fuzzy"),
        ('msgid "{n} a"\nmsgstr "б"', "placeholders differ"),
        ('msgid "{n} a"\nmsgstr "{m} б"', "placeholders differ"),
        ('msgid "a"\nmsgstr "{б"', "a brace is not closed"),
        ('msgid "a "\nmsgstr "б"', "spaces at the ends differ"),
        ('msgid "{n} a"\nmsgid_plural "{n} as"\nmsgstr[0] "{n} б"\nmsgstr[1] "{n} б"\nmsgstr[2] ""', "empty"),
    ],
)
def test_that_a_bad_translation_is_noticed(entry: str, complaint: str) -> None:
    ((phrase, forms, fuzzy),) = entries(read(HEADER + entry.encode() + b"\n"))
    assert complaint in complaints(phrase, forms, fuzzy=fuzzy)


def test_that_a_good_translation_is_let_through() -> None:
    entry = (
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} день"\nmsgstr[1] "{n} дня"\nmsgstr[2] "{n} дней"\n'
    )
    ((phrase, forms, fuzzy),) = entries(read(HEADER + entry.encode()))
    assert complaints(phrase, forms, fuzzy=fuzzy) == []
    assert placeholders(phrase.one) == {"n"}
