"""Queries of the list of clients: ids in order, pages of lines, counts; the SQL twins of domain/client_list.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import aliased

from crmdesk.data import search
from crmdesk.data.dialects import among, hold
from crmdesk.data.figures import sale_clause
from crmdesk.data.ready import Ready
from crmdesk.data.tables import (
    ActionSegmentNorm,
    Client,
    ClientMonth,
    ClientMonthProduct,
    ClientStat,
    Order,
    OrderLine,
    Person,
    Product,
    Task,
    User,
)
from crmdesk.data.tasks import open_clause
from crmdesk.data.unplanned import planned_clause
from crmdesk.data.writing import Writing
from crmdesk.domain import client_list as rules
from crmdesk.domain import unplanned
from crmdesk.domain.card import RHYTHM_ORDERS, SILENT, STRIP_DAYS
from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.lists import ActionSegment, Stage
from crmdesk.domain.quiet import GOING_DAYS

PAGE = 200  # rows a page of a list


def _turnover(first: Any, last: Any) -> ColumnElement[int]:
    """The turnover of a client from month to month, NULL when there is none."""
    return (
        select(cast(func.sum(ClientMonth.turnover), BigInteger))  # a server's sum of whole numbers is a decimal one
        .where(ClientMonth.client_id == Client.id, ClientMonth.month.between(first, last))
        .correlate(Client)
        .scalar_subquery()
    )


def _kinds(first: Any, last: Any) -> ColumnElement[int]:
    """How many different SKUs a client bought from month to month."""
    bought = ClientMonthProduct
    return (
        select(func.count(distinct(bought.product_id)))
        .where(bought.client_id == Client.id, bought.month.between(first, last))
        .correlate(Client)
        .scalar_subquery()
    )


_VVV: Any = literal_column(f"'{ActionSegment.VVV.value}'")
_CCC: Any = literal_column(f"'{ActionSegment.CCC.value}'")
_FIRST, _LAST = bindparam("first", type_=Integer()), bindparam("last", type_=Integer())
_BEFORE, _UNTIL = bindparam("before", type_=Integer()), bindparam("until", type_=Integer())
_ROWS = Ready(
    select(
        Client.id,
        Client.name,
        Client.code,
        Client.city,
        Client.action_segment,
        Client.importance,
        Client.stage,
        Client.tracked,
        Client.manager_id,
        User.name.label("manager"),
        Client.version,
        case(
            (
                Client.action_segment == _VVV,
                func.coalesce(Client.visits_norm, ActionSegmentNorm.visits, 0),
            ),
            (
                Client.action_segment == _CCC,
                func.coalesce(Client.calls_norm, ActionSegmentNorm.calls, 0),
            ),
            else_=literal_column("0"),
        ).label("norm"),
        ClientStat.last_contact,
        func.coalesce(ClientStat.order_days, 0).label("order_days"),
        ClientStat.gap_mean,
        ClientStat.last_order,
        Task.id.label("task_id"),
        Task.kind.label("task_kind"),
        Task.title.label("task_title"),
        Task.promise.label("task_promise"),
        ClientStat.next_due,
        ClientStat.open_promise_due,
        _turnover(_FIRST, _LAST).label("turnover"),
        _turnover(_BEFORE, _UNTIL).label("turnover_before"),
        _kinds(_FIRST, _LAST).label("kinds"),
    )
    .outerjoin(ClientStat, ClientStat.client_id == Client.id)
    .outerjoin(User, User.id == Client.manager_id)
    .outerjoin(ActionSegmentNorm, ActionSegmentNorm.key == Client.action_segment)
    .outerjoin(Task, Task.id == ClientStat.next_task_id)
    .where(among(Client.id))
)
_TICKS = Ready(
    select(Order.client_id, Order.day)
    .where(
        among(Order.client_id), sale_clause(), Order.total > 0, Order.day >= bindparam("since", type_=Order.day.type)
    )
    .group_by(Order.client_id, Order.day)
    .order_by(Order.client_id, Order.day)
)


def rows(connection: Connection, ids: Sequence[int], today: date) -> tuple[ClientRow, ...]:
    """The lines of these clients (a page), in this order, by two statements; ids that are not there are left out."""
    shown, earlier = rules.months_shown(today), rules.months_before(today)
    found = {
        row[0]: row
        for row in _ROWS.rows(connection, ids=ids, first=shown[0], last=shown[-1], before=earlier[0], until=earlier[-1])
    }
    ticks: dict[int, list[Any]] = defaultdict(list)
    since = today - timedelta(days=STRIP_DAYS)
    for client_id, day in _TICKS.rows(connection, ids=ids, since=since):
        ticks[client_id].append(day)
    order_days, last, gap = (ClientRow._fields.index(name) for name in ("order_days", "last_order", "gap_mean"))
    lines = []
    for client_id in ids:
        row = found.get(client_id)
        if row is not None:
            quiet = rules.silence(row[order_days], row[last], row[gap], today)
            lines.append(ClientRow._make((*row, quiet, tuple(ticks[client_id]))))
    return tuple(lines)


# ---- which clients, in what order ----------------------------------------------------------------------


def silence(today: date) -> ColumnElement[float]:
    """Twin of domain.client_list.silence."""
    silent = literal(today.toordinal()) - type_coerce(ClientStat.last_order, Integer)
    gap = case((ClientStat.gap_mean > literal_column("1.0"), ClientStat.gap_mean), else_=literal_column("1.0"))
    known = and_(ClientStat.order_days >= RHYTHM_ORDERS, ClientStat.gap_mean > 0)
    return case((known, case((silent > 0, silent), else_=0) / gap))


def silent_clause(today: date) -> ColumnElement[bool]:
    """Twin of domain.client_list.is_silent."""
    return and_(
        silence(today) >= literal(SILENT, Float()),
        type_coerce(ClientStat.last_order, Integer) >= today.toordinal() - GOING_DAYS,
        Client.action_segment != ActionSegment.NONE.value,
        Client.stage != Stage.LOST.value,
    )


def no_step_clause() -> ColumnElement[bool]:
    """Twin of domain.client_list.lacks_step."""
    return and_(
        ClientStat.next_task_id.is_(None),
        Client.action_segment != ActionSegment.NONE.value,
        Client.stage != Stage.LOST.value,
    )


def _birthday_clause(days: Collection[int]) -> ColumnElement[bool]:
    born = Person.birth_month * 100 + Person.birth_day
    return Client.id.in_(
        select(Person.client_id).where(
            Person.birth_month.is_not(None), born.in_(sorted(days)), Person.archived_at.is_(None)
        )
    )


def _reprint_clause(today: date, manager_id: int | None) -> ColumnElement[bool]:
    """Something he had printed is due again, and no day is set for it: domain.unplanned.reprint_due, is_due_soon and
    is_planned, in SQL; the rail of the calendar goes by the same.

    It reads the order lines of two years, of one manager's clients or of all: the slowest condition there is.
    """
    now = today.toordinal()
    day = type_coerce(Order.day, Integer)
    first, last, days = func.min(day), func.max(day), func.count(distinct(day))
    own = (2 * (last - first) + days - 1) / (2 * (days - 1))  # whole numbers, rounded half up
    gap = case((days >= unplanned.REPRINT_DAYS_KNOWN, own), else_=func.coalesce(func.max(Product.reprint_days), 0))
    owner = aliased(Client)
    bought = (
        select(Order.client_id)
        .select_from(owner)
        .join(Order, Order.client_id == owner.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(sale_clause(), Order.total > 0, day.between(now - unplanned.HISTORY_DAYS, now))
        .group_by(Order.client_id, OrderLine.product_id)
        .having(
            gap >= unplanned.REPRINT_GAP,
            (last + gap).between(now - unplanned.REPRINT_LATE, now + unplanned.REPRINT_AHEAD),
        )
    )
    if manager_id is not None:
        bought = bought.where(owner.manager_id == manager_id)
    task = aliased(Task)
    planned = exists(select(1).where(task.client_id == Client.id, planned_clause(unplanned.Lack.REPRINT, 0, now, task)))
    return and_(Client.action_segment != ActionSegment.NONE.value, Client.id.in_(bought), ~planned)


def clauses(wanted: ClientFilter, today: date, *, anywhere: bool = False) -> list[ColumnElement[bool]]:
    """What a client must be to stand in the list; Client and ClientStat (outer) are joined."""
    found: list[Any] = [Client.archived_at.is_not(None) if wanted.archived else Client.archived_at.is_(None)]
    if wanted.manager_id is not None:
        found.append(Client.manager_id == wanted.manager_id)
    if wanted.nobodys:
        found.append(Client.manager_id.is_(None))
    if wanted.tracked is not None:
        found.append(Client.tracked.is_(wanted.tracked))
    for column, values in (
        (Client.action_segment, wanted.actions),
        (Client.importance, wanted.importances),
        (Client.stage, wanted.stages),
    ):
        if values:
            found.append(column.in_(values))
    if wanted.city is not None:
        found.append(Client.city == wanted.city)
    if wanted.ordered_months is not None:
        found.append(ClientStat.last_order >= rules.months_back(today, wanted.ordered_months))
    if wanted.silent:
        found.append(silent_clause(today))
    if wanted.no_step:
        found.append(no_step_clause())
    if wanted.birthday_days is not None:
        found.append(_birthday_clause(rules.birthdays_within(today, wanted.birthday_days)))
    if wanted.reprint:
        found.append(_reprint_clause(today, wanted.manager_id))
    if wanted.clients is not None:
        found.append(among(Client.id, values=wanted.clients))
    if wanted.text.strip():
        prefix = search.prefix_clause(wanted.text)
        found.append(or_(prefix, search.inner_clause(wanted.text)) if anywhere else prefix)
    return found


def _key(sort: ClientOrder, today: date) -> Any:
    """What the order compares; ascending as domain.client_list.ClientOrder says."""
    shown, earlier = rules.months_shown(today), rules.months_before(today)

    def place(column: Any, values: Sequence[str]) -> Any:
        return case({value: n for n, value in enumerate(values)}, value=column, else_=len(values))

    match sort:
        case ClientOrder.NAME:
            return Client.sort_key
        case ClientOrder.IMPORTANCE:
            return place(Client.importance, rules.IMPORTANCES)
        case ClientOrder.ACTION:
            return place(Client.action_segment, rules.ACTIONS)
        case ClientOrder.STAGE:
            return place(Client.stage, rules.STAGES)
        case ClientOrder.CONTACT:
            return -type_coerce(ClientStat.last_contact, Integer)
        case ClientOrder.RHYTHM:
            return silence(today)
        case ClientOrder.NEXT_STEP:
            return ClientStat.next_due
        case ClientOrder.TURNOVER:
            return _turnover(shown[0], shown[-1])
        case ClientOrder.CHANGE:
            before = _turnover(earlier[0], earlier[-1])
            now = func.coalesce(_turnover(shown[0], shown[-1]), 0)
            return case((before > 0, cast(now, Float()) / before))
        case ClientOrder.KINDS:
            return func.nullif(_kinds(shown[0], shown[-1]), 0)
        case ClientOrder.LAST_ORDER:
            return ClientStat.last_order
        case ClientOrder.CITY:
            return func.nullif(Client.city, "")
        case ClientOrder.MANAGER:
            return select(User.name).where(User.id == Client.manager_id).correlate(Client).scalar_subquery()


def page_ids(connection: Connection, wanted: ClientFilter, today: date, *, anywhere: bool = False) -> list[int]:
    """The ids of all clients wanted, in order, by one statement: a list asks for its rows page by page.

    With a text, whoever has a word that begins so; `anywhere` adds those who have it in the middle, after them.
    """
    statement = _joined(select(Client.id), wanted).where(*clauses(wanted, today, anywhere=anywhere))
    order: list[Any] = []
    if anywhere and wanted.text.strip():
        order.append(case((search.prefix_clause(wanted.text), 0), else_=1))
    key = _key(wanted.sort, today)
    if wanted.sort is ClientOrder.NAME:
        name = key.desc() if wanted.descending else key.asc()
        return list(connection.scalars(statement.order_by(*order, name, Client.id)))
    order.append((key.desc() if wanted.descending else key.asc()).nulls_last())
    return list(connection.scalars(statement.order_by(*order, Client.sort_key, Client.id)))


_STAT_ORDERS = frozenset({ClientOrder.CONTACT, ClientOrder.RHYTHM, ClientOrder.NEXT_STEP, ClientOrder.LAST_ORDER})


def _joined(statement: Any, wanted: ClientFilter) -> Any:
    """With what the history says, when the filter or the order asks for it."""
    needed = wanted.silent or wanted.no_step or wanted.ordered_months is not None or wanted.sort in _STAT_ORDERS
    return statement.outerjoin(ClientStat, ClientStat.client_id == Client.id) if needed else statement


def counts(connection: Connection, filters: Mapping[str, ClientFilter], today: date) -> dict[str, int]:
    """How many clients each filter leaves, all by one statement."""
    if not filters:
        return {}
    columns = [
        _joined(select(func.count()).select_from(Client), wanted)
        .where(*clauses(wanted, today, anywhere=True))
        .scalar_subquery()
        for wanted in filters.values()
    ]
    found = connection.execute(select(*columns)).one()
    return dict(zip(filters, map(int, found), strict=True))


def turnover_of(connection: Connection, ids: Sequence[int], today: date) -> int:
    """What these clients bought for in the months that the list shows."""
    shown = rules.months_shown(today)
    found = connection.scalar(
        select(func.sum(ClientMonth.turnover)).where(
            ClientMonth.client_id.in_(select(Client.id).where(among(Client.id, values=ids))),
            ClientMonth.month.between(shown[0], shown[-1]),
        )
    )
    return int(found or 0)


def cities(connection: Connection, limit: int) -> tuple[str, ...]:
    """The cities that most clients are in, the largest first."""
    count = func.count()
    statement = (
        select(Client.city)
        .where(Client.archived_at.is_(None), Client.city != "")
        .group_by(Client.city)
        .order_by(count.desc(), Client.city)
        .limit(limit)
    )
    return tuple(connection.scalars(statement))


# ---- many at once --------------------------------------------------------------------------------------


def is_active_user(connection: Connection, user_id: int) -> bool:
    """Whether somebody who works here has this number."""
    found = connection.scalar(select(User.id).where(User.id == user_id, User.active, User.archived_at.is_(None)))
    return found is not None


def managers_of(connection: Connection, ids: Sequence[int]) -> dict[int, int | None]:
    """Who leads each of these clients; archived ones are left out. In the order of `ids`."""
    statement = select(Client.id, Client.manager_id).where(among(Client.id, values=ids), Client.archived_at.is_(None))
    found: dict[int, int | None] = {row.id: row.manager_id for row in connection.execute(statement)}
    return {client_id: found[client_id] for client_id in ids if client_id in found}


def transfer(writing: Writing, ids: Sequence[int], manager_id: int) -> int:
    """Gives clients to a manager with their open tasks; how many changed hands."""
    connection = writing.connection
    moved = [one for one, leads in managers_of(connection, ids).items() if leads != manager_id]
    if not moved:
        return 0
    hold(connection, moved)
    connection.execute(
        update(Client).where(among(Client.id, values=moved)).values(manager_id=manager_id, version=Client.version + 1)
    )
    connection.execute(
        update(Task)
        .where(
            among(Task.client_id, values=moved),
            open_clause(),
            or_(Task.manager_id.is_(None), Task.manager_id != manager_id),
        )
        .values(manager_id=manager_id, version=Task.version + 1)
    )
    writing.touch(moved, days=[])  # the words of a search know whose client it is
    return len(moved)


def edit(writing: Writing, ids: Sequence[int], column: str, value: Any) -> int:
    """Sets a column of these clients; how many did not have it so before. Nothing derived follows from it."""
    kept = getattr(Client, column)
    done = writing.connection.execute(
        update(Client)
        .where(among(Client.id, values=ids), Client.archived_at.is_(None), kept != value)
        .values({column: value, "version": Client.version + 1})
    )
    return done.rowcount


def archive(writing: Writing, ids: Sequence[int], *, archived: bool) -> int:
    """Takes clients out of the lists, or puts them back; how many."""
    done = writing.connection.execute(
        update(Client)
        .where(
            among(Client.id, values=ids),
            Client.archived_at.is_(None) if archived else Client.archived_at.is_not(None),
        )
        .values(archived_at=writing.at if archived else None, version=Client.version + 1)
    )
    writing.touch(ids, days=[])
    return done.rowcount
