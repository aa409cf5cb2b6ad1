from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.domain.conflict import Field
from crmdesk.domain.people import ConsentRow, PersonRow
from crmdesk.services import client_side, clients, people
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

DAY = date(2026, 10, 1)


@pytest.fixture
def person(office: Desk) -> PersonRow:
    """Somebody at a client, who agreed to e-mail."""
    client = clients.save(office, replace(clients.new_form(office), name="Ромашка"))
    new = PersonRow(new_id(), client.id, "Сидоров", "Пётр", consents=(ConsentRow("email", True, DAY, "анкета"),))
    return people.save(office, new)


def shown(desk: Desk, person: PersonRow) -> PersonRow:
    return client_side.side(desk, person.client_id).people[0]


def test_that_a_person_keeps_what_he_agreed_to(office: Desk, person: PersonRow) -> None:
    assert shown(office, person).consents == (ConsentRow("email", True, DAY, "анкета"),)


def test_that_the_newest_word_counts_and_the_older_stays_in_the_trail(office: Desk, person: PersonRow) -> None:
    people.consent(office, person.id, "email", given=False, origin="письмо")
    people.consent(office, person.id, "sms", given=True)
    found = shown(office, person).consents or ()
    today = office.clock.today()
    assert sorted(found, key=lambda one: one.channel) == [
        ConsentRow("email", False, today, "письмо"),
        ConsentRow("sms", True, today),
    ]


def test_that_saving_the_same_consents_again_adds_no_line(office: Desk, person: PersonRow) -> None:
    read = shown(office, person)
    with office.store.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM consent").scalar_one()
    people.save(office, replace(read, role="decides"), read)
    with office.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM consent").scalar_one() == before == 1


@pytest.mark.parametrize("channel", ["pigeon", ""])
def test_that_an_unknown_channel_is_refused(office: Desk, person: PersonRow, channel: str) -> None:
    with pytest.raises(UserError) as refused:
        people.consent(office, person.id, channel, given=True)
    assert refused.value.key == "not_in_list"


def test_that_a_consent_of_nobody_is_refused(office: Desk) -> None:
    with pytest.raises(UserError) as refused:
        people.consent(office, 5, "email", given=True)
    assert refused.value.key == "no_such_person"


def test_that_a_lost_race_over_a_person_says_what_who_and_when(office: Desk, person: PersonRow) -> None:
    read = shown(office, person)
    people.save(office, replace(read, surname="Сидорчук"), read)
    with pytest.raises(UserError) as lost:
        people.save(office, replace(read, surname="Петров", role="pays"), read)
    assert lost.value.key == "person_changed"
    assert lost.value.values["fields"] == {"surname": Field("Петров", "Сидорчук", "Сидоров")}
    assert lost.value.values["version"] == read.version + 1
    assert lost.value.values["who"] == office.me.name


def test_that_an_archived_person_is_told_apart_from_a_lost_race(office: Desk, person: PersonRow) -> None:
    read = shown(office, person)
    people.archive(office, person.id)
    with pytest.raises(UserError) as refused:
        people.save(office, replace(read, role="pays"), read)
    assert refused.value.key == "no_such_person"


def test_that_a_phone_that_was_there_keeps_its_row(office: Desk, person: PersonRow) -> None:
    first = people.contacts_of(office, person.id, ["8 916 555-01-02"], ["a@b.example"])
    saved = people.save(office, replace(shown(office, person), contacts=first), shown(office, person))
    again = people.contacts_of(office, person.id, ["8 916 555-01-02", "8 916 555-01-03"], [], kept=saved.contacts)
    assert again[0] == first[0] and again[1].normal == "+79165550103"
    people.save(office, replace(saved, contacts=again), shown(office, person))
    assert [one.id for one in shown(office, person).contacts] == [one.id for one in again]
