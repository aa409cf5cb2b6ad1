"""The dialog of an import: the file, what its columns are taken for, its first rows, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.import_texts import column_name, field_name, kind_name, refusal_line
from crmdesk.ui.imports.presenter import AUTO, ImportOffice, ImportPresenter, ImportState, Step
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.fonts import width as text_width
from crmdesk.ui.theme.tokens import BUTTON, ROW, TABLE_HEAD
from crmdesk.ui.widgets.controls import Button, Elided
from crmdesk.ui.widgets.dialog import Dialog
from crmdesk.ui.widgets.notes import Banner, Progress

KINDS = (AUTO, "clients", "people", "orders", "products", "interactions", "tasks")
ENDINGS = "*.xlsx *.xls *.ods *.csv *.txt *.tsv *.vcf"
SHOWN_REFUSALS = 500
WIDTH, HEIGHT = 1100, 680
NARROWEST, WIDEST = 60, 280  # columns of the preview
HOW = {
    "heading": N_("by its heading"),
    "content": N_("by its content"),
    "kept": N_("as last time"),
    "given": N_("as you said"),
}


class ImportDialog(Dialog):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, parent: QWidget, office: ImportOffice, changed: Callable[[], None]) -> None:
        super().__init__(
            kit, parent, N_("Bring a file in"), verb=N_("Bring it in"), press=self._verb, refuse=N_("Close"), width=720
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMaximumWidth(16777215)
        room = parent.size()
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 40))
        self.setAcceptDrops(True)
        self._presenter = ImportPresenter(self, kit.runner, office, changed)
        self._file_row()
        self.banner = Banner(kit, 0)
        self.progress = Progress(kit, self._presenter.stop)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.progress)
        self.rooms = QStackedWidget()
        self.body.addWidget(self.rooms, 1)
        self._first_room()
        self._preview_room()
        self._report_room()
        self.undo_button = Button(kit, N_("Take the import back"), self._presenter.undo, icon="undo-2")
        self.extra.addWidget(self.undo_button)
        self._presenter.start()
        self.choose_button.setFocus()

    # building --------------------------------------------------------------------------------------
    def _file_row(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.choose_button = Button(self.kit, N_("Choose a file…"), self._choose, icon="folder")
        self._file = Elided(self.kit, "text")
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(self.kit.words.gettext("What the file brings"))
        for kind in KINDS:
            text = self.kit.words.gettext("Guess by the file") if kind == AUTO else kind_name(kind, self.kit.words)
            self.kinds.addItem(text, kind)
        self.kinds.activated.connect(lambda n: self._presenter.use_kind(KINDS[n]))
        row.addWidget(self.choose_button)
        row.addWidget(self._file, 1)
        row.addWidget(self.kinds)
        self.body.addLayout(row)

    def _first_room(self) -> None:
        words = self.kit.words
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addStretch()
        sign = QLabel()
        sign.setPixmap(self.kit.look.pixmap("file-text", 24))
        sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(sign)
        for text, kind in (
            (words.gettext("Clients, sales and more out of Excel, 1C, CSV or a phone book"), "strong"),
            (
                words.gettext("Drop the file here. You will see what it is taken for before anything is written."),
                "muted",
            ),
        ):
            label = QLabel(text)
            label.setProperty("k", kind)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch()
        self.rooms.addWidget(page)

    def _preview_room(self) -> None:
        words = self.kit.words
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._outcome = QLabel()
        self._outcome.setProperty("k", "strong")
        self._outcome.setWordWrap(True)
        column.addWidget(self._outcome)
        self._refused = Banner(self.kit, 0)
        column.addWidget(self._refused)
        self.columns = _table(words.gettext("Columns of the file"))
        heads = (N_("Column of the file"), N_("For example"), N_("Taken for"), N_("How we know"))
        self.columns.setColumnCount(len(heads))
        self.columns.setHorizontalHeaderLabels([words.gettext(head) for head in heads])
        self.columns.verticalHeader().setDefaultSectionSize(ROW + 8)
        for number, wide in enumerate((230, 250, 250, 150)):
            self.columns.setColumnWidth(number, wide)
        self.columns.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.columns, 3)
        self.rows = _table(words.gettext("First rows of the file"))
        self.rows.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column.addWidget(self.rows, 2)
        choices = QHBoxLayout()
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(24)
        self.unknown = QCheckBox(words.gettext("Make clients that are not in the base yet"))
        self.unknown.toggled.connect(self._presenter.make_unknown)
        self.good = QCheckBox(words.gettext("Bring in the good rows, leave the others out"))
        self.good.toggled.connect(self._presenter.keep_good)
        choices.addWidget(self.unknown)
        choices.addWidget(self.good)
        choices.addStretch()
        column.addLayout(choices)
        self.rooms.addWidget(page)

    def _report_room(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.came = QLabel()
        self.came.setProperty("k", "strong")
        self.came.setWordWrap(True)
        column.addWidget(self.came)
        self.refusals = QListWidget()
        self.refusals.setAccessibleName(self.kit.words.gettext("Refused rows"))
        column.addWidget(self.refusals, 10)
        column.addStretch(1)
        self.rooms.addWidget(page)

    # showing ---------------------------------------------------------------------------------------
    def show_state(self, state: ImportState) -> None:
        """The presenter's state."""
        words = self.kit.words
        busy = state.step in (Step.LOOKING, Step.RUNNING)
        self._file.say(state.path.name if state.path else "")
        self.choose_button.setEnabled(not busy)
        self.kinds.setVisible(state.path is not None)
        self.kinds.setEnabled(state.step is Step.PREVIEW)
        kind = state.preview.kind if state.preview and state.kind == AUTO else state.kind
        self.kinds.setCurrentIndex(KINDS.index(kind) if kind in KINDS else 0)
        if busy:
            what = (
                words.gettext("Reading the file…") if state.step is Step.LOOKING else words.gettext("Bringing it in…")
            )
            self.progress.tell(what, state.done, state.total)
        else:
            self.progress.hide()
        if state.error is not None and not busy:
            self.banner.tell("over", told(state.error, words))
        else:
            self.banner.hide()
        self._show_room(state, busy)
        done = state.step in (Step.REPORT, Step.UNDONE)
        self.verb.setVisible(not done)
        self.verb.setEnabled(self._presenter.can_run)
        self.undo_button.setVisible(
            state.step is Step.REPORT and state.report is not None and state.report.import_id is not None
        )

    def _show_room(self, state: ImportState, busy: bool) -> None:
        if state.step in (Step.REPORT, Step.UNDONE):
            self._show_report(state)
            self.rooms.setCurrentIndex(2)
        elif state.preview is not None:
            if state.step is Step.PREVIEW:
                self._show_preview(state)
            self.rooms.setCurrentIndex(1)
            current = self.rooms.currentWidget()
            if current is not None:
                current.setEnabled(not busy)
        else:
            self.rooms.setCurrentIndex(0)

    def _show_preview(self, state: ImportState) -> None:
        words, preview = self.kit.words, state.preview
        assert preview is not None
        outcome = preview.outcome
        refused = len(outcome.refused)
        self._outcome.setText(self._counts(outcome.added, outcome.updated, outcome.unchanged))
        if refused:
            strong = words.ngettext("{n} row is refused", "{n} rows are refused", refused)
            self._refused.tell("over", strong, refusal_line(outcome.refused[0], words, form=preview.form))
        else:
            self._refused.hide()
        self.good.setVisible(bool(refused))
        self._show_columns(state)
        width = max((len(cells) for _, cells in preview.rows), default=0)
        self.rows.setColumnCount(width + 1)
        labels = [column_name(column.label, preview.form, words) for column in preview.columns]
        labels += [""] * (width - len(labels))
        self.rows.setHorizontalHeaderLabels(["№", *labels])
        self.rows.setRowCount(len(preview.rows))
        for row, (number, cells) in enumerate(preview.rows):
            for place, text in enumerate((words.number(number), *cells)):
                self.rows.setItem(row, place, QTableWidgetItem(text))
        for place in range(1, width + 1):
            texts = [labels[place - 1], *(cells[place - 1] for _, cells in preview.rows if place <= len(cells))]
            widest = max((text_width(text) for text in texts), default=0.0)
            self.rows.setColumnWidth(place, int(min(max(widest + 30, NARROWEST), WIDEST)))
        self.rows.setColumnWidth(0, 44)

    def _show_columns(self, state: ImportState) -> None:
        words, preview = self.kit.words, state.preview
        assert preview is not None
        self.columns.setRowCount(len(preview.columns))
        for row, column in enumerate(preview.columns):
            name = column_name(column.label, preview.form, words)
            for place, text in ((0, name), (1, " · ".join(column.samples))):
                self.columns.setItem(row, place, QTableWidgetItem(text))
            combo = QComboBox()
            combo.addItem(words.gettext("leave it out"), "")
            for field in state.fields:
                combo.addItem(field_name(field, words), field)
            combo.setCurrentIndex(max(0, combo.findData(column.field)))
            combo.setAccessibleName(words.gettext("Taken for: {column}", column=name))
            combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            combo.activated.connect(_chooser(self._presenter, column.label, combo))
            self.columns.setCellWidget(row, 2, _centred(combo))
            how = words.gettext(HOW[column.how]) if column.field and column.how in HOW else ""
            self.columns.setItem(row, 3, QTableWidgetItem(how))

    def _show_report(self, state: ImportState) -> None:
        words, report = self.kit.words, state.report
        assert report is not None
        if state.step is Step.UNDONE and state.undone is not None:
            undone = state.undone
            self.came.setText(
                words.gettext(
                    "The import was taken back: {archived} put away, {restored} set back, {kept} kept.",
                    archived=words.number(undone.archived),
                    restored=words.number(undone.restored),
                    kept=words.number(len(undone.kept)),
                )
            )
            self.refusals.clear()
            return
        text = self._counts(report.added, report.updated, report.unchanged)
        if report.import_id is None:
            text = words.gettext("Nothing came in")
        refused = len(report.refused)
        if refused:
            text += " · " + words.ngettext("{n} row is refused", "{n} rows are refused", refused)
        self.came.setText(text)
        self.refusals.clear()
        self.refusals.setVisible(bool(refused))
        form = state.preview.form if state.preview else ""
        self.refusals.addItems([refusal_line(one, words, form=form) for one in report.refused[:SHOWN_REFUSALS]])

    def _counts(self, added: int, updated: int, unchanged: int) -> str:
        words = self.kit.words
        return words.gettext(
            "New: {added}, changed: {updated}, the same: {unchanged}",
            added=words.number(added),
            updated=words.number(updated),
            unchanged=words.number(unchanged),
        )

    # doing -----------------------------------------------------------------------------------------
    def _verb(self) -> None:
        self._presenter.run()

    def _choose(self) -> None:
        words = self.kit.words
        dialog = QFileDialog(self, words.gettext("Choose a file"), str(self.kit.settings.get("import_folder", "")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [f"{words.gettext('Tables and phone books')} ({ENDINGS})", words.gettext("All files") + " (*)"]
        )
        dialog.fileSelected.connect(lambda file: self.choose(Path(file)))
        dialog.open()

    def choose(self, file: Path) -> None:
        """Looks at a file."""
        self.kit.settings.set("import_folder", str(file.parent))
        self._presenter.choose(file)

    def reject(self) -> None:
        """Closes; what is under way is stopped first and leaves nothing half done."""
        self._presenter.stop()
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.choose(Path(files[0]))


def _table(name: str) -> QTableWidget:
    table = QTableWidget()
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW)
    table.horizontalHeader().setFixedHeight(TABLE_HEAD)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    return table


def _centred(combo: QComboBox) -> QWidget:
    """A combo box of its usual height in the middle of its row."""
    room = QWidget()
    row = QHBoxLayout(room)
    row.setContentsMargins(4, 0, 4, 0)
    combo.setFixedHeight(BUTTON)
    row.addWidget(combo)
    return room


def _chooser(presenter: ImportPresenter, label: str, combo: QComboBox) -> Callable[[int], None]:
    return lambda number: presenter.use_field(label, str(combo.itemData(number)))
