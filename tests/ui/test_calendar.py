"""The calendar on the screen: mouse and keys on a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from crmdesk.app import App
from crmdesk.domain.calendar import Entry, Key, Span
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import clients, tasks
from crmdesk.services.office import Desk
from crmdesk.ui.calendar.screen import CalendarScreen
from crmdesk.ui.calendar.state import Slot
from crmdesk.ui.task.form import TaskForm
from tests.data.rows import add_task
from tests.ui.conftest import Opened, settle
from tests.ui.stalls import MOST, Stalls
from tests.ui.typing import press

TODAY = date(2026, 11, 2)  # a Monday, 09:30
TUESDAY, THURSDAY = TODAY + timedelta(1), TODAY + timedelta(3)
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
LEFT = Qt.MouseButton.LeftButton


class Day:
    """The window with its calendar, over an office of the test's own."""

    def __init__(self, app: App, qtbot: object) -> None:
        self.app, self.qtbot = app, qtbot
        app.window.resize(1366, 768)
        app.window.show()
        app.window.go("calendar")
        screen = app.window.screens["calendar"]
        assert isinstance(screen, CalendarScreen)
        self.screen = screen
        assert app.window.office is not None
        self.desk: Desk = app.window.office.desk
        self.client = clients.save(
            self.desk, replace(clients.new_form(self.desk), name="ООО «Лист»", manager_id=self.desk.me.id)
        ).id
        self.settle()
        screen.presenter.choose(self.desk.me.id)
        self.settle()

    def settle(self) -> None:
        settle(self.app, self.qtbot)

    def add(self, title: str, day: date = TODAY, time: int | None = 600, **more: object) -> TaskRow:
        task = tasks.add(self.desk, self.client, "visit", day, title, time=time, **more)  # type: ignore[arg-type]
        self.screen.presenter.load()
        self.settle()
        return task

    def entry(self, task: TaskRow) -> Entry:
        found = self.screen.presenter.state.entry(Key("task", task.id))
        assert found is not None
        return found

    def stored(self, task: TaskRow) -> tuple[date | None, int | None, int | None]:
        self.settle()
        now = tasks.get(self.desk, task.id)
        return now.due_day, now.due_time, now.minutes

    def place(self, day: date, minute: int | None) -> QPoint:
        """The place of the screen where a time of a day lies; without a time, the row of whole days."""
        grid = self.screen.grid
        column = grid.grid.column(day)
        assert column is not None
        x = int(grid.grid.lefts[column] + grid.grid.widths[column] / 2)
        y = -grid.grid.row_height // 2 if minute is None else int(grid.grid.y_of(minute)) - grid.verticalOffset()
        return grid.viewport().mapToGlobal(QPoint(x, y))

    def middle(self, task: TaskRow) -> QPoint:
        return self.screen.grid.rect_of(self.entry(task)).center()

    def drag(self, start: QPoint, *stops: QPoint, widget: QWidget | None = None, drop: bool = True) -> None:
        widget = widget or self.screen.grid.viewport()
        mouse(widget, QEvent.Type.MouseButtonPress, start)
        for stop in (start + QPoint(0, 30), *stops):
            mouse(widget, QEvent.Type.MouseMove, stop)
        if drop:
            mouse(widget, QEvent.Type.MouseButtonRelease, stops[-1])
            self.settle()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, text: str = "") -> None:
        press(self.screen.grid, key, held, text=text)
        self.settle()


