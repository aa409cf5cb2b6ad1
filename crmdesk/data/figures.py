"""Derived figures: a client's months, his history in one row; recomputed for the touched clients."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete

from crmdesk.data import tables


def recompute(connection: Connection, client_ids: Collection[int]) -> None:
    """Brings the derived rows of these clients up to what their orders, interactions and tasks say."""
    connection.execute(delete(tables.ClientMonth).where(tables.ClientMonth.client_id.in_(client_ids)))
