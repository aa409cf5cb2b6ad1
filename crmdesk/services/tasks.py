"""Tasks and promises: what is due, done, moved, released."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crmdesk.data import tasks
from crmdesk.domain.lists import TaskKind
from crmdesk.domain.tasks import TaskRow, checked_title, is_open
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

COMING_DAYS = 7
"""How far ahead `due` looks when it is not told."""


def due(desk: Desk, manager: int | None = None, until: date | None = None) -> tuple[TaskRow, ...]:
    """Overdue and coming open tasks and promises, of one manager (his id) or of all, due first."""
    until = until or desk.clock.today() + timedelta(days=COMING_DAYS)
    with desk.store.read(single=True) as connection:
        return tasks.due(connection, until, manager)


def add(
    desk: Desk, client_id: int | None, kind: str, day: date | None, title: str = "", *, promise: bool = False
) -> TaskRow:
    """A new task of mine. Raises UserError("not_in_list", "title_too_long")."""
    if kind not in set(TaskKind):
        raise UserError("not_in_list", value=kind)
    task_id = new_id()
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        tasks.insert_row(
            writing,
            id=task_id,
            client_id=client_id,
            manager_id=desk.me.id,
            kind=kind,
            title=checked_title(title),
            promise=promise,
            due_day=day,
        )
        return _known(tasks.by_id(writing.connection, task_id))


def complete(desk: Desk, task_id: int, day: date | None = None) -> TaskRow:
    """Done: today, or on the day given. Raises UserError("no_such_task", "task_not_open", "task_changed")."""
    today = desk.clock.today()
    return _change(desk, task_id, done_at=desk.clock.now(), done_day=day or today)


def move(desk: Desk, task_id: int, day: date) -> TaskRow:
    """To another day; how often that happened is counted. Raises UserError like `complete`."""
    return _change(desk, task_id, due_day=day)


def release(desk: Desk, task_id: int, reason: str) -> TaskRow:
    """No longer to be done, and why. Raises UserError like `complete`, and "reason_missing"."""
    if not reason.strip():
        raise UserError("reason_missing")
    return _change(desk, task_id, released_at=desk.clock.now(), release_reason=reason.strip()[:200])


def _change(desk: Desk, task_id: int, **values: Any) -> TaskRow:
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task = _known(tasks.by_id(writing.connection, task_id))
        if not is_open(task):
            raise UserError("task_not_open", title=task.title)
        if "due_day" in values:
            values["moved_count"] = task.moved_count + 1
        if not tasks.change(writing, task, **values):
            raise UserError("task_changed", title=task.title)
        return task._replace(version=task.version + 1, **values)


def _known(task: TaskRow | None) -> TaskRow:
    if task is None:
        raise UserError("no_such_task")
    return task
