"""Queries of saved views."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from crmdesk.data.tables import SavedView as Table
from crmdesk.data.writing import Writing
from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.views import SavedView

CLIENTS = "clients"  # the screen whose views these are

_COLUMNS = (Table.id, Table.name, Table.wanted, Table.user_id, Table.pinned, Table.position, Table.version)


def _seen_by(user_id: int) -> Any:
    return select(*_COLUMNS).where(
        Table.screen == CLIENTS, Table.archived_at.is_(None), or_(Table.user_id.is_(None), Table.user_id == user_id)
    )


def of_user(connection: Connection, user_id: int) -> tuple[SavedView, ...]:
    """His own views and everybody's, in their order."""
    found = connection.execute(_seen_by(user_id).order_by(Table.position, Table.id))
    return tuple(map(_view, found))


def by_id(connection: Connection, view_id: int, user_id: int) -> SavedView | None:
    """One of the views he sees; None when there is no such."""
    row = connection.execute(_seen_by(user_id).where(Table.id == view_id)).one_or_none()
    return _view(row) if row else None


def _view(row: Any) -> SavedView:
    view_id, name, wanted, user_id, pinned, position, version = row
    return SavedView(view_id, name, ClientFilter.from_dict(wanted), user_id is None, pinned, position, version)


def insert_row(writing: Writing, view: SavedView, user_id: int | None) -> None:
    """Stores a new view behind the others."""
    last = writing.connection.scalar(select(func.max(Table.position)).where(Table.screen == CLIENTS))
    writing.connection.execute(
        insert(Table).values(
            id=view.id,
            created_at=writing.at,
            user_id=user_id,
            screen=CLIENTS,
            name=view.name,
            wanted=view.wanted.as_dict(),
            pinned=view.pinned,
            position=(last or 0) + 1,
        )
    )


def change(writing: Writing, view: SavedView, **values: Any) -> bool:
    """Changes a view that nobody changed since it was read; whether it was done."""
    done = writing.connection.execute(
        update(Table).where(Table.id == view.id, Table.version == view.version).values(
            **values, version=view.version + 1
        )
    )  # fmt: skip
    return done.rowcount == 1
