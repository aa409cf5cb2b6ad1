"""A week and a month of the calendar on A4 landscape, black on white: every entry is there, what a cell cannot hold
stands on the pages after it. The state of an entry is a sign, never a colour.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import BinaryIO

from crmdesk.documents import paper, sheet_frame
from crmdesk.documents.paper import HEIGHT, MARGIN, RIGHT, Paper
from crmdesk.documents.sheet_words import Printed, printed_words
from crmdesk.domain import calendar
from crmdesk.domain.calendar import CalendarPage, Entry, Mark, Span, What
from crmdesk.domain.holidays import Holiday, is_working
from crmdesk.domain.text import in_quotes
from crmdesk.system.i18n import NBSP, Words
from crmdesk.system.jobs import NO_JOB, Job

SIGNS = {
    Mark.PLANNED: "○",
    Mark.PROMISE: "◆",
    Mark.LEFT: "!",
    Mark.BROKEN: "◆!",
    Mark.DONE: "✓",
    Mark.BIRTHDAY: "★",
}
TEXT, SMALL = 7.5, 7.0  # points
PITCH = 3.3  # mm from line to line
SIGN = 4.0  # mm for an entry's sign
GRID_TOP = MARGIN + 13.0
GRID_BOTTOM = HEIGHT - MARGIN - 8.4
GUTTER = 7.0  # week numbers, hours: mm
HOURS_GUTTER = 11.0
WEEKEND = 25.0  # mm a Saturday or Sunday is wide
BARE = 13.0  # one with nothing on it
HEADS = 5.2
FIRST_HOUR, LAST_HOUR = 9, 18
ALL_DAY_LINES = 7
LIST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class CalendarPaper:
    """What is printed: whose days, of which span, as of which day."""

    page: CalendarPage
    span: Span
    day: date
    today: date
    whose: str
    people: Mapping[int, str] = field(default_factory=dict)  # in everybody's calendar: who a manager is


def write_pdf(target: BinaryIO, wanted: CalendarPaper, *, words: Words, printed: Printed, job: Job = NO_JOB) -> int:
    """Draws the month or (any other span) the week of the chosen day; how many pages it took."""
    drawn = _Month(wanted, words, printed) if wanted.span is Span.MONTH else _Week(wanted, words, printed)
    return drawn.write(target, job)


class _Pages(ABC):
    """What both papers share: title, legend, footer, and the list of what found no room."""

    def __init__(self, wanted: CalendarPaper, words: Words, printed: Printed) -> None:
        self.wanted = wanted
        self.words = words
        self.printed = printed
        self.by_day = calendar.by_day(wanted.page.entries)
        self.left_over: dict[date, list[Entry]] = {}

    @property
    @abstractmethod
    def title(self) -> str:
        """What the days are called."""

    @abstractmethod
    def draw_grid(self, page: Paper) -> None:
        """The first page's grid; keeps in `left_over` what finds no room."""

    def write(self, target: BinaryIO, job: Job) -> int:
        """Draws all pages."""
        self.draw_grid(self._paper(io.BytesIO()))  # what finds no room is known before the pages are numbered
        lists = self._list_pages()
        total = 1 + len(lists)
        page = self._paper(target)
        self._head(page, self.title, self._facts())
        self.left_over = {}
        self.draw_grid(page)
        self._legend(page)
        self._foot(page, 1, total)
        for number, columns in enumerate(lists, 2):
            job.check()
            heading = self.words.pgettext("calendar page", "{title}, continued", title=self.title)
            self._head(page, heading, self.words.pgettext("calendar page", "what found no room in its day"))
            self._draw_list(page, columns)
            self._legend(page)
            self._foot(page, number, total)
        page.save()
        return total

    def _paper(self, target: BinaryIO) -> Paper:
        title = f"{self.title} · {self.wanted.whose}"
        return Paper(target, title=title, author=self.printed.by, lang=self.words.lang, at=self.printed.at)

    # what stands around --------------------------------------------------------------------------------
    def _head(self, page: Paper, title: str, facts: str) -> None:
        room = RIGHT - MARGIN - paper.width(facts, 8) - 6
        title = paper.cut(title, room * 0.6, 15, bold=True)
        length = page.text(MARGIN, MARGIN + 5.0, title, 15, bold=True)
        page.text(MARGIN + length + 3, MARGIN + 5.0, paper.cut(self.wanted.whose, room - length - 3, 10), 10)
        page.text(RIGHT, MARGIN + 5.0, facts, 8, align="r")

    def _facts(self) -> str:
        w = self.words
        tasks = [
            entry
            for day, entries in self.by_day.items()
            for entry in entries
            if entry.what == What.TASK and (self.wanted.span is not Span.MONTH or day.month == self.wanted.day.month)
        ]
        done = sum(entry.done for entry in tasks)
        text = w.ngettext("{n} task", "{n} tasks", len(tasks))
        return text + (w.ngettext(", {n} done", ", {n} done", done) if done else "")

    def _legend(self, page: Paper) -> None:
        w = self.words
        meanings = {
            Mark.PLANNED: w.pgettext("calendar page", "to be done"),
            Mark.PROMISE: w.pgettext("calendar page", "promised"),
            Mark.LEFT: w.pgettext("calendar page", "left undone"),
            Mark.BROKEN: w.pgettext("calendar page", "promise broken"),
            Mark.DONE: w.pgettext("calendar page", "done"),
            Mark.BIRTHDAY: w.pgettext("calendar page", "birthday"),
        }
        x, y = MARGIN, HEIGHT - MARGIN - 4.4
        for mark, meaning in meanings.items():
            x += page.text(x, y, SIGNS[mark], SMALL, bold=True) + 1.2
            x += page.text(x, y, meaning, SMALL) + 5
        norm = self.wanted.page.norm
        if norm:
            text = w.pgettext(
                "calendar page", "hours of the day, bold above the norm of {norm}", norm=self._hours(norm)
            )
            page.text(RIGHT, y, paper.cut(text, RIGHT - x, SMALL), SMALL, align="r")

    def _foot(self, page: Paper, number: int, total: int) -> None:
        sheet_frame.draw_footer(page, self.words, printed_words(self.words, self.printed), number, total)
        page.end_page()

    # entries -------------------------------------------------------------------------------------------
    def mark(self, entry: Entry) -> Mark:
        """How it stands on the day of the print."""
        return calendar.mark_of(entry, self.wanted.today)

    def words_of(self, entry: Entry) -> tuple[str, str, str]:
        """When, whom, about what."""
        when = _clock(entry.time) if entry.time is not None else ""
        if entry.what == What.BIRTHDAY:
            name = f"{entry.title}, {entry.years}" if entry.years else entry.title
            return when, name, entry.client
        manager = self.wanted.people.get(entry.manager_id or 0, "")
        if entry.client:
            return when, entry.client, " · ".join(part for part in (manager, entry.title) if part)
        return when, entry.title or self.words.pgettext("calendar page", "task"), manager

    def line(self, page: Paper, x: float, y: float, room: float, entry: Entry, *, size: float = TEXT) -> None:
        """One entry in one line: its sign, the time, the client, what it is about."""
        mark = self.mark(entry)
        page.text(x, y, SIGNS[mark], size, bold=mark is not Mark.DONE)
        x, room = x + SIGN, room - SIGN
        when, who, what = self.words_of(entry)
        if when:
            used = page.text(x, y, when, size) + 1.2
            x, room = x + used, room - used
        strong = mark in (Mark.BROKEN, Mark.LEFT, Mark.PROMISE)
        who = paper.cut(who, room, size, bold=strong)
        used = page.text(x, y, who, size, bold=strong)
        if what and room - used > 7:
            page.text(x + used, y, paper.cut(f": {what}", room - used, size), size)

    def day_facts(self, day: date, room: float) -> tuple[str, bool, str]:
        """The hours of a day, whether they are above the norm, and the holiday's short name if there is room."""
        load = sum(entry.minutes for entry in self.by_day.get(day, ()) if entry.what != What.BIRTHDAY)
        hours = self._hours(load) if load else ""
        over = bool(self.wanted.page.norm) and load > self.wanted.page.norm
        holiday = self.holidays.get(day)
        left = room - paper.width(hours, SMALL, bold=over) - 2
        name = holiday.short(self.words.lang) if holiday else ""
        return hours, over, paper.cut(name, left, SMALL) if name and left > 6 else ""

    @property
    def holidays(self) -> Mapping[date, Holiday]:
        """The public holidays among the days."""
        return self.wanted.page.days_off

    def _hours(self, minutes: int) -> str:
        whole, rest = divmod(minutes, 60)
        w = self.words
        if not whole:
            return w.gettext("{n} min", n=rest).replace(" ", NBSP)
        return (w.gettext("{n} h", n=whole) + (f" {rest:02d}" if rest else "")).replace(" ", NBSP)

    # what found no room --------------------------------------------------------------------------------
    def _list_pages(self) -> list[list[list[tuple[date, list[Entry]]]]]:
        """The rest, day after day, in columns of pages; a day may go on in the next column."""
        high = int((GRID_BOTTOM - GRID_TOP) / PITCH)
        pages: list[list[list[tuple[date, list[Entry]]]]] = []
        column: list[tuple[date, list[Entry]]] = []
        used = high
        for day in sorted(self.left_over):
            rest = self.left_over[day]
            while rest:
                if used + 2 > high:
                    column = []
                    used = 0
                    if not pages or len(pages[-1]) == LIST_COLUMNS:
                        pages.append([])
                    pages[-1].append(column)
                fit = max(1, high - used - 1)
                column.append((day, rest[:fit]))
                used += 1 + len(rest[:fit])
                rest = rest[fit:]
        return pages

    def _draw_list(self, page: Paper, columns: Sequence[Sequence[tuple[date, list[Entry]]]]) -> None:
        wide = (RIGHT - MARGIN + 6) / LIST_COLUMNS
        for number, column in enumerate(columns):
            x, y = MARGIN + number * wide, GRID_TOP
            for day, entries in column:
                y += PITCH
                name = f"{self.words.weekday_short(day.weekday())} {self.words.day(day)}"
                page.text(x, y - 0.9, name, TEXT, bold=True)
                page.rule(y, 0.25, left=x, right=x + wide - 6)
                for entry in entries:
                    y += PITCH
                    self.line(page, x, y - 0.9, wide - 6, entry)


