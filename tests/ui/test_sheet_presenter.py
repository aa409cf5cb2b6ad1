"""What the sheet view shows and when, without a widget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crmdesk.domain.evidence import Evidence, EvidenceKind
from crmdesk.domain.lists import Role
from crmdesk.domain.sheet import (
    DEFAULT_FACTORS,
    Factor,
    PlanFact,
    Sheet,
    SheetHead,
    SheetRequest,
    SheetRow,
    SheetTotals,
    Sort,
    TotalsLine,
)
from crmdesk.domain.users import User
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.ui.sheet.presenter import Phase, SheetPresenter, SheetState
from tests.ui.runners import InstantRunner

OWNER = User(1, "boss", "Орлова Вера", Role.OWNER)
ANNA = User(2, "anna", "Иванова Анна", Role.MANAGER)
OLEG = User(3, "oleg", "Коваль Олег", Role.MANAGER)
GONE = User(4, "gone", "Уволенный Иван", Role.MANAGER, active=False)
NOTHING = TotalsLine((), 0)


def a_sheet(request: SheetRequest, rows: tuple[SheetRow, ...] = (), clients: int = 5) -> Sheet:
    """An empty sheet of the manager asked for."""
    none = PlanFact(0, 0, None, False)
    head = SheetHead(none, none, 0, 0, 0, 0, 0, 0, 0, 0, False, 100, 0, False, 0, 0, 0)
    totals = SheetTotals(NOTHING, NOTHING, NOTHING, NOTHING, (), None, {}, {})
    return Sheet(
        request.manager_id,
        "login",
        f"manager {request.manager_id}",
        "",
        (request.last_month,),
        (),
        request.sort,
        request.factors,
        rows,
        0,
        clients,
        head,
        totals,
        (),
        0,
        date(2026, 11, 2),
    )


class Office:
    """An office that answers from memory."""

    def __init__(self, me: User = OWNER) -> None:
        self.me = me
        self.asked: list[SheetRequest] = []
        self.kept_factors: tuple[Factor, ...] = DEFAULT_FACTORS
        self.error: Exception | None = None
        self.rows: tuple[Any, ...] = (object(),)
        self.tracked = 0
        self.saved: list[Path] = []

    def people(self) -> tuple[User, ...]:
        return (OWNER, ANNA, OLEG, GONE)

    def factors(self) -> tuple[Factor, ...]:
        return self.kept_factors

    def set_factors(self, factors: tuple[Factor, ...]) -> None:
        self.kept_factors = factors

    def sheet(self, request: SheetRequest) -> Sheet:
        if self.error is not None:
            raise self.error
        self.asked.append(request)
        return a_sheet(request, self.rows)

    def all_sheets(self, like: SheetRequest, job: Any) -> tuple[Sheet, ...]:
        job.progress(0, 2)
        job.check()
        return tuple(a_sheet(replace(like, manager_id=user.id), self.rows) for user in (ANNA, OLEG))

    def behind(self, request: SheetRequest, client_id: int, what: str, month: int | None) -> tuple[Evidence, ...]:
        return (Evidence(EvidenceKind.ORDER, 9, words=f"{client_id} {what} {month}", amount=100),)

    def save(self, found: Any, path: Path, lang: str, job: Any) -> None:
        if self.error is not None:
            raise self.error
        self.saved.append(path)

    def pdf(self, found: Any, lang: str, job: Any, *, printed: bool) -> bytes:
        return b""

    def track_top(self, manager_id: int, count: int) -> int:
        self.tracked = count
        self.rows = (object(),)
        return 3


class Spy:
    """Keeps what is shown now, and what was told."""

    def __init__(self) -> None:
        self.state: SheetState | None = None
        self.phases: list[Phase] = []
        self.said: list[tuple[str, dict[str, object]]] = []

    def show_state(self, state: SheetState) -> None:
        self.state = state
        self.phases.append(state.phase)

    def told(self, key: str, values: dict[str, object]) -> None:
        self.said.append((key, values))


Made = tuple[SheetPresenter, Spy, Office, InstantRunner]


def made(me: User = OWNER, kept: dict[str, object] | None = None, office: Office | None = None) -> Made:
    spy, runner, office = Spy(), InstantRunner(), office or Office(me)
    presenter = SheetPresenter(spy, runner, office, date(2026, 11, 2), kept)
    presenter.start()
    return presenter, spy, office, runner


def test_that_the_first_sheet_is_a_managers_of_the_last_full_month() -> None:
    presenter, spy, office, _ = made()
    assert office.asked == [SheetRequest(ANNA.id, 202610)]
    assert presenter.state.phase is Phase.READY
    assert spy.phases[0] is Phase.LOADING


def test_that_whoever_left_is_not_offered() -> None:
    presenter, *_ = made()
    assert GONE not in presenter.state.people
    assert OWNER in presenter.state.people


def test_that_a_manager_sees_only_himself() -> None:
    presenter, _, office, _ = made(OLEG)
    assert presenter.state.people == (OLEG,)
    assert not presenter.state.may_see_all
    assert office.asked[-1].manager_id == OLEG.id


def test_that_a_choice_asks_for_its_sheet_and_no_choice_asks_twice() -> None:
    presenter, _, office, _ = made()
    presenter.choose(manager=OLEG.id, months=3)
    presenter.choose(sort=Sort.IMPORTANCE)
    presenter.choose(sort=Sort.IMPORTANCE)
    assert [(r.manager_id, r.months, r.sort) for r in office.asked[1:]] == [
        (OLEG.id, 3, Sort.TURNOVER),
        (OLEG.id, 3, Sort.IMPORTANCE),
    ]


def test_that_what_was_looked_at_last_comes_back() -> None:
    kept = {"manager": OLEG.id, "months": 12, "ahead": 0, "sort": "importance", "factors": ["skus", "no-such"]}
    presenter, *_ = made(kept=kept)
    wanted = presenter.state.wanted
    assert (wanted.manager, wanted.months, wanted.ahead) == (OLEG.id, 12, 0)
    assert (wanted.sort, wanted.factors) == (Sort.IMPORTANCE, (Factor.SKUS,))


@pytest.mark.parametrize("damaged", [{"months": 99}, {"ahead": "x"}, {"sort": 7}, {"manager": "?"}, {"factors": 1}])
def test_that_damaged_memories_mean_the_defaults(damaged: dict[str, object]) -> None:
    presenter, *_ = made(kept=damaged)
    wanted = presenter.state.wanted
    assert (wanted.months, wanted.ahead, wanted.sort, wanted.factors) == (6, 3, Sort.TURNOVER, DEFAULT_FACTORS)


def test_that_factors_are_one_to_six_each_once() -> None:
    presenter, _, office, _ = made()
    presenter.use_factors(())
    assert presenter.state.wanted.factors == DEFAULT_FACTORS
    presenter.use_factors((*Factor, Factor.TURNOVER))
    assert len(presenter.state.wanted.factors) == 6
    presenter.use_factors((Factor.SKUS, Factor.SKUS), for_office=True)
    assert office.kept_factors == (Factor.SKUS,)


def test_that_nobody_tracked_is_an_empty_state_with_a_way_out() -> None:
    office = Office()
    office.rows = ()
    presenter, spy, _, _ = made(office=office)
    assert presenter.state.phase is Phase.EMPTY
    presenter.track_top()
    assert office.tracked == 35
    assert presenter.state.phase is Phase.READY
    assert spy.said == [("tracked", {"n": 3})]


def test_that_a_refusal_by_right_and_a_failure_are_told_apart() -> None:
    office = Office()
    office.error = UserError("no_right")
    presenter, *_ = made(office=office)
    assert presenter.state.phase is Phase.NO_RIGHT
    office.error = OutsideError("no_answer", seconds=5)
    presenter.load()
    assert presenter.state.phase is Phase.FAILED
    office.error = None
    presenter.start()
    assert presenter.state.phase is Phase.READY


def test_that_a_cell_opens_its_records_and_closes() -> None:
    presenter, _, _, runner = made()
    runner.hold = True
    presenter.open_cell(7, "turnover", 202610)
    assert presenter.state.cell is not None
    assert presenter.state.records is None
    runner.let_go()
    assert [record.words for record in presenter.state.records or ()] == ["7 turnover 202610"]
    presenter.close_cell()
    assert presenter.state.cell is None


def test_that_records_of_a_closed_cell_are_not_shown() -> None:
    presenter, _, _, runner = made()
    runner.hold = True
    presenter.open_cell(7, "turnover", 202610)
    presenter.close_cell()
    runner.let_go()
    assert presenter.state.records is None


def test_that_all_managers_show_progress_and_can_be_stopped() -> None:
    presenter, spy, _, runner = made()
    presenter.choose(manager=None)
    assert [sheet.manager_id for sheet in presenter.state.sheets] == [ANNA.id, OLEG.id]
    assert presenter.state.work is None
    runner.stop_long_work = True
    presenter.load()
    assert spy.said[-1][0] == "stopped"
    assert presenter.state.wanted.manager == ANNA.id


def test_that_a_saved_file_is_named_and_a_failed_one_is_explained() -> None:
    presenter, spy, office, _ = made()
    presenter.save(Path("a.pdf"), "ru")
    assert spy.said[-1] == ("saved", {"path": "a.pdf"})
    office.error = OutsideError("sheet_not_saved", file="b.pdf", why="full")
    presenter.save(Path("b.pdf"), "ru")
    assert spy.said[-1][0] == "failed"
    assert presenter.state.work is None


def test_that_nothing_is_printed_before_there_is_a_sheet() -> None:
    office = Office()
    office.rows = ()
    presenter, spy, _, _ = made(office=office)
    presenter.save(Path("a.pdf"), "ru")
    assert office.saved == []
    assert spy.said == []
