"""What the printed page is made of."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.documents import paper
from crmdesk.documents.sheet_cells import fit_names
from crmdesk.domain.sheet import Sort
from tests.documents.pages import draw, page_texts
from tests.documents.pdf_parts import colours, contents, embedded_fonts, font_names, font_sizes, signs_font
from tests.documents.sheets import client_names, make_sheet


@pytest.fixture(scope="module")
def batch() -> bytes:
    return draw([make_sheet(35), make_sheet(90, sort=Sort.IMPORTANCE, manager_id=2)], cover=True)


def test_that_every_font_of_the_file_is_embedded(batch: bytes) -> None:
    fonts = font_names(batch)
    assert {name.partition("+")[2] for name in fonts} == {"PTSans-Narrow", "PTSans-NarrowBold", "CRMDeskSigns"}
    assert fonts == embedded_fonts(batch)


def test_that_the_page_is_black_and_white_only(batch: bytes) -> None:
    found = contents(batch)
    assert len(found) == 4
    assert set().union(*map(colours, found)) == {b"0 g", b"1 g"}  # white is for the numbers in the discs


def test_that_nothing_is_smaller_than_seven_points(batch: bytes) -> None:
    signs = signs_font(batch)
    assert signs
    for content in contents(batch):
        sizes = font_sizes(content)
        assert min(size for name, size in sizes if name not in signs) >= 7
        assert min((size for name, size in sizes if name in signs), default=7) >= 7 * 0.86 - 0.01


def test_that_the_same_sheet_is_the_same_file() -> None:
    assert draw([make_sheet(12)]) == draw([make_sheet(12)])


@pytest.mark.parametrize(
    "name", ['ООО "A & B" <b>скидка</b>', "=1+1", "Ромашка\\)(", "{who} %s", "O’Neill & Söhne", "Ґанок їжака ₴"]
)
def test_that_a_name_is_printed_literally(name: str) -> None:
    names = client_names(12)
    names[5] = name
    assert name in page_texts(draw([make_sheet(names=names)]))[0].replace("\r", "")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Кафе 🍕 Пицца", "Кафе 🍕 Пицца"),
        ("漢字株式会社", "□□□□□□"),
        ("👩‍👩‍👧🏽", "👩👩👧"),
        ("строка\nвторая\tчасть", "строка вторая часть"),
        ("Кафе\u20dd у моря", "Кафе у моря"),
        ("", ""),
        ("\x00\x07", ""),
    ],
)
def test_that_a_character_no_font_has_is_replaced_visibly(name: str, printed: str) -> None:
    assert paper.printable(name) == printed
    names = client_names(12)
    names[5] = name
    text = page_texts(draw([make_sheet(names=names)]))[0]
    assert printed in text


def test_that_a_name_of_any_length_is_drawn() -> None:
    names = [*client_names(10), "Ж" * 100_000, "Ж" * 99_999 + "x", " "]
    assert "Ж" in page_texts(draw([make_sheet(names=names, manager="М" * 5000)]))[0]


def test_that_a_title_as_long_as_a_page_gives_way_to_its_kind() -> None:
    sheet = make_sheet(12)
    row = sheet.rows[0]
    item = replace(row.plan[0][0] if row.plan[0] else sheet.rows[1].plan[0][0], kind="other", words="слово " * 20_000)
    changed = replace(row, plan=((item,), *row.plan[1:]))
    text = page_texts(draw([replace(sheet, rows=(changed, *sheet.rows[1:]))]))[0]
    assert f"дело {item.day.day}" in text or f"обещание {item.day.day}" in text


def test_that_the_width_of_a_text_grows_with_its_size() -> None:
    assert paper.width("Оборот", 14) == pytest.approx(2 * paper.width("Оборот", 7))
    assert paper.width("", 7) == 0
    assert paper.width("■", 10) < paper.width("■■", 10)


def test_that_a_cut_text_fits_and_ends_with_an_ellipsis() -> None:
    text = "Очень длинное имя менеджера, которое не помещается"
    found = paper.cut(text, 30, 10)
    assert found.endswith("…")
    assert paper.width(found, 10) <= 30
    assert paper.cut("коротко", 30, 10) == "коротко"


def test_that_the_file_says_when_it_was_printed() -> None:
    target = io.BytesIO()
    page = paper.Paper(target, title="Лист", author="Офис", lang="ru", at=datetime(2026, 11, 2, 9, 30))
    page.text(20, 20, "слово", 10)
    page.end_page()
    page.save()
    assert b"D:20261102093000" in target.getvalue()


def _name_width(text: str) -> float:
    return paper.width(text, 7.6)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_that_names_of_any_characters_fit_their_column_and_stay_different(names: list[str]) -> None:
    printed = [paper.printable(name) for name in names]
    found = fit_names(printed, 27.6, [_name_width] * len(printed))
    assert all(_name_width(text) <= 27.6 for text in found)
    assert len(set(found)) == len(set(printed))
    assert all(set(text) <= set(paper.printable(text)) for text in found)


def test_that_sheets_drawn_at_the_same_time_do_not_disturb_each_other() -> None:
    sheets = [make_sheet(12 + i, manager_id=i + 1) for i in range(4)]
    alone = [draw([sheet]) for sheet in sheets]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda sheet: draw([sheet]), sheets)) == alone
