from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from crmdesk.domain.interactions import NextStep
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import tasks
from crmdesk.ui.task.form import TaskForm, open_task_form
from crmdesk.ui.task.move import DayDialog, ReleaseDialog, open_move
from crmdesk.ui.task.next_step import HEIGHT, NextStepRow
from crmdesk.ui.task.office import Answer
from tests.ui.conftest import Opened, settle
from tests.ui.typing import press

TODAY = date(2026, 11, 2)


def form_of(app: Any, qtbot: Any, **known: Any) -> TaskForm:
    form = open_task_form(app.kit, app.window.office, app.window, **known)
    settle(app, qtbot)
    return form


def row_of(app: Any, task: TaskRow, **values: Any) -> tuple[NextStepRow, list[Answer], list[str]]:
    answers: list[Answer] = []
    left: list[str] = []
    row = NextStepRow(app.kit, task, TODAY, answered=answers.append, left=lambda: left.append("left"))
    row.resize(900, HEIGHT)
    return row, answers, left


@pytest.fixture
def task(opened: Opened, demo: str, qtbot: Any) -> tuple[Any, TaskRow]:
    app = opened(demo)
    row = next(one for one in tasks.due(app.window.office.desk) if one.client_id and one.kind == "call")
    return app, row


def test_that_a_client_is_found_while_typing_and_the_task_is_stored(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    form = form_of(app, qtbot)
    assert form.client.field.hasFocus() or form.focusWidget() is form.client.field
    client = app.window.office.client_rows(app.window.office.client_ids(_all()))[0]
    form.client.field.setText(client.name)
    form.client.field.textEdited.emit(client.name)
    qtbot.waitUntil(lambda: form.client._hits != (), timeout=30_000)
    form.title.setText("Показать образцы")
    form.day.field.setText("+3")
    form.time.setText("15.30")
    form.length.setText("40")
    told: list[Any] = []
    app.kit.changes.changed.connect(told.append)
    form.save()
    settle(app, qtbot)
    found = [one for one in tasks.due(app.window.office.desk) if one.title == "Показать образцы"]
    assert [(one.client_id, one.due_day, one.due_time, one.minutes) for one in found] == [
        (client.id, TODAY + timedelta(days=3), 930, 40)
    ]
    assert told[0].clients == {client.id} and "tasks" in told[0].nouns


def test_that_each_error_stands_beside_its_field_and_nothing_is_lost(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    form = form_of(app, qtbot)
    form.title.setText("Спросить")
    form.day.field.setText("когда-нибудь")
    form.time.setText("25:00")
    form.save()
    assert not form.errors["day"].isHidden() and not form.errors["time"].isHidden()
    assert form.errors["client"].isHidden() and form.focusWidget() is form.day.field
    for widget in (form.day.field, form.time, form.notes, form.errors["day"], form.errors["time"]):
        assert widget.height() >= widget.minimumHeight() > 0  # nothing is squeezed by what is said
    form.day.field.setText("завтра")
    form.time.setText("")
    form.promise.setChecked(True)
    form.save()
    settle(app, qtbot)
    assert "кому" in form.errors["client"].text() and form.isVisible() and form.title.text() == "Спросить"
    form.close()


def test_that_a_task_is_changed_and_a_race_is_told(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, row = task
    form = form_of(app, qtbot, task=row)
    assert form.client.client_id == row.client_id and form.title.text() == row.title
    tasks.edit(app.window.office.desk, row, title="Другое")
    form.title.setText("Моё")
    form.save()
    settle(app, qtbot)
    assert "Другое" in form.trouble.text() and form.isVisible()
    form.close()
    again = form_of(app, qtbot, task=tasks.get(app.window.office.desk, row.id))
    again.title.setText("Моё")
    again.save()
    settle(app, qtbot)
    assert tasks.get(app.window.office.desk, row.id).title == "Моё"


def test_that_what_was_typed_and_left_is_back_until_it_is_stored(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    form = form_of(app, qtbot)
    form.title.setText("Начатое дело")
    form.notes.setPlainText("Подробности")
    form.reject()
    again = form_of(app, qtbot)
    assert (again.title.text(), again.notes.toPlainText()) == ("Начатое дело", "Подробности")
    again.save()
    settle(app, qtbot)
    assert [one.notes for one in tasks.due(app.window.office.desk) if one.title == "Начатое дело"] == ["Подробности"]
    fresh = form_of(app, qtbot)
    assert fresh.title.text() == "" and fresh.notes.toPlainText() == ""
    fresh.close()


def test_that_the_form_for_another_client_does_not_show_what_was_left(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, row = task
    form = form_of(app, qtbot)
    form.title.setText("Чужое")
    form.reject()
    other = form_of(app, qtbot, client_id=row.client_id)
    assert other.title.text() == "" and other.client.field.text() == row.client
    other.close()


def test_that_each_digit_answers_what_comes_next(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, done = task
    days = {1: date(2026, 11, 3), 2: date(2026, 11, 5), 3: date(2026, 11, 9), 4: date(2026, 12, 2)}
    for digit, day in days.items():
        row, answers, left = row_of(app, done)
        press(row, Qt.Key(Qt.Key.Key_0 + digit), text=str(digit))
        assert answers == [Answer(step=NextStep(done.kind, day, done.title))] and left == ["left"]


def test_that_a_date_and_a_reason_are_asked_in_place(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, done = task
    row, answers, left = row_of(app, done)
    press(row, Qt.Key.Key_5, text="5")
    row.day.field.setText("ерунда")
    QTest.keyClick(row.day.field, Qt.Key.Key_Return)
    assert answers == []
    row.day.field.setText("20.11")
    QTest.keyClick(row.day.field, Qt.Key.Key_Return)
    assert answers[0].step is not None and answers[0].step.day == date(2026, 11, 20)
    row, answers, left = row_of(app, done)
    press(row, Qt.Key.Key_6, text="6")
    QTest.keyClick(row.why, Qt.Key.Key_Return)
    assert answers == [] and left == []
    row.why.setText("Закрылись")
    QTest.keyClick(row.why, Qt.Key.Key_Return)
    assert answers == [Answer(reason="Закрылись")] and left == ["left"]


def test_that_escape_leaves_the_question_open(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, done = task
    row, answers, left = row_of(app, done)
    press(row, Qt.Key.Key_6, text="6")
    press(row, Qt.Key.Key_Escape)
    assert left == []
    press(row, Qt.Key.Key_Escape)
    assert left == ["left"] and answers == []


def test_that_a_task_is_moved_by_the_menu_and_taken_off_with_a_reason(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, row = task
    days: list[date] = []
    menu = open_move(app.kit, app.window, app.window.centralWidget(), row, days.append, TODAY)
    menu.actions()[0].trigger()
    assert days and days[0] != row.due_day
    menu.close()
    dialog = DayDialog(app.kit, app.window, TODAY, None, days.append)
    dialog.take()
    assert not dialog.error.isHidden()
    dialog.day.field.setText("пт")
    dialog.take()
    assert days[-1] == date(2026, 11, 6)
    reasons: list[str] = []
    off = ReleaseDialog(app.kit, app.window, 3, 1, reasons.append)
    off.take()
    assert reasons == [] and not off.error.isHidden()
    off.why.setText(" закрылись ")
    off.take()
    assert reasons == ["закрылись"]


def _all() -> Any:
    from crmdesk.domain.client_list import ClientFilter

    return ClientFilter()


def test_that_no_word_of_the_forms_is_cut(task: tuple[Any, TaskRow], qtbot: Any) -> None:
    app, row = task
    for lang in ("ru", "uk", "en"):
        app.kit.language.use(lang)
        asked, _, _ = row_of(app, row)
        asked.resize(620, HEIGHT)
        assert asked.minimumSizeHint().width() <= 620
        for button in asked.buttons:
            assert button.sizeHint().width() <= 120
        form = form_of(app, qtbot, task=row)
        assert all(
            child.sizeHint().width() <= form.width() for child in form.findChildren(QWidget) if child.isVisible()
        )
        form.close()
