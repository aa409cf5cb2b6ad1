"""What the card shows: one client, his timeline page by page, his neighbours in the list he was opened from. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from crmdesk.domain.card import CardFigures, figures
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import Contact
from crmdesk.domain.timeline import PAGE, Entry, EntryKind, Place, TimelinePage
from crmdesk.ui.tasks import Runner

MOST_ANEW = 500  # entries that are read again at once when something has changed


class Phase(StrEnum):
    """What there is to see."""

    NOBODY = "nobody"  # no client was opened yet
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class CardState:
    """Everything the screen shows; `entries` None while the first page is on its way."""

    phase: Phase = Phase.NOBODY
    client_id: int = 0
    among: tuple[int, ...] = ()
    card: ClientCard | None = None
    figures: CardFigures | None = None
    kind: EntryKind | None = None  # the pill that is pressed; None: all
    text: str = ""  # the search within
    entries: tuple[Entry, ...] | None = None
    before: Place | None = None  # where the next page begins
    counts: Mapping[EntryKind, int] | None = None
    others: tuple[str, ...] = ()  # who else has the card open
    saving: bool = False
    error: Exception | None = None
    lost: Exception | None = None  # why the timeline could not be read

    @property
    def more(self) -> bool:
        """Whether older entries are there."""
        return self.before is not None

    def neighbour(self, step: int) -> int | None:
        """The client `step` places further in the list; None at its ends, and without a list."""
        if self.client_id not in self.among:
            return None
        place = self.among.index(self.client_id) + step
        return self.among[place] if 0 <= place < len(self.among) else None


class CardOffice(Protocol):
    """What the card needs of the office; called by work only."""

    @property
    def today(self) -> date:
        """The office's day."""

    def card(self, client_id: int) -> ClientCard:
        """Everything known of one."""

    def others(self, client_id: int) -> tuple[str, ...]:
        """Who else has the card open."""

    def enter(self, client_id: int) -> None:
        """I have the card open; 0: none any more."""

    def page(
        self,
        client_id: int,
        kinds: Collection[EntryKind],
        before: Place | None,
        limit: int,
        *,
        text: str,
        counts: bool,
    ) -> TimelinePage:
        """A page of his timeline."""

    def record(
        self, client_id: int, contact: Contact, next_step: NextStep | None, no_next_reason: str, referral: str
    ) -> None:
        """Keeps a contact and what follows."""

    def done(self, task_id: int, contact: Contact | None, next_step: NextStep | None, no_next_reason: str) -> None:
        """A task is done, as this contact, and this follows."""

    def move(self, task_id: int, day: date) -> None:
        """A task to another day."""

    def archive(self, client_id: int, *, archived: bool) -> None:
        """Out of the lists, or back."""


class View(Protocol):
    """Where the state is shown, and who is told what was written."""

    def show_state(self, state: CardState) -> None:
        """Shows it all."""

    def written(self, *nouns: str) -> None:
        """A write was answered: these nouns of this client have changed."""

    def refused(self, error: Exception) -> None:
        """A write was refused; nothing has happened, and nothing that was typed is lost."""


