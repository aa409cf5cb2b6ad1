"""Where the columns of the sheet stand: widths measured from the data, so that no digit is ever cut.

The reference is six months ahead of four factors with three coming months (SHEET.md, Columns). With more months or
factors the sheet gives up, in this order, what says least: the potential's bar and some room for alarms, the
sparkline, the month columns of the last factors (last month and sum stay). With fewer, names, alarms and plans grow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crmdesk.documents import paper
from crmdesk.documents.sheet_units import Unit
from crmdesk.documents.sheet_words import SheetWords
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.sheet import MONEY_FACTORS, Factor, Sheet, SheetRow, TotalsLine

FIGURE = 7.5  # points
WORD = 7.2
HEAD = 7.0
NAME = 7.6
GUTTER = 1.9  # mm between blocks
PLAN_GAP = 1.4
GOAL_SIGN = 2.9  # the verdict before the goal's words

_NUMBER = 3.9
_IMPORTANCE = 5.4 + 0.8
_SPARK = 12.2
_BAR = 10.4
_SHARE = 4.4
_GOAL = 16.2
_NAME = 27.6
_ALARMS = 32.6
_ALARMS_CUT = 6.0  # what a fifth factor takes of them
_PLAN = 46.8  # three coming months of the reference
_PLAN_LEAST = 11.5  # a month; more when a head or "empty" is wider
_PLAN_PARTS = {1: (1.0,), 2: (0.53, 0.47), 3: (0.385, 0.335, 0.28)}
_NAME_MOST = 46.0
_NAME_AIR = 0.3  # besides the column's own gap: a full name and a bold VIP must not read as one
_NORM_FACTORS = frozenset({Factor.CALLS, Factor.VISITS, Factor.MAILINGS})


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one factor; edges are right edges in mm."""

    factor: Factor
    shown: tuple[int, ...]  # which of the sheet's months have a column
    left: float
    edges: tuple[float, ...]  # one a shown month
    sum_edge: float | None
    brief: bool  # only the last month and the sum

    @property
    def money(self) -> bool:
        """Whether it counts money."""
        return self.factor in MONEY_FACTORS

    @property
    def right(self) -> float:
        """The right edge of the block."""
        return self.edges[-1] if self.sum_edge is None else self.sum_edge


@dataclass(frozen=True, slots=True)
class Columns:
    """The whole table; left edges in mm unless named otherwise."""

    number_edge: float
    name: float
    name_room: float
    importance: float
    segment: float
    spark: float | None
    blocks: tuple[Block, ...]
    bar: float | None
    bar_room: float
    share_edge: float
    scale: int  # minor units at the end of the bar
    goal: float
    goal_room: float
    alarms: float
    alarms_room: float
    plans: tuple[tuple[float, float], ...]  # left edge and room of each coming month

    @property
    def table_right(self) -> float:
        """The right edge of the last block of figures."""
        return max(self.share_edge, *(block.right for block in self.blocks))


@dataclass(frozen=True, slots=True)
class _Shape:
    """One step of giving up: what is shown."""

    bar: bool = True
    spark: bool = True
    brief: int = 0  # how many blocks, from the last, show only the last month and the sum
    alarms: float = _ALARMS
    tight: bool = False  # coming months no wider than their heads


@dataclass(frozen=True, slots=True)
class _Width:
    """The measured widths of one block."""

    factor: Factor
    shown: tuple[int, ...]
    month: float
    sum: float
    brief: bool

    @property
    def total(self) -> float:
        return len(self.shown) * self.month + self.sum


