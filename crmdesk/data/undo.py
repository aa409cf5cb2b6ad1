"""What a person did last, read from the trail, and taking it back: one transaction by another one.

A transaction is an action when it changed only what people work with (ACTIONS). What it inserted is archived, what it
changed is set back; a row that somebody has changed since stays as it is. What took something back is a transaction
of the same kind, so doing it again is taking that back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from crmdesk.data import audit, import_undo, tables
from crmdesk.data.audit import Change
from crmdesk.data.dialects import among, chunks
from crmdesk.data.import_undo import Kept
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Audit, Undone
from crmdesk.data.writing import Writing

# Children before parents: a client is looked at when his own rows are already archived.
_TABLES: tuple[Any, ...] = (
    tables.Task, tables.Interaction, tables.Order, tables.Consent, tables.ContactPoint, tables.Person,
    tables.Potential, tables.Client,
)  # fmt: skip
ACTIONS = frozenset(table.__tablename__ for table in _TABLES)
_WITH_LINES = tables.OrderLine.__tablename__
_SEARCHED = frozenset(
    table.__tablename__ for table in (tables.Client, tables.Person, tables.ContactPoint)
)  # what a client is found by
LOOKED_AT = 20_000  # newest lines of the trail in which actions are looked for
MOST_STEPS = 20  # actions that can be taken back one after another
MOST_ROWS = 5_000  # rows of one action

# the newest lines first, as they lie: left to choose, a planner goes by an index and reads all of the trail
_NEWEST = (
    select(Audit.id, Audit.tx, Audit.user_id, Audit.tbl, Audit.at).order_by(Audit.id.desc()).limit(LOOKED_AT).subquery()
)
_LATEST = Ready(
    select(_NEWEST.c.tx, func.max(_NEWEST.c.id).label("last"))
    .where(
        _NEWEST.c.user_id == bindparam("me"),
        _NEWEST.c.at >= bindparam("since"),
        or_(*(_NEWEST.c.tbl == name for name in sorted(ACTIONS))),
    )
    .group_by(_NEWEST.c.tx)
    .order_by(func.max(_NEWEST.c.id).desc())
    .limit(MOST_STEPS * 4)  # taking back and doing again leave lines, too
)
_UNDONE = Ready(select(Undone.tx, Undone.by_tx).where(Undone.user_id == bindparam("me"), among(Undone.tx)))
_UNDOING = Ready(select(Undone.tx, Undone.by_tx).where(Undone.user_id == bindparam("me"), among(Undone.by_tx)))


@dataclass(frozen=True, slots=True)
class Action:
    """One transaction of a person; `original` is the one whose words tell it: itself, unless it took back or redid.

    `before` are the transactions taken back with it: a task was done, then what comes next was said.
    """

    tx: int
    original: int
    at: datetime
    changes: tuple[Change, ...]
    before: tuple[int, ...] = ()


@dataclass(slots=True)
class TakenBack:
    """How many rows were archived, how many set back, which were left, whose figures follow."""

    archived: int = 0
    restored: int = 0
    kept: list[Kept] = field(default_factory=list)


def last(connection: Connection, user_id: int, since: datetime, *, redo: bool = False) -> Action | None:
    """What this person would take back now, of what he did from `since` on.

    With `redo`, the taking back that he would take back.
    """
    found = [int(row[0]) for row in _LATEST.rows(connection, me=user_id, since=since)]
    if not found:
        return None
    by = {int(tx): int(by_tx) for tx, by_tx in _UNDONE.rows(connection, me=user_id, ids=found)}
    of = _first_undone(_UNDOING.rows(connection, me=user_id, ids=found))
    for tx in found:
        if tx in by:
            continue
        original, steps = _original(connection, tx, of, user_id)
        takes_back = steps % 2 == 1
        if redo and not takes_back:
            return None  # something was done since: nothing to do again
        if takes_back is not redo:
            continue
        changes = audit.of_transaction(connection, tx, MOST_ROWS + 1)  # the making of a base has millions
        if is_action(changes):
            return whole(connection, Action(tx, original, changes[0].at, changes))
        if redo:
            return None
    return None


def whole(connection: Connection, action: Action) -> Action:
    """The action with what it only adds to: saying what follows a task (services.tasks.follow) goes back with the
    doing of it, and with what was said before."""
    told = _told_of(action.changes)
    changes, before = action.changes, action.before
    while told is not None:
        made = [
            change
            for change in audit.history(connection, tables.Task.__tablename__, told.row_id)
            if change.new.get("version") == told.old.get("version") and change.user_id == told.user_id
        ]
        if not made or is_undone(connection, made[0].tx):
            break
        earlier = audit.of_transaction(connection, made[0].tx, MOST_ROWS + 1)
        told = _told_of(earlier)
        if not is_action(earlier) or (told is None and not made[0].new.get("done_at")):
            break
        changes, before = (*earlier, *changes), (made[0].tx, *before)
    return Action(action.tx, action.original, action.at, changes, before)


def _told_of(changes: Sequence[Change]) -> Change | None:
    """The change of a done task by which one knows that the others follow it; None when they are on their own."""
    return next(
        (
            change
            for change in changes
            if change.table == tables.Task.__tablename__
            and change.op == "update"
            and "version" in change.new
            and change.new.keys() | change.old.keys() <= {"version", "no_next_reason"}
        ),
        None,
    )


def _original(connection: Connection, tx: int, of: dict[int, int], user_id: int) -> tuple[int, int]:
    """The action at the beginning of a chain of taking back and doing again, and the steps since."""
    steps = 0
    while tx in of:
        tx, steps = of[tx], steps + 1
        if tx not in of:
            of.update(_first_undone(_UNDOING.rows(connection, me=user_id, ids=[tx])))
    return tx, steps


def _first_undone(rows: Sequence[Any]) -> dict[int, int]:
    """By a transaction that took back: what it took back, the first where it was several that belong together."""
    found: dict[int, int] = {}
    for tx, by_tx in rows:
        found[int(by_tx)] = min(int(tx), found.get(int(by_tx), int(tx)))
    return found


def is_undone(connection: Connection, tx: int) -> bool:
    """Whether a transaction was taken back before."""
    return connection.scalar(select(Undone.by_tx).where(Undone.tx == tx)) is not None


def is_action(changes: Sequence[Change]) -> bool:
    """Whether a transaction can be taken back: nothing but what people work with, and not the work of an import."""
    if not changes or len(changes) > MOST_ROWS:
        return False
    made = {change.row_id for change in changes if change.op == "insert" and change.table == "orders"}
    for change in changes:
        if change.table == _WITH_LINES:
            if change.op != "insert" or change.row_id not in made:
                return False
        elif change.table not in ACTIONS or change.op == "delete" or change.new.get("import_id"):
            return False
    return True


def take_back(writing: Writing, action: Action) -> TakenBack:
    """Takes it back as far as nobody has gone on from there, in the caller's transaction, and notes that it was."""
    report = TakenBack()
    rows: dict[tuple[str, int], list[Change]] = {}
    for change in action.changes:
        if change.table in ACTIONS:
            rows.setdefault((change.table, change.row_id), []).append(change)
    for table in _TABLES:
        name = table.__tablename__
        mine = {row_id: changes for (tbl, row_id), changes in rows.items() if tbl == name}
        before = _clients_of(writing.connection, table, list(mine))
        changed = _changed_since(writing.connection, name, {row_id: some[-1].id for row_id, some in mine.items()})
        versions = _versions(writing.connection, table, list(mine))
        added = [row_id for row_id, changes in mine.items() if changes[0].op == "insert"]
        used = import_undo.in_use(writing.connection, table, added)
        done = []
        for row_id, changes in mine.items():
            if row_id in used:
                report.kept.append(Kept(name, row_id, "in_use"))
            elif row_id not in changed and _back(writing, table, row_id, changes, versions[row_id]):
                done.append(row_id)
                report.archived += row_id in added
                report.restored += row_id not in added
            else:
                report.kept.append(Kept(name, row_id, "changed_since"))
        after = _clients_of(writing.connection, table, done)
        touched = {client for row_id in done for client in (before.get(row_id), after.get(row_id)) if client}
        if touched:
            writing.touch(touched, words=name in _SEARCHED)
    if report.archived or report.restored:
        writing.connection.execute(
            insert(Undone),
            [
                {"tx": tx, "by_tx": writing.tx, "user_id": writing.user_id, "at": writing.at}
                for tx in (action.tx, *action.before)
            ],
        )
    return report


