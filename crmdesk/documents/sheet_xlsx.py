"""The supervisor's sheet as a workbook: a worksheet a manager, real numbers, totals that Excel adds up itself.

Texts are written as texts, so a client called `=1+1` is never a formula. Money is in currency units, not thousands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from crmdesk.documents.sheet_cells import unique_titles
from crmdesk.documents.sheet_columns import has_sum
from crmdesk.documents.sheet_managers import alarm_counts
from crmdesk.documents.sheet_units import sheet_unit
from crmdesk.documents.sheet_words import SIGNS, VERDICT_SIGNS, Printed, SheetWords
from crmdesk.documents.workbook import TITLE_LONGEST, Formats, clean, set_up_print, worksheet_title
from crmdesk.domain.lists import GoalKind
from crmdesk.domain.sheet import MONEY_FACTORS, Factor, Sheet, SheetRow
from crmdesk.system.i18n import Words
from crmdesk.system.jobs import NO_JOB, Job

_FIRST = 6  # the first row of clients; above: title, subtitle, two lines of figures, two rows of heads


def write_xlsx(target: BinaryIO, sheets: Sequence[Sheet], *, words: Words, printed: Printed, job: Job = NO_JOB) -> None:
    """Writes the workbook; a cover with one row a manager comes first when there are several."""
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties(
        {
            "title": words.pgettext("sheet", "Supervisor's sheet"),
            "author": clean(printed.by),
            "company": clean(printed.office),
            "created": printed.at.replace(tzinfo=None),
        }
    )
    formats = Formats(book)
    cover = words.pgettext("sheet", "All managers")
    several = len(sheets) > 1
    titles = unique_titles([cover, *(worksheet_title(sheet) for sheet in sheets)], TITLE_LONGEST)
    if several:
        _Cover(book.add_worksheet(titles[0]), formats, words, printed).write(sheets, titles[1:])
    for done, (sheet, title) in enumerate(zip(sheets, titles[1:], strict=True)):
        job.check()
        job.progress(done, len(sheets))
        _Worksheet(
            book.add_worksheet(title),
            formats,
            SheetWords(words, sheet.currency, unit=sheet_unit(sheet)),
            sheet,
            printed,
        ).write()
    book.close()
    job.progress(len(sheets), len(sheets))


class _Worksheet:
    """One manager's worksheet."""

    def __init__(self, page: Any, formats: Formats, words: SheetWords, sheet: Sheet, printed: Printed) -> None:
        self._page = page
        self._formats = formats
        self._words = words
        self._sheet = sheet
        self._printed = printed
        self._end = _FIRST + len(sheet.rows)  # the row of the totals

    def _text(self, row: int, column: int, text: str, look: Any = None) -> None:
        self._page.write_string(row, column, clean(text), look or self._formats.plain)

    def _number(self, row: int, column: int, value: float, look: Any) -> None:
        self._page.write_number(row, column, value, look)

    def write(self) -> None:
        """Fills the worksheet."""
        words, sheet = self._words, self._sheet
        self._text(0, 0, sheet.manager, self._formats.title)
        self._text(1, 0, " · ".join([words.title(), words.period(sheet), words.tracked(sheet), words.sorted_by(sheet)]))
        figures = [
            f"{label}: {figure}" + (f" ({remark})" if remark else "")
            for label, figure, remark, _ in words.figures(sheet)
        ]
        self._text(2, 0, " · ".join(figures))
        worst = [f"{i}. {row.name}: {words.risk(row.risk)}" for i, row in enumerate(sheet.worst, 1)]
        self._text(3, 0, words.start_with(len(worst)) + (": " + "; ".join(worst) if worst else ""))
        self._labels()
        column = 4
        for factor in sheet.factors:
            column = self._factor(factor, column)
        column = self._potential(column)
        column = self._goals(column)
        column = self._alarms(column)
        self._plans(column)
        self._page.freeze_panes(_FIRST, 2)
        self._page.set_column(0, 0, 4)
        self._page.set_column(1, 1, 34)
        self._page.set_column(2, 3, 9)
        set_up_print(self._page, self._words, self._printed, _FIRST)

    def _head(self, column: int, text: str, *, left: bool = False) -> None:
        self._text(_FIRST - 1, column, text, self._formats.head_left if left else self._formats.head)

    def _group(self, first: int, last: int, text: str) -> None:
        if first == last:
            self._text(_FIRST - 2, first, text, self._formats.group)
        else:
            self._page.merge_range(_FIRST - 2, first, _FIRST - 2, last, "", self._formats.group)
            self._text(_FIRST - 2, first, text, self._formats.group)

    def _labels(self) -> None:
        words, w, sheet = self._words, self._words.words, self._sheet
        heads = (
            w.pgettext("sheet", "№"),
            w.pgettext("sheet", "Client"),
            w.pgettext("sheet", "Imp."),
            w.pgettext("sheet", "Action"),
        )
        for column, head in enumerate(heads):
            self._head(column, head, left=True)
        for i, row in enumerate(sheet.rows):
            self._number(_FIRST + i, 0, i + 1, self._formats.count)
            self._text(_FIRST + i, 1, row.name, self._formats.bold if row.rank else self._formats.plain)
            self._text(_FIRST + i, 2, words.importance(row.importance))
            self._text(_FIRST + i, 3, words.segment(row.action_segment))
        others = sheet.clients_all - len(sheet.rows)
        labels = [w.pgettext("sheet", "Tracked in all: {n}", n=w.number(len(sheet.rows)))]
        if Factor.TURNOVER in sheet.factors:
            labels += [
                w.ngettext("Other {n} client", "Other {n} clients", others),
                w.pgettext("sheet", "All of the manager"),
                w.pgettext("sheet", "Plan"),
                w.pgettext("sheet", "Plan met, %"),
            ]
        for i, label in enumerate(labels):
            self._text(self._end + i, 1, label, self._formats.total_text if i == 0 else self._formats.plain)

    def _factor(self, factor: Factor, first: int) -> int:
        """The block of a factor from column `first`; returns the next free column."""
        words, sheet, formats = self._words, self._sheet, self._formats
        money = factor in MONEY_FACTORS
        look = formats.money if money else formats.count
        months = len(sheet.months)
        with_sum = has_sum(sheet, factor, brief=True)
        last = first + months - (0 if with_sum else 1)
        self._group(first, last, f"{words.factor(factor)}, {words.sign}" if money else words.factor(factor))
        for i, month in enumerate(sheet.months):
            self._head(first + i, f"{words.month_head(month)} {month // 100}")
        if with_sum:
            self._head(last, words.sum_head(months))
        for i, row in enumerate(sheet.rows):
            for month, value in enumerate(row.figures[factor]):
                if value:
                    self._number(_FIRST + i, first + month, _units(value, money=money), look)
            if with_sum:
                self._row_sum(_FIRST + i, first, last, row, factor)
        self._page.set_column(first, last, 10 if money else 6)
        self._totals(factor, first, last, with_sum=with_sum)
        return last + 1

    def _row_sum(self, at: int, first: int, last: int, row: SheetRow, factor: Factor) -> None:
        money = factor in MONEY_FACTORS
        value = _units(row.sums.get(factor, 0), money=money)
        look = self._formats.money_bold if money else self._formats.count
        if factor is Factor.SKUS:  # distinct over the months: no sum of what stands beside it
            self._number(at, last, value, look)
        else:
            cells = f"{xl_rowcol_to_cell(at, first)}:{xl_rowcol_to_cell(at, last - 1)}"
            self._page.write_formula(at, last, f"=SUM({cells})", look, value)

    def _totals(self, factor: Factor, first: int, last: int, *, with_sum: bool) -> None:
        sheet, formats = self._sheet, self._formats
        line = sheet.totals.tracked if factor is Factor.TURNOVER else sheet.totals.factors.get(factor)
        if line is None:
            return
        money = factor in MONEY_FACTORS
        look = formats.total_money if money else formats.total_count
        values = [*line.months, line.total] if with_sum else list(line.months)
        for i, value in enumerate(values):
            at = first + i
            if factor is Factor.SKUS or not sheet.rows:
                self._number(self._end, at, _units(value, money=money), look)
            else:
                name = xl_col_to_name(at)
                formula = f"=SUM({name}{_FIRST + 1}:{name}{self._end})"
                self._page.write_formula(self._end, at, formula, look, _units(value, money=money))
        if factor is Factor.TURNOVER:
            self._turnover_totals(first, with_sum=with_sum)

    def _turnover_totals(self, first: int, *, with_sum: bool) -> None:
        totals, formats = self._sheet.totals, self._formats
        for i in range(len(self._sheet.months) + with_sum):
            at, name = first + i, xl_col_to_name(first + i)
            whole = i == len(self._sheet.months)
            others, everything, plan = (
                line.total if whole else line.months[i] for line in (totals.others, totals.all, totals.plan)
            )
            self._number(self._end + 1, at, others / 100, formats.money)
            formula = f"={name}{self._end + 1}+{name}{self._end + 2}"
            self._page.write_formula(self._end + 2, at, formula, formats.money, everything / 100)
            self._number(self._end + 3, at, plan / 100, formats.money)
            if plan:
                formula = f"={name}{self._end + 3}/{name}{self._end + 4}"
                self._page.write_formula(self._end + 4, at, formula, formats.ratio, everything / plan)

    def _potential(self, column: int) -> int:
        w, formats = self._words.words, self._formats
        self._group(column, column + 1, f"{w.pgettext('sheet', 'Potential')}, {self._words.sign}")
        self._head(column, w.pgettext("sheet", "a month"))
        self._head(column + 1, "%")
        for i, row in enumerate(self._sheet.rows):
            if row.potential is not None:
                self._number(_FIRST + i, column, row.potential / 100, formats.money)
            if row.share is not None:
                self._number(
                    _FIRST + i, column + 1, row.share / 100, formats.ratio if row.share > 100 else formats.ratio_plain
                )
        self._page.set_column(column, column, 10)
        self._page.set_column(column + 1, column + 1, 6)
        return column + 2

    def _goals(self, column: int) -> int:
        w, formats = self._words.words, self._formats
        self._group(column, column + 3, w.pgettext("sheet", "Goal"))
        for i, head in enumerate(
            (
                w.pgettext("sheet", "what"),
                w.pgettext("sheet", "goal"),
                w.pgettext("sheet", "done"),
                w.pgettext("sheet", "met"),
            )
        ):
            self._head(column + i, head)
        kinds = {
            GoalKind.ORDER_EVERY_DAYS: w.pgettext("sheet", "days between orders"),
            GoalKind.SKUS: w.pgettext("sheet", "SKU"),
            GoalKind.TURNOVER: w.pgettext("sheet", "turnover a month"),
        }
        for i, row in enumerate(self._sheet.rows):
            if row.goal is None:
                continue
            money = row.goal.kind is GoalKind.TURNOVER
            look = formats.money if money else formats.count
            self._text(_FIRST + i, column, kinds[row.goal.kind])
            self._number(_FIRST + i, column + 1, _units(row.goal.target, money=money), look)
            if row.goal.actual is not None:
                self._number(_FIRST + i, column + 2, _units(row.goal.actual, money=money), look)
            self._text(_FIRST + i, column + 3, VERDICT_SIGNS[row.goal.verdict])
        self._page.set_column(column, column, 16)
        self._page.set_column(column + 1, column + 3, 8)
        return column + 4

    def _alarms(self, column: int) -> int:
        words, w, formats = self._words, self._words.words, self._formats
        self._head(column, w.pgettext("sheet", "Alarms"), left=True)
        self._head(column + 1, f"{w.pgettext('sheet', 'At risk')}, {words.sign}")
        for i, row in enumerate(self._sheet.rows):
            texts = [words.alarm(alarm) for alarm in row.alarms]
            if texts:
                self._text(_FIRST + i, column, "; ".join(f"{text.sign} {text.long}" for text in texts), formats.text)
            if row.risk:
                self._number(_FIRST + i, column + 1, row.risk / 100, formats.money)
        self._page.set_column(column, column, 36)
        self._page.set_column(column + 1, column + 1, 11)
        return column + 2

    def _plans(self, column: int) -> None:
        words, sheet, formats = self._words, self._sheet, self._formats
        if not sheet.ahead:
            return
        self._group(column, column + len(sheet.ahead) - 1, words.words.pgettext("sheet", "Not to forget"))
        for month, name in enumerate(sheet.ahead):
            self._head(column + month, f"{words.plan_head(name)} {name // 100}", left=True)
            for i, row in enumerate(sheet.rows):
                items = ", ".join(words.coming(item, spelled=True) for item in row.plan[month])
                text = items or (words.empty() if row.empty[month] else "")
                if text:
                    self._text(_FIRST + i, column + month, text, formats.text)
        self._page.set_column(column, column + len(sheet.ahead) - 1, 28)


