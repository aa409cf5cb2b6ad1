"""The scheduled copies: while an office is open they are made in time; after a restore they wait for a word."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from crmdesk.system.errors import CrmError
from crmdesk.ui.error_texts import sentence
from crmdesk.ui.frame.window import Window
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

LOOK_EVERY = 5 * 60_000  # milliseconds between two looks whether a copy is due; a look is one small query

log = logging.getLogger("crmdesk.copies")


class CopyKeeper(QObject):
    """Looks after the copies of the office in the window."""

    def __init__(self, kit: Kit, window: Window) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def watch(self, office: Office) -> None:
        """A new office is in the window: says when its copies rest, and looks from now on."""
        self._timer.start()
        self._kit.runner.read(lambda job: office.copies_rest(), self._rest, lambda error: None, replaces="copies-rest")

    def look(self) -> None:
        """Makes a copy when one is due."""
        office = self._window.office
        if office is not None and not self._kit.runner.busy:
            self._kit.runner.long(
                lambda job: office.backup_if_due(job),
                self._made,
                self._failed,
                progress=lambda done, total: None,
                stopped=lambda: None,
            )

    def make_now(self) -> None:
        """Makes a copy because somebody asks for one, and says where it lies."""
        office = self._window.office
        if office is not None:
            self._kit.runner.long(
                lambda job: office.backup(None, job),
                self._made_now,
                self._failed,
                progress=lambda done, total: None,
                stopped=lambda: None,
            )

    def _made_now(self, path: Path) -> None:
        self._window.ask_copy()
        self._window.tell("done", self._kit.words.gettext("Copy made and verified"), str(path))

    def last(self) -> None:
        """The copy at exit, when the window has gone; a failure is only logged, nobody looks on any more."""
        self._timer.stop()
        office = self._window.office
        if office is not None:
            try:
                office.backup_at_exit()
            except CrmError as error:
                log.error("no copy at exit: %s", error.key)

    def _made(self, made: bool) -> None:
        if made:
            self._window.ask_copy()

    def _failed(self, error: Exception) -> None:
        words = self._kit.words
        said = sentence(error, words) if isinstance(error, CrmError) else str(error)
        self._window.tell("over", words.gettext("The copy could not be made."), said)

    def _rest(self, resting: bool) -> None:
        if resting:
            words = self._kit.words
            self._window.tell(
                "today",
                words.gettext("This office was restored."),
                words.gettext("Scheduled copies rest until you say that it is the right one."),
                action=words.gettext("It is the right one"),
                press=self._confirm,
            )

    def _confirm(self) -> None:
        office = self._window.office
        if office is not None:
            self._kit.runner.write(lambda job: office.confirm_restored(), lambda done: None, self._failed)
