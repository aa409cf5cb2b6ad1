"""Where days, hours and entries lie in the grid. Coordinates: x of the whole grid; y from midnight, or in the row
of whole days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QRectF

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Entry, Key, Span

GUTTER, WEEKEND, DAY_HEAD = 48, 44, 52
ROW, ROW_GAP = 22, 2  # an entry without a time, and what is between two of them
PAD = 2  # between an entry and its day's borders
BEGINS, ENDS = 9, 18  # the hours that are seen without scrolling
HOUR_LEAST, HOUR_MOST = 40, 64
COLUMN_LEAST = 26  # pixels: of those that lie side by side no more are drawn than have this, the rest are counted
ROWS_SHOWN = 3  # of whole days, until more are asked for


@dataclass(frozen=True)
class Layout:
    """The grid at one size. `boxes`: by day's entry; whole-day rows apart, with how many are hidden in each day."""

    days: tuple[date, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    hour: float
    rows: int  # of whole days
    timed: Mapping[Key, QRectF] = field(default_factory=dict)
    whole: Mapping[Key, QRectF] = field(default_factory=dict)
    hidden: Mapping[date, int] = field(default_factory=dict)
    crowded: frozenset[Key] = frozenset()  # too many at that time: not drawn, but counted in `crowds`
    crowds: tuple[tuple[QRectF, int], ...] = ()
    tops: Mapping[date, list[float]] = field(default_factory=dict)  # where the entries of a day begin, in order
    bottoms: Mapping[date, list[float]] = field(default_factory=dict)  # where they end, in order

    @property
    def row_height(self) -> int:
        """The height of the row of whole days."""
        return max(1, self.rows) * (ROW + ROW_GAP) + 6

    @property
    def height(self) -> int:
        """Midnight to midnight."""
        return int(self.hour * 24)

    def column(self, day: date) -> int | None:
        """The number of a day's column."""
        return self.days.index(day) if day in self.days else None

    def day_at(self, x: float) -> int | None:
        """The column under x."""
        for number, (left, wide) in enumerate(zip(self.lefts, self.widths, strict=True)):
            if left <= x < left + wide:
                return number
        return None

    def y_of(self, minute: float) -> float:
        """Where a minute of the day lies."""
        return minute * self.hour / 60

    def minute_at(self, y: float) -> int:
        """The minute at y."""
        return int(max(0, min(calendar.WHOLE_DAY - 1, y * 60 / self.hour)))

    def box(self, column: int, time: int, minutes: int) -> QRectF:
        """The whole width of a day from a time on."""
        shown = max(minutes, calendar.SHORTEST_SHOWN)
        top, bottom = self.y_of(time), self.y_of(min(time + shown, calendar.WHOLE_DAY))
        return QRectF(self.lefts[column] + PAD, top + 1, self.widths[column] - 2 * PAD - 2, bottom - top - 2)

    def row_box(self, column: int, row: int) -> QRectF:
        """A line in the row of whole days."""
        return QRectF(self.lefts[column] + PAD, 4 + row * (ROW + ROW_GAP), self.widths[column] - 2 * PAD - 2, ROW)


def laid_out(
    span: Span, days: Sequence[date], by_day: Mapping[date, tuple[Entry, ...]], notes: Mapping[date, int],
    width: int, height: int, *, expanded: bool,
) -> Layout:  # fmt: skip
    """The layout for a grid of this size (without the heads of the days).

    `notes`: lines of the whole-day row that a day's holiday takes before its entries.
    """
    lefts, widths = _columns(span, days, width)
    whole = {day: [entry for entry in by_day.get(day, ()) if entry.time is None] for day in days}
    most = max((len(some) + notes.get(day, 0) for day, some in whole.items()), default=0)
    allowed = max(ROWS_SHOWN, int(height * 0.5) // (ROW + ROW_GAP)) if expanded or span is Span.DAY else ROWS_SHOWN
    rows = max(1, min(most, allowed))
    bare = Layout(tuple(days), lefts, widths, HOUR_MOST, rows)
    hour = max(HOUR_LEAST, min(HOUR_MOST, (height - bare.row_height - 14) / (ENDS - BEGINS + 0.25)))
    found = Layout(tuple(days), lefts, widths, hour, rows)
    timed: dict[Key, QRectF] = {}
    flat: dict[Key, QRectF] = {}
    hidden: dict[date, int] = {}
    crowded: set[Key] = set()
    crowds: list[tuple[QRectF, int]] = []
    tops, bottoms = {}, {}
    for number, day in enumerate(days):
        _lay_whole(found, number, whole[day], notes.get(day, 0), flat, hidden)
        entries = [entry for entry in by_day.get(day, ()) if entry.time is not None]
        boxes = _lay_timed(found, number, entries, timed, crowded, crowds)
        tops[day] = sorted(box.top() for box in boxes)
        bottoms[day] = sorted(box.bottom() for box in boxes)
    return Layout(
        tuple(days), lefts, widths, hour, rows, timed, flat, hidden, frozenset(crowded), tuple(crowds), tops, bottoms
    )


def _columns(span: Span, days: Sequence[date], width: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    narrow = [span is Span.WEEK and day.weekday() >= 5 for day in days]
    room = width - GUTTER - WEEKEND * sum(narrow)
    wide = max(1, len(days) - sum(narrow))
    lefts, widths = [], []
    x = GUTTER
    done = 0
    for thin in narrow:
        if thin:
            w = WEEKEND
        else:
            done += 1
            w = room * done // wide - room * (done - 1) // wide  # whole pixels, none lost
        lefts.append(float(x))
        widths.append(float(w))
        x += w
    return tuple(lefts), tuple(widths)


def _lay_whole(
    grid: Layout, column: int, entries: list[Entry], notes: int, flat: dict[Key, QRectF], hidden: dict[date, int]
) -> None:
    room = grid.rows - notes
    shown = entries if len(entries) <= room else entries[: max(0, room - 1)]
    for row, entry in enumerate(shown):
        flat[entry.key] = grid.row_box(column, notes + row)
    left = len(entries) - len(shown)
    if left:
        hidden[grid.days[column]] = left
        for entry in entries[len(shown) :]:
            flat[entry.key] = grid.row_box(column, grid.rows - 1)


def _lay_timed(
    grid: Layout, column: int, entries: list[Entry], timed: dict[Key, QRectF], crowded: set[Key],
    crowds: list[tuple[QRectF, int]],
) -> list[QRectF]:  # fmt: skip
    begins = [entry.time or 0 for entry in entries]
    stretches = [
        (begin, begin + max(entry.minutes, calendar.SHORTEST_SHOWN))
        for begin, entry in zip(begins, entries, strict=True)
    ]
    most = max(2, int(grid.widths[column] // COLUMN_LEAST))
    boxes, crowd = [], QRectF()
    for entry, place in zip(entries, calendar.columns(stretches), strict=True):
        box = grid.box(column, entry.time or 0, entry.minutes)
        of = min(place.of, most)
        at = min(place.column, of - 1)
        wide = box.width() / of
        box = QRectF(box.x() + at * wide, box.y(), wide - (1 if of > 1 else 0), box.height())
        key = entry.key
        timed[key] = box
        boxes.append(box)
        if place.of > of and place.column >= of - 1:
            crowded.add(key)
            if crowds and crowd.intersects(box):
                crowd = crowd.united(box)
                crowds[-1] = (crowd, crowds[-1][1] + 1)
            else:
                crowd = box
                crowds.append((crowd, 1))
    return boxes
