"""Who else has a card open, on both stores."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from crmdesk.data.office import Store
from crmdesk.domain.users import User
from crmdesk.services import clients, presence, users
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from tests.conftest import NOW, ZONE

Statements = Callable[[Store], AbstractContextManager[list[str]]]


def by(desk: Desk, login: str, at: datetime = NOW) -> Desk:
    """The same office with somebody else at the desk."""
    who: User = next(user for user in users.list_users(desk) if user.login == login)
    return replace(desk, me=who, clock=Clock.at(at, ZONE))


def test_that_an_open_card_is_seen_by_others_until_it_is_left(office: Desk) -> None:
    one, two = (clients.save(office, replace(clients.new_form(office), name=name)).id for name in ("А", "Б"))
    anna, oleg = by(office, "ivanova"), by(office, "kovalenko")
    presence.enter(anna, one)
    assert presence.others(anna, one) == ()
    assert presence.others(oleg, one) == (anna.me.name,)
    presence.enter(anna, two)
    assert presence.others(oleg, one) == () and presence.others(oleg, two) == (anna.me.name,)
    presence.leave(anna)
    assert presence.others(oleg, two) == ()


def test_that_a_card_whose_reader_was_cut_off_is_free_after_a_while(office: Desk) -> None:
    client = clients.save(office, replace(clients.new_form(office), name="А")).id
    presence.enter(by(office, "ivanova"), client)
    later = by(office, "kovalenko", NOW + presence.LEASE - timedelta(minutes=1))
    assert presence.others(later, client) != ()
    assert presence.others(by(office, "kovalenko", NOW + presence.LEASE + timedelta(minutes=1)), client) == ()


def test_that_looking_leaves_no_line_in_the_trail_and_asks_little(office: Desk, statements: Statements) -> None:
    from crmdesk.data import journal

    client = clients.save(office, replace(clients.new_form(office), name="А")).id
    with office.store.read() as connection:
        before = journal.position(connection)
    presence.enter(office, client)
    with office.store.read() as connection:
        assert journal.position(connection) == before
    with statements(office.store) as said:
        presence.others(office, client)
    assert len(said) == 1
