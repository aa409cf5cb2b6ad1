from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.domain.client_list import ClientFilter, ClientOrder
from crmdesk.domain.clients import ClientForm, is_doubtful_tax_number
from crmdesk.domain.conflict import Field
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import Gender
from crmdesk.domain.names import Birthday
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import PersonRow
from crmdesk.services import clients, interactions, orders, people, tasks
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

Statements = Callable[[Store], AbstractContextManager[list[str]]]


def add(desk: Desk, name: str, **values: object) -> ClientForm:
    return clients.save(desk, replace(clients.new_form(desk), name=name, **values))


@pytest.mark.parametrize(
    "name",
    ['ООО "A & B" <b>скидка</b>', "🎉🎉🎉", "Robert'); DROP TABLE client;--", "О’Коннор\u00a0и Ко", "=1+1", "м" * 500],
)
def test_that_any_name_comes_back_as_it_was_typed(office: Desk, name: str) -> None:
    saved = add(office, name)
    assert clients.card(office, saved.id).form.name == " ".join(name.split())
    assert clients.rows(office, [saved.id])[0].name == " ".join(name.split())


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"name": " \n "}, "name_missing"),
        ({"name": "\x00\x07"}, "name_missing"),
        ({"name": "м" * 501}, "name_too_long"),
        ({"name": "Ромашка", "stage": "married"}, "not_in_list"),
        ({"name": "Ромашка", "visits_norm": -1}, "below_zero"),
    ],
)
def test_that_a_form_that_cannot_be_stored_is_refused_by_name(
    office: Desk, values: dict[str, object], key: str
) -> None:
    with pytest.raises(UserError) as refused:
        clients.save(office, replace(clients.new_form(office), **values))
    assert refused.value.key == key
    assert clients.page_ids(office) == []


def test_that_a_lost_race_says_mine_theirs_and_base_and_overwrites_nothing(office: Desk) -> None:
    base = add(office, "Ромашка", city="Тула")
    theirs = clients.save(office, replace(base, city="Орёл", notes="звонить утром"), base)
    with pytest.raises(UserError) as lost:
        clients.save(office, replace(base, city="Курск", importance="vip"), base)
    assert lost.value.key == "client_changed"
    assert lost.value.values["fields"] == {
        "city": Field("Курск", "Орёл", "Тула"),
        "notes": Field("", "звонить утром", ""),
    }
    assert clients.card(office, base.id).form == theirs


def test_that_an_archived_client_leaves_lists_and_searches_and_comes_back_whole(office: Desk) -> None:
    saved = add(office, "Ромашка")
    clients.archive(office, saved.id)
    assert clients.page_ids(office) == [] and clients.search(office, "ромашка") == ()
    assert clients.page_ids(office, ClientFilter(archived=True)) == [saved.id]
    assert clients.card(office, saved.id).archived
    clients.unarchive(office, saved.id)
    assert clients.page_ids(office) == [saved.id]
    assert [hit.id for hit in clients.search(office, "ромашка")] == [saved.id]
    with pytest.raises(UserError):
        clients.unarchive(office, saved.id)


def test_that_names_are_listed_in_the_order_of_the_ru_and_uk_alphabets(office: Desk) -> None:
    names = ["1С", "Абрис", "Ґудзик", "Друк", "Ежевика", "Ёлка", "Жук", "Интер", "Інтер", "Яна"]
    for name in reversed(names):
        add(office, name)
    ids = clients.page_ids(office)
    assert [row.name for row in clients.rows(office, ids)] == names
    assert clients.page_ids(office, ClientFilter(descending=True)) == ids[::-1]


