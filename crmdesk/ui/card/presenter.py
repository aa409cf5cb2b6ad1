"""What the card shows: one client, read as a whole, and his neighbours in the list he was opened from. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from crmdesk.domain.clients import ClientCard
from crmdesk.ui.tasks import Runner


class Phase(StrEnum):
    """What there is to see."""

    NOBODY = "nobody"  # no client was opened yet
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class CardState:
    """Everything the screen shows."""

    phase: Phase = Phase.NOBODY
    client_id: int = 0
    among: tuple[int, ...] = ()
    card: ClientCard | None = None
    error: Exception | None = None

    def neighbour(self, step: int) -> int | None:
        """The client `step` places further in the list; None at its ends, and without a list."""
        if self.client_id not in self.among:
            return None
        place = self.among.index(self.client_id) + step
        return self.among[place] if 0 <= place < len(self.among) else None


class CardOffice(Protocol):
    """What the card needs of the office; called by work only."""

    def client_card(self, client_id: int) -> ClientCard:
        """Everything known of one."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: CardState) -> None:
        """Shows it all."""


class CardPresenter:
    """Reads the client that is shown."""

    def __init__(self, view: View, runner: Runner, office: CardOffice) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self.state = CardState()

    def open(self, client_id: int, among: tuple[int, ...] = ()) -> None:
        """Shows another client."""
        self._tell(client_id=client_id, among=among, card=None, phase=Phase.LOADING, error=None)
        self.load()

    def load(self) -> None:
        """Reads the client anew; what is shown stays until the answer is there."""
        client_id = self.state.client_id
        if client_id:
            self._runner.read(lambda job: self._office.client_card(client_id), self._got, self._failed, replaces="card")

    def _got(self, card: ClientCard) -> None:
        if card.form.id == self.state.client_id:
            self._tell(card=card, phase=Phase.READY, error=None)

    def _failed(self, error: Exception) -> None:
        self._tell(error=error, phase=Phase.FAILED if self.state.card is None else self.state.phase)

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
