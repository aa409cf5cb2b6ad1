"""The store goes while somebody types: it is said, the text stays, and when the store is back it is stored once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtCore import Qt

from crmdesk.domain.timeline import EntryKind
from crmdesk.services import clients, tasks, timeline
from crmdesk.services.office import Desk
from crmdesk.ui.card.screen import CardScreen
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.gui
Gone = Callable[[Desk], AbstractContextManager[None]]


@contextmanager
def file_away(desk: Desk) -> Iterator[None]:
    """The disk is pulled: the file is not where it was."""
    file = Path(desk.store.address)
    desk.store.engine.dispose()
    aside = file.rename(file.with_suffix(".aside"))
    yield
    desk.store.engine.dispose()
    file.unlink(missing_ok=True)
    aside.rename(file)


@contextmanager
def server_silent(desk: Desk) -> Iterator[None]:
    """The server lets nobody in and throws out who is there."""
    server, _, name = desk.store.address.partition("?")[0].rpartition("/")
    query = desk.store.address.partition("?")[2]
    with psycopg.connect(f"{server}/postgres?{query}", autocommit=True) as boss:
        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        boss.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        yield
        boss.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_that_what_is_typed_outlives_the_store(office: Desk, opened: Opened, qtbot: Any) -> None:
    client = clients.save(office, replace(clients.new_form(office), name="Стройдвор", manager_id=office.me.id)).id
    app = opened(office.store.address)
    app.window.open_client(client)
    settle(app, qtbot)
    card = app.window.screens["card"]
    assert isinstance(card, CardScreen)
    type_text(card.composer.text, "звонила Ткач, ждём макет")
    assert app.window.office is not None
    desk = app.window.office.desk
    gone: Gone = server_silent if desk.store.dialect == "postgresql" else file_away
    office.store.engine.dispose()
    with gone(desk):
        press(card.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not app.kit.runner.busy, timeout=PATIENCE)
        assert card.composer.text.toPlainText() == "звонила Ткач, ждём макет"
        assert app.window.banner.words != "" or card.composer.hint.text() != ""
        app.kit.changes.tell("tasks")  # the reminders ask, too, and are told no
        qtbot.waitUntil(lambda: not app.kit.runner.busy, timeout=PATIENCE)
        assert app.reminders.presenter is not None
        assert app.reminders.presenter.state.error is not None
        assert app.reminders.waker is not None
    press(card.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(app, qtbot)
    assert card.composer.typed.is_empty
    (entry,) = timeline.page(desk, client, (EntryKind.CALL,)).entries
    assert entry.words == "звонила Ткач, ждём макет"
    tasks.add(desk, client, "call", desk.clock.today(), "перезвонить", time=9 * 60 + 32)
    app.kit.changes.tell("tasks")
    settle(app, qtbot)
    assert app.reminders.presenter.state.error is None
    assert app.reminders.bell.count == 1
