"""What lies on the days of a calendar: tasks, contacts that took place, birthdays. Rules: domain/calendar.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from crmdesk.data.dialects import among
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, Interaction, Person, Task
from crmdesk.data.tasks import overdue_clause
from crmdesk.domain.calendar import BIRTHDAY, LATE_SHOWN, WHOLE_DAY, DayCount, Days, Entry, in_order
from crmdesk.domain.coming import birthday_in
from crmdesk.domain.lists import ContactKind, TaskKind
from crmdesk.domain.load import MINUTES
from crmdesk.domain.tasks import CONTACT_OF

Managers = Sequence[int] | None
MONTHS_AT_ONCE = 3  # how many months a stretch of at most 42 days may touch
TITLE = 200  # characters of a résumé that a calendar could show


def _length(row: Any) -> Any:
    """Twin of domain.load.minutes_of, for tasks and contacts alike."""
    usual: list[Any] = [
        (row.kind == literal_column(f"'{kind}'"), literal_column(str(n))) for kind, n in MINUTES.items()
    ]
    return func.coalesce(row.minutes, case(*usual, else_=literal_column(str(MINUTES[TaskKind.OTHER]))))


def _of(column: Any, whose: str) -> list[ColumnElement[bool]]:
    """The clauses that leave one manager's rows, some managers', or everybody's."""
    if whose == "one":
        return [column == bindparam("manager")]
    return [among(column, "managers")] if whose == "some" else []


def _task_columns() -> tuple[Any, ...]:
    """What `_of_task` reads. Days and yes or no as the plain numbers of the store: thousands are read at once."""
    return (
        literal_column("'task'").label("what"),
        Task.id,
        type_coerce(Task.due_day, Integer).label("day"),
        Task.due_time,
        _length(Task).label("minutes"),
        Task.kind,
        Task.client_id,
        Task.title,
        Task.manager_id,
        Task.person_id,
        type_coerce(Task.promise, Integer).label("promise"),
        type_coerce(Task.done_at.is_not(None), Integer).label("done"),
        Task.moved_count,
        Task.version,
        func.substr(Task.notes, 1, TITLE).label("notes"),
        Task.interaction_id,
    )


def _tasks(whose: str) -> Ready:
    return Ready(
        select(*_task_columns()).where(
            *_of(Task.manager_id, whose),
            Task.due_day.between(bindparam("first"), bindparam("last")),
            Task.released_at.is_(None),
            Task.archived_at.is_(None),
        )
    )


def _late(whose: str) -> Ready:
    return Ready(
        select(*_task_columns())
        .where(*_of(Task.manager_id, whose), overdue_clause(bindparam("today")))
        .order_by(Task.promise.desc(), Task.due_day, Task.due_time, Task.id)
        .limit(bindparam("most"))
    )


def _late_count(whose: str) -> Ready:
    return Ready(
        select(func.count()).select_from(Task).where(*_of(Task.manager_id, whose), overdue_clause(bindparam("today")))
    )


def _contacts(whose: str) -> Ready:
    return Ready(
        select(
            literal_column("'contact'").label("what"),
            Interaction.id,
            type_coerce(Interaction.day, Integer).label("day"),
            type_coerce(Interaction.at, BigInteger).label("at"),
            _length(Interaction).label("minutes"),
            Interaction.kind,
            Interaction.client_id,
            func.substr(Interaction.resume, 1, TITLE).label("title"),
            Interaction.manager_id,
            Interaction.person_id,
        ).where(
            *_of(Interaction.manager_id, whose),
            Interaction.day.between(bindparam("first"), bindparam("last")),
            Interaction.kind != ContactKind.MAILING.value,
            Interaction.archived_at.is_(None),
        )
    )


def _birthdays(whose: str) -> Ready:
    months = or_(
        *(
            and_(
                Person.birth_month == bindparam(f"m{n}"),
                Person.birth_day.between(bindparam(f"a{n}"), bindparam(f"b{n}")),
            )
            for n in range(MONTHS_AT_ONCE)
        )
    )
    return Ready(
        select(
            Person.id,
            Person.client_id,
            Client.name,
            Client.manager_id,
            Person.surname,
            Person.given_name,
            Person.patronymic,
            Person.birth_month,
            Person.birth_day,
            Person.birth_year,
        )
        .join(Client, Client.id == Person.client_id)
        .where(*_of(Client.manager_id, whose), months, Person.archived_at.is_(None), Client.archived_at.is_(None))
    )


def _counts(whose: str) -> Ready:
    return Ready(
        select(
            Task.due_day,
            func.count(),
            func.count(Task.done_at),
            func.sum(_length(Task)),
        )
        .where(
            *_of(Task.manager_id, whose),
            Task.due_day.between(bindparam("first"), bindparam("last")),
            Task.released_at.is_(None),
            Task.archived_at.is_(None),
        )
        .group_by(Task.due_day)
    )


_NAMES = Ready(select(Client.id, Client.name).where(among(Client.id)))
_WHOSE = ("one", "some", "all")
_TASKS = {whose: _tasks(whose) for whose in _WHOSE}
_LATE = {whose: _late(whose) for whose in _WHOSE}
_LATE_COUNT = {whose: _late_count(whose) for whose in _WHOSE}
_CONTACTS = {whose: _contacts(whose) for whose in _WHOSE}
_BIRTHDAYS = {whose: _birthdays(whose) for whose in _WHOSE}
_COUNTS = {whose: _counts(whose) for whose in _WHOSE}


