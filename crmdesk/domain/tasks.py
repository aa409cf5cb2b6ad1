"""Tasks and promises: open, overdue, kept, broken, how late. SQL twins: data/tasks.py."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from crmdesk.domain.text import printable
from crmdesk.system.errors import UserError

TITLE_LENGTH = 500


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"  # not done, its day not over
    KEPT = "kept"  # done on its day or before
    BROKEN = "broken"  # done too late, or not done and its day over
    RELEASED = "released"  # no longer owed, for a reason; neither kept nor broken


class TaskRow(NamedTuple):
    """One task as a list shows it."""

    id: int
    client_id: int | None
    client: str
    person_id: int | None
    manager_id: int | None
    kind: str
    title: str
    promise: bool
    routine: bool
    priority: int
    due_day: date | None
    due_time: int | None  # minutes after midnight
    moved_count: int
    done_at: datetime | None = None
    done_day: date | None = None
    released_at: datetime | None = None
    release_reason: str = ""
    archived_at: datetime | None = None
    version: int = 1


def is_open(task: TaskRow) -> bool:
    """Whether it is still to be done. SQL twin: data.tasks.open_clause."""
    return task.done_at is None and task.released_at is None and task.archived_at is None


def is_overdue(task: TaskRow, today: date) -> bool:
    """Whether it is open and its day is over; the office's day is the unit, an hour that passed is not overdue yet.

    SQL twin: data.tasks.overdue_clause.
    """
    return is_open(task) and task.due_day is not None and task.due_day < today


def is_hanging(task: TaskRow) -> bool:
    """Whether it is open and has no day: nothing will ever bring it up. SQL twin: data.tasks.hanging_clause."""
    return is_open(task) and task.due_day is None


def is_owed(task: TaskRow) -> bool:
    """Whether it is a promise that counts in the month of its day: dated, neither archived nor released.

    SQL twin: data.tasks.owed_clause.
    """
    return task.promise and task.due_day is not None and task.archived_at is None and task.released_at is None


def is_kept(task: TaskRow) -> bool:
    """Whether it is an owed promise done on its day or before. SQL twin: data.tasks.kept_clause."""
    return is_owed(task) and task.done_day is not None and task.due_day is not None and task.done_day <= task.due_day


def promise_state(task: TaskRow, today: date) -> PromiseState:
    """What became of a promise; a promise without a day stays open until it is done."""
    if task.released_at is not None or task.archived_at is not None:
        return PromiseState.RELEASED
    if task.due_day is None:
        return PromiseState.OPEN if task.done_at is None else PromiseState.KEPT
    if days_late(task, today) > 0:
        return PromiseState.BROKEN
    return PromiseState.OPEN if task.done_day is None else PromiseState.KEPT


def days_late(task: TaskRow, today: date) -> int:
    """How many days after its day it was done, or has been waiting for until today; 0 when in time."""
    if task.due_day is None or task.released_at is not None or task.archived_at is not None:
        return 0
    return max(0, ((task.done_day or today) - task.due_day).days)


def checked_title(title: str) -> str:
    """A title as it may be stored, in one line. Raises UserError("title_too_long")."""
    line = " ".join(printable(title).split())
    if len(line) > TITLE_LENGTH:
        raise UserError("title_too_long", length=len(line), limit=TITLE_LENGTH)
    return line
