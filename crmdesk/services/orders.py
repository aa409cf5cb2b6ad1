"""Orders: adding one by hand, reading its lines, its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crmdesk.data import clients, orders, products
from crmdesk.domain.orders import LineRow, OrderRow, checked_lines
from crmdesk.domain.products import product_key
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id


def add(
    desk: Desk,
    client_id: int,
    day: date,
    lines: Sequence[LineRow],
    *,
    number: str = "",
    stage: str = "done",
) -> OrderRow:
    """A new order of mine; its total is the sum of its lines, its cost too when each line has one. A line of no
    product whose words are a product's name is of that product, as in a file: it counts in the assortment.

    Raises UserError("no_such_client", "no_lines").
    """
    total, cost = checked_lines(lines)
    order = OrderRow(new_id(), client_id, desk.me.id, day, number.strip(), stage, total, cost)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, client_id):
            raise UserError("no_such_client", client=client_id)
        known = products.by_names(writing.connection, [line.words for line in lines if line.product_id is None])
        orders.insert_row(
            writing,
            order,
            [
                line if line.product_id is not None else replace(line, product_id=known.get(product_key(line.words)))
                for line in lines
            ],
        )
    return order


def lines_of(desk: Desk, order_id: int) -> tuple[LineRow, ...]:
    """The lines of an order."""
    with desk.store.read(single=True) as connection:
        return orders.lines(connection, order_id)


def set_stage(desk: Desk, order_id: int, stage: str) -> OrderRow:
    """Moves an order to a stage. Raises UserError("no_such_order", "order_changed")."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        order = orders.by_id(writing.connection, order_id)
        if order is None:
            raise UserError("no_such_order")
        if not orders.change(writing, order, stage=stage):
            raise UserError("order_changed", number=order.number)
        return replace(order, stage=stage, version=order.version + 1)


def archive(desk: Desk, order_id: int) -> None:
    """Takes an order out of the figures; nothing of it is lost. Raises UserError like `set_stage`."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        order = orders.by_id(writing.connection, order_id)
        if order is None:
            raise UserError("no_such_order")
        if not orders.change(writing, order, archived_at=writing.at):
            raise UserError("order_changed", number=order.number)
