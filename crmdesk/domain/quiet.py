"""Who is going quiet: the chance that a client orders nothing in the coming weeks, from his own rhythm.

Source: the churn score measured on five public order logs (after Fader, Hardie & Lee 2005; Wübben & v. Wangenheim
2008). Unit: weeks. For a client with n order days: x = n - 1, tx = last - first, T = now - first, s = T - tx.
The office's gap is g0 = (Σtx + 4)/(Σx + 1), the client's own rhythm, shrunk by one pseudo-gap, g = (g0 + tx)/(1 + x),
and P = 1/(1 + e^(-B·z)) with z = [1, ln(1+s/g), ln(1+s/g0), ln(1+x), ln(g/h), ln(1+T/g0), (x = 0)].

Everything here is pure: days come in, numbers go out.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmdesk.domain import months as calendar
from crmdesk.domain.money import divided
from crmdesk.domain.months import Month

Vector = tuple[float, ...]

B0: Vector = (-0.0165, 1.9348, -0.3884, -0.5655, 0.9327, 0.0819, 0.1914)
HORIZON_WEEKS = 13.0
PRIOR_GAP_WEEKS = 4.0  # the office's gap before anybody ordered twice
RIDGE = 10.0
FEW_CLIENTS = 20  # with so few clients or fewer the prior stands
SNAPSHOTS = 3
SNAPSHOT_STEP_DAYS = 30
HISTORY_SHARE = 0.4  # the horizon of a fit takes at most this part of the office's history
NEWTON_STEPS = 25
DAYS_A_WEEK = 7.0

# The rule of the alarm «молчит»: a silence long *for him*, of a client whose rhythm is known (two gaps, so three order
# days), and serious. Two and a half usual gaps: orders that came by pure chance would pass it once in twelve. One in
# ten that the coming quarter brings nothing: rare buyers are far above it, weekly ones reach it at about that ratio.
ALARM_CHANCE = 0.10
ALARM_RATIO = 2.5
ALARM_ORDER_DAYS = 3
# Lost: three to one that the coming quarter brings nothing, and two whole months have passed, so that a
# second order in the very next month can never be "won back".
LOST_CHANCE = 0.75
LOST_DAYS = 62
GOING_DAYS = 730  # whoever has been silent for two years is not going, he is gone
MONEY_MONTHS = 12  # what a client brings a month is the mean of his last so many months of buying


@dataclass(frozen=True, slots=True)
class OfficeRhythm:
    """What the score takes from the office: its gap in weeks, fitted coefficients, its own thresholds."""

    gap: float = PRIOR_GAP_WEEKS
    coefficients: Vector = B0
    alarm_chance: float = ALARM_CHANCE
    alarm_ratio: float = ALARM_RATIO
    lost_chance: float = LOST_CHANCE
    lost_days: int = LOST_DAYS


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One client's order days, summed up. `order_days` counts distinct days."""

    order_days: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Quiet:
    """How quiet a client is: the chance of no order, the silence and his usual gap in days."""

    chance: float
    silent_days: int
    usual_days: int


@dataclass(frozen=True, slots=True)
class QuietClient:
    """A line of the quiet list; money in minor units a month."""

    client_id: int
    client: str
    manager: str  # login
    p_quiet: float
    silent_days: int
    usual_days: int
    money_per_month: int

    @property
    def at_risk(self) -> int:
        """The money a month that the silence is expected to cost."""
        return round(self.p_quiet * self.money_per_month)


class QuietSort(StrEnum):
    """The two orders of the quiet list: who is leaving, and what it costs."""

    RISK = "risk"
    MONEY = "money"


def office_gap(spans: Iterable[tuple[int, float]]) -> float:
    """The office's gap g0 in weeks from (order days, weeks between first and last order day) of each client."""
    weeks = 0.0
    gaps = 0
    for order_days, span in spans:
        if order_days > 0:
            weeks += max(span, 0.0)
            gaps += order_days - 1
    return office_gap_of_sums(weeks, gaps)


def office_gap_of_sums(weeks: float, gaps: int) -> float:
    """The same from the two sums: Σtx in weeks and Σx. One pseudo-gap of four weeks is added."""
    return (max(weeks, 0.0) + PRIOR_GAP_WEEKS) / (max(gaps, 0) + 1)


def own_gap(order_days: int, span: float, gap: float) -> float:
    """A client's own rhythm g in weeks, shrunk towards the office's by one pseudo-gap."""
    return (gap + max(span, 0.0)) / (1 + max(order_days - 1, 0))


def features(order_days: int, span: float, silence: float, gap: float, horizon: float) -> Vector:
    """The vector z of the score; all in weeks. An order in the future is a silence of zero."""
    x = max(order_days - 1, 0)
    span = max(span, 0.0)
    silence = max(silence, 0.0)
    g = (gap + span) / (1 + x)
    return (
        1.0,
        math.log1p(silence / g),
        math.log1p(silence / gap),
        math.log1p(x),
        math.log(g / horizon),
        math.log1p((span + silence) / gap),
        1.0 if x == 0 else 0.0,
    )


def chance_of(z: Sequence[float], coefficients: Sequence[float] = B0) -> float:
    """The logistic of B·z, safe for any size."""
    total = 0.0
    for b, value in zip(coefficients, z, strict=True):
        total += b * value
    if total >= 0:
        return 1.0 / (1.0 + math.exp(-min(total, 700.0)))
    grown = math.exp(max(total, -700.0))
    return grown / (1.0 + grown)


def chance_after(
    order_days: int, span: int, silent: int, office: OfficeRhythm, horizon: float = HORIZON_WEEKS
) -> float:
    """The chance of a client with `order_days` over `span` days after so many silent days."""
    z = features(order_days, span / DAYS_A_WEEK, silent / DAYS_A_WEEK, office.gap, horizon)
    return chance_of(z, office.coefficients)


