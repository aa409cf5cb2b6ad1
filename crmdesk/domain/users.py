"""The people of the office, and the office itself."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.lists import Role
from crmdesk.system.errors import UserError

LOGIN_LENGTH = 63  # what Postgres takes for a role's name, in bytes


def check_login(login: str) -> None:
    """Refuses what cannot be a login on both stores. Raises UserError("bad_login")."""
    if not login or login != login.strip() or not login.isprintable() or len(login.encode()) > LOGIN_LENGTH:
        raise UserError("bad_login", login=login)


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