def test_that_a_list_is_filtered_and_sorted_by_what_is_derived(office: Desk) -> None:
    today = office.clock.today()
    small, big, none = (add(office, name, tracked=name != "в") for name in "абв")
    for client, amount, age in ((small, 100_00, 1), (big, 900_00, 9)):
        orders.add(office, client.id, today - timedelta(days=age), [LineRow(1, None, "Визитки", 1000, amount)])
    by_turnover = ClientFilter(sort=ClientOrder.TURNOVER, descending=True)
    assert clients.page_ids(office, by_turnover)[:2] == [big.id, small.id]
    assert clients.page_ids(office, ClientFilter(sort=ClientOrder.LAST_ORDER))[0] == big.id
    assert set(clients.page_ids(office, ClientFilter(tracked=True))) == {small.id, big.id}
    assert clients.page_ids(office, ClientFilter(tracked=False, sort=ClientOrder.NEXT_STEP)) == [none.id]
    assert clients.rows(office, [big.id])[0].turnover == 900_00


def full_client(desk: Desk, name: str, depth: int) -> int:
    today = desk.clock.today()
    client = add(desk, name)
    for n in range(depth):
        people.save(desk, PersonRow(new_id(), client.id, "Сидоров", f"Иван{n}", birthday=Birthday(29, 2)))
        interactions.record(
            desk, client.id, "call", "call_order", "Договорились", next_step=NextStep("visit", today, "Образцы", True)
        )
        orders.add(desk, client.id, today, [LineRow(1, None, "Визитки", 1000, 100_00, 60_00)])
    return client.id


def test_that_a_card_a_page_and_a_search_cost_the_same_statements_whatever_the_history(
    office: Desk, statements: Statements
) -> None:
    spent = []
    for depth in (0, 1, 4):
        client = full_client(office, f"Ромашка {depth}", depth)
        with statements(office.store) as said:
            assert len(clients.card(office, client).people) == depth
            assert clients.rows(office, clients.page_ids(office))
            assert clients.search(office, "ром", anywhere=True)
        spent.append(len(said))
    assert spent[0] == spent[1] == spent[2]


def test_that_the_card_shows_everything_that_was_recorded(office: Desk) -> None:
    client = full_client(office, "Ромашка", 2)
    card = clients.card(office, client)
    assert [row.resume for row in card.interactions] == ["Договорились"] * 2
    assert [row.total for row in card.orders] == [100_00] * 2
    assert [(task.title, task.promise) for task in card.tasks] == [("Образцы", True)] * 2
    assert {person.birthday for person in card.people} == {Birthday(29, 2)}
    (month,) = card.months.values()
    assert (month.turnover, month.gross_profit, month.calls, month.promises_due) == (200_00, 80_00, 2, 2)
    assert card.next_due == office.clock.today()


def test_that_a_person_keeps_his_phones_and_mails_and_is_found_by_them(office: Desk) -> None:
    client = add(office, "Ромашка")
    contacts = people.contacts_of(office, None, ["8 916 555-01-02 доб. 14, +7 495 123-45-67"], ["Ivan@Example.COM"])
    saved = people.save(
        office, PersonRow(new_id(), client.id, "Сидоров", "Иван", gender=Gender.MALE, contacts=contacts)
    )
    (read,) = clients.card(office, client.id).people
    assert [(c.normal, c.extension) for c in read.contacts] == [
        ("+79165550102", "14"),
        ("+74951234567", ""),
        ("ivan@example.com", ""),
    ]
    for typed in ("сидор", "8 916 555", "123-45-67", "ivan@ex"):
        assert [hit.id for hit in clients.search(office, typed, anywhere=True)] == [client.id], typed
    changed = people.save(office, replace(read, surname="Сидорчук", contacts=read.contacts[:1]), saved)
    assert clients.search(office, "495123") == () and clients.search(office, "сидорчук")
    with pytest.raises(UserError) as lost:
        people.save(office, replace(read, surname="Петров"), saved)
    assert lost.value.key == "person_changed"
    people.archive(office, changed.id)
    assert clients.card(office, client.id).people == () and clients.search(office, "сидорчук") == ()


def test_that_31_february_is_refused_by_name_and_nothing_is_kept(office: Desk) -> None:
    client = add(office, "Ромашка")
    with pytest.raises(UserError) as refused:
        people.save(office, PersonRow(new_id(), client.id, "Ёлкина", birthday=Birthday(31, 2, 1990)))
    assert refused.value.key == "no_such_day"
    with office.store.read() as connection:
        assert connection.execute(select(tables.Person.id)).all() == []


