"""What the list of clients shows: ids first, rows page by page, the newest question only. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from crmdesk.domain.client_list import DESCENDING_FIRST, ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.domain.views import SavedView
from crmdesk.ui.clients import filter_words
from crmdesk.ui.clients.state import (
    BASE,
    SLOW_TABS,
    TABS,
    ClientsOffice,
    ClientsState,
    Phase,
    View,
    kept_pins,
    mine,
    tab_filter,
    view_of,
)
from crmdesk.ui.tasks import Runner, Running

if TYPE_CHECKING:
    from crmdesk.services.client_list import Done

PAGE = 200  # rows asked for at a time
PAGES_KEPT = 20  # what a person scrolls through stays, what a hundred thousand rows weigh does not
PAGES_AWAITED = 3  # more than a window shows: a page asked for before these was passed by, and is not read


class ClientsPresenter:
    """Keeps the ids, the rows that were needed so far, the marks and the choices."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        office: ClientsOffice,
        kept: Mapping[str, Any] | None = None,
        keep: Callable[[dict[str, Any]], None] = lambda choices: None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._keep = keep
        self._rows: dict[int, ClientRow] = {}
        self._asked: dict[int, tuple[int, ...]] = {}  # the ids of the pages on their way or there, oldest first
        self._awaited: dict[int, Running | None] = {}  # those on their way, oldest first
        self._anchor: int | None = None  # from where Shift marks
        kept = kept or {}
        self.state = ClientsState(wanted=tab_filter(BASE, mine(office.me), ()), pinned=kept_pins(kept))
        tab, wanted = kept.get("tab"), kept.get("wanted")
        if isinstance(tab, str) and isinstance(wanted, dict):
            found = ClientFilter.from_dict(wanted)
            whose = mine(office.me)
            self.state = replace(
                self.state, tab=tab, wanted=found if whose is None else replace(found, manager_id=whose)
            )

    # tabs ------------------------------------------------------------------------------------------
    @property
    def sees_all(self) -> bool:
        """Whether the person may look at the clients of others."""
        return self._office.me.role is not Role.MANAGER

    @property
    def me(self) -> User:
        """Who looks."""
        return self._office.me

    def filter_of(self, tab: str) -> ClientFilter:
        """The conditions of a tab, before anything was added to them by hand."""
        return tab_filter(tab, mine(self.me), self.state.views)

    def saved(self, tab: str) -> SavedView | None:
        """The saved view of a tab, if it is one of those."""
        return view_of(tab, self.state.views)

    @property
    def tabs(self) -> tuple[str, ...]:
        """All tabs, in their order."""
        return (*TABS, *(f"view:{view.id}" for view in self.state.views))

    @property
    def is_changed(self) -> bool:
        """Whether conditions differ from the tab's own."""
        own = self.filter_of(self.state.tab)
        return replace(self.state.wanted, sort=own.sort, descending=own.descending) != own

    def open_tab(self, tab: str) -> None:
        """Shows the clients of a tab, without what was typed and added before."""
        wanted = self.filter_of(tab)
        self._anchor = None
        self._tell(tab=tab, wanted=wanted, marked=frozenset(), marked_turnover=None)
        self._remember()
        self._load(anew=True)

    # asking ----------------------------------------------------------------------------------------
    def start(self) -> None:
        """Asks for the people, the saved views and the list."""
        self._runner.read(
            lambda job: (self._office.people(), self._office.cities()),
            self._got_people,
            lambda error: None,
            replaces="clients-people",
        )
        self.load()

    def load(self) -> None:
        """Asks for everything anew; what is shown stays until the answers come."""
        self._load(anew=False)
        self._runner.read(
            lambda job: self._office.views(), self._got_views, lambda error: None, replaces="clients-views"
        )
        if self.state.chosen is not None:
            self._ask_card(self.state.chosen)

    def _load(self, *, anew: bool) -> None:
        wanted = self.state.wanted
        loading = anew and not self.state.ids or self.state.phase in (Phase.LOADING, Phase.FAILED)
        self._tell(phase=Phase.LOADING if loading else self.state.phase, error=None)
        self._runner.read(
            lambda job: self._office.ids(wanted),
            lambda ids: self._got(wanted, ids),
            self._failed,
            replaces="clients",
        )

    def search(self, text: str) -> None:
        """What is typed in the search line."""
        if text.strip() != self.state.wanted.text:
            self._tell(wanted=replace(self.state.wanted, text=text.strip()))
            self._load(anew=False)

    def choose(self, **choices: Any) -> None:
        """Changes conditions or the order of the filter."""
        wanted = replace(self.state.wanted, **choices)
        if wanted != self.state.wanted:
            self._tell(wanted=wanted)
            self._remember()
            self._load(anew=False)
            self._count()

    def drop(self, name: str) -> None:
        """Takes one condition away."""
        self.choose(**{name: getattr(ClientFilter(), name)})

    def sort_by(self, order: ClientOrder) -> None:
        """Sorts by a column; the same column again turns the order round."""
        wanted = self.state.wanted
        descending = not wanted.descending if wanted.sort is order else order in DESCENDING_FIRST
        self.choose(sort=order, descending=descending)

    def reset(self) -> None:
        """The tab's own conditions again, and nothing typed; a second time: everybody."""
        self.open_tab(self.state.tab if self.is_changed else BASE)

    def row(self, number: int) -> ClientRow | None:
        """The row, or None while it is on its way; asks for its page."""
        ids = self.state.ids
        page = number // PAGE
        if page not in self._asked:
            wanted = ids[page * PAGE : (page + 1) * PAGE]
            self._asked[page] = wanted
            self._awaited[page] = None
            self._pass_by()
            reading = self._runner.read(
                lambda job: self._office.rows(wanted),
                lambda rows: self._got_rows(ids, page, rows),
                lambda error: self._no_rows(ids, page),
                replaces=f"clients-page-{page}",
            )
            if page in self._awaited:  # not answered at once
                self._awaited[page] = reading
        return self._rows.get(ids[number])

    def _pass_by(self) -> None:
        """Whoever scrolls faster than the base answers waits for the pages he sees, not for all he has passed."""
        while len(self._awaited) > PAGES_AWAITED:
            page = next(iter(self._awaited))
            reading = self._awaited.pop(page)
            self._asked.pop(page, None)  # asked for again when it is looked at
            if reading is not None:
                reading.stop()

    def _forget_the_oldest(self) -> None:
        while len(self._asked) > PAGES_KEPT:
            for client_id in self._asked.pop(next(iter(self._asked))):
                self._rows.pop(client_id, None)
        if len(self._rows) > PAGES_KEPT * PAGE:  # of lists that were shown before
            kept = {client_id for page in self._asked.values() for client_id in page}
            self._rows = {client_id: row for client_id, row in self._rows.items() if client_id in kept}

    def known(self, client_id: int) -> ClientRow | None:
        """The row of a client, if it was ever needed."""
        return self._rows.get(client_id)

    # the inspector ---------------------------------------------------------------------------------
    def open(self, client_id: int) -> None:
        """Shows what is known of a client."""
        if client_id == self.state.chosen and self.state.card is not None:
            return
        self._tell(chosen=client_id, card=None, error=None)
        self._ask_card(client_id)

    def _ask_card(self, client_id: int) -> None:
        self._runner.read(
            lambda job: self._office.card(client_id), self._got_card, self._failed_card, replaces="clients-card"
        )

    def close(self) -> None:
        """Back to the list alone."""
        if self.state.chosen is not None:
            self._tell(chosen=None, card=None)

    # marks -----------------------------------------------------------------------------------------
    def mark(self, number: int, *, range_too: bool = False) -> None:
        """Marks the client of a row, or takes his mark away; from the last marked row on with `range_too`."""
        ids = self.state.ids
        marked = set(self.state.marked)
        if range_too and self._anchor is not None and self._anchor < len(ids):
            low, high = sorted((self._anchor, number))
            marked.update(ids[low : high + 1])
        else:
            marked ^= {ids[number]}
            self._anchor = number
        self._mark(marked)

    def mark_all(self) -> None:
        """Marks everybody in the list, or nobody if all are marked."""
        self._mark(() if len(self.state.marked) == len(self.state.ids) else self.state.ids)

    def unmark(self) -> None:
        """Takes all marks away."""
        self._anchor = None
        self._mark(())

    def _mark(self, marked: Iterable[int]) -> None:
        found = frozenset(marked)
        rows = [self._rows.get(one) for one in found]
        known = None if None in rows else sum(row.turnover or 0 for row in rows if row is not None)
        self._tell(marked=found, marked_turnover=known)
        if known is None:
            ids = tuple(found)
            self._runner.read(
                lambda job: self._office.turnover_of(ids),
                lambda amount: self._got_sum(found, amount),
                lambda error: None,
                replaces="clients-sum",
            )

    def in_hand(self, number: int | None) -> tuple[int, ...]:
        """The clients that a command is about: the marked ones in the order of the list, else that of the row."""
        state = self.state
        if state.marked:
            return tuple(one for one in state.ids if one in state.marked)
        return (state.ids[number],) if number is not None and 0 <= number < len(state.ids) else ()

    # many at once ----------------------------------------------------------------------------------
    def transfer(self, ids: Sequence[int], manager_id: int) -> None:
        """Gives clients to another manager."""
        self._bulk("transferred", ids, lambda: self._office.transfer(ids, manager_id), manager=manager_id)

    def edit(self, ids: Sequence[int], field_name: str, value: object) -> None:
        """Sets a field of all of them."""
        self._bulk("edited", ids, lambda: self._office.edit(ids, field_name, value))

    def archive(self, ids: Sequence[int], *, archived: bool = True) -> None:
        """Takes clients out of lists, or puts them back."""
        self._bulk("archived" if archived else "back", ids, lambda: self._office.archive(ids, archived=archived))

    def add_tasks(self, ids: Sequence[int], kind: str, day: date, title: str) -> None:
        """The same task for each."""
        self._bulk("tasks", ids, lambda: self._office.add_tasks(ids, kind, day, title))

    def _bulk(self, what: str, ids: Sequence[int], work: Callable[[], Done], **values: Any) -> None:
        if not ids:
            return
        self._runner.write(
            lambda job: work(),
            lambda done: self._view.told(what, {"n": done.count, "tx": done.tx, "ids": tuple(ids), **values}),
            self._told_failure,
        )

    # saved views -----------------------------------------------------------------------------------
    def save_view(self, name: str, *, shared: bool, ids: Sequence[int] | None = None) -> None:
        """Keeps the conditions of now under a name; with `ids` a list made by hand."""
        wanted = self.state.wanted if ids is None else replace(tab_filter(BASE, None, ()), clients=tuple(ids))
        self._runner.write(
            lambda job: self._office.save_view(name, wanted, shared=shared),
            lambda view: self._saved(view, ids),
            self._told_failure,
        )

    def change_view(self, view_id: int, what: str, value: object = None) -> None:
        """Renames, redefines, shares, pins or archives a saved view."""
        self._runner.write(
            lambda job: self._office.change_view(view_id, what, value),
            lambda _: self._view_changed(view_id, what),
            self._told_failure,
        )

    def add_to_view(self, view: SavedView, ids: Sequence[int]) -> None:
        """Adds clients to a list made by hand."""
        self._runner.write(
            lambda job: self._office.add_to_view(view.id, ids),
            lambda n: self._view.told("listed", {"n": n, "name": view.name}),
            self._told_failure,
        )

    def pin(self, tab: str, pinned: bool) -> None:
        """Puts a built-in tab into the rail, or takes it from there; a saved one is pinned in the base."""
        view = self.saved(tab)
        if view is not None:
            self.change_view(view.id, "pin", pinned)
            return
        self._tell(pinned=self.state.pinned | {tab} if pinned else self.state.pinned - {tab})
        self._remember()
        self._view.told("view", {"what": "pin", "name": ""})

    def is_pinned(self, tab: str) -> bool:
        """Whether a tab stands in the rail."""
        view = self.saved(tab)
        return view.pinned if view is not None else tab in self.state.pinned

    def _saved(self, view: SavedView, ids: Sequence[int] | None) -> None:
        self._tell(views=(*self.state.views, view))
        if ids is None:
            self.open_tab(f"view:{view.id}")
            self._view.told("view", {"what": "saved", "name": view.name})
        else:
            self._view.told("listed", {"n": len(ids), "name": view.name})

    def _view_changed(self, view_id: int, what: str) -> None:
        if what == "archive" and self.state.tab == f"view:{view_id}":
            self.open_tab(BASE)
        self._view.told("view", {"what": what, "name": ""})

    # answers ---------------------------------------------------------------------------------------
    def _got_people(self, found: tuple[tuple[User, ...], tuple[str, ...]]) -> None:
        people, cities = found
        self._tell(people=tuple(user for user in people if user.active), cities=cities)

    def _got_views(self, views: tuple[SavedView, ...]) -> None:
        tab = self.state.tab
        self._tell(views=views)
        if tab.startswith("view:") and self.saved(tab) is None:
            self.open_tab(BASE)
        self._count()

    def _count(self) -> None:
        """Asks how many there are: of the tabs, and of everybody without the conditions."""
        state = self.state
        of_whom = ClientFilter(manager_id=state.wanted.manager_id, archived=state.wanted.archived)
        quick = {"": of_whom, **{tab: self.filter_of(tab) for tab in self.tabs if tab not in SLOW_TABS}}
        self._runner.read(
            lambda job: self._office.counts(quick), self._counted, lambda error: None, replaces="clients-counts"
        )
        slow = {tab: self.filter_of(tab) for tab in SLOW_TABS}
        if not self.sees_all:  # of all managers it reads every order of the office
            self._runner.read(
                lambda job: self._office.counts(slow), self._counted, lambda error: None, replaces="clients-slow-counts"
            )

    def _counted(self, counts: dict[str, int]) -> None:
        everybody = counts.pop("", self.state.everybody)
        self._tell(counts={**self.state.counts, **counts}, everybody=everybody)

    def _got(self, wanted: ClientFilter, ids: tuple[int, ...]) -> None:
        self._show_ids(ids, last=not wanted.text)
        if wanted.text:  # the second answer: in the middle of words
            self._runner.read(
                lambda job: self._office.ids(wanted, anywhere=True),
                lambda found: self._show_ids(found, last=True),
                self._failed,
                replaces="clients",
            )

    def _show_ids(self, ids: tuple[int, ...], *, last: bool) -> None:
        """The rows that are known stay, until those asked for anew have come."""
        self._asked.clear()
        for reading in self._awaited.values():
            if reading is not None:
                reading.stop()
        self._awaited.clear()
        state = self.state
        everything = replace(state.wanted, sort=ClientOrder.NAME, descending=False, manager_id=None) == ClientFilter()
        nothing = Phase.EMPTY if everything else Phase.NOTHING_FOUND
        if not ids and not last:
            nothing = Phase.LOADING
        gone = state.marked.difference(ids)
        same = ids == state.ids
        self._tell(ids=state.ids if same else ids, phase=Phase.READY if ids else nothing, error=None)
        if gone:
            self._mark(state.marked - gone)
        if same and ids:
            self._view.rows_came(0, len(ids) - 1)

    def _got_rows(self, ids: tuple[int, ...], page: int, rows: tuple[ClientRow, ...]) -> None:
        if ids is not self.state.ids or page not in self._awaited:
            return  # another list is shown, or it was passed by
        del self._awaited[page]
        self._rows.update((row.id, row) for row in rows)
        self._forget_the_oldest()
        self._view.rows_came(page * PAGE, min((page + 1) * PAGE, len(ids)) - 1)

    def _no_rows(self, ids: tuple[int, ...], page: int) -> None:
        if ids is self.state.ids:
            self._awaited.pop(page, None)

    def _got_sum(self, marked: frozenset[int], amount: int) -> None:
        if marked == self.state.marked:
            self._tell(marked_turnover=amount)

    def _got_card(self, card: ClientCard) -> None:
        if self.state.chosen == card.form.id:
            self._tell(card=card)

    def _failed(self, error: Exception) -> None:
        self._tell(phase=Phase.FAILED, error=error)

    def _failed_card(self, error: Exception) -> None:
        self._tell(chosen=None, card=None, error=error)

    def _told_failure(self, error: Exception) -> None:
        self._view.told("failed", {"error": error})

    def _remember(self) -> None:
        state = self.state
        self._keep({"tab": state.tab, "wanted": state.wanted.as_dict(), "pinned": sorted(state.pinned)})

    def _tell(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self._view.show_state(self.state)


def chips(state: ClientsState, presenter: ClientsPresenter, words: Any) -> tuple[filter_words.Chip, ...]:
    """The conditions to show over the list; that a manager sees his own goes without saying."""
    found = filter_words.chips(state.wanted, state.people, words)
    return found if presenter.sees_all else tuple(chip for chip in found if chip.name != "manager_id")
