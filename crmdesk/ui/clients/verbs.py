"""What a person does with the clients in hand, the dialogs it asks by, and what the window says of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.ui.card.printing import print_cards
from crmdesk.ui.clients import bulk
from crmdesk.ui.clients.bulk import NameDialog, TasksDialog
from crmdesk.ui.clients.filter_words import order_words, sentence
from crmdesk.ui.clients.office import ListOffice
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.clients.table import ClientsTable
from crmdesk.ui.clients.tabs import tab_name
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.printing import print_paper
from crmdesk.ui.task.form import open_task_form
from crmdesk.ui.theme.tokens import ROW


class Verbs:
    """The verbs of the list; those in hand are the marked clients, else the current one."""

    def __init__(
        self,
        kit: Kit,
        host: Host,
        office: Office,
        verbs: ListOffice,
        presenter: ClientsPresenter,
        table: ClientsTable,
        view: QWidget,
        open_card: Callable[[int], None],
        typed: Callable[[], str],
    ) -> None:
        self._kit = kit
        self._host = host
        self._office = office
        self._verbs = verbs
        self._presenter = presenter
        self._table = table
        self._view = view
        self._open_card = open_card
        self._typed = typed

    def register(self) -> None:
        """Offers the verbs as commands of the view."""
        add = self._host.offer
        some = lambda: bool(self.in_hand())  # noqa: E731
        shown = lambda: bool(self._presenter.state.ids)  # noqa: E731
        add(Command("new", N_("New client"), self.new_client, "client", "Ins; Ctrl+N", "plus"))
        add(Command("next-step", N_("Set a task…"), self.set_tasks, "task", "Ctrl+Shift+A", "calendar-plus", some))
        add(Command("transfer", N_("Transfer…"), self.transfer, "client", "", "user-check", self._may_transfer))
        add(Command("into-list", N_("Into a list…"), self.lists, "client", "", "bookmark", some))
        add(Command("change-field", N_("Change a field…"), self.fields, "client", "", "pencil", some))
        add(Command("print-cards", N_("Print cards"), self.print_cards, "client", "Ctrl+Shift+P", "printer", some))
        add(Command("archive", N_("To the archive, or back"), self.archive, "client", "Del", "", some))
        add(Command("print", N_("List to print"), self.print_list, "file", "Ctrl+P", "printer", shown))
        add(Command("mark-all", N_("Mark all"), self._presenter.mark_all, "edit", "Ctrl+A", "", shown))
        add(Command("save-view", N_("Keep these conditions as a list"), self.save_view, "view", "", "bookmark"))

    def in_hand(self) -> tuple[int, ...]:
        """The clients that a command is about."""
        return self._presenter.in_hand(self._table.current)

    # menus -----------------------------------------------------------------------------------------
    def open_menu(self, place: QPoint) -> QMenu:
        """The context menu of the clients in hand."""
        commands, menu, ids = self._kit.commands, self._menu(), self.in_hand()
        w, presenter = self._kit.words, self._presenter
        if len(ids) == 1:
            menu.addAction(w.gettext("Open the card")).triggered.connect(lambda: self._open_card(ids[0]))
            menu.addAction(commands.action("look"))
            menu.addSeparator()
        menu.addAction(commands.action("next-step"))
        if presenter.sees_all:
            bulk.fill_transfer(menu.addMenu(w.gettext("Transfer…")), presenter, ids)
        bulk.fill_lists(menu.addMenu(w.gettext("Into a list…")), self._kit, presenter, ids, self.save_list)
        bulk.fill_fields(menu.addMenu(w.gettext("Change a field…")), self._kit, presenter, ids)
        menu.addAction(commands.action("print-cards"))
        menu.addSeparator()
        menu.addAction(commands.action("archive"))
        menu.popup(place)
        return menu

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _popup(self, fill: Callable[[QMenu], None]) -> None:
        """A menu over the current row, for commands of the keyboard."""
        menu, table = self._menu(), self._table
        fill(menu)
        y = table.rowViewportPosition(max(table.current, 0)) + ROW
        menu.popup(table.viewport().mapToGlobal(QPoint(60, y)))

    def _may_transfer(self) -> bool:
        return self._presenter.sees_all and bool(self.in_hand())

    def transfer(self) -> None:
        """To whom."""
        self._popup(lambda menu: bulk.fill_transfer(menu, self._presenter, self.in_hand()))

    def lists(self) -> None:
        """Into which list made by hand."""
        self._popup(lambda menu: bulk.fill_lists(menu, self._kit, self._presenter, self.in_hand(), self.save_list))

    def fields(self) -> None:
        """Which field, and to what."""
        self._popup(lambda menu: bulk.fill_fields(menu, self._kit, self._presenter, self.in_hand()))

    # doing -----------------------------------------------------------------------------------------
    def new_client(self) -> None:
        """The form of a new client; what was looked for in vain is his name."""
        from crmdesk.ui.card.new_client import open_new_client

        open_new_client(self._kit, self._office, self._host, name=self._typed())

    def set_tasks(self) -> None:
        """A task for whoever is in hand: the whole form for one client, the same task for several."""
        ids = self.in_hand()
        if len(ids) == 1:
            self.task_for(ids[0])
        elif ids:
            TasksDialog(
                self._kit,
                self._view.window(),
                len(ids),
                self._office.desk.clock.today(),
                lambda kind, day, title: self._presenter.add_tasks(ids, kind, day, title),
            ).open()

    def task_for(self, client_id: int) -> None:
        """The form of a task for a client."""
        open_task_form(self._kit, self._office, self._host, client_id=client_id)

    def archive(self) -> None:
        """To the archive; out of it where the list shows the archive."""
        self._presenter.archive(self.in_hand(), archived=not self._presenter.state.wanted.archived)

    def _ask_name(self, heading: str, done: Callable[[str, bool], None], *, name: str = "", share: bool) -> None:
        NameDialog(self._kit, self._view.window(), heading, done, name=name, share=share).open()

    def save_view(self) -> None:
        """Asks for a name for the conditions of now."""
        presenter = self._presenter
        self._ask_name(
            N_("Keep these conditions as a list"),
            lambda name, shared: presenter.save_view(name, shared=shared),
            share=presenter.sees_all,
        )

    def save_list(self) -> None:
        """Asks for a name for a list of the clients in hand."""
        presenter, ids = self._presenter, self.in_hand()
        self._ask_name(
            N_("A list of the marked clients"),
            lambda name, shared: presenter.save_view(name, shared=shared, ids=ids),
            share=presenter.sees_all,
        )

    def rename_view(self, view_id: int) -> None:
        """Asks for another name of a saved view."""
        presenter = self._presenter
        view = presenter.saved(f"view:{view_id}")
        if view is not None:
            self._ask_name(
                N_("Another name"),
                lambda name, _shared: presenter.change_view(view_id, "rename", name),
                name=view.name,
                share=False,
            )

    # paper -----------------------------------------------------------------------------------------
    def print_list(self) -> None:
        """The list on paper: the marked clients, or all of it."""
        state, w, verbs = self._presenter.state, self._kit.words, self._verbs
        ids = self._presenter.in_hand(None) or state.ids
        lang, name = w.lang, f"{w.gettext('Clients')} — {tab_name(self._kit, self._presenter, state.tab)}"
        of_filter, of_order = sentence(state.wanted, state.people, w), order_words(state.wanted, w)
        print_paper(
            self._kit,
            self._host,
            name,
            lambda job, printed: verbs.list_pdf(ids, name, of_filter, of_order, lang, job, printed=printed),
        )

    def print_cards(self) -> None:
        """The cards of the clients in hand on paper."""
        ids = self.in_hand()
        row = self._presenter.known(ids[0]) if len(ids) == 1 else None
        if ids:
            print_cards(self._kit, self._office, self._host, ids, name=row.name if row is not None else "")

    # told ------------------------------------------------------------------------------------------
    def told(self, key: str, values: dict[str, Any]) -> None:
        """Something was done, or failed."""
        w, host, changes = self._kit.words, self._host, self._kit.changes
        if key == "failed":
            host.tell("over", told(values["error"], w))
        elif key == "view":
            changes.tell("views")
            if values["what"] == "saved":
                host.tell("done", w.gettext("The list is kept"), f"«{values['name']}»")
        elif key == "listed":
            changes.tell("views")
            text = w.ngettext("{n} client is in the list", "{n} clients are in the list", int(values["n"]))
            host.tell("done", text, f"«{values['name']}»")
        else:
            if key != "tasks":
                self._presenter.unmark()
            tx, ids = int(values["tx"]), values["ids"]
            said = self._said(key, int(values["n"]))
            host.tell("neutral", said, action=w.gettext("Undo"), press=lambda: self._undo(tx, ids))
            changes.tell("clients", "tasks", clients=ids)

    def _said(self, key: str, n: int) -> str:
        w = self._kit.words
        match key:
            case "transferred":
                return w.ngettext("{n} client transferred", "{n} clients transferred", n)
            case "archived":
                return w.ngettext("{n} client in the archive", "{n} clients in the archive", n)
            case "back":
                return w.ngettext("{n} client back from the archive", "{n} clients back from the archive", n)
            case "tasks":
                return w.ngettext("{n} task set", "{n} tasks set", n)
        return w.ngettext("{n} client changed", "{n} clients changed", n)

    def _undo(self, tx: int, ids: tuple[int, ...]) -> None:
        """Takes a bulk change back."""
        kit = self._kit

        def done(_: object) -> None:
            self._host.tell("done", kit.words.gettext("Taken back"))
            kit.changes.tell("clients", "tasks", clients=ids)

        kit.runner.write(
            lambda job: self._verbs.undo(tx), done, lambda error: self._host.tell("over", told(error, kit.words))
        )
