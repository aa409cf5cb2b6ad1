"""People at clients: what is read of them, what is accepted of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import Birthday


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A phone or an e-mail: as written, and as machines read it ("" when they cannot)."""

    id: int
    person_id: int | None
    kind: str  # phone, email
    original: str
    normal: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody at a client."""

    id: int
    client_id: int
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    gender: Gender | None = None
    birthday: Birthday | None = None
    profession: str = ""
    role: str = ""
    notes: str = ""
    version: int = 1
    contacts: tuple[ContactRow, ...] = field(default=())

    @property
    def name(self) -> str:
        """Surname, given name and patronymic, as far as known."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)
