"""A mistake of the program is caught from any thread, shown once a place, kept for the next start, sent nowhere."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from crmdesk.system.clock import Clock
from crmdesk.ui import crash
from crmdesk.ui.crash_dialog import CrashDialog
from tests.ui.conftest import Opened

SECRET = "ООО «Тайна», +7 900 123-45-67"


@pytest.fixture
def shown(qapp: object, clock: Clock) -> Iterator[list[str]]:
    """The reports shown so far, with the hook in force."""
    reports: list[str] = []
    hook = crash.CrashHook(reports.append, clock)
    hook.install()
    yield reports
    hook.remove()


def a_mistake() -> None:
    raise RuntimeError(SECRET)


def caught() -> BaseException:
    try:
        a_mistake()
    except RuntimeError as error:
        return error
    raise AssertionError


def test_that_a_mistake_is_shown_once_a_place(shown: list[str], qtbot: Any, logged: list[logging.LogRecord]) -> None:
    for _ in range(3):
        error = caught()
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(shown))
    assert len(shown) == 1
    assert "a_mistake" in shown[0]
    logged.clear()


def test_that_a_mistake_of_a_thread_is_shown_too(shown: list[str], qtbot: Any, logged: list[logging.LogRecord]) -> None:
    thread = threading.Thread(target=a_mistake)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert "RuntimeError" in shown[0]
    logged.clear()


def test_that_a_report_holds_no_data_of_people(clock: Clock) -> None:
    report = crash.report(caught(), clock.now())
    assert "Тайна" not in report
    assert "123" not in report
    assert "RuntimeError" in report


def test_that_a_report_is_offered_once_at_the_next_start() -> None:
    assert crash.left_from_last_time() is None
    crash.keep("report")
    assert crash.left_from_last_time() == "report"
    assert crash.left_from_last_time() is None


@pytest.mark.gui
def test_that_the_next_start_shows_the_report_and_copies_it(opened: Opened, qapp: Any) -> None:
    crash.keep("the report of last time")
    app = opened(None)
    dialog = app.window.findChild(CrashDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.verb.click()
    assert qapp.clipboard().text() == "the report of last time"
    assert not dialog.isVisible()


@pytest.mark.gui
def test_that_a_report_seen_is_not_shown_again_at_the_next_start(opened: Opened) -> None:
    app = opened(None)
    crash.keep("a mistake")
    app._crashed("a mistake")
    dialog = app.window.findChild(CrashDialog)
    assert dialog is not None
    dialog.reject()
    assert crash.left_from_last_time() is None
