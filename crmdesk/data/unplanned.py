"""Clients who lack a contact by their norm, or are to print again, and have no day for it. Rules: domain/unplanned.py.

Five statements, however many clients: who lacks a visit or a call (with the count of all of them), the tracked clients
and what they print, the segments' norms, the month's visits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
)

from crmdesk.data.dialects import among
from crmdesk.data.figures import sale_clause
from crmdesk.data.interactions import visit_clause
from crmdesk.data.ready import Ready
from crmdesk.data.tables import (
    ActionSegmentNorm,
    Client,
    ClientStat,
    Interaction,
    Order,
    OrderLine,
    Product,
    Task,
)
from crmdesk.data.tasks import open_clause
from crmdesk.domain import unplanned
from crmdesk.domain.lists import ActionSegment, TaskKind
from crmdesk.domain.unplanned import (
    DAYS_A_MONTH,
    HISTORY_DAYS,
    PLANNED_BY,
    RANKS,
    REPRINT_AHEAD,
    REPRINT_DAYS_KNOWN,
    Lack,
    PlanFact,
    Rail,
    Unplanned,
)

SHOWN = 200
"""How many of a group are read; how many there are is counted."""

_TODAY: Any = bindparam("today", type_=Integer())  # its ordinal: days are counted from it
_SINCE: Any = bindparam("since", type_=Task.due_day.type)
_UNTIL: Any = bindparam("until", type_=Task.due_day.type)
_FIRST: Any = bindparam("first", type_=Task.due_day.type)
_LAST: Any = bindparam("last", type_=Task.due_day.type)


def lacking_clause(last: Any, since: Any, norm: Any, today: Any) -> ColumnElement[bool]:
    """Twin of domain.unplanned.is_lacking; `today` is its ordinal."""
    begin = type_coerce(func.coalesce(last, since), Integer)
    return and_(norm > 0, or_(begin.is_(None), (today - begin) * norm >= DAYS_A_MONTH))


def planned_clause(lack: Lack, norm: Any, today: Any, task: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.unplanned.is_planned; `today` is its ordinal."""
    kinds: list[Any] = [literal_column(f"'{kind}'") for kind in sorted(PLANNED_BY[lack])]
    ahead = type_coerce(task.due_day, Integer) - today
    soon = ahead <= REPRINT_AHEAD if lack is Lack.REPRINT else ahead * norm <= DAYS_A_MONTH
    return and_(open_clause(task), task.kind.in_(kinds), soon)


def _planned(lack: Lack, norm: Any) -> ColumnElement[bool]:
    return exists(select(1).where(Task.client_id == Client.id, planned_clause(lack, norm, _TODAY)))


def _rank() -> Any:
    return case({key: literal_column(str(n)) for key, n in RANKS.items()}, value=Client.importance, else_=len(RANKS))


def _lacking(lack: Lack, segment: ActionSegment, last: Any, own: Any, usual: Any) -> Any:
    norm = func.coalesce(own, usual, 0)
    return (
        select(
            literal(str(lack), Text).label("lack"),
            Client.id.label("client_id"),
            Client.name.label("client"),
            Client.importance.label("importance"),
            func.coalesce(last, Client.since).label("begin"),
            norm.label("norm"),
            _rank().label("rank"),
        )
        .outerjoin(ClientStat, ClientStat.client_id == Client.id)
        .outerjoin(ActionSegmentNorm, ActionSegmentNorm.key == Client.action_segment)
        .where(
            Client.archived_at.is_(None),
            Client.action_segment == segment.value,
            lacking_clause(last, Client.since, norm, _TODAY),
            ~_planned(lack, norm),
        )
    )


def _latest(one: Any, other: Any) -> Any:
    """The later of two days, either of which may be missing."""
    return case((one.is_(None), other), (other.is_(None), one), (one > other, one), else_=other)


def _first_of_each(of_managers: bool) -> Ready:
    visits = _lacking(
        Lack.VISIT,
        ActionSegment.VVV,
        ClientStat.last_visit,
        Client.visits_norm,
        ActionSegmentNorm.visits,
    )
    calls = _lacking(
        Lack.CALL,
        ActionSegment.CCC,
        _latest(ClientStat.last_call, ClientStat.last_visit),
        Client.calls_norm,
        ActionSegmentNorm.calls,
    )
    if of_managers:
        visits, calls = (part.where(among(Client.manager_id)) for part in (visits, calls))
    both = visits.union_all(calls).subquery()
    order = (both.c.rank, both.c.begin.is_(None), both.c.begin, both.c.client, both.c.client_id)
    numbered = select(
        both,
        func.row_number().over(partition_by=both.c.lack, order_by=order).label("place"),
        func.count().over(partition_by=both.c.lack).label("total"),
    ).subquery()
    wanted = (numbered.c[n] for n in ("lack", "client_id", "client", "importance", "begin", "norm", "total"))
    return Ready(select(*wanted).where(numbered.c.place <= SHOWN))


