"""The people of the office: who works here, as what and where; only the owner changes that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem

from crmdesk.domain.lists import Role
from crmdesk.domain.text import sort_key
from crmdesk.domain.users import User
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import ROLES
from crmdesk.ui.settings.form import Page, combo, fill
from crmdesk.ui.settings.presenter import SettingsPresenter, SettingsState
from crmdesk.ui.theme.tokens import ROW
from crmdesk.ui.widgets.controls import Button, Field, Label
from crmdesk.ui.widgets.dialog import Dialog

COLUMNS = (N_("Name"), N_("Login"), N_("Role"), N_("Branch"), N_("Works here"))
WIDTHS = (0, 104, 112, 184, 84)  # pixels; the name takes the rest
MOST_ROWS = 14  # then the list scrolls


class UsersPage(Page):
    """The list and what can be done with whoever is chosen in it."""

    def __init__(self, kit: Kit, presenter: SettingsPresenter) -> None:
        super().__init__(kit)
        self._presenter = presenter
        self._state: SettingsState | None = None
        self._people: list[User] = []
        self.section(N_("People"))
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(ROW)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, width in enumerate(WIDTHS):
            if width:
                self.table.setColumnWidth(column, width)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._settle)
        self.table.itemActivated.connect(lambda item: self._edit())
        self.column.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        self.add = Button(kit, N_("Add somebody…"), self._add, kind="primary", icon="plus")
        self.edit = Button(kit, N_("Change…"), self._edit, icon="pencil")
        self.password = Button(kit, N_("New password…"), self._password, icon="lock")
        self.active = Button(kit, N_("Let in no longer"), self._turn)
        for button in (self.add, self.edit, self.password, self.active):
            buttons.addWidget(button)
        buttons.addStretch()
        self.column.addLayout(buttons)
        self.hint(
            N_(
                "Nobody is deleted: who is let in no longer keeps his clients, tasks and history until they are handed "
                "over."
            )
        )
        self.column.addStretch()
        self.setFocusProxy(self.table)

    @property
    def chosen(self) -> User | None:
        """Whom the buttons speak of."""
        row = self.table.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def retranslate(self) -> None:
        """Says everything anew."""
        super().retranslate()
        words = self.kit.words
        self.table.setAccessibleName(words.gettext("People"))
        self.table.setHorizontalHeaderLabels([words.gettext(text) for text in COLUMNS])
        self._settle()

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state; whoever is chosen stays chosen."""
        self._state = state
        known, words = state.known, self.kit.words
        kept = self.chosen.login if self.chosen is not None else state.me.login
        self._people = sorted(known.people, key=_standing) if known is not None else []
        self.table.setRowCount(len(self._people))
        for row, user in enumerate(self._people):
            branch = known.branches.get(user.branch_id or 0, "") if known is not None else ""
            works = words.gettext("yes") if user.active else words.gettext("no")
            for column, text in enumerate((user.name, user.login, words.gettext(ROLES[user.role]), branch, works)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if not user.active:
                    item.setForeground(self.kit.look.color("muted"))
                self.table.setItem(row, column, item)
        place = next((row for row, user in enumerate(self._people) if user.login == kept), 0)
        self.table.setCurrentCell(place, 0)
        self.table.setFixedHeight(min(max(len(self._people), 1), MOST_ROWS) * ROW + ROW + 4)
        self._settle()

    def _settle(self) -> None:
        """Which buttons mean something now."""
        state, user = self._state, self.chosen
        if state is None:
            return
        mine = state.may_hire
        self.add.setEnabled(mine)
        self.edit.setEnabled(mine and user is not None)
        self.password.setVisible(state.on_server)
        self.password.setEnabled(user is not None and (mine or user.id == state.me.id))
        self.active.setEnabled(mine and user is not None and user.id != state.me.id)
        words = self.kit.words
        self.active.say(
            words.gettext("Let in again") if user and not user.active else words.gettext("Let in no longer")
        )

    def _add(self) -> None:
        if self._state is not None:
            UserDialog(self.kit, self, self._presenter, self._state, None).open()

    def _edit(self) -> None:
        if self._state is not None and self.chosen is not None and self._state.may_hire:
            UserDialog(self.kit, self, self._presenter, self._state, self.chosen).open()

    def _password(self) -> None:
        if self.chosen is not None:
            PasswordDialog(self.kit, self, self._presenter, self.chosen).open()

    def _turn(self) -> None:
        if self.chosen is not None:
            self._presenter.let_in(self.chosen.login, active=not self.chosen.active)


class _Asking(Dialog):
    """A dialog that closes when what it asked for is kept, and says why when it is not."""

    def __init__(self, kit: Kit, page: Page, heading: str, verb: str) -> None:
        super().__init__(kit, page.window(), heading, verb=verb, press=self.keep)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.trouble = Label(kit, "", "error")
        self.trouble.setWordWrap(True)

    def field(self, title: str, text: str = "") -> Field:
        """A line to type in under its label."""
        label = Label(self.kit, title, "muted")
        made = Field(self.kit)
        made.setText(text)
        made.setAccessibleName(self.kit.words.gettext(title))
        label.setBuddy(made)
        self.body.addWidget(label)
        self.body.addWidget(made)
        return made

    def keep(self) -> None:
        """What the verb does."""

    def answered(self, error: Exception | None) -> None:
        """Kept, or refused with a reason."""
        self.verb.setEnabled(True)
        if error is None:
            self.accept()
        else:
            self.trouble.setText(told(error, self.kit.words))


class UserDialog(_Asking):
    """Somebody new, or another name, role and branch of somebody; the login stays for good."""

    def __init__(
        self, kit: Kit, page: Page, presenter: SettingsPresenter, state: SettingsState, user: User | None
    ) -> None:
        super().__init__(kit, page, N_("Who works here?") if user is None else N_("Name, role, branch"), N_("Save"))
        self._presenter = presenter
        self._user = user
        words, known = kit.words, state.known
        self.name = self.field(N_("Whole name, surname first"), user.name if user else "")
        self.login = self.field(N_("Login"), user.login if user else "")
        self.login.setEnabled(user is None)
        label = Label(kit, N_("Role"), "muted")
        self.role = combo(lambda _: None)
        label.setBuddy(self.role)
        self.role.setAccessibleName(words.gettext("Role"))
        fill(
            self.role,
            [(words.gettext(ROLES[role]), role.value) for role in (Role.MANAGER, Role.SUPERVISOR, Role.OWNER)],
            (user.role if user else Role.MANAGER).value,
        )
        self.body.addWidget(label)
        self.body.addWidget(self.role)
        there = known.branches.get(user.branch_id or 0, "") if known is not None and user is not None else ""
        self.branch = self.field(N_("Branch"), there)
        self.password: Field | None = None
        if user is None and state.on_server:
            self.password = self.field(N_("Password"))
            self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(self.trouble)
        self.name.setFocus()

    def keep(self) -> None:
        """Adds or changes him."""
        self.verb.setEnabled(False)
        name, role, branch = self.name.text(), Role(self.role.currentData()), self.branch.text()
        if self._user is None:
            secret = self.password.text() if self.password is not None else ""
            self._presenter.add_user(
                self.login.text().strip(), name.strip(), role, branch.strip(), secret, self.answered
            )
        else:
            self._presenter.change_user(self._user.login, name, role, branch, self.answered)


class PasswordDialog(_Asking):
    """A new password for a login on a server."""

    def __init__(self, kit: Kit, page: Page, presenter: SettingsPresenter, user: User) -> None:
        super().__init__(kit, page, N_("A new password"), N_("Change the password"))
        self._presenter = presenter
        self._user = user
        self.words(user.name)
        self.password = self.field(N_("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.body.addWidget(self.trouble)
        self.password.textChanged.connect(lambda text: self.verb.setEnabled(bool(text)))
        self.verb.setEnabled(False)
        self.password.setFocus()

    def keep(self) -> None:
        """Changes it."""
        self.verb.setEnabled(False)
        self._presenter.set_password(self._user.login, self.password.text(), self.answered)


def _standing(user: User) -> tuple[bool, int, str]:
    """Those who work here first; owner, supervisors, managers; by name."""
    return (not user.active, list(ROLES).index(user.role), sort_key(user.name))
