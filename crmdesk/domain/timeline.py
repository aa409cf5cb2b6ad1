"""The timeline of a client: contacts, orders, promises, tasks done and changes of the card in one stream, newest first.

Everything has one place in the stream: its day, its moment within the day, its number. A promise stands where it was
kept, or, while it is owed, where it was given; what was done as a contact is told by the contact alone. Changes of
the card are folded into one entry a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from crmdesk.domain.lists import ContactKind
from crmdesk.domain.text import fold

PAGE = 50  # entries a page


class EntryKind(StrEnum):
    """What an entry is, as the pills part them, in their order."""

    CALL = "call"
    VISIT = "visit"
    LETTER = "letter"
    NOTE = "note"  # notes, complaints and whatever else was written down of the client
    ORDER = "order"
    PROMISE = "promise"
    TASK = "task"  # done, and not as a contact
    CHANGE = "change"


CONTACTS: Mapping[EntryKind, frozenset[str]] = MappingProxyType(
    {
        EntryKind.CALL: frozenset({ContactKind.CALL.value, ContactKind.PAYMENT_TALK.value, ContactKind.SURVEY.value}),
        EntryKind.VISIT: frozenset(
            {
                ContactKind.VISIT.value,
                ContactKind.NEGOTIATION.value,
                ContactKind.EVENT.value,
                ContactKind.HAND_OVER.value,
            }
        ),
        EntryKind.LETTER: frozenset({ContactKind.LETTER.value, ContactKind.MESSAGE.value, ContactKind.MAILING.value}),
    }
)
"""The kinds of contacts behind the pills; all others are notes."""


def kind_of(contact: str) -> EntryKind:
    """The pill a kind of contact belongs to. The SQL of data/timeline.py says the same."""
    return next((kind for kind, contacts in CONTACTS.items() if contact in contacts), EntryKind.NOTE)


class Place(NamedTuple):
    """Where an entry stands; a later place is newer. `at` in milliseconds since 1970, 0 for what has a day only."""

    day: date
    at: int
    id: int


NEWEST = Place(date.max, 2**62, 2**62)


@dataclass(frozen=True, slots=True)
class Step:
    """What a contact led to: a task or a promise."""

    kind: str
    title: str
    promise: bool
    due_day: date | None
    due_time: int | None
    done: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of the card that was changed. `old` and `new` as the trail keeps them."""

    table: str
    label: str  # what kind of phone, consent… it is; "" where the field says it all
    field: str
    day: date
    at: int
    id: int  # of the line in the trail
    author: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the stream; money in minor units, `at` an aware moment, None for what has a day only."""

    kind: EntryKind
    place: Place
    what: str = ""  # the kind of contact or task, the stage of an order
    at: datetime | None = None
    person: str = ""
    author: str = ""
    minutes: int | None = None
    result: str = ""
    rung: str = ""
    words: str = ""
    notes: str = ""  # of a task, beside its words
    reason: str = ""  # why there is no next step; why a promise was released
    number: str = ""
    money: int | None = None
    due_day: date | None = None
    done_day: date | None = None
    released: bool = False
    steps: tuple[Step, ...] = ()
    changes: tuple[Changed, ...] = field(default=())

    @property
    def id(self) -> int:
        """The number of the row it was made from."""
        return self.place.id

    @property
    def day(self) -> date:
        """Its day."""
        return self.place.day


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of the stream; `before` is where the next one begins, None at the end. `counts` where they were asked."""

    entries: tuple[Entry, ...]
    before: Place | None
    counts: Mapping[EntryKind, int] | None = None


UNSAID = frozenset(
    {
        "id", "version", "created_at", "import_id", "client_id", "person_id", "match_key", "sort_key", "position",
        "normal", "extension", "own_fields",
    }
)  # fmt: skip
"""Columns whose change nobody needs to be told: they follow from others, or are no fact of the client."""


def said(table: str, op: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The fields of a line of the trail that a person is told of: a new or archived row of the client's is one."""
    if op != "update" or "archived_at" in new:
        return ["archived_at" if table == "client" else ""]
    return [name for name in new if name not in UNSAID and old.get(name) != new.get(name)]


def folded(changes: Iterable[Changed]) -> list[Entry]:
    """The changes as one entry a day, newest first; it stands where the day's last change was made."""
    days: dict[date, list[Changed]] = {}
    for change in changes:
        days.setdefault(change.day, []).append(change)
    found = []
    for day in sorted(days, reverse=True):
        its = sorted(days[day], key=lambda change: (change.at, change.id))
        authors = list(dict.fromkeys(change.author for change in its if change.author))
        found.append(
            Entry(
                EntryKind.CHANGE,
                Place(day, its[-1].at, its[-1].id),
                author=authors[0] if len(authors) == 1 else "",
                changes=tuple(its),
            )
        )
    return found


def matches(entry: Entry, text: str) -> bool:
    """Whether every word of what was typed stands somewhere in the entry, in any case, е for ё."""
    heap = fold(
        " ".join(
            (entry.words, entry.notes, entry.person, entry.author, entry.number, entry.reason, *_step_words(entry))
        )
    )
    return all(word in heap for word in fold(text).split())


def _step_words(entry: Entry) -> tuple[str, ...]:
    return tuple(step.title for step in entry.steps)


def cut(entries: Iterable[Entry], before: Place, limit: int) -> tuple[tuple[Entry, ...], Place | None]:
    """The newest `limit` of the entries before a place, and where the next page begins (None: nothing is left)."""
    found = sorted((entry for entry in entries if entry.place < before), key=lambda entry: entry.place, reverse=True)
    return tuple(found[:limit]), found[limit - 1].place if len(found) > limit else None