class CardPresenter:
    """Reads the client that is shown, and writes what happened with him."""

    def __init__(self, view: View, runner: Runner, office: CardOffice) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._asking: Place | None = None  # where the page begins that is on its way
        self.state = CardState()

    # what is shown ---------------------------------------------------------------------------------
    def open(self, client_id: int, among: tuple[int, ...] = ()) -> None:
        """Shows a client; the same one again is only read anew."""
        if client_id == self.state.client_id and self.state.card is not None:
            self._tell(among=among or self.state.among)
        else:
            self.state = CardState(Phase.LOADING, client_id, among)
            self._view.show_state(self.state)
        self.load()

    def enter(self) -> None:
        """Tells the others that the card is open here. No harm is done where that fails."""
        client_id = self.state.client_id
        if client_id and self.state.phase is not Phase.FAILED:
            self._runner.write(lambda job: self._office.enter(client_id), lambda _: None, lambda error: None)

    def leave(self) -> None:
        """The card is not looked at any more."""
        if self.state.client_id:
            self._runner.write(lambda job: self._office.enter(0), lambda _: None, lambda error: None)

    def load(self) -> None:
        """Reads the client and his timeline anew; what is shown stays until the answer is there."""
        client_id = self.state.client_id
        if client_id:
            self._runner.read(lambda job: self._office.card(client_id), self._got, self._failed, replaces="card")
            self._runner.read(
                lambda job: self._office.others(client_id), self._got_others, lambda error: None, replaces="card-others"
            )
            self._load_entries(max(PAGE, min(len(self.state.entries or ()), MOST_ANEW)))

    def show_kind(self, kind: EntryKind | None) -> None:
        """Presses a pill; None: all."""
        if kind is not self.state.kind:
            self._tell(kind=kind, entries=None, before=None)
            self._load_entries()

    def search(self, text: str) -> None:
        """Looks within the timeline."""
        if text.strip() != self.state.text:
            self._tell(text=text.strip())
            self._load_entries()

    def reset(self) -> None:
        """All entries again."""
        self._tell(kind=None, text="", entries=None, before=None)
        self._load_entries()

    def older(self) -> None:
        """The next page; asked for again while it is on its way, nothing happens, and nothing is shown anew: a list
        asks while it is being filled."""
        before = self.state.before
        if before is not None and before != self._asking:
            self._ask(before, PAGE, counts=False)

    def _load_entries(self, limit: int = PAGE) -> None:
        self._ask(None, limit, counts=True)

    def _ask(self, before: Place | None, limit: int, *, counts: bool) -> None:
        state, self._asking = self.state, before
        kinds = () if state.kind is None else (state.kind,)
        self._runner.read(
            lambda job: self._office.page(state.client_id, kinds, before, limit, text=state.text, counts=counts),
            lambda page: self._got_page(state, before, page),
            self._lost,
            replaces="card-timeline",
        )

    # what is written -------------------------------------------------------------------------------
    def record(
        self,
        contact: Contact,
        next_step: NextStep | None,
        no_next_reason: str,
        referral: str,
        *,
        task_id: int | None,
        kept: Callable[[], None],
    ) -> None:
        """Keeps what happened in one transaction, as the end of a task where there is one; `kept` when it is stored."""
        client_id = self.state.client_id

        def work(job: object) -> None:
            if task_id is None:
                self._office.record(client_id, contact, next_step, no_next_reason, referral)
            else:
                self._office.done(task_id, contact, next_step, no_next_reason)

        def done(_: None) -> None:
            kept()
            self._written("interactions", "tasks", *(("clients",) if referral else ()))

        self._tell(saving=True)
        self._runner.write(work, done, self._refused)

    def done(self, task_id: int) -> None:
        """A task that was no contact, or a promise, is done."""
        self._tell(saving=True)
        self._runner.write(
            lambda job: self._office.done(task_id, None, None, ""),
            lambda _: self._written("tasks"),
            self._refused,
        )

    def move(self, task_id: int, day: date) -> None:
        """A task or a promise to another day."""
        self._runner.write(lambda job: self._office.move(task_id, day), lambda _: self._written("tasks"), self._refused)

    def archive(self) -> None:
        """Takes the client out of the lists, or puts him back."""
        card = self.state.card
        if card is not None:
            client_id, archived = card.form.id, not card.archived
            self._runner.write(
                lambda job: self._office.archive(client_id, archived=archived),
                lambda _: self._written("clients"),
                self._refused,
            )

    # answers ---------------------------------------------------------------------------------------
    def _got(self, card: ClientCard) -> None:
        if card.form.id == self.state.client_id:
            if self.state.phase is not Phase.READY:
                self.enter()
            self._tell(card=card, figures=figures(card, self._office.today), phase=Phase.READY, error=None)

    def _got_others(self, names: tuple[str, ...]) -> None:
        self._tell(others=names)

    def _failed(self, error: Exception) -> None:
        self._tell(error=error, phase=Phase.FAILED if self.state.card is None else self.state.phase)

    def _got_page(self, asked: CardState, before: Place | None, page: TimelinePage) -> None:
        now, self._asking = self.state, None
        if (asked.client_id, asked.kind, asked.text) != (now.client_id, now.kind, now.text):
            return
        entries = page.entries if before is None else (*(now.entries or ()), *page.entries)
        counts = page.counts if page.counts is not None else now.counts
        self._tell(entries=entries, before=page.before, counts=counts, lost=None)

    def _lost(self, error: Exception) -> None:
        self._asking = None
        self._tell(lost=error)

    def _written(self, *nouns: str) -> None:
        self._tell(saving=False)
        self._view.written(*nouns)

    def _refused(self, error: Exception) -> None:
        self._tell(saving=False)
        self._view.refused(error)

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
