"""Queries of orders and their lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from crmdesk.data.ready import Ready
from crmdesk.data.tables import Order, OrderLine
from crmdesk.data.writing import Writing
from crmdesk.domain.orders import LineRow, OrderRow

ORDER_COLUMNS = (
    Order.id,
    Order.client_id,
    Order.manager_id,
    Order.day,
    Order.number,
    Order.stage,
    Order.total,
    Order.cost,
    Order.version,
)
"""What an OrderRow is made of, in its order."""
_OF_CLIENT = Ready(
    select(*ORDER_COLUMNS)
    .where(Order.client_id == bindparam("client"), Order.archived_at.is_(None))
    .order_by(Order.day.desc(), Order.id.desc())
    .limit(bindparam("limit"))
)
_BY_ID = Ready(select(*ORDER_COLUMNS).where(Order.id == bindparam("order"), Order.archived_at.is_(None)))
_LINES = Ready(
    select(
        OrderLine.line,
        OrderLine.product_id,
        OrderLine.words,
        OrderLine.quantity,
        OrderLine.amount,
        OrderLine.cost,
    )
    .where(OrderLine.order_id == bindparam("order"))
    .order_by(OrderLine.line)
)


def of_client(connection: Connection, client_id: int, limit: int = 50) -> tuple[OrderRow, ...]:
    """The last orders of a client, newest first, sold or not."""
    return ask_of_client(connection, client_id, limit)()


def ask_of_client(connection: Connection, client_id: int, limit: int = 50) -> Callable[[], tuple[OrderRow, ...]]:
    """The same, asked now and answered when called."""
    answer = _OF_CLIENT.ask(connection, client=client_id, limit=limit)
    return lambda: tuple(OrderRow(*row) for row in answer())


def by_id(connection: Connection, order_id: int) -> OrderRow | None:
    """One order; None when there is no such, or it is archived."""
    row = _BY_ID.first(connection, order=order_id)
    return OrderRow(*row) if row else None


def lines(connection: Connection, order_id: int) -> tuple[LineRow, ...]:
    """The lines of an order."""
    return tuple(LineRow(*row) for row in _LINES.rows(connection, order=order_id))


def insert_row(writing: Writing, order: OrderRow, its_lines: Sequence[LineRow]) -> None:
    """Stores a new order with its lines."""
    values: dict[str, Any] = asdict(order)
    writing.connection.execute(insert(Order).values(**values, details={}, created_at=writing.at))
    if its_lines:
        writing.connection.execute(insert(OrderLine), [{"order_id": order.id, **asdict(line)} for line in its_lines])
    writing.touch([order.client_id], days=[order.day], words=False)


def change(writing: Writing, order: OrderRow, **values: Any) -> bool:
    """Changes an order (not its day, nor whose it is) that nobody changed since it was read; whether it was done."""
    done = writing.connection.execute(
        update(Order)
        .where(Order.id == order.id, Order.version == order.version)
        .values(**values, version=order.version + 1)
    )
    writing.touch([order.client_id], days=[order.day], words=False)
    return done.rowcount == 1
