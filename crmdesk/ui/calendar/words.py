"""How the calendar says days, lengths, entries and hints, in the language of the window. No Qt here."""

from __future__ import annotations

from datetime import date

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Days, Entry, Hint, Mark, Span, What
from crmdesk.domain.text import in_quotes
from crmdesk.system.i18n import NBSP, Words
from crmdesk.ui.calendar.state import CalendarState, Ghost
from crmdesk.ui.error_texts import N_
from crmdesk.ui.list_words import record_icon

SPANS = {
    Span.DAY: N_("Day"),
    Span.WORK: N_("Work week"),
    Span.WEEK: N_("Week"),
    Span.MONTH: N_("Month"),
    Span.AGENDA: N_("List"),
}
HINTS = {
    Hint.PAST: N_("this day is over"),
    Hint.HOLIDAY: N_("holiday"),
    Hint.WEEKEND: N_("day off"),
    Hint.BUSY: N_("the time is taken"),
    Hint.BIRTHDAY: N_("a birthday at this client"),
    Hint.OVERLOAD: N_("over the norm"),
}
MARKS = {
    Mark.PLANNED: "",
    Mark.PROMISE: N_("promised"),
    Mark.LEFT: N_("left undone"),
    Mark.BROKEN: N_("promise broken"),
    Mark.DONE: N_("it is done"),
    Mark.BIRTHDAY: N_("birthday"),
}
KINDS = {
    "visit": N_("Visit"),
    "call": N_("Call"),
    "letter": N_("Letter"),
    "mailing": N_("Mailing"),
    "meeting": N_("Meeting"),
    "negotiation": N_("Negotiation"),
    "event": N_("Event"),
    "contract": N_("Contract"),
    "message": N_("Message"),
    "complaint": N_("Complaint"),
    "survey": N_("Survey"),
    "payment_talk": N_("Talk about payment"),
    "hand_over": N_("Hand-over"),
    "other": N_("Task"),
    "birthday": N_("Birthday"),
}
SIGNS = {  # mark: icon and its colour token; a planned one shows its kind
    Mark.PROMISE: ("flag", "prom"),
    Mark.LEFT: ("hourglass", "today"),
    Mark.BROKEN: ("circle-alert", "over"),
    Mark.DONE: ("check", "done"),
    Mark.BIRTHDAY: ("cake", "today"),
}


def title(words: Words, span: Span, day: date, days: Days) -> str:
    """The head of the view: «23–29 ноября 2026», «Четверг, 26 ноября 2026», «Ноябрь 2026»."""
    if span is Span.DAY:
        return capital(f"{words.weekday_name(day.weekday())}, {words.day_month(day)} {day.year}")
    if span is Span.MONTH:
        return capital(f"{words.month_name(day.month)} {day.year}")
    first, last = days
    if first.year != last.year:
        return f"{words.day_month(first)} {first.year} – {words.day_month(last)} {last.year}"
    if first.month != last.month:
        return f"{words.day_month(first)} – {words.day_month(last)} {last.year}"
    return f"{first.day}–{words.day_month(last)} {last.year}"


def week(words: Words, day: date) -> str:
    """«неделя 48»."""
    return words.gettext("week {n}", n=calendar.week_number(day))


def hours(words: Words, minutes: int) -> str:
    """«5 ч», «4 ч 12», «45 мин»."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return words.gettext("{n} min", n=rest).replace(" ", NBSP)
    text = words.gettext("{n} h", n=whole)
    return f"{text} {rest:02d}".replace(" ", NBSP) if rest else text.replace(" ", NBSP)


def load(words: Words, minutes: int, norm: int) -> str:
    """«5 ч»; above the norm «7 ч 12 из 6»."""
    if norm and minutes > norm:
        whole = str(norm // 60) if norm % 60 == 0 else hours(words, norm)
        return words.gettext("{load} of {norm}", load=hours(words, minutes), norm=whole)
    return hours(words, minutes) if minutes else ""


def clock(minute: int) -> str:
    """A time of the day: 9:00."""
    return f"{minute // 60}:{minute % 60:02d}"


def stretch(time: int | None, minutes: int) -> str:
    """«10:30–12:00»; nothing for a whole day."""
    return "" if time is None else f"{clock(time)}–{clock(min(time + minutes, calendar.WHOLE_DAY))}"


def name(words: Words, entry: Entry) -> str:
    """The first line: the client; a birthday says whose; a task with nobody says what is to be done."""
    if entry.what == What.BIRTHDAY:
        return f"{entry.title}, {entry.years}" if entry.years else entry.title
    return entry.client or entry.title or words.gettext(KINDS.get(entry.kind, KINDS["other"]))


def short_name(full: str) -> str:
    """What a client is called in a narrow place: the word in quotes; else the whole name."""
    return in_quotes(full)


def matter(words: Words, entry: Entry) -> str:
    """The second line: what it is about; a birthday's client."""
    if entry.what == What.BIRTHDAY:
        return entry.client
    if entry.client:
        return entry.title or words.gettext(KINDS.get(entry.kind, KINDS["other"]))
    return ""


def notes(entry: Entry) -> str:
    """What was noted of it, in one line."""
    return " ".join(entry.notes.split())


def icon(entry: Entry, mark: Mark) -> tuple[str, str]:
    """Its icon and the icon's colour token."""
    return SIGNS.get(mark) or (record_icon(entry.kind), "muted")


def spoken(words: Words, entry: Entry, mark: Mark) -> str:
    """All of it in one line: tooltips, and those who cannot see."""
    kind = "" if entry.what == What.BIRTHDAY else words.gettext(KINDS.get(entry.kind, KINDS["other"]))
    when = f"{words.weekday_short(entry.day.weekday())} {words.short_day(entry.day)}"
    parts = [
        f"{when} {stretch(entry.time, entry.minutes)}".strip(),
        kind,
        name(words, entry),
        matter(words, entry) if matter(words, entry) != kind else "",
        notes(entry),
        words.gettext(MARKS[mark]) if MARKS[mark] else "",
    ]
    return ", ".join(part for part in parts if part)


def spoken_ghost(words: Words, ghost: Ghost, norm: int) -> str:
    """Where something would lie, and what should be known of it."""
    day = f"{words.weekday_name(ghost.day.weekday())} {words.day_month(ghost.day)}"
    parts = [
        f"{day} {stretch(ghost.time, ghost.minutes)}".strip(),
        words.gettext("the day gets {load}", load=load(words, ghost.becomes, norm)),
        hint_line(words, ghost.hints),
    ]
    return ", ".join(part for part in parts if part)


def hint_line(words: Words, hints: tuple[Hint, ...]) -> str:
    """«выходной · время занято»."""
    return " · ".join(words.gettext(HINTS[hint]) for hint in hints)


def day_names(lang: str, state: CalendarState, day: date) -> list[str]:
    """What a day is called: the public holiday first, then the professional ones."""
    holiday = state.days_off.get(day)
    found = [holiday.name(lang)] if holiday is not None else []
    return [*found, *(one.name(lang) for one in state.greeted.get(day, ()))]


def capital(text: str) -> str:
    """With a capital letter."""
    return text[:1].upper() + text[1:]
