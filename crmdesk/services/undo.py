"""Taking back what one did last, and doing it again; read from the audit trail, on both stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crmdesk.data import audit
from crmdesk.data import undo as store
from crmdesk.domain.undo import RANK, StepKind, UndoReport, UndoStep, kind_of
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UserError


def last(desk: Desk) -> UndoStep | None:
    """What I would take back now: my newest action of this day that is not taken back. None when there is none."""
    return _next(desk, redo=False)


def next_redo(desk: Desk) -> UndoStep | None:
    """What I have taken back and may do again: nothing any more once I have done something else."""
    return _next(desk, redo=True)


def both(desk: Desk) -> tuple[UndoStep | None, UndoStep | None]:
    """`last` and `next_redo`, as the frame asks for them after every change."""
    return last(desk), next_redo(desk)


def undo(desk: Desk, tx: int) -> UndoReport:
    """Takes an action of mine back, as far as nobody has gone on from there; `tx` of an UndoStep. What took it back is
    an action itself: taking that back does the first one again.

    Raises UserError("nothing_to_undo") when it is no action of mine or was taken back before, "undo_changed_since"
    when all of it was changed since.
    """
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        changes = audit.of_transaction(writing.connection, tx, store.MOST_ROWS + 1)
        mine = bool(changes) and changes[0].user_id == desk.me.id
        if not mine or not store.is_action(changes) or store.is_undone(writing.connection, tx):
            raise UserError("nothing_to_undo")
        action = store.whole(writing.connection, store.Action(tx, tx, changes[0].at, changes))
        step = _step(writing.connection, action)
        done = store.take_back(writing, action)
        rows = done.archived + done.restored
        if not rows:
            raise UserError("undo_changed_since", name=step.name)
        return UndoReport(step, rows, len(done.kept), frozenset(writing.touched))


def _next(desk: Desk, *, redo: bool) -> UndoStep | None:
    clock = desk.clock if desk.store.dialect == "sqlite" else Clock(desk.clock.zone)  # a server dates its trail itself
    since = clock.local().replace(hour=0, minute=0, second=0, microsecond=0)
    with desk.store.read() as connection:
        action = store.last(connection, desk.me.id, since, redo=redo)
        return None if action is None else _step(connection, action)


def _step(connection: Any, action: store.Action) -> UndoStep:
    """What an action is called: by the most telling of its changes."""
    told = action.changes
    if action.original != action.tx:
        told = audit.of_transaction(connection, action.original)
    kinds = [(kind_of(change.table, change.op, change.old, change.new), change) for change in told]
    known = [(kind, change) for kind, change in kinds if kind is not None]
    if not known:
        first = told[0]
        owner = _owner(connection, first)
        return UndoStep(action.tx, action.at, StepKind.PERSON_CHANGED, 1, owner)
    kind = min((kind for kind, _ in known), key=lambda one: RANK[one])
    rows = {(change.table, change.row_id): change for one, change in known if one is kind}
    first = next(iter(rows.values()))
    name = ""
    if len(rows) == 1:
        name = store.name_of(connection, first.table, store.row_of(connection, first.table, first.row_id))
    return UndoStep(action.tx, action.at, kind, len(rows), name, _day(list(rows.values())))


def _owner(connection: Any, change: audit.Change) -> str:
    """The person or the client whose phone, e-mail or consent it was."""
    row = store.row_of(connection, change.table, change.row_id)
    table, owner = ("person", row.get("person_id")) if row.get("person_id") else ("client", row.get("client_id"))
    return store.name_of(connection, table, store.row_of(connection, table, owner)) if owner else ""


def _day(changes: Sequence[audit.Change]) -> date | None:
    """The one day that tasks were moved to; None when there are several, or none."""
    days = {change.new.get("due_day") for change in changes}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else date.fromordinal(day)
