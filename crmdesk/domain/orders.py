"""Orders: what counts as sold, and what is earned by it. SQL twins: data/figures.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crmdesk.system.errors import UserError

SOLD = "done"
"""The stage in which an order counts as a sale."""


def is_sale(stage: str, archived_at: datetime | None) -> bool:
    """Whether an order counts as sold. SQL twin: data.figures.sale_clause."""
    return stage == SOLD and archived_at is None


def gross_profit(total: int, cost: int | None, line_costs: Sequence[int | None]) -> int | None:
    """Total less cost, minor units: the order's own cost, else its lines' when each has one; None when unknown.

    SQL twin: data.figures.gross_profit_of, where unknown counts as 0.
    """
    if cost is None and line_costs and None not in line_costs:
        cost = sum(line_cost for line_cost in line_costs if line_cost is not None)
    return None if cost is None else total - cost


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order as a list or the chronicle shows it; money in minor units."""

    id: int
    client_id: int
    manager_id: int | None
    day: date
    number: str
    stage: str
    total: int
    cost: int | None
    version: int = 1


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of an order; quantity in thousandths, money in minor units."""

    line: int
    product_id: int | None
    words: str
    quantity: int
    amount: int
    cost: int | None = None


def checked_lines(lines: Sequence[LineRow]) -> tuple[int, int | None]:
    """Total and cost of an order by its lines; the cost is None when a line's is not known. Raises UserError."""
    if not lines:
        raise UserError("no_lines")
    costs = [line.cost for line in lines]
    known = [cost for cost in costs if cost is not None]
    return sum(line.amount for line in lines), sum(known) if len(known) == len(costs) else None
