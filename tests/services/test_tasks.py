from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import Contact, Move, TaskRow, is_kept, is_open, is_owed
from crmdesk.services import clients, tasks
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from tests.services.test_clients import add as add_client


def refused(verb: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as error:
        verb()
    return error.value.key


@pytest.fixture
def call(office: Desk) -> TaskRow:
    client = add_client(office, "Ромашка")
    return tasks.add(
        office, client.id, "call", office.clock.today(), "Спросить о тираже", time=15 * 60, minutes=20, notes="доб. 12"
    )


def test_that_a_new_task_is_read_back_as_it_was_made(office: Desk, call: TaskRow) -> None:
    assert (call.due_time, call.minutes, call.notes, call.client) == (900, 20, "доб. 12", "Ромашка")
    assert call.first_due_day == call.due_day and call.manager_id == office.me.id
    assert tasks.get(office, call.id) == call
    with office.store.read() as connection:
        zone = connection.scalar(select(tables.Task.zone).where(tables.Task.id == call.id))
    assert zone == office.clock.zone


def test_that_what_can_be_no_task_is_refused_and_leaves_nothing(office: Desk) -> None:
    client, today = add_client(office, "Ромашка").id, office.clock.today()
    for key, verb in {
        "not_in_list": lambda: tasks.add(office, client, "dance", today),
        "promise_to_nobody": lambda: tasks.add(office, None, "call", today, promise=True),
        "promise_undated": lambda: tasks.add(office, client, "call", None, promise=True),
        "time_undated": lambda: tasks.add(office, client, "call", None, time=600),
        "no_such_time": lambda: tasks.add(office, client, "call", today, time=1440),
        "no_such_length": lambda: tasks.add(office, client, "call", today, minutes=0),
        "no_such_client": lambda: tasks.add(office, 7, "call", today),
        "title_too_long": lambda: tasks.add(office, client, "call", today, "ы" * 501),
    }.items():
        assert refused(verb) == key
    with office.store.read() as connection:
        assert connection.execute(select(tables.Task.id)).all() == []


def test_that_an_edit_counts_another_day_as_a_move_and_keeps_the_first_day(office: Desk, call: TaskRow) -> None:
    later = call.due_day + timedelta(days=2)
    changed = tasks.edit(office, call, due_day=later, due_time=None, title="Узнать  тираж")
    assert (changed.moved_count, changed.first_due_day, changed.title) == (1, call.due_day, "Узнать тираж")
    assert tasks.edit(office, changed, title="Узнать").moved_count == 1
    assert refused(lambda: tasks.edit(office, call, title="Поздно")) == "task_changed"
    assert tasks.get(office, call.id).title == "Узнать"
    with pytest.raises(ValueError, match="moved_count"):
        tasks.edit(office, changed, moved_count=0)


def test_that_a_first_day_given_later_is_no_move(office: Desk) -> None:
    hanging = tasks.add(office, None, "other", None, "Когда-нибудь")
    dated = tasks.edit(office, hanging, due_day=office.clock.today())
    assert (dated.moved_count, dated.first_due_day) == (0, office.clock.today())
    undated = tasks.edit(office, dated, due_day=None)
    assert (undated.moved_count, undated.first_due_day) == (1, office.clock.today())


def test_that_a_task_done_its_contact_and_the_next_step_are_one_transaction(office: Desk, call: TaskRow) -> None:
    step = NextStep("visit", office.clock.today() + timedelta(days=3), "Показать образцы", time=660, minutes=45)
    done = tasks.complete(
        office, call.id, contact=Contact("call", "call_meeting", "Зовут показать образцы", minutes=4), next_step=step
    )
    assert not is_open(done.task) and done.task.done_day == office.clock.today()
    assert done.interaction and done.next_task
    card = clients.card(office, call.client_id)
    assert card.interactions == (done.interaction,) and card.interactions[0].minutes == 4
    assert card.tasks == (done.next_task,) and card.next_due == step.day
    assert (done.next_task.due_time, done.next_task.minutes, done.next_task.interaction_id) == (
        660, 45, done.interaction.id,
    )  # fmt: skip
    with office.store.read() as connection:
        last = select(tables.Audit.tx).order_by(tables.Audit.id.desc()).limit(1).scalar_subquery()
        touched = connection.scalars(select(tables.Audit.tbl).where(tables.Audit.tx == last)).all()
    assert sorted(touched) == ["interaction", "task", "task"]


def test_that_a_refused_next_step_leaves_the_task_open_and_no_contact(office: Desk, call: TaskRow) -> None:
    step = NextStep("dance", office.clock.today())
    assert refused(lambda: tasks.complete(office, call.id, next_step=step)) == "not_in_list"
    assert is_open(tasks.get(office, call.id)) and clients.card(office, call.client_id).interactions == ()


def test_that_a_call_ticked_off_leaves_a_contact_and_plain_work_does_not(office: Desk, call: TaskRow) -> None:
    other = tasks.add(office, call.client_id, "other", office.clock.today(), "Посчитать")
    assert tasks.complete(office, other.id, no_next_reason="Ждём макет").task.no_next_reason == "Ждём макет"
    assert tasks.complete(office, call.id).interaction is not None
    (contact,) = clients.card(office, call.client_id).interactions
    assert (contact.kind, contact.resume) == ("call", "Спросить о тираже")


def test_that_what_is_said_after_a_task_was_done_joins_its_contact(office: Desk, call: TaskRow) -> None:
    assert refused(lambda: tasks.follow(office, call.id, no_next_reason="нет")) == "task_not_done"
    tasks.complete(office, call.id)
    tasks.follow(office, call.id, result="call_no_need")
    month = office.clock.today().year * 100 + office.clock.today().month
    assert clients.card(office, call.client_id).months[month].calls == 1
    tasks.follow(office, call.id, no_next_reason="Закрылись")
    (contact,) = clients.card(office, call.client_id).interactions
    assert (contact.result, contact.no_next_reason) == ("call_no_need", "Закрылись")
    step = NextStep("call", office.clock.today() + timedelta(days=30))
    following = tasks.follow(office, call.id, next_step=step).next_task
    assert following and following.interaction_id == contact.id


def test_that_a_task_done_yesterday_is_a_contact_of_its_hour_and_none_is_done_tomorrow(
    office: Desk, call: TaskRow
) -> None:
    yesterday = office.clock.today() - timedelta(days=1)
    tomorrow = yesterday + timedelta(days=2)
    assert refused(lambda: tasks.complete(office, call.id, day=tomorrow)) == "done_in_future"
    contact = tasks.complete(office, call.id, day=yesterday).interaction
    assert contact and contact.day == yesterday and contact.at.hour == 12  # 15:00 in Moscow
    assert contact.at.utcoffset() == timedelta()


def test_that_a_promise_is_kept_broken_or_released_by_its_day(office: Desk, call: TaskRow) -> None:
    today = office.clock.today()
    kept, late, gone = (
        tasks.add(office, call.client_id, "other", today - timedelta(days=n), "Образцы", promise=True)
        for n in (0, 2, 1)
    )
    kept, late = (tasks.complete(office, one.id).task for one in (kept, late))
    (gone,) = tasks.release(office, gone.id, "Передумали")
    assert [is_kept(one) for one in (kept, late, gone)] == [True, False, False]
    assert [is_owed(one) for one in (kept, late, gone)] == [True, True, False]


def test_that_a_task_marked_by_mistake_is_open_again(office: Desk, call: TaskRow) -> None:
    assert refused(lambda: tasks.reopen(office, call.id)) == "task_open"
    tasks.complete(office, call.id, no_next_reason="нет")
    again = tasks.reopen(office, call.id)
    assert is_open(again) and again.done_day is None and again.no_next_reason is None
    tasks.release(office, call.id, "нет")
    assert is_open(tasks.reopen(office, call.id))


def test_that_many_are_moved_together_or_not_at_all(office: Desk, call: TaskRow) -> None:
    today = office.clock.today()
    other = tasks.add(office, call.client_id, "call", today, promise=True)
    friday = today + timedelta(days=4)
    moves = [Move(other.id, friday), Move(call.id, friday, time=None, minutes=30)]
    found = tasks.move_many(office, moves)
    assert [(one.id, one.due_day, one.due_time, one.moved_count) for one in found] == [
        (other.id, friday, None, 1), (call.id, friday, None, 1),
    ]  # fmt: skip
    assert tasks.move_many(office, moves) == found
    tasks.complete(office, call.id)
    assert refused(lambda: tasks.move_many(office, [Move(other.id, today), Move(call.id, today)])) == "task_not_open"
    assert tasks.get(office, other.id).due_day == friday
    assert tasks.move(office, other.id, friday, time=600).moved_count == 1


def test_that_many_are_released_together_with_one_reason(office: Desk, call: TaskRow) -> None:
    other = tasks.add(office, call.client_id, "call", office.clock.today())
    assert refused(lambda: tasks.release(office, [call.id, other.id], " \n")) == "reason_missing"
    assert [one.release_reason for one in tasks.release(office, [call.id, other.id], "закрылись")] == ["закрылись"] * 2
    assert tasks.due(office) == ()


def test_that_an_archived_task_is_in_no_list(office: Desk, call: TaskRow) -> None:
    assert tasks.archive(office, call.id).archived_at is not None
    assert tasks.due(office) == () and clients.card(office, call.client_id).tasks == ()
    assert refused(lambda: tasks.complete(office, call.id)) == "task_not_open"
