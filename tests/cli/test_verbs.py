"""Each verb: what it does, what it answers to machines, what it refuses."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from crmdesk.cli.session import Session
from crmdesk.system.settings import Settings
from tests.cli.calling import Called, call
from tests.documents.pages import page_texts

pytestmark = pytest.mark.slow

NASTY = Path(__file__).parent.parent / "samples" / "nasty"
SALES = (
    "Дата;Номер;Контрагент;Номенклатура;Количество;Сумма;Себестоимость\n"
    "05.10.2026;501;ООО «Проба пера»;Визитки;500;2 150,50;980,00\n"
    "05.10.2026;501;ООО «Проба пера»;Листовки А5;1000;4 300,00;2 100,00\n"
    "19.10.2026;533;ООО «Проба пера»;Визитки;300;1 290,00;610,00\n"
)
MONEY = re.compile(r"-?\d+\.\d\d")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def ask(office: Path, *arguments: object) -> Called:
    """A verb on an office, in English."""
    return call(*arguments, "--office", office, "--lang", "en")


def rows(office: Path, sql: str) -> list[Any]:
    with sqlite3.connect(office) as connection:
        found = connection.execute(sql).fetchall()
    connection.close()
    return found


# ---- init --------------------------------------------------------------------------------------------


def test_that_init_makes_an_office_and_says_what_it_made(tmp_path: Path) -> None:
    place = tmp_path / "new.crmdesk"
    made = call(
        "init", place, "--name", "Оттиск", "--owner", "boss", "--currency", "KZT", "--lang", "ru", "--json"
    ).json
    assert made == {
        "office": str(place),
        "name": "Оттиск",
        "currency": "KZT",
        "zone": "Europe/Moscow",
        "lang": "ru",
        "demo": None,
        "owner": "boss",
    }
    assert Settings().get("office") == str(place)
    assert rows(place, "SELECT count(*) FROM client") == [(0,)]


def test_that_a_demo_is_the_same_for_the_same_seed_and_day(tmp_path: Path, demo_office: Path) -> None:
    again = tmp_path / "again.crmdesk"
    assert call("init", again, "--demo", "small", "--seed", 1, "--lang", "ru").code == 0
    counted = "SELECT sum(turnover), sum(calls), min(client_id) FROM client_month"
    assert rows(again, counted) == rows(demo_office, counted)


def test_that_a_demo_of_a_size_nobody_knows_is_bad_usage(tmp_path: Path) -> None:
    assert call("init", tmp_path / "x.crmdesk", "--demo", "huge").code == 2
    assert list(tmp_path.glob("x*")) == []


# ---- user --------------------------------------------------------------------------------------------


def test_that_people_are_let_in_listed_and_let_in_no_longer(demo_office: Path) -> None:
    added = ask(demo_office, "user", "add", "petrov", "--name", "Петров П. П.", "--role", "supervisor", "--json").json
    assert added["login"] == "petrov"
    assert added["active"] is True
    assert re.fullmatch(r"\d+", added["id"])
    assert ask(demo_office, "user", "add", "petrov").code == 1
    assert ask(demo_office, "user", "disable", "petrov", "--json").json["active"] is False
    listed = ask(demo_office, "user", "list", "--json").json
    assert {user["login"]: user["active"] for user in listed}["petrov"] is False
    assert set(listed[0]) == {"id", "login", "name", "role", "branch_id", "active"}
    assert "disabled" in ask(demo_office, "user", "list").out
    assert ask(demo_office, "due", "--as", "petrov").code == 1
    assert ask(demo_office, "user", "enable", "petrov", "--json").json["active"] is True
    assert ask(demo_office, "due", "--as", "petrov").code == 0
    secret = call("user", "password", "petrov", "--office", demo_office, "--lang", "en", stdin="тайна\n")
    assert (secret.code, "no passwords" in secret.err) == (2, True)
    assert ask(demo_office, "due", "--as", "kovaleva").code == 0


# ---- lists -------------------------------------------------------------------------------------------


def test_that_due_lists_what_is_overdue_and_coming(demo_office: Path) -> None:
    found = ask(demo_office, "due", "--until", "2026-11-30", "--json").json
    keys = {"id", "client", "client_id", "manager", "kind", "title", "promise", "due", "overdue_days"}
    assert all(set(task) == keys for task in found)
    assert any(task["overdue_days"] > 0 and task["promise"] for task in found)
    assert all(DAY.fullmatch(task["due"]) and task["due"] <= "2026-11-30" for task in found if task["due"])
    hers = ask(demo_office, "due", "--until", "2026-11-30", "--manager", "kovaleva", "--json").json
    assert hers == [task for task in found if task["manager"] == "kovaleva"]
    printed = ask(demo_office, "due", "--manager", "kovaleva").out
    assert "days late" in printed
    assert ask(demo_office, "due", "--manager", "nobody").code == 1
    assert ask(demo_office, "due", "--manager", "owner").out == "Nothing to show.\n"
    assert ask(demo_office, "due", "--manager", "owner", "--json").json == []


def test_that_quiet_names_who_goes_silent_and_what_it_costs(demo_office: Path) -> None:
    found = ask(demo_office, "quiet", "--json").json
    keys = {"client", "client_id", "manager", "p_quiet", "silent_days", "usual_days", "money_per_month"}
    assert found
    assert all(set(one) == keys and MONEY.fullmatch(one["money_per_month"]) for one in found)
    chances = [one["p_quiet"] for one in found]
    assert chances == sorted(chances, reverse=True)
    dear = ask(demo_office, "quiet", "--sort", "money", "--json").json
    cost = [one["p_quiet"] * float(one["money_per_month"]) for one in dear]
    assert all(before >= after - 50 for before, after in zip(cost, cost[1:], strict=False))
    assert ask(demo_office, "quiet", "--horizon", 0).code == 2
    assert found[0]["client"] in ask(demo_office, "quiet").out


def test_that_base_counts_the_year_by_months(demo_office: Path) -> None:
    year = ask(demo_office, "base", "--year", 2026, "--json").json
    assert set(year) == {"year", "months", "active_at_start", "lost", "won_back", "new", "share_lost_percent"}
    assert all(re.fullmatch(r"2026-\d\d", month) for month in year["months"])
    for what in ("lost", "won_back", "new"):
        assert sum(month[what] for month in year["months"].values()) == year[what]
    assert year["lost"] >= 1
    assert "Whole year" in ask(demo_office, "base", "--year", 2026).out


# ---- the sheet ---------------------------------------------------------------------------------------


def test_that_sheets_come_as_pdf_workbook_and_json(demo_office: Path, tmp_path: Path) -> None:
    for name in ("all.pdf", "all.xlsx", "all.json"):
        done = ask(demo_office, "sheet", "--all", "--out", tmp_path / name, "--json").json
        assert done["file"] == str(tmp_path / name)
        assert [one["rows"] for one in done["sheets"]] == [35, 35, 35]
    pages = page_texts((tmp_path / "all.pdf").read_bytes())
    assert len(pages) == 4
    assert all(name in page for name, page in zip(("All managers", "Ковалёва"), pages[:2], strict=True))
    written = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [one["manager"] for one in written] == [one["manager"] for one in done["sheets"]]


def test_that_one_managers_sheet_takes_period_sort_and_months(demo_office: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.json"
    options = ("--month", "2026-09", "--months", 3, "--ahead", 1, "--sort", "importance")
    assert ask(demo_office, "sheet", "--manager", "kovaleva", *options, "--out", out).code == 0
    sheet = json.loads(out.read_text(encoding="utf-8"))
    assert sheet["manager"] == "kovaleva"
    assert sheet["sort"] == "importance"
    assert set(sheet["rows"][0]["months"]) == {"2026-07", "2026-08", "2026-09"}
    assert set(sheet["rows"][0]["plan"]) == {"2026-10"}
    assert MONEY.fullmatch(sheet["rows"][0]["months"]["2026-07"]["turnover"])


@pytest.mark.parametrize(
    ("now", "today"),
    [
        ("2026-11-02T00:30", "2026-11-02"),
        ("2026-11-02T23:59", "2026-11-02"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-01T20:30+00:00", "2026-11-01"),
        ("2026-11-01T22:00+00:00", "2026-11-02"),
        ("2026-11-01T22:00Z", "2026-11-02"),
    ],
)
def test_that_a_moment_without_a_zone_is_office_time(demo_office: Path, tmp_path: Path, now: str, today: str) -> None:
    out = tmp_path / "one.json"
    assert ask(demo_office, "sheet", "--manager", "kovaleva", "--out", out, "--now", now).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["today"] == today


def test_that_a_sheet_that_cannot_be_is_refused_and_writes_nothing(demo_office: Path, tmp_path: Path) -> None:
    assert ask(demo_office, "sheet", "--manager", "nobody", "--out", tmp_path / "x.pdf").code == 1
    assert ask(demo_office, "sheet", "--all", "--out", tmp_path / "x.doc").code == 2
    assert ask(demo_office, "sheet", "--all", "--months", 13, "--out", tmp_path / "x.pdf").code == 2
    assert ask(demo_office, "sheet", "--out", tmp_path / "x.pdf").code == 2
    assert ask(demo_office, "sheet", "--all", "--manager", "kovaleva", "--out", tmp_path / "x.pdf").code == 2
    assert ask(demo_office, "sheet", "--all", "--out", tmp_path / "no folder" / "x.pdf").code == 3
    assert [file.name for file in tmp_path.rglob("x*")] == []


# ---- files in and out --------------------------------------------------------------------------------


@pytest.fixture
def sales(tmp_path: Path) -> Path:
    file = tmp_path / "sales.csv"
    file.write_text(SALES, encoding="cp1251")
    return file


def test_that_the_same_file_twice_adds_nothing_and_can_be_taken_back(demo_office: Path, sales: Path) -> None:
    before = rows(demo_office, "SELECT sum(turnover) FROM client_month")
    first = ask(demo_office, "import", "orders", sales, "--create-unknown", "--json").json
    assert set(first) == {"file", "kind", "added", "updated", "unchanged", "refused", "import_id"}
    assert first["added"] > 0
    assert first["refused"] == []
    assert rows(demo_office, "SELECT sum(turnover) FROM client_month")[0][0] == before[0][0] + 774_050
    second = ask(demo_office, "import", "orders", sales, "--create-unknown", "--json").json
    assert (second["added"], second["updated"], second["refused"]) == (0, 0, [])
    undone = ask(demo_office, "undo-import", first["import_id"], "--json").json
    assert undone["archived"] > 0
    assert rows(demo_office, "SELECT sum(turnover) FROM client_month") == before
    assert ask(demo_office, "undo-import", first["import_id"]).code == 1


def test_that_a_cards_columns_are_named_in_the_language_of_the_person(demo_office: Path) -> None:
    cards = NASTY / "android_vcard21_qp.vcf"
    told = call("import", "auto", cards, "--dry-run", "--office", demo_office, "--lang", "ru")
    assert "\n  Фамилия  (Іваненко, Петров, Мар'яненко)\n" in told.out
    assert "колонка «День рождения»: дня 31.02.1990 не бывает" in told.out
    assert not re.search(r"surname|birthday|person_notes", told.out)


def test_that_many_refusals_are_cut_short_for_people_and_whole_for_machines(demo_office: Path, tmp_path: Path) -> None:
    sales = tmp_path / "sales.csv"
    sales.write_text("Дата;Контрагент;Сумма\n" + "31.02.2026;ООО «Проба»;1,00\n" * 83, encoding="utf-8")
    told = ask(demo_office, "import", "orders", sales, "--dry-run").out
    assert told.count("there is no such day") == 20 and "and 63 rows more; all of them: --json" in told
    assert len(ask(demo_office, "import", "orders", sales, "--dry-run", "--json").json["refused"]) == 83


def test_that_a_file_for_programs_is_refused_as_no_table(demo_office: Path) -> None:
    refused = call("import", "auto", NASTY / "expected.json", "--office", demo_office, "--lang", "ru")
    assert refused.code == 1 and "expected.json — не таблица." in refused.err
    assert "Колонки" not in refused.out


def test_that_an_import_shows_its_guess_and_its_refusals(demo_office: Path, sales: Path) -> None:
    told = ask(demo_office, "import", "orders", sales)
    assert told.code == 1
    assert "Контрагент → Client" in told.out
    assert "Проба пера" in told.out
    assert "--keep-good" in told.out
    machine = ask(demo_office, "import", "orders", sales, "--json")
    assert machine.code == 1
    refused = machine.json["refused"]
    assert {one["row"] for one in refused} == {2, 3, 4}
    assert all(set(one) == {"row", "column", "reason", "text"} for one in refused)
    assert refused[0]["reason"] == "unknown_client"


def test_that_a_rehearsal_writes_nothing(demo_office: Path, sales: Path) -> None:
    before = rows(demo_office, "SELECT count(*) FROM audit")
    told = ask(demo_office, "import", "auto", sales, "--create-unknown", "--dry-run", "--json")
    assert told.code == 0
    assert told.json["added"] > 0
    assert told.json["import_id"] is None
    assert rows(demo_office, "SELECT count(*) FROM audit") == before


def test_that_a_rehearsal_of_a_file_that_would_be_refused_says_so(demo_office: Path, sales: Path) -> None:
    assert ask(demo_office, "import", "auto", sales, "--dry-run").code == 1
    assert ask(demo_office, "import", "auto", sales, "--dry-run", "--keep-good").code == 0


def test_that_several_files_are_answered_as_a_list(demo_office: Path, sales: Path) -> None:
    found = ask(demo_office, "import", "orders", sales, sales, "--create-unknown", "--json").json
    assert [bool(one["added"]) for one in found] == [True, False]


def test_that_a_later_file_that_cannot_be_read_hides_no_earlier_one(demo_office: Path, sales: Path) -> None:
    told = ask(demo_office, "import", "orders", sales, sales.with_name("none.csv"), "--create-unknown", "--json")
    assert told.code == 3
    assert "none.csv" in told.err
    assert [one["file"] for one in told.json] == [str(sales)]


def test_that_a_file_that_is_not_there_is_outside_trouble(demo_office: Path, tmp_path: Path) -> None:
    assert ask(demo_office, "import", "orders", tmp_path / "none.csv").code == 3
    assert ask(demo_office, "import", "weather", tmp_path / "none.csv").code == 2
    assert ask(demo_office, "undo-import", 12345).code == 1


def test_that_an_export_is_whole_and_leaves_a_trace(demo_office: Path, tmp_path: Path) -> None:
    out = tmp_path / "clients.csv"
    done = ask(demo_office, "export", "clients", out, "--json").json
    assert done == {"kind": "clients", "file": str(out), "rows": 120}
    with out.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";" if ";" in stream.readline() else ","))
    assert len(lines) == 120
    assert rows(demo_office, "SELECT kind, what, rows FROM access_log") == [("export", "clients", 120)]
    assert ask(demo_office, "export", "clients", tmp_path / "clients.doc").code == 2
    assert ask(demo_office, "export", "secrets", tmp_path / "x.csv").code == 2


# ---- care --------------------------------------------------------------------------------------------


def test_that_a_copy_is_verified_and_comes_back(demo_office: Path, tmp_path: Path) -> None:
    made = ask(demo_office, "backup", "--to", tmp_path / "copies", "--json").json
    assert set(made) == {"file", "sha256", "counts", "verified_at"}
    assert hashlib.sha256(Path(made["file"]).read_bytes()).hexdigest() == made["sha256"]
    assert made["counts"]["client"] == 120
    ask(demo_office, "user", "add", "late")
    back = ask(demo_office, "restore", made["file"], "--json").json
    assert back["counts"] == made["counts"]
    assert Path(back["kept_aside"]).exists()
    assert "late" not in ask(demo_office, "user", "list").out
    elsewhere = tmp_path / "elsewhere.crmdesk"
    assert "is back" in ask(elsewhere, "restore", made["file"]).out
    assert elsewhere.exists()
    assert ask(elsewhere, "restore", tmp_path / "none").code == 1


def test_that_the_doctor_finds_a_wrong_figure_and_mends_it(demo_office: Path) -> None:
    assert ask(demo_office, "doctor", "--json").json == {"healthy": True, "findings": []}
    with sqlite3.connect(demo_office) as connection:
        connection.execute("UPDATE client_month SET turnover = turnover + 1 WHERE month = 202610")
    connection.close()
    sick = ask(demo_office, "doctor", "--json")
    assert sick.code == 1
    assert [one["trouble"] for one in sick.json["findings"]] == ["figures"]
    mended = ask(demo_office, "doctor", "--repair")
    assert mended.code == 0
    assert "mended" in mended.out
    assert ask(demo_office, "doctor").code == 0


def test_that_an_office_of_today_needs_no_upgrade(demo_office: Path) -> None:
    done = ask(demo_office, "upgrade", "--json").json
    assert done["before"] == done["after"]
    assert done["backup"] is None
    assert ask(demo_office.with_name("none.crmdesk"), "upgrade").code == 3


# ---- nothing half done -------------------------------------------------------------------------------


class CtrlC:
    """Somebody presses Ctrl+C at the second progress report."""

    def __init__(self) -> None:
        self.reports = 0

    def progress(self, done: int, total: int) -> None:
        self.reports += 1
        if self.reports == 2:
            raise KeyboardInterrupt

    def check(self) -> None:
        if self.reports >= 2:
            raise KeyboardInterrupt


def test_that_ctrl_c_leaves_nothing_half_done(
    demo_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tmp_path / "many.csv"
    line = "Клиент {0};8 916 555-00-{1:02d};Город"
    many.write_text("Контрагент;Телефон;Город\n" + "\n".join(line.format(n, n % 100) for n in range(30_000)), "utf-8")
    counts = "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM import_run), (SELECT count(*) FROM audit)"
    before = rows(demo_office, counts)
    monkeypatch.setattr(Session, "job", lambda self, doing: CtrlC())
    for arguments in (
        ("import", "clients", many),
        ("sheet", "--all", "--out", tmp_path / "made.pdf"),
        ("backup", "--to", tmp_path / "made"),
    ):
        told = ask(demo_office, *arguments)
        assert told.code == 1, arguments
        assert "half done" in told.err
    assert rows(demo_office, counts) == before
    assert [file for file in tmp_path.rglob("made*") if file.is_file()] == []
    assert list((tmp_path / "made").glob("*")) == []
    assert ask(demo_office, "doctor", "--json").code == 1  # the doctor, too, can be stopped