def _asked(managers: Managers) -> tuple[str, dict[str, Any]]:
    if managers is None:
        return "all", {}
    if len(managers) == 1:
        return "one", {"manager": managers[0]}
    return "some", {"managers": managers}


def counts(connection: Connection, days: Days, managers: Managers) -> dict[date, DayCount]:
    """Tasks of each day that has any: how many, how many done, how many minutes. One statement."""
    whose, values = _asked(managers)
    rows = _COUNTS[whose].rows(connection, first=days.first, last=days.last, **values)
    return {day: DayCount(many, done, int(minutes)) for day, many, done, minutes in rows}


def entries(connection: Connection, days: Days, managers: Managers, zone: str) -> tuple[Entry, ...]:
    """Everything that lies on these days (at most 42), in order: four statements.

    A task done on its day by recording a contact is one thing that happened, not two: the contact is left out.
    """
    whose, values = _asked(managers)
    between = {"first": days.first, "last": days.last}
    tasks = _TASKS[whose].rows(connection, **between, **values)
    contacts = _CONTACTS[whose].rows(connection, **between, **values)
    day_of = {day.toordinal(): day for day in days.all()}
    minute_of = _wall_clock(days, zone)
    names = _names(connection, tasks, contacts)
    found, told = [], set()
    for row in tasks:
        entry = _of_task(row, day_of[row[2]], names)
        found.append(entry)
        if entry.done and row[-1] is not None:
            told.add((row[-1], row[2], CONTACT_OF.get(entry.kind)))
    for what, contact, day, at, minutes, kind, client, *more in contacts:
        if (contact, day, kind) not in told:
            who = names.get(client, "")
            row = (what, contact, day_of[day], minute_of(day, at), minutes, kind, client, who, *more)
            found.append(Entry._make((*row, False, True, 0, 0, None, "")))
    found += birthdays(connection, days, managers)
    return in_order(found)


def _names(connection: Connection, *some: Sequence[Sequence[Any]]) -> dict[int, str]:
    """The names of the clients in these rows. Joined to each row they would make a server read all clients."""
    ids = {row[6] for rows in some for row in rows if row[6] is not None}
    return {row[0]: row[1] for row in _NAMES.rows(connection, ids=ids)}


def _of_task(row: Sequence[Any], day: date, names: Mapping[int, str]) -> Entry:
    what, task, _, time_, minutes, kind, client, *more, promise, done, moved, version, notes, _ = row
    head = (what, task, day, time_, minutes, kind, client, names.get(client, ""), *more)
    return Entry._make((*head, bool(promise), bool(done), moved, version, None, notes))


def late(connection: Connection, today: date, managers: Managers) -> tuple[tuple[Entry, ...], int]:
    """What was left undone before today, broken promises first and then the oldest, and how many there are in all."""
    whose, values = _asked(managers)
    rows = _LATE[whose].rows(connection, today=today, most=LATE_SHOWN, **values)
    names = _names(connection, rows)
    found = tuple(_of_task(row, date.fromordinal(row[2]), names) for row in rows)
    if len(found) < LATE_SHOWN:
        return found, len(found)
    count = _LATE_COUNT[whose].first(connection, today=today, **values)
    return found, count[0] if count else 0


def birthdays(connection: Connection, days: Days, managers: Managers) -> list[Entry]:
    """The birthdays of people at the managers' clients on these days (at most 42)."""
    whose, values = _asked(managers)
    found = []
    for row in _BIRTHDAYS[whose].rows(connection, **_months(days), **values):
        person, client_id, client, manager, surname, given, patronymic, month, day, year = row
        on = next(
            (
                on
                for on in (birthday_in(y, month, day) for y in range(days.first.year, days.last.year + 1))
                if on in days
            ),
            None,
        )
        if on is not None:
            name = " ".join(part for part in (given, patronymic, surname) if part)
            years = on.year - year if year and on.year > year else None
            found.append(
                Entry("birthday", person, on, None, 0, BIRTHDAY, client_id, client, name, manager, person, years=years)
            )
    return found


def _months(days: Days) -> dict[str, int]:
    """The months that the days touch, each with its first and last day: what the birthdays are asked by.

    28 February asks for the 29th too: it is greeted on that day in common years.
    """
    found: dict[int, list[int]] = {}
    for day in days.all():
        found.setdefault(day.month, []).append(day.day)
    values = {f"{letter}{n}": 0 for letter in "mab" for n in range(MONTHS_AT_ONCE)}
    for n, (month, numbers) in enumerate(found.items()):
        last = max(numbers)
        values |= {f"m{n}": month, f"a{n}": min(numbers), f"b{n}": 29 if month == 2 and last == 28 else last}
    return values


def _wall_clock(days: Days, zone: str) -> Callable[[int, int], int]:
    """Says the minute of the office's day from a day (its ordinal) and a moment (milliseconds since 1970).

    Days on which clocks are changed are asked moment by moment, all others once.
    """
    here = ZoneInfo(zone)
    shifts: dict[int, int | None] = {}

    def shift_of(ordinal: int) -> int | None:
        day = date.fromordinal(ordinal)
        begin = datetime.combine(day, time(), here).utcoffset()
        end = datetime.combine(day + timedelta(1), time(), here).utcoffset()
        return int(begin.total_seconds()) // 60 if begin is not None and begin == end else None

    def minute_of(day: int, at: int) -> int:
        if day not in shifts:
            shifts[day] = shift_of(day)
        shift = shifts[day]
        if shift is None:
            moment = datetime.fromtimestamp(at / 1000, here)
            return moment.hour * 60 + moment.minute
        return (at // 60_000 + shift) % WHOLE_DAY

    return minute_of
