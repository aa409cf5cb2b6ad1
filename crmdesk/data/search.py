"""The words of clients, for search as you type."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete

from crmdesk.data import tables


def reindex(connection: Connection, client_ids: Collection[int]) -> None:
    """Brings the search words of these clients up to date."""
    connection.execute(delete(tables.SearchWord).where(tables.SearchWord.client_id.in_(client_ids)))
