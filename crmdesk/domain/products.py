"""Products as they are found while somebody types, and the form in which their names are compared."""

from __future__ import annotations

from typing import NamedTuple

from crmdesk.domain.text import fold


class ProductHit(NamedTuple):
    """A product that may be meant; `code` is "" where it has none."""

    id: int
    name: str
    code: str


def product_key(name: str) -> str:
    """The form in which names of products are compared: folded, one space between words."""
    return fold(" ".join(name.split()))
