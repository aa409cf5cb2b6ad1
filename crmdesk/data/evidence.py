"""The records behind a figure: what the derived rows were counted from, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from crmdesk.data import tables
from crmdesk.data.figures import gross_profit_of, sale_clause
from crmdesk.data.interactions import mailing_clause, successful_call_clause, visit_clause
from crmdesk.data.tasks import kept_clause, open_clause, overdue_clause, owed_clause
from crmdesk.domain import completeness
from crmdesk.domain import months as calendar
from crmdesk.domain.coming import birthdays
from crmdesk.domain.evidence import Evidence, EvidenceKind
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import ClientFacts, Factor

RESUME_WORDS = 300  # characters of a résumé that a list shows

_client, _order, _line = tables.Client, tables.Order, tables.OrderLine
_product, _group, _contact, _task = tables.Product, tables.ProductGroup, tables.Interaction, tables.Task
_person, _potential, _plan, _month = tables.Person, tables.Potential, tables.SalesPlan, tables.ClientMonth

CONTACT_CLAUSES = {
    Factor.CALLS: successful_call_clause(),
    Factor.VISITS: visit_clause(),
    Factor.MAILINGS: mailing_clause(),
}


def _days(column: Any, months: Sequence[Month]) -> Any:
    return column.between(calendar.first_day(months[0]), calendar.last_day(months[-1]))


def _records(connection: Connection, statement: Any, kind: EvidenceKind) -> list[Evidence]:
    """Rows whose columns are named like the fields of Evidence."""
    return [Evidence(kind, **row._mapping) for row in connection.execute(statement)]


def orders(
    connection: Connection, client_id: int, months: Sequence[Month], *, profit: bool = False, returns: bool = True
) -> list[Evidence]:
    """The sold orders of the months: what turnover, gross profit and the number of orders are made of."""
    statement = (
        select(
            _order.id,
            _order.day,
            _order.number.label("words"),
            (gross_profit_of() if profit else _order.total).label("amount"),
        )
        .where(_order.client_id == client_id, sale_clause(), _days(_order.day, months))
        .order_by(_order.day.desc(), _order.id.desc())
    )
    if not returns:
        statement = statement.where(_order.total > 0)
    return _records(connection, statement, EvidenceKind.ORDER)


def products(connection: Connection, client_id: int, months: Sequence[Month]) -> list[Evidence]:
    """The SKUs bought in the months: those that one of the months counts, amounts and quantities net."""
    bought = tables.ClientMonthProduct
    counted = select(bought.product_id).where(
        bought.client_id == client_id, bought.month.between(months[0], months[-1])
    )
    statement = (
        select(
            _product.id,
            func.max(_order.day).label("day"),
            _product.name.label("words"),
            func.sum(_line.amount).label("amount"),
            func.sum(_line.quantity).label("quantity"),
        )
        .join(_line, _line.order_id == _order.id)
        .join(_product, _product.id == _line.product_id)
        .where(_order.client_id == client_id, sale_clause(), _days(_order.day, months), _product.id.in_(counted))
        .group_by(_product.id, _product.name)
        .order_by(func.sum(_line.amount).desc(), _product.id)
    )
    return [
        Evidence(EvidenceKind.PRODUCT, row.id, row.day, row.words, int(row.amount), int(row.quantity))
        for row in connection.execute(statement)
    ]


def important_lines(connection: Connection, client_id: int, months: Sequence[Month]) -> list[Evidence]:
    """The order lines of important product groups."""
    statement = (
        select(
            _order.id,
            _order.day,
            func.coalesce(_product.name, _line.words).label("words"),
            _line.amount,
            _line.quantity,
        )
        .join(_line, _line.order_id == _order.id)
        .join(_product, _product.id == _line.product_id)
        .join(_group, and_(_group.id == _product.group_id, _group.important))
        .where(_order.client_id == client_id, sale_clause(), _days(_order.day, months))
        .order_by(_order.day.desc(), _order.id.desc(), _line.line)
    )
    return _records(connection, statement, EvidenceKind.LINE)


def contacts(
    connection: Connection, client_id: int, factor: Factor, months: Sequence[Month], *, last: int | None = None
) -> list[Evidence]:
    """The calls, visits or mailings of the months; with `last` only so many, whenever they were."""
    statement = (
        select(
            _contact.id,
            _contact.day,
            func.substr(_contact.resume, 1, RESUME_WORDS).label("words"),
            _contact.kind.label("note"),
        )
        .where(_contact.client_id == client_id, _contact.archived_at.is_(None), CONTACT_CLAUSES[factor])
        .order_by(_contact.day.desc(), _contact.id.desc())
    )
    statement = statement.where(_days(_contact.day, months)) if last is None else statement.limit(last)
    return _records(connection, statement, EvidenceKind.INTERACTION)


def promises(connection: Connection, client_id: int, months: Sequence[Month], today: date) -> list[Evidence]:
    """The promises that fell due in the months, each kept, late or still open."""
    statement = select(_task).where(_task.client_id == client_id, owed_clause(), _days(_task.due_day, months))
    return _promises(connection, statement, today)


def late_promises(connection: Connection, client_id: int, today: date) -> list[Evidence]:
    """The open promises whose day is over."""
    statement = select(_task).where(_task.client_id == client_id, _task.promise, overdue_clause(today))
    return _promises(connection, statement, today)


def managers_promises(connection: Connection, manager_id: int, months: Sequence[Month], today: date) -> list[Evidence]:
    """The manager's promises that fell due in the months up to today."""
    statement = select(_task).where(
        _task.manager_id == manager_id, owed_clause(), _days(_task.due_day, months), _task.due_day <= today
    )
    return _promises(connection, statement, today)


