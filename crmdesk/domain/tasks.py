"""Tasks and promises: open, overdue, kept, broken, how late. SQL twins: data/tasks.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, NamedTuple

from crmdesk.domain.interactions import InteractionRow
from crmdesk.domain.lists import ContactKind, TaskKind
from crmdesk.domain.text import printable
from crmdesk.system.errors import UserError

TITLE_LENGTH = 500
REASON_LENGTH = 200
DAY_MINUTES = 24 * 60
CONTACT_OF: dict[str, str] = {
    TaskKind.VISIT: ContactKind.VISIT,
    TaskKind.CALL: ContactKind.CALL,
    TaskKind.LETTER: ContactKind.LETTER,
    TaskKind.MAILING: ContactKind.MAILING,
    TaskKind.MEETING: ContactKind.NEGOTIATION,
    TaskKind.EVENT: ContactKind.EVENT,
}
"""What contact a done task is; kinds that are missing here are no contact."""


class Kept(Enum):
    """The one value KEEP: what an argument says that leaves something as it is, where None means "none"."""

    KEEP = "keep"


KEEP: Final = Kept.KEEP


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
    minutes: int | None = None  # how long it takes
    notes: str = ""
    first_due_day: date | None = None
    interaction_id: int | None = None  # the contact that asked for it, or that it was done as
    no_next_reason: str | None = None  # why nothing follows, once it is done


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact that a task was done as. `result` is a key of contact_result, "" for none said."""

    kind: str  # domain.lists.ContactKind
    result: str = ""
    resume: str = ""
    at: datetime | None = None  # aware; now when left out
    person_id: int | None = None
    minutes: int | None = None  # how long it took


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of a task that was done: itself, the contact it was, what follows."""

    task: TaskRow
    interaction: InteractionRow | None = None
    next_task: TaskRow | None = None


class Move(NamedTuple):
    """A task's new place: its day, and where said its time and length in minutes."""

    task_id: int
    day: date
    time: int | None | Kept = KEEP
    minutes: int | None | Kept = KEEP


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


def checked_reason(reason: str) -> str:
    """Why something is no longer to be done, or why nothing follows. Raises UserError("reason_missing")."""
    line = " ".join(printable(reason).split())[:REASON_LENGTH]
    if not line:
        raise UserError("reason_missing")
    return line


def check(
    client_id: int | None, kind: str, day: date | None, promise: bool, time: int | None, length: int | None
) -> None:
    """Refuses what can be no task: `time` in minutes after midnight, `length` in minutes.

    A promise is made to somebody and for a day; a time needs its day. Raises UserError("not_in_list",
    "promise_to_nobody", "promise_undated", "time_undated", "no_such_time", "no_such_length").
    """
    if kind not in set(TaskKind):
        raise UserError("not_in_list", value=kind)
    if promise and client_id is None:
        raise UserError("promise_to_nobody")
    if promise and day is None:
        raise UserError("promise_undated")
    if time is not None and not 0 <= time < DAY_MINUTES:
        raise UserError("no_such_time", minutes=time)
    if time is not None and day is None:
        raise UserError("time_undated")
    if length is not None and not 0 < length <= DAY_MINUTES:
        raise UserError("no_such_length", minutes=length)


def moved(task: TaskRow, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with what follows from another day: how often it was moved, and the first day it ever had.

    Giving a day to a task that has none is no move; taking it away is one.
    """
    if "due_day" not in changes or changes["due_day"] == task.due_day:
        return changes
    day = changes["due_day"]
    followed = dict(changes)
    if task.due_day is not None:
        followed["moved_count"] = task.moved_count + 1
    elif task.first_due_day is None:
        followed["first_due_day"] = day
    return followed
