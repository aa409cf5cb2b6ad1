"""Rows for tests, as short as can be: everything a test does not speak of has a usual value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from crmdesk.data import tables
from crmdesk.data.writing import Writing
from crmdesk.domain.text import firm_key, sort_key
from crmdesk.system.ids import new_id

DAY = date(2026, 10, 15)


def add(writing: Writing, table: Any, **values: Any) -> int:
    """Inserts one row with a new id; returns the id."""
    row_id = new_id()
    writing.connection.execute(insert(table).values(id=row_id, created_at=writing.at, **values))
    return row_id


def add_user(writing: Writing, login: str = "ivanov", **values: Any) -> int:
    return add(writing, tables.User, **{"login": login, "name": login.title(), "role": "manager", **values})


def add_client(writing: Writing, name: str = "ООО «Ромашка»", **values: Any) -> int:
    client_id = add(
        writing, tables.Client, **{"name": name, "match_key": firm_key(name), "sort_key": sort_key(name), **values}
    )
    writing.touch([client_id])
    return client_id


def add_order(
    writing: Writing, client_id: int, day: date = DAY, total: int = 100_00, lines: Any = (), **values: Any
) -> int:
    """`lines` are (product id, quantity in thousandths, amount, cost)."""
    order_id = add(writing, tables.Order, client_id=client_id, day=day, total=total, **values)
    for number, (product_id, quantity, amount, cost) in enumerate(lines, 1):
        writing.connection.execute(
            insert(tables.OrderLine).values(
                order_id=order_id, line=number, product_id=product_id, quantity=quantity, amount=amount, cost=cost
            )
        )
    writing.touch([client_id], days=[day])
    return order_id


def add_interaction(writing: Writing, client_id: int, day: date = DAY, kind: str = "call", **values: Any) -> int:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=writing.at.tzinfo)
    row_id = add(writing, tables.Interaction, client_id=client_id, day=day, at=at, kind=kind, **values)
    writing.touch([client_id], days=[day])
    return row_id


def add_task(writing: Writing, client_id: int | None, due_day: date | None = DAY, **values: Any) -> int:
    row_id = add(writing, tables.Task, **{"client_id": client_id, "due_day": due_day, "kind": "call", **values})
    if client_id is not None:
        writing.touch([client_id], days=[due_day] if due_day else [])
    return row_id
