"""The lines of the timeline in words: what an entry says at its left, in its title, below, and at its right. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from crmdesk.domain.lists import Rung
from crmdesk.domain.months import Month, month_of
from crmdesk.domain.names import short_name
from crmdesk.domain.orders import SOLD
from crmdesk.domain.timeline import Changed, Entry, EntryKind, Place, Step
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.import_texts import NP_
from crmdesk.ui.list_words import record_icon

Chip = tuple[str, str, str, str]  # icon, words, token, tint
RUNGS = {Rung.MAXIMUM: N_("maximum"), Rung.MIDDLE: N_("middle result"), Rung.MINIMUM: N_("minimum")}
PILLS = {
    EntryKind.CALL: N_("Calls"),
    EntryKind.VISIT: N_("Visits"),
    EntryKind.LETTER: N_("Letters"),
    EntryKind.NOTE: N_("Notes"),
    EntryKind.ORDER: N_("Orders"),
    EntryKind.PROMISE: N_("Promises"),
    EntryKind.TASK: N_("Tasks done"),
    EntryKind.CHANGE: N_("Changes"),
}
_SAID = {  # table.column: what was changed; a table alone: a row of it was added or archived
    "client.archived_at": NP_("change", "archive"),
    "client.name": NP_("change", "name"),
    "client.is_company": NP_("change", "kind of client"),
    "client.code": NP_("change", "code"),
    "client.tax_number": NP_("change", "tax number"),
    "client.manager_id": NP_("change", "manager"),
    "client.branch_id": NP_("change", "branch"),
    "client.tracked": NP_("change", "place on the sheet"),
    "client.action_segment": NP_("change", "action segment"),
    "client.visits_norm": NP_("change", "norm"),
    "client.calls_norm": NP_("change", "norm"),
    "client.mailings_norm": NP_("change", "norm"),
    "client.importance": NP_("change", "importance"),
    "client.stage": NP_("change", "stage"),
    "client.goal_kind": NP_("change", "goal"),
    "client.goal_value": NP_("change", "goal"),
    "client.city": NP_("change", "city"),
    "client.address": NP_("change", "address"),
    "client.industry": NP_("change", "industry"),
    "client.channel": NP_("change", "where he came from"),
    "client.referrer_id": NP_("change", "who referred him"),
    "client.since": NP_("change", "client since"),
    "client.lost_on": NP_("change", "loss"),
    "client.lost_reason": NP_("change", "loss"),
    "client.notes": NP_("change", "remarks"),
    "person": NP_("change", "person"),
    "person.surname": NP_("change", "person's name"),
    "person.given_name": NP_("change", "person's name"),
    "person.patronymic": NP_("change", "person's name"),
    "person.gender": NP_("change", "person's gender"),
    "person.birth_day": NP_("change", "birthday"),
    "person.birth_month": NP_("change", "birthday"),
    "person.birth_year": NP_("change", "birthday"),
    "person.profession": NP_("change", "profession"),
    "person.role": NP_("change", "person's role"),
    "person.notes": NP_("change", "remarks on a person"),
    "contact_point": NP_("change", "phone"),
    "contact_point.email": NP_("change", "e-mail"),
    "consent": NP_("change", "consent"),
    "potential": NP_("change", "potential"),
}
_LISTS = {
    "client.action_segment": "action_segment",
    "client.importance": "importance",
    "client.stage": "stage",
    "client.industry": "industry",
    "client.channel": "ad_channel",
    "client.lost_reason": "client_loss_reason",
    "person.role": "decision_role",
}
_SHOWN = frozenset(  # columns whose old and new value are words that a person reads
    {"client.name", "client.code", "client.tax_number", "client.city", "client.address", "client.notes",
     "person.surname", "person.given_name", "person.patronymic", "person.profession", "person.notes", *_LISTS}
)  # fmt: skip
TOO_LONG = 60  # characters of an old or new value


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list, in the language of the window. A month's head has only `title`."""

    key: tuple[str, Place | Month]
    title: str
    head: bool = False
    fold: bool = False  # a day's changes in one line
    open: bool = False  # its text is shown whole, or its changes one by one
    day: str = ""
    age: str = ""
    icon: str = ""
    token: str = "muted"  # of the icon
    tint: str = "hover"  # of the round behind it
    who: str = ""
    chips: tuple[Chip, ...] = ()
    note: str = ""  # muted, after the chips
    right: str = ""
    strong: bool = False  # whether `right` is money
    text: str = ""
    notes: str = ""  # muted, under the text
    nexts: tuple[tuple[str, str], ...] = ()  # what followed, and its token

    @property
    def spoken(self) -> str:
        """The whole line for those who cannot see it."""
        chips = [words for _, words, _, _ in self.chips]
        parts = (
            self.day,
            self.title,
            self.who,
            *chips,
            self.note,
            self.text,
            self.notes,
            *(t for t, _ in self.nexts),
            self.right,
        )
        return ", ".join(part for part in parts if part)


