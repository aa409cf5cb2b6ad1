"""The supervisor's sheet: what stands on it. Facts in (`ManagerFacts`), a finished `Sheet` out; no words, no drawing.

Money is in minor units, days are office days, months are yyyymm. `None` means "nothing there", which the sheet
prints as an empty cell and never as 0 (SHEET.md, principle 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from crmdesk.domain.lists import ActionSegment, GoalKind, Importance
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import OfficeRhythm

MAX_FACTORS = 6
HISTORY_MONTHS = 24  # the sparkline


class Factor(StrEnum):
    """What a block of month columns counts."""

    TURNOVER = "turnover"
    SKUS = "skus"
    CALLS = "calls_ok"
    VISITS = "visits"
    GROSS_PROFIT = "gross_profit"
    IMPORTANT_PRODUCTS = "important_products"
    ORDERS = "orders"
    MAILINGS = "mailings"
    PROMISES_KEPT = "promises_kept"


MONEY_FACTORS = frozenset({Factor.TURNOVER, Factor.GROSS_PROFIT, Factor.IMPORTANT_PRODUCTS})
DEFAULT_FACTORS = (Factor.TURNOVER, Factor.SKUS, Factor.CALLS, Factor.VISITS)


class Sort(StrEnum):
    """The order of the rows."""

    TURNOVER = "turnover"
    GROSS_PROFIT = "gross-profit"
    IMPORTANCE = "importance"


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Which sheet is wanted. `last_month` is the last past month shown."""

    manager_id: int
    last_month: Month
    months: int = 6  # 1…12
    ahead: int = 3  # 0…3
    sort: Sort = Sort.TURNOVER
    factors: tuple[Factor, ...] = DEFAULT_FACTORS  # at most MAX_FACTORS


# ---- facts: what the store says --------------------------------------------------------------------


class MonthFigures(NamedTuple):
    """One client's month, as the store keeps it.

    A tuple, because a sheet reads a thousand of them and a dataclass takes four times as long to make.
    """

    turnover: int = 0
    gross_profit: int = 0
    important: int = 0  # turnover of important products
    skus: int = 0  # distinct
    orders: int = 0
    calls: int = 0  # successful ones
    visits: int = 0
    mailings: int = 0
    promises_kept: int = 0
    promises_due: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """Something ahead: a task, a promise, a birthday. What must not be forgotten outranks routine contacts."""

    day: date
    kind: str  # a TaskKind value, or "birthday"
    words: str = ""  # the task's title; the surname for a birthday
    promise: bool = False
    source_id: int = 0  # the task's or the person's id
    routine: bool = False  # a plain visit, call or mailing by the norm


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """One tracked client as the store knows him."""

    client_id: int
    name: str
    action_segment: ActionSegment
    importance: Importance
    months: Mapping[Month, MonthFigures]  # the last 24, absent = nothing happened; before the shown ones only sales
    distinct_skus: int = 0  # over the shown months
    potential: int | None = None  # a month, all product groups
    goal_kind: GoalKind | None = None
    goal_value: int = 0  # days · SKUs · minor units a month
    visits_norm: int = 0  # a month, the client's own or his segment's
    calls_norm: int = 0
    mailings_norm: int = 0
    order_days: int = 0  # distinct days with an order: n of science.md
    first_order: date | None = None
    last_order: date | None = None
    last_visit: date | None = None
    last_call: date | None = None  # successful
    last_contact: date | None = None
    since: date | None = None  # in the base since
    broken_promise: date | None = None  # due day of the oldest open promise that is late
    coming: tuple[Coming, ...] = ()
    gaps: tuple[str, ...] = ()  # keys of mandatory facts that are missing


@dataclass(frozen=True, slots=True)
class ManagerFacts:
    """Everything one sheet is computed from."""

    manager_id: int
    login: str
    name: str
    branch: str
    clients: tuple[ClientFacts, ...]  # the tracked ones
    clients_all: int  # tracked or not, not archived
    others: Mapping[Month, MonthFigures]  # sums of the clients not tracked
    plan: Mapping[Month, int]  # sales plan, minor units
    distinct_skus: int = 0  # over all tracked clients and the shown months
    overdue_tasks: int = 0
    oldest_overdue: date | None = None
    promises_due: int = 0  # in the shown months
    promises_broken: int = 0
    lost: int = 0
    won_back: int = 0
    new: int = 0
    rhythm: OfficeRhythm = OfficeRhythm()  # the office's gap, coefficients and thresholds of the churn score
    currency: str = "RUB"


