"""Whole-number arithmetic for money and per cent: no float ever touches an amount."""

from __future__ import annotations


def divided(amount: int, by: int) -> int:
    """`amount / by` rounded half away from zero; `by` is above zero."""
    quotient, rest = divmod(abs(amount), by)
    if 2 * rest >= by:
        quotient += 1
    return quotient if amount >= 0 else -quotient


def per_cent(part: int, whole: int) -> int | None:
    """`part` in whole per cent of `whole`; None when there is no whole to speak of."""
    return divided(100 * part, whole) if whole > 0 else None
