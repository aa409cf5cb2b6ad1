"""The base that leaks: when a client was new, lost and won back, month by month (domain.md 6).

Lost: the day on which his chance of not ordering crossed the office's threshold (`quiet.is_lost`). Won back: an order
after that. New: his first order. One client may be lost and won back several times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crmdesk.domain import months as calendar
from crmdesk.domain import quiet
from crmdesk.domain.money import per_cent
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import OfficeRhythm


class BaseChange(StrEnum):
    """What became of a client."""

    NEW = "new"
    LOST = "lost"
    WON_BACK = "won_back"


@dataclass(frozen=True, slots=True)
class BaseEvent:
    """One change of one client, on its day."""

    kind: BaseChange
    day: date


@dataclass(frozen=True, slots=True)
class BaseMonth:
    """How the base moved in a month: clients, not orders."""

    month: Month
    lost: int = 0
    won_back: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class BaseYear:
    """A year of the base. `share_lost`: how many per cent of those active when the year began were lost in it."""

    year: int
    months: tuple[BaseMonth, ...]
    active_at_start: int
    lost: int
    won_back: int
    new: int
    share_lost: int | None


def lost_on(order_days: int, first: date, last: date, until: date, office: OfficeRhythm) -> date | None:
    """The day on which a client with these orders counts as lost, if the silence lasts to `until`; else None."""
    span, longest = (last - first).days, (until - last).days
    if not quiet.is_lost(order_days, span, longest, office):
        return None
    low, high = office.lost_days - 1, longest
    while high - low > 1:
        middle = (low + high) // 2
        if quiet.is_lost(order_days, span, middle, office):
            high = middle
        else:
            low = middle
    return last + timedelta(days=high)


def events(
    days: Sequence[date],
    today: date,
    office: OfficeRhythm,
    *,
    since: date = date.min,
    before: date = date.max,
    first: date | None = None,
    earlier: int = 0,
) -> list[BaseEvent]:
    """What became of one client from `since` to the day before `before`, and not after `today`, oldest first.

    `days` are his distinct order days in order. They may begin with the last one before `since`: then `first` is his
    first order day of all, and `earlier` how many order days are left out.
    """
    found: list[BaseEvent] = []
    if not days:
        return found
    began = days[0] if first is None else first
    for place, day in enumerate(days):
        if day > today or day >= before:
            break
        if day == began:
            found.append(BaseEvent(BaseChange.NEW, day))
        following = days[place + 1] if place + 1 < len(days) and days[place + 1] <= today else None
        if following is not None and following < since:
            continue  # whatever became of him in this silence was over before
        until = today if following is None else following - timedelta(days=1)
        lost = lost_on(earlier + place + 1, began, day, until, office)
        if lost is not None:
            found.append(BaseEvent(BaseChange.LOST, lost))
            if following is not None:
                found.append(BaseEvent(BaseChange.WON_BACK, following))
    return [event for event in found if since <= event.day < before]


def may_have_returned(order_months: Sequence[Month], first_order: date, shown: Sequence[Month]) -> bool:
    """Whether a client may have been lost and won back around the shown months, judged by his months with orders.

    `order_months` are sorted and may reach back only some years. True whenever an order ended a silence of two
    months or more: a whole month without an order lies in it. For choosing whose order days must be looked at.
    """
    before: Month | None = None
    began = calendar.month_of(first_order)
    for month in order_months:
        previous = before if before is not None else began
        if month >= shown[0] and calendar.between(previous, month) >= 2:
            return True
        before = month
    return False


def count(found: Iterable[BaseEvent], months: Sequence[Month]) -> tuple[BaseMonth, ...]:
    """Lost, won back and new clients of each of the months."""
    counts = {month: dict.fromkeys(BaseChange, 0) for month in months}
    for event in found:
        month = calendar.month_of(event.day)
        if month in counts:
            counts[month][event.kind] += 1
    return tuple(
        BaseMonth(month, kinds[BaseChange.LOST], kinds[BaseChange.WON_BACK], kinds[BaseChange.NEW])
        for month, kinds in counts.items()
    )


def year(histories: Iterable[Sequence[date]], wanted: int, today: date, office: OfficeRhythm) -> BaseYear:
    """How the base moved in a year, from every client's order days; months after `today` are not there yet."""
    start = date(wanted, 1, 1)
    months = [m for m in calendar.following((wanted - 1) * 100 + 12, 12) if calendar.first_day(m) <= today]
    active = lost_of_active = 0
    of_year: list[BaseEvent] = []
    for days in histories:
        found = events(days, today, office)
        before = [event for event in found if event.day < start]
        here = [event for event in found if event.day.year == wanted]
        of_year += here
        if before and before[-1].kind is not BaseChange.LOST:
            active += 1
            lost_of_active += any(event.kind is BaseChange.LOST for event in here)
    counted = count(of_year, months)
    return BaseYear(
        year=wanted,
        months=counted,
        active_at_start=active,
        lost=sum(month.lost for month in counted),
        won_back=sum(month.won_back for month in counted),
        new=sum(month.new for month in counted),
        share_lost=per_cent(lost_of_active, active),
    )
