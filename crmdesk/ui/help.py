"""Help: all keys and commands, out of the registry; and what the program is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

import crmdesk
from crmdesk.ui.commands import MENUS, Command, shown_keys
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.menus import TITLES
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.dialog import Dialog

OF_VIEW = {
    "today": N_(
        "What is to be done today, and what was left from earlier. Space ticks a task off and asks what comes next;"
        " Alt with an arrow moves it by a day."
    ),
    "clients": N_(
        "All clients you may see. Type to search, Enter opens the card, Space marks: what is marked is changed"
        " together. A tab keeps conditions."
    ),
    "card": N_(
        "Everything about one client: what was agreed, who works there, what he buys. Write down each contact with"
        " what comes next; a field is changed where it stands."
    ),
    "calendar": N_(
        "What lies on the days. Drag an entry to another place, or move it with Alt and the arrows; a client without"
        " a plan is dragged onto a day from the right."
    ),
    "sheet": N_(
        "A manager's clients on one page: what they bought, what is planned, where something is wrong. Enter on a cell"
        " shows the records behind the number."
    ),
    "settings": N_(
        "Each choice takes effect at once. What concerns the whole office is changed by those who may set it up."
    ),
}
"""What a view is for and how one works in it, in two sentences."""


class KeysDialog(Dialog):
    """Every command with its key: the same source as menu, palette and tooltips."""

    def __init__(self, kit: Kit, parent: QWidget, view: str = "") -> None:
        """`view`: the name of the open one, to say what it is for."""
        super().__init__(
            kit, parent, N_("Keys and commands"), verb=N_("Close"), press=self.accept, refuse=N_("Cancel"), width=520
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.refuse.hide()
        if view in OF_VIEW:
            self.words(kit.words.gettext(OF_VIEW[view]))
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        row = 0
        for heading, commands in self._groups(kit):
            head = QLabel(heading)
            head.setProperty("k", "strong")
            head.setContentsMargins(0, 12 if row else 0, 0, 2)
            grid.addWidget(head, row, 0, 1, 2)
            for command in commands:
                row += 1
                title = QLabel(kit.commands.title(command.name))
                title.setMinimumHeight(26)
                title.setWordWrap(True)
                keys = QLabel(", ".join(shown_keys(one) for one in command.keys.split("; ")))
                keys.setProperty("k", "muted")
                grid.addWidget(title, row, 0)
                grid.addWidget(keys, row, 1)
            row += 1
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setMinimumHeight(320)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(kit.words.gettext("Keys and commands"))
        self.body.addWidget(scroll, 1)

    @staticmethod
    def _groups(kit: Kit) -> list[tuple[str, list[Command]]]:
        """The open view's commands, then the others by their menus."""
        words = kit.words
        here = [command for command in kit.commands if kit.commands.of_view(command.name)]
        found = [(words.gettext("In this view"), here)]
        for menu in MENUS:
            rest = [one for one in kit.commands if one.menu == menu and not kit.commands.of_view(one.name)]
            found.append((words.gettext(TITLES[menu]).replace("&", ""), rest))
        return [(heading, commands) for heading, commands in found if commands]


class AboutDialog(Dialog):
    """Name, version, licence, and whose work it stands on."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent, N_("About CRMDesk"), verb=N_("Close"), press=self.accept, width=460)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.refuse.hide()
        words = kit.words
        self.words(
            words.gettext("Version {version}. Free software under the MIT licence.", version=crmdesk.__version__)
        )
        self.words(
            words.gettext(
                "It uses Qt (LGPL 3), the fonts Inter and PT Sans (OFL 1.1), the icons of Lucide (ISC) and more:"
                " all licences lie beside the program, in THIRD_PARTY_NOTICES.md."
            ),
            "muted",
        )
