"""The cover of a batch and the numbering of its pages."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.documents.sheet_cover import LAST_PAGE, MIDDLE_PAGE, page_count, rows_of_pages
from crmdesk.documents.sheet_managers import alarm_counts, history, weighted_completeness, worst_managers
from crmdesk.documents.supervisor_sheet import write_pdf
from crmdesk.domain.sheet import Sheet
from crmdesk.system.i18n import words
from crmdesk.system.jobs import Stopped
from tests.documents.pages import collisions, draw, page_boxes, page_texts
from tests.documents.sheets import PRINTED, make_sheet


def office(managers: int) -> list[Sheet]:
    return [
        make_sheet(5 + i, manager_id=i + 1, manager=f"Менеджер Номер-{i + 1}", scale=1 + i % 4) for i in range(managers)
    ]


@pytest.mark.parametrize(
    ("managers", "rows"),
    [
        (0, [0]),
        (1, [1]),
        (12, [12]),
        (13, [12, 1]),
        (25, [12, 13]),
        (27, [12, 15]),
        (28, [12, 8, 8]),
        (45, [12, 18, 15]),
    ],
)
def test_that_the_cover_holds_twelve_managers_on_its_first_page_and_more_on_the_next(
    managers: int, rows: list[int]
) -> None:
    assert rows_of_pages(managers) == rows


@given(st.integers(0, 500))
def test_that_every_manager_has_a_row_of_the_cover_and_no_page_overflows(managers: int) -> None:
    first, *others = rows_of_pages(managers)
    assert first + sum(others) == managers and first <= 12
    assert all(0 < rows <= MIDDLE_PAGE for rows in others)
    assert not others or others[-1] <= LAST_PAGE


def test_that_every_manager_stands_on_the_cover_and_the_pages_are_numbered_through() -> None:
    sheets = office(13)
    texts = page_texts(draw(sheets, cover=True))
    assert len(texts) == 15
    for i, text in enumerate(texts, 1):
        assert f"стр. {i} из 15" in text
    for sheet in sheets:
        assert sum(sheet.manager in line for text in texts[:2] for line in text.split("\n")) >= 1
    assert "на стр. 2" in texts[0] and "Итого по филиалу" in texts[1] and "Итого по филиалу" not in texts[0]
    assert [sheet.manager in text for sheet, text in zip(sheets, texts[2:], strict=True)] == [True] * 13


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
@pytest.mark.parametrize("managers", [1, 12, 27, 45])
def test_that_the_cover_keeps_off_the_margins_and_itself(lang: str, managers: int) -> None:
    for boxes in page_boxes(draw(office(managers), cover=True, lang=lang))[: page_count(managers)]:
        assert min(box.left for box in boxes) >= 9.9 and max(box.right for box in boxes) <= 287.1
        assert collisions(boxes) == []


def test_that_the_totals_of_the_cover_are_the_sums_of_its_rows() -> None:
    sheets = office(9)
    text = page_texts(draw(sheets, cover=True))[0].replace(" ", "")
    total = words("ru").number(round(sum(sheet.totals.all.total for sheet in sheets) / 100_000)).replace("\u00a0", "")
    assert total in text
    assert sum(len(sheet.rows) for sheet in sheets) == sum(5 + i for i in range(9))
    assert str(sum(len(sheet.rows) for sheet in sheets)) in text


def test_that_alarms_are_counted_by_client_and_sign() -> None:
    sheet = make_sheet(35)
    counts = alarm_counts(sheet)
    assert counts[0] == sum(any(a.kind == "silent" for a in row.alarms) for row in sheet.rows) > 0
    assert counts[2] == sum(any(a.kind in {"no_visit", "no_call"} for a in row.alarms) for row in sheet.rows) > 0
    assert counts[4] == sum(sum(row.empty) for row in sheet.rows) > 0


def test_that_the_managers_with_most_money_at_risk_come_first() -> None:
    worst = worst_managers(office(9))
    assert len(worst) == 3
    assert [s.risk_total for s in worst] == sorted((s.risk_total for s in office(9)), reverse=True)[:3]
    assert worst_managers([make_sheet(0)]) == []


def test_that_history_begins_with_the_first_order_of_any_client() -> None:
    sheet = make_sheet(35)
    assert history(sheet)[0] == sum(row.history[0] or 0 for row in sheet.rows)
    assert len(history(sheet)) == 24
    assert history(make_sheet(0)) == []


def test_that_completeness_is_weighted_by_clients() -> None:
    assert weighted_completeness(office(4)) == 86
    assert weighted_completeness([]) == 100


def test_that_an_empty_batch_is_one_page() -> None:
    assert len(page_texts(draw([], cover=True))) == 1


class _Job:
    def __init__(self, stop_at: int) -> None:
        self.seen: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def progress(self, done: int, total: int) -> None:
        self.seen.append((done, total))

    def check(self) -> None:
        if len(self.seen) >= self._stop_at:
            raise Stopped


def test_that_a_batch_tells_its_progress_and_can_be_stopped() -> None:
    job = _Job(stop_at=100)
    write_pdf(io.BytesIO(), office(3), words=words("ru"), printed=PRINTED, cover=True, job=job)
    assert job.seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    stopped = _Job(stop_at=2)
    with pytest.raises(Stopped):
        write_pdf(io.BytesIO(), office(3), words=words("ru"), printed=PRINTED, cover=True, job=stopped)
    assert stopped.seen == [(0, 3), (1, 3)]
