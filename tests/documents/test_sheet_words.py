"""What the sheet says, in three languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from crmdesk.documents.sheet_units import Unit, batch_unit, sheet_unit
from crmdesk.documents.sheet_words import Form, SheetWords
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance
from crmdesk.domain.sheet import Alarm, AlarmKind, Coming, Factor, GoalResult, PlanFact, Sheet, Sort, Verdict
from crmdesk.system.i18n import words
from tests.documents.pages import draw, page_texts
from tests.documents.sheets import make_sheet


def in_words(lang: str, unit: Unit = Unit.THOUSAND) -> SheetWords:
    return SheetWords(words(lang), "UAH" if lang == "uk" else "RUB", unit=unit)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ru", ["VIP", "VIPп", "обыч", "раз", "ВВВ", "ЗвЗвЗв", "ИНФО", "—"]),
        ("uk", ["VIP", "VIPп", "звич", "раз", "ВВВ", "ДзДзДз", "ІНФО", "—"]),
        ("en", ["VIP", "VIPp", "reg.", "once", "VVV", "CCC", "INFO", "—"]),
    ],
)
def test_that_importance_and_action_have_their_short_words(lang: str, expected: list[str]) -> None:
    w = in_words(lang)
    assert [w.importance(value) for value in Importance] + [w.segment(value) for value in ActionSegment] == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ru", ["В12", "визит 12", "Зв12", "звонок 12", "ДР 12 Гусевой", "ДР 12", "договор до 12", "дело 12"]),
        ("uk", ["В12", "візит 12", "Дз12", "дзвінок 12", "ДН 12 Гусевой", "ДН 12", "договір до 12", "справа 12"]),
        ("en", ["V12", "visit 12", "C12", "call 12", "BD 12 Гусевой", "BD 12", "contract by 12", "task 12"]),
    ],
)
def test_that_plans_have_their_short_words(lang: str, expected: list[str]) -> None:
    w = in_words(lang)
    day = make_sheet(1).today.replace(day=12)
    visit, call = Coming(day, "visit", routine=True), Coming(day, "call", routine=True)
    born = Coming(day, "birthday", "Гусевой")
    found = [w.coming(visit), w.coming(visit, spelled=True), w.coming(call), w.coming(call, spelled=True)]
    found += [
        w.coming(born),
        w.coming(born, form=Form.BARE),
        w.coming(Coming(day, "contract")),
        w.coming(Coming(day, "other")),
    ]
    assert list(map(plain, found)) == expected


@pytest.mark.parametrize(
    ("lang", "thousands", "split", "millions"),
    [("ru", "4104", "4 104", "4,1"), ("uk", "4104", "4 104", "4,1"), ("en", "4,104", "4,104", "4.1")],
)
def test_that_money_is_written_as_the_language_writes_it(lang: str, thousands: str, split: str, millions: str) -> None:
    minor = 4_104_000_00
    assert in_words(lang).money(minor) == thousands
    assert plain(in_words(lang).money(minor, split=True)) == split
    assert in_words(lang, Unit.MILLION).money(minor) == millions
    assert in_words(lang).money(-1_500_00) == "−2"
    assert in_words(lang).money(499_99) == "0"


def test_that_a_month_of_ten_million_changes_the_unit() -> None:
    text = page_texts(draw([make_sheet(12, scale=30)]))[0]
    assert "Оборот, млн ₽" in text and "млн/мес." in text
    assert "тыс." not in text


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ru", ["молчит 61 дн., обычно 23", "обещание просрочено 9 дн.", "нет визита 2 мес.", "нет звонка 3 мес."]),
        (
            "uk",
            [
                "мовчить 61 дн., зазвичай 23",
                "обіцянку прострочено 9 дн.",
                "немає візиту 2 міс.",
                "немає дзвінка 3 міс.",
            ],
        ),
        ("en", ["silent 61 d, usually 23", "promise 9 d late", "no visit for 2 mo", "no call for 3 mo"]),
    ],
)
def test_that_alarms_speak(lang: str, expected: list[str]) -> None:
    values = {AlarmKind.SILENT: (61, 23), AlarmKind.PROMISE: (9,), AlarmKind.NO_VISIT: (2,), AlarmKind.NO_CALL: (3,)}
    assert [in_words(lang).alarm(Alarm(kind, value)).long for kind, value in values.items()] == expected
    fall = in_words(lang).alarm(Alarm(AlarmKind.TURNOVER_FALL, (64,)))
    assert plain(fall.short) == ("−64%" if lang == "en" else "−64 %")
    assert in_words(lang).alarm(Alarm(AlarmKind.SKUS_FALL, (34, 12))).long == "SKU 34→12"


def test_that_goals_say_target_and_fact() -> None:
    w = in_words("ru")
    found = [
        w.goal(GoalResult(GoalKind.ORDER_EVERY_DAYS, 14, 61, Verdict.MISSED)),
        w.goal(GoalResult(GoalKind.SKUS, 30, 12, Verdict.MISSED)),
        w.goal(GoalResult(GoalKind.TURNOVER, 240_000_00, 238_000_00, Verdict.NEAR)),
        w.goal(GoalResult(GoalKind.ORDER_EVERY_DAYS, 14, None, Verdict.MISSED)),
    ]
    assert found == ["≤14 дн.: 61", "SKU ≥30: 12", "об. ≥240: 238", "≤14 дн.: —"]


@pytest.mark.parametrize(
    ("months", "ahead", "expected"),
    [
        (6, 3, "май – октябрь 2026, план на ноябрь 2026 – январь 2027"),
        (12, 2, "ноябрь 2025 – октябрь 2026, план на ноябрь – декабрь 2026"),
        (1, 1, "октябрь 2026, план на ноябрь 2026"),
        (3, 0, "август – октябрь 2026"),
    ],
)
def test_that_the_period_is_said_in_words(months: int, ahead: int, expected: str) -> None:
    assert in_words("ru").period(make_sheet(1, months=months, ahead=ahead)) == expected


def test_that_the_order_of_the_rows_is_said_in_words() -> None:
    w = in_words("ru")
    assert w.sorted_by(make_sheet(1)) == "по обороту за 6 месяцев"
    assert w.sorted_by(make_sheet(1, months=1)) == "по обороту за 1 месяц"
    assert w.sorted_by(make_sheet(1, sort=Sort.GROSS_PROFIT, months=3)) == "по валовой прибыли за 3 месяца"
    assert w.sorted_by(make_sheet(1, sort=Sort.IMPORTANCE)) == "по важности, внутри — по обороту"


def test_that_a_manager_without_a_plan_has_no_share_of_it() -> None:
    sheet = make_sheet(3)
    head = replace(sheet.head, month=PlanFact(123_000_00, 0, None, False))
    label, figure, remark, bad = in_words("ru").figures(replace(sheet, head=head))[0]
    assert (label, figure, plain(remark), bad) == ("План / факт, октябрь", "—", "123 тыс. ₽, плана нет", False)


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_that_no_english_word_is_left_on_the_paper(lang: str) -> None:
    sheets = [make_sheet(90, manager_id=1), make_sheet(35, manager_id=2, months=6), make_sheet(0, manager_id=3)]
    texts = page_texts(draw(sheets, lang=lang, cover=True))
    latin = {word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text)}
    assert latin <= {"SKU", "VIP", "VIPп", "fa", "aa"}, latin


def test_that_fewer_than_three_alarms_are_headed_so() -> None:
    sheet = make_sheet(35)
    for count, heading in ((3, "Начать с этих трёх"), (2, "Начать с этих двух"), (0, "Тревог нет")):
        assert heading in page_texts(draw([replace(sheet, worst=sheet.worst[:count])]))[0]


def _largest_month(minor: int) -> Sheet:
    """A sheet whose one client had `minor` in his best month."""
    sheet = make_sheet(1)
    figures = {Factor.TURNOVER: (None, minor, 1_00, None, -minor, None), Factor.CALLS: (1,) * 6}
    return replace(sheet, rows=(replace(sheet.rows[0], figures=figures),))


@pytest.mark.parametrize(
    ("largest", "unit"),
    [
        (9_999_99, Unit.ONE),
        (10_000_00, Unit.THOUSAND_TENTHS),
        (99_999_99, Unit.THOUSAND_TENTHS),
        (100_000_00, Unit.THOUSAND),
        (9_999_999_99, Unit.THOUSAND),
        (10_000_000_00, Unit.MILLION),
        (0, Unit.THOUSAND),
    ],
)
def test_that_the_largest_month_of_a_client_decides_the_unit(largest: int, unit: Unit) -> None:
    small = replace(_largest_month(largest), rows=_largest_month(largest).rows if largest else ())
    assert sheet_unit(small) is unit


def test_that_a_list_of_managers_has_one_unit() -> None:
    assert batch_unit([make_sheet(12), make_sheet(35)]) is Unit.THOUSAND
    assert batch_unit([make_sheet(12), make_sheet(35, scale=90)]) is Unit.MILLION
    assert batch_unit([]) is Unit.THOUSAND


def test_that_money_of_a_small_currency_is_not_rounded_away() -> None:
    assert in_words("en", Unit.ONE).money(4_821_50) == "4,822"
    assert in_words("ru", Unit.THOUSAND_TENTHS).money(43_250_00) == "43,3"
    assert plain(in_words("ru", Unit.ONE).risk(430_00)) == "под угрозой 430 ₽/мес."
    assert in_words("ru", Unit.ONE).unit == "₽"
    assert in_words("ru", Unit.THOUSAND_TENTHS).unit == "тыс. ₽"
