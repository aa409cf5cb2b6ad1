"""Queries of open cards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from crmdesk.data.ready import Ready
from crmdesk.data.tables import Presence, User
from crmdesk.data.writing import Writing

_table: Any = Presence.__table__
_OTHERS = Ready(
    select(User.name)
    .join(Presence, Presence.user_id == User.id)
    .where(
        Presence.client_id == bindparam("client"),
        Presence.at > bindparam("since", type_=_table.c.at.type),
        Presence.user_id != bindparam("me"),
    )
    .order_by(Presence.at.desc())
)


def _put(insert: Any) -> Ready:
    new = insert(_table).values({name: bindparam(name) for name in ("user_id", "client_id", "at")})
    return Ready(
        new.on_conflict_do_update(
            index_elements=["user_id"], set_={"client_id": new.excluded.client_id, "at": new.excluded.at}
        )
    )


_PUT = {"sqlite": _put(sqlite.insert), "postgresql": _put(postgresql.insert)}


def others(connection: Connection, client_id: int, me: int, since: datetime) -> tuple[str, ...]:
    """The names of the others who have a client's card open and gave a sign after `since`, the last one first."""
    return tuple(row[0] for row in _OTHERS.rows(connection, client=client_id, me=me, since=since))


def put(writing: Writing, user_id: int, client_id: int | None) -> None:
    """A user has this card open now (None: no card any more)."""
    _PUT[writing.connection.dialect.name].run(writing.connection, user_id=user_id, client_id=client_id, at=writing.at)
