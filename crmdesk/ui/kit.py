"""What every screen is handed: look, language, commands, the door to work, this computer's choices."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.system.clock import Clock
from crmdesk.system.i18n import Words
from crmdesk.system.settings import Settings
from crmdesk.ui.changes import Changes
from crmdesk.ui.commands import Commands
from crmdesk.ui.language import Language
from crmdesk.ui.tasks import TaskRunner
from crmdesk.ui.theme.look import Look


@dataclass
class Kit:
    """The surroundings of a screen; made once by app.py, handed to constructors.

    `clock` is the computer's until an office is open, then the office's: set by the window.
    """

    look: Look
    language: Language
    commands: Commands
    runner: TaskRunner
    settings: Settings
    clock: Clock
    changes: Changes

    @property
    def words(self) -> Words:
        """The words of the moment; ask each time, the language may have changed."""
        return self.language.words