_LACKING = {of_managers: _first_of_each(of_managers) for of_managers in (False, True)}


def _tracked(of_managers: bool) -> Ready:
    statement = select(Client.id, Client.name, Client.importance).where(
        Client.archived_at.is_(None),
        Client.tracked,
        Client.action_segment != ActionSegment.NONE.value,
        ~_planned(Lack.REPRINT, 0),
    )
    return Ready(statement.where(among(Client.manager_id)) if of_managers else statement)


_TRACKED = {of_managers: _tracked(of_managers) for of_managers in (False, True)}
_PRINTED = Ready(
    select(
        Order.client_id,
        Product.name.label("product"),
        Product.reprint_days,
        type_coerce(func.min(Order.day), Order.day.type).label("first"),
        type_coerce(func.max(Order.day), Order.day.type).label("last"),
        func.count(Order.day.distinct()).label("days"),
    )
    .select_from(Order)
    .join(OrderLine, OrderLine.order_id == Order.id)
    .join(Product, Product.id == OrderLine.product_id)
    .where(among(Order.client_id, "clients"), sale_clause(), Order.total > 0, Order.day.between(_SINCE, _UNTIL))
    .group_by(Order.client_id, Product.id, Product.name, Product.reprint_days)
    # nobody is due whose gap is unknown; the gap itself is the rule's
    .having(or_(func.count(Order.day.distinct()) >= REPRINT_DAYS_KNOWN, Product.reprint_days > 0))
)
_NORMS = Ready(select(ActionSegmentNorm.key, ActionSegmentNorm.visits, ActionSegmentNorm.calls))


def _visits(of_managers: bool) -> Ready:
    on_plan = select(func.count()).where(
        Task.kind == TaskKind.VISIT.value,
        Task.due_day.between(_FIRST, _LAST),
        Task.archived_at.is_(None),
        Task.released_at.is_(None),
    )
    done = select(func.count()).where(
        visit_clause(), Interaction.day.between(_FIRST, _LAST), Interaction.archived_at.is_(None)
    )
    if of_managers:
        on_plan = on_plan.where(among(Task.manager_id))
        done = done.where(among(Interaction.manager_id))
    return Ready(select(on_plan.scalar_subquery().label("planned"), done.scalar_subquery().label("done")))


_VISITS = {of_managers: _visits(of_managers) for of_managers in (False, True)}


def rail(
    connection: Connection, today: date, month: tuple[date, date], manager_ids: Sequence[int] | None = None
) -> Rail:
    """Who is unplanned, in order, at most SHOWN of a group; with the visits of a month (its first and last day)."""
    of = {} if manager_ids is None else {"ids": manager_ids}
    chosen = manager_ids is not None
    found: list[Unplanned] = []
    counts: dict[Lack, int] = {}
    for lack, client_id, client, importance, begin, norm, total in _LACKING[chosen].rows(
        connection, today=today.toordinal(), **of
    ):
        days = None if begin is None else (today - begin).days
        counts[Lack(lack)] = total
        found.append(Unplanned(client_id, client, Lack(lack), importance, days, unplanned.norm_days(norm)))
    reprints = _due(connection, today, chosen, of, {row.client_id for row in found})
    if reprints:
        counts[Lack.REPRINT] = len(reprints)
    norms = {key: (visits, calls) for key, visits, calls in _NORMS.rows(connection)}
    first, last = month
    planned, done = _VISITS[chosen].rows(connection, first=first, last=last, **of)[0]
    return Rail(
        clients=unplanned.in_order([*found, *unplanned.in_order(reprints)[:SHOWN]]),
        counts=counts,
        norm_days={
            Lack.VISIT: unplanned.norm_days(norms.get(ActionSegment.VVV, (0, 0))[0]),
            Lack.CALL: unplanned.norm_days(norms.get(ActionSegment.CCC, (0, 0))[1]),
        },
        plan=PlanFact(planned, done),
    )


def _due(connection: Connection, today: date, chosen: bool, of: dict[str, Any], told: set[int]) -> list[Unplanned]:
    """Of the tracked clients those whose product is due, each once, by the product due first; nobody twice."""
    since = date.fromordinal(max(1, today.toordinal() - HISTORY_DAYS))
    clients = {row[0]: row for row in _TRACKED[chosen].rows(connection, today=today.toordinal(), **of)}
    found: dict[int, Unplanned] = {}
    for client_id, product, usual, first, last, order_days in _PRINTED.rows(
        connection, clients=[one for one in clients if one not in told], since=since, until=today
    ):
        due = unplanned.reprint_due(first, last, order_days, usual)
        if due is None or not unplanned.is_due_soon(due, today):
            continue
        days = (due - today).days
        known = found.get(client_id)
        if known is None or (days, product) < (known.days or 0, known.product):
            gap = (due - last).days
            _, client, importance = clients[client_id]
            found[client_id] = Unplanned(client_id, client, Lack.REPRINT, importance, days, gap, product)
    return list(found.values())
