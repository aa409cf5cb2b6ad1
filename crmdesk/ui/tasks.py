"""The only door from the window to work: nothing that may wait runs on the UI thread.

Reads run on a few threads, writes on one, in order. Work gets a `Job` and returns a value; the answer comes back on
the UI thread by a queued signal that the long-lived runner owns. A newer question under the same `replaces` name
makes the older one's answer worthless. A base that does not answer within the deadline is reported as an
`OutsideError`, even while its thread still hangs.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from crmdesk.system.errors import CrmError, OutsideError
from crmdesk.system.jobs import Job, Stopped

log = logging.getLogger("crmdesk.tasks")
T = TypeVar("T")

DEADLINE = 5.0  # seconds a read may take before the window stops waiting for it
READERS = 3
LOST = frozenset({"connection_lost", "no_answer"})  # failures after which the base is looked for


class Running(Protocol):
    """Work that was asked for and may be stopped."""

    def stop(self) -> None:
        """Asks the work to end; its `stopped` is called when it has."""


class Runner(Protocol):
    """What presenters need of the TaskRunner; tests give them one that works at once."""

    def read(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        replaces: str | None = None,
    ) -> Running:
        """Asks for a value; answered or failed within the deadline."""

    def write(
        self, work: Callable[[Job], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> Running:
        """Changes something; writes keep their order and are never given up."""

    def long(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        progress: Callable[[int, int], None],
        stopped: Callable[[], None],
    ) -> Running:
        """Work of seconds or minutes, with progress and an end on wish; in the order of the writes."""


@dataclass(eq=False)
class Task:
    """One piece of work on its way; also the `Job` the work is given."""

    runner: TaskRunner
    work: Callable[[Job], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    on_progress: Callable[[int, int], None] | None = None
    on_stopped: Callable[[], None] | None = None
    stopping: threading.Event = field(default_factory=threading.Event)
    over: bool = False  # UI thread only: answered, failed, replaced or given up
    per_mille: int = -1
    until: int | None = None  # milliseconds of the runner's life; None: no deadline, or it has passed
    give_up: bool = False  # whether a late answer is worth nothing

    def stop(self) -> None:
        """Asks the work to end at its next `check`."""
        self.stopping.set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work, as often as it likes: only every thousandth reaches the window."""
        now = done * 1000 // total if total else 0
        if now != self.per_mille:
            self.per_mille = now
            self.runner.report(self, "progress", (done, total))

    def check(self) -> None:
        """Called by the work: raises Stopped when it should end."""
        if self.stopping.is_set():
            raise Stopped


