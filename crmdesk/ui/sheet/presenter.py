"""What the sheet view shows and what happens when something is chosen. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from crmdesk.domain import months as calendar
from crmdesk.domain.evidence import Evidence
from crmdesk.domain.lists import Role
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import DEFAULT_FACTORS, MAX_FACTORS, Factor, Sheet, SheetRequest, Sort
from crmdesk.domain.users import User, may_set_up
from crmdesk.system.jobs import Job
from crmdesk.ui.tasks import Runner, Running

MONTHS_TO_CHOOSE = 24  # how far back the last shown month may lie
TOP = 35  # how many clients one page holds: the offer when nobody is tracked


class Phase(StrEnum):
    """What there is to see."""

    LOADING = "loading"
    READY = "ready"
    EMPTY = "empty"  # the manager has no tracked clients
    NO_RIGHT = "no_right"
    FAILED = "failed"


@dataclass(frozen=True)
class Wanted:
    """The choices; `manager` None means all of them."""

    manager: int | None
    last_month: Month
    months: int = 6
    ahead: int = 3
    sort: Sort = Sort.TURNOVER
    factors: tuple[Factor, ...] = DEFAULT_FACTORS


@dataclass(frozen=True)
class CellAsked:
    """A cell that was opened: whose (0: a figure of the whole sheet), which figure, which month."""

    client_id: int
    what: str
    month: Month | None


@dataclass(frozen=True)
class Work:
    """Long work under way: "save" or "all"."""

    what: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class SheetState:
    """Everything the view shows."""

    wanted: Wanted
    people: tuple[User, ...] = ()
    may_see_all: bool = True
    phase: Phase = Phase.LOADING
    sheet: Sheet | None = None
    sheets: tuple[Sheet, ...] = ()  # of all managers
    clients_all: int = 0
    error: Exception | None = None
    cell: CellAsked | None = None
    records: tuple[Evidence, ...] | None = None  # None while they are being fetched
    work: Work | None = None


class SheetOffice(Protocol):
    """What the view needs of the office; called by work only."""

    @property
    def me(self) -> User:
        """Who looks."""

    def people(self) -> tuple[User, ...]:
        """All users."""

    def factors(self) -> tuple[Factor, ...]:
        """The office's factors."""

    def set_factors(self, factors: tuple[Factor, ...]) -> None:
        """Keeps the office's factors."""

    def sheet(self, request: SheetRequest) -> Sheet:
        """One manager's sheet."""

    def all_sheets(self, like: SheetRequest, job: Job) -> tuple[Sheet, ...]:
        """Everybody's sheets; of `like` the manager does not count."""

    def behind(self, request: SheetRequest, client_id: int, what: str, month: Month | None) -> tuple[Evidence, ...]:
        """The records a cell was counted from; without a client, a figure of the head."""

    def save(self, found: Sheet | tuple[Sheet, ...], path: Path, lang: str, job: Job) -> None:
        """Writes PDF, XLSX or JSON by the ending."""

    def pdf(self, found: Sheet | tuple[Sheet, ...], lang: str, job: Job, *, printed: bool) -> bytes:
        """The PDF's bytes, for the preview or for the printer."""

    def track_top(self, manager_id: int, count: int) -> int:
        """Tracks the manager's clients with the largest turnover; how many were added."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: SheetState) -> None:
        """Shows it all."""

    def told(self, key: str, values: dict[str, object]) -> None:
        """Something was done: "saved" (path), "tracked" (n), "stopped"; or "failed" (error)."""


class SheetPresenter:
    """Asks for sheets, keeps the choices, opens cells, starts the long work."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        office: SheetOffice,
        today: date,
        kept: dict[str, object] | None = None,
        keep: Callable[[dict[str, object]], None] = lambda choices: None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._office = office
        self._keep = keep
        self._running: Running | None = None
        self.latest: Month = calendar.add(calendar.month_of(today), -1)
        self._kept = kept or {}
        self.state = SheetState(self._wanted_from(self._kept), may_see_all=office.me.role is not Role.MANAGER)

    @property
    def may_set_up(self) -> bool:
        """Whether what the whole office's sheets count is mine to say."""
        return may_set_up(self._office.me.role)

    # beginning -------------------------------------------------------------------------------------
    def start(self) -> None:
        """Finds out whose sheets there are, then shows the one looked at last."""
        self._tell(phase=Phase.LOADING, error=None)
        self._runner.read(
            lambda job: (self._office.people(), self._office.factors()), self._begin, self._failed, replaces="sheet"
        )

    def _begin(self, found: tuple[tuple[User, ...], tuple[Factor, ...]]) -> None:
        everybody, factors = found
        me = self._office.me
        people = tuple(user for user in everybody if user.active)
        if me.role is Role.MANAGER:
            people = tuple(user for user in people if user.id == me.id)
        people = tuple(sorted(people, key=lambda user: user.role is not Role.MANAGER))
        wanted = replace(self.state.wanted, factors=self._kept_factors() or factors)
        known = {user.id for user in people}
        if wanted.manager not in known and not (wanted.manager is None and "manager" in self._kept):
            wanted = replace(wanted, manager=people[0].id if people else None)
        if not self.state.may_see_all and wanted.manager is None:
            wanted = replace(wanted, manager=me.id)
        self._tell(people=people, wanted=wanted)
        self.load()

    def load(self) -> None:
        """Asks for the sheet that is wanted; what is shown stays until the answer comes."""
        wanted = self.state.wanted
        self._tell(phase=Phase.LOADING, error=None, cell=None, records=None)
        self._keep(_choices(wanted))
        if wanted.manager is None:
            self._load_all(self._request())
            return
        request = self._request()
        self._runner.read(lambda job: self._office.sheet(request), self._got, self._failed, replaces="sheet")

    def _request(self) -> SheetRequest:
        wanted = self.state.wanted
        return SheetRequest(
            wanted.manager or 0, wanted.last_month, wanted.months, wanted.ahead, wanted.sort, wanted.factors
        )

    def _load_all(self, like: SheetRequest) -> None:
        self._tell(work=Work("all"))
        self._running = self._runner.long(
            lambda job: self._office.all_sheets(like, job),
            self._got_all,
            self._failed,
            progress=lambda done, total: self._progress("all", done, total),
            stopped=self._stopped,
        )

    def _got(self, sheet: Sheet) -> None:
        phase = Phase.READY if sheet.rows else Phase.EMPTY
        self._tell(sheet=sheet, sheets=(), phase=phase, clients_all=sheet.clients_all, error=None)

    def _got_all(self, sheets: tuple[Sheet, ...]) -> None:
        self._running = None
        phase = Phase.READY if any(sheet.rows for sheet in sheets) else Phase.EMPTY
        clients = sum(sheet.clients_all for sheet in sheets)
        self._tell(sheet=None, sheets=sheets, phase=phase, clients_all=clients, work=None, error=None)

    def _failed(self, error: Exception) -> None:
        self._running = None
        no_right = getattr(error, "key", "") in ("no_right", "not_yours")
        self._tell(phase=Phase.NO_RIGHT if no_right else Phase.FAILED, error=error, work=None)

    # choosing --------------------------------------------------------------------------------------
    def choose(self, **choices: object) -> None:
        """Changes manager, last_month, months, ahead, sort or factors, and asks for that sheet."""
        wanted = replace(self.state.wanted, **choices)  # type: ignore[arg-type]
        if wanted != self.state.wanted:
            self._tell(wanted=wanted)
            self.load()

    def use_factors(self, factors: tuple[Factor, ...], *, for_office: bool = False) -> None:
        """One to six factors in this order; on wish the whole office's from now on."""
        factors = tuple(dict.fromkeys(factors))[:MAX_FACTORS]
        if not factors:
            return
        if for_office:
            self._runner.write(lambda job: self._office.set_factors(factors), lambda _: None, self._told_failure)
        self.choose(factors=factors)

    def months_to_choose(self) -> tuple[Month, ...]:
        """The months the sheet may end with, the latest first."""
        return tuple(calendar.add(self.latest, -i) for i in range(MONTHS_TO_CHOOSE))

    # what is behind --------------------------------------------------------------------------------
    def open_cell(self, client_id: int, what: str, month: Month | None) -> None:
        """Asks for the records a figure was counted from."""
        request = self._request()
        cell = CellAsked(client_id, what, month)
        self._tell(cell=cell, records=None)
        self._runner.read(
            lambda job: self._office.behind(request, client_id, what, month),
            lambda records: self._got_records(cell, records),
            self._told_failure,
            replaces="sheet-cell",
        )

    def close_cell(self) -> None:
        """Back to the sheet alone."""
        if self.state.cell is not None:
            self._tell(cell=None, records=None)

    def _got_records(self, cell: CellAsked, records: tuple[Evidence, ...]) -> None:
        if self.state.cell == cell:
            self._tell(records=records)

    # paper and files -------------------------------------------------------------------------------
    @property
    def on_paper(self) -> tuple[Sheet, ...]:
        """The sheets that would be printed now."""
        state = self.state
        if state.phase is not Phase.READY:
            return ()
        return state.sheets if state.sheet is None else (state.sheet,)

    def _document(self) -> Sheet | tuple[Sheet, ...]:
        """One sheet alone, or all of them with their cover."""
        return self.state.sheet or self.state.sheets

    def save(self, path: Path, lang: str) -> None:
        """Saves what is shown; the ending says how."""
        found = self._document()
        self._long(
            "save",
            lambda job: self._office.save(found, path, lang, job),
            lambda _: self._view.told("saved", {"path": str(path)}),
        )

    def paper(self, lang: str) -> Callable[[Job, bool], bytes]:
        """What makes the PDF of what is shown now: for the preview, or journalled for the printer."""
        found = self._document()
        return lambda job, printed: self._office.pdf(found, lang, job, printed=printed)

    def stop(self) -> None:
        """Ends the long work."""
        if self._running is not None:
            self._running.stop()

    def track_top(self) -> None:
        """Puts the manager's largest clients under control and shows the sheet."""
        manager = self.state.wanted.manager
        if manager is None:
            return
        self._runner.write(lambda job: self._office.track_top(manager, TOP), self._tracked, self._told_failure)

    def _tracked(self, count: int) -> None:
        self._view.told("tracked", {"n": count})
        self.load()

    def _long(self, what: str, work: Callable[[Job], object], done: Callable[..., None]) -> None:
        if not self.on_paper or self.state.work is not None:
            return
        self._tell(work=Work(what))

        def finished(value: object) -> None:
            self._running = None
            self._tell(work=None)
            done(value)

        self._running = self._runner.long(
            work,
            finished,
            self._told_failure,
            progress=lambda done_, total: self._progress(what, done_, total),
            stopped=self._stopped,
        )

    def _progress(self, what: str, done: int, total: int) -> None:
        self._tell(work=Work(what, done, total))

    def _stopped(self) -> None:
        was_all = self.state.work is not None and self.state.work.what == "all"
        self._running = None
        self._tell(work=None)
        self._view.told("stopped", {})
        if was_all and self.state.people:
            self.choose(manager=self.state.people[0].id)

    def _told_failure(self, error: Exception) -> None:
        self._running = None
        self._tell(work=None)
        self._view.told("failed", {"error": error})

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)

    # remembered choices ----------------------------------------------------------------------------
    def _wanted_from(self, kept: dict[str, object]) -> Wanted:
        manager = kept.get("manager")
        months, ahead, sort = kept.get("months"), kept.get("ahead"), kept.get("sort")
        return Wanted(
            manager=manager if isinstance(manager, int) else None,
            last_month=self.latest,
            months=months if isinstance(months, int) and 1 <= months <= 12 else 6,
            ahead=ahead if isinstance(ahead, int) and 0 <= ahead <= 3 else 3,
            sort=Sort(sort) if isinstance(sort, str) and sort in set(Sort) else Sort.TURNOVER,
        )

    def _kept_factors(self) -> tuple[Factor, ...]:
        kept = self._kept.get("factors")
        known = {factor.value for factor in Factor}
        return tuple(Factor(key) for key in kept if key in known)[:MAX_FACTORS] if isinstance(kept, list) else ()


def _choices(wanted: Wanted) -> dict[str, object]:
    return {
        "manager": wanted.manager,
        "months": wanted.months,
        "ahead": wanted.ahead,
        "sort": wanted.sort.value,
        "factors": [factor.value for factor in wanted.factors],
    }
