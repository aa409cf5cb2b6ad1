"""Products, found while somebody types the lines of an order."""

from __future__ import annotations

from crmdesk.data import products
from crmdesk.domain.products import ProductHit
from crmdesk.services.office import Desk

MOST = 8
"""How many are offered."""


def search(desk: Desk, text: str, limit: int = MOST) -> tuple[ProductHit, ...]:
    """Products by the beginning of their code or by words of their name, е for ё."""
    with desk.store.read(single=True) as connection:
        return products.search(connection, text, limit)
