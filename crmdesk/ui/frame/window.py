"""The window: menu, top bar, rail, the views, inspector and status bar; what is open and where one came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.ui.changes import Change
from crmdesk.ui.clients.pins import Pins
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame import restore, shape
from crmdesk.ui.frame.connection import Connection
from crmdesk.ui.frame.copy_note import CopyNote
from crmdesk.ui.frame.finder import Finder
from crmdesk.ui.frame.history import History, Place
from crmdesk.ui.frame.host import ClientAt, PinnedList
from crmdesk.ui.frame.inspector import Inspector, Page
from crmdesk.ui.frame.menus import Menus
from crmdesk.ui.frame.rail import Rail
from crmdesk.ui.frame.status import StatusBar
from crmdesk.ui.frame.to_do import ToDo
from crmdesk.ui.frame.top import QUICK_KEY, TopBar
from crmdesk.ui.frame.undoing import Undoing
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import ROLES
from crmdesk.ui.office import Office
from crmdesk.ui.palette.screen import Palette
from crmdesk.ui.theme.tokens import INSPECTOR, NARROW_WINDOW
from crmdesk.ui.views import FIRST, VIEWS, view_named, warm
from crmdesk.ui.widgets.notes import Banner, Empty

SMALLEST = (640, 400)  # 1366×768 at 150 per cent is 910×512


class Window(QMainWindow):
    """The frame. Without an office it shows whatever page it is given over the whole room; with one, the views."""

    closed = Signal()
    inspector_closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.office: Office | None = None
        self.hides_instead: Callable[[], bool] = lambda: False  # closing leaves the program in the notification area
        self.screens: dict[str, QWidget] = {}
        self.history = History()
        self._building = ""
        self._of_silence = ""  # what the line over the view told while the base was silent
        self._stale: set[str] = set()  # hidden views that do not know of the latest changes
        self.setMinimumSize(*SMALLEST)
        with kit.commands.together():
            self._register()
        self._build()
        self.menus = Menus(kit, self)
        kit.language.changed.connect(self.retranslate)
        self.connection.changed.connect(self._link)
        kit.changes.changed.connect(self._changed)
        self.retranslate()

    # building ------------------------------------------------------------------------------------------
    def _register(self) -> None:
        add = self.kit.commands.add
        for view in VIEWS:
            if view.in_rail:
                add(Command(f"go-{view.name}", view.title, _go(self, view.name), "view", view.keys, view.icon), self)
        inside = lambda: self.office is not None  # noqa: E731
        undo = lambda: self.undoing.undo()  # noqa: E731
        redo = lambda: self.undoing.redo()  # noqa: E731
        add(Command("undo", N_("Undo"), undo, "edit", "Ctrl+Z", "undo-2", inside), self)
        add(Command("redo", N_("Redo"), redo, "edit", "Ctrl+Y; Ctrl+Shift+Z", "redo-2", inside), self)
        add(Command("new-task", N_("New task…"), lambda: self.quick_add(""), "task", "Ctrl+N", "plus", inside), self)
        add(Command("quick-add", N_("Quick task"), self._quick, "task", QUICK_KEY, "plus", inside), self)
        add(Command("palette", N_("Search or command"), self._palette, "view", "Ctrl+K", "search", inside), self)
        add(
            Command("back", N_("Back"), self.back, "view", "Alt+Left", "arrow-left", lambda: bool(self.history.past)),
            self,
        )
        add(
            Command(
                "forward",
                N_("Forward"),
                self.forward,
                "view",
                "Alt+Right",
                "arrow-right",
                lambda: bool(self.history.coming),
            ),
            self,
        )
        add(Command("next-pane", N_("Next pane"), lambda: self._pane(1), "view", "F6", "", inside), self)
        add(Command("previous-pane", N_("Previous pane"), lambda: self._pane(-1), "view", "Shift+F6", "", inside), self)

    def _build(self) -> None:
        kit = self.kit
        self.palette_line = Palette(kit, self)
        self.finder = Finder(kit, self, self.palette_line)
        self.top = TopBar(kit, self.palette_line.field, self.quick_add)
        self.link = self.top.link
        self.rail = Rail(kit, [view.entry for view in VIEWS], self.go)
        self.stack = QStackedWidget()
        self.stack.setObjectName("main")
        self.inspector = Inspector(kit, self.close_inspector)
        self.banner = Banner(kit)
        self.empty = Empty(kit)
        self.status = StatusBar(kit)
        self.offline = Banner(kit)
        self.connection = Connection(kit, self)
        self.copy_note = CopyNote(kit, self.status, self._copy_made)
        self.undoing = Undoing(kit, self.status, self.banner, self)
        self.pins = Pins(kit, self)
        self.to_do = ToDo(kit, self)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.offline)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)
        self._middle = middle
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(middle, 1)
        body.addWidget(self.inspector)
        whole = QWidget()
        page = QVBoxLayout(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.top)
        page.addLayout(body, 1)
        page.addWidget(self.status)
        self.setCentralWidget(whole)
        self.stack.addWidget(self.empty)

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self.kit.words
        self.stack.setAccessibleName(words.gettext("Main pane"))
        self._title()
        if self.office is not None:
            self._who()

    # the office ----------------------------------------------------------------------------------------
    def _warm(self) -> None:
        """Loads the code of the other views on another thread: their first visit finds it there."""
        self.kit.runner.read(lambda job: warm(job.check), lambda there: None, lambda error: None, replaces="warm")

    def wait(self, words: str) -> None:
        """The skeleton of the window while the office is being opened."""
        self.leave()
        self._frame_visible(True)
        self.rail.setEnabled(False)
        self.empty.tell("hourglass", words)
        self.stack.setCurrentWidget(self.empty)

    def show_page(self, page: QWidget) -> None:
        """A page over the whole room, without an office: the first start."""
        self.leave()
        self._frame_visible(False)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)

    def enter(self, office: Office, view: str = FIRST, at: object = None) -> None:
        """Works in this office from now on; the view opens first, at a place in it."""
        self.leave()
        self.empty.clear()
        self.office = office
        self.kit.clock = office.desk.clock
        self._frame_visible(True)
        self.rail.setEnabled(True)
        self._title()
        self._who()
        self.copy_note.watch(office)
        self.connection.watch(office)
        self.undoing.watch(office)
        self.kit.commands.add(
            Command("import", N_("Import a file…"), self.open_import, "file", "Ctrl+I", "upload"), self
        )
        self.finder.watch(office)
        self.pins.watch(office)
        self.to_do.watch(office)
        typing = next((one for one in (self.palette_line.field, self.top.quick) if one.hasFocus() and one.text()), None)
        self.go(view if view_named(view) is not None else FIRST, at)
        if typing is not None:  # whoever types already goes on where he is
            typing.setFocus()
            typing.deselect()
        self.kit.runner.idle.connect(self._warm, Qt.ConnectionType.SingleShotConnection)

    def leave(self) -> None:
        """Forgets the office and its screens."""
        restore.keep_screens(self.kit.settings, self.screens)
        self.close_inspector()
        self.banner.hide()
        self.offline.hide()
        self.office = None
        self.copy_note.watch(None)
        self.connection.watch(None)
        self.undoing.watch(None)
        self.pins.watch(None)
        self.to_do.watch(None)
        self.status.tell("saved", "check", "")
        for screen in self.screens.values():
            self.stack.removeWidget(screen)
            screen.deleteLater()
        self.screens.clear()
        self.kit.commands.forget(names=("import",))
        self.rail.pin(())
        for view in VIEWS:
            self.rail.count(view.name, None)
        self._stale.clear()
        for number in reversed(range(self.stack.count())):
            page = self.stack.widget(number)
            if page is not None and page is not self.empty:
                self.stack.removeWidget(page)
                page.deleteLater()
        self.history.clear()

    def _frame_visible(self, there: bool) -> None:
        for pane in (self.top, self.rail, self.status):
            pane.setVisible(there)

    # going about ---------------------------------------------------------------------------------------
    @property
    def here(self) -> str:
        """The name of the open view."""
        return self.history.here.name

    def go(self, name: str, at: object = None) -> None:
        """Opens a view, at a place in it; where one was is kept for «back»."""
        place = Place(name, at)
        if self.office is None or place == self.history.here or (name == self.here and at is None):
            self._mark()
            return
        self.history.go(place)
        self._show(place)

    def moved(self, at: object) -> None:
        """The open view stands at another place now; «back» does not stop at the one before."""
        self.history.move(at)

    def open_client(self, client_id: int, among: Sequence[int] = ()) -> None:
        """Opens a client's card; «back» returns to the list where it was."""
        self.go("card" if view_named("card") else "clients", ClientAt(client_id, tuple(among)))

    def back(self) -> None:
        """Where one was before."""
        place = self.history.back()
        if place is not None:
            self._show(place)

    def forward(self) -> None:
        """Undoes «back»."""
        place = self.history.forward()
        if place is not None:
            self._show(place)

    def _show(self, place: Place) -> None:
        self.close_inspector()
        name = place.name
        self.kit.commands.use(name)
        screen = self.screens.get(name) or self._made(name)
        self._mark()
        self.stack.setCurrentWidget(screen)
        if name in self._stale:
            self._stale.discard(name)
            _reload(screen)
        if place.at is not None and hasattr(screen, "show_at"):
            screen.show_at(place.at)
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        restore.keep_place(self.kit.settings, place)

    def last_place(self) -> tuple[str, object]:
        """Where the program was left last time."""
        return restore.last_place(self.kit.settings)

    def _made(self, name: str) -> QWidget:
        view = view_named(name)
        assert self.office is not None
        assert view is not None
        self._building = name
        try:
            with self.kit.commands.together():
                screen = view.build(self.kit, self.office, self)
        finally:
            self._building = ""
        self.screens[name] = screen
        self.stack.addWidget(screen)
        restore.give_back(self.kit.settings, name, screen)
        return screen

    def _mark(self) -> None:
        view = view_named(self.here)
        self.rail.mark((view.lights or view.name) if view is not None else "")

    def offer(self, command: Command) -> None:
        """A command of the view that is being built, or is open; it goes when the office is left."""
        self.kit.commands.add(command, self, self._building or self.here)

    def counter(self, view: str, n: int | None) -> None:
        """The number at a view's place in the rail."""
        self.rail.count(view, n)

    def pinned(self, lists: Sequence[PinnedList]) -> None:
        """The lists in the lower part of the rail."""
        self.rail.pin(lists)

    def quick_add(self, text: str) -> None:
        """The form of a new task with what was typed as its matter; the line is emptied once it is stored."""
        from crmdesk.ui.task.form import open_task_form  # with the services, after the first frame

        if self.office is not None:
            at = self.history.here.at
            client = at.client_id if isinstance(at, ClientAt) else None
            open_task_form(
                self.kit,
                self.office,
                self,
                client_id=client,
                title=text.strip(),
                done=lambda task: self.top.quick.clear(),
            )

    def _quick(self) -> None:
        self.top.quick.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.quick.selectAll()

    def _palette(self) -> None:
        self.palette_line.start()

    def _pane(self, step: int) -> None:
        panes: list[QWidget] = [self.palette_line.field, self.top.quick, self.rail, self.stack]
        if self.inspector.isVisible():
            panes.append(self.inspector)
        now = self.focusWidget()
        place = next((i for i, pane in enumerate(panes) if now is not None and _inside(now, pane)), 0)
        pane = panes[(place + step) % len(panes)]
        if pane is self.rail:
            self.rail.focus_current()
        elif pane is self.stack:
            self._focus_view()
        elif pane is self.inspector:
            self.inspector.records.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_import(self) -> None:
        """The dialog that brings a file in."""
        from crmdesk.ui.imports.screen import ImportDialog  # with the services, after the first frame

        if self.office is not None:
            ImportDialog(self.kit, self, self.office, self.refresh).open()

    def refresh(self) -> None:
        """Anything may have changed: an import, a connection that is back."""
        self.kit.changes.tell()

    def _changed(self, change: Change) -> None:
        """The open view reads itself anew, the others when they are shown next; the status bar says what was done."""
        if change.nouns and self.office is not None:
            self.kit.clock = self.office.desk.clock  # its zone may have been changed
            at = self.kit.clock.local().time()
            self.status.tell(
                "saved", "check", self.kit.words.gettext("Saved at {time}", time=self.kit.words.time(at)), "done"
            )
        self.undoing.heard()
        self._stale = set(self.screens) - {self.here}
        if "settings" in change.nouns:  # the office may have another name
            self._title()
            self._who()
        if self.here in self.screens:
            _reload(self.screens[self.here])

    # telling -------------------------------------------------------------------------------------------
    def tell(
        self, kind: str, strong: str, plain: str = "", *, action: str = "", press: Callable[[], None] | None = None
    ) -> None:
        """A line over the view; words already in the language of the window."""
        self.banner.tell(kind, strong, plain, action=action, press=press)
        self._of_silence = self.banner.words if kind == "over" and self.connection.lost else ""

    def inspect(self, page: Page) -> None:
        """Shows what something is made of."""
        self.inspector.tell(page)
        self.inspector.show()
        self._arrange()

    def close_inspector(self) -> None:
        """Back to the view alone."""
        had_focus = self.inspector.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        was_open = not self.inspector.isHidden()
        self.inspector.hide()
        self._arrange()
        if was_open:
            self.inspector_closed.emit()
        if had_focus:
            self._focus_view()

    def _focus_view(self) -> None:
        view = self.stack.currentWidget()
        if view is not None:
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _title(self) -> None:
        if self.office is None:
            self.setWindowTitle("CRMDesk")
            return
        facts = self.office.facts
        demo = f" · {self.kit.words.gettext('DEMO')}" if facts.demo else ""
        self.setWindowTitle(f"{facts.name}{demo} — CRMDesk")

    def _who(self) -> None:
        if self.office is None:
            return
        words, office = self.kit.words, self.office
        role = words.gettext(ROLES[office.me.role])
        demo = f" · {words.gettext('DEMO')}" if office.facts.demo else ""
        self.status.who(f"{office.me.name}, {role} · {office.facts.name}{demo}")

    def _link(self, lost: bool) -> None:
        """The connection was lost, or is back: then everything is read anew."""
        words = self.kit.words
        self.top.connection(lost)
        if lost:
            self.offline.tell(
                "over",
                words.gettext("No connection to the base"),
                words.gettext("What is on the screen stays; the window tries again by itself."),
                action=words.gettext("Try now"),
                press=self._try_now,
            )
        elif not self.offline.isHidden():
            self.offline.hide()
            if self._of_silence and self.banner.words == self._of_silence:
                self.banner.hide()  # it is not so any more
            self.refresh()

    def _try_now(self) -> None:
        self._link(True)
        self.connection.look()

    def ask_copy(self) -> None:
        """Looks up how old the last verified copy is."""
        self.copy_note.ask()

    def _copy_made(self) -> None:
        """The settings say when the last copy was made."""
        settings = self.screens.get("settings")
        if settings is not None:
            _reload(settings)

    # shape ---------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        narrow = self.width() < NARROW_WINDOW
        self.rail.set_narrow(narrow)
        covered = narrow and self.inspector.isVisibleTo(self)
        self._middle.setVisible(not covered)
        self.inspector.setMinimumWidth(0 if covered else INSPECTOR)
        self.inspector.setMaximumWidth(16777215 if covered else INSPECTOR)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()
        self.palette_line.popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() == Qt.Key.Key_Escape and self.inspector.isVisible():
            self.close_inspector()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        shape.keep(self, self.kit.settings)
        restore.keep_screens(self.kit.settings, self.screens)
        if self.hides_instead():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)


def _go(window: Window, name: str) -> Callable[[], None]:
    return lambda: window.go(name)


def _reload(screen: QWidget) -> None:
    """A screen's own `reload`, else its presenter's `load`."""
    read = getattr(screen, "reload", None) or getattr(getattr(screen, "presenter", None), "load", None)
    if read is not None:
        read()


def _inside(widget: Any, pane: QWidget) -> bool:
    return widget is pane or pane.isAncestorOf(widget)
