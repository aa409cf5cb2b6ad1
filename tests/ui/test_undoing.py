"""Taking back in the window: keys in every layout, what the status bar says, the banner; the quick line; the
connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from crmdesk.app import App
from crmdesk.domain.tasks import Move, TaskRow
from crmdesk.domain.undo import RANK, StepKind, UndoStep
from crmdesk.services import tasks
from crmdesk.system.errors import OutsideError
from crmdesk.system.i18n import words
from crmdesk.ui.frame.undo_words import ONE, bulk, said
from crmdesk.ui.task.form import TaskForm
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.typing import press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TODAY = date(2026, 11, 26)


def moved(app: App, qtbot: Any, count: int) -> list[TaskRow]:
    """So many tasks of mine, moved to tomorrow as a view would do it; as they were before."""
    assert app.window.office is not None
    desk = app.window.office.desk
    found = [tasks.add(desk, None, "call", desk.clock.today(), f"Дело {n}") for n in range(count)]
    tomorrow = desk.clock.today() + timedelta(days=1)
    app.kit.runner.write(
        lambda job: tasks.move_many(desk, [Move(task.id, tomorrow) for task in found]),
        lambda done: app.kit.changes.tell("tasks"),
        lambda error: None,
    )
    settle(app, qtbot)
    return found


def days(app: App, found: list[TaskRow]) -> set[date | None]:
    assert app.window.office is not None
    desk = app.window.office.desk
    return {tasks.get(desk, task.id).due_day for task in found}


def test_that_a_step_is_said_in_every_language_with_its_name() -> None:
    at = datetime(2026, 11, 26, 10)
    assert {*ONE, StepKind.TASK_MOVED} == set(StepKind) == set(RANK)
    for lang in ("ru", "uk", "en"):
        for kind in StepKind:
            assert "Лидер" in said(UndoStep(1, at, kind, 1, "Лидер"), words(lang), TODAY)
            assert "12" in said(UndoStep(1, at, kind, 12, ""), words(lang), TODAY)
            assert bulk(UndoStep(1, at, kind, 12, ""), words(lang))[0].isupper() or lang == "en"
    step = UndoStep(1, at, StepKind.TASK_MOVED, 1, "ТД «Лидер»", TODAY + timedelta(days=1))
    assert said(step, words("ru"), TODAY) == "перенос на завтра: ТД «Лидер»"
    assert bulk(UndoStep(1, at, StepKind.TASK_MOVED, 12, ""), words("ru")) == "Перенесено 12 дел"


def test_that_a_bulk_action_is_offered_back_and_taken_back(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    found = moved(app, qtbot, 12)
    assert "Перенесено 12 дел" in app.window.banner.words
    assert "Ctrl+Z — отменить: перенесено 12 дел" in app.window.status.words
    assert "Записано" in app.window.status.words
    app.window.banner._action.click()
    settle(app, qtbot)
    assert days(app, found) == {found[0].due_day}
    assert app.window.banner.words == ""


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Z, Qt.Key.Key_Y), (0x042F, 0x041D)], ids=["latin", "cyrillic"])
def test_that_one_action_goes_back_and_forth_by_keys(
    opened: Opened, demo: str, qtbot: Any, keys: tuple[int, int]
) -> None:
    app = opened(demo)
    window = app.window
    window.activateWindow()
    found = moved(app, qtbot, 1)
    there = days(app, found)
    assert window.banner.words == ""
    assert "перенос на завтра: Дело 0" in window.status.words
    for key, expected in ((keys[0], {found[0].due_day}), (keys[1], there), (keys[0], {found[0].due_day})):
        press(window, key, CTRL)
        settle(app, qtbot)
        assert days(app, found) == expected


def test_that_in_a_field_the_same_keys_are_for_what_is_typed(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.activateWindow()
    found = moved(app, qtbot, 1)
    there = days(app, found)
    quick = app.window.top.quick
    press(app.window, Qt.Key.Key_Space, CTRL | SHIFT)
    assert quick.hasFocus()
    type_text(quick, "звонок")
    press(quick, 0x042F, CTRL, text="я")
    settle(app, qtbot)
    assert quick.text() == ""
    assert days(app, found) == there


def test_that_what_was_changed_since_is_told(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    found = moved(app, qtbot, 3)
    assert app.window.office is not None
    desk = app.window.office.desk
    step = app.window.undoing.back
    assert step is not None
    tasks.edit(desk, tasks.get(desk, found[0].id), title="Другое")
    app.window.undoing.take_back(step)
    settle(app, qtbot)
    assert "1 запись с тех пор изменили" in app.window.banner.words


def test_that_the_quick_line_opens_the_form_with_what_was_typed(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    quick = app.window.top.quick
    type_text(quick, "Отвезти образцы")
    press(quick, Qt.Key.Key_Return)
    form = app.window.findChild(TaskForm)
    assert form is not None
    assert "Отвезти образцы" in [field.text() for field in form.findChildren(QLineEdit)]
    assert quick.text() == "Отвезти образцы"
    form.reject()
    settle(app, qtbot)
    assert quick.text() == "Отвезти образцы"  # nothing was stored: nothing typed is lost


@contextmanager
def gone(app: App) -> Iterator[None]:
    """The base of the office cannot be reached."""

    class Nothing:
        def __getattr__(self, name: str) -> Any:
            raise OutsideError("connection_lost", address="server")

    assert app.window.office is not None
    desk = app.window.office.desk
    store, desk.store = desk.store, Nothing()  # type: ignore[assignment]
    try:
        yield
    finally:
        desk.store = store


def test_that_a_lost_connection_is_told_looked_for_and_found_again(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    window = app.window
    with gone(app):
        window.refresh()
        settle(app, qtbot)
        assert window.connection.lost
        assert "Нет связи с базой" in window.offline.words
        assert window.link.accessibleName() == "Нет связи"
        window.connection.look()
        settle(app, qtbot)
        window.tell("over", "Нет связи, повторите")  # a view's write was refused meanwhile
        assert window.connection.lost
        app.kit.runner.read(lambda job: "of this computer", lambda answer: None, lambda error: None)
        settle(app, qtbot)
        assert window.connection.lost, "work that does not ask the base says nothing of it"
        assert window.connection._timer.isActive()
    window.connection._timer.setInterval(0)
    window.connection._timer.start()
    qtbot.waitUntil(lambda: not window.connection.lost, timeout=PATIENCE)
    settle(app, qtbot)
    assert window.offline.words == ""
    assert window.banner.words == ""
    assert window.link.accessibleName() == "На связи"
