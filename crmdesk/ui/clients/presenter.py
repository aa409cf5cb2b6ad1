"""What the list of clients shows: ids first, rows page by page, the newest search only. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.ui.tasks import Runner

PAGE = 200  # rows asked for at a time
ENOUGH = 50  # hits of a search


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
    text: str = ""
    wanted: ClientFilter = ClientFilter()
    people: tuple[User, ...] = ()
    ids: tuple[int, ...] = ()
    error: Exception | None = None
    chosen: int | None = None
    card: ClientCard | None = None


class ClientsOffice(Protocol):
    """What the view needs of the office; called by work only."""

    @property
    def me(self) -> User:
        """Who looks."""

    def people(self) -> tuple[User, ...]:
        """All users."""

    def client_ids(self, wanted: ClientFilter) -> tuple[int, ...]:
        """The ids of all clients wanted, in order."""

    def client_rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        """Their lines."""

    def find_clients(self, text: str, limit: int, *, anywhere: bool) -> tuple[int, ...]:
        """The ids a search finds."""

    def client_card(self, client_id: int) -> ClientCard:
        """Everything known of one."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: ClientsState) -> None:
        """Shows it all."""

    def rows_came(self, first: int, last: int) -> None:
        """The rows first … last are there now."""


class ClientsPresenter:
    """Keeps the ids and the rows that were needed so far."""

    def __init__(self, view: View, runner: Runner, office: ClientsOffice) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._rows: dict[int, ClientRow] = {}
        self._asked: set[int] = set()  # pages on their way or there
        mine = office.me.id if office.me.role is Role.MANAGER else None
        self.state = ClientsState(wanted=ClientFilter(manager_id=mine))

    def start(self) -> None:
        """Asks for the people and the list."""
        self._runner.read(lambda job: self._office.people(), self._got_people, self._failed, replaces="clients-people")
        self.load()

    def load(self) -> None:
        """Asks for the ids anew: a search when something is typed, else the whole list."""
        text, wanted = self.state.text.strip(), self.state.wanted
        self._tell(phase=Phase.LOADING if not self.state.ids else self.state.phase, error=None)
        if text:
            self._runner.read(
                lambda job: self._office.find_clients(text, ENOUGH, anywhere=False),
                self._found,
                self._failed,
                replaces="clients",
            )
        else:
            self._runner.read(lambda job: self._office.client_ids(wanted), self._got, self._failed, replaces="clients")

    def search(self, text: str) -> None:
        """What is typed in the search line."""
        if text != self.state.text:
            self._tell(text=text)
            self.load()

    def choose(self, **choices: object) -> None:
        """Changes manager_id, tracked, sort or descending of the filter."""
        wanted = replace(self.state.wanted, **choices)  # type: ignore[arg-type]
        if wanted != self.state.wanted:
            self._tell(wanted=wanted)
            self.load()

    def sort_by(self, order: ClientOrder) -> None:
        """Sorts by a column; the same column again turns the order round."""
        wanted = self.state.wanted
        first_down = order is not ClientOrder.NAME and order is not ClientOrder.NEXT_STEP
        self.choose(sort=order, descending=not wanted.descending if wanted.sort is order else first_down)

    def reset(self) -> None:
        """Shows everybody again."""
        mine = self._office.me.id if self._office.me.role is Role.MANAGER else None
        self._tell(text="", wanted=ClientFilter(manager_id=mine))
        self.load()

    def row(self, number: int) -> ClientRow | None:
        """The row, or None while it is on its way; asks for its page."""
        ids = self.state.ids
        found = self._rows.get(ids[number])
        page = number // PAGE
        if found is None and page not in self._asked:
            self._asked.add(page)
            wanted = ids[page * PAGE : (page + 1) * PAGE]
            self._runner.read(
                lambda job: self._office.client_rows(wanted),
                lambda rows: self._got_rows(ids, page, rows),
                self._failed,
                replaces=f"clients-page-{page}",
            )
        return found

    def open(self, client_id: int) -> None:
        """Shows what is known of a client."""
        self._tell(chosen=client_id, card=None)
        self._runner.read(
            lambda job: self._office.client_card(client_id), self._got_card, self._failed_card, replaces="clients-card"
        )

    def close(self) -> None:
        """Back to the list alone."""
        if self.state.chosen is not None:
            self._tell(chosen=None, card=None)

    # answers ---------------------------------------------------------------------------------------
    def _got_people(self, people: tuple[User, ...]) -> None:
        self._tell(people=tuple(user for user in people if user.active))

    def _found(self, ids: tuple[int, ...]) -> None:
        self._got(ids)
        text = self.state.text.strip()
        if len(ids) < ENOUGH:  # the second answer: in the middle of words
            self._runner.read(
                lambda job: self._office.find_clients(text, ENOUGH, anywhere=True),
                self._got,
                self._failed,
                replaces="clients",
            )

    def _got(self, ids: tuple[int, ...]) -> None:
        if ids == self.state.ids and self.state.phase is Phase.READY:
            return
        self._rows.clear()
        self._asked.clear()
        hidden = bool(self.state.text.strip()) or self.state.wanted != ClientFilter()
        empty = Phase.NOTHING_FOUND if hidden else Phase.EMPTY
        self._tell(ids=ids, phase=Phase.READY if ids else empty, error=None)

    def _got_rows(self, ids: tuple[int, ...], page: int, rows: tuple[ClientRow, ...]) -> None:
        if ids is not self.state.ids:
            return
        self._rows.update((row.id, row) for row in rows)
        self._view.rows_came(page * PAGE, min((page + 1) * PAGE, len(ids)) - 1)

    def _got_card(self, card: ClientCard) -> None:
        if self.state.chosen == card.form.id:
            self._tell(card=card)

    def _failed(self, error: Exception) -> None:
        self._tell(phase=Phase.FAILED, error=error)

    def _failed_card(self, error: Exception) -> None:
        self._tell(chosen=None, card=None, error=error)

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
