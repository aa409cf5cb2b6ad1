"""Saved views of the list of clients: seeing, saving, renaming, sharing, pinning, putting away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from crmdesk.data import views
from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.views import SavedView, checked_name, may_change
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id


def list_views(desk: Desk) -> tuple[SavedView, ...]:
    """My own views and everybody's, in their order."""
    with desk.store.read(single=True) as connection:
        return views.of_user(connection, desk.me.id)


def save(desk: Desk, name: str, wanted: ClientFilter, *, shared: bool = False, pinned: bool = False) -> SavedView:
    """A new view. Raises UserError("view_nameless", "view_name_too_long", "view_not_yours")."""
    if not may_change(desk.me.role, shared):
        raise UserError("view_not_yours", name=name)
    view = SavedView(new_id(), checked_name(name), replace(wanted, text=""), shared, pinned)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        views.insert_row(writing, view, None if shared else desk.me.id)
    return view


def rename(desk: Desk, view_id: int, name: str) -> None:
    """Another name. Raises UserError like `save`, and "no_such_saved_view", "changed_meanwhile"."""
    _change(desk, view_id, name=checked_name(name))


def redefine(desk: Desk, view_id: int, wanted: ClientFilter) -> None:
    """Another filter under the same name. Raises UserError like `rename`."""
    _change(desk, view_id, wanted=replace(wanted, text="").as_dict())


def share(desk: Desk, view_id: int, shared: bool) -> None:
    """Shows it to everybody, or keeps it to oneself from now on. Raises UserError like `rename`."""
    if not may_change(desk.me.role, shared):
        raise UserError("view_not_yours", name="")
    _change(desk, view_id, user_id=None if shared else desk.me.id)


def pin(desk: Desk, view_id: int, pinned: bool) -> None:
    """Puts it into the rail, or takes it from there. Raises UserError like `rename`."""
    _change(desk, view_id, pinned=pinned)


def archive(desk: Desk, view_id: int) -> None:
    """Puts it away; the clients in it are left as they are. Raises UserError like `rename`."""
    _change(desk, view_id, archived_at=desk.clock.now())


def add_clients(desk: Desk, view_id: int, client_ids: Iterable[int]) -> int:
    """Adds clients to a list made by hand; how many were not in it before. Raises UserError like `rename`."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        view = _mine(desk, views.by_id(writing.connection, view_id, desk.me.id))
        before = view.wanted.clients or ()
        fresh = tuple(dict.fromkeys(one for one in client_ids if one not in set(before)))
        if fresh and not views.change(writing, view, wanted=replace(view.wanted, clients=(*before, *fresh)).as_dict()):
            raise UserError("changed_meanwhile")
        return len(fresh)


def _change(desk: Desk, view_id: int, **values: Any) -> None:
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        view = _mine(desk, views.by_id(writing.connection, view_id, desk.me.id))
        if not views.change(writing, view, **values):
            raise UserError("changed_meanwhile")


def _mine(desk: Desk, view: SavedView | None) -> SavedView:
    if view is None:
        raise UserError("no_such_saved_view")
    if not may_change(desk.me.role, view.shared):
        raise UserError("view_not_yours", name=view.name)
    return view
