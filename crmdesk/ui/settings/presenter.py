"""What the settings say, and what happens when they are changed. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from crmdesk.domain.users import OfficeFacts, User
from crmdesk.system.jobs import Job
from crmdesk.ui.tasks import Runner


@dataclass(frozen=True)
class SettingsState:
    """Everything the page shows. `address` is a path, or a server's address without its password."""

    facts: OfficeFacts
    me: User
    address: str
    people: tuple[User, ...] = ()
    copy_at: datetime | None = None  # on the office's wall clock
    copy_folder: str = ""
    error: Exception | None = None


class SettingsOffice(Protocol):
    """What the settings need of the office."""

    address: str

    @property
    def me(self) -> User:
        """Who works here."""

    @property
    def facts(self) -> OfficeFacts:
        """What the office says of itself."""

    def people(self) -> tuple[User, ...]:
        """All users."""

    def copies(self) -> tuple[datetime | None, str]:
        """When the last copy was verified, on the office's wall clock, and the folder of the copies."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: SettingsState) -> None:
        """Shows it all."""


class SettingsPresenter:
    """Reads the office's side of the settings."""

    def __init__(self, view: View, runner: Runner, office: SettingsOffice) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self.state = SettingsState(office.facts, office.me, shown_address(office.address))

    def start(self) -> None:
        """Shows what is known and asks for the rest."""
        self._view.show_state(self.state)
        self.load()

    def load(self) -> None:
        """Asks anew."""
        self._runner.read(self._ask, self._got, self._failed, replaces="settings")

    def _ask(self, job: Job) -> tuple[tuple[User, ...], datetime | None, str]:
        return (self._office.people(), *self._office.copies())

    def _got(self, found: tuple[tuple[User, ...], datetime | None, str]) -> None:
        people, copy_at, folder = found
        self.state = replace(self.state, people=people, copy_at=copy_at, copy_folder=folder, error=None)
        self._view.show_state(self.state)

    def _failed(self, error: Exception) -> None:
        self.state = replace(self.state, error=error)
        self._view.show_state(self.state)


def shown_address(address: str) -> str:
    """An address as it may be shown: without the password between «:» and «@»."""
    scheme, sep, rest = address.partition("://")
    if not sep or "@" not in rest:
        return address
    who, _, where = rest.rpartition("@")
    return f"{scheme}://{who.partition(':')[0]}@{where}"
