"""What the calendar reads, on both stores."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crmdesk.data import calendar as rows
from crmdesk.data.office import Store
from crmdesk.domain.calendar import Days, Entry, Span, days_of
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.load import MINUTES
from crmdesk.domain.names import Birthday
from crmdesk.domain.people import PersonRow
from crmdesk.domain.tasks import Contact
from crmdesk.services import calendar, clients, interactions, people, tasks, users
from crmdesk.services.office import Desk
from crmdesk.system.ids import new_id

Statements = Callable[[Store], AbstractContextManager[list[str]]]
TODAY = date(2026, 11, 2)
WEEK = days_of(Span.WEEK, TODAY)


def add_client(desk: Desk, name: str = "ООО «Лист»", login: str | None = None) -> int:
    manager = users.find(desk, login).id if login else desk.me.id
    return clients.save(desk, replace(clients.new_form(desk), name=name, manager_id=manager)).id


def born(desk: Desk, client_id: int, birthday: Birthday) -> int:
    person = PersonRow(new_id(), client_id, "Зимина", "Ирина", "Львовна", birthday=birthday)
    people.save(desk, person)
    return person.id


def shown(desk: Desk, days: Days = WEEK, managers: list[int] | None = None) -> list[tuple[str, date, int | None, bool]]:
    return [(one.what, one.day, one.time, one.done) for one in calendar.entries(desk, days, managers)]


def test_that_a_task_brings_the_beginning_of_its_notes(office: Desk) -> None:
    client = add_client(office)
    tasks.add(office, client, "call", TODAY, "смета", notes="спросить Ирину о сроках" + "." * 1000)
    (entry,) = calendar.entries(office, WEEK, None)
    assert entry.notes.startswith("спросить Ирину") and len(entry.notes) < 1000


def test_that_a_week_holds_tasks_contacts_and_birthdays_by_day_and_time(office: Desk) -> None:
    client = add_client(office)
    tuesday = TODAY + timedelta(1)
    tasks.add(office, client, "visit", tuesday, "замер", time=900)
    tasks.add(office, client, "call", tuesday, "смета", promise=True)
    tasks.add(office, client, "call", TODAY + timedelta(7), "через неделю")
    moment = datetime(2026, 11, 2, 11, 30, tzinfo=ZoneInfo(office.clock.zone))
    interactions.record(office, client, "call", "call_quote", "просят КП", at=moment)
    born(office, client, Birthday(3, 11, 1976))
    assert shown(office) == [
        ("contact", TODAY, 690, True),
        ("birthday", tuesday, None, False),
        ("task", tuesday, None, False),
        ("task", tuesday, 900, False),
    ]
    contact, birthday, promise, visit = calendar.entries(office, WEEK, None)
    assert (contact.client, contact.title, contact.client_id) == ("ООО «Лист»", "просят КП", client)
    assert (birthday.title, birthday.years, birthday.minutes) == ("Ирина Львовна Зимина", 50, 0)
    assert promise.promise
    assert (visit.title, visit.minutes, visit.kind) == ("замер", MINUTES["visit"], "visit")


def test_that_an_entry_is_as_long_as_was_said_or_as_its_kind_usually_is(office: Desk) -> None:
    client = add_client(office)
    for kind in MINUTES:
        tasks.add(office, client, kind, TODAY, kind)
    tasks.add(office, client, "call", TODAY, "длинный", minutes=75)
    found = {one.title: one.minutes for one in calendar.entries(office, WEEK, None)}
    assert found == {**MINUTES, "длинный": 75}
    assert calendar.counts(office, WEEK, None)[TODAY].minutes == sum(found.values())


def test_that_a_call_done_as_planned_is_there_once_and_one_done_on_another_day_twice(office: Desk) -> None:
    client = add_client(office)
    today = tasks.add(office, client, "call", TODAY, "сегодня", time=660)
    early = tasks.add(office, client, "call", TODAY + timedelta(1), "завтрашнее")
    for task in (today, early):
        tasks.complete(office, task.id, contact=Contact("call", "call_quote", "поговорили"))
    assert shown(office) == [
        ("contact", TODAY, 570, True),  # of tomorrow's task: that is when it took place
        ("task", TODAY, 660, True),
        ("task", TODAY + timedelta(1), None, True),
    ]


def test_that_a_task_asked_for_by_a_contact_hides_no_contact(office: Desk) -> None:
    client = add_client(office)
    step = NextStep("call", TODAY + timedelta(1), "перезвонить")
    interactions.record(office, client, "call", "call_quote", "думают", next_step=step)
    assert [one.what for one in calendar.entries(office, WEEK, None)] == ["contact", "task"]


def test_that_each_manager_has_his_own_some_have_theirs_and_everybody_has_all(office: Desk) -> None:
    ids = {login: users.find(office, login).id for login in ("ivanova", "kovalenko", "sidorov")}
    for login, manager in ids.items():
        client = add_client(office, f"Клиент {login}", login)
        tasks.add(office, client, "call", TODAY, login, manager_id=manager)
        born(office, client, Birthday(4, 11, None))
    titles = lambda managers: [(e.what, e.manager_id) for e in calendar.entries(office, WEEK, managers)]  # noqa: E731
    assert titles([ids["ivanova"]]) == [("task", ids["ivanova"]), ("birthday", ids["ivanova"])]
    assert {who for _, who in titles([ids["ivanova"], ids["sidorov"]])} == {ids["ivanova"], ids["sidorov"]}
    assert len(titles(None)) == 6


def test_that_what_is_released_archived_or_mailed_is_not_shown(office: Desk) -> None:
    client = add_client(office)
    gone = tasks.add(office, client, "call", TODAY, "не нужно")
    tasks.release(office, gone.id, "закрылись")
    interactions.record(office, client, "mailing", "letter_sent", "каталог")
    born(office, client, Birthday(3, 11, None))
    clients.archive(office, client)
    assert shown(office) == []


def test_that_a_29th_of_february_is_greeted_on_the_28th_in_common_years(office: Desk) -> None:
    client = add_client(office)
    born(office, client, Birthday(29, 2, 2000))
    for year, day in ((2027, date(2027, 2, 28)), (2028, date(2028, 2, 29))):
        found = calendar.entries(office, days_of(Span.MONTH, date(year, 2, 10)), None)
        assert [(one.day, one.years) for one in found] == [(day, year - 2000)]
    assert calendar.entries(office, Days(date(2028, 2, 28), date(2028, 2, 28)), None) == ()


def test_that_birthdays_are_found_over_the_year_s_end(office: Desk) -> None:
    client = add_client(office)
    for day, month in ((31, 12), (2, 1)):
        born(office, client, Birthday(day, month, None))
    found = calendar.entries(office, Days(date(2026, 12, 28), date(2027, 1, 3)), None)
    assert [one.day for one in found] == [date(2026, 12, 31), date(2027, 1, 2)]


def test_that_a_contact_stands_at_its_wall_clock_time_on_days_when_clocks_change(office: Desk) -> None:
    zone = "Europe/Kyiv"  # 25 October 2026, 04:00 → 03:00
    client = add_client(office)
    for hour in (1, 14):
        moment = datetime(2026, 10, 25, hour, 15, tzinfo=ZoneInfo(zone))
        interactions.record(office, client, "call", at=moment)
    day = date(2026, 10, 25)
    with office.store.read() as connection:
        found = rows.entries(connection, Days(day - timedelta(1), day + timedelta(1)), None, zone)
    assert [one.time for one in found] == [75, 855]


def test_that_the_late_ones_come_promises_first_and_all_are_counted(office: Desk) -> None:
    client = add_client(office)
    for ago in (3, 1, 2):
        tasks.add(office, client, "call", TODAY - timedelta(ago), str(ago))
    tasks.add(office, client, "other", TODAY - timedelta(1), "обещано", promise=True)
    tasks.add(office, client, "call", TODAY, "сегодня")
    page = calendar.page(office, WEEK, None)
    assert [one.title for one in page.late] == ["обещано", "3", "2", "1"]
    assert page.late_count == 4
    assert page.norm == 360
    assert [holiday.off for day, holiday in page.days_off.items() if day == date(2026, 11, 4)] == [True]


def test_that_more_late_ones_than_are_shown_are_counted(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LATE_SHOWN", 2)
    client = add_client(office)
    for ago in (1, 2, 3):
        tasks.add(office, client, "call", TODAY - timedelta(ago), str(ago))
    page = calendar.page(office, WEEK, None)
    assert ([one.title for one in page.late], page.late_count) == (["3", "2"], 3)


def test_that_late_work_is_planned_on_working_days_with_room_and_nothing_is_written(office: Desk) -> None:
    client = add_client(office)
    for n in range(8):
        tasks.add(office, client, "visit", TODAY - timedelta(1), str(n))
    tasks.add(office, client, "visit", TODAY, "полдня", minutes=300)
    before = calendar.page(office, WEEK, None)
    plan = calendar.plan_late(office, None)
    assert len(plan) == 8
    days = {move.day for _, move in plan}
    assert date(2026, 11, 4) not in days  # a holiday
    assert TODAY not in days  # 300 of 360 minutes are taken, a visit needs 90
    assert all(day.weekday() < 5 for day in days)
    assert calendar.page(office, WEEK, None) == before


def test_that_everybody_s_late_work_is_planned_on_each_one_s_own_days(office: Desk) -> None:
    for login in ("ivanova", "kovalenko"):
        client, manager = add_client(office, login, login), users.find(office, login).id
        tasks.add(office, client, "visit", TODAY - timedelta(1), login, minutes=300, manager_id=manager)
    assert [move.day for _, move in calendar.plan_late(office, None)] == [TODAY, TODAY]


def test_that_a_page_takes_the_same_statements_however_much_there_is(office: Desk, statements: Statements) -> None:
    client = add_client(office)
    counts = []
    for _ in range(2):
        with statements(office.store) as said:
            calendar.page(office, days_of(Span.MONTH, TODAY), [office.me.id])
        counts.append(len([one for one in said if not one.upper().startswith(("BEGIN", "COMMIT", "PRAGMA"))]))
        for n in range(30):
            tasks.add(office, client, "call", TODAY + timedelta(n - 10), str(n), promise=n % 3 == 0)
    assert counts[0] == counts[1] <= 8


def test_that_an_entry_knows_whether_it_may_be_moved(office: Desk) -> None:
    client = add_client(office)
    tasks.add(office, client, "call", TODAY, "открыто")
    done = tasks.add(office, client, "call", TODAY, "сделано")
    tasks.complete(office, done.id)
    born(office, client, Birthday(2, 11, None))
    found: dict[str, Entry] = {one.title: one for one in calendar.entries(office, WEEK, None)}
    assert {title: one.movable for title, one in found.items()} == {
        "открыто": True,
        "сделано": False,
        "Ирина Львовна Зимина": False,
    }
