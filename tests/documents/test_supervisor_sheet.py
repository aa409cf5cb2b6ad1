"""The printed sheet, read back from the PDF."""

from __future__ import annotations

import pytest

from crmdesk.documents.supervisor_sheet import FIRST_PAGE, ONE_PAGE, SECOND_PAGE, paginate
from crmdesk.domain.sheet import Factor, Sort
from tests.documents.pages import collisions, draw, page_boxes, page_texts
from tests.documents.sheets import PRINTED, make_sheet

F = Factor
FIVE = (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS, F.ORDERS)
SIX = (*FIVE, F.MAILINGS)
MONEY = (F.GROSS_PROFIT, F.TURNOVER, F.IMPORTANT_PRODUCTS, F.SKUS, F.PROMISES_KEPT, F.MAILINGS)


def test_that_pages_hold_what_the_layout_promises() -> None:
    assert (ONE_PAGE, FIRST_PAGE, SECOND_PAGE) == (35, 42, 40)


@pytest.mark.parametrize(
    ("clients", "pages"),
    [(0, [0]), (1, [1]), (12, [12]), (35, [35]), (36, [18, 18]), (70, [35, 35]), (82, [42, 40]), (90, [42, 39])],
)
def test_that_rows_are_laid_on_at_most_two_pages(clients: int, pages: list[int]) -> None:
    found = paginate(clients)
    assert [found.first, found.second][: len(pages)] == pages
    assert found.count == len(pages)
    assert sum(pages) + found.left_out == clients
    assert 3.6 <= found.pitch <= 8.0


@pytest.mark.parametrize("clients", [0, 1, 12, 35, 70, 90])
def test_that_every_client_stands_on_the_paper_once(clients: int) -> None:
    sheet = make_sheet(clients)
    texts = page_texts(draw([sheet]))
    assert len(texts) == (1 if clients <= 35 else 2)
    shown = sheet.rows[: clients - sheet.left_out]
    numbered = [line for text in texts for line in text.split("\n")]
    for row in shown:
        kind = row.name.replace("ООО ", "").split(",")[0]
        lines = [line for line in numbered if kind in line]
        expected = 1 + (row.rank is not None)  # once more among the worst
        assert len(lines) >= expected, row.name


SHAPES = [
    (35, 6, 3, (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS), Sort.TURNOVER, 1),
    (12, 6, 3, FIVE, Sort.IMPORTANCE, 1),
    (35, 6, 3, SIX, Sort.GROSS_PROFIT, 1),
    (70, 12, 3, (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS), Sort.TURNOVER, 1),
    (35, 12, 3, SIX, Sort.TURNOVER, 90),
    (35, 12, 0, MONEY, Sort.TURNOVER, 1),
    (35, 1, 3, FIVE, Sort.TURNOVER, 1),
    (90, 3, 1, (F.TURNOVER, F.SKUS), Sort.IMPORTANCE, 1),
    (35, 6, 2, MONEY, Sort.TURNOVER, 9),
    (18, 12, 3, MONEY, Sort.TURNOVER, 20),
    (35, 6, 0, (F.SKUS,), Sort.TURNOVER, 1),
    (5, 1, 0, (F.VISITS, F.ORDERS), Sort.TURNOVER, 1),
    (0, 6, 3, SIX, Sort.TURNOVER, 1),
]


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
@pytest.mark.parametrize(("clients", "months", "ahead", "factors", "sort", "scale"), SHAPES)
def test_that_texts_keep_off_the_margins_and_each_other(
    lang: str, clients: int, months: int, ahead: int, factors: tuple[Factor, ...], sort: Sort, scale: int
) -> None:
    sheet = make_sheet(clients, months=months, ahead=ahead, factors=factors, sort=sort, scale=scale)
    for boxes in page_boxes(draw([sheet], lang=lang)):
        assert min(box.left for box in boxes) >= 9.9
        assert max(box.right for box in boxes) <= 287.1
        assert min(box.top for box in boxes) >= 9.9
        assert max(box.bottom for box in boxes) <= 200.6
        assert collisions(boxes) == []


def test_that_the_footer_says_who_printed_what_and_when() -> None:
    text = page_texts(draw([make_sheet(35)]))[0]
    assert "Данные на 31.10.2026 20:00" in text
    assert f"напечатал {PRINTED.by} 02.11.2026 09:30" in text
    assert "0f3c9a7e5b2d4816 " in text + " "
    assert "стр. 1 из 1" in text
