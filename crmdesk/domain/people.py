"""People at clients: what is read of them, what is accepted of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import Birthday, checked_birthday
from crmdesk.domain.text import printable
from crmdesk.system.errors import UserError

_EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$")


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


def checked(person: PersonRow) -> PersonRow:
    """The person as he may be stored. Raises UserError("person_nameless", "no_such_day")."""
    names: dict[str, Any] = {
        part: " ".join(printable(getattr(person, part)).split())[:120]
        for part in ("surname", "given_name", "patronymic", "profession")
    }
    if not any(names[part] for part in ("surname", "given_name", "patronymic")):
        raise UserError("person_nameless")
    if person.birthday is not None:
        checked_birthday(person.birthday.day, person.birthday.month, person.birthday.year)
    return replace(person, notes=printable(person.notes), **names)


def email_of(text: str) -> str:
    """An e-mail address as machines read it; "" when it is none."""
    bare = text.strip().lower()
    return bare if _EMAIL.match(bare) else ""
