"""Who stands in the demo base: the kinds of clients, how big, how often, what goes wrong with each.

Money here is in thousands of roubles a month; `demo_sales` turns it into the office's currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from crmdesk.domain.lists import ActionSegment, GoalKind, Importance

VVV, CCC, INFO, NONE = ActionSegment.VVV, ActionSegment.CCC, ActionSegment.INFO, ActionSegment.NONE
VIP, HOPE, REGULAR, ONCE = Importance.VIP, Importance.POTENTIAL_VIP, Importance.REGULAR, Importance.ONE_OFF
DAYS, SKUS, MONEY = GoalKind.ORDER_EVERY_DAYS, GoalKind.SKUS, GoalKind.TURNOVER


@dataclass(frozen=True, slots=True)
class Part:
    """One client's part in the play.

    `shape` of the turnover: flat, grow, fall, winter (calendars), school (September), collapse, silent, new, rare,
    lost, back (lost and won back), lead (never bought). `trouble`: late_promise, no_visit, no_call, no_plan or "".
    """

    size: str
    importance: Importance
    segment: ActionSegment
    month: float  # thousands of roubles
    gap: float  # days between orders
    skus: float  # distinct a month
    shape: str = "flat"
    goal: tuple[GoalKind, float] | None = None  # the value as a share of what the client does by himself
    potential: float = 1.3  # of the month; 0: not known
    discipline: float = 1.0  # how well the manager keeps the norm
    trouble: str = ""
    amount: int = 0  # days late, or months without contact: as `trouble` says
    silent: int = 0  # days, for the shape "silent"
    tracked: bool = True


# One manager's clients under control, from the largest down; every manager gets them with other firms and figures.
TRACKED = (
    Part("large", VIP, VVV, 520, 4, 30, goal=(SKUS, 0.9), potential=1.25),
    Part("large", VIP, VVV, 430, 19, 26, "silent", (DAYS, 1.08), 1.35, 0.7, "late_promise", 9, 61),
    Part("large", VIP, VVV, 360, 6, 20, "winter", (MONEY, 0.75), 1.2),
    Part("large", VIP, VVV, 300, 6, 26, "collapse", (SKUS, 0.9), 1.6, 0.5, "no_visit", 2),
    Part("large", HOPE, VVV, 255, 7, 19, "grow", (MONEY, 0.95), 2.1),
    Part("large", VIP, VVV, 240, 8, 17, "school", (DAYS, 1.08), 1.15),
    Part("large", REGULAR, CCC, 215, 5, 13, goal=(DAYS, 1.08), potential=1.12),
    Part(
        "large", HOPE, VVV, 190, 8, 17, goal=(SKUS, 1.25), potential=2.0, discipline=0.6, trouble="no_visit", amount=2
    ),
    Part("large", REGULAR, CCC, 178, 10, 10, goal=(DAYS, 1.08), potential=1.07),
    Part("large", REGULAR, CCC, 166, 9, 14, "fall", (MONEY, 1.05), 1.25, 0.8),
    Part("large", VIP, VVV, 158, 9, 15, "winter", (SKUS, 0.8), 2.5),
    Part("middle", REGULAR, CCC, 142, 10, 9, goal=(DAYS, 1.08), potential=1.06),
    Part("middle", REGULAR, CCC, 131, 14, 12, "silent", (DAYS, 1.08), 1.4, 0.6, "no_plan", 0, 66),
    Part("middle", REGULAR, CCC, 124, 10, 12, "winter", (MONEY, 0.8), 1.3),
    Part("middle", REGULAR, CCC, 118, 12, 12, "school", (DAYS, 1.08), 1.1),
    Part("middle", HOPE, VVV, 109, 12, 8, "grow", (SKUS, 1.2), 3.2, 0.9),
    Part("middle", REGULAR, CCC, 97, 9, 11, goal=(DAYS, 1.08), potential=1.13),
    Part(
        "middle",
        REGULAR,
        CCC,
        92,
        10,
        7,
        goal=(MONEY, 0.97),
        potential=1.7,
        discipline=0.9,
        trouble="late_promise",
        amount=6,
    ),
    Part("middle", REGULAR, CCC, 85, 14, 9, "school", (DAYS, 1.08), 1.06),
    Part("middle", REGULAR, CCC, 78, 12, 8, "fall", (SKUS, 1.1), 1.8, 0.6, "no_call", 3),
    Part("middle", REGULAR, CCC, 71, 15, 8, "school", (DAYS, 1.08), 1.12),
    Part("middle", REGULAR, CCC, 66, 12, 9, potential=1.06, goal=(DAYS, 1.08)),
    Part("middle", REGULAR, CCC, 58, 14, 6, potential=1.03, goal=(DAYS, 1.08)),
    Part("middle", HOPE, VVV, 54, 10, 7, "new", (SKUS, 1.0), 5.2),
    Part("middle", REGULAR, CCC, 49, 30, 9, "rare", None, 2.4, 0.8, "no_plan"),
    Part("middle", REGULAR, INFO, 43, 18, 5, goal=(DAYS, 1.08), potential=1.16),
    Part("middle", REGULAR, INFO, 37, 20, 4, goal=(DAYS, 1.08), potential=1.08),
    Part("middle", REGULAR, INFO, 31, 16, 5, "fall", (SKUS, 1.2), 1.4),
    Part("small", REGULAR, INFO, 27, 20, 5, "winter", (MONEY, 0.9), 1.1),
    Part("small", REGULAR, INFO, 22, 27, 3, potential=0.9, goal=(DAYS, 1.08)),
    Part("small", REGULAR, INFO, 18, 13, 4, "lost", None, 1.4),
    Part("small", ONCE, INFO, 15, 80, 4, "rare", None, 0),
    Part("small", ONCE, NONE, 11, 90, 2, "rare", None, 0),
    Part("small", ONCE, NONE, 8, 90, 2, "rare", None, 0),
    Part("small", REGULAR, CCC, 34, 15, 5, "back", (DAYS, 1.08), 1.8),
)

# The rest of a small office's base: not under control, but nothing is thrown away.
OTHERS = (
    Part("middle", REGULAR, CCC, 40, 15, 6, "lost", potential=1.3, tracked=False),
    Part("small", REGULAR, INFO, 14, 30, 3, tracked=False),
    Part("middle", REGULAR, CCC, 0, 30, 3, "lead", potential=0, tracked=False),
    Part("small", ONCE, NONE, 6, 120, 2, "rare", potential=0, tracked=False),
    Part("small", REGULAR, INFO, 20, 22, 4, "lost", potential=1.2, tracked=False),
)

# The long tail of a larger base: how many of a hundred play which part.
TAIL = (
    (30, Part("small", REGULAR, INFO, 12, 90, 1.2, tracked=False)),
    (14, Part("small", ONCE, NONE, 7, 220, 1, "rare", potential=0, tracked=False)),
    (10, Part("middle", REGULAR, CCC, 26, 55, 1.6, "winter", tracked=False)),
    (8, Part("middle", REGULAR, CCC, 24, 60, 1.6, "school", tracked=False)),
    (6, Part("middle", REGULAR, INFO, 22, 60, 1.4, "fall", tracked=False)),
    (5, Part("middle", HOPE, CCC, 28, 50, 1.6, "grow", potential=2.5, tracked=False)),
    (4, Part("small", REGULAR, CCC, 18, 45, 1.4, "new", potential=2.0, tracked=False)),
    (12, Part("small", REGULAR, INFO, 15, 55, 1.4, "lost", tracked=False)),
    (3, Part("small", REGULAR, CCC, 16, 50, 1.4, "back", tracked=False)),
    (8, Part("small", REGULAR, CCC, 0, 60, 1, "lead", potential=0, tracked=False)),
)


def cast(rnd: Random, clients: int, *, first: bool) -> Iterator[Part]:
    """The parts of one manager's `clients`; the first manager's tracked ones stand just as written above."""
    for place, part in enumerate((*TRACKED, *OTHERS)[:clients]):
        yield part if first else _varied(rnd, part, place)
    weights = [weight for weight, _ in TAIL]
    for _ in range(clients - len(TRACKED) - len(OTHERS)):
        part = rnd.choices(TAIL, weights)[0][1]
        yield replace(
            part,
            month=part.month * rnd.lognormvariate(0, 0.6),
            gap=part.gap * rnd.uniform(0.7, 1.5),
            discipline=rnd.uniform(0.5, 1),
        )


def _varied(rnd: Random, part: Part, place: int) -> Part:
    month = part.month * rnd.uniform(0.62, 1.05)
    gap = part.gap * rnd.uniform(0.85, 1.35)
    if part.shape == "silent":
        return replace(part, month=month, gap=gap, silent=round(gap * rnd.uniform(3.6, 4.8)))
    if part.shape == "flat" and not part.trouble and rnd.random() < 0.15:
        return replace(part, month=month, gap=gap, shape=rnd.choice(("fall", "grow", "winter")))
    return replace(
        part, month=month, gap=gap, amount=max(1, part.amount + rnd.choice((-1, 0, 0, 2))) if part.amount else 0
    )