def score(rhythm: Rhythm, today: date, office: OfficeRhythm, horizon: float = HORIZON_WEEKS) -> Quiet:
    """P(no order in the next `horizon` weeks) of one client as of `today`, with the days of the alarm's sentence.

    Longer silence never lowers the chance for a client whose own gap is at most four times the office's (beyond
    that the prior's coefficients let the first days of a silence dip).
    """
    span = (rhythm.last - rhythm.first).days
    silent = max((today - rhythm.last).days, 0)
    usual = own_gap(rhythm.order_days, span / DAYS_A_WEEK, office.gap) * DAYS_A_WEEK
    return Quiet(chance_after(rhythm.order_days, span, silent, office, horizon), silent, max(1, round(usual)))


def is_alarm(quiet: Quiet, order_days: int, office: OfficeRhythm) -> bool:
    """The rule of «молчит»: his rhythm is known, the silence is long for him, and the chance is serious."""
    return (
        order_days >= ALARM_ORDER_DAYS
        and quiet.silent_days >= office.alarm_ratio * quiet.usual_days
        and quiet.chance >= office.alarm_chance
    )


def is_lost(order_days: int, span: int, silent: int, office: OfficeRhythm) -> bool:
    """The rule of a lost client: the chance has crossed the office's threshold after two silent months. All in days."""
    return silent >= office.lost_days and chance_after(order_days, span, silent, office) >= office.lost_chance


def mean_while_buying(
    turnover: Mapping[Month, int], first: date, last: date, until: Month, known_from: Month = 0
) -> int:
    """What a client brings a month while he buys: the mean of the twelve months that end with his last order.

    Fewer months for a client who came later, or where only months from `known_from` on are known; never below
    zero. The silence itself does not dilute it.
    """
    end = min(calendar.month_of(last), until)
    start = max(calendar.month_of(first), calendar.add(end, 1 - MONEY_MONTHS), known_from)
    count = calendar.between(start, end) + 1
    if count < 1:
        return 0
    return max(divided(sum(turnover.get(month, 0) for month in calendar.ending(end, count)), count), 0)


# ---- the office's own coefficients -------------------------------------------------------------------


def fit(histories: Sequence[Sequence[int]], today: int, horizon: float = HORIZON_WEEKS) -> Vector:
    """The coefficients B fitted on the office's own last three monthly snapshots; B0 where it has few clients.

    `histories` holds one sorted list of distinct order days (ordinals) a client, `today` is an ordinal. A snapshot
    sees only the days up to it; its label is "no order in the following horizon", min(h, 0.4 · history) long.
    Ridge (λ = 10) towards B0, Newton's method. Keeps B0 where the fit would say that silence is a good sign.
    """
    known = [days for days in histories if days and days[0] <= today]
    if len(known) <= FEW_CLIENTS:
        return B0
    began = min(days[0] for days in known)
    weeks = min(horizon, HISTORY_SHARE * (today - began) / DAYS_A_WEEK)
    if weeks < 1.0:
        return B0
    ahead = round(weeks * DAYS_A_WEEK)
    rows: list[Vector] = []
    labels: list[float] = []
    for step in range(SNAPSHOTS):
        snapshot = today - ahead - step * SNAPSHOT_STEP_DAYS
        if snapshot <= began:
            break
        seen = [(days, bisect_right(days, snapshot)) for days in known]
        seen = [(days, n) for days, n in seen if n]
        gap = office_gap((n, (days[n - 1] - days[0]) / DAYS_A_WEEK) for days, n in seen)
        for days, n in seen:
            span = (days[n - 1] - days[0]) / DAYS_A_WEEK
            rows.append(features(n, span, (snapshot - days[n - 1]) / DAYS_A_WEEK, gap, ahead / DAYS_A_WEEK))
            labels.append(1.0 if bisect_right(days, snapshot + ahead) == n else 0.0)
    found = ridge(rows, labels)
    return found if found[1] + found[2] > 0 else B0


def ridge(rows: Sequence[Vector], labels: Sequence[float], prior: Vector = B0, strength: float = RIDGE) -> Vector:
    """Logistic regression by Newton's method, pulled towards `prior` by `strength`; no rows leave the prior."""
    size = len(prior)
    found = list(prior)
    for _ in range(NEWTON_STEPS):
        gradient = [strength * (p - f) for p, f in zip(prior, found, strict=True)]
        hessian = [[strength if i == j else 0.0 for j in range(size)] for i in range(size)]
        for z, label in zip(rows, labels, strict=True):
            p = chance_of(z, found)
            miss = label - p
            weight = p * (1.0 - p)
            for i in range(size):
                zi = z[i]
                gradient[i] += miss * zi
                if zi:
                    line = hessian[i]
                    wz = weight * zi
                    for j in range(i, size):
                        line[j] += wz * z[j]
        for i in range(size):
            for j in range(i):
                hessian[i][j] = hessian[j][i]
        step = _solve(hessian, gradient)
        found = [f + d for f, d in zip(found, step, strict=True)]
        if max(abs(d) for d in step) < 1e-8:
            break
    return tuple(found)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with pivoting; the ridge makes the matrix positive definite, so there is always an answer."""
    size = len(right)
    m = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(m[k][i]))
        m[i], m[pivot] = m[pivot], m[i]
        for k in range(i + 1, size):
            part = m[k][i] / m[i][i]
            if part:
                for j in range(i, size + 1):
                    m[k][j] -= part * m[i][j]
    answer = [0.0] * size
    for i in reversed(range(size)):
        rest = math.fsum(m[i][j] * answer[j] for j in range(i + 1, size))
        answer[i] = (m[i][size] - rest) / m[i][i]
    return answer