def lines(
    entries: Sequence[Entry], words: Words, currency: str, today: date, opened: Collection[Place], *, breach: bool
) -> list[Line]:
    """The rows: a head before each month. `breach`: nothing follows the newest contact, and something should."""
    found: list[Line] = []
    month: Month | None = None
    for entry in entries:
        if month_of(entry.day) != month:
            month = month_of(entry.day)
            title = f"{words.month_name(month % 100).capitalize()} {month // 100}"
            found.append(Line(("month", month), title, head=True))
        line = _line(entry, words, currency, today, entry.place in opened, breach)
        breach = breach and entry.rung == ""  # only the newest contact is asked what follows
        found.append(line)
    return found


def _line(entry: Entry, w: Words, currency: str, today: date, is_open: bool, breach: bool) -> Line:
    days = (today - entry.day).days
    place: dict[str, Any] = {"key": ("entry", entry.place), "day": w.short_day(entry.day), "age": age(days, w)}
    author = short_name(entry.author).split("\u00a0")[0] if entry.author else ""
    if entry.kind is EntryKind.CHANGE:
        return _changes(entry, w, place, author, is_open)
    if entry.kind is EntryKind.ORDER:
        return Line(
            title=_order(entry, w), icon="package", strong=True, text=entry.words, open=is_open,
            right=w.money(entry.money or 0, currency, cents=False), chips=_stage(entry, w), **place,
        )  # fmt: skip
    if entry.kind is EntryKind.PROMISE:
        title, icon, token, tint = promise_words(entry, w)
        return Line(
            title=title, icon=icon, token=token, tint=tint, who=_who(entry), right=author, open=is_open,
            text=_with_reason(entry, w), notes=entry.notes.strip(),
            chips=promise_chips(entry.due_day, entry, w, today), **place,
        )  # fmt: skip
    if entry.kind is EntryKind.TASK:
        kind = content.word("task_kind", entry.what, w.lang).lower()
        return Line(
            title=w.gettext("Done: {task}", task=kind), icon="check", token="done", tint="done_tint",
            who=_who(entry), right=author, text=entry.words, notes=entry.notes.strip(),
            open=is_open, **place,
        )  # fmt: skip
    title = content.word("contact_kind", entry.what, w.lang)
    if entry.minutes:
        title = f"{title}, {w.gettext('{n} min', n=w.number(entry.minutes))}"
    chips, note = _result(entry, w)
    return Line(
        title=title, icon=record_icon(entry.what), who=_who(entry), chips=chips, note=note, right=author,
        text=entry.words, open=is_open, nexts=_nexts(entry, w, breach, today), **place,
    )  # fmt: skip


