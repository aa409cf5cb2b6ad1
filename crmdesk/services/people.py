"""People at clients: kept with their phones, e-mails and birthdays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crmdesk.data import clients, people
from crmdesk.domain.people import ContactRow, PersonRow, checked, email_of
from crmdesk.domain.phones import read_phones
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id


def contacts_of(
    desk: Desk, person_id: int | None, phones: Sequence[str], emails: Sequence[str]
) -> tuple[ContactRow, ...]:
    """Phones and e-mails as typed, as they are kept: read by machines, the original beside it."""
    found = [
        ContactRow(new_id(), person_id, "phone", phone.original, phone.e164, phone.extension)
        for cell in phones
        for phone in read_phones(cell, desk.office.country)
    ]
    found += [ContactRow(new_id(), person_id, "email", mail, email_of(mail)) for mail in emails if mail.strip()]
    return tuple(found)


def save(desk: Desk, person: PersonRow, base: PersonRow | None = None) -> PersonRow:
    """Stores a person (without `base`: a new one). Contacts that are not in `person.contacts` any more are archived.

    Raises UserError("person_nameless", "no_such_day", "no_such_client", "person_changed").
    """
    mine = checked(person)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, mine.client_id):
            raise UserError("no_such_client", client=mine.client_id)
        if base is None:
            people.insert_row(writing, mine)
            return replace(mine, version=1)
        mine = replace(mine, id=base.id, client_id=base.client_id, version=base.version)
        if not people.update_row(writing, mine):
            raise UserError("person_changed", name=mine.name)
        return replace(mine, version=mine.version + 1)


def archive(desk: Desk, person_id: int) -> None:
    """Takes a person out of the card. Raises UserError("no_such_person")."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not people.archive(writing, person_id):
            raise UserError("no_such_person")