def _back(writing: Writing, table: Any, row_id: int, changes: Sequence[Change], version: int) -> bool:
    """The row as it was before these changes; False when another writer was faster."""
    if changes[0].op == "insert":
        values: dict[str, Any] = {"archived_at": writing.at}
    else:
        values = {}
        for change in reversed(changes):
            values.update(change.old)  # the oldest value of each field comes last
    return import_undo.set_back(writing.connection, table, row_id, values, version)


def _versions(connection: Connection, table: Any, ids: Sequence[int]) -> dict[int, int]:
    asked = select(table.id, table.version).where(among(table.id))
    return {int(row.id): int(row.version) for some in chunks(ids) for row in connection.execute(asked, {"ids": some})}


def _changed_since(connection: Connection, name: str, left: dict[int, int]) -> set[int]:
    """The rows that somebody has changed after the lines of the trail given; what was itself taken back since has
    changed nothing."""
    asked = select(Audit.row_id, Audit.tx, Audit.id).where(Audit.tbl == name, among(Audit.row_id))
    later: dict[int, set[int]] = {}
    for some in chunks(left):
        for row in connection.execute(asked, {"ids": some}):
            if row.id > left[row.row_id]:
                later.setdefault(row.row_id, set()).add(row.tx)
    if not later:
        return set()
    everything = set().union(*later.values())
    pairs = dict(connection.execute(select(Undone.tx, Undone.by_tx).where(among(Undone.tx)), {"ids": everything}).all())
    return {row_id for row_id, txs in later.items() if not _came_to_nothing(txs, pairs)}


