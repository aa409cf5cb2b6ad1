"""What one manager's day is read from: a fixed number of statements, whatever he has to do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, union_all

from crmdesk.data import quiet
from crmdesk.data.dialects import among
from crmdesk.data.people import born_clause, born_values
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, ClientStat, Interaction, Person, Setting, Task
from crmdesk.data.tables.base import Day as DayType
from crmdesk.data.tasks import TASK_COLUMNS, open_clause
from crmdesk.domain.day import (
    BIRTHDAY_DAYS,
    SOON_DAYS,
    Day,
    DayBirthday,
    DayTask,
    ImportantClient,
    congratulated,
    rank,
    sorted_day,
)
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.load import CAPACITY, CAPACITY_KEY
from crmdesk.domain.names import Birthday
from crmdesk.domain.quiet import HORIZON_WEEKS
from crmdesk.domain.tasks import TaskRow

_MANAGER: Any = bindparam("manager")
_DAY: Any = bindparam("day", type_=DayType())
_SOON: Any = bindparam("soon", type_=DayType())
_NEXT: Any = Task.__table__.alias("following")
_WIDTH = len(TASK_COLUMNS)

_TODO = select(Task.id).where(
    Task.manager_id == _MANAGER, open_clause(), Task.due_day <= _SOON, or_(Task.due_day <= _DAY, Task.promise)
)
_DONE = select(Task.id).where(Task.manager_id == _MANAGER, Task.done_day == _DAY, Task.archived_at.is_(None))
_TASKS = Ready(
    select(
        *TASK_COLUMNS,
        func.coalesce(Client.importance, Importance.REGULAR.value),
        func.coalesce(Interaction.result, ""),
        func.coalesce(_NEXT.c.kind, ""),
        ClientStat.next_due,
    )
    .outerjoin(Client, Client.id == Task.client_id)
    .outerjoin(ClientStat, ClientStat.client_id == Task.client_id)
    .outerjoin(_NEXT, _NEXT.c.id == ClientStat.next_task_id)
    .outerjoin(Interaction, and_(Interaction.id == Task.interaction_id, Task.done_at.is_not(None)))
    .where(Task.id.in_(union_all(_TODO, _DONE)))
)

_BIRTHDAYS = Ready(
    select(
        Person.id,
        Person.client_id,
        Client.name,
        Person.surname,
        Person.given_name,
        Person.patronymic,
        Person.birth_day,
        Person.birth_month,
        Person.birth_year,
    )
    .join(Client, Client.id == Person.client_id)
    .where(
        born_clause(BIRTHDAY_DAYS),
        Person.archived_at.is_(None),
        Client.archived_at.is_(None),
        Client.manager_id == _MANAGER,
    )
)

_UNPLANNED = Ready(
    select(
        Client.id,
        Client.name,
        Client.importance,
        Client.action_segment,
        Client.stage,
        ClientStat.last_contact,
        ClientStat.last_visit,
        ClientStat.last_order,
        ClientStat.gap_mean,
        Client.since,
        func.coalesce(ClientStat.turnover, 0).label("turnover"),
    )
    .outerjoin(ClientStat, ClientStat.client_id == Client.id)
    .where(
        Client.manager_id == _MANAGER,
        Client.archived_at.is_(None),
        or_(Client.importance == Importance.VIP.value, Client.importance == Importance.POTENTIAL_VIP.value),
        Client.action_segment != ActionSegment.NONE.value,
        ClientStat.next_task_id.is_(None),
    )
)
_COUNT_AND_CAPACITY = Ready(
    select(
        select(func.count())
        .select_from(Client)
        .where(Client.manager_id == _MANAGER, Client.archived_at.is_(None))
        .scalar_subquery(),
        select(Setting.value).where(Setting.key == CAPACITY_KEY).scalar_subquery(),
    )
)
_STILL_OPEN = Ready(
    select(func.count()).select_from(Task).where(Task.manager_id == _MANAGER, open_clause(), Task.due_day <= _DAY)
)
_IMPORTANCE = Ready(select(Client.id, Client.importance).where(among(Client.id)))
_LOADS = Ready(
    select(*TASK_COLUMNS)
    .outerjoin(Client, Client.id == Task.client_id)
    .where(
        Task.manager_id == _MANAGER,
        Task.archived_at.is_(None),
        Task.released_at.is_(None),
        or_(Task.done_at.is_(None), Task.due_day == _DAY),  # what was done today has filled today
        Task.due_day >= _DAY,
        Task.due_day <= _SOON,
    )
)


def page(connection: Connection, manager_id: int, day: date) -> Day:
    """Everything of one manager's day: seven statements, an eighth in an office whose rhythm was never fitted."""
    rows = _TASKS.rows(connection, manager=manager_id, day=day, soon=day + timedelta(days=SOON_DAYS))
    tasks = [DayTask(TaskRow._make(row[:_WIDTH]), *row[_WIDTH:]) for row in rows]
    found = sorted_day(tasks, day, manager_id)
    clients, capacity = _COUNT_AND_CAPACITY.rows(connection, manager=manager_id)[0]
    planned = {one.task.client_id for one in (*found.tasks, *found.promises) if one.task.done_at is None}
    going = quiet.quiet_list(connection, day, HORIZON_WEEKS, manager_id)
    unplanned = _unplanned(connection, manager_id)
    shown = {one.client_id for one in unplanned} | planned
    return Day(
        day=found.day,
        manager_id=found.manager_id,
        late=found.late,
        timed=found.timed,
        untimed=found.untimed,
        promises=found.promises,
        birthdays=tuple(_birthdays(connection, manager_id, day)),
        unplanned=tuple(unplanned),
        quiet=tuple(
            sorted((one for one in going if one.client_id not in shown), key=lambda one: (-one.at_risk, one.client_id))
        ),
        capacity=capacity if isinstance(capacity, int) and capacity > 0 else CAPACITY,
        clients=clients,
    )


