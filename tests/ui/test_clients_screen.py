"""The list of clients on the screen: keyboard, mouse, marks, what is done to many, names that are too long."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from crmdesk.app import App
from crmdesk.ui.clients import cells
from crmdesk.ui.clients.bulk import NameDialog, TasksDialog
from crmdesk.ui.clients.presenter import PAGE, ClientsPresenter
from crmdesk.ui.clients.screen import ClientsScreen
from crmdesk.ui.clients.state import Phase
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.runners import InstantRunner
from tests.ui.test_clients import LONG, LongNames, Office
from tests.ui.typing import type_text

pytestmark = pytest.mark.gui


def screen_of(app: App, qtbot: Any) -> ClientsScreen:
    app.window.go("clients")
    settle(app, qtbot)
    screen = app.window.screens["clients"]
    assert isinstance(screen, ClientsScreen)
    qtbot.waitUntil(lambda: screen.model.client(0) is not None, timeout=PATIENCE)
    settle(app, qtbot)
    return screen


def test_that_typing_finds_a_client_and_he_is_shown_beside_the_list(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    tester = QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    everybody = len(screen.model.ids)
    target = screen.model.client(5)
    assert target is not None
    word = next(part for part in target.name.replace("«", " ").replace("»", " ").split() if len(part) > 3)
    type_text(screen.search, word.lower())
    qtbot.waitUntil(lambda: 0 < len(screen.model.ids) < everybody, timeout=PATIENCE)
    settle(app, qtbot)
    assert target.id in screen.model.ids
    screen.open_client(target.id)
    settle(app, qtbot)
    page = app.window.inspector.page
    assert page is not None
    assert page.title == target.name
    assert page.records
    assert tester.model() is screen.model
    screen.search.clear()
    qtbot.waitUntil(lambda: len(screen.model.ids) == everybody, timeout=PATIENCE)


def test_that_the_keyboard_marks_opens_and_takes_marks_away(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    app.window.show()
    table = screen.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert screen.presenter.state.marked == set(screen.model.ids[:3])
    assert not screen.bulk.isHidden()
    assert "3" in screen.bulk.accessibleName()
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert screen.bulk.isHidden()
    third = screen.model.ids[2]
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(app, qtbot)
    assert app.window.history.here.at.client_id == third  # type: ignore[attr-defined]
    assert third in app.window.history.here.at.among  # type: ignore[attr-defined]


def test_that_the_mouse_marks_by_box_by_ctrl_and_by_shift(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    app.window.resize(1366, 768)
    app.window.show()
    table = screen.table

    def click(row: int, x: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        place = QPoint(x, table.rowViewportPosition(row) + 10)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)

    click(1, 12)
    click(4, 100, Qt.KeyboardModifier.ShiftModifier)
    click(2, 100, Qt.KeyboardModifier.ControlModifier)
    ids = screen.model.ids
    assert screen.presenter.state.marked == {ids[1], ids[3], ids[4]}
    click(6, 100)
    assert screen.presenter.state.marked == {ids[1], ids[3], ids[4]}
    assert table.current == 6


def test_that_a_bulk_change_says_how_many_and_can_be_taken_back(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    before = screen.model.ids
    for number in (0, 1):
        screen.presenter.mark(number)
    screen.verbs.archive()
    qtbot.waitUntil(lambda: len(screen.model.ids) == len(before) - 2, timeout=PATIENCE)
    settle(app, qtbot)
    assert "2" in app.window.banner.words
    app.window.banner._pressed()
    qtbot.waitUntil(lambda: screen.model.ids == before, timeout=PATIENCE)
    settle(app, qtbot)


def test_that_a_list_made_by_hand_is_a_tab_with_its_clients(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    for number in (0, 2):
        screen.presenter.mark(number)
    chosen = set(screen.presenter.state.marked)
    screen.verbs.save_list()
    dialog = app.window.findChild(NameDialog)
    assert isinstance(dialog, NameDialog)
    dialog.name.setText("На выставку")
    dialog.verb.click()
    settle(app, qtbot)
    tab = screen.presenter.tabs[-1]
    assert "На выставку" in [button.text() for button in screen.tabs.buttons.values()]
    screen.presenter.open_tab(tab)
    settle(app, qtbot)
    assert set(screen.model.ids) == chosen
    assert screen.presenter.state.counts[tab] == 2


def test_that_the_same_task_is_set_for_all_marked(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    screen.presenter.open_tab("no_step")
    settle(app, qtbot)
    lacking = len(screen.model.ids)
    assert lacking > 1
    screen.presenter.mark_all()
    screen.verbs.set_tasks()
    dialog = app.window.findChild(TasksDialog)
    assert isinstance(dialog, TasksDialog)
    dialog.title_field.setText("Узнать планы")
    dialog.verb.click()
    qtbot.waitUntil(lambda: screen.presenter.state.phase is Phase.NOTHING_FOUND, timeout=PATIENCE)
    settle(app, qtbot)
    assert str(lacking) in app.window.banner.words


def test_that_coming_back_finds_the_row_and_the_scroll_where_they_were(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    app.window.resize(1366, 768)
    app.window.show()
    screen.table.go_to(60)
    bar = screen.table.verticalScrollBar()
    bar.setValue(50)
    here, top = screen.model.ids[60], bar.value()
    app.window.go("settings")
    app.kit.changes.tell("clients")
    app.window.back()
    settle(app, qtbot)
    assert screen.model.ids[screen.table.current] == here
    assert bar.value() == top


def test_that_a_filter_that_hides_all_says_how_many_and_is_reset_by_one_button(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    everybody = len(screen.model.ids)
    screen.presenter.choose(actions=("NONE",), importances=("vip",))
    settle(app, qtbot)
    assert screen.pane.state == "filtered"
    assert str(everybody) in screen.pane.words
    screen.pane.note.button.click()
    settle(app, qtbot)
    assert len(screen.model.ids) == everybody
    assert screen.pane.state == "ready"


def test_that_a_hundred_thousand_clients_open_and_scroll_without_reading_them(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    app.window.resize(1366, 768)
    app.window.show()
    office = Office(count=100_000)
    presenter = ClientsPresenter(screen, InstantRunner(), office)
    screen.presenter = presenter
    screen.model._presenter = presenter
    presenter.start()
    assert len(screen.model.ids) == 100_000
    for number in (0, 50_000, 99_999):
        screen.table.go_to(number)
        screen.table.viewport().grab()
    assert sum(office.pages) <= 8 * PAGE
    last = screen.model.line(99_999)
    assert last is not None
    assert last.row.id == 100_000


def test_that_the_palette_finds_clients_and_opens_them(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    target = screen_of(app, qtbot).model.client(2)
    assert target is not None
    app.window.go("settings")
    line = app.window.palette_line
    line.start(target.name[:12].lower())
    qtbot.waitUntil(lambda: target.name in [row.title for row in line._model.rows], timeout=PATIENCE)
    number = [row.title for row in line._model.rows].index(target.name)
    line._take(number)
    settle(app, qtbot)
    assert app.window.history.here.at.client_id == target.id  # type: ignore[attr-defined]


def test_that_an_office_without_clients_offers_the_import_and_a_new_client(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    presenter = ClientsPresenter(screen, InstantRunner(), Office(count=0))
    screen.presenter = presenter
    screen.model._presenter = presenter
    presenter.start()
    assert screen.pane.state == "empty"
    assert not screen.pane.note.button.isHidden()
    assert not screen.pane.note.link.isHidden()
    assert screen.filters.facts.text() == ""


def test_that_names_of_two_hundred_characters_stay_in_their_columns(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = screen_of(app, qtbot)
    app.window.resize(910, 512)
    app.window.show()
    presenter = ClientsPresenter(screen, InstantRunner(), LongNames(count=3))
    screen.presenter = presenter
    screen.model._presenter = presenter
    presenter.start()
    table = screen.table
    shown = [n for n in range(len(cells.COLUMNS)) if not table.isColumnHidden(n)]
    assert sum(table.columnWidth(n) for n in shown) <= table.viewport().width()
    assert cells.NAME in shown
    assert cells.NEXT in shown
    table.viewport().grab()
    assert screen.model.data(screen.model.index(0, cells.NAME)) == LONG


def test_that_a_column_stays_as_wide_as_it_was_dragged(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, view="clients")
    table = screen_of(app, qtbot).table
    usual = table.columnWidth(cells.TURNOVER)
    table.kept.dragged(cells.TURNOVER, usual + 30)
    qtbot.waitUntil(lambda: table.kept.widths == {cells.TURNOVER: usual + 30}, timeout=PATIENCE)
    table.fit()
    assert table.columnWidth(cells.TURNOVER) == usual + 30
    app.window.close()
    again = opened(None, view="clients")
    assert screen_of(again, qtbot).table.columnWidth(cells.TURNOVER) == usual + 30
