"""The settings on the screen: what there is to set at the left, its page at the right; every choice works at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.lists import Role
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.settings.form import Page
from crmdesk.ui.settings.office import SettingsDesk
from crmdesk.ui.settings.pages import CopiesPage, FactorsPage, HerePage, NormsPage, OfficePage, RemindersPage
from crmdesk.ui.settings.places import PAGES
from crmdesk.ui.settings.presenter import SettingsPresenter, SettingsState
from crmdesk.ui.settings.users import UsersPage
from crmdesk.ui.theme.fonts import font
from crmdesk.ui.theme.tokens import MARGIN, MEDIUM, SMALL, VIEW_HEAD
from crmdesk.ui.widgets.controls import Elided, Label
from crmdesk.ui.widgets.states import StatePane

LIST, LIST_NARROW = 208, 168  # pixels
NARROW = 900
HEAD_FIRST, HEAD = 38, 38  # heights of the heads of the groups
MINE = ("here", "reminders")  # what a person sets for himself; the rest is the office's
FOR_ALL = ("backup",)  # of the office, and everybody's to use


class SettingsScreen(QWidget):
    """The list, the pages, and why a page cannot be changed."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._state: SettingsState | None = None
        self.presenter = SettingsPresenter(self, kit.runner, SettingsDesk(office))
        self.pages: dict[str, Page] = {
            "here": HerePage(kit),
            "reminders": RemindersPage(kit),
            "office": OfficePage(kit, self.presenter),
            "users": UsersPage(kit, self.presenter),
            "factors": FactorsPage(kit, self.presenter),
            "norms": NormsPage(kit, self.presenter),
            "backup": CopiesPage(kit, self.presenter),
        }
        self._build()
        kit.language.changed.connect(self.retranslate)
        kit.look.changed.connect(self.retranslate)
        self.retranslate()
        self.presenter.start()
        self.open(str(kit.settings.get("settings_page", "here")))

    def _build(self) -> None:
        kit = self._kit
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.setSpacing(12)
        title = Label(kit, N_("Settings"), "head")
        title.setFixedHeight(VIEW_HEAD)
        self.whose = Elided(kit)
        head.addWidget(title)
        head.addWidget(self.whose, 1)
        outer.addLayout(head)
        body = QHBoxLayout()
        body.setContentsMargins(MARGIN - 8, 0, 0, 0)
        body.setSpacing(0)
        self.list = QListWidget()
        self.list.setFixedWidth(LIST)
        self.list.setIconSize(QSize(16, 16))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        body.addWidget(self.list)
        self.stack = QStackedWidget()
        self.state_panes: dict[str, StatePane] = {}  # of the pages that were opened
        body.addWidget(self.stack, 1)
        outer.addLayout(body, 1)
        self._fill()
        self.setFocusProxy(self.list)

    def _fill(self) -> None:
        """Two groups: mine, and the office's; the heads cannot be chosen."""
        for name in self.pages:
            if name in (MINE[0], "office"):
                gap = QListWidgetItem()
                gap.setFlags(Qt.ItemFlag.NoItemFlags)
                gap.setData(Qt.ItemDataRole.UserRole, f"head-{name}")
                self.list.addItem(gap)
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self.list.setAccessibleName(words.gettext("Settings"))
        for row in range(self.list.count()):
            item = self.list.item(row)
            name = str(item.data(Qt.ItemDataRole.UserRole))
            if name.startswith("head-"):
                item.setText(words.gettext("Mine") if name == "head-here" else words.gettext("The office’s"))
                item.setForeground(self._kit.look.color("muted"))
                item.setFont(font(SMALL, MEDIUM))
                item.setSizeHint(QSize(0, HEAD_FIRST if row == 0 else HEAD))
                continue
            item.setText(words.gettext(PAGES[name][0]))
            item.setIcon(self._kit.look.icon(PAGES[name][1]))
        for page in self.pages.values():
            page.retranslate()
        if self._state is not None:
            self.show_state(self._state)

    # going about ---------------------------------------------------------------------------------------
    @property
    def here(self) -> str:
        """The name of the open page."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def open(self, name: str) -> None:
        """Opens a page; an unknown one is the first."""
        rows = {str(self.list.item(row).data(Qt.ItemDataRole.UserRole)): row for row in range(self.list.count())}
        self.list.setCurrentRow(rows.get(name, rows["here"]))

    def show_at(self, at: object) -> None:
        """A page by its name."""
        self.open(str(at))

    def pose(self, name: str) -> None:
        """For pictures: one of the pages."""
        self.open(name)

    def reload(self) -> None:
        """Reads everything anew."""
        self.presenter.load()

    def _chosen(self, item: QListWidgetItem | None, _before: object) -> None:
        name = str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""
        if name in self.pages:
            self.stack.setCurrentWidget(self.state_panes.get(name) or self._put(name))
            self._kit.settings.set("settings_page", name)
            if self._state is not None:
                self._say_whose(self._state)

    def _put(self, name: str) -> StatePane:
        """A page into the window, when it is opened first: dressing all of them at once is a tenth of a second."""
        pane = self.state_panes[name] = StatePane(self._kit, self.pages[name])
        self.stack.addWidget(pane)
        if self._state is not None:
            self._show_page(name, self._state)
        return pane

    # what the presenter tells --------------------------------------------------------------------------
    def show_state(self, state: SettingsState) -> None:
        """The presenter's state, on every page that was opened."""
        self._state = state
        for name in self.state_panes:
            self._show_page(name, state)
        self._say_whose(state)

    def _show_page(self, name: str, state: SettingsState) -> None:
        page, pane = self.pages[name], self.state_panes[name]
        if name in MINE:
            page.show_state(state)
            pane.ready()
        elif name not in FOR_ALL and state.me.role is Role.MANAGER:
            words = self._kit.words
            pane.no_right(words.gettext("The owner and the supervisors set this up for the whole office."))
        elif state.known is not None:
            page.show_state(state)
            pane.ready()
        elif state.error is not None:
            pane.failed(state.error, self.presenter.load)
        else:
            pane.loading()

    def _say_whose(self, state: SettingsState) -> None:
        words = self._kit.words
        if self.here in MINE:
            text = words.gettext("on this computer, for you")
        elif self.here == "users" and not state.may_hire:
            text = words.gettext("only the owner changes this")
        else:
            text = words.gettext("for the whole office, at once")
        self.whose.say(text)

    def saved(self) -> None:
        """A change is kept: every view that shows what was changed reads itself anew."""
        self._kit.changes.tell("settings")

    def refused(self, error: Exception) -> None:
        """A change was refused."""
        self._host.tell("over", self._kit.words.gettext("Not saved."), told(error, self._kit.words))

    def copied(self, file: Path) -> None:
        """A copy lies in a folder of one's own."""
        self._host.tell("done", self._kit.words.gettext("Copy made and verified"), str(file))
        self.presenter.load()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.list.setFixedWidth(LIST_NARROW if self.width() < NARROW else LIST)
