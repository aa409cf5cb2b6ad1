"""The sheet as a workbook and as JSON, read back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from crmdesk.documents.sheet_json import money, sheet_json
from crmdesk.documents.sheet_xlsx import write_xlsx
from crmdesk.domain import months as months_
from crmdesk.domain.sheet import DEFAULT_FACTORS, Factor, Sheet
from crmdesk.system.i18n import words
from tests.documents.sheets import FIELDS, PRINTED, client_names, make_sheet

FIRST = 6  # the first row of clients


def workbook(*sheets: Sheet, lang: str = "ru") -> bytes:
    target = io.BytesIO()
    write_xlsx(target, sheets, words=words(lang), printed=PRINTED)
    return target.getvalue()


def cells(data: bytes, title: str | int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = book.get_sheet_by_index(title) if isinstance(title, int) else book.get_sheet_by_name(title)
    return found.to_python(skip_empty_area=False)


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
@pytest.mark.parametrize(("clients", "months", "ahead"), [(35, 6, 3), (90, 12, 0), (1, 1, 1), (0, 3, 3)])
def test_that_the_workbook_holds_the_figures_of_the_sheet(lang: str, clients: int, months: int, ahead: int) -> None:
    sheet = make_sheet(clients, months=months, ahead=ahead)
    rows = cells(workbook(sheet, lang=lang))
    assert rows[0][0] == sheet.manager
    for i, row in enumerate(sheet.rows):
        found = rows[FIRST + i]
        assert found[0] == i + 1
        assert found[1] == row.name
        turnover = [value or 0 for value in found[4 : 4 + months]]
        assert turnover == [month.turnover / 100 for month in row.months]
        if months > 1:
            assert found[4 + months] == pytest.approx(row.sums[Factor.TURNOVER] / 100)


def test_that_the_totals_of_the_workbook_add_up() -> None:
    sheet = make_sheet(35)
    rows = cells(workbook(sheet))
    end = FIRST + 35
    for column, month in enumerate(range(6), 4):
        values = [rows[FIRST + i][column] or 0 for i in range(35)]
        assert rows[end][column] == pytest.approx(sum(values))
        assert rows[end][column] == pytest.approx(sheet.totals.tracked.months[month] / 100)
        assert rows[end + 2][column] == pytest.approx(rows[end][column] + rows[end + 1][column])
        assert rows[end + 4][column] == pytest.approx(rows[end + 2][column] / rows[end + 3][column])
    assert rows[end + 2][10] == pytest.approx(sheet.totals.all.total / 100)


def _worksheet_xml(data: bytes, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


@pytest.mark.parametrize("name", ["=1+1", "+7 912", "-5", "@SUM(A1)", "https://example.org", '=HYPERLINK("x")', "007"])
def test_that_a_name_is_never_a_formula_a_link_or_a_number(name: str) -> None:
    names = client_names(3)
    names[1] = name
    data = workbook(make_sheet(names=names, manager=name))
    found = cells(data)
    assert name in [row[1] for row in found[FIRST : FIRST + 3]]
    assert found[0][0] == name
    formulas = re.findall(r"<f>(.*?)</f>", _worksheet_xml(data))
    assert formulas and all(re.fullmatch(r"SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+[+/][A-Z]+\d+", f) for f in formulas)


def test_that_the_workbook_is_set_up_for_a4_landscape_one_page_wide() -> None:
    xml = _worksheet_xml(workbook(make_sheet(12)))
    assert 'paperSize="9"' in xml
    assert 'orientation="landscape"' in xml
    assert 'fitToHeight="0"' in xml
    assert re.search(r'<pane xSplit="2" ySplit="6" [^>]*state="frozen"', xml)


def test_that_several_managers_get_a_cover_and_a_worksheet_each() -> None:
    long = "Очень-Длинная-Фамилия Имя Отчество"
    managers = [long + " младший", long + " старший", "A/B: [тест]*?", "ковалёва", "Ковалёва", "'", "History"]
    sheets = [make_sheet(5 + i, manager=name, manager_id=i + 1) for i, name in enumerate(managers)]
    data = workbook(*sheets)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert len(book.sheet_names) == 8
    assert all(len(name) <= 31 for name in book.sheet_names)
    cover = cells(data)
    assert [row[1] for row in cover[4:11]] == managers
    assert [row[2] for row in cover[4:11]] == [len(sheet.rows) for sheet in sheets]
    month = 4  # № · manager · tracked · all · months…
    assert cover[11][month] == pytest.approx(sum(sheet.totals.all.months[0] for sheet in sheets) / 100)
    for i, sheet in enumerate(sheets, 1):
        assert cells(data, i)[0][0] == sheet.manager


def test_that_a_text_excel_cannot_hold_is_cut_and_cleaned() -> None:
    names = ["Ж" * 40_000, "до\x00после\x0b", "🍕 Пицца"]
    found = [row[1] for row in cells(workbook(make_sheet(names=names)))[FIRST : FIRST + 3]]
    assert sorted(map(len, found))[-1] == 32_767
    assert "допосле" in found and "🍕 Пицца" in found


@pytest.mark.parametrize(("minor", "text"), [(0, "0.00"), (123456, "1234.56"), (-5, "-0.05"), (-123400, "-1234.00")])
def test_that_money_in_json_is_text_with_two_decimals(minor: int, text: str) -> None:
    assert money(minor) == text


def test_that_json_says_what_the_sheet_says() -> None:
    sheet = make_sheet(90, factors=tuple(FIELDS)[:6])
    found = json.loads(json.dumps(sheet_json(sheet), ensure_ascii=False))
    assert {"manager", "period", "sort", "rows", "totals", "left_out"} <= set(found)
    assert found["manager"] == sheet.login
    assert found["sort"] == "turnover"
    assert found["left_out"] == 9
    assert found["period"]["from"] == "2026-05" and found["period"]["to"] == "2026-10"
    assert len(found["rows"]) == 90
    for row, read in zip(sheet.rows, found["rows"], strict=True):
        assert read["client"] == row.name
        assert read["client_id"] == str(row.client_id)
        assert read["action_segment"] == row.action_segment
        assert read["importance"] == row.importance
        assert list(read["months"]) == [months_.iso(month) for month in sheet.months]
        assert list(read["plan"]) == ["2026-11", "2026-12", "2027-01"]
        for month, figures in zip(row.months, read["months"].values(), strict=True):
            assert figures["turnover"] == money(month.turnover)
            assert figures["gross_profit"] == money(month.gross_profit)
            assert (figures["skus"], figures["calls"], figures["visits"]) == (month.skus, month.calls, month.visits)
        for items, planned in zip(row.plan, read["plan"].values(), strict=True):
            assert [item["day"] for item in planned] == [item.day.isoformat() for item in items]
        assert [alarm["kind"] for alarm in read["alarms"]] == [alarm.kind.value for alarm in row.alarms]


def test_that_the_totals_of_json_add_up_from_its_rows() -> None:
    found = sheet_json(make_sheet(35, factors=DEFAULT_FACTORS))
    for month in found["period"]["months"]:
        rows = sum(round(100 * float(row["months"][month]["turnover"])) for row in found["rows"])
        tracked, others, everything = (
            round(100 * float(found["totals"][line]["months"][month])) for line in ("tracked", "others", "all")
        )
        assert rows == tracked
        assert tracked + others == everything
        calls = sum(row["months"][month]["calls"] for row in found["rows"])
        assert found["totals"]["factors"]["calls_ok"]["months"][month] == calls
