"""Tasks and promises: made, changed, done with what follows, moved, released. One call, one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.data import clients, interactions, tasks
from crmdesk.data.writing import Writing
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import (
    CONTACT_OF,
    KEEP,
    Completed,
    Contact,
    Kept,
    Move,
    TaskRow,
    check,
    checked_reason,
    checked_title,
    is_open,
    moved,
)
from crmdesk.domain.text import printable
from crmdesk.services.interactions import follow_up, made, rung_of
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

COMING_DAYS = 7
"""How far ahead `due` looks when it is not told."""

EDITABLE = frozenset(
    {"client_id", "person_id", "manager_id", "kind", "title", "notes", "promise", "priority", "due_day", "due_time",
     "minutes"}
)  # fmt: skip
"""What `edit` may change."""


def due(desk: Desk, manager: int | None = None, until: date | None = None) -> tuple[TaskRow, ...]:
    """Overdue and coming open tasks and promises, of one manager (his id) or of all, due first."""
    until = until or desk.clock.today() + timedelta(days=COMING_DAYS)
    with desk.store.read(single=True) as connection:
        return tasks.due(connection, until, manager)


def get(desk: Desk, task_id: int) -> TaskRow:
    """One task, whatever became of it. Raises UserError("no_such_task")."""
    with desk.store.read(single=True) as connection:
        return _known(tasks.by_id(connection, task_id))


def add(
    desk: Desk,
    client_id: int | None,
    kind: str,
    day: date | None,
    title: str = "",
    *,
    promise: bool = False,
    time: int | None = None,
    minutes: int | None = None,
    person_id: int | None = None,
    notes: str = "",
    manager_id: int | None = None,
) -> TaskRow:
    """A new task, mine unless `manager_id` says whose; `time` in minutes after midnight by the office's wall clock.

    Raises UserError like domain.tasks.check, and "title_too_long", "no_such_client".
    """
    check(client_id, kind, day, promise, time, minutes)
    task_id = new_id()
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if client_id is not None and not clients.exists(writing.connection, client_id):
            raise UserError("no_such_client", client=client_id)
        tasks.insert_row(
            writing,
            id=task_id,
            client_id=client_id,
            person_id=person_id,
            manager_id=desk.me.id if manager_id is None else manager_id,
            kind=str(kind),
            title=checked_title(title),
            notes=printable(notes),
            promise=promise,
            due_day=day,
            due_time=time,
            zone="" if time is None else desk.clock.zone,
            minutes=minutes,
        )
        return _known(tasks.by_id(writing.connection, task_id))


def edit(desk: Desk, base: TaskRow, **changes: Any) -> TaskRow:
    """The task as it was read, with these fields changed (names of EDITABLE). Another day counts as a move.

    Raises UserError("task_changed") when somebody was faster, "no_such_task", and like `add`.
    """
    unknown = changes.keys() - EDITABLE
    if unknown:
        raise ValueError(f"not to be edited: {sorted(unknown)}")
    wanted = base._replace(**changes)
    check(wanted.client_id, wanted.kind, wanted.due_day, wanted.promise, wanted.due_time, wanted.minutes)
    if "title" in changes:
        changes["title"] = checked_title(changes["title"])
    if "notes" in changes:
        changes["notes"] = printable(changes["notes"])
    if "due_time" in changes:
        changes["zone"] = "" if changes["due_time"] is None else desk.clock.zone
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if wanted.client_id not in (None, base.client_id) and not clients.exists(writing.connection, wanted.client_id):
            raise UserError("no_such_client", client=wanted.client_id)
        stored = _known(tasks.by_id(writing.connection, base.id))
        if stored.version != base.version or stored.archived_at is not None:
            raise UserError("task_changed", title=stored.title)
        return _changed(writing, stored, moved(stored, changes))


def complete(
    desk: Desk,
    task_id: int,
    *,
    day: date | None = None,
    contact: Contact | None = None,
    next_step: NextStep | None = None,
    no_next_reason: str = "",
) -> Completed:
    """Done: today, or on the day given. The contact it was and what follows are kept in the same transaction.

    A task of a client whose kind is a contact (domain.tasks.CONTACT_OF) leaves one, of no result, when none is told.
    `no_next_reason` says why nothing follows. Raises UserError("no_such_task", "task_not_open", "task_changed",
    "done_in_future"), and like `add` for the next step.
    """
    now, today = desk.clock.now(), desk.clock.today()
    day = day or (contact.at.astimezone(ZoneInfo(desk.clock.zone)).date() if contact and contact.at else today)
    if day > today:
        raise UserError("done_in_future", day=day)
    reason = checked_reason(no_next_reason) if no_next_reason else None
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task = _open(tasks.by_id(writing.connection, task_id))
        row = None
        if contact is None and task.kind in CONTACT_OF:
            contact = Contact(CONTACT_OF[task.kind], resume=task.title, person_id=task.person_id)
        if contact is not None and task.client_id is not None:
            if contact.at is None and day < today:
                contact = _dated(contact, day, task, desk.clock.zone)
            row = made(desk, task.client_id, contact, reason or "")
            interactions.insert_row(writing, row)
        changes: dict[str, Any] = {"done_at": now, "done_day": day, "no_next_reason": reason}
        if row is not None:
            changes["interaction_id"] = row.id
        done = _changed(writing, task, changes)
        following = _follow(desk, writing, done, next_step) if next_step is not None else None
    return Completed(done, row, following)


def follow(
    desk: Desk,
    task_id: int,
    *,
    next_step: NextStep | None = None,
    no_next_reason: str = "",
    result: str | None = None,
) -> Completed:
    """What is said after a task was marked done: its next step, or why there is none; and how the contact ended.

    `result` is a key of contact_result. Raises UserError("no_such_task", "task_not_done"), and like `complete`.
    """
    reason = checked_reason(no_next_reason) if no_next_reason else None
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task = _known(tasks.by_id(writing.connection, task_id))
        if task.done_at is None or task.archived_at is not None:
            raise UserError("task_not_done", title=task.title)
        said: dict[str, Any] = {}
        if result is not None:
            said = {"result": result, "rung": rung_of(result).value}
        if reason is not None:
            said["no_next_reason"] = reason
        # the done task gets a version even when nothing of it changes: undo knows by it that this belongs to it
        task = _changed(writing, task, {"no_next_reason": reason} if reason is not None else {})
        if said and task.interaction_id is not None:
            interactions.change(writing, task.interaction_id, **said)
        following = _follow(desk, writing, task, next_step) if next_step is not None else None
    return Completed(task, None, following)


def reopen(desk: Desk, task_id: int) -> TaskRow:
    """To be done again, after it was done or released by mistake; a contact it left stays in the chronicle.

    Raises UserError("no_such_task", "task_open").
    """
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task = _known(tasks.by_id(writing.connection, task_id))
        if is_open(task) or task.archived_at is not None:
            raise UserError("task_open", title=task.title)
        back = {"done_at": None, "done_day": None, "released_at": None, "release_reason": "", "no_next_reason": None}
        return _changed(writing, task, back)


def move(
    desk: Desk, task_id: int, day: date, time: int | None | Kept = KEEP, minutes: int | None | Kept = KEEP
) -> TaskRow:
    """To another day, time or length; how often the day was moved is counted. Raises UserError like `move_many`."""
    return move_many(desk, [Move(task_id, day, time, minutes)])[0]


def move_many(desk: Desk, moves: Sequence[Move]) -> tuple[TaskRow, ...]:
    """All of these moves or none, in the order given. What stands there already is left alone.

    Raises UserError("no_such_task", "task_not_open", "task_changed", "no_such_time", "no_such_length").
    """
    found: list[TaskRow] = []
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        known = tasks.by_ids(writing.connection, [one.task_id for one in moves])
        for one in moves:
            task = _open(known.get(one.task_id))
            changes: dict[str, Any] = {}
            if one.day != task.due_day:
                changes["due_day"] = one.day
            if one.time is not KEEP and one.time != task.due_time:
                changes |= {"due_time": one.time, "zone": "" if one.time is None else desk.clock.zone}
            if one.minutes is not KEEP and one.minutes != task.minutes:
                changes["minutes"] = one.minutes
            there = task._replace(**{name: value for name, value in changes.items() if name != "zone"})
            check(there.client_id, there.kind, there.due_day, there.promise, there.due_time, there.minutes)
            known[task.id] = _changed(writing, task, moved(task, changes)) if changes else task
            found.append(known[task.id])
    return tuple(found)


def release(desk: Desk, task_ids: int | Collection[int], reason: str) -> tuple[TaskRow, ...]:
    """No longer to be done, and why: all of these or none. Raises UserError like `complete`, and "reason_missing"."""
    ids = [task_ids] if isinstance(task_ids, int) else list(task_ids)
    why = checked_reason(reason)
    now = desk.clock.now()
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        known = tasks.by_ids(writing.connection, ids)
        return tuple(
            _changed(writing, _open(known.get(task_id)), {"released_at": now, "release_reason": why}) for task_id in ids
        )


def archive(desk: Desk, task_id: int) -> TaskRow:
    """Out of every list, as made by mistake; nothing is deleted. Raises UserError("no_such_task", "task_changed")."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task = _known(tasks.by_id(writing.connection, task_id))
        if task.archived_at is not None:
            return task
        return _changed(writing, task, {"archived_at": writing.at})


