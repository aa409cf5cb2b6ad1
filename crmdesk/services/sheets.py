"""The supervisor's sheet: one manager's, all managers', who goes quiet, how the base moves, and its settings."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmdesk.data import evidence, settings, sheets
from crmdesk.data import quiet as quiet_rows
from crmdesk.domain import base_loss, sheet_rows
from crmdesk.domain import months as calendar
from crmdesk.domain import quiet as rhythm
from crmdesk.domain.base_loss import BaseYear
from crmdesk.domain.evidence import Evidence
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import HORIZON_WEEKS, OfficeRhythm, QuietClient, QuietSort
from crmdesk.domain.sheet import DEFAULT_FACTORS, HISTORY_MONTHS, AlarmKind, Factor, Sheet, SheetRequest, Sort
from crmdesk.domain.text import sort_key
from crmdesk.services import papers
from crmdesk.services.office import Desk
from crmdesk.services.settings import check_right
from crmdesk.system.errors import OutsideError, UsageError, UserError
from crmdesk.system.i18n import words
from crmdesk.system.jobs import NO_JOB, Job

FACTORS_KEY = "sheet_factors"
FIT_CLIENTS = 2_000  # for fitting seven coefficients more clients change nothing but the time
LONGEST_HORIZON = 104  # weeks: nobody's rhythm says anything about the year after next


@dataclass(frozen=True, slots=True)
class Batch:
    """The sheets of all managers, the largest turnover first."""

    sheets: tuple[Sheet, ...]


def last_full_month(desk: Desk) -> Month:
    """The last past month by the office's clock: what a sheet shows unless it is told otherwise."""
    return calendar.add(calendar.month_of(desk.clock.today()), -1)


def sheet(desk: Desk, request: SheetRequest) -> Sheet:
    """The sheet of one manager.

    Raises UserError("no_such_manager"), UsageError("future_month") and those of `sheet_rows.check`.
    """
    today = desk.clock.today()
    _check(request, today)
    with desk.store.read() as connection:
        facts = sheets.manager_facts(connection, request.manager_id, request, today)
    if facts is None:
        raise UserError("no_such_manager", manager=request.manager_id)
    return sheet_rows.compute(facts, request, today)


def _check(request: SheetRequest, today: date) -> None:
    sheet_rows.check(request)
    if request.last_month > calendar.month_of(today):  # the sheet shows what was; this month's beginning counts
        raise UsageError("future_month", month=calendar.iso(request.last_month))


def all_sheets(
    desk: Desk,
    *,
    last_month: Month | None = None,
    months: int = 6,
    ahead: int = 3,
    sort: Sort = Sort.TURNOVER,
    factors: Sequence[Factor] | None = None,
    job: Job = NO_JOB,
) -> Batch:
    """The sheets of everybody who leads clients, all of one moment; the office's factors unless others are given.

    Raises UsageError("future_month") and those of `sheet_rows.check`, Stopped when the job is stopped.
    """
    wanted = last_full_month(desk) if last_month is None else last_month
    chosen = _office_factors(desk) if factors is None else tuple(factors)
    today = desk.clock.today()
    _check(SheetRequest(0, wanted, months, ahead, sort, chosen), today)
    made = []
    with desk.store.read() as connection:
        managers = sheets.sheet_managers(connection)
        for place, manager_id in enumerate(managers):
            job.check()
            job.progress(place, len(managers))
            request = SheetRequest(manager_id, wanted, months, ahead, sort, chosen)
            facts = sheets.manager_facts(connection, manager_id, request, today)
            if facts is not None:
                made.append(sheet_rows.compute(facts, request, today))
        job.progress(len(managers), len(managers))
    made.sort(key=lambda one: (-one.totals.all.total, sort_key(one.manager), one.manager_id))
    return Batch(tuple(made))


# ---- paper and files -----------------------------------------------------------------------------------

ENDINGS = (".pdf", ".xlsx", ".json")


