"""Saved views: a filter of the list of clients under a name, somebody's own or everybody's; or a list made by hand."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.lists import Role
from crmdesk.domain.text import printable
from crmdesk.system.errors import UserError

NAME_LENGTH = 100


@dataclass(frozen=True, slots=True)
class SavedView:
    """One saved view. `shared`: everybody sees it; `pinned`: it stands in the rail too."""

    id: int
    name: str
    wanted: ClientFilter
    shared: bool = False
    pinned: bool = False
    position: int = 0
    version: int = 1

    @property
    def by_hand(self) -> bool:
        """Whether it is a list put together client by client."""
        return self.wanted.clients is not None


def checked_name(name: str) -> str:
    """A name as it may be stored. Raises UserError("view_nameless", "view_name_too_long")."""
    line = " ".join(printable(name).split())
    if not line:
        raise UserError("view_nameless")
    if len(line) > NAME_LENGTH:
        raise UserError("view_name_too_long", length=len(line), limit=NAME_LENGTH)
    return line


def may_change(role: Role, shared: bool) -> bool:
    """What everybody sees is changed by those who have people under them; one's own by oneself."""
    return not shared or role is not Role.MANAGER
