"""What can be done to the marked clients: the bar at the foot of the list, and the dialogs it opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QMenu, QWidget

from crmdesk.domain import client_list as rules
from crmdesk.domain.lists import TaskKind
from crmdesk.services import content
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.clients.state import ClientsState
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.day_field import DayField
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MARGIN, SEMIBOLD
from crmdesk.ui.widgets.controls import Button, Field
from crmdesk.ui.widgets.dialog import Dialog

HEIGHT = 36
FIELDS = (
    ("action_segment", N_("Action"), "action_segment", rules.ACTIONS),
    ("stage", N_("Stage"), "stage", rules.STAGES),
    ("importance", N_("Importance"), "importance", rules.IMPORTANCES),
)


class BulkBar(QWidget):
    """How many are marked and what they bought for; the verbs; Esc takes the marks away."""

    def __init__(
        self,
        kit: Kit,
        presenter: ClientsPresenter,
        currency: str,
        task: Callable[[], None],
        print_cards: Callable[[], None],
        new_list: Callable[[], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self._currency = currency
        self._new_list = new_list
        self._strong = self._plain = ""
        self.menu: QMenu | None = None
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(4)
        self._room = QWidget()
        row.addWidget(self._room)
        self.task = Button(kit, N_("Set a task…"), task, kind="flat", icon="calendar-plus")
        self.transfer = Button(kit, N_("Transfer…"), self._pressed(self.open_transfer), kind="flat", icon="user-check")
        self.to_list = Button(kit, N_("Into a list…"), self._pressed(self.open_lists), kind="flat", icon="bookmark")
        self.edit = Button(kit, N_("Change a field…"), self._pressed(self.open_fields), kind="flat", icon="pencil")
        self.cards = Button(kit, N_("Print cards"), print_cards, kind="flat", icon="printer")
        self.verbs = (self.task, self.transfer, self.to_list, self.cards, self.edit)
        for button in self.verbs:
            row.addWidget(button)
        row.addStretch(1)
        self.clear = Button(kit, N_("clear the marks"), presenter.unmark, kind="flat")
        row.addWidget(self.clear)
        row.addSpacing(int(width("Esc")) + 14)
        self.transfer.setVisible(presenter.sees_all)
        kit.language.changed.connect(self._fit)
        kit.look.changed.connect(self.update)
        self.hide()

    def show_state(self, state: ClientsState) -> None:
        """The marks of now; nothing marked, no bar."""
        w = self._kit.words
        count = len(state.marked)
        self.setVisible(count > 0)
        if not count:
            return
        self._strong = w.gettext("Marked: {n}", n=w.number(count))
        amount = state.marked_turnover
        self._plain = "…" if amount is None else w.money(amount, self._currency, cents=False)
        self._room.setFixedWidth(int(width(self._strong, weight=SEMIBOLD) + 10 + width(self._plain)) + 16)
        self.setAccessibleName(f"{self._strong}, {self._plain}")
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words where there is room, icons alone where there is not."""
        for button in (*self.verbs, self.clear):
            button.retranslate()
            button.setToolTip("")
            button.setAccessibleName(button.text().strip())
        seen = [button for button in self.verbs if not button.isHidden()]
        needed = self._room.width() + self.clear.sizeHint().width() + 2 * MARGIN + 60
        needed += sum(button.sizeHint().width() + 4 for button in seen)
        if needed > self.width():
            for button in seen:
                button.setToolTip(button.accessibleName())
                button.setText("")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        draw.fill(0, 0, w, h, "sunken")
        draw.across(0, 0, w)
        used = draw.text(MARGIN, 0, 0, h, self._strong, weight=SEMIBOLD)
        draw.text(MARGIN + used + 10, 0, 0, h, self._plain, token="muted")
        draw.key(w - MARGIN, h / 2, "Esc")
        painter.end()

    # menus -----------------------------------------------------------------------------------------
    def _popup(self, over: QWidget, fill: Callable[[QMenu], None]) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu)
        self.menu = menu
        menu.ensurePolished()
        menu.popup(over.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))
        return menu

    @staticmethod
    def _pressed(opens: Callable[[], QMenu]) -> Callable[[], None]:
        def press() -> None:
            opens()

        return press

    def open_transfer(self) -> QMenu:
        """To whom."""
        return self._popup(self.transfer, lambda menu: fill_transfer(menu, self._presenter, self._ids()))

    def open_lists(self) -> QMenu:
        """Into which list made by hand."""
        return self._popup(
            self.to_list, lambda menu: fill_lists(menu, self._kit, self._presenter, self._ids(), self._new_list)
        )

    def open_fields(self) -> QMenu:
        """Which field, and to what."""
        return self._popup(self.edit, lambda menu: fill_fields(menu, self._kit, self._presenter, self._ids()))

    def _ids(self) -> tuple[int, ...]:
        return self._presenter.in_hand(None)


