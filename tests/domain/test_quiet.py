"""The score of who goes quiet: golden values worked out with bc(1), properties, and its bar on simulated offices."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain import quiet
from crmdesk.domain.quiet import OfficeRhythm, Rhythm

TODAY = date(2026, 11, 2)


# The expected chances were computed outside Python, with bc -l at 20 digits, straight from the formula:
#   y=(g+t)/(1+x); z=-.0165+1.9348*l(1+s/y)-.3884*l(1+s/g)-.5655*l(1+x)+.9327*l(y/h)+.0819*l(1+(t+s)/g)+.1914*o
@pytest.mark.parametrize(
    ("order_days", "span", "silence", "gap", "horizon", "chance"),
    [
        (13, 36.0, 61 / 7, 5.0, 13.0, 0.39467399838664011711),
        (1, 0.0, 10.0, 5.0, 13.0, 0.74508437612303674660),
        (5, 52.0, 26.0, 6.0, 13.0, 0.69176336832505743920),
        (1, 0.0, 0.0, 4.0, 13.0, 0.28405580368909085891),
        (52, 51.0, 8.0, 5.0, 26.0, 0.22120068045807799205),
    ],
)
def test_that_the_chance_is_the_formula_of_the_source(
    order_days: int, span: float, silence: float, gap: float, horizon: float, chance: float
) -> None:
    found = quiet.chance_of(quiet.features(order_days, span, silence, gap, horizon))
    assert found == pytest.approx(chance, abs=1e-12)


def test_that_the_sentence_says_the_silence_and_the_usual_gap_in_days() -> None:
    # 13 order days over 36 weeks, office gap 5 weeks: g = (5 + 36) / 13 = 3.1538 weeks = 22.08 days
    last = TODAY - timedelta(days=61)
    found = quiet.score(Rhythm(13, last - timedelta(weeks=36), last), TODAY, OfficeRhythm(gap=5.0))
    assert (found.silent_days, found.usual_days) == (61, 22)
    assert found.chance == pytest.approx(0.39467399838664011711, abs=1e-12)


def test_that_the_office_gap_counts_all_gaps_and_one_pseudo_gap() -> None:
    # three clients: 4 days over 9 weeks, 2 days over 5 weeks, 1 day: (9 + 5 + 4) / (3 + 1 + 0 + 1) = 18 / 5
    assert quiet.office_gap([(4, 9.0), (2, 5.0), (1, 0.0)]) == pytest.approx(3.6)
    assert quiet.office_gap([]) == 4.0
    assert quiet.office_gap([(0, 0.0)]) == 4.0


rhythms = st.builds(
    lambda n, gap, back: Rhythm(n, TODAY - timedelta(days=back + (n - 1) * gap), TODAY - timedelta(days=back)),
    st.integers(1, 300),
    st.integers(1, 90),
    st.integers(-400, 5000),
)


@given(rhythms, st.floats(0.05, 200), st.floats(1, 60))
def test_that_the_chance_is_a_chance_whatever_the_history(rhythm: Rhythm, gap: float, horizon: float) -> None:
    found = quiet.score(rhythm, TODAY, OfficeRhythm(gap=gap), horizon)
    assert 0.0 <= found.chance <= 1.0
    assert found.silent_days >= 0
    assert found.usual_days >= 1


@given(st.integers(1, 200), st.floats(0, 500), st.floats(0, 300), st.floats(0.01, 300), st.floats(0.5, 50))
def test_that_a_longer_silence_never_lowers_the_chance(
    order_days: int, span: float, silence: float, longer: float, gap: float
) -> None:
    if order_days == 1:
        span = 0.0
    if quiet.own_gap(order_days, span, gap) > 4 * gap:
        span = 4 * gap * order_days - gap  # the rhythm for which the source's coefficients promise it
    before = quiet.chance_of(quiet.features(order_days, span, silence, gap, 13.0))
    after = quiet.chance_of(quiet.features(order_days, span, silence + longer, gap, 13.0))
    assert after >= before - 1e-12


def test_that_orders_of_one_day_and_of_the_future_are_taken_as_no_silence() -> None:
    same_day = quiet.score(Rhythm(1, TODAY, TODAY), TODAY, OfficeRhythm())
    future = quiet.score(Rhythm(1, TODAY + timedelta(days=9), TODAY + timedelta(days=9)), TODAY, OfficeRhythm())
    assert same_day.chance == future.chance
    assert future.silent_days == 0


@given(st.lists(st.floats(-1e6, 1e6), min_size=7, max_size=7))
def test_that_no_score_overflows(z: list[float]) -> None:
    assert 0.0 <= quiet.chance_of(z, (1e3,) * 7) <= 1.0


def test_that_a_silence_is_an_alarm_only_when_long_for_him() -> None:
    office = OfficeRhythm(gap=5.0)

    def alarm(order_days: int, gap_days: int, silent: int) -> bool:
        last = TODAY - timedelta(days=silent)
        rhythm = Rhythm(order_days, last - timedelta(days=gap_days * (order_days - 1)), last)
        return quiet.is_alarm(quiet.score(rhythm, TODAY, office), order_days, office)

    assert alarm(13, 23, 61)
    assert not alarm(13, 23, 30)
    assert not alarm(13, 61, 61)
    assert not alarm(2, 23, 400), "one gap is no rhythm"


def test_that_two_silent_months_come_before_a_loss() -> None:
    office = OfficeRhythm(gap=0.5)
    assert quiet.chance_after(1, 0, 61, office) >= office.lost_chance
    assert not quiet.is_lost(1, 0, 61, office)
    assert quiet.is_lost(1, 0, 62, office)


# ---- the office's own coefficients -------------------------------------------------------------------


def test_that_few_clients_leave_the_prior() -> None:
    histories = [[day, day + 30, day + 61] for day in range(739000, 739020)]
    assert quiet.fit(histories, 739400) == quiet.B0
    assert quiet.fit([], 739400) == quiet.B0
    assert quiet.fit([[739400 + i] for i in range(50)], 739399) == quiet.B0, "orders of the future are not history"


def test_that_the_ridge_stands_where_its_gradient_is_nought() -> None:
    # one feature, prior 0, λ = 10, 100 rows, 80 of them quiet: 10 b = 100 (0.8 - 1/(1+e^-b)); bc: b = 0.89689334
    found = quiet.ridge([(1.0,)] * 100, [1.0] * 80 + [0.0] * 20, prior=(0.0,), strength=10.0)[0]
    assert 10 * found == pytest.approx(100 * (0.8 - 1 / (1 + math.exp(-found))), abs=1e-9)
    assert found == pytest.approx(0.89689334, abs=1e-7)


def test_that_no_rows_leave_the_prior() -> None:
    assert quiet.ridge([], []) == pytest.approx(quiet.B0)


# ---- the bar on simulated offices --------------------------------------------------------------------

OFFICES = 24
CLIENTS = 100
DAYS = 365 * 2
HOLD_OUT = 26 * 7


def _simulated_office(dice: random.Random) -> list[tuple[list[int], bool]]:
    """100 clients of two years: own rate, mostly irregular, some die; (order days seen, quiet in the hold-out)."""
    clients: list[tuple[list[int], bool]] = []
    while len(clients) < CLIENTS:
        mean_gap = dice.lognormvariate(math.log(45), 0.7)
        shape = dice.choice((0.8, 1.0, 1.6))
        die = dice.choice((0.03, 0.06, 0.10))
        day = dice.uniform(0, DAYS * 0.9)
        days: list[int] = []
        while day < DAYS + HOLD_OUT:
            days.append(int(day))
            if dice.random() < die:
                break
            day += dice.gammavariate(shape, mean_gap / shape)
        days = sorted(set(days))
        seen = [d for d in days if d < DAYS]
        if seen:
            clients.append((seen, len(seen) == len(days)))
    return clients


def _auc(scores: list[tuple[float, bool]]) -> float:
    """The chance that a client who went quiet stands above one who did not."""
    quiet_ones = [score for score, gone in scores if gone]
    others = [score for score, gone in scores if not gone]
    won = sum((q > o) + 0.5 * (q == o) for q in quiet_ones for o in others)
    return won / (len(quiet_ones) * len(others))


def test_that_the_score_meets_its_bar_on_offices_of_a_hundred_clients() -> None:
    dice = random.Random(20261102)
    everybody, repeated, fitted_all, silences = [], [], [], []
    for _ in range(OFFICES):
        office = _simulated_office(dice)
        gap = quiet.office_gap((len(days), (days[-1] - days[0]) / 7) for days, _ in office)
        own = quiet.fit([days for days, _ in office], DAYS - 1)
        scores, fitted = [], []
        for days, gone in office:
            z = quiet.features(len(days), (days[-1] - days[0]) / 7, (DAYS - days[-1]) / 7, gap, HOLD_OUT / 7)
            scores.append((quiet.chance_of(z), gone, len(days) > 1))
            fitted.append((quiet.chance_of(z, own), gone))
        everybody.append(_auc([(s, gone) for s, gone, _ in scores]))
        repeated.append(_auc([(s, gone) for s, gone, again in scores if again]))
        fitted_all.append(_auc(fitted))
        silences.append(_auc([(DAYS - days[-1], gone) for days, gone in office]))
    assert sum(everybody) / OFFICES >= 0.80
    assert sum(repeated) / OFFICES >= 0.775
    assert sum(fitted_all) / OFFICES >= 0.80, "fitting must not make it worse than the bar"
    assert sum(everybody) >= sum(silences) - 0.01 * OFFICES, "never clearly under the plain silence"
