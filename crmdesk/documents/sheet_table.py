"""The table of the sheet: heads, one row a client, totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crmdesk.documents import paper
from crmdesk.documents.paper import RIGHT, Paper
from crmdesk.documents.sheet_cells import fit_alarms, fit_plan, fit_plan_lines
from crmdesk.documents.sheet_columns import (
    FIGURE,
    GOAL_SIGN,
    GUTTER,
    HEAD,
    NAME,
    WORD,
    Block,
    Columns,
    block_head,
    cell,
    sum_text,
    totals_lines,
)
from crmdesk.documents.sheet_frame import spanner
from crmdesk.documents.sheet_words import VERDICT_SIGNS, Form, SheetWords
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.sheet import Coming, Factor, Sheet, SheetRow, Sort, TotalsLine, Verdict

PITCH_MOST = 8.0  # mm a row
TWO_LINES_FROM = 6.4  # the pitch from which a cell has two lines
_LINE = 3.05  # between the two lines of a cell
_TOTALS_PITCH = 3.9
_TOTALS_SIZE = 7.0
NOTES_HIGH = 5.8  # how much lower the pen stands when a block's total and norm are above it
_SHARE_LINE = 4  # tracked, others, all, plan, share of the plan
_WORDS_MOST = 200  # characters


def _word(text: str) -> float:
    return paper.width(text, WORD)


class Table:
    """Draws the rows of one sheet at one pitch; `names` are the clients' names as they fit, by id."""

    def __init__(
        self, page: Paper, sheet: Sheet, words: SheetWords, columns: Columns, names: Mapping[int, str], pitch: float
    ) -> None:
        self._page = page
        self._sheet = sheet
        self._words = words
        self._columns = columns
        self._names = names
        self._pitch = pitch
        self._two = pitch >= TWO_LINES_FROM
        self._heads_top = 0.0

    # heads ------------------------------------------------------------------------------------------
    def heads(self, y: float) -> float:
        """The column heads from `y`; returns where the first row begins."""
        page, c, words = self._page, self._columns, self._words
        w = words.words
        base = y + 6.6
        page.text(c.number_edge, base, w.pgettext("sheet", "№"), HEAD, align="r")
        page.text(c.name, base, w.pgettext("sheet", "Client"), HEAD, bold=True)
        page.text(c.importance, base, w.pgettext("sheet", "Imp."), HEAD)
        page.text(c.segment, base, w.pgettext("sheet", "Action"), HEAD)
        if c.spark is not None:
            page.text(c.spark, base, w.pgettext("sheet", "24 months"), HEAD)
        for block in c.blocks:
            self._block_heads(block, y)
        self._potential_heads(y)
        page.text(c.goal, base, w.pgettext("sheet", "Goal: actual"), HEAD)
        page.text(c.alarms, base, w.pgettext("sheet", "Alarms"), HEAD, bold=True)
        if c.plans:
            spanner(page, c.plans[0][0], RIGHT, y, w.pgettext("sheet", "Not to forget"))
            for (x, _), month in zip(c.plans, self._sheet.ahead, strict=True):
                page.text(x, base, words.plan_head(month), HEAD)
        page.rule(y + 7.8, 0.6)
        self._heads_top = y
        return y + 7.8 + 0.4

    def _block_heads(self, block: Block, y: float) -> None:
        page, words, sheet = self._page, self._words, self._sheet
        left = block.left + (1.1 if block.money else 0.5)
        right = block.edges[-1] if block.money and not block.brief else block.right
        spanner(page, left, right, y, block_head(words, block.factor, brief=block.brief))
        for edge, i in zip(block.edges, block.shown, strict=True):
            month = sheet.months[i]
            head = words.month_head(month) if block.money else words.month_initial(month)
            page.text(edge, y + 6.6, head, HEAD, align="r")
        if block.sum_edge is not None:
            page.text(block.sum_edge, y + 6.6, words.sum_head(len(sheet.months)), HEAD, bold=block.money, align="r")

    def _potential_heads(self, y: float) -> None:
        page, c, w = self._page, self._columns, self._words.words
        if c.bar is None:
            page.text(c.share_edge, y + 2.6, w.pgettext("sheet", "pot."), HEAD, bold=True, align="r")
        else:
            spanner(page, c.bar, c.share_edge, y, w.pgettext("sheet", "Potential"))
            page.text(c.bar, y + 6.6, "0", HEAD)
            page.text(c.bar + c.bar_room + 0.3, y + 6.6, self._words.money(c.scale), HEAD, align="r")
        page.text(c.share_edge, y + 6.6, "%", HEAD, align="r")

    # rows -------------------------------------------------------------------------------------------
    def rows(self, rows: Sequence[SheetRow], y: float, *, first: int, follows: bool) -> float:
        """The rows from `y`, numbered on from `first`; a rule every fifth, a thick one between groups.

        `follows` says that more rows stand on the next page. Returns where the rows end.
        """
        groups = self._sheet.sort is Sort.IMPORTANCE
        everybody = self._sheet.rows
        in_group = 0
        if groups:
            while in_group < first and everybody[first - 1 - in_group].importance is everybody[first].importance:
                in_group += 1
        else:
            in_group = first
        for i, row in enumerate(rows):
            self._row(row, first + i + 1, y)
            y += self._pitch
            in_group += 1
            if i + 1 == len(rows):
                continue
            if groups and rows[i + 1].importance is not row.importance:
                self._page.rule(y, 0.6)
                in_group = 0
            elif in_group % 5 == 0:
                self._page.rule(y, 0.2)
        if not rows and not follows:
            self._page.text(self._columns.name, y + 4, self._words.words.pgettext("sheet", "No tracked clients"), NAME)
            y += 6
        if self._columns.plans:
            today = self._columns.plans[0][0] - 1.1  # what is left of it has happened
            self._page.line(today, self._heads_top + 1.2, today, y, 0.25)
        return y

    def _row(self, row: SheetRow, number: int, y: float) -> None:
        page, c, words = self._page, self._columns, self._words
        if self._two:  # the second line keeps off the rule below
            base = y + 3.6 - 0.55 * (PITCH_MOST - self._pitch)
        else:
            base = y + self._pitch / 2 + FIGURE * 0.35 * 0.3528  # optically centred
        if row.rank is None:
            page.text(c.number_edge, base, str(number), 7, align="r")
        else:
            page.disc(c.number_edge - 1.1, base - 0.95, 1.5, str(row.rank), 7)
        page.text(c.name, base, self._names[row.client_id], NAME, bold=row.rank is not None)
        page.text(c.importance, base, words.importance(row.importance), WORD, bold=row.importance is Importance.VIP)
        page.text(
            c.segment, base, words.segment(row.action_segment), WORD, bold=row.action_segment is ActionSegment.VVV
        )
        if c.spark is not None:
            low = base + 0.45 + (1.4 if self._two else 0)
            high = min(self._pitch - 1.3, 4.2 if self._two else 4.6)
            page.sparkline(c.spark, low, 10.6, high, row.history, strong=len(self._sheet.months))
        for block in c.blocks:
            self._figures(block, row, base)
        if c.bar is not None:
            page.bar(c.bar, base - 0.3, c.bar_room, row.mean_month, row.potential, c.scale)
        if row.share is not None:
            page.text(c.share_edge, base, str(row.share), FIGURE, bold=row.share > 100, align="r")
        self._goal(row, base)
        self._alarms(row, base)
        for month in range(len(c.plans)):
            self._plan(row, month, base)

    def _figures(self, block: Block, row: SheetRow, base: float) -> None:
        values = row.figures[block.factor]
        for edge, i in zip(block.edges, block.shown, strict=True):
            self._page.text(edge, base, cell(self._words, block.factor, values[i]), FIGURE, align="r")
        if block.sum_edge is not None:
            text = sum_text(self._words, block.factor, row.sums.get(block.factor, 0))
            self._page.text(block.sum_edge, base, text, FIGURE, bold=block.money, align="r")

    def _goal(self, row: SheetRow, base: float) -> None:
        page, x, goal = self._page, self._columns.goal, row.goal
        if goal is None:
            if row.action_segment is not ActionSegment.NONE:
                page.text(x + GOAL_SIGN, base, self._words.no_goal(), WORD)
            return
        page.text(x, base, VERDICT_SIGNS[goal.verdict], NAME, bold=goal.verdict is Verdict.NEAR)
        page.text(x + GOAL_SIGN, base, self._words.goal(goal), WORD)

    def _alarms(self, row: SheetRow, base: float) -> None:
        texts = [self._words.alarm(alarm) for alarm in row.alarms]
        for line, part in enumerate([texts[:1], texts[1:]] if self._two else [texts]):
            fitted, gap = fit_alarms(part, self._columns.alarms_room, _word)
            x = self._columns.alarms
            for text in fitted:
                x += self._page.text(x, base + _LINE * line, text, WORD) + gap

    def _plan(self, row: SheetRow, month: int, base: float) -> None:
        x, room = self._columns.plans[month]
        items = row.plan[month]
        if not items:
            if row.empty[month]:
                self._page.text(x, base, self._words.empty(), WORD, bold=True)
            return
        if self._two:
            for line, text in enumerate(fit_plan_lines(items, room, _word, self._spelled)):
                self._page.text(x, base + _LINE * line, text, WORD)
        else:
            self._page.text(x, base, fit_plan(items, room, _word, self._brief), WORD)

    def _brief(self, item: Coming, form: Form) -> str:
        return paper.printable(self._words.coming(_readable(item), form=form))

    def _spelled(self, item: Coming, form: Form) -> str:
        return paper.printable(self._words.coming(_readable(item), form=form, spelled=True))

    # totals -----------------------------------------------------------------------------------------
    @property
    def _turnover(self) -> Block | None:
        return next((block for block in self._columns.blocks if block.factor is Factor.TURNOVER), None)

    @property
    def lines_left(self) -> float:
        """Where the five lines of turnover under the table begin."""
        return self._turnover.left if self._turnover else RIGHT

    @property
    def lines_right(self) -> float:
        """Where they end; without them the room below the first line is free from the names on."""
        return self._turnover.right if self._turnover else self._columns.name - GUTTER

    @property
    def figures_right(self) -> float:
        """Where the last block's total and the norm under it end."""
        return max(block.right for block in self._columns.blocks)

    @property
    def labels_right(self) -> float:
        """Where the widest label of the totals ends."""
        return self._columns.name + max(paper.width(label, FIGURE, bold=True) for label in self._labels())

    def _labels(self) -> list[str]:
        w, sheet = self._words.words, self._sheet
        others = sheet.clients_all - len(sheet.rows)
        return [
            w.pgettext("sheet", "Tracked in all: {n}", n=w.number(len(sheet.rows))),
            w.ngettext("Other {n} client", "Other {n} clients", others),
            w.pgettext("sheet", "All of the manager"),
            w.pgettext("sheet", "Plan"),
            w.pgettext("sheet", "Plan met, %"),
        ]

    def totals(self, y: float) -> None:
        """The lines under the table, in reading order: what makes the sheet add up to plan and fact above."""
        self._page.rule(y, 0.6, right=self._columns.table_right)
        for line, label in enumerate(self._labels()):
            base = y + line * _TOTALS_PITCH + 3.0
            if line == 0 or self._turnover:
                self._page.text(self._columns.name, base, label, FIGURE, bold=line == _SHARE_LINE)
            for block in self._columns.blocks:
                if block.factor is Factor.TURNOVER:
                    self._turnover_total(block, line, base)
                elif block.factor in self._sheet.totals.factors:
                    self._factor_total(block, line, base)

    def _turnover_total(self, block: Block, line: int, base: float) -> None:
        if line < _SHARE_LINE:
            self._money_line(block, totals_lines(self._sheet, Factor.TURNOVER)[line], base)
            return
        totals = self._sheet.totals
        for edge, i in zip(block.edges, block.shown, strict=True):
            self._page.text(edge, base, _percent(totals.share[i]), _TOTALS_SIZE, bold=True, align="r")
        if block.sum_edge is not None:
            self._page.text(block.sum_edge, base, _percent(totals.share_total), FIGURE, bold=True, align="r")

    def _money_line(self, block: Block, money: TotalsLine, base: float) -> None:
        for edge, i in zip(block.edges, block.shown, strict=True):
            self._page.text(edge, base, self._words.money(money.months[i]), _TOTALS_SIZE, align="r")
        if block.sum_edge is not None:
            self._page.text(block.sum_edge, base, self._words.money(money.total, split=True), FIGURE, align="r")

    def _factor_total(self, block: Block, line: int, base: float) -> None:
        """The tracked clients' total on the first line; on the second what it is to be read against."""
        total = self._sheet.totals.factors[block.factor]
        if block.money:
            if line == 0:
                self._money_line(block, total, base)
        elif line == 0:
            text = self._words.words.number(total.total)
            self._page.text(block.right, base, text, FIGURE, bold=True, align="r")
        elif line == 1:
            room = block.right - block.left + GUTTER - 0.8
            fitting = (text for text in self._notes(block.factor) if paper.width(text, _TOTALS_SIZE) <= room)
            self._page.text(block.right, base, next(fitting, ""), _TOTALS_SIZE, align="r")

    def _notes(self, factor: Factor) -> list[str]:
        """What stands under a total, the longest first."""
        words, w, norms = self._words, self._words.words, self._sheet.totals.norms
        if factor is Factor.SKUS:
            return [words.distinct(len(self._sheet.months)), w.pgettext("sheet", "distinct")]
        if factor in norms:
            return [words.norm(norms[factor]), f"/ {w.number(norms[factor])}"]
        return []


def _readable(item: Coming) -> Coming:
    """The item with no more words than could ever fit a cell: a title may be a page long."""
    return item if len(item.words) <= _WORDS_MOST else replace(item, words=item.words[:_WORDS_MOST])


def _percent(share: int | None) -> str:
    return "" if share is None else str(share)
