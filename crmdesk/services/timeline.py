"""The timeline of a client: what happened with him, page by page, newest first."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from crmdesk.data import timeline
from crmdesk.domain.timeline import PAGE, EntryKind, Place, TimelinePage
from crmdesk.services.office import Desk


def page(
    desk: Desk,
    client_id: int,
    kinds: Collection[EntryKind] = (),
    before: Place | None = None,
    limit: int = PAGE,
    *,
    text: str = "",
    counts: bool = False,
) -> TimelinePage:
    """The newest `limit` entries of these kinds (none: of all) before a place (None: from the newest on).

    `text` keeps what contains each of its words; changes of the card have no words and are left out then. `counts`
    asks how many entries of each kind there are, whatever is filtered.
    """
    with desk.store.read() as connection:
        return timeline.page(
            connection, client_id, kinds, before, limit, ZoneInfo(desk.clock.zone), text=text.strip(), counts=counts
        )
