"""Months as whole numbers yyyymm (202610 is October 2026): readable in the base, cheap to index."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from crmdesk.system.errors import UsageError

Month = int


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return day.year * 100 + day.month


def add(month: Month, count: int) -> Month:
    """The month `count` months later (earlier when negative)."""
    index = month // 100 * 12 + month % 100 - 1 + count
    return index // 12 * 100 + index % 12 + 1


def between(first: Month, last: Month) -> int:
    """How many months from `first` to `last`: 0 for the same month."""
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100


@lru_cache(maxsize=1024)
def ending(last: Month, count: int) -> tuple[Month, ...]:
    """`count` months, the last of them `last`, oldest first."""
    return tuple(add(last, i - count + 1) for i in range(count))


@lru_cache(maxsize=1024)
def following(last: Month, count: int) -> tuple[Month, ...]:
    """The `count` months after `last`."""
    return tuple(add(last, i + 1) for i in range(count))


@lru_cache(maxsize=1024)
def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month // 100, month % 100, 1)


@lru_cache(maxsize=1024)
def last_day(month: Month) -> date:
    """The last day of a month."""
    return date.fromordinal(first_day(add(month, 1)).toordinal() - 1)


def iso(month: Month) -> str:
    """2026-10, as files and scripts write it."""
    return f"{month // 100:04d}-{month % 100:02d}"


def parse_iso(text: str) -> Month:
    """2026-10 → 202610. Raises ValueError for anything else."""
    year, _, month = text.partition("-")
    if len(year) != 4 or len(month) != 2 or not 1 <= int(month) <= 12:
        raise ValueError(text)
    return int(year) * 100 + int(month)


def check_month(month: Month) -> None:
    """Raises UsageError("not_a_month") unless it is a yyyymm that exists."""
    if not (1 <= month % 100 <= 12 and 1 <= month // 100 <= 9999):
        raise UsageError("not_a_month", month=month)
