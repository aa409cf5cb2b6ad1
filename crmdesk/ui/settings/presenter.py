"""What the settings say, and what happens when they are changed. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from crmdesk.domain.lists import ActionSegment, Role
from crmdesk.domain.sheet import Factor
from crmdesk.domain.users import OfficeFacts, User, may_hire, may_set_up
from crmdesk.ui.settings.office import Known, Norm, SettingsDesk
from crmdesk.ui.tasks import Runner


@dataclass(frozen=True)
class SettingsState:
    """Everything the pages show. `address` is a path, or a server's address without its password."""

    facts: OfficeFacts
    me: User
    address: str
    on_server: bool = False
    known: Known | None = None  # what stands in the office, once it was read
    error: Exception | None = None  # why it could not be read

    @property
    def may_set_up(self) -> bool:
        """Whether the office's settings are mine to change."""
        return may_set_up(self.me.role)

    @property
    def may_hire(self) -> bool:
        """Whether its people are."""
        return may_hire(self.me.role)


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: SettingsState) -> None:
        """Shows it all."""

    def saved(self) -> None:
        """A change is kept: everybody should know."""

    def refused(self, error: Exception) -> None:
        """A change was refused; what is shown is what stands."""

    def copied(self, file: Path) -> None:
        """A copy lies there."""


class SettingsPresenter:
    """Reads the office's side of the settings and writes each change at once."""

    def __init__(self, view: View, runner: Runner, office: SettingsDesk) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self.state = SettingsState(office.facts, office.me, shown_address(office.address), office.on_server)

    def start(self) -> None:
        """Shows what is known and asks for the rest."""
        self._view.show_state(self.state)
        self.load()

    def load(self) -> None:
        """Asks anew."""
        self._runner.read(lambda job: self._office.known(), self._got, self._failed, replaces="settings")

    def _got(self, found: Known) -> None:
        self.state = replace(self.state, facts=found.facts, me=found.me, known=found, error=None)
        self._view.show_state(self.state)

    def _failed(self, error: Exception) -> None:
        self.state = replace(self.state, error=error)
        self._view.show_state(self.state)

    # changing -----------------------------------------------------------------------------------------
    def set_facts(self, **values: str) -> None:
        """Of the office: name, currency, zone, country."""
        facts = self.state.facts
        if any(getattr(facts, key) != value for key, value in values.items()):
            self._write(lambda: self._office.set_facts(values))

    def set_norm(self, segment: ActionSegment, norm: Norm) -> None:
        """Of one action segment."""
        if self.state.known is not None and self.state.known.norms.get(segment) != norm:
            self._write(lambda: self._office.set_norms({segment: norm}))

    def set_capacity(self, minutes: int) -> None:
        """Of a day."""
        if self.state.known is not None and self.state.known.capacity != minutes:
            self._write(lambda: self._office.set_capacity(minutes))

    def set_factors(self, factors: Sequence[Factor]) -> None:
        """Of the sheet."""
        chosen = tuple(factors)
        if chosen and self.state.known is not None and self.state.known.factors != chosen:
            self._write(lambda: self._office.set_factors(chosen))

    def add_user(
        self, login: str, name: str, role: Role, branch: str, password: str, done: Callable[[Exception | None], None]
    ) -> None:
        """Somebody new; `done` gets the refusal, or nothing."""
        self._write(lambda: self._office.add_user(login, name, role, branch, password), done)

    def change_user(
        self, login: str, name: str, role: Role, branch: str, done: Callable[[Exception | None], None]
    ) -> None:
        """Another name, role, branch."""
        self._write(lambda: self._office.change_user(login, name, role, branch), done)

    def set_password(self, login: str, password: str, done: Callable[[Exception | None], None]) -> None:
        """A new password."""
        self._write(lambda: self._office.set_password(login, password), done)

    def let_in(self, login: str, *, active: bool) -> None:
        """Lets somebody in, or no longer."""
        self._write(lambda: self._office.let_in(login, active=active))

    def copy_to(self, folder: Path) -> None:
        """A copy in a folder of one's own."""
        self._runner.long(
            lambda job: self._office.copy_to(folder, job),
            self._view.copied,
            self._view.refused,
            progress=lambda done, total: None,
            stopped=lambda: None,
        )

    def _write(self, work: Callable[[], None], done: Callable[[Exception | None], None] | None = None) -> None:
        def kept(_value: object) -> None:
            if done is not None:
                done(None)
            self._view.saved()
            self.load()

        def failed(error: Exception) -> None:
            if done is not None:
                done(error)
            else:
                self._view.refused(error)
                self._view.show_state(self.state)

        self._runner.write(lambda job: work(), kept, failed)


def shown_address(address: str) -> str:
    """An address as it may be shown: without the password between «:» and «@»."""
    scheme, sep, rest = address.partition("://")
    if not sep or "@" not in rest:
        return address
    who, _, where = rest.rpartition("@")
    return f"{scheme}://{who.partition(':')[0]}@{where}"
