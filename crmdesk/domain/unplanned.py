"""Clients who are to be seen or called by their norm, or to print again, with no day for it. SQL: data/unplanned.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from crmdesk.domain.lists import Importance, TaskKind
from crmdesk.domain.tasks import TaskRow, is_open

DAYS_A_MONTH = 30  # a norm is so many a month
GRAVE = (5, 4)  # a silence of five quarters of the norm is no longer a slip
REPRINT_AHEAD = 21  # days before it is due; segments.toml: due_reprint(21d)
REPRINT_LATE = 7  # days after it was due: later he has printed elsewhere, and the quiet list tells
REPRINT_DAYS_KNOWN = 3  # order days of a product from which on the client's own rhythm counts
REPRINT_GAP = 42  # days: whoever orders a product more often is on the phone anyway
HISTORY_DAYS = 730
RANKS = {str(importance): rank for rank, importance in enumerate(Importance)}


class Lack(StrEnum):
    """What is missing: the groups of the list, in their order."""

    VISIT = "visit"
    CALL = "call"
    REPRINT = "reprint"  # of tracked clients only


PLANNED_BY: Mapping[Lack, frozenset[str]] = {
    Lack.VISIT: frozenset({TaskKind.VISIT, TaskKind.MEETING}),
    Lack.CALL: frozenset({TaskKind.CALL, TaskKind.VISIT, TaskKind.MEETING}),
    Lack.REPRINT: frozenset({TaskKind.CALL, TaskKind.VISIT, TaskKind.MEETING, TaskKind.LETTER}),
}
"""Which kinds of an open task of the client stand for it."""

TASK_OF = {Lack.VISIT: TaskKind.VISIT, Lack.CALL: TaskKind.CALL, Lack.REPRINT: TaskKind.CALL}
"""What a client of the list becomes when he is put on a day."""


@dataclass(frozen=True, slots=True)
class Unplanned:
    """One client of the list. `days`: since the last such contact (None: none yet), of a reprint: until it is due."""

    client_id: int
    client: str
    lack: Lack
    importance: str
    days: int | None
    norm_days: int  # how often it should be
    product: str = ""  # of a reprint

    @property
    def is_grave(self) -> bool:
        """Whether the norm is missed by more than a quarter; never for a reprint."""
        most, of = GRAVE
        return self.lack is not Lack.REPRINT and self.days is not None and self.days * of >= self.norm_days * most

    @property
    def weeks(self) -> int:
        """A reprint's days in weeks, rounded half up; 0: it is due now, or was."""
        return max(0, ((self.days or 0) + 3) // 7)


@dataclass(frozen=True, slots=True)
class PlanFact:
    """Visits of a month: how many were on the plan, how many took place."""

    planned: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Rail:
    """What the rail shows: who is unplanned, in order, each group's norm in days, and the month's visits."""

    clients: tuple[Unplanned, ...] = ()
    counts: Mapping[Lack, int] = field(default_factory=dict)  # all there are, shown or not
    norm_days: Mapping[Lack, int] = field(default_factory=dict)  # of the segment; a client may have his own
    plan: PlanFact = PlanFact()

    @property
    def total(self) -> int:
        """How many there are in all groups."""
        return sum(self.counts.values())


def norm_days(norm: int) -> int:
    """How many days apart contacts are that a norm asks for so many times a month; 0 when it asks for none."""
    return -(-DAYS_A_MONTH // norm) if norm > 0 else 0


def is_lacking(last: date | None, since: date | None, norm: int, today: date) -> bool:
    """Whether the norm (contacts a month) asks for a contact: the last one, or his coming, is too long ago.

    A client of unknown beginning who was never contacted lacks it. SQL twin: data.unplanned.lacking_clause.
    """
    begin = last or since
    return norm > 0 and (begin is None or (today - begin).days * norm >= DAYS_A_MONTH)


def is_planned(lack: Lack, task: TaskRow, norm: int, today: date) -> bool:
    """Whether an open task stands for the contact: of a fitting kind, on a day within the norm from today, or late.

    A visit in three months is no plan for a monthly norm; a reprint asks for a day within three weeks. SQL twin:
    data.unplanned.planned_clause.
    """
    if not is_open(task) or task.due_day is None or task.kind not in PLANNED_BY[lack]:
        return False
    ahead = (task.due_day - today).days
    return ahead <= REPRINT_AHEAD if lack is Lack.REPRINT else ahead * norm <= DAYS_A_MONTH


def reprint_due(first: date, last: date, order_days: int, product_days: int | None) -> date | None:
    """When a client will need a product again: his own mean gap after the last order of it, else the product's.

    None where neither is known, and where the gap is under six weeks.
    """
    gap = product_days or 0
    if order_days >= REPRINT_DAYS_KNOWN:
        gap = round((last - first).days / (order_days - 1))
    return last + timedelta(days=gap) if gap >= REPRINT_GAP else None


def is_due_soon(due: date, today: date) -> bool:
    """Whether a reprint is worth a call now: due within three weeks, or not more than a week ago."""
    return -REPRINT_LATE <= (due - today).days <= REPRINT_AHEAD


def in_order(clients: Iterable[Unplanned]) -> tuple[Unplanned, ...]:
    """By group; the most important first, then the longest silence, the never contacted last; reprints: due first."""
    return tuple(sorted(clients, key=_key))


def _key(row: Unplanned) -> tuple[int, int, bool, int, str, int]:
    days = row.days or 0
    rank = RANKS.get(row.importance, len(RANKS))
    longest_first = days if row.lack is Lack.REPRINT else -days
    return (list(Lack).index(row.lack), rank, row.days is None, longest_first, row.client, row.client_id)


def top(rail: Rail, each: Mapping[Lack, int]) -> tuple[Unplanned, ...]:
    """The first so many of each group."""
    left = dict(each)
    found = []
    for row in rail.clients:
        if left.get(row.lack, 0) > 0:
            left[row.lack] -= 1
            found.append(row)
    return tuple(found)
