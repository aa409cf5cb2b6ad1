"""The lines of Today made from a day: sections, their heads, the line of now. Words, but no Qt here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from crmdesk.domain.day import Day, DayBirthday, DayTask, ImportantClient
from crmdesk.domain.lists import ActionSegment, Importance, TaskKind
from crmdesk.domain.quiet import QuietClient
from crmdesk.domain.tasks import TaskRow, is_open
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.task.when import said_day, said_time

T = TypeVar("T")
FEW = 5  # important and quiet clients shown before one asks for all
NOTES = 300  # characters of a task's notes that a line may show
MOVED_OFTEN = 3  # from so many moves on a supervisor is told (ux.md 43)


class Kind(StrEnum):
    """What a line is."""

    HEAD = "head"
    TASK = "task"
    NOW = "now"
    BIRTHDAY = "birthday"
    IMPORTANT = "important"
    QUIET = "quiet"


class Section(StrEnum):
    """The parts of the day, in their order."""

    LATE = "late"
    TIMED = "timed"
    UNTIMED = "untimed"
    PROMISES = "promises"
    BIRTHDAYS = "birthdays"
    IMPORTANT = "important"
    QUIET = "quiet"


TITLES = {
    Section.LATE: N_("Not done before"),
    Section.TIMED: N_("By time"),
    Section.UNTIMED: N_("Without time"),
    Section.PROMISES: N_("Promised for these days"),
    Section.BIRTHDAYS: N_("Birthdays"),
    Section.IMPORTANT: N_("Important without a plan"),
    Section.QUIET: N_("May leave"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Something to press at the right of a line: `name` is what happens."""

    name: str  # spread, release, all, plan, greet
    text: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is painted; `key` tells it from all others. Words already in the language of the window."""

    kind: Kind
    section: Section
    key: tuple[str, int]
    when: str = ""
    when_token: str = "muted"
    icon: str = ""
    icon_token: str = "muted"
    filled: bool = False  # the icon's own colour fills it
    client: str = ""
    client_id: int | None = None
    words: str = ""
    notes: str = ""  # after the words, muted
    chip: tuple[str, str, str] | None = None  # icon, text, colour token
    right: str = ""
    links: tuple[Link, ...] = ()
    count: str = ""
    folded: bool = False
    done: bool = False
    state: str = ""  # said where it is painted as a tick
    task: TaskRow | None = None

    @property
    def said(self) -> str:
        """The line read aloud."""
        parts = [
            self.when,
            self.client,
            self.words,
            self.chip[1] if self.chip else "",
            self.notes,
            self.count,
            self.right,
        ]
        return ", ".join(part for part in (*parts, *(link.text for link in self.links)) if part)


@dataclass(frozen=True)
class Choice:
    """What the person has chosen of the view."""

    folded: frozenset[Section] = frozenset()
    unfolded: frozenset[Section] = frozenset()  # sections shown to the last line
    watches: bool = False  # a supervisor: is told how often a task was moved


def lines_of(day: Day, now: int, choice: Choice, words: Words, currency: str) -> list[Line]:
    """The lines of a day; `now` in minutes after midnight."""
    found: list[Line] = []
    maker = _Maker(day, now, choice, words, currency)
    for section, lines in (
        (Section.LATE, [maker.task(one, Section.LATE) for one in day.late]),
        (Section.TIMED, list(maker.timed())),
        (Section.UNTIMED, [maker.task(one, Section.UNTIMED) for one in day.untimed]),
        (Section.PROMISES, [maker.task(one, Section.PROMISES) for one in day.promises]),
        (Section.BIRTHDAYS, [maker.birthday(one) for one in day.birthdays]),
        (Section.IMPORTANT, [maker.important(one) for one in maker.few(Section.IMPORTANT, day.unplanned)]),
        (Section.QUIET, [maker.quiet(one) for one in maker.few(Section.QUIET, day.quiet)]),
    ):
        if lines:
            found.append(maker.head(section))
            if section not in choice.folded:
                found += lines
    return found


class _Maker:
    def __init__(self, day: Day, now: int, choice: Choice, words: Words, currency: str) -> None:
        self.day, self.now, self.choice, self.w, self.currency = day, now, choice, words, currency

    # heads -------------------------------------------------------------------------------------------
    def head(self, section: Section) -> Line:
        """A section's head with its count and its links."""
        w, day = self.w, self.day
        counted: dict[Section, Sequence[object]] = {
            Section.LATE: day.late,
            Section.TIMED: day.timed,
            Section.UNTIMED: day.untimed,
            Section.PROMISES: day.promises,
            Section.BIRTHDAYS: day.birthdays,
            Section.IMPORTANT: day.unplanned,
            Section.QUIET: day.quiet,
        }
        total = len(counted[section])
        count, right = w.number(total), ""
        if section in (Section.LATE, Section.TIMED, Section.UNTIMED):
            tasks = {Section.LATE: day.late, Section.TIMED: day.timed, Section.UNTIMED: day.untimed}[section]
            left = sum(is_open(one.task) for one in tasks)
            if left != total:
                count = f"{count} · " + w.gettext("{n} left", n=w.number(left))
        links: tuple[Link, ...] = ()
        if section is Section.LATE and any(is_open(one.task) for one in day.late):
            links = (
                Link("spread", w.gettext("Spread over the week"), "calendar-clock"),
                Link("release", w.gettext("Take off…")),
            )
        elif section is Section.TIMED:
            gap = day.gap(self.now)
            if gap is not None:
                right = w.gettext("free {start}–{end}", start=said_time(gap[0], w), end=said_time(gap[1], w))
        elif section in (Section.IMPORTANT, Section.QUIET) and total > FEW:
            everything = section in self.choice.unfolded
            text = w.gettext("First {n}", n=FEW) if everything else w.gettext("All {n}", n=w.number(total))
            links = (Link("all", text),)
        return Line(
            Kind.HEAD,
            section,
            (f"head-{section.value}", 0),
            client=w.gettext(TITLES[section]),
            count=count,
            right=right,
            links=links,
            folded=section in self.choice.folded,
        )

    def few(self, section: Section, found: Sequence[T]) -> Sequence[T]:
        """The first of them, or all when that was asked for."""
        return found if section in self.choice.unfolded else found[:FEW]

    # tasks -------------------------------------------------------------------------------------------
    def timed(self) -> Iterator[Line]:
        """The tasks by time with the line of now between those before and after."""
        told = False
        for one in self.day.timed:
            if not told and (one.task.due_time or 0) > self.now:
                told = True
                yield self._now()
            yield self.task(one, Section.TIMED)
        if self.day.timed and not told:
            yield self._now()

    def _now(self) -> Line:
        return Line(Kind.NOW, Section.TIMED, ("now", 0), when=said_time(self.now, self.w), when_token="primary")

    def task(self, one: DayTask, section: Section) -> Line:
        """A task's line."""
        w, task, today = self.w, one.task, self.day.day
        done = not is_open(task)
        late = section is Section.LATE and not done
        when, token = self._when(task, section)
        if late and task.promise:
            token = "over"
        icon, icon_token = ("flag", "prom") if task.promise else (record_icon(task.kind), "muted")
        kind = content.word("task_kind", task.kind, w.lang)
        chip, right = None, ""
        if done:
            right = self._after(one)
            icon_token = "muted"
        elif task.promise and late and task.due_day is not None:
            days = (today - task.due_day).days
            chip = ("circle-alert", w.ngettext("{n} day", "{n} days", days), "over")
        elif task.promise:
            chip = ("flag", w.gettext("promised"), "prom")
        elif self.choice.watches and task.moved_count >= MOVED_OFTEN:
            right = w.ngettext("moved {n} time", "moved {n} times", task.moved_count)
        return Line(
            Kind.TASK,
            section,
            ("task", task.id),
            when=when,
            when_token=token,
            icon=icon,
            icon_token=icon_token,
            client=task.client or kind,
            client_id=task.client_id,
            words=task.title or (kind if task.client else ""),
            notes=" ".join(task.notes[:NOTES].split()),
            chip=chip,
            right=right,
            done=done,
            state=w.pgettext("state of a task", "done") if done else "",
            task=task,
        )

    def _when(self, task: TaskRow, section: Section) -> tuple[str, str]:
        if section in (Section.LATE, Section.PROMISES) and task.due_day is not None:
            return said_day(task.due_day, self.w), "muted"
        if section is Section.TIMED and task.due_time is not None:
            return said_time(task.due_time, self.w), "text"
        return "", "muted"

    def _after(self, one: DayTask) -> str:
        """What a done task led to: the next step, else how the contact ended, else why nothing follows."""
        w = self.w
        if one.next_due is not None and one.next_due > self.day.day:
            named = one.next_kind and one.next_kind != TaskKind.OTHER
            kind = content.word("task_kind", one.next_kind, w.lang).lower() + " " if named else ""
            return f"→ {kind}{w.short_day(one.next_due)}"
        if one.result:
            return content.word("contact_result", one.result, w.lang)
        return one.task.no_next_reason or ""

    # people and clients ------------------------------------------------------------------------------
    def birthday(self, one: DayBirthday) -> Line:
        """Whom to congratulate."""
        w, today = self.w, self.day.day
        ahead = (one.on - today).days
        when = (w.gettext("today"), w.gettext("tomorrow"))[ahead] if ahead < 2 else said_day(one.on, w)
        words = one.person
        if one.turns is not None:
            words += ", " + w.ngettext("{n} year", "{n} years", one.turns)
        return Line(
            Kind.BIRTHDAY,
            Section.BIRTHDAYS,
            ("person", one.person_id),
            when=when,
            when_token="today" if not ahead else "muted",
            icon="cake",
            client=one.client,
            client_id=one.client_id,
            words=words,
            links=(Link("greet", w.gettext("Congratulate"), "phone"),),
        )

    def important(self, one: ImportantClient) -> Line:
        """A client who matters and has nothing planned."""
        w, today = self.w, self.day.day
        vip = one.importance == Importance.VIP
        entry = content.entries("importance").get(one.importance)
        short = entry.short(w.lang) if entry else one.importance
        last = max((day for day in (one.last_contact, one.last_order) if day), default=None)
        when = short if last is None else f"{short} · " + w.ngettext("{n} d.", "{n} d.", max(0, (today - last).days))
        return Line(
            Kind.IMPORTANT,
            Section.IMPORTANT,
            ("important", one.client_id),
            when=when,
            icon="star",
            icon_token="today",
            filled=vip,
            client=one.client,
            client_id=one.client_id,
            words=self._why(one, today),
            links=(Link("plan", w.gettext("Plan in"), "calendar-plus"),),
        )

    def _why(self, one: ImportantClient, today: date) -> str:
        w = self.w
        said = []
        if one.usual_days:
            said.append(w.ngettext("usually orders every {n} day", "usually orders every {n} days", one.usual_days))
        if one.action_segment == ActionSegment.VVV:
            said.append(
                w.gettext("no visit since {day}", day=self._since(one.last_visit, today))
                if one.last_visit
                else w.gettext("never visited")
            )
        elif one.last_contact is not None:
            said.append(w.gettext("no contact since {day}", day=self._since(one.last_contact, today)))
        else:
            said.append(w.gettext("nobody has been in touch yet"))
        text = ", ".join(said)
        return text[:1].upper() + text[1:]

    def _since(self, day: date, today: date) -> str:
        return self.w.day_month(day) if today - day < timedelta(days=300) else self.w.day(day)

    def quiet(self, one: QuietClient) -> Line:
        """A client who is going."""
        w = self.w
        words = w.ngettext("Usually orders every {n} day", "Usually orders every {n} days", one.usual_days)
        if one.money_per_month > 0:
            money = w.money(one.money_per_month, self.currency, cents=False)
            words += ", " + w.gettext("brought {money} a month", money=money)
        return Line(
            Kind.QUIET,
            Section.QUIET,
            ("quiet", one.client_id),
            when=w.ngettext("{n} d.", "{n} d.", one.silent_days),
            icon="triangle-alert",
            icon_token="today",
            client=one.client,
            client_id=one.client_id,
            words=words,
            links=(Link("plan", w.gettext("Plan in"), "calendar-plus"),),
        )


def usual_kind(day: Day, line: Line) -> str:
    """What is planned for the client of a line: a visit where visits are the rule, else a call."""
    important = next((one for one in day.unplanned if one.client_id == line.client_id), None)
    visit = important is not None and important.action_segment == ActionSegment.VVV
    return (TaskKind.VISIT if visit else TaskKind.CALL).value


def open_tasks(lines: Collection[Line]) -> list[TaskRow]:
    """The tasks among the lines that are still to be done."""
    return [line.task for line in lines if line.task is not None and is_open(line.task)]
