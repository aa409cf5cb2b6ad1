"""A promise from its first word to the sheet, in the window, on both stores.

The list of clients comes in as a file, a client is found, a call with a promise is written down, it stands in Today
and in the calendar, is dragged to another day, is not kept, is reminded of, is done with its next step, and the sheet
says all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.app import App
from crmdesk.domain.calendar import Key
from crmdesk.domain.reminders import Kind
from crmdesk.domain.sheet import SheetRow
from crmdesk.domain.timeline import EntryKind
from crmdesk.services import clients, tasks, timeline
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.ui.calendar.screen import CalendarScreen
from crmdesk.ui.card.screen import CardScreen
from crmdesk.ui.clients.screen import ClientsScreen
from crmdesk.ui.imports.presenter import Step
from crmdesk.ui.imports.screen import ImportDialog
from crmdesk.ui.sheet.screen import SheetScreen
from crmdesk.ui.today.screen import TodayScreen
from tests.conftest import ZONE
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.gui
TODAY = date(2026, 11, 2)  # a Monday
TUESDAY, WEDNESDAY, THURSDAY = (TODAY + timedelta(days=n) for n in (1, 2, 3))
CLIENT = "Кофейни «Полдень»"
CLIENTS = (
    "Контрагент;Сегмент действий;Важность;На контроле;Менеджер;Телефон\n"
    f"{CLIENT};ВВВ;VIP;да;ivanova;8 916 555-01-01\n"
    "Завод «Метизы»;ЗвЗвЗв;обычный;да;ivanova;8 916 555-01-02\n"
    "Пекарня «Ёлка»;Инфо;разовый;нет;kovalenko;8 916 555-01-03\n"
)
LEFT = Qt.MouseButton.LeftButton


class Walk:
    """A person at the window; `at` moves the clock of the office, as time does."""

    def __init__(self, app: App, qtbot: Any) -> None:
        self.app, self.qtbot = app, qtbot
        app.reminders.popup._pause.setInterval(1)
        app.window.resize(1366, 768)
        self.settle()

    @property
    def desk(self) -> Desk:
        assert self.app.window.office is not None
        return self.app.window.office.desk

    def settle(self) -> None:
        settle(self.app, self.qtbot)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=PATIENCE)
        self.settle()

    def go(self, view: str, at: object = None) -> Any:
        self.app.window.go(view, at)
        self.settle()
        return self.app.window.screens[view]

    def at(self, moment: datetime) -> None:
        """Time passes: the thread of reminders notices by itself that the clock is elsewhere."""
        waker = self.app.reminders.waker
        assert waker is not None
        self.desk.clock = Clock.at(moment, ZONE)
        with self.qtbot.waitSignal(waker.woke, timeout=PATIENCE):
            waker.sleep_until(None)
        self.settle()

    def lines(self) -> list[Any]:
        return list(self.app.reminders.popup.model.occasions)


def bring_in(walk: Walk, file: Path) -> None:
    """The file of clients, through the import's window."""
    walk.app.kit.commands.run("import")
    dialog = walk.app.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    presenter = dialog._presenter
    dialog.choose(file)
    walk.until(lambda: presenter.state.step is Step.PREVIEW)
    dialog.verb.click()
    walk.until(lambda: presenter.state.step is Step.REPORT)
    assert presenter.state.report is not None
    assert presenter.state.report.refused == ()
    dialog.refuse.click()
    walk.settle()


def find(walk: Walk, typed: str) -> CardScreen:
    """The client, by the line at the top and the Return key."""
    line = walk.app.window.palette_line
    walk.app.kit.commands.run("palette")
    type_text(line.field, typed)
    walk.until(lambda: any(row.title == CLIENT for row in line._model.rows))
    wanted = next(number for number, row in enumerate(line._model.rows) if row.title == CLIENT)
    while line.list.currentIndex().row() != wanted:
        press(line.field, Qt.Key.Key_Down)
    press(line.field, Qt.Key.Key_Return)
    walk.settle()
    card = walk.app.window.screens["card"]
    assert isinstance(card, CardScreen)
    return card


def drag(widget: QWidget, start: QPoint, *stops: QPoint) -> None:
    """With the left button down, over these places of the screen."""
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, LEFT, LEFT),
        *((QEvent.Type.MouseMove, stop, Qt.MouseButton.NoButton, LEFT) for stop in (start + QPoint(0, 30), *stops)),
        (QEvent.Type.MouseButtonRelease, stops[-1], LEFT, Qt.MouseButton.NoButton),
    ):
        here = QPointF(widget.mapFromGlobal(place))
        event = QMouseEvent(kind, here, QPointF(place), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)


def place(calendar: CalendarScreen, day: date, minute: int) -> QPoint:
    """Where a time of a day lies on the screen."""
    grid = calendar.grid
    column = grid.grid.column(day)
    assert column is not None
    x = int(grid.grid.lefts[column] + grid.grid.widths[column] / 2)
    return grid.viewport().mapToGlobal(QPoint(x, int(grid.grid.y_of(minute)) - grid.verticalOffset()))


