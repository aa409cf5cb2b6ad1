"""The week and the month of the calendar on paper, read back from the PDF in three languages."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.documents.calendar_pages import CalendarPaper, write_pdf
from crmdesk.domain.calendar import CalendarPage, Entry, Span, What, days_of
from crmdesk.services.holidays import days_off
from crmdesk.system.i18n import words
from tests.documents.pages import collisions, page_boxes, page_texts
from tests.documents.pdf_parts import colours, contents, embedded_fonts, font_names
from tests.documents.sheets import PRINTED

TODAY = date(2026, 11, 26)
SPANS = (Span.WEEK, Span.MONTH)


def entry(number: int, day: date = TODAY, time: int | None = None, **values: object) -> Entry:
    usual = {
        "what": What.TASK, "id": number, "day": day, "time": time, "minutes": 30, "kind": "call", "client_id": number,
        "client": f"Клиент {number}", "title": "",
    }  # fmt: skip
    return Entry(**{**usual, **values})  # type: ignore[arg-type]


def draw(entries: list[Entry], span: Span, *, lang: str = "ru", **values: object) -> bytes:
    days = days_of(span, TODAY)
    page = CalendarPage(days, tuple(entries), norm=360, days_off=days_off("RU", *days))
    usual = {"page": page, "span": span, "day": TODAY, "today": TODAY, "whose": "Иванова Анна Сергеевна"}
    target = io.BytesIO()
    pages = write_pdf(target, CalendarPaper(**{**usual, **values}), words=words(lang), printed=PRINTED)  # type: ignore[arg-type]
    found = page_texts(target.getvalue())
    assert len(found) == pages
    return target.getvalue()


WHOLE = [
    entry(1, TODAY, 11 * 60, client="ООО «Стройдвор»", title="цветопроба", minutes=90, kind="meeting"),
    entry(2, TODAY, promise=True, client="Лист", title="дата"),
    entry(3, TODAY - timedelta(3), promise=True, client="ТД «Лидер»", title="смета"),
    entry(4, TODAY - timedelta(2), 9 * 60, client="Мотор+", title="листовки"),
    entry(5, TODAY - timedelta(1), 10 * 60, client="ЖК «Речной»", done=True),
    entry(6, TODAY + timedelta(1), what=What.BIRTHDAY, kind="birthday", title="П. И. Сидоров", years=50, minutes=0),
    entry(7, TODAY + timedelta(1), 15 * 60, client="", client_id=None, title="Планёрка отдела", minutes=420),
]


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", ("неделя 48", "Ноябрь 2026", "обещание нарушено", "стр. 1 из 1", "норм", "Четверг", "Чт", "7 ч")),
        ("uk", ("тиждень 48", "Листопад 2026", "обіцянку порушено", "стор. 1 із 1", "норм", "Четвер", "Чт", "7 год")),
        ("en", ("week 48", "November 2026", "promise broken", "page 1 of 1", "norm", "Thursday", "Thu", "7 h")),
    ],
)
def test_that_the_page_says_whose_days_who_printed_and_what_lies_on_them(
    span: Span, lang: str, said: tuple[str, ...]
) -> None:
    week, month, broken, page, norm, thursday, short, hours = said
    (text,) = page_texts(draw(WHOLE, span, lang=lang))
    assert (week if span is Span.WEEK else month) in text
    assert (thursday if span is Span.MONTH else short) in text
    for part in (broken, page, norm, hours, "Иванова Анна Сергеевна", "Лазарева В. П.", "0f3c9a7e5b2d4816"):
        assert part in text
    for part in ("Стройдвор", "цветопроба", "Лист", "Лидер", "Мотор+", "Речной", "Сидоров, 50", "Планёрка отдела"):
        assert part in text
    assert "11:00" in text and "◆!" in text and "✓" in text and "★" in text


def test_that_the_month_names_its_holidays() -> None:
    (text,) = page_texts(draw([], Span.MONTH))
    assert "День единства" in text


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(
    st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(16, 72).map(lambda n: n * 15)), max_size=120),
    st.sampled_from(SPANS),
)
def test_that_every_entry_stands_somewhere_however_many_there_are(
    shapes: list[tuple[int, int | None]], span: Span
) -> None:
    monday = TODAY - timedelta(TODAY.weekday())
    entries = [entry(n, monday + timedelta(day), time, client=f"К{n:03d}Я") for n, (day, time) in enumerate(shapes)]
    whole = "\n".join(page_texts(draw(entries, span)))
    assert [one.client for one in entries if one.client not in whole] == []


def test_that_a_narrow_box_calls_a_client_by_the_word_in_quotes() -> None:
    crowd = [entry(n, time=600, client=f"Общество с ограниченной ответственностью «Имя {n}»") for n in range(3)]
    (text,) = page_texts(draw(crowd, Span.WEEK))
    assert all(f"Имя {n}" in text for n in range(3)) and "ответственностью" not in text


def test_that_everybodys_page_says_whose_an_entry_is() -> None:
    (text,) = page_texts(draw([entry(1, manager_id=7)], Span.MONTH, people={7: "Ковалёва"}))
    assert "Ковалёва" in text


@pytest.mark.parametrize("span", SPANS)
def test_that_the_paper_is_black_its_fonts_embedded_and_no_words_run_into_others(span: Span) -> None:
    names = ["Закрытое акционерное общество " * 5, "Ії", "ООО «Очень длинное имя в кавычках»"]
    entries = [
        entry(n, TODAY - timedelta(n % 4), None if n % 3 else 9 * 60 + 20 * n, client=names[n % 3], title="дело " * 9)
        for n in range(30)
    ]
    pdf = draw(entries, span)
    assert font_names(pdf) == embedded_fonts(pdf)
    assert {colour for content in contents(pdf) for colour in colours(content)} <= {b"0 g", b"1 g"}
    for boxes in page_boxes(pdf):
        assert collisions(boxes) == []
        assert all(box.left > 9 and box.right < 288 and box.bottom < 202 for box in boxes)
