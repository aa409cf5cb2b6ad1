"""Derived figures: a client's months, his SKUs, his history in one row; recomputed for the touched clients.

What counts (the sheet, doctor and the tests rely on it):

- Orders count when their stage is "done" and they are not archived; the month is that of the office day.
- turnover: the orders' totals, returns (negative totals) included. orders: those with a total above zero.
- gross_profit: total − cost where the cost is known: the order's own cost, else the sum of its lines' costs when
  every line has one. An order of unknown cost adds nothing. Twin: domain.orders.gross_profit.
- skus: products whose amounts, or whose quantities, of the month add up to more than zero.
- important: amounts of lines whose product belongs to an important group. Who changes a group's importance, or a
  product's group, recomputes all.
- calls, visits, mailings: data.interactions' clauses, archived interactions left out.
- promises_due, promises_kept: data.tasks' clauses, by the month of the due day.
- order days: days with an order above zero. gap_mean, gap_var: of the days between them (population variance).
- last_contact: data.interactions.contact_clause. next task: the open one due first, undated ones last.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    union_all,
)

from crmdesk.data import tables
from crmdesk.data.dialects import among, chunks, hold, month_of, together
from crmdesk.data.interactions import contact_clause, mailing_clause, successful_call_clause, visit_clause
from crmdesk.data.ready import Ready
from crmdesk.data.tables.base import Day
from crmdesk.data.tasks import kept_clause, open_clause, owed_clause
from crmdesk.domain.months import month_of as month_number

Only = Callable[[Any, Any, Any], list[ColumnElement[bool]]]
"""The clauses that keep a statement to what was touched: of a client column, and of a day or a month column or None."""

_MONTH_FIGURES = (
    "turnover",
    "gross_profit",
    "important",
    "skus",
    "orders",
    "calls",
    "visits",
    "mailings",
    "promises_kept",
    "promises_due",
)


def recompute(
    connection: Connection, client_ids: Collection[int], first: date = date.min, last: date = date.max
) -> None:
    """Brings the derived rows of these clients up to what their orders, interactions and tasks say.

    Months before that of `first` and after that of `last` are left as they are; `first` after `last` leaves all.
    """
    span = {
        "first": first.replace(day=1),
        "last": last.replace(day=monthrange(last.year, last.month)[1]),
        "first_month": month_number(first),
        "last_month": month_number(last),
    }
    for ids in chunks(client_ids):
        with together(connection):
            hold(connection, ids)
            if first <= last:
                for statement in _TOUCHED_MONTHS:
                    statement.run(connection, ids=ids, **span)
            for statement in _TOUCHED_STATS:
                statement.run(connection, ids=ids)


def recompute_all(connection: Connection) -> None:
    """The same for every client, in six statements: after bulk loads, and for the doctor."""
    hold(connection, None)
    for statement in _ALL:
        statement.run(connection)


def sale_clause(order: Any = tables.Order) -> ColumnElement[bool]:
    """Whether an order counts as sold. Twin of domain.orders.is_sale."""
    return and_(order.stage == "done", order.archived_at.is_(None))


def gross_profit_of(order: Any = tables.Order) -> ColumnElement[int]:
    """Gross profit of an order, 0 when its cost is not known. Twin of domain.orders.gross_profit."""
    line = tables.OrderLine
    lines_cost = (
        select(case((func.count() == func.count(line.cost), func.sum(line.cost))))
        .where(line.order_id == order.id)
        .correlate(order)
        .scalar_subquery()
    )
    return func.coalesce(order.total - func.coalesce(order.cost, lines_cost), 0)


def _products(only: Only) -> Any:
    order, line = tables.Order, tables.OrderLine
    month = month_of(order.day)
    return (
        select(order.client_id, month, line.product_id)
        .join(line, line.order_id == order.id)
        .where(sale_clause(), line.product_id.is_not(None), *only(order.client_id, order.day, None))
        .group_by(order.client_id, month, line.product_id)
        .having(or_(func.sum(line.amount) > 0, func.sum(line.quantity) > 0))
    )


def _source(client: Any, month: Any, **figures: Any) -> Any:
    values = [figures.get(name, literal_column("0")).label(name) for name in _MONTH_FIGURES]
    return select(client.label("client_id"), month.label("month"), *values).select_from(client.class_)


def _months(only: Only) -> Any:
    order, line, product, group = tables.Order, tables.OrderLine, tables.Product, tables.ProductGroup
    contact, task, bought = tables.Interaction, tables.Task, tables.ClientMonthProduct
    one: Any = literal_column("1")
    none: Any = literal_column("0")

    def counted(clause: ColumnElement[bool]) -> ColumnElement[int]:
        return case((clause, one), else_=none)

    sources = union_all(
        _source(
            order.client_id,
            month_of(order.day),
            turnover=order.total,
            gross_profit=gross_profit_of(),
            orders=counted(order.total > 0),
        ).where(sale_clause(), *only(order.client_id, order.day, None)),
        _source(order.client_id, month_of(order.day), important=line.amount)
        .join(line, line.order_id == order.id)
        .join(product, product.id == line.product_id)
        .join(group, and_(group.id == product.group_id, group.important))
        .where(sale_clause(), *only(order.client_id, order.day, None)),
        _source(bought.client_id, bought.month, skus=one).where(*only(bought.client_id, None, bought.month)),
        _source(
            contact.client_id,
            month_of(contact.day),
            calls=counted(successful_call_clause()),
            visits=counted(visit_clause()),
            mailings=counted(mailing_clause()),
        ).where(
            contact.archived_at.is_(None),
            or_(successful_call_clause(), visit_clause(), mailing_clause()),
            *only(contact.client_id, contact.day, None),
        ),
        _source(task.client_id, month_of(task.due_day), promises_kept=counted(kept_clause()), promises_due=one).where(
            owed_clause(), task.client_id.is_not(None), *only(task.client_id, task.due_day, None)
        ),
    ).subquery()
    return select(
        sources.c.client_id, sources.c.month, *(func.sum(sources.c[name]) for name in _MONTH_FIGURES)
    ).group_by(sources.c.client_id, sources.c.month)


def _stats(only: Only) -> Any:
    order, contact, task, client = tables.Order, tables.Interaction, tables.Task, tables.Client
    days = (
        select(order.client_id, order.day, func.max(case((order.total > 0, 1), else_=0)).label("sold"),
               func.sum(order.total).label("total"))
        .where(sale_clause(), *only(order.client_id, None, None))
        .group_by(order.client_id, order.day)
        .subquery()
    )  # fmt: skip
    sold = case((days.c.sold == 1, days.c.day))
    previous = func.lag(days.c.day).over(partition_by=(days.c.client_id, days.c.sold), order_by=days.c.day)
    spaced = select(
        days.c.client_id,
        days.c.total,
        sold.label("day"),
        case((days.c.sold == 1, days.c.day - previous)).label("gap"),
    ).subquery()
    sales = (
        select(
            spaced.c.client_id,
            func.count(spaced.c.day).label("order_days"),
            func.min(spaced.c.day).label("first_order"),
            func.max(spaced.c.day).label("last_order"),
            func.count(spaced.c.gap).label("gaps"),
            func.sum(spaced.c.gap).label("span"),
            func.sum(spaced.c.gap * spaced.c.gap).label("squares"),
            func.sum(spaced.c.total).label("turnover"),
        )
        .group_by(spaced.c.client_id)
        .subquery()
    )
    contacts = (
        select(
            contact.client_id,
            func.max(case((contact_clause(), contact.day))).label("last_contact"),
            func.max(case((successful_call_clause(), contact.day))).label("last_call"),
            func.max(case((visit_clause(), contact.day))).label("last_visit"),
        )
        .where(contact.archived_at.is_(None), *only(contact.client_id, None, None))
        .group_by(contact.client_id)
        .subquery()
    )
    waiting = (
        select(
            task.client_id,
            task.id,
            task.due_day,
            case((task.promise, task.due_day)).label("promised"),
            func.row_number()
            .over(partition_by=task.client_id, order_by=(task.due_day.asc().nulls_last(), task.id))
            .label("place"),
        )
        .where(open_clause(), task.client_id.is_not(None), *only(task.client_id, None, None))
        .subquery()
    )
    ahead = (
        select(
            waiting.c.client_id,
            func.max(case((waiting.c.place == 1, waiting.c.id))).label("next_task_id"),
            func.max(case((waiting.c.place == 1, waiting.c.due_day))).label("next_due"),
            func.min(waiting.c.promised).label("open_promise_due"),
        )
        .group_by(waiting.c.client_id)
        .subquery()
    )
    gaps = sales.c.gaps
    return (
        select(
            client.id,
            func.coalesce(sales.c.order_days, 0),
            sales.c.first_order,
            sales.c.last_order,
            case((gaps > 0, cast(sales.c.span, Float) / cast(gaps, Float))),
            # whole numbers until the one division: equal on both stores, and never below zero
            case((gaps > 0, cast(gaps * sales.c.squares - sales.c.span * sales.c.span, Float)
                  / cast(gaps * gaps, Float))),
            func.coalesce(sales.c.turnover, 0),
            contacts.c.last_contact,
            contacts.c.last_call,
            contacts.c.last_visit,
            ahead.c.next_task_id,
            ahead.c.next_due,
            ahead.c.open_promise_due,
        )
        .select_from(client)
        .outerjoin(sales, sales.c.client_id == client.id)
        .outerjoin(contacts, contacts.c.client_id == client.id)
        .outerjoin(ahead, ahead.c.client_id == client.id)
        .where(*only(client.id, None, None))
    )  # fmt: skip


def _cleared(table: Any, only: Only) -> Any:
    return delete(table).where(*only(table.client_id, None, getattr(table, "month", None)))


def _filled(table: Any, rows: Any) -> Any:
    names = [column.name for column in table.__table__.columns]
    return insert(table).from_select(names, rows, include_defaults=False)


def _statements(only: Only) -> tuple[Ready, ...]:
    """In their order: the SKUs of a month are counted from its products."""
    statements = (
        _cleared(tables.ClientMonthProduct, only),
        _cleared(tables.ClientMonth, only),
        _filled(tables.ClientMonthProduct, _products(only)),
        _filled(tables.ClientMonth, _months(only)),
        _cleared(tables.ClientStat, only),
        _filled(tables.ClientStat, _stats(only)),
    )
    return tuple(Ready(statement) for statement in statements)


def _touched(client: Any, day: Any, month: Any) -> list[ColumnElement[bool]]:
    clauses: list[Any] = [among(client)]
    if day is not None:
        clauses.append(day.between(bindparam("first", type_=Day()), bindparam("last", type_=Day())))
    if month is not None:
        clauses.append(month.between(bindparam("first_month"), bindparam("last_month")))
    return clauses


_TOUCHED = _statements(_touched)
_TOUCHED_MONTHS, _TOUCHED_STATS = _TOUCHED[:4], _TOUCHED[4:]
_ALL = _statements(lambda client, day, month: [])
