"""The default content: every entry speaks three languages, every key of the model has its words."""

from __future__ import annotations

from enum import StrEnum

import pytest

from crmdesk.domain import lists
from crmdesk.services import content
from crmdesk.system import paths

FILES = sorted(file.stem for file in (paths.resources() / "content").glob("*.toml"))


@pytest.mark.parametrize(
    ("list_name", "keys"),
    [
        ("importance", lists.Importance),
        ("action_segment", lists.ActionSegment),
        ("stage", lists.Stage),
        ("contact_kind", lists.ContactKind),
        ("task_kind", lists.TaskKind),
        ("rung", lists.Rung),
        ("goal_kind", lists.GoalKind),
        ("role", lists.Role),
        ("gender", lists.Gender),
    ],
)
def test_that_every_key_of_the_model_has_words(list_name: str, keys: type[StrEnum]) -> None:
    assert set(content.entries(list_name)) == {str(key) for key in keys}


@pytest.mark.parametrize("name", FILES)
def test_that_every_entry_speaks_three_languages_and_keys_are_unique(name: str) -> None:
    for list_name, tables in content.file(name).items():
        if isinstance(tables, list) and tables and "name" in tables[0]:
            found = content.entries(list_name, of=name)
            assert len(found) == len(tables), list_name
            for entry in found.values():
                assert all(entry.words[lang].strip() for lang in ("ru", "uk", "en")), entry.key


def test_that_russian_letters_stay_out_of_ukrainian_and_the_other_way_round() -> None:
    for name in FILES:
        for list_name, tables in content.file(name).items():
            if isinstance(tables, list) and tables and "name" in tables[0]:
                for entry in content.entries(list_name, of=name).values():
                    assert not set(entry.words["uk"]) & set("ыэъё"), entry.words["uk"]
                    assert not set(entry.words["ru"]) & set("іїєґ"), entry.words["ru"]


def test_that_a_result_stands_on_a_rung_of_the_ladder() -> None:
    rungs = {str(rung) for rung in lists.Rung}
    assert {entry.facts["level"] for entry in content.entries("contact_result").values()} == rungs


def test_that_a_word_the_office_typed_itself_comes_back_as_it_is() -> None:
    assert content.word("stage", "lost", "ru") == "Потерян"
    assert content.word("stage", "lost", "uk") == "Втрачений"
    assert content.word("industry", "Пчеловодство", "ru") == "Пчеловодство"
    assert content.entries("importance")["potential_vip"].short("ru") == "VIPп"


def test_that_products_refer_to_lists_that_exist() -> None:
    groups = content.entries("group", of="products")
    stocks = content.entries("stock", of="products")
    for product in content.entries("product", of="products").values():
        assert product.facts["group"] in groups
        assert product.facts["stock"] in stocks
        low, high = product.facts["price_rub"]
        assert 0 < float(low) <= float(high)