class _Month(_Pages):
    """Whole weeks, each day a cell."""

    @property
    def title(self) -> str:
        day = self.wanted.day
        return _capital(f"{self.words.month_name(day.month)} {day.year}")

    def draw_grid(self, page: Paper) -> None:
        first = calendar.monday(self.wanted.day.replace(day=1))
        weeks = [
            first + timedelta(7 * n)
            for n in range(calendar.MONTH_WEEKS)
            if any((first + timedelta(7 * n + d)).month == self.wanted.day.month for d in (0, 6))
        ]
        lefts = self._columns()
        high = (GRID_BOTTOM - GRID_TOP) / len(weeks)
        for weekday in range(7):
            name = _capital(self.words.weekday_name(weekday))
            room = lefts[weekday + 1] - lefts[weekday] - 2
            if paper.width(name, 8, bold=True) > room:
                name = _capital(self.words.weekday_short(weekday))
            page.text(lefts[weekday] + 1.2, GRID_TOP - 1.4, name, 8, bold=True)
        for n, monday in enumerate(weeks):
            y = GRID_TOP + n * high
            page.rule(y, 0.5 if n == 0 else 0.25)
            page.text(MARGIN + GUTTER - 2, y + 4.2, str(calendar.week_number(monday)), SMALL, align="r")
            for weekday in range(7):
                left, right = lefts[weekday], lefts[weekday + 1]
                self._cell(page, monday + timedelta(weekday), left, right, y, high)
        page.rule(GRID_BOTTOM, 0.5)
        for x in lefts[:-1]:
            page.line(x, GRID_TOP, x, GRID_BOTTOM, 0.25)

    def _columns(self) -> list[float]:
        """The left edges of the seven days, and the right edge of the last."""
        wide = (RIGHT - MARGIN - GUTTER - 2 * WEEKEND) / 5
        lefts = [MARGIN + GUTTER + wide * n for n in range(6)]
        return [*lefts, lefts[5] + WEEKEND, RIGHT]

    def _cell(self, page: Paper, day: date, left: float, right: float, y: float, high: float) -> None:
        inside = day.month == self.wanted.day.month
        number = str(day.day) if inside else self.words.short_day(day)
        x, room = left + 1.2, right - left - 2.4
        free = not is_working(day, self.holidays.get(day))
        length = page.text(x, y + 4.2, number, 9, bold=inside)
        hours, over, holiday = self.day_facts(day, room - length - 3)
        page.text(right - 1.2, y + 4.2, hours, SMALL, bold=over, align="r")
        page.text(x + length + 2, y + 4.2, holiday, SMALL, bold=free)
        entries = calendar.gravest_first(self.by_day.get(day, ()), self.wanted.today)
        lines = int((high - 5.2) / PITCH)
        shown = list(entries) if len(entries) <= lines else list(entries[: lines - 1])
        for n, entry in enumerate(shown, 1):
            self.line(page, x, y + 4.6 + n * PITCH, room, entry)
        if len(shown) < len(entries):
            rest = list(entries[len(shown) :])
            self.left_over[day] = rest
            text = self.words.pgettext("calendar page", "{n} more on the next page", n=self.words.number(len(rest)))
            page.text(x, y + 4.6 + lines * PITCH, paper.cut(text, room, TEXT), TEXT, bold=True)


