"""The sheet computed: what holds for any facts, and the cases that are easily got wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import alarms, sheet_rows
from crmdesk.domain import months as calendar
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.sheet import (
    AlarmKind,
    Factor,
    ManagerFacts,
    MonthFigures,
    Sheet,
    SheetRequest,
    Sort,
)
from crmdesk.domain.sheet_rows import compute, left_out
from crmdesk.domain.text import sort_key
from tests.domain.sheet_facts import LAST, SHOWN, TODAY, buyer, client, manager, managers, request, requests

# ---- what holds for any facts --------------------------------------------------------------------------


@given(managers, requests)
def test_that_the_totals_are_the_rows_and_the_others(facts: ManagerFacts, wanted: SheetRequest) -> None:
    sheet = compute(facts, wanted, TODAY)
    totals = sheet.totals
    for place, month in enumerate(sheet.months):
        rows = sum(row.months[place].turnover for row in sheet.rows)
        others = facts.others[month].turnover if month in facts.others else 0
        assert totals.tracked.months[place] == rows
        assert totals.others.months[place] == others
        assert totals.all.months[place] == rows + others
        assert totals.plan.months[place] == facts.plan.get(month, 0)
        if facts.plan.get(month, 0) == 0:
            assert totals.share[place] is None
    for line in (totals.tracked, totals.others, totals.all, totals.plan):
        assert line.total == sum(line.months)
    assert totals.all.total == totals.tracked.total + totals.others.total
    for factor in wanted.factors:
        line = totals.factors[factor]
        assert len(line.months) == wanted.months
        if factor is Factor.SKUS:
            assert line.total == facts.distinct_skus
        else:
            assert line.total == sum(row.sums[factor] for row in sheet.rows)


@given(managers, requests, st.randoms())
def test_that_the_order_of_the_facts_does_not_change_the_sheet(
    facts: ManagerFacts, wanted: SheetRequest, dice: Random
) -> None:
    shuffled = list(facts.clients)
    dice.shuffle(shuffled)
    assert compute(replace(facts, clients=tuple(shuffled)), wanted, TODAY) == compute(facts, wanted, TODAY)


@given(managers, requests)
def test_that_the_rows_stand_in_the_order_asked_for(facts: ManagerFacts, wanted: SheetRequest) -> None:
    sheet = compute(facts, wanted, TODAY)
    for before, after in zip(sheet.rows, sheet.rows[1:], strict=False):
        money = [
            row.gross_profit if wanted.sort is Sort.GROSS_PROFIT else sum(figures.turnover for figures in row.months)
            for row in (before, after)
        ]
        places = [list(Importance).index(row.importance) for row in (before, after)]
        if wanted.sort is Sort.IMPORTANCE:
            assert places[0] <= places[1]
        if wanted.sort is not Sort.IMPORTANCE or places[0] == places[1]:
            assert money[0] >= money[1]
            if money[0] == money[1]:
                assert sort_key(before.name) <= sort_key(after.name)


@given(managers, requests)
def test_that_a_row_has_at_most_three_alarms_the_gravest_first(facts: ManagerFacts, wanted: SheetRequest) -> None:
    gravity = list(AlarmKind)
    for row in compute(facts, wanted, TODAY).rows:
        assert len(row.alarms) <= alarms.MOST_ALARMS
        places = [gravity.index(alarm.kind) for alarm in row.alarms]
        assert places == sorted(set(places))


@given(managers, requests)
def test_that_nothing_is_empty_and_not_nought(facts: ManagerFacts, wanted: SheetRequest) -> None:
    sheet = compute(facts, wanted, TODAY)
    for row in sheet.rows:
        for factor in wanted.factors:
            assert len(row.figures[factor]) == wanted.months
            for value, figures in zip(row.figures[factor], row.months, strict=True):
                amount = figures[sheet_rows.PLACES[factor]]
                assert (value or 0) == amount or factor is Factor.PROMISES_KEPT
                if value == 0:
                    assert figures.orders or figures.promises_due, "a nought says that something came to nothing"
        assert len(row.history) == 24
        started = [place for place, value in enumerate(row.history) if value is not None]
        assert started == list(range(started[0], 24)) if started else True
        assert len(row.plan) == len(row.empty) == wanted.ahead
        for items, empty in zip(row.plan, row.empty, strict=True):
            assert not (items and empty)


@given(managers, requests)
def test_that_the_three_worst_are_those_with_the_most_money_at_risk(facts: ManagerFacts, wanted: SheetRequest) -> None:
    sheet = compute(facts, wanted, TODAY)
    assert [row.rank for row in sheet.worst] == list(range(1, len(sheet.worst) + 1))
    risks = sorted((row.risk for row in sheet.rows if row.risk > 0), reverse=True)
    assert [row.risk for row in sheet.worst] == risks[:3]
    assert sheet.risk_total == sum(risks)
    assert all(row in sheet.rows for row in sheet.worst)
    for row in sheet.rows:
        assert row.risk >= 0
        assert 0 <= row.p_quiet <= 1
        if not row.alarms:
            assert row.risk == 0


@given(managers, requests)
def test_that_the_head_agrees_with_the_rows(facts: ManagerFacts, wanted: SheetRequest) -> None:
    head = compute(facts, wanted, TODAY).head
    sheet = compute(facts, wanted, TODAY)
    assert head.calls == sum(figures.calls for row in sheet.rows for figures in row.months)
    assert head.visits == sum(figures.visits for row in sheet.rows for figures in row.months)
    assert head.month.fact == sheet.totals.all.months[-1]
    assert head.clients_with_gaps == sum(1 for one in facts.clients if one.gaps)
    assert head.contacts_bad == (100 * head.calls < 80 * head.calls_norm or 100 * head.visits < 80 * head.visits_norm)
    for figure in (head.month, head.period):
        assert figure.below_norm == (figure.share is not None and figure.share < 90)
        assert (figure.share is None) == (figure.plan == 0)


# ---- how many clients ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 0), (35, 0), (81, 0), (82, 0), (83, 2), (84, 3), (90, 9), (500, 419)]
)
def test_that_two_pages_hold_82_rows_or_81_and_a_notice(count: int, expected: int) -> None:
    assert left_out(count) == expected
    sheet = compute(manager(*(client(n) for n in range(1, count + 1))), request(), TODAY)
    assert sheet.left_out == expected
    assert len(sheet.rows) == count, "the totals still cover all"


# ---- rows ----------------------------------------------------------------------------------------------


def one_row(*args: object, **kwargs: object):  # type: ignore[no-untyped-def]
    return compute(manager(*args), request(**kwargs), TODAY).rows[0]  # type: ignore[arg-type]


def test_that_a_return_is_negative_turnover_and_is_shown() -> None:
    row = one_row(buyer(1, turnover=(500, 400, -700, 0, 100, 200)))
    assert row.figures[Factor.TURNOVER] == (500, 400, -700, None, 100, 200)
    assert row.sums[Factor.TURNOVER] == 500
    assert row.mean_month == 83


def test_that_a_sale_and_its_return_in_one_month_are_nought_and_not_nothing() -> None:
    row = one_row(client(1, months={LAST: MonthFigures(turnover=0, orders=1)}))
    assert row.figures[Factor.TURNOVER][-1] == 0
    assert row.figures[Factor.SKUS][-1] is None


def test_that_promises_of_a_month_without_any_are_nothing() -> None:
    facts = client(
        1, months={LAST: MonthFigures(promises_due=2), 202609: MonthFigures(promises_due=1, promises_kept=1)}
    )
    row = one_row(facts, factors=(Factor.PROMISES_KEPT,))
    assert row.figures[Factor.PROMISES_KEPT] == (None, None, None, None, 1, 0)
    assert row.sums[Factor.PROMISES_KEPT] == 1


def test_that_the_sparkline_starts_with_the_first_order() -> None:
    row = one_row(buyer(1, turnover=(300, 0, 0, 100)))
    assert row.history == (None,) * 20 + (300, 0, 0, 100)
    assert one_row(client(1)).history == (None,) * 24


def test_that_the_sparkline_of_an_old_client_has_no_gap() -> None:
    facts = buyer(1, turnover=(100, 0), first_order=date(2019, 5, 5))
    assert one_row(facts).history == (0,) * 22 + (100, 0)


def test_that_the_share_is_of_the_mean_month_and_may_pass_a_hundred() -> None:
    facts = buyer(1, turnover=(600, 600, 600, 600, 600, 240))
    assert one_row(replace(facts, potential=500)).share == 108  # 3240 / 6 = 540; 540 / 500
    assert one_row(replace(facts, potential=0)).share is None
    assert one_row(facts).share is None
    assert one_row(facts).mean_month == 540


def test_that_a_client_without_orders_has_no_risk_and_no_chance() -> None:
    row = one_row(client(1, action_segment=ActionSegment.VVV, visits_norm=1))
    assert [alarm.kind for alarm in row.alarms] == [AlarmKind.NO_VISIT]
    assert (row.risk, row.rank, row.p_quiet, row.goal) == (0, None, 0.0, None)


def test_that_money_at_risk_is_the_chance_times_a_month_of_buying() -> None:
    # Nine months of 1000.00 up to March; the silence since April does not dilute the month.
    facts = buyer(1, turnover=(1000_00,) * 9 + (0,) * 7, action_segment=ActionSegment.CCC)
    row = one_row(facts)
    assert [alarm.kind for alarm in row.alarms] == [AlarmKind.SILENT]
    assert row.risk == round(row.p_quiet * 1000_00)
    assert row.risk > 500_00


def test_that_a_falling_client_risks_no_less_than_what_is_going() -> None:
    # he still orders every month, so the chance of silence is small; but 700.00 a month are gone
    facts = buyer(1, turnover=(1000_00,) * 21 + (400_00, 300_00, 200_00))
    row = one_row(facts)
    assert [alarm.kind for alarm in row.alarms] == [AlarmKind.TURNOVER_FALL]
    assert row.p_quiet * 1000_00 < 700_00
    assert row.risk == 700_00


def test_that_equal_money_is_ordered_by_name_in_the_alphabet_of_the_language() -> None:
    names = ["Яхта", "Ёлка", "Енот", "Ґанок", "Гном", "Abba", "Їжак", "Иван"]
    rows = compute(manager(*(client(n, name=name) for n, name in enumerate(names, 1))), request(), TODAY).rows
    assert [row.name for row in rows] == ["Abba", "Гном", "Ґанок", "Енот", "Ёлка", "Иван", "Їжак", "Яхта"]


# ---- plan and fact -------------------------------------------------------------------------------------


def test_that_a_month_without_a_plan_counts_neither_as_fact_nor_as_plan() -> None:
    plan = dict.fromkeys(SHOWN, 1000) | {SHOWN[0]: 0}
    sheet: Sheet = compute(manager(buyer(1, turnover=(9999, 800, 800, 800, 800, 899)), plan=plan), request(), TODAY)
    assert (sheet.head.period.fact, sheet.head.period.plan, sheet.head.period.share) == (4099, 5000, 82)
    assert sheet.totals.share == (None, 80, 80, 80, 80, 90)
    assert sheet.totals.share_total == 82
    assert sheet.totals.all.total == 14098
    assert not sheet.head.month.below_norm, "89.9 is printed as 90, and 90 is in order"
    assert sheet.head.period.below_norm


def test_that_without_any_plan_the_fact_stands_alone() -> None:
    head = compute(manager(buyer(1, turnover=(100,) * 6)), request(), TODAY).head
    assert (head.period.fact, head.period.plan, head.period.share, head.period.below_norm) == (600, 0, None, False)


def test_that_norms_count_from_the_month_a_client_came() -> None:
    facts = manager(
        client(1, calls_norm=2, visits_norm=1),
        client(2, calls_norm=2, since=date(2026, 9, 30)),
        client(3, calls_norm=2, since=date(2026, 11, 1)),
        client(4, calls_norm=2, since=date(2026, 11, 1), first_order=date(2026, 8, 1)),
        client(5, mailings_norm=1, since=date(2020, 1, 1)),
    )
    norms = compute(facts, request(), TODAY).totals.norms
    assert norms == {Factor.CALLS: 12 + 4 + 0 + 6, Factor.VISITS: 6, Factor.MAILINGS: 6}


def test_that_completeness_is_the_share_of_clients_without_gaps() -> None:
    head = compute(
        manager(*(client(n, gaps=("person",) if n < 6 else ()) for n in range(1, 36))), request(), TODAY
    ).head
    assert (head.completeness, head.clients_with_gaps, head.completeness_bad) == (86, 5, False)
    head = compute(manager(*(client(n, gaps=("person",) if n < 3 else ()) for n in range(1, 5))), request(), TODAY).head
    assert (head.completeness, head.completeness_bad) == (50, True)


def test_that_a_sheet_of_one_month_and_no_coming_one_is_whole() -> None:
    sheet = compute(manager(buyer(1, turnover=(5, 7))), request(months=1, ahead=0), TODAY)
    assert sheet.months == (LAST,)
    assert sheet.rows[0].figures[Factor.TURNOVER] == (7,)
    assert sheet.rows[0].plan == ()
    assert sheet.ahead == ()
    assert calendar.following(LAST, 0) == ()
