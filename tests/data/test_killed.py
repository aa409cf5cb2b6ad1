from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select, text

from crmdesk.data import audit, tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
from crmdesk.system.ids import new_id

ROOT = Path(__file__).parents[2]


def _killed(address: str, times: int, seed: int = 1) -> list[int]:
    """The clients that writers acknowledged before they were killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.data.killed", address, str(times), str(seed)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    # a writer may be killed in the middle of a word, after its commit: that word was not said
    return [int(line) for line in done.stdout.splitlines() if len(line) == len(str(new_id()))]


def _assert_whole(store: Store, acknowledged: list[int]) -> None:
    with store.read() as connection:
        clients = set(connection.scalars(select(tables.Client.id)))
        assert len(acknowledged) == len(set(acknowledged)) > 0
        assert set(acknowledged) <= clients, "a commit that was acknowledged is lost"
        tasks = connection.scalars(select(tables.Task.client_id)).all()
        assert sorted(tasks) == sorted(clients), "a client without its task, or a task without its client"
        by_tx: dict[int, list[str]] = {}
        for change in audit.trail(connection):
            if change.table in ("client", "task"):
                by_tx.setdefault(change.tx, []).append(change.table)
        assert list(by_tx.values()) == [["client", "task"]] * len(clients), "a change without its trail"
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)
        found = connection.scalar(select(func.count(tables.SearchWord.client_id.distinct())))
        assert found == len(clients), "a client that cannot be found"


@pytest.mark.slow
def test_that_200_kills_lose_nothing_acknowledged_and_leave_nothing_half_written(sqlite_store: Store) -> None:
    sqlite_store.close()
    acknowledged = _killed(sqlite_store.address, 200)
    assert len(acknowledged) >= 200
    again = Store.open(sqlite_store.address)
    _assert_whole(again, acknowledged)
    with again.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    again.close()


@pytest.mark.slow
def test_that_20_kills_of_a_program_lose_nothing_on_a_server(postgres_store: Store) -> None:
    acknowledged = _killed(postgres_store.address, 20)
    assert len(acknowledged) >= 20
    _assert_whole(postgres_store, acknowledged)


@pytest.fixture
def durable_store(postgres_server: str) -> Iterator[Store]:
    """An office that waits for the server's disk, as all do outside the tests; made here, since the sequences of a
    cloned database go back when the server crashes soon after."""
    name = f"durable_{os.getpid()}"
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")
    store = Store.create(postgres_server.format(database=name))
    yield store
    store.close()
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_that_a_server_that_crashes_while_people_write_keeps_what_it_acknowledged(
    durable_store: Store, clock: Clock
) -> None:
    acknowledged: list[int] = []
    for crash in range(3):
        acknowledged += _until_the_crash(durable_store, clock)
        assert len(acknowledged) >= 15 * (crash + 1)
        _wait_for_recovery(durable_store)
    _assert_whole(durable_store, acknowledged)


def _add(store: Store, clock: Clock, client: int) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        writing.session.add(tables.Client(id=client, name="ООО «Ёлка»", created_at=writing.at))
        writing.session.flush()
        task = tables.Task(id=client, client_id=client, kind="call", title="Звонок", created_at=writing.at)
        writing.session.add(task)
        writing.touch([client])


def _until_the_crash(store: Store, clock: Clock) -> list[int]:
    """Writes until the server is killed under it; whom it acknowledged."""
    acknowledged: list[int] = []
    with store.read() as connection:
        victim = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with pytest.raises(OutsideError, match="connection_lost|server_starting"):
        for n in range(1000):
            if n == 15:
                os.kill(victim, signal.SIGKILL)  # the server then ends all others, too, and recovers
            _add(store, clock, client := new_id())
            acknowledged.append(client)
    return acknowledged


def _wait_for_recovery(store: Store) -> None:
    while True:
        try:
            with store.read() as connection:
                connection.scalar(select(func.count()).select_from(tables.Client))
                return
        except OutsideError as error:
            assert error.key in ("connection_lost", "server_starting")


def test_that_an_office_whose_writer_was_killed_is_ready_at_once(sqlite_store: Store, clock: Clock) -> None:
    acknowledged = _killed(sqlite_store.address, 1, seed=3)
    _assert_whole(sqlite_store, acknowledged)
    with sqlite_store.write(user_id=None, clock=clock) as writing:
        writing.session.add(tables.Branch(id=new_id(), name="x", created_at=writing.at))
