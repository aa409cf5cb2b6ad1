"""The main story: a print-shop owner brings in clients and sales as files and prints a sheet for each manager.

What is printed agrees with a recount from the raw files by nothing but csv and dict, in all three formats, on both
stores, and a file that comes in again changes nothing.
"""

from __future__ import annotations

import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import psycopg
import pytest
from python_calamine import CalamineWorkbook

from tests.cli.calling import call
from tests.documents.pages import page_texts

NOW = "2024-04-02T10:00"  # the sample of 1C is of the first quarter of 2024
MONTHS = ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03")
SAMPLES = Path(__file__).parent.parent / "samples" / "nasty"
ONE_C = {('ТОВ "Друк-Сервіс"', "2024-01"): "12345.60", ('ТОВ "Друк-Сервіс"', "2024-02"): "6170.40"}
ONE_C_RETURN = {("ООО «Рога и Копыта»; филиал", "2024-03"): "-120.00"}
MANAGERS = {"journey_anna": "Ковалёва Анна Сергеевна", "journey_pavel": "Мельников Павел Андреевич"}
OWN = ("Кофейни «Полдень»", 'ООО "A & B" <b>скидка</b>', "Пекарня «Ёлка»", "Завод 'Метизы'")
PRODUCTS = ("Визитки", "Листовки А5", "Календарь домик", "Бланк А4", "Наклейки", "Каталог А4; 64 полосы")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Files:
    """What the owner has, and what a recount of it says."""

    clients: Path
    sales: Path
    managers: Mapping[str, str]  # login by client
    turnover: Mapping[tuple[str, str], Decimal]  # by client and month
    profit: Mapping[tuple[str, str], Decimal]
    skus: Mapping[tuple[str, str], int]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A list of clients as a newer program saves it and sales as an older one does."""
    place = tmp_path_factory.mktemp("files")
    rnd = Random(20240402)
    everybody = (*OWN, *(name for name, _ in (*ONE_C, *ONE_C_RETURN)))
    managers = {name: list(MANAGERS)[number % 2] for number, name in enumerate(dict.fromkeys(everybody))}
    with (place / "клиенты.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["Контрагент", "Менеджер", "Сегмент действий", "Важность", "На контроле", "Телефон"])
        for number, (name, login) in enumerate(managers.items()):
            writer.writerow([name, login, "ВВВ" if number % 2 else "ЗвЗвЗв", "VIP", "да", f"8 916 555-01-{number:02d}"])
    with (place / "продажи.csv").open("w", encoding="cp1251", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["Дата", "Документ", "Контрагент", "Номенклатура", "Количество", "Сумма", "Себестоимость"])
        for number in range(240):
            day = date.fromordinal(date(2023, 8, 1).toordinal() + rnd.randrange(244))
            for product in rnd.sample(PRODUCTS, rnd.randint(1, 3)):
                kopecks = rnd.randint(5_000, 9_000_000)
                cost = kopecks * rnd.randint(40, 80) // 100
                writer.writerow(
                    [
                        f"{day:%d.%m.%Y}",
                        f"А-{number}",
                        OWN[number % len(OWN)],
                        product,
                        rnd.randint(1, 5_000),
                        comma(kopecks),
                        comma(cost),
                    ]
                )
    return recount(place / "клиенты.csv", place / "продажи.csv", managers)


def comma(kopecks: int) -> str:
    """12 345,60 with a no-break space, as such files have it."""
    return f"{kopecks // 100:,}".replace(",", "\u00a0") + f",{kopecks % 100:02d}"


def recount(clients: Path, sales: Path, managers: Mapping[str, str]) -> Files:
    """From the file as it lies there."""
    turnover: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    profit: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    products: dict[tuple[str, str], set[str]] = defaultdict(set)
    with sales.open(encoding="cp1251", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            day, month, year = row["Дата"].split(".")
            key = row["Контрагент"], f"{year}-{month}"
            amount, cost = (
                Decimal(row[column].replace("\u00a0", "").replace(",", ".")) for column in ("Сумма", "Себестоимость")
            )
            turnover[key] += amount
            profit[key] += amount - cost
            products[key].add(row["Номенклатура"])
    for key, amount_text in {**ONE_C, **ONE_C_RETURN}.items():
        turnover[key] += Decimal(amount_text)
    return Files(clients, sales, managers, turnover, profit, {key: len(found) for key, found in products.items()})


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the office is to be: a new file, or an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "office.crmdesk")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"journey_{next(_numbers)}"
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server.format(database=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def on(address: str, *arguments: object, stdin: str = "") -> object:
    """A verb on the office, in Russian; it must succeed."""
    told = call(*arguments, "--office", address, "--lang", "ru", "--now", NOW, "--json", stdin=stdin)
    assert told.code == 0, told.err
    return told.json


def bring_in(address: str, files: Files) -> list[dict[str, object]]:
    """All files of the owner."""
    reports = []
    for kind, file in (
        ("clients", files.clients),
        ("orders", files.sales),
        ("orders", SAMPLES / "1c_sales_report.xlsx"),
    ):
        report = on(address, "import", kind, file)
        assert isinstance(report, dict)
        assert report["refused"] == []
        reports.append(report)
    return reports


def test_that_the_sheets_agree_with_a_recount_of_the_files(address: str, files: Files, tmp_path: Path) -> None:
    made = call("init", address, "--owner", "journey_owner", "--lang", "ru", "--now", NOW)
    assert made.code == 0, made.err
    for login, name in MANAGERS.items():
        on(address, "user", "add", login, "--name", name)
    first = bring_in(address, files)
    assert [bool(report["added"]) for report in first] == [True, True, True]
    again = bring_in(address, files)
    assert [(report["added"], report["updated"]) for report in again] == [(0, 0)] * 3

    for ending in ("json", "xlsx", "pdf"):
        on(address, "sheet", "--all", "--out", tmp_path / f"sheets.{ending}")
    sheets = json.loads((tmp_path / "sheets.json").read_text(encoding="utf-8"))
    workbook = CalamineWorkbook.from_path(str(tmp_path / "sheets.xlsx"))
    pages = page_texts((tmp_path / "sheets.pdf").read_bytes())
    assert {sheet["manager"] for sheet in sheets} == set(MANAGERS)
    assert len(pages) == 1 + len(sheets)

    for number, sheet in enumerate(sheets, 1):
        mine = {client for client, login in files.managers.items() if login == sheet["manager"]}
        assert {row["client"] for row in sheet["rows"]} == mine
        assert sheet["period"]["months"] == list(MONTHS)
        for row in sheet["rows"]:
            json_agrees(row, files)
        totals_agree(sheet, files, mine)
        workbook_agrees(workbook.get_sheet_by_index(number).to_python(), sheet)
        page_agrees(pages[number], sheet)

    healthy = on(address, "doctor")
    assert healthy == {"healthy": True, "findings": []}


def json_agrees(row: dict[str, object], files: Files) -> None:
    """One client: turnover, gross profit and SKUs of each month."""
    for month in MONTHS:
        key = str(row["client"]), month
        figures = row["months"][month]  # type: ignore[index]
        assert Decimal(figures["turnover"]) == files.turnover.get(key, Decimal())
        if key in files.profit:
            assert Decimal(figures["gross_profit"]) == files.profit[key]
            assert figures["skus"] == files.skus[key]


def totals_agree(sheet: dict[str, object], files: Files, mine: set[str]) -> None:
    """The lines under the table are the sums of the files."""
    totals = sheet["totals"]["tracked"]  # type: ignore[index]
    for month in MONTHS:
        raw = sum((files.turnover.get((client, month), Decimal()) for client in mine), Decimal())
        assert Decimal(totals["months"][month]) == raw
    assert Decimal(totals["total"]) == sum(map(Decimal, totals["months"].values()))


def workbook_agrees(lines: list[list[object]], sheet: dict[str, object]) -> None:
    """The workbook's numbers, in the order of its heads, are those of the JSON."""
    heads = next(number for number, line in enumerate(lines) if line[1] == "Клиент")
    rows = sheet["rows"]
    assert isinstance(rows, list)
    for row, line in zip(rows, lines[heads + 1 :], strict=False):
        assert line[1] == row["client"]
        for place, month in enumerate(MONTHS):
            said = line[4 + place]
            assert Decimal(str(said or 0)).quantize(Decimal("0.01")) == Decimal(row["months"][month]["turnover"])
        total = Decimal(str(line[4 + len(MONTHS)] or 0)).quantize(Decimal("0.01"))
        assert total == Decimal(row["sums"]["turnover"])


