"""Long work: how it tells its progress and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Stopped(Exception):
    """The person asked the work to stop; the transaction is rolled back and nothing is left half done."""


class Job(Protocol):
    """What long work is given: a place to report to, and to be stopped from."""

    def progress(self, done: int, total: int) -> None:
        """So much of so much is done; called often, must be cheap."""

    def check(self) -> None:
        """Raises Stopped when the work should end."""


class _NoJob:
    def progress(self, done: int, total: int) -> None:
        """Nobody looks on."""

    def check(self) -> None:
        """Nobody stops it."""


NO_JOB: Job = _NoJob()
