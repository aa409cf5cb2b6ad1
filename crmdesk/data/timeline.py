"""What the timeline of a client reads: four statements for the stream, two for what belongs to it, three to count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from crmdesk.data.dialects import among
from crmdesk.data.ready import Ready
from crmdesk.data.tables import (
    Audit,
    Client,
    Consent,
    ContactPoint,
    Interaction,
    Order,
    OrderLine,
    Person,
    Potential,
    Task,
    User,
)
from crmdesk.data.tables.base import BigInt, Day
from crmdesk.domain.timeline import (
    CONTACTS,
    NEWEST,
    Changed,
    Entry,
    EntryKind,
    Place,
    Step,
    TimelinePage,
    cut,
    folded,
    kind_of,
    matches,
    said,
)

ALL = frozenset(EntryKind)
EVERYTHING = 2**31 - 1  # the limit of a search: what is typed is looked for in all of it
LINES = 3  # of an order, that are told
_CONTACT_KINDS = frozenset({*CONTACTS, EntryKind.NOTE})
_PLACE = (bindparam("day", type_=Day()), bindparam("at", type_=BigInt), bindparam("id", type_=BigInt))
_CLIENT = bindparam("client", type_=BigInt)
_person = (Person.surname, Person.given_name, Person.patronymic)


def _before(day: Any, at: Any, number: Any) -> Any:
    """The clause that an entry stands before the place given; the day alone bounds the index."""
    return and_(day <= bindparam("day", type_=Day()), tuple_(day, at, number) < tuple_(*_PLACE))


def _literals(words: Collection[str]) -> list[Any]:
    return [literal_column(f"'{word}'") for word in sorted(words)]


def _of_kind(kinds: frozenset[EntryKind]) -> Any:
    """The contacts behind these pills; twin of domain.timeline.kind_of."""
    wanted = [Interaction.kind.in_(_literals(CONTACTS[kind])) for kind in sorted(kinds) if kind in CONTACTS]
    if EntryKind.NOTE in kinds:
        wanted.append(Interaction.kind.not_in(_literals(frozenset().union(*CONTACTS.values()))))
    return or_(*wanted)


@lru_cache(64)
def _contacts(kinds: frozenset[EntryKind]) -> Ready:
    every = kinds >= _CONTACT_KINDS
    return Ready(
        select(
            Interaction.id,
            Interaction.day,
            Interaction.at,
            Interaction.kind,
            Interaction.minutes,
            Interaction.result,
            Interaction.rung,
            Interaction.resume,
            Interaction.no_next_reason,
            *_person,
            User.name,
        )
        .outerjoin(Person, Person.id == Interaction.person_id)
        .outerjoin(User, User.id == Interaction.manager_id)
        .where(
            Interaction.client_id == _CLIENT,
            Interaction.archived_at.is_(None),
            *(() if every else (_of_kind(kinds),)),
            _before(Interaction.day, Interaction.at, Interaction.id),
        )
        .order_by(Interaction.day.desc(), Interaction.at.desc(), Interaction.id.desc())
        .limit(bindparam("limit"))
    )


# A task that was done as a contact is told by the contact: made before it. The next step of a contact is made with it.
_done_as = select(Interaction.id).where(Interaction.id == Task.interaction_id, Interaction.created_at > Task.created_at)
_DONE = and_(Task.done_at.is_not(None), Task.done_day.is_not(None), Task.archived_at.is_(None))
_TASKS = (
    select(
        Task.id,
        Task.promise,
        Task.kind,
        Task.title,
        Task.notes,
        Task.due_day,
        Task.done_day,
        Task.done_at,
        Task.created_at,
        Task.released_at,
        Task.release_reason,
        *_person,
        User.name,
    )
    .outerjoin(Person, Person.id == Task.person_id)
    .outerjoin(User, User.id == Task.manager_id)
    .where(Task.client_id == _CLIENT)
)


@lru_cache(4)
def _done(promises: bool, others: bool) -> Ready:
    wanted: list[Any] = [Task.promise] if promises else []
    if others:
        wanted.append(and_(Task.promise.is_(False), ~_done_as.exists()))
    return Ready(
        _TASKS.where(_DONE, or_(*wanted), _before(Task.done_day, Task.done_at, Task.id))
        .order_by(Task.done_day.desc(), Task.done_at.desc(), Task.id.desc())
        .limit(bindparam("limit"))
    )


_OWED = Ready(_TASKS.where(Task.promise, Task.done_at.is_(None), Task.archived_at.is_(None)))
_ORDERS = Ready(
    select(Order.id, Order.day, Order.number, Order.stage, Order.total)
    .where(Order.client_id == _CLIENT, Order.archived_at.is_(None), _before(Order.day, literal(0, BigInt), Order.id))
    .order_by(Order.day.desc(), Order.id.desc())
    .limit(bindparam("limit"))
)
_ORDER_LINES = Ready(
    select(OrderLine.order_id, OrderLine.words, OrderLine.quantity)
    .where(among(OrderLine.order_id))
    .order_by(OrderLine.order_id, OrderLine.line)
)
_STEPS = Ready(
    select(
        Task.interaction_id, Task.kind, Task.title, Task.promise, Task.due_day, Task.due_time, Task.done_at.is_not(None)
    )
    .join(Interaction, Interaction.id == Task.interaction_id)
    .where(among(Task.interaction_id), Task.archived_at.is_(None), Task.created_at >= Interaction.created_at)
    .order_by(Task.due_day, Task.id)
)


def _trail(table: Any, label: Any, clause: Any, *joins: Any) -> Any:
    statement = (
        select(Audit.id, Audit.tbl, label.label("label"), Audit.op, Audit.at, Audit.old, Audit.new, User.name)
        .select_from(Audit)
        .join(table, and_(Audit.tbl == literal_column(f"'{table.__tablename__}'"), Audit.row_id == table.id))
    )
    for join in joins:
        statement = statement.join(*join)
    made = select(Audit.tx).where(Audit.tbl == "client", Audit.row_id == _CLIENT, Audit.op == "insert")
    return statement.outerjoin(User, User.id == Audit.user_id).where(
        clause,
        Audit.at >= bindparam("since", type_=BigInt),
        Audit.at < bindparam("until", type_=BigInt),
        Audit.tx.not_in(made.scalar_subquery()),
    )


_CHANGES = Ready(
    union_all(
        _trail(Client, literal_column("''", Text()), Client.id == _CLIENT),
        _trail(Person, Person.surname, Person.client_id == _CLIENT),
        _trail(ContactPoint, ContactPoint.kind, ContactPoint.client_id == _CLIENT),
        _trail(Consent, Consent.channel, Person.client_id == _CLIENT, (Person, Person.id == Consent.person_id)),
        _trail(Potential, literal_column("''", Text()), Potential.client_id == _CLIENT),
    )
)
_COUNT_CONTACTS = Ready(
    select(Interaction.kind, func.count())
    .where(Interaction.client_id == _CLIENT, Interaction.archived_at.is_(None))
    .group_by(Interaction.kind)
)
_COUNT_ORDERS = Ready(select(func.count()).where(Order.client_id == _CLIENT, Order.archived_at.is_(None)))
_COUNT_TASKS = Ready(
    select(
        func.sum(case((Task.promise, 1), else_=0), type_=Integer()),
        func.sum(case((and_(Task.promise.is_(False), _DONE, ~_done_as.exists()), 1), else_=0), type_=Integer()),
    ).where(Task.client_id == _CLIENT, Task.archived_at.is_(None))
)


def page(
    connection: Connection,
    client_id: int,
    kinds: Collection[EntryKind],
    before: Place | None,
    limit: int,
    zone: ZoneInfo,
    *,
    text: str = "",
    counts: bool = False,
) -> TimelinePage:
    """The newest `limit` entries of these kinds (none: of all) before a place; `text` searches within them."""
    wanted = frozenset(kinds) or ALL
    start = before or NEWEST
    most = EVERYTHING if text else limit + 1
    place = {"client": client_id, "day": start.day, "at": start.at, "id": start.id, "limit": most}
    found: list[Entry] = []
    if wanted & _CONTACT_KINDS:
        found += map(_contact, _contacts(wanted & _CONTACT_KINDS).rows(connection, **place))
    if wanted & {EntryKind.PROMISE, EntryKind.TASK}:
        done = _done(EntryKind.PROMISE in wanted, EntryKind.TASK in wanted)
        found += [_task(row, zone) for row in done.rows(connection, **place)]
    if EntryKind.PROMISE in wanted:
        found += [_task(row, zone) for row in _OWED.rows(connection, client=client_id)]
    if EntryKind.ORDER in wanted:
        found += map(_order, _ORDERS.rows(connection, **place))
    changes: list[Entry] = []
    if EntryKind.CHANGE in wanted or counts:
        last = cut(found, start, limit)[1]
        oldest = last.day if last and not counts and not text else None  # older changes are for later pages
        changes = _changes(connection, client_id, oldest, start.day, zone)
        if EntryKind.CHANGE in wanted and not text:
            found += changes
    if text:
        found = [entry for entry in _completed(connection, found) if matches(entry, text)]
    entries, then = cut(found, start, limit)
    return TimelinePage(
        entries if text else _completed(connection, entries),
        then,
        _counted(connection, client_id, len(changes)) if counts else None,
    )


def _counted(connection: Connection, client_id: int, changes: int) -> Mapping[EntryKind, int]:
    found: dict[EntryKind, int] = defaultdict(int)
    for kind, count in _COUNT_CONTACTS.rows(connection, client=client_id):
        found[kind_of(kind)] += count
    orders = _COUNT_ORDERS.first(connection, client=client_id) or (0,)
    promises, done = _COUNT_TASKS.first(connection, client=client_id) or (0, 0)
    found |= {
        EntryKind.ORDER: orders[0],
        EntryKind.PROMISE: promises or 0,
        EntryKind.TASK: done or 0,
        EntryKind.CHANGE: changes,
    }
    return {kind: found[kind] for kind in EntryKind}


def _completed(connection: Connection, entries: Collection[Entry]) -> tuple[Entry, ...]:
    """The entries with the lines of their orders and the steps that followed."""
    orders = [entry.id for entry in entries if entry.kind is EntryKind.ORDER]
    contacts = [entry.id for entry in entries if entry.kind in _CONTACT_KINDS]
    words: dict[int, list[str]] = defaultdict(list)
    steps: dict[int, list[Step]] = defaultdict(list)
    for order_id, line, _ in _ORDER_LINES.rows(connection, ids=orders):
        words[order_id].append(line)
    for contact_id, kind, title, promise, due_day, due_time, is_done in _STEPS.rows(connection, ids=contacts):
        steps[contact_id].append(Step(kind, title, bool(promise), due_day, due_time, bool(is_done)))
    return tuple(
        replace(entry, words=" · ".join(filter(None, words[entry.id])), steps=tuple(steps[entry.id]))
        if entry.kind is EntryKind.ORDER
        else replace(entry, steps=tuple(steps[entry.id]))
        if entry.id in steps
        else entry
        for entry in entries
    )


def _contact(row: Any) -> Entry:
    number, day, at, kind, minutes, result, rung, resume, reason, surname, given, patronymic, author = row
    return Entry(
        kind_of(kind),
        Place(day, _ms(at), number),
        what=kind,
        at=at,
        person=_name(surname, given, patronymic),
        author=author or "",
        minutes=minutes,
        result=result,
        rung=rung,
        words=resume,
        reason=reason,
    )


def _task(row: Any, zone: ZoneInfo) -> Entry:
    number, promise, kind, title, notes, due_day, done_day, done_at, created_at, released_at, reason, *rest = row
    surname, given, patronymic, author = rest
    at = done_at or released_at or created_at
    return Entry(
        EntryKind.PROMISE if promise else EntryKind.TASK,
        Place(done_day or at.astimezone(zone).date(), _ms(at), number),
        what=kind,
        at=at,
        person=_name(surname, given, patronymic),
        author=author or "",
        words=title,
        notes=notes,
        reason=reason,
        due_day=due_day,
        done_day=done_day,
        released=released_at is not None,
    )


def _order(row: Any) -> Entry:
    number, day, name, stage, total = row
    return Entry(EntryKind.ORDER, Place(day, 0, number), what=stage, number=name, money=total)


def _changes(connection: Connection, client_id: int, first: date | None, last: date, zone: ZoneInfo) -> list[Entry]:
    """The changes of the card from one day to another (None: from the first), a day an entry."""
    since = 0 if first is None else _ms(datetime.combine(first, time(), zone))
    until = NEWEST.at if last == NEWEST.day else _ms(datetime.combine(last + timedelta(days=1), time(), zone))
    found: list[Changed] = []
    for number, table, label, op, at, old, new, author in _CHANGES.rows(
        connection, client=client_id, since=since, until=until
    ):
        before, after = old or {}, new or {}
        day = at.astimezone(zone).date()
        found += [
            Changed(table, label, name, day, _ms(at), number, author or "", before.get(name), after.get(name))
            for name in said(table, op, before, after)
        ]
    return folded(found)


def _name(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _ms(moment: datetime) -> int:
    return round(moment.astimezone(UTC).timestamp() * 1000)
