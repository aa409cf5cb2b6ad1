"""The menu bar, written from the registry of commands; its mnemonics work in every layout."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from crmdesk.ui.commands import MENUS, other_layouts
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.tokens import MENU

TITLES = {
    "file": N_("&File"),
    "edit": N_("&Edit"),
    "view": N_("&View"),
    "client": N_("&Client"),
    "task": N_("&Task"),
    "reports": N_("&Reports"),
    "help": N_("&Help"),
}


class Menus:
    """All menus; a menu without a command that is in force is not shown."""

    def __init__(self, kit: Kit, window: QMainWindow) -> None:
        self._kit = kit
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._twins: dict[str, QAction] = {}
        bar = window.menuBar()
        bar.setFixedHeight(MENU)
        for name in MENUS:
            menu = bar.addMenu("")
            menu.aboutToShow.connect(kit.commands.grey)
            menu.aboutToHide.connect(kit.commands.wake)
            self._menus[name] = menu
            twin = QAction(window)  # Alt+letter goes by the character, which is another one in another layout
            twin.triggered.connect(lambda _=False, menu=menu: bar.setActiveAction(menu.menuAction()))
            window.addAction(twin)
            self._twins[name] = twin
        kit.commands.filled.connect(self.fill)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()
        self.fill()

    def __getitem__(self, name: str) -> QMenu:
        return self._menus[name]

    def fill(self) -> None:
        """The commands in force, each in its menu: the frame's, then the open view's."""
        commands = self._kit.commands
        for name, menu in self._menus.items():
            menu.clear()
            mine = [one for one in commands if one.menu == name]
            of_view = [one for one in mine if commands.of_view(one.name)]
            rest = [one for one in mine if not commands.of_view(one.name)]
            for number, group in enumerate((of_view, rest)):
                if number and of_view and rest:
                    menu.addSeparator()
                for one in group:
                    menu.addAction(commands.action(one.name))
            menu.menuAction().setVisible(bool(mine))

    def retranslate(self) -> None:
        """Says the titles anew, and which letters open them."""
        for name, menu in self._menus.items():
            title = self._kit.words.gettext(TITLES[name])
            menu.setTitle(title)
            letter = title[title.index("&") + 1]
            self._twins[name].setShortcuts([QKeySequence(f"Alt+{one.upper()}") for one in other_layouts(letter)])
