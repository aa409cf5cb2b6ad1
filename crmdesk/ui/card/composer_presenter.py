"""What is being written down of a contact: guessed from its words, chosen, and what may be stored of it. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import ActionSegment, ContactKind, Rung, TaskKind
from crmdesk.domain.people import PersonRow
from crmdesk.domain.tasks import CONTACT_OF, Contact, TaskRow
from crmdesk.domain.text import fold, words_of
from crmdesk.services import content
from crmdesk.services.content import Entry
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.task.when import next_day, parsed_day

KINDS = (ContactKind.CALL, ContactKind.VISIT, ContactKind.LETTER, ContactKind.NEGOTIATION, ContactKind.NOTE)
"""The kinds by their digits, from 1 on."""
KIND_NAMES = {
    ContactKind.CALL: N_("Call"),
    ContactKind.VISIT: N_("Visit"),
    ContactKind.LETTER: N_("Letter"),
    ContactKind.NEGOTIATION: N_("Meeting"),
    ContactKind.NOTE: N_("Note"),
}
WHEN_NAMES = {
    "tomorrow": N_("tomorrow"),
    "days": N_("+3 days"),
    "week": N_("in a week"),
    "month": N_("in a month"),
    "date": N_("date…"),
    "nothing": N_("nothing"),
}
STEP_KINDS = (TaskKind.CALL, TaskKind.VISIT, TaskKind.LETTER, TaskKind.MEETING, TaskKind.OTHER)
_LADDER = (Rung.MAXIMUM, Rung.MIDDLE, Rung.MINIMUM, Rung.NONE)
_BEGINNINGS = {  # of the first words: звонила Ткач → a call
    ContactKind.CALL: (
        "звон", "позвон", "созвон", "перезвон", "дозвон", "набрал", "тел", "дзвон", "подзвон", "передзвон", "зателеф",
        "набра", "call", "phone", "rang",
    ),
    ContactKind.VISIT: (
        "визит", "візит", "ездил", "заехал", "приехал", "съезд", "побывал", "їзди", "заїха", "приїха", "відвід",
        "visit", "drove", "went",
    ),
    ContactKind.LETTER: (
        "пис", "напис", "отправ", "отослал", "выслал", "лист", "надісл", "відправ", "mail", "email", "letter", "wrote",
        "sent",
    ),
    ContactKind.NEGOTIATION: ("встре", "перегов", "совещ", "зустр", "перемов", "нарад", "met", "meet", "negot"),
    ContactKind.NOTE: ("замет", "нотат", "note"),
}  # fmt: skip
_MINUTES = re.compile(r"(?<!\d)(\d{1,3})\s*(?:мин|хв|min)")
SHORTEST_NAME = 3  # letters of a surname that is looked for in what is typed


@dataclass(frozen=True)
class Typed:
    """What stands in the composer; `kind` "" as long as it is guessed, `when` one of NEXT_STEPS or ""."""

    text: str = ""
    kind: str = ""
    result: str = ""
    person: str = ""  # the number of a person; "" guessed, "0" nobody
    when: str = ""
    day: str = ""  # as typed, for the date
    step_kind: str = ""
    step_title: str = ""
    promise: bool = False
    reason: str = ""
    referral: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth keeping."""
        return not (self.text.strip() or self.result or self.when or self.referral.strip())

    def kept(self) -> dict[str, str]:
        """As a draft keeps it."""
        return {
            name: ("1" if value else "") if isinstance(value, bool) else value for name, value in asdict(self).items()
        }

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Typed:
        """What a draft has kept; fields it does not know are empty."""
        values = {one.name: kept.get(one.name, "") for one in fields(cls)}
        return cls(**{**values, "promise": bool(values["promise"])})  # type: ignore[arg-type]


def kind_of(typed: Typed, usual: str = ContactKind.CALL.value) -> str:
    """The kind chosen, or guessed from the first two words."""
    if typed.kind:
        return typed.kind
    for word in words_of(typed.text)[:2]:
        for kind, beginnings in _BEGINNINGS.items():
            if word.startswith(tuple(fold(beginning) for beginning in beginnings)):
                return kind.value
    return usual


def person_of(typed: Typed, people: Sequence[PersonRow]) -> int | None:
    """The person chosen, or the first one whose surname (in any case) stands in the text."""
    if typed.person:
        return int(typed.person) or None
    said = words_of(typed.text)
    for person in people:
        stem = fold(person.surname)
        stem = stem[:-1] if len(stem) > SHORTEST_NAME + 1 else stem
        if len(stem) >= SHORTEST_NAME and any(word.startswith(stem) for word in said):
            return person.id
    return None


def minutes_of(text: str) -> int | None:
    """How long it took, when the text says so: «звонок 4 мин»."""
    found = _MINUTES.search(text.lower())
    minutes = int(found[1]) if found else 0
    return minutes if 0 < minutes <= 24 * 60 else None


def results(kind: str) -> list[Entry]:
    """The results of a kind of contact, the best first; those that a card has no words for stay out."""
    found = [entry for entry in content.entries("contact_result").values() if entry.facts["kind"] == kind]
    return sorted(found, key=lambda entry: _LADDER.index(Rung(entry.facts["level"])))


def asks_who_else(kind: str, result: str) -> bool:
    """Whether there was no sale and somebody to ask: who else has the same need? (domain.md 4)"""
    if kind == ContactKind.NOTE:
        return False
    entry = content.entries("contact_result").get(result)
    return entry is not None and entry.facts["reached"] and Rung(entry.facts["level"]) in (Rung.MINIMUM, Rung.NONE)


def day_of(when: str, typed_day: str, today: date, words: Words) -> date | None:
    """The day of the next step; never on a weekend unless a date says so."""
    if when == "date":
        return parsed_day(typed_day, today, words)
    return next_day(when, today)


def usual_step(segment: str) -> str:
    """What is usually next with a client: a visit where he is visited, else a call."""
    return (TaskKind.VISIT if segment == ActionSegment.VVV else TaskKind.CALL).value


def contact(typed: Typed, people: Sequence[PersonRow], usual: str) -> Contact:
    """The contact to be stored, taking place now."""
    kind = kind_of(typed, usual)
    known = {entry.key for entry in results(kind)}
    result = typed.result if typed.result in known else ""
    return Contact(kind, result, typed.text.strip(), None, person_of(typed, people), minutes_of(typed.text))


def next_step(typed: Typed, segment: str, today: date, words: Words) -> NextStep | None:
    """The next step to be stored; None without one."""
    day = day_of(typed.when, typed.day, today, words)
    if day is None:
        return None
    return NextStep(typed.step_kind or usual_step(segment), day, typed.step_title.strip(), typed.promise)


def wrong(typed: Typed, today: date, words: Words) -> tuple[str, str]:
    """What keeps it from being stored: the field, and the sentence as a msgid; "" and "" when nothing does."""
    if not typed.text.strip() and not typed.result:
        return "text", N_("Write what happened, in a word at least")
    if typed.when == "date" and day_of("date", typed.day, today, words) is None:
        return "day", N_("Which day? 23.11, tomorrow, +3")
    if typed.when == "nothing" and not typed.reason.strip():
        return "reason", N_("Say why there is no next step")
    return "", ""


def begun(task: TaskRow) -> Typed:
    """The composer when a task is marked done: its kind is known, and whom it was with."""
    person = str(task.person_id) if task.person_id else ""
    return Typed(kind=CONTACT_OF.get(task.kind, ContactKind.CALL.value), person=person)
