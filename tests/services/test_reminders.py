"""Reminders on both stores: what stands, what was answered, and that a second computer knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crmdesk.data import tasks as task_rows
from crmdesk.data.office import Store
from crmdesk.data.tables import Client, Person
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.reminders import Agenda, Kind, Preferences, Snooze, wall
from crmdesk.services import reminders, tasks
from crmdesk.services.office import Desk, open_office
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id
from tests.conftest import NOW, ZONE

MOSCOW = ZoneInfo(ZONE)
TODAY = date(2026, 11, 2)
USUAL = Preferences()


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return wall(TODAY + timedelta(days=day), hour * 60 + minute, MOSCOW)


@pytest.fixture
def client(office: Desk) -> int:
    """A client of mine, with somebody born on the 2nd of November and somebody on the 29th of February."""
    client_id = new_id()
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        born = {"created_at": writing.at, "client_id": client_id}
        session = writing.session
        session.add(
            Client(
                id=client_id,
                name="Кофейня «Зерно»",
                sort_key="кофейня зерно",
                action_segment=ActionSegment.VVV.value,
                manager_id=office.me.id,
                created_at=writing.at,
            )
        )
        session.flush()
        session.add(Person(id=new_id(), given_name="Анна", patronymic="Ильинична", birth_day=2, birth_month=11, **born))
        session.add(Person(id=new_id(), given_name="Олег", birth_day=29, birth_month=2, **born))
    return client_id


@pytest.fixture
def second(office: Desk) -> Iterator[Desk]:
    """The same person at another computer."""
    login = None if office.store.dialect == "postgresql" else "boss"
    desk = open_office(office.store.address, login=login, clock=Clock.at(NOW, ZONE))
    yield desk
    desk.close()


def timed(desk: Desk, client: int, minutes: int, day: int = 0, *, promise: bool = False, kind: str = "call") -> int:
    task_id = new_id()
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        task_rows.insert_row(
            writing,
            id=task_id,
            client_id=client,
            manager_id=desk.me.id,
            kind=kind,
            title="уточнить тираж",
            promise=promise,
            due_day=TODAY + timedelta(days=day),
            due_time=minutes,
        )
    return task_id


def kinds(found: Agenda) -> list[Kind]:
    return [one.kind for one in found.standing]


def test_that_what_is_due_stands_and_what_comes_is_known(office: Desk, client: int) -> None:
    timed(office, client, 10 * 60)
    tasks.add(office, client, "letter", TODAY, "прайс")
    found = reminders.coming(office, USUAL, at(9, 30))
    assert kinds(found) == [Kind.DAY, Kind.BIRTHDAY]
    assert found.standing == found.fresh
    assert found.next_at == at(9, 55)
    assert found.standing[1].client == "Кофейня «Зерно»"
    assert found.standing[1].title == "Анна Ильинична"
    assert kinds(reminders.coming(office, USUAL, at(9, 56)))[0] is Kind.TIME


def test_that_the_day_before_a_promise_and_the_overdue_speak_in_the_morning(office: Desk, client: int) -> None:
    timed(office, client, 12 * 60, day=1, promise=True)
    timed(office, client, 12 * 60, day=-3)
    timed(office, client, 12 * 60, day=-20)
    found = reminders.coming(office, USUAL, at(9))
    assert kinds(found) == [Kind.EVE, Kind.BIRTHDAY, Kind.LATE]
    assert found.standing[-1].tasks == 2
    assert len(reminders.claim(office, found.keys, at(9))) == 4  # the task of three days ago is told along
    assert reminders.coming(office, USUAL, at(9, 1)).fresh == ()


def test_that_nothing_reminds_of_what_is_done_moved_or_anothers(office: Desk, client: int) -> None:
    done = tasks.add(office, client, "call", TODAY, "раз")
    tasks.complete(office, done.id)
    moved = tasks.add(office, client, "call", TODAY, "два")
    tasks.move(office, moved.id, TODAY + timedelta(days=5))
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        task_rows.insert_row(writing, id=new_id(), client_id=client, kind="call", due_day=TODAY)
    assert kinds(reminders.coming(office, USUAL, at(10))) == [Kind.BIRTHDAY]


def test_that_a_moved_task_reminds_again(office: Desk, client: int) -> None:
    task = tasks.add(office, client, "call", TODAY, "раз")
    first = reminders.coming(office, USUAL, at(10))
    reminders.dismiss(office, [one.key for one in first.standing])
    tasks.move(office, task.id, TODAY + timedelta(days=1))
    assert kinds(reminders.coming(office, USUAL, at(10, day=1))) == [Kind.DAY]


def test_that_a_second_computer_does_not_remind_of_what_was_shown_here(office: Desk, second: Desk, client: int) -> None:
    timed(office, client, 10 * 60)
    here = reminders.coming(office, USUAL, at(10))
    there = reminders.coming(second, USUAL, at(10))
    assert here.keys == there.keys
    assert reminders.claim(office, here.keys, at(10)) == set(here.keys)
    assert reminders.claim(second, there.keys, at(10)) == set()
    again = reminders.coming(second, USUAL, at(10, 1))
    assert again.fresh == ()
    assert again.standing == here.standing  # it stands there too, when the window is opened


def test_that_what_was_put_off_here_comes_back_once_on_both(office: Desk, second: Desk, client: int) -> None:
    timed(office, client, 9 * 60 + 30)
    wanted = Preferences(birthdays=False)
    found = reminders.coming(office, wanted, office.clock.now())
    assert len(found.keys) == 1
    reminders.claim(office, found.keys, office.clock.now())
    until = reminders.snooze(office, found.keys, Snooze.HOUR, wanted)
    assert reminders.coming(second, wanted, until - timedelta(minutes=1)).standing == ()
    assert reminders.coming(second, wanted, until).keys == reminders.coming(office, wanted, until).keys == found.keys
    assert reminders.claim(second, found.keys, until) == set(found.keys)
    assert reminders.claim(office, found.keys, until) == set()
    assert reminders.coming(office, wanted, until).fresh == ()


def test_that_what_was_dismissed_is_gone_on_both(office: Desk, second: Desk, client: int) -> None:
    found = reminders.coming(office, USUAL, at(10))
    reminders.dismiss(second, found.keys)
    assert reminders.coming(office, USUAL, at(10)).standing == ()
    assert reminders.claim(office, found.keys, at(10)) == set()


def test_that_reminding_asks_a_fixed_number_of_statements(
    office: Desk, client: int, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    for number in range(30):
        timed(office, client, 600 + number)
    with statements(office.store) as said:
        reminders.coming(office, USUAL, at(15))
    assert len([text for text in said if text.lstrip().upper().startswith("SELECT")]) == 4


def test_that_who_wants_no_reminders_is_left_alone(
    office: Desk, client: int, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    with statements(office.store) as said:
        assert reminders.coming(office, Preferences(enabled=False), at(15)) == Agenda()
    assert said == []


def test_that_nobody_is_forgotten_whose_day_of_birth_is_no_day_this_year(office: Desk, client: int) -> None:
    found = reminders.coming(office, USUAL, wall(date(2027, 2, 28), 600, MOSCOW))
    assert [one.title for one in found.standing] == ["Олег"]


def test_that_200_at_once_are_claimed_once(office: Desk, second: Desk, client: int) -> None:
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        for _ in range(200):
            task_rows.insert_row(
                writing, id=new_id(), client_id=client, manager_id=office.me.id, kind="call", due_day=TODAY
            )
    found = reminders.coming(office, USUAL, at(9, 30))
    assert len(found.fresh) == 201
    assert len(reminders.claim(second, found.keys, at(9, 30))) == 201
    assert reminders.claim(office, found.keys, at(9, 30)) == set()


def test_that_a_clock_that_agrees_with_the_servers_is_right(office: Desk) -> None:
    office.clock = Clock(ZONE)
    assert abs(reminders.clock_error(office)) < timedelta(seconds=5)


def test_that_every_open_promise_is_told_however_long_the_program_was_off(office: Desk, client: int) -> None:
    for days in range(1, 40):
        tasks.add(office, client, "letter", TODAY - timedelta(days=days), "смета", promise=True)
    found = reminders.coming(office, Preferences(birthdays=False), at(8))
    assert [(one.kind, one.tasks) for one in found.fresh] == [(Kind.LATE, 39)]
