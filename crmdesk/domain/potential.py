"""Potential: what a client could spend a month (domain.md 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PotentialFact:
    """One estimate: a product group's, or with no group everything's; minor units a month."""

    group_id: int | None
    monthly: int
    on_day: date
    id: int = 0


def monthly(facts: Iterable[PotentialFact]) -> int | None:
    """The potential a month: the newest estimate of everything, else the sum of the groups' newest; None: not known."""
    newest: dict[int | None, PotentialFact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.on_day, fact.id)):
        newest[fact.group_id] = fact
    if None in newest:
        return newest[None].monthly
    return sum(fact.monthly for fact in newest.values()) if newest else None
