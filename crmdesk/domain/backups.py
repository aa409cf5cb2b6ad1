"""Which backups are worth their room: every one of 48 hours, one a day of 30 days, one a month of 12 months."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

INTERVAL = timedelta(minutes=30)  # between two scheduled backups of an office that changes
ALL_FOR = timedelta(hours=48)
DAILY_FOR = timedelta(days=30)
MONTHLY_FOR = timedelta(days=366)


def worth_keeping(moments: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The moments whose backups are kept; always the newest, and whatever claims to come from the future.

    A day and a month are represented by their last backup. All moments naive or all aware, as `now`.
    """
    kept: set[datetime] = set()
    days: set[tuple[int, ...]] = set()
    months: set[tuple[int, ...]] = set()
    for moment in sorted(set(moments), reverse=True):
        age = now - moment
        day, month = (moment.year, moment.month, moment.day), (moment.year, moment.month)
        newest = not kept
        fresh = age <= ALL_FOR
        last_of_day = age <= DAILY_FOR and day not in days
        last_of_month = age <= MONTHLY_FOR and month not in months
        if newest or fresh or last_of_day or last_of_month:
            kept.add(moment)
            days.add(day)
            months.add(month)
    return frozenset(kept)


def is_due(*, changed: bool, verified_at: datetime | None, now: datetime) -> bool:
    """Whether it is time for a scheduled backup: something changed, and the last good copy is half an hour old."""
    return changed and (verified_at is None or not timedelta(0) <= now - verified_at < INTERVAL)
