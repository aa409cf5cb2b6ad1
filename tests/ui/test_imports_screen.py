"""The import in the window: a strange file is understood, brought in, seen in the list, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crmdesk.app import App
from crmdesk.system.errors import OutsideError
from crmdesk.ui.clients.screen import ClientsScreen
from crmdesk.ui.imports.presenter import ImportPresenter, ImportState, Step
from crmdesk.ui.imports.screen import ImportDialog
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.runners import InstantRunner

SAMPLES = Path(__file__).parent.parent / "samples" / "nasty"


class Refusing:
    """An office that cannot read the file."""

    def look_at(self, kind: str, path: Path, mapping: object, *, create_unknown: bool, job: Any) -> Any:
        raise OutsideError("no_file", file=str(path))

    def bring_in(self, *_: object, **__: object) -> Any:
        raise AssertionError("never asked")

    def take_back(self, import_id: int) -> Any:
        raise AssertionError("never asked")


class Spy:
    """What is shown now."""

    def show_state(self, state: ImportState) -> None:
        self.state = state


def test_that_an_unreadable_file_leads_back_to_the_choice() -> None:
    spy = Spy()
    presenter = ImportPresenter(spy, InstantRunner(), Refusing(), lambda: None)
    presenter.choose(Path("nothing.csv"))
    assert spy.state.step is Step.CHOOSE
    assert isinstance(spy.state.error, OutsideError)
    assert not presenter.can_run
    presenter.run()
    assert spy.state.step is Step.CHOOSE


def dialog_of(app: App) -> ImportDialog:
    app.kit.commands.run("import")
    dialog = app.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    return dialog


@pytest.mark.gui
def test_that_a_file_comes_in_and_can_be_taken_back(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("clients")
    settle(app, qtbot)
    clients = app.window.screens["clients"]
    assert isinstance(clients, ClientsScreen)
    before = len(clients.model.ids)
    dialog = dialog_of(app)
    presenter = dialog._presenter
    dialog.choose(SAMPLES / "bitrix24_semicolon_utf8bom.csv")
    qtbot.waitUntil(lambda: presenter.state.step is Step.PREVIEW, timeout=PATIENCE)
    preview = presenter.state.preview
    assert preview is not None
    assert dialog.columns.rowCount() == len(preview.columns)
    assert dialog.rows.rowCount() == len(preview.rows)
    if preview.outcome.refused:
        dialog.good.setChecked(True)
    assert dialog.verb.isEnabled()
    dialog.verb.click()
    qtbot.waitUntil(lambda: presenter.state.step is Step.REPORT, timeout=PATIENCE)
    settle(app, qtbot)
    report = presenter.state.report
    assert report is not None
    assert report.import_id is not None
    assert len(clients.model.ids) > before
    assert dialog.refusals.count() == len(report.refused)
    dialog.undo_button.click()
    qtbot.waitUntil(lambda: presenter.state.step is Step.UNDONE, timeout=PATIENCE)
    settle(app, qtbot)
    assert len(clients.model.ids) == before
    dialog.refuse.click()


@pytest.mark.gui
def test_that_a_column_can_be_told_what_it_is(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    settle(app, qtbot)
    dialog = dialog_of(app)
    presenter = dialog._presenter
    dialog.choose(SAMPLES / "outlook_cp1251.csv")
    qtbot.waitUntil(lambda: presenter.state.step is Step.PREVIEW, timeout=PATIENCE)
    preview = presenter.state.preview
    assert preview is not None
    guessed = next(column for column in preview.columns if column.field)
    presenter.use_field(guessed.label, "")
    qtbot.waitUntil(lambda: presenter.state.step is Step.PREVIEW, timeout=PATIENCE)
    again = presenter.state.preview
    assert again is not None
    assert next(column for column in again.columns if column.label == guessed.label).field == ""
    dialog.refuse.click()
