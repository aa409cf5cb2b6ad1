"""The list of clients on the screen: tabs, conditions, the table, what is done to many, a client beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.ui.clients.about import about
from crmdesk.ui.clients.bulk import BulkBar
from crmdesk.ui.clients.cells import COLUMNS
from crmdesk.ui.clients.filters import Filters
from crmdesk.ui.clients.office import ListOffice
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.clients.state import ClientsState, Phase
from crmdesk.ui.clients.table import ClientsModel, ClientsTable
from crmdesk.ui.clients.tabs import Tabs
from crmdesk.ui.clients.verbs import Verbs
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import ClientAt, Host
from crmdesk.ui.frame.inspector import Page
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.theme.tokens import VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Field, Label
from crmdesk.ui.widgets.states import StatePane

PAUSE = 120  # milliseconds after the last key before a search starts
LOOK_PAUSE = 90  # milliseconds on a row before the inspector follows
WIDE_WINDOW = 1600  # from here on a click shows the client beside the list
AMONG = 2000  # clients of the list that the card pages through, around the one that was opened


class ClientsScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, frame: Host) -> None:
        super().__init__()
        self._kit = kit
        self._frame = frame
        self._office = office
        self.office = ListOffice(office.desk)
        self._state: ClientsState | None = None
        self._keep_id: int | None = None  # who was current before the ids came anew
        kept = kit.settings.get("clients")
        self.presenter = ClientsPresenter(
            self,
            kit.runner,
            self.office,
            kept if isinstance(kept, dict) else None,
            lambda choices: kit.settings.set("clients", choices),
        )
        self.model = ClientsModel(kit, self.presenter, office.desk.clock.today(), office.facts.currency)
        self._build()
        self._register()
        frame.inspector_closed.connect(self.presenter.close)
        kit.language.changed.connect(self.retranslate)
        self.presenter.start()

    # building --------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        self.table = ClientsTable(kit, self.model)
        self.verbs = Verbs(
            kit,
            self._frame,
            self._office,
            self.office,
            self.presenter,
            self.table,
            self,
            self._open_id,
            lambda: self.search.text().strip() if not self.model.ids else "",
        )
        self.tabs = Tabs(kit, self.presenter, self.verbs.save_view, self.verbs.rename_view)
        self.filters = Filters(kit, self.presenter)
        column.addWidget(self.tabs)
        column.addWidget(self.filters)
        around = QWidget()
        margin = QHBoxLayout(around)
        margin.setContentsMargins(8, 0, 8, 0)
        self.table.opened.connect(self._open)
        self.table.marked.connect(lambda number, shift: self.presenter.mark(number, range_too=shift))
        self.table.moved.connect(self._moved)
        self.table.clicked.connect(self._clicked)
        self.table.step_pressed.connect(lambda number: self.verbs.task_for(self.model.ids[number]))
        self.table.menu_wanted.connect(self.verbs.open_menu)
        self.table.typed.connect(self._typed)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        margin.addWidget(self.table)
        self.pane = StatePane(kit, around)
        around.setFocusProxy(self.table)
        column.addWidget(self.pane, 1)
        verbs, currency = self.verbs, self._office.facts.currency
        self.bulk = BulkBar(kit, self.presenter, currency, verbs.set_tasks, verbs.print_cards, verbs.save_list)
        column.addWidget(self.bulk)
        self._look = QTimer(self, singleShot=True, interval=LOOK_PAUSE)
        self._look.timeout.connect(self._look_now)
        self.setFocusProxy(self.pane)
        self.retranslate()

    def _head(self) -> QHBoxLayout:
        kit = self._kit
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(8)
        title = Label(kit, N_("Clients"), "head")
        title.setFixedHeight(VIEW_HEAD)
        self.search = Field(kit, N_("Name, phone, city, code…"), icon="search", key="Ctrl+F")
        self.search.setMaximumWidth(300)
        self.search.setMinimumWidth(140)
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.presenter.search(self.search.text()))
        self.search.textEdited.connect(lambda text: self._pause.start())
        self.search.textChanged.connect(lambda text: None if text else self.presenter.search(""))
        self.search.returnPressed.connect(self.table_focus)
        self.print_button = Button(kit, N_("List to print"), lambda: kit.commands.run("print"), icon="printer")
        head.addWidget(title)
        head.addSpacing(8)
        head.addWidget(self.search, 1)
        head.addStretch(1)
        self.new_button = Button(kit, N_("New client"), lambda: kit.commands.run("new"), kind="primary", icon="plus")
        head.addWidget(self.print_button)
        head.addWidget(self.new_button)
        return head

    def _register(self) -> None:
        add = self._frame.offer
        add(Command("find", N_("Clients: search"), self._find, "edit", "Ctrl+F", "search"))
        add(Command("look", N_("Show beside the list"), self.look, "client", "Alt+Return", "eye"))
        add(Command("condition", N_("Add a condition…"), self._condition, "view", "Ctrl+Shift+F", "filter"))
        add(Command("reset-filter", N_("Reset the filter"), self.presenter.reset, "view", "", "x"))
        add(Command("refresh", N_("Read the list anew"), self.presenter.load, "view", "F5", "repeat"))
        self.verbs.register()

    # showing ---------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Says everything anew."""
        self.table.setAccessibleName(self._kit.words.gettext("Clients"))
        self.model.retranslate()
        self.table.viewport().update()
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: ClientsState) -> None:
        """The presenter's state."""
        before, self._state = self._state, state
        if not hasattr(self, "bulk"):
            return
        if before is not None and before.tab != state.tab and self._frame.here == "clients":
            self._frame.moved(state.tab)
        if before is None or before.wanted != state.wanted:
            self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
            self.table.hide_manager = state.wanted.manager_id is not None or state.wanted.nobodys
            self.table.fit()
        if self.model.ids is not state.ids:
            self._set_ids(state.ids, same_tab=before is None or before.tab == state.tab)
        elif before is not None and before.marked != state.marked:
            self.table.viewport().update()
        self.tabs.show_state(state)
        self.filters.show_state(state)
        self.bulk.show_state(state)
        self.print_button.setEnabled(bool(state.ids))
        if self.search.text().strip() != state.wanted.text and not self._pause.isActive():
            self.search.setText(state.wanted.text)
        self._show_phase(state)
        self._show_card(before, state)

    def _set_ids(self, ids: tuple[int, ...], *, same_tab: bool) -> None:
        """Other clients, or another order: whoever was current stays so, and stays in sight."""
        current = self.table.current
        who = self.model.ids[current] if 0 <= current < len(self.model.ids) else None
        top = self.table.verticalScrollBar().value()
        self.model.set(ids)
        self.table.current = -1
        if not ids:
            return
        place = _place(ids, who) if who is not None and same_tab else None
        self.table.go_to(0 if place is None else place)
        if place is not None and abs(place - current) < 30:
            self.table.verticalScrollBar().setValue(top + place - current)

    def _show_phase(self, state: ClientsState) -> None:
        w = self._kit.words
        if state.phase is Phase.READY:
            self.pane.ready()
        elif state.phase is Phase.LOADING:
            self.pane.loading(anew=not state.ids)
        elif state.phase is Phase.FAILED and state.error is not None:
            self.pane.failed(state.error, self.presenter.load, anew=not state.ids)
        elif state.phase is Phase.NOTHING_FOUND:
            hidden = state.everybody
            reason = w.ngettext("The filter hides {n} client", "The filter hides {n} clients", hidden) if hidden else ""
            change = self.search_focus if state.wanted.text else self.filters.change
            self.pane.filtered(self.presenter.reset, reason=reason, hidden=None, change=change)
        elif state.phase is Phase.EMPTY:
            importing = self._kit.commands.known("import")
            self.pane.empty(
                "users",
                w.gettext("No clients yet"),
                w.gettext("Bring in clients and sales from Excel or 1C, then the sheet counts itself."),
                button=w.gettext("Import a file…") if importing else "",
                press=(lambda: self._kit.commands.run("import")) if importing else None,
                link=w.gettext("New client"),
                press_link=self.verbs.new_client,
            )

    def rows_came(self, first: int, last: int) -> None:
        """The rows first … last are there now."""
        self.model.refresh(first, last)

    def _show_card(self, before: ClientsState | None, state: ClientsState) -> None:
        if state.error is not None and state.phase is not Phase.FAILED:
            if before is None or before.error is not state.error:
                self._frame.tell("over", told(state.error, self._kit.words))
            return
        if state.chosen is None or (before is not None and before.card is state.card and before.chosen == state.chosen):
            return
        if state.card is None:
            row = self.presenter.known(state.chosen)
            words = self._kit.words.gettext("Looking…")
            self._frame.inspect(Page(title=row.name if row else "", records_head=words))
            return
        card = state.card
        open_card = (self._kit.words.gettext("Open"), lambda: self._open_id(card.form.id))
        task = (self._kit.words.gettext("Task…"), lambda: self.verbs.task_for(card.form.id))
        self._frame.inspect(
            about(
                card,
                self._kit.words,
                self._office.facts.currency,
                self.model.today,
                buttons=(open_card, task),
            )
        )

    # going about -----------------------------------------------------------------------------------
    def show_at(self, at: object) -> None:
        """A tab by its name, or a client beside the list."""
        if isinstance(at, ClientAt):
            self.open_client(at.client_id)
        elif isinstance(at, str) and at != self.presenter.state.tab:
            self.presenter.open_tab(at)

    def reload(self) -> None:
        """Reads everything anew."""
        self.presenter.load()

    def pose(self, name: str) -> None:
        """For pictures."""
        if name == "card" and self.model.ids:
            self.look()
        elif name == "marked":
            for number in (3, 5):
                if number < len(self.model.ids):
                    self.presenter.mark(number)
                    self.table.go_to(number)
        elif name == "filtered":
            self.presenter.choose(actions=("NONE",), importances=("vip",))
        elif name == "quiet":
            self.presenter.open_tab("silent")
        elif name == "condition":
            self.presenter.choose(actions=("VVV", "CCC", "INFO"), ordered_months=24)

    def open_client(self, client_id: int) -> None:
        """Shows a client that was found elsewhere, beside the list."""
        place = _place(self.model.ids, client_id)
        if place is not None:
            self.table.go_to(place)
        self.presenter.open(client_id)

    def table_focus(self) -> None:
        """From the search line into the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_focus(self) -> None:
        """Into the search line, with what stands there chosen."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _open(self, number: int) -> None:
        if 0 <= number < len(self.model.ids):
            self._open_id(self.model.ids[number])

    def _open_id(self, client_id: int) -> None:
        ids = self.model.ids
        place = _place(ids, client_id)
        first = max(0, (place or 0) - AMONG // 2)
        self._frame.open_client(client_id, among=ids[first : first + AMONG])

    def _clicked(self) -> None:
        if self.window().width() >= WIDE_WINDOW:
            self.look()

    def look(self) -> None:
        """The current client beside the list."""
        number = self.table.current
        if 0 <= number < len(self.model.ids):
            self.presenter.open(self.model.ids[number])

    def _moved(self, number: int) -> None:
        """The inspector follows the current row once the person rests on it."""
        if self.presenter.state.chosen is not None:
            self._look.start()

    def _look_now(self) -> None:
        if self.presenter.state.chosen is not None:
            self.look()

    def _sort(self, section: int) -> None:
        order = COLUMNS[section].order
        if order is not None:
            self.presenter.sort_by(order)
        elif section == 0:
            self.presenter.mark_all()

    def _find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _typed(self, text: str) -> None:
        """Letters typed over the table begin a search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)
        self._pause.start()

    def _condition(self) -> None:
        self.filters.open_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape and self.presenter.state.marked:
            self.presenter.unmark()
            return
        if event.key() == Qt.Key.Key_Escape and self.presenter.state.wanted.text:
            self.presenter.search("")
            return
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table_focus()
            return
        super().keyPressEvent(event)

    def told(self, key: str, values: dict[str, Any]) -> None:
        """Something was done, or failed."""
        self.verbs.told(key, values)


def _place(ids: tuple[int, ...], client_id: int) -> int | None:
    """Where a client stands in the list."""
    try:
        return ids.index(client_id)
    except ValueError:
        return None
