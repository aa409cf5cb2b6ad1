from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from crmdesk.data import search, tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from tests.data.rows import add, add_client, add_user

NAMES = [
    "ООО «Ёлочка & Ко»", "ТОВ \"Ґанок-Друк\"", "Мар’яненко Л. І.", "100% Принт", "Рога_и_копыта", "🎉🎉",
    "Типография Заря", "Типография Восход",
]  # fmt: skip


@pytest.fixture
def clients(store: Store, clock: Clock) -> Iterator[dict[str, int]]:
    with store.write(user_id=None, clock=clock) as writing:
        owner = add_user(writing)
        ids = {name: add_client(writing, name) for name in NAMES}
        sunrise = ids["Типография Восход"]
        writing.connection.execute(
            update(tables.Client)
            .where(tables.Client.id == sunrise)
            .values(manager_id=owner, code="К-0042", city="Київ", version=2)
        )
        person = add(writing, tables.Person, client_id=sunrise, surname="Їжакевич", given_name="Олена")
        add(
            writing, tables.ContactPoint, client_id=sunrise, person_id=person, kind="phone",
            original="8 (916) 555-01-02 доб. 14", normal="+79165550102",
        )  # fmt: skip
        add(
            writing, tables.ContactPoint, client_id=sunrise, person_id=person, kind="email",
            original="Olena@Druk.Example", normal="olena@druk.example",
        )  # fmt: skip
    return ids


def found(store: Store, text: str, *, second: bool = False, manager: int | None = None) -> list[str]:
    with store.read() as connection:
        ask = search.inner_hits if second else search.prefix_hits
        return [hit.name for hit in ask(connection, text, 50, manager)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("елоч", ["ООО «Ёлочка & Ко»"]),
        ("ЁЛОЧКА", ["ООО «Ёлочка & Ко»"]),
        ("ганок", ['ТОВ "Ґанок-Друк"']),
        ("друк тов", ['ТОВ "Ґанок-Друк"']),
        ("мар'ян", ["Мар’яненко Л. І."]),
        ("типогр", ["Типография Восход", "Типография Заря"]),
        ("тип зар", ["Типография Заря"]),
        ("тип нет", []),
        ("їжак", ["Типография Восход"]),
        ("iжак", []),
        ("8 916", ["Типография Восход"]),
        ("+7 (916) 555", ["Типография Восход"]),
        ("9165550102", ["Типография Восход"]),
        ("89165550102", ["Типография Восход"]),
        ("0042", ["Типография Восход"]),
        ("киї", ["Типография Восход"]),
        ("olena@", ["Типография Восход"]),
        ("", []),
        ("%", []),
    ],
)
def test_that_the_beginning_of_any_words_finds_the_client(
    store: Store, clients: dict[str, int], text: str, expected: list[str]
) -> None:
    assert found(store, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("графия", ["Типография Восход", "Типография Заря"]),
        ("0102", ["Типография Восход"]),
        ("555-01", ["Типография Восход"]),
        ("100%", ["100% Принт"]),
        ("%", ["100% Принт"]),
        ("_и_", ["Рога_и_копыта"]),
        ("🎉", ["🎉🎉"]),
        ("\\", []),
        ("", []),
    ],
)
def test_that_any_part_finds_the_client_in_the_second_answer(
    store: Store, clients: dict[str, int], text: str, expected: list[str]
) -> None:
    assert found(store, text, second=True) == expected


def test_that_the_owner_is_carried_in_the_words(store: Store, clients: dict[str, int]) -> None:
    with store.read() as connection:
        owner = connection.scalar(select(tables.User.id))
    for second in (False, True):
        assert found(store, "типография", second=second, manager=owner) == ["Типография Восход"]


def test_that_archived_clients_are_not_found(store: Store, clock: Clock, clients: dict[str, int]) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        client = clients["Типография Заря"]
        writing.connection.execute(
            update(tables.Client).where(tables.Client.id == client).values(archived_at=writing.at, version=2)
        )
        writing.touch([client])
    assert found(store, "заря") == []
    assert found(store, "аря", second=True) == []


def test_that_indexing_everybody_gives_what_indexing_one_by_one_gave(
    store: Store, clock: Clock, clients: dict[str, int]
) -> None:
    def indexed() -> list[list[tuple[object, ...]]]:
        with store.read() as connection:
            return [
                sorted(map(tuple, connection.execute(select(table.__table__))), key=str)
                for table in (tables.SearchWord, tables.SearchText)
            ]

    kept = indexed()
    assert kept[0] and len(kept[1]) == len(NAMES)
    with store.write(user_id=None, clock=clock) as writing:
        search.reindex_all(writing.connection)
    assert indexed() == kept
