"""The inspector's page about a cell of the sheet: the figure, and the records it was counted from."""

from __future__ import annotations

from collections.abc import Callable

from crmdesk.documents.sheet_words import SheetWords
from crmdesk.domain.completeness import Gap
from crmdesk.domain.evidence import Evidence, EvidenceKind
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import AlarmKind, Coming, Factor, Sheet, SheetRow
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.inspector import Page, Record
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.sheet.cells import ALARM_TOKENS
from crmdesk.ui.sheet.columns import Column, Kind
from crmdesk.ui.sheet.presenter import CellAsked

SHOWN = 400  # records; more say nothing to a person
NAMES = {  # what a question is called when no column says it
    "history": N_("Orders of two years"),
    "risk": N_("Why he may leave"),
    "plan": N_("What is planned"),
    "goal": N_("Goal"),
    "potential": N_("Potential"),
    "gaps": N_("Missing facts"),
    "fact": N_("Turnover by client"),
    "overdue_tasks": N_("Overdue tasks"),
    "promises": N_("Promises"),
    "calls": N_("Calls"),
    "visits": N_("Visits"),
    "completeness": N_("Missing facts"),
    "base": N_("Lost, won back, new"),
}
NOTES = {  # keys of Evidence.note
    "kept": N_("kept"),
    "late": N_("late"),
    "open": N_("open"),
    "lost": N_("lost"),
    "won_back": N_("won back"),
    "new": N_("new"),
}
GAPS = {
    Gap.CONTACT: N_("neither phone nor e-mail"),
    Gap.PERSON: N_("nobody is named"),
    Gap.ACTION_SEGMENT: N_("nobody deals with an important client"),
    Gap.NEXT_STEP: N_("no next step"),
    Gap.BIRTHDAY: N_("no birthday is known"),
}
ALARM_NAMES = {
    AlarmKind.SILENT: N_("Silence"),
    AlarmKind.PROMISE: N_("Promise"),
    AlarmKind.NO_VISIT: N_("No visit"),
    AlarmKind.NO_CALL: N_("No call"),
    AlarmKind.SKUS_FALL: N_("Fewer SKUs"),
    AlarmKind.TURNOVER_FALL: N_("Less turnover"),
}


def asked(row: SheetRow, column: Column) -> tuple[str, Month | None]:
    """What services.sheets.behind is asked for a cell."""
    if column.kind in (Kind.FACTOR, Kind.SUM):
        assert column.factor is not None
        return column.factor.value, column.month
    if column.kind in (Kind.POTENTIAL, Kind.SHARE):
        return "potential", None
    if column.kind is Kind.GOAL:
        return "goal", None
    if column.kind is Kind.PLAN:
        return "plan", column.month
    if column.kind is Kind.ALARMS and row.alarms:
        return row.alarms[0].kind.value, None
    return "history", None


def cell_page(
    sheet: Sheet,
    words: SheetWords,
    cell: CellAsked,
    records: tuple[Evidence, ...] | None,
    ask: Callable[[str], None],
) -> Page:
    """The page of a cell of one client; `ask` opens another question about the same client."""
    row = next((row for row in sheet.rows if row.client_id == cell.client_id), None)
    w = words.words
    if row is None:
        return head_page(sheet, words, cell, records)
    others = [alarm for alarm in row.alarms if alarm.kind.value != cell.what]
    buttons = tuple((w.gettext(ALARM_NAMES[alarm.kind]), _asker(ask, alarm.kind.value)) for alarm in others[:2])
    if not buttons and cell.what != "history":
        buttons = ((w.gettext("All orders"), _asker(ask, "history")),)
    return Page(
        title=row.name,
        subtitle=_question(words, cell),
        chips=tuple(_chips(words, row)),
        warning="",
        lines=tuple(_lines(sheet, words, row)),
        records_head=_records_head(w, records),
        records=tuple(_record(words, sheet, one, whole=False) for one in (records or ())[:SHOWN]),
        note=_sum_note(words, sheet, cell, records),
        buttons=buttons,
    )


def head_page(sheet: Sheet, words: SheetWords, cell: CellAsked, records: tuple[Evidence, ...] | None) -> Page:
    """The page of a figure above the table."""
    w = words.words
    return Page(
        title=_question(words, cell),
        subtitle=sheet.manager,
        records_head=_records_head(w, records),
        records=tuple(_record(words, sheet, one, whole=True) for one in (records or ())[:SHOWN]),
        note=_sum_note(words, sheet, cell, records),
    )


