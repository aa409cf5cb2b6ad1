"""A manager's day on A4 portrait, black on white: boxes to tick, what was promised, room to write.

The state of a line is a sign, never a colour: ◆ a promise, ! a promise that is late, ✓ done, ★ VIP.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import BinaryIO

from crmdesk.documents import paper
from crmdesk.documents.paper import HEIGHT as ACROSS  # of a page set upright, mm
from crmdesk.documents.paper import MARGIN, Paper
from crmdesk.documents.paper import WIDTH as DOWN
from crmdesk.documents.sheet_words import Printed, printed_words
from crmdesk.domain.day import Day, DayBirthday, DayTask, ImportantClient
from crmdesk.domain.lists import Importance, TaskKind
from crmdesk.domain.quiet import QuietClient
from crmdesk.domain.tasks import is_open
from crmdesk.system.i18n import Words
from crmdesk.system.jobs import NO_JOB, Job

TEXT, SMALL, HEAD = 9.5, 7.5, 10.5  # points
PITCH = 4.1  # mm between the lines of a text
PAD = 2.1  # mm more between two entries
BOX = 3.2
WHEN, SIGN, CLIENT = MARGIN + 6.0, MARGIN + 24.0, MARGIN + 29.0  # left edges of the columns
CLIENT_WIDTH = 54.0
WORDS = CLIENT + CLIENT_WIDTH + 3.0
RIGHT = ACROSS - MARGIN
TOP = MARGIN + 17.0
BOTTOM = DOWN - MARGIN - 7.0
WRITING = 8.0  # mm between the lines to write on
LEAST_WRITING = 5  # of them, on the last page
MOST_LINES = 3  # of one entry's words


@dataclass(frozen=True, slots=True)
class DayPaper:
    """What is printed: the day, whose it is, what kinds of tasks are called, minutes of now for the free time."""

    day: Day
    manager: str
    kinds: Mapping[str, str]
    now: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: a box to tick, and its columns."""

    when: str
    sign: str
    client: str
    lines: tuple[str, ...]
    done: bool = False
    box: bool = True

    @property
    def height(self) -> float:
        return PITCH * max(1, len(self.lines)) + PAD


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a part of the day."""

    text: str
    count: int

    height = 9.0


def write_pdf(target: BinaryIO, wanted: DayPaper, *, words: Words, printed: Printed, job: Job = NO_JOB) -> int:
    """Draws the day; how many pages it took. Nothing is left out: a long day takes several pages."""
    day = wanted.day
    title = f"{_title(day, words)} · {wanted.manager}"
    page = Paper(target, title=title, author=printed.by, lang=words.lang, at=printed.at, portrait=True)
    pages = _pages(list(_items(wanted, words)))
    for number, (items, end) in enumerate(pages, 1):
        job.check()
        _head(page, wanted, words)
        y = TOP
        for item in items:
            if isinstance(item, _Head):
                _draw_head(page, y, item, words)
            else:
                _draw_entry(page, y, item)
            y += item.height
        if number == len(pages):
            _room_to_write(page, end, words)
        _foot(page, words, printed, number, len(pages))
        page.end_page()
    page.save()
    return len(pages)


# what is on it -------------------------------------------------------------------------------------------


def _title(day: Day, w: Words) -> str:
    name = w.weekday_name(day.day.weekday())
    return f"{name[:1].upper()}{name[1:]}, {w.day_month(day.day)}"


def _items(wanted: DayPaper, w: Words) -> Iterator[_Head | _Entry]:
    day = wanted.day
    tasks: tuple[tuple[str, Sequence[DayTask]], ...] = (
        (w.gettext("Not done before"), day.late),
        (w.gettext("By time"), day.timed),
        (w.gettext("Without time"), day.untimed),
        (w.gettext("Promised for these days"), day.promises),
    )
    for text, found in tasks:
        if found:
            yield _Head(text, len(found))
            yield from (_task(one, wanted, w) for one in found)
    if day.birthdays:
        yield _Head(w.gettext("Birthdays"), len(day.birthdays))
        yield from (_birthday(one, w) for one in day.birthdays)
    if day.unplanned:
        yield _Head(w.gettext("Important without a plan"), len(day.unplanned))
        yield from (_important(one, wanted, w) for one in day.unplanned)
    if day.quiet:
        yield _Head(w.gettext("Gone quiet"), len(day.quiet))
        yield from (_quiet(one, w) for one in day.quiet)


def _task(one: DayTask, wanted: DayPaper, w: Words) -> _Entry:
    task, today = one.task, wanted.day.day
    when = ""
    if task.due_day is not None and task.due_day != today:
        when = f"{w.weekday_short(task.due_day.weekday())} {w.short_day(task.due_day)}"
    elif task.due_time is not None:
        when = w.time(time(*divmod(task.due_time, 60)))
    kind = wanted.kinds.get(task.kind, task.kind)
    late = task.promise and is_open(task) and task.due_day is not None and task.due_day < today
    said = ". ".join(part.strip().rstrip(".") for part in (task.title or "", " ".join(task.notes.split())) if part)
    text = kind if not said else said[:1].upper() + said[1:] if task.kind == TaskKind.OTHER else f"{kind}: {said}"
    return _Entry(
        when,
        "!" if late else "◆" if task.promise else "",
        task.client or w.gettext("no client"),
        _wrapped(text, RIGHT - WORDS),
        done=task.done_at is not None,
    )


def _birthday(one: DayBirthday, w: Words) -> _Entry:
    text = one.person
    if one.turns is not None:
        text += ", " + w.ngettext("{n} year", "{n} years", one.turns)
    when = f"{w.weekday_short(one.on.weekday())} {w.short_day(one.on)}"
    return _Entry(when, "", one.client, _wrapped(text, RIGHT - WORDS))


def _important(one: ImportantClient, wanted: DayPaper, w: Words) -> _Entry:
    last = max((day for day in (one.last_contact, one.last_order) if day), default=None)
    when = "" if last is None else w.ngettext("{n} d.", "{n} d.", max(0, (wanted.day.day - last).days))
    text = w.ngettext("usually orders every {n} day", "usually orders every {n} days", one.usual_days or 0)
    if not one.usual_days:
        text = w.gettext("nobody has been in touch yet") if one.last_contact is None else ""
    sign = "★" if one.importance == Importance.VIP else "☆"
    return _Entry(when, sign, one.client, _wrapped(text, RIGHT - WORDS))


def _quiet(one: QuietClient, w: Words) -> _Entry:
    text = w.ngettext("usually orders every {n} day", "usually orders every {n} days", one.usual_days)
    return _Entry(w.ngettext("{n} d.", "{n} d.", one.silent_days), "", one.client, _wrapped(text, RIGHT - WORDS))


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    """The text in lines of at most `room` mm; the last of MOST_LINES ends in … when there is more."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}".strip()
        if current and paper.width(longer, TEXT) > room:
            lines.append(current)
            current = word
        else:
            current = longer
    lines.append(current)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return tuple(paper.cut(line, room, TEXT) for line in lines)


