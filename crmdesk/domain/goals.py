"""The goal of a client and what became of it: computed, never typed (domain.md 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crmdesk.domain import months as calendar
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.money import divided
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import ClientFacts, GoalResult, MonthFigures, Verdict

NEAR_PER_CENT = 5  # so close to the goal counts as nearly met (SHEET.md, Columns)
TURNOVER_MONTHS = 3  # a turnover goal is judged by the mean of so many last months: one month is too noisy

_NOTHING = MonthFigures()


def result(client: ClientFacts, shown: Sequence[Month], today: date) -> GoalResult | None:
    """How the client's goal stands over the shown months; None without a goal. Units as GoalKind."""
    if client.goal_kind is None or client.goal_value <= 0:
        return None
    actual = _actual(client, shown, today)
    return GoalResult(client.goal_kind, client.goal_value, actual, verdict(client.goal_kind, client.goal_value, actual))


def verdict(kind: GoalKind, target: int, actual: int | None) -> Verdict:
    """MET, NEAR within 5 % of the target, or MISSED; days are to stay under the target, the rest above it."""
    if actual is None:
        return Verdict.MISSED
    if kind is GoalKind.ORDER_EVERY_DAYS:
        met, near = actual <= target, 100 * actual <= (100 + NEAR_PER_CENT) * target
    else:
        met, near = actual >= target, 100 * actual >= (100 - NEAR_PER_CENT) * target
    return Verdict.MET if met else Verdict.NEAR if near else Verdict.MISSED


def _actual(client: ClientFacts, shown: Sequence[Month], today: date) -> int | None:
    if client.goal_kind is GoalKind.ORDER_EVERY_DAYS:
        return _days_between_orders(client, shown, today)
    if client.first_order is None:
        return None
    if client.goal_kind is GoalKind.SKUS:
        return client.months.get(shown[-1], _NOTHING).skus
    last = shown[-TURNOVER_MONTHS:]
    return divided(sum(client.months.get(month, _NOTHING).turnover for month in last), len(last))


def _days_between_orders(client: ClientFacts, shown: Sequence[Month], today: date) -> int | None:
    """Days of the shown months an order, or the silence of today when that is longer; None before any order.

    A client who came within the period is judged from his first order on. A period without orders is all silence.
    """
    if client.first_order is None or client.last_order is None:
        return None
    silence = max((today - client.last_order).days, 0)
    start = max(calendar.first_day(shown[0]), client.first_order)
    end = min(calendar.last_day(shown[-1]), today)
    orders = sum(client.months.get(month, _NOTHING).orders for month in shown)
    if orders <= 0:
        return silence
    return max(divided(max((end - start).days + 1, 1), orders), silence)
