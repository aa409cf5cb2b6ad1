from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.backups import ALL_FOR, DAILY_FOR, MONTHLY_FOR, is_due, worth_keeping

NOW = datetime(2026, 11, 2, 9, 30)
ages = st.lists(st.timedeltas(timedelta(0), timedelta(days=900)), max_size=60)


def half_hourly(days: int) -> list[datetime]:
    """A backup every half hour for so many days."""
    return [NOW - timedelta(minutes=30 * i) for i in range(48 * days)]


def test_that_two_days_are_kept_whole() -> None:
    assert worth_keeping(half_hourly(2), NOW) == set(half_hourly(2))


def test_that_older_days_keep_their_last_one() -> None:
    kept = worth_keeping(half_hourly(20), NOW)
    older = [m for m in kept if NOW - m > ALL_FOR]
    assert len({m.date() for m in older}) == len(older)
    assert {(m.hour, m.minute) for m in older if m.date() < (NOW - ALL_FOR).date()} == {(23, 30)}


def test_that_two_years_of_backups_are_few() -> None:
    kept = worth_keeping(half_hourly(730), NOW)
    assert len([m for m in kept if NOW - m > DAILY_FOR]) in (11, 12)
    assert min(kept) >= NOW - MONTHLY_FOR
    assert len(kept) < 97 + 30 + 12


def test_that_the_only_backup_is_kept_however_old() -> None:
    old = datetime(2019, 1, 1)
    assert worth_keeping([old], NOW) == {old}
    assert worth_keeping([], NOW) == frozenset()


def test_that_a_backup_from_the_future_is_not_thrown_away() -> None:
    ahead = NOW + timedelta(days=3)
    assert worth_keeping([ahead, NOW], NOW) == {ahead, NOW}


@given(ages)
def test_that_thinning_again_throws_nothing_more_away(found: list[timedelta]) -> None:
    kept = worth_keeping([NOW - age for age in found], NOW)
    assert worth_keeping(kept, NOW) == kept


@given(ages, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_that_the_newest_survives_any_wait(found: list[timedelta], wait: timedelta) -> None:
    moments = [NOW - age for age in found]
    kept = worth_keeping(moments, NOW + wait)
    assert kept <= set(moments)
    if moments:
        assert max(moments) in kept


@given(ages)
def test_that_every_day_of_the_last_month_with_a_backup_has_one_left(found: list[timedelta]) -> None:
    moments = [NOW - age for age in found]
    kept = worth_keeping(moments, NOW)
    assert {m.date() for m in moments if NOW - m <= DAILY_FOR} == {m.date() for m in kept if NOW - m <= DAILY_FOR}


@pytest.mark.parametrize(
    ("changed", "age", "due"),
    [
        (False, None, False),
        (True, None, True),
        (True, 29, False),
        (True, 30, True),
        (False, 90, False),
        (True, -5, True),
    ],
)
def test_that_a_backup_is_due_half_an_hour_after_the_last_when_something_changed(
    changed: bool, age: int | None, due: bool
) -> None:
    verified_at = None if age is None else NOW - timedelta(minutes=age)
    assert is_due(changed=changed, verified_at=verified_at, now=NOW) is due