def _pages(items: Sequence[_Head | _Entry]) -> list[tuple[list[_Head | _Entry], float]]:
    """The items page by page, and where each ends; a head never stands alone, the last page leaves room to write."""
    pages: list[tuple[list[_Head | _Entry], float]] = []
    current: list[_Head | _Entry] = []
    y = TOP
    for number, item in enumerate(items):
        need = item.height
        if isinstance(item, _Head) and number + 1 < len(items):
            need += items[number + 1].height
        if current and y + need > BOTTOM:
            pages.append((current, y))
            current, y = [], TOP
        current.append(item)
        y += item.height
    pages.append((current, y))
    if y + LEAST_WRITING * WRITING > BOTTOM:
        pages.append(([], TOP))
    return pages


# how it is drawn -----------------------------------------------------------------------------------------


def _head(page: Paper, wanted: DayPaper, w: Words) -> None:
    day = wanted.day
    room = RIGHT - MARGIN
    whose = paper.cut(wanted.manager, room * 0.45, 10)
    page.text(MARGIN, MARGIN + 5.6, paper.cut(_title(day, w), room * 0.52, 17, bold=True), 17, bold=True)
    page.text(RIGHT, MARGIN + 5.6, whose, 10, align="r")
    facts = [w.ngettext("{n} task to do", "{n} tasks to do", len(day.tasks))]
    if day.done:
        facts.append(w.gettext("{n} done", n=w.number(day.done)))
    if day.load:
        facts.append(w.gettext("{load} of {capacity}", load=_length(day.load, w), capacity=_length(day.capacity, w)))
    gap = day.gap(wanted.now)
    if gap is not None and day.timed:
        start, end = (w.time(time(*divmod(min(minute, 1439), 60))) for minute in gap)
        facts.append(w.gettext("free {start}–{end}", start=start, end=end))
    legend = f"! {w.gettext('promise broken')}   ◆ {w.gettext('promised')}"
    page.text(RIGHT, MARGIN + 10.6, legend, SMALL, align="r")
    room -= paper.width(legend, SMALL) + 4
    page.text(MARGIN, MARGIN + 10.6, paper.cut(" · ".join(facts), room, 8.5), 8.5)


