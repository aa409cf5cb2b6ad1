"""The sheet view on the screen: choices, head, table or overview or preview, and what they open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.documents.sheet_units import sheet_unit
from crmdesk.documents.sheet_words import SheetWords
from crmdesk.domain.lists import Role
from crmdesk.domain.months import iso
from crmdesk.domain.sheet import Sheet, SheetRow
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.printing import opener, print_paper
from crmdesk.ui.sheet.behind import asked, cell_page, head_page
from crmdesk.ui.sheet.columns import Column, Kind
from crmdesk.ui.sheet.head import SheetHeadPane
from crmdesk.ui.sheet.options import FactorsDialog, Options
from crmdesk.ui.sheet.overview import Overview
from crmdesk.ui.sheet.presenter import Phase, SheetPresenter, SheetState
from crmdesk.ui.sheet.table import SheetTable
from crmdesk.ui.theme.tokens import VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Elided, Label
from crmdesk.ui.widgets.notes import Empty, Progress

ENDINGS = (("pdf", N_("PDF")), ("xlsx", N_("Excel (XLSX)")), ("json", N_("JSON")))
WORKS = {
    "all": N_("Counting the sheets…"),
    "save": N_("Saving…"),
}


class SheetScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, frame: Host) -> None:
        super().__init__()
        self._kit = kit
        self._frame = frame
        self._shown: Sheet | None = None
        kept = kit.settings.get("sheet")
        self.presenter = SheetPresenter(
            self,
            kit.runner,
            office,
            office.desk.clock.today(),
            kept if isinstance(kept, dict) else None,
            lambda choices: kit.settings.set("sheet", choices),
        )
        self._build()
        self._register(frame)
        kit.language.changed.connect(self.retranslate)
        frame.inspector_closed.connect(self.presenter.close_cell)
        self.presenter.start()

    # building --------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head_row())
        self.options = Options(kit, self.presenter)
        column.addWidget(self.options)
        self.progress = Progress(kit, self.presenter.stop)
        column.addWidget(self.progress)
        self.rooms = QStackedWidget()
        column.addWidget(self.rooms, 1)
        self.page = QWidget()
        inside = QVBoxLayout(self.page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.head = SheetHeadPane(kit, self._open_figure, self._open_client)
        self.table = SheetTable(kit, self._open_cell)
        inside.addWidget(self.head)
        inside.addWidget(self.table, 1)
        self.overview = Overview(kit, lambda manager: self.presenter.choose(manager=manager))
        self.empty = Empty(kit)
        around = QWidget()
        margin = QHBoxLayout(around)
        margin.setContentsMargins(8, 0, 8, 0)
        margin.addWidget(self.overview)
        self.overview_room = around
        for room in (self.empty, self.page, self.overview_room):
            self.rooms.addWidget(room)

    def _head_row(self) -> QHBoxLayout:
        kit = self._kit
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self._title = Label(kit, N_("Supervisor's sheet"), "head")
        self._title.setFixedHeight(VIEW_HEAD)
        self._facts = Elided(kit)
        self._save_button = Button(kit, N_("Save as"), icon="download")
        self._menu = QMenu(self._save_button)
        self._save_button.setProperty("menu", "true")
        self._save_button.setMenu(self._menu)
        self._print_button = Button(
            kit, N_("Print…"), lambda: self._kit.commands.run("sheet-print"), kind="primary", icon="printer"
        )
        row.addWidget(self._title)
        row.addWidget(self._facts, 1)
        for button in (self._save_button, self._print_button):
            row.addWidget(button)
        return row

    def _register(self, frame: Host) -> None:
        ready = lambda: bool(self.presenter.on_paper)  # noqa: E731
        add = frame.offer
        add(Command("sheet-print", N_("Sheet: print…"), self._print, "reports", "Ctrl+P", "printer", ready))
        for ending, name in ENDINGS:
            title = {
                "pdf": N_("Sheet: save as PDF…"),
                "xlsx": N_("Sheet: save as Excel…"),
                "json": N_("Sheet: save as JSON…"),
            }
            command = f"sheet-save-{ending}"
            keys = "Ctrl+S" if ending == "pdf" else ""
            add(Command(command, title[ending], _saver(self, ending), "reports", keys, "download", ready))
            action = self._menu.addAction(self._kit.words.gettext(name))
            action.setData(name)
            action.triggered.connect(_saver(self, ending))
        add(
            Command(
                "sheet-all", N_("Sheet: all managers"), self._all, "reports", "Ctrl+Shift+M", "users", self._sees_all
            )
        )
        add(Command("sheet-refresh", N_("Sheet: count anew"), self.presenter.load, "reports", "F5", "repeat"))

    def _sees_all(self) -> bool:
        return self.presenter.state.may_see_all

    def pose(self, name: str) -> None:
        """For pictures: a cell or a figure with what is behind it, everybody's sheets, an empty sheet, the paper."""
        presenter = self.presenter
        if name == "all":
            presenter.choose(manager=None)
        elif name == "untracked":
            owner = next((user for user in presenter.state.people if user.role is Role.OWNER), None)
            presenter.choose(manager=owner.id if owner else presenter.state.wanted.manager)
        elif name == "preview":
            self._kit.commands.run("sheet-print")
        elif name == "factors":
            FactorsDialog(self._kit, self.window(), presenter, presenter.state.wanted.factors).open()
        elif name == "head":
            presenter.open_cell(0, "completeness", None)
        elif name == "cell":
            cells = self.table.model.cells
            if cells is not None and cells.sheet.rows:
                figures = [number for number, column in enumerate(cells.columns) if column.kind is Kind.FACTOR]
                self.table.go_to(0, figures[min(len(cells.sheet.months) - 1, len(figures) - 1)])
                self.table.open(self.table.right.currentIndex())

    # showing ---------------------------------------------------------------------------------------
    def retranslate(self) -> None:
        """Says everything anew."""
        for action in self._menu.actions():
            action.setText(self._kit.words.gettext(str(action.data())))
        self._shown = None
        state = self.presenter.state
        if state.sheets:
            self.overview.show_sheets(state.sheets)
        self.show_state(state)

    def show_state(self, state: SheetState) -> None:
        """The presenter's state."""
        self.options.show_state(state)
        self._show_work(state)
        self._show_room(state)
        self._show_buttons(state)
        self._show_cell(state)

    def _show_room(self, state: SheetState) -> None:
        words = self._kit.words
        if state.phase is Phase.READY and state.sheet is not None:
            self._show_sheet(state.sheet)
        elif state.phase is Phase.READY:
            if self.overview.overview.sheets is not state.sheets:
                self.overview.show_sheets(state.sheets)
            self.rooms.setCurrentWidget(self.overview_room)
            self._say_facts(words.ngettext("{n} manager", "{n} managers", len(state.sheets)))
        elif state.phase is Phase.LOADING and (self.rooms.currentWidget() is not self.empty):
            self._say_facts(words.gettext("Counting…"))
        else:
            self._show_empty(state)
            self.rooms.setCurrentWidget(self.empty)
            self._say_facts("")
            return
        if self.rooms.currentWidget() is not self.empty:
            self.empty.clear()

    def _show_sheet(self, sheet: Sheet) -> None:
        words = self._sheet_words(sheet)
        if self._shown is not sheet:
            self._shown = sheet
            self.head.show_sheet(sheet, words)
            self.table.show_sheet(sheet)
        self.rooms.setCurrentWidget(self.page)
        tracked, span, short = words.tracked(sheet), words.span(sheet.months), self._short_span(sheet)
        self._say_facts(
            f"{words.period(sheet)} · {tracked}", f"{span} · {tracked}", f"{short} · {tracked}", span, short
        )

    def _short_span(self, sheet: Sheet) -> str:
        """май – окт 2026."""
        first, last = sheet.months[0], sheet.months[-1]
        name = self._kit.words.month_short
        year = "" if first // 100 == last // 100 else f" {first // 100}"
        begin = "" if first == last else f"{name(first % 100)}{year} – "
        return f"{begin}{name(last % 100)} {last // 100}"

    def _say_facts(self, text: str, *shorter: str) -> None:
        self._facts.say(text, *shorter)

    def _sheet_words(self, sheet: Sheet) -> SheetWords:
        return SheetWords(self._kit.words, sheet.currency, unit=sheet_unit(sheet))

    def _show_work(self, state: SheetState) -> None:
        if state.work is None:
            self.progress.hide()
        else:
            self.progress.tell(self._kit.words.gettext(WORKS[state.work.what]), state.work.done, state.work.total)

    def _show_buttons(self, state: SheetState) -> None:
        ready = bool(self.presenter.on_paper) and state.work is None
        for button in (self._save_button, self._print_button):
            button.setEnabled(ready)

    def _show_empty(self, state: SheetState) -> None:
        w = self._kit.words
        match state.phase:
            case Phase.LOADING:
                self.empty.tell("hourglass", w.gettext("Counting…"))
            case Phase.NO_RIGHT:
                self.empty.tell("lock", w.gettext("You have no right to this sheet"), self._reason(state))
            case Phase.FAILED:
                self.empty.tell(
                    "circle-alert",
                    w.gettext("The sheet could not be counted"),
                    self._reason(state),
                    token="over",
                    button=w.gettext("Try again"),
                    press=self.presenter.start,
                )
            case _:
                self._nobody_tracked(state)

    def _reason(self, state: SheetState) -> str:
        return told(state.error, self._kit.words) if state.error is not None else ""

    def _nobody_tracked(self, state: SheetState) -> None:
        w = self._kit.words
        importing = self._kit.commands.known("import")
        if state.clients_all and state.wanted.manager is not None:
            self.empty.tell(
                "list-filter",
                w.gettext("None of this manager's clients is tracked"),
                w.ngettext(
                    "The sheet shows only tracked clients. This manager has {n} client.",
                    "The sheet shows only tracked clients. This manager has {n} clients.",
                    state.clients_all,
                ),
                button=w.gettext("Track the 35 with the largest turnover"),
                press=self.presenter.track_top,
            )
            return
        self.empty.tell(
            "users",
            w.gettext("No clients yet"),
            w.gettext("Bring in clients and sales from Excel or 1C, then the sheet counts itself."),
            button=w.gettext("Import a file…") if importing else "",
            press=(lambda: self._kit.commands.run("import")) if importing else None,
        )

    # opening ---------------------------------------------------------------------------------------
    def _open_cell(self, row: SheetRow, column: Column) -> None:
        what, month = asked(row, column)
        self.presenter.open_cell(row.client_id, what, month)

    def _open_client(self, row: SheetRow) -> None:
        sheet = self.presenter.state.sheet
        if sheet is not None:
            number = next((n for n, one in enumerate(sheet.rows) if one.client_id == row.client_id), 0)
            self.table.go_to(number, 1)
        self.presenter.open_cell(row.client_id, "risk", None)

    def _open_figure(self, what: str, last_month_alone: bool) -> None:
        sheet = self.presenter.state.sheet
        if sheet is not None:
            self.presenter.open_cell(0, what, sheet.months[-1] if last_month_alone else None)

    def _show_cell(self, state: SheetState) -> None:
        cell, sheet = state.cell, state.sheet
        if cell is None or sheet is None:
            return
        words = self._sheet_words(sheet)
        if cell.client_id == 0:
            self._frame.inspect(head_page(sheet, words, cell, state.records))
            return
        ask = lambda what: self.presenter.open_cell(cell.client_id, what, None)  # noqa: E731
        self._frame.inspect(cell_page(sheet, words, cell, state.records, ask))

    # paper and files -------------------------------------------------------------------------------
    def _all(self) -> None:
        self.presenter.choose(manager=None)

    def _print(self) -> None:
        name = self.file_name("pdf").removesuffix(".pdf")
        print_paper(self._kit, self._frame, name, self.presenter.paper(self._kit.language.lang))

    def save_as(self, ending: str) -> None:
        """Asks where, then saves."""
        words = self._kit.words
        folder = self._kit.settings.get("save_folder") or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        dialog = QFileDialog(self, words.gettext("Save the sheet"), str(folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{ending.upper()} (*.{ending})")
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(self.file_name(ending))
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def file_name(self, ending: str) -> str:
        """A name that says whose sheet and which month: «Лист Иванова 2026-10.pdf»."""
        words, sheets = self._kit.words, self.presenter.on_paper
        if not sheets:
            return f"CRMDesk.{ending}"
        who = sheets[0].manager if len(sheets) == 1 else words.pgettext("sheet", "All managers")
        month = iso(sheets[0].months[-1])
        name = words.gettext("Sheet {who} {month}", who=who.split()[0] if len(sheets) == 1 else who, month=month)
        return f"{name}.{ending}"

    def _save(self, path: str) -> None:
        self._kit.settings.set("save_folder", str(Path(path).parent))
        self.presenter.save(Path(path), self._kit.language.lang)

    def told(self, key: str, values: dict[str, object]) -> None:
        """Something was done, or failed."""
        w = self._kit.words
        if key == "saved":
            path = Path(str(values["path"]))
            self._frame.tell("done", w.gettext("Saved"), str(path), action=w.gettext("Open"), press=opener(path))
        elif key == "tracked":
            self._frame.tell(
                "done", w.ngettext("{n} client is tracked now", "{n} clients are tracked now", int(str(values["n"])))
            )
        elif key == "stopped":
            self._frame.tell("neutral", w.gettext("Stopped"), w.gettext("nothing was changed"))
        else:
            error = values["error"]
            assert isinstance(error, Exception)
            self._frame.tell("over", told(error, w))


def _saver(screen: SheetScreen, ending: str) -> Callable[[], None]:
    return lambda *_: screen.save_as(ending)
