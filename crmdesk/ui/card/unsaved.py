"""What somebody typed before the program ended: offered when the office opens, one line over the view."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from crmdesk.system.drafts import Draft, Drafts
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

_CLIENT = re.compile(r"(?:client|contact)-(\d+)(?:-|$)")


def offer_left(kit: Kit, office: Office, host: Host) -> None:
    """Says that there is unsaved text, with the way to where it was typed; nothing when there is none."""
    drafts = Drafts.of(office.address, office.me.id)
    for draft in drafts.pending():
        way = _way(kit, office, host, draft)
        if way is not None:
            w, clock = kit.words, kit.clock
            at = draft.at.astimezone(clock.local().tzinfo)
            moment = w.time(at.time()) if at.date() == clock.today() else w.moment(at)
            host.tell("today", w.gettext("There is unsaved text of {moment}", moment=moment), action=w.gettext("Open"),
                      press=way)  # fmt: skip
            return


def _way(kit: Kit, office: Office, host: Host, draft: Draft) -> Callable[[], None] | None:
    """What opens the form that a draft belongs to; None when this version knows no such form."""
    if found := _CLIENT.match(draft.key):
        return partial(host.open_client, int(found[1]))
    if draft.key == "new-client":
        return partial(_new_client, kit, office, host)
    return None


def _new_client(kit: Kit, office: Office, host: Host) -> None:
    from crmdesk.ui.card.new_client import open_new_client  # a form, not before it is wanted

    open_new_client(kit, office, host)
