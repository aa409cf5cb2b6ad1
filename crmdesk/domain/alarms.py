"""The alarms of a client: what is breached, gravest first. Every threshold stands here, with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from crmdesk.domain import months as calendar
from crmdesk.domain import quiet
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.money import divided
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import OfficeRhythm, Quiet
from crmdesk.domain.sheet import Alarm, AlarmKind, ClientFacts, MonthFigures

MOST_ALARMS = 3  # a row shows no more (SHEET.md, Signs)
WITHOUT_CONTACT_MONTHS = 1  # domain.md 1: "a VVV client without a visit in a month" is a breach; a CCC call likewise

SKUS_LEAST_MONTHS = 3  # fewer shown months are no trend
SKUS_LEAST_FROM = 5  # below that a single item more or less looks like a fall
SKUS_LEFT_PER_CENT = 60  # the last month holds at most so much of the first…
SKUS_HALVES_PER_CENT = 75  # …and so does the mean of the later half of the earlier: one poor month is not a fall

FALL_MONTHS = 3  # a quarter: long enough for a monthly buyer, short enough to act on
FALL_PER_CENT = 30  # as the office's list of factors says: change <= -30 %
FALL_BASE_MONTHS = 12  # what is usual for him: a year, or as much of it as he has been buying, a quarter at least
FALL_LEAST_ORDERS = 3  # fewer in the base are chance
FALL_DEVIATIONS = 2.0  # and so is a quarter within two standard deviations of his usual ones (1 in 40 by chance)

_NOTHING = MonthFigures()


def of(
    client: ClientFacts, silence: Quiet | None, shown: Sequence[Month], today: date, office: OfficeRhythm
) -> tuple[Alarm, ...]:
    """All alarms of a client, gravest first; `silence` is his score, None before his first order."""
    found: list[Alarm] = []
    silent = (
        silence is not None
        and client.action_segment is not ActionSegment.NONE  # "do nothing" was decided: his silence is no breach
        and quiet.is_alarm(silence, client.order_days, office)
    )
    if silent and silence is not None:
        found.append(Alarm(AlarmKind.SILENT, (silence.silent_days, silence.usual_days)))
    if client.broken_promise is not None and client.broken_promise < today:
        found.append(Alarm(AlarmKind.PROMISE, ((today - client.broken_promise).days,)))
    closed = [month for month in shown if calendar.last_day(month) <= today]
    if closed:
        found += _without_contact(client, closed)
        if not silent:  # a client who buys nothing at all buys fewer SKUs too: one breach, one sign
            found += _skus_fall(client, closed)
            found += _turnover_fall(client, closed[-1])
    return tuple(found)


def _without_contact(client: ClientFacts, closed: Sequence[Month]) -> list[Alarm]:
    """Whole months, up to the last closed one, without the contact that the client's action segment asks for."""
    if client.action_segment is ActionSegment.VVV and client.visits_norm > 0:
        kind, last = AlarmKind.NO_VISIT, client.last_visit
    elif client.action_segment is ActionSegment.CCC and client.calls_norm > 0:
        kind, last = AlarmKind.NO_CALL, client.last_call
    else:
        return []
    if last is not None:
        months = calendar.between(calendar.month_of(last), closed[-1])
    else:
        began = min((day for day in (client.since, client.first_order) if day is not None), default=None)
        months = len(closed)
        if began is not None:
            months = min(months, calendar.between(calendar.month_of(began), closed[-1]))
    return [Alarm(kind, (months,))] if months >= WITHOUT_CONTACT_MONTHS else []


def _skus_fall(client: ClientFacts, closed: Sequence[Month]) -> list[Alarm]:
    if len(closed) < SKUS_LEAST_MONTHS:
        return []
    skus = [client.months.get(month, _NOTHING).skus for month in closed]
    first, last, half = skus[0], skus[-1], len(skus) // 2
    if first < SKUS_LEAST_FROM or last < 1 or 100 * last > SKUS_LEFT_PER_CENT * first:
        return []
    if 100 * sum(skus[-half:]) > SKUS_HALVES_PER_CENT * sum(skus[:half]):
        return []
    return [Alarm(AlarmKind.SKUS_FALL, (first, last))]


def _turnover_fall(client: ClientFacts, last: Month) -> list[Alarm]:
    lost = turnover_lost(client, last)
    return [Alarm(AlarmKind.TURNOVER_FALL, (lost[0],))] if lost else []


def turnover_lost(client: ClientFacts, last: Month) -> tuple[int, int] | None:
    """How much of his turnover a client has lost: per cent, and money a month; None while it is not clear.

    The quarter that ends with `last` is compared with his usual quarter (of the twelve months before) and, where he
    bought then, with the same quarter a year ago, so that no season is taken for a fall: it must be clearly below
    the lower of the two.
    """
    if client.first_order is None:
        return None
    first = calendar.month_of(client.first_order)
    before = calendar.add(last, -FALL_MONTHS)
    usual = [
        client.months.get(month, _NOTHING) for month in calendar.ending(before, FALL_BASE_MONTHS) if month >= first
    ]
    if len(usual) < FALL_MONTHS or sum(figures.orders for figures in usual) < FALL_LEAST_ORDERS:
        return None
    turnover = [figures.turnover for figures in usual]
    base = divided(sum(turnover) * FALL_MONTHS, len(turnover))
    year_ago = calendar.ending(calendar.add(last, -12), FALL_MONTHS)
    if first <= year_ago[0]:
        base = min(base, sum(client.months.get(month, _NOTHING).turnover for month in year_ago))
    if base <= 0:
        return None
    now = sum(client.months.get(month, _NOTHING).turnover for month in calendar.ending(last, FALL_MONTHS))
    lost = min(divided(100 * (base - now), base), 100)
    if lost < FALL_PER_CENT or base - now < FALL_DEVIATIONS * math.sqrt(FALL_MONTHS) * _deviation(turnover):
        return None
    return lost, divided(base - now, FALL_MONTHS)


def _deviation(values: Sequence[int]) -> float:
    """The sample standard deviation; the standard library's is exact, and a hundred times as slow."""
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
