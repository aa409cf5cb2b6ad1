"""The rail of clients without a plan: what it shows, and the three ways from it to a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.app import App
from crmdesk.domain.calendar import Span
from crmdesk.domain.unplanned import Lack, PlanFact, Rail, Unplanned
from crmdesk.services import tasks
from crmdesk.system.i18n import words
from crmdesk.ui.calendar.rail import UnplannedRail, group, name, spoken, waits
from crmdesk.ui.calendar.rail_presenter import Head, More, RailPresenter, RailState, shares
from tests.ui.conftest import Opened, settle
from tests.ui.runners import InstantRunner

DAY = date(2026, 11, 26)


def row(number: int, lack: Lack = Lack.VISIT, days: int | None = 47, **values: Any) -> Unplanned:
    return Unplanned(number, f"ООО «Днепр {number}»", lack, "regular", days, 30, **values)


def rail(visits: int = 0, calls: int = 0, reprints: int = 0, **values: Any) -> Rail:
    counts = {Lack.VISIT: visits, Lack.CALL: calls, Lack.REPRINT: reprints}
    clients = [row(100 * n + i, lack) for n, (lack, count) in enumerate(counts.items()) for i in range(count)]
    usual = {"clients": tuple(clients), "counts": counts, "norm_days": {Lack.VISIT: 30, Lack.CALL: 15}}
    return Rail(**{**usual, **values})


# what is shown -------------------------------------------------------------------------------------


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(1, 40))
def test_that_the_room_is_shared_so_that_no_group_is_forgotten(
    visits: int, calls: int, reprints: int, room: int
) -> None:
    found = shares(rail(visits, calls, reprints), room)
    there = {Lack.VISIT: visits, Lack.CALL: calls, Lack.REPRINT: reprints}
    assert sum(found.values()) == min(room, sum(there.values()))
    assert all(found[lack] <= there[lack] for lack in Lack)
    if room >= 3:
        assert all(found[lack] for lack in Lack if there[lack])


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 30), st.booleans())
def test_that_every_client_is_shown_or_counted(visits: int, calls: int, room: int, unfolded: bool) -> None:
    lines = RailState(rail=rail(visits, calls), room=room, unfolded=unfolded).lines
    clients = [line for line in lines if isinstance(line, Unplanned)]
    left = next((line.count for line in lines if isinstance(line, More)), 0)
    assert len(clients) + left == visits + calls
    assert not unfolded or left == 0
    heads = [line.lack for line in lines if isinstance(line, Head)]
    assert heads == [lack for lack in Lack if any(client.lack is lack for client in clients)]


@pytest.mark.parametrize(
    ("lang", "head", "days", "weeks"),
    [
        ("ru", "ВВВ: нет визита 30 дней", "47 дн.", "≈ 2 нед."),
        ("uk", "ВВВ: немає візиту 30 днів", "47 дн.", "≈ 2 тиж."),
        ("en", "VVV: no visit for 30 days", "47 d", "≈ 2 wk"),
    ],
)
def test_that_the_rail_speaks_as_drawn(lang: str, head: str, days: str, weeks: str) -> None:
    said = words(lang)
    reprint = row(1, Lack.REPRINT, 14, product="Этикетка, плёнка")
    assert group(said, Head(Lack.VISIT, 30)) == head
    assert waits(said, row(1)).replace("\u00a0", " ") == days
    assert waits(said, reprint).replace("\u00a0", " ") == weeks
    assert name(reprint) == "Днепр 1: этикетка"
    assert "ООО «Днепр 1»" in spoken(said, reprint) and "плёнка" in spoken(said, reprint)


class Asked:
    def __init__(self) -> None:
        self.questions: list[tuple[int | None, date]] = []

    def rail(self, manager: int | None, day: date) -> Rail:
        self.questions.append((manager, day))
        return rail(2, plan=PlanFact(37, 31))


def test_that_it_asks_again_only_for_another_manager_or_month() -> None:
    office, states = Asked(), []
    presenter = RailPresenter(states.append, InstantRunner(), office)
    presenter.load()
    assert office.questions == []
    for whose, day in ((7, DAY), (7, DAY.replace(day=1)), (7, DAY.replace(month=12)), (None, DAY.replace(month=12))):
        presenter.of(whose, day)
    assert [whose for whose, _ in office.questions] == [7, 7, None]
    assert presenter.state.plan == PlanFact(37, 31)
    assert RailState(rail=rail(2)).plan is None


# on the screen -------------------------------------------------------------------------------------


def screen(opened: Opened, demo: str, qtbot: Any, span: Span = Span.MONTH) -> tuple[App, Any, UnplannedRail]:
    app = opened(demo, view="calendar", login="kovaleva")
    app.window.resize(1366, 768)
    found: Any = app.window.screens["calendar"]
    found.presenter.show(span=span)
    settle(app, qtbot)
    QApplication.processEvents()
    assert found.rail.isVisible() and found.rail.width() == 232
    return app, found, found.rail


def choose(found: UnplannedRail) -> tuple[int, Unplanned]:
    place = next(n for n, line in enumerate(found.lines.lines) if isinstance(line, Unplanned))
    found.list.setCurrentIndex(found.lines.index(place, 0))
    line = found.lines.lines[place]
    assert isinstance(line, Unplanned)
    return place, line


def planned(app: App, line: Unplanned, before: frozenset[int]) -> Any:
    office = app.window.office
    assert office is not None
    found = [task for task in tasks.due(office.desk, until=date(2027, 3, 1)) if task.client_id == line.client_id]
    (new,) = [task for task in found if task.id not in before]
    return new


def known(app: App, line: Unplanned) -> frozenset[int]:
    office = app.window.office
    assert office is not None
    found = tasks.due(office.desk, until=date(2027, 3, 1))
    return frozenset(task.id for task in found if task.client_id == line.client_id)


@pytest.mark.gui
def test_that_a_client_carried_to_a_day_gets_a_task_there_and_leaves_the_rail(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app, view, found = screen(opened, demo, qtbot)
    place, line = choose(found)
    before = known(app, line)
    target = date(2026, 11, 12)
    grid = view.pane
    source = found.list.viewport()
    begin = found.list.visualRect(found.lines.index(place, 0)).center()
    end = grid.viewport().mapToGlobal(grid.month.cell(target).center().toPoint())

    def send(kind: Any, at: QPoint, button: Any, held: Any) -> None:
        place = QPointF(source.mapToGlobal(at))
        QApplication.sendEvent(
            source, QMouseEvent(kind, QPointF(at), place, button, held, Qt.KeyboardModifier.NoModifier)
        )

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, begin, left, left)
    for _ in range(2):
        send(QEvent.Type.MouseMove, source.mapFromGlobal(end), none, left)
    assert view.presenter.state.ghost is not None and view.presenter.state.ghost.day == target
    send(QEvent.Type.MouseButtonRelease, source.mapFromGlobal(end), left, none)
    settle(app, qtbot)
    new = planned(app, line, before)
    assert (new.due_day, new.kind) == (target, "call")
    assert line.client_id not in [one.client_id for one in found.lines.lines if isinstance(one, Unplanned)]


@pytest.mark.gui
def test_that_the_keys_carry_a_client_to_a_day_as_the_mouse_does(opened: Opened, demo: str, qtbot: Any) -> None:
    app, view, found = screen(opened, demo, qtbot)
    _, line = choose(found)
    before = known(app, line)
    day = view.presenter.state.day
    QTest.keyClick(found.list, Qt.Key.Key_M)
    grid = view.pane
    for _ in range(2):
        QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    settle(app, qtbot)
    assert planned(app, line, before).due_day == day.replace(day=day.day + 2)


@pytest.mark.gui
def test_that_enter_opens_the_form_of_that_client(opened: Opened, demo: str, qtbot: Any) -> None:
    app, _, found = screen(opened, demo, qtbot, Span.WEEK)
    asked: list[Any] = []
    found.planned.connect(asked.append)
    _, line = choose(found)
    QTest.keyClick(found.list, Qt.Key.Key_Return)
    settle(app, qtbot)
    assert [(one.client_id, one.kind) for one in asked] == [(line.client_id, "call")]


@pytest.mark.gui
def test_that_the_arrows_skip_the_heads_and_the_last_line_unfolds(opened: Opened, demo: str, qtbot: Any) -> None:
    _, _, found = screen(opened, demo, qtbot)
    found.presenter.has_room(3)
    assert isinstance(found.lines.lines[-1], More)
    QTest.keyClick(found.list, Qt.Key.Key_Home)
    walked = []
    for _ in range(len(found.lines.lines)):
        walked.append(found.list.chosen)
        QTest.keyClick(found.list, Qt.Key.Key_Down)
    assert not any(isinstance(line, Head) for line in walked) and isinstance(walked[-1], More)
    QTest.keyClick(found.list, Qt.Key.Key_Return)
    shown = [line for line in found.lines.lines if isinstance(line, Unplanned)]
    rail = found.presenter.state.rail
    assert rail is not None and len(shown) == len(rail.clients)


@pytest.mark.gui
def test_that_a_narrow_window_gives_the_rails_room_to_the_days_until_it_is_asked_for(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app, view, found = screen(opened, demo, qtbot)
    app.window.resize(910, 512)
    QApplication.processEvents()
    assert not found.isVisible()
    view.toggle_rail()
    assert found.isVisible()
    view.toggle_rail()
    assert not found.isVisible()
