from __future__ import annotations

import json
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.phones import digits_typed, read_phones

SAMPLES = json.loads((Path(__file__).parent.parent / "samples" / "phones.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["raw"])
def test_that_phones_are_read_as_people_write_them(sample: dict) -> None:
    read = read_phones(sample["raw"], sample["country"])
    assert [{"e164": phone.e164, "extension": phone.extension} for phone in read] == sample["phones"]


@pytest.mark.parametrize(
    ("cell", "country", "expected"),
    [
        ("8 (916) 555-01-02 доб. 14", "RU", [("+79165550102", "14")]),
        ("8 916 555-01-02, доб. 14", "RU", [("+79165550102", "14")]),
        ("(044) 279-00-11 дод. 5", "UA", [("+380442790011", "5")]),
        ("495 123-45-67 вн. 301", "RU", [("+74951234567", "301")]),
        ("+7 916 555 01 02 +7 495 123-45-67", "RU", [("+79165550102", ""), ("+74951234567", "")]),
        ("0671234567 або 0442790011", "UA", [("+380671234567", ""), ("+380442790011", "")]),
        ("8-916-555-01-02\n8-495-123-45-67 доб. 2", "RU", [("+79165550102", ""), ("+74951234567", "2")]),
        ("7.91656E+10", "RU", [("", "")]),
        ("", "RU", []),
    ],
)
def test_that_cells_with_more_than_a_phone_are_understood(
    cell: str, country: str, expected: list[tuple[str, str]]
) -> None:
    assert [(phone.e164, phone.extension) for phone in read_phones(cell, country)] == expected


@given(st.text(max_size=60))
def test_that_no_cell_breaks_the_reading_and_nothing_written_is_lost(cell: str) -> None:
    phones = read_phones(cell, "RU")
    for phone in phones:
        assert phone.original in cell or phone.original.isdigit()
    kept = sum(c.isdigit() for phone in phones for c in phone.original)
    assert kept == sum(c.isdigit() for c in cell) or len(phones) == 1


@given(st.from_regex(r"(\+7|7|8|)[ (-]{0,2}9[0-9]{2}[) -]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}", fullmatch=True))
def test_that_the_quick_way_for_russian_mobiles_reads_as_the_library_does(cell: str) -> None:
    number = phonenumbers.parse(cell, "RU")
    sound = phonenumbers.is_valid_number(number)
    expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if sound else ""
    assert [phone.e164 for phone in read_phones(cell, "RU")] == [expected]


def test_that_only_numbers_are_taken_for_numbers() -> None:
    assert digits_typed("8 (916) 555") == "8916555"
    assert digits_typed("дом 5") == ""
    assert digits_typed("") == ""
