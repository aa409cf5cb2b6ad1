"""What is ahead for a client: tasks, promises and birthdays by month, what must not be forgotten first."""

from __future__ import annotations

import calendar as stdlib_calendar
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from crmdesk.domain import months as calendar
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import ClientFacts, Coming

BIRTHDAY = "birthday"
PERSONAL = frozenset({ActionSegment.VVV, ActionSegment.CCC})  # who must not be left without any action


def birthday_in(year: int, month: int, day: int) -> date:
    """The day a birthday is greeted on: 29 February is greeted on the 28th in common years."""
    if month == 2 and day == 29 and not stdlib_calendar.isleap(year):
        day = 28
    return date(year, month, day)


def birthday_pairs(first: date, days: int) -> list[tuple[int, int]]:
    """The (month, day) pairs of birthdays celebrated on so many days from `first`; always `days` + 1 of them.

    29 February is celebrated on the 28th in other years, so it is asked for with it; else a pair stands twice.
    """
    found = [first + timedelta(days=n) for n in range(days)]
    pairs = [(day.month, day.day) for day in found]
    return [*pairs, (2, 29) if (2, 28) in pairs else pairs[-1]]


def birthdays(born_month: int, born_day: int, ahead: Sequence[Month]) -> list[date]:
    """The days among the coming months on which a birthday falls; a day that cannot exist gives none."""
    found = []
    for month in ahead:
        if month % 100 == born_month:
            try:
                found.append(birthday_in(month // 100, born_month, born_day))
            except ValueError:
                continue
    return found


def by_month(items: Iterable[Coming], ahead: Sequence[Month]) -> tuple[tuple[Coming, ...], ...]:
    """The items of each coming month; routine contacts last, promises first, then by day."""
    found: dict[Month, list[Coming]] = {month: [] for month in ahead}
    for item in items:
        month = calendar.month_of(item.day)
        if month in found:
            found[month].append(item)
    return tuple(tuple(sorted(found[month], key=_order)) for month in ahead)


def empty_months(
    client: ClientFacts, plan: Sequence[Sequence[Coming]], ahead: Sequence[Month], today: date
) -> tuple[bool, ...]:
    """Which coming months of a VVV or CCC client hold no action: a breach, not a blank (SHEET.md, principle 5).

    A month that is over is history, not a plan; the current one is not empty once a visit or call was made in it.
    """
    now = calendar.month_of(today)
    return tuple(
        client.action_segment in PERSONAL
        and not items
        and month >= now
        and not (month == now and _contacted(client, month))
        for month, items in zip(ahead, plan, strict=True)
    )


def _contacted(client: ClientFacts, month: Month) -> bool:
    figures = client.months.get(month)
    return figures is not None and (figures.visits > 0 or figures.calls > 0)


def _order(item: Coming) -> tuple[bool, bool, date, str, str, int]:
    return (item.routine, not item.promise, item.day, item.kind, item.words, item.source_id)
