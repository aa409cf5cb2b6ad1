"""Bulk rows of the demo print shop, table by table, in the order the foreign keys ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from crmdesk.data import bulk, tables

TABLES = (
    tables.Branch,
    tables.User,
    tables.ProductGroup,
    tables.Product,
    tables.Client,
    tables.Person,
    tables.ContactPoint,
    tables.Consent,
    tables.Potential,
    tables.Order,
    tables.OrderLine,
    tables.Interaction,
    tables.Task,
    tables.SalesPlan,
)


def has_clients(connection: Connection) -> bool:
    """Whether anybody is in the base already."""
    return connection.execute(select(tables.Client.id).limit(1)).first() is not None


def add(connection: Connection, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Inserts rows given by table name, in driver values (see bulk.load).

    Every row of a table must name the same columns in the same order.
    """
    for table in TABLES:
        found = rows.get(table.__tablename__)
        if found:
            bulk.load(connection, table, list(found[0]), (list(row.values()) for row in found))
