"""The reminders without a window: when it comes up, what is claimed, what happens when the store is gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from crmdesk.domain.reminders import (
    HORIZON,
    Agenda,
    Answer,
    Preferences,
    Snooze,
    TaskMoment,
    agenda,
    of_task,
    put_off,
    wall,
)
from crmdesk.domain.tasks import TaskRow
from crmdesk.system.errors import OutsideError
from crmdesk.ui.reminders.presenter import RemindersPresenter, RemindersState
from crmdesk.ui.task.office import Answer as Answer_
from tests.ui.runners import InstantRunner

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 2)


class Book:
    """The rules over tasks in memory: what the service does with a store."""

    zone: tzinfo = MOSCOW

    def __init__(self, times: Sequence[int]) -> None:
        self.clock = wall(TODAY, 8 * 60, MOSCOW)
        self.tasks = {n: TaskMoment(n, n, f"Клиент {n}", "call", "", False, TODAY, t) for n, t in enumerate(times)}
        self.answers: dict[str, Answer] = {}
        self.gone = False
        self.followed: list[tuple[int, Answer_]] = []
        self.asked = 0

    def now(self) -> datetime:
        return self.clock

    def coming(self, wanted: Preferences, now: datetime) -> Agenda:
        self.asked += 1
        if self.gone:
            raise OutsideError("connection_lost", address="server")
        occasions = [one for task in self.tasks.values() for one in of_task(task, wanted, MOSCOW)]
        return agenda(occasions, self.answers, now, MOSCOW)[0]

    def claim(self, keys: Collection[str], now: datetime) -> set[str]:
        ours = {
            key for key in keys if key not in self.answers or (self.answers[key].snoozed_until or now + HORIZON) <= now
        }
        self.answers |= {key: Answer(shown_at=now) for key in ours}
        return ours

    def snooze(self, keys: Collection[str], choice: Snooze, wanted: Preferences) -> datetime:
        until = put_off(choice, self.clock, wanted, MOSCOW)
        self.answers |= {key: Answer(snoozed_until=until) for key in keys}
        return until

    def dismiss(self, keys: Collection[str]) -> None:
        self.answers |= {key: Answer(dismissed_at=self.clock) for key in keys}

    def follow(self, task_id: int, answer: Answer_) -> None:
        self.followed.append((task_id, answer))

    def done(self, task_ids: Sequence[int], keys: Collection[str]) -> tuple[TaskRow, ...]:
        if self.gone:
            raise OutsideError("connection_lost", address="server")
        for task_id in task_ids:
            del self.tasks[task_id]
        return ()


class Screen:
    """A window that only remembers."""

    def __init__(self) -> None:
        self.is_open = False
        self.appeared: list[datetime] = []
        self.state: RemindersState | None = None
        self.told: list[tuple[str, int]] = []

    def show_state(self, state: RemindersState) -> None:
        self.state = state

    def appear(self) -> None:
        assert self.state is not None
        self.appeared.append(self.state.now)

    def wrote(self, verb: str, clients: Sequence[int | None]) -> None:
        self.told.append((verb, len(clients)))

    def ask_next(self, task: TaskRow | None) -> None:
        assert task is None, "no task of this book comes back as a row"


class Day:
    """A person's day: the thread's sleep is followed moment by moment."""

    def __init__(self, times: Sequence[int], wanted: Preferences | None = None) -> None:
        self.book, self.screen, self.runner = Book(times), Screen(), InstantRunner()
        self.wanted = wanted or Preferences(leads={})
        self.next: datetime | None = None
        self.presenter = RemindersPresenter(self.screen, self.runner, self.book, lambda: self.wanted, self._sleep)
        self.presenter.look()

    def _sleep(self, moment: datetime | None) -> None:
        self.next = moment

    def until(self, minutes: int, day: int = 0) -> None:
        end = wall(TODAY + timedelta(days=day), minutes, MOSCOW)
        while self.next is not None and self.next <= end:
            self.book.clock = max(self.next, self.book.clock)
            self.next = None
            self.presenter.look()
        self.book.clock = end

    @property
    def times(self) -> list[str]:
        return [f"{at.astimezone(MOSCOW):%H:%M}" for at in self.screen.appeared]


def test_that_the_window_comes_up_when_something_is_due() -> None:
    day = Day([10 * 60, 12 * 60])
    day.until(11 * 60)
    assert day.times == ["09:55"]
    day.until(13 * 60)
    assert day.times == ["09:55", "11:55"]


def test_that_200_at_once_are_one_window() -> None:
    day = Day([10 * 60] * 200)
    day.until(18 * 60)
    assert day.times == ["09:55"]
    assert day.screen.state is not None
    assert len(day.screen.state.standing) == 200


def test_that_what_comes_within_five_minutes_comes_along() -> None:
    day = Day([10 * 60, 10 * 60 + 4, 10 * 60 + 6])
    day.until(10 * 60 - 5)
    assert day.screen.state is not None
    assert len(day.screen.state.standing) == 2
    day.until(18 * 60)
    assert day.times == ["09:55", "10:01"]
    assert len(day.screen.state.standing) == 3


def test_that_an_open_window_takes_what_is_new_and_does_not_come_up_again() -> None:
    day = Day([10 * 60, 12 * 60])
    day.until(10 * 60)
    day.screen.is_open = True
    day.until(12 * 60)
    assert day.times == ["09:55"]
    assert len(day.book.answers) == 2


def test_that_quiet_hours_only_put_it_off() -> None:
    day = Day([10 * 60], Preferences(leads={}, quiet_from=9 * 60, quiet_to=11 * 60))
    day.until(18 * 60)
    assert day.times == ["11:00"]


def test_that_a_wanted_silence_ends_with_what_was_missed() -> None:
    day = Day([10 * 60])
    day.until(9 * 60 + 30)
    until = day.presenter.quiet(Snooze.HOUR)
    assert until == wall(TODAY, 10 * 60 + 30, MOSCOW)
    day.until(18 * 60)
    assert day.times == ["10:30"]
    day.presenter.quiet(None)
    assert day.presenter.state.quiet_until is None


def test_that_snoozing_and_doing_empty_the_window_at_once() -> None:
    day = Day([10 * 60, 10 * 60])
    day.until(10 * 60)
    first, second = day.presenter.state.standing
    day.presenter.snooze([first], Snooze.MINUTES_15)
    day.presenter.done([second])
    assert day.presenter.state.standing == ()
    assert day.screen.told == [("snoozed", 1), ("done", 1)]
    day.until(10 * 60 + 20)
    assert day.presenter.state.standing == (first,)
    assert day.times == ["09:55", "10:15"]


def test_that_a_store_that_is_gone_is_asked_again_and_nothing_is_lost() -> None:
    day = Day([10 * 60])
    day.until(9 * 60)
    day.book.gone = True
    before = day.book.asked
    day.until(12 * 60)
    assert isinstance(day.presenter.state.error, OutsideError)
    assert before < day.book.asked < before + 60  # later and later, not in a hurry
    day.book.gone = False
    day.until(12 * 60 + 6)
    assert day.presenter.state.error is None
    assert len(day.times) == 1


def test_that_what_could_not_be_done_stands_again() -> None:
    day = Day([10 * 60])
    day.until(10 * 60)
    standing = day.presenter.state.standing
    day.book.gone = True
    day.presenter.done(standing)
    assert day.presenter.state.standing == standing
    assert isinstance(day.presenter.state.error, OutsideError)
    assert day.screen.told == []


def test_that_what_another_computer_showed_first_brings_up_no_window() -> None:
    day = Day([10 * 60])
    (key,) = (one.key for one in of_task(day.book.tasks[0], day.wanted, MOSCOW))
    day.book.answers[key] = Answer(shown_at=wall(TODAY, 9 * 60 + 55, MOSCOW))
    day.until(11 * 60)
    assert day.times == []
    assert len(day.presenter.state.standing) == 1


def test_that_it_never_sleeps_longer_than_the_horizon() -> None:
    day = Day([])
    assert day.next == day.book.clock + HORIZON
