"""The stages of an order as the window says them. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from crmdesk.domain.client_side import LOST
from crmdesk.domain.orders import SOLD
from crmdesk.services import content

_CLOSED = "closed"  # what the office's list calls a sold order


@cache
def places() -> Mapping[str, int]:
    """The stages of an order's way by their place, without the lost one."""
    return {key: entry.facts["order"] for key, entry in content.entries("order_stage").items() if key != LOST}


def word(stage: str, lang: str) -> str:
    """A stage in words."""
    return content.word("order_stage", _CLOSED if stage == SOLD else stage, lang)


def choices(lang: str) -> tuple[tuple[str, str], ...]:
    """The stages an order may be moved to, in the order of its way."""
    return tuple(
        (SOLD if key == _CLOSED else key, entry.name(lang)) for key, entry in content.entries("order_stage").items()
    )
