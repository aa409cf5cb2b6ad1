"""What the supervisor's sheet is computed from, read in a fixed number of statements.

All statements are built once and start from `client` by (manager, tracked): SQLite then seeks each client's own rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from crmdesk.data import quiet, tables
from crmdesk.data.dialects import among
from crmdesk.data.ready import Ready
from crmdesk.data.tasks import open_clause, overdue_clause, owed_clause
from crmdesk.data.writing import Writing
from crmdesk.domain import base_loss, completeness, potential
from crmdesk.domain import months as calendar
from crmdesk.domain.base_loss import BaseChange, BaseEvent
from crmdesk.domain.coming import BIRTHDAY, birthdays
from crmdesk.domain.completeness import Known
from crmdesk.domain.evidence import Evidence, EvidenceKind
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance, Role
from crmdesk.domain.months import Month
from crmdesk.domain.potential import PotentialFact
from crmdesk.domain.quiet import OfficeRhythm
from crmdesk.domain.sheet import HISTORY_MONTHS, ClientFacts, Coming, ManagerFacts, MonthFigures, SheetRequest

_client: Any = tables.Client.__table__
_stat: Any = tables.ClientStat.__table__
_month: Any = tables.ClientMonth.__table__
_bought: Any = tables.ClientMonthProduct.__table__
_task: Any = tables.Task.__table__
_person: Any = tables.Person.__table__
_order: Any = tables.Order.__table__
_user: Any = tables.User.__table__
_branch: Any = tables.Branch.__table__
_norm: Any = tables.ActionSegmentNorm.__table__
_plan: Any = tables.SalesPlan.__table__
_setting: Any = tables.Setting.__table__
_potential: Any = tables.Potential.__table__
_contact: Any = tables.ContactPoint.__table__

_MANAGER: Any = bindparam("manager")
_TODAY: Any = bindparam("today", type_=_task.c.due_day.type)
_FIRST: Any = bindparam("first")
_LAST: Any = bindparam("last")
_FIRST_DAY: Any = bindparam("first_day", type_=_task.c.due_day.type)
_LAST_DAY: Any = bindparam("last_day", type_=_task.c.due_day.type)

_mine = and_(_client.c.manager_id == _MANAGER, _client.c.archived_at.is_(None))
_tracked = and_(_mine, _client.c.tracked)
_open = open_clause(_task.c)
_month_columns = [_month.c[name] for name in MonthFigures._fields]


def _setting_of(key: str) -> Any:
    return select(_setting.c.value).where(_setting.c.key == key).scalar_subquery()


_late = or_(_task.c.done_day > _task.c.due_day, and_(_task.c.done_at.is_(None), _task.c.due_day < _TODAY))
_overdue = (
    select(func.count().label("tasks"), func.min(_task.c.due_day).label("oldest"))
    .where(_task.c.manager_id == _MANAGER, overdue_clause(_TODAY, _task.c))
    .subquery()
)
_owed = (  # the promises that fell due in the shown months, up to today
    select(func.count().label("due"), func.coalesce(func.sum(case((_late, 1), else_=0)), 0).label("broken"))
    .where(
        _task.c.manager_id == _MANAGER,
        _task.c.due_day.between(_FIRST_DAY, _LAST_DAY),
        owed_clause(_task.c),
    )
    .subquery()
)
_MANAGER_ROW = Ready(
    select(
        _user.c.login,
        _user.c.name,
        func.coalesce(_branch.c.name, "").label("branch"),
        select(func.count()).select_from(_client).where(_mine).scalar_subquery().label("clients_all"),
        _overdue.c.tasks.label("overdue"),
        _overdue.c.oldest,
        _owed.c.due,
        _owed.c.broken,
        _setting_of("currency").label("currency"),
        _setting_of(quiet.RHYTHM_KEY).label("rhythm"),
    )
    .select_from(_user.outerjoin(_branch, _branch.c.id == _user.c.branch_id).join(_overdue, true()).join(_owed, true()))
    .where(_user.c.id == _MANAGER)
)


def _has(table: Any) -> Any:
    return exists(select(1).where(table.c.client_id == _client.c.id, table.c.archived_at.is_(None)))


_CLIENTS = Ready(
    select(
        _client.c.id,
        _client.c.name,
        _client.c.action_segment,
        _client.c.importance,
        _client.c.goal_kind,
        _client.c.goal_value,
        _client.c.since,
        func.coalesce(_client.c.visits_norm, _norm.c.visits, 0).label("visits_norm"),
        func.coalesce(_client.c.calls_norm, _norm.c.calls, 0).label("calls_norm"),
        func.coalesce(_client.c.mailings_norm, _norm.c.mailings, 0).label("mailings_norm"),
        func.coalesce(_stat.c.order_days, 0).label("order_days"),
        _stat.c.first_order,
        _stat.c.last_order,
        _stat.c.last_visit,
        _stat.c.last_call,
        _stat.c.last_contact,
        _stat.c.next_task_id,
        _has(_contact).label("has_contact"),
    )
    .select_from(
        _client.outerjoin(_stat, _stat.c.client_id == _client.c.id).outerjoin(
            _norm, _norm.c.key == _client.c.action_segment
        )
    )
    .where(_tracked)
)
_MONTHS = Ready(
    select(_month.c.client_id, _month.c.month, *_month_columns)
    .select_from(_client.join(_month, _month.c.client_id == _client.c.id))
    .where(
        _tracked,
        _month.c.month.between(_FIRST, _LAST),
        # before the shown months only sales matter: most rows of those months are contacts
        or_(_month.c.month >= bindparam("shown"), _month.c.orders > 0, _month.c.turnover != 0),
    )
)
_SKUS = Ready(
    select(_bought.c.client_id, _bought.c.product_id)
    .select_from(_client.join(_bought, _bought.c.client_id == _client.c.id))
    .where(_tracked, _bought.c.month.between(_FIRST, _LAST))
    .distinct()
)
_POTENTIALS = Ready(
    select(_potential.c.client_id, _potential.c.group_id, _potential.c.monthly, _potential.c.on_day, _potential.c.id)
    .select_from(_client.join(_potential, _potential.c.client_id == _client.c.id))
    .where(_tracked, _potential.c.archived_at.is_(None))
)
_TASKS = Ready(
    select(
        _task.c.client_id,
        _task.c.id,
        _task.c.due_day,
        _task.c.kind,
        _task.c.title,
        _task.c.promise,
        _task.c.routine,
    )
    .select_from(_client.join(_task, _task.c.client_id == _client.c.id))
    .where(_tracked, _open, _task.c.due_day <= _LAST_DAY, or_(_task.c.due_day >= _FIRST_DAY, _task.c.promise))
)
_PEOPLE = Ready(
    select(_person.c.client_id, _person.c.id, _person.c.surname, _person.c.birth_month, _person.c.birth_day)
    .select_from(_client.join(_person, _person.c.client_id == _client.c.id))
    .where(_tracked, _person.c.archived_at.is_(None))
)
_OTHERS_AND_PLAN = Ready(
    union_all(
        select(literal(0).label("is_plan"), _month.c.month, func.sum(_month.c.turnover).label("money"))
        .select_from(_client.join(_month, _month.c.client_id == _client.c.id))
        .where(_mine, _client.c.tracked.is_(False), _month.c.month.between(_FIRST, _LAST))
        .group_by(_month.c.month),
        select(literal(1), _plan.c.month, _plan.c.amount).where(
            _plan.c.manager_id == _MANAGER, _plan.c.month.between(_FIRST, _LAST), _plan.c.archived_at.is_(None)
        ),
    )
)


def manager_facts(connection: Connection, manager_id: int, request: SheetRequest, today: date) -> ManagerFacts | None:
    """Everything that one manager's sheet is computed from; None when there is no such user.

    Eight statements; a ninth where somebody may have been lost and won back, a tenth in an office whose rhythm
    was never fitted.
    """
    shown = calendar.ending(request.last_month, request.months)
    ahead = calendar.following(request.last_month, request.ahead)
    whole = {"manager": manager_id}
    period = whole | {"first": shown[0], "last": shown[-1]}
    start, end = calendar.first_day(shown[0]), calendar.last_day(shown[-1])
    found = _MANAGER_ROW.named(connection, today=today, first_day=start, last_day=min(end, today), **whole)
    if not found:
        return None
    manager = found[0]
    office = quiet.rhythm_of(connection, manager.rhythm)
    clients = _CLIENTS.named(connection, **whole)
    months = _months_of(
        connection,
        whole
        | {"first": calendar.add(shown[-1], 1 - HISTORY_MONTHS), "last": _newest(shown, today), "shown": shown[0]},
    )
    skus: dict[int, int] = defaultdict(int)
    products: set[int] = set()
    for client_id, product_id in _SKUS.rows(connection, **period):
        skus[client_id] += 1
        products.add(product_id)
    potentials: dict[int, list[PotentialFact]] = defaultdict(list)
    for client_id, *fact in _POTENTIALS.rows(connection, **whole):
        potentials[client_id].append(PotentialFact(*fact))
    coming, broken = _tasks_of(connection, manager_id, ahead, today)
    named, with_birthday = _people_of(connection, manager_id, ahead, coming)
    others: dict[Month, MonthFigures] = {}
    plan: dict[Month, int] = {}
    for is_plan, month, money in _OTHERS_AND_PLAN.rows(connection, **period):
        if is_plan:
            plan[month] = int(money)
        else:
            others[month] = MonthFigures(turnover=int(money))
    facts = []
    for row in clients:
        known = Known(
            action_segment=ActionSegment(row.action_segment),
            importance=Importance(row.importance),
            has_contact=bool(row.has_contact),
            has_person=row.id in named,
            has_birthday=row.id in with_birthday,
            has_next_step=row.next_task_id is not None,
        )
        facts.append(
            ClientFacts(
                client_id=row.id,
                name=row.name,
                action_segment=known.action_segment,
                importance=known.importance,
                months=months.get(row.id, {}),
                distinct_skus=skus.get(row.id, 0),
                potential=potential.monthly(potentials[row.id]) if row.id in potentials else None,
                goal_kind=GoalKind(row.goal_kind) if row.goal_kind else None,
                goal_value=row.goal_value or 0,
                visits_norm=row.visits_norm,
                calls_norm=row.calls_norm,
                mailings_norm=row.mailings_norm,
                order_days=row.order_days,
                first_order=row.first_order,
                last_order=row.last_order,
                last_visit=row.last_visit,
                last_call=row.last_call,
                last_contact=row.last_contact,
                since=row.since,
                broken_promise=broken.get(row.id),
                coming=tuple(coming.get(row.id, ())),
                gaps=completeness.gaps(known),
            )
        )
    base = base_loss.count((event for _, event in _base_events(connection, facts, shown, today, office)), shown)
    return ManagerFacts(
        manager_id=manager_id,
        login=manager.login,
        name=manager.name,
        branch=manager.branch,
        clients=tuple(facts),
        clients_all=manager.clients_all,
        others=others,
        plan=plan,
        distinct_skus=len(products),
        overdue_tasks=manager.overdue,
        oldest_overdue=manager.oldest,
        promises_due=manager.due,
        promises_broken=manager.broken,
        lost=sum(month.lost for month in base),
        won_back=sum(month.won_back for month in base),
        new=sum(month.new for month in base),
        rhythm=office,
        currency=manager.currency or "RUB",
    )


def _newest(shown: tuple[Month, ...], today: date) -> Month:
    return max(shown[-1], calendar.month_of(today))


def _months_of(connection: Connection, values: Mapping[str, Any]) -> dict[int, dict[Month, MonthFigures]]:
    found: dict[int, dict[Month, MonthFigures]] = defaultdict(dict)
    make = MonthFigures._make
    for row in _MONTHS.rows(connection, **values):
        found[row[0]][row[1]] = make(row[2:])
    return found


def _tasks_of(
    connection: Connection, manager_id: int, ahead: tuple[Month, ...], today: date
) -> tuple[dict[int, list[Coming]], dict[int, date]]:
    """What is open in the coming months, and the oldest late promise, by client."""
    coming: dict[int, list[Coming]] = defaultdict(list)
    broken: dict[int, date] = {}
    start = calendar.first_day(ahead[0]) if ahead else date.max
    end = calendar.last_day(ahead[-1]) if ahead else today
    values = {"manager": manager_id, "first_day": start, "last_day": max(end, today)}
    for row in _TASKS.named(connection, **values):
        if row.promise and row.due_day < today:
            broken[row.client_id] = min(row.due_day, broken.get(row.client_id, row.due_day))
        if start <= row.due_day <= end:
            coming[row.client_id].append(Coming(row.due_day, row.kind, row.title, row.promise, row.id, row.routine))
    return coming, broken


def _people_of(
    connection: Connection, manager_id: int, ahead: tuple[Month, ...], coming: dict[int, list[Coming]]
) -> tuple[set[int], set[int]]:
    """Which clients have a named person, which a birthday; the birthdays of the coming months join `coming`."""
    named: set[int] = set()
    with_birthday: set[int] = set()
    for row in _PEOPLE.named(connection, manager=manager_id):
        named.add(row.client_id)
        if row.birth_month and row.birth_day:
            with_birthday.add(row.client_id)
            for day in birthdays(row.birth_month, row.birth_day, ahead):
                coming[row.client_id].append(Coming(day, BIRTHDAY, row.surname, source_id=row.id))
    return named, with_birthday


# ---- the base that leaks -----------------------------------------------------------------------------


def _base_events(
    connection: Connection,
    clients: Collection[ClientFacts],
    shown: tuple[Month, ...],
    today: date,
    office: OfficeRhythm,
) -> Iterator[tuple[int, BaseEvent]]:
    """Lost, won back, new of the tracked clients; only whoever may have returned has his order days read."""
    returned: dict[int, ClientFacts] = {}
    start, end = calendar.first_day(shown[0]), calendar.first_day(calendar.add(shown[-1], 1))
    for client in clients:
        if client.first_order is None or client.last_order is None:
            continue
        bought = sorted([month for month, figures in client.months.items() if figures.orders])
        if base_loss.may_have_returned(bought, client.first_order, shown):
            returned[client.client_id] = client
            continue
        if start <= client.first_order < end:
            yield client.client_id, BaseEvent(BaseChange.NEW, client.first_order)
        lost = base_loss.lost_on(client.order_days, client.first_order, client.last_order, today, office)
        if lost is not None and start <= lost < end:
            yield client.client_id, BaseEvent(BaseChange.LOST, lost)
    if returned:
        for client_id, days in quiet.late_order_days(connection, list(returned), start).items():
            client = returned[client_id]
            for event in base_loss.events(
                days,
                today,
                office,
                since=start,
                before=end,
                first=client.first_order,
                earlier=client.order_days - len(days),
            ):
                yield client_id, event


def base_changes(connection: Connection, facts: ManagerFacts, shown: tuple[Month, ...], today: date) -> list[Evidence]:
    """Who of the tracked clients was lost, won back or new in the shown months, newest first."""
    names = {client.client_id: client.name for client in facts.clients}
    found = [
        Evidence(EvidenceKind.BASE, client_id, event.day, note=event.kind.value, client_id=client_id,
                 client=names[client_id])
        for client_id, event in _base_events(connection, facts.clients, shown, today, facts.rhythm)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.day or date.min, one.client_id), reverse=True)


# ---- who is on a sheet -------------------------------------------------------------------------------

_SHEET_MANAGERS = (
    select(_user.c.id)
    .where(
        or_(
            and_(_user.c.role == literal(Role.MANAGER.value), _user.c.active, _user.c.archived_at.is_(None)),
            exists(
                select(1).where(_client.c.manager_id == _user.c.id, _client.c.tracked, _client.c.archived_at.is_(None))
            ),
        )
    )
    .order_by(_user.c.id)
)


def sheet_managers(connection: Connection) -> list[int]:
    """Whoever gets a sheet: active managers, and anybody, even disabled, who holds tracked clients."""
    return list(connection.scalars(_SHEET_MANAGERS))


def set_tracked(writing: Writing, client_ids: Collection[int], *, tracked: bool) -> None:
    """Puts clients under control, or takes them out."""
    writing.connection.execute(
        update(_client)
        .where(among(_client.c.id), _client.c.tracked.is_not(tracked))
        .values(tracked=tracked, version=_client.c.version + 1),
        {"ids": client_ids},
    )
