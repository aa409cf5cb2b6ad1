"""Queries of tasks; the SQL twins of domain/tasks.py."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, bindparam, func, insert, literal_column, select, update

from crmdesk.data.dialects import among
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, Task
from crmdesk.data.writing import Writing
from crmdesk.domain.tasks import TaskRow


def open_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_open; spelled like the partial indexes of the table, so that they serve it."""
    return and_(row.done_at.is_(None), row.released_at.is_(None), row.archived_at.is_(None))


def overdue_clause(today: date | Any, row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_overdue."""
    return and_(open_clause(row), row.due_day < today)


def hanging_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_hanging."""
    return and_(open_clause(row), row.due_day.is_(None))


def owed_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_owed."""
    return and_(row.promise, row.due_day.is_not(None), row.archived_at.is_(None), row.released_at.is_(None))


def kept_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_kept."""
    return and_(owed_clause(row), row.done_day <= row.due_day)


TASK_COLUMNS = (
    Task.id,
    Task.client_id,
    func.coalesce(Client.name, ""),
    Task.person_id,
    Task.manager_id,
    Task.kind,
    Task.title,
    Task.promise,
    Task.routine,
    Task.priority,
    Task.due_day,
    Task.due_time,
    Task.moved_count,
    Task.done_at,
    Task.done_day,
    Task.released_at,
    Task.release_reason,
    Task.archived_at,
    Task.version,
    Task.minutes,
    Task.notes,
    Task.first_due_day,
    Task.interaction_id,
    Task.no_next_reason,
)
_OF_THE_END = {"done_at", "done_day", "released_at", "release_reason", "archived_at", "no_next_reason"}
_OPEN_COLUMNS = tuple(  # an open task has no end: what says of it is neither read nor made into days and instants
    literal_column("''" if name == "release_reason" else "NULL") if name in _OF_THE_END else column
    for name, column in zip(TaskRow._fields, TASK_COLUMNS, strict=True)
)
_WITH_CLIENT = select(*TASK_COLUMNS).outerjoin(Client, Client.id == Task.client_id)
_OF_CLIENT = Ready(
    select(*(bindparam("name", type_=Text()) if n == 2 else column for n, column in enumerate(_OPEN_COLUMNS)))
    .where(Task.client_id == bindparam("client"), open_clause())
    .order_by(Task.due_day.asc().nulls_last(), Task.due_time, Task.id)
)
_UNTIL = (
    select(*_OPEN_COLUMNS)
    .outerjoin(Client, Client.id == Task.client_id)
    .where(open_clause(), Task.due_day <= bindparam("until"))
    .order_by(Task.due_day, Task.due_time, Task.id)
)
_DUE = Ready(_UNTIL)
_DUE_OF = Ready(_UNTIL.where(Task.manager_id == bindparam("manager")))
_BY_ID = Ready(_WITH_CLIENT.where(Task.id == bindparam("task")))
_BY_IDS = Ready(_WITH_CLIENT.where(among(Task.id)))
_NEW: dict[str, Any] = {
    "client_id": None,
    "person_id": None,
    "manager_id": None,
    "title": "",
    "notes": "",
    "promise": False,
    "routine": False,
    "priority": 0,
    "due_day": None,
    "due_time": None,
    "zone": "",
    "minutes": None,
    "moved_count": 0,
    "release_reason": "",
    "interaction_id": None,
}
_INSERT = Ready(
    insert(Task).values({name: bindparam(name) for name in ("id", "kind", "created_at", "first_due_day", *_NEW)})
)


def ask_open_of_client(connection: Connection, client_id: int) -> Callable[[str], tuple[TaskRow, ...]]:
    """What is open with a client, due first, undated last: asked now, answered when called with his name."""
    answer = _OF_CLIENT.ask(connection, client=client_id, name="")
    return lambda name: tuple(TaskRow._make(row)._replace(client=name) for row in answer())


def due(connection: Connection, until: date, manager_id: int | None = None) -> tuple[TaskRow, ...]:
    """Open tasks due on a day or before, of one manager or of all, due first."""
    values: dict[str, Any] = {"until": until}
    if manager_id is not None:
        values["manager"] = manager_id
    return tuple(map(TaskRow._make, (_DUE if manager_id is None else _DUE_OF).rows(connection, **values)))


def by_id(connection: Connection, task_id: int) -> TaskRow | None:
    """One task; None when there is no such."""
    row = _BY_ID.first(connection, task=task_id)
    return TaskRow._make(row) if row else None


def by_ids(connection: Connection, task_ids: Collection[int]) -> dict[int, TaskRow]:
    """These tasks by their ids; those that are not there are left out. One statement."""
    return {row[0]: TaskRow._make(row) for row in _BY_IDS.rows(connection, ids=task_ids)}


def insert_row(writing: Writing, **values: Any) -> None:
    """Stores a new task (columns by name, `id` and `kind` at least); its first due day is its due day."""
    _INSERT.run(
        writing.connection, **{**_NEW, **values, "created_at": writing.at, "first_due_day": values.get("due_day")}
    )
    if values.get("client_id") is not None:
        days = [values["due_day"]] if values.get("promise") and values.get("due_day") else []
        writing.touch([values["client_id"]], days=days, words=False)


def change(writing: Writing, task: TaskRow, **values: Any) -> bool:
    """Changes a task that nobody changed since it was read; whether it was done."""
    done = writing.connection.execute(
        update(Task).where(Task.id == task.id, Task.version == task.version).values(**values, version=task.version + 1)
    )
    touched = {client for client in (task.client_id, values.get("client_id")) if client is not None}
    if touched:
        days = [task.due_day, values.get("due_day")] if task.promise or values.get("promise") else []
        writing.touch(touched, days=[day for day in days if day], words=False)
    return done.rowcount == 1