def save(
    desk: Desk, wanted: Sheet | Batch | Sequence[Sheet], path: str | os.PathLike[str], *, lang: str, job: Job = NO_JOB
) -> Path:
    """Writes sheets to a .pdf, .xlsx or .json file; a batch, or several, get their cover, and in JSON a list.

    The file appears whole or not at all, after the print journal has got its line. Raises UsageError("sheet_ending"),
    OutsideError("sheet_not_saved"), Stopped.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("sheet_ending", file=str(target))
    content = _document(desk, wanted, ending, lang=lang, job=job, logged=True)
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise OutsideError("sheet_not_saved", file=str(target), why=error.strerror or str(error)) from error
    return target


def pdf(
    desk: Desk, wanted: Sheet | Batch | Sequence[Sheet], *, lang: str, printed: bool = False, job: Job = NO_JOB
) -> bytes:
    """The PDF itself: for the preview, or (`printed`) for the printer, with its line in the print journal."""
    return _document(desk, wanted, ".pdf", lang=lang, job=job, logged=printed)


def _document(
    desk: Desk, wanted: Sheet | Batch | Sequence[Sheet], ending: str, *, lang: str, job: Job, logged: bool
) -> bytes:
    from crmdesk.documents import sheet_json, sheet_xlsx, supervisor_sheet  # 0.3 s of import, not before it is needed

    if isinstance(wanted, Batch):
        found: Sequence[Sheet] = wanted.sheets
    else:
        found = (wanted,) if isinstance(wanted, Sheet) else tuple(wanted)
    batch = isinstance(wanted, Batch) or len(found) != 1
    plain = [sheet_json.sheet_json(one) for one in found]
    text = json.dumps(plain if batch else plain[0], ensure_ascii=False, indent=1).encode()
    kind = "print" if ending == ".pdf" else "export"
    printed = papers.stamp(
        desk,
        text,
        what="sheet",
        count=sum(len(one.rows) for one in found),
        kind=kind,
        logged=logged,
        branch=_common_branch(found),
    )
    if ending == ".json":
        return text + b"\n"
    target = io.BytesIO()
    if ending == ".pdf":
        supervisor_sheet.write_pdf(target, found, words=words(lang), printed=printed, cover=batch, job=job)
    else:
        sheet_xlsx.write_xlsx(target, found, words=words(lang), printed=printed, job=job)
    return target.getvalue()


def _common_branch(found: Sequence[Sheet]) -> str:
    branches = {one.branch for one in found}
    return branches.pop() if len(branches) == 1 else ""


# ---- what stands behind a figure ----------------------------------------------------------------------

MONTH_CELLS = frozenset(factor.value for factor in Factor)
SHOWN_CONTACTS = 5  # behind "no visit": the last ones there were
HEAD_FIGURES = (
    "overdue_tasks",
    "promises",
    "completeness",
    "base",
    "plan",
    "fact",
    "tracked",
    "others",
    "calls",
    "visits",
)


def behind(
    desk: Desk,
    client_id: int,
    what: str,
    month: Month | None = None,
    *,
    last_month: Month | None = None,
    months: int = 6,
    ahead: int = 3,
) -> tuple[Evidence, ...]:
    """The records a cell of a row was counted from, newest first.

    `what` is a Factor, an AlarmKind, or history, plan, potential, share, goal, alarms, risk. With `month` it is that
    month's cell, without it the sum over the shown months (`months` of them, up to `last_month`), for the plan all
    coming ones. Raises UsageError("no_such_cell").
    """
    last = last_full_month(desk) if last_month is None else last_month
    shown = calendar.ending(last, months) if month is None else (month,)
    today = desk.clock.today()
    with desk.store.read() as connection:
        if what in MONTH_CELLS:
            return tuple(evidence.behind_factor(connection, client_id, Factor(what), shown, today))
        match what:
            case "history":
                window = calendar.ending(last, HISTORY_MONTHS) if month is None else (month,)
                return tuple(evidence.orders(connection, client_id, window))
            case "plan":
                coming = calendar.following(last, ahead) if month is None else (month,)
                return tuple(evidence.coming(connection, client_id, coming)) if coming else ()
            case "potential" | "share":
                return tuple(evidence.potentials(connection, client_id))
            case AlarmKind.SILENT | AlarmKind.TURNOVER_FALL | "risk":
                window = calendar.ending(max(last, calendar.month_of(today)), HISTORY_MONTHS)
                return tuple(evidence.orders(connection, client_id, window))
            case AlarmKind.SKUS_FALL:
                return tuple(evidence.products(connection, client_id, shown))
            case AlarmKind.PROMISE:
                return tuple(evidence.late_promises(connection, client_id, today))
            case AlarmKind.NO_VISIT:
                return tuple(evidence.contacts(connection, client_id, Factor.VISITS, shown, last=SHOWN_CONTACTS))
            case AlarmKind.NO_CALL:
                return tuple(evidence.contacts(connection, client_id, Factor.CALLS, shown, last=SHOWN_CONTACTS))
            case "alarms":
                return (
                    *evidence.late_promises(connection, client_id, today),
                    *evidence.contacts(connection, client_id, Factor.VISITS, shown, last=SHOWN_CONTACTS),
                    *evidence.contacts(connection, client_id, Factor.CALLS, shown, last=SHOWN_CONTACTS),
                    *evidence.orders(connection, client_id, calendar.ending(last, HISTORY_MONTHS)),
                )
            case "goal":
                if evidence.goal_kind(connection, client_id) is GoalKind.SKUS:
                    return tuple(evidence.products(connection, client_id, shown[-1:]))
                return tuple(evidence.orders(connection, client_id, shown))
    raise UsageError("no_such_cell", what=what)


def behind_head(desk: Desk, request: SheetRequest, what: str, month: Month | None = None) -> tuple[Evidence, ...]:
    """The records behind a figure above or below the rows; `what` is one of HEAD_FIGURES.

    With `month` only that month of the shown ones counts. Raises UsageError("no_such_cell").
    """
    if what not in HEAD_FIGURES:
        raise UsageError("no_such_cell", what=what)
    shown = calendar.ending(request.last_month, request.months) if month is None else (month,)
    manager, today = request.manager_id, desk.clock.today()
    with desk.store.read() as connection:
        match what:
            case "overdue_tasks":
                return tuple(evidence.overdue_tasks(connection, manager, today))
            case "promises":
                return tuple(evidence.managers_promises(connection, manager, shown, today))
            case "plan":
                return tuple(evidence.plans(connection, manager, shown))
            case "fact":
                return tuple(evidence.turnover_by_client(connection, manager, shown, tracked=None))
            case "tracked" | "others":
                return tuple(evidence.turnover_by_client(connection, manager, shown, tracked=what == "tracked"))
            case "calls" | "visits":
                factor = Factor.CALLS if what == "calls" else Factor.VISITS
                return tuple(evidence.managers_contacts(connection, manager, factor, shown))
        facts = sheets.manager_facts(connection, manager, request, today)
        if facts is None:
            return ()
        if what == "completeness":
            return tuple(evidence.gaps(facts.clients))
        return tuple(sheets.base_changes(connection, facts, shown, today))


# ---- the office's choices ----------------------------------------------------------------------------


def factors(desk: Desk) -> tuple[Factor, ...]:
    """The office's factors, in the order of the sheet."""
    return _office_factors(desk)


