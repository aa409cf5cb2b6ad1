"""What the right pane shows and stores: one client, line by line, each in one transaction. No Qt here.

Saves stand in line: while one is on its way, what is typed next waits and is stored on top of its answer, so that
nobody races against himself. When somebody else was faster, what only one of us touched settles itself; what both
touched is asked about. When the store is gone, what was typed stays, is in the draft, and is stored by `again`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from crmdesk.domain import conflict
from crmdesk.domain.client_side import ClientSide
from crmdesk.domain.clients import ClientCard, ClientForm
from crmdesk.domain.conflict import Field
from crmdesk.domain.orders import OrderRow
from crmdesk.domain.people import ContactRow, PersonRow
from crmdesk.domain.users import User
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.ui.tasks import Runner


class Saving(StrEnum):
    """How it stands with what was typed."""

    IDLE = "idle"
    UNDER_WAY = "under_way"
    STORED = "stored"
    LOCAL = "local"  # the store is gone: kept on this computer
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Clash:
    """Two people changed the same fields: `who` was faster at `at`; `person` when it is about one of the people."""

    fields: Mapping[str, Field]
    who: str
    at: datetime
    version: int
    mine: Any
    base: Any
    person: bool = False


@dataclass(frozen=True)
class SideState:
    """Everything the pane shows."""

    client_id: int = 0
    card: ClientCard | None = None
    side: ClientSide | None = None
    users: tuple[User, ...] = ()
    error: Exception | None = None
    saving: Saving = Saving.IDLE
    at: datetime | None = None  # when it was stored, or kept here, on the office's wall clock
    refusal: Exception | None = None
    clash: Clash | None = None
    merged: str = ""  # who else changed something that settled itself

    @property
    def form(self) -> ClientForm | None:
        """The client as he is stored, as far as is known here."""
        if self.side is not None:
            return self.side.form
        return self.card.form if self.card is not None else None


class SideDoor(Protocol):
    """What the pane needs of the office; called by work only."""

    def users(self) -> tuple[User, ...]:
        """All users."""

    def side(self, client_id: int) -> ClientSide:
        """Everything in the pane."""

    def save(self, form: ClientForm, base: ClientForm | None) -> ClientForm:
        """Stores a client."""

    def contacts(
        self, person_id: int, phones: Sequence[str], emails: Sequence[str], kept: Sequence[ContactRow]
    ) -> tuple[ContactRow, ...]:
        """Phones and e-mails as they are kept."""

    def save_person(self, person: PersonRow, base: PersonRow | None) -> PersonRow:
        """Stores a person."""

    def reveal(self, client_id: int) -> int:
        """Keeps that a phone was shown."""

    def archive_person(self, person_id: int) -> None:
        """Takes a person out of the card."""

    def set_stage(self, order_id: int, stage: str) -> OrderRow:
        """Moves an order to a stage."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: SideState) -> None:
        """Shows it all."""

    def stored(self, client_id: int, *nouns: str) -> None:
        """Something of a client was written: drafts may go, others are told."""


