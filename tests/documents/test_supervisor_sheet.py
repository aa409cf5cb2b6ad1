"""The printed sheet, read back from the PDF."""

from __future__ import annotations

from dataclasses import replace

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


def numbered(clients: int) -> list[str]:
    return [f"Клиент-{i:03d}" for i in range(clients)]


@pytest.mark.parametrize("clients", [1, 12, 35, 70, 90])
@pytest.mark.parametrize("sort", Sort)
def test_that_every_client_stands_on_the_paper_once_with_his_figures(clients: int, sort: Sort) -> None:
    sheet = make_sheet(clients, names=numbered(clients), sort=sort)
    texts = page_texts(draw([sheet]))
    assert len(texts) == (1 if clients <= 35 else 2)
    lines = [line for text in texts for line in text.split("\n")]
    shown = sheet.rows[: clients - sheet.left_out]
    order = []
    for row in shown:
        named = [line for line in lines if row.name in line]
        table = [line for line in named if "тыс./мес." not in line]
        assert (len(table), len(named) - len(table)) == (1, row.rank is not None), row.name
        order.append(lines.index(table[0]))
        months = [_thousands(month.turnover) for month in row.months if month.turnover]
        assert " ".join(months) in table[0], (months, table[0])
        assert f"{_thousands(sum(month.turnover for month in row.months), split=True)}" in table[0]
    assert order == sorted(order)


def _thousands(minor: int, *, split: bool = False) -> str:
    value = (minor + 50_000) // 100_000
    return f"{value:,}".replace(",", " ") if split or value > 9999 else str(value)


def test_that_the_totals_of_the_paper_are_the_sums_of_the_rows() -> None:
    sheet = make_sheet(35)
    lines = page_texts(draw([sheet]))[0].split("\n")
    tracked = next(line for line in lines if "Итого на контроле: 35" in line)
    months = [sum(row.months[m].turnover for row in sheet.rows) for m in range(6)]
    for value in months:
        assert _thousands(value) in tracked
    assert _thousands(sum(months), split=True) in tracked
    everything = next(line for line in lines if "Всего у менеджера" in line)
    for value, others in zip(months, sheet.totals.others.months, strict=True):
        assert _thousands(value + others) in everything
    assert "312" in tracked and str(sum(m.calls for row in sheet.rows for m in row.months)) in tracked


def test_that_the_notice_names_the_alarmed_who_did_not_fit() -> None:
    sheet = make_sheet(90, names=numbered(90))
    first, second = page_texts(draw([sheet]))
    alarmed = [row.name for row in sheet.rows[81:] if row.alarms]
    assert alarmed
    assert "в листе 81" in first and "на стр. 2" in first
    notice = next(line for line in second.split("\n") if "больше двух страниц не печатаем" in line)
    assert "В лист вошли 81 из 90 клиентов на контроле" in notice
    assert "Не вошли 9 с наименьшим оборотом" in notice
    assert notice.endswith(f"из них с тревогой {len(alarmed)}: {', '.join(alarmed)}.")


def test_that_the_notice_counts_the_alarmed_when_their_names_do_not_fit() -> None:
    sheet = make_sheet(140, names=[f"Очень длинное имя клиента номер {i}" for i in range(140)])
    alarmed = sum(bool(row.alarms) for row in sheet.rows[81:])
    assert f"из них с тревогой {alarmed}." in page_texts(draw([sheet]))[1]


def test_that_the_notice_says_when_nobody_alarmed_is_left_out() -> None:
    sheet = make_sheet(90)
    calm = tuple(replace(row, alarms=()) for row in sheet.rows)
    assert "тревог среди них нет." in page_texts(draw([replace(sheet, rows=calm)]))[1]


def test_that_more_left_out_by_the_caller_is_respected() -> None:
    sheet = replace(make_sheet(90, names=numbered(90)), left_out=20)
    text = "".join(page_texts(draw([sheet])))
    assert "В лист вошли 70 из 90" in text
    assert sheet.rows[69].name in text and paginate(90, 20).second == 35


SHAPES = [
    (35, 6, 3, (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS), Sort.TURNOVER, 1),
    (12, 6, 3, FIVE, Sort.IMPORTANCE, 1),
    (35, 6, 3, SIX, Sort.GROSS_PROFIT, 1),
    (70, 12, 3, (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS), Sort.TURNOVER, 1),
    (35, 12, 3, SIX, Sort.TURNOVER, 90),
    (35, 12, 0, (F.TURNOVER, F.SKUS, F.CALLS, F.VISITS), Sort.TURNOVER, 1),
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
    assert "Типография «Отпечаток»" in text


def test_that_a_preview_says_that_it_is_none_of_the_journal() -> None:
    text = page_texts(draw([make_sheet(3)], printed=replace(PRINTED, seal="")))[0]
    assert "просмотр, в журнале печати нет" in text
    assert "журнал печати " not in text
