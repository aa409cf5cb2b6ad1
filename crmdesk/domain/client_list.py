"""The list of clients: its lines, its filter, its order, and the rules that its cells follow.

Rules that a filter or an order asks of the whole base too have a twin in data/client_list.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from crmdesk.domain import months as calendar
from crmdesk.domain.card import NOW_MONTHS, RHYTHM_ORDERS, SILENT, full_months
from crmdesk.domain.coming import birthday_in
from crmdesk.domain.lists import ActionSegment, Importance, Stage
from crmdesk.domain.months import Month
from crmdesk.domain.quiet import GOING_DAYS
from crmdesk.domain.unplanned import norm_days

FALL = -20  # per cent from which on a fall of turnover is an alarm (CardFigures.change_is_a_fall)
MOST_CLIENTS = 5_000  # in one bulk change


class ClientRow(NamedTuple):
    """One line of the list of clients; a tuple, because a page makes two hundred of them while somebody scrolls.

    Money in minor units; `turnover` and `kinds` are of the last full months, `before` of as many months before them.
    """

    id: int
    name: str
    code: str | None
    city: str
    action_segment: str
    importance: str
    stage: str
    tracked: bool
    manager_id: int | None
    manager: str | None
    version: int
    norm: int  # contacts a month of the kind that his action segment stands for: visits, calls
    last_contact: date | None
    order_days: int
    gap_mean: float | None  # days between orders
    last_order: date | None
    task_id: int | None  # the next step
    task_kind: str | None
    task_title: str | None
    task_promise: bool | None
    next_due: date | None
    open_promise_due: date | None
    turnover: int | None
    before: int | None
    kinds: int  # different SKUs bought
    silence: float | None = None  # in usual gaps; None while there is no rhythm
    ticks: tuple[date, ...] = ()  # order days of the last twelve months


class ClientOrder(StrEnum):
    """What a list of clients is sorted by; ascending. Whoever has nothing to sort by comes last, either way."""

    NAME = "name"
    IMPORTANCE = "importance"  # gravest first
    ACTION = "action"
    STAGE = "stage"
    CONTACT = "contact"  # days since the last contact
    RHYTHM = "rhythm"  # silence in usual gaps
    NEXT_STEP = "next_step"
    TURNOVER = "turnover"
    CHANGE = "change"
    KINDS = "kinds"
    LAST_ORDER = "last_order"
    CITY = "city"
    MANAGER = "manager"


DESCENDING_FIRST = frozenset(
    {ClientOrder.CONTACT, ClientOrder.RHYTHM, ClientOrder.TURNOVER, ClientOrder.KINDS, ClientOrder.LAST_ORDER}
)
"""Where the large end is what one looks for: the first click on the head puts it on top."""


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """Which clients a list shows, and in what order; None, False and an empty tuple: any."""

    manager_id: int | None = None
    nobodys: bool = False  # those without a manager
    tracked: bool | None = None
    actions: tuple[str, ...] = ()
    importances: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    city: str | None = None
    ordered_months: int | None = None  # ordered within so many months
    silent: bool = False  # `is_silent`
    no_step: bool = False  # `lacks_step`
    birthday_days: int | None = None  # one of his people has a birthday within so many days
    reprint: bool = False  # something he had printed runs out about now, and no day is set for it
    clients: tuple[int, ...] | None = None  # a list put together by hand
    archived: bool = False
    text: str = ""  # as typed into the search line
    sort: ClientOrder = ClientOrder.NAME
    descending: bool = False

    def as_dict(self) -> dict[str, Any]:
        """What differs from a list of everybody, for JSON; the text that was typed is not kept."""
        nothing = ClientFilter()
        found: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name != "text" and value != getattr(nothing, one.name):
                found[one.name] = list(value) if isinstance(value, tuple) else value
        return found

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> ClientFilter:
        """The filter of `as_dict`; what this release does not know is left out, not guessed."""
        known: dict[str, Any] = {}
        for one in fields(cls):
            if one.name not in kept:
                continue
            value = kept[one.name]
            if isinstance(value, list):
                value = tuple(value)
            if one.name == "sort":
                if value not in set(ClientOrder):
                    continue
                value = ClientOrder(value)
            known[one.name] = value
        return cls(**known)


def months_shown(today: date) -> tuple[Month, ...]:
    """The full months whose turnover is shown."""
    return full_months(today, NOW_MONTHS)


def months_before(today: date) -> tuple[Month, ...]:
    """As many months before them, to compare with."""
    return full_months(today, 2 * NOW_MONTHS)[:NOW_MONTHS]


def silence(order_days: int, last: date | None, gap_mean: float | None, today: date) -> float | None:
    """How long a client has been silent, in gaps usual for him; None with too few orders to know.

    The rule of the card's rhythm (domain.card.rhythm). Twin: data.client_list.silence.
    """
    if last is None or not gap_mean or order_days < RHYTHM_ORDERS:
        return None
    return max((today - last).days, 0) / max(gap_mean, 1.0)


def is_silent(row: ClientRow, today: date) -> bool:
    """Whether he belongs among those gone quiet: silent long for him, not for years, and somebody deals with him.

    Twin: data.client_list.silent_clause.
    """
    return (
        row.silence is not None
        and row.silence >= SILENT
        and row.last_order is not None
        and (today - row.last_order).days <= GOING_DAYS
        and row.action_segment != ActionSegment.NONE
        and row.stage != Stage.LOST
    )


def lacks_step(row: ClientRow) -> bool:
    """Whether a next step is missing: nothing is open, and somebody deals with him (domain.md 4).

    Twin: data.client_list.no_step_clause.
    """
    return row.task_id is None and row.action_segment != ActionSegment.NONE and row.stage != Stage.LOST


def is_neglected(row: ClientRow, today: date) -> bool:
    """Whether the last contact lies further back than the norm of his action segment allows."""
    return row.norm > 0 and row.last_contact is not None and (today - row.last_contact).days > norm_days(row.norm)


def change(row: ClientRow) -> int | None:
    """How the turnover changed against the months before, in whole per cent; None where there is nothing to compare."""
    if not row.before or row.before < 0:
        return None
    difference = 100 * ((row.turnover or 0) - row.before)
    return (2 * difference + row.before) // (2 * row.before)


def months_back(today: date, count: int) -> date:
    """The same day so many months ago, or the last one of that month."""
    month = calendar.add(calendar.month_of(today), -count)
    return min(calendar.first_day(month).replace(day=1) + timedelta(days=today.day - 1), calendar.last_day(month))


def birthdays_within(today: date, days: int) -> frozenset[int]:
    """The birthdays (month × 100 + day) greeted from today until so many days later; 29 February on the 28th."""
    found = set()
    for n in range(days + 1):
        day = today + timedelta(days=n)
        found.add(day.month * 100 + day.day)
        if birthday_in(day.year, 2, 29) == day:
            found.add(229)
    return frozenset(found)


IMPORTANCES = tuple(one.value for one in Importance)
STAGES = tuple(one.value for one in Stage)
ACTIONS = tuple(one.value for one in ActionSegment)
