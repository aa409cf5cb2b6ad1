"""The window of reminders in the program: takes no keyboard, waits for who types, is worked through by keys, ends."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from crmdesk.app import App
from crmdesk.domain.reminders import Kind
from crmdesk.services import clients, tasks
from crmdesk.system.clock import Clock
from crmdesk.ui.commands import Command
from crmdesk.ui.reminders.choices import TRAY, TRAY_TOLD
from crmdesk.ui.widgets.dialog import Dialog
from tests.conftest import ZONE
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.typing import press

pytestmark = pytest.mark.gui
TODAY = date(2026, 11, 2)


@pytest.fixture
def app(opened: Opened, demo: str, qtbot: Any) -> App:
    """The demo shop opened by its owner; what already stands there is out of the way."""
    found = opened(demo)
    settle(found, qtbot)
    found.reminders.popup._pause.setInterval(1)
    assert found.reminders.presenter is not None
    found.reminders.presenter.dismiss(found.reminders.presenter.state.standing)
    settle(found, qtbot)
    return found


def client_of(app: App) -> int:
    assert app.window.office is not None
    return clients.search(app.window.office.desk, "а", 1)[0].id


def add(app: App, qtbot: Any, count: int = 1, *, time: int | None = 9 * 60 + 32, day: date = TODAY) -> list[int]:
    """Tasks of the person at the screen, told as a view tells them."""
    assert app.window.office is not None
    client = client_of(app)
    made = [tasks.add(app.window.office.desk, client, "call", day, f"дело {n}", time=time).id for n in range(count)]
    app.kit.changes.tell("tasks", clients=[client])
    settle(app, qtbot)
    return made


def at(app: App, qtbot: Any, moment: datetime) -> None:
    """The clock of the computer jumps: it slept, or was set."""
    assert app.window.office is not None
    assert app.reminders.waker is not None
    app.window.office.desk.clock = Clock.at(moment, ZONE)
    with qtbot.waitSignal(app.reminders.waker.woke, timeout=PATIENCE):
        app.reminders.waker.sleep_until(None)
    settle(app, qtbot)


def seen(app: App, qtbot: Any) -> None:
    qtbot.waitUntil(app.reminders.popup.isVisible, timeout=PATIENCE)


def test_that_it_comes_up_without_taking_the_keyboard(app: App, qtbot: Any) -> None:
    app.window.activateWindow()
    field = app.window.palette_line.field
    field.setFocus()
    add(app, qtbot)
    seen(app, qtbot)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is app.window, timeout=PATIENCE)
    assert app.window.focusWidget() is field
    assert field.hasFocus()
    assert not app.reminders.popup.isModal()
    assert app.reminders.bell.count == 1


def test_that_who_types_is_not_disturbed(app: App, qtbot: Any) -> None:
    popup = app.reminders.popup
    popup._pause.setInterval(60_000)
    app.window.activateWindow()
    app.window.palette_line.field.setFocus()
    add(app, qtbot)
    assert popup._pause.isActive()
    assert not popup.isVisible()
    started = popup._pause.remainingTime()
    qtbot.waitUntil(lambda: popup._pause.remainingTime() < started, timeout=PATIENCE)
    left = popup._pause.remainingTime()
    press(app.window.palette_line.field, Qt.Key.Key_unknown, text="л")
    assert popup._pause.remainingTime() >= left
    popup._pause.timeout.emit()
    assert popup.isVisible()


def test_that_it_is_worked_through_by_keys(app: App, qtbot: Any) -> None:
    first, second, third, fourth = add(app, qtbot, 4)
    desk = app.window.office.desk  # type: ignore[union-attr]
    app.kit.commands.run("reminders")
    settle(app, qtbot)
    popup = app.reminders.popup
    assert popup.isVisible()
    order = [one.task_id for one in popup.model.occasions]
    assert set(order) == {first, second, third, fourth}
    QTest.keyClick(popup.list, Qt.Key.Key_3)  # an hour
    settle(app, qtbot)
    assert [one.task_id for one in popup.model.occasions] == order[1:]
    QTest.keyClick(popup.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(app, qtbot)
    assert tasks.get(desk, order[1]).done_at is not None  # type: ignore[arg-type]
    QTest.keyClick(popup.list, Qt.Key.Key_Delete)
    settle(app, qtbot)
    assert tasks.get(desk, order[2]).done_at is None  # type: ignore[arg-type]
    assert [one.task_id for one in popup.model.occasions] == order[3:]
    QTest.keyClick(popup.list, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    at(app, qtbot, datetime(2026, 11, 2, 10, 31))
    assert {one.task_id for one in popup.model.occasions} == {order[3], order[0]}


def test_that_what_follows_is_asked_in_the_window_and_answered_by_one_key(app: App, qtbot: Any) -> None:
    first, _second = add(app, qtbot, 2)
    app.reminders.call()
    settle(app, qtbot)
    popup = app.reminders.popup
    popup.done.click()
    settle(app, qtbot)
    assert popup.asked is not None
    assert popup._foot.isHidden()
    QTest.keyClick(popup.asked, Qt.Key.Key_1)
    settle(app, qtbot)
    desk = app.window.office.desk  # type: ignore[union-attr]
    done = tasks.get(desk, first)
    (following,) = [one for one in tasks.due(desk, desk.me.id) if one.due_day == TODAY + timedelta(days=1)]
    assert following.title == done.title
    assert following.client_id == done.client_id
    assert popup.asked is None
    assert popup.isVisible()  # the other one still stands
    popup.done.click()
    settle(app, qtbot)
    QTest.keyClick(popup.asked, Qt.Key.Key_Escape)
    assert not popup.isVisible()  # nothing stands, nothing is asked


def test_that_its_keys_never_reach_what_lies_in_the_main_window(app: App, qtbot: Any) -> None:
    add(app, qtbot)
    pressed: list[str] = []
    for name, keys in (("mine", "Ctrl+D"), ("away", "Del")):
        app.window.offer(Command(name, "Settings", lambda name=name: pressed.append(name), "task", keys))  # type: ignore[misc]
    app.reminders.call()
    settle(app, qtbot)
    popup = app.reminders.popup
    QTest.keyClick(popup.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(popup.done, Qt.Key.Key_Delete)
    settle(app, qtbot)
    assert pressed == []
    popup.close()
    app.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is app.window, timeout=PATIENCE)
    QTest.keyClick(app.window.screens[app.window.here], Qt.Key.Key_Delete)
    assert pressed == ["away"]


def test_that_the_russian_key_is_the_same_key(app: App, qtbot: Any) -> None:
    (task,) = add(app, qtbot)
    app.reminders.call()
    settle(app, qtbot)
    press(app.reminders.popup.list, ord("В"), Qt.KeyboardModifier.ControlModifier)
    settle(app, qtbot)
    assert tasks.get(app.window.office.desk, task).done_at is not None  # type: ignore[union-attr]


def test_that_200_are_one_window_with_a_few_lines(app: App, qtbot: Any) -> None:
    add(app, qtbot, 200)
    seen(app, qtbot)
    popup = app.reminders.popup
    assert len(popup.model.occasions) == 5
    assert popup.more.text() == "ещё 195"
    assert app.reminders.bell.accessibleName() == "Напоминания: 200"
    popup.more.click()
    assert len(popup.model.occasions) == 200
    assert popup.done.mapTo(popup, popup.done.rect().topLeft()).y() >= popup.list.geometry().bottom()
    popup.list.selectAll()
    popup.later[list(popup.later)[0]].click()
    settle(app, qtbot)
    assert app.reminders.bell.count == 0
    assert not popup.isVisible()


def test_that_three_days_of_sleep_end_in_one_line(app: App, qtbot: Any) -> None:
    for day in range(3):
        add(app, qtbot, 3, time=15 * 60, day=TODAY + timedelta(days=day))
    assert not app.reminders.popup.isVisible()
    at(app, qtbot, datetime(2026, 11, 5, 8, 0))
    seen(app, qtbot)
    late = [one for one in app.reminders.popup.model.occasions if one.kind is Kind.LATE]
    assert len(late) == 1
    assert late[0].tasks >= 9
    assert all(one.kind in (Kind.LATE, Kind.BIRTHDAY) for one in app.reminders.popup.model.occasions)


def test_that_a_line_leads_to_its_client(app: App, qtbot: Any) -> None:
    add(app, qtbot)
    app.reminders.call()
    settle(app, qtbot)
    popup = app.reminders.popup
    popup.list.activated.emit(popup.model.index(0))
    settle(app, qtbot)
    assert app.window.here in ("card", "clients")


def test_that_silence_is_kept_over_a_restart(app: App, qtbot: Any, opened: Opened) -> None:
    assert app.reminders.presenter is not None
    app.reminders.popup.silence_menu(app.window).actions()[0].trigger()
    settle(app, qtbot)
    add(app, qtbot)
    assert not app.reminders.popup.isVisible()
    assert app.reminders.bell.quiet
    assert app.reminders.bell.count == 1
    address = app.window.office.address  # type: ignore[union-attr]
    app.close()
    again = opened(address)
    settle(again, qtbot)
    assert again.reminders.bell.quiet
    assert not again.reminders.popup.is_open


def test_that_leaving_the_office_ends_the_thread(app: App) -> None:
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("reminders") == 1
    app.ask()
    assert "reminders" not in [thread.name for thread in threading.enumerate()]
    assert app.reminders.bell.count == 0


def test_that_everything_in_it_has_a_name_and_follows_the_language(app: App, qtbot: Any) -> None:
    add(app, qtbot)
    app.reminders.call()
    settle(app, qtbot)
    popup = app.reminders.popup
    assert "уточнить" in popup.model.lines[0].spoken or "дело 0" in popup.model.lines[0].spoken
    app.kit.language.use("en")
    assert popup.heading.text() == "Now"
    assert popup.done.text().strip() == "Done"
    assert popup.close_tool.accessibleName() == "Close"
    assert popup.list.accessibleName() == "Reminders"
    QApplication.processEvents()
    for button in popup.later.values():
        assert button.width() >= button.sizeHint().width()


def test_that_a_store_that_is_gone_is_said_and_what_stands_stays(app: App, qtbot: Any, logged: list[Any]) -> None:
    add(app, qtbot)
    app.reminders.call()
    settle(app, qtbot)
    desk = app.window.office.desk  # type: ignore[union-attr]
    engine, desk.store.read_only = desk.store.engine, True
    popup = app.reminders.popup
    QTest.keyClick(popup.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    settle(app, qtbot)
    assert len(app.reminders.presenter.state.standing) == 1  # type: ignore[union-attr]
    desk.store.read_only = False
    assert engine is desk.store.engine


def test_that_without_a_notification_area_closing_closes(app: App) -> None:
    app.kit.settings.set(TRAY, True)
    app.reminders.settle()
    assert not app.reminders.tray.is_shown
    app.window.close()
    assert app.window.isHidden()


def test_that_with_the_tray_closing_hides_after_it_was_explained_and_exit_exits(
    app: App, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    app.kit.settings.set(TRAY, True)
    app.reminders.settle()
    assert app.reminders.tray.is_shown
    app.window.close()
    (dialog,) = [one for one in app.window.findChildren(Dialog) if one.isVisible()]
    assert app.window.isVisible()
    dialog.verb.click()
    assert app.window.isHidden()
    assert app.kit.settings.get(TRAY_TOLD) is True
    app.reminders.tray.show_window()
    assert app.window.isVisible()
    app.window.close()  # explained once is enough
    assert app.window.isHidden()
    assert app.reminders.tray.is_shown
    app.kit.commands.run("quit")
    assert not app.reminders.tray.is_shown
    assert not app.window.hides_instead()


def test_that_nobody_without_clients_is_reminded_of_anything(opened: Opened, sqlite_office: Any, qtbot: Any) -> None:
    app = opened(sqlite_office.store.address)
    settle(app, qtbot)
    assert app.reminders.presenter is not None
    assert app.reminders.presenter.state.standing == ()
    app.reminders.call()
    settle(app, qtbot)
    assert app.reminders.popup.heading.text() == "Сейчас напоминать не о чем"


def test_that_a_computer_with_a_wrong_clock_is_told_and_goes_by_the_servers(app: App, qtbot: Any) -> None:
    desk = app.window.office.desk  # type: ignore[union-attr]
    before = desk.clock.now()
    app.reminders._clock(timedelta(minutes=1))
    assert app.window.banner.words == ""
    app.reminders._clock(timedelta(minutes=7))
    settle(app, qtbot)
    assert "спешат на 7 минут" in app.window.banner.words
    assert timedelta(minutes=6) < before - desk.clock.now() <= timedelta(minutes=7)
