"""What there is to remind of, in a fixed number of statements, and what became of it. Rules: domain/reminders.py."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from crmdesk.data.dialects import Texts, among
from crmdesk.data.people import born_clause, born_values
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, Person, Reminder, Task
from crmdesk.data.tasks import open_clause, overdue_clause
from crmdesk.data.writing import Writing
from crmdesk.domain.reminders import BIRTHDAY_DAYS, EVE_DAYS, Answer, BirthdayMoment, TaskMoment
from crmdesk.system.ids import new_id

PUT_OFF_DAYS = 14
"""How far back tasks are looked at one by one: the longest snooze after the longest wait to be shown; before that the
line of what is overdue tells them."""
BORN_DAYS = BIRTHDAY_DAYS + 2  # those days ago, today and tomorrow

_TASKS = Ready(
    select(
        Task.id,
        Task.client_id,
        func.coalesce(Client.name, ""),
        Task.kind,
        Task.title,
        Task.promise,
        Task.due_day,
        Task.due_time,
        Task.zone,
    )
    .outerjoin(Client, Client.id == Task.client_id)
    .where(
        Task.manager_id == bindparam("manager"),
        open_clause(),
        Task.due_day >= bindparam("first"),
        Task.due_day <= bindparam("last"),
    )
    .order_by(Task.due_day, Task.due_time, Task.id)
)
_LATE = Ready(
    select(func.count())
    .select_from(Task)
    .where(Task.manager_id == bindparam("manager"), overdue_clause(bindparam("today")))
)
_BIRTHDAYS = Ready(
    select(
        Person.id,
        Client.id.label("client"),
        Client.name,
        Person.surname,
        Person.given_name,
        Person.patronymic,
        Person.birth_month,
        Person.birth_day,
    )
    .join(Client, Client.id == Person.client_id)
    .where(
        born_clause(BORN_DAYS),
        Person.archived_at.is_(None),
        Client.archived_at.is_(None),
        Client.manager_id == bindparam("manager"),
    )
    .order_by(Person.id)
)
_ANSWERS = Ready(
    select(Reminder.key, Reminder.shown_at, Reminder.snoozed_until, Reminder.dismissed_at).where(
        Reminder.user_id == bindparam("user"), among(Reminder.key, "keys", Texts)
    )
)


def tasks_around(connection: Connection, manager_id: int, today: date) -> list[TaskMoment]:
    """The manager's open tasks that may remind by themselves now or within a day."""
    first = today - timedelta(days=PUT_OFF_DAYS)
    last = today + timedelta(days=1 + EVE_DAYS)
    return [TaskMoment(*row) for row in _TASKS.rows(connection, manager=manager_id, first=first, last=last)]


def late_count(connection: Connection, manager_id: int, today: date) -> int:
    """How many of the manager's tasks are overdue."""
    found = _LATE.first(connection, manager=manager_id, today=today)
    return int(found[0]) if found else 0


def birthdays_around(connection: Connection, manager_id: int, today: date) -> list[BirthdayMoment]:
    """Who of the people at the manager's clients has a birthday about now."""
    values = born_values(today - timedelta(days=BIRTHDAY_DAYS), BORN_DAYS)
    return [
        BirthdayMoment(person, client, name, " ".join(filter(None, (given, patronymic, surname))), month, day)
        for person, client, name, surname, given, patronymic, month, day in _BIRTHDAYS.rows(
            connection, manager=manager_id, **values
        )
    ]


def answers(connection: Connection, user_id: int, keys: Collection[str]) -> dict[str, Answer]:
    """What became of the occasions so far; those without a row are not in it."""
    return {row[0]: Answer(*row[1:]) for row in _ANSWERS.rows(connection, user=user_id, keys=sorted(keys))}


def claim(writing: Writing, user_id: int, keys: Collection[str], now: datetime) -> set[str]:
    """Marks occasions as shown by us; those that nobody else, on another computer, has shown first."""
    known = answers(writing.connection, user_id, keys)
    ours = {key for key, answer in known.items() if answer.snoozed_until is not None and answer.snoozed_until <= now}
    for key in sorted(ours):
        due = (Reminder.user_id == user_id, Reminder.key == key, Reminder.snoozed_until <= now)
        values = {"shown_at": now, "snoozed_until": None, "version": Reminder.version + 1}
        done = writing.connection.execute(update(Reminder).where(*due, Reminder.dismissed_at.is_(None)).values(values))
        if done.rowcount == 0:
            ours.discard(key)
    fresh = sorted(set(keys) - set(known))
    return ours | _insert(writing, user_id, fresh, shown_at=now)


def put(writing: Writing, user_id: int, keys: Iterable[str], **values: datetime | None) -> None:
    """Keeps what became of occasions, whether they have a row or not."""
    wanted = sorted(set(keys))
    known = set(answers(writing.connection, user_id, wanted))
    _insert(writing, user_id, [key for key in wanted if key not in known], **values)
    if known:
        writing.connection.execute(
            update(Reminder)
            .where(Reminder.user_id == user_id, Reminder.key.in_(sorted(known)))
            .values(**values, version=Reminder.version + 1)
        )


def _insert(writing: Writing, user_id: int, keys: Collection[str], **values: datetime | None) -> set[str]:
    """New rows, but for keys that another computer was faster with; the keys that are ours."""
    if not keys:
        return set()
    table: Any = Reminder.__table__
    on_server = writing.connection.dialect.name == "postgresql"
    insert: Any = postgresql.insert if on_server else sqlite.insert
    rows = [
        {"id": new_id(), "user_id": user_id, "key": key, "created_at": writing.at, "version": 1, **values}
        for key in keys
    ]
    found = writing.connection.scalars(
        insert(table).values(rows).on_conflict_do_nothing(index_elements=["user_id", "key"]).returning(table.c.key)
    )
    return set(found)


def server_now(connection: Connection) -> datetime | None:
    """What time the server says it is (UTC); None on SQLite, which has no clock of its own."""
    if connection.dialect.name != "postgresql":
        return None
    found: datetime | None = connection.scalar(text("SELECT clock_timestamp()"))
    return found
