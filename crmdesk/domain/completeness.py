"""Mandatory data (domain.md 7): which facts must be there for a tracked client, and which are missing.

`gaps` are what the sheet counts. The card asks for more, and says of each missing fact what it spoils (`missing`):
a fact that nothing needs is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable
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


class Need(StrEnum):
    """What a missing fact spoils."""

    REACH = "reach"  # nobody can be called or written to
    ADDRESSEE = "addressee"  # nobody to ask for
    SEGMENT = "segment"  # it is not said what to do with him
    STEP = "step"  # nothing is planned
    GREETING = "greeting"  # he gets no birthday wishes
    GREETING_MAIL = "greeting_mail"  # he is left out of wishes by mail: no consent
    MAILING = "mailing"  # he gets no mailing
    CARD = "card"  # no postcard reaches him, nobody knows where to go
    BY_INDUSTRY = "by_industry"  # he is in no segment of an industry
    INVOICE = "invoice"  # no invoice can be made out


@dataclass(frozen=True, slots=True)
class CardKnown:
    """What the card knows of one client, beyond what the sheet asks for."""

    known: Known
    is_company: bool
    has_orders: bool
    has_email: bool
    has_mail_consent: bool  # of somebody who has an e-mail
    has_address: bool
    has_industry: bool
    has_tax_number: bool


class CardFact(StrEnum):
    """A fact that only the card asks for."""

    EMAIL = "email"
    MAIL_CONSENT = "mail_consent"
    ADDRESS = "address"
    INDUSTRY = "industry"
    TAX_NUMBER = "tax_number"


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that is missing, by the key of `Gap` or `CardFact`, and what that spoils."""

    fact: str
    need: Need


def _active(of: CardKnown) -> bool:
    return of.known.action_segment is not ActionSegment.NONE


def _always(of: CardKnown) -> bool:
    return True


_RULES: tuple[tuple[str, Need, Callable[[CardKnown], bool], Callable[[CardKnown], bool]], ...] = (
    # fact, what it spoils, who needs it, who has it; the first five are judged by `gaps`
    (Gap.CONTACT, Need.REACH, _active, lambda of: Gap.CONTACT not in gaps(of.known)),
    (Gap.PERSON, Need.ADDRESSEE, _active, lambda of: Gap.PERSON not in gaps(of.known)),
    (Gap.ACTION_SEGMENT, Need.SEGMENT, _always, lambda of: Gap.ACTION_SEGMENT not in gaps(of.known)),
    (Gap.NEXT_STEP, Need.STEP, _active, lambda of: Gap.NEXT_STEP not in gaps(of.known)),
    (
        Gap.BIRTHDAY,
        Need.GREETING,
        lambda of: of.known.action_segment is ActionSegment.VVV,
        lambda of: Gap.BIRTHDAY not in gaps(of.known),
    ),
    (
        CardFact.EMAIL,
        Need.MAILING,
        lambda of: of.known.action_segment is ActionSegment.INFO,
        lambda of: of.has_email,
    ),
    (
        CardFact.MAIL_CONSENT,
        Need.GREETING_MAIL,
        lambda of: _active(of) and of.has_email,
        lambda of: of.has_mail_consent,
    ),
    (
        CardFact.ADDRESS,
        Need.CARD,
        lambda of: of.known.action_segment is ActionSegment.VVV or of.known.importance in IMPORTANT,
        lambda of: of.has_address,
    ),
    (CardFact.INDUSTRY, Need.BY_INDUSTRY, _active, lambda of: of.has_industry),
    (CardFact.TAX_NUMBER, Need.INVOICE, lambda of: of.is_company and of.has_orders, lambda of: of.has_tax_number),
)


def missing(of: CardKnown) -> tuple[tuple[Missing, ...], int]:
    """The facts that somebody needs and nobody has, gravest first; and how many per cent of the needed are there."""
    needed = [(fact, need, there(of)) for fact, need, needs, there in _RULES if needs(of)]
    found = tuple(Missing(str(fact), need) for fact, need, there in needed if not there)
    return found, share_complete(len(needed), len(found))


def share_complete(clients: int, with_gaps: int) -> int:
    """How many per cent of the clients miss nothing; an empty list misses nothing."""
    return divided(100 * (clients - with_gaps), clients) if clients else 100
