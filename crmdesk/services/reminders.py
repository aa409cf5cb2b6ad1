"""Reminding: what stands now, what was shown, put off and dismissed; the same on all computers of a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crmdesk.data import reminders
from crmdesk.domain.reminders import (
    Agenda,
    Preferences,
    Snooze,
    agenda,
    joined,
    next_morning,
    of_birthday,
    of_late,
    of_owed,
    of_task,
    put_off,
)
from crmdesk.services.office import Desk


def coming(desk: Desk, wanted: Preferences, now: datetime) -> Agenda:
    """My reminders at a moment (aware): what stands, what of it is new, when to look again. Four statements.

    `next_at` is not later than the next morning, when yesterday's tasks become overdue.
    """
    if not wanted.enabled:
        return Agenda()
    zone = ZoneInfo(desk.clock.zone)
    today = now.astimezone(zone).date()
    me = desk.me.id
    with desk.store.read() as connection:
        tasks = reminders.tasks_around(connection, me, today)
        late = reminders.late_count(connection, me, today)
        people = reminders.birthdays_around(connection, me, today) if wanted.birthdays else []
        occasions = [
            occasion
            for task in tasks
            for occasion in of_task(task, wanted, zone if task.zone in ("", zone.key) else ZoneInfo(task.zone))
        ]
        occasions += filter(None, (of_owed(task, today, wanted, zone) for task in tasks))
        occasions += filter(None, (of_birthday(person, today, wanted, zone) for person in people))
        whole = of_late(late, today, wanted, zone)
        keys = [occasion.key for occasion in occasions] + ([whole.key] if whole else [])
        answers = reminders.answers(connection, me, keys)
    found, overdue = agenda(occasions, answers, now, zone)
    rest = of_late(late - overdue.speaking, today, wanted, zone, missed=bool(overdue.missed))
    if rest is not None:
        found = joined(found, agenda([rest], answers, now, zone)[0])
    morning = next_morning(now, wanted, zone)
    next_at = morning if found.next_at is None else min(found.next_at, morning)
    return replace(found, next_at=next_at, along=overdue.missed)


def claim(desk: Desk, keys: Collection[str], now: datetime) -> set[str]:
    """Marks reminders as shown here; those of them that no other computer has shown meanwhile."""
    if not keys:
        return set()
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        return reminders.claim(writing, desk.me.id, keys, now)


def snooze(desk: Desk, keys: Collection[str], choice: Snooze, wanted: Preferences) -> datetime:
    """Puts reminders off; until when."""
    until = put_off(choice, desk.clock.now(), wanted, ZoneInfo(desk.clock.zone)).replace(microsecond=0)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        reminders.put(writing, desk.me.id, keys, snoozed_until=until, dismissed_at=None)
    return until


def dismiss(desk: Desk, keys: Collection[str]) -> None:
    """Never reminds of these occasions again; what they are about stays where it is."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        reminders.put(writing, desk.me.id, keys, dismissed_at=desk.clock.now(), snoozed_until=None)


def clock_error(desk: Desk) -> timedelta:
    """How far this computer's clock is ahead of the server's; nothing on SQLite, and while a rehearsal shifts it."""
    if desk.clock.offset:
        return timedelta()
    with desk.store.read(single=True) as connection:
        before = desk.clock.now()
        server = reminders.server_now(connection)
        after = desk.clock.now()
    return timedelta() if server is None else before + (after - before) / 2 - server