def test_that_a_promise_goes_its_way(office: Desk, opened: Opened, qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "клиенты.csv"
    file.write_text(CLIENTS, encoding="utf-8-sig")
    walk = Walk(opened(office.store.address, view="clients"), qtbot)

    # the owner brings the clients in; one of them is Ivanova's, who works from here on
    bring_in(walk, file)
    list_ = walk.app.window.screens["clients"]
    assert isinstance(list_, ClientsScreen)
    walk.until(lambda: len(list_.model.ids) == 3)
    walk.app.close()
    on_server = office.store.dialect == "postgresql"
    address = office.store.address.replace("//boss@", "//ivanova@")
    walk = Walk(opened(address, view="clients", login=None if on_server else "ivanova"), qtbot)
    client = clients.search(walk.desk, "Полдень", 1)[0].id

    # found by the beginning of a word, a call with a promise is written down by the keyboard
    card = find(walk, "полд")
    type_text(card.composer.text, "звонила, просят смету на стаканы")
    press(card.composer.text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    result = card.composer.result
    result.setCurrentIndex(result.findData("call_quote"))
    assert result.currentData() == "call_quote"
    result.activated.emit(result.currentIndex())
    card.composer.whens.choose("date")
    card.composer.day.setText("сегодня")
    card.composer.step_title.setText("прислать смету")
    card.composer.promise.setChecked(True)
    press(card.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    walk.settle()
    (call,) = timeline.page(walk.desk, client, (EntryKind.CALL,)).entries
    assert [step.promise for step in call.steps] == [True]
    (task,) = tasks.due(walk.desk, until=TODAY)
    assert (task.promise, task.due_day, task.title) == (True, TODAY, "прислать смету")

    # it stands in Today and in the calendar
    today = walk.go("today")
    assert isinstance(today, TodayScreen)
    assert task.id in {line.task.id for line in today.list.model_.lines if line.task is not None}
    calendar = walk.go("calendar")
    assert isinstance(calendar, CalendarScreen)
    entry = calendar.presenter.state.entry(Key("task", task.id))
    assert entry is not None
    assert entry.promise

    # it is dragged to tomorrow at eleven
    grid = calendar.grid
    drag(grid.heads, grid.rect_of(entry).center(), place(calendar, TUESDAY, 660))
    walk.settle()
    moved = tasks.get(walk.desk, task.id)
    assert (moved.due_day, moved.due_time, moved.moved_count) == (TUESDAY, 660, 1)

    # on its day it is reminded of before its time; nobody does anything
    walk.at(datetime(2026, 11, 3, 10, 56))
    walk.until(walk.app.reminders.popup.isVisible)
    assert [(one.kind, one.task_id) for one in walk.lines() if one.kind is Kind.TIME] == [(Kind.TIME, task.id)]
    walk.app.reminders.popup.close()

    # the next day it is overdue: Today says so, the reminder says so
    walk.at(datetime(2026, 11, 4, 9, 5))
    walk.until(walk.app.reminders.popup.isVisible)
    popup = walk.app.reminders.popup
    row, owed = next((n, one) for n, one in enumerate(popup.model.occasions) if one.kind is Kind.OWED)
    assert owed.task_id == task.id
    assert popup.model.lines[row].when == "просрочено на 1 день"
    walk.go("today")
    late = next(line for line in today.list.model_.lines if line.task is not None and line.task.id == task.id)
    assert late.task is not None
    assert late.task.due_day == TUESDAY

    # done where it is reminded of, and what follows is asked there
    popup.list.selectionModel().clearSelection()
    popup.list.setCurrentIndex(popup.model.index(row))
    QTest.keyClick(popup.list, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    walk.settle()
    assert popup.asked is not None
    QTest.keyClick(popup.asked, Qt.Key.Key_1)
    walk.settle()
    done = tasks.get(walk.desk, task.id)
    assert done.done_day == WEDNESDAY
    (step,) = [one for one in tasks.due(walk.desk) if one.client_id == client]
    assert step.due_day == THURSDAY

    # her sheet: the step ahead; in the month of the call, the call and the promise that was broken
    sheet = walk.go("sheet")
    assert isinstance(sheet, SheetScreen)
    plan = row_of(walk, sheet, client, last_month=202610).plan
    assert [(one.kind, one.day) for month in plan for one in month if not one.routine] == [(step.kind, THURSDAY)]
    assert row_of(walk, sheet, client, last_month=202611).months[-1].calls == 1
    assert sheet.presenter.state.sheet is not None
    assert sheet.presenter.state.sheet.head.promises_broken == 1


def row_of(walk: Walk, sheet: SheetScreen, client: int, *, last_month: int) -> SheetRow:
    """The client's row when the sheet ends with this month."""
    sheet.presenter.choose(last_month=last_month)
    walk.settle()
    shown = sheet.presenter.state.sheet
    assert shown is not None
    assert shown.months[-1] == last_month
    return next(one for one in shown.rows if one.client_id == client)
