"""What the settings ask of the office; the services are imported when work first needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crmdesk.domain.lists import ActionSegment, Role
from crmdesk.domain.sheet import Factor
from crmdesk.domain.users import OfficeFacts, User
from crmdesk.system.jobs import Job
from crmdesk.ui.office import Office

Norm = tuple[int, int, int]


@dataclass(frozen=True)
class Known:
    """Everything the pages show that stands in the office."""

    facts: OfficeFacts
    me: User
    people: tuple[User, ...]
    branches: Mapping[int, str]
    norms: Mapping[ActionSegment, Norm]
    capacity: int
    factors: tuple[Factor, ...]
    copy_at: datetime | None
    copy_folder: str


class SettingsDesk:
    """The verbs of the settings over the open office."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = office.desk
        self.address = office.address
        self.on_server = office.address.startswith("postgresql")

    @property
    def facts(self) -> OfficeFacts:
        """What the office says of itself."""
        return self._desk.office

    @property
    def me(self) -> User:
        """Who works here."""
        return self._desk.me

    def known(self) -> Known:
        """All of it, read anew."""
        from crmdesk.services import settings, sheets, users

        at, folder = self._office.copies()
        return Known(
            self._desk.office,
            self._desk.me,
            users.list_users(self._desk),
            users.branches(self._desk),
            settings.norms(self._desk),
            settings.capacity(self._desk),
            sheets.factors(self._desk),
            at,
            folder,
        )

    def set_facts(self, values: Mapping[str, str]) -> None:
        """Another name, currency, zone, country."""
        from crmdesk.services import settings

        settings.set_facts(self._desk, **values)

    def set_norms(self, norms: Mapping[ActionSegment, Norm]) -> None:
        """Other norms."""
        from crmdesk.services import settings

        settings.set_norms(self._desk, norms)

    def set_capacity(self, minutes: int) -> None:
        """Another room of a day."""
        from crmdesk.services import settings

        settings.set_capacity(self._desk, minutes)

    def set_factors(self, factors: Sequence[Factor]) -> None:
        """Other factors of the sheet."""
        from crmdesk.services import sheets

        sheets.set_factors(self._desk, factors)

    def add_user(self, login: str, name: str, role: Role, branch: str, password: str) -> None:
        """Somebody new."""
        from crmdesk.services import users

        users.add(self._desk, login, name, role, password or None, branch or None)

    def change_user(self, login: str, name: str, role: Role, branch: str) -> None:
        """Another name, role, branch."""
        from crmdesk.services import users

        users.change(self._desk, login, name=name, role=role, branch=branch)

    def set_password(self, login: str, password: str) -> None:
        """A new password of a login on a server."""
        from crmdesk.services import users

        users.set_password(self._desk, login, password)

    def let_in(self, login: str, *, active: bool) -> None:
        """Lets somebody in, or no longer."""
        from crmdesk.services import users

        if active:
            users.enable(self._desk, login)
        else:
            users.disable(self._desk, login)

    def copy_to(self, folder: Path, job: Job) -> Path:
        """A verified copy in a folder of one's own; where it lies."""
        return self._office.backup(folder, job)
