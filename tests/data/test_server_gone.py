"""A connection that the server has closed is not used; a commit without an answer is neither lost nor done twice."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import func, select, text

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
from crmdesk.system.ids import new_id
from tests.data.relay import Relay, relayed


def _add(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        writing.session.add(tables.Branch(id=new_id(), name="x", created_at=writing.at))


def _count(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.Branch)) or 0


def test_that_all_connections_closed_by_the_server_are_never_noticed(
    postgres_store: Store, postgres_server: str, clock: Clock
) -> None:
    _add(postgres_store, clock)
    with postgres_store.read() as one, postgres_store.read() as two:
        mine = [connection.scalar(text("SELECT pg_backend_pid()")) for connection in (one, two)]
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as other:
        for pid in mine:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))  # waits until it has ended
    _add(postgres_store, clock)  # a moment after they were used: nobody asked whether they are alive
    with postgres_store.read(single=True), postgres_store.read():
        assert _count(postgres_store) == 2


def test_that_a_pulled_cable_is_a_failure_within_half_a_minute(postgres_address: str) -> None:
    for address, idle in ((postgres_address, "10"), (f"{postgres_address}&keepalives_idle=60", "60")):
        store = Store.open(address)
        with store.read() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            said = {one.keyword.decode(): (one.val or b"").decode() for one in driver.pgconn.info}
        store.close()
        assert said["keepalives_idle"] == idle
        assert int(said["keepalives_interval"]) * int(said["keepalives_count"]) <= 20
        assert 0 < int(said["tcp_user_timeout"]) <= 30_000


@pytest.fixture
def wire(postgres_address: str) -> Iterator[tuple[Relay, Store]]:
    with relayed(postgres_address) as (relay, address):
        store = Store.open(address)
        yield relay, store
        store.close()


def test_that_a_commit_whose_answer_is_lost_counts_as_done(wire: tuple[Relay, Store], clock: Clock) -> None:
    relay, store = wire
    relay.cut_at = b"COMMIT"
    _add(store, clock)
    assert relay.cut_at == b"", "the wire was cut"
    assert _count(store) == 1


def test_that_a_commit_that_never_arrived_is_told_and_may_be_repeated(wire: tuple[Relay, Store], clock: Clock) -> None:
    relay, store = wire
    relay.cut_at, relay.delivered = b"COMMIT", False
    with pytest.raises(OutsideError, match="connection_lost"):
        _add(store, clock)
    assert _count(store) == 0
    _add(store, clock)
    assert _count(store) == 1