def mouse(widget: QWidget, kind: QEvent.Type, place: QPoint) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    here = QPointF(widget.mapFromGlobal(place))
    event = QMouseEvent(kind, here, QPointF(place), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def day(opened: Opened, qtbot: object, sqlite_office: Desk) -> Day:
    address = sqlite_office.store.address
    return Day(opened(address), qtbot)


def test_that_an_entry_is_dragged_to_another_day_and_time_in_quarters(day: Day) -> None:
    task = day.add("замер", minutes=60)
    start = day.middle(task)
    held = day.place(TODAY, 600)
    day.drag(start, day.place(THURSDAY, 780) + (start - held) - QPoint(start.x() - held.x(), 0))
    assert day.stored(task) == (THURSDAY, 780, 60)
    assert day.entry(task).time == 780


def test_that_the_ghost_is_there_while_dragging_and_esc_ends_it(day: Day) -> None:
    task = day.add("замер")
    day.drag(day.middle(task), day.place(TUESDAY, 900), drop=False)
    ghost = day.screen.presenter.state.ghost
    assert ghost is not None
    assert ghost.day == TUESDAY
    press(day.screen.grid, Qt.Key.Key_Escape)
    assert day.screen.presenter.state.ghost is None
    mouse(day.screen.grid.viewport(), QEvent.Type.MouseButtonRelease, day.place(TUESDAY, 900))
    assert day.stored(task) == (TODAY, 600, None)


def test_that_an_entry_dragged_to_the_row_of_whole_days_loses_its_time_and_comes_back(day: Day) -> None:
    task = day.add("замер")
    day.drag(day.middle(task), day.place(TUESDAY, None))
    assert day.stored(task) == (TUESDAY, None, None)
    day.drag(day.middle(task), day.place(TUESDAY, 615), widget=day.screen.grid.heads)
    assert day.stored(task) == (TUESDAY, 615, None)


def test_that_its_edges_are_stretched(day: Day) -> None:
    task = day.add("замер", minutes=90)
    rect = day.screen.grid.rect_of(day.entry(task))
    day.drag(QPoint(rect.center().x(), rect.bottom() - 2), day.place(TODAY, 750))
    assert day.stored(task) == (TODAY, 600, 150)
    rect = day.screen.grid.rect_of(day.entry(task))
    day.drag(QPoint(rect.center().x(), rect.top() + 1), day.place(TODAY, 570))
    assert day.stored(task) == (TODAY, 570, 180)


def test_that_a_late_one_is_dragged_from_the_strip(day: Day) -> None:
    task = day.add("давно", TODAY - timedelta(5), None)
    (chip,) = day.screen.late.shown
    day.drag(chip.mapToGlobal(chip.rect().center()), day.place(THURSDAY, 660), widget=chip)
    assert day.stored(task) == (THURSDAY, 660, None)
    assert day.screen.late.isHidden()


def test_that_a_drop_outside_the_days_changes_nothing(day: Day) -> None:
    task = day.add("замер")
    outside = day.screen.grid.mapToGlobal(QPoint(10, 100))  # the hours at the left
    day.drag(day.middle(task), day.place(THURSDAY, 700), outside)
    assert day.stored(task) == (TODAY, 600, None)
    assert day.screen.presenter.state.ghost is None


def test_that_drawing_over_an_empty_stretch_opens_the_form_with_it(day: Day) -> None:
    day.drag(day.place(TUESDAY, 605), day.place(TUESDAY, 690))
    (form,) = [w for w in day.app.window.findChildren(TaskForm) if w.isVisible()]
    assert day.screen.presenter.state.slot == Slot(TUESDAY, 600, 90)
    assert (form.day.day, form.time.text()) == (TUESDAY, "10:00")
    form.reject()


def test_that_keys_carry_like_the_mouse_in_every_layout(day: Day) -> None:
    task = day.add("замер")
    for letter in "mMьЬ":
        day.screen.presenter.select(Key("task", task.id))
        day.key(Qt.Key.Key_unknown, text=letter)
        assert day.screen.presenter.state.ghost is not None
        day.key(Qt.Key.Key_Right)
        day.key(Qt.Key.Key_Escape)
        assert day.screen.presenter.state.ghost is None
    day.key(Qt.Key.Key_M, text="m")
    for _ in range(3):
        day.key(Qt.Key.Key_Right)
    day.key(Qt.Key.Key_Down)
    day.key(Qt.Key.Key_Down, SHIFT)
    day.key(Qt.Key.Key_Return)
    assert day.stored(task) == (THURSDAY, 615, 105)


def test_that_alt_with_arrows_moves_what_is_chosen_and_not_the_history(day: Day) -> None:
    task = day.add("замер")
    day.screen.presenter.select(Key("task", task.id))
    day.screen.grid.setFocus()
    day.key(Qt.Key.Key_Right, ALT)
    day.key(Qt.Key.Key_Down, ALT)
    assert day.stored(task) == (TUESDAY, 615, None)
    assert day.app.window.here == "calendar"


def test_that_the_keyboard_is_on_the_pane_from_the_first_moment(day: Day) -> None:
    for span in (Span.MONTH, Span.AGENDA, Span.WEEK):
        focused = day.app.window.focusWidget()
        assert focused is not None and focused is not day.screen.pane.parent()
        assert day.screen.pane.isAncestorOf(focused) or focused is day.screen.pane
        day.app.kit.commands.run(f"calendar-{span.value}")
        day.settle()


def test_that_what_is_told_of_an_entry_goes_with_its_page(day: Day) -> None:
    day.screen.show_beside(day.entry(day.add("замер")), QRect(10, 10, 50, 20))
    assert day.screen.popover.isVisible()
    day.key(Qt.Key.Key_PageDown)
    assert day.screen.popover.isHidden()


def test_that_today_is_a_key_in_every_layout_and_pages_are_turned(day: Day) -> None:
    for letter in "tTеЕ":
        day.key(Qt.Key.Key_PageDown)
        assert TODAY not in day.screen.presenter.state.days
        day.key(Qt.Key.Key_unknown, text=letter)
        assert day.screen.presenter.state.day == TODAY
    day.key(Qt.Key.Key_PageUp)
    day.key(Qt.Key.Key_Home)
    assert day.screen.presenter.state.day == TODAY


@pytest.mark.parametrize("span", [Span.DAY, Span.WORK, Span.WEEK])
def test_that_each_view_has_its_key_and_its_button(day: Day, span: Span) -> None:
    day.app.kit.commands.run(f"calendar-{span.value}")
    day.settle()
    assert day.screen.presenter.state.span is span
    assert day.screen.head.spans.buttons[span.value].isChecked()
    keys = [one.toString() for one in day.app.kit.commands.action(f"calendar-{span.value}").shortcuts()]
    assert keys == [f"Ctrl+Alt+{list(Span).index(span) + 1}"]


def test_that_done_asks_what_next_and_one_key_plans_it(day: Day) -> None:
    task = day.add("замер")
    day.screen.presenter.select(Key("task", task.id))
    day.app.kit.commands.run("done")
    day.settle()
    assert tasks.get(day.desk, task.id).done_day == TODAY
    assert day.screen.asked is not None
    row = day.screen.asked.row
    assert row.isVisible()
    press(row, Qt.Key.Key_1, text="1")
    day.settle()
    (following,) = tasks.due(day.desk, until=TODAY + timedelta(7))
    assert (following.due_day, following.client_id) == (TUESDAY, day.client)
    assert [one.id for one in day.screen.presenter.state.by_day[TUESDAY]] == [following.id]


def test_that_a_press_chooses_and_tells_and_a_second_one_elsewhere_closes(day: Day) -> None:
    task = day.add("замер")
    place = day.middle(task)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        mouse(day.screen.grid.viewport(), kind, place)
    assert day.screen.presenter.state.selected == Key("task", task.id)
    assert day.screen.popover.isVisible()
    assert "замер" in day.screen.popover.accessibleName()
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        mouse(day.screen.grid.viewport(), kind, day.place(THURSDAY, 905))
    assert day.screen.popover.isHidden()
    assert day.screen.presenter.state.slot == Slot(THURSDAY, 900)


def test_that_every_entry_is_told_to_those_who_cannot_see(day: Day) -> None:
    day.add("замер")
    day.add("без времени", TUESDAY, None)
    day.add("обещано", TUESDAY, 840, promise=True)
    tree = QAccessible.queryAccessibleInterface(day.screen.grid)
    names = [tree.child(n).text(QAccessible.Text.Name) for n in range(tree.childCount()) if tree.child(n) is not None]
    assert [name for name in names if name] == [
        "пн 02.11 10:00–11:30, Визит, ООО «Лист», замер",
        "вт 03.11, Визит, ООО «Лист», без времени",
        "вт 03.11 14:00–15:30, Визит, ООО «Лист», обещано, обещано",
    ]
    assert day.screen.grid.accessibleName() == "Календарь"


def test_that_a_refused_move_is_said_and_taken_back(day: Day) -> None:
    task = day.add("замер")
    tasks.complete(day.desk, task.id)
    day.screen.presenter.select(Key("task", task.id))
    day.key(Qt.Key.Key_Right, ALT)
    assert day.stored(task)[0] == TODAY
    assert "Ничего не изменено" in day.app.window.banner.words


def test_that_the_hours_of_work_are_seen_without_scrolling(day: Day) -> None:
    grid = day.screen.grid
    top, bottom = grid.verticalOffset(), grid.verticalOffset() + grid.viewport().height()
    assert top <= grid.grid.y_of(9 * 60)
    assert grid.grid.y_of(18 * 60) <= bottom


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (910, 512)])
@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
def test_that_nothing_of_the_head_is_cut(day: Day, size: tuple[int, int], lang: str) -> None:
    day.app.window.resize(*size)
    day.app.kit.language.use(lang)
    day.settle()
    head = day.screen.head
    shown = [w for w in (head.title, head.facts, head.today, head.spans, head.whose, head.whose_short, head.new,
                         head.new_short) if not w.isHidden()]  # fmt: skip
    for one in shown:
        assert one.width() >= one.sizeHint().width(), one
        assert one.geometry().right() <= head.width()
    spots = sorted((one.x(), one.x() + one.width()) for one in shown)
    assert all(before[1] <= after[0] for before, after in zip(spots, spots[1:], strict=False))


