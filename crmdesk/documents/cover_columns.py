"""The columns of the cover: what each says of a manager, which figures are off the norm, and their totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crmdesk.documents import paper
from crmdesk.documents.sheet_words import EMPTY_SIGN, SIGNS, SheetWords
from crmdesk.domain.sheet import AlarmKind, Factor, PlanFact, Sheet

FIGURE = 7.8  # points
HEAD = 7.0
_MONTHS = 6  # month columns at most; the sum covers the whole period
# worse than the norm, and so bold
PLAN_BAD = 90  # per cent
CONTACTS_BAD = 80
DATA_BAD = 80
LATE_BAD = 5
BROKEN_BAD = 3
LOST_BAD = 2
ALARMS_BAD = 4

_ALARM_GROUPS: tuple[tuple[str, frozenset[AlarmKind]], ...] = (
    (SIGNS[AlarmKind.SILENT], frozenset({AlarmKind.SILENT})),
    (SIGNS[AlarmKind.PROMISE], frozenset({AlarmKind.PROMISE})),
    (SIGNS[AlarmKind.NO_VISIT], frozenset({AlarmKind.NO_VISIT, AlarmKind.NO_CALL})),
    (SIGNS[AlarmKind.SKUS_FALL], frozenset({AlarmKind.SKUS_FALL, AlarmKind.TURNOVER_FALL})),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heads, a text a manager, which of them are bold, and the total."""

    group: str
    head: str
    least: float  # mm
    texts: tuple[str, ...]
    bold: tuple[bool, ...]
    total: str
    before: float = 0.0  # mm of air before it
    strong: bool = False  # head bold too
    kind: str = "figure"  # or "spark", "bar"


def alarm_counts(sheet: Sheet) -> tuple[int, ...]:
    """How many clients have ■ ◆ ● ▼, and how many months are ○ empty."""
    kinds = [{alarm.kind for alarm in row.alarms} for row in sheet.rows if row.alarms]
    counts = [sum(not group.isdisjoint(found) for found in kinds) for _, group in _ALARM_GROUPS]
    return (*counts, sum(sum(row.empty) for row in sheet.rows))


def weighted_completeness(sheets: Sequence[Sheet]) -> int:
    """Completeness of the data over all tracked clients, per cent."""
    clients = sum(len(sheet.rows) for sheet in sheets)
    return round(sum(sheet.head.completeness * len(sheet.rows) for sheet in sheets) / clients) if clients else 100


def plan_share(parts: Sequence[PlanFact]) -> int | None:
    """How much of all the plans is met, per cent; None without a plan."""
    plan = sum(part.plan for part in parts)
    return round(100 * sum(part.fact for part in parts) / plan) if plan else None


def cover_columns(sheets: Sequence[Sheet], words: SheetWords) -> list[Column]:
    """All the columns but the manager's name."""
    if not sheets:
        return []
    table = _Table(sheets, words)
    table.clients()
    table.turnover()
    table.plan()
    table.contacts()
    table.discipline()
    table.alarms()
    return table.columns


def place(columns: Sequence[Column]) -> list[tuple[float, float]]:
    """Left and right edge of each column, set from the right margin; the names take what is left."""
    widths = []
    for column in columns:
        need = max(paper.width(text, FIGURE, bold=True) for text in (column.total, *column.texts)) + 1.3
        head = paper.width(column.head, HEAD, bold=column.strong) + 1.3
        widths.append(max(column.least, need, head if column.kind == "figure" else 0.0))
    x = paper.RIGHT - sum(widths) - sum(column.before for column in columns)
    edges = []
    for column, length in zip(columns, widths, strict=True):
        x += column.before
        edges.append((x, x + length))
        x += length
    return edges


