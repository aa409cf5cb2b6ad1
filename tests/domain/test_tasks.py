from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.tasks import (
    TaskRow,
    days_late,
    is_hanging,
    is_kept,
    is_open,
    is_overdue,
    is_owed,
)

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
near = st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n))
moments = st.one_of(st.none(), st.just(NOW))


def task(**values: object) -> TaskRow:
    usual: dict[str, object] = {
        "id": 1, "client_id": 1, "client": "Ромашка", "person_id": None, "manager_id": None, "kind": "call",
        "title": "", "promise": True, "routine": False, "priority": 0, "due_day": TODAY, "due_time": None,
        "moved_count": 0,
    }  # fmt: skip
    return TaskRow(**{**usual, **values})


tasks = st.builds(
    lambda due, done, released, archived, promise: task(
        due_day=due, done_day=done, done_at=NOW if done else None, released_at=released, archived_at=archived,
        promise=promise,
    ),
    st.one_of(st.none(), near), st.one_of(st.none(), near), moments, moments, st.booleans(),
)  # fmt: skip


@given(tasks, near)
def test_that_only_open_dated_tasks_of_a_past_day_are_overdue(row: TaskRow, today: date) -> None:
    assert not is_overdue(row, today) or (is_open(row) and not is_hanging(row))
    if is_overdue(row, today):
        assert not is_overdue(row, row.due_day) and is_overdue(row, row.due_day + timedelta(days=1))


@given(tasks, near)
def test_that_a_promise_is_in_exactly_one_state_that_agrees_with_its_days(row: TaskRow, today: date) -> None:
    late, waits = days_late(row, today) > 0, is_open(row) and not is_overdue(row, today)
    if is_owed(row):
        assert [is_kept(row), late, waits].count(True) == 1
    if row.released_at or row.archived_at:
        assert not is_owed(row) and not late


def test_that_a_promise_kept_on_its_day_is_kept_and_one_day_later_is_broken() -> None:
    assert is_kept(task(done_at=NOW, done_day=TODAY, promise=True))
    late = task(done_at=NOW, done_day=TODAY + timedelta(days=1), promise=True)
    assert is_owed(late) and not is_kept(late)
    assert days_late(late, TODAY + timedelta(days=9)) == 1
    assert days_late(task(), TODAY + timedelta(days=9)) == 9