def _promises(connection: Connection, statement: Any, today: date) -> list[Evidence]:
    rows = connection.execute(
        statement.outerjoin(_client, _client.id == _task.client_id)
        .with_only_columns(
            _task.id,
            _task.due_day,
            _task.done_day,
            _task.title,
            _task.client_id,
            _client.name,
            kept_clause().label("kept"),
        )
        .order_by(_task.due_day.desc(), _task.id.desc())
    )
    return [
        Evidence(
            EvidenceKind.PROMISE,
            row.id,
            row.due_day,
            row.title,
            note="kept" if row.kept else "late" if row.done_day or row.due_day < today else "open",
            client_id=row.client_id or 0,
            client=row.name or "",
        )
        for row in rows
    ]


def coming(connection: Connection, client_id: int, months: Sequence[Month]) -> list[Evidence]:
    """What is open in the coming months, birthdays included, by day."""
    found = _records(
        connection,
        select(_task.id, _task.due_day.label("day"), _task.title.label("words"), _task.kind.label("note")).where(
            _task.client_id == client_id, open_clause(), _days(_task.due_day, months)
        ),
        EvidenceKind.TASK,
    )
    people = connection.execute(
        select(_person.id, _person.surname, _person.given_name, _person.birth_month, _person.birth_day).where(
            _person.client_id == client_id, _person.archived_at.is_(None), _person.birth_month.is_not(None)
        )
    )
    for person in people:
        for day in birthdays(person.birth_month, person.birth_day or 0, months):
            words = f"{person.surname} {person.given_name}".strip()
            found.append(Evidence(EvidenceKind.PERSON, person.id, day, words))
    return sorted(found, key=lambda one: (one.day or date.max, one.kind, one.id))


def potentials(connection: Connection, client_id: int) -> list[Evidence]:
    """The estimates of what the client could spend a month, newest first."""
    statement = (
        select(
            _potential.id,
            _potential.on_day.label("day"),
            func.coalesce(_group.name, "").label("words"),
            _potential.monthly.label("amount"),
        )
        .outerjoin(_group, _group.id == _potential.group_id)
        .where(_potential.client_id == client_id, _potential.archived_at.is_(None))
        .order_by(_potential.on_day.desc(), _potential.id.desc())
    )
    return _records(connection, statement, EvidenceKind.POTENTIAL)


def goal_kind(connection: Connection, client_id: int) -> GoalKind | None:
    """What the client's goal is about."""
    kind = connection.scalar(select(_client.goal_kind).where(_client.id == client_id))
    return GoalKind(kind) if kind else None


