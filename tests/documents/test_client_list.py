"""The list of clients on paper, read back from the PDF in three languages."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from crmdesk.documents.client_list import ListPaper, write_pdf
from crmdesk.domain.client_list import ClientRow
from crmdesk.services import content
from crmdesk.system.i18n import words
from tests.documents.pages import collisions, page_boxes, page_texts
from tests.documents.pdf_parts import colours, contents, embedded_fonts, font_names
from tests.documents.sheets import PRINTED

TODAY = date(2026, 11, 26)


def a_row(number: int, **values: Any) -> ClientRow:
    usual = ClientRow(
        number, f"ООО «Клиент {number}»", None, "Тула", "VVV", "vip", "steady", True, 2, "Иванова Анна Петровна", 1, 1,
        date(2026, 10, 18), 9, 31.0, date(2026, 9, 20), 5, "call", "Смета на каталог", False, date(2026, 11, 23), None,
        655_300_00, 1_170_000_00, 4, 2.2, (),
    )  # fmt: skip
    return usual._replace(**values)


def draw(rows: list[ClientRow], lang: str = "ru", **values: Any) -> list[str]:
    pdf = drawn(rows, lang, **values)
    return page_texts(pdf)


def drawn(rows: list[ClientRow], lang: str = "ru", **values: Any) -> bytes:
    wanted = ListPaper(
        values.get("title", "Клиенты — Мои"), rows, values.get("filter", "Действие: ВВВ"), "сортировка: оборот", "RUB",
        TODAY,
    )  # fmt: skip

    def word(list_name: str, key: str) -> str:
        entry = content.entries(list_name).get(key)
        return entry.short(lang) if entry else key

    target = io.BytesIO()
    count = write_pdf(target, wanted, words=words(lang), word=word, printed=PRINTED)
    assert len(page_texts(target.getvalue())) == count
    return target.getvalue()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", ("Клиент", "Ритм", "39 дн.", "стр. 1 из 1", "нет шага", "2 клиента", "Действие: ВВВ")),
        ("uk", ("Клієнт", "39 дн.", "стор. 1 із 1", "немає кроку", "2 клієнти")),
        ("en", ("Client", "39 d", "page 1 of 1", "no next step", "2 clients")),
    ],
)
def test_that_a_list_says_what_the_screen_says(lang: str, said: tuple[str, ...]) -> None:
    rows = [a_row(1), a_row(2, task_id=None, next_due=None, silence=None, last_contact=None, before=None)]
    (text,) = draw(rows, lang)
    for one in (
        *said,
        "«Клиент 1»",
        "655,300" if lang == "en" else "655 300",
        "! 23 Nov" if lang == "en" else "! 23.11",
        "▼ 44",
    ):
        assert one in text, one


def test_that_the_head_returns_on_each_page_and_no_client_is_missing() -> None:
    texts = draw([a_row(number) for number in range(1, 101)])
    assert len(texts) == 3
    for number, text in enumerate(texts, 1):
        assert f"стр. {number} из 3" in text
        assert "Оборот 6 мес" in text
        assert "сортировка: оборот" in text
    whole = " ".join(texts)
    assert all(f"«Клиент {number}»" in whole for number in range(1, 101))


def test_that_long_names_stay_in_their_columns() -> None:
    long = "Общество с ограниченной ответственностью " * 5
    rows = [
        a_row(n, name=long, task_title=long, city=long, manager_id=n, manager=long, turnover=9_999_999_999_00)
        for n in range(1, 45)
    ]
    pdf = drawn(rows, title=long, filter=long)
    for page in page_boxes(pdf):
        assert collisions(page) == []
        assert max(box.right for box in page) <= 287.2


def test_that_an_empty_list_is_one_page() -> None:
    (text,) = draw([])
    assert "0 клиентов" in text


def test_that_the_paper_is_black_with_its_own_fonts() -> None:
    pdf = drawn([a_row(1)])
    assert {colour for content in contents(pdf) for colour in colours(content)} <= {b"0 g", b"1 g"}
    assert embedded_fonts(pdf) == font_names(pdf)