def age(days: int, w: Words) -> str:
    """How long ago, in a few letters; nothing for today and for the future."""
    if days <= 0:
        return ""
    if days < 100:
        return w.gettext("{n} d", n=w.number(days))
    if days < 365:
        return w.gettext("{n} mo", n=w.number(round(days / 30.4)))
    return w.gettext("{n} y", n=w.number(days // 365))


def day_word(day: date, today: date, w: Words) -> str:
    """A day as one says it: today, tomorrow, 27.11, and the year where it is another."""
    near = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}.get((day - today).days)
    if near:
        return w.gettext(near)
    return w.short_day(day) if day.year == today.year else w.day(day)


def step_words(kind: str, title: str, day: date | None, minute: int | None, w: Words, today: date) -> str:
    """A step in a line: visit 26.11 11:00, proof of the catalogue; the year where it is another."""
    when = "" if day is None else w.short_day(day) if day.year == today.year else w.day(day)
    if minute is not None:
        when = f"{when} {w.time(time(*divmod(minute, 60)))}"
    first = " ".join(part for part in (content.word("task_kind", kind, w.lang).lower(), when) if part)
    return ", ".join(part for part in (first, title) if part)


def _nexts(entry: Entry, w: Words, breach: bool, today: date) -> tuple[tuple[str, str], ...]:
    if entry.steps:
        return tuple((_step(step, w, today), "prom" if step.promise else "primary") for step in entry.steps)
    if entry.reason:
        return ((w.gettext("Nothing further: {reason}", reason=entry.reason), "muted"),)
    return ((w.gettext("Next: nothing was agreed"), "today"),) if breach else ()


def _step(step: Step, w: Words, today: date) -> str:
    said = step_words(step.kind, step.title, step.due_day, step.due_time, w, today)
    return w.gettext("Promised: {step}", step=said) if step.promise else w.gettext("Next: {step}", step=said)


def _result(entry: Entry, w: Words) -> tuple[tuple[Chip, ...], str]:
    result = content.word("contact_result", entry.result, w.lang) if entry.result else ""
    rung = next((words for rung, words in RUNGS.items() if rung == entry.rung), None)
    if rung is None:
        return ((("", result.lower(), "muted", "hover"),) if result else ()), ""
    return (("", w.gettext(rung), "muted", "hover"),), result.lower()


def _order(entry: Entry, w: Words) -> str:
    if entry.money is not None and entry.money < 0:
        return w.gettext("Return {number}", number=entry.number).strip()
    if entry.what == SOLD:
        return w.gettext("Order {number} shipped", number=entry.number) if entry.number else w.gettext("Order shipped")
    return w.gettext("Order {number}", number=entry.number) if entry.number else w.gettext("Order")


def _stage(entry: Entry, w: Words) -> tuple[Chip, ...]:
    return () if entry.what == SOLD else (("", content.word("order_stage", entry.what, w.lang), "info", "info_tint"),)


def promise_words(entry: Entry, w: Words) -> tuple[str, str, str, str]:
    """Title, icon, its token and its tint of a promise: open, kept, kept too late, released."""
    if entry.released:
        return w.gettext("Promise released"), "x", "muted", "hover"
    if entry.done_day is None:
        return w.gettext("Promise"), "flag", "prom", "prom_tint"
    if entry.due_day is None or entry.done_day <= entry.due_day:
        return w.gettext("Promise kept in time"), "check", "done", "done_tint"
    late = (entry.done_day - entry.due_day).days
    said = w.ngettext("Promise kept {n} day late", "Promise kept {n} days late", late)
    return said, "circle-alert", "over", "over_tint"


def promise_chips(due: date | None, entry: Entry, w: Words, today: date) -> tuple[Chip, ...]:
    """Until when an open promise holds, or how late it is."""
    if due is None or entry.done_day is not None or entry.released:
        return ()
    late = (today - due).days
    if late > 0:
        return (("circle-alert", w.ngettext("{n} day late", "{n} days late", late), "over", "over_tint"),)
    until = w.gettext("until {day}", day=w.short_day(due))
    near = day_word(due, today, w) if -1 <= late <= 0 else ""
    return (("clock", f"{until}, {near}" if near else until, "prom", "prom_tint"),)


def _with_reason(entry: Entry, w: Words) -> str:
    if not entry.released or not entry.reason:
        return entry.words
    return f"{entry.words} — {entry.reason}" if entry.words else entry.reason


def _who(entry: Entry) -> str:
    return short_name(entry.person) if entry.person else ""


def _changes(entry: Entry, w: Words, place: dict[str, Any], author: str, is_open: bool) -> Line:
    named = list(dict.fromkeys(change_words(change, w) for change in entry.changes))
    count = len(entry.changes)
    title = w.ngettext(
        "{n} change of the card: {what}", "{n} changes of the card: {what}", count, what=", ".join(named)
    )
    text = "\n".join(_values(change, w) for change in entry.changes) if is_open else ""
    return Line(title=title, fold=True, open=is_open, icon="chevron-down" if is_open else "chevron-right",
                right=author, text=text, **place)  # fmt: skip


def change_words(change: Changed, w: Words) -> str:
    """What was changed, in a word or two."""
    column = f"{change.table}.{change.field}" if change.field else change.table
    if change.table == "contact_point":
        column = "contact_point.email" if change.label == "email" else "contact_point"
    said = _SAID.get(column) or _SAID.get(change.table)
    return w.pgettext("change", said) if said else change.field


def _values(change: Changed, w: Words) -> str:
    column = f"{change.table}.{change.field}"
    what = change_words(change, w)
    if change.table == "person" and change.label:
        what = f"{what} ({change.label})"
    if column not in _SHOWN:
        return what
    old, new = (_value(column, value, w) for value in (change.old, change.new))
    return f"{what}: {old} → {new}"


def _value(column: str, value: Any, w: Words) -> str:
    if value in (None, ""):
        return "—"
    text = " ".join(str(value).split())
    if column in _LISTS:
        text = content.word(_LISTS[column], text, w.lang)
    return text if len(text) <= TOO_LONG else f"{text[:TOO_LONG].rstrip()}…"
