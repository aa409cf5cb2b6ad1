"""The calendar's presenter on a real store, without widgets: both ways of moving end in the same rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crmdesk.domain.calendar import CalendarPage, Days, Hint, Key, Span
from crmdesk.domain.lists import Role
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import clients, tasks, users
from crmdesk.services.office import Desk
from crmdesk.system.errors import OutsideError
from crmdesk.ui.calendar.office import OfficeCalendar
from crmdesk.ui.calendar.presenter import CalendarPresenter
from crmdesk.ui.calendar.state import CalendarState, Carried, Phase, Slot, carried_of
from crmdesk.ui.office import Office
from tests.ui.runners import InstantRunner

TODAY = date(2026, 11, 2)  # a Monday
WEDNESDAY = TODAY + timedelta(2)  # a holiday in Russia
THURSDAY = TODAY + timedelta(3)


class Shown:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.states: list[CalendarState] = []
        self.news: list[tuple[str, dict[str, object]]] = []

    def show_state(self, state: CalendarState) -> None:
        self.states.append(state)

    def told(self, key: str, values: dict[str, object]) -> None:
        self.news.append((key, values))


@pytest.fixture
def desk(sqlite_office: Desk) -> Desk:
    """The office as its manager ivanova sees it."""
    sqlite_office.me = users.find(sqlite_office, "ivanova")
    return sqlite_office


class Bench:
    """A presenter and what stands around it."""

    def __init__(self, desk: Desk, kept: dict[str, object] | None = None) -> None:
        self.desk = desk
        self.runner = InstantRunner()
        self.view = Shown()
        self.kept: list[dict[str, object]] = []
        office = OfficeCalendar(Office(desk, ""))
        self.presenter = CalendarPresenter(self.view, self.runner, office, desk.clock, kept, self.kept.append)
        self.client = clients.save(desk, replace(clients.new_form(desk), name="ООО «Лист»", manager_id=desk.me.id)).id

    def add(self, title: str, day: date = TODAY, time: int | None = 600, **more: object) -> TaskRow:
        return tasks.add(self.desk, self.client, "visit", day, title, time=time, **more)  # type: ignore[arg-type]

    def choose(self, task: TaskRow) -> None:
        self.presenter.select(Key("task", task.id))
        assert self.presenter.chosen is not None

    def stored(self, task: TaskRow) -> tuple[date | None, int | None, int | None]:
        now = tasks.get(self.desk, task.id)
        return now.due_day, now.due_time, now.minutes


@pytest.fixture
def bench(desk: Desk) -> Bench:
    return Bench(desk)


def test_that_a_manager_sees_his_own_week_with_loads_and_late_ones(bench: Bench) -> None:
    bench.add("замер")
    bench.add("раньше", TODAY - timedelta(4))
    bench.presenter.start()
    state = bench.presenter.state
    assert state.phase is Phase.READY
    assert (state.whose, state.may_choose) == (bench.desk.me.id, False)
    assert state.loads == {TODAY: 90}
    assert [one.title for one in state.late] == ["раньше"]
    assert state.counts == (1, 0)


def test_that_a_supervisor_sees_a_manager_s_calendar_first_and_chooses_another_or_all(sqlite_office: Desk) -> None:
    sqlite_office.me = users.find(sqlite_office, "petrov")
    bench = Bench(sqlite_office)
    presenter = bench.presenter
    presenter.start()
    first = next(user for user in presenter.state.people if user.id == presenter.state.whose)
    assert first.role is Role.MANAGER
    presenter.choose(None)
    assert presenter.state.whose is None
    assert bench.kept[-1] == {"span": "week", "whose": None}
    again = Bench(sqlite_office, dict(bench.kept[-1]))
    again.presenter.start()
    assert again.presenter.state.whose is None


def test_that_carrying_by_mouse_and_by_keys_gives_the_same_rows(bench: Bench) -> None:
    one, other = bench.add("мышью", minutes=60), bench.add("клавишами", minutes=60)
    presenter = bench.presenter
    presenter.start()
    entry = presenter.state.entry(Key("task", one.id))
    assert entry is not None
    presenter.select_slot(TODAY, 660, 60)
    presenter.pick_up(carried_of(entry))
    assert presenter.state.slot is None
    presenter.carry(THURSDAY, 668)  # in the midst of a quarter of an hour
    presenter.put_down()
    bench.choose(other)
    chosen = presenter.chosen
    assert chosen is not None
    presenter.pick_up(carried_of(chosen))
    for _ in range(3):
        presenter.nudge(days=1)
    for _ in range(5):
        presenter.nudge(quarters=1)
    presenter.put_down()
    assert bench.stored(one) == bench.stored(other) == (THURSDAY, 675, 60)
    assert [key for key, _ in bench.view.news] == ["moved", "moved"]
    assert tasks.get(bench.desk, one.id).moved_count == tasks.get(bench.desk, other.id).moved_count == 1


def test_that_alt_and_arrows_move_at_once_and_a_length_stays_unsaid(bench: Bench) -> None:
    task = bench.add("замер")
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    assert presenter.chosen is not None
    presenter.move(presenter.chosen, days=1)
    presenter.move(presenter.chosen, quarters=-1)
    assert bench.stored(task) == (TODAY + timedelta(1), 585, None)
    assert presenter.state.selected == Key("task", task.id)


def test_that_a_task_moved_beyond_the_week_takes_the_view_along(bench: Bench) -> None:
    task = bench.add("замер", TODAY + timedelta(6))
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    assert presenter.chosen is not None
    presenter.move(presenter.chosen, days=1)
    assert bench.stored(task) == (TODAY + timedelta(7), 600, None)
    assert TODAY + timedelta(7) in presenter.state.days
    assert presenter.chosen is not None
    assert presenter.chosen.day == TODAY + timedelta(7)


def test_that_an_edge_is_stretched_to_a_quarter_and_the_other_edge_stays(bench: Bench) -> None:
    task = bench.add("замер", minutes=60)
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    assert presenter.chosen is not None
    presenter.pick_up(carried_of(presenter.chosen))
    presenter.stretch(end=706)
    presenter.put_down()
    assert bench.stored(task) == (TODAY, 600, 105)
    presenter.pick_up(carried_of(presenter.chosen))
    presenter.stretch(begin=540)
    presenter.put_down()
    assert bench.stored(task) == (TODAY, 540, 165)
    presenter.pick_up(carried_of(presenter.chosen))
    presenter.nudge(longer=-2)
    presenter.put_down()
    assert bench.stored(task) == (TODAY, 540, 135)


def test_that_something_may_lose_its_time_and_get_one_again(bench: Bench) -> None:
    task = bench.add("замер")
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    for expected in (None, 540):
        assert presenter.chosen is not None
        presenter.pick_up(carried_of(presenter.chosen))
        presenter.to_whole_day()
        presenter.put_down()
        assert bench.stored(task)[1] == expected


def test_that_esc_leaves_everything_as_it_was(bench: Bench) -> None:
    task = bench.add("замер")
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    assert presenter.chosen is not None
    presenter.pick_up(carried_of(presenter.chosen))
    presenter.nudge(days=1, quarters=4)
    presenter.let_go()
    presenter.put_down()
    assert presenter.state.ghost is None
    assert bench.stored(task) == (TODAY, 600, None)
    assert bench.view.news == []


def test_that_the_ghost_says_the_day_s_load_and_what_is_to_be_known(bench: Bench) -> None:
    bench.add("занято", THURSDAY, 600, minutes=300)
    task = bench.add("замер", minutes=90)
    presenter = bench.presenter
    presenter.start()
    bench.choose(task)
    assert presenter.chosen is not None
    presenter.pick_up(carried_of(presenter.chosen))
    presenter.carry(WEDNESDAY, 600)
    ghost = presenter.state.ghost
    assert ghost is not None
    assert (ghost.becomes, ghost.hints) == (90, (Hint.HOLIDAY,))
    presenter.carry(THURSDAY, 630)
    ghost = presenter.state.ghost
    assert ghost is not None
    assert (ghost.becomes, ghost.hints) == (390, (Hint.BUSY, Hint.OVERLOAD))
    presenter.carry(TODAY, 600)
    ghost = presenter.state.ghost
    assert ghost is not None
    assert (ghost.becomes, ghost.hints) == (90, ())


def test_that_a_client_dropped_on_a_day_gets_a_visit_there(bench: Bench) -> None:
    presenter = bench.presenter
    presenter.start()
    presenter.pick_up(Carried(bench.client, "ООО «Лист»", "visit", 90), THURSDAY, 600)
    presenter.carry(THURSDAY, 900)
    presenter.put_down()
    (entry,) = presenter.state.by_day[THURSDAY]
    assert (entry.client_id, entry.kind, entry.time, entry.minutes) == (bench.client, "visit", 900, 90)
    assert entry.manager_id == bench.desk.me.id
    assert bench.view.news == [("added", {"n": 1, "clients": [bench.client]})]


def test_that_a_move_is_seen_at_once_and_taken_back_when_it_is_refused(bench: Bench) -> None:
    task = bench.add("замер")
    presenter, runner = bench.presenter, bench.runner
    presenter.start()
    bench.choose(task)
    tasks.complete(bench.desk, task.id)  # by somebody else
    runner.hold = True
    assert presenter.chosen is not None
    presenter.move(presenter.chosen, days=1)
    assert [one.title for one in presenter.state.by_day[TODAY + timedelta(1)]] == ["замер"]
    assert presenter.state.loads == {TODAY + timedelta(1): 90}
    runner.let_go()
    assert [key for key, _ in bench.view.news] == ["failed"]
    assert [one.done for one in presenter.state.by_day[TODAY]] == [True]
    assert TODAY + timedelta(1) not in presenter.state.by_day


def test_that_an_answer_asked_for_before_a_move_does_not_take_it_back(bench: Bench) -> None:
    task = bench.add("замер")
    presenter, runner = bench.presenter, bench.runner
    presenter.start()
    bench.choose(task)
    runner.hold = True
    presenter.load()
    assert presenter.chosen is not None
    presenter.move(presenter.chosen, days=1)
    older = runner.held.pop(0)
    older()
    assert [one.title for one in presenter.state.by_day.get(TODAY + timedelta(1), ())] == ["замер"]
    runner.let_go()
    assert bench.stored(task)[0] == TODAY + timedelta(1)


def test_that_the_late_ones_are_spread_after_a_look_and_left_on_a_no(bench: Bench) -> None:
    late = [bench.add(str(n), TODAY - timedelta(1), None) for n in range(5)]
    presenter = bench.presenter
    presenter.start()
    presenter.plan_late()
    assert len(presenter.state.plan) == 5
    assert [bench.stored(task)[0] for task in late] == [TODAY - timedelta(1)] * 5
    presenter.drop_plan()
    assert presenter.state.plan == ()
    presenter.plan_late()
    presenter.agree()
    days = [bench.stored(task)[0] for task in late]
    assert all(day is not None and day >= TODAY and day != WEDNESDAY for day in days)
    assert presenter.state.late == ()
    assert bench.view.news[-1][0] == "spread"


def test_that_arrows_walk_entries_days_and_weeks(bench: Bench) -> None:
    first, second = bench.add("1", time=540), bench.add("2", time=900)
    other = bench.add("3", TODAY + timedelta(1), 840)
    presenter = bench.presenter
    presenter.start()
    presenter.walk(entries=1)
    assert presenter.state.selected == Key("task", first.id)
    presenter.walk(entries=1)
    presenter.walk(entries=1)  # there is no further one
    assert presenter.state.selected == Key("task", second.id)
    presenter.walk(days=1)
    assert presenter.state.selected == Key("task", other.id)
    presenter.walk(days=1)
    assert (presenter.state.selected, presenter.state.slot) == (None, Slot(WEDNESDAY, 840))
    presenter.walk(days=-1)
    presenter.walk(days=-1)
    presenter.walk(days=-1)
    assert presenter.state.days.first == TODAY - timedelta(7)


def test_that_a_work_week_is_left_over_the_weekend(bench: Bench) -> None:
    presenter = bench.presenter
    presenter.start()
    presenter.show(Span.WORK, TODAY + timedelta(4))
    presenter.walk(days=1)
    assert presenter.state.days.first == TODAY + timedelta(7)
    assert presenter.state.slot == Slot(TODAY + timedelta(7))


def test_that_views_are_kept_and_paged(bench: Bench) -> None:
    presenter = bench.presenter
    presenter.start()
    presenter.show(Span.MONTH)
    assert presenter.state.days.first == date(2026, 10, 26)
    presenter.turn(1)
    assert presenter.state.day == date(2026, 12, 2)
    presenter.go_today()
    assert presenter.state.day == TODAY
    assert bench.kept[-1]["span"] == "month"


def test_that_a_failed_reading_says_so_and_the_next_one_mends_it(desk: Desk) -> None:
    class Cut(OfficeCalendar):
        """A line to the base that can be cut."""

        cut = True

        def page(self, days: Days, manager: int | None) -> CalendarPage:
            if self.cut:
                raise OutsideError("no_answer")
            return super().page(days, manager)

    office = Cut(Office(desk, ""))
    presenter = CalendarPresenter(Shown(), InstantRunner(), office, desk.clock)
    presenter.start()
    assert presenter.state.phase is Phase.FAILED
    assert isinstance(presenter.state.error, OutsideError)
    office.cut = False
    presenter.load()
    assert (presenter.state.phase, presenter.state.error) == (Phase.READY, None)
