"""The connection to the base: lost, looked for, back."""

from __future__ import annotations

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
        self._looking = False
        self.lost = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        kit.runner.silent.connect(self._heard)

    def watch(self, office: Office | None) -> None:
        """Another office, or none."""
        self._office = office
        self._timer.stop()
        self._attempts = 0
        self._looking = False
        if self.lost:
            self.lost = False
            self.changed.emit(False)

    def look(self) -> None:
        """Asks the base whether it is there."""
        if self._office is None:
            return
        door = FrameOffice(self._office)
        self._timer.stop()
        self._looking = True
        self._kit.runner.read(
            lambda job: door.probe(), lambda there: self._found(), lambda error: self._later(), replaces="connection"
        )

    def _found(self) -> None:
        self._looking = False
        if self.lost:
            self._say(lost=False)

    def _later(self) -> None:
        self._looking = False
        if self.lost:
            self._timer.start(PAUSES[min(self._attempts, len(PAUSES) - 1)])
            self._attempts += 1

    def _heard(self, silent: bool) -> None:
        """Work was answered, or was not. Not all work asks the base: that something was answered is a reason to look
        whether it is back, and no proof of it."""
        if self._office is None or silent == self.lost:
            return
        if silent:
            self._say(lost=True)
            self._later()
        elif not self._looking:
            self.look()

    def _say(self, *, lost: bool) -> None:
        self.lost = lost
        self._attempts = 0
        self._timer.stop()
        self.changed.emit(lost)
