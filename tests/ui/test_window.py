"""The whole window on a real office: it opens, shows the sheet, opens what is behind, speaks three languages."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from sqlalchemy import event

from crmdesk.app import App
from crmdesk.domain.sheet import Sort
from crmdesk.system.i18n import words
from crmdesk.ui.frame import shape
from crmdesk.ui.sheet.columns import Kind
from crmdesk.ui.sheet.presenter import Phase
from crmdesk.ui.sheet.screen import SheetScreen
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.today.head import TodayHead
from crmdesk.ui.views import VIEWS
from tests.system.catalogues import all_used
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.stalls import MOST, Stalls
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.gui


def sheet_of(app: App) -> SheetScreen:
    screen = app.window.screens["sheet"]
    assert isinstance(screen, SheetScreen)
    return screen


def texts(widget: QWidget) -> list[str]:
    """Every word a person may see or hear in a window."""
    found: list[str] = [widget.windowTitle()]
    for one in [widget, *widget.findChildren(QWidget)]:
        found += [one.toolTip(), one.accessibleName()]
        if isinstance(one, QLabel | QAbstractButton):
            found.append(one.text())
        if isinstance(one, QLineEdit):
            found.append(one.placeholderText())
        if isinstance(one, QComboBox):
            found += [one.itemText(i) for i in range(one.count())]
        found += [action.text() for action in one.actions()]
    return [text.strip().replace("&", "") for text in found if text.strip()]


def test_that_the_window_opens_an_office_and_shows_its_sheet(opened: Opened, demo: str) -> None:
    app = opened(demo)
    state = sheet_of(app).presenter.state
    assert state.phase is Phase.READY
    assert state.sheet is not None
    assert sheet_of(app).table.model.rowCount() == len(state.sheet.rows) + 5
    assert "Печатный двор" in app.window.windowTitle()
    assert "ДЕМО" in app.window.windowTitle()


def test_that_the_last_office_opens_next_time(opened: Opened, demo: str, qtbot: Any) -> None:
    opened(demo)
    again = opened(None)
    settle(again, qtbot)
    assert again.window.office is not None
    assert again.window.office.address == demo


def test_that_a_cell_is_the_sum_of_what_it_opens(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    cells = screen.table.model.cells
    assert cells is not None
    for column, one in enumerate(cells.columns):
        if one.kind is not Kind.FACTOR or one.factor != "turnover":
            continue
        row = cells.sheet.rows[2]
        screen.table.open(screen.table.model.index(2, column))
        qtbot.waitUntil(lambda: screen.presenter.state.records is not None, timeout=PATIENCE)
        records = screen.presenter.state.records or ()
        assert sum(record.amount or 0 for record in records) == (row.figures[one.factor][one.place] or 0)
        assert app.window.inspector.isVisible()
        assert app.window.inspector.page is not None
        assert app.window.inspector.page.title == row.name


def test_that_every_kind_of_cell_and_every_figure_opens_something(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    cells = screen.table.model.cells
    assert cells is not None
    alarmed = next(number for number, row in enumerate(cells.sheet.rows) if row.alarms)
    for column in range(len(cells.columns)):
        screen.table.open(screen.table.model.index(alarmed, column))
        qtbot.waitUntil(lambda: screen.presenter.state.records is not None, timeout=PATIENCE)
    for figure in screen.head.figures.values():
        figure.click()
        qtbot.waitUntil(lambda: screen.presenter.state.records is not None, timeout=PATIENCE)
        page = app.window.inspector.page
        assert page is not None
        assert page.title
    assert screen.presenter.state.phase is Phase.READY
    press(app.window, Qt.Key.Key_Escape)
    assert not app.window.inspector.isVisible()
    assert screen.presenter.state.cell is None


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_that_no_english_is_left_after_a_switch(opened: Opened, demo: str, lang: str, qtbot: Any) -> None:
    app = opened(demo, lang="en")
    app.window.go("settings")
    settle(app, qtbot)
    app.window.go("sheet")
    sheet_of(app).table.open(sheet_of(app).table.model.index(0, 1))
    settle(app, qtbot)
    app.kit.language.use(lang)
    settle(app, qtbot)
    spoken = words(lang)
    english = {
        phrase.one
        for phrase in all_used()
        if phrase.context is None and phrase.many is None and spoken.gettext(phrase.one) != phrase.one
    }
    assert [text for text in texts(app.window) if text in english] == []
    assert [action.text() for action in app.window.menuBar().actions()][0] == spoken.gettext("&File")


def test_that_everything_the_keyboard_reaches_has_a_name(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    nameless: list[str] = []
    for view in ("sheet", "clients", "settings"):
        app.window.go(view)
        settle(app, qtbot)
        for widget in app.window.findChildren(QWidget):
            reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton | QLabel) and widget.text())
            if reached and not named:
                nameless.append(f"{view}: {type(widget).__name__} {widget.objectName()}")
    assert nameless == []


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
@pytest.mark.parametrize("size", [(910, 512), (1366, 768), (1920, 1080)])
def test_that_no_figure_of_the_head_is_cut(
    opened: Opened, demo: str, lang: str, size: tuple[int, int], qtbot: Any
) -> None:
    app = opened(demo, lang=lang)
    screen = sheet_of(app)
    app.window.resize(*size)
    for inspected in (False, True):
        if inspected and size[0] > 1000:  # in a small window the pane lies over the page
            screen.table.open(screen.table.model.index(0, 1))
        settle(app, qtbot)
        figures = [one for one in screen.head.figures.values() if one.isVisible()]
        assert len(figures) == 7
        assert [one.label for one in figures if one.width() < one.wanted(low=one.low) - 2] == []
        facts = screen._facts
        assert width(facts.shown) < facts.width()


def test_that_the_whole_sheet_fits_a_large_screen(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    app.window.resize(1920, 1080)
    settle(app, qtbot)
    cells = screen.table.model.cells
    assert cells is not None
    assert screen.table.right.horizontalScrollBar().maximum() == 0
    for number, column in enumerate(cells.columns):
        wide = max(screen.table.left.columnWidth(number), screen.table.right.columnWidth(number))
        assert width(column.head, 12, 500) <= wide, column.head


def test_that_no_manager_and_no_head_is_cut_in_the_overview(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    screen.presenter.choose(manager=None)
    settle(app, qtbot)
    overview = screen.overview
    for column in range(overview.overview.columnCount()):
        texts = [str(overview.overview.index(row, column).data()) for row in range(overview.overview.rowCount())]
        assert max(width(text, 13, 400) for text in texts) + 16 <= overview.columnWidth(column)


def test_that_no_button_is_cut(opened: Opened, demo: str) -> None:
    for lang in ("ru", "uk", "en"):
        app = opened(demo, lang=lang)
        app.window.resize(1366, 768)
        QApplication.processEvents()
        cut = [
            button.text()
            for button in app.window.findChildren(QAbstractButton)
            if button.isVisible() and button.metaObject().className() == "Button"
            if button.width() < button.sizeHint().width()
        ]
        assert cut == []


def test_that_the_store_is_never_asked_on_the_windows_thread(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    assert app.window.office is not None
    engine = app.window.office.desk.store.engine
    here: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if threading.current_thread() is threading.main_thread():
            here.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    try:
        screen = sheet_of(app)
        screen.presenter.choose(months=3)
        settle(app, qtbot)
        screen.table.open(screen.table.model.index(0, 7))
        settle(app, qtbot)
        screen.presenter.choose(manager=None)
        settle(app, qtbot)
        app.window.go("settings")
        settle(app, qtbot)
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert here == []


def test_that_the_window_never_stalls_in_a_journey(opened: Opened, demo: str, qtbot: Any, stalls: Stalls) -> None:
    """The UI thread's own time between two turns of the event loop; a busy machine does not count, work does."""
    app = opened(demo)
    screen = sheet_of(app)
    stalls.start()
    for choice in ({"months": 12}, {"sort": Sort.IMPORTANCE}, {"months": 6}):
        screen.presenter.choose(**choice)
        settle(app, qtbot)
    screen.table.open(screen.table.model.index(1, 8))
    settle(app, qtbot)
    stalls.stop()
    assert stalls.longest < MOST, f"{stalls.longest:.0f} ms in one turn"


