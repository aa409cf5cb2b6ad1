"""The window's tests run offscreen with the bundled fonts; a Qt warning or a thread left over fails them."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crmdesk.app import App
from crmdesk.system.settings import Settings
from crmdesk.ui.language import Language
from crmdesk.ui.tasks import TaskRunner
from crmdesk.ui.theme.look import Look
from tests.conftest import NOW
from tests.ui.offices import make_demo
from tests.ui.stalls import Stalls

PATIENCE = 30_000  # milliseconds to wait for a base on a busy machine


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Iterator[Look]:
    """The light look; a test that changes it puts it back by `use`."""
    found = Look(qapp, "light")
    yield found
    found.close()


@pytest.fixture
def language(qapp: QApplication) -> Language:
    """The words of the window, in English."""
    return Language(qapp, "en")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    """The real runner; its threads end with the test."""
    found = TaskRunner()
    yield found
    assert found.close(), "a thread of the runner did not end"


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo print shop in a file, to be copied."""
    file = tmp_path_factory.mktemp("demo") / "demo.crmdesk"
    make_demo(file)
    return file


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> str:
    """The address of an own copy of the demo print shop."""
    return str(shutil.copy(demo_template, tmp_path / "demo.crmdesk"))


@pytest.fixture
def stalls(qapp: QApplication) -> Iterator[Stalls]:
    """The event-loop probe, not yet started: `stalls.start()`, the journey, `assert stalls.longest < MOST`."""
    found = Stalls()
    yield found
    found.stop()


Opened = Callable[..., App]


@pytest.fixture
def opened(qapp: QApplication, qtbot: object, tmp_path: Path) -> Iterator[Opened]:
    """Starts the program as a person would: `opened(address, lang="ru")`; `view` opens first; ended after the test."""
    apps: list[App] = []

    def start(
        address: str | None, *, lang: str = "ru", theme: str = "light", view: str = "sheet", login: str | None = None
    ) -> App:
        settings = Settings(tmp_path / "settings.json")
        if view:
            settings.set("place", {"view": view})
        app = App(qapp, lang=lang, theme=theme, now=NOW, settings=settings, login=login)
        apps.append(app)
        app.start(address)
        if address is not None:
            settle(app, qtbot)
        return app

    yield start
    while apps:
        apps.pop().close()
    QApplication.processEvents()
    gc.collect()


def settle(app: App, qtbot: object) -> None:
    """Until the office is open and every question is answered."""

    def quiet() -> bool:
        if app.window.office is None or app.kit.runner.busy:
            return False
        QApplication.processEvents()  # an answer on its way may ask the next question
        return not app.kit.runner.busy

    qtbot.waitUntil(quiet, timeout=PATIENCE)  # type: ignore[attr-defined]
    QApplication.processEvents()
