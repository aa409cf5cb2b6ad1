"""An event-loop probe: how long the window's thread works between two turns of its loop."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

MOST = 100.0  # milliseconds that no turn may take
USUAL = 16.0  # and most turns stay below


class Stalls(QObject):
    """Begins with `start`. The thread's own time counts, in milliseconds: a busy machine does not."""

    def __init__(self) -> None:
        super().__init__()
        self._marks: list[float] = []
        self._probe = QTimer(self, interval=0)
        self._probe.timeout.connect(self._mark)

    def start(self) -> None:
        """Forgets what was and begins."""
        self._marks = [time.thread_time()]
        self._probe.start()

    def stop(self) -> None:
        """Ends; nothing more is measured."""
        if self._probe.isActive():
            self._probe.stop()
            self._mark()

    @property
    def gaps(self) -> list[float]:
        """Every turn's time."""
        return [(after - before) * 1000 for before, after in zip(self._marks, self._marks[1:], strict=False)]

    @property
    def longest(self) -> float:
        """The longest turn."""
        return max(self.gaps, default=0.0)

    def _mark(self) -> None:
        self._marks.append(time.thread_time())