def still_open(connection: Connection, manager_id: int, day: date) -> int:
    """How much of a day and of the days before it a manager has still to do: Day.still_open, counted alone."""
    return int(_STILL_OPEN.rows(connection, manager=manager_id, day=day)[0][0])


def planned(connection: Connection, manager_id: int, first: date, last: date) -> list[TaskRow]:
    """What the days from `first` (today) to `last` of a manager hold already; of `first` also what is done."""
    return [TaskRow._make(row) for row in _LOADS.rows(connection, manager=manager_id, day=first, soon=last)]


def _birthdays(connection: Connection, manager_id: int, day: date) -> list[DayBirthday]:
    found = []
    for person_id, client_id, client, surname, given, patronymic, number, month, year in _BIRTHDAYS.rows(
        connection, manager=manager_id, **born_values(day, BIRTHDAY_DAYS)
    ):
        on = congratulated(Birthday(number, month, year), day)
        if on is not None:
            name = " ".join(part for part in (surname, given, patronymic) if part)
            found.append(DayBirthday(person_id, client_id, client, name, on, on.year - year if year else None))
    return sorted(found, key=lambda one: (one.on, one.client, one.person_id))


def _unplanned(connection: Connection, manager_id: int) -> list[ImportantClient]:
    rows = _UNPLANNED.named(connection, manager=manager_id)
    ordered = sorted(rows, key=lambda row: (rank(row.importance), -row.turnover, row.id))
    return [
        ImportantClient(
            client_id=row.id,
            client=row.name,
            importance=row.importance,
            action_segment=row.action_segment,
            stage=row.stage,
            last_contact=row.last_contact,
            last_visit=row.last_visit,
            last_order=row.last_order,
            usual_days=round(row.gap_mean) if row.gap_mean else None,
            since=row.since,
        )
        for row in ordered
    ]


def importance_of(connection: Connection, client_ids: Collection[int]) -> dict[int, str]:
    """How much these clients matter. One statement."""
    return {row[0]: row[1] for row in _IMPORTANCE.rows(connection, ids=client_ids)}