# ---- the sheet: verdicts -----------------------------------------------------------------------------


class AlarmKind(StrEnum):
    """The signs of the sheet, gravest first."""

    SILENT = "silent"  # ■ values: days silent, usual days
    PROMISE = "promise"  # ◆ values: days late
    NO_VISIT = "no_visit"  # ● values: months without
    NO_CALL = "no_call"  # ● values: months without
    SKUS_FALL = "skus_fall"  # ▼ values: from, to
    TURNOVER_FALL = "turnover_fall"  # ▼ values: per cent lost


@dataclass(frozen=True, slots=True)
class Alarm:
    """One breach; `values` as its kind says."""

    kind: AlarmKind
    values: tuple[int, ...]


class Verdict(StrEnum):
    """How the goal stands."""

    MET = "met"
    NEAR = "near"  # within 5 %
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class GoalResult:
    """The goal and what became of it; units as GoalKind (days, SKUs, minor units a month)."""

    kind: GoalKind
    target: int
    actual: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One tracked client."""

    client_id: int
    name: str
    action_segment: ActionSegment
    importance: Importance
    history: tuple[int | None, ...]  # 24 months of turnover, None before the first order
    figures: Mapping[Factor, tuple[int | None, ...]]  # one value a shown month
    sums: Mapping[Factor, int]  # over the shown months; SKUS: distinct
    mean_month: int  # mean turnover of the shown months
    potential: int | None
    share: int | None  # of the potential, per cent
    goal: GoalResult | None
    alarms: tuple[Alarm, ...]  # gravest first, at most three
    plan: tuple[tuple[Coming, ...], ...]  # one tuple a coming month, what must not be forgotten first
    empty: tuple[bool, ...]  # a coming month of a VVV/CCC client with nothing planned
    risk: int  # money at risk a month
    rank: int | None  # 1…3 among "start with these three"
    gross_profit: int = 0  # of the shown months
    months: tuple[MonthFigures, ...] = ()  # the shown months, for JSON and XLSX
    p_quiet: float = 0.0  # P(no order in the next 13 weeks)


@dataclass(frozen=True, slots=True)
class PlanFact:
    """Fact beside plan, minor units; `share` in per cent, None without a plan."""

    fact: int
    plan: int
    share: int | None
    below_norm: bool


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The figures above the table; each `*_bad` says that it is off the norm and printed bold."""

    month: PlanFact
    period: PlanFact
    overdue_tasks: int
    oldest_overdue_days: int
    promises_broken: int
    promises_due: int
    calls: int
    calls_norm: int
    visits: int
    visits_norm: int
    contacts_bad: bool
    completeness: int  # per cent
    clients_with_gaps: int
    completeness_bad: bool
    lost: int
    won_back: int
    new: int


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """One line of money under the table: a value a month, and their sum."""

    months: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SheetTotals:
    """The lines that make the sheet add up to plan and fact above."""

    tracked: TotalsLine
    others: TotalsLine
    all: TotalsLine
    plan: TotalsLine
    share: tuple[int | None, ...]  # per cent a month
    share_total: int | None
    factors: Mapping[Factor, TotalsLine]  # tracked clients; SKUS: distinct in .total
    norms: Mapping[Factor, int]  # CALLS, VISITS, MAILINGS over the shown months


@dataclass(frozen=True, slots=True)
class Sheet:
    """The finished sheet of one manager."""

    manager_id: int
    login: str
    manager: str
    branch: str
    months: tuple[Month, ...]  # shown, oldest first
    ahead: tuple[Month, ...]
    sort: Sort
    factors: tuple[Factor, ...]
    rows: tuple[SheetRow, ...]  # all tracked clients, in print order
    left_out: int  # how many of `rows`, from the end, two printed pages do not hold
    clients_all: int
    head: SheetHead
    totals: SheetTotals
    worst: tuple[SheetRow, ...]  # at most three, by money at risk
    risk_total: int
    today: date
    currency: str = "RUB"
