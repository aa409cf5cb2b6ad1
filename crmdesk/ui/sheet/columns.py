"""The columns of the sheet on the screen and the words in its cells. The order is the paper's; no Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from crmdesk.documents.sheet_cells import fit_alarms, fit_names, fit_plan
from crmdesk.documents.sheet_units import sheet_unit
from crmdesk.documents.sheet_words import SIGNS, VERDICT_SIGNS, Form, SheetWords
from crmdesk.domain.months import Month
from crmdesk.domain.sheet import MONEY_FACTORS, Coming, Factor, Sheet, SheetRow, TotalsLine
from crmdesk.system.i18n import Words

Measure = Callable[[str, int, int], float]  # text, size, weight → pixels
LEAST, MOST = 60, 166  # of a column of words, without its margins; with less they say nothing
NARROW_PLAN = 84  # a coming month gives up to here
GAP = 10  # between two alarms
SMALL, BODY, REGULAR, SEMIBOLD = 12, 13, 400, 600


class Kind(StrEnum):
    """What a column shows."""

    NUMBER = "number"
    CLIENT = "client"
    IMPORTANCE = "importance"
    SEGMENT = "segment"
    HISTORY = "history"
    FACTOR = "factor"
    SUM = "sum"
    POTENTIAL = "potential"
    SHARE = "share"
    GOAL = "goal"
    ALARMS = "alarms"
    PLAN = "plan"


FROZEN = (Kind.NUMBER, Kind.CLIENT)  # stay where they are while the rest scrolls


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its own head, the spanner over it, and how wide it must be."""

    kind: Kind
    head: str
    width: int
    group: str = ""
    factor: Factor | None = None
    month: Month | None = None
    place: int = 0  # among the months
    right: bool = False
    name: str = ""  # the full words for a tooltip and for those who cannot see
    first: bool = False  # of its group: a little air before it

    @property
    def what(self) -> str:
        """What services.sheets.behind is asked for."""
        return self.factor.value if self.factor is not None else self.kind.value


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A line under the clients: its words, and money or counts by column."""

    name: str
    cells: tuple[str, ...]
    strong: bool = False


class SheetCells:
    """Columns, cell texts and totals of one sheet in one language; made once a sheet."""

    def __init__(self, sheet: Sheet, words: Words, measure: Measure) -> None:
        self.sheet = sheet
        self.measure = measure
        self.words = SheetWords(words, sheet.currency, unit=sheet_unit(sheet))
        self.columns: tuple[Column, ...] = tuple(self._columns())
        self.totals: tuple[TotalRow, ...] = tuple(self._totals())
        self._texts: dict[tuple[int, int], str] = {}
        self._names: tuple[float, list[str]] = (-1.0, [])
        highest = max((max(row.mean_month, row.potential or 0) for row in sheet.rows), default=0)
        self.scale = max(highest, 1)  # one scale of the potential bars for the whole sheet

    # columns ---------------------------------------------------------------------------------------
    def _columns(self) -> Iterator[Column]:
        w, sheet, g = self.words, self.sheet, self.words.words.pgettext
        yield Column(Kind.NUMBER, "№", 30, right=True, name="№")
        yield Column(Kind.CLIENT, g("sheet", "Client"), 196, name=g("sheet", "Client"))
        importance = [w.importance(row.importance) for row in sheet.rows]
        segments = [w.segment(row.action_segment) for row in sheet.rows]
        yield self._fitting(Kind.IMPORTANCE, g("sheet", "Imp."), importance, g("sheet", "Imp."))
        yield self._fitting(Kind.SEGMENT, g("sheet", "Action"), segments, g("sheet", "Action"))
        yield Column(Kind.HISTORY, g("sheet", "24 months"), 24 * 3 + 8, name=g("sheet", "24 months"))
        for factor in sheet.factors:
            yield from self._factor(factor)
            if factor is sheet.factors[0]:
                yield from self._potential()
        if Factor.TURNOVER not in sheet.factors and not sheet.factors:
            yield from self._potential()
        goals = [self.goal(row) for row in sheet.rows]
        yield replace(
            self._fitting(Kind.GOAL, g("sheet", "Goal: actual"), goals, g("sheet", "Goal: actual"), 22), first=True
        )
        alarms = max((self._least_alarms(row) for row in sheet.rows), default=0.0)
        yield Column(
            Kind.ALARMS, g("sheet", "Alarms"), int(min(max(alarms, LEAST), MOST)) + 16, name=g("sheet", "Alarms")
        )
        for place, month in enumerate(sheet.ahead):
            yield Column(
                Kind.PLAN,
                w.plan_head(month),
                int(min(max([LEAST, *(self._least_plan(row, place) for row in sheet.rows)]), MOST)) + 16,
                g("sheet", "Not to forget"),
                month=month,
                place=place,
                name=w.plan_head(month),
                first=place == 0,
            )

    def _factor(self, factor: Factor) -> Iterator[Column]:
        w, sheet = self.words, self.sheet
        money = factor in MONEY_FACTORS
        name = w.factor(factor)
        group = f"{name}, {w.unit}" if money else name
        wide = 0.0
        for row in [*sheet.rows]:
            for value in row.figures[factor]:
                wide = max(wide, self.measure(self.figure(factor, value), SMALL, REGULAR))
        line = sheet.totals.factors.get(factor)
        for total in line.months if line is not None and money else ():
            wide = max(wide, self.measure(self.figure(factor, total), SMALL, REGULAR))
        for place, month in enumerate(sheet.months):
            head = w.month_head(month) if money else w.month_initial(month)
            width = int(max(wide, self.measure(head, SMALL, 500)) + 6)
            full = f"{name}, {w.words.month_name(month % 100)} {month // 100}"
            yield Column(Kind.FACTOR, head, width, group, factor, month, place, right=True, name=full, first=place == 0)
        if money:
            sums = [self.figure(factor, row.sums.get(factor), split=True) for row in sheet.rows]
            if line is not None:
                sums.append(self.figure(factor, line.total, split=True))
            wide = max((self.measure(text, SMALL, SEMIBOLD) for text in sums), default=0.0)
            head = w.sum_head(len(sheet.months))
            width = int(max(wide, self.measure(head, SMALL, 500)) + 10)
            yield Column(Kind.SUM, head, width, group, factor, right=True, name=f"{name}, {head}")

    def _potential(self) -> Iterator[Column]:
        name = self.words.words.pgettext("sheet", "Potential")
        shares = [self.share(row) for row in self.sheet.rows]
        wide = max((self.measure(text, SMALL, SEMIBOLD) for text in shares), default=0.0)
        yield Column(Kind.POTENTIAL, "", 48, name, name=name, first=True)
        yield Column(Kind.SHARE, "%", int(max(wide, 22) + 10), name, right=True, name=f"{name}, %")

    def _fitting(self, kind: Kind, head: str, texts: list[str], name: str, extra: int = 0) -> Column:
        wide = max((self.measure(text, SMALL, SEMIBOLD) for text in texts), default=0.0)
        return Column(kind, head, int(max(wide + extra, self.measure(head, SMALL, 500)) + 12), name=name)

    # cells -----------------------------------------------------------------------------------------
    def text(self, row: int, column: int) -> str:
        """A cell in words: what is shown, copied and read aloud."""
        key = (row, column)
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = self._text(row, self.columns[column], column)
        return found

    def _text(self, number: int, column: Column, place: int) -> str:
        rows = self.sheet.rows
        if number >= len(rows):
            return self.totals[number - len(rows)].cells[place]
        row, w = rows[number], self.words
        match column.kind:
            case Kind.NUMBER:
                return str(number + 1)
            case Kind.CLIENT:
                return row.name
            case Kind.IMPORTANCE:
                return w.importance(row.importance)
            case Kind.SEGMENT:
                return w.segment(row.action_segment)
            case Kind.FACTOR:
                assert column.factor is not None
                return self.figure(column.factor, row.figures[column.factor][column.place])
            case Kind.SUM:
                assert column.factor is not None
                return self.figure(column.factor, row.sums.get(column.factor), split=True)
            case Kind.POTENTIAL:
                return "" if row.potential is None else w.money(row.potential)
            case Kind.SHARE:
                return self.share(row)
            case Kind.GOAL:
                return self.goal(row)
            case Kind.ALARMS:
                return "  ".join(f"{SIGNS[alarm.kind]} {w.alarm(alarm).long}" for alarm in row.alarms)
            case Kind.PLAN:
                return self.plan(row, column.place)
            case _:
                return ""

    def figure(self, factor: Factor, value: int | None, *, split: bool | None = None) -> str:
        """A figure of a factor; nothing is empty, not 0."""
        if not value:
            return ""
        return self.words.money(value, split=split) if factor in MONEY_FACTORS else self.words.words.number(value)

    def share(self, row: SheetRow) -> str:
        """The share of the potential, per cent, without the sign."""
        return "" if row.share is None else self.words.words.number(row.share)

    def goal(self, row: SheetRow) -> str:
        """The goal and what became of it, without its sign."""
        return self.words.no_goal() if row.goal is None else self.words.goal(row.goal)

    def verdict(self, row: SheetRow) -> str:
        """✓, ≈ or ✗; empty without a goal."""
        return "" if row.goal is None else VERDICT_SIGNS[row.goal.verdict].replace("✘", "✗")

    def plan(self, row: SheetRow, place: int) -> str:
        """Everything planned in a coming month, or «○ empty»."""
        items = row.plan[place]
        if not items:
            return self.words.empty() if row.empty[place] else ""
        return ", ".join(self.words.coming(item) for item in items)

    def fitted_plan(self, row: SheetRow, place: int, room: float) -> str:
        """The same, shortened as on paper to `room` pixels."""
        if not row.plan[place]:
            return self.plan(row, place)
        return fit_plan(row.plan[place], room, self._small, self._coming)

    def fitted_name(self, number: int, room: float) -> str:
        """The name of a client beside the signs of his alarms, as on paper: no two clients look alike."""
        if self._names[0] != room:
            measures = [self._beside(row) for row in self.sheet.rows]
            self._names = (room, fit_names([row.name for row in self.sheet.rows], room, measures))
        return self._names[1][number]

    def _beside(self, row: SheetRow) -> Callable[[str], float]:
        """The measure of a client's name together with the bare signs of his alarms."""
        signs = sum(self._small(SIGNS[alarm.kind]) + 3 for alarm in row.alarms) + (6 if row.alarms else 0)
        weight = SEMIBOLD if row.rank else REGULAR
        return lambda text: self.measure(text, BODY, weight) + signs

    def wish(self, column: Column) -> float:
        """How wide a column of words would have to be to say everything in full, pixels."""
        rows = self.sheet.rows
        if column.kind is Kind.PLAN:
            return max((self._small(self.plan(row, column.place)) for row in rows), default=0.0) + 16
        texts = ([self._small(self.words.alarm(alarm).long) + 24 for alarm in row.alarms] for row in rows)
        return max((sum(text) for text in texts), default=0.0) + 16

    @property
    def narrowest(self) -> int:
        """How far a coming month can give way: «○ empty» is never cut, pixels."""
        return max(int(self.measure(self.words.empty(), SMALL, SEMIBOLD)) + 18, NARROW_PLAN)

    def _least_plan(self, row: SheetRow, place: int) -> float:
        """What a cell of a coming month needs to name its gravest item, pixels."""
        items = row.plan[place]
        if not items:
            return self._small(self.plan(row, place)) + 4
        gravest = next((item for item in items if not item.routine), items[0])
        more = f" +{len(items) - 1}" if len(items) > 1 else ""
        return self._small(self.words.coming(gravest, form=Form.BARE) + more)

    def _least_alarms(self, row: SheetRow) -> float:
        """What a cell of alarms needs for the gravest one in words and the signs of the others, pixels."""
        if not row.alarms:
            return 0.0
        signs = sum(self._small(SIGNS[alarm.kind]) + GAP + 2 for alarm in row.alarms[1:])
        return self._small(SIGNS[row.alarms[0].kind] + "\u00a0" + self.words.alarm(row.alarms[0]).short) + signs

    def fitted_alarms(self, row: SheetRow, room: float) -> list[str]:
        """The alarms, each in the longest words that fit together."""
        between = GAP * max(len(row.alarms) - 1, 0)
        return fit_alarms([self.words.alarm(alarm) for alarm in row.alarms], room - between, self._small)[0]

    def _small(self, text: str) -> float:
        return self.measure(text, SMALL, REGULAR)

    def _coming(self, item: Coming, form: Form) -> str:
        return self.words.coming(item, form=form)

    # totals ----------------------------------------------------------------------------------------
    def _totals(self) -> Iterator[TotalRow]:
        totals, g, w = self.sheet.totals, self.words.words.pgettext, self.words.words
        tracked = w.number(len(self.sheet.rows))
        others = self.sheet.clients_all - len(self.sheet.rows)
        yield self._total(g("sheet", "Tracked in all: {n}", n=tracked), totals.tracked, factors=True)
        yield self._total(w.ngettext("Other {n} client", "Other {n} clients", others), totals.others)
        yield self._total(g("sheet", "All of the manager"), totals.all)
        yield self._total(g("sheet", "Plan"), totals.plan)
        shares = ["" if share is None else w.number(share) for share in totals.share]
        last = "" if totals.share_total is None else w.number(totals.share_total)
        yield self._line(g("sheet", "Plan met, %"), shares, last, strong=True)

    def _total(self, name: str, line: TotalsLine, *, factors: bool = False) -> TotalRow:
        months = [self.words.money(value, split=False) if value else "" for value in line.months]
        return self._line(name, months, self.words.money(line.total, split=True) if line.total else "", factors=factors)

    def _factor_total(self, column: Column) -> str:
        """Money month by month; counts as one figure at the end of their block, as on paper."""
        assert column.factor is not None
        line = self.sheet.totals.factors.get(column.factor)
        if line is None:
            return ""
        if column.kind is Kind.SUM:
            return self.figure(column.factor, line.total)
        if column.factor in MONEY_FACTORS:
            return self.figure(column.factor, line.months[column.place])
        return self.figure(column.factor, line.total) if column.place == len(self.sheet.months) - 1 else ""

    def _line(
        self, name: str, months: list[str], last: str, *, factors: bool = False, strong: bool = False
    ) -> TotalRow:
        cells = []
        for column in self.columns:
            text = ""
            if column.kind is Kind.CLIENT:
                text = name
            elif column.kind is Kind.FACTOR and column.factor is Factor.TURNOVER:
                text = months[column.place]
            elif column.kind is Kind.SUM and column.factor is Factor.TURNOVER:
                text = last
            elif factors and column.factor is not None and column.kind in (Kind.FACTOR, Kind.SUM):
                text = self._factor_total(column)
            cells.append(text)
        return TotalRow(name, tuple(cells), strong)
