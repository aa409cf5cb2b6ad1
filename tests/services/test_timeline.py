"""The stream of a client on both stores: its order, its pages, its pills, what belongs to an entry, its changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crmdesk.data.office import Store
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import ContactKind, Role
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import PersonRow
from crmdesk.domain.timeline import CONTACTS, EntryKind, Place, TimelinePage, kind_of
from crmdesk.domain.users import OfficeFacts, User
from crmdesk.services import clients, interactions, orders, people, tasks, timeline
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id
from tests.conftest import ZONE
from tests.data.rows import add_client, add_interaction, add_order, add_task

Statements = Callable[[Store], AbstractContextManager[list[str]]]
FIVE_THOUSAND = 5_000


def add(desk: Desk, name: str = "Ромашка", **values: object) -> ClientForm:
    return clients.save(desk, replace(clients.new_form(desk), name=name, **values))


def at(desk: Desk, moment: datetime) -> None:
    desk.clock = Clock.at(moment, ZONE)


def full(desk: Desk) -> ClientForm:
    """A client with something of everything, from the 1st of October on."""
    at(desk, datetime(2026, 10, 1, 10))
    client = add(desk)
    person = people.save(desk, PersonRow(new_id(), client.id, "Сидоров", "Пётр", "Иванович"))
    at(desk, datetime(2026, 10, 5, 11))
    interactions.record(
        desk, client.id, "call", "call_quote", "Просит скидку", person_id=person.id,
        next_step=NextStep("visit", date(2026, 10, 9), "цветопроба"),
    )  # fmt: skip
    orders.add(
        desk, client.id, date(2026, 10, 6),
        [LineRow(1, None, "Листовки", 1000, 100_00), LineRow(2, None, "Чеки", 1000, 50_00)], number="1163",
    )  # fmt: skip
    at(desk, datetime(2026, 10, 7, 12))
    tasks.add(desk, client.id, "other", date(2026, 11, 20), "Смета на каталог", promise=True)
    at(desk, datetime(2026, 10, 8, 12))
    done = tasks.add(desk, client.id, "other", date(2026, 10, 8), "Счёт")
    tasks.complete(desk, done.id)
    at(desk, datetime(2026, 10, 12, 9))
    changed = clients.save(desk, replace(client, address="ул. Мира, 4", city="Тула"), client)
    at(desk, datetime(2026, 10, 12, 18))
    clients.save(desk, replace(changed, notes="звонить утром"), changed)
    at(desk, datetime(2026, 11, 2, 9, 30))
    return client


def everything(desk: Desk, client: int, limit: int, **wanted: object) -> list[Place]:
    found: list[Place] = []
    before: Place | None = None
    while True:
        page: TimelinePage = timeline.page(desk, client, before=before, limit=limit, **wanted)  # type: ignore[arg-type]
        found += [entry.place for entry in page.entries]
        before = page.before
        if before is None:
            return found


def test_that_the_stream_tells_everything_newest_first(office: Desk) -> None:
    client = full(office)
    page = timeline.page(office, client.id, counts=True)
    told = [entry for entry in page.entries if entry.kind is not EntryKind.CHANGE]
    assert [(entry.kind, entry.day) for entry in told] == [
        (EntryKind.TASK, date(2026, 10, 8)),
        (EntryKind.PROMISE, date(2026, 10, 7)),
        (EntryKind.ORDER, date(2026, 10, 6)),
        (EntryKind.CALL, date(2026, 10, 5)),
    ]
    _, promise, order, call = told
    assert (promise.words, promise.due_day, promise.done_day) == ("Смета на каталог", date(2026, 11, 20), None)
    assert (order.words, order.number, order.money) == ("Листовки · Чеки", "1163", 150_00)
    assert (call.words, call.person, call.rung) == ("Просит скидку", "Сидоров Пётр Иванович", "middle")
    (step,) = call.steps
    assert (step.kind, step.title, step.due_day) == ("visit", "цветопроба", date(2026, 10, 9))
    assert page.counts == {
        EntryKind.CALL: 1, EntryKind.VISIT: 0, EntryKind.LETTER: 0, EntryKind.NOTE: 0, EntryKind.ORDER: 1,
        EntryKind.PROMISE: 1, EntryKind.TASK: 1, EntryKind.CHANGE: len(page.entries) - 4,
    }  # fmt: skip


def test_that_pages_of_any_size_and_any_pill_tell_the_same_stream(office: Desk) -> None:
    client = full(office)
    whole = everything(office, client.id, 50)
    assert whole == sorted(whole, reverse=True)
    for limit in (1, 2, 3):
        assert everything(office, client.id, limit) == whole
    pieces = [place for kind in EntryKind for place in everything(office, client.id, 2, kinds=(kind,))]
    assert sorted(pieces, reverse=True) == whole


def test_that_a_kept_promise_stands_where_it_was_kept_and_a_released_one_says_why(office: Desk) -> None:
    client = add(office)
    at(office, datetime(2026, 11, 3, 9))
    kept = tasks.add(office, client.id, "other", date(2026, 11, 9), "Макет", promise=True)
    freed = tasks.add(office, client.id, "other", date(2026, 11, 9), "Образцы", promise=True)
    at(office, datetime(2026, 11, 6, 9))
    tasks.complete(office, kept.id)
    tasks.release(office, freed.id, "передумали")
    found = {entry.words: entry for entry in timeline.page(office, client.id).entries}
    assert found["Макет"].day == found["Макет"].done_day == date(2026, 11, 6)
    assert (found["Образцы"].day, found["Образцы"].released, found["Образцы"].reason) == (
        date(2026, 11, 6), True, "передумали",
    )  # fmt: skip


def test_that_a_task_done_as_a_contact_is_told_once(store: Store, clock: Clock) -> None:
    early = Clock.at(datetime(2026, 10, 1, 9), ZONE)
    with store.write(user_id=None, clock=early) as writing:
        client = add_client(writing)
        asked = add_interaction(writing, client, resume="Просили приехать")
        add_task(writing, client, title="Визит", interaction_id=asked)
    with store.write(user_id=None, clock=clock) as writing:
        visit = add_interaction(writing, client, kind="visit", resume="Показали образцы")
        done = {"done_at": writing.at, "done_day": date(2026, 11, 2)}
        add_task(writing, client, title="Счёт", **done)
    with store.write(user_id=None, clock=early) as writing:
        add_task(writing, client, title="Показать образцы", interaction_id=visit, **done)
    desk = Desk(store, clock, User(1, "boss", "Орлова", Role.OWNER), OfficeFacts("Проба"))
    page = timeline.page(desk, client, counts=True)
    assert [entry.words for entry in page.entries] == ["Счёт", "Показали образцы", "Просили приехать"]
    assert page.counts is not None and page.counts[EntryKind.TASK] == 1
    assert [step.title for step in page.entries[2].steps] == ["Визит"]


def test_that_a_search_looks_into_words_people_and_lines_of_orders(office: Desk) -> None:
    client = full(office)
    for typed, kinds in (
        ("СКИДКУ", [EntryKind.CALL]),
        ("сидоров просит", [EntryKind.CALL]),
        ("чеки", [EntryKind.ORDER]),
        ("1163", [EntryKind.ORDER]),
        ("каталог", [EntryKind.PROMISE]),
        ("цветопроба", [EntryKind.CALL]),
        ("такого нет", []),
    ):
        assert [entry.kind for entry in timeline.page(office, client.id, text=typed).entries] == kinds, typed


def test_that_what_came_with_the_card_is_no_change_of_it_and_people_are(office: Desk) -> None:
    client = add(office)
    assert timeline.page(office, client.id).entries == ()
    contacts = people.contacts_of(office, None, ["+7 495 123-45-67"], [])
    person = people.save(office, PersonRow(new_id(), client.id, "Ткач", "Марина", contacts=contacts))
    people.save(office, replace(person, role="buyer"), person)
    (entry,) = timeline.page(office, client.id, (EntryKind.CHANGE,)).entries
    assert [(one.table, one.label, one.field) for one in entry.changes] == [
        ("person", "Ткач", ""),
        ("contact_point", "phone", ""),
        ("person", "Ткач", "role"),
    ]


def test_that_a_days_changes_are_one_entry_where_the_last_was_made(sqlite_office: Desk) -> None:
    client = full(sqlite_office)  # on a server the trail has the server's clock
    page = timeline.page(sqlite_office, client.id)
    assert [(entry.kind, entry.day) for entry in page.entries][::5] == [
        (EntryKind.CHANGE, date(2026, 10, 12)),
        (EntryKind.CHANGE, date(2026, 10, 1)),
    ]
    change = page.entries[0]
    assert [one.field for one in change.changes] == ["city", "address", "notes"]
    assert (change.changes[0].old, change.changes[0].new, change.author) == ("", "Тула", sqlite_office.me.name)


def test_that_changes_are_folded_by_the_day_of_the_office(sqlite_office: Desk) -> None:
    office = sqlite_office
    client = add(office)
    for hour in (20, 22):  # in UTC: 23:00 of the 3rd and 01:00 of the 4th in Moscow
        office.clock = Clock.at(datetime(2026, 11, 3, hour, tzinfo=UTC), ZONE)
        client = clients.save(office, replace(client, notes=f"в {hour}"), client)
    days = [entry.day for entry in timeline.page(office, client.id).entries]
    assert days == [date(2026, 11, 4), date(2026, 11, 3)]


def test_that_a_page_costs_the_same_statements_whatever_the_history(office: Desk, statements: Statements) -> None:
    spent = []
    for client in (add(office, "Пусто").id, full(office).id):
        with statements(office.store) as said:
            timeline.page(office, client, counts=True)
            timeline.page(office, client)
        spent.append(len(said))
    assert spent[0] == spent[1]


def test_that_five_thousand_entries_open_at_once(sqlite_office: Desk) -> None:
    desk = sqlite_office
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        client = add_client(writing)
        for n in range(FIVE_THOUSAND // 2):
            day = date(2026, 11, 1) - timedelta(days=n)
            add_interaction(writing, client, day, resume=f"Обсудили тираж {n}")
            add_order(writing, client, day)
    began = time.perf_counter()
    page = timeline.page(desk, client, counts=True)
    took = time.perf_counter() - began
    assert len(page.entries) == 50 and page.counts is not None and sum(page.counts.values()) == FIVE_THOUSAND
    assert took < 0.3
    assert len(timeline.page(desk, client, text="тираж 2499").entries) == 1
    last = everything(desk, client, 1000)
    assert len(last) == len(set(last)) == FIVE_THOUSAND


@pytest.mark.parametrize("kind", ContactKind)
def test_that_every_kind_of_contact_has_one_pill(kind: ContactKind) -> None:
    assert kind_of(kind) is EntryKind.NOTE or sum(kind in kinds for kinds in CONTACTS.values()) == 1
