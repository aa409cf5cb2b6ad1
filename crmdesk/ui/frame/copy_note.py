"""How old the last verified copy is, in the status bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from crmdesk.ui.frame.status import StatusBar
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

HOURS = 12  # a copy that is younger is told in hours


class CopyNote:
    """Asks when an office is opened and when a copy was made; `changed` is called when the answer is another one."""

    def __init__(self, kit: Kit, status: StatusBar, changed: Callable[[], None]) -> None:
        self._kit = kit
        self._status = status
        self._changed = changed
        self._office: Office | None = None
        self._at: datetime | None = None
        self._known = False
        kit.language.changed.connect(self._say)

    def watch(self, office: Office | None) -> None:
        """Another office, or none."""
        self._office = office
        self._known = False
        self._status.tell("copy", "database-backup", "")
        self.ask()

    def ask(self) -> None:
        """Looks up how old the last verified copy is."""
        office = self._office
        if office is not None:
            self._kit.runner.read(lambda job: office.last_copy(), self._got, lambda error: None, replaces="copy")

    def _got(self, at: datetime | None) -> None:
        news = self._known and at != self._at
        self._at, self._known = at, True
        self._say()
        if news:
            self._changed()

    def _say(self) -> None:
        words = self._kit.words
        if self._office is None or not self._known:
            return
        if self._at is None:
            self._status.tell("copy", "database-backup", words.gettext("No verified copy yet"), "today")
            return
        clock = self._kit.clock
        days = (clock.today() - self._at.astimezone(ZoneInfo(clock.zone)).date()).days
        hours = max(0, int((clock.now() - self._at).total_seconds() // 3600))
        if not hours:
            text = words.gettext("Copy verified less than an hour ago")
        elif days <= 0 or hours < HOURS:
            text = words.ngettext("Copy verified {n} hour ago", "Copy verified {n} hours ago", hours)
        else:
            text = words.ngettext("Copy verified {n} day ago", "Copy verified {n} days ago", days)
        self._status.tell("copy", "database-backup", text)
