from __future__ import annotations

from dataclasses import replace

import pytest

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.duplicates import Likeness
from crmdesk.domain.people import PersonRow
from crmdesk.services import clients, people
from crmdesk.services.duplicates import duplicates
from crmdesk.services.office import Desk
from crmdesk.system.ids import new_id


@pytest.fixture
def there(office: Desk) -> ClientForm:
    """A client with a tax number and a phone of his director."""
    form = replace(clients.new_form(office), name="ООО «Стройдвор»", tax_number="7701234567", city="Тула")
    saved = clients.save(office, form)
    contacts = people.contacts_of(office, None, ["8 916 555-01-02"], [])
    people.save(office, PersonRow(new_id(), saved.id, "Сидоров", contacts=contacts))
    return saved


@pytest.mark.parametrize(
    ("typed", "likeness"),
    [
        ({"name": "стройдвор, ооо"}, Likeness.NAME),
        ({"name": "Другой", "tax_number": "7701 234567"}, Likeness.TAX_NUMBER),
        ({"phone": "+7 (916) 555-01-02"}, Likeness.PHONE),
        ({"name": "Стройдвор", "phone": "89165550102", "tax_number": "7701234567"}, Likeness.TAX_NUMBER),
    ],
)
def test_that_a_client_who_is_there_is_seen_once_for_the_surest_reason(
    office: Desk, there: ClientForm, typed: dict[str, str], likeness: Likeness
) -> None:
    (found,) = duplicates(office, **typed)
    assert (found.client_id, found.likeness, found.manager) == (there.id, likeness, office.me.name)


@pytest.mark.parametrize("typed", [{}, {"name": "Строй"}, {"phone": "8 916 555"}, {"tax_number": "770123456"}])
def test_that_a_beginning_is_no_twin(office: Desk, there: ClientForm, typed: dict[str, str]) -> None:
    assert duplicates(office, **typed) == ()


def test_that_a_client_is_no_twin_of_himself_nor_of_an_archived_one(office: Desk, there: ClientForm) -> None:
    assert duplicates(office, name=there.name, but=there.id) == ()
    clients.archive(office, there.id)
    assert duplicates(office, name=there.name, tax_number="7701234567", phone="8 916 555-01-02") == ()
