"""Who is unplanned: norms in days, grave silences, reprints, the order of the list."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import unplanned
from crmdesk.domain.lists import Importance
from crmdesk.domain.unplanned import Lack, Rail, Unplanned

TODAY = date(2026, 11, 26)


def row(lack: Lack = Lack.VISIT, days: int | None = 31, **values: object) -> Unplanned:
    usual = {"client_id": 1, "client": "Днепр", "importance": "regular", "norm_days": 30}
    return Unplanned(lack=lack, days=days, **{**usual, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(("norm", "days"), [(0, 0), (1, 30), (2, 15), (4, 8), (30, 1), (60, 1)])
def test_that_a_norm_of_so_many_a_month_is_so_many_days(norm: int, days: int) -> None:
    assert unplanned.norm_days(norm) == days


@given(st.integers(1, 40), st.integers(0, 90))
def test_that_a_contact_lacks_from_the_norms_day_on(norm: int, silent: int) -> None:
    last = TODAY - timedelta(days=silent)
    assert unplanned.is_lacking(last, None, norm, TODAY) == (silent >= unplanned.norm_days(norm))


def test_that_a_new_client_is_given_the_norms_time_and_one_without_a_norm_all_of_it() -> None:
    assert not unplanned.is_lacking(None, TODAY - timedelta(days=29), 1, TODAY)
    assert unplanned.is_lacking(None, TODAY - timedelta(days=30), 1, TODAY)
    assert unplanned.is_lacking(None, None, 1, TODAY)
    assert not unplanned.is_lacking(None, None, 0, TODAY)


@pytest.mark.parametrize(("days", "grave"), [(33, False), (37, False), (38, True), (47, True), (None, False)])
def test_that_a_silence_a_quarter_over_the_norm_is_grave(days: int | None, grave: bool) -> None:
    assert row(days=days).is_grave is grave


def test_that_a_reprint_goes_by_the_clients_own_gap_and_else_by_the_products() -> None:
    first, last = date(2026, 5, 1), date(2026, 9, 28)
    assert unplanned.reprint_due(first, last, 3, 365) == last + timedelta(days=75)
    assert unplanned.reprint_due(first, last, 2, 90) == last + timedelta(days=90)
    assert unplanned.reprint_due(first, last, 2, None) is None
    assert unplanned.reprint_due(last - timedelta(days=60), last, 3, 365) is None  # a monthly buyer is on the phone


@given(st.integers(-40, 40))
def test_that_a_reprint_is_told_three_weeks_ahead_and_a_week_after(days: int) -> None:
    assert unplanned.is_due_soon(TODAY + timedelta(days=days), TODAY) == (-7 <= days <= 21)


def test_that_the_most_important_stand_first_then_the_longest_silence() -> None:
    vip = row(client_id=2, days=31, importance=Importance.VIP)
    long, never = row(client_id=3, days=90), row(client_id=4, days=None)
    soon, later = row(Lack.REPRINT, 2, client_id=5), row(Lack.REPRINT, 9, client_id=6)
    assert unplanned.in_order([later, never, soon, long, vip]) == (vip, long, never, soon, later)


def test_that_the_top_takes_so_many_of_each_group_and_the_rest_is_counted() -> None:
    rail = Rail(
        clients=unplanned.in_order([row(lack, 31, client_id=n) for n in range(4) for lack in Lack]),
        counts=dict.fromkeys(Lack, 4),
    )
    shown = unplanned.top(rail, {Lack.VISIT: 3, Lack.REPRINT: 1})
    assert [(one.lack, one.client_id) for one in shown] == [
        (Lack.VISIT, 0), (Lack.VISIT, 1), (Lack.VISIT, 2), (Lack.REPRINT, 0),
    ]  # fmt: skip
    assert rail.total - len(shown) == 8