@pytest.mark.parametrize(
    ("number", "country", "doubtful"),
    [
        ("7707083893", "RU", False),
        ("7707083894", "RU", True),
        ("500100732259", "RU", False),
        ("500100732258", "RU", True),
        ("123", "RU", True),
        ("14360570", "UA", False),
        ("14360571", "UA", True),
        ("32855961", "UA", False),
        ("1234", "PL", False),
    ],
)
def test_that_check_digits_of_tax_numbers_warn_of_slips(number: str, country: str, doubtful: bool) -> None:
    assert is_doubtful_tax_number(number, country) is doubtful


def test_that_an_unknown_client_has_no_card(office: Desk) -> None:
    for ask in (lambda: clients.card(office, 1), lambda: interactions.record(office, 1, "call")):
        with pytest.raises(UserError) as refused:
            ask()
        assert refused.value.key == "no_such_client"


def test_that_a_contact_its_next_step_and_its_traces_are_one_transaction(office: Desk) -> None:
    client = add(office, "Ромашка")
    step = NextStep("call", office.clock.today() + timedelta(days=3), "Перезвонить")
    row = interactions.record(office, client.id, "call", "call_quote", "х" * 100_000, next_step=step)
    with office.store.read() as connection:
        changes = connection.execute(
            select(tables.Audit.tx, tables.Audit.tbl).where(tables.Audit.tbl.in_(["interaction", "task"]))
        ).all()
    assert len({change.tx for change in changes}) == 1 and len(changes) == 2
    card = clients.card(office, client.id)
    assert card.interactions == (row,) and len(card.interactions[0].resume) == 100_000
    assert card.next_due == step.day and card.last_contact == office.clock.today()


def test_that_a_task_is_due_done_moved_and_released(office: Desk) -> None:
    today = office.clock.today()
    client = add(office, "Ромашка")
    late = tasks.add(office, client.id, "call", today - timedelta(days=2), "Перезвонить", promise=True)
    soon = tasks.add(office, client.id, "visit", today + timedelta(days=1))
    far = tasks.add(office, None, "other", today + timedelta(days=40))
    assert [task.id for task in tasks.due(office)] == [late.id, soon.id]
    assert [task.id for task in tasks.due(office, until=far.due_day)] == [late.id, soon.id, far.id]
    assert tasks.due(office, manager=1) == ()
    moved = tasks.move(office, soon.id, today + timedelta(days=30))
    assert moved.moved_count == 1
    tasks.complete(office, late.id)
    assert clients.card(office, client.id).months[today.year * 100 + today.month - 1].promises_kept == 0
    tasks.release(office, soon.id, "закрылись")
    assert tasks.due(office) == () and clients.card(office, client.id).next_due is None
    for refused, key in (
        (lambda: tasks.complete(office, late.id), "task_not_open"),
        (lambda: tasks.release(office, far.id, " "), "reason_missing"),
        (lambda: tasks.complete(office, 7), "no_such_task"),
    ):
        with pytest.raises(UserError) as said:
            refused()
        assert said.value.key == key


def test_that_an_order_counts_when_done_and_no_longer_when_archived(office: Desk) -> None:
    client = add(office, "Ромашка")
    order = orders.add(
        office, client.id, office.clock.today(), [LineRow(1, None, "Визитки", 1000, 100_00)], stage="quote_sent"
    )
    assert clients.card(office, client.id).turnover == 0
    orders.set_stage(office, order.id, "done")
    assert clients.card(office, client.id).turnover == 100_00
    assert orders.lines_of(office, order.id)[0].words == "Визитки"
    orders.archive(office, order.id)
    assert clients.card(office, client.id).turnover == 0
    with pytest.raises(UserError):
        orders.archive(office, order.id)
    with pytest.raises(UserError):
        orders.add(office, client.id, office.clock.today(), [])