def _office_factors(desk: Desk) -> tuple[Factor, ...]:
    with desk.store.read() as connection:
        kept = settings.all_settings(connection).get(FACTORS_KEY)
    known = {factor.value for factor in Factor}
    found = tuple(Factor(key) for key in kept if key in known) if isinstance(kept, list) else ()
    return found or DEFAULT_FACTORS


def set_factors(desk: Desk, factors: Sequence[Factor]) -> None:
    """Keeps the office's factors. Raises UsageError("sheet_factors") unless one to six different ones are given,
    UserError("no_right") for a manager."""
    sheet_rows.check_factors(factors)
    check_right(desk)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        settings.put(writing, {FACTORS_KEY: [Factor(factor).value for factor in factors]})


def set_tracked(desk: Desk, client_ids: Collection[int], *, tracked: bool) -> None:
    """Puts clients under control (they get a row on their manager's sheet), or takes them out."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        sheets.set_tracked(writing, client_ids, tracked=tracked)


def track_top(desk: Desk, manager_id: int, count: int) -> int:
    """Puts the manager's clients with the largest turnover of the last year under control; how many were added."""
    months = calendar.ending(calendar.month_of(desk.clock.today()), 13)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        largest = evidence.turnover_by_client(writing.connection, manager_id, months, tracked=False)[:count]
        sheets.set_tracked(writing, [one.id for one in largest], tracked=True)
    return len(largest)


