"""Goals: what counts as reached, nearly reached, missed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.domain import goals
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.sheet import GoalResult, MonthFigures, Verdict
from tests.domain.sheet_facts import LAST, SHOWN, TODAY, buyer, client


# The lines of the drawn sheet: goal, fact, sign.
@pytest.mark.parametrize(
    ("kind", "target", "actual", "expected"),
    [
        (GoalKind.ORDER_EVERY_DAYS, 14, 61, Verdict.MISSED),
        (GoalKind.ORDER_EVERY_DAYS, 21, 20, Verdict.MET),
        (GoalKind.ORDER_EVERY_DAYS, 14, 15, Verdict.MISSED),
        (GoalKind.ORDER_EVERY_DAYS, 30, 31, Verdict.NEAR),
        (GoalKind.ORDER_EVERY_DAYS, 90, 91, Verdict.NEAR),
        (GoalKind.ORDER_EVERY_DAYS, 30, 30, Verdict.MET),
        (GoalKind.SKUS, 42, 40, Verdict.NEAR),
        (GoalKind.SKUS, 30, 12, Verdict.MISSED),
        (GoalKind.SKUS, 20, 21, Verdict.MET),
        (GoalKind.TURNOVER, 240, 238, Verdict.NEAR),
        (GoalKind.TURNOVER, 350, 328, Verdict.MISSED),
        (GoalKind.TURNOVER, 100, 95, Verdict.NEAR),
        (GoalKind.TURNOVER, 100, 89, Verdict.MISSED),
        (GoalKind.TURNOVER, 100, None, Verdict.MISSED),
    ],
)
def test_that_within_five_per_cent_is_nearly_met(
    kind: GoalKind, target: int, actual: int | None, expected: Verdict
) -> None:
    assert goals.verdict(kind, target, actual) is expected


def test_that_a_turnover_goal_is_judged_by_the_mean_of_three_months() -> None:
    facts = buyer(1, (298, 275, 256, 238, 276, 470), goal_kind=GoalKind.TURNOVER, goal_value=350)
    assert goals.result(facts, SHOWN, TODAY) == GoalResult(GoalKind.TURNOVER, 350, 328, Verdict.MISSED)
    assert goals.result(facts, SHOWN[-1:], TODAY) == GoalResult(GoalKind.TURNOVER, 350, 470, Verdict.MET)


def test_that_a_sku_goal_is_judged_by_the_last_month() -> None:
    facts = buyer(1, (1, 1, 1, 1, 1, 1), (49, 42, 45, 44, 44, 40), goal_kind=GoalKind.SKUS, goal_value=42)
    assert goals.result(facts, SHOWN, TODAY) == GoalResult(GoalKind.SKUS, 42, 40, Verdict.NEAR)


def every(goal: int, orders: int, *, first: date, silent: int) -> GoalResult | None:
    facts = client(
        1,
        months={LAST: MonthFigures(orders=orders)},
        order_days=orders,
        first_order=first,
        last_order=TODAY - timedelta(days=silent),
        goal_kind=GoalKind.ORDER_EVERY_DAYS,
        goal_value=goal,
    )
    return goals.result(facts, SHOWN, TODAY)


def test_that_regularity_is_the_days_of_the_period_an_order() -> None:
    # 1 May … 31 October are 184 days; 8 orders: every 23 days
    assert every(21, 8, first=date(2024, 1, 1), silent=5) == GoalResult(
        GoalKind.ORDER_EVERY_DAYS, 21, 23, Verdict.MISSED
    )
    # came on 3 September: 59 days up to the end of October, 4 orders: every 15 (14.75)
    assert every(15, 4, first=date(2026, 9, 3), silent=5) == GoalResult(GoalKind.ORDER_EVERY_DAYS, 15, 15, Verdict.MET)


def test_that_a_longer_silence_is_the_fact() -> None:
    assert every(14, 8, first=date(2024, 1, 1), silent=61) == GoalResult(
        GoalKind.ORDER_EVERY_DAYS, 14, 61, Verdict.MISSED
    )
    assert every(14, 0, first=date(2024, 1, 1), silent=400) == GoalResult(
        GoalKind.ORDER_EVERY_DAYS, 14, 400, Verdict.MISSED
    )


def test_that_an_order_in_the_future_is_no_negative_silence() -> None:
    found = every(14, 0, first=date(2026, 11, 9), silent=-7)
    assert found == GoalResult(GoalKind.ORDER_EVERY_DAYS, 14, 0, Verdict.MET)


def test_that_before_any_order_nothing_is_known_and_the_goal_is_missed() -> None:
    for kind in GoalKind:
        found = goals.result(client(1, goal_kind=kind, goal_value=5), SHOWN, TODAY)
        assert found == GoalResult(kind, 5, None, Verdict.MISSED)


def test_that_no_goal_has_no_result() -> None:
    assert goals.result(client(1), SHOWN, TODAY) is None
    assert goals.result(client(1, goal_kind=GoalKind.SKUS, goal_value=0), SHOWN, TODAY) is None
