"""What the office says of itself and asks of its people: name, money, clock, norms, room of a day. Rights and trail."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from crmdesk.data import settings
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.load import CAPACITY, CAPACITY_KEY
from crmdesk.domain.users import OfficeFacts, may_set_up
from crmdesk.services import office
from crmdesk.services.office import Desk
from crmdesk.system.errors import UsageError, UserError

Norm = tuple[int, int, int]
"""Visits, calls, mailings a month."""
LEAST_CAPACITY, MOST_CAPACITY = 30, 24 * 60  # minutes
MOST_A_MONTH = 99  # contacts of one kind


def check_right(desk: Desk) -> None:
    """Refuses who may not set up the office. Raises UserError("no_right")."""
    if not may_set_up(desk.me.role):
        raise UserError("no_right", address=desk.store.place)


def set_facts(
    desk: Desk,
    *,
    name: str | None = None,
    currency: str | None = None,
    zone: str | None = None,
    country: str | None = None,
) -> OfficeFacts:
    """Changes what the office says of itself; the desk knows it at once, the clock too.

    Amounts are not converted: the currency says how they are written. Raises UserError("no_right", "empty_name"),
    UsageError("unknown_zone", "unknown_currency").
    """
    check_right(desk)
    values: dict[str, str] = {}
    if name is not None:
        if not name.strip():
            raise UserError("empty_name")
        values["name"] = " ".join(name.split())
    if currency is not None:
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
            raise UsageError("unknown_currency", currency=currency)
        values["currency"] = currency
    if zone is not None:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError) as error:
            raise UsageError("unknown_zone", zone=zone) from error
        values["zone"] = zone
    if country is not None:
        values["country"] = country
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        settings.put(writing, values)
    office.refresh(desk)
    return desk.office


def norms(desk: Desk) -> dict[ActionSegment, Norm]:
    """The norms of the action segments, in their order."""
    with desk.store.read(single=True) as connection:
        found = settings.norms(connection)
    return {segment: found[segment] for segment in ActionSegment if segment in found}


def set_norms(desk: Desk, wanted: Mapping[ActionSegment, Norm]) -> None:
    """Other norms, all or none of them. Raises UserError("no_right", "norm_out_of_range")."""
    check_right(desk)
    for norm in wanted.values():
        for number in norm:
            if not 0 <= number <= MOST_A_MONTH:
                raise UserError("norm_out_of_range", value=number, most=MOST_A_MONTH)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        known = settings.norms(writing.connection)
        for segment, norm in wanted.items():
            if known.get(segment) != norm:
                settings.set_norm(writing, segment, *norm)


def capacity(desk: Desk) -> int:
    """How many minutes of planned work a day holds."""
    with desk.store.read(single=True) as connection:
        said = settings.all_settings(connection).get(CAPACITY_KEY)
    return said if isinstance(said, int) and LEAST_CAPACITY <= said <= MOST_CAPACITY else CAPACITY


def set_capacity(desk: Desk, minutes: int) -> None:
    """Another room of a day. Raises UserError("no_right", "no_such_capacity")."""
    check_right(desk)
    if not LEAST_CAPACITY <= minutes <= MOST_CAPACITY:
        raise UserError("no_such_capacity", value=minutes, least=LEAST_CAPACITY, most=MOST_CAPACITY)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        settings.put(writing, {CAPACITY_KEY: minutes})
