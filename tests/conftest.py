"""What every test may ask for: a clock, a store of each kind, an office with people in it."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from tests.postgres_server import running_server

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CRMDESK_OFFICE", raising=False)


@pytest.fixture
def clock() -> Clock:
    """The 2nd of November 2026, 09:30 in Moscow; runs on from there."""
    return Clock.at(datetime(2026, 11, 2, 9, 30), "Europe/Moscow")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running server; format the URL with database=…"""
    with running_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database that holds an empty office: cloned in a tenth of a second."""
    import psycopg

    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE office_template")
    Store.create(postgres_server.format(database="office_template")).close()
    return "office_template"


@pytest.fixture
def postgres_address(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The URL of a fresh empty office on Postgres."""
    import psycopg

    name = f"office_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        yield postgres_server.format(database=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A fresh empty office on SQLite."""
    store = Store.create(str(tmp_path / "office.crmdesk"))
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_address: str) -> Iterator[Store]:
    """A fresh empty office on Postgres."""
    store = Store.open(postgres_address)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Store:
    """A fresh empty office, once on each store."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found
