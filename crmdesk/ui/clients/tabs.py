"""The views of the list as tabs with their counts; what has no room is in the menu at their end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from crmdesk.domain.views import may_change
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.clients.state import BASE, TABS, ClientsState
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import elided, width
from crmdesk.ui.theme.tokens import BODY, MARGIN, REGULAR, SEMIBOLD
from crmdesk.ui.widgets.controls import Tool, tip

HEIGHT, GAP = 36, 24
LONGEST = 180  # pixels of a tab's name


def tab_name(kit: Kit, presenter: ClientsPresenter, tab: str) -> str:
    """The name of a tab in the language of the window."""
    view = presenter.saved(tab)
    if view is not None:
        return view.name
    if tab == BASE and presenter.sees_all:
        return kit.words.pgettext("clients", "All")
    return kit.words.gettext(TABS.get(tab, ""))


class TabButton(QAbstractButton):
    """A tab: its name, how many clients; the open one is underlined."""

    def __init__(self, kit: Kit, tab: str) -> None:
        super().__init__()
        self._kit = kit
        self.tab = tab
        self.count = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HEIGHT)

    def say(self, name: str, count: int | None) -> None:
        """Another name or count."""
        self.setText(name)
        self.count = "" if count is None else self._kit.words.number(count)
        self.setAccessibleName(f"{name} {self.count}".strip())
        self.setToolTip(tip(name))
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        name = elided(self.text(), LONGEST, BODY, SEMIBOLD)
        count = width(self.count) + 6 if self.count else 0
        return QSize(int(width(name, BODY, SEMIBOLD) + count) + 2, HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102
        super().enterEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        parent = self.parent()
        if isinstance(parent, Tabs):
            parent.open_menu_of(self.tab, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        parent, key = self.parent(), event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(parent, Tabs):
            parent.step(self, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        weight = SEMIBOLD if self.isChecked() else REGULAR
        token = "text" if self.isChecked() or self.underMouse() else "muted"
        name = elided(self.text(), LONGEST, BODY, SEMIBOLD)
        used = draw.text(0, 0, 0, h, name, weight=weight, token=token)
        draw.text(used + 6, 0, 0, h, self.count, token="muted")
        if self.isChecked():
            draw.fill(0, h - 3, w, 2, "primary")
        if self.hasFocus():
            draw.ring(-1, 4, w + 1, h - 9, 4)
        painter.end()


class Tabs(QWidget):
    """All tabs in a row, the plus that keeps the conditions of now as a view, the rest in a menu."""

    def __init__(
        self, kit: Kit, presenter: ClientsPresenter, new: Callable[[], None], rename: Callable[[int], None]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self._rename = rename
        self.buttons: dict[str, TabButton] = {}
        self.plus = Tool(kit, "plus", N_("Keep these conditions as a list"), new)
        self.plus.setParent(self)
        self.more = Tool(kit, "ellipsis", N_("More lists"), self._open_more)
        self.more.setParent(self)
        self.more.hide()
        self.menu: QMenu | None = None
        self._hidden: list[str] = []
        self.setFixedHeight(HEIGHT)

    def show_state(self, state: ClientsState) -> None:
        """Names, counts, which one is open."""
        wanted = self._presenter.tabs
        if tuple(self.buttons) != wanted:
            for button in self.buttons.values():
                button.hide()
                button.deleteLater()
            self.buttons = {tab: self._made(tab) for tab in wanted}
        for tab, button in self.buttons.items():
            button.say(tab_name(self._kit, self._presenter, tab), state.counts.get(tab))
            button.setChecked(tab == state.tab)
        self._arrange()

    def _made(self, tab: str) -> TabButton:
        button = TabButton(self._kit, tab)
        button.setParent(self)
        button.clicked.connect(lambda: self._press(tab))
        return button

    def _press(self, tab: str) -> None:
        self.buttons[tab].setChecked(True)
        self._presenter.open_tab(tab)

    def step(self, button: TabButton, by: int) -> None:
        """The neighbour opens and has the keyboard."""
        shown = [one for one in self.buttons.values() if not one.isHidden()]
        place = shown.index(button) + by
        if 0 <= place < len(shown):
            shown[place].setFocus()
            shown[place].click()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many tabs as there is room for; the open one always."""
        room = self.width() - 2 * MARGIN - self.plus.width() - self.more.width()
        order = sorted(self.buttons, key=lambda tab: tab != self._presenter.state.tab)
        shown: set[str] = set()
        used = 0
        for tab in order:
            wide = self.buttons[tab].width() + GAP
            if used + wide <= room or not shown:
                shown.add(tab)
                used += wide
            elif tab != order[0]:
                break
        x = MARGIN
        self._hidden = [tab for tab in self.buttons if tab not in shown]
        for tab, button in self.buttons.items():
            button.setVisible(tab in shown)
            if tab in shown:
                button.move(x, 0)
                x += button.width() + GAP
        self.plus.move(x - 8, (HEIGHT - self.plus.height()) // 2)
        self.more.move(x - 8 + self.plus.width(), (HEIGHT - self.more.height()) // 2)
        self.more.setVisible(bool(self._hidden))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        Draw(painter, self._kit.look).across(0, self.height() - 1, self.width())
        painter.end()

    # menus -----------------------------------------------------------------------------------------
    def _menu(self) -> QMenu:
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return self.menu

    def _open_more(self) -> None:
        menu, counts = self._menu(), self._presenter.state.counts
        for tab in self._hidden:
            name = tab_name(self._kit, self._presenter, tab).replace("&", "&&")
            count = f"\t{self._kit.words.number(counts[tab])}" if tab in counts else ""
            menu.addAction(name + count).triggered.connect(lambda _=False, tab=tab: self._presenter.open_tab(tab))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def open_menu_of(self, tab: str, place: QPoint) -> QMenu:
        """What can be done with a tab: pinned to the rail; a saved one also renamed, shared, put away."""
        w, presenter = self._kit.words, self._presenter
        menu = self._menu()
        pinned = presenter.is_pinned(tab)
        view = presenter.saved(tab)
        allowed = view is None or may_change(presenter.me.role, view.shared)
        pin = menu.addAction(w.gettext("Take from the rail") if pinned else w.gettext("Pin to the rail"))
        pin.setEnabled(allowed)
        pin.triggered.connect(lambda: presenter.pin(tab, not pinned))
        if view is not None:
            found = view

            def change(what: str, value: object = None) -> Callable[[], None]:
                return lambda: presenter.change_view(found.id, what, value)

            menu.addAction(w.gettext("Rename…")).triggered.connect(lambda: self._rename(found.id))
            if not view.by_hand:
                update = menu.addAction(w.gettext("Keep the conditions of now in it"))
                update.triggered.connect(lambda: presenter.change_view(found.id, "redefine", presenter.state.wanted))
                update.setEnabled(allowed and presenter.state.tab == tab)
            share = menu.addAction(w.gettext("Only for me") if view.shared else w.gettext("Show it to everybody"))
            share.triggered.connect(change("share", not view.shared))
            share.setEnabled(may_change(presenter.me.role, True))
            menu.addSeparator()
            menu.addAction(w.gettext("Put the list away")).triggered.connect(change("archive"))
            for action in menu.actions()[1:]:
                action.setEnabled(action.isEnabled() and allowed)
        menu.popup(place)
        return menu
