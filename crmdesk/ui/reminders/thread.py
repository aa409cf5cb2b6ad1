"""The thread of reminders: sleeps until the next moment or a change, and says when it woke. It never asks the store.

The system's sleep and a clock that is set stop or shift no timer in a way that can be relied on. So the thread wakes
every `BEAT` seconds at the latest and compares the wall clock with the monotonic one; nothing else happens then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

BEAT = 45.0  # seconds: what was due while the computer slept comes at most so long after it woke
JUMP = timedelta(seconds=2)  # the two clocks may differ by so much between two beats; more is a jump


class Sleeper:
    """When to wake; no thread and no clock of its own. `mono` are seconds of a clock that nobody sets."""

    def __init__(self, now: datetime, mono: float) -> None:
        self._next: datetime | None = None
        self._now, self._mono = now, mono

    def until(self, moment: datetime | None) -> None:
        """Wake at this moment; None: only when the clock jumps."""
        self._next = moment

    def turn(self, now: datetime, mono: float) -> tuple[bool, float]:
        """Whether it is time, and how many seconds to sleep now. What was due is due once."""
        passed = timedelta(seconds=mono - self._mono)
        jumped = abs(now - self._now - passed) > JUMP
        self._now, self._mono = now, mono
        due = jumped or (self._next is not None and now >= self._next)
        if due:
            self._next = None
        left = BEAT if self._next is None else min(BEAT, max(0.0, (self._next - now).total_seconds()))
        return due, left


class WakeThread(QObject):
    """One background thread; `woke` arrives on the thread of whoever connects to it queued."""

    woke = Signal()

    def __init__(
        self, now: Callable[[], datetime], *, mono: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock, self._mono = now, mono
        self._sleeper = Sleeper(now(), mono())
        self._condition = threading.Condition()
        self._told = False
        self._closing = False
        self.turns = 0  # how often it woke; for tests and measurements
        self._thread = threading.Thread(target=self._run, name="reminders", daemon=True)

    def start(self) -> None:
        """Begins to sleep."""
        self._thread.start()

    def sleep_until(self, moment: datetime | None) -> None:
        """From now on sleeps until this moment. Any thread may say so."""
        with self._condition:
            self._sleeper.until(moment)
            self._told = True
            self._condition.notify()

    def close(self, wait: float = 3.0) -> bool:
        """Ends the thread; whether it has ended."""
        with self._condition:
            self._closing = True
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        with self._condition:
            while not self._closing:
                self._told = False
                self.turns += 1
                due, left = self._sleeper.turn(self._clock(), self._mono())
                if due:
                    self.woke.emit()
                self._condition.wait_for(lambda: self._closing or self._told, left)
