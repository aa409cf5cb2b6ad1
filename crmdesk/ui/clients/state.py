"""What the list of clients shows and what it needs of the office; the built-in tabs. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Importance, Role
from crmdesk.domain.users import User
from crmdesk.domain.views import SavedView
from crmdesk.ui.error_texts import N_

if TYPE_CHECKING:
    from crmdesk.services.client_list import Done

BASE = "mine"  # the tab of everybody one may see
TABS = {  # tab: its name to a manager; whoever sees all reads «Все»
    BASE: N_("My clients"),
    "silent": N_("Gone quiet"),
    "no_step": N_("No step"),
    "reprint": N_("Print again"),
    "birthday": N_("Birthday soon"),
    "vip": N_("VIP"),
}
PINNED_AT_FIRST = ("silent", "no_step", "reprint")
SLOW_TABS = frozenset({"reprint"})  # their count reads orders: asked for by itself, behind the others
BIRTHDAY_DAYS = 7


def mine(me: User) -> int | None:
    """Whose clients a person sees: a manager his own, the others everybody's (None)."""
    return me.id if me.role is Role.MANAGER else None


def view_of(tab: str, views: Sequence[SavedView]) -> SavedView | None:
    """The saved view of a tab, if it is one of those."""
    return next((view for view in views if tab == f"view:{view.id}"), None)


def tab_filter(tab: str, manager_id: int | None, views: Sequence[SavedView]) -> ClientFilter:
    """The conditions of a tab, before anything was added to them by hand."""
    base = ClientFilter(manager_id=manager_id, sort=ClientOrder.TURNOVER, descending=True)
    match tab:
        case "silent":
            return replace(base, silent=True, sort=ClientOrder.RHYTHM)
        case "no_step":
            return replace(base, no_step=True)
        case "reprint":
            return replace(base, reprint=True, tracked=True)  # as the rail of the calendar
        case "birthday":
            return replace(base, birthday_days=BIRTHDAY_DAYS)
        case "vip":
            return replace(base, importances=(Importance.VIP.value,))
    view = view_of(tab, views)
    if view is None:
        return base
    return view.wanted if manager_id is None else replace(view.wanted, manager_id=manager_id)


def kept_pins(kept: object) -> frozenset[str]:
    """The built-in tabs in the rail, from what this computer remembers of the view."""
    pinned = kept.get("pinned") if isinstance(kept, dict) else None
    return frozenset(pinned) if isinstance(pinned, list) else frozenset(PINNED_AT_FIRST)


class Phase(StrEnum):
    """What there is to see."""

    LOADING = "loading"
    READY = "ready"
    EMPTY = "empty"  # no client in the base
    NOTHING_FOUND = "nothing_found"  # the search or the filter hides all
    FAILED = "failed"


@dataclass(frozen=True)
class ClientsState:
    """Everything the view shows, but the rows: those are asked for by `ClientsPresenter.row`."""

    phase: Phase = Phase.LOADING
    tab: str = BASE
    wanted: ClientFilter = ClientFilter()
    people: tuple[User, ...] = ()
    cities: tuple[str, ...] = ()
    views: tuple[SavedView, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # by tab
    everybody: int | None = None  # clients of the same manager without any other condition
    pinned: frozenset[str] = frozenset(PINNED_AT_FIRST)  # tabs in the rail
    ids: tuple[int, ...] = ()
    marked: frozenset[int] = frozenset()
    marked_turnover: int | None = None
    error: Exception | None = None
    chosen: int | None = None  # in the inspector
    card: ClientCard | None = None


class ClientsOffice(Protocol):
    """What the view needs of the office (ui/clients/office.py); called by work only."""

    @property
    def me(self) -> User:
        """Who looks."""

    def people(self) -> tuple[User, ...]:
        """All users."""

    def cities(self) -> tuple[str, ...]:
        """The cities to choose from."""

    def ids(self, wanted: ClientFilter, *, anywhere: bool = False) -> tuple[int, ...]:
        """The ids of all clients wanted, in order."""

    def rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        """Their lines."""

    def counts(self, filters: Mapping[str, ClientFilter]) -> dict[str, int]:
        """How many clients each filter leaves."""

    def turnover_of(self, ids: Sequence[int]) -> int:
        """What these clients bought for."""

    def card(self, client_id: int) -> ClientCard:
        """Everything known of one."""

    def views(self) -> tuple[SavedView, ...]:
        """Saved views."""

    def save_view(self, name: str, wanted: ClientFilter, *, shared: bool) -> SavedView:
        """A new view."""

    def change_view(self, view_id: int, what: str, value: object = None) -> None:
        """Renames, redefines, shares, pins or archives a view."""

    def add_to_view(self, view_id: int, ids: Sequence[int]) -> int:
        """Adds clients to a list made by hand."""

    def transfer(self, ids: Sequence[int], manager_id: int) -> Done:
        """Gives clients to another manager."""

    def edit(self, ids: Sequence[int], field: str, value: object) -> Done:
        """Sets a field of all of them."""

    def archive(self, ids: Sequence[int], *, archived: bool) -> Done:
        """Takes clients out of lists, or puts them back."""

    def add_tasks(self, ids: Sequence[int], kind: str, day: date, title: str) -> Done:
        """The same task for each."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: ClientsState) -> None:
        """Shows it all."""

    def rows_came(self, first: int, last: int) -> None:
        """The rows first … last are there now."""

    def told(self, key: str, values: dict[str, Any]) -> None:
        """Something was done to many ("transferred", "edited", "archived", "back", "tasks": n, tx, ids; "listed": n,
        name), to a saved view ("view": what, name), or "failed" (error)."""
