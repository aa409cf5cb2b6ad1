"""The supervisor's sheet computed: facts in, a finished `Sheet` out (domain.md 1, SHEET.md). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crmdesk.domain import alarms, coming, completeness, goals, quiet
from crmdesk.domain import months as calendar
from crmdesk.domain.lists import Importance
from crmdesk.domain.money import divided, per_cent
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import OfficeRhythm, Quiet, Rhythm
from crmdesk.domain.sheet import (
    HISTORY_MONTHS,
    MAX_FACTORS,
    Alarm,
    AlarmKind,
    ClientFacts,
    Factor,
    ManagerFacts,
    MonthFigures,
    PlanFact,
    Sheet,
    SheetHead,
    SheetRequest,
    SheetRow,
    SheetTotals,
    Sort,
    TotalsLine,
)
from crmdesk.domain.text import sort_key
from crmdesk.system.errors import UsageError

TWO_PAGES = 82  # rows that two printed pages hold (SHEET.md, How many clients)
MOST_MONTHS = 12
MOST_AHEAD = 3
WORST = 3  # "start with these three"
PLAN_NORM = 90  # per cent of the plan; below it the figure is bold
CONTACTS_NORM = 80  # per cent of the norm of calls, of visits
DATA_NORM = 80  # per cent of clients without a gap

IMPORTANCE_ORDER = {importance: place for place, importance in enumerate(Importance)}
_NOTHING = MonthFigures()
TURNOVER, GROSS_PROFIT, ORDERS, PROMISES_DUE = (
    MonthFigures._fields.index(name) for name in ("turnover", "gross_profit", "orders", "promises_due")
)
PLACES = {  # where a factor stands in MonthFigures
    factor: MonthFigures._fields.index(name)
    for factor, name in {
        Factor.TURNOVER: "turnover",
        Factor.GROSS_PROFIT: "gross_profit",
        Factor.IMPORTANT_PRODUCTS: "important",
        Factor.SKUS: "skus",
        Factor.ORDERS: "orders",
        Factor.CALLS: "calls",
        Factor.VISITS: "visits",
        Factor.MAILINGS: "mailings",
        Factor.PROMISES_KEPT: "promises_kept",
    }.items()
}


def compute(facts: ManagerFacts, request: SheetRequest, today: date) -> Sheet:
    """The sheet of one manager. Raises UsageError for a request that no sheet has room for (`check`)."""
    check(request)
    shown = calendar.ending(request.last_month, request.months)
    ahead = calendar.following(request.last_month, request.ahead)
    rows = [_row(client, request.factors, shown, ahead, today, facts.rhythm) for client in facts.clients]
    rows.sort(key=lambda row: _print_order(row, request.sort))
    rows = _ranked(rows)
    totals = _totals(facts, rows, request.factors, shown)
    return Sheet(
        manager_id=facts.manager_id,
        login=facts.login,
        manager=facts.name,
        branch=facts.branch,
        months=shown,
        ahead=ahead,
        sort=request.sort,
        factors=request.factors,
        rows=tuple(rows),
        left_out=left_out(len(rows)),
        clients_all=facts.clients_all,
        head=_head(facts, rows, totals, shown, today),
        totals=totals,
        worst=tuple(sorted((row for row in rows if row.rank), key=lambda row: row.rank or 0)),
        risk_total=sum(row.risk for row in rows),
        today=today,
        currency=facts.currency,
    )


def check(request: SheetRequest) -> None:
    """Raises UsageError("sheet_months", "sheet_ahead", "sheet_factors") for more than a sheet holds."""
    if not 1 <= request.months <= MOST_MONTHS:
        raise UsageError("sheet_months", months=request.months, most=MOST_MONTHS)
    if not 0 <= request.ahead <= MOST_AHEAD:
        raise UsageError("sheet_ahead", ahead=request.ahead, most=MOST_AHEAD)
    check_factors(request.factors)


def check_factors(factors: Sequence[Factor]) -> None:
    """Raises UsageError("sheet_factors") unless there are one to six different factors."""
    if not 1 <= len(factors) <= MAX_FACTORS or len(set(factors)) != len(factors):
        raise UsageError("sheet_factors", most=MAX_FACTORS)


def left_out(count: int) -> int:
    """How many of `count` rows two pages do not hold; the notice about them takes the place of one row."""
    return 0 if count <= TWO_PAGES else count - TWO_PAGES + 1


# ---- one row -----------------------------------------------------------------------------------------


def _row(
    client: ClientFacts,
    factors: Sequence[Factor],
    shown: Sequence[Month],
    ahead: Sequence[Month],
    today: date,
    office: OfficeRhythm,
) -> SheetRow:
    months = tuple(client.months.get(month, _NOTHING) for month in shown)
    columns = tuple(zip(*months, strict=True))  # by place in MonthFigures
    mean = divided(sum(columns[TURNOVER]), len(months))
    silence = silence_of(client, today, office)
    found = alarms.of(client, silence, shown, today, office)
    chance = silence.chance if silence else 0.0
    plan = coming.by_month(client.coming, ahead)
    return SheetRow(
        client_id=client.client_id,
        name=client.name,
        action_segment=client.action_segment,
        importance=client.importance,
        history=_history(client, shown[-1]),
        figures={factor: _column(factor, columns) for factor in factors},
        sums={
            factor: client.distinct_skus if factor is Factor.SKUS else sum(columns[PLACES[factor]])
            for factor in factors
        },
        mean_month=mean,
        potential=client.potential,
        share=None if client.potential is None else per_cent(mean, client.potential),
        goal=goals.result(client, shown, today),
        alarms=found[: alarms.MOST_ALARMS],
        plan=plan,
        empty=coming.empty_months(client, plan, ahead, today),
        risk=_at_risk(client, chance, found, shown, today),
        rank=None,
        gross_profit=sum(columns[GROSS_PROFIT]),
        months=months,
        p_quiet=chance,
    )


def _at_risk(client: ClientFacts, chance: float, found: Sequence[Alarm], shown: Sequence[Month], today: date) -> int:
    """The money a month at risk of a client with an alarm: P · money, but no less than what ▼ shows to be going."""
    if not found:
        return 0
    risk = round(chance * money_a_month(client, shown[-1]))
    if any(alarm.kind is AlarmKind.TURNOVER_FALL for alarm in found):
        closed = [month for month in shown if calendar.last_day(month) <= today]
        lost = alarms.turnover_lost(client, closed[-1])
        risk = max(risk, lost[1] if lost else 0)
    return risk


def silence_of(client: ClientFacts, today: date, office: OfficeRhythm) -> Quiet | None:
    """The client's score of going quiet; None before his first order."""
    if client.order_days < 1 or client.first_order is None or client.last_order is None:
        return None
    return quiet.score(Rhythm(client.order_days, client.first_order, client.last_order), today, office)


