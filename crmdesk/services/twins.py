"""Whether a client that is being typed in is there already."""

from __future__ import annotations

from crmdesk.data import twins as queries
from crmdesk.domain.phones import read_phones
from crmdesk.domain.text import firm_key
from crmdesk.domain.twins import Twin, digits
from crmdesk.services.office import Desk


def twins(desk: Desk, *, name: str = "", tax_number: str = "", phone: str = "", but: int = 0) -> tuple[Twin, ...]:
    """The clients other than `but` with this tax number, this phone, or this name of a firm; the surest first."""
    phones = [found.e164 for found in read_phones(phone, desk.office.country) if found.e164]
    numbers = [text for text in (tax_number.strip(), digits(tax_number)) if text]
    with desk.store.read() as connection:
        return queries.twins(connection, but, firm_key(name), numbers, phones)
