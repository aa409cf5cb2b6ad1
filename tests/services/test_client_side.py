from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.domain.client_side import GroupSpending, stage_progress
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.orders import LineRow
from crmdesk.services import client_side, clients, content, orders
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

Counted = Callable[[Store], AbstractContextManager[list[str]]]


@pytest.fixture
def client(office: Desk) -> ClientForm:
    """A client of mine."""
    return clients.save(office, replace(clients.new_form(office), name="Ромашка"))


def line(number: int, words: str, amount: int, product_id: int | None = None) -> LineRow:
    return LineRow(number, product_id, words, 1000, amount)


def test_that_orders_in_work_say_what_they_are_by_their_first_line(office: Desk, client: ClientForm) -> None:
    today = office.clock.today()
    first = orders.add(
        office, client.id, today, [line(1, "Каталог «Весна»", 10), line(2, "Ценники", 5)], number="1184", stage="proof"
    )
    orders.add(office, client.id, today, [line(1, "Сдано", 10)])
    orders.add(office, client.id, today, [line(1, "Потеряно", 10)], stage="lost_order")
    (found,) = client_side.side(office, client.id).work
    assert (found.order, found.what, found.lines) == (first, "Каталог «Весна»", 2)
    orders.set_stage(office, first.id, "done")
    assert client_side.side(office, client.id).work == ()


def test_that_spending_is_the_mean_of_the_last_whole_months(office: Desk, client: ClientForm) -> None:
    group, product = new_id(), new_id()
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        run = writing.connection.execute
        run(insert(tables.ProductGroup).values(id=group, key="leaflets", name="Листовки", created_at=writing.at))
        run(insert(tables.Product).values(id=product, name="Листовка", group_id=group, created_at=writing.at))
        for monthly, day in ((90_00, date(2026, 1, 1)), (70_00, date(2026, 2, 1))):
            run(
                insert(tables.Potential).values(
                    id=new_id(), client_id=client.id, group_id=group, monthly=monthly, on_day=day, created_at=writing.at
                )
            )
    for day, amount in ((date(2026, 10, 31), 60_00), (date(2026, 5, 1), 60_00), (date(2026, 4, 30), 999_00)):
        orders.add(office, client.id, day, [line(1, "Листовка", amount, product)])
    orders.add(office, client.id, office.clock.today(), [line(1, "Листовка", 999_00, product)])
    assert client_side.side(office, client.id).groups == (GroupSpending(group, "leaflets", "Листовки", 70_00, 20_00),)


def test_that_the_side_costs_a_fixed_number_of_statements(
    office: Desk, client: ClientForm, statements: Counted
) -> None:
    for days in range(5):
        orders.add(office, client.id, office.clock.today() - timedelta(days), [line(1, "Блок", 10)], stage="proof")
    with statements(office.store) as said:
        client_side.side(office, client.id)
    assert len([text for text in said if text.lstrip().upper().startswith("SELECT")]) <= 8


def test_that_nobody_has_no_side(office: Desk) -> None:
    with pytest.raises(UserError) as refused:
        client_side.side(office, 5)
    assert refused.value.key == "no_such_client"


def test_that_an_order_comes_nearer_with_each_stage() -> None:
    places = {key: entry.facts["order"] for key, entry in content.entries("order_stage").items() if key != "lost_order"}
    shares = [stage_progress(key, places) for key in places]
    assert shares == sorted(shares) and 0 < shares[0] < shares[-1] == 1.0 == stage_progress("done", places)
