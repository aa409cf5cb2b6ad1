"""The figures at the head of a client's card: turnover, assortment, potential, own rhythm, what is next, what is owed.

Months are full ones: the current month is neither in the turnover nor in its bars, as on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crmdesk.domain import months as calendar
from crmdesk.domain import potential
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.money import divided, per_cent
from crmdesk.domain.months import Month
from crmdesk.domain.potential import PotentialFact
from crmdesk.domain.tasks import TaskRow

NOW_MONTHS = 6  # the full months that are spoken of, and as many before them to compare with
BARS = 24  # full months of turnover, the last of them those that are spoken of
STRIP_DAYS = 365  # how far back the strip of order days goes
RHYTHM_ORDERS = 4  # order days below which nobody speaks of a rhythm
EARLY = 0.75  # usual gaps after the last order from which on the next one is expected
SLOW, SILENT = 1.35, 1.75  # the silence in usual gaps: attention, alarm


class Silence(StrEnum):
    """How long nothing was ordered, for him."""

    NONE = "none"  # nothing was ever ordered
    FEW = "few"  # too few orders to know a rhythm
    USUAL = "usual"
    SLOW = "slow"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class OwnRhythm:
    """His order days, and what follows from them; `usual` is the mean gap in days."""

    silence: Silence
    usual: int | None = None
    silent_days: int | None = None
    expected: tuple[date, date] | None = None  # when the next order is usual
    days: tuple[date, ...] = ()  # of the last STRIP_DAYS


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What the head of the card says; money in minor units, `bars` with None before the first turnover."""

    months: tuple[Month, ...]  # those spoken of
    turnover: int
    before: int  # of as many months before them
    change: int | None  # per cent
    bars: tuple[int | None, ...]
    mean: int  # a month, of the bars before those spoken of
    skus: int
    skus_before: int
    potential: int | None  # a month
    share: int | None  # of it, per cent: the mean month spoken of
    rhythm: OwnRhythm
    step: TaskRow | None  # what is next
    promises: tuple[TaskRow, ...]  # owed, due first

    @property
    def change_is_a_fall(self) -> bool:
        """Whether the fall of turnover is an alarm (a fifth or more)."""
        return self.change is not None and self.change <= -20

    @property
    def outgrown(self) -> bool:
        """Whether he spends more than was thought possible: the potential is out of date (domain.md 6)."""
        return self.share is not None and self.share > 100


def full_months(today: date, count: int) -> tuple[Month, ...]:
    """The last `count` months that are over."""
    return calendar.ending(calendar.add(calendar.month_of(today), -1), count)


def figures(card: ClientCard, today: date) -> CardFigures:
    """The figures of a card as of today."""
    shown = full_months(today, BARS)
    turnover = [card.months[month].turnover if month in card.months else 0 for month in shown]
    began = next((n for n, amount in enumerate(turnover) if amount), len(shown))
    if card.first_order is not None:
        began = min(began, next((n for n, m in enumerate(shown) if m >= calendar.month_of(card.first_order)), BARS))
    now, before = sum(turnover[-NOW_MONTHS:]), sum(turnover[-2 * NOW_MONTHS : -NOW_MONTHS])
    known = turnover[began : BARS - NOW_MONTHS]
    monthly = potential.monthly(PotentialFact(one.group_id, one.monthly, one.on_day, one.id) for one in card.potential)
    return CardFigures(
        months=shown[-NOW_MONTHS:],
        turnover=now,
        before=before,
        change=None if before <= 0 else per_cent(now - before, before),
        bars=tuple(amount if n >= began else None for n, amount in enumerate(turnover)),
        mean=divided(sum(known), len(known)) if known else 0,
        skus=card.skus,
        skus_before=card.skus_before,
        potential=monthly,
        share=None if monthly is None else per_cent(divided(now, NOW_MONTHS), monthly),
        rhythm=rhythm(card, today),
        step=next((task for task in card.tasks if not task.promise), None),
        promises=tuple(task for task in card.tasks if task.promise),
    )


def rhythm(card: ClientCard, today: date) -> OwnRhythm:
    """His own rhythm: the next order is usual from EARLY to SLOW usual gaps after the last one."""
    if card.last_order is None or not card.order_days:
        return OwnRhythm(Silence.NONE)
    silent = max(0, (today - card.last_order).days)
    if card.order_days < RHYTHM_ORDERS or not card.gap_mean:
        return OwnRhythm(Silence.FEW, None, silent, None, card.order_dates)
    gap = max(card.gap_mean, 1.0)
    silence = Silence.SILENT if silent >= SILENT * gap else Silence.SLOW if silent >= SLOW * gap else Silence.USUAL
    expected = (card.last_order + timedelta(days=int(EARLY * gap)), card.last_order + timedelta(days=int(SLOW * gap)))
    return OwnRhythm(silence, max(1, round(gap)), silent, expected, card.order_dates)


def lacks_step(card: ClientCard) -> bool:
    """Whether nothing is planned with a client with whom something is to be done: a breach to be seen."""
    return not card.tasks and card.form.action_segment != ActionSegment.NONE and not card.archived
