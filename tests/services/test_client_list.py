"""The list of clients on both stores: which clients, in what order, how many; and what is done to many at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow, change, is_neglected, is_silent, lacks_step
from crmdesk.domain.lists import Role
from crmdesk.domain.names import Birthday
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import PersonRow
from crmdesk.domain.users import User
from crmdesk.services import client_list, clients, interactions, orders, people, tasks, users, views
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id
from tests.data.rows import add as add_row

Statements = Callable[[Store], AbstractContextManager[list[str]]]


def add(desk: Desk, name: str, **values: object) -> int:
    return clients.save(desk, replace(clients.new_form(desk), name=name, **values)).id


def sell(desk: Desk, client: int, day: date, amount: int = 100_00) -> None:
    orders.add(desk, client, day, [LineRow(1, None, "Визитки", 1000, amount)])


def every(desk: Desk, client: int, gap: int, count: int, silent: int) -> None:
    """Orders every `gap` days, the last of them `silent` days ago."""
    for n in range(count):
        sell(desk, client, desk.clock.today() - timedelta(days=silent + n * gap))


def names(desk: Desk, wanted: ClientFilter, *, anywhere: bool = False) -> list[str]:
    return [row.name for row in clients.rows(desk, clients.page_ids(desk, wanted, anywhere=anywhere))]


def another(desk: Desk) -> User:
    """A manager of the office."""
    password = "a long password, this" if desk.store.dialect == "postgresql" else None
    return users.add(desk, "anna_new", "Иванова Анна", Role.MANAGER, password=password)


@pytest.fixture
def shop(office: Desk) -> Desk:
    """Six clients who differ in everything a list can ask for."""
    today = office.clock.today()
    vip = add(office, "Аптека", action_segment="VVV", importance="vip", stage="steady", city="Тула", tracked=True)
    every(office, vip, 20, 8, silent=90)
    hotel = add(office, "Отель", action_segment="CCC", stage="developing", city="Орёл", tracked=True)
    every(office, hotel, 30, 6, silent=10)
    tasks.add(office, hotel, "call", today + timedelta(days=2), "Перезвонить")
    interactions.record(office, hotel, "call", "call_order", "Договорились")
    add(office, "Пекарня", action_segment="INFO", importance="potential_vip")
    add(office, "Театр", action_segment="NONE", city="Тула")
    lost = add(office, "Ёлка", action_segment="CCC", stage="lost")
    every(office, lost, 10, 5, silent=200)
    nobody = add(office, "Цирк", action_segment="VVV", manager_id=None, city="Тула")
    people.save(office, PersonRow(new_id(), nobody, "Попов", "Олег", birthday=Birthday(9, 11)))
    return office


CASES: list[tuple[ClientFilter, set[str]]] = [
    (ClientFilter(), {"Аптека", "Отель", "Пекарня", "Театр", "Ёлка", "Цирк"}),
    (ClientFilter(nobodys=True), {"Цирк"}),
    (ClientFilter(tracked=True), {"Аптека", "Отель"}),
    (ClientFilter(actions=("VVV", "INFO")), {"Аптека", "Пекарня", "Цирк"}),
    (ClientFilter(importances=("vip", "potential_vip")), {"Аптека", "Пекарня"}),
    (ClientFilter(stages=("lost",)), {"Ёлка"}),
    (ClientFilter(city="Тула"), {"Аптека", "Театр", "Цирк"}),
    (ClientFilter(ordered_months=2), {"Отель"}),
    (ClientFilter(silent=True), {"Аптека"}),
    (ClientFilter(no_step=True), {"Аптека", "Пекарня", "Цирк"}),
    (ClientFilter(birthday_days=7), {"Цирк"}),
    (ClientFilter(birthday_days=6), set()),
    (ClientFilter(archived=True), set()),
    (ClientFilter(clients=()), set()),
    (ClientFilter(city="Тула", actions=("VVV",), text="ап"), {"Аптека"}),
    (ClientFilter(city="Орёл", text="ап"), set()),
]


def test_that_each_condition_leaves_those_who_fit_and_is_counted_so(shop: Desk) -> None:
    for wanted, fit in CASES:
        assert set(names(shop, wanted)) == fit, wanted
    counted = clients.counts(shop, {str(n): wanted for n, (wanted, _) in enumerate(CASES)})
    assert list(counted.values()) == [len(fit) for _, fit in CASES]


def test_that_the_marks_of_a_line_are_what_the_filters_find(shop: Desk) -> None:
    lines, today = clients.rows(shop, clients.page_ids(shop)), shop.clock.today()
    assert {row.name for row in lines if is_silent(row, today)} == set(names(shop, ClientFilter(silent=True)))
    assert {row.name for row in lines if lacks_step(row)} == set(names(shop, ClientFilter(no_step=True)))


def test_that_a_list_is_sorted_by_every_column_and_emptiness_comes_last(shop: Desk) -> None:
    orders_by: dict[ClientOrder, Callable[[ClientRow], object]] = {
        ClientOrder.RHYTHM: lambda row: row.silence,
        ClientOrder.TURNOVER: lambda row: row.turnover,
        ClientOrder.KINDS: lambda row: row.kinds or None,
        ClientOrder.NEXT_STEP: lambda row: row.next_due,
        ClientOrder.LAST_ORDER: lambda row: row.last_order,
        ClientOrder.CITY: lambda row: row.city or None,
        ClientOrder.CONTACT: lambda row: row.last_contact and -row.last_contact.toordinal(),
        ClientOrder.CHANGE: lambda row: (row.turnover or 0) / row.before if row.before else None,
    }
    everybody = set(clients.page_ids(shop))
    for order in ClientOrder:
        for descending in (False, True):
            ids = clients.page_ids(shop, ClientFilter(sort=order, descending=descending))
            assert set(ids) == everybody, order
            if order in orders_by:
                values = [orders_by[order](row) for row in clients.rows(shop, ids)]
                known = [value for value in values if value is not None]
                assert values == known + [None] * (len(values) - len(known)), order
                assert known == sorted(known, reverse=descending), order  # type: ignore[type-var]


def test_that_importance_stage_and_action_are_sorted_as_the_lists_of_the_office_stand(shop: Desk) -> None:
    first = names(shop, ClientFilter(sort=ClientOrder.IMPORTANCE))
    assert first[:2] == ["Аптека", "Пекарня"]
    assert names(shop, ClientFilter(sort=ClientOrder.STAGE))[-1] == "Ёлка"
    assert names(shop, ClientFilter(sort=ClientOrder.ACTION))[0] == "Аптека"
    assert names(shop, ClientFilter(sort=ClientOrder.ACTION))[-1] == "Театр"


def test_that_a_search_in_the_list_puts_beginnings_before_middles(shop: Desk) -> None:
    add(shop, "Карта", action_segment="VVV")
    assert names(shop, ClientFilter(text="арт")) == []
    add(shop, "Артель", action_segment="VVV")
    assert names(shop, ClientFilter(text="арт", sort=ClientOrder.NAME)) == ["Артель"]
    both = ClientFilter(text="арт", sort=ClientOrder.NAME, descending=True)
    assert names(shop, both, anywhere=True) == ["Артель", "Карта"]
    assert names(shop, replace(both, actions=("CCC",)), anywhere=True) == []


def test_that_a_line_says_turnover_change_rhythm_and_norm(shop: Desk) -> None:
    today = shop.clock.today()
    client = add(shop, "Банк", action_segment="VVV")
    sell(shop, client, date(2026, 10, 31), 600_00)
    sell(shop, client, date(2026, 5, 1), 100_00)
    sell(shop, client, date(2026, 4, 30), 1000_00)
    sell(shop, client, date(2025, 11, 1), 400_00)
    sell(shop, client, date(2025, 10, 31), 9_00)
    long_ago = shop.clock.now() - timedelta(days=31)
    interactions.record(shop, client, "visit", "visit_order", "Посмотрели образцы", at=long_ago)
    (row,) = clients.rows(shop, [client])
    assert (row.turnover, row.before, row.order_days) == (700_00, 1400_00, 5)
    assert change(row) == -50
    assert row.ticks == (date(2026, 4, 30), date(2026, 5, 1), date(2026, 10, 31))
    assert row.silence is not None
    assert row.silence < 0.1
    assert (row.norm, is_neglected(row, today)) == (1, True)


def test_that_a_page_costs_two_statements_and_the_ids_one_whatever_the_history(
    shop: Desk, statements: Statements
) -> None:
    with statements(shop.store) as said:
        ids = clients.page_ids(shop, ClientFilter(silent=True, no_step=True, sort=ClientOrder.TURNOVER))
    assert len(said) == 1
    for wanted in (ids, clients.page_ids(shop)):
        with statements(shop.store) as said:
            clients.rows(shop, wanted)
        assert len(said) == 2
    with statements(shop.store) as said:
        clients.counts(shop, {str(n): wanted for n, (wanted, _) in enumerate(CASES)})
    assert len(said) == 1


def test_that_clients_change_hands_with_what_is_still_to_be_done(shop: Desk) -> None:
    anna = another(shop).id
    ids = clients.page_ids(shop, ClientFilter(city="Орёл"))
    done = client_list.transfer(shop, [*ids, *ids], anna)
    assert done.count == 1
    assert client_list.transfer(shop, ids, anna).count == 0
    assert [row.manager_id for row in clients.rows(shop, ids)] == [anna]
    assert [task.title for task in tasks.due(shop, anna)] == ["Перезвонить"]
    assert names(shop, ClientFilter(manager_id=anna)) == ["Отель"]


def test_that_a_manager_gives_his_clients_to_nobody(shop: Desk) -> None:
    shop.me = replace(shop.me, role=Role.MANAGER)
    with pytest.raises(UserError) as refused:
        client_list.transfer(shop, clients.page_ids(shop), shop.me.id)
    assert refused.value.key == "no_right_to_transfer"


def test_that_a_field_of_many_changes_once_and_only_to_what_is_allowed(shop: Desk) -> None:
    ids = clients.page_ids(shop)
    assert client_list.edit(shop, ids, "stage", "cooling").count == len(ids)
    assert client_list.edit(shop, ids, "stage", "cooling").count == 0
    assert client_list.edit(shop, ids, "tracked", True).count == len(ids) - 2
    for field, value in (("stage", "married"), ("name", "Ромашка"), ("tracked", "yes")):
        with pytest.raises(UserError):
            client_list.edit(shop, ids, field, value)
    assert {row.stage for row in clients.rows(shop, ids)} == {"cooling"}


def test_that_archived_clients_leave_the_list_together_and_come_back(shop: Desk) -> None:
    ids = clients.page_ids(shop, ClientFilter(city="Тула"))
    assert client_list.archive(shop, ids).count == 3
    assert clients.page_ids(shop, ClientFilter(city="Тула")) == []
    assert set(clients.page_ids(shop, ClientFilter(archived=True))) == set(ids)
    assert client_list.archive(shop, ids, archived=False).count == 3
    assert clients.page_ids(shop, ClientFilter(city="Тула")) == ids
    assert clients.page_ids(shop, ClientFilter(text="аптека")) != []


def test_that_each_chosen_client_gets_the_task_of_whoever_leads_him(shop: Desk) -> None:
    ids = clients.page_ids(shop, ClientFilter(city="Тула"))
    day = shop.clock.today() + timedelta(days=1)
    assert client_list.add_tasks(shop, ids, "call", day, "Поздравить").count == 3
    assert {row.task_title for row in clients.rows(shop, ids)} == {"Поздравить"}
    assert {row.next_due for row in clients.rows(shop, ids)} == {day}
    with pytest.raises(UserError):
        client_list.add_tasks(shop, ids, "dance", day)


def test_that_no_more_than_a_bulk_holds_is_changed(shop: Desk) -> None:
    with pytest.raises(UserError) as refused:
        client_list.archive(shop, range(1, 6000))
    assert refused.value.key == "too_many_clients"


def test_that_a_view_comes_back_as_it_was_saved(shop: Desk) -> None:
    wanted = ClientFilter(actions=("VVV", "CCC"), silent=True, sort=ClientOrder.TURNOVER, descending=True, text="ром")
    saved = views.save(shop, " Важные\n молчат ", wanted, pinned=True)
    (found,) = views.list_views(shop)
    assert (found.name, found.wanted, found.pinned, found.shared) == (
        "Важные молчат",
        replace(wanted, text=""),
        True,
        False,
    )
    views.rename(shop, saved.id, "Тихие")
    views.redefine(shop, saved.id, ClientFilter(city="Тула"))
    views.pin(shop, saved.id, False)
    views.share(shop, saved.id, True)
    (found,) = views.list_views(shop)
    assert (found.name, found.wanted, found.pinned, found.shared) == ("Тихие", ClientFilter(city="Тула"), False, True)
    views.archive(shop, saved.id)
    assert views.list_views(shop) == ()
    with pytest.raises(UserError) as gone:
        views.rename(shop, saved.id, "Ещё")
    assert gone.value.key == "no_such_saved_view"


@pytest.mark.parametrize(("name", "key"), [("  \n", "view_nameless"), ("м" * 101, "view_name_too_long")])
def test_that_a_view_without_a_fitting_name_is_refused(office: Desk, name: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        views.save(office, name, ClientFilter())
    assert refused.value.key == key


def test_that_a_list_made_by_hand_holds_each_client_once(shop: Desk) -> None:
    one, two, three, *_ = clients.page_ids(shop)
    saved = views.save(shop, "На выставку", ClientFilter(clients=(one,)))
    assert views.add_clients(shop, saved.id, [two, one, two]) == 1
    assert views.add_clients(shop, saved.id, [two]) == 0
    (found,) = views.list_views(shop)
    assert found.by_hand
    assert set(clients.page_ids(shop, found.wanted)) == {one, two}
    assert three not in (found.wanted.clients or ())


def test_that_a_manager_changes_his_own_views_and_not_those_of_everybody(shop: Desk) -> None:
    common = views.save(shop, "Общий", ClientFilter(), shared=True)
    boss_only = views.save(shop, "Личный", ClientFilter())
    anna = another(shop)
    shop.me = anna
    assert [view.id for view in views.list_views(shop)] == [common.id]
    for refused in (
        lambda: views.rename(shop, common.id, "Мой"),
        lambda: views.save(shop, "Для всех", ClientFilter(), shared=True),
        lambda: views.rename(shop, boss_only.id, "Мой"),
    ):
        with pytest.raises(UserError):
            refused()
    assert views.save(shop, "Мой", ClientFilter()).name == "Мой"


def test_that_a_printed_list_is_journalled_with_its_clients_and_a_preview_is_not(shop: Desk) -> None:
    ids = clients.page_ids(shop)

    def made(printed: bool) -> bytes:
        return client_list.pdf(
            shop, ids, title="Клиенты", words_of_filter="все", words_of_order="имя", lang="ru", printed=printed
        )

    def journal() -> list[tuple[str, str, int]]:
        with shop.store.read() as connection:
            log = tables.AccessLog
            return [tuple(row) for row in connection.execute(select(log.kind, log.what, log.rows))]

    assert made(False).startswith(b"%PDF")
    assert journal() == []
    assert made(True).startswith(b"%PDF")
    ((kind, what, count),) = journal()
    assert (kind, what.split()[0], count) == ("print", "clients", len(ids))


def test_that_a_client_is_to_print_again_when_his_own_gap_or_the_products_has_passed(office: Desk) -> None:
    today = office.clock.today()
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        product = add_row(writing, tables.Product, name="Визитки", reprint_days=90)
    lines = [LineRow(1, product, "Визитки", 1000, 100_00)]

    def buys(name: str, *days_ago: int) -> int:
        client = add(office, name, action_segment="CCC")
        for days in days_ago:
            orders.add(office, client, today - timedelta(days=days), lines)
        return client

    buys("Однажды", 80)
    buys("Недавно", 20)
    buys("Давно", 120)
    buys("Свой срок", 50, 110, 170)
    buys("Часто", 5, 15, 25)
    assert set(names(office, ClientFilter(reprint=True))) == {"Однажды", "Свой срок"}
    assert set(names(office, ClientFilter(reprint=True, manager_id=office.me.id))) == {"Однажды", "Свой срок"}
    assert names(office, ClientFilter(reprint=True, nobodys=True)) == []
    once = next(number for number, name in ids_and_names(office) if name == "Однажды")
    tasks.add(office, once, "call", today + timedelta(days=5))  # he has a day: as in the rail of the calendar
    assert names(office, ClientFilter(reprint=True)) == ["Свой срок"]


def ids_and_names(desk: Desk) -> list[tuple[int, str]]:
    found = clients.rows(desk, tuple(clients.page_ids(desk, ClientFilter())))
    return [(row.id, row.name) for row in found]