def page_agrees(page: str, sheet: dict[str, object]) -> None:
    """The page names the manager and holds, in thousands, each client's six months and the sum of all."""
    assert MANAGERS[str(sheet["manager"])] in page
    rows = sheet["rows"]
    assert isinstance(rows, list)
    for row in (*rows, {"sums": {"turnover": sheet["totals"]["tracked"]["total"]}}):  # type: ignore[index]
        thousands = (Decimal(row["sums"]["turnover"]) / 1000).quantize(Decimal(1), "ROUND_HALF_UP")
        if thousands >= 1:
            assert f"{thousands:,}".replace(",", " ") in page


def test_that_taking_the_imports_back_leaves_an_empty_sheet(address: str, files: Files, tmp_path: Path) -> None:
    assert call("init", address, "--owner", "journey_owner", "--lang", "ru", "--now", NOW).code == 0
    for login, name in MANAGERS.items():
        on(address, "user", "add", login, "--name", name)
    reports = bring_in(address, files)
    for report in reversed(reports):
        on(address, "undo-import", report["import_id"])
    on(address, "sheet", "--all", "--out", tmp_path / "empty.json")
    sheets = json.loads((tmp_path / "empty.json").read_text(encoding="utf-8"))
    assert [row for sheet in sheets for row in sheet["rows"]] == []
    assert on(address, "doctor") == {"healthy": True, "findings": []}