def _units(value: int, *, money: bool) -> float:
    return value / 100 if money else value


class _Cover:
    """The first worksheet of a batch: one row a manager, with a link to his worksheet."""

    def __init__(self, page: Any, formats: Formats, words: Words, printed: Printed) -> None:
        self._page = page
        self._formats = formats
        self._words = words
        self._printed = printed

    def write(self, sheets: Sequence[Sheet], titles: Sequence[str]) -> None:
        """Fills the worksheet."""
        page, formats, w = self._page, self._formats, self._words
        words = SheetWords(w, sheets[0].currency)
        page.write_string(0, 0, w.pgettext("sheet", "All managers"), formats.title)
        cover = w.pgettext("sheet", "Supervisor's sheets, cover")
        page.write_string(1, 0, f"{cover} · {words.period(sheets[0])}", formats.plain)
        months = sheets[0].months
        money, count, share = formats.money, formats.count, formats.ratio_plain
        columns: list[tuple[str, Any, list[float | None], bool]] = [
            (w.pgettext("sheet", "tracked"), count, [len(s.rows) for s in sheets], True),
            (w.pgettext("sheet", "all"), count, [s.clients_all for s in sheets], True),
        ]
        for i, month in enumerate(months):
            head = f"{words.month_head(month)} {month // 100}, {words.sign}"
            columns.append((head, money, [s.totals.all.months[i] / 100 for s in sheets], True))
        if len(months) > 1:
            columns.append((words.sum_head(len(months)), money, [s.totals.all.total / 100 for s in sheets], True))
        plan = w.pgettext("sheet", "Plan")
        columns += [
            (f"{plan}, {words.month_head(months[-1])}", money, [s.head.month.plan / 100 for s in sheets], True),
            ("%", share, [_ratio(s.head.month.share) for s in sheets], False),
            (f"{plan}, {words.sum_head(len(months))}", money, [s.head.period.plan / 100 for s in sheets], True),
            ("%", share, [_ratio(s.head.period.share) for s in sheets], False),
            (words.factor(Factor.CALLS), count, [s.head.calls for s in sheets], True),
            (w.pgettext("sheet", "norm"), count, [s.head.calls_norm for s in sheets], True),
            (words.factor(Factor.VISITS), count, [s.head.visits for s in sheets], True),
            (w.pgettext("sheet", "norm"), count, [s.head.visits_norm for s in sheets], True),
            (w.pgettext("sheet", "Overdue tasks"), count, [s.head.overdue_tasks for s in sheets], True),
            (w.pgettext("sheet", "Promises broken"), count, [s.head.promises_broken for s in sheets], True),
            (w.pgettext("sheet", "Data completeness"), share, [s.head.completeness / 100 for s in sheets], False),
            (w.pgettext("sheet", "lost"), count, [s.head.lost for s in sheets], True),
            (w.pgettext("sheet", "back"), count, [s.head.won_back for s in sheets], True),
            (w.pgettext("sheet", "new"), count, [s.head.new for s in sheets], True),
        ]
        alarms = [alarm_counts(sheet) for sheet in sheets]
        for i, sign in enumerate([*dict.fromkeys(SIGNS.values()), "○"]):
            columns.append((sign, count, [counts[i] for counts in alarms], True))
        at_risk = f"{w.pgettext('sheet', 'At risk')}, {words.sign}"
        columns.append((at_risk, money, [s.risk_total / 100 for s in sheets], True))
        self._fill(sheets, titles, columns)

    def _fill(
        self,
        sheets: Sequence[Sheet],
        titles: Sequence[str],
        columns: Sequence[tuple[str, Any, list[float | None], bool]],
    ) -> None:
        page, formats, w = self._page, self._formats, self._words
        first = 4
        end = first + len(sheets)
        page.write_string(first - 1, 0, "№", formats.head_left)
        page.write_string(first - 1, 1, w.pgettext("sheet", "Manager"), formats.head_left)
        page.write_string(end, 1, w.pgettext("sheet", "Total"), formats.total_text)
        for i, (sheet, title) in enumerate(zip(sheets, titles, strict=True)):
            page.write_number(first + i, 0, i + 1, formats.count)
            quoted = title.replace("'", "''")
            page.write_url(first + i, 1, f"internal:'{quoted}'!A1", formats.plain, clean(sheet.manager))
        for column, (head, look, values, added) in enumerate(columns, 2):
            page.write_string(first - 1, column, head, formats.head)
            for i, value in enumerate(values):
                if value is not None:
                    page.write_number(first + i, column, value, look)
            if added:
                name = xl_col_to_name(column)
                total = formats.total_money if look is formats.money else formats.total_count
                sum_ = sum(value for value in values if value is not None)
                page.write_formula(end, column, f"=SUM({name}{first + 1}:{name}{end})", total, sum_)
        page.set_column(0, 0, 4)
        page.set_column(1, 1, 32)
        page.set_column(2, 1 + len(columns), 10)
        page.freeze_panes(first, 2)
        set_up_print(page, SheetWords(w, ""), self._printed, first)


def _ratio(share: int | None) -> float | None:
    return None if share is None else share / 100
