"""Facts for sheets in tests: short makers, and strategies for whole managers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from crmdesk.domain import months as calendar
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance
from crmdesk.domain.sheet import ClientFacts, Coming, Factor, ManagerFacts, MonthFigures, SheetRequest, Sort

TODAY = date(2026, 11, 2)
LAST = 202610
SHOWN = calendar.ending(LAST, 6)


def client(client_id: int = 1, **values: Any) -> ClientFacts:
    """A client of whom nothing is known but what is given."""
    usual = {
        "client_id": client_id,
        "name": f"Клиент {client_id}",
        "action_segment": ActionSegment.INFO,
        "importance": Importance.REGULAR,
        "months": {},
    }
    return ClientFacts(**{**usual, **values})


def buyer(client_id: int = 1, turnover: Any = (), skus: Any = (), last: int = LAST, **values: Any) -> ClientFacts:
    """A client with one order a month; `turnover` and `skus` end with month `last`, 0 is a month without."""
    months = {
        month: MonthFigures(turnover=money, orders=1, skus=skus[place] if skus else 1)
        for place, (month, money) in enumerate(zip(calendar.ending(last, len(turnover)), turnover, strict=True))
        if money
    }
    days = [calendar.first_day(month) + timedelta(days=19) for month in months]
    known = {"order_days": len(days), "first_order": days[0], "last_order": days[-1]} if days else {}
    return client(client_id, months=months, **{**known, **values})


def manager(*clients: ClientFacts, **values: Any) -> ManagerFacts:
    """A manager with these tracked clients."""
    usual: dict[str, Any] = {
        "manager_id": 7,
        "login": "ivanova",
        "name": "Иванова",
        "branch": "",
        "clients": clients,
        "clients_all": len(clients),
        "others": {},
        "plan": {},
    }
    return ManagerFacts(**{**usual, **values})


def request(**values: Any) -> SheetRequest:
    """The usual request: six months up to October 2026, three ahead."""
    return replace(SheetRequest(7, LAST), **values)


# ---- strategies ----------------------------------------------------------------------------------------
# Dice with a seed that hypothesis chooses: drawing each of the two hundred values of a manager by itself takes
# a hundred times as long.

_window = calendar.ending(202611, 25)


def _day(dice: Random) -> date:
    return date(2023, 1, 1) + timedelta(days=dice.randrange(1500))


def _maybe(dice: Random, value: Any) -> Any:
    return value if dice.random() < 0.7 else None


def _month_figures(dice: Random) -> MonthFigures:
    def money() -> int:
        return dice.choice([0, dice.randrange(-900_000_00, 900_000_00)])

    def count() -> int:
        return dice.choice([0, dice.randrange(40)])

    return MonthFigures(
        turnover=money(),
        gross_profit=money(),
        important=money(),
        skus=count(),
        orders=count(),
        calls=count(),
        visits=count(),
        mailings=count(),
        promises_kept=count(),
        promises_due=count(),
    )


def any_client(dice: Random, client_id: int) -> ClientFacts:
    """Any client, believable or not."""
    order_days = dice.choice([0, 1, 2, dice.randrange(60)])
    first, last = sorted((_day(dice), _day(dice)))
    if order_days == 1:
        first = last
    return ClientFacts(
        client_id=client_id,
        name=dice.choice(["Ёлка", "Яхта", "Ґанок", "Щит", "", "ООО «А & B»"]),
        action_segment=dice.choice(list(ActionSegment)),
        importance=dice.choice(list(Importance)),
        months={month: _month_figures(dice) for month in dice.sample(_window, dice.randrange(25))},
        distinct_skus=dice.randrange(40),
        potential=_maybe(dice, dice.randrange(500_000_00)),
        goal_kind=_maybe(dice, dice.choice(list(GoalKind))),
        goal_value=dice.randrange(100_000),
        visits_norm=dice.randrange(4),
        calls_norm=dice.randrange(4),
        mailings_norm=dice.randrange(4),
        order_days=order_days,
        first_order=first if order_days else None,
        last_order=last if order_days else None,
        last_visit=_maybe(dice, _day(dice)),
        last_call=_maybe(dice, _day(dice)),
        since=_maybe(dice, _day(dice)),
        broken_promise=_maybe(dice, _day(dice)),
        coming=tuple(
            Coming(
                day=date(2026, 10, 1) + timedelta(days=dice.randrange(150)),
                kind=dice.choice(["visit", "call", "birthday", "contract"]),
                words=dice.choice(["", "образцы", "Гусева"]),
                promise=dice.random() < 0.3,
                source_id=dice.randrange(1, 9),
                routine=dice.random() < 0.5,
            )
            for _ in range(dice.randrange(6))
        ),
        gaps=tuple(dice.sample(["contact", "person"], dice.randrange(3))),
    )


def any_manager(dice: Random) -> ManagerFacts:
    """A manager with up to eight tracked clients, others, and a plan that may miss months."""
    count = dice.randrange(9)
    return manager(
        *(any_client(dice, number) for number in range(1, count + 1)),
        clients_all=count + dice.randrange(50),
        others={month: _month_figures(dice) for month in dice.sample(SHOWN, dice.randrange(7))},
        plan={month: dice.choice([0, dice.randrange(900_000_00)]) for month in dice.sample(SHOWN, dice.randrange(7))},
        distinct_skus=dice.randrange(40),
        overdue_tasks=dice.randrange(40),
        oldest_overdue=_maybe(dice, TODAY - timedelta(days=dice.randrange(300))),
    )


managers = st.builds(lambda seed: any_manager(Random(seed)), st.integers(0, 2**32))
requests = st.builds(
    SheetRequest,
    manager_id=st.just(7),
    last_month=st.sampled_from([202608, 202610, 202611]),
    months=st.integers(1, 12),
    ahead=st.integers(0, 3),
    sort=st.sampled_from(Sort),
    factors=st.lists(st.sampled_from(Factor), min_size=1, max_size=6, unique=True).map(tuple),
)
