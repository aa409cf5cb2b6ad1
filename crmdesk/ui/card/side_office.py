"""The verbs of the right pane; the services are imported when work first needs them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crmdesk.domain.client_side import ClientSide
from crmdesk.domain.clients import ClientForm, ClientHit
from crmdesk.domain.duplicates import Duplicate
from crmdesk.domain.orders import LineRow, OrderRow
from crmdesk.domain.people import ContactRow, PersonRow
from crmdesk.domain.products import ProductHit
from crmdesk.domain.users import OfficeFacts, User
from crmdesk.ui.office import Office


class SideOffice:
    """What the right pane and its editors ask of the office; called by work only."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def me(self) -> User:
        """Who looks."""
        return self._office.me

    @property
    def facts(self) -> OfficeFacts:
        """What the office says of itself."""
        return self._office.facts

    @property
    def today(self) -> date:
        """The office's day."""
        return self._office.desk.clock.today()

    def users(self) -> tuple[User, ...]:
        """All users."""
        return self._office.people()

    def side(self, client_id: int) -> ClientSide:
        """Everything in the pane."""
        from crmdesk.services import client_side

        return client_side.side(self._office.desk, client_id)

    def new_form(self) -> ClientForm:
        """An empty form for a new client of mine."""
        from crmdesk.services import clients

        return clients.new_form(self._office.desk)

    def save(self, form: ClientForm, base: ClientForm | None) -> ClientForm:
        """Stores a client."""
        from crmdesk.services import clients

        return clients.save(self._office.desk, form, base)

    def found(self, text: str) -> tuple[ClientHit, ...]:
        """Clients by the beginning of their words."""
        from crmdesk.services import clients

        return clients.search(self._office.desk, text, 8)

    def duplicates(self, name: str, tax_number: str, phone: str) -> tuple[Duplicate, ...]:
        """Who may be there already."""
        from crmdesk.services import duplicates

        return duplicates.duplicates(self._office.desk, name=name, tax_number=tax_number, phone=phone)

    def contacts(
        self, person_id: int, phones: Sequence[str], emails: Sequence[str], kept: Sequence[ContactRow]
    ) -> tuple[ContactRow, ...]:
        """Phones and e-mails as typed, as they are kept."""
        from crmdesk.services import people

        return people.contacts_of(self._office.desk, person_id, phones, emails, kept)

    def save_person(self, person: PersonRow, base: PersonRow | None) -> PersonRow:
        """Stores a person."""
        from crmdesk.services import people

        return people.save(self._office.desk, person, base)

    def add_client(self, form: ClientForm, person: PersonRow | None, phone: str) -> int:
        """Stores a new client with his first person, in one transaction; his id."""
        from crmdesk.services import people

        return people.save_with_client(self._office.desk, form, person, [phone] if phone else [])

    def reveal(self, client_id: int) -> int:
        """Keeps that a phone of this client was shown to me."""
        from crmdesk.services import people

        return people.reveal(self._office.desk, client_id)

    def products(self, text: str) -> tuple[ProductHit, ...]:
        """Products by what was typed of their names or codes."""
        from crmdesk.services import products

        return products.search(self._office.desk, text)

    def archive_person(self, person_id: int) -> None:
        """Takes a person out of the card."""
        from crmdesk.services import people

        people.archive(self._office.desk, person_id)

    def lines(self, order_id: int) -> tuple[LineRow, ...]:
        """The lines of an order."""
        from crmdesk.services import orders

        return orders.lines_of(self._office.desk, order_id)

    def add_order(self, client_id: int, day: date, lines: Sequence[LineRow], number: str, stage: str) -> OrderRow:
        """A new order of mine."""
        from crmdesk.services import orders

        return orders.add(self._office.desk, client_id, day, lines, number=number, stage=stage)

    def set_stage(self, order_id: int, stage: str) -> OrderRow:
        """Moves an order to a stage."""
        from crmdesk.services import orders

        return orders.set_stage(self._office.desk, order_id, stage)
