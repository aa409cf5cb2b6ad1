"""Python's cycle collector, kept on the UI thread.

A collection starts on whatever thread happens to allocate. On a worker's thread it would destroy widgets that became
garbage in a cycle, and Qt dies of that. So automatic collection is off while the window lives, and a timer collects.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500  # milliseconds


class Garbage(QObject):
    """Collects on the thread it was made on, until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Collects the youngest generations that are full, as Python itself would."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """Sets aside what is there now: modules and classes stay anyway, and need not be looked through again.

        Without this a full collection takes a quarter of a second, with it a few milliseconds.
        """
        gc.freeze()

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        gc.enable()
