"""The first start: asks one thing, names what is missing, makes or opens an office, keeps no password."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crmdesk.app import App
from crmdesk.system.errors import UserError
from crmdesk.ui.office import Office
from crmdesk.ui.settings.presenter import shown_address
from crmdesk.ui.start.presenter import Choice, Form, StartPresenter, StartState, url
from crmdesk.ui.start.screen import StartScreen
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.runners import InstantRunner
from tests.ui.typing import type_text


class Offices:
    """Makes nothing, remembers what it was asked."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []
        self.error: Exception | None = None

    def create(self, address: str, form: Form, lang: str, login: str) -> Any:
        if self.error is not None:
            raise self.error
        self.made.append((address, login))
        return "office"

    def open(self, address: str) -> Any:
        self.made.append((address, ""))
        return "office"

    def example(self, address: str, lang: str, job: Any) -> Any:
        job.progress(1, 2)
        self.made.append((address, lang))
        return "office"


class Spy:
    """What is shown now."""

    def show_state(self, state: StartState) -> None:
        self.state = state


def made() -> tuple[StartPresenter, Spy, Offices, list[Office]]:
    spy, offices, ready = Spy(), Offices(), []
    presenter = StartPresenter(spy, InstantRunner(), offices, Path("data"), ready.append)
    presenter.start()
    return presenter, spy, offices, ready


def test_that_what_is_missing_is_named_and_nothing_is_made() -> None:
    presenter, spy, offices, ready = made()
    presenter.go()
    assert spy.state.missing == ("office", "owner")
    assert not offices.made
    assert not ready
    presenter.fill(office="Печать")
    assert spy.state.missing == ()


def test_that_an_office_on_one_computer_gets_a_file_of_its_name() -> None:
    presenter, _, offices, ready = made()
    presenter.fill(office="Печатный двор / №1", owner="Орлова Вера")
    presenter.go()
    assert offices.made == [(str(Path("data/Печатный двор  №1.crmdesk")), "owner")]
    assert ready == ["office"]


def test_that_a_shared_base_is_addressed_with_login_and_password() -> None:
    presenter, _, offices, _ = made()
    presenter.fill(choice=Choice.SHARED, server="db.local:5433", login="вера", password="a:b@c/d", new=False)
    presenter.go()
    assert offices.made == [("postgresql://%D0%B2%D0%B5%D1%80%D0%B0:a%3Ab%40c%2Fd@db.local:5433/crmdesk", "")]


@pytest.mark.parametrize(
    "address, shown",
    [
        ("work/office.crmdesk", "work/office.crmdesk"),
        ("postgresql://vera:secret@db:5432/crmdesk", "postgresql://vera@db:5432/crmdesk"),
        ("postgresql://vera@db/crmdesk", "postgresql://vera@db/crmdesk"),
    ],
)
def test_that_a_password_is_never_shown_or_kept(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def test_that_a_form_without_a_password_gives_an_address_without_one() -> None:
    assert url(Form(server="db", database="crm", login="vera")) == "postgresql://vera@db/crm"


def test_that_a_refusal_is_shown_and_can_be_mended() -> None:
    presenter, spy, offices, ready = made()
    offices.error = UserError("office_exists", address="x")
    presenter.fill(office="Печать", owner="Вера")
    presenter.go()
    assert spy.state.error is offices.error
    assert not spy.state.working
    offices.error = None
    presenter.go()
    assert ready == ["office"]


def page_of(app: App) -> StartScreen:
    page = app.window.findChild(StartScreen)
    assert isinstance(page, StartScreen)
    return page


@pytest.mark.gui
def test_that_a_new_office_is_made_and_opens_empty(opened: Opened, qtbot: Any, tmp_path: Path) -> None:
    app = opened(None)
    page = page_of(app)
    type_text(page._fields["office"], "Новая печать")
    type_text(page._fields["owner"], "Орлова Вера")
    page._go.click()
    settle(app, qtbot)
    assert app.window.office is not None
    assert app.window.office.facts.name == "Новая печать"
    assert app.window.here == "sheet"
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert kept["office"].endswith("Новая печать.crmdesk")


@pytest.mark.gui
def test_that_a_file_that_is_no_office_is_refused_in_words_and_left_alone(
    opened: Opened, qtbot: Any, tmp_path: Path
) -> None:
    file = tmp_path / "letter.crmdesk"
    file.write_text("Уважаемый Пётр Иванович!", encoding="utf-8")
    app = opened(None)
    app.open(str(file))
    qtbot.waitUntil(lambda: app.window.findChild(StartScreen) is not None and not app.kit.runner.busy, timeout=PATIENCE)
    page = page_of(app)
    qtbot.waitUntil(lambda: bool(page._banner.words), timeout=PATIENCE)
    assert str(file) in page._banner.words
    assert file.read_text(encoding="utf-8") == "Уважаемый Пётр Иванович!"


@pytest.mark.gui
@pytest.mark.slow
def test_that_the_example_is_made_once_and_opened_again(opened: Opened, qtbot: Any) -> None:
    app = opened(None)
    page = page_of(app)
    page._buttons[Choice.EXAMPLE].click()
    page._go.click()
    qtbot.waitUntil(lambda: app.window.office is not None and not app.kit.runner.busy, timeout=4 * PATIENCE)
    assert app.window.office is not None
    assert app.window.office.facts.demo
    first = app.window.office.address
    again = app.ask()
    again._buttons[Choice.EXAMPLE].click()
    again._go.click()
    settle(app, qtbot)
    assert app.window.office is not None
    assert app.window.office.address == first
