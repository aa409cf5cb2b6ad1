"""The list of clients on the screen: search, whose, the table; a client opens in the inspector."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.lists import Role
from crmdesk.ui.clients.about import about
from crmdesk.ui.clients.presenter import ClientsPresenter, ClientsState, Phase
from crmdesk.ui.clients.table import COLUMNS, ClientsModel, ClientsTable
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import ClientAt, Host
from crmdesk.ui.frame.inspector import Page
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.theme.tokens import FILTER_ROW, VIEW_HEAD
from crmdesk.ui.widgets.controls import Elided, Field, Label
from crmdesk.ui.widgets.notes import Empty

PAUSE = 120  # milliseconds after the last key before a search starts


class ClientsScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, frame: Host) -> None:
        super().__init__()
        self._kit = kit
        self._frame = frame
        self._office = office
        self._state: ClientsState | None = None
        self.presenter = ClientsPresenter(self, kit.runner, office)
        self.model = ClientsModel(kit, self.presenter, office.desk.clock.today(), office.facts.currency)
        self._build()
        frame.offer(Command("find", N_("Clients: search"), self._find, "view", "Ctrl+F", "search"))
        frame.inspector_closed.connect(self.presenter.close)
        kit.language.changed.connect(self.retranslate)
        self.presenter.start()

    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(8)
        title = Label(kit, N_("Clients"), "head")
        title.setFixedHeight(VIEW_HEAD)
        self._facts = Elided(kit)
        head.addWidget(title)
        head.addWidget(self._facts, 1)
        column.addLayout(head)
        row = QWidget()
        row.setFixedHeight(FILTER_ROW)
        choices = QHBoxLayout(row)
        choices.setContentsMargins(16, 0, 16, 0)
        choices.setSpacing(8)
        self.search = Field(kit, N_("Name, phone, city, code…"), icon="search", key="Ctrl+F")
        self.search.setFixedWidth(300)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.presenter.search(self.search.text()))
        self.search.textEdited.connect(lambda text: self._pause.start())
        self.whose = QComboBox()
        self.whose.setMinimumWidth(200)
        self.whose.activated.connect(lambda n: self.presenter.choose(manager_id=self.whose.itemData(n)))
        self.tracked = QComboBox()
        self.tracked.setMinimumWidth(150)
        self.tracked.activated.connect(lambda n: self.presenter.choose(tracked=self.tracked.itemData(n)))
        for widget in (self.search, self.whose, self.tracked):
            choices.addWidget(widget)
        choices.addStretch()
        column.addWidget(row)
        self.rooms = QStackedWidget()
        around = QWidget()
        margin = QHBoxLayout(around)
        margin.setContentsMargins(8, 0, 8, 0)
        self.table = ClientsTable(kit, self.model)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        margin.addWidget(self.table)
        self.empty = Empty(kit)
        self._room = around
        self.rooms.addWidget(self.empty)
        self.rooms.addWidget(around)
        column.addWidget(self.rooms, 1)
        self.setFocusProxy(self.table)
        self.retranslate()

    def show_at(self, at: object) -> None:
        """Opens a client while there is no card to open him in."""
        if isinstance(at, ClientAt):
            self.open_client(at.client_id)

    def pose(self, name: str) -> None:
        """For pictures: a client in the inspector."""
        if self.model.ids:
            self.open_client(self.model.ids[0])

    def open_client(self, client_id: int) -> None:
        """Shows a client that was found elsewhere."""
        if client_id in self.model.ids:
            self.table.selectRow(self.model.ids.index(client_id))
        self.presenter.open(client_id)

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.ids):
            self.presenter.open(self.model.ids[index.row()])

    def _sort(self, section: int) -> None:
        order = COLUMNS[section][3]
        if order is not None and not self.presenter.state.text:
            self.presenter.sort_by(order)

    def _find(self) -> None:
        if self._frame.here != "clients":
            self._frame.go("clients")
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self.table.setAccessibleName(words.gettext("Clients"))
        self.whose.setAccessibleName(words.gettext("Whose clients"))
        self.tracked.setAccessibleName(words.gettext("Tracked or all"))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.table.viewport().update()
        self._fill()
        if self._state is not None:
            self.show_state(self._state)

    def _fill(self) -> None:
        words, state = self._kit.words, self.presenter.state
        self.whose.clear()
        if self._office.me.role is not Role.MANAGER:
            self.whose.addItem(words.gettext("All clients"), None)
        for user in state.people:
            if self._office.me.role is not Role.MANAGER or user.id == self._office.me.id:
                self.whose.addItem(user.name, user.id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(state.wanted.manager_id)))
        self.tracked.clear()
        for text, value in ((words.gettext("Tracked and not"), None), (words.gettext("Tracked only"), True)):
            self.tracked.addItem(text, value)
        self.tracked.setCurrentIndex(1 if state.wanted.tracked else 0)

    def show_state(self, state: ClientsState) -> None:
        """The presenter's state."""
        before, self._state = self._state, state
        words = self._kit.words
        if before is None or before.people != state.people or before.wanted != state.wanted:
            self._fill()
            self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self.model.ids is not state.ids:
            self.model.set(state.ids)
            if state.ids:
                self.table.selectRow(0)
        self._facts.say(words.ngettext("{n} client", "{n} clients", len(state.ids)) if state.ids else "")
        if self.search.text().strip() != state.text.strip() and not self._pause.isActive():
            self.search.setText(state.text)
        if state.phase is Phase.READY:
            self.rooms.setCurrentWidget(self._room)
            self.empty.clear()
        else:
            self._show_empty(state)
            self.rooms.setCurrentWidget(self.empty)
        if state.chosen is not None and (
            before is None or before.card is not state.card or before.chosen != state.chosen
        ):
            self._show_card(state)
        elif state.error is not None and state.phase is not Phase.FAILED:
            self._frame.tell("over", told(state.error, words))

    def rows_came(self, first: int, last: int) -> None:
        """The rows first … last are there now."""
        self.model.refresh(first, last)

    def _show_card(self, state: ClientsState) -> None:
        words = self._kit.words
        if state.card is None:
            row = next((row for row in (self.model.client(n) for n in self._near(state.chosen)) if row), None)
            self._frame.inspect(Page(title=row.name if row else "", records_head=words.gettext("Looking…")))
            return
        self._frame.inspect(about(state.card, words, self._office.facts.currency, self.model.today))

    def _near(self, client_id: int | None) -> list[int]:
        return [self.model.ids.index(client_id)] if client_id in self.model.ids else []

    def _show_empty(self, state: ClientsState) -> None:
        w = self._kit.words
        importing = self._kit.commands.known("import")
        if state.phase is Phase.LOADING:
            self.empty.tell("hourglass", w.gettext("Looking…"))
        elif state.phase is Phase.FAILED:
            self.empty.tell(
                "circle-alert",
                w.gettext("The list could not be read"),
                told(state.error, w) if state.error is not None else "",
                token="over",
                button=w.gettext("Try again"),
                press=self.presenter.load,
            )
        elif state.phase is Phase.NOTHING_FOUND:
            self.empty.tell(
                "list-filter",
                w.gettext("Nobody fits"),
                w.gettext("The search or the filter hides everybody."),
                button=w.gettext("Show all"),
                press=self.presenter.reset,
            )
        else:
            self.empty.tell(
                "users",
                w.gettext("No clients yet"),
                w.gettext("Bring in clients and sales from Excel or 1C, then the sheet counts itself."),
                button=w.gettext("Import a file…") if importing else "",
                press=(lambda: self._kit.commands.run("import")) if importing else None,
            )
