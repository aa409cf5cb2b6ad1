"""Two people work in one office on a server, each in his own window: what each may, what each sees of the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.app import App
from crmdesk.services import clients, timeline
from crmdesk.services.office import Desk
from crmdesk.ui.card.screen import CardScreen
from crmdesk.ui.sheet.options import FactorsDialog
from crmdesk.ui.sheet.screen import SheetScreen
from crmdesk.ui.views import VIEWS
from tests.ui.conftest import Opened, settle
from tests.ui.stalls import MOST, Stalls
from tests.ui.typing import press, type_text

pytestmark = [pytest.mark.gui, pytest.mark.postgres]
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Two:
    """The windows of the owner and of the manager `ivanova`."""

    owner: App
    manager: App
    settle: Callable[[], None]
    bugs: list[Exception]

    def card(self, app: App, client_id: int) -> CardScreen:
        app.window.open_client(client_id)
        self.settle()
        screen = app.window.screens["card"]
        assert isinstance(screen, CardScreen)
        return screen


def desk_of(app: App) -> Desk:
    assert app.window.office is not None
    return app.window.office.desk


@pytest.fixture
def two(opened: Opened, postgres_office: Desk, qtbot: Any) -> Two:
    address = postgres_office.store.address
    apps = opened(address, view="today"), opened(address.replace("//boss", "//ivanova"), view="today")
    bugs: list[Exception] = []
    for app in apps:
        app.kit.runner.bug.connect(bugs.append)

    def both() -> None:
        for app in apps:
            settle(app, qtbot)

    return Two(*apps, both, bugs)


def client_of(two: Two) -> int:
    """A client of the manager's."""
    desk = desk_of(two.manager)
    return clients.save(desk, replace(clients.new_form(desk), name="ООО «Двое»", city="Тула")).id


def test_that_a_manager_walks_everywhere_and_is_told_what_is_not_his(two: Two) -> None:
    window = two.manager.window
    assert window.office is not None
    assert window.office.me.login == "ivanova"
    client_of(two)
    for view in VIEWS:
        window.go(view.name)
        two.settle()
    window.go("settings", "office")
    two.settle()
    settings = window.screens["settings"]
    for name in settings.pages:  # type: ignore[attr-defined]
        settings.open(name)  # type: ignore[attr-defined]
    panes = settings.state_panes  # type: ignore[attr-defined]
    closed = {name for name, pane in panes.items() if pane.state == "no_right"}
    assert closed == {"office", "users", "factors", "norms"}
    window.go("sheet")
    two.settle()
    sheet, owners = window.screens["sheet"], two.owner.window
    owners.go("sheet")
    two.settle()
    for screen, may in ((sheet, False), (owners.screens["sheet"], True)):
        assert isinstance(screen, SheetScreen)
        screen.options._open_factors()
        dialog = screen.window().findChild(FactorsDialog)
        assert dialog is not None
        assert dialog.for_office.isVisibleTo(dialog) is may
        dialog.reject()
    assert two.bugs == []
    assert window.banner.words == ""


def test_that_both_see_each_other_and_neither_overwrites_the_other(two: Two) -> None:
    client = client_of(two)
    hers, his = two.card(two.manager, client), two.card(two.owner, client)
    hers.reload()
    two.settle()
    assert hers.presenter.state.others == (desk_of(two.owner).me.name,)
    assert his.presenter.state.others == (desk_of(two.manager).me.name,)
    type_text(hers.composer.text, "звонила, ждут макет")
    press(hers.composer.text, Qt.Key.Key_Return, CTRL)
    hers.side.presenter.change({"city": "Орёл", "notes": "звонить утром"})
    two.settle()
    his.side.presenter.change({"city": "Курск", "address": "Мира, 4"})
    two.settle()
    clash = his.side.presenter.state.clash
    assert clash is not None
    assert clash.who == desk_of(two.manager).me.name
    assert {name: (one.mine, one.theirs, one.base) for name, one in clash.fields.items()} == {
        "city": ("Курск", "Орёл", "Тула"),
        "notes": ("", "звонить утром", ""),
    }
    his.side.presenter.decide(set())
    two.settle()
    two.manager.window.undoing.undo()  # he has gone on from there
    two.settle()
    assert "с тех пор изменили" in two.manager.window.banner.words
    two.owner.window.undoing.undo()  # his own change, and nothing of hers
    two.settle()
    form = clients.card(desk_of(two.owner), client).form
    assert (form.city, form.notes, form.address) == ("Орёл", "звонить утром", "")
    assert "звонила, ждут макет" in [entry.words for entry in timeline.page(desk_of(two.owner), client).entries]
    assert two.bugs == []


def test_that_connections_cut_between_two_keys_are_never_noticed(two: Two, postgres_server: str) -> None:
    client = client_of(two)
    card = two.card(two.manager, client)
    stalls = Stalls()
    stalls.start()
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as boss:
        boss.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'ivanova'")
    type_text(card.composer.text, "второй звонок")
    press(card.composer.text, Qt.Key.Key_Return, CTRL)
    two.settle()
    QApplication.processEvents()
    stalls.stop()
    entries = timeline.page(desk_of(two.manager), client).entries
    assert [entry.words for entry in entries].count("второй звонок") == 1
    assert card.composer.typed.is_empty
    assert not two.manager.window.connection.lost
    assert two.manager.window.banner.words == ""
    assert stalls.longest < MOST
