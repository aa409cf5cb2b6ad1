"""A new client who may be there already: by the same tax number, phone, or name of the firm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    """In what two clients are alike, surest first."""

    TAX_NUMBER = "tax_number"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A client who may be meant, and why."""

    client_id: int
    name: str
    city: str
    manager_id: int | None
    manager: str | None
    likeness: Likeness


def digits(tax_number: str) -> str:
    """A tax number without what people put between its digits."""
    return "".join(c for c in tax_number if c.isalnum())
