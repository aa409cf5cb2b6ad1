"""The place in the audit trail, and the journal of what left the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from crmdesk.data.tables import AccessLog, Audit
from crmdesk.data.writing import Writing
from crmdesk.system.ids import new_id

LOOKED_AT = 1_000  # newest lines of the trail among which the latest moment is looked for
_NEWEST = select(Audit.id, Audit.at).order_by(Audit.id.desc()).limit(LOOKED_AT).subquery()
_LAST = select(func.max(_NEWEST.c.id), func.max(_NEWEST.c.at))


def position(connection: Connection) -> tuple[int, datetime | None]:
    """The number of the last change and the moment up to which there are changes; 0 and None before there was any.

    The last line is not always the latest: computers that share a file may go by different clocks.
    """
    number, at = connection.execute(_LAST).one()
    return number or 0, at


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