def test_that_ctrl_z_takes_a_move_back(day: Day) -> None:
    task = day.add("замер")
    day.screen.presenter.select(Key("task", task.id))
    day.key(Qt.Key.Key_Right, ALT)
    assert day.stored(task)[0] == TUESDAY
    day.app.kit.commands.run("undo")
    day.settle()
    assert day.stored(task) == (TODAY, 600, None)
    assert [one.title for one in day.screen.presenter.state.by_day[TODAY]] == ["замер"]


def test_that_five_thousand_entries_a_month_are_shown_walked_and_carried_without_a_stall(
    day: Day, stalls: Stalls
) -> None:
    with day.desk.store.write(user_id=day.desk.me.id, clock=day.desk.clock) as writing:
        for n in range(5000):
            add_task(
                writing, day.client, TODAY + timedelta(n % 28), manager_id=day.desk.me.id, due_time=480 + n * 7 % 600,
                title=f"дело {n}",
            )  # fmt: skip
    stalls.start()
    day.screen.presenter.load()
    day.settle()
    for _ in range(6):
        day.key(Qt.Key.Key_Right)
        day.key(Qt.Key.Key_Down)
    day.key(Qt.Key.Key_M, text="m")
    for _ in range(6):
        day.key(Qt.Key.Key_Down)
        day.screen.grid.viewport().repaint()
    day.key(Qt.Key.Key_Escape)
    stalls.stop()
    state = day.screen.presenter.state
    assert sum(len(entries) for entries in state.by_day.values()) >= 1250
    assert stalls.longest < MOST, f"{stalls.longest:.0f} ms in one turn"
