"""Whether a client that is being typed in is there already."""

from __future__ import annotations

from crmdesk.data import duplicates as queries
from crmdesk.domain.duplicates import Duplicate, digits
from crmdesk.domain.phones import read_phones
from crmdesk.domain.text import firm_key
from crmdesk.services.office import Desk


def duplicates(
    desk: Desk, *, name: str = "", tax_number: str = "", phone: str = "", but: int = 0
) -> tuple[Duplicate, ...]:
    """The clients other than `but` with this tax number, this phone, or this name of a firm; the surest first."""
    phones = [found.e164 for found in read_phones(phone, desk.office.country) if found.e164]
    numbers = [text for text in (tax_number.strip(), digits(tax_number)) if text]
    with desk.store.read() as connection:
        return queries.duplicates(connection, but, firm_key(name), numbers, phones)
