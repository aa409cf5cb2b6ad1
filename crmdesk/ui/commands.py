"""The registry of commands: one source for the menu, the palette, tooltips, the list of keys and the keys themselves.

Qt finds a key by its character, so Ctrl+K is dead in a Russian layout, where that key is Л. Every Ctrl+letter is
therefore registered with its twin in ЙЦУКЕН, Russian and Ukrainian.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.ui.language import Language
from crmdesk.ui.theme.look import Look

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю"
MENUS = ("file", "view", "sheet", "help")


@dataclass(frozen=True)
class Command:
    """Something a person can tell the program to do. `title` is an English msgid, `keys` Qt's portable text."""

    name: str
    title: str
    do: Callable[[], None]
    menu: str
    keys: str = ""
    icon: str = ""
    enabled: Callable[[], bool] = lambda: True


class Commands(QObject):
    """All commands by name, in the order they were added."""

    def __init__(self, language: Language, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._look = look
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        language.changed.connect(self.retranslate)
        look.changed.connect(self._repaint)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __getitem__(self, name: str) -> Command:
        return self._commands[name]

    def add(self, command: Command, owner: QWidget) -> QAction:
        """Registers a command; its keys work while `owner`'s window is active. A name is taken once."""
        if command.name in self._commands:
            raise ValueError(f"command twice: {command.name}")
        action = QAction(owner)
        action.setShortcuts(sequences(command.keys))
        action.triggered.connect(lambda: self.run(command.name))
        owner.addAction(action)
        self._commands[command.name] = command
        self._actions[command.name] = action
        self.retranslate()
        self._repaint()
        return action

    def known(self, name: str) -> bool:
        """Whether there is such a command now."""
        return name in self._commands

    def remove(self, name: str) -> None:
        """Forgets a command; its screen is gone."""
        del self._commands[name]
        action = self._actions.pop(name)
        action.setParent(None)
        action.deleteLater()

    def action(self, name: str) -> QAction:
        """The command as Qt knows it."""
        return self._actions[name]

    def title(self, name: str) -> str:
        """The command in the language of the window."""
        return self._language.words.gettext(self._commands[name].title)

    def hint(self, name: str) -> str:
        """The title with its key, for a tooltip: «Назад (Alt+←)»."""
        keys = shown_keys(self._commands[name].keys)
        return f"{self.title(name)} ({keys})" if keys else self.title(name)

    def run(self, name: str) -> None:
        """Does it, if it can be done now."""
        command = self._commands[name]
        if command.enabled():
            command.do()

    def refresh(self) -> None:
        """Greys out in the menu what cannot be done now."""
        for name, command in self._commands.items():
            self._actions[name].setEnabled(command.enabled())

    def retranslate(self) -> None:
        """Says all titles anew."""
        for name, action in self._actions.items():
            action.setText(self.title(name))

    def _repaint(self) -> None:
        for name, action in self._actions.items():
            icon = self._commands[name].icon
            if icon:
                action.setIcon(self._look.icon(icon))


def sequences(keys: str) -> list[QKeySequence]:
    """The key with its twins in the Cyrillic layouts."""
    if not keys:
        return []
    found = [QKeySequence.fromString(keys)]
    start, _, last = keys.rpartition("+")
    place = LATIN.find(last.lower())
    if start and place >= 0 and last.isalpha() or last in (",", "."):
        for layout in (RUSSIAN, UKRAINIAN):
            twin = QKeySequence.fromString(f"{start}+{layout[place].upper()}")
            if twin not in found:
                found.append(twin)
    return found


def shown_keys(keys: str) -> str:
    """The key as people read it: arrows as arrows."""
    for name, sign in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        keys = keys.replace(name, sign)
    return keys


def other_layouts(text: str) -> tuple[str, ...]:
    """What was meant if the wrong layout was on: «ырууе» → "sheet", "rkbtyn" → «клиент»."""
    low = text.lower()
    found = []
    for one, other in ((LATIN, RUSSIAN), (LATIN, UKRAINIAN), (RUSSIAN, LATIN), (UKRAINIAN, LATIN)):
        twin = "".join(other[one.index(c)] if c in one else c for c in low)
        if twin != low and twin not in found:
            found.append(twin)
    return tuple(found)
