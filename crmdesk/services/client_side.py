"""The right pane of a client's card, read in one moment and eight statements."""

from __future__ import annotations

from crmdesk.data import client_side, clients, people
from crmdesk.domain.client_side import ClientSide, spent_since
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError


def side(desk: Desk, client_id: int) -> ClientSide:
    """Raises UserError("no_such_client"): there is none, or he is archived."""
    first, after = spent_since(desk.clock.today())
    with desk.store.read() as connection:
        form = clients.form(connection, client_id)
        if form is None:
            raise UserError("no_such_client", client=client_id)
        persons, contacts = people.with_consents(connection, client_id)
        return ClientSide(
            form=form,
            people=persons,
            contacts=contacts,
            work=client_side.work(connection, client_id),
            groups=client_side.groups(connection, client_id, first, after),
            referrer=client_side.name_of(connection, form.referrer_id),
            norms=client_side.norms(connection),
        )