def _came_to_nothing(txs: set[int], pairs: dict[int, int]) -> bool:
    """Whether each of these transactions stands in a chain of done, taken back, done again … that begins among them
    and ends with taking back. `pairs`: a transaction, and the one that took it back."""
    rest = set(txs)
    for first in sorted(txs - {by for tx, by in pairs.items() if tx in txs}):
        length = 1
        rest.discard(first)
        tx = first
        while pairs.get(tx) in txs:  # one that took back other rows only has not touched this one
            tx, length = pairs[tx], length + 1
            rest.discard(tx)
        if length % 2:
            return False
    return not rest


def _clients_of(connection: Connection, table: Any, ids: Sequence[int]) -> dict[int, int]:
    """Whose rows they are."""
    if table is tables.Client:
        return {row_id: row_id for row_id in ids}
    if "client_id" not in table.__table__.c:
        return {}
    asked = select(table.id, table.client_id).where(among(table.id), table.client_id.is_not(None))
    return {int(row.id): int(row.client_id) for some in chunks(ids) for row in connection.execute(asked, {"ids": some})}


def row_of(connection: Connection, name: str, row_id: int) -> dict[str, Any]:
    """A row as it stands now, by column name."""
    table = tables.metadata.tables[name]
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return dict(row) if row is not None else {}


def name_of(connection: Connection, name: str, row: dict[str, Any]) -> str:
    """What a row is called: its client's name, a person's, a task's words."""
    if name == tables.Client.__tablename__:
        return str(row.get("name") or "")
    if name == tables.Person.__tablename__:
        return " ".join(part for part in (row["surname"], row["given_name"]) if part)
    if row.get("client_id") is not None:
        client = connection.scalar(select(tables.Client.name).where(tables.Client.id == row["client_id"]))
        return str(client or "")
    return str(row.get("title") or "")
