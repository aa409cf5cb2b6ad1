"""The people of the office, and the office itself."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.lists import Role


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works here."""

    id: int
    login: str
    name: str
    role: Role
    branch_id: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the office says of itself."""

    name: str
    currency: str = "RUB"
    zone: str = "Europe/Moscow"
    country: str = "RU"  # the default country of phones
    lang: str = "ru"
    demo: bool = False
