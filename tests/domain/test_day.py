from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.day import BIRTHDAY_DAYS, DayTask, congratulated, rank, sorted_day, ticked
from crmdesk.domain.lists import Importance
from crmdesk.domain.names import Birthday
from crmdesk.domain.tasks import TaskRow, is_open
from tests.domain.test_tasks import TODAY, task

near = st.integers(-5, 9).map(lambda n: TODAY + timedelta(days=n))
tasks = st.lists(
    st.tuples(st.none() | near, st.none() | st.integers(0, 1439), st.booleans(), st.booleans()), max_size=12
).map(
    lambda shapes: [
        task(
            id=n, due_day=due, due_time=time if due else None, promise=promise,
            done_at=datetime(2026, 11, 2, 9, tzinfo=UTC) if done else None, done_day=TODAY if done else None,
        )
        for n, (due, time, promise, done) in enumerate(shapes)
    ]
)  # fmt: skip


@given(tasks)
def test_that_every_task_of_the_day_stands_in_one_place(rows: list[TaskRow]) -> None:
    day = sorted_day([DayTask(row) for row in rows], TODAY, 1)
    placed = [one.task.id for one in (*day.tasks, *day.promises)]
    assert len(placed) == len(set(placed))
    for row in rows:
        ahead = is_open(row) and (row.due_day is None or row.due_day > TODAY)
        assert (row.id in placed) == (not ahead or row.promise)
    assert all(one.task.due_day < TODAY for one in day.late)
    assert all(one.task.due_day == TODAY and one.task.due_time is not None for one in day.timed)
    assert day.done + day.still_open == len(day.tasks)


@given(tasks)
def test_that_a_task_ticked_off_keeps_its_place(rows: list[TaskRow]) -> None:
    day = sorted_day([DayTask(row) for row in rows], TODAY, 1)
    for one in day.tasks:
        done = one.task._replace(done_at=datetime(2026, 11, 2, 9, tzinfo=UTC), done_day=TODAY)
        after = ticked(day, done)
        assert [other.task.id for other in after.tasks] == [other.task.id for other in day.tasks]
        assert after.done == day.done + is_open(one.task)


def test_that_broken_promises_lead_what_is_late() -> None:
    old = task(id=1, promise=False, due_day=TODAY - timedelta(days=9))
    promised = task(id=2, promise=True, due_day=TODAY - timedelta(days=1))
    day = sorted_day([DayTask(old), DayTask(promised)], TODAY, 1)
    assert [one.task.id for one in day.late] == [2, 1]


def test_that_the_29th_of_february_is_greeted_on_the_28th_in_common_years() -> None:
    born = Birthday(29, 2, 1988)
    assert congratulated(born, date(2027, 2, 28)) == date(2027, 2, 28)
    assert congratulated(born, date(2028, 2, 28)) == date(2028, 2, 29)
    assert congratulated(born, date(2027, 3, 1)) is None


@given(st.integers(1, 365), st.integers(-10, 10))
def test_that_a_birthday_is_shown_from_two_days_before_to_its_day(number: int, off: int) -> None:
    on = date(2026, 1, 1) + timedelta(days=number - 1)
    found = congratulated(Birthday(on.day, on.month), on - timedelta(days=off))
    assert (found == on) if 0 <= off < BIRTHDAY_DAYS else (found is None)


def test_that_vip_ranks_first_and_the_unknown_last() -> None:
    assert sorted(["strange", *reversed(Importance)], key=rank) == [*Importance, "strange"]
