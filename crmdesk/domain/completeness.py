"""Mandatory data (domain.md 7): which facts must be there for a tracked client, and which are missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.money import divided


class Gap(StrEnum):
    """A mandatory fact that is missing."""

    CONTACT = "contact"  # neither phone nor e-mail
    PERSON = "person"  # nobody is named
    ACTION_SEGMENT = "action_segment"  # an important client with whom nothing is to be done
    NEXT_STEP = "next_step"  # no open task
    BIRTHDAY = "birthday"  # of none of his people


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has of one client."""

    action_segment: ActionSegment
    importance: Importance
    has_contact: bool
    has_person: bool
    has_birthday: bool
    has_next_step: bool


IMPORTANT = frozenset({Importance.VIP, Importance.POTENTIAL_VIP})


def gaps(known: Known) -> tuple[str, ...]:
    """The missing facts, in the order of `Gap`.

    Whoever is dealt with at all must be reachable, have a named person and a next step; a birthday is asked for
    where the contact is personal (VVV); "do nothing" with an important client is a segment left empty.
    """
    active = known.action_segment is not ActionSegment.NONE
    found = {
        Gap.CONTACT: active and not known.has_contact,
        Gap.PERSON: active and not known.has_person,
        Gap.ACTION_SEGMENT: not active and known.importance in IMPORTANT,
        Gap.NEXT_STEP: active and not known.has_next_step,
        Gap.BIRTHDAY: known.action_segment is ActionSegment.VVV and not known.has_birthday,
    }
    return tuple(gap.value for gap, missing in found.items() if missing)


def share_complete(clients: int, with_gaps: int) -> int:
    """How many per cent of the clients miss nothing; an empty list misses nothing."""
    return divided(100 * (clients - with_gaps), clients) if clients else 100