class SidePresenter:
    """Reads the pane of one client and stores what is typed there."""

    def __init__(self, view: View, runner: Runner, office: SideDoor, clock: Clock) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._clock = clock
        self._waiting: dict[str, Any] = {}  # typed, and not on its way yet
        self._sent: dict[str, Any] | None = None  # on its way
        self._person: tuple[PersonRow, PersonRow | None, tuple[list[str], list[str]]] | None = None
        self._person_done: Callable[[], None] = lambda: None
        self.state = SideState()

    # showing ---------------------------------------------------------------------------------------
    def show(self, card: ClientCard | None) -> None:
        """Another client, or the same read anew; None while another is on his way."""
        if card is None:
            self._tell(card=None, side=None, client_id=0, error=None, saving=Saving.IDLE, clash=None, merged="")
            return
        if card.form.id != self.state.client_id:
            self._waiting, self._person = {}, None
            self._tell(
                client_id=card.form.id, card=card, side=None, error=None, saving=Saving.IDLE, clash=None, merged=""
            )
        else:
            self._tell(card=card)
        self.load()

    def load(self) -> None:
        """Reads the pane anew; what is shown stays until the answer is there."""
        client_id = self.state.client_id
        if not client_id:
            return
        self._runner.read(lambda job: self._office.side(client_id), self._got, self._failed, replaces="card-side")
        if not self.state.users:
            self._runner.read(
                lambda job: self._office.users(), self._got_users, self._failed, replaces="card-side-users"
            )

    def _got(self, side: ClientSide) -> None:
        if side.form.id == self.state.client_id:
            self._tell(side=side, error=None)

    def _got_users(self, users: tuple[User, ...]) -> None:
        self._tell(users=users)

    def _failed(self, error: Exception) -> None:
        self._tell(error=error)

    @property
    def shown(self) -> ClientForm | None:
        """The client as he will be stored when everything typed has come there."""
        form = self.state.form
        return None if form is None else replace(form, **{**(self._sent or {}), **self._waiting})

    # storing the client ----------------------------------------------------------------------------
    @property
    def unsaved(self) -> bool:
        """Whether anything typed is not in the store."""
        return bool(self._waiting or self._sent or self._person)

    def change(self, changes: Mapping[str, Any], seen: ClientForm | None = None) -> None:
        """Stores fields of the form that were typed; nothing happens when they say what is stored.

        `seen` is the client as the editor was opened on: what still stands there as it was is not touched, and what
        somebody else has changed since, and was read meanwhile, is asked about like any other clash.
        """
        form = self.state.form
        if form is None:
            return
        new = {name: value for name, value in changes.items() if value != self._expected(name)}
        if seen is not None:
            new = {name: value for name, value in new.items() if value != getattr(seen, name)}
        if not new:
            return
        meanwhile = {
            name: Field(value, getattr(form, name), getattr(seen, name))
            for name, value in new.items()
            if seen is not None and getattr(form, name) != getattr(seen, name) and name not in (self._sent or {})
        }
        self._waiting.update(new)
        if seen is not None and conflict.contested(meanwhile):
            clash = Clash(meanwhile, "", self._clock.now(), form.version, replace(form, **new), seen)
            self._tell(saving=Saving.CONFLICT, clash=clash)
        else:
            self._send()

    def _expected(self, name: str) -> Any:
        """What the store will have when all that is on its way has come there."""
        for typed in (self._waiting, self._sent or {}):
            if name in typed:
                return typed[name]
        return getattr(self.state.form, name)

    def again(self) -> None:
        """Tries once more to store what could not be stored."""
        if self._waiting:
            self._send()
        if self._person is not None:
            self._send_person()

    def _send(self) -> None:
        base = self.state.form
        if base is None or self._sent is not None or self.state.clash is not None:
            return
        self._sent, self._waiting = self._waiting, {}
        mine = replace(base, **self._sent)
        self._tell(saving=Saving.UNDER_WAY, refusal=None)
        self._runner.write(
            lambda job: self._office.save(mine, base), self._saved, lambda error: self._not_saved(error, mine, base)
        )

    def _saved(self, form: ClientForm) -> None:
        self._sent = None
        if form.id != self.state.client_id:
            self._view.stored(form.id, "clients")
            return
        self._keep(form)
        self._tell(saving=Saving.STORED, at=self._clock.local())
        if self._waiting:
            self._send()
        else:
            self._view.stored(self.state.client_id, "clients")

    def _not_saved(self, error: Exception, mine: ClientForm, base: ClientForm) -> None:
        typed, self._sent = self._sent or {}, None
        if base.id != self.state.client_id:
            return
        if isinstance(error, UserError) and error.key == "client_changed":
            self._meet(error, mine, base, typed)
            return
        if isinstance(error, OutsideError):
            self._waiting = {**typed, **self._waiting}
            self._tell(saving=Saving.LOCAL, at=self._clock.local(), refusal=error)
        else:
            self._tell(saving=Saving.REFUSED, refusal=error)

    def _meet(self, error: UserError, mine: ClientForm, base: ClientForm, typed: Mapping[str, Any]) -> None:
        fields: Mapping[str, Field] = error.values["fields"]  # type: ignore[assignment]
        version = int(str(error.values["version"]))
        who = str(error.values.get("who", ""))
        self._keep(conflict.stored(base, fields, version))
        self._waiting = {**typed, **self._waiting}
        if conflict.contested(fields):
            at = error.values.get("at")
            clash = Clash(fields, who, at if isinstance(at, datetime) else self._clock.now(), version, mine, base)
            self._tell(saving=Saving.CONFLICT, clash=clash)
        else:
            self._tell(merged=who)
            self._send()

    def decide(self, theirs: Collection[str]) -> None:
        """Ends a clash: the named fields stay theirs, mine are stored."""
        clash = self.state.clash
        if clash is None:
            return
        self._tell(clash=None)
        if clash.person:
            mine = conflict.settled(clash.mine, clash.fields, theirs)
            base = conflict.stored(clash.base, clash.fields, clash.version)
            if self._person is not None:
                self._person = (mine, base, self._person[2])
                self._send_person(settled="contacts" in clash.fields)
            return
        self._waiting = {name: value for name, value in self._waiting.items() if name not in theirs}
        if self._waiting:
            self._send()
        else:
            self._tell(saving=Saving.STORED, at=self._clock.local())
            self._view.stored(self.state.client_id, "clients")

    def forget(self) -> None:
        """Throws away what could not be stored."""
        self._waiting, self._person = {}, None
        self._tell(saving=Saving.IDLE, clash=None, refusal=None)

    def _keep(self, form: ClientForm) -> None:
        if self.state.side is not None:
            self._tell(side=replace(self.state.side, form=form))
        elif self.state.card is not None:
            self._tell(card=replace(self.state.card, form=form))

    # storing people --------------------------------------------------------------------------------
    def save_person(
        self,
        person: PersonRow,
        base: PersonRow | None,
        phones: list[str],
        emails: list[str],
        done: Callable[[], None],
    ) -> None:
        """Stores a person with phones and e-mails as typed; `done` when the store has him."""
        self._person = (person, base, (phones, emails))
        self._person_done = done
        self._send_person()

    def _send_person(self, *, settled: bool = False) -> None:
        if self._person is None:
            return
        person, base, (phones, emails) = self._person
        self._tell(saving=Saving.UNDER_WAY, refusal=None)

        def work(job: object) -> PersonRow:
            mine = person
            if not settled:
                kept = base.contacts if base is not None else ()
                mine = replace(person, contacts=self._office.contacts(person.id, phones, emails, kept))
            return self._office.save_person(mine, base)

        self._runner.write(work, self._person_saved, lambda error: self._person_not_saved(error, person, base))

    def _person_saved(self, person: PersonRow) -> None:
        self._person = None
        self._tell(saving=Saving.STORED, at=self._clock.local())
        done, self._person_done = self._person_done, lambda: None
        done()
        self._view.stored(person.client_id, "people")
        self.load()

    def _person_not_saved(self, error: Exception, mine: PersonRow, base: PersonRow | None) -> None:
        if isinstance(error, UserError) and error.key == "person_changed" and base is not None and self._person:
            fields: Mapping[str, Field] = error.values["fields"]  # type: ignore[assignment]
            version, who = int(str(error.values["version"])), str(error.values.get("who", ""))
            whole = replace(mine, **{name: field.mine for name, field in fields.items()})
            if conflict.contested(fields):
                at = error.values.get("at")
                moment = at if isinstance(at, datetime) else self._clock.now()
                clash = Clash(fields, who, moment, version, whole, base, person=True)
                self._tell(saving=Saving.CONFLICT, clash=clash)
                return
            self._person = (
                conflict.settled(whole, fields), conflict.stored(base, fields, version), self._person[2]
            )  # fmt: skip
            self._tell(merged=who)
            self._send_person(settled="contacts" in fields)
            return
        if isinstance(error, OutsideError):
            self._tell(saving=Saving.LOCAL, at=self._clock.local(), refusal=error)
        else:
            self._person = None
            self._tell(saving=Saving.REFUSED, refusal=error)

    def reveal(self) -> None:
        """A phone of the client was shown: the journal keeps it. The number stays, whatever becomes of the line."""
        client_id = self.state.client_id
        self._runner.write(
            lambda job: self._office.reveal(client_id),
            lambda count: None,
            lambda error: self._tell(saving=Saving.REFUSED, refusal=error),
        )

    def archive_person(self, person_id: int) -> None:
        """Takes a person out of the card."""
        self._write(lambda job: self._office.archive_person(person_id), "people")

    def set_stage(self, order_id: int, stage: str) -> None:
        """Moves an order to a stage."""
        self._write(lambda job: self._office.set_stage(order_id, stage), "orders")

    def _write(self, work: Callable[[Any], object], noun: str) -> None:
        client_id = self.state.client_id
        self._tell(saving=Saving.UNDER_WAY, refusal=None)

        def done(_: object) -> None:
            self._tell(saving=Saving.STORED, at=self._clock.local())
            self._view.stored(client_id, noun)
            self.load()

        self._runner.write(work, done, lambda error: self._tell(saving=Saving.REFUSED, refusal=error))

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
