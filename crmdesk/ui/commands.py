"""The registry of commands: one source for the menu, the palette, tooltips, the list of keys and the keys themselves.

Qt finds a key by its character, so Ctrl+K is dead in a Russian layout, where that key is Л. Every Ctrl+letter is
therefore registered with its twin in ЙЦУКЕН, Russian and Ukrainian.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from crmdesk.ui.language import Language
from crmdesk.ui.theme.look import Look

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбю"
MENUS = ("file", "edit", "view", "client", "task", "reports", "help")


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
    """The commands of the frame, which are always there, and those of the views, each while its view is open.

    Two views may use the same name ("new", "edit", "done", …) and the same keys. A key that the open view uses
    belongs to the view, also if a command of the frame has it.
    """

    filled = Signal()  # other commands are in force now

    def __init__(self, language: Language, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._look = look
        self._commands: dict[tuple[str, str], Command] = {}
        self._actions: dict[tuple[str, str], QAction] = {}
        self._given: dict[tuple[str, str], tuple[QKeySequence, ...]] = {}
        self._view = ""
        self._waiting = False  # several are being added: they come into force together
        language.changed.connect(self.retranslate)
        look.changed.connect(self._repaint)

    def __iter__(self) -> Iterator[Command]:
        """Those in force: the open view's, then the frame's."""
        yield from [self._commands[key] for key in self._in_force()]

    def __getitem__(self, name: str) -> Command:
        return self._commands[self._key(name)]

    def add(self, command: Command, owner: QWidget, view: str = "") -> QAction:
        """Registers a command, of a view if one is named; its keys work while `owner`'s window is active and the view
        is open. In one view, a name is taken once."""
        key = (view, command.name)
        if key in self._commands:
            raise ValueError(f"command twice: {command.name}")
        if command.menu not in MENUS:
            raise ValueError(f"no such menu: {command.menu}")
        action = QAction(owner)
        action.triggered.connect(lambda: self._do(key))
        owner.addAction(action)
        self._commands[key] = command
        self._actions[key] = action
        self._say(key)
        self._dress(key)
        self._put_in_force()
        return action

    @contextmanager
    def together(self) -> Iterator[None]:
        """The commands that are added inside the block come into force at its end, all at once."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
            self._put_in_force()

    def use(self, view: str) -> None:
        """The commands of this view are in force from now on, beside the frame's."""
        self._view = view
        self._put_in_force()

    def known(self, name: str) -> bool:
        """Whether there is such a command now."""
        return any((view, name) in self._commands for view in (self._view, ""))

    def of_view(self, name: str) -> bool:
        """Whether it belongs to the open view."""
        return bool(self._view) and (self._view, name) in self._commands

    def forget(self, views: bool = True, names: Collection[str] = ()) -> None:
        """Forgets the commands of all views, whose screens are gone, and those of the frame that are named."""
        for key in list(self._commands):
            if (views and key[0]) or (not key[0] and key[1] in names):
                del self._commands[key]
                action = self._actions.pop(key)
                action.setParent(None)
                action.deleteLater()
        self._view = ""
        self._put_in_force()

    def action(self, name: str) -> QAction:
        """The command as Qt knows it."""
        return self._actions[self._key(name)]

    def title(self, name: str) -> str:
        """The command in the language of the window."""
        return self._language.words.gettext(self[name].title)

    def hint_of(self, command: Command) -> str:
        """The title of a command, of whichever view, with its key, for a tooltip: «Назад (Alt+←)»."""
        title, keys = self._language.words.gettext(command.title), shown_keys(command.keys)
        return f"{title} ({keys})" if keys else title

    def run(self, name: str) -> None:
        """Does it, if it can be done now."""
        self._do(self._key(name))

    def grey(self) -> None:
        """Greys out what cannot be done now, while a menu is open."""
        for key, command in self._commands.items():
            self._actions[key].setEnabled(command.enabled())

    def wake(self) -> None:
        """The menu is closed: keys ask by themselves whether a thing can be done, a grey action would not."""
        for action in self._actions.values():
            action.setEnabled(True)

    def retranslate(self) -> None:
        """Says all titles anew."""
        for key in self._actions:
            self._say(key)

    def _say(self, key: tuple[str, str]) -> None:
        self._actions[key].setText(self._language.words.gettext(self._commands[key].title).replace("&", "&&"))

    def _in_force(self) -> list[tuple[str, str]]:
        """The open view's, then the frame's without those whose name the view has."""
        of_view = [key for key in self._commands if key[0] == self._view]
        if not self._view:
            return of_view
        names = {name for _, name in of_view}
        return of_view + [key for key in self._commands if not key[0] and key[1] not in names]

    def _key(self, name: str) -> tuple[str, str]:
        return (self._view, name) if (self._view, name) in self._commands else ("", name)

    def _do(self, key: tuple[str, str]) -> None:
        command = self._commands[key]
        if command.enabled():
            command.do()

    def _put_in_force(self) -> None:
        if self._waiting:
            return
        taken: set[str] = set()
        given: dict[tuple[str, str], tuple[QKeySequence, ...]] = {}
        for key in self._in_force():
            given[key] = tuple(one for one in sequences(self._commands[key].keys) if one.toString() not in taken)
            taken.update(one.toString() for one in given[key])
        for key, action in self._actions.items():
            if self._given.get(key) != given.get(key):
                action.setShortcuts(given.get(key, ()))
                action.setVisible(key in given)
        self._given = given
        self.filled.emit()

    def _repaint(self) -> None:
        for key in self._actions:
            self._dress(key)

    def _dress(self, key: tuple[str, str]) -> None:
        icon = self._commands[key].icon
        if icon:
            self._actions[key].setIcon(self._look.icon(icon))


@lru_cache
def sequences(keys: str) -> tuple[QKeySequence, ...]:
    """The key with its twins in the Cyrillic layouts. Several keys of one command are parted by "; "."""
    found: list[QKeySequence] = []
    for one in keys.split("; ") if keys else ():
        found.append(QKeySequence.fromString(one))
        start, _, last = one.rpartition("+")
        place = LATIN.find(last.lower())
        if start and place >= 0:
            for layout in (RUSSIAN, UKRAINIAN):
                twin = QKeySequence.fromString(f"{start}+{layout[place].upper()}")
                if twin not in found:
                    found.append(twin)
    return tuple(found)


def shown_keys(keys: str) -> str:
    """The key as people read it: the first of several, arrows as arrows."""
    keys = keys.partition("; ")[0]
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