def _length(minutes: int, w: Words) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return w.gettext("{n} min", n=rest)
    return w.gettext("{h} h {m:02d}", h=hours, m=rest) if rest else w.gettext("{n} h", n=hours)


def _draw_head(page: Paper, y: float, head: _Head, w: Words) -> None:
    length = page.text(MARGIN, y + 5.4, head.text, HEAD, bold=True)
    page.text(MARGIN + length + 2, y + 5.4, w.number(head.count), TEXT)
    page.rule(y + 6.9, 0.4, left=MARGIN, right=RIGHT)


def _draw_entry(page: Paper, y: float, entry: _Entry) -> None:
    base = y + 3.2
    top = base - BOX + 0.3
    for x1, y1, x2, y2 in (
        (0, 0, BOX, 0),
        (BOX, 0, BOX, BOX),
        (BOX, BOX, 0, BOX),
        (0, BOX, 0, 0),
    ):
        page.line(MARGIN + x1, top + y1, MARGIN + x2, top + y2, 0.5)
    if entry.done:
        page.text(MARGIN + BOX / 2, base, "✓", TEXT, bold=True, align="c")
    page.text(WHEN, base, entry.when, TEXT)
    page.text(SIGN, base, entry.sign, TEXT, bold=True)
    page.text(CLIENT, base, paper.cut(entry.client, CLIENT_WIDTH, TEXT, bold=True), TEXT, bold=True)
    for number, line in enumerate(entry.lines):
        page.text(WORDS, base + number * PITCH, line, TEXT)


def _room_to_write(page: Paper, y: float, w: Words) -> None:
    page.text(MARGIN, y + 5.4, w.pgettext("day page", "Notes"), HEAD, bold=True)
    line = y + 5.4 + WRITING
    while line <= BOTTOM:
        page.rule(line, 0.25, left=MARGIN, right=RIGHT)
        line += WRITING


def _foot(page: Paper, w: Words, printed: Printed, number: int, total: int) -> None:
    page.rule(DOWN - MARGIN - 3.4, 0.25, left=MARGIN, right=RIGHT)
    pages = w.gettext("p. {n} of {total}", n=number, total=total)
    page.text(RIGHT, DOWN - MARGIN, pages, SMALL, align="r")
    said = " · ".join(printed_words(w, printed))
    page.text(MARGIN, DOWN - MARGIN, paper.cut(said, RIGHT - MARGIN - 20, SMALL), SMALL)
