"""The palette finds commands and clients, in the right and in the wrong layout."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crmdesk.ui.palette.presenter import Found, PalettePresenter, Row, score
from tests.ui.runners import InstantRunner


class Spy:
    """What is shown now."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.titles = [row.title for row in rows]


def command(title: str, keys: str = "") -> Row:
    return Row("", title, "", keys, lambda: None)


@pytest.mark.parametrize(
    "typed, better, worse",
    [
        ("ли", "Лист и отчёты", "Показать лист"),
        ("печать", "Печать листа", "Сохранить"),
        ("kbcn", "Лист и отчёты", "Настройки"),  # «лист» in the Latin layout
        ("ырууе", "Sheet", "Settings"),
        ("лист печ", "Лист: печать…", "Лист: просмотр"),
        ("отчеты", "Лист и отчёты", "Настройки"),  # е for ё
    ],
)
def test_that_the_better_fit_comes_first(typed: str, better: str, worse: str) -> None:
    assert score(typed, better) > score(typed, worse)


def test_that_nothing_typed_shows_what_has_a_key() -> None:
    spy = Spy()
    PalettePresenter(spy, InstantRunner(), lambda: [command("Лист", "Ctrl+7"), command("О программе")]).type("")
    assert spy.titles == ["Лист"]


def test_that_clients_come_after_commands_and_open_on_choice() -> None:
    spy, opened = Spy(), []
    presenter = PalettePresenter(
        spy,
        InstantRunner(),
        lambda: [command("Лист")],
        lambda text: [Found(5, "Издательство «Лист»", "VIP")] if text.startswith("лист") else [],
        opened.append,
    )
    presenter.type("лист")
    assert spy.titles == ["Лист", "Издательство «Лист»"]
    spy.rows[1].do()
    assert opened == [5]


def test_that_a_client_is_found_in_the_wrong_layout() -> None:
    spy = Spy()
    presenter = PalettePresenter(
        spy, InstantRunner(), list, lambda text: [Found(5, "Лидер", "")] if text == "лидер" else []
    )
    presenter.type("kblth")
    assert spy.titles == ["Лидер"]
