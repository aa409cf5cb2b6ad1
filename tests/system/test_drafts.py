from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.system.drafts import Draft, Drafts

AT = datetime(2026, 11, 2, 14, 2, tzinfo=UTC)
WHOLE = {"resume": "Просит скидку 5 %", "step": "визит"}


def test_that_a_draft_is_given_back_as_it_was_typed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.keep("contact-7", WHOLE, AT)
    assert drafts.get("contact-7") == Draft("contact-7", WHOLE, AT)
    assert drafts.get("contact-8") is None


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=4))
def test_that_any_text_can_be_kept(tmp_path_factory: pytest.TempPathFactory, fields: dict[str, str]) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("any"))
    assert drafts.keep("form", fields, AT)
    found = drafts.get("form")
    assert found is not None and found.fields == fields


def test_that_half_of_a_sign_typed_on_windows_is_kept(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    assert drafts.keep("form", {"name": "\ud83d"}, AT)
    found = drafts.get("form")
    assert found is not None and found.fields == {"name": "\ud83d"}


def test_that_what_was_forgotten_is_offered_no_more(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep("one", {"a": "1"}, AT)
    drafts.keep("two", {"a": "2"}, AT + timedelta(minutes=1))
    assert [draft.key for draft in drafts.pending()] == ["two", "one"]
    drafts.forget("two")
    drafts.forget("never there")
    assert [draft.key for draft in drafts.pending()] == ["one"]


def test_that_a_damaged_draft_is_no_error_and_hides_no_other(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("whole", {"a": "1"}, AT)
    drafts.keep("damaged", {"a": "2"}, AT)
    for file in tmp_path.glob("*.json"):
        if drafts.get("damaged") and "damaged" in file.read_text(encoding="utf-8"):
            file.write_bytes(file.read_bytes()[:9])
    assert drafts.get("damaged") is None
    assert [draft.key for draft in drafts.pending()] == ["whole"]


@pytest.mark.parametrize("text", ["[]", "{}", '{"key": 1, "fields": 2, "at": "x"}', '{"key":"k","fields":{},"at":5}'])
def test_that_a_file_of_something_else_is_no_draft(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text, encoding="utf-8")
    assert Drafts(tmp_path).pending() == ()


def test_that_offices_and_users_do_not_see_each_others_drafts(tmp_path: Path) -> None:
    office = str(tmp_path / "one.crmdesk")
    Drafts.of(office, 1).keep("form", {"a": "mine"}, AT)
    assert Drafts.of(office, 2).get("form") is None
    assert Drafts.of(str(tmp_path / "two.crmdesk"), 1).get("form") is None
    assert Drafts.of("postgresql://boss@server/office", 1).get("form") is None
    assert Drafts.of(office, 1).get("form") is not None


def test_that_a_disk_that_takes_nothing_is_told_not_raised(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be", encoding="utf-8")
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.keep("form", {"a": "1"}, AT) is False
    drafts.forget("form")
    assert drafts.get("form") is None and drafts.pending() == ()
