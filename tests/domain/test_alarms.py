"""Each alarm: when it is one, when it is not, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crmdesk.domain import alarms, quiet
from crmdesk.domain.lists import ActionSegment
from crmdesk.domain.quiet import OfficeRhythm
from crmdesk.domain.sheet import Alarm, AlarmKind, ClientFacts, MonthFigures
from crmdesk.domain.sheet_rows import silence_of
from tests.domain.sheet_facts import LAST, SHOWN, TODAY, buyer, client

OFFICE = OfficeRhythm(gap=5.0)


def found(facts: ClientFacts, shown: tuple[int, ...] = SHOWN, today: date = TODAY) -> dict[str, tuple[int, ...]]:
    """The alarms of a client by kind."""
    return {a.kind.value: a.values for a in alarms.of(facts, silence_of(facts, today, OFFICE), shown, today, OFFICE)}


def rhythmic(days: int, gap: int, silent: int, **values: Any) -> ClientFacts:
    last = TODAY - timedelta(days=silent)
    first = last - timedelta(days=gap * (days - 1))
    return client(1, order_days=days, first_order=first, last_order=last, **values)


def test_that_a_silence_long_for_him_is_said_with_his_usual_gap() -> None:
    # 13 days over 36 weeks and an office gap of 5 weeks: (5 + 36·7/7…) → usual 22 days (worked out in test_quiet)
    facts = rhythmic(13, 21, 61)
    assert found(facts) == {"silent": (61, 22)}
    assert found(rhythmic(13, 21, 40)) == {}
    assert found(replace(facts, action_segment=ActionSegment.NONE)) == {}, "nothing is to be done with him"
    assert found(rhythmic(2, 21, 300)) == {}, "one gap is no rhythm"


def test_that_an_open_promise_is_an_alarm_from_the_day_after() -> None:
    assert found(client(1, broken_promise=TODAY - timedelta(days=9))) == {"promise": (9,)}
    assert found(client(1, broken_promise=TODAY)) == {}


VVV = {"action_segment": ActionSegment.VVV, "visits_norm": 1}
CCC = {"action_segment": ActionSegment.CCC, "calls_norm": 2}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (client(1, **VVV, last_visit=date(2026, 8, 31)), {"no_visit": (2,)}),
        (client(1, **VVV, last_visit=date(2026, 9, 1)), {"no_visit": (1,)}),
        (client(1, **VVV, last_visit=date(2026, 10, 1)), {}),
        (client(1, **VVV, last_visit=date(2026, 11, 1)), {}),
        (client(1, **VVV, last_visit=date(2025, 8, 31)), {"no_visit": (14,)}),
        (client(1, **VVV), {"no_visit": (6,)}),
        (client(1, **VVV, since=date(2026, 10, 3)), {}),
        (client(1, **VVV, since=date(2026, 8, 3)), {"no_visit": (2,)}),
        (client(1, **{**VVV, "visits_norm": 0}), {}),
        (client(1, **VVV, last_call=date(2026, 10, 9)), {"no_visit": (6,)}),
        (client(1, **CCC, last_call=date(2026, 7, 31)), {"no_call": (3,)}),
        (client(1, **CCC, last_call=date(2026, 10, 31)), {}),
        (client(1, **CCC, last_visit=date(2026, 10, 31), last_call=date(2026, 7, 1)), {"no_call": (3,)}),
        (client(1, action_segment=ActionSegment.INFO, visits_norm=1, calls_norm=1), {}),
        (client(1, action_segment=ActionSegment.NONE, visits_norm=1, calls_norm=1), {}),
    ],
)
def test_that_whole_months_without_the_contact_of_the_segment_are_counted(
    facts: ClientFacts, expected: dict[str, tuple[int, ...]]
) -> None:
    assert found(facts) == expected


def test_that_a_month_that_is_not_over_is_no_month_without_a_visit() -> None:
    facts = client(1, **VVV, last_visit=date(2026, 10, 30))
    assert found(facts, shown=(202609, 202610, 202611)) == {}
    assert found(facts, shown=(202611,)) == {}, "only the current month is shown: nothing can be said yet"
    assert found(facts, shown=(202611,), today=date(2026, 11, 30)) == {"no_visit": (1,)}


def test_that_falling_skus_say_from_and_to() -> None:
    turnover = (900_00,) * 6
    assert found(buyer(1, turnover, (34, 33, 27, 22, 15, 12))) == {"skus_fall": (34, 12)}
    assert found(buyer(1, turnover, (34, 33, 34, 33, 34, 12))) == {}, "one poor month is not a fall"
    assert found(buyer(1, turnover, (4, 4, 3, 2, 1, 1))) == {}, "a single item more or less"
    assert found(buyer(1, turnover, (34, 33, 27, 26, 25, 24))) == {}
    assert found(buyer(1, turnover[:2], (34, 12)), shown=SHOWN[-2:]) == {}, "two months are no trend"


def hundreds(*months: int) -> list[int]:
    return [month * 100 for month in months]


def test_that_falling_turnover_is_a_quarter_clearly_below_the_usual_one() -> None:
    # usual quarter 3 · 100 = 300, last quarter 40 + 30 + 20 = 90: −70 %
    assert found(buyer(1, hundreds(*[100] * 21, 40, 30, 20))) == {"turnover_fall": (70,)}
    assert found(buyer(1, hundreds(*[100] * 21, 72, 71, 71))) == {}, "28.67 % is less than 30"
    # mean 100 again, but 10 and 190 by turns: a standard deviation of 94 a month, 163 a quarter
    assert found(buyer(1, hundreds(*[10, 190] * 10, 10, 40, 30, 20))) == {}, "he has always been like that"


def test_that_a_season_is_no_fall() -> None:
    autumn = [10] * 9 + [200, 200, 200]
    assert found(buyer(1, hundreds(*autumn, *[10] * 9, 9, 10, 9))) == {}, "two deviations: too seasonal to say"
    after = [200, 200, 200, *[100] * 9, 100, 100, 100]  # summer was high, autumn is as low as last autumn
    assert found(buyer(1, hundreds(100, 100, 100, *[150] * 9, 100, 100, 100), last=LAST)) == {}
    assert found(buyer(1, hundreds(*after))) == {}


def test_that_a_younger_client_is_measured_against_what_there_is() -> None:
    assert found(buyer(1, hundreds(100, 100, 100, 30, 30, 30))) == {"turnover_fall": (70,)}
    assert found(buyer(1, hundreds(100, 100, 30, 30, 30))) == {}, "two months are too young to compare"
    assert found(buyer(1, hundreds(150, 0, 150, 30, 30, 30))) == {}, "two orders are chance"


def test_that_the_money_lost_a_month_is_told() -> None:
    assert alarms.turnover_lost(buyer(1, hundreds(*[100] * 21, 40, 30, 20)), LAST) == (70, 70_00)
    assert alarms.turnover_lost(client(1), LAST) is None


def test_that_returns_never_say_that_more_than_all_was_lost() -> None:
    facts = buyer(1, (100_00, 100_00, 100_00, 10_00, -500_00, 10_00))
    assert found(facts) == {"turnover_fall": (100,)}


def test_that_a_silent_client_has_one_sign_for_buying_nothing() -> None:
    facts = buyer(1, (100_00,) * 15 + (0,) * 9, skus=(20,) * 24, action_segment=ActionSegment.CCC)
    assert list(found(facts)) == ["silent"]


def test_that_the_gravest_stand_first() -> None:
    facts = replace(rhythmic(13, 21, 61, **VVV), broken_promise=TODAY - timedelta(days=1))
    kinds = [a.kind for a in alarms.of(facts, silence_of(facts, TODAY, OFFICE), SHOWN, TODAY, OFFICE)]
    assert kinds == [AlarmKind.SILENT, AlarmKind.PROMISE, AlarmKind.NO_VISIT]


def test_that_the_office_may_set_its_own_thresholds() -> None:
    facts = rhythmic(13, 21, 61)
    strict = OfficeRhythm(gap=5.0, alarm_chance=0.99)
    assert alarms.of(facts, silence_of(facts, TODAY, strict), SHOWN, TODAY, strict) == ()
    eager = OfficeRhythm(gap=5.0, alarm_ratio=1.0, alarm_chance=0.1)
    sooner = rhythmic(13, 21, 30)
    assert alarms.of(sooner, silence_of(sooner, TODAY, eager), SHOWN, TODAY, eager) == (
        Alarm(AlarmKind.SILENT, (30, 22)),
    )


def test_that_nobody_is_alarmed_about_a_client_of_whom_nothing_is_known() -> None:
    assert found(client(1)) == {}
    assert found(client(1, months={LAST: MonthFigures()})) == {}
    assert quiet.ALARM_ORDER_DAYS >= 3
