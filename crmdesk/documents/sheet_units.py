"""In what the sheet counts money: thousands as a rule, so that a month is three digits; less or more when it must be.

A shop that counts in euros has clients of a few hundred a month, and one that counts in tenge has clients of
millions: the unit is chosen from the largest month, one for the whole sheet, and said in the heads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from crmdesk.domain.sheet import MONEY_FACTORS, Sheet

_ONE = 100  # minor units
_CLIENT_LIMITS = (10_000 * _ONE, 100_000 * _ONE, 10_000_000 * _ONE)  # below: ones, tenths, thousands; else millions
_MANAGER_LIMITS = tuple(10 * limit for limit in _CLIENT_LIMITS)


class Unit(Enum):
    """The minor units in one, and the decimals shown."""

    ONE = (_ONE, 0)
    THOUSAND_TENTHS = (1_000 * _ONE, 1)
    THOUSAND = (1_000 * _ONE, 0)
    MILLION = (1_000_000 * _ONE, 1)

    @property
    def size(self) -> int:
        """Minor units."""
        return self.value[0]

    @property
    def decimals(self) -> int:
        """Digits after the comma."""
        return self.value[1]


def _unit(months: Iterable[int | None], limits: Sequence[int]) -> Unit:
    largest = max((abs(value) for value in months if value is not None), default=0)
    if not largest:
        return Unit.THOUSAND
    units = (Unit.ONE, Unit.THOUSAND_TENTHS, Unit.THOUSAND)
    return next((unit for unit, limit in zip(units, limits, strict=True) if largest < limit), Unit.MILLION)


def sheet_unit(sheet: Sheet) -> Unit:
    """The unit of one sheet: from its clients' largest month of any money."""
    money = MONEY_FACTORS.intersection(sheet.factors)
    found = (value for row in sheet.rows for factor in money for value in row.figures.get(factor, ()))
    return _unit(found if money else (month.turnover for row in sheet.rows for month in row.months), _CLIENT_LIMITS)


def batch_unit(sheets: Iterable[Sheet]) -> Unit:
    """The unit of a list of managers: from their largest month."""
    return _unit((value for sheet in sheets for value in sheet.totals.all.months), _MANAGER_LIMITS)
