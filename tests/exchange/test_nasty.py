"""The files real offices have come in exactly as expected.json says."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from crmdesk.exchange import one_c, records, sales
from crmdesk.exchange.columns import Layout, layout
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.reader import reading
from crmdesk.exchange.records import ClientRecord
from crmdesk.exchange.tables import Cell, Source

NASTY = Path(__file__).parent.parent / "samples" / "nasty"
EXPECTED = json.loads((NASTY / "expected.json").read_text(encoding="utf-8"))
ALL = frozenset(("org", "email", "birthday"))
SAMPLES = {
    "bitrix24_semicolon_utf8bom.csv": ("utf-8", ALL),
    "google_utf8bom.csv": ("utf-8", ALL),
    "outlook_cp1251.csv": ("cp1251", ALL),
    "excel_unicode_text_utf16.txt": ("utf-16", ALL),
    "amocrm_contacts.xlsx": ("", frozenset(("org", "email"))),
    "android_vcard21_qp.vcf": ("utf-8", ALL),
    "nokia_vcard30_raw_cp1251_LF.vcf": ("cp1251", frozenset()),
}
Refused = list[tuple[int, str, str, str]]


def read(name: str) -> tuple[Source, Layout, list[tuple[int, list[Cell]]]]:
    with reading(NASTY / name) as found:
        rows = list(found.rows())
    guessed = layout(rows, found.source, None)
    return found.source, guessed, rows[guessed.first :]


@pytest.mark.parametrize("name", SAMPLES)
def test_that_people_come_in_as_expected(name: str) -> None:
    encoding, holds = SAMPLES[name]
    source, guessed, rows = read(name)
    assert (source.encoding, guessed.kind) == (encoding, Kind.CLIENTS)
    refused: Refused = []
    found = list(records.read(rows, guessed, lambda *said: refused.append(said)))
    assert len(found) == len(EXPECTED["people"])
    for record, person in zip(found, EXPECTED["people"], strict=True):
        assert isinstance(record, ClientRecord)
        assert record.person is not None
        assert (record.person.surname, record.person.given_name, record.person.patronymic) == (
            person["last"],
            person["first"],
            person["middle"],
        )
        assert ", ".join(record.phones) == person["phone"]
        if "org" in holds:
            assert ("" if record.private else record.client.name) == " ".join(person["org"].split())
        if "email" in holds:
            assert "; ".join(record.emails) == person["email"]
        if "birthday" in holds and person["birthday"] != "31.02.1990":
            assert birthday(record) in (person["birthday"], year_lost(person["birthday"]))
    expected = [("no_such_day", "31.02.1990")] if "birthday" in holds else []
    assert [(reason, value) for _, _, reason, value in refused] == expected


def birthday(record: ClientRecord) -> str:
    """The birthday as the sample writes it: 29.02.1980 is the one with dots."""
    found = record.person.birthday if record.person else None
    if found is None:
        return ""
    if (found.day, found.month) == (29, 2):
        return f"{found.day:02d}.{found.month:02d}.{found.year or ''}"
    return date(found.year or 1, found.month, found.day).isoformat()


def year_lost(text: str) -> str:
    """29.02. — Google keeps no year of it."""
    return re.sub(r"1980$", "", text)


def test_that_the_impossible_birthday_is_refused_with_its_row_and_column() -> None:
    refused: Refused = []
    _, guessed, rows = read("bitrix24_semicolon_utf8bom.csv")
    list(records.read(rows, guessed, lambda *said: refused.append(said)))
    assert refused == [(6, "Дата рождения", "no_such_day", "31.02.1990")]


def test_that_the_1c_report_comes_in_as_expected() -> None:
    _, guessed, rows = read("1c_sales_report.xlsx")
    assert (guessed.kind, guessed.levels) == (Kind.ORDERS, ("Контрагент", "Документ"))
    refused: Refused = []
    found = sales.read(
        one_c.flatten(rows, guessed, lambda *said: refused.append(said)), guessed, lambda *said: refused.append(said)
    )
    assert refused == []
    assert len(found) == len(EXPECTED["one_c_orders"])
    for line, expected in enumerate(EXPECTED["one_c_orders"]):
        assert found.clients.all[found.client[line]].name == expected["client"]
        assert found.numbers.all[found.number[line]].startswith(expected["doc"])
        assert date.fromordinal(found.day[line]).isoformat() == expected["date"]
        assert Decimal(found.amount[line]) / 100 == Decimal(str(expected["net"]))


def test_that_the_sep_line_and_the_total_are_no_rows() -> None:
    source, guessed, rows = read("sep_line_then_cp866.csv")
    assert (source.encoding, source.separator, guessed.kind) == ("cp866", ";", Kind.ORDERS)
    found = sales.read(rows, guessed, lambda *said: pytest.fail(str(said)))
    assert [found.clients.all[n].name for n in found.client] == ["ООО ?Рога и Копыта?; филиал"]
    assert (list(found.amount), list(found.day)) == ([123450], [date(2024, 2, 1).toordinal()])