def columns(sheet: Sheet, words: SheetWords) -> Columns:
    """The table of this sheet."""
    segment = _segment_width(sheet, words)
    goal = _goal_width(sheet, words)
    share = max(_SHARE, 1.1 + max((paper.width(str(row.share), FIGURE) for row in sheet.rows if row.share), default=0))
    names = (
        max((paper.width(row.name, NAME, bold=row.rank is not None) for row in sheet.rows), default=0) + _NAME_AIR + 0.1
    )
    ahead = len(sheet.ahead)
    least = _plan_least(sheet, words)
    for shape in _shapes(len(sheet.factors)):
        widths = _widths(sheet, words, shape.brief)
        potential = share + (_BAR if shape.bar else 0.8) + GUTTER
        fixed = _NUMBER + _IMPORTANCE + segment + GUTTER + (_SPARK if shape.spark else 0) + potential
        fixed += sum(width.total + GUTTER for width in widths) + goal + GUTTER + GUTTER * (ahead > 0)
        rest = paper.RIGHT - paper.MARGIN - fixed - PLAN_GAP * max(0, ahead - 1) - _NAME - shape.alarms
        if rest >= (least if shape.tight else max(least, _PLAN_LEAST)) * ahead:
            break
    name_room, alarms_room = _NAME, shape.alarms
    spare = max(0.0, rest - _PLAN * ahead / 3)
    if spare:
        grown = min(spare, max(0.0, min(names, _NAME_MOST) - _NAME))
        name_room, spare, rest = name_room + grown, spare - grown, rest - grown
        wanted = _longest_alarms(sheet, words) if ahead else alarms_room + spare
        grown = min(spare, max(0.0, wanted - alarms_room))
        alarms_room, rest = alarms_room + grown, rest - grown
    rooms = (name_room, segment, share, goal, alarms_room, max(0.0, rest))
    plans = _plan_rooms(ahead, rooms[-1], least)
    return _placed(widths, shape, rooms, plans, bar_scale(sheet.rows, words.counts_in))


def _shapes(factors: int) -> Iterator[_Shape]:
    cut = _ALARMS - _ALARMS_CUT
    yield _Shape()
    yield _Shape(bar=False, alarms=cut)
    for brief in range(1, factors):
        yield _Shape(bar=False, alarms=cut, brief=brief)
        yield _Shape(bar=False, alarms=cut, brief=brief, spark=False)
    yield _Shape(bar=False, alarms=20.0, brief=factors - 1, spark=False, tight=True)
    yield _Shape(bar=False, alarms=20.0, brief=factors, spark=False, tight=True)


def _plan_least(sheet: Sheet, words: SheetWords) -> float:
    heads = [paper.width(words.plan_head(month), HEAD) for month in sheet.ahead]
    return max([paper.width(words.empty(), WORD, bold=True), *heads]) + 0.2


def _plan_rooms(ahead: int, room: float, least: float) -> list[float]:
    """The nearest month needs most words; none is narrower than its head."""
    parts = _PLAN_PARTS.get(ahead, ())
    rooms = [room * part for part in parts]
    if rooms and min(rooms) < least:
        spare = max(0.0, room - least * ahead)
        rooms = [least + spare * part for part in parts]
    return rooms


def _segment_width(sheet: Sheet, words: SheetWords) -> float:
    texts = max(paper.width(words.segment(value), WORD, bold=True) for value in ActionSegment)
    return max(texts, paper.width(words.words.pgettext("sheet", "Action"), HEAD))


def _goal_width(sheet: Sheet, words: SheetWords) -> float:
    texts = [words.goal(row.goal) for row in sheet.rows if row.goal]
    return max([_GOAL, *(paper.width(text, WORD) + GOAL_SIGN + 0.1 for text in texts)])


def _longest_alarms(sheet: Sheet, words: SheetWords) -> float:
    lines = [[words.alarm(alarm) for alarm in row.alarms] for row in sheet.rows if row.alarms]
    return max((sum(paper.width(f"{a.sign} {a.long}", WORD) + 1.6 for a in line) for line in lines), default=0.0)


def _widths(sheet: Sheet, words: SheetWords, brief: int) -> list[_Width]:
    whole = len(sheet.factors) - brief
    every = tuple(range(len(sheet.months)))
    return [
        _width(sheet, words, factor, every if i < whole else every[-1:], brief=i >= whole)
        for i, factor in enumerate(sheet.factors)
    ]


def _width(sheet: Sheet, words: SheetWords, factor: Factor, shown: tuple[int, ...], *, brief: bool) -> _Width:
    money = factor in MONEY_FACTORS
    texts = [
        cell(words, factor, value)
        for row in sheet.rows
        for value in [row.figures[factor][i] for i in shown if factor in row.figures]
    ]
    figures = max((paper.width(text, FIGURE) for text in texts), default=0.0)
    lines = totals_lines(sheet, factor)
    sums = 0.0
    if money:
        heads = max(paper.width(words.month_head(sheet.months[i]), HEAD) for i in shown)
        totals = [words.money(line.months[i]) for line in lines for i in shown]
        gap = 0.65 if all(len(text) <= 4 for text in totals) else 1.0  # grouped digits need air between columns
        month = max(figures + 1.3, heads + 1.0, gap + max((paper.width(text, 7) for text in totals), default=0.0))
    else:
        month = max(figures + (1.05 if factor is Factor.SKUS else 1.0), 3.2 if factor is Factor.SKUS else 2.6)
    if has_sum(sheet, factor, brief=brief):
        head = paper.width(words.sum_head(len(sheet.months)), HEAD, bold=True)
        texts = [sum_text(words, factor, total) for total in _sums(sheet, factor)]
        sums = max([head, *(paper.width(text, FIGURE, bold=True) for text in texts)])
        sums += 1.2
    least = paper.width(block_head(words, factor, brief=brief), HEAD, bold=True) + (1.4 if money else 0.9)
    if factor in _NORM_FACTORS and not brief:
        least = max(least, paper.width(words.norm(sheet.totals.norms.get(factor, 0)), HEAD))
    return _Width(factor, shown, max(month, (least - sums) / len(shown)), sums, brief)


