"""Who else has a client's card open: a hint, so that two do not call him at once; never a lock (docs/adr/0018)."""

from __future__ import annotations

from datetime import timedelta

from crmdesk.data import presence
from crmdesk.services.office import Desk

LEASE = timedelta(minutes=10)
"""How long a card counts as open after the last sign of who opened it: he may have been cut off."""


def enter(desk: Desk, client_id: int) -> None:
    """I have this card open, and no other any more. Raises OutsideError where nothing can be written."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        presence.put(writing, desk.me.id, client_id)


def leave(desk: Desk) -> None:
    """I have no card open any more."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        presence.put(writing, desk.me.id, None)


def others(desk: Desk, client_id: int) -> tuple[str, ...]:
    """The names of the others who have this card open, the last one first."""
    with desk.store.read(single=True) as connection:
        return presence.others(connection, client_id, desk.me.id, desk.clock.now() - LEASE)
