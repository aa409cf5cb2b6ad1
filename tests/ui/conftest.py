"""The window's tests run offscreen with the bundled fonts; a Qt warning or a thread left over fails them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from crmdesk.ui.language import Language
from crmdesk.ui.tasks import TaskRunner
from crmdesk.ui.theme.look import Look


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
