"""What stands beside the timeline of a client's card: his people, what he has in work, what he could spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.completeness import CardKnown, Known
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.months import add, first_day, month_of
from crmdesk.domain.orders import SOLD, OrderRow
from crmdesk.domain.people import Channel, ContactRow, PersonRow

SPENT_MONTHS = 6  # the whole months over which the spending a month is averaged
LOST = "lost_order"  # the stage of an order that came to nothing


@dataclass(frozen=True, slots=True)
class Work:
    """An order that is not sold and not lost: `what` is its first line, `lines` how many it has."""

    order: OrderRow
    what: str
    lines: int


@dataclass(frozen=True, slots=True)
class GroupSpending:
    """A product group (None: all products): what he could spend a month, and what he does; minor units."""

    group_id: int | None
    key: str | None  # of resources/content/products.toml
    name: str
    potential: int
    spent: int


@dataclass(frozen=True, slots=True)
class ClientSide:
    """The right pane of a card, read in one moment."""

    form: ClientForm
    people: tuple[PersonRow, ...]  # with consents
    contacts: tuple[ContactRow, ...]  # the client's own
    work: tuple[Work, ...]  # newest first
    groups: tuple[GroupSpending, ...]  # largest potential first
    referrer: str
    norms: Mapping[str, tuple[int, int, int]]  # of the action segments: visits, calls, mailings a month


def spent_since(today: date) -> tuple[date, date]:
    """The first day of the months that spending is averaged over, and the first day after them."""
    month = month_of(today)
    return first_day(add(month, -SPENT_MONTHS)), first_day(month)


def known(side: ClientSide, *, has_orders: bool, has_next_step: bool) -> CardKnown:
    """What the completeness of the card is judged by."""
    form = side.form
    mails = [person for person in side.people if any(one.kind == "email" for one in person.contacts)]
    everything = [*side.contacts, *(one for person in side.people for one in person.contacts)]
    return CardKnown(
        known=Known(
            action_segment=ActionSegment(form.action_segment),
            importance=Importance(form.importance),
            has_contact=bool(everything),
            has_person=bool(side.people),
            has_birthday=any(person.birthday is not None for person in side.people),
            has_next_step=has_next_step,
        ),
        is_company=form.is_company,
        has_orders=has_orders,
        has_email=bool(mails) or any(one.kind == "email" for one in side.contacts),
        has_mail_consent=any(
            consent.given and consent.channel == Channel.EMAIL for person in mails for consent in person.consents or ()
        ),
        has_address=bool(form.address.strip()),
        has_industry=bool(form.industry.strip()),
        has_tax_number=bool((form.tax_number or "").strip()),
    )


def stage_progress(stage: str, order_of: Mapping[str, int]) -> float:
    """How far an order has come, 0…1: its stage's place among the office's, the sold one being the end."""
    last = max(order_of.values(), default=1)
    return 1.0 if stage == SOLD else order_of.get(stage, 0) / last
