"""Taking back: whatever was done, taken back leaves the rows and the figures as they were, on both stores."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from crmdesk.data import audit, tables
from crmdesk.data.audit_triggers import audited_tables
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import Role
from crmdesk.domain.orders import LineRow
from crmdesk.domain.people import ConsentRow, PersonRow
from crmdesk.domain.tasks import Contact, Move
from crmdesk.domain.undo import StepKind
from crmdesk.services import clients, interactions, orders, people, tasks, undo, users
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

FIGURES = (tables.ClientMonth, tables.ClientStat, tables.ClientMonthProduct, tables.SearchWord, tables.SearchText)
Rows = dict[Any, dict[str, Any]]


def rows(desk: Desk) -> Rows:
    """Every row that is not archived, without its version; the lines of archived orders go with them."""
    with desk.store.read() as connection:
        kept = audit.rows_as_kept(connection)
    gone = {key[1][0] for key, row in kept.items() if key[0] == "orders" and "archived_at" in row}
    return {
        key: {name: value for name, value in row.items() if name != "version"}
        for key, row in kept.items()
        if "archived_at" not in row and not (key[0] == "order_line" and row["order_id"] in gone)
    }


def figures(desk: Desk, client_ids: set[int]) -> dict[str, list[Any]]:
    """What follows from the rows, of clients that are there."""
    with desk.store.read() as connection:
        return {
            table.__tablename__: sorted(
                repr(tuple(row))
                for row in connection.execute(select(table.__table__).where(table.client_id.in_(client_ids)))
            )
            for table in FIGURES
        }


def add_client(desk: Desk, name: str) -> int:
    return clients.save(desk, replace(clients.new_form(desk), name=name)).id


class Worker:
    """Does something by chance, as a person would through the services."""

    def __init__(self, desk: Desk, rng: random.Random) -> None:
        self.desk, self.rng, self.today = desk, rng, desk.clock.today()
        self.client = add_client(desk, "ТД «Лидер»")
        self.other = add_client(desk, "Гимназия № 7")
        self.person = people.save(
            desk,
            PersonRow(
                new_id(),
                self.client,
                "Лидова",
                "Мария",
                contacts=people.contacts_of(desk, None, ["+7 900 123-45-67"], ["lidova@lider.ru"]),
            ),
        )
        self.tasks = [
            tasks.add(desk, self.client, "call", self.today + timedelta(days=day), f"Дело {day}", promise=day == 2)
            for day in range(-3, 4)
        ]

    def open(self) -> list[int]:
        return [task.id for task in tasks.due(self.desk, until=self.today + timedelta(days=30))]

    def day(self) -> Any:
        return self.today + timedelta(days=self.rng.randrange(-5, 20))

    def work(self) -> str:
        doings: list[Callable[[], object]] = [
            self.add,
            self.move,
            self.move_many,
            self.done,
            self.release,
            self.record,
            self.rename,
            self.archive_other,
            self.new_client,
            self.change_person,
            self.archive_person,
            self.consent,
            self.order,
        ]
        doing = self.rng.choice(doings)
        doing()
        return doing.__name__

    def add(self) -> None:
        promise = self.rng.random() < 0.5
        tasks.add(self.desk, self.client, "visit", self.day(), "Отвезти образцы", promise=promise, time=600)

    def move(self) -> None:
        tasks.move(self.desk, self.rng.choice(self.open()), self.today + timedelta(days=40), 11 * 60, 45)

    def move_many(self) -> None:
        tasks.move_many(self.desk, [Move(task_id, self.today + timedelta(days=50)) for task_id in self.open()])

    def done(self) -> None:
        step = NextStep(day=self.day(), kind="letter", title="Прислать смету", promise=True)
        following = step if self.rng.random() < 0.7 else None
        contact = Contact("call", "", "Просят скидку") if self.rng.random() < 0.7 else None
        tasks.complete(self.desk, self.rng.choice(self.open()), contact=contact, next_step=following)

    def release(self) -> None:
        tasks.release(self.desk, self.open()[:3], "передумали")

    def record(self) -> None:
        interactions.record(self.desk, self.client, "visit", "", "Были на производстве")

    def rename(self) -> None:
        form = clients.card(self.desk, self.client).form
        clients.save(self.desk, replace(form, name=f"Лидер {self.rng.randrange(1000)}", city="Тверь"), form)

    def archive_other(self) -> None:
        clients.archive(self.desk, self.other)

    def new_client(self) -> None:
        add_client(self.desk, "Сервис «Чистый лист»")

    def change_person(self) -> None:
        now = next(person for person in clients.card(self.desk, self.client).people if person.id == self.person.id)
        fresh = people.contacts_of(self.desk, now.id, ["+7 911 000-00-00"], [])
        mail = ConsentRow("email", True, self.today, "")
        people.save(self.desk, replace(now, surname="Новикова", contacts=fresh, consents=(mail,)), now)

    def archive_person(self) -> None:
        people.archive(self.desk, self.person.id)

    def consent(self) -> None:
        people.consent(self.desk, self.person.id, "sms", given=False)

    def order(self) -> None:
        orders.add(
            self.desk,
            self.client,
            self.day(),
            [LineRow(1, None, "Буклеты", 1000, 500_00, 300_00)],
            number=str(new_id())[-8:],
        )


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_that_done_and_taken_back_is_as_before_and_done_again_as_after(office: Desk, seed: int) -> None:
    worker = Worker(office, random.Random(seed))
    mine = {worker.client, worker.other}
    for _ in range(2):
        before, counted = rows(office), figures(office, mine)
        what = worker.work()
        after, recounted = rows(office), figures(office, mine)
        for there, count in ((before, counted), (after, recounted), (before, counted)):
            step = undo.last(office) if there is before else undo.next_redo(office)
            assert step is not None, what
            report = undo.undo(office, step.tx)
            assert report.kept == 0, what
            assert rows(office) == there, what
            assert figures(office, mine) == count, what


def test_that_the_last_twenty_are_taken_back_one_after_another(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    task = tasks.add(office, client, "call", office.clock.today())
    days = [office.clock.today() + timedelta(days=day) for day in range(1, 21)]
    for day in days:
        tasks.move(office, task.id, day)
    for day in reversed([office.clock.today(), *days][:-1]):
        step = undo.last(office)
        assert step is not None
        assert (step.kind, step.name) == (StepKind.TASK_MOVED, "ТД «Лидер»")
        undo.undo(office, step.tx)
        assert tasks.get(office, task.id).due_day == day
    step = undo.last(office)
    assert step is not None
    assert step.kind is StepKind.TASK_ADDED


def test_that_a_call_done_with_its_next_step_is_one_step(office: Desk) -> None:
    client = add_client(office, "Кофейня «Зерно»")
    task = tasks.add(office, client, "call", office.clock.today())
    tasks.complete(office, task.id, next_step=NextStep(day=office.clock.today(), kind="call"))
    step = undo.last(office)
    assert step is not None
    assert (step.kind, step.count, step.name) == (StepKind.TASK_DONE, 1, "Кофейня «Зерно»")
    undo.undo(office, step.tx)
    card = clients.card(office, client)
    assert [one.id for one in card.tasks] == [task.id]
    assert card.interactions == ()


def test_that_a_bulk_move_says_how_many_and_where_to(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    ids = [tasks.add(office, client, "call", office.clock.today()).id for _ in range(12)]
    tomorrow = office.clock.today() + timedelta(days=1)
    tasks.move_many(office, [Move(task_id, tomorrow) for task_id in ids])
    step = undo.last(office)
    assert step is not None
    assert (step.kind, step.count, step.day, step.name) == (StepKind.TASK_MOVED, 12, tomorrow, "")


def test_that_what_others_have_changed_since_stays(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    one, two = (tasks.add(office, client, "call", office.clock.today()).id for _ in range(2))
    tasks.move_many(office, [Move(task_id, office.clock.today() + timedelta(days=3)) for task_id in (one, two)])
    step = undo.last(office)
    assert step is not None
    tasks.edit(office, tasks.get(office, one), title="Другое")
    report = undo.undo(office, step.tx)
    assert (report.rows, report.kept) == (1, 1)
    assert tasks.get(office, one).title == "Другое"
    assert tasks.get(office, two).due_day == office.clock.today()


def test_that_a_client_others_work_with_is_not_taken_back(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    added = undo.last(office)
    tasks.add(office, client, "call", office.clock.today())
    assert added is not None
    with pytest.raises(UserError, match="undo_changed_since"):
        undo.undo(office, added.tx)
    assert clients.card(office, client).form.name == "ТД «Лидер»"


def test_that_nothing_is_taken_back_twice_and_nothing_of_others(office: Desk) -> None:
    task = tasks.add(office, add_client(office, "ТД «Лидер»"), "call", office.clock.today())
    step = undo.last(office)
    assert step is not None
    undo.undo(office, step.tx)
    with pytest.raises(UserError, match="nothing_to_undo"):
        undo.undo(office, step.tx)
    with office.store.write(user_id=None, clock=office.clock) as writing:
        stranger = writing.tx
    with pytest.raises(UserError, match="nothing_to_undo"):
        undo.undo(office, stranger)
    assert tasks.get(office, task.id).archived_at is not None


def test_that_after_something_new_there_is_nothing_to_do_again(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    tasks.add(office, client, "call", office.clock.today())
    step = undo.last(office)
    assert step is not None
    undo.undo(office, step.tx)
    again = undo.next_redo(office)
    assert again is not None
    assert (again.kind, again.name) == (StepKind.TASK_ADDED, "ТД «Лидер»")
    interactions.record(office, client, "call")
    assert undo.next_redo(office) is None


def test_that_housekeeping_and_settings_are_no_actions(office: Desk) -> None:
    users.add(office, "novak", "Новак Ирина", Role.MANAGER)
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        writing.session.add(
            tables.Reminder(id=new_id(), user_id=office.me.id, key="task 1", created_at=writing.at, version=1)
        )
        writing.session.add(tables.SavedView(id=new_id(), name="Мои", created_at=writing.at, version=1))
    assert undo.last(office) is None


def test_that_every_table_is_an_action_or_known_not_to_be_one() -> None:
    from crmdesk.data.undo import ACTIONS

    others = {
        *("setting", "branch", "app_user", "action_segment", "product_group", "product", "order_line", "sales_plan"),
        *("import_run", "access_log", "reminder", "saved_view"),
    }
    assert {table.name for table in audited_tables()} == ACTIONS | others


def test_that_what_was_done_yesterday_is_history(sqlite_office: Desk) -> None:
    add_client(sqlite_office, "ТД «Лидер»")
    assert undo.last(sqlite_office) is not None
    sqlite_office.clock = Clock.at(sqlite_office.clock.now() + timedelta(days=1), sqlite_office.clock.zone)
    assert undo.last(sqlite_office) is None


def test_that_done_and_what_comes_next_are_one_step(office: Desk) -> None:
    client = add_client(office, "Кофейня «Зерно»")
    task = tasks.add(office, client, "call", office.clock.today())
    before = rows(office)
    tasks.complete(office, task.id)
    tasks.follow(office, task.id, result="agreed")
    tasks.follow(office, task.id, next_step=NextStep(day=office.clock.today() + timedelta(days=3), kind="visit"))
    after = rows(office)
    for _ in range(2):
        step = undo.last(office)
        assert step is not None
        assert (step.kind, step.count, step.name) == (StepKind.TASK_DONE, 1, "Кофейня «Зерно»")
        assert undo.undo(office, step.tx).kept == 0
        assert rows(office) == before
        again = undo.next_redo(office)
        assert again is not None and again.kind is StepKind.TASK_DONE
        undo.undo(office, again.tx)
        assert rows(office) == after


def test_that_what_follows_is_taken_back_alone_when_somebody_went_on_between(office: Desk) -> None:
    client = add_client(office, "ТД «Лидер»")
    task = tasks.add(office, client, "call", office.clock.today())
    tasks.complete(office, task.id)
    tasks.edit(office, tasks.get(office, task.id), title="Другое")
    tasks.follow(office, task.id, next_step=NextStep(day=office.clock.today(), kind="call"))
    step = undo.last(office)
    assert step is not None and step.kind is StepKind.TASK_ADDED
    undo.undo(office, step.tx)
    assert tasks.get(office, task.id).done_at is not None and tasks.get(office, task.id).title == "Другое"
