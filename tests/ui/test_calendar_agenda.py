"""The list of days: what it shows, paging without gaps, moving by mouse and keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crmdesk.app import App
from crmdesk.domain.calendar import AGENDA_DAYS, Entry, Span
from crmdesk.ui.calendar.agenda import AgendaList, DayHead, Turn
from tests.conftest import NOW
from tests.ui.conftest import Opened, settle

TODAY = NOW.date()


def screen(opened: Opened, demo: str, qtbot: Any) -> tuple[App, Any, AgendaList]:
    app = opened(demo, view="calendar", login="kovaleva")
    app.window.resize(1366, 768)
    found: Any = app.window.screens["calendar"]
    found.presenter.show(span=Span.AGENDA)
    settle(app, qtbot)
    QApplication.processEvents()
    assert isinstance(found.pane, AgendaList)
    return app, found, found.pane


def movable(agenda: AgendaList) -> Entry:
    return next(
        line
        for line in agenda.lines.lines
        if isinstance(line, Entry) and line.movable and line.time is not None and line.day > TODAY
    )


@pytest.mark.gui
def test_that_every_day_with_something_and_today_stand_in_order_with_all_their_entries(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    _, view, agenda = screen(opened, demo, qtbot)
    lines, state = agenda.lines.lines, view.presenter.state
    assert lines[0] == Turn(-1) and lines[-1] == Turn(1)
    heads = [line.day for line in lines if isinstance(line, DayHead)]
    assert heads == sorted(heads) and TODAY in heads
    assert set(heads) == {TODAY, date(2026, 11, 4), *state.by_day}
    assert [line for line in lines if isinstance(line, Entry)] == [
        one for day in state.days.all() for one in state.by_day.get(day, ())
    ]
    for row in range(len(lines)):
        text = agenda.lines.data(agenda.lines.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        assert isinstance(text, str) and text


@pytest.mark.gui
def test_that_paging_leaves_no_day_out_whatever_is_chosen(opened: Opened, demo: str, qtbot: Any) -> None:
    app, view, agenda = screen(opened, demo, qtbot)
    first = view.presenter.state.days
    view.presenter.select(movable(agenda).key)
    agenda.setFocus()
    QTest.keyClick(agenda, Qt.Key.Key_PageDown)
    settle(app, qtbot)
    second = view.presenter.state.days
    assert second.first == first.last + timedelta(1) and len(second.all()) == AGENDA_DAYS
    agenda.setCurrentIndex(agenda.lines.index(0, 0))
    QTest.keyClick(agenda, Qt.Key.Key_Return)  # the line that leads to the weeks before
    settle(app, qtbot)
    assert view.presenter.state.days == first


@pytest.mark.gui
def test_that_a_row_dragged_to_another_day_keeps_its_time_and_alt_arrow_does_the_same(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app, view, agenda = screen(opened, demo, qtbot)
    one = movable(agenda)
    row = agenda.lines.rows[one.key]
    agenda.scrollTo(agenda.lines.index(row, 0), AgendaList.ScrollHint.PositionAtCenter)
    target = next(day for day in sorted(agenda.lines.heads) if day != one.day and day > TODAY)
    begin = agenda.visualRect(agenda.lines.index(row, 0)).center()
    end = agenda.visualRect(agenda.lines.index(agenda.lines.heads[target], 0)).center()

    def send(kind: Any, at: QPoint, button: Any, held: Any) -> None:
        place = QPointF(agenda.viewport().mapToGlobal(at))
        QApplication.sendEvent(
            agenda.viewport(), QMouseEvent(kind, QPointF(at), place, button, held, Qt.KeyboardModifier.NoModifier)
        )

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    send(QEvent.Type.MouseButtonPress, begin, left, left)
    for _ in range(2):
        send(QEvent.Type.MouseMove, end, none, left)
    agenda.grab()
    assert view.presenter.state.ghost is not None and str(target.day) in agenda.accessibleDescription()
    send(QEvent.Type.MouseButtonRelease, end, left, none)
    settle(app, qtbot)
    task = view.verbs.task(one)
    assert (task.due_day, task.due_time) == (target, one.time)
    view.presenter.select(one.key)
    agenda.setFocus()
    QTest.keyClick(agenda, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(app, qtbot)
    task = view.verbs.task(one)
    assert (task.due_day, task.due_time) == (target + timedelta(1), one.time)


@pytest.mark.gui
def test_that_the_arrows_walk_every_line_and_enter_acts_on_it(opened: Opened, demo: str, qtbot: Any) -> None:
    _, view, agenda = screen(opened, demo, qtbot)
    slots: list[Any] = []
    cards: list[Any] = []
    agenda.wanted_slot.disconnect()
    agenda.wanted_card.disconnect()
    agenda.wanted_slot.connect(slots.append)
    agenda.wanted_card.connect(cards.append)
    agenda.setCurrentIndex(agenda.lines.index(0, 0))
    walked = [0]
    for _ in agenda.lines.lines[1:]:
        QTest.keyClick(agenda, Qt.Key.Key_Down)
        walked.append(agenda.currentIndex().row())
        if not isinstance(agenda.lines.lines[walked[-1]], Turn):
            QTest.keyClick(agenda, Qt.Key.Key_Return)
    assert walked == list(range(len(agenda.lines.lines)))
    assert [slot.day for slot in slots] == list(agenda.lines.heads)
    assert [card.key for card in cards] == list(agenda.lines.rows)
