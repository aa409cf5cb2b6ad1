"""The closed lists of the office as stable keys. Words: resources/locale; defaults: resources/content."""

from __future__ import annotations

from enum import StrEnum


class ActionSegment(StrEnum):
    """Who deals with a client, and how: never empty (domain.md 2)."""

    VVV = "VVV"
    CCC = "CCC"
    INFO = "INFO"
    NONE = "NONE"


# The first norms of a new office: visits, calls, mailings a month (as resources/content/lists.toml says).
NORMS: dict[ActionSegment, tuple[int, int, int]] = {
    ActionSegment.VVV: (1, 0, 0),
    ActionSegment.CCC: (0, 2, 0),
    ActionSegment.INFO: (0, 0, 1),
    ActionSegment.NONE: (0, 0, 0),
}


class Importance(StrEnum):
    """How much a client matters, gravest first."""

    VIP = "vip"
    POTENTIAL_VIP = "potential_vip"
    REGULAR = "regular"
    ONE_OFF = "one_off"


class Stage(StrEnum):
    """Where the relationship stands."""

    LEAD = "lead"
    FIRST_ORDER = "first_order"
    DEVELOPING = "developing"
    STEADY = "steady"
    COOLING = "cooling"
    LOST = "lost"
    WON_BACK = "won_back"


class ContactKind(StrEnum):
    """How a contact took place, or is to take place."""

    VISIT = "visit"
    CALL = "call"
    NEGOTIATION = "negotiation"
    LETTER = "letter"
    MESSAGE = "message"
    MAILING = "mailing"
    EVENT = "event"
    COMPLAINT = "complaint"
    SURVEY = "survey"
    PAYMENT_TALK = "payment_talk"
    HAND_OVER = "hand_over"
    NOTE = "note"  # something written down; nobody was in touch


class TaskKind(StrEnum):
    """What is to be done. A promise is any of them with the promise flag."""

    VISIT = "visit"
    CALL = "call"
    LETTER = "letter"
    MAILING = "mailing"
    MEETING = "meeting"
    EVENT = "event"  # an exhibition, a presentation of a collection
    CONTRACT = "contract"  # a contract or licence that ends
    OTHER = "other"


class Rung(StrEnum):
    """The result ladder (domain.md 4): a full sale, some money, a referral, none."""

    MAXIMUM = "maximum"
    MIDDLE = "middle"
    MINIMUM = "minimum"
    NONE = "none"


class GoalKind(StrEnum):
    """What result is wanted of a client."""

    ORDER_EVERY_DAYS = "order_every_days"
    SKUS = "skus"
    TURNOVER = "turnover"


class Role(StrEnum):
    """What a user is in the office."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"


class Gender(StrEnum):
    """A person's gender, when known."""

    MALE = "male"
    FEMALE = "female"
