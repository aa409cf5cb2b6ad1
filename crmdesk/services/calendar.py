"""The calendar: what lies on some days, what was left undone, and how that could be spread over the coming days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from crmdesk.data import calendar, settings
from crmdesk.domain.calendar import CalendarPage, DayCount, Days, Entry, task_of
from crmdesk.domain.load import CAPACITY, CAPACITY_KEY, spread
from crmdesk.domain.tasks import Move
from crmdesk.services import holidays
from crmdesk.services.office import Desk

SPREAD_DAYS = 5  # working days over which the late ones are spread, today among them
FAR_ENOUGH = 21  # days among which so many working days are found, whatever the holidays


def counts(desk: Desk, days: Days, managers: Sequence[int] | None) -> dict[date, DayCount]:
    """Tasks of each day that has any; of some managers, or (None) of everybody. The quick half of `page`."""
    with desk.store.read(single=True) as connection:
        return calendar.counts(connection, days, managers)


def entries(desk: Desk, days: Days, managers: Sequence[int] | None) -> tuple[Entry, ...]:
    """Tasks open and done, contacts that took place and birthdays of these days (at most 42), in order."""
    with desk.store.read() as connection:
        return calendar.entries(connection, days, managers, desk.clock.zone)


def page(desk: Desk, days: Days, managers: Sequence[int] | None) -> CalendarPage:
    """Everything a calendar shows of these days (at most 42), in at most eight statements."""
    with desk.store.read() as connection:
        found = calendar.entries(connection, days, managers, desk.clock.zone)
        late, late_count = calendar.late(connection, desk.clock.today(), managers)
        norm = int(settings.all_settings(connection).get(CAPACITY_KEY) or CAPACITY)
    off = holidays.days_off(desk.office.country, days.first, days.last)
    greeted = holidays.professional(desk.office.country, days.first, days.last)
    return CalendarPage(days, found, late, late_count, norm, off, greeted)


def plan_late(desk: Desk, managers: Sequence[int] | None) -> list[tuple[Entry, Move]]:
    """Where what was left undone would lie if it were spread over the next working days; nothing is written.

    Each manager's work is spread over his own days.
    At most domain.calendar.LATE_SHOWN of it, broken promises first: as much as the calendar shows.
    """
    today = desk.clock.today()
    days = holidays.working_days(desk.office.country, today, today + timedelta(FAR_ENOUGH))[:SPREAD_DAYS]
    found = page(desk, Days(days[0], days[-1]), managers)
    late: dict[int | None, list[Entry]] = {}
    for entry in found.late:
        late.setdefault(entry.manager_id, []).append(entry)
    plan = []
    for manager, theirs in late.items():
        loads = dict.fromkeys(days, 0)
        for entry in found.entries:
            if entry.day in loads and entry.manager_id == manager:
                loads[entry.day] += entry.minutes
        by_id = {entry.id: entry for entry in theirs}
        moves = spread([task_of(entry) for entry in theirs], days, found.norm, loads)
        plan += [(by_id[move.task_id], move) for move in moves]
    return plan
