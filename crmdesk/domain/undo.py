"""What a person did last, as it can be named and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class StepKind(StrEnum):
    """What an action was."""

    TASK_ADDED = "task_added"
    TASK_MOVED = "task_moved"
    TASK_DONE = "task_done"
    TASK_REOPENED = "task_reopened"
    TASK_RELEASED = "task_released"
    TASK_CHANGED = "task_changed"
    TASK_ARCHIVED = "task_archived"
    CONTACT_ADDED = "contact_added"
    CONTACT_CHANGED = "contact_changed"
    CLIENT_ADDED = "client_added"
    CLIENT_CHANGED = "client_changed"
    CLIENT_ARCHIVED = "client_archived"
    CLIENT_RESTORED = "client_restored"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_ARCHIVED = "person_archived"
    ORDER_ADDED = "order_added"
    ORDER_CHANGED = "order_changed"


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One action: `tx` is what would be taken back, `count` how many rows of its kind it was about, `name` the client,
    the person or the task if it was one; `day` where tasks were moved to, if to one day."""

    tx: int
    at: datetime
    kind: StepKind
    count: int
    name: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What came of taking back: so many rows stand as before, so many were left because somebody went on from there;
    `step` says what it was, `clients` whose it was."""

    step: UndoStep
    rows: int
    kept: int
    clients: frozenset[int]


def kind_of(table: str, op: str, changed: dict[str, object], then: dict[str, object]) -> StepKind | None:
    """What one change of one row is; `changed` and `then` are its changed fields before and after. None: a change that
    only goes with another one (a phone of a person, a line of an order)."""
    if table == "task":
        return _task(op, changed, then)
    if table == "interaction":
        return StepKind.CONTACT_ADDED if op == "insert" else StepKind.CONTACT_CHANGED
    if table == "orders":
        return StepKind.ORDER_ADDED if op == "insert" else StepKind.ORDER_CHANGED
    if table == "client":
        return _archivable(op, then, StepKind.CLIENT_ADDED, StepKind.CLIENT_ARCHIVED, StepKind.CLIENT_CHANGED,
                           StepKind.CLIENT_RESTORED)  # fmt: skip
    if table == "person":
        return _archivable(op, then, StepKind.PERSON_ADDED, StepKind.PERSON_ARCHIVED, StepKind.PERSON_CHANGED,
                           StepKind.PERSON_CHANGED)  # fmt: skip
    if table == "potential":
        return StepKind.CLIENT_CHANGED
    return None


RANK = {kind: place for place, kind in enumerate((
    StepKind.CLIENT_ADDED, StepKind.CLIENT_ARCHIVED, StepKind.CLIENT_RESTORED, StepKind.ORDER_ADDED,
    StepKind.TASK_DONE, StepKind.TASK_MOVED, StepKind.TASK_RELEASED, StepKind.TASK_REOPENED, StepKind.TASK_ARCHIVED,
    StepKind.CONTACT_ADDED, StepKind.PERSON_ARCHIVED, StepKind.PERSON_ADDED, StepKind.TASK_ADDED,
    StepKind.ORDER_CHANGED, StepKind.CONTACT_CHANGED, StepKind.TASK_CHANGED, StepKind.CLIENT_CHANGED,
    StepKind.PERSON_CHANGED,
))}  # fmt: skip
"""Of several kinds in one action, the first names it: a call done leaves a contact and a next step too."""


def _task(op: str, changed: dict[str, object], then: dict[str, object]) -> StepKind:
    if op == "insert":
        return StepKind.TASK_ADDED
    for field, set_to, unset in (
        ("archived_at", StepKind.TASK_ARCHIVED, StepKind.TASK_CHANGED),
        ("done_at", StepKind.TASK_DONE, StepKind.TASK_REOPENED),
        ("released_at", StepKind.TASK_RELEASED, StepKind.TASK_REOPENED),
    ):
        if field in then:
            return unset if then[field] is None else set_to
    if "due_day" in then or "due_time" in then:
        return StepKind.TASK_MOVED
    return StepKind.TASK_CHANGED


def _archivable(
    op: str, then: dict[str, object], added: StepKind, archived: StepKind, changed: StepKind, restored: StepKind
) -> StepKind:
    if op == "insert":
        return added
    if "archived_at" in then:
        return restored if then["archived_at"] is None else archived
    return changed
