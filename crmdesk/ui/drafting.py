"""Keeps the draft of one form while somebody types: within a second of the last key, whatever the store is doing.

self._draft = Drafting(Drafts.of(office.address, office.me.id), f"contact-{client_id}", kit.clock, self)
edit.textChanged.connect(lambda: self._draft.typed({"resume": edit.toPlainText()}))
# the store has it:                        self._draft.forget()
# the form opens again: self._draft.kept() is what was left, or None
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.system.clock import Clock
from crmdesk.system.drafts import Draft, Drafts

PAUSE = 300  # milliseconds after the first key not yet kept; a kill costs no more than this


class Drafting(QObject):
    """The draft of one form. `written` says after each attempt whether the disk has the text."""

    written = Signal(bool)

    def __init__(self, drafts: Drafts, key: str, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._drafts = drafts
        self._clock = clock
        self._fields: dict[str, str] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.flush)

    def kept(self) -> Draft | None:
        """What was left of the form before, when something was."""
        return self._drafts.get(self.key)

    def typed(self, fields: Mapping[str, str]) -> None:
        """What stands in the form now. The clock is not started anew by each key: steady typing is kept, too."""
        self._fields = dict(fields)
        if not self._pause.isActive():
            self._pause.start()

    def flush(self) -> None:
        """Keeps it at once; does nothing when there is nothing new."""
        self._pause.stop()
        if self._fields is not None:
            fields, self._fields = self._fields, None
            self.written.emit(self._drafts.keep(self.key, fields, self._clock.now()))

    def forget(self) -> None:
        """The store has the text, or nobody wants it."""
        self._pause.stop()
        self._fields = None
        self._drafts.forget(self.key)
