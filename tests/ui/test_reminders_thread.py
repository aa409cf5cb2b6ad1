"""The thread of reminders: wakes for what is due, for a change, after sleep and when clocks jump; costs nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.ui.reminders.thread import BEAT, Sleeper, WakeThread

START = datetime(2026, 10, 24, 22, tzinfo=UTC)  # the night in which Kyiv puts its clocks back
MOST_OF_A_CORE = 0.001


class Machine:
    """A computer that can sleep and be set: what the two clocks say, and a Sleeper that lives by them."""

    def __init__(self) -> None:
        self.now, self.mono = START, 1000.0
        self.sleeper = Sleeper(self.now, self.mono)
        self.woken: list[datetime] = []
        self.left = 0.0

    def turn(self) -> None:
        due, self.left = self.sleeper.turn(self.now, self.mono)
        if due:
            self.woken.append(self.now)

    def run(self, seconds: float) -> None:
        """Awake for so long."""
        while seconds > 0:
            step = min(seconds, self.left or BEAT)
            self.now += timedelta(seconds=step)
            self.mono += step
            seconds -= step
            self.turn()

    def jump(self, by: timedelta) -> None:
        """Asleep, or set: the wall clock moves, the monotonic one does not."""
        self.now += by


def test_that_it_wakes_at_the_moment_and_once() -> None:
    machine = Machine()
    machine.sleeper.until(START + timedelta(seconds=100))
    machine.turn()
    machine.run(400)
    assert machine.woken == [START + timedelta(seconds=100)]


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=3)])
def test_that_a_jump_is_noticed_within_a_minute(by: timedelta) -> None:
    machine = Machine()
    machine.sleeper.until(START + timedelta(days=30))
    machine.turn()
    machine.run(100)
    machine.jump(by)
    at = machine.now
    machine.run(200)
    assert len(machine.woken) == 1
    assert machine.woken[0] - at <= timedelta(seconds=60)


@given(
    jumps=st.lists(st.sampled_from([-3600, 3600, 86_400, -86_400, 259_200, 30, 600]), max_size=8),
    due=st.integers(1, 7200),
)
def test_that_what_is_due_is_never_slept_over(jumps: list[int], due: int) -> None:
    machine = Machine()
    wanted = START + timedelta(seconds=due)
    machine.sleeper.until(wanted)
    machine.turn()
    for by in jumps:
        machine.jump(timedelta(seconds=by))
        machine.run(90)
        if machine.woken:  # who is woken asks anew, and is told of the same moment while it lies ahead
            if machine.now >= wanted:
                break
            machine.woken.clear()
            machine.sleeper.until(wanted)
            machine.turn()
    machine.run(max(0.0, (wanted - machine.now).total_seconds()) + 60)
    assert machine.woken


def test_that_an_hour_of_nothing_is_80_turns() -> None:
    machine = Machine()
    machine.sleeper.until(None)
    machine.turn()
    turns = 0
    while machine.now < START + timedelta(hours=1):
        machine.run(machine.left)
        turns += 1
    assert turns == 3600 / BEAT
    assert machine.woken == []


def test_that_idling_takes_less_than_a_thousandth_of_a_core() -> None:
    """What one beat costs, in CPU time of this thread, against the time it sleeps."""
    sleeper = Sleeper(START, 0.0)
    sleeper.until(START + timedelta(days=365))
    beats = 2000
    began = time.thread_time()
    for n in range(beats):
        sleeper.turn(START + timedelta(seconds=BEAT * n), BEAT * n)
    spent = (time.thread_time() - began) / beats
    assert spent / BEAT < MOST_OF_A_CORE / 10


@pytest.mark.gui
def test_that_the_thread_wakes_for_a_moment_and_ends(qtbot: Any) -> None:
    offset = [timedelta()]
    thread = WakeThread(lambda: datetime.now(UTC) + offset[0])
    thread.start()
    with qtbot.waitSignal(thread.woke, timeout=5000):
        thread.sleep_until(datetime.now(UTC) - timedelta(seconds=1))
    offset[0] = timedelta(days=3)  # the computer slept: the next turn, whatever its reason, notices
    with qtbot.waitSignal(thread.woke, timeout=5000):
        thread.sleep_until(None)
    turns = thread.turns
    assert thread.close()
    assert thread.turns <= turns + 1


def test_that_a_thread_that_was_never_started_ends_too() -> None:
    assert WakeThread(lambda: START).close()