# ---- who leaves --------------------------------------------------------------------------------------


def quiet(desk: Desk, *, horizon: float = HORIZON_WEEKS, sort: QuietSort = QuietSort.RISK) -> tuple[QuietClient, ...]:
    """Whoever is going quiet, the likeliest to leave first, or the most money at risk.

    `horizon` is in weeks. Raises UsageError("quiet_horizon").
    """
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise UsageError("quiet_horizon", weeks=horizon, most=LONGEST_HORIZON)
    with desk.store.read() as connection:
        found = quiet_rows.quiet_list(connection, desk.clock.today(), horizon)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -(one.p_quiet if sort is QuietSort.RISK else one.at_risk),
                -one.money_per_month,
                sort_key(one.client),
                one.client_id,
            ),
        )
    )


def base(desk: Desk, year: int) -> BaseYear:
    """How the base moved in a year: lost, won back, new by month, the share lost. Raises UsageError("not_a_year")."""
    if not 1 < year < 9999:
        raise UsageError("not_a_year", year=year)
    with desk.store.read() as connection:
        office = quiet_rows.kept_rhythm(connection)
        histories = quiet_rows.order_days(connection)
    return base_loss.year(histories.values(), year, desk.clock.today(), office)


def set_alarm_rule(desk: Desk, *, chance: float | None = None, ratio: float | None = None) -> OfficeRhythm:
    """Changes the office's rule of «молчит»: from which chance, after how many usual gaps. None leaves it.

    Raises UsageError("quiet_rule"), UserError("no_right") for a manager.
    """
    if not 0 <= (chance or 0) <= 1 or not 0 <= (ratio or 0) <= 100:
        raise UsageError("quiet_rule")
    check_right(desk)
    values = {"alarm_chance": chance, "alarm_ratio": ratio}
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        quiet_rows.keep(writing, {key: value for key, value in values.items() if value is not None})
    with desk.store.read() as connection:
        return quiet_rows.kept_rhythm(connection)


def refit(desk: Desk) -> OfficeRhythm:
    """Fits the office's gap and coefficients on its own history and keeps them; the office's own thresholds stay.

    The gap is that of all clients; the coefficients come from at most FIT_CLIENTS of them, evenly taken, so that a
    large base takes no longer than a second or two.
    """
    today = desk.clock.today()
    with desk.store.read() as connection:
        gap = quiet_rows.counted_gap(connection)
        buyers = quiet_rows.buyers(connection)
        sample = buyers[:: max(1, -(-len(buyers) // FIT_CLIENTS))]
        histories = quiet_rows.order_days(connection, sample)
    days = [[day.toordinal() for day in found if day <= today] for found in histories.values()]
    coefficients = rhythm.fit([found for found in days if found], today.toordinal())
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        month = calendar.month_of(today)
        quiet_rows.keep(writing, {"gap": gap, "coefficients": list(coefficients), "month": month})
    with desk.store.read() as connection:
        return quiet_rows.kept_rhythm(connection)


def refit_when_due(desk: Desk) -> bool:
    """Fits the office's rhythm when that was not yet done this month; whether it was done.

    Nothing happens in an office with so few buyers that the prior stands anyway.
    """
    with desk.store.read() as connection:
        month = quiet_rows.fitted_in(connection)
        due = month != calendar.month_of(desk.clock.today())
        if not due or len(quiet_rows.buyers(connection)) <= rhythm.FEW_CLIENTS:
            return False
    refit(desk)
    return True
