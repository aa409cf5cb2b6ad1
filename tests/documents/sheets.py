"""Sheets to draw: an invented print shop's manager with any number of clients, the same on every run."""

from __future__ import annotations

import random
from datetime import date, datetime

from crmdesk.documents.sheet_words import Printed
from crmdesk.domain import months as months_
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance, TaskKind
from crmdesk.domain.sheet import (
    DEFAULT_FACTORS,
    Alarm,
    AlarmKind,
    Coming,
    Factor,
    GoalResult,
    MonthFigures,
    PlanFact,
    Sheet,
    SheetHead,
    SheetRow,
    SheetTotals,
    Sort,
    TotalsLine,
    Verdict,
)

LAST = 202610
RUBLE = 100
PRINTED = Printed(
    data_at=datetime(2026, 10, 31, 20, 0),
    by="Лазарева В. П.",
    at=datetime(2026, 11, 2, 9, 30),
    seal="0f3c9a7e5b2d4816aa",
    office="Типография «Отпечаток»",
    branch="Центральный",
)
FIELDS = {
    Factor.TURNOVER: "turnover",
    Factor.SKUS: "skus",
    Factor.CALLS: "calls",
    Factor.VISITS: "visits",
    Factor.GROSS_PROFIT: "gross_profit",
    Factor.IMPORTANT_PRODUCTS: "important",
    Factor.ORDERS: "orders",
    Factor.MAILINGS: "mailings",
    Factor.PROMISES_KEPT: "promises_kept",
}
_KINDS = ("Пекарня", "Аптека", "Кафе", "Завод", "Школа", "Салон", "Фабрика", "Отель", "Студия", "Клиника", "Фонд")
_NAMES = ("Берёза", "Ладья", "Орион", "Ключ", "Маяк", "Янтарь", "Сокол", "Гранит", "Ива", "Пламя", "Север", "Ручей")
_TITLES = ("образцы бумаги", "календари", "макет этикетки", "каталог", "меню", "открытки", "тираж листовок")
_SURNAMES = ("Зимина", "Ткач", "Волошин", "Панова", "Дрозд", "Юрьева")