def test_that_going_from_view_to_view_stalls_nowhere(opened: Opened, demo: str, qtbot: Any, stalls: Stalls) -> None:
    app = opened(demo, view="settings")
    slow: dict[str, float] = {}
    for _ in range(2):  # the first time a screen is built, the second time it is shown again
        for view in (view.name for view in VIEWS if view.in_rail):
            stalls.start()
            app.window.go(view)
            settle(app, qtbot)
            stalls.stop()
            if stalls.longest >= MOST:
                slow[view] = stalls.longest
    assert slow == {}


def test_that_the_probe_hears_a_stall(qapp: QApplication, qtbot: Any, stalls: Stalls) -> None:
    stalls.start()
    busy = time.thread_time() + 0.12
    QTimer.singleShot(0, lambda: [None for _ in iter(lambda: time.thread_time() < busy, False)])
    qtbot.waitUntil(lambda: stalls.longest > MOST, timeout=PATIENCE)


def test_that_panes_collapse_in_a_small_window(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.resize(910, 512)
    QApplication.processEvents()
    assert app.window.width() == 910
    assert app.window.rail.width() < 60
    sheet_of(app).table.open(sheet_of(app).table.model.index(0, 1))
    settle(app, qtbot)
    assert app.window.inspector.width() > 600
    press(app.window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert sheet_of(app).isVisible()


def test_that_a_window_whose_screen_is_gone_comes_back(opened: Opened, demo: str, qapp: QApplication) -> None:
    app = opened(demo)
    app.window.setGeometry(QRect(9000, 9000, 900, 600))
    shape.keep(app.window, app.kit.settings)
    again = opened(None)
    screen = qapp.primaryScreen().availableGeometry()
    assert screen.intersects(again.window.frameGeometry())


def test_that_keys_lead_about(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.activateWindow()
    press(app.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier, text=",")
    assert app.window.here == "settings"
    press(app.window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier, text="7")
    assert app.window.here == "sheet"
    press(app.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert app.window.here == "settings"
    press(app.window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert app.window.here == "sheet"
    places = []
    for _ in range(4):
        press(app.window, Qt.Key.Key_F6)
        places.append(id(app.window.focusWidget()))
    assert len(set(places)) == 4
    press(app.window, Qt.Key.Key_F6)
    assert id(app.window.focusWidget()) == places[0]


def test_that_the_palette_goes_where_it_says_and_gives_the_keyboard_back(opened: Opened, demo: str) -> None:
    app = opened(demo)
    app.window.activateWindow()
    before = app.window.focusWidget()
    press(app.window, 0x041B, Qt.KeyboardModifier.ControlModifier, text="л")
    field = app.window.palette_line.field
    assert field.hasFocus()
    type_text(field, "настр")
    assert app.window.palette_line.popup.isVisible()
    press(field, Qt.Key.Key_Escape)
    assert app.window.focusWidget() is before
    press(app.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, text="k")
    type_text(field, "yfcnh")  # «настр» in the Latin layout
    press(field, Qt.Key.Key_Return)
    assert app.window.here == "settings"


def test_that_every_command_has_a_menu_and_every_key_one_command(opened: Opened, demo: str) -> None:
    app = opened(demo)
    in_menus = {action for menu in app.window.menuBar().actions() for action in menu.menu().actions()}
    keys: dict[str, str] = {}
    for command in app.kit.commands:
        assert app.kit.commands.action(command.name) in in_menus
        assert app.kit.commands.title(command.name)
        for sequence in app.kit.commands.action(command.name).shortcuts():
            assert keys.setdefault(sequence.toString(), command.name) == command.name


def test_that_the_models_of_the_sheet_are_sound(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(screen.table.model, mode)]
    testers.append(QAbstractItemModelTester(screen.overview.overview, mode))
    testers.append(QAbstractItemModelTester(app.window.inspector.records.model(), mode))
    testers.append(QAbstractItemModelTester(app.window.palette_line.list.model(), mode))
    screen.presenter.choose(manager=None)
    settle(app, qtbot)
    screen.presenter.choose(manager=screen.presenter.state.people[1].id, months=1, ahead=0)
    settle(app, qtbot)
    assert screen.overview.overview.rowCount() > 1
    assert len(testers) == 4


def test_that_both_halves_of_the_sheet_scroll_as_one(opened: Opened, demo: str) -> None:
    app = opened(demo)
    app.window.resize(1000, 600)
    QApplication.processEvents()
    table = sheet_of(app).table
    left, right = table.left.verticalScrollBar(), table.right.verticalScrollBar()
    assert table.right.horizontalScrollBar().maximum() > 0
    right.setValue(right.maximum())
    assert left.value() == right.value() == left.maximum()
    left.setValue(0)
    assert right.value() == 0


def test_that_a_sheet_without_alarms_and_plans_fits_a_narrow_window(opened: Opened, demo: str) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    app.window.resize(1000, 600)
    sheet = screen.presenter.state.sheet
    assert sheet is not None
    rows = tuple(replace(row, alarms=(), plan=tuple(() for _ in row.plan)) for row in sheet.rows)
    screen.table.show_sheet(replace(sheet, rows=rows))
    assert screen.table.model.rowCount() == len(rows) + 5


def test_that_every_view_that_was_open_can_be_said_in_another_language_from_any_view(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo, view="today", login="kovaleva")
    for name in ("today", "clients", "calendar", "settings"):
        app.window.go(name)
        settle(app, qtbot)
    head = app.window.screens["today"].findChild(TodayHead)
    assert head is not None
    for lang in ("uk", "en", "ru"):
        app.kit.language.use(lang)
        settle(app, qtbot)
        assert head.print_tool.accessibleName() == app.kit.words.gettext("Print the day")


def test_that_an_office_that_opens_takes_the_keyboard_from_nobody_who_types(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    window = opened(demo, view="today", login="kovaleva").window
    window.show()
    window.activateWindow()
    office, field = window.office, window.palette_line.field
    assert office is not None
    window.leave()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=PATIENCE)
    type_text(field, "театр")
    window.enter(office)
    assert window.focusWidget() is field
    field.clear()
    window.leave()
    window.enter(office)
    assert window.focusWidget() is not field
