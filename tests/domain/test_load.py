from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.lists import TaskKind
from crmdesk.domain.load import CAPACITY, MINUTES, by_weight, day_load, free_gap, minutes_of, spread
from crmdesk.domain.tasks import TaskRow
from tests.domain.test_tasks import TODAY, task

days = st.lists(st.integers(0, 9).map(lambda n: TODAY + timedelta(days=n)), min_size=1, max_size=6, unique=True)
works = st.lists(
    st.tuples(st.sampled_from(TaskKind), st.none() | st.integers(1, 300), st.booleans(), st.integers(0, 2)), max_size=30
).map(
    lambda shapes: [
        task(id=n, kind=kind, minutes=minutes, promise=promise, priority=priority, due_day=TODAY - timedelta(days=1))
        for n, (kind, minutes, promise, priority) in enumerate(shapes)
    ]
)
loads = st.dictionaries(st.integers(0, 9).map(lambda n: TODAY + timedelta(days=n)), st.integers(0, 500), max_size=6)


@given(works, days, loads)
def test_that_a_spread_loses_nothing_and_keeps_to_its_days(
    work: list[TaskRow], on: list[date], taken: dict[date, int]
) -> None:
    moves = spread(work, on, CAPACITY, taken)
    assert sorted(move.task_id for move in moves) == [one.id for one in work]
    assert {move.day for move in moves} <= set(on)


@given(works, days, loads)
def test_that_no_task_stands_on_a_full_day_while_another_day_has_room_for_it(
    work: list[TaskRow], on: list[date], taken: dict[date, int]
) -> None:
    needs = {one.id: minutes_of(one) for one in work}
    filled = {day: taken.get(day, 0) for day in on}
    for move in spread(work, on, CAPACITY, taken):
        if filled[move.day] + needs[move.task_id] > CAPACITY:
            assert all(minutes + needs[move.task_id] > CAPACITY for minutes in filled.values())
        filled[move.day] += needs[move.task_id]


@given(works, days)
def test_that_the_weightier_of_two_equally_long_tasks_never_comes_later(work: list[TaskRow], on: list[date]) -> None:
    same = [one._replace(minutes=45) for one in work[: len(on) * (CAPACITY // 45)]]
    day_of = {move.task_id: move.day for move in spread(same, on, CAPACITY)}
    for heavier, lighter in pairwise(sorted(same, key=by_weight)):
        assert day_of[heavier.id] <= day_of[lighter.id]


def test_that_work_of_two_days_is_laid_evenly_over_four() -> None:
    work = [task(id=n, promise=False, minutes=60) for n in range(12)]
    on = [TODAY + timedelta(days=n) for n in range(4)]
    moves = spread(work, on, CAPACITY)
    assert [sum(move.day == day for move in moves) for day in on] == [3, 3, 3, 3]


def test_that_promises_do_not_wait_for_the_days_to_be_even() -> None:
    on = [TODAY, TODAY + timedelta(days=1)]
    moves = spread([task(id=1, promise=True, minutes=60), task(id=2, promise=False, minutes=60)], on, 360, {TODAY: 240})
    assert {move.task_id: move.day for move in moves} == {1: TODAY, 2: on[1]}


def test_that_the_gravest_client_comes_first_and_a_promise_before_him() -> None:
    vip, plain, promised = (task(id=n, promise=n == 3, minutes=360) for n in (1, 2, 3))
    on = [TODAY + timedelta(days=n) for n in range(3)]
    moves = spread([plain, vip, promised], on, CAPACITY, ranks={2: 3, 3: 3})
    assert [move.task_id for move in sorted(moves, key=lambda move: move.day)] == [3, 1, 2]


def test_that_without_days_nothing_is_moved() -> None:
    assert spread([task()], [], CAPACITY) == []


def test_that_a_task_takes_what_it_says_or_what_is_usual_for_its_kind() -> None:
    assert minutes_of(task(kind="visit")) == MINUTES["visit"] and minutes_of(task(kind="visit", minutes=20)) == 20
    assert day_load([task(kind="call"), task(minutes=40)]) == MINUTES["call"] + 40
    assert set(MINUTES) == set(TaskKind)


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 300)), max_size=8))
def test_that_a_free_gap_is_inside_the_day_long_enough_and_free(busy: list[tuple[int, int]]) -> None:
    timed = [task(id=n, due_time=at, minutes=long) for n, (at, long) in enumerate(busy)]
    gap = free_gap(timed, 540, 1080)
    if gap is None:
        assert any(at < 1080 and at + long > 540 for at, long in busy)
        return
    start, end = gap
    assert start >= 540 and end <= 1080 and end - start >= 60
    assert all(at >= end or at + long <= start for at, long in busy)
