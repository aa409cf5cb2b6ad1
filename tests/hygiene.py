"""What every test must leave as it found it: nothing in the log that nobody expected, no thread still running."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

PATIENCE = 5.0  # seconds a thread that is ending may take


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    """The warnings and errors logged so far; a test that expects some looks at them and clears the list."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield collector.records
    logging.getLogger().removeHandler(collector)


@pytest.fixture(autouse=True)
def nothing_left_over(logged: list[logging.LogRecord]) -> Iterator[None]:
    """Fails the test that logs a warning nobody looked at, or leaves a thread alive."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in left:
        thread.join(PATIENCE)
    alive = [thread.name for thread in left if thread.is_alive()]
    assert alive == [], "threads left alive"
    assert [f"{r.name}: {r.getMessage()}" for r in logged] == [], "unexpected in the log"
