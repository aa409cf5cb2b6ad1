"""What the window stands: names that look like markup, endless texts, a base on a server, heavy modules kept away."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from crmdesk.services import clients, interactions
from crmdesk.services.office import Desk
from crmdesk.ui.clients.screen import ClientsScreen
from crmdesk.ui.sheet.presenter import Phase
from crmdesk.ui.widgets.controls import tip
from tests.system.source import ROOT
from tests.ui.conftest import Opened, settle
from tests.ui.test_clients_screen import screen_of
from tests.ui.test_window import sheet_of

NASTY = 'ООО "A & B" <b>скидка</b> 🎉'


def test_that_the_first_frame_waits_for_no_store_and_no_paper() -> None:
    heavy = {"sqlalchemy", "reportlab", "alembic", "pypdfium2", "xlsxwriter", "holidays"}
    code = "import sys, crmdesk.app; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "crmdesk.app" in done.stdout.split()
    assert heavy & set(done.stdout.split()) == set()


def test_that_a_tooltip_shows_markup_as_it_was_typed() -> None:
    assert "<b>" not in tip(NASTY)
    assert "&amp;" in tip(NASTY)
    assert tip("просто имя") == "просто имя"


@pytest.mark.gui
def test_that_a_name_like_markup_is_shown_literally(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    assert app.window.office is not None
    assert screen.presenter.state.sheet is not None
    row = screen.presenter.state.sheet.rows[0]
    desk = app.window.office.desk
    form = clients.card(desk, row.client_id).form
    clients.save(desk, replace(form, name=NASTY), form)
    screen.presenter.load()
    settle(app, qtbot)
    assert screen.table.model.data(screen.table.model.index(0, 1)) == NASTY
    screen.table.open(screen.table.model.index(0, 1))
    settle(app, qtbot)
    assert app.window.inspector._title.text() == NASTY
    assert app.window.inspector._title.textFormat().name == "PlainText"


@pytest.mark.gui
def test_that_an_endless_resume_is_shown_and_does_not_stall(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("clients")
    settle(app, qtbot)
    assert app.window.office is not None
    desk = app.window.office.desk
    screen = screen_of(app, qtbot)
    client = screen.model.ids[0]
    endless = "очень длинное резюме " * 5_000
    interactions.record(desk, client, "call", resume=endless, no_next_reason="busy")
    screen.open_client(client)
    settle(app, qtbot)
    shown = app.window.inspector.records.model()
    texts = [str(shown.data(shown.index(n, 0))) for n in range(shown.rowCount())]
    assert any(text.startswith("02.11.2026") and "очень длинное" in text for text in texts)
    assert max(map(len, texts)) < 1_000


@pytest.mark.gui
@pytest.mark.postgres
def test_that_the_window_works_on_a_server_and_keeps_no_password(
    opened: Opened, postgres_office: Desk, qtbot: Any
) -> None:
    address = postgres_office.store.address
    app = opened(address)
    assert app.window.office is not None
    assert app.window.office.me.login == "boss"
    settle(app, qtbot)
    assert sheet_of(app).presenter.state.phase is Phase.EMPTY
    kept = str(app.kit.settings.get("office"))
    assert kept.startswith("postgresql://boss@")
    app.window.go("clients")
    settle(app, qtbot)
    screen = app.window.screens["clients"]
    assert isinstance(screen, ClientsScreen)
    assert screen.presenter.state.phase.value in ("empty", "nothing_found")
