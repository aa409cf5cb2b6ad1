"""Queries of people at clients, their phones and e-mails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, or_, select, update

from crmdesk.data.ready import Ready
from crmdesk.data.tables import Consent, ContactPoint, Person
from crmdesk.data.writing import Writing
from crmdesk.domain.coming import birthday_pairs
from crmdesk.domain.lists import Gender
from crmdesk.domain.names import Birthday
from crmdesk.domain.people import ConsentRow, ContactRow, PersonRow
from crmdesk.system.ids import new_id


def born_clause(days: int) -> ColumnElement[bool]:
    """Whether somebody's birthday is one of so many days in a row; `born_values` says which."""
    return or_(
        *(
            and_(Person.birth_month == bindparam(f"born_month_{n}"), Person.birth_day == bindparam(f"born_day_{n}"))
            for n in range(days + 1)
        )
    )


def born_values(first: date, days: int) -> dict[str, int]:
    """What `born_clause` is asked with for the days from `first` on."""
    values = {}
    for n, (month, day) in enumerate(birthday_pairs(first, days)):
        values[f"born_month_{n}"], values[f"born_day_{n}"] = month, day
    return values


_PERSON = (
    Person.id,
    Person.client_id,
    Person.surname,
    Person.given_name,
    Person.patronymic,
    Person.gender,
    Person.birth_day,
    Person.birth_month,
    Person.birth_year,
    Person.profession,
    Person.role,
    Person.notes,
    Person.version,
)
_CONTACT = (
    ContactPoint.id,
    ContactPoint.person_id,
    ContactPoint.kind,
    ContactPoint.original,
    ContactPoint.normal,
    ContactPoint.extension,
)
_PEOPLE = Ready(
    select(*_PERSON).where(Person.client_id == bindparam("client"), Person.archived_at.is_(None)).order_by(Person.id)
)
_CONTACTS = Ready(
    select(*_CONTACT)
    .where(ContactPoint.client_id == bindparam("client"), ContactPoint.archived_at.is_(None))
    .order_by(ContactPoint.position, ContactPoint.id)
)
_CONSENT = (Consent.person_id, Consent.channel, Consent.given, Consent.on_day, Consent.origin)
_CONSENTS = Ready(
    select(*_CONSENT)
    .join(Person, Person.id == Consent.person_id)
    .where(Person.client_id == bindparam("client"), Consent.archived_at.is_(None))
    .order_by(Consent.on_day, Consent.id)
)
_CONSENTS_OF_ONE = Ready(
    select(*_CONSENT)
    .where(Consent.person_id == bindparam("person"), Consent.archived_at.is_(None))
    .order_by(Consent.on_day, Consent.id)
)
_ONE = Ready(select(*_PERSON).where(Person.id == bindparam("person"), Person.archived_at.is_(None)))
_CONTACTS_OF_ONE = Ready(
    select(*_CONTACT)
    .where(ContactPoint.person_id == bindparam("person"), ContactPoint.archived_at.is_(None))
    .order_by(ContactPoint.position, ContactPoint.id)
)
_CLIENT_OF = Ready(select(Person.client_id).where(Person.id == bindparam("person"), Person.archived_at.is_(None)))


def of_client(connection: Connection, client_id: int) -> tuple[tuple[PersonRow, ...], tuple[ContactRow, ...]]:
    """The people of a client with their phones and e-mails, and those of the client himself: two statements."""
    return ask_of_client(connection, client_id)()


def ask_of_client(
    connection: Connection, client_id: int
) -> Callable[[], tuple[tuple[PersonRow, ...], tuple[ContactRow, ...]]]:
    """The same, asked now and answered when called."""
    people, points = _PEOPLE.ask(connection, client=client_id), _CONTACTS.ask(connection, client=client_id)

    def answer() -> tuple[tuple[PersonRow, ...], tuple[ContactRow, ...]]:
        persons = people()
        contacts: dict[int | None, list[ContactRow]] = defaultdict(list)
        for found in points():
            contacts[found[1]].append(ContactRow(*found))
        return tuple(_person(row, tuple(contacts[row[0]])) for row in persons), tuple(contacts[None])

    return answer


def with_consents(connection: Connection, client_id: int) -> tuple[tuple[PersonRow, ...], tuple[ContactRow, ...]]:
    """The same with the newest consent of each channel: three statements."""
    persons, contacts = of_client(connection, client_id)
    newest: dict[int, dict[str, ConsentRow]] = defaultdict(dict)
    for person_id, *said in _CONSENTS.rows(connection, client=client_id):
        newest[person_id][said[0]] = ConsentRow(*said)
    return tuple(replace(person, consents=tuple(newest[person.id].values())) for person in persons), contacts


