"""The connection to the base: lost, looked for, back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.ui.frame.office import FrameOffice
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

PAUSES = (2_000, 4_000, 8_000, 15_000, 30_000)  # milliseconds between attempts; the last one for ever


class Connection(QObject):
    """Hears from the runner that the base is silent, and asks it again and again until it answers."""

    changed = Signal(bool)  # lost

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._office: Office | None = None
        self._attempts = 0
        self.lost = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        kit.runner.silent.connect(self._heard)

    def watch(self, office: Office | None) -> None:
        """Another office, or none."""
        self._office = office
        self._timer.stop()
        self._attempts = 0
        if self.lost:
            self.lost = False
            self.changed.emit(False)

    def look(self) -> None:
        """Asks the base whether it is there."""
        if self._office is None:
            return
        door = FrameOffice(self._office)
        self._timer.stop()
        again: Callable[[Exception], None] = lambda error: self._later()  # noqa: E731
        self._kit.runner.read(lambda job: door.probe(), lambda there: None, again, replaces="connection")

    def _later(self) -> None:
        if self.lost:
            self._timer.start(PAUSES[min(self._attempts, len(PAUSES) - 1)])
            self._attempts += 1

    def _heard(self, silent: bool) -> None:
        if self._office is None or silent == self.lost:
            return
        self.lost = silent
        self._attempts = 0
        if silent:
            self._later()
        else:
            self._timer.stop()
        self.changed.emit(silent)
