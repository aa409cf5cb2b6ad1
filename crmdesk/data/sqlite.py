"""SQLite as reliability.md says: WAL, synchronous=FULL, foreign keys, BEGIN IMMEDIATE for every write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from crmdesk.system.errors import OutsideError, UserError


def engine(address: str, *, create: bool) -> Engine:
    """An engine on the file; `create` wants a free place, otherwise an office must be there."""
    file = Path(address)
    if create and file.exists():
        raise UserError("office_exists", address=address)
    if not create and not file.exists():
        raise OutsideError("no_office", address=address)
    made = create_engine(f"sqlite:///{file}")

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return made
