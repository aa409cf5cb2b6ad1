"""The place in the audit trail, and the journal of what left the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from crmdesk.data.tables import AccessLog, Audit
from crmdesk.data.writing import Writing
from crmdesk.system.ids import new_id

_LAST = select(Audit.id, Audit.at).order_by(Audit.id.desc()).limit(1)


def position(connection: Connection) -> tuple[int, datetime | None]:
    """The number and the moment of the last change; 0 and None before there was any."""
    row = connection.execute(_LAST).one_or_none()
    return (row.id, row.at) if row else (0, None)


def last(connection: Connection, kind: str) -> datetime | None:
    """When something of this kind last left the office."""
    return connection.scalar(select(func.max(AccessLog.at)).where(AccessLog.kind == kind))


def count(connection: Connection, kind: str, user_id: int, since: datetime) -> int:
    """How many rows of a kind have left the office by this person since a moment."""
    found = connection.scalar(
        select(func.sum(AccessLog.rows)).where(
            AccessLog.user_id == user_id, AccessLog.kind == kind, AccessLog.at >= since
        )
    )
    return int(found or 0)


def log(writing: Writing, *, kind: str, what: str, count: int) -> None:
    """Keeps the trace of a print, an export, a phone shown: who, when, what, how many rows; audited like any row."""
    writing.connection.execute(
        insert(AccessLog).values(id=new_id(), at=writing.at, user_id=writing.user_id, kind=kind, what=what, rows=count)
    )