def fill_transfer(menu: QMenu, presenter: ClientsPresenter, ids: tuple[int, ...]) -> None:
    """Everybody who works here."""
    for user in presenter.state.people:
        action = menu.addAction(user.name.replace("&", "&&"))
        action.triggered.connect(lambda _=False, user=user: presenter.transfer(ids, user.id))


def fill_lists(
    menu: QMenu, kit: Kit, presenter: ClientsPresenter, ids: tuple[int, ...], new_list: Callable[[], None]
) -> None:
    """The lists made by hand, and a new one."""
    for view in presenter.state.views:
        if view.by_hand:
            action = menu.addAction(view.name.replace("&", "&&"))
            action.triggered.connect(lambda _=False, view=view: presenter.add_to_view(view, ids))
    if menu.actions():
        menu.addSeparator()
    menu.addAction(kit.words.gettext("New list…")).triggered.connect(lambda: new_list())


def fill_fields(menu: QMenu, kit: Kit, presenter: ClientsPresenter, ids: tuple[int, ...]) -> None:
    """The fields that may be changed of many at once, with their values."""
    w = kit.words
    for name, title, list_name, values in FIELDS:
        inner = menu.addMenu(w.gettext(title))
        for value in values:
            action = inner.addAction(content.word(list_name, value, w.lang))
            action.triggered.connect(lambda _=False, name=name, value=value: presenter.edit(ids, name, value))
    inner = menu.addMenu(w.gettext("Tracked on the sheet"))
    for title, tracked in ((w.gettext("Track"), True), (w.gettext("Do not track"), False)):
        inner.addAction(title).triggered.connect(
            lambda _=False, tracked=tracked: presenter.edit(ids, "tracked", tracked)
        )


class NameDialog(Dialog):
    """Asks for the name of a list; who may, also shows it to everybody."""

    def __init__(
        self, kit: Kit, parent: QWidget, heading: str, done: Callable[[str, bool], None], *, name: str = "", share: bool
    ) -> None:
        super().__init__(kit, parent, heading, verb=N_("Save"), press=self._press)
        self._done = done
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = Field(kit, N_("Name of the list"))
        self.name.setMaxLength(100)
        self.name.setText(name)
        self.name.selectAll()
        self.body.addWidget(self.name)
        self.shared = QCheckBox(kit.words.gettext("Show it to everybody"))
        self.shared.setVisible(share)
        self.body.addWidget(self.shared)
        self.name.textChanged.connect(lambda text: self.verb.setEnabled(bool(text.strip())))
        self.verb.setEnabled(bool(name.strip()))
        self.name.setFocus()

    def _press(self) -> None:
        self.accept()
        self._done(self.name.text().strip(), self.shared.isChecked())


class TasksDialog(Dialog):
    """The same task for several clients: its kind, its day, what about."""

    def __init__(
        self, kit: Kit, parent: QWidget, count: int, today: date, done: Callable[[str, date, str], None]
    ) -> None:
        super().__init__(kit, parent, "", verb=N_("Set the task"), press=self._press)
        w = kit.words
        self._done = done
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading.setText(w.ngettext("A task for {n} client", "A task for {n} clients", count))
        self.words(w.gettext("Each gets it from whoever leads him."), "muted")
        form = QFormLayout()
        form.setContentsMargins(0, 4, 0, 0)
        form.setSpacing(8)
        self.kind = QComboBox()
        for kind in TaskKind:
            self.kind.addItem(content.word("task_kind", kind.value, w.lang), kind.value)
        self.kind.setCurrentIndex(self.kind.findData(TaskKind.CALL.value))
        self.day = DayField(kit, today, today + timedelta(days=1))
        self.day.changed.connect(lambda: self.verb.setEnabled(self.day.day is not None))
        self.title_field = Field(kit, N_("What about"))
        self.title_field.setMaxLength(500)
        form.addRow(w.gettext("Kind"), self.kind)
        form.addRow(w.gettext("Day"), self.day)
        form.addRow(w.gettext("Matter"), self.title_field)
        self.body.addLayout(form)
        self.title_field.setFocus()

    def _press(self) -> None:
        day = self.day.day
        if day is not None:
            self.accept()
            self._done(str(self.kind.currentData()), day, self.title_field.text().strip())
