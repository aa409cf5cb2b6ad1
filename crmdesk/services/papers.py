"""What every paper that leaves the office carries: who, when, the state of the data, the seal of the print journal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crmdesk.data import journal
from crmdesk.services.office import Desk

if TYPE_CHECKING:
    from crmdesk.documents.sheet_words import Printed

SEAL = 16  # hexadecimal digits of the seal that stand on paper


def stamp(
    desk: Desk, content: bytes, *, what: str, count: int, kind: str = "print", logged: bool, branch: str = ""
) -> Printed:
    """What the footer of a paper says; with `logged` the paper gets its line in the print journal.

    The moment of the data is the last change that the audit trail knows. The seal is the beginning of SHA-256 over the
    place in the trail and the content: the journal's line (`what` and the seal, `count` rows) proves which state of
    the data the paper shows. A preview has none.
    """
    from crmdesk.documents.sheet_words import Printed

    with desk.store.read() as connection:
        place, at = journal.position(connection)
    seal = hashlib.sha256(str(place).encode() + b"\n" + content).hexdigest()[:SEAL] if logged else ""
    if logged:
        with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
            journal.log(writing, kind=kind, what=f"{what} {seal}", count=count)
    return Printed(
        data_at=(at or desk.clock.now()).astimezone(ZoneInfo(desk.clock.zone)),
        by=desk.me.name,
        at=desk.clock.local(),
        seal=seal,
        office=desk.office.name,
        branch=branch,
    )
