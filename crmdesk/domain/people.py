"""People at clients: what is read of them, what is accepted of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
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


class Channel(StrEnum):
    """How somebody may be written to; each needs his consent."""

    EMAIL = "email"
    SMS = "sms"
    CALL = "call"
    LETTER = "letter"
    MESSENGER = "messenger"


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """Whether somebody agreed to a channel, since when, and where we have it from; the newest of a channel counts."""

    channel: str
    given: bool
    on_day: date
    origin: str = ""


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
    consents: tuple[ConsentRow, ...] | None = None  # the newest of each channel; None: not read

    @property
    def name(self) -> str:
        """Surname, given name and patronymic, as far as known."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


def checked(person: PersonRow) -> PersonRow:
    """The person as he may be stored. Raises UserError("person_nameless", "no_such_day", "not_in_list")."""
    names: dict[str, Any] = {
        part: " ".join(printable(getattr(person, part)).split())[:120]
        for part in ("surname", "given_name", "patronymic", "profession")
    }
    if not any(names[part] for part in ("surname", "given_name", "patronymic")):
        raise UserError("person_nameless")
    if person.birthday is not None:
        checked_birthday(person.birthday.day, person.birthday.month, person.birthday.year)
    for consent in person.consents or ():
        if consent.channel not in set(Channel):
            raise UserError("not_in_list", value=consent.channel)
    return replace(person, notes=printable(person.notes), **names)


def masked(phone: str) -> str:
    """A phone as it may stand on a screen that others see: +7 900 •••-••-67."""
    digits = [place for place, c in enumerate(phone) if c.isdigit()]
    hidden = set(digits[-7:-2] if len(digits) >= 9 else digits[:-2])
    return "".join("•" if place in hidden else c for place, c in enumerate(phone))


def email_of(text: str) -> str:
    """An e-mail address as machines read it; "" when it is none."""
    bare = text.strip().lower()
    return bare if _EMAIL.match(bare) else ""