class _Table:
    """Collects the columns from left to right."""

    def __init__(self, sheets: Sequence[Sheet], words: SheetWords) -> None:
        self.columns: list[Column] = []
        self._sheets = sheets
        self._words = words
        self._months = sheets[0].months

    def _of(self, figure: Callable[[Sheet], int]) -> list[int]:
        return [figure(sheet) for sheet in self._sheets]

    def _numbers(
        self,
        group: str,
        head: str,
        least: float,
        values: Sequence[int],
        *,
        bad: Sequence[bool] | None = None,
        before: float = 0.0,
    ) -> None:
        """Whole numbers, nothing for 0, with their sum."""
        number = self._words.words.number
        texts = tuple(number(value) if value else "" for value in values)
        bold = tuple(bad) if bad else (False,) * len(texts)
        self.columns.append(Column(group, head, least, texts, bold, number(sum(values)), before))

    def _money(
        self, group: str, head: str, least: float, values: Sequence[int], *, before: float = 0.0, strong: bool = False
    ) -> None:
        split = True if strong and group else None
        texts = tuple(self._words.money(value, split=split) if value else "" for value in values)
        total = self._words.money(sum(values), split=split)
        self.columns.append(Column(group, head, least, texts, (strong,) * len(texts), total, before, strong))

    def _drawn(self, group: str, head: str, least: float, kind: str, before: float) -> None:
        nothing = ("",) * len(self._sheets)
        plain = (False,) * len(self._sheets)
        self.columns.append(Column(group, head, least, nothing, plain, "", before, kind=kind))

    def clients(self) -> None:
        """Tracked, all, and the line of 24 months."""
        w = self._words.words
        group = w.pgettext("sheet", "Clients")
        self._numbers(group, w.pgettext("sheet", "tracked"), 6, self._of(lambda s: len(s.rows)))
        self._numbers(group, w.pgettext("sheet", "all"), 7.2, self._of(lambda s: s.clients_all))
        self._drawn("", w.pgettext("sheet", "24 months"), 14, "spark", 2.2)

    def turnover(self) -> None:
        """The last months, six at most, and the sum of all."""
        words = self._words
        group = f"{words.factor(Factor.TURNOVER)}, {words.unit}"
        first = max(0, len(self._months) - _MONTHS)
        for i in range(first, len(self._months)):
            values = [sheet.totals.all.months[i] for sheet in self._sheets]
            head = words.month_head(self._months[i])
            self._money(group, head, 8.2, values, before=0.6 if i == first else 0.0)
        total = self._of(lambda s: s.totals.all.total)
        self._money(group, words.sum_head(len(self._months)), 9.4, total, strong=True)

    def plan(self) -> None:
        """The bar of the last month, and what share of the plan was met in it and in all."""
        w, month = self._words.words, self._words.month_head(self._months[-1])
        group = w.pgettext("sheet", "Plan / actual, {month}", month=w.month_name(self._months[-1] % 100))
        self._drawn(group, "", 15, "bar", 2.4)
        heads = (w.pgettext("sheet", "{month} %", month=month), w.pgettext("sheet", "{n} mo %", n=len(self._months)))
        parts = ([s.head.month for s in self._sheets], [s.head.period for s in self._sheets])
        for head, least, found in zip(heads, (6.2, 7.0), parts, strict=True):
            texts = tuple("" if part.share is None else str(part.share) for part in found)
            bold = tuple(part.share is not None and part.share < PLAN_BAD for part in found)
            total = plan_share(found)
            self.columns.append(Column(group, head, least, texts, bold, "" if total is None else str(total)))

    def contacts(self) -> None:
        """Calls and visits beside their norms."""
        w = self._words.words
        calls = (self._of(lambda s: s.head.calls), self._of(lambda s: s.head.calls_norm))
        visits = (self._of(lambda s: s.head.visits), self._of(lambda s: s.head.visits_norm))
        for factor, (done, norm) in ((Factor.CALLS, calls), (Factor.VISITS, visits)):
            group = self._words.factor(factor)
            bad = [100 * a < CONTACTS_BAD * b for a, b in zip(done, norm, strict=True)]
            self._numbers(group, w.pgettext("sheet", "done"), 7.0, done, bad=bad, before=1.2)
            self._numbers(group, w.pgettext("sheet", "norm"), 6.2, norm)

    def discipline(self) -> None:
        """Overdue tasks, broken promises, completeness; then who left, came back, came."""
        w, sheets = self._words.words, self._sheets
        group = w.pgettext("sheet", "Discipline")
        late = self._of(lambda s: s.head.overdue_tasks)
        self._numbers(group, w.pgettext("sheet", "late"), 7.2, late, bad=[n >= LATE_BAD for n in late], before=1.0)
        broken, due = self._of(lambda s: s.head.promises_broken), self._of(lambda s: s.head.promises_due)
        texts = tuple(f"{a}/{b}" if a else "" for a, b in zip(broken, due, strict=True))
        bold = tuple(n >= BROKEN_BAD for n in broken)
        total = f"{sum(broken)}/{sum(due)}"
        self.columns.append(Column(group, w.pgettext("sheet", "prom."), 8.2, texts, bold, total))
        complete = self._of(lambda s: s.head.completeness)
        texts, bold = tuple(map(w.percent, complete)), tuple(n < DATA_BAD for n in complete)
        total = w.percent(weighted_completeness(sheets))
        self.columns.append(Column(group, w.pgettext("sheet", "data"), 8, texts, bold, total))
        group = w.pgettext("sheet", "Base")
        lost = self._of(lambda s: s.head.lost)
        self._numbers(group, w.pgettext("sheet", "lost"), 6.2, lost, bad=[n >= LOST_BAD for n in lost], before=0.8)
        self._numbers(group, w.pgettext("sheet", "back"), 6, self._of(lambda s: s.head.won_back))
        self._numbers(group, w.pgettext("sheet", "new"), 6.2, self._of(lambda s: s.head.new))

    def alarms(self) -> None:
        """How many of each sign, and the money at risk."""
        w = self._words.words
        group = w.pgettext("sheet", "Alarms")
        signs = [*(sign for sign, _ in _ALARM_GROUPS), EMPTY_SIGN]
        counts = zip(*map(alarm_counts, self._sheets), strict=True)
        for i, (sign, found) in enumerate(zip(signs, counts, strict=True)):
            self._numbers(group, sign, 5.0, found, bad=[n >= ALARMS_BAD for n in found], before=0.0 if i else 1.4)
        self._money("", w.pgettext("sheet", "risk"), 9.4, self._of(lambda s: s.risk_total), before=0.4, strong=True)