class TaskRunner(QObject):
    """Runs work and brings back the answers. `bug` carries an error that no rule explains."""

    reported = Signal(object, str, object)  # task, what, value: from the workers, always queued
    bug = Signal(object)
    silent = Signal(bool)  # the base does not answer / answers again
    idle = Signal()

    def __init__(self, parent: QObject | None = None, *, deadline: float = DEADLINE) -> None:
        super().__init__(parent)
        self.deadline = deadline
        self._reads: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._writes: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._newest: dict[str, Task] = {}
        self._open: set[Task] = set()
        self._closed = False
        self._since = QElapsedTimer()
        self._since.start()
        self._watch = QTimer(self, interval=max(10, min(250, int(deadline * 250))))
        self._watch.timeout.connect(self._look)
        self.reported.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    # asking, on the UI thread --------------------------------------------------------------------------
    def read(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        replaces: str | None = None,
    ) -> Task:
        """Asks for a value. The answer to an older question of the same `replaces` name is thrown away."""
        task = Task(self, work, done, failed)
        if replaces is not None:
            older = self._newest.get(replaces)
            if older is not None:
                older.stop()
                self._forget(older)
            self._newest[replaces] = task
        self._start(task, self._reads, READERS, "reader")
        self._await(task, give_up=True)
        return task

    def write(self, work: Callable[[Job], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> Task:
        """Changes something. Kept in order, never given up: a late answer is still an answer."""
        task = Task(self, work, done, failed)
        self._start(task, self._writes, 1, "writer")
        self._await(task, give_up=False)
        return task

    def long(
        self,
        work: Callable[[Job], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        progress: Callable[[int, int], None],
        stopped: Callable[[], None],
    ) -> Task:
        """Work with progress and an end on wish; no deadline."""
        task = Task(self, work, done, failed, progress, stopped)
        self._start(task, self._writes, 1, "writer")
        return task

    @property
    def busy(self) -> bool:
        """Whether any answer is still to come."""
        return bool(self._open)

    @property
    def closed(self) -> bool:
        """Whether it takes no more work."""
        return self._closed

    def close(self, wait: float = 3.0) -> bool:
        """Stops everything; True when all threads ended within `wait` seconds. Threads that hang die with us."""
        if self._closed:
            return True
        self._closed = True
        self._watch.stop()
        for task in list(self._open):
            task.stop()
            self._forget(task)
        for thread in self._threads:
            (self._writes if thread.name.startswith("writer") else self._reads).put(None)
        until = time.monotonic() + wait
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    # inside ----------------------------------------------------------------------------------------------
    def _start(self, task: Task, waiting: queue.SimpleQueue[Task | None], most: int, name: str) -> None:
        if self._closed:
            raise RuntimeError("the runner is closed")
        self._open.add(task)
        if sum(thread.name.startswith(name) for thread in self._threads) < most:
            self._add_thread(waiting, name)
        waiting.put(task)

    def _add_thread(self, waiting: queue.SimpleQueue[Task | None], name: str) -> None:
        number = len(self._threads) + 1
        thread = threading.Thread(target=self._work, args=(waiting,), name=f"{name}-{number}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, waiting: queue.SimpleQueue[Task | None]) -> None:
        while (task := waiting.get()) is not None:
            try:
                task.check()
                value = task.work(task)
            except Stopped:
                self.report(task, "stopped", None)
            except Exception as error:  # the one place where any failure of work is caught, to be told in words
                self.report(task, "failed", error)
            else:
                self.report(task, "done", value)

    def report(self, task: Task, what: str, value: object) -> None:
        """Called by the threads: the answer goes to the window's thread. After the end nobody hears it, and the window
        may be gone while a thread still hung on a silent base."""
        if not self._closed:
            self.reported.emit(task, what, value)

    @Slot(object, str, object)
    def _answer(self, task: Task, what: str, value: Any) -> None:
        if task.over:
            return
        if what == "progress":
            if task.on_progress is not None:
                task.on_progress(*value)
            return
        self._forget(task)
        if what != "stopped":
            self.silent.emit(isinstance(value, OutsideError) and value.key in LOST)
        if what == "done":
            task.done(value)
        elif what == "stopped":
            if task.on_stopped is not None:
                task.on_stopped()
        else:
            self._failed(task, value)
        if not self._open:
            self.idle.emit()

    def _failed(self, task: Task, error: Exception) -> None:
        if isinstance(error, CrmError):
            log.info("work refused: %s", error.key)
        else:
            log.error("work failed", exc_info=error)
            self.bug.emit(error)
        task.failed(error)

    def _await(self, task: Task, *, give_up: bool) -> None:
        task.until = self._since.elapsed() + int(self.deadline * 1000)
        task.give_up = give_up
        self._watch.start()

    @Slot()
    def _look(self) -> None:
        """Who waited too long? One timer for all: a timer a task, with a closure each, outlives the runner."""
        now = self._since.elapsed()
        waiting = [task for task in self._open if task.until is not None]
        if not waiting:
            self._watch.stop()
        for task in waiting:
            if task.until is not None and now >= task.until:
                task.until = None
                if task.give_up:
                    self._too_late(task)
                else:
                    self.silent.emit(True)

    def _too_late(self, task: Task) -> None:
        task.stop()
        self._forget(task)
        self._add_thread(self._reads, "reader")  # its thread may hang for good
        self.silent.emit(True)
        task.failed(OutsideError("no_answer", seconds=int(self.deadline)))
        if not self._open:
            self.idle.emit()

    def _forget(self, task: Task) -> None:
        task.over = True
        self._open.discard(task)
        for name, newest in list(self._newest.items()):
            if newest is task:
                del self._newest[name]
