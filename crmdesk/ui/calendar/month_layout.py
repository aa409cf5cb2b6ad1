"""Where the days of a month lie and which entries have room in them: six rows of the same height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QRectF

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, Key

NUMBERS, WEEKEND, HEAD = 36, 56, 29  # pixels: the week's number, a Saturday or Sunday, the names of the weekdays
TOP, LINE = 26, 18  # of a cell: the line with the date; one entry
PAD = 6
BESIDE = 26  # pixels of «+5»
NARROW = 560  # of the whole month: below it the weekend gets less
LEAST_WEEKEND = 40


@dataclass(frozen=True)
class MonthLayout:
    """The month at one size. `boxes`: the entries that have room; `more`: where «more» stands and how many it hides."""

    days: tuple[date, ...]
    lefts: tuple[float, ...]  # of the seven weekdays, and the right edge of the last
    tops: tuple[float, ...]  # of the six weeks, and the bottom of the last
    boxes: Mapping[Key, QRectF] = field(default_factory=dict)
    more: Mapping[date, tuple[QRectF, int]] = field(default_factory=dict)
    shown: Mapping[date, tuple[Entry, ...]] = field(default_factory=dict)

    def cell(self, day: date) -> QRectF | None:
        """The box of a day; None when it is not shown."""
        if not self.days or not self.days[0] <= day <= self.days[-1]:
            return None
        week, weekday = divmod((day - self.days[0]).days, 7)
        left, top = self.lefts[weekday], self.tops[week]
        return QRectF(left, top, self.lefts[weekday + 1] - left, self.tops[week + 1] - top)

    def day_at(self, x: float, y: float) -> date | None:
        """The day under a place; None over the numbers of the weeks and outside."""
        week = next((n for n in range(len(self.tops) - 1) if self.tops[n] <= y < self.tops[n + 1]), None)
        weekday = next((n for n in range(7) if self.lefts[n] <= x < self.lefts[n + 1]), None)
        if week is None or weekday is None or not self.days:
            return None
        return self.days[week * 7 + weekday]

    def line(self, day: date, number: int) -> QRectF:
        """The box of a day's entry line."""
        cell = self.cell(day)
        assert cell is not None
        return QRectF(cell.x() + PAD, cell.y() + TOP + number * LINE, cell.width() - 2 * PAD, LINE)


def lines_of(height: float) -> int:
    """How many entries a cell of this height holds."""
    return max(1, int(height - TOP - 2) // LINE)


def laid_out(
    days: Sequence[date], by_day: Mapping[date, tuple[Entry, ...]], today: date, width: int, height: int
) -> MonthLayout:
    """The layout for a month of this size, without the names of the weekdays."""
    lefts, tops = _columns(width), _rows(height)
    bare = MonthLayout(tuple(days), lefts, tops)
    boxes: dict[Key, QRectF] = {}
    more: dict[date, tuple[QRectF, int]] = {}
    shown: dict[date, tuple[Entry, ...]] = {}
    for day in days:
        entries = by_day.get(day)
        cell = bare.cell(day)
        if not entries or cell is None:
            continue
        room = lines_of(cell.height())
        ordered = calendar.gravest_first(entries, today)
        seen = ordered if len(ordered) <= room else ordered[: max(1, room - 1)]
        shown[day] = seen
        for number, entry in enumerate(seen):
            boxes[entry.key] = bare.line(day, number)
        left = len(ordered) - len(seen)
        if left and room > 1:
            more[day] = (bare.line(day, len(seen)), left)
        elif left:  # one line only: the gravest, and beside it how many more there are
            line = bare.line(day, 0)
            boxes[seen[0].key] = line.adjusted(0, 0, -BESIDE, 0)
            more[day] = (line.adjusted(line.width() - BESIDE, 0, 0, 0), left)
    return MonthLayout(tuple(days), lefts, tops, boxes, more, shown)


def _columns(width: int) -> tuple[float, ...]:
    weekend = WEEKEND if width >= NARROW else LEAST_WEEKEND
    room = max(5, width - NUMBERS - 2 * weekend)
    lefts = [float(NUMBERS + room * n // 5) for n in range(6)]  # whole pixels, none lost
    return (*lefts, lefts[5] + weekend, lefts[5] + 2 * weekend)


def _rows(height: int) -> tuple[float, ...]:
    return tuple(float(height * n // calendar.MONTH_WEEKS) for n in range(calendar.MONTH_WEEKS + 1))
