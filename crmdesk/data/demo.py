"""Bulk rows of the demo print shop: plain inserts, table by table, in the order the foreign keys ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from crmdesk.data import tables

TABLES: Mapping[str, Any] = {
    "branch": tables.Branch,
    "app_user": tables.User,
    "product_group": tables.ProductGroup,
    "product": tables.Product,
    "client": tables.Client,
    "person": tables.Person,
    "contact_point": tables.ContactPoint,
    "consent": tables.Consent,
    "potential": tables.Potential,
    "orders": tables.Order,
    "order_line": tables.OrderLine,
    "interaction": tables.Interaction,
    "task": tables.Task,
    "sales_plan": tables.SalesPlan,
}
_INSERTS = {name: insert(table.__table__) for name, table in TABLES.items()}


def has_clients(connection: Connection) -> bool:
    """Whether anybody is in the base already."""
    return connection.execute(select(tables.Client.id).limit(1)).first() is not None


def add(connection: Connection, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Inserts rows given by table; every row of a table must name the same columns."""
    for name, statement in _INSERTS.items():
        if rows.get(name):
            connection.execute(statement, list(rows[name]))
