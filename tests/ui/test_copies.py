"""Scheduled copies of the office in the window."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crmdesk.app import App
from crmdesk.services import backups
from crmdesk.system.clock import Clock
from tests.ui.conftest import PATIENCE, Opened

pytestmark = pytest.mark.gui


def quiet(app: App, qtbot: Any) -> None:
    """Until all work is answered."""
    qtbot.waitUntil(lambda: not app.kit.runner.busy, timeout=PATIENCE)


def test_that_a_copy_is_made_when_one_is_due_and_the_status_bar_says_so(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    assert app.window.office is not None
    desk = app.window.office.desk
    assert backups.last_verified(desk) is None
    app.copies.look()
    quiet(app, qtbot)
    first = backups.last_verified(desk)
    assert first is not None
    desk.clock = Clock(desk.clock.zone, desk.clock.offset + timedelta(hours=1))
    app.copies.look()
    quiet(app, qtbot)
    assert backups.last_verified(desk) == first, "nothing was written since"


def test_that_the_last_copy_is_made_when_the_window_has_gone(opened: Opened, demo: str) -> None:
    app = opened(demo)
    assert app.window.office is not None
    desk = app.window.office.desk
    app.window.close()
    app.close(last_copy=True)
    assert backups.last_verified(desk) is not None


def test_that_an_office_without_room_for_copies_is_told(
    opened: Opened, demo: str, qtbot: Any, monkeypatch: pytest.MonkeyPatch, logged: list[logging.LogRecord]
) -> None:
    app = opened(demo)
    taken = Path(demo).with_name("taken")
    taken.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("CRMDESK_HOME", str(taken / "inside"))
    app.copies.look()
    quiet(app, qtbot)
    assert "не сделана" in app.window.banner.words
    app.close(last_copy=True)
    assert [record.name for record in logged] == ["crmdesk.copies"]
    logged.clear()


def test_that_copies_rest_after_a_restore_until_the_person_says_it_is_right(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    assert app.window.office is not None
    made = backups.backup(app.window.office.desk)
    app.close()
    backups.restore(made.path, demo)
    again = opened(demo)
    quiet(again, qtbot)
    assert again.window.office is not None
    assert "восстановлен" in again.window.banner.words
    assert backups.is_paused(again.window.office.desk)
    again.window.banner._pressed()
    quiet(again, qtbot)
    assert not backups.is_paused(again.window.office.desk)