def _sums(sheet: Sheet, factor: Factor) -> list[int]:
    sums = [row.sums.get(factor, 0) for row in sheet.rows]
    return sums + [line.total for line in totals_lines(sheet, factor)]


def totals_lines(sheet: Sheet, factor: Factor) -> Sequence[TotalsLine]:
    """The lines under a factor's block: all five for turnover, the tracked clients' for the others."""
    totals = sheet.totals
    if factor is Factor.TURNOVER:
        return (totals.tracked, totals.others, totals.all, totals.plan)
    return (totals.factors[factor],) if factor in totals.factors else ()


def has_sum(sheet: Sheet, factor: Factor, *, brief: bool) -> bool:
    """Money has a column with the sum of the months, and so has a block that shows only the last one."""
    return len(sheet.months) > 1 and (brief or factor in MONEY_FACTORS)


def block_head(words: SheetWords, factor: Factor, *, brief: bool = False) -> str:
    """Оборот, тыс. ₽; without the unit over a brief block, which stands beside one that says it."""
    name = words.factor(factor)
    return f"{name}, {words.unit}" if factor in MONEY_FACTORS and not brief else name


def cell(words: SheetWords, factor: Factor, value: int | None) -> str:
    """A month of a factor; nothing there is empty, not 0."""
    if not value:
        return ""
    return words.money(value) if factor in MONEY_FACTORS else words.words.number(value)


def sum_text(words: SheetWords, factor: Factor, value: int) -> str:
    """The sum of the months; money always in groups of three, so that it aligns."""
    if not value:
        return ""
    return words.money(value, split=True) if factor in MONEY_FACTORS else words.words.number(value)


def bar_scale(rows: Sequence[SheetRow], unit: Unit) -> int:
    """The end of the potential's scale: the largest mean or potential, rounded up to a round figure."""
    step = unit.size * (1 if unit is Unit.MILLION else 10 if unit.decimals else 100)
    most = max((max(row.mean_month, row.potential or 0) for row in rows), default=0)
    return max(step, -(-most // step) * step)


def _placed(
    widths: Sequence[_Width], shape: _Shape, rooms: tuple[float, ...], plan_rooms: Sequence[float], scale: int
) -> Columns:
    name_room, segment_room, share, goal_room, alarms_room, _ = rooms
    name = paper.MARGIN + _NUMBER
    importance = name + name_room + 0.6
    segment = name + name_room + _IMPORTANCE
    x = segment + segment_room + GUTTER
    spark = x if shape.spark else None
    x += _SPARK if shape.spark else 0
    money_first = next((i for i, width in enumerate(widths) if width.factor is Factor.TURNOVER), 0)
    blocks: list[Block] = []
    bar, share_edge = None, 0.0
    for i, width in enumerate(widths):
        edges = tuple(x + width.month * (n + 1) for n in range(len(width.shown)))
        blocks.append(Block(width.factor, width.shown, x, edges, x + width.total if width.sum else None, width.brief))
        x += width.total + GUTTER
        if i == money_first:
            bar = x if shape.bar else None
            share_edge = x + (_BAR if shape.bar else 0.8) + share
            x = share_edge + GUTTER
    goal = x
    alarms = goal + goal_room + GUTTER
    x = alarms + alarms_room + GUTTER
    plans = []
    for room in plan_rooms:
        plans.append((x, room))
        x += room + PLAN_GAP
    return Columns(
        number_edge=name - 1,
        name=name,
        name_room=name_room - _NAME_AIR,
        importance=importance,
        segment=segment,
        spark=spark,
        blocks=tuple(blocks),
        bar=bar,
        bar_room=_BAR,
        share_edge=share_edge,
        scale=scale,
        goal=goal,
        goal_room=goal_room,
        alarms=alarms,
        alarms_room=alarms_room,
        plans=tuple(plans),
    )