def money_a_month(client: ClientFacts, last: Month) -> int:
    """What the client brings a month while he buys (`quiet.mean_while_buying`), from the months of the sparkline."""
    if client.first_order is None or client.last_order is None:
        return 0
    turnover = {month: figures.turnover for month, figures in client.months.items()}
    known_from = calendar.add(last, 1 - HISTORY_MONTHS)
    return quiet.mean_while_buying(turnover, client.first_order, client.last_order, last, known_from)


def _column(factor: Factor, columns: Sequence[Sequence[int]]) -> tuple[int | None, ...]:
    """A factor's figures of the shown months; None where nothing happened, which is not 0."""
    values = columns[PLACES[factor]]
    if factor is Factor.PROMISES_KEPT:
        return tuple(kept if due else None for kept, due in zip(values, columns[PROMISES_DUE], strict=True))
    if factor is Factor.TURNOVER or factor is Factor.GROSS_PROFIT:  # a sale and its return: bought, for nothing
        return tuple(money if money or orders else None for money, orders in zip(values, columns[ORDERS], strict=True))
    return tuple(value or None for value in values)


def _history(client: ClientFacts, last: Month) -> tuple[int | None, ...]:
    """24 months of turnover; nothing before the first order, 0 for a month without one after it."""
    window = calendar.ending(last, HISTORY_MONTHS)
    began = None if client.first_order is None else calendar.month_of(client.first_order)
    if began is None or began > window[0]:  # a return may stand before what counts as the first order
        dealt = (month for month, figures in client.months.items() if figures.turnover or figures.orders)
        began = min(dealt, default=began) if began is None else min(began, min(dealt, default=began))
    if began is None:
        return (None,) * HISTORY_MONTHS
    known = client.months.get
    return tuple([known(month, _NOTHING)[TURNOVER] if month >= began else None for month in window])


# ---- order and rank ----------------------------------------------------------------------------------


def _print_order(row: SheetRow, sort: Sort) -> tuple[int, int, str, int]:
    """Descending by money, the name breaking ties; by importance first when that is asked for."""
    turnover = sum(figures[TURNOVER] for figures in row.months)
    match sort:
        case Sort.TURNOVER:
            return (0, -turnover, sort_key(row.name), row.client_id)
        case Sort.GROSS_PROFIT:
            return (0, -row.gross_profit, sort_key(row.name), row.client_id)
        case Sort.IMPORTANCE:
            return (IMPORTANCE_ORDER[row.importance], -turnover, sort_key(row.name), row.client_id)


