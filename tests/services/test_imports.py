"""Files into offices, on both stores: what comes in, what is refused, nothing twice, taking it back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.data import tables
from crmdesk.services import imports
from crmdesk.services.imports import ImportReport
from crmdesk.services.office import Desk
from crmdesk.system.errors import UsageError, UserError
from crmdesk.system.i18n import words
from crmdesk.system.jobs import Stopped
from crmdesk.ui.import_texts import refusal_line

NASTY = Path(__file__).parent.parent / "samples" / "nasty"
CONTACTS = [
    "bitrix24_semicolon_utf8bom.csv",
    "google_utf8bom.csv",
    "outlook_cp1251.csv",
    "excel_unicode_text_utf16.txt",
    "amocrm_contacts.xlsx",
    "android_vcard21_qp.vcf",
    "nokia_vcard30_raw_cp1251_LF.vcf",
]


def sheet(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def bring(desk: Desk, kind: str, path: Path, **how: bool) -> ImportReport:
    return imports.run(desk, kind, path, backup=False, **how)


def counted(desk: Desk, table: type[tables.Base]) -> int:
    """Rows that are not archived."""
    with desk.store.read() as connection:
        statement = select(func.count()).select_from(table).where(table.archived_at.is_(None))  # type: ignore[attr-defined]
        return connection.scalar(statement) or 0


def sales(desk: Desk) -> list[tuple[str, date, str, int]]:
    """(client, day, number, total) of all orders."""
    with desk.store.read() as connection:
        found = connection.execute(
            select(tables.Client.name, tables.Order.day, tables.Order.number, tables.Order.total)
            .join(tables.Client, tables.Client.id == tables.Order.client_id)
            .where(tables.Order.archived_at.is_(None))
        )
        return sorted(tuple(row) for row in found)  # type: ignore[arg-type]


def turnover(desk: Desk) -> dict[tuple[str, int], int]:
    """Of the derived figures: (client, month) → turnover."""
    with desk.store.read() as connection:
        month = tables.ClientMonth
        found = connection.execute(
            select(tables.Client.name, month.month, month.turnover).join(
                tables.Client, tables.Client.id == month.client_id
            )
        )
        return {(row[0], row[1]): row[2] for row in found if row[2]}


@pytest.mark.parametrize("name", CONTACTS)
def test_that_the_same_contacts_twice_add_nothing(office: Desk, name: str) -> None:
    first = bring(office, "auto", NASTY / name, keep_good=True)
    assert (first.added, first.import_id is not None) == (5, True)
    before = [counted(office, table) for table in (tables.Client, tables.Person, tables.ContactPoint)]
    second = bring(office, "auto", NASTY / name, keep_good=True)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 5)
    assert [counted(office, table) for table in (tables.Client, tables.Person, tables.ContactPoint)] == before


def test_that_all_the_contact_files_of_one_office_make_five_people(office: Desk) -> None:
    for name in CONTACTS:
        bring(office, "auto", NASTY / name, keep_good=True)
    assert counted(office, tables.Client) == 5
    assert counted(office, tables.Person) == 5
    assert counted(office, tables.ContactPoint) == 6 + 5  # phones; e-mails: one has none, one has two


def test_that_one_impossible_birthday_keeps_the_whole_file_out(office: Desk) -> None:
    report = bring(office, "clients", NASTY / "bitrix24_semicolon_utf8bom.csv")
    assert report.import_id is None
    assert [(r.row, r.column, r.reason_key, r.values["value"]) for r in report.refused] == [
        (6, "Дата рождения", "no_such_day", "31.02.1990")
    ]
    assert counted(office, tables.Client) == 0


def test_that_the_1c_report_becomes_orders_and_figures(office: Desk) -> None:
    report = bring(office, "orders", NASTY / "1c_sales_report.xlsx", create_unknown=True)
    assert (report.added, report.refused) == (3, ())
    assert sales(office) == [
        ("ООО «Рога и Копыта»; филиал", date(2024, 3, 2), "Возврат товаров от покупателя 0000-000002", -12000),
        ('ТОВ "Друк-Сервіс"', date(2024, 1, 15), "Реализация товаров и услуг 0000-000012", 1234560),
        ('ТОВ "Друк-Сервіс"', date(2024, 2, 20), "Реализация товаров и услуг 0000-000031", 617040),
    ]
    assert turnover(office) == {
        ("ООО «Рога и Копыта»; филиал", 202403): -12000,
        ('ТОВ "Друк-Сервіс"', 202401): 1234560,
        ('ТОВ "Друк-Сервіс"', 202402): 617040,
    }
    again = bring(office, "orders", NASTY / "1c_sales_report.xlsx", create_unknown=True)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)


def test_that_unknown_clients_are_refused_by_row_unless_wished_for(office: Desk, tmp_path: Path) -> None:
    file = sheet(tmp_path / "sales.csv", [["Клиент", "Дата", "Сумма"], ["ООО Рога", "01.02.2024", "10,50"]])
    report = bring(office, "orders", file)
    assert [(r.row, r.column, r.reason_key) for r in report.refused] == [(2, "Клиент", "unknown_client")]
    assert (report.import_id, sales(office)) == (None, [])
    assert bring(office, "orders", file, create_unknown=True).added == 1
    assert sales(office) == [("ООО Рога", date(2024, 2, 1), "", 1050)]


def test_that_clients_are_matched_by_code_then_tax_number_then_name(office: Desk, tmp_path: Path) -> None:
    clients = [
        ["Код", "ИНН", "Наименование"],
        ["001", "7701234567", "ООО «Ромашка»"],
        ["002", "7709999999", "ООО «Ромашка»"],
        ["", "", "ЗАО «Ёлка»"],
    ]
    assert bring(office, "clients", sheet(tmp_path / "clients.csv", clients)).added == 3
    orders = [
        ["Код клиента", "ИНН", "Контрагент", "Дата", "Сумма"],
        ["001", "", "как угодно", "01.02.2024", "1"],
        ["", "7709999999", "", "01.02.2024", "2"],
        ["", "", "елка", "01.02.2024", "3"],
        ["", "", "Ромашка ООО", "01.02.2024", "4"],
    ]
    report = bring(office, "orders", sheet(tmp_path / "sales.csv", orders), keep_good=True, create_unknown=True)
    assert [(r.row, r.reason_key) for r in report.refused] == [(5, "ambiguous_client")]
    assert [(name, total) for name, _, _, total in sales(office)] == [
        ("ЗАО «Ёлка»", 300),
        ("ООО «Ромашка»", 100),
        ("ООО «Ромашка»", 200),
    ]


def test_that_keep_good_brings_in_what_can_be(office: Desk, tmp_path: Path) -> None:
    rows = [
        ["Клиент", "Дата", "Сумма"],
        ["A", "01.02.2024", "1"],
        ["B", "31.02.2024", "2"],
        ["C", "вчера", "3"],
        ["D", "02.02.2024", "много"],
        ["", "02.02.2024", "5"],
        ["F", "", "6"],
        ["G", "03.02.2024", ""],
        ["H", "03.02.2024", "8"],
        ["Итого", "", "25"],
    ]
    report = bring(office, "orders", sheet(tmp_path / "s.csv", rows), keep_good=True, create_unknown=True)
    assert [(r.row, r.column, r.reason_key) for r in report.refused] == [
        (3, "Дата", "no_such_day"),
        (4, "Дата", "not_a_day"),
        (5, "Сумма", "not_a_number"),
        (6, "Клиент", "no_client"),
        (7, "Дата", "no_day"),
        (8, "Сумма", "no_amount"),
    ]
    assert [(name, total) for name, _, _, total in sales(office)] == [("A", 100), ("H", 800)]
    assert counted(office, tables.Client) == 2


def test_that_a_changed_document_replaces_its_lines(office: Desk, tmp_path: Path) -> None:
    head = ["Контрагент", "Дата", "Документ", "Товар", "Количество", "Сумма", "Себестоимость"]
    first = [
        head,
        ["A", "01.02.2024", "Р-1", "Визитки", "100", "10", "6"],
        ["A", "01.02.2024", "Р-1", "Буклет", "5", "20", "9"],
    ]
    assert bring(office, "orders", sheet(tmp_path / "1.csv", first), create_unknown=True).added == 2
    changed = [head, ["A", "01.02.2024", "Р-1", "Визитки", "200", "19", "11"]]
    report = bring(office, "orders", sheet(tmp_path / "2.csv", changed))
    assert (report.added, report.updated) == (0, 1)
    assert sales(office) == [("A", date(2024, 2, 1), "Р-1", 1900)]
    with office.store.read() as connection:
        line = tables.OrderLine
        found = connection.execute(select(line.line, line.words, line.quantity, line.amount, line.cost)).all()
    assert [tuple(row) for row in found] == [(1, "Визитки", 200_000, 1900, 1100)]
    assert report.import_id is not None
    undone = imports.undo(office, report.import_id)
    assert (undone.restored, undone.kept) == (1, ())
    assert sales(office) == [("A", date(2024, 2, 1), "Р-1", 3000)]
    assert turnover(office) == {("A", 202402): 3000}
    with office.store.read() as connection:
        found = connection.execute(select(line.line, line.quantity, line.amount).order_by(line.line)).all()
    assert [tuple(row) for row in found] == [(1, 100_000, 1000), (2, 5_000, 2000)]


def test_that_a_document_moved_to_another_day_is_moved_and_not_doubled(office: Desk, tmp_path: Path) -> None:
    head = ["Контрагент", "Дата", "Документ", "Сумма"]
    bring(
        office, "orders", sheet(tmp_path / "1.csv", [head, ["A", "01.02.2024", "УТ-000012", "10"]]), create_unknown=True
    )
    report = bring(office, "orders", sheet(tmp_path / "2.csv", [head, ["A", "05.03.2024", "УТ-000012", "11"]]))
    assert (report.added, report.updated) == (0, 1)
    assert sales(office) == [("A", date(2024, 3, 5), "УТ-000012", 1100)]
    assert turnover(office) == {("A", 202403): 1100}


def test_that_equal_lines_without_a_number_are_counted(office: Desk, tmp_path: Path) -> None:
    head = ["Клиент", "Дата", "Товар", "Кол-во", "Цена"]
    line = ["A", "01.02.2024", "Визитки", "100", "2,50"]
    one = sheet(tmp_path / "1.csv", [head, line])
    three = sheet(tmp_path / "3.csv", [head, line, line, ["A", "01.02.2024", "Буклет", "1", "7"], line])
    bring(office, "orders", one, create_unknown=True)
    report = bring(office, "orders", three)
    assert (report.added, report.unchanged) == (3, 1)
    assert sales(office) == [("A", date(2024, 2, 1), "", 3 * 25000 + 700)]
    report = bring(office, "orders", one)
    assert (report.added, report.unchanged) == (0, 1)
    assert turnover(office) == {("A", 202402): 75700}


def test_that_a_return_counts_against_the_month(office: Desk, tmp_path: Path) -> None:
    rows = [
        ["Покупатель", "Дата", "Документ", "Сумма"],
        ["A", "01.02.2024", "Реализация 1", "100"],
        ["A", "03.02.2024", "Возврат от покупателя 1", "30"],
    ]
    bring(office, "orders", sheet(tmp_path / "s.csv", rows), create_unknown=True)
    assert turnover(office) == {("A", 202402): 7000}


def test_that_a_dry_run_and_a_preview_write_nothing(office: Desk) -> None:
    path = NASTY / "1c_sales_report.xlsx"
    report = bring(office, "orders", path, create_unknown=True, dry_run=True)
    assert (report.added, report.import_id) == (3, None)
    seen = imports.preview(office, "auto", path)
    assert (seen.kind, seen.sheet, len(seen.rows)) == ("orders", "TDSheet", 8)
    assert {column.label: column.field for column in seen.columns if column.field} == {
        "Контрагент": "client",
        "Документ": "number",
        "Количество": "quantity",
        "Сумма без НДС": "amount_net",
        "Сумма с НДС": "amount_gross",
    }
    assert {refusal.reason_key for refusal in seen.outcome.refused} == {"unknown_client"}
    assert [counted(office, table) for table in (tables.Client, tables.Order)] == [0, 0]
    assert imports.history(office) == ()


def test_that_an_import_taken_back_leaves_the_figures_as_before_and_comes_in_again(office: Desk) -> None:
    report = bring(office, "orders", NASTY / "1c_sales_report.xlsx", create_unknown=True)
    assert report.import_id is not None
    undone = imports.undo(office, report.import_id)
    assert (undone.archived, undone.kept) == (3 + 2, ())
    assert (sales(office), turnover(office), counted(office, tables.Client)) == ([], {}, 0)
    again = bring(office, "orders", NASTY / "1c_sales_report.xlsx", create_unknown=True)
    assert (again.added, len(sales(office)), counted(office, tables.Client)) == (3, 3, 2)


def test_that_what_others_need_since_is_not_taken_back(office: Desk, tmp_path: Path) -> None:
    head = ["Клиент", "Дата", "Сумма"]
    first = bring(office, "orders", sheet(tmp_path / "1.csv", [head, ["A", "01.02.2024", "1"]]), create_unknown=True)
    bring(office, "orders", sheet(tmp_path / "2.csv", [head, ["A", "01.03.2024", "2"]]))
    assert first.import_id is not None
    undone = imports.undo(office, first.import_id)
    assert [(table, reason) for table, _, reason in undone.kept] == [("client", "in_use")]
    assert turnover(office) == {("A", 202403): 200}


def test_that_a_second_undo_is_refused(office: Desk, tmp_path: Path) -> None:
    file = sheet(tmp_path / "c.csv", [["Клиент", "Телефон"], ["A", "8 916 555-01-02"]])
    report = bring(office, "clients", file)
    assert report.import_id is not None
    imports.undo(office, report.import_id)
    with pytest.raises(UserError) as refused:
        imports.undo(office, report.import_id)
    assert refused.value.key == "import_undone"
    with pytest.raises(UserError) as refused:
        imports.undo(office, 12345)
    assert refused.value.key == "no_import"


def test_that_changed_fields_of_clients_are_set_back(office: Desk, tmp_path: Path) -> None:
    head = ["Код", "Клиент", "Город", "Менеджер", "Важность"]
    bring(office, "clients", sheet(tmp_path / "1.csv", [head, ["7", "A", "Киев", "ivanova", "VIP"]]))
    report = bring(
        office, "clients", sheet(tmp_path / "2.csv", [head, ["7", "Б", "Одеса", "Коваленко О.П.", "Разовый"]])
    )
    assert (report.updated, report.refused) == (1, ())

    def client() -> tuple[object, ...]:
        c = tables.Client
        with office.store.read() as connection:
            return tuple(
                connection.execute(
                    select(c.name, c.match_key, c.city, tables.User.login, c.importance).join(
                        tables.User, tables.User.id == c.manager_id
                    )
                ).one()
            )

    assert client() == ("Б", "б", "Одеса", "kovalenko", "one_off")
    assert report.import_id is not None
    imports.undo(office, report.import_id)
    assert client() == ("A", "a", "Киев", "ivanova", "vip")


def test_that_a_mapping_is_kept_for_files_with_the_same_headings(office: Desk, tmp_path: Path) -> None:
    head = ["Кто", "Когда", "Сколько", "Ещё"]
    file = sheet(tmp_path / "1.csv", [head, ["ООО A", "01.02.2024", "5", "7"]])
    mapping = tmp_path / "mapping.json"
    mapping.write_text(
        '{"kind": "orders", "columns": {"Кто": "client", "Когда": "day", "Ещё": "amount"}}', encoding="utf-8"
    )
    imports.run(office, "orders", file, mapping=mapping, create_unknown=True, backup=False)
    assert sales(office) == [("ООО A", date(2024, 2, 1), "", 700)]
    seen = imports.preview(office, "orders", sheet(tmp_path / "2.csv", [head, ["ООО A", "02.02.2024", "6", "8"]]))
    assert [(c.field, c.how) for c in seen.columns] == [
        ("client", "kept"),
        ("day", "kept"),
        ("", "kept"),
        ("amount", "kept"),
    ]


def test_that_products_come_with_their_groups_and_once(office: Desk, tmp_path: Path) -> None:
    head = ["Артикул", "Товар", "Группа", "Ед."]
    file = sheet(
        tmp_path / "p.csv", [head, ["V1", "Визитки", "Визитки и бланки", "шт"], ["", "Буклет А4", "Листовки", "шт"]]
    )
    assert bring(office, "products", file).added == 2
    assert bring(office, "auto", file).unchanged == 2
    renamed = sheet(tmp_path / "p2.csv", [head, ["V1", "Визитки 90×50", "", ""]])
    assert bring(office, "products", renamed).updated == 1
    with office.store.read() as connection:
        found = connection.execute(
            select(tables.Product.name, tables.ProductGroup.name).join(
                tables.ProductGroup, tables.ProductGroup.id == tables.Product.group_id
            )
        )
        assert sorted(tuple(row) for row in found) == [("Буклет А4", "Листовки"), ("Визитки 90×50", "Визитки и бланки")]


def test_that_contacts_and_tasks_come_in_once(office: Desk, tmp_path: Path) -> None:
    bring(office, "clients", sheet(tmp_path / "c.csv", [["Клиент", "Город"], ["A", "Киев"]]))
    contacts = sheet(
        tmp_path / "i.csv",
        [
            ["Клиент", "Дата", "Вид", "Результат", "Резюме", "Менеджер"],
            ["A", "01.10.2026 14:30", "Звонок", "Оплачен счёт", "Договорились", "ivanova"],
            ["A", "02.10.2026", "Визит", "", "Показали образцы", ""],
        ],
    )
    assert bring(office, "auto", contacts).added == 2
    assert bring(office, "interactions", contacts).unchanged == 2
    tasks = [["Клиент", "Срок", "Задача", "Обещание", "Выполнено"], ["A", "10.11.2026", "Прислать КП", "да", ""]]
    assert bring(office, "auto", sheet(tmp_path / "t.csv", tasks)).added == 1
    tasks[1][-1] = "да"
    assert bring(office, "tasks", sheet(tmp_path / "t2.csv", tasks)).updated == 1
    with office.store.read() as connection:
        i = tables.Interaction
        found = connection.execute(select(i.kind, i.result, i.rung, i.day).order_by(i.day)).all()
        assert [tuple(row) for row in found] == [
            ("call", "call_prepaid", "maximum", date(2026, 10, 1)),
            ("visit", "", "none", date(2026, 10, 2)),
        ]
        t = tables.Task
        assert tuple(connection.execute(select(t.title, t.promise, t.due_day, t.done_day)).one()) == (
            "Прислать КП",
            True,
            date(2026, 11, 10),
            date(2026, 11, 10),
        )


def test_that_the_backup_is_made_before_an_import_and_not_before_a_look(sqlite_office: Desk, tmp_path: Path) -> None:
    from crmdesk.services import backups

    file = sheet(tmp_path / "c.csv", [["Клиент", "Телефон"], ["A", "8 916 555-01-02"]])
    imports.run(sqlite_office, "clients", file, dry_run=True)
    assert backups.last_verified(sqlite_office) is None
    imports.run(sqlite_office, "clients", file)
    assert backups.last_verified(sqlite_office) is not None


class Impatient:
    """A job that is stopped at its n-th check."""

    def __init__(self, checks: int) -> None:
        self.checks = checks
        self.seen: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.seen.append((done, total))

    def check(self) -> None:
        self.checks -= 1
        if self.checks < 0:
            raise Stopped


@pytest.mark.parametrize("checks", [0, 1, 2, 3])
def test_that_a_stopped_import_leaves_nothing(office: Desk, checks: int) -> None:
    path = NASTY / "1c_sales_report.xlsx"
    with pytest.raises(Stopped):
        imports.run(office, "orders", path, create_unknown=True, backup=False, job=Impatient(checks))
    assert (counted(office, tables.Client), counted(office, tables.Order), imports.history(office)) == (0, 0, ())


def test_that_progress_is_told_and_never_beyond_the_whole(sqlite_office: Desk) -> None:
    job = Impatient(10**6)
    imports.run(sqlite_office, "orders", NASTY / "1c_sales_report.xlsx", create_unknown=True, backup=False, job=job)
    assert job.seen
    assert all(0 <= done <= total for done, total in job.seen)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"kind": "orders"}',
        '{"kind": "x", "columns": {}}',
        '{"kind": "orders", "columns": {"A": "birthday"}}',
    ],
)
def test_that_a_mapping_that_says_nothing_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mapping.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        imports.load_mapping(file)
    assert refused.value.key == "bad_mapping"


def test_that_an_unknown_kind_is_refused(sqlite_office: Desk) -> None:
    with pytest.raises(UsageError) as refused:
        bring(sqlite_office, "invoices", NASTY / "1c_sales_report.xlsx")
    assert refused.value.key == "unknown_import_kind"


def test_that_every_refusal_has_a_sentence_in_each_language(office: Desk, tmp_path: Path) -> None:
    rows = [["Клиент", "Дата", "Сумма"], ["B", "31.02.2024", "2"], ["", "02.02.2024", "5"], ["C", "02.02.2024", "x"]]
    report = bring(office, "orders", sheet(tmp_path / "s.csv", rows), dry_run=True)
    assert len(report.refused) == 3
    said = [[refusal_line(refusal, words(lang)) for refusal in report.refused] for lang in ("ru", "uk", "en")]
    assert said[0][0] == "строка 2, колонка «Дата»: дня 31.02.2024 не бывает"
    assert said[1][0] == "рядок 2, колонка «Дата»: дня 31.02.2024 не буває"
    assert said[2][0] == "row 2, column “Дата”: there is no such day as 31.02.2024"


def test_that_what_was_changed_since_is_not_set_back(office: Desk, tmp_path: Path) -> None:
    head = ["Код", "Клиент", "Город"]
    bring(office, "clients", sheet(tmp_path / "1.csv", [head, ["7", "A", "Киев"], ["8", "B", "Тула"]]))
    second = bring(office, "clients", sheet(tmp_path / "2.csv", [head, ["7", "A", "Одесса"], ["8", "B", "Орёл"]]))
    bring(office, "clients", sheet(tmp_path / "3.csv", [head, ["7", "A", "Львов"]]))
    assert second.import_id is not None
    undone = imports.undo(office, second.import_id)
    assert (undone.restored, [(table, reason) for table, _, reason in undone.kept]) == (
        1,
        [("client", "changed_since")],
    )
    with office.store.read() as connection:
        cities = connection.scalars(select(tables.Client.city).order_by(tables.Client.code)).all()
    assert list(cities) == ["Львов", "Тула"]


def test_that_two_phones_of_one_person_stay_two_and_his_details_are_filled_in(office: Desk, tmp_path: Path) -> None:
    head = ["Клиент", "Контактное лицо", "Телефон", "День рождения"]
    bring(office, "clients", sheet(tmp_path / "1.csv", [head, ["A", "Петров Иван", "8 916 555-01-02", "05.03"]]))
    second = [head, ["A", "Петров Иван Ильич", "+7 (916) 555-01-02; 495 123-45-67", "05.03.1980"]]
    assert bring(office, "people", sheet(tmp_path / "2.csv", second)).updated == 1
    with office.store.read() as connection:
        p, point = tables.Person, tables.ContactPoint
        people = connection.execute(select(p.surname, p.patronymic, p.birth_day, p.birth_month, p.birth_year)).all()
        phones = connection.scalars(select(point.normal).order_by(point.position)).all()
    assert [tuple(row) for row in people] == [("Петров", "Ильич", 5, 3, 1980)]
    assert list(phones) == ["+79165550102", "+74951234567"]


def test_that_control_characters_in_a_card_reach_no_store(office: Desk, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=00Petrov;=07Ivan\r\nEND:VCARD\r\n"
    file = tmp_path / "card.vcf"
    file.write_text(card, encoding="ascii", newline="")
    assert bring(office, "auto", file).added == 1
    with office.store.read() as connection:
        assert connection.scalar(select(tables.Client.name)) == "Petrov Ivan"


def test_that_a_name_of_signs_alone_is_known_again(office: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "s.csv", [("Клиент", "Дата", "Номер", "Сумма"), ("😀🎉", "01.09.2026", "9", "100,00")])
    assert bring(office, "orders", path, create_unknown=True).added == 1
    again = bring(office, "orders", path, create_unknown=True)
    assert (again.added, again.unchanged, counted(office, tables.Client)) == (0, 1, 1)