def _asker(ask: Callable[[str], None], what: str) -> Callable[[], None]:
    return lambda: ask(what)


def _question(words: SheetWords, cell: CellAsked) -> str:
    w = words.words
    month = "" if cell.month is None else f", {w.month_name(cell.month % 100)} {cell.month // 100}"
    if cell.what in {factor.value for factor in Factor}:
        return words.factor(Factor(cell.what)) + month
    if cell.what in {kind.value for kind in AlarmKind}:
        return w.gettext(ALARM_NAMES[AlarmKind(cell.what)]) + month
    return w.gettext(NAMES[cell.what]) + month if cell.what in NAMES else month.lstrip(", ")


def _chips(words: SheetWords, row: SheetRow) -> list[tuple[str, str, str]]:
    found = [("star", words.importance(row.importance), "muted"), ("users", words.segment(row.action_segment), "muted")]
    if row.alarms:
        kind = row.alarms[0].kind
        found.append(("circle-alert", words.alarm(row.alarms[0]).short, ALARM_TOKENS[kind]))
    return found


def _lines(sheet: Sheet, words: SheetWords, row: SheetRow) -> list[tuple[str, str, str]]:
    w = words.words
    months = w.number(len(sheet.months))
    found = []
    if Factor.TURNOVER in row.sums:
        money = w.money(row.sums[Factor.TURNOVER], sheet.currency, cents=False)
        found.append((w.gettext("Turnover, {n} mo", n=months), money, "text"))
    profit = w.money(row.gross_profit, sheet.currency, cents=False)
    found.append((w.gettext("Gross profit"), profit, "text"))
    if row.potential is not None:
        share = "" if row.share is None else f" · {w.percent(row.share)}"
        found.append(
            (w.gettext("Potential a month"), w.money(row.potential, sheet.currency, cents=False) + share, "text")
        )
    found.append((w.gettext("Goal"), words.goal(row.goal) if row.goal else words.no_goal(), "text"))
    if row.risk:
        found.append((w.gettext("At risk a month"), w.money(row.risk, sheet.currency, cents=False), "over"))
    return found


def _records_head(w: Words, records: tuple[Evidence, ...] | None) -> str:
    if records is None:
        return w.gettext("Looking…")
    if not records:
        return w.gettext("No records stand behind it")
    return w.ngettext("Counted from {n} record", "Counted from {n} records", len(records))


def _sum_note(words: SheetWords, sheet: Sheet, cell: CellAsked, records: tuple[Evidence, ...] | None) -> str:
    amounts = [one.amount for one in records or () if one.amount is not None and one.kind is not EvidenceKind.LINE]
    if len(amounts) < 2 or cell.what in ("plan", "potential"):
        return ""
    total = words.words.money(sum(amounts), sheet.currency)
    return words.words.gettext("Together {amount}", amount=total)


def _record(words: SheetWords, sheet: Sheet, one: Evidence, *, whole: bool) -> Record:
    w = words.words
    when = w.day(one.day) if one.day is not None else ""
    parts = [one.client] if whole and one.client else []
    text = " ".join(one.words.split())
    if one.kind is EvidenceKind.ORDER and text:
        text = w.gettext("Order {number}", number=text)
    if one.kind in (EvidenceKind.TASK, EvidenceKind.PERSON) and not text:
        text = words.coming(Coming(one.day, one.note or "birthday")) if one.day is not None else ""
    if text:
        parts.append(text)
    if one.kind is EvidenceKind.GAP and one.note in set(Gap):
        parts.append(w.gettext(GAPS[Gap(one.note)]))
    elif one.note in NOTES:
        parts.append(w.gettext(NOTES[one.note]))
    right = ""
    if one.amount is not None:
        right = w.money(one.amount, sheet.currency)
    if one.quantity is not None:
        parts.append(w.decimal(one.quantity, 0 if one.quantity % 1000 == 0 else 2))
    icon = record_icon(one.note if one.kind in (EvidenceKind.TASK, EvidenceKind.INTERACTION) else one.kind.value)
    if not when and parts:
        when, parts = parts[0], parts[1:]
    return Record(icon, when, " · ".join(parts), right)
