"""1C reports with other groupings than the sample's."""

from __future__ import annotations

from datetime import date

from crmdesk.exchange import one_c, sales
from crmdesk.exchange.columns import Layout, layout
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.tables import Cell, Source

Report = list[list[Cell]]


def read(report: Report) -> tuple[Layout, list[tuple[object, ...]], list[tuple[int, str, str, str]]]:
    rows = [(number, cells) for number, cells in enumerate(report, start=1)]
    guessed = layout(rows, Source("xlsx"), None)
    refused: list[tuple[int, str, str, str]] = []

    def refuse(row: int, column: str, reason: str, value: str) -> None:
        refused.append((row, column, reason, value))

    flat = one_c.flatten(rows[guessed.first :], guessed, refuse)
    found = sales.read(flat, guessed, refuse)
    lines = [
        (
            found.clients.all[found.client[n]].name,
            found.numbers.all[found.number[n]],
            found.products.all[found.product[n]].name if found.product[n] != sales.NOTHING else "",
            date.fromordinal(found.day[n]),
            found.quantity[n],
            found.amount[n],
        )
        for n in range(len(found))
    ]
    return guessed, lines, refused


def test_that_products_under_clients_are_told_from_them_by_their_sums() -> None:
    guessed, lines, refused = read(
        [
            ["Продажи за месяц", "", ""],
            ["Период: 01.01.2024 - 31.01.2024", "", ""],
            ["Контрагент", "Количество", "Сумма"],
            ["Номенклатура", "", ""],
            ["ООО А", 30.0, "300,00"],
            ["Визитки", 10.0, "100,00"],
            ["Буклет", 20.0, "200,00"],
            ["ООО Б", 5.0, "50,00"],
            ["Визитки", 5.0, "50,00"],
            ["Итого", 35.0, "350,00"],
        ]
    )
    assert (guessed.kind, guessed.levels, refused) == (Kind.ORDERS, ("Контрагент", "Номенклатура"), [])
    end = date(2024, 1, 31)
    assert lines == [
        ("ООО А", "", "Визитки", end, 10_000, 10_000),
        ("ООО А", "", "Буклет", end, 20_000, 20_000),
        ("ООО Б", "", "Визитки", end, 5_000, 5_000),
    ]


def test_that_three_levels_are_told_apart() -> None:
    _, lines, refused = read(
        [
            ["Контрагент", "Количество", "Сумма"],
            ["Документ", "", ""],
            ["Номенклатура", "", ""],
            ["ООО А", 3.0, 60.0],
            ["Реализация 0000-000001 от 15.01.2024 12:00:00", 2.0, 50.0],
            ["Визитки", 1.0, 20.0],
            ["Буклет", 1.0, 30.0],
            ["Реализация 0000-000002 от 16.02.2024 12:00:00", 1.0, 10.0],
            ["Визитки", 1.0, 10.0],
            ["ООО Б", 1.0, 5.0],
            ["Реализация 0000-000003 от 17.02.2024 12:00:00", 1.0, 5.0],
            ["Визитки", 1.0, 5.0],
        ]
    )
    assert refused == []
    assert lines == [
        ("ООО А", "Реализация 0000-000001", "Визитки", date(2024, 1, 15), 1000, 2000),
        ("ООО А", "Реализация 0000-000001", "Буклет", date(2024, 1, 15), 1000, 3000),
        ("ООО А", "Реализация 0000-000002", "Визитки", date(2024, 2, 16), 1000, 1000),
        ("ООО Б", "Реализация 0000-000003", "Визитки", date(2024, 2, 17), 1000, 500),
    ]


def test_that_a_group_that_does_not_add_up_is_refused_by_name() -> None:
    _, lines, refused = read(
        [
            ["Период: 01.01.2024 - 31.01.2024", ""],
            ["Контрагент", "Сумма"],
            ["Номенклатура", ""],
            ["ООО А", 10.0],
            ["Визитки", 10.0],
            ["ООО Б", 99.0],
            ["Визитки", 1.0],
        ]
    )
    assert [line[0] for line in lines] == ["ООО А"]
    assert [(row, reason, value) for row, _, reason, value in refused] == [
        (6, "unclear_group", "ООО Б"),
        (7, "unclear_group", "Визитки"),
    ]


def test_that_a_flat_table_under_a_title_is_found() -> None:
    rows: Report = [
        ["Звіт про продажі", "", "", ""],
        ["", "", "", ""],
        ["Покупець", "Дата", "Кількість", "Сума без ПДВ"],
        ["ТОВ А", "05.02.2024", "1", "10,00"],
        ["Разом", "", "1", "10,00"],
    ]
    guessed = layout([(n, cells) for n, cells in enumerate(rows, 1)], Source("xlsx"), None)
    assert (guessed.kind, guessed.first, guessed.levels) == (Kind.ORDERS, 3, ())
    assert guessed.fields == ("client", "day", "quantity", "amount_net")


def test_that_columns_without_headings_are_known_by_their_content() -> None:
    rows: Report = [[f"ООО «Ромашка {n}»", f"{n % 28 + 1:02d}.03.2024", f"{n * 10},50"] for n in range(1, 30)]
    guessed = layout([(n, cells) for n, cells in enumerate(rows, 1)], Source("csv"), None)
    assert (guessed.kind, guessed.first) == (Kind.ORDERS, 0)
    assert guessed.fields == ("client", "day", "amount")
    assert set(guessed.how) == {"content"}
