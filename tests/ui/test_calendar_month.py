"""The month: what has room in a cell, moving by mouse and keys, the list of a day, and five thousand entries."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.app import App
from crmdesk.domain import calendar
from crmdesk.domain.calendar import CalendarPage, Entry, Key, Mark, Span, What, mark_of
from crmdesk.system.jobs import NO_JOB
from crmdesk.ui.calendar.month import MonthGrid
from crmdesk.ui.calendar.month_layout import HEAD, LINE, TOP, laid_out, lines_of
from crmdesk.ui.calendar.printing import paper_name, paper_span
from crmdesk.ui.calendar.screen import CalendarScreen
from tests.conftest import NOW
from tests.documents.pages import page_texts
from tests.ui.conftest import Opened, settle

TODAY = NOW.date()
DAYS = calendar.days_of(Span.MONTH, TODAY)


def entry(number: int, day: date = TODAY, at: int | None = None, **values: Any) -> Entry:
    usual = {"what": What.TASK, "kind": "call", "client_id": 1, "client": "ООО «Ромашка»", "title": "макет"}
    return Entry(id=number, day=day, time=at, minutes=30, **{**usual, **values})


def month_of(entries: list[Entry], width: int = 926, height: int = 544) -> Any:
    return laid_out(DAYS.all(), calendar.by_day(entries), TODAY, width, height)


# where things lie ----------------------------------------------------------------------------------


@given(st.integers(320, 2000), st.integers(240, 1400))
def test_that_the_cells_cover_the_month_without_gaps(width: int, height: int) -> None:
    month = month_of([], width, height)
    assert len(DAYS.all()) == 42
    for day in DAYS.all():
        cell = month.cell(day)
        assert month.day_at(cell.center().x(), cell.center().y()) == day
        if day + timedelta(7) in DAYS:
            assert month.cell(day + timedelta(7)).top() == cell.bottom()
        if day.weekday() < 6:
            assert month.cell(day + timedelta(1)).left() == cell.right()
    assert month.cell(DAYS.first - timedelta(1)) is None and month.day_at(5, 5) is None


@given(st.integers(0, 30), st.integers(240, 1400))
def test_that_every_entry_is_seen_or_counted_and_none_leaves_its_cell(count: int, height: int) -> None:
    month = month_of([entry(n) for n in range(count)], height=height)
    hidden = month.more[TODAY][1] if TODAY in month.more else 0
    assert len(month.boxes) + hidden == count
    cell = month.cell(TODAY)
    boxes = [*month.boxes.values(), *(box for box, _ in month.more.values())]
    assert all(cell.contains(box) for box in boxes) or cell.height() < TOP + LINE
    assert len({box.top() for box in boxes}) <= lines_of(cell.height())
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_that_what_is_wrong_is_seen_first_and_what_is_done_last() -> None:
    day = TODAY - timedelta(1)
    done, left, broken = entry(1, day, done=True), entry(2, day), entry(3, day, promise=True)
    month = month_of([done, left, broken])
    assert [mark_of(one, TODAY) for one in month.shown[day]] == [Mark.BROKEN, Mark.LEFT, Mark.DONE]


# on the screen -------------------------------------------------------------------------------------


def screen(opened: Opened, demo: str, qtbot: Any) -> tuple[App, CalendarScreen, MonthGrid]:
    app = opened(demo, view="calendar", login="kovaleva")
    found: Any = app.window.screens["calendar"]
    found.presenter.show(span=Span.MONTH)
    settle(app, qtbot)
    QApplication.processEvents()
    grid = found.pane
    assert isinstance(grid, MonthGrid)
    return app, found, grid


def movable(grid: MonthGrid, *, timed: bool) -> Entry:
    return next(
        one
        for key in grid.month.boxes
        if (one := grid.shown.entry(key)) is not None
        and one.movable and (one.time is not None) is timed and one.day.weekday() < 3 and one.day in grid.shown.days
    )  # fmt: skip


def mouse(grid: MonthGrid, kind: Any, at: QPoint, down: bool) -> None:
    left = Qt.MouseButton.LeftButton
    held = left if down else Qt.MouseButton.NoButton
    place = QPointF(grid.viewport().mapToGlobal(at))
    button = Qt.MouseButton.NoButton if kind == QMouseEvent.Type.MouseMove else left
    QApplication.sendEvent(
        grid.viewport(), QMouseEvent(kind, QPointF(at), place, button, held, Qt.KeyboardModifier.NoModifier)
    )


@pytest.mark.gui
@pytest.mark.parametrize("timed", [True, False])
def test_that_dragging_to_another_day_keeps_the_time_and_alt_arrow_does_the_same(
    opened: Opened, demo: str, qtbot: Any, timed: bool
) -> None:
    app, view, grid = screen(opened, demo, qtbot)
    one = movable(grid, timed=timed)
    begin = grid.month.boxes[one.key].center().toPoint()
    target = one.day + timedelta(2)
    cell = grid.month.cell(target)
    assert cell is not None
    mouse(grid, QMouseEvent.Type.MouseButtonPress, begin, True)
    mouse(grid, QMouseEvent.Type.MouseMove, cell.center().toPoint() - QPoint(3, 3), True)
    mouse(grid, QMouseEvent.Type.MouseMove, cell.center().toPoint(), True)
    assert grid.shown.ghost is not None and grid.shown.ghost.day == target
    assert words_in(grid.accessibleDescription(), str(target.day))
    mouse(grid, QMouseEvent.Type.MouseButtonRelease, cell.center().toPoint(), False)
    settle(app, qtbot)
    assert stored(view, one) == (target, one.time)
    view.presenter.select(one.key)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(app, qtbot)
    assert stored(view, one) == (target - timedelta(1), one.time)
    QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(app, qtbot)
    assert stored(view, one) == (target + timedelta(6), one.time)


def stored(view: CalendarScreen, one: Entry) -> tuple[date | None, int | None]:
    task = view.verbs.task(one)
    return task.due_day, task.due_time


def words_in(text: str, part: str) -> bool:
    return part in text.replace("\u00a0", " ")


@pytest.mark.gui
def test_that_escape_leaves_what_is_carried_where_it_was(opened: Opened, demo: str, qtbot: Any) -> None:
    app, view, grid = screen(opened, demo, qtbot)
    one = movable(grid, timed=True)
    begin = grid.month.boxes[one.key].center().toPoint()
    mouse(grid, QMouseEvent.Type.MouseButtonPress, begin, True)
    mouse(grid, QMouseEvent.Type.MouseMove, begin + QPoint(200, 60), True)
    assert grid.shown.ghost is not None
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    mouse(grid, QMouseEvent.Type.MouseButtonRelease, begin + QPoint(200, 60), False)
    settle(app, qtbot)
    assert grid.shown.ghost is None and stored(view, one) == (one.day, one.time)


@pytest.mark.gui
def test_that_more_opens_the_days_list_and_enter_there_chooses(opened: Opened, demo: str, qtbot: Any) -> None:
    _, view, grid = screen(opened, demo, qtbot)
    day, (box, hidden) = next(iter(grid.month.more.items()))
    mouse(grid, QMouseEvent.Type.MouseButtonPress, box.center().toPoint(), True)
    mouse(grid, QMouseEvent.Type.MouseButtonRelease, box.center().toPoint(), False)
    listed = grid.day_list
    assert listed is not None and listed.isVisible() and listed.day == day
    assert len(listed.entries.entries) == len(grid.month.shown[day]) + hidden
    listed.rows.setCurrentIndex(listed.entries.index(len(listed.entries.entries) - 1, 0))
    QTest.keyClick(listed.rows, Qt.Key.Key_Return)
    assert not listed.isVisible()
    assert view.presenter.chosen == listed.entries.entries[-1]
    assert grid.visualRect(grid.currentIndex()).isValid()  # the «more» that hides it


def listed_day(view: Any, grid: Any) -> tuple[Any, Entry]:
    """The list of a day that has something to move, standing on it."""
    today = view.presenter.state.today
    day = next(one.day for one in grid.entries.entries if one.movable and one.day > today)
    grid.show_list(day)
    listed = grid.day_list
    row, entry = next((n, one) for n, one in enumerate(listed.entries.entries) if one.movable)
    listed.rows.setCurrentIndex(listed.entries.index(row, 0))
    return listed, entry


@pytest.mark.gui
def test_that_the_keys_of_the_month_move_what_stands_in_the_days_list(opened: Opened, demo: str, qtbot: Any) -> None:
    app, view, grid = screen(opened, demo, qtbot)
    listed, entry = listed_day(view, grid)
    QTest.keyClick(listed.rows, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(app, qtbot)
    assert not listed.isVisible() and stored(view, entry)[0] == entry.day + timedelta(days=1)


@pytest.mark.gui
def test_that_an_entry_is_pulled_out_of_the_days_list_to_another_day(opened: Opened, demo: str, qtbot: Any) -> None:
    app, view, grid = screen(opened, demo, qtbot)
    listed, entry = listed_day(view, grid)
    rows = listed.rows
    begin = rows.visualRect(rows.currentIndex()).center()
    target = entry.day + timedelta(days=7)
    cell = next(place for place in cells(grid) if (slot := grid.slot_at(place)) is not None and slot.day == target)
    mouse(rows, QMouseEvent.Type.MouseButtonPress, begin, True)
    mouse(rows, QMouseEvent.Type.MouseMove, begin + QPoint(30, 30), True)
    assert view.presenter.state.ghost is not None and listed.y() < 0  # out of the way, the mouse still its
    mouse(rows, QMouseEvent.Type.MouseMove, rows.viewport().mapFromGlobal(cell), True)
    mouse(rows, QMouseEvent.Type.MouseButtonRelease, rows.viewport().mapFromGlobal(cell), False)
    settle(app, qtbot)
    assert not listed.isVisible() and stored(view, entry)[0] == target


def cells(grid: Any) -> list[QPoint]:
    """Places all over the month, on the screen."""
    view = grid.viewport()
    return [view.mapToGlobal(QPoint(x, y)) for y in range(10, view.height(), 40) for x in range(10, view.width(), 40)]


@pytest.mark.gui
def test_that_the_keys_reach_every_day_and_entry_and_screen_readers_hear_them(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    _, view, grid = screen(opened, demo, qtbot)
    model = grid.entries
    for row, one in enumerate(model.entries):
        text = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(text, str) and one.day.strftime("%d.%m") in text
    mondays = {one.key for one in model.entries if one.day.weekday() == 0}
    view.presenter.select_slot(DAYS.first)
    grid.setFocus()
    seen: set[Key] = set()
    for _ in range(400):
        QTest.keyClick(grid, Qt.Key.Key_Down)
        if view.presenter.state.days != DAYS:
            break
        if view.presenter.chosen is not None:
            seen.add(view.presenter.chosen.key)
    assert mondays and mondays <= seen


@pytest.mark.gui
def test_that_a_day_says_what_it_is_called_and_whom_it_greets(opened: Opened, demo: str, qtbot: Any) -> None:
    _, view, grid = screen(opened, demo, qtbot)
    view.presenter.select_slot(date(2026, 11, 4))
    assert "День народного единства" in grid.accessibleDescription()
    day, greeted = next((day, some) for day, some in view.presenter.state.greeted.items() if day.month == 11)
    view.presenter.select_slot(day)
    assert all(one.name("ru") in grid.accessibleDescription() for one in greeted)


@pytest.mark.gui
def test_that_a_double_press_on_an_empty_day_asks_for_something_new(opened: Opened, demo: str, qtbot: Any) -> None:
    _, _, grid = screen(opened, demo, qtbot)
    asked: list[Any] = []
    grid.wanted_slot.disconnect()
    grid.wanted_slot.connect(asked.append)
    day = next(day for day in DAYS.all() if day not in grid.shown.by_day)
    cell = grid.month.cell(day)
    assert cell is not None
    mouse(grid, QMouseEvent.Type.MouseButtonDblClick, cell.center().toPoint(), True)
    assert [slot.day for slot in asked] == [day]


@pytest.mark.gui
def test_that_five_thousand_entries_are_shown_and_carried_over_without_a_stall(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    _, view, grid = screen(opened, demo, qtbot)
    days = DAYS.all()
    entries = [entry(n, days[n % 42], (n * 15) % 1200, client=f"ООО «Клиент {n}»") for n in range(5000)]
    page = CalendarPage(DAYS, tuple(entries), norm=360)
    presenter = view.presenter
    presenter._got(page, presenter._written)
    grid.grab()
    longest = 0.0
    presenter.select(next(iter(grid.month.boxes)))
    for _ in range(6):
        begun = time.perf_counter()
        QTest.keyClick(grid, Qt.Key.Key_M if grid.shown.ghost is None else Qt.Key.Key_Right)
        grid.viewport().repaint()
        longest = max(longest, time.perf_counter() - begun)
    presenter.let_go()
    assert grid.shown.ghost is None
    assert longest < 0.1
    assert grid.viewport().height() == grid.height() - HEAD


# on paper ------------------------------------------------------------------------------------------


@pytest.mark.gui
@pytest.mark.parametrize(
    ("span", "name", "said"),
    [
        (Span.MONTH, "Календарь, Ноябрь 2026, Ковалёва", "Ноябрь 2026"),
        (Span.AGENDA, "Календарь, 2–8 ноября 2026, Ковалёва", "неделя 45"),
        (Span.DAY, "Календарь, Понедельник, 2 ноября 2026, Ковалёва", "2 ноября"),
    ],
)
def test_that_what_is_shown_is_what_is_printed(
    opened: Opened, demo: str, qtbot: Any, span: Span, name: str, said: str
) -> None:
    app, view, _ = screen(opened, demo, qtbot)
    view.presenter.show(span=span, day=TODAY)
    settle(app, qtbot)
    assert paper_name(app.kit.words, view.presenter.state).replace("\u00a0", " ") == name
    state = view.presenter.state
    pdf = view.verbs.pdf(paper_span(state), state.day, state.whose, "ru", NO_JOB, printed=False)
    assert said in page_texts(pdf)[0]