def _ranked(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows with ①②③ given to the largest money at risk."""
    at_risk = sorted(
        (row for row in rows if row.risk > 0), key=lambda row: (-row.risk, sort_key(row.name), row.client_id)
    )
    ranks = {row.client_id: place for place, row in enumerate(at_risk[:WORST], 1)}
    return [replace(row, rank=ranks[row.client_id]) if row.client_id in ranks else row for row in rows]


# ---- totals and head ---------------------------------------------------------------------------------


def _totals(
    facts: ManagerFacts, rows: Sequence[SheetRow], factors: Sequence[Factor], shown: Sequence[Month]
) -> SheetTotals:
    def line(values: Sequence[int]) -> TotalsLine:
        return TotalsLine(tuple(values), sum(values))

    of_month = [
        [sum(values) for values in zip(*(row.months[i] for row in rows), strict=True)] or _NOTHING
        for i in range(len(shown))
    ]
    tracked = line([sums[TURNOVER] for sums in of_month])
    others = line([facts.others.get(month, _NOTHING).turnover for month in shown])
    everything = line([a + b for a, b in zip(tracked.months, others.months, strict=True)])
    plan = line([facts.plan.get(month, 0) for month in shown])
    by_factor = {factor: line([sums[PLACES[factor]] for sums in of_month]) for factor in factors}
    if Factor.SKUS in by_factor:
        by_factor[Factor.SKUS] = TotalsLine(by_factor[Factor.SKUS].months, facts.distinct_skus)
    return SheetTotals(
        tracked=tracked,
        others=others,
        all=everything,
        plan=plan,
        share=tuple(per_cent(a, p) for a, p in zip(everything.months, plan.months, strict=True)),
        share_total=_plan_fact(everything.months, plan.months).share,
        factors=by_factor,
        norms=_norms(facts.clients, shown),
    )


def _norms(clients: Sequence[ClientFacts], shown: Sequence[Month]) -> dict[Factor, int]:
    """The contacts that the norms ask for over the shown months, counted from the month a client came."""
    found = {Factor.CALLS: 0, Factor.VISITS: 0, Factor.MAILINGS: 0}
    for client in clients:
        began = min((day for day in (client.since, client.first_order) if day is not None), default=None)
        here = len(shown)
        if began is not None:
            here = max(0, min(here, calendar.between(calendar.month_of(began), shown[-1]) + 1))
        found[Factor.CALLS] += here * client.calls_norm
        found[Factor.VISITS] += here * client.visits_norm
        found[Factor.MAILINGS] += here * client.mailings_norm
    return found


def _plan_fact(facts: Sequence[int], plans: Sequence[int]) -> PlanFact:
    """Like with like: months without a plan count neither as fact nor as plan, unless none has one."""
    planned = [(fact, plan) for fact, plan in zip(facts, plans, strict=True) if plan > 0]
    if not planned:
        return PlanFact(sum(facts), 0, None, False)
    fact, plan = sum(f for f, _ in planned), sum(p for _, p in planned)
    share = per_cent(fact, plan)
    return PlanFact(fact, plan, share, share is not None and share < PLAN_NORM)


def _head(
    facts: ManagerFacts, rows: Sequence[SheetRow], totals: SheetTotals, shown: Sequence[Month], today: date
) -> SheetHead:
    calls = sum(figures.calls for row in rows for figures in row.months)
    visits = sum(figures.visits for row in rows for figures in row.months)
    calls_norm, visits_norm = totals.norms[Factor.CALLS], totals.norms[Factor.VISITS]
    with_gaps = sum(1 for client in facts.clients if client.gaps)
    complete = completeness.share_complete(len(facts.clients), with_gaps)
    return SheetHead(
        month=_plan_fact(totals.all.months[-1:], totals.plan.months[-1:]),
        period=_plan_fact(totals.all.months, totals.plan.months),
        overdue_tasks=facts.overdue_tasks,
        oldest_overdue_days=(today - facts.oldest_overdue).days if facts.oldest_overdue else 0,
        promises_broken=facts.promises_broken,
        promises_due=facts.promises_due,
        calls=calls,
        calls_norm=calls_norm,
        visits=visits,
        visits_norm=visits_norm,
        contacts_bad=100 * calls < CONTACTS_NORM * calls_norm or 100 * visits < CONTACTS_NORM * visits_norm,
        completeness=complete,
        clients_with_gaps=with_gaps,
        completeness_bad=complete < DATA_NORM,
        lost=facts.lost,
        won_back=facts.won_back,
        new=facts.new,
    )