def _changed(writing: Writing, task: TaskRow, changes: dict[str, Any]) -> TaskRow:
    if not tasks.change(writing, task, **changes):
        raise UserError("task_changed", title=task.title)
    shown = {name: value for name, value in changes.items() if name in TaskRow._fields}
    return task._replace(version=task.version + 1, **shown)


def _follow(desk: Desk, writing: Writing, task: TaskRow, step: NextStep) -> TaskRow:
    new = follow_up(
        writing, desk.clock, task.client_id, step, task.manager_id or desk.me.id, task.person_id, task.interaction_id
    )
    return _known(tasks.by_id(writing.connection, new))


def _dated(contact: Contact, day: date, task: TaskRow, zone: str) -> Contact:
    """A contact of a past day, at the hour it was planned for; at noon when it had none."""
    hour = time(12) if task.due_time is None else time(*divmod(task.due_time, 60))
    at = datetime.combine(day, hour, ZoneInfo(zone))
    return Contact(contact.kind, contact.result, contact.resume, at, contact.person_id, contact.minutes)


def _open(task: TaskRow | None) -> TaskRow:
    known = _known(task)
    if not is_open(known):
        raise UserError("task_not_open", title=known.title)
    return known


def _known(task: TaskRow | None) -> TaskRow:
    if task is None:
        raise UserError("no_such_task")
    return task
