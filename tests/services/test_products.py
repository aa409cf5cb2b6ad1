"""Products found while somebody types, and lines of orders that name one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crmdesk.data import tables
from crmdesk.domain.orders import LineRow
from crmdesk.services import clients, orders, products
from crmdesk.services.office import Desk
from tests.data.rows import add as add_row


@pytest.fixture
def there(office: Desk) -> dict[str, int]:
    """Three products, one of them put away."""
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        add = lambda **values: add_row(writing, tables.Product, **values)  # noqa: E731
        return {
            "cards": add(name="Визитки жёлтые", match_key="визитки желтые", code="ВЖ-100"),
            "label": add(name="Этикетка 100 % хлопок", match_key="этикетка 100 % хлопок", code="ET-7"),
            "gone": add(name="Визитки старые", match_key="визитки старые", archived_at=writing.at),
        }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("визитки", ["cards"]),
        ("ЖЁЛТ виз", ["cards"]),
        ("желтые", ["cards"]),
        ("вж-1", ["cards"]),
        ("et-7", ["label"]),
        ("100 %", ["label"]),
        ("_", []),
        ("  ", []),
    ],
)
def test_that_a_product_is_found_by_words_of_its_name_or_the_beginning_of_its_code(
    office: Desk, there: dict[str, int], typed: str, found: list[str]
) -> None:
    assert [hit.id for hit in products.search(office, typed)] == [there[name] for name in found]


def test_that_a_line_named_as_a_product_is_of_that_product(office: Desk, there: dict[str, int]) -> None:
    client = clients.save(office, replace(clients.new_form(office), name="Лист")).id
    typed = [LineRow(1, None, "визитки  Желтые", 1000, 100), LineRow(2, None, "Своё", 1000, 100)]
    order = orders.add(office, client, office.clock.today(), [*typed, LineRow(3, there["label"], "ярлык", 1000, 5)])
    assert [line.product_id for line in orders.lines_of(office, order.id)] == [there["cards"], None, there["label"]]
