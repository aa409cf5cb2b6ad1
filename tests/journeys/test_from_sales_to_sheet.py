"""An owner brings in his clients and sales, prints a sheet a manager, and everything agrees with the raw file."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.calling import call
from tests.documents.pages import page_texts

MONTHS = ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]
MANAGERS = {"kovaleva": "Ковалёва Анна", "danko": "Данько Олег"}
PRODUCTS = ["Визитки", "Листовки А5", "Каталог 32 стр.", "Календарь домик", "Наклейки"]

Line = dict[str, str]


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Clients as a person keeps them in a table."""
    file = tmp_path / "клиенты.csv"
    with file.open("w", encoding="cp1251", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(["Наименование", "Код", "Менеджер", "Сегмент действия", "Важность", "Под контролем"])
        for number in range(24):
            manager = list(MANAGERS)[number % 2]
            segment = ["ВВВ", "ЗвЗвЗв", "ИНФО"][number % 3]
            rows.writerow([f"ООО «Клиент {number:02}»", f"К-{number:03}", manager, segment, "Обычный", "да"])
    return file


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    """Half a year of sales, with returns, as a program of accounts writes them."""
    chance = random.Random(5)
    file = tmp_path / "продажи.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(["Дата", "Номер", "Контрагент", "Номенклатура", "Количество", "Сумма", "Себестоимость"])
        for number in range(1, 400):
            client = f"ООО «Клиент {chance.randrange(24):02}»"
            day = date(2026, chance.randint(5, 10), chance.randint(1, 28)).strftime("%d.%m.%Y")
            sign = -1 if number % 23 == 0 else 1
            for product in chance.sample(PRODUCTS, chance.randint(1, 3)):
                amount = sign * chance.randint(50_000, 900_000)
                cost = amount * 6 // 10
                said = [f"{value // 100 if value > 0 else -(-value // 100)}" for value in (amount, cost)]
                cents = [f"{abs(value) % 100:02}" for value in (amount, cost)]
                rows.writerow(
                    [
                        day,
                        f"РН-{number}",
                        client,
                        product,
                        sign * chance.randint(1, 20) * 50,
                        f"{said[0]},{cents[0]}",
                        f"{said[1]},{cents[1]}",
                    ]
                )
    return file


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new office with two managers."""
    place = tmp_path / "офис.crmdesk"
    assert call("init", place, "--name", "Типография", "--owner", "boss", "--currency", "RUB", "--lang", "ru").code == 0
    for login, name in MANAGERS.items():
        assert call("user", "add", login, "--name", name, "--office", place).code == 0
    return place


def raw(sales: Path) -> list[Line]:
    """The lines of the file, read by nothing of ours."""
    with sales.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def kopecks(text: str) -> int:
    """1234,50 → 123450."""
    return int(text.replace(",", ""))


def recount(lines: list[Line]) -> dict[str, dict[str, dict[str, int]]]:
    """Client → month → turnover, gross profit (kopecks) and SKUs, from the raw lines alone."""
    turnover: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    bought: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for line in lines:
        day, client = line["Дата"], line["Контрагент"]
        month = f"{day[6:]}-{day[3:5]}"
        turnover[client][month]["turnover"] += kopecks(line["Сумма"])
        turnover[client][month]["gross_profit"] += kopecks(line["Сумма"]) - kopecks(line["Себестоимость"])
        bought[client][month][line["Номенклатура"], "amount"] += kopecks(line["Сумма"])
        bought[client][month][line["Номенклатура"], "quantity"] += int(line["Количество"])
    for client, months in bought.items():
        for month, products in months.items():
            turnover[client][month]["skus"] = len({product for (product, _), net in products.items() if net > 0})
    return turnover  # type: ignore[no-any-return]


def bring(office: Path, kind: str, file: Path, *options: str) -> Any:
    """`crmdesk import … --json`."""
    done = call("import", kind, file, "--office", office, "--json", "--lang", "ru", *options)
    assert done.code == 0, done.err + done.out
    return done.json if isinstance(done.json, dict) else done.json[0]


def sheets(office: Path, out: Path) -> Any:
    """`crmdesk sheet --all`, read back when it is JSON."""
    done = call("sheet", "--all", "--month", "2026-10", "--out", out, "--office", office, "--lang", "ru")
    assert done.code == 0, done.err
    return json.loads(out.read_text(encoding="utf-8")) if out.suffix == ".json" else out


@pytest.mark.slow
def test_that_sheets_agree_with_the_raw_file_and_with_each_other(
    office: Path, clients: Path, sales: Path, tmp_path: Path
) -> None:
    lines = raw(sales)
    assert bring(office, "clients", clients)["added"] == 24
    first = bring(office, "orders", sales, "--create-unknown")
    assert first["refused"] == []

    # the sheet says what the file says, client by client and month by month
    counted = recount(lines)
    found = sheets(office, tmp_path / "sheets.json")
    assert sorted(sheet["manager"] for sheet in found if sheet["rows"]) == sorted(MANAGERS)
    seen = set()
    for sheet in found:
        for row in sheet["rows"]:
            seen.add(row["client"])
            for month in MONTHS:
                said, own = row["months"][month], counted[row["client"]][month]
                assert said["turnover"] == f"{own['turnover'] / 100:.2f}", (row["client"], month)
                assert said["gross_profit"] == f"{own['gross_profit'] / 100:.2f}", (row["client"], month)
                assert said["skus"] == own["skus"], (row["client"], month)
    assert seen == set(counted)
    total = sum(kopecks(line["Сумма"]) for line in lines)
    assert sum(kopecks(sheet["totals"]["all"]["total"].replace(".", ",")) for sheet in found) == total

    # the workbook has the same numbers, as numbers
    book = CalamineWorkbook.from_path(str(sheets(office, tmp_path / "sheets.xlsx")))
    for sheet in found:
        page = next(p for p in book.sheet_names if sheet["manager_name"].split()[0] in p)
        cells = [row for row in book.get_sheet_by_name(page).to_python() if len(row) > 4]
        for row in sheet["rows"]:
            (line,) = [cells_ for cells_ in cells if row["client"] in cells_]
            for month in MONTHS:
                turnover = float(row["months"][month]["turnover"])
                assert turnover == 0 or any(abs(c - turnover) < 0.006 for c in line if isinstance(c, float | int))

    # paper has a page a manager after the cover, and every client on it
    texts = page_texts(sheets(office, tmp_path / "sheets.pdf"))
    assert len(texts) == 1 + len(MANAGERS) + sum(1 for sheet in found if not sheet["rows"])
    paper = re.sub(r"\s+", " ", " ".join(texts))
    assert [client for client in seen if client not in paper] == []

    # the same file again adds nothing, and the office is whole
    again = bring(office, "orders", sales, "--create-unknown")
    assert (again["added"], again["updated"]) == (0, 0)
    assert call("doctor", "--office", office).code == 0

    # a backup, an import taken back, the backup again
    made = call("backup", "--office", office, "--json").json
    assert call("undo-import", first["import_id"], "--office", office).code == 0
    empty = sheets(office, tmp_path / "empty.json")
    assert sum(kopecks(sheet["totals"]["all"]["total"].replace(".", ",")) for sheet in empty) == 0
    assert call("doctor", "--office", office).code == 0
    assert call("restore", made["file"], "--office", office).code == 0
    assert sheets(office, tmp_path / "restored.json") == found
