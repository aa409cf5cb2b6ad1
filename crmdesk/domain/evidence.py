"""What stands behind a figure of the sheet: the records it was counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What sort of record it is."""

    ORDER = "order"  # amount: its turnover or gross profit
    PRODUCT = "product"  # amount, quantity: net of the period
    LINE = "line"  # a line of an order, id: the order's
    INTERACTION = "interaction"  # note: its ContactKind
    TASK = "task"  # note: its TaskKind
    PROMISE = "promise"  # note: kept, late, open
    PERSON = "person"  # a birthday
    POTENTIAL = "potential"  # words: the product group, "" for everything
    PLAN = "plan"  # the sales plan of a month, day: its first
    CLIENT = "client"  # a client's part of a sum
    GAP = "gap"  # a mandatory fact that is missing, note: its key
    BASE = "base"  # note: lost, won_back, new


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record. Money in minor units, quantities in thousandths; `words` are the record's own, `note` a key."""

    kind: EvidenceKind
    id: int
    day: date | None = None
    words: str = ""
    amount: int | None = None
    quantity: int | None = None
    note: str = ""
    client_id: int = 0
    client: str = ""
