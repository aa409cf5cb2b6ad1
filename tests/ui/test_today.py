"""Today: what its lines say, what pressing and typing does, and that it never keeps anybody waiting."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu

from crmdesk.app import App
from crmdesk.domain.day import Day, DayBirthday, DayTask, ImportantClient
from crmdesk.domain.load import Plan
from crmdesk.domain.quiet import QuietClient
from crmdesk.domain.tasks import TaskRow, is_open
from crmdesk.services import content, interactions, tasks, users
from crmdesk.services import day as day_service
from crmdesk.services.office import Desk
from crmdesk.system.i18n import LANGUAGES, words
from crmdesk.system.settings import Settings
from crmdesk.ui.office import Office
from crmdesk.ui.task.next_step import NextStepRow
from crmdesk.ui.task.office import Answer
from crmdesk.ui.today.list import TodayModel
from crmdesk.ui.today.office import TodayOffice
from crmdesk.ui.today.presenter import TodayPresenter, TodayState
from crmdesk.ui.today.rows import FEW, Choice, Kind, Line, Section, lines_of, open_tasks
from crmdesk.ui.today.screen import TodayScreen
from crmdesk.ui.today.spread import SpreadDialog
from tests.domain.test_tasks import task
from tests.services.test_day import client_of
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.runners import InstantRunner
from tests.ui.typing import press

TODAY = date(2026, 11, 26)
RU = words("ru")


def lines(day: Day, now: int = 600, choice: Choice | None = None, lang: str = "ru") -> list[Line]:
    return lines_of(day, now, choice or Choice(), words(lang), "RUB")


def timed(*at: int) -> tuple[DayTask, ...]:
    return tuple(DayTask(task(id=n, due_day=TODAY, due_time=n, promise=False)) for n in at)


# what the lines say --------------------------------------------------------------------------------------


def test_that_the_line_of_now_stands_between_what_was_and_what_comes() -> None:
    day = Day(TODAY, 1, timed=timed(540, 570, 660))
    assert [line.key for line in lines(day)[1:]] == [("task", 540), ("task", 570), ("now", 0), ("task", 660)]
    assert lines(day, 1200)[-1].kind is Kind.NOW and lines(day, 0)[1].kind is Kind.NOW
    assert lines(day)[3].when == "10:00"


def test_that_only_a_broken_promise_is_red() -> None:
    late = TODAY - timedelta(days=3)
    broken, call = (
        DayTask(task(id=1, due_day=late)),
        DayTask(task(id=2, due_day=late, promise=False)),
    )
    head, first, second = lines(Day(TODAY, 1, late=(broken, call)))
    assert head.client == "Не сделано раньше" and [link.name for link in head.links] == ["spread", "release"]
    assert first.when_token == "over" and first.chip == ("circle-alert", "3 дня", "over")
    assert second.when_token == "muted" and second.chip is None and second.icon == "phone"


def test_that_a_done_task_says_what_it_led_to() -> None:
    done = task(id=1, due_day=TODAY, due_time=540, promise=False, done_at=datetime(2026, 11, 26, 6, tzinfo=UTC))
    after = DayTask(done, next_kind="visit", next_due=date(2026, 12, 4))
    ended = DayTask(done._replace(id=2), result="call_no_need")
    nothing = DayTask(done._replace(id=3, no_next_reason="Закрылись"))
    found = [line for line in lines(Day(TODAY, 1, timed=(after, ended, nothing))) if line.task]
    result = content.word("contact_result", "call_no_need", "ru")
    assert [line.right for line in found] == ["→ визит 04.12", result, "Закрылись"]
    assert all(line.done and line.icon_token == "muted" for line in found)


def test_that_only_who_watches_is_told_how_often_a_task_was_moved() -> None:
    day = Day(TODAY, 1, late=(DayTask(task(due_day=TODAY - timedelta(9), promise=False, moved_count=4)),))
    assert lines(day)[1].right == ""
    assert lines(day, choice=Choice(watches=True))[1].right == "перенесено 4 раза"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_clients_and_birthdays_say_why_they_are_there(lang: str) -> None:
    w = words(lang)
    important = ImportantClient(
        5, "Днепр", "vip", "VVV", "steady", TODAY - timedelta(47), TODAY - timedelta(47), None, 24, None
    )
    day = Day(
        TODAY, 1, birthdays=(DayBirthday(1, 4, "Фаянс", "Сидоров Пётр", TODAY + timedelta(1), 40),),
        unplanned=(important,), quiet=(QuietClient(6, "Ситец", "ivanova", 0.9, 60, 20, 1000_00),),
    )  # fmt: skip
    by_kind = {line.kind: line for line in lines(day, lang=lang)}
    birthday, vip, quiet = by_kind[Kind.BIRTHDAY], by_kind[Kind.IMPORTANT], by_kind[Kind.QUIET]
    assert birthday.when == w.gettext("tomorrow") and "40" in birthday.words and birthday.links[0].name == "greet"
    assert vip.when.startswith("VIP · 47") and "24" in vip.words and vip.filled and vip.links[0].name == "plan"
    assert quiet.when.startswith("60") and "20" in quiet.words and "₽" in quiet.words


def test_that_long_sections_show_a_few_and_all_when_asked_and_fold() -> None:
    clients = tuple(
        ImportantClient(n, f"К{n}", "vip", "CCC", "steady", None, None, None, None, None) for n in range(FEW + 4)
    )
    day = Day(TODAY, 1, unplanned=clients)
    assert len(lines(day)) == 1 + FEW and lines(day)[0].links[0].text == f"Все {FEW + 4}"
    assert len(lines(day, choice=Choice(unfolded=frozenset({Section.IMPORTANT})))) == 1 + FEW + 4
    assert len(lines(day, choice=Choice(folded=frozenset({Section.IMPORTANT})))) == 1


def test_that_the_model_changes_only_what_differs(qapp: QApplication) -> None:
    model = TodayModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.set(lines(Day(TODAY, 1, timed=timed(540, 570, 660))))
    inserted.clear()
    kept = model.index(4)
    model.set(lines(Day(TODAY, 1, timed=timed(540, 570, 600, 660)), now=605))
    assert len(inserted) <= 2 and kept.isValid()
    assert [line.key for line in model.lines[1:]] == [("task", n) for n in (540, 570, 600)] + [
        ("now", 0),
        ("task", 660),
    ]
    model.set([])
    assert model.rowCount() == 0
    tester.deleteLater()


# the presenter -------------------------------------------------------------------------------------------


class Shown:
    """Where the presenter shows its state."""

    def __init__(self) -> None:
        self.states: list[TodayState] = []
        self.said: list[str] = []
        self.errors: list[Exception] = []
        self.plan: Plan | None = None

    def show_state(self, state: TodayState) -> None:
        self.states.append(state)

    def happened(self, what: str, tasks: Sequence[TaskRow]) -> None:
        self.said.append(what)

    def refused(self, error: Exception) -> None:
        self.errors.append(error)

    def show_plan(self, plan: Plan, tasks: Sequence[TaskRow]) -> None:
        self.plan = plan


@pytest.fixture
def at_work(sqlite_office: Desk, tmp_path: Path) -> Any:
    """A manager with a client, a late promise and a call of today; the presenter over it."""
    manager = users.find(sqlite_office, "ivanova")
    client = client_of(sqlite_office, manager.id, "Ромашка")
    sqlite_office.me = manager
    today = sqlite_office.clock.today()
    late = tasks.add(sqlite_office, client, "other", today - timedelta(days=3), "Смета", promise=True)
    call = tasks.add(sqlite_office, client, "call", today, "Тираж", time=660)
    shown, runner = Shown(), InstantRunner()
    told: list[set[int]] = []
    office = TodayOffice(Office(sqlite_office, "office"))
    presenter = TodayPresenter(
        shown, runner, office, Settings(tmp_path / "s.json"), lambda ids: (told.append(set(ids)), presenter.load())
    )
    presenter.start()
    return presenter, shown, runner, told, late, call


def test_that_done_is_seen_at_once_and_asks_what_is_next(at_work: Any) -> None:
    presenter, shown, runner, told, late, call = at_work
    runner.hold = True
    presenter.toggle(call)
    assert presenter.state.day.done == 1 and presenter.state.asking == call.id
    runner.let_go()
    assert not is_open(tasks.get(presenter.office._desk, call.id)) and told == [{call.client_id}]
    assert presenter.state.asking == call.id and shown.said == ["done"]
    day = presenter.office.today() + timedelta(days=3)
    presenter.answer(call.id, Answer(step=_step(day)))
    assert shown.said[-1] == "planned"
    (contact,) = presenter.office.card(call.client_id).interactions
    presenter.answer(call.id, Answer(result="call_quote"))
    assert presenter.office.card(call.client_id).interactions[0].result == "call_quote"
    assert interactions.rung_of("call_quote") and contact.resume == "Тираж"
    presenter.toggle(presenter.state.day.timed[0].task)
    assert presenter.state.day.done == 0 and shown.said[-1] == "reopened"


def _step(day: date) -> Any:
    from crmdesk.domain.interactions import NextStep

    return NextStep("call", day, "Дальше")


def test_that_a_refused_done_is_taken_back_from_the_screen(at_work: Any) -> None:
    presenter, shown, _, _, _, call = at_work
    tasks.release(presenter.office._desk, call.id, "не нужно")
    presenter.toggle(call)
    assert shown.errors[0].key == "task_not_open" and presenter.state.day.done == 0  # type: ignore[attr-defined]
    assert presenter.state.asking is None


def test_that_tasks_are_moved_released_and_spread(at_work: Any) -> None:
    presenter, shown, _, _, late, call = at_work
    desk = presenter.office._desk
    today = presenter.office.today()
    presenter.move_by([late], 1)
    assert tasks.get(desk, late.id).due_day == today + timedelta(days=1)
    presenter.move([late, call], today - timedelta(days=1))
    presenter.plan_spread([tasks.get(desk, late.id), tasks.get(desk, call.id)])
    assert shown.plan is not None and len(shown.plan.moves) == 2
    presenter.spread(shown.plan)
    assert all(tasks.get(desk, one.id).due_day >= today for one in (late, call))
    presenter.release([late], "передумали")
    assert shown.said == ["moved", "moved", "spread", "released"]
    assert tasks.get(desk, late.id).release_reason == "передумали"


def test_that_folds_are_kept_and_midnight_is_another_day(at_work: Any, tmp_path: Path) -> None:
    presenter, shown, runner, _, _, call = at_work
    presenter.fold(Section.LATE)
    again = TodayPresenter(shown, runner, presenter.office, Settings(tmp_path / "s.json"), lambda ids: None)
    assert again.state.choice.folded == {Section.LATE}
    desk = presenter.office._desk
    tomorrow = datetime(2026, 11, 3, 0, 1)
    desk.clock = type(desk.clock).at(tomorrow, desk.clock.zone)
    presenter.tick()
    assert presenter.state.day.day == tomorrow.date() and presenter.state.now == 1
    assert call.id in {one.task.id for one in presenter.state.day.late}


def test_that_a_failure_is_shown_and_the_day_stays(at_work: Any) -> None:
    presenter, shown, _, _, _, _ = at_work
    from crmdesk.system.errors import OutsideError

    before = presenter.state.day
    presenter._failed(OutsideError("no_answer", seconds=5))
    assert presenter.state.day is before and presenter.state.error is not None
    presenter.load()
    assert presenter.state.error is None


# the screen ----------------------------------------------------------------------------------------------


def screen_of(app: App) -> TodayScreen:
    screen = app.window.screens["today"]
    assert isinstance(screen, TodayScreen)
    return screen


def go_to_open(screen: TodayScreen, section: Section | None = None) -> Line:
    line = next(
        one for one in screen.list.model_.lines if open_tasks([one]) and (section is None or one.section is section)
    )
    screen.list.go_to(line.key)
    return line


@pytest.fixture
def at(opened: Opened, demo: str, qtbot: Any) -> tuple[App, TodayScreen]:
    app = opened(demo, view="today", login="kovaleva")
    settle(app, qtbot)
    return app, screen_of(app)


def test_that_space_does_a_task_and_digits_answer_in_its_line(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    line = go_to_open(screen)
    press(screen.list, Qt.Key.Key_Space, text=" ")
    settle(app, qtbot)
    (question,) = screen.list.findChildren(NextStepRow)
    assert line.client in question.question and screen.focusWidget() is question
    press(question, Qt.Key.Key_2, text="2")
    settle(app, qtbot)
    desk = app.window.office.desk
    assert not is_open(tasks.get(desk, line.task.id))
    assert screen.presenter.state.asking is None and screen.list.hasFocus()
    assert any(one.title == line.task.title and one.due_day == date(2026, 11, 5) for one in tasks.due(desk, desk.me.id))
    assert screen.list.model_.lines[screen.list.model_.row_of(line.key)].done


def test_that_an_open_question_survives_the_minute_and_a_reload(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    go_to_open(screen, Section.TIMED)
    press(screen.list, Qt.Key.Key_Space, text=" ")
    settle(app, qtbot)
    (question,) = screen.list.findChildren(NextStepRow)
    question.matter.setText("Начатое слово")
    screen.presenter._show(now=17 * 60)
    screen.presenter.load()
    settle(app, qtbot)
    assert screen.list.findChildren(NextStepRow) == [question] and question.matter.text() == "Начатое слово"
    press(question, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert screen.list.findChildren(NextStepRow) == []


def test_that_the_mouse_ticks_folds_and_presses_links(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    view = screen.list
    line = go_to_open(screen)
    box = view.visualRect(view.currentIndex())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, box.center().y()))
    settle(app, qtbot)
    assert not is_open(tasks.get(app.window.office.desk, line.task.id))
    head = next(one for one in view.model_.lines if one.kind is Kind.HEAD and one.section is Section.LATE)
    rect = view.visualRect(view.model_.index(view.model_.row_of(head.key)))
    area = view.link_areas(head, rect)[0]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    settle(app, qtbot)
    (dialog,) = screen.findChildren(SpreadDialog) or app.window.findChildren(SpreadDialog)
    late = [one.task.id for one in screen.presenter.state.day.late if is_open(one.task)]
    dialog._take()
    settle(app, qtbot)
    assert late and all(tasks.get(app.window.office.desk, task_id).due_day >= date(2026, 11, 2) for task_id in late)
    before = view.model_.rowCount()
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, view.visualRect(view.model_.index(0)).center().y())
    )
    assert view.model_.rowCount() < before


def test_that_keys_move_a_task_a_day_and_the_day_is_refreshed(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    line = go_to_open(screen, Section.TIMED)
    app.kit.commands.run("move-later")
    settle(app, qtbot)
    assert tasks.get(app.window.office.desk, line.task.id).due_day == date(2026, 11, 3)
    assert screen.list.model_.row_of(line.key) < 0 and screen.list.current() is not None
    assert "Перенесено" in app.window.banner.words


def test_that_another_current_line_is_told_when_all_lines_are_there(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    whole = list(screen.list.model_.lines)
    gone = go_to_open(screen, Section.LATE)
    fresh = [*(one for one in whole if one.key != gone.key), gone][-len(whole) + 2 :]
    seen: list[list[tuple[str, int]]] = []
    screen.list.turned.connect(lambda *_: seen.append([one.key for one in screen.list.model_.lines]))
    screen.list.show_lines(fresh[:-1], None)
    qtbot.waitUntil(lambda: bool(seen))
    assert all(keys == [one.key for one in fresh[:-1]] for keys in seen)


def test_that_one_undo_takes_back_a_whole_spread(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    before = {one.id: one.due_day for one in screen._late()}
    app.kit.commands.run("spread")
    settle(app, qtbot)
    (dialog,) = app.window.findChildren(SpreadDialog)
    dialog._take()
    settle(app, qtbot)
    assert len(before) > 1 and screen._late() == []
    app.kit.commands.run("undo")
    settle(app, qtbot)
    assert {one.id: one.due_day for one in screen._late()} == before


def test_that_the_context_menu_offers_what_the_keys_do(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    go_to_open(screen)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(screen.list, event)
    (menu,) = [one for one in screen.findChildren(QMenu) if one.isVisible()]
    shown = [action.text() for action in menu.actions() if action.text()]
    assert shown[0] == app.kit.commands.title("done") and len(shown) == 8
    menu.close()


def test_that_the_inspector_shows_the_client_and_closes_by_key(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    app.window.resize(1366, 768)
    line = go_to_open(screen, Section.LATE)
    qtbot.waitUntil(lambda: screen.presenter.state.card is not None, timeout=30_000)
    assert app.window.inspector.page.title == screen.presenter.state.card.form.name
    assert [text for text, _ in app.window.inspector.page.buttons] == ["Сделано", "Перенести…"]
    press(screen.list, Qt.Key.Key_Left)
    assert app.window.inspector.isHidden()
    press(screen.list, Qt.Key.Key_Right)
    settle(app, qtbot)
    assert not app.window.inspector.isHidden() and line.client_id is not None


def test_that_an_owner_chooses_whose_day_and_a_manager_does_not(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, view="today")
    settle(app, qtbot)
    screen = screen_of(app)
    assert not screen.head.whose.isHidden() and screen.head.whose.count() > 2
    other = screen.head.whose.itemData(1)
    screen.presenter.choose(other)
    settle(app, qtbot)
    assert screen.presenter.state.day.manager_id == other
    assert len(day_service.whose(app.window.office.desk)) == screen.head.whose.count()


def test_that_every_line_says_itself_and_nothing_is_cut_in_any_language(
    at: tuple[App, TodayScreen], qtbot: Any
) -> None:
    app, screen = at
    for lang in LANGUAGES:
        app.kit.language.use(lang)
        model = screen.list.model_
        for row, line in enumerate(model.lines):
            said = model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
            assert said == line.said and (said or line.kind is Kind.NOW)
        for size in ((1366, 768), (910, 512)):
            app.window.resize(*size)
            QApplication.processEvents()
            for widget in (screen.head.title, screen.head.new_button, screen.head.print_button):
                qtbot.waitUntil(
                    lambda one=widget: one.isHidden() or one.width() >= one.sizeHint().width(), timeout=PATIENCE
                )


def test_that_two_thousand_open_tasks_keep_nobody_waiting(at: tuple[App, TodayScreen], qtbot: Any) -> None:
    app, screen = at
    day = screen.presenter.state.day
    template = screen.presenter.state.day.late[0].task
    many = tuple(
        DayTask(template._replace(id=n + 1, due_day=TODAY - timedelta(days=40 + n % 300), done_at=None, done_day=None))
        for n in range(2000)
    )
    full = Day(day.day, day.manager_id, many, day.timed, day.untimed, clients=day.clients)
    done = many[1500].task._replace(done_day=day.day, done_at=datetime.now(UTC))
    longest = 0.0
    for work in (
        lambda: screen.presenter._got(full),
        QApplication.processEvents,
        lambda: screen.presenter._show(now=700),
        QApplication.processEvents,
        lambda: screen.list.go_to(("task", 1500)),
        QApplication.processEvents,
        lambda: screen.presenter._put(done, asking=None),
        QApplication.processEvents,
    ):  # fmt: skip
        began = time.thread_time()  # the machine may be busy with others
        work()
        longest = max(longest, time.thread_time() - began)
    assert screen.list.model_.rowCount() > 2000
    assert longest < 0.1
