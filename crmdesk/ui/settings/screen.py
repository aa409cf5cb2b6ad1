"""The settings on the screen: this computer, the office, its people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.text import sort_key
from crmdesk.domain.users import User
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.language import NAMES
from crmdesk.ui.list_words import COUNTRIES, ROLES
from crmdesk.ui.office import Office
from crmdesk.ui.settings.presenter import SettingsPresenter, SettingsState
from crmdesk.ui.theme.look import THEMES
from crmdesk.ui.theme.tokens import VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Label

THEME_NAMES = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
LABELS, VALUES = 200, 360  # column widths


class SettingsScreen(QWidget):
    """One page: sections of label and value; a choice works at once."""

    def __init__(self, kit: Kit, office: Office, frame: object) -> None:
        super().__init__()
        self._kit = kit
        self._state: SettingsState | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        title = Label(kit, N_("Settings"), "head")
        title.setFixedHeight(VIEW_HEAD)
        head.addWidget(title)
        outer.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(16, 0, 16, 16)
        self._column.setSpacing(4)
        scroll.setWidget(page)
        outer.addWidget(scroll, 1)
        self._language = self._combo([NAMES[lang] for lang in LANGUAGES], self._use_language)
        self._theme = self._combo([""] * len(THEMES), self._use_theme)
        self._values: dict[str, QLabel] = {}
        self._here()
        self._office()
        self._copies()
        self._people_grid = self._section(N_("People"))
        self._column.addStretch()
        self.setFocusProxy(self._language)
        kit.language.changed.connect(self.retranslate)
        self.presenter = SettingsPresenter(self, kit.runner, office)
        self.retranslate()
        self.presenter.start()

    def _here(self) -> None:
        grid = self._section(N_("This computer"))
        self._row(grid, N_("Language"), self._language)
        self._row(grid, N_("Theme"), self._theme)

    def _office(self) -> None:
        grid = self._section(N_("Office"))
        for key, text in (
            ("name", N_("Name of the office")),
            ("address", N_("Where it lies")),
            ("currency", N_("Currency")),
            ("zone", N_("Time zone")),
            ("country", N_("Country")),
            ("me", N_("You work as")),
        ):
            value = QLabel()
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[key] = value
            self._row(grid, text, value)

    def _copies(self) -> None:
        grid = self._section(N_("Copies"))
        for key, text in (("copy", N_("Last verified copy")), ("folder", N_("Where copies lie"))):
            value = QLabel()
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[key] = value
            self._row(grid, text, value)
        self._copy_button = Button(
            self._kit, N_("Make a copy now"), lambda: self._kit.commands.run("copy-now"), icon="database-backup"
        )
        grid.addWidget(self._copy_button, grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)

    def _section(self, title: str) -> QGridLayout:
        head = Label(self._kit, title, "strong")
        head.setContentsMargins(0, 12, 0, 4)
        self._column.addWidget(head)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnMinimumWidth(1, VALUES)
        grid.setColumnStretch(2, 1)
        self._column.addLayout(grid)
        return grid

    def _row(self, grid: QGridLayout, title: str, value: QWidget) -> None:
        row = grid.rowCount()
        label = Label(self._kit, title, "muted")
        label.setBuddy(value)
        label.setMinimumHeight(28)
        grid.addWidget(label, row, 0)
        grid.addWidget(value, row, 1)

    def _combo(self, names: list[str], chosen: object) -> QComboBox:
        combo = QComboBox()
        combo.addItems(names)
        combo.setMinimumWidth(200)
        combo.activated.connect(chosen)
        return combo

    def _use_language(self, number: int) -> None:
        lang = LANGUAGES[number]
        self._kit.settings.set("lang", lang)
        self._kit.language.use(lang)

    def _use_theme(self, number: int) -> None:
        self._kit.settings.set("theme", THEMES[number])
        self._kit.look.use(THEMES[number])

    def retranslate(self) -> None:
        """Says everything anew."""
        words = self._kit.words
        self._language.setCurrentIndex(LANGUAGES.index(words.lang))
        self._language.setAccessibleName(words.gettext("Language"))
        self._theme.setAccessibleName(words.gettext("Theme"))
        for number, theme in enumerate(THEMES):
            self._theme.setItemText(number, words.gettext(THEME_NAMES[theme]))
        self._theme.setCurrentIndex(THEMES.index(self._kit.look.theme))
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""
        self._state = state
        words = self._kit.words
        country = COUNTRIES.get(state.facts.country)
        for key, text in (
            ("name", state.facts.name),
            ("address", state.address),
            ("currency", words.currency_name(state.facts.currency)),
            ("zone", words.zone_name(state.facts.zone)),
            ("country", words.gettext(country) if country else state.facts.country),
            ("copy", words.moment(state.copy_at) if state.copy_at else words.gettext("No verified copy yet")),
            ("folder", state.copy_folder or "—"),
            ("me", f"{state.me.name} ({state.me.login}), {words.gettext(ROLES[state.me.role])}"),
        ):
            self._values[key].setText(text)
        self._show_people(state)

    def _show_people(self, state: SettingsState) -> None:
        words, grid = self._kit.words, self._people_grid
        while grid.count():
            item = grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        if state.error is not None:
            line = QLabel(told(state.error, words))
            line.setProperty("k", "error")
            grid.addWidget(line, 0, 0, 1, 2)
            return
        for row, user in enumerate(sorted(state.people, key=_standing)):
            role = words.gettext(ROLES[user.role])
            note = role if user.active else f"{role} · {words.gettext('disabled')}"
            for column, (text, kind) in enumerate(((user.name, ""), (f"{user.login} · {note}", "muted"))):
                label = QLabel(text)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setProperty("k", kind)
                label.setMinimumHeight(28)
                grid.addWidget(label, row, column)


def _standing(user: User) -> tuple[bool, int, str]:
    """Those who work here first; owner, supervisors, managers; by name."""
    return (not user.active, list(ROLES).index(user.role), sort_key(user.name))
