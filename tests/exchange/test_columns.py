"""What headings mean, in three languages and in the order of their strength."""

from __future__ import annotations

import pytest

from crmdesk.exchange.columns import layout, signature_of
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.tables import Cell, Source


def fields(headings: list[str], row: list[Cell], kind: Kind | None = None) -> tuple[Kind, tuple[str, ...]]:
    rows: list[tuple[int, list[Cell]]] = [(1, list(headings)), (2, row), (3, row)]
    guessed = layout(rows, Source("csv"), kind)
    return guessed.kind, guessed.fields


@pytest.mark.parametrize(
    "headings",
    [
        ["Контрагент", "Дата", "Номенклатура", "Количество", "Сумма", "Себестоимость"],
        ["Контрагент", "Дата", "Номенклатура", "Кількість", "Сума", "Собівартість"],
        ["Customer", "Date", "Product", "Qty", "Amount", "Cost"],
        ["ПОКУПАТЕЛЬ", "дата отгрузки", "Товар", "Кол-во", "Сумма, руб.", "Себестоимость, руб."],
    ],
)
def test_that_sales_are_known_in_three_languages(headings: list[str]) -> None:
    assert fields(headings, ["A", "01.02.2024", "Визитки", "1", "2", "3"]) == (
        Kind.ORDERS,
        ("client", "day", "product", "quantity", "amount", "cost"),
    )


def test_that_a_bare_code_beside_a_product_is_not_the_clients() -> None:
    kind, found = fields(
        ["Дата", "Контрагент", "Код", "Номенклатура", "Сумма"], ["01.02.2024", "A", "7", "Визитки", "1"]
    )
    assert (kind, found) == (Kind.ORDERS, ("day", "client", "", "product", "amount"))


def test_that_a_row_number_and_a_foreign_id_are_no_codes() -> None:
    kind, found = fields(["№", "ID", "Наименование", "Телефон"], ["1", "30000001", "ООО А", "8 916 555-01-02"])
    assert (kind, found) == (Kind.CLIENTS, ("", "", "client", "phone"))


def test_that_days_of_bookkeeping_are_not_the_day_of_the_sale() -> None:
    _, found = fields(
        ["Дата создания", "Клиент", "Дата последней отгрузки", "Дата", "Сумма"],
        ["01.01.2020", "A", "01.01.2021", "01.02.2024", "5"],
    )
    assert found == ("", "client", "", "day", "amount")


def test_that_the_sum_without_tax_goes_before_the_one_with_it() -> None:
    _, found = fields(["Клиент", "Дата", "Сумма с НДС", "Сумма без НДС"], ["A", "01.02.2024", "12", "10"])
    assert found == ("client", "day", "amount_gross", "amount_net")


def test_that_a_signature_forgives_case_and_dots_but_not_another_column() -> None:
    one = signature_of(Kind.ORDERS, ["Клиент", "Кол-во.", "Сумма"])
    assert one == signature_of(Kind.ORDERS, ["КЛИЕНТ", "кол во", "сумма "])
    assert one != signature_of(Kind.ORDERS, ["Клиент", "Кол-во", "Цена"])
    assert one != signature_of(Kind.CLIENTS, ["Клиент", "Кол-во", "Сумма"])


def test_that_names_in_each_others_columns_are_put_right_only_when_the_column_says_so() -> None:
    names = [("Иван", "Петров"), ("Олена", "Іваненко"), ("Анна", "Сидорова"), ("Пётр", "Коваленко")]
    swapped: list[tuple[int, list[Cell]]] = [(1, ["Фамилия", "Имя", "Телефон"])]
    straight: list[tuple[int, list[Cell]]] = [(1, ["Фамилия", "Имя", "Телефон"])]
    for number, (given, surname) in enumerate(names, start=2):
        swapped.append((number, [given, surname, "8 916 555-01-02"]))
        straight.append((number, [surname, given, "8 916 555-01-02"]))
    assert layout(swapped, Source("csv"), None).fields[:2] == ("given_name", "surname")
    assert layout(straight, Source("csv"), None).fields[:2] == ("surname", "given_name")
