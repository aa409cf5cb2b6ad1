"""Contacts that took place: which of them count, and as what. SQL twins: data/interactions.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.domain.lists import ContactKind, Rung

NOT_REACHED = frozenset(
    {
        "call_not_reached",
        "call_wrong_number",
        "visit_no_one",
        "letter_sent",
        "letter_returned",
        "event_absent",
    }
)
"""The results (keys of contact_result in lists.toml) that say `reached = false`: nobody was spoken to."""


NO_CONTACT = frozenset({ContactKind.MAILING.value, ContactKind.NOTE.value})
"""Kinds that are recorded and are no contact: nobody was in touch with anybody."""


def is_successful_call(kind: str, rung: str, result: str) -> bool:
    """Whether a call counts on the sheet: the person was reached.

    A rung of the ladder proves it; without one, a result does that is not in NOT_REACHED. A call without any
    result proves nothing and does not count. SQL twin: data.interactions.successful_call_clause.
    """
    return kind == ContactKind.CALL and (rung != Rung.NONE or (result != "" and result not in NOT_REACHED))


def is_visit(kind: str, rung: str, result: str) -> bool:
    """Whether a visit took place: any recorded one, unless its result says that nobody was there.

    SQL twin: data.interactions.visit_clause.
    """
    return kind == ContactKind.VISIT and (rung != Rung.NONE or result not in NOT_REACHED)


def is_contact(kind: str, rung: str, result: str) -> bool:
    """Whether somebody was in touch with the client: anything but a mailing, a note or a try that reached nobody.

    SQL twin: data.interactions.contact_clause.
    """
    return kind not in NO_CONTACT and (rung != Rung.NONE or result not in NOT_REACHED)


def is_mailing(kind: str) -> bool:
    """Whether it counts as a mailing. SQL twin: data.interactions.mailing_clause."""
    return kind == ContactKind.MAILING


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One entry of the chronicle."""

    id: int
    client_id: int
    person_id: int | None
    manager_id: int | None
    kind: str
    at: datetime
    day: date
    result: str
    rung: str
    resume: str
    no_next_reason: str = ""
    minutes: int | None = None  # how long it took


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done after a contact, and by when."""

    kind: str  # domain.lists.TaskKind
    day: date
    title: str = ""
    promise: bool = False
    time: int | None = None  # minutes after midnight, the office's wall clock
    minutes: int | None = None  # how long it takes
