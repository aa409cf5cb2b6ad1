"""The number at Today in the rail: what I have still to do, in whatever view I am."""

from __future__ import annotations

from crmdesk.ui.changes import Change
from crmdesk.ui.frame.host import Host
from crmdesk.ui.frame.office import FrameOffice
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office


class ToDo:
    """Asks for it at first and after each change of tasks, and tells the rail."""

    def __init__(self, kit: Kit, host: Host) -> None:
        self._kit = kit
        self._host = host
        self._office: FrameOffice | None = None
        kit.changes.changed.connect(self._changed)

    def watch(self, office: Office | None) -> None:
        """The number of this office from now on; None: of none."""
        self._office = FrameOffice(office) if office is not None else None
        self.load()

    def load(self) -> None:
        """Asks anew."""
        office = self._office
        if office is not None:
            self._kit.runner.read(lambda job: office.still_open(), self._got, lambda error: None, replaces="to-do")

    def _changed(self, change: Change) -> None:
        if not change.nouns or "tasks" in change.nouns:
            self.load()

    def _got(self, count: int) -> None:
        if self._office is not None:
            self._host.counter("today", count or None)
