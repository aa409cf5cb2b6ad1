from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.domain.names import Birthday
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import PersonRow
from crmdesk.exchange.csv_out import guarded
from crmdesk.services import clients, exports, interactions, orders, people, tasks
from crmdesk.services.office import Desk
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.system.ids import new_id
from tests.conftest import STORES

NASTY = '=HYPERLINK("http://evil";"ООО <b>")'


@pytest.fixture
def filled(office: Desk) -> Desk:
    client = clients.save(office, replace(clients.new_form(office), name=NASTY, code="0042", tracked=True))
    contacts = people.contacts_of(office, None, ["+7 916 555-01-02 доб. 14"], ["a@x.example"])
    people.save(office, PersonRow(new_id(), client.id, "Ёлкина", "Любовь", birthday=Birthday(29, 2), contacts=contacts))
    interactions.record(office, client.id, "call", "call_order", "х" * 40_000)
    orders.add(office, client.id, office.clock.today(), [LineRow(1, None, "Визитки; 4+4", 1500, -123_45, None)])
    tasks.add(office, client.id, "call", office.clock.today(), "@перезвонить", promise=True)
    return office


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_that_every_kind_comes_out_whole_in_both_forms(filled: Desk, tmp_path: Path) -> None:
    for kind in exports.KINDS:
        rows = 0 if kind == "products" else 1
        flat = exports.export(filled, kind, tmp_path / f"{kind}.csv")
        book = exports.export(filled, kind, tmp_path / f"{kind}.xlsx")
        assert flat.rows == book.rows == rows
        said = read_csv(flat.path)
        sheet = CalamineWorkbook.from_path(str(book.path)).get_sheet_by_index(0).to_python()
        assert said[0] == sheet[0] and len(said) == len(sheet) == rows + 1
        assert len(said[0]) == len(set(said[0])) and all(len(row) == len(said[0]) for row in said)
    assert not list(tmp_path.glob("*.new"))


def test_that_no_cell_becomes_a_formula_and_no_phone_is_spoilt(filled: Desk, tmp_path: Path) -> None:
    (client,) = read_csv(exports.export(filled, "clients", tmp_path / "a.csv").path)[1:]
    assert client[:2] == ["0042", "'" + NASTY] and client[7] == "да"
    (person,) = read_csv(exports.export(filled, "people", tmp_path / "b.csv").path)[1:]
    assert person[2:] == ["Ёлкина", "Любовь", "", "", "", "29.02", "'+7 916 555-01-02 доб. 14", "a@x.example"]
    (order,) = read_csv(exports.export(filled, "orders", tmp_path / "c.csv").path)[1:]
    assert order[-4:] == ["Визитки; 4+4", "1,500", "-123,45", ""]
    exports.export(filled, "orders", tmp_path / "c.xlsx")
    cells = CalamineWorkbook.from_path(str(tmp_path / "c.xlsx")).get_sheet_by_index(0).to_python()[1]
    assert cells[0] == NASTY and cells[-3:-1] == [1.5, -123.45]


@pytest.mark.parametrize(
    ("text", "safe"),
    [("+7 (916) 555-01-02", True), ("-5,00", True), ("=1+1", False), ("-2+3", False), ("@SUM(A1)", False),
     ("\tx", False), ("Ромашка", True), ("+7 доб. 3", False), ("", True)],
)  # fmt: skip
def test_that_only_what_a_spreadsheet_would_run_is_guarded(text: str, safe: bool) -> None:
    assert guarded(text) == (text if safe else "'" + text)


def test_that_an_export_leaves_its_trace_in_the_trail(filled: Desk, tmp_path: Path) -> None:
    exports.export(filled, "clients", tmp_path / "a.csv")
    with filled.store.read() as connection:
        row = connection.execute(select(tables.AccessLog.__table__)).one()
        trail = connection.scalars(select(tables.Audit.row_id).where(tables.Audit.tbl == "access_log")).all()
    assert (row.user_id, row.kind, row.what, row.rows) == (filled.me.id, "export", "clients", 1)
    assert trail == [row.id]


def test_that_a_refused_export_leaves_no_file(filled: Desk, tmp_path: Path) -> None:
    for kind, name, error in (
        ("secrets", "a.csv", UsageError),
        ("clients", "a.doc", UsageError),
        ("clients", "no/such/folder/a.csv", OutsideError),
    ):
        with pytest.raises(error):
            exports.export(filled, kind, tmp_path / name)
    assert not any(tmp_path.glob("a.*"))


@pytest.mark.parametrize("language", ["ru", "uk", "en"])
@pytest.mark.parametrize("office", STORES[:1], indirect=True)
def test_that_an_export_speaks_the_language_asked_for(filled: Desk, tmp_path: Path, language: str) -> None:
    exports.export(filled, "people", tmp_path / "a.xlsx", lang=language)
    heading = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[0][0]
    assert heading == {"ru": "Клиент", "uk": "Клієнт", "en": "Client"}[language]


@pytest.mark.parametrize("office", STORES[:1], indirect=True)
def test_that_list_words_stand_for_their_keys(filled: Desk, tmp_path: Path) -> None:
    exports.export(filled, "orders", tmp_path / "orders.csv", lang="ru")
    exports.export(filled, "tasks", tmp_path / "tasks.csv", lang="uk")
    assert read_csv(tmp_path / "orders.csv")[1][4] == "Отгружен"
    assert read_csv(tmp_path / "tasks.csv")[1][3] == "Дзвінок"
