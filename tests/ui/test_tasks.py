"""The door to work: threads, order, deadlines, a clean end."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.jobs import Job
from crmdesk.ui.tasks import TaskRunner


def fail(error: Exception) -> None:
    raise AssertionError(f"work failed: {error!r}")


def ignore(_: Any) -> None:
    """For what a test does not look at."""


def test_that_work_runs_elsewhere_and_is_answered_here(runner: TaskRunner, qtbot: Any) -> None:
    here, seen = threading.get_ident(), []
    runner.read(lambda job: threading.get_ident(), lambda there: seen.append((there, threading.get_ident())), fail)
    qtbot.waitUntil(lambda: bool(seen))
    there, answered = seen[0]
    assert there != here
    assert answered == here


def test_that_writes_keep_their_order(runner: TaskRunner, qtbot: Any) -> None:
    done: list[int] = []
    written: list[int] = []

    def write(number: int) -> None:
        written.append(number)

    for number in range(50):
        runner.write(lambda job, n=number: write(n), lambda _, n=number: done.append(n), fail)
    qtbot.waitUntil(lambda: len(done) == 50)
    assert written == done == list(range(50))


def test_that_an_older_search_never_answers_after_a_newer_one(runner: TaskRunner, qtbot: Any) -> None:
    gate, answers = threading.Event(), []

    def slow(job: Job) -> str:
        gate.wait(5)
        return "old"

    runner.read(slow, answers.append, fail, replaces="search")
    runner.read(lambda job: "new", answers.append, fail, replaces="search")
    qtbot.waitUntil(lambda: answers == ["new"])
    gate.set()
    runner.read(lambda job: "later", answers.append, fail)
    qtbot.waitUntil(lambda: "later" in answers)
    assert answers == ["new", "later"]


def test_that_a_silent_base_is_reported_and_does_not_block_the_next_question(qtbot: Any) -> None:
    runner, gate = TaskRunner(deadline=0.05), threading.Event()
    failures: list[Exception] = []
    answers: list[int] = []
    silent: list[bool] = []
    runner.silent.connect(silent.append)
    for _ in range(4):  # more than there are readers
        runner.read(lambda job: gate.wait(5), ignore, failures.append)
    qtbot.waitUntil(lambda: len(failures) == 4)
    runner.read(lambda job: 7, answers.append, fail)
    qtbot.waitUntil(lambda: answers == [7])
    assert all(isinstance(error, OutsideError) and error.key == "no_answer" for error in failures)
    assert silent[0] is True
    assert silent[-1] is False
    gate.set()
    assert runner.close()


def test_that_a_refusal_is_told_and_is_no_bug(runner: TaskRunner, qtbot: Any) -> None:
    failures: list[Exception] = []
    bugs: list[Exception] = []
    runner.bug.connect(bugs.append)

    def refuse(job: Job) -> None:
        raise UserError("no_office", address="x")

    runner.write(refuse, ignore, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert not bugs


def test_that_an_unexpected_error_is_a_bug_and_still_ends_the_waiting(
    runner: TaskRunner, qtbot: Any, logged: list[logging.LogRecord]
) -> None:
    failures: list[Exception] = []
    bugs: list[Exception] = []
    runner.bug.connect(bugs.append)
    runner.read(lambda job: 1 // 0, ignore, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(bugs[0], ZeroDivisionError)
    assert [record.getMessage() for record in logged] == ["work failed"]
    logged.clear()


def test_that_long_work_tells_its_progress_and_stops_on_wish(runner: TaskRunner, qtbot: Any) -> None:
    seen: list[tuple[int, int]] = []
    ended: list[str] = []
    begun = threading.Event()

    def work(job: Job) -> None:
        for i in range(1_000_000):
            job.progress(i, 1_000_000)
            job.check()
            begun.set()

    task = runner.long(
        work,
        lambda _: ended.append("done"),
        fail,
        progress=lambda done, total: seen.append((done, total)),
        stopped=lambda: ended.append("stopped"),
    )
    assert begun.wait(5)
    task.stop()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["stopped"]
    assert seen
    assert len(seen) <= 1_001


def test_that_the_end_is_clean_and_nothing_answers_after_it(qtbot: Any) -> None:
    runner, answers = TaskRunner(), []
    runner.read(lambda job: 1, answers.append, fail)
    assert runner.close()
    QApplication.processEvents()
    assert not answers
    with pytest.raises(RuntimeError):
        runner.read(lambda job: 1, answers.append, fail)


def test_that_threads_that_hang_hold_the_end_up_once_and_are_heard_no_more(qapp: QApplication) -> None:
    runner, base, begun = TaskRunner(), threading.Event(), threading.Semaphore(0)
    before = set(threading.enumerate())

    def hang(job: Job) -> None:
        begun.release()
        base.wait(10)

    wait = 0.5
    for work in (runner.read, runner.read, runner.read, runner.write):
        work(hang, fail, fail)
        assert begun.acquire(timeout=5)
    hanging = set(threading.enumerate()) - before
    start = time.monotonic()
    assert not runner.close(wait)
    assert time.monotonic() - start < len(hanging) * wait
    runner.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    base.set()
    for thread in hanging:
        thread.join(10)
    assert not any(thread.is_alive() for thread in hanging)