def behind_factor(
    connection: Connection, client_id: int, factor: Factor, shown: Sequence[Month], today: date
) -> list[Evidence]:
    """The records behind a factor's figure of the months."""
    match factor:
        case Factor.TURNOVER:
            return orders(connection, client_id, shown)
        case Factor.GROSS_PROFIT:
            return orders(connection, client_id, shown, profit=True)
        case Factor.ORDERS:
            return orders(connection, client_id, shown, returns=False)
        case Factor.IMPORTANT_PRODUCTS:
            return important_lines(connection, client_id, shown)
        case Factor.SKUS:
            return products(connection, client_id, shown)
        case Factor.PROMISES_KEPT:
            return promises(connection, client_id, shown, today)
        case Factor.CALLS | Factor.VISITS | Factor.MAILINGS:
            return contacts(connection, client_id, factor, shown)


# ---- the figures above and below the rows -------------------------------------------------------------


def overdue_tasks(connection: Connection, manager_id: int, today: date) -> list[Evidence]:
    """The manager's open tasks whose day is over, the oldest first."""
    statement = (
        select(
            _task.id,
            _task.due_day.label("day"),
            _task.title.label("words"),
            _task.kind.label("note"),
            func.coalesce(_task.client_id, 0).label("client_id"),
            func.coalesce(_client.name, "").label("client"),
        )
        .outerjoin(_client, _client.id == _task.client_id)
        .where(_task.manager_id == manager_id, overdue_clause(today))
        .order_by(_task.due_day, _task.id)
    )
    return _records(connection, statement, EvidenceKind.TASK)


def turnover_by_client(
    connection: Connection, manager_id: int, months: Sequence[Month], *, tracked: bool | None
) -> list[Evidence]:
    """Each client's part of the manager's turnover; tracked ones, the others, or (None) all."""
    statement = (
        select(_client.id, _client.name, func.sum(_month.turnover).label("amount"))
        .join(_month, _month.client_id == _client.id)
        .where(
            _client.manager_id == manager_id,
            _client.archived_at.is_(None),
            _month.month.between(months[0], months[-1]),
            or_(_month.turnover != 0, _month.orders > 0),
        )
        .group_by(_client.id, _client.name, _client.sort_key)
        .order_by(func.sum(_month.turnover).desc(), _client.sort_key, _client.id)
    )
    if tracked is not None:
        statement = statement.where(_client.tracked.is_(tracked))
    return [
        Evidence(EvidenceKind.CLIENT, row.id, None, row.name, int(row.amount), None, "", row.id, row.name)
        for row in connection.execute(statement)
    ]


def managers_contacts(
    connection: Connection, manager_id: int, factor: Factor, months: Sequence[Month]
) -> list[Evidence]:
    """The calls or visits of the months at the manager's tracked clients."""
    statement = (
        select(
            _contact.id,
            _contact.day,
            func.substr(_contact.resume, 1, RESUME_WORDS).label("words"),
            _contact.kind.label("note"),
            _contact.client_id,
            _client.name.label("client"),
        )
        .join(_client, _client.id == _contact.client_id)
        .where(
            _client.manager_id == manager_id,
            _client.tracked,
            _client.archived_at.is_(None),
            _contact.archived_at.is_(None),
            CONTACT_CLAUSES[factor],
            _days(_contact.day, months),
        )
        .order_by(_contact.day.desc(), _contact.id.desc())
    )
    return _records(connection, statement, EvidenceKind.INTERACTION)


def plans(connection: Connection, manager_id: int, months: Sequence[Month]) -> list[Evidence]:
    """The sales plan of each of the months."""
    statement = (
        select(_plan.id, _plan.month, _plan.amount)
        .where(
            _plan.manager_id == manager_id,
            _plan.archived_at.is_(None),
            _plan.month.between(months[0], months[-1]),
        )
        .order_by(_plan.month)
    )
    return [
        Evidence(EvidenceKind.PLAN, row.id, calendar.first_day(row.month), amount=row.amount)
        for row in connection.execute(statement)
    ]


def gaps(clients: Sequence[ClientFacts]) -> list[Evidence]:
    """The mandatory facts that are missing, one record a fact."""
    return [
        Evidence(
            EvidenceKind.GAP, client.client_id, note=completeness.Gap(gap).value, client_id=client.client_id,
            client=client.name,
        )
        for client in clients
        for gap in client.gaps
    ]  # fmt: skip
