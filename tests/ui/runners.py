"""A runner that works at once, for presenters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crmdesk.system.jobs import Stopped


class Over:
    """Work that is already done."""

    def stop(self) -> None:
        """Nothing left to stop."""


class InstantRunner:
    """Does the work while it is asked for. `hold` keeps it back until `let_go`, to look at what is shown meanwhile."""

    def __init__(self) -> None:
        self.hold = False
        self.held: list[Callable[[], None]] = []
        self.stop_long_work = False

    def read(self, work: Any, done: Any, failed: Any, *, replaces: str | None = None) -> Over:
        return self._do(work, done, failed, None, None)

    def write(self, work: Any, done: Any, failed: Any) -> Over:
        return self._do(work, done, failed, None, None)

    def long(self, work: Any, done: Any, failed: Any, *, progress: Any, stopped: Any) -> Over:
        return self._do(work, done, failed, progress, stopped)

    def let_go(self) -> None:
        self.hold = False
        waiting, self.held = self.held, []
        for one in waiting:
            one()

    def _do(self, work: Any, done: Any, failed: Any, progress: Any, stopped: Any) -> Over:
        def now() -> None:
            try:
                value = work(_Job(progress, self.stop_long_work))
            except Stopped:
                stopped()
            except Exception as error:
                failed(error)
            else:
                done(value)

        if self.hold:
            self.held.append(now)
        else:
            now()
        return Over()


class _Job:
    def __init__(self, progress: Any, stop: bool) -> None:
        self._progress = progress
        self._stop = stop

    def progress(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)

    def check(self) -> None:
        if self._stop:
            raise Stopped