def by_id(connection: Connection, person_id: int) -> PersonRow | None:
    """One person with contacts and consents; None when there is no such, or he is archived."""
    row = _ONE.first(connection, person=person_id)
    if row is None:
        return None
    contacts = tuple(ContactRow(*found) for found in _CONTACTS_OF_ONE.rows(connection, person=person_id))
    return replace(_person(row, contacts), consents=consents_of(connection, person_id))


def consents_of(connection: Connection, person_id: int) -> tuple[ConsentRow, ...]:
    """The newest consent of each channel of one person."""
    newest = {said[0]: ConsentRow(*said) for _, *said in _CONSENTS_OF_ONE.rows(connection, person=person_id)}
    return tuple(newest.values())


def insert_consents(writing: Writing, person_id: int, consents: Sequence[ConsentRow]) -> None:
    """Keeps what somebody said about being written to; what he said before stays in the history."""
    for consent in consents:
        writing.connection.execute(
            insert(Consent).values(
                id=new_id(),
                person_id=person_id,
                channel=consent.channel,
                given=consent.given,
                on_day=consent.on_day,
                origin=consent.origin,
                created_at=writing.at,
            )
        )


def _person(row: Any, contacts: tuple[ContactRow, ...]) -> PersonRow:
    person_id, client_id, surname, given, patronymic, gender, day, month, year, profession, role, notes, version = row
    return PersonRow(
        person_id,
        client_id,
        surname,
        given,
        patronymic,
        Gender(gender) if gender else None,
        Birthday(day, month, year) if day and month else None,
        profession,
        role,
        notes,
        version,
        contacts,
    )


def insert_row(writing: Writing, person: PersonRow) -> None:
    """Stores a new person with his phones and e-mails."""
    writing.connection.execute(
        insert(Person).values(**_values(person), id=person.id, client_id=person.client_id, created_at=writing.at)
    )
    _insert_contacts(writing, person, person.contacts)
    writing.touch([person.client_id], days=[])


def update_row(writing: Writing, person: PersonRow) -> bool:
    """Stores a changed person when nobody else did since `person.version`; contacts that are gone are archived."""
    done = writing.connection.execute(
        update(Person)
        .where(Person.id == person.id, Person.version == person.version, Person.archived_at.is_(None))
        .values(**_values(person), version=person.version + 1)
    )
    if done.rowcount != 1:
        return False
    stored = writing.connection.execute(
        select(*_CONTACT).where(ContactPoint.person_id == person.id, ContactPoint.archived_at.is_(None))
    ).all()
    kept = {contact.id for contact in person.contacts}
    gone = [row.id for row in stored if row.id not in kept]
    if gone:
        writing.connection.execute(
            update(ContactPoint)
            .where(ContactPoint.id.in_(gone))
            .values(archived_at=writing.at, version=ContactPoint.version + 1)
        )
    known = {row.id for row in stored}
    _insert_contacts(writing, person, tuple(contact for contact in person.contacts if contact.id not in known))
    writing.touch([person.client_id], days=[])
    return True


def archive(writing: Writing, person_id: int) -> bool:
    """Takes a person out of the card; whether anything changed."""
    found = _CLIENT_OF.first(writing.connection, person=person_id)
    if found is None:
        return False
    writing.connection.execute(
        update(Person).where(Person.id == person_id).values(archived_at=writing.at, version=Person.version + 1)
    )
    writing.connection.execute(
        update(ContactPoint)
        .where(ContactPoint.person_id == person_id, ContactPoint.archived_at.is_(None))
        .values(archived_at=writing.at, version=ContactPoint.version + 1)
    )
    writing.touch([found[0]], days=[])
    return True


def _insert_contacts(writing: Writing, person: PersonRow, contacts: tuple[ContactRow, ...]) -> None:
    for position, contact in enumerate(contacts):
        writing.connection.execute(
            insert(ContactPoint).values(
                id=contact.id,
                client_id=person.client_id,
                person_id=person.id,
                kind=contact.kind,
                original=contact.original,
                normal=contact.normal,
                extension=contact.extension,
                position=position,
                created_at=writing.at,
            )
        )


def _values(person: PersonRow) -> dict[str, Any]:
    birthday = person.birthday
    return {
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "gender": person.gender.value if person.gender else None,
        "birth_day": birthday.day if birthday else None,
        "birth_month": birthday.month if birthday else None,
        "birth_year": birthday.year if birthday else None,
        "profession": person.profession,
        "role": person.role,
        "notes": person.notes,
    }