def client_names(count: int) -> list[str]:
    """So many different names, some with a legal form, some with a comma."""
    names = []
    for i in range(count):
        kind, name = _KINDS[i % len(_KINDS)], _NAMES[(i * 5 + i // len(_KINDS)) % len(_NAMES)]
        number = i // (len(_KINDS) * len(_NAMES))
        text = f"{kind} «{name}»" + (f" {number + 1}" if number else "")
        if i % 9 == 4:
            text = f"ООО {text}, торговая сеть"
        names.append(text)
    return names


def make_sheet(
    clients: int = 35,
    *,
    months: int = 6,
    ahead: int = 3,
    factors: tuple[Factor, ...] = DEFAULT_FACTORS,
    sort: Sort = Sort.TURNOVER,
    manager: str = "Арсеньева Нина Олеговна",
    manager_id: int = 1,
    names: list[str] | None = None,
    scale: int = 1,
    currency: str = "RUB",
) -> Sheet:
    """A whole sheet; `scale` multiplies all money."""
    rng = random.Random(1000 * manager_id + clients)
    shown = months_.ending(LAST, months)
    coming = months_.following(LAST, ahead)
    rows = [
        _row(rng, i, name, months, coming, factors, scale)
        for i, name in enumerate(names if names is not None else client_names(clients))
    ]
    by_importance = list(Importance)
    rows.sort(key=lambda r: (by_importance.index(r.importance) if sort is Sort.IMPORTANCE else 0, -_turnover(r)))
    worst = sorted((row for row in rows if row.risk), key=lambda row: -row.risk)[:3]
    ranks = {row.client_id: rank for rank, row in enumerate(worst, 1)}
    rows = [_ranked(row, ranks.get(row.client_id)) for row in rows]
    worst = sorted((row for row in rows if row.rank), key=lambda row: row.rank or 0)
    totals = _totals(rows, months, factors, scale)
    return Sheet(
        manager_id=manager_id,
        login=f"manager{manager_id}",
        manager=manager,
        branch="Центральный",
        months=shown,
        ahead=coming,
        sort=sort,
        factors=factors,
        rows=tuple(rows),
        left_out=max(0, len(rows) - 81) if len(rows) > 82 else 0,
        clients_all=len(rows) + 177,
        head=_head(rows, totals),
        totals=totals,
        worst=tuple(worst),
        risk_total=sum(row.risk for row in rows),
        today=date(2026, 11, 2),
        currency=currency,
    )


def _turnover(row: SheetRow) -> int:
    return sum(month.turnover for month in row.months)


def _ranked(row: SheetRow, rank: int | None) -> SheetRow:
    values = {name: getattr(row, name) for name in SheetRow.__slots__}
    return SheetRow(**{**values, "rank": rank})


def _row(
    rng: random.Random,
    i: int,
    name: str,
    months: int,
    coming: tuple[int, ...],
    factors: tuple[Factor, ...],
    scale: int,
) -> SheetRow:
    base = max(4_000, int(420_000 * 0.93**i)) * RUBLE * scale
    importance = list(Importance)[0 if i < 6 else 1 if i % 11 == 7 else 3 if i % 13 == 12 else 2]
    segment = list(ActionSegment)[0 if importance is Importance.VIP else 1 if i < 26 else 2 if i % 5 else 3]
    history = [int(base * rng.uniform(0.6, 1.3)) // RUBLE * RUBLE for _ in range(24)]
    first = 20 if i % 17 == 16 else 0
    if i % 10 == 3:
        history[-1] = 0
    shown = [_month(rng, history[24 - months + m], i) for m in range(months)]
    figures = {f: tuple(getattr(month, FIELDS[f]) or None for month in shown) for f in factors}
    sums = {f: sum(getattr(month, FIELDS[f]) for month in shown) for f in factors}
    if Factor.SKUS in sums:
        sums[Factor.SKUS] = max(month.skus for month in shown) + 2
    mean = sum(month.turnover for month in shown) // months
    potential = None if i % 8 == 7 else int(base * rng.uniform(0.9, 2.4))
    alarms = _alarms(i)
    plan, empty = _plan(rng, i, coming, segment)
    return SheetRow(
        client_id=1 << 40 | i,
        name=name,
        action_segment=segment,
        importance=importance,
        history=tuple(None if m < first else value for m, value in enumerate(history)),
        figures=figures,
        sums=sums,
        mean_month=mean,
        potential=potential,
        share=None if potential is None else round(100 * mean / potential),
        goal=_goal(i, shown),
        alarms=alarms,
        plan=plan,
        empty=empty,
        risk=base // 3 if alarms else 0,
        rank=None,
        gross_profit=sum(month.gross_profit for month in shown),
        months=tuple(shown),
        p_quiet=round(rng.random(), 3),
    )


def _month(rng: random.Random, turnover: int, i: int) -> MonthFigures:
    skus = rng.randint(1, max(2, 48 - i)) if turnover else 0
    return MonthFigures(
        turnover=turnover,
        gross_profit=turnover * 31 // 100,
        important=turnover * 17 // 100,
        skus=skus,
        orders=min(skus, rng.randint(1, 9)),
        calls=rng.randint(0, 5),
        visits=rng.randint(0, 3) if i < 20 else 0,
        mailings=rng.randint(0, 2),
        promises_kept=rng.randint(0, 2),
        promises_due=2,
    )


def _alarms(i: int) -> tuple[Alarm, ...]:
    found = {
        3: (Alarm(AlarmKind.SILENT, (61, 23)), Alarm(AlarmKind.PROMISE, (9,)), Alarm(AlarmKind.NO_VISIT, (3,))),
        6: (Alarm(AlarmKind.NO_VISIT, (2,)), Alarm(AlarmKind.SKUS_FALL, (34, 12))),
        0: (Alarm(AlarmKind.TURNOVER_FALL, (64,)),),
        8: (Alarm(AlarmKind.PROMISE, (128,)), Alarm(AlarmKind.NO_CALL, (3,)), Alarm(AlarmKind.SKUS_FALL, (120, 7))),
    }
    return found.get(i % 10, ()) if i % 4 != 1 else ()


def _goal(i: int, shown: list[MonthFigures]) -> GoalResult | None:
    if i % 7 == 6:
        return None
    kind = list(GoalKind)[i % 3]
    if kind is GoalKind.ORDER_EVERY_DAYS:
        return GoalResult(kind, 14 + i, None if i == 9 else 12 + i, Verdict.MISSED if i == 9 else Verdict.MET)
    if kind is GoalKind.SKUS:
        return GoalResult(kind, 30, shown[-1].skus, Verdict.MET if shown[-1].skus >= 30 else Verdict.MISSED)
    mean = sum(month.turnover for month in shown) // len(shown)
    return GoalResult(kind, mean * 51 // 50, mean, Verdict.NEAR)


def _plan(
    rng: random.Random, i: int, coming: tuple[int, ...], segment: ActionSegment
) -> tuple[tuple[tuple[Coming, ...], ...], tuple[bool, ...]]:
    plan = []
    for n, month in enumerate(coming):
        first = months_.first_day(month).toordinal()

        def day(number: int, first: int = first) -> date:
            return date.fromordinal(first + number - 1)

        items = []
        if (i + n) % 6 == 1:
            items.append(Coming(day(rng.randint(1, 28)), "birthday", rng.choice(_SURNAMES), source_id=i))
        if (i + n) % 5 == 2:
            items.append(Coming(day(rng.randint(1, 28)), TaskKind.OTHER, rng.choice(_TITLES), promise=i % 2 == 0))
        if (i + n) % 9 == 3:
            items.append(Coming(day(rng.randint(1, 28)), TaskKind.CONTRACT, "договор"))
        if segment is ActionSegment.VVV and (i + n) % 4:
            items.append(Coming(day(rng.randint(1, 28)), TaskKind.VISIT, routine=True))
        if segment is ActionSegment.CCC and (i + n) % 7:
            items.append(Coming(day(rng.randint(1, 28)), TaskKind.CALL, routine=True))
        if segment is ActionSegment.INFO:
            items.append(Coming(day(10), TaskKind.MAILING, "новости", routine=True))
        plan.append(tuple(items))
    wanted = segment in {ActionSegment.VVV, ActionSegment.CCC}
    return tuple(plan), tuple(wanted and not items for items in plan)


def _line(values: list[int]) -> TotalsLine:
    return TotalsLine(tuple(values), sum(values))


def _totals(rows: list[SheetRow], months: int, factors: tuple[Factor, ...], scale: int) -> SheetTotals:
    tracked = [sum(row.months[m].turnover for row in rows) for m in range(months)]
    others = [(370_000 + 9_000 * (m % 5)) * RUBLE * scale for m in range(months)]
    everything = [a + b for a, b in zip(tracked, others, strict=True)]
    plan = [max(1, value * (104 + 3 * (m % 4)) // 100) for m, value in enumerate(everything)]
    found = {}
    for factor in factors:
        values = [sum(getattr(row.months[m], FIELDS[factor]) for row in rows) for m in range(months)]
        found[factor] = _line(values)
        if factor is Factor.SKUS:
            found[factor] = TotalsLine(tuple(values), 312)
    return SheetTotals(
        tracked=_line(tracked),
        others=_line(others),
        all=_line(everything),
        plan=_line(plan),
        share=tuple(round(100 * a / p) for a, p in zip(everything, plan, strict=True)),
        share_total=round(100 * sum(everything) / sum(plan)),
        factors=found,
        norms={Factor.CALLS: 80 * months, Factor.VISITS: 24 * months, Factor.MAILINGS: 12 * months},
    )


def _head(rows: list[SheetRow], totals: SheetTotals) -> SheetHead:
    def against(fact: int, plan: int) -> PlanFact:
        share = round(100 * fact / plan)
        return PlanFact(fact, plan, share, share < 90)

    return SheetHead(
        month=against(totals.all.months[-1], totals.plan.months[-1]),
        period=against(totals.all.total, totals.plan.total),
        overdue_tasks=7,
        oldest_overdue_days=34,
        promises_broken=3,
        promises_due=21,
        calls=sum(month.calls for row in rows for month in row.months),
        calls_norm=totals.norms[Factor.CALLS],
        visits=sum(month.visits for row in rows for month in row.months),
        visits_norm=totals.norms[Factor.VISITS],
        contacts_bad=False,
        completeness=86,
        clients_with_gaps=5,
        completeness_bad=False,
        lost=2,
        won_back=1,
        new=1,
    )
