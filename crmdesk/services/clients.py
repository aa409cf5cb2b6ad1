"""Clients: finding them, listing them, opening a card, saving, archiving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crmdesk.data import audit, client_list, clients
from crmdesk.data import search as words
from crmdesk.domain.client_list import ClientFilter, ClientRow
from crmdesk.domain.clients import ClientCard, ClientForm, ClientHit, checked
from crmdesk.domain.conflict import race
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

PAGE = client_list.PAGE


def search(desk: Desk, text: str, limit: int = 50, *, anywhere: bool = False) -> tuple[ClientHit, ...]:
    """Clients found by what is being typed: words that begin so, digits of phones, codes, e-mails.

    That is the first answer, at once. `anywhere` is the second: it goes on with clients whose texts contain what
    was typed in the middle of words, and reads everything for it.
    """
    if not anywhere:
        with desk.store.read(single=True) as connection:
            return words.prefix_hits(connection, text, limit)
    with desk.store.read() as connection:
        first = words.prefix_hits(connection, text, limit)
        if len(first) >= limit:
            return first
        found = {hit.id: hit for hit in first}
        for hit in words.inner_hits(connection, text, limit):
            found.setdefault(hit.id, hit)
    return tuple(found.values())[:limit]


EVERYBODY = ClientFilter()
MOST_CITIES = 200


def page_ids(desk: Desk, wanted: ClientFilter = EVERYBODY, *, anywhere: bool = False) -> list[int]:
    """The ids of all clients wanted, in order.

    With a text typed, those who have words beginning so: the first answer. `anywhere` is the second, with those who
    have it in the middle of words after them.
    """
    with desk.store.read(single=True) as connection:
        return client_list.page_ids(connection, wanted, desk.clock.today(), anywhere=anywhere)


def rows(desk: Desk, ids: Sequence[int]) -> tuple[ClientRow, ...]:
    """The lines of these clients, in this order; ask for at most PAGE at a time."""
    with desk.store.read() as connection:
        return client_list.rows(connection, ids, desk.clock.today())


def counts(desk: Desk, filters: Mapping[str, ClientFilter]) -> dict[str, int]:
    """How many clients each of these filters leaves, by one statement."""
    with desk.store.read(single=True) as connection:
        return client_list.counts(connection, filters, desk.clock.today())


def turnover_of(desk: Desk, ids: Sequence[int]) -> int:
    """What these clients bought for in the months that the list shows."""
    with desk.store.read(single=True) as connection:
        return client_list.turnover_of(connection, ids, desk.clock.today())


def cities(desk: Desk) -> tuple[str, ...]:
    """The cities to choose from, those of most clients first."""
    with desk.store.read(single=True) as connection:
        return client_list.cities(connection, MOST_CITIES)


def card(desk: Desk, client_id: int) -> ClientCard:
    """Everything the card shows of a client. Raises UserError("no_such_client")."""
    with desk.store.read() as connection:
        found = clients.card(connection, client_id, desk.clock.today())
    if found is None:
        raise UserError("no_such_client", client=client_id)
    return found


def new_form(desk: Desk) -> ClientForm:
    """An empty form for a new client of mine."""
    return ClientForm(id=new_id(), name="", manager_id=desk.me.id, since=desk.clock.today())


def save(desk: Desk, form: ClientForm, base: ClientForm | None = None) -> ClientForm:
    """Stores a client as the person left the form; `base` is what the form showed before (None: a new client).

    Returns what is stored now. Raises UserError: "name_missing", "name_too_long", "not_in_list", "below_zero", and
    "client_changed" when somebody else saved first: `fields` then says mine, theirs and base of what they changed.
    """
    mine = checked(form)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if base is None:
            clients.insert_form(writing, mine)
            return replace(mine, version=1)
        mine = replace(mine, id=base.id, version=base.version)
        if clients.update_form(writing, mine):
            return replace(mine, version=mine.version + 1)
        theirs = clients.form(writing.connection, base.id)
        if theirs is None:
            raise UserError("no_such_client", client=base.id)
        who = audit.last_change(writing.connection, "client", base.id)
        raise UserError(
            "client_changed",
            name=theirs.name,
            version=theirs.version,
            fields=race(mine, theirs, base),
            who=who.user if who else "",
            at=who.at if who else desk.clock.now(),
        )


def archive(desk: Desk, client_id: int) -> None:
    """Takes a client out of lists and searches; nothing of him is lost. Raises UserError("no_such_client")."""
    _archive(desk, client_id, archived=True)


def unarchive(desk: Desk, client_id: int) -> None:
    """Puts an archived client back. Raises UserError("no_such_client")."""
    _archive(desk, client_id, archived=False)


def _archive(desk: Desk, client_id: int, *, archived: bool) -> None:
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.archive(writing, client_id, archived=archived):
            raise UserError("no_such_client", client=client_id)
