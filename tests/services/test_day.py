from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from crmdesk.data import settings
from crmdesk.data.office import Store
from crmdesk.domain.clients import ClientForm
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.load import CAPACITY, CAPACITY_KEY, MINUTES
from crmdesk.domain.names import Birthday
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import PersonRow
from crmdesk.services import clients, day, holidays, orders, people, tasks, users
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id


def client_of(office: Desk, manager_id: int, name: str, **values: object) -> int:
    usual: dict[str, object] = {"manager_id": manager_id, "action_segment": ActionSegment.VVV.value}
    form = ClientForm(new_id(), name, **{**usual, **values})  # type: ignore[arg-type]
    return clients.save(office, form).id


@pytest.fixture
def manager(office: Desk) -> int:
    return users.find(office, "ivanova").id


def test_that_a_day_shows_what_was_left_what_is_planned_and_what_is_done(office: Desk, manager: int) -> None:
    today = office.clock.today()
    client = client_of(office, manager, "Ромашка", importance=Importance.VIP.value)

    def add(days: int, title: str, **values: object) -> int:
        return tasks.add(
            office, client, "call", today + timedelta(days=days), title, manager_id=manager, **values  # type: ignore[arg-type]
        ).id  # fmt: skip

    add(-3, "старое")
    gone = add(-2, "сделано поздно")
    add(0, "в три", time=900)
    early = add(0, "в девять", time=540)
    add(0, "когда-нибудь")
    add(2, "обещано", promise=True)
    add(2, "завтра")
    add(9, "обещано нескоро", promise=True)
    tasks.complete(office, gone)
    tasks.complete(office, early)
    tasks.follow(office, early, result="call_quote")
    found = day.page(office, manager)
    titles = [[one.task.title for one in part] for part in (found.late, found.timed, found.untimed, found.promises)]
    assert titles == [["старое", "сделано поздно"], ["в девять", "в три"], ["когда-нибудь"], ["обещано"]]
    assert (found.done, found.still_open, found.load) == (2, 3, 3 * MINUTES["call"])
    assert found.timed[0].result == "call_quote" and found.timed[0].importance == "vip"
    assert found.capacity == CAPACITY and found.gap(9 * 60 + 30) == (570, 900)
    assert found.unplanned == () and found.clients == 1


def test_that_the_statements_of_a_day_do_not_grow_with_it(
    office: Desk, manager: int, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    def count() -> int:
        with statements(office.store) as said:
            day.page(office, manager)
        return len(said)

    empty = count()
    for n in range(30):
        client = client_of(office, manager, f"Ромашка {n}", importance=Importance.VIP.value)
        if n % 2:
            tasks.add(office, client, "call", office.clock.today() - timedelta(days=n % 3), manager_id=manager)
        people.save(office, PersonRow(new_id(), client, "Сидоров", birthday=Birthday(2, 11)))
    assert count() == empty <= 8


def test_that_important_clients_without_a_plan_and_birthdays_are_found(office: Desk, manager: int) -> None:
    today = office.clock.today()
    vip = client_of(office, manager, "Важный", importance=Importance.VIP.value)
    maybe = client_of(office, manager, "Может быть", importance=Importance.POTENTIAL_VIP.value)
    client_of(office, manager, "Никакой", importance=Importance.VIP.value, action_segment=ActionSegment.NONE.value)
    client_of(office, users.find(office, "sidorov").id, "Чужой", importance=Importance.VIP.value)
    planned = client_of(office, manager, "С планом", importance=Importance.VIP.value)
    tasks.add(office, planned, "visit", today + timedelta(days=20), manager_id=manager)
    people.save(office, PersonRow(new_id(), planned, "Ёлкин", "Пётр", birthday=Birthday(3, 11, 1986)))
    people.save(office, PersonRow(new_id(), planned, "Поздний", birthday=Birthday(9, 11)))
    found = day.page(office, manager)
    assert [one.client_id for one in found.unplanned] == [vip, maybe]
    (birthday,) = found.birthdays
    assert (birthday.person, birthday.on, birthday.turns) == ("Ёлкин Пётр", today + timedelta(days=1), 40)
    assert (birthday.client_id, birthday.client) == (planned, "С планом")


def test_that_whoever_went_quiet_is_shown_once(office: Desk, manager: int) -> None:
    today = office.clock.today()
    going = client_of(office, manager, "Замолчал")
    vip = client_of(office, manager, "Важный замолчал", importance=Importance.VIP.value)
    for client in (going, vip):
        for ago in range(500, 139, -20):
            line = LineRow(1, None, "Визитки", 1000, 100_00)
            orders.add(office, client, today - timedelta(days=ago), [line])
    found = day.page(office, manager)
    assert [one.client_id for one in found.quiet] == [going]
    assert [one.client_id for one in found.unplanned] == [vip] and found.unplanned[0].usual_days == 20
    tasks.add(office, going, "call", today, manager_id=manager)
    assert day.page(office, manager).quiet == ()


def test_that_a_manager_sees_his_own_day_only(office: Desk, manager: int) -> None:
    assert [user.login for user in day.whose(office)][:3] == ["ivanova", "kovalenko", "sidorov"]
    office.me = users.find(office, "sidorov")
    assert day.whose(office) == (office.me,)
    assert day.page(office).manager_id == office.me.id
    with pytest.raises(UserError) as refused:
        day.page(office, manager)
    assert refused.value.key == "not_your_day"


def test_that_late_work_is_spread_over_working_days_by_what_they_hold(office: Desk, manager: int) -> None:
    today = office.clock.today()
    client = client_of(office, manager, "Ромашка")
    vip = client_of(office, manager, "Важный", importance=Importance.VIP.value)
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        settings.put(writing, {CAPACITY_KEY: 120})
    tasks.add(office, client, "meeting", today, minutes=120, manager_id=manager)
    late = [
        tasks.add(office, who, "call", today - timedelta(days=3), time=600, minutes=60, manager_id=manager).id
        for who in (client, vip, client)
    ]
    plan = day.plan_spread(office, late, manager)
    working = holidays.working_days(office.office.country, today, today + timedelta(days=14))
    assert [one.day for one in plan.days] == working[:5] and plan.capacity == 120
    assert plan.days[0].after == plan.days[0].before == 120
    assert all(one.after <= 120 for one in plan.days)
    assert plan.days[1].coming[0].client_id == vip
    before = tasks.get(office, late[0])
    moved = tasks.move_many(office, plan.moves)
    assert {one.id for one in moved} == set(late) and all(one.due_time is None for one in moved)
    assert before.due_time == 600 and day.page(office, manager).late == ()
