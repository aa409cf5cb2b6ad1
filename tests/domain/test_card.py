from __future__ import annotations

from datetime import date, timedelta

import pytest

from crmdesk.domain.card import BARS, Silence, figures, full_months, lacks_step
from crmdesk.domain.clients import ClientCard, ClientForm, PotentialRow
from crmdesk.domain.months import add
from crmdesk.domain.sheet import MonthFigures
from crmdesk.domain.tasks import TaskRow

TODAY = date(2026, 11, 26)


def card(**values: object) -> ClientCard:
    usual: dict[str, object] = {
        "form": ClientForm(1, "Стройдвор", action_segment="VVV"), "manager": None, "archived": False, "order_days": 0,
        "first_order": None, "last_order": None, "gap_mean": None, "turnover": 0, "last_contact": None,
        "next_due": None, "people": (), "contacts": (), "interactions": (), "orders": (), "tasks": (), "months": {},
    }  # fmt: skip
    return ClientCard(**{**usual, **values})  # type: ignore[arg-type]


def bought(amounts: dict[int, int]) -> dict[int, MonthFigures]:
    return {month: MonthFigures(turnover=amount) for month, amount in amounts.items()}


def task(number: int, *, promise: bool) -> TaskRow:
    return TaskRow(number, 1, "", None, 1, "call", "", promise, False, 0, TODAY, None, 0)


def test_that_six_full_months_are_set_against_the_six_before() -> None:
    shown = full_months(TODAY, 12)
    assert (shown[0], shown[-1]) == (202511, 202610)
    found = figures(card(months=bought({**dict.fromkeys(shown[:6], 100), **dict.fromkeys(shown[6:], 112)})), TODAY)
    assert (found.turnover, found.before, found.change, found.change_is_a_fall) == (672, 600, 12, False)
    running = figures(card(months=bought({202611: 9_999})), TODAY)
    assert (running.turnover, running.change) == (0, None)
    fallen = figures(card(months=bought({**dict.fromkeys(shown[:6], 100), **dict.fromkeys(shown[6:], 80)})), TODAY)
    assert fallen.change == -20 and fallen.change_is_a_fall


def test_that_the_bars_begin_with_the_first_order_and_their_mean_leaves_the_shown_months_out() -> None:
    first = add(202610, -9)
    found = figures(card(months=bought({first: 300, 202610: 900}), first_order=date(2026, 1, 5)), TODAY)
    assert len(found.bars) == BARS
    assert found.bars[-10:] == (300, 0, 0, 0, 0, 0, 0, 0, 0, 900)
    assert set(found.bars[:-10]) == {None}
    assert found.mean == 75


@pytest.mark.parametrize(("spent", "share", "outgrown"), [(100, 50, False), (200, 100, False), (230, 115, True)])
def test_that_more_than_the_potential_means_that_it_is_out_of_date(spent: int, share: int, outgrown: bool) -> None:
    months = bought(dict.fromkeys(full_months(TODAY, 6), spent))
    found = figures(card(months=months, potential=(PotentialRow(1, None, 200, TODAY),)), TODAY)
    assert (found.share, found.outgrown) == (share, outgrown)
    assert figures(card(months=months), TODAY).share is None


@pytest.mark.parametrize(
    ("silent", "orders", "expected"),
    [
        (0, 9, Silence.USUAL),
        (32, 9, Silence.USUAL),
        (33, 9, Silence.SLOW),
        (41, 9, Silence.SLOW),
        (42, 9, Silence.SILENT),
        (400, 3, Silence.FEW),
        (0, 0, Silence.NONE),
    ],
)
def test_that_a_silence_is_judged_by_his_own_rhythm(silent: int, orders: int, expected: Silence) -> None:
    last = TODAY - timedelta(days=silent) if orders else None
    found = figures(card(order_days=orders, last_order=last, gap_mean=24.0 if orders > 1 else None), TODAY).rhythm
    assert found.silence is expected
    if expected is Silence.USUAL and last is not None:
        assert found.usual == 24 and found.expected == (last + timedelta(days=18), last + timedelta(days=32))


def test_that_a_promise_is_no_next_step_and_yet_no_breach() -> None:
    found = figures(card(tasks=(task(1, promise=True), task(2, promise=False))), TODAY)
    assert found.step is not None and found.step.id == 2
    assert [one.id for one in found.promises] == [1]
    assert not lacks_step(card(tasks=(task(1, promise=True),)))


def test_that_nothing_planned_is_a_breach_unless_nothing_is_to_be_done() -> None:
    assert lacks_step(card())
    assert not lacks_step(card(form=ClientForm(1, "Разовый", action_segment="NONE")))
    assert not lacks_step(card(archived=True))
