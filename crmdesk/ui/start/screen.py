"""The first start on the screen: three choices, the few fields each needs, one button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.language import NAMES
from crmdesk.ui.list_words import COUNTRIES
from crmdesk.ui.office import Office
from crmdesk.ui.start.presenter import Choice, Form, Offices, StartPresenter, StartState
from crmdesk.ui.widgets.controls import Button, Field, Label
from crmdesk.ui.widgets.notes import Banner, Progress

CHOICES = (
    (Choice.ONE, "building-2", N_("One computer")),
    (Choice.SHARED, "users", N_("A shared base in the office")),
    (Choice.EXAMPLE, "eye", N_("Look at an example")),
)
TELLS = {
    Choice.ONE: N_("Everything lies in one file on this computer. Nothing else is needed."),
    Choice.SHARED: N_("Several computers work in one base on a PostgreSQL server. The password is not kept."),
    Choice.EXAMPLE: N_("A made-up print shop with clients, orders and plans. It never mixes with your own data."),
}
FIELDS = {
    "office": N_("Name of the office"),
    "owner": N_("Your name"),
    "file": N_("File"),
    "server": N_("Server"),
    "database": N_("Database"),
    "login": N_("Login"),
    "password": N_("Password"),
}
WIDTH = 560


class StartScreen(QWidget):
    """Asks one thing at a time; usable without a manual."""

    def __init__(
        self,
        kit: Kit,
        offices: Offices,
        folder: Path,
        ready: Callable[[Office], None],
        form: Form | None = None,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, Label] = {}
        page = QWidget()
        page.setMaximumWidth(WIDTH)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 24, 16, 24)
        self._column.setSpacing(8)
        self._top()
        self._choices()
        self._form()
        self._foot()
        self._column.addStretch()
        self._scroll(page)
        self._presenter = StartPresenter(self, kit.runner, offices, folder, ready, form)
        self._presenter.lang = kit.language.lang
        kit.language.changed.connect(self.retranslate)
        self.retranslate()
        self._presenter.start()
        self.setFocusProxy(self._buttons[self._presenter.state.form.choice])

    def _scroll(self, page: QWidget) -> None:
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(page, 10)
        row.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _top(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 8)
        row.addWidget(Label(self._kit, N_("How will you work?"), "head"), 1)
        self._language = QComboBox()
        self._language.addItems([NAMES[lang] for lang in LANGUAGES])
        self._language.activated.connect(self._use_language)
        row.addWidget(self._language)
        self._column.addLayout(row)
        self._banner = Banner(self._kit)
        self._column.addWidget(self._banner)

    def _choices(self) -> None:
        self._buttons: dict[Choice, Button] = {}
        self._group = QButtonGroup(self)
        for choice, icon, text in CHOICES:
            button = Button(self._kit, text, lambda c=choice: self._presenter.fill(choice=c), kind="choice", icon=icon)  # type: ignore[misc]
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[choice] = button
            self._column.addWidget(button)
        self._tell = QLabel()
        self._tell.setProperty("k", "muted")
        self._tell.setWordWrap(True)
        self._column.addWidget(self._tell)

    def _form(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 150)
        grid.setColumnStretch(1, 1)
        self._old = QCheckBox()
        self._old.toggled.connect(lambda on: self._presenter.fill(new=not on))
        grid.addWidget(self._old, 0, 1)
        for row, (name, title) in enumerate(FIELDS.items(), start=1):
            label = Label(self._kit, title, "muted")
            field = Field(self._kit)
            field.setAccessibleName(title)
            label.setBuddy(field)
            field.textEdited.connect(lambda text, n=name: self._presenter.fill(**{n: text}))
            field.returnPressed.connect(lambda: self._presenter.go())
            self._fields[name], self._labels[name] = field, label
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self._fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self._country_label = Label(self._kit, N_("Country"), "muted")
        self._country = QComboBox()
        self._country.addItems([""] * len(COUNTRIES))
        self._country.activated.connect(lambda n: self._presenter.fill(country=list(COUNTRIES)[n]))
        self._country_label.setBuddy(self._country)
        grid.addWidget(self._country_label, len(FIELDS) + 1, 0)
        grid.addWidget(self._country, len(FIELDS) + 1, 1)
        self._browse = Button(self._kit, N_("Choose…"), self._choose_file)
        grid.addWidget(self._browse, list(FIELDS).index("file") + 1, 2)
        self._column.addLayout(grid)

    def _foot(self) -> None:
        self._missing = QLabel()
        self._missing.setProperty("k", "error")
        self._column.addWidget(self._missing)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        self._progress = Progress(self._kit, lambda: self._presenter.stop())
        row.addWidget(self._progress, 1)
        row.addStretch()
        self._go = Button(self._kit, N_("Begin"), lambda: self._presenter.go(), kind="primary")
        row.addWidget(self._go)
        self._column.addLayout(row)

    def _use_language(self, number: int) -> None:
        self._kit.settings.set("lang", LANGUAGES[number])
        self._presenter.lang = LANGUAGES[number]
        self._kit.language.use(LANGUAGES[number])

    def _choose_file(self) -> None:
        words = self._kit.words
        form = self._presenter.state.form
        dialog = QFileDialog(self, words.gettext("The file of the office"), str(self._presenter.file().parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter(words.gettext("CRMDesk offices") + " (*.crmdesk)")
        if form.new:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("crmdesk")
            dialog.selectFile(self._presenter.file().name)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self._presenter.fill(file=file))
        dialog.open()

    def refuse(self, error: Exception) -> None:
        """Says why the office of last time did not open."""
        self._presenter.refuse(error)

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self._language.setCurrentIndex(LANGUAGES.index(words.lang))
        self._language.setAccessibleName(words.gettext("Language"))
        for name, title in FIELDS.items():
            self._fields[name].setAccessibleName(words.gettext(title))
        for number, country in enumerate(COUNTRIES.values()):
            self._country.setItemText(number, words.gettext(country))
        self._country.setAccessibleName(words.gettext("Country"))
        self._old.setText(words.gettext("It is there already, open it"))
        self.show_state(self._presenter.state)

    def show_state(self, state: StartState) -> None:
        """The presenter's state."""
        words, form = self._kit.words, state.form
        self._buttons[form.choice].setChecked(True)
        self._tell.setText(words.gettext(TELLS[form.choice]))
        one, shared = form.choice is Choice.ONE, form.choice is Choice.SHARED
        there = {
            "office": form.new and (one or shared),
            "owner": form.new and (one or shared),
            "file": one,
            "server": shared,
            "database": shared,
            "login": shared,
            "password": shared,
        }
        for name, visible in there.items():
            self._labels[name].setVisible(visible)
            self._fields[name].setVisible(visible)
            if self._fields[name].text() != getattr(form, name):
                self._fields[name].setText(getattr(form, name))
            self._mark(self._fields[name], name in state.missing)
        self._fields["file"].setPlaceholderText(str(self._presenter.file()) if form.new else "")
        self._browse.setVisible(one)
        self._old.setVisible(one or shared)
        self._old.setChecked(not form.new)
        self._country.setVisible(there["office"])
        self._country_label.setVisible(there["office"])
        if form.country in COUNTRIES:
            self._country.setCurrentIndex(list(COUNTRIES).index(form.country))
        names = ", ".join(words.gettext(FIELDS[name]) for name in state.missing)
        self._missing.setText(words.gettext("Fill in: {fields}", fields=names) if names else "")
        self._go.setEnabled(not state.working)
        self._working(state)
        if state.error is not None:
            self._banner.tell("over", told(state.error, words))
        else:
            self._banner.hide()

    def _working(self, state: StartState) -> None:
        words = self._kit.words
        if not state.working:
            self._progress.hide()
            return
        example = state.form.choice is Choice.EXAMPLE
        what = words.gettext("Making the example…") if example else words.gettext("Opening the office…")
        self._progress.tell(what, state.done, state.total)

    @staticmethod
    def _mark(field: QLineEdit, bad: bool) -> None:
        if bool(field.property("bad")) != bad:
            field.setProperty("bad", bad)
            field.style().unpolish(field)
            field.style().polish(field)
