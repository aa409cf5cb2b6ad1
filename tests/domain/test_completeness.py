"""Mandatory facts, potential, and whole-number money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import completeness, money, potential
from crmdesk.domain.completeness import CardKnown, Gap, Known, Missing, Need
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.potential import PotentialFact

WHOLE = Known(ActionSegment.VVV, Importance.VIP, True, True, True, True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"has_contact": False}, ("contact",)),
        ({"has_person": False, "has_birthday": False}, ("person", "birthday")),
        ({"has_next_step": False}, ("next_step",)),
        ({"has_birthday": False, "action_segment": ActionSegment.CCC}, ()),
        ({"action_segment": ActionSegment.NONE}, ("action_segment",)),
        ({"action_segment": ActionSegment.NONE, "importance": Importance.ONE_OFF, "has_contact": False}, ()),
    ],
)
def test_that_the_missing_facts_are_named(change: dict[str, object], expected: tuple[str, ...]) -> None:
    assert completeness.gaps(replace(WHOLE, **change)) == expected  # type: ignore[arg-type]


def test_that_nobody_misses_nothing() -> None:
    assert completeness.share_complete(0, 0) == 100
    assert completeness.share_complete(35, 5) == 86


def test_that_an_estimate_of_everything_outranks_those_of_the_groups() -> None:
    cards, calendars = PotentialFact(1, 300, date(2026, 1, 1)), PotentialFact(2, 200, date(2026, 1, 1))
    newer = PotentialFact(1, 350, date(2026, 5, 1))
    everything = PotentialFact(None, 900, date(2025, 1, 1))
    assert potential.monthly([]) is None
    assert potential.monthly([newer, cards, calendars]) == 550
    assert potential.monthly([cards, everything]) == 900
    assert potential.monthly([replace(cards, id=5, monthly=7), replace(cards, id=4)]) == 7


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9))
def test_that_division_rounds_half_away_from_nought(amount: int, by: int) -> None:
    found = money.divided(amount, by)
    assert abs(Fraction(amount, by) - found) <= Fraction(1, 2)
    assert money.divided(-amount, by) == -found


def test_that_there_is_no_share_of_nothing() -> None:
    assert money.per_cent(5, 0) is None
    assert money.per_cent(5, -5) is None
    assert money.per_cent(-50, 100) == -50
    assert money.per_cent(1, 3) == 33


FULL = CardKnown(WHOLE, True, True, True, True, True, True, True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"has_mail_consent": False}, (Missing("mail_consent", Need.GREETING_MAIL),)),
        ({"has_mail_consent": False, "has_email": False}, ()),
        ({"has_address": False}, (Missing("address", Need.CARD),)),
        ({"has_tax_number": False, "is_company": False}, ()),
        ({"has_tax_number": False, "has_orders": False}, ()),
        ({"has_tax_number": False}, (Missing("tax_number", Need.INVOICE),)),
        ({"has_industry": False}, (Missing("industry", Need.BY_INDUSTRY),)),
    ],
)
def test_that_a_missing_fact_says_what_it_spoils(change: dict[str, bool], expected: tuple[Missing, ...]) -> None:
    found, share = completeness.missing(replace(FULL, **change))
    assert found == expected
    assert (share == 100) is (not expected)


@pytest.mark.parametrize("gone", ["has_contact", "has_person", "has_birthday", "has_next_step"])
def test_that_the_card_misses_what_the_sheet_misses(gone: str) -> None:
    known = replace(WHOLE, **{gone: False})
    found, _ = completeness.missing(replace(FULL, known=known))
    assert {one.fact for one in found} == set(completeness.gaps(known))


def test_that_nothing_is_asked_of_a_client_with_whom_nothing_is_done() -> None:
    nobody = Known(ActionSegment.NONE, Importance.REGULAR, False, False, False, False)
    bare = CardKnown(nobody, True, False, False, False, False, False, False)
    assert completeness.missing(bare) == ((), 100)
    asleep = replace(bare, known=replace(nobody, importance=Importance.VIP))
    assert Missing(Gap.ACTION_SEGMENT.value, Need.SEGMENT) in completeness.missing(asleep)[0]
