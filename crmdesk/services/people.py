"""People at clients: kept with their phones, e-mails, birthdays and consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from crmdesk.data import audit, clients, journal, people
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.clients import checked as checked_form
from crmdesk.domain.conflict import race
from crmdesk.domain.people import ConsentRow, ContactRow, PersonRow, checked, email_of
from crmdesk.domain.phones import read_phones
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

REVEAL = "reveal"
"""The kind under which the journal keeps that a phone was shown."""


def contacts_of(
    desk: Desk, person_id: int | None, phones: Sequence[str], emails: Sequence[str], kept: Sequence[ContactRow] = ()
) -> tuple[ContactRow, ...]:
    """Phones and e-mails as typed, as they are kept: read by machines, the original beside it.

    What stands among `kept` under the same words keeps its row.
    """
    found = [
        ContactRow(new_id(), person_id, "phone", phone.original, phone.e164, phone.extension)
        for cell in phones
        for phone in read_phones(cell, desk.office.country)
    ]
    found += [ContactRow(new_id(), person_id, "email", mail, email_of(mail)) for mail in emails if mail.strip()]
    before = {(contact.kind, contact.original.strip()): contact for contact in kept}
    return tuple(before.get((contact.kind, contact.original.strip()), contact) for contact in found)


def reveal(desk: Desk, client_id: int) -> int:
    """Keeps the trace of a phone of this client being shown; how many I have had shown today."""
    since = desk.clock.local().replace(hour=0, minute=0, second=0, microsecond=0)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        journal.log(writing, kind=REVEAL, what=f"phone {client_id}", count=1)
        return journal.count(writing.connection, REVEAL, desk.me.id, since)


def save(desk: Desk, person: PersonRow, base: PersonRow | None = None) -> PersonRow:
    """Stores a person (without `base`: a new one). Contacts that are not in `person.contacts` any more are archived;
    a consent that differs from what he said before becomes a new line of his history.

    Raises UserError("person_nameless", "no_such_day", "no_such_client", "no_such_person") and "person_changed" when
    somebody else saved first: `fields` then says mine, theirs and base of what they changed, `version` theirs.
    """
    mine = checked(person)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, mine.client_id):
            raise UserError("no_such_client", client=mine.client_id)
        if base is None:
            people.insert_row(writing, mine)
            people.insert_consents(writing, mine.id, mine.consents or ())
            return replace(mine, version=1)
        mine = replace(mine, id=base.id, client_id=base.client_id, version=base.version)
        said = people.consents_of(writing.connection, base.id) if mine.consents is not None else ()
        if not people.update_row(writing, mine):
            _refuse(desk, writing.connection, mine, base)
        people.insert_consents(writing, mine.id, [one for one in mine.consents or () if one not in said])
        return replace(mine, version=mine.version + 1)


def save_with_client(desk: Desk, form: ClientForm, person: PersonRow | None, phones: Sequence[str]) -> int:
    """Stores a new client and his first person in one transaction; the client's id.

    Called again with the same ids after an answer that was lost, it stores nothing twice. Raises UserError of
    `clients.save` and of `save`.
    """
    mine = checked_form(form)
    somebody = None
    if person is not None:
        somebody = checked(replace(person, client_id=mine.id, contacts=contacts_of(desk, person.id, phones, ())))
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, mine.id):
            clients.insert_form(writing, mine)
            if somebody is not None:
                people.insert_row(writing, somebody)
    return mine.id


def _refuse(desk: Desk, connection: Any, mine: PersonRow, base: PersonRow) -> NoReturn:
    theirs = people.by_id(connection, base.id)
    if theirs is None:
        raise UserError("no_such_person")
    if base.consents is None:
        theirs = replace(theirs, consents=None)
    who = audit.last_change(connection, "person", base.id)
    raise UserError(
        "person_changed",
        name=theirs.name,
        version=theirs.version,
        fields=race(mine, theirs, base),
        who=who.user if who else "",
        at=who.at if who else desk.clock.now(),
    )


def consent(
    desk: Desk, person_id: int, channel: str, *, given: bool, on_day: date | None = None, origin: str = ""
) -> ConsentRow:
    """Keeps that a person agreed, or no longer agrees, to be written to; on `on_day`, today when left out.

    Raises UserError("no_such_person", "not_in_list").
    """
    said = ConsentRow(channel, given, on_day or desk.clock.today(), origin.strip())
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        person = people.by_id(writing.connection, person_id)
        if person is None:
            raise UserError("no_such_person")
        checked(replace(person, consents=(said,)))
        people.insert_consents(writing, person_id, [said])
    return said


def archive(desk: Desk, person_id: int) -> None:
    """Takes a person out of the card. Raises UserError("no_such_person")."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not people.archive(writing, person_id):
            raise UserError("no_such_person")