class _Week(_Pages):
    """Seven columns of hours; above them what has no time."""

    @property
    def title(self) -> str:
        first = calendar.monday(self.wanted.day)
        last = first + timedelta(6)
        week = self.words.gettext("week {n}", n=calendar.week_number(first))
        return f"{self.words.day(first)} – {self.words.day(last)}, {week}"

    def draw_grid(self, page: Paper) -> None:
        first = calendar.monday(self.wanted.day)
        days = [first + timedelta(n) for n in range(7)]
        lefts = self._columns(days)
        untimed = {day: [entry for entry in self.by_day.get(day, ()) if entry.time is None] for day in days}
        band = max(1, min(ALL_DAY_LINES, max(map(len, untimed.values()))))
        hours_top = GRID_TOP + HEADS + 1.0 + band * PITCH + 1.6
        begin, end = self._hours_shown(days)
        hour = (GRID_BOTTOM - hours_top) / (end - begin)
        page.rule(GRID_TOP - 3, 0.5)
        page.rule(GRID_TOP + HEADS - 2, 0.25)
        page.rule(hours_top, 0.5)
        page.rule(GRID_BOTTOM, 0.5)
        page.text(MARGIN, GRID_TOP + HEADS + 1.6, self.words.pgettext("calendar page", "day"), SMALL)
        for n in range(begin, end):
            page.text(MARGIN + HOURS_GUTTER - 1.6, hours_top + (n - begin) * hour + 2.6, f"{n}:00", SMALL, align="r")
        for n, day in enumerate(days):
            left, right = lefts[n], lefts[n + 1]
            page.line(left, GRID_TOP - 3, left, GRID_BOTTOM, 0.25)
            self._day_head(page, day, left, right)
            self._all_day(page, day, untimed[day], band, left, right)
            covered = self._timed(page, day, left, right, hours_top, begin, hour)
            for at in range(begin + 1, end):
                y = hours_top + (at - begin) * hour
                if not any(top < y < bottom for top, bottom in covered):
                    page.line(left, y, right, y, 0.25)
        page.rule(GRID_BOTTOM, 0.25)

    def _columns(self, days: Sequence[date]) -> list[float]:
        """Left edges; a day off with nothing on it gives its room to the others."""
        bare = [not self.by_day.get(day) and not is_working(day, self.holidays.get(day)) for day in days]
        wide = (RIGHT - MARGIN - HOURS_GUTTER - BARE * sum(bare)) / max(1, 7 - sum(bare))
        lefts = [MARGIN + HOURS_GUTTER]
        for narrow in bare:
            lefts.append(lefts[-1] + (BARE if narrow else wide))
        if all(bare):
            lefts[-1] = RIGHT
        return lefts

    def _hours_shown(self, days: Sequence[date]) -> tuple[int, int]:
        timed = [entry for day in days for entry in self.by_day.get(day, ()) if entry.time is not None]
        begin = min((entry.time // 60 for entry in timed if entry.time is not None), default=FIRST_HOUR)
        end = max(
            (-(-(entry.time + _tall(entry)) // 60) for entry in timed if entry.time is not None), default=LAST_HOUR
        )
        return min(begin, FIRST_HOUR), max(min(end, 24), LAST_HOUR)

    def _day_head(self, page: Paper, day: date, left: float, right: float) -> None:
        x, room = left + 1.2, right - left - 2.4
        length = page.text(x, GRID_TOP + 1.2, _capital(self.words.weekday_short(day.weekday())), 8)
        length += page.text(x + length + 1, GRID_TOP + 1.2, str(day.day), 9, bold=True) + 1
        hours, over, holiday = self.day_facts(day, room - length - 3)
        page.text(right - 1.2, GRID_TOP + 1.2, hours, SMALL, bold=over, align="r")
        page.text(x + length + 2, GRID_TOP + 1.2, holiday, SMALL, bold=not is_working(day, self.holidays.get(day)))

    def _all_day(self, page: Paper, day: date, entries: list[Entry], band: int, left: float, right: float) -> None:
        x, room = left + 1.2, right - left - 2.4
        shown = entries if len(entries) <= band else entries[: band - 1]
        for n, entry in enumerate(shown, 1):
            self.line(page, x, GRID_TOP + HEADS - 1.6 + n * PITCH, room, entry)
        if len(shown) < len(entries):
            rest = entries[len(shown) :]
            self.left_over.setdefault(day, []).extend(rest)
            text = self.words.pgettext("calendar page", "{n} more on the next page", n=self.words.number(len(rest)))
            y = GRID_TOP + HEADS - 1.6 + band * PITCH
            page.text(x, y, paper.cut(text, room, TEXT), TEXT, bold=True)

    def _timed(
        self, page: Paper, day: date, left: float, right: float, top: float, begin: int, hour: float
    ) -> list[tuple[float, float]]:
        """The boxes of a day; the stretches of the page they cover."""
        timed = [(entry.time, entry) for entry in self.by_day.get(day, ()) if entry.time is not None]
        places = calendar.columns([(time, time + _tall(entry)) for time, entry in timed])
        covered = []
        for (time, entry), place in zip(timed, places, strict=True):
            wide = (right - left - 1.0) / place.of
            if wide < 12:  # a box nobody can read: it stands in the list, its place says how many there are
                self.left_over.setdefault(day, []).append(entry)
            x1 = left + 0.5 + place.column * wide
            y1 = top + (time / 60 - begin) * hour + 0.25
            y2 = min(y1 + _tall(entry) / 60 * hour - 0.5, GRID_BOTTOM - 0.2)
            covered.append((y1, y2))
            self._box(page, entry, x1, y1, x1 + wide - 0.5, y2)
        return covered

    def _box(self, page: Paper, entry: Entry, x1: float, y1: float, x2: float, y2: float) -> None:
        mark = self.mark(entry)
        thick = 0.25 if mark is Mark.DONE else 0.5
        for a, b, c, d in ((x1, y1, x2, y1), (x1, y2, x2, y2), (x2, y1, x2, y2)):
            page.line(a, b, c, d, thick)
        page.line(x1, y1, x1, y2, thick if mark is Mark.DONE else 1.4)
        when, who, what = self.words_of(entry)
        lines = max(1, int((y2 - y1 - 0.3) / PITCH))
        x, room = x1 + 1.2, x2 - x1 - 1.8
        y = y1 + 2.6 if lines > 1 else (y1 + y2) / 2 + 0.9
        if lines == 1:
            self.line(page, x, y, room, entry)
            return
        strong = mark is not Mark.DONE
        page.text(x, y, SIGNS[mark], TEXT, bold=strong)
        if paper.width(who, TEXT, bold=strong) > room - SIGN:
            who = in_quotes(who)
        page.text(x + SIGN, y, paper.cut(who, room - SIGN, TEXT, bold=strong), TEXT, bold=strong)
        stretch = f"{when}–{_clock(min((entry.time or 0) + entry.minutes, calendar.WHOLE_DAY))}"
        if paper.width(stretch, TEXT) > room - SIGN:
            stretch = when
        rest = [text for text in (what, stretch) if text] if lines > 2 else [f"{stretch} {what}".strip()]
        for text in rest[: lines - 1]:
            y += PITCH
            page.text(x + SIGN, y, paper.cut(text, room - SIGN, TEXT), TEXT)


def _tall(entry: Entry) -> int:
    """How many minutes a box takes: a shorter one would not hold its line."""
    return max(entry.minutes, calendar.SHORTEST_SHOWN)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
