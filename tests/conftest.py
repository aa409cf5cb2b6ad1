"""What every test may ask for: a clock, a store of each kind, an office with people in it."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psycopg
import pytest
from hypothesis import settings
from sqlalchemy import event

from crmdesk.data import ready
from crmdesk.data.office import Store
from crmdesk.domain.lists import Role
from crmdesk.services import users
from crmdesk.services.office import Desk, create_office, open_office
from crmdesk.system.clock import Clock
from tests.hygiene import logged, nothing_left_over  # noqa: F401 (fixtures for every test)
from tests.postgres_server import running_server

ZONE = "Europe/Moscow"
NOW = datetime(2026, 11, 2, 9, 30)
STORES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]

# What Windows has not: fork and SIGKILL, rights of files as POSIX knows them, limits of a process, a server's socket
# in a folder.
collect_ignore = (
    []
    if os.name == "posix"
    else [
        "data/test_killed.py",
        "data/test_server_gone.py",
        "data/test_store_rights.py",
        "services/test_killed_imports.py",
        "system/test_drafts_private.py",
    ]
)

settings.register_profile("house", deadline=None, derandomize=True)  # the same examples on every machine, however slow
settings.register_profile("search", deadline=None, max_examples=1000)  # --hypothesis-profile=search looks for new ones
settings.load_profile("house")

_numbers = itertools.count(1)

settings.register_profile("office", deadline=None)  # a busy machine is no reason to fail
settings.load_profile("office")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a test asks for says which tier it belongs to."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "postgres_server" in asked:
            item.add_marker("postgres")
        if asked & {"qapp", "qtbot"}:
            item.add_marker("gui")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CRMDESK_OFFICE", raising=False)


@pytest.fixture
def clock() -> Clock:
    """The 2nd of November 2026, 09:30 in Moscow; runs on from there."""
    return Clock.at(NOW, ZONE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A running server; format the URL with database=…; `boss` may make roles and databases there."""
    with running_server() as url:
        with psycopg.connect(url.format(database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE boss LOGIN CREATEROLE CREATEDB")
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database that holds an empty office: cloned in a tenth of a second."""
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty_template")
    Store.create(postgres_server.format(database="empty_template")).close()
    return "empty_template"


@contextmanager
def _clone(server: str, template: str) -> Iterator[str]:
    name = f"office_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER boss")
    yield server.format(database=name)
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_address(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """The URL of a fresh empty office on Postgres."""
    with _clone(postgres_server, postgres_template) as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty office in a file, to be copied while nobody has it open."""
    file = tmp_path_factory.mktemp("template") / "empty.crmdesk"
    Store.create(str(file)).close()
    return file


@pytest.fixture
def sqlite_store(tmp_path: Path, sqlite_template: Path) -> Iterator[Store]:
    """A fresh empty office on SQLite."""
    file = shutil.copy(sqlite_template, tmp_path / "office.crmdesk")
    store = Store.open(str(file))
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_address: str) -> Iterator[Store]:
    """A fresh empty office on Postgres."""
    store = Store.open(postgres_address)
    yield store
    store.close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    """A fresh empty office, once on each store."""
    found: Store = request.getfixturevalue(f"{request.param}_store")
    return found


# an office with people in it ----------------------------------------------------------------------------


def _office(address: str) -> None:
    clock = Clock.at(NOW, ZONE)
    desk = create_office(
        address,
        name="Проба",
        currency="RUB",
        zone=ZONE,
        country="RU",
        lang="ru",
        owner_login="boss",
        owner_name="Орлова Вера Павловна",
        clock=clock,
    )
    users.add(desk, "petrov", "Петров Сергей Ильич", Role.SUPERVISOR)
    users.add(desk, "ivanova", "Иванова Анна Сергеевна", Role.MANAGER)
    users.add(desk, "kovalenko", "Коваленко Олег Петрович", Role.MANAGER)
    users.add(desk, "sidorov", "Сидоров Пётр Львович", Role.MANAGER)
    desk.close()


@pytest.fixture(scope="session")
def sqlite_office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its people in a file, to be copied."""
    file = tmp_path_factory.mktemp("template") / "office.crmdesk"
    _office(str(file))
    return file


@pytest.fixture(scope="session")
def postgres_office_template(postgres_server: str) -> str:
    """The name of a database that holds an office with its people, to be cloned."""
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE office_template OWNER boss")
    _office(_as_boss(postgres_server).format(database="office_template"))
    return "office_template"


def _as_boss(server: str) -> str:
    return server.replace("//postgres@", "//boss@").replace("//postgres:@", "//boss:@")


@pytest.fixture
def sqlite_office(tmp_path: Path, sqlite_office_template: Path, clock: Clock) -> Iterator[Desk]:
    """An office with its people on SQLite, opened as its owner."""
    file = shutil.copy(sqlite_office_template, tmp_path / "office.crmdesk")
    desk = open_office(str(file), login="boss", clock=clock)
    yield desk
    desk.close()


@pytest.fixture
def postgres_office(postgres_server: str, postgres_office_template: str, clock: Clock) -> Iterator[Desk]:
    """An office with its people on Postgres, opened as its owner."""
    with _clone(postgres_server, postgres_office_template) as address:
        desk = open_office(_as_boss(address), login=None, clock=clock)
        yield desk
        desk.close()


@pytest.fixture(params=STORES)
def office(request: pytest.FixtureRequest) -> Desk:
    """An office opened as its owner `boss`, with the supervisor `petrov` and the managers `ivanova`, `kovalenko`,
    `sidorov`; once on each store."""
    found: Desk = request.getfixturevalue(f"{request.param}_office")
    return found


@pytest.fixture
def statements() -> Callable[[Store], AbstractContextManager[list[str]]]:
    """`with statements(store) as said:` collects the SQL that the store is asked, so that a test can count it."""

    @contextmanager
    def listening(store: Store) -> Iterator[list[str]]:
        said: list[str] = []

        def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            said.append(statement)

        event.listen(store.engine, "before_cursor_execute", hear)
        ready.listeners.append(said.append)
        try:
            yield said
        finally:
            ready.listeners.remove(said.append)
            event.remove(store.engine, "before_cursor_execute", hear)

    return listening
