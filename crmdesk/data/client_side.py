"""Queries of what stands beside a client's timeline: orders in work, spending by product group, who referred him."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, bindparam, func, select
from sqlalchemy.orm import aliased

from crmdesk.data.figures import sale_clause
from crmdesk.data.orders import ORDER_COLUMNS
from crmdesk.data.ready import Ready
from crmdesk.data.tables import ActionSegmentNorm, Client, Order, OrderLine, Potential, Product, ProductGroup
from crmdesk.domain.client_side import LOST, SPENT_MONTHS, GroupSpending, Work
from crmdesk.domain.money import divided
from crmdesk.domain.orders import SOLD, OrderRow

MOST_WORK = 50  # orders in work that a card shows

_other = aliased(OrderLine)
_first_line = select(func.min(_other.line)).where(_other.order_id == Order.id).correlate(Order).scalar_subquery()
_count = select(func.count()).select_from(_other).where(_other.order_id == Order.id).correlate(Order).scalar_subquery()
_WORK = Ready(
    select(
        *ORDER_COLUMNS,
        OrderLine.words,
        _count,
    )
    .outerjoin(OrderLine, and_(OrderLine.order_id == Order.id, OrderLine.line == _first_line))
    .where(
        Order.client_id == bindparam("client"),
        Order.archived_at.is_(None),
        Order.stage != SOLD,
        Order.stage != LOST,
    )
    .order_by(Order.day.desc(), Order.id.desc())
    .limit(bindparam("limit"))
)
_SPENT = Ready(
    select(Product.group_id, func.sum(OrderLine.amount))
    .select_from(Order)
    .join(OrderLine, OrderLine.order_id == Order.id)
    .outerjoin(Product, Product.id == OrderLine.product_id)
    .where(
        Order.client_id == bindparam("client"),
        Order.day >= bindparam("first"),
        Order.day < bindparam("after"),
        sale_clause(),
    )
    .group_by(Product.group_id)
)
_POTENTIAL = Ready(
    select(Potential.group_id, ProductGroup.key, ProductGroup.name, Potential.monthly)
    .outerjoin(ProductGroup, ProductGroup.id == Potential.group_id)
    .where(Potential.client_id == bindparam("client"), Potential.archived_at.is_(None))
    .order_by(Potential.on_day, Potential.id)
)
_NORMS = Ready(
    select(ActionSegmentNorm.key, ActionSegmentNorm.visits, ActionSegmentNorm.calls, ActionSegmentNorm.mailings)
)
_NAME = Ready(select(Client.name).where(Client.id == bindparam("client")))


def work(connection: Connection, client_id: int) -> tuple[Work, ...]:
    """The orders that are neither sold nor lost, newest first, each with its first line."""
    rows = _WORK.rows(connection, client=client_id, limit=MOST_WORK)
    return tuple(Work(OrderRow(*row[:9]), row[9] or "", row[10]) for row in rows)


def groups(connection: Connection, client_id: int, first: date, after: date) -> tuple[GroupSpending, ...]:
    """The newest potential of each group with what is spent a month there, whole months `first` … before `after`."""
    newest = {row[0]: row for row in _POTENTIAL.rows(connection, client=client_id)}
    if not newest:
        return ()
    spent = {row[0]: int(row[1]) for row in _SPENT.rows(connection, client=client_id, first=first, after=after)}
    whole = sum(spent.values())
    found = [
        GroupSpending(
            group_id,
            key,
            name or "",
            monthly,
            divided(whole if group_id is None else spent.get(group_id, 0), SPENT_MONTHS),
        )
        for group_id, key, name, monthly in newest.values()
    ]
    return tuple(sorted(found, key=lambda group: (-group.potential, group.name)))


def norms(connection: Connection) -> dict[str, tuple[int, int, int]]:
    """Visits, calls and mailings a month by action segment."""
    return {key: (visits, calls, mailings) for key, visits, calls, mailings in _NORMS.rows(connection)}


def name_of(connection: Connection, client_id: int | None) -> str:
    """A client's name, archived or not; "" for nobody."""
    row = _NAME.first(connection, client=client_id) if client_id else None
    return str(row[0]) if row else ""
