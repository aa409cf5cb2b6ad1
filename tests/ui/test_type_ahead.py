"""Rows found by typing their beginning."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from crmdesk.services import day as day_service
from crmdesk.ui.widgets.type_ahead import TypeAhead, row_of
from tests.ui.conftest import Opened
from tests.ui.typing import type_text

ROWS = ("", "ООО «Ёлка»", "Гудзик", "Ґанок", "Елена и К", "ТД «Ёж»")


@pytest.mark.parametrize(
    ("typed", "after", "row"),
    [("ел", -1, 1), ("ЁЛ", 1, 4), ("ел", 4, 1), ("ганок", -1, 3), ("еж", -1, 5), ("ооо", -1, 1), ("я", -1, -1)],
)
def test_that_a_row_is_found_by_the_beginning_of_a_word_whatever_its_letters(typed: str, after: int, row: int) -> None:
    assert row_of(ROWS, typed, after) == row


def test_that_letters_typed_at_once_belong_together_and_one_alone_goes_on(qapp: QApplication) -> None:
    ahead = TypeAhead()
    assert ahead.row("е", ROWS, -1) == 1
    assert ahead.row("л", ROWS, 1) == 1  # more letters of the same row
    assert ahead.row("е", ROWS, 1) == 4


@pytest.mark.gui
def test_that_typing_on_today_goes_to_a_client(opened: Opened, demo: str) -> None:
    app = opened(demo, view="today", login="kovaleva")
    assert app.window.office is not None
    day = day_service.page(app.window.office.desk)
    found = app.window.screens["today"].list
    found.setFocus()
    name = next(one.task.client for one in reversed(day.tasks) if one.task.client)
    letters = "".join(c for c in name.split()[-1] if c.isalpha())[:6]
    type_text(found, letters.upper())
    current = found.current()
    assert current is not None and letters.casefold() in current.client.casefold()
    assert app.window.focusWidget() is found
