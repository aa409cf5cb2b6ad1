"""The supervisor's sheet for scripts: stable English keys, money as text with two decimals, ids as text."""

from __future__ import annotations

from typing import Any

from crmdesk.domain import months as months_
from crmdesk.domain.sheet import MONEY_FACTORS, Alarm, AlarmKind, Coming, MonthFigures, Sheet, SheetRow, TotalsLine

_ALARM_VALUES = {
    AlarmKind.SILENT: ("silent_days", "usual_days"),
    AlarmKind.PROMISE: ("days_late",),
    AlarmKind.NO_VISIT: ("months",),
    AlarmKind.NO_CALL: ("months",),
    AlarmKind.SKUS_FALL: ("from", "to"),
    AlarmKind.TURNOVER_FALL: ("percent",),
}


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain dicts, lists and texts, ready for json.dumps.

    All tracked clients are in `rows`; `left_out` says how many of them, from the end, paper does not hold.
    """
    return {
        "manager": sheet.login,
        "manager_name": sheet.manager,
        "manager_id": str(sheet.manager_id),
        "branch": sheet.branch,
        "period": {
            "from": months_.iso(sheet.months[0]),
            "to": months_.iso(sheet.months[-1]),
            "months": [months_.iso(month) for month in sheet.months],
            "ahead": [months_.iso(month) for month in sheet.ahead],
        },
        "today": sheet.today.isoformat(),
        "currency": sheet.currency,
        "sort": sheet.sort.value,
        "factors": [factor.value for factor in sheet.factors],
        "head": _head(sheet),
        "rows": [_row(sheet, row) for row in sheet.rows],
        "totals": _totals(sheet),
        "start_with": [str(row.client_id) for row in sheet.worst],
        "money_at_risk": money(sheet.risk_total),
        "clients_all": sheet.clients_all,
        "left_out": sheet.left_out,
    }


def money(minor: int) -> str:
    """Minor units as text with two decimals: -1234.50."""
    whole, part = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole}.{part:02d}"


def _row(sheet: Sheet, row: SheetRow) -> dict[str, Any]:
    return {
        "client": row.name,
        "client_id": str(row.client_id),
        "action_segment": row.action_segment.value,
        "importance": row.importance.value,
        "months": {
            months_.iso(month): _month(figures) for month, figures in zip(sheet.months, row.months, strict=True)
        },
        "sums": {
            factor.value: money(value) if factor in MONEY_FACTORS else value for factor, value in row.sums.items()
        },
        "potential": None if row.potential is None else money(row.potential),
        "share_percent": row.share,
        "goal": _goal(row),
        "alarms": [_alarm(alarm) for alarm in row.alarms],
        "plan": {
            months_.iso(month): [_coming(item) for item in items]
            for month, items in zip(sheet.ahead, row.plan, strict=True)
        },
        "empty": [months_.iso(month) for month, empty in zip(sheet.ahead, row.empty, strict=True) if empty],
        "money_at_risk": money(row.risk),
        "rank": row.rank,
        "p_quiet": round(row.p_quiet, 6),
    }


def _month(figures: MonthFigures) -> dict[str, Any]:
    return {
        "turnover": money(figures.turnover),
        "gross_profit": money(figures.gross_profit),
        "skus": figures.skus,
        "calls": figures.calls,
        "visits": figures.visits,
        "important_products": money(figures.important),
        "orders": figures.orders,
        "mailings": figures.mailings,
        "promises_kept": figures.promises_kept,
        "promises_due": figures.promises_due,
    }


def _goal(row: SheetRow) -> dict[str, Any] | None:
    goal = row.goal
    if goal is None:
        return None
    in_money = goal.kind.value == "turnover"
    return {
        "kind": goal.kind.value,
        "target": money(goal.target) if in_money else goal.target,
        "actual": money(goal.actual) if in_money and goal.actual is not None else goal.actual,
        "verdict": goal.verdict.value,
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    return {"kind": alarm.kind.value, **dict(zip(_ALARM_VALUES[alarm.kind], alarm.values, strict=True))}


def _coming(item: Coming) -> dict[str, Any]:
    return {
        "day": item.day.isoformat(),
        "kind": item.kind,
        "words": item.words,
        "promise": item.promise,
        "routine": item.routine,
        "source_id": str(item.source_id),
    }


def _head(sheet: Sheet) -> dict[str, Any]:
    head = sheet.head
    return {
        "month": {"fact": money(head.month.fact), "plan": money(head.month.plan), "percent": head.month.share},
        "period": {"fact": money(head.period.fact), "plan": money(head.period.plan), "percent": head.period.share},
        "overdue_tasks": head.overdue_tasks,
        "oldest_overdue_days": head.oldest_overdue_days,
        "promises_broken": head.promises_broken,
        "promises_due": head.promises_due,
        "calls": head.calls,
        "calls_norm": head.calls_norm,
        "visits": head.visits,
        "visits_norm": head.visits_norm,
        "completeness_percent": head.completeness,
        "clients_with_gaps": head.clients_with_gaps,
        "lost": head.lost,
        "won_back": head.won_back,
        "new": head.new,
    }


def _totals(sheet: Sheet) -> dict[str, Any]:
    totals = sheet.totals
    keys = [months_.iso(month) for month in sheet.months]

    def line(found: TotalsLine, *, in_money: bool = True) -> dict[str, Any]:
        text = money if in_money else int
        return {
            "months": {key: text(value) for key, value in zip(keys, found.months, strict=True)},
            "total": text(found.total),
        }

    return {
        "tracked": line(totals.tracked),
        "others": line(totals.others),
        "all": line(totals.all),
        "plan": line(totals.plan),
        "percent": {"months": dict(zip(keys, totals.share, strict=True)), "total": totals.share_total},
        "factors": {
            factor.value: line(found, in_money=factor in MONEY_FACTORS) for factor, found in totals.factors.items()
        },
        "norms": {factor.value: value for factor, value in totals.norms.items()},
    }
