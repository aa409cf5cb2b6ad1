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


def may_set_up(role: Role) -> bool:
    """Whether the office's own settings (names, norms, factors, capacity) are his to change."""
    return role in (Role.OWNER, Role.SUPERVISOR)


def may_hire(role: Role) -> bool:
    """Whether the people of the office are his to change."""
    return role is Role.OWNER


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the office says of itself."""

    name: str
    currency: str = "RUB"
    zone: str = "Europe/Moscow"
    country: str = "RU"  # the default country of phones
    lang: str = "ru"
    demo: bool = False
