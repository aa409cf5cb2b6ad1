"""Fitting words into cells, with a measure of one millimetre a character."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.documents.sheet_cells import fit_alarms, fit_names, fit_plan, fit_plan_lines, unique_titles
from crmdesk.documents.sheet_words import AlarmText, Form, SheetWords
from crmdesk.domain.sheet import Coming
from crmdesk.system.i18n import words

RU = SheetWords(words("ru"), "RUB")
SILENT = AlarmText("■", "молчит 61 дн., обычно 23", "молчит 61 дн. (23)")
LATE = AlarmText("◆", "обещание просрочено 9 дн.", "обещание +9 дн.")
FALL = AlarmText("▼", "SKU 34→12", "SKU→12")


def measure(text: str) -> float:
    return float(len(text))


def item_text(item: Coming, form: Form) -> str:
    return RU.coming(item, form=form).replace("\u00a0", " ")


def names_in(room: float, *names: str) -> list[str]:
    return fit_names(names, room, [measure] * len(names))


def visit(day: int, words_: str = "", *, routine: bool = True) -> Coming:
    return Coming(date(2026, 11, day), "visit", words_, routine=routine)


def birthday(day: int, surname: str) -> Coming:
    return Coming(date(2026, 11, day), "birthday", surname)


def task(day: int, title: str) -> Coming:
    return Coming(date(2026, 11, day), "other", title)


def test_that_a_name_loses_its_legal_form_first_then_what_follows_the_comma() -> None:
    assert names_in(40, "ООО Стройдвор, склад-магазины") == ["ООО Стройдвор, склад-магазины"]
    assert names_in(25, "ООО Стройдвор, склад-магазины") == ["Стройдвор, склад-магазины"]
    assert names_in(12, "ООО Стройдвор, склад-магазины") == ["Стройдвор"]
    assert names_in(6, "ООО Стройдвор, склад-магазины") == ["Строй…"]


def test_that_names_cut_alike_keep_their_ends() -> None:
    found = names_in(16, "Типография-партнёр «Оттиск»", "Типография-партнёр «Клише»")
    assert len(set(found)) == 2
    assert found[0].endswith("…иск»") and found[1].endswith("…ише»")


def test_that_names_whose_ends_are_alike_too_are_numbered() -> None:
    names = [f"Агентство {n} недвижимости «Очень хороший дом»" for n in ("первое", "второе", "третье")]
    found = names_in(14, *names)
    assert len(set(found)) == 3


NAMES = st.lists(st.text(st.sampled_from("абв гд,.«»-ООО"), max_size=40), min_size=1, max_size=12)


@given(NAMES, st.integers(8, 30))
def test_that_different_names_stay_different_within_their_room(names: list[str], room: int) -> None:
    found = names_in(room, *names)
    assert all(measure(text) <= room for text in found)
    pairs = set(zip(names, found, strict=True))
    assert len({text for _, text in pairs}) == len({name for name, _ in pairs})


@given(NAMES)
def test_that_a_name_with_room_enough_is_not_touched(names: list[str]) -> None:
    assert names_in(100, *names) == names


def test_that_alarms_are_whole_when_there_is_room() -> None:
    assert fit_alarms([SILENT, LATE], 90, measure)[0] == [f"■\u00a0{SILENT.long}", f"◆\u00a0{LATE.long}"]


def test_that_the_gravest_alarm_keeps_its_words_longest() -> None:
    assert fit_alarms([SILENT, LATE, FALL], 32, measure)[0] == [f"■\u00a0{SILENT.short}", "◆", "▼\u00a0SKU→12"]
    assert fit_alarms([SILENT, LATE, FALL], 24, measure)[0] == [f"■\u00a0{SILENT.short}", "◆", "▼"]


@given(st.permutations([SILENT, LATE, FALL]), st.integers(1, 3), st.integers(24, 90))
def test_that_every_alarm_shows_its_sign_and_the_line_fits(alarms: list[AlarmText], count: int, room: int) -> None:
    texts, gap = fit_alarms(alarms[:count], room, measure)
    assert [text[0] for text in texts] == [alarm.sign for alarm in alarms[:count]]
    assert sum(map(measure, texts)) + gap * (count - 1) <= room
    assert len(texts[0]) > 1


def test_that_a_plan_gives_up_words_in_order_of_need() -> None:
    items = [task(8, "выставка"), birthday(19, "Гусевой"), visit(3)]
    fits = [fit_plan(items, room, measure, item_text) for room in (40, 24, 22, 14, 13)]
    assert fits == [
        "выставка 8, ДР 19 Гусевой, В3",
        "выставка 8, ДР 19, В3",
        "выставка 8, ДР 19, В3",
        "выставка 8 +2",
        "выставка 8 +2",
    ]
    assert fit_plan([task(8, "выставка"), birthday(19, "Гусевой"), visit(3)], 20, measure, item_text) == (
        "выставка 8, ДР 19 +1"
    )


PROMISE = Coming(date(2026, 11, 28), "other", "прислать договор на подпись", promise=True)


def test_that_an_item_that_does_not_fit_is_named_by_its_kind_and_day() -> None:
    assert fit_plan([task(17, "показать новую коллекцию бумаги")], 20, measure, item_text) == "дело 17"
    assert fit_plan([PROMISE], 16, measure, item_text) == "обещ. 28"
    assert fit_plan([PROMISE, visit(3), visit(9)], 18, measure, item_text) == "обещ. 28, В3, В9"
    assert fit_plan([visit(15, "показать коллекцию", routine=False)], 8, measure, item_text) == "В15"
    assert fit_plan([PROMISE], 4, measure, item_text) == "28"


def test_that_what_fits_whole_stands_before_what_does_not() -> None:
    assert fit_plan([PROMISE, task(8, "выставка"), visit(3)], 15, measure, item_text) == "выставка 8 +2"
    assert fit_plan([PROMISE, task(8, "выставка"), visit(3)], 18, measure, item_text) == "выставка 8, В3 +1"


ITEMS = st.lists(
    st.one_of(
        st.builds(visit, st.integers(1, 28), st.sampled_from(["", "образцы бумаги"]), routine=st.booleans()),
        st.builds(birthday, st.integers(1, 28), st.sampled_from(["Ким", "Константинопольская"])),
        st.builds(task, st.integers(1, 28), st.sampled_from(["КП", "макет этикетки", "очень длинное название дела"])),
        st.just(PROMISE),
    ),
    min_size=1,
    max_size=6,
)


@given(ITEMS, st.integers(12, 60))
def test_that_a_plan_fits_and_counts_what_it_leaves_out(items: list[Coming], room: int) -> None:
    text = fit_plan(items, room, measure, item_text)
    assert measure(text) <= room
    match = re.search(r" \+(\d+)$", text)
    shown = text[: match.start()].split(", ") if match else text.split(", ")
    assert len(shown) + (int(match[1]) if match else 0) == len(items)
    said = {item_text(item, form) for item in items for form in Form} | {str(item.day.day) for item in items}
    assert said.issuperset(shown), "no word is cut"


@given(ITEMS, st.integers(12, 60))
def test_that_two_lines_of_plan_fit_and_count_too(items: list[Coming], room: int) -> None:
    lines = fit_plan_lines(items, room, measure, item_text)
    assert 1 <= len(lines) <= 2
    counted = 0
    for line in lines:
        assert measure(line) <= room
        match = re.search(r" \+(\d+)$", line)
        counted += len((line[: match.start()] if match else line).split(", ")) + (int(match[1]) if match else 0)
    assert counted == len(items)


@given(st.lists(st.text(st.sampled_from("абАБ "), max_size=12), max_size=20))
def test_that_worksheet_titles_are_short_and_different(names: list[str]) -> None:
    titles = unique_titles([name or "x" for name in names], 8)
    assert all(len(title) <= 8 for title in titles)
    assert len({title.casefold() for title in titles}) == len(names)
