"""Postgres 15–18: the engine, and the SQL that only Postgres has (triggers, roles)."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine


def engine(address: str) -> Engine:
    """An engine on the database; the driver is psycopg 3."""
    url = address.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, pool_pre_ping=True, connect_args={"options": "-c search_path=crm"})
