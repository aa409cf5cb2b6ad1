"""The conditions over the list: a chip each, the menu that adds and changes them, and what the list amounts to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from crmdesk.domain import client_list as rules
from crmdesk.services import content
from crmdesk.ui.clients.filter_words import BIRTHDAY_DAYS, ORDERED_MONTHS, Chip, order_words
from crmdesk.ui.clients.presenter import ClientsPresenter, chips
from crmdesk.ui.clients.state import ClientsState, Phase
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import LEFT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import FILTER_ROW, MARGIN, RADIUS, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Button, Elided, tip

CHIP_HEIGHT, GAP = 24, 8
LONGEST = 300  # pixels of one chip
MOST_CITIES = 40  # in the menu


class ChipButton(QAbstractButton):
    """One condition: pressed it opens its menu, its cross (or Delete) takes it away; `add` is the dashed one."""

    def __init__(
        self, kit: Kit, chip: Chip | None, press: Callable[[ChipButton], None], drop: Callable[[], None]
    ) -> None:
        super().__init__()
        self._kit = kit
        self.chip = chip
        self._drop = drop
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(CHIP_HEIGHT)
        self.clicked.connect(lambda: press(self))
        w = kit.words
        if chip is None:
            self.setText(w.gettext("Condition"))
            self.setAccessibleName(w.gettext("Add a condition"))
        else:
            words = f"{chip.head} {chip.value}".strip()
            self.setAccessibleName(w.gettext("{condition}; Delete takes it away", condition=words))
            self.setToolTip(tip(words))
        self.setFixedWidth(self.sizeHint().width())

    def sizeHint(self) -> QSize:  # noqa: D102
        if self.chip is None:
            return QSize(int(width(self.text(), SMALL, SEMIBOLD)) + 42, CHIP_HEIGHT)
        head = width(self.chip.head, SMALL) + 4 if self.chip.head else 0
        return QSize(min(LONGEST, int(head + width(self.chip.value, SMALL, SEMIBOLD)) + 38), CHIP_HEIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self.chip is not None and event.position().x() > self.width() - 26 and self.rect().contains(event.pos()):
            self.setDown(False)
            self._drop()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chip is not None:
            self._drop()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        if self.chip is None:
            pen = QPen(self._kit.look.color("control"), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(0, 0, w - 1, h - 1, RADIUS, RADIUS)
            draw.icon("plus", 10, (h - 13) // 2, 13, "primary")
            draw.text(27, 0, w - 30, h, self.text(), size=SMALL, weight=SEMIBOLD, token="primary")
        else:
            draw.fill(0, 0, w, h, "hover", RADIUS)
            x = 10.0
            if self.chip.head:
                x += draw.text(x, 0, 0, h, self.chip.head, size=SMALL, token="muted") + 4
            draw.text(x, 0, w - 26 - x, h, self.chip.value, size=SMALL, weight=SEMIBOLD, align=LEFT)
            draw.icon("x", w - 20, (h - 12) // 2, 12, "text" if self.underMouse() else "muted")
        if self.hasFocus():
            draw.ring(0, 0, w, h)
        painter.end()


class Filters(QWidget):
    """The row of chips; it takes more lines when they do not fit into one."""

    def __init__(self, kit: Kit, presenter: ClientsPresenter) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self._shown: tuple[object, ...] = ()
        self.buttons: list[ChipButton] = []
        self.facts = Elided(kit, size=SMALL)
        self.facts.setParent(self)
        self.reset = Button(kit, N_("Reset"), presenter.reset, kind="flat")
        self.reset.setParent(self)
        self.menu: QMenu | None = None
        self.setFixedHeight(FILTER_ROW)

    def show_state(self, state: ClientsState) -> None:
        """The chips of the filter, and how many clients it leaves."""
        words = self._kit.words
        found = chips(state, self._presenter, words)
        if self._shown != (found, words.lang):
            self._shown = (found, words.lang)
            self._make(found)
        self.reset.setVisible(self._presenter.is_changed or bool(state.wanted.text))
        self.facts.say(*self._facts(state))
        self._arrange()

    def change(self) -> None:
        """Opens the list of the conditions."""
        self.buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.buttons[-1].click()

    def _facts(self, state: ClientsState) -> tuple[str, ...]:
        w = self._kit.words
        if state.phase not in (Phase.READY, Phase.NOTHING_FOUND):
            return ("",)
        shown, everybody = len(state.ids), state.everybody
        count = w.ngettext("{n} client", "{n} clients", shown)
        if everybody is not None and everybody > shown:
            count = w.gettext("{shown} of {all}", shown=w.number(shown), all=w.number(everybody))
        return f"{count} · {order_words(state.wanted, w)}", count

    def _make(self, found: Sequence[Chip]) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [
            ChipButton(self._kit, chip, self._open_one, lambda name=chip.name: self._presenter.drop(name))  # type: ignore[misc]
            for chip in found
        ]
        self.buttons.append(ChipButton(self._kit, None, self._open_all, lambda: None))
        before: QWidget | None = None
        for button in self.buttons:
            button.setParent(self)
            button.show()
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button
        if had_focus:
            self.buttons[-1].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Places chips, reset and facts; the first line leaves room for the facts at its right."""
        facts = min(int(width(self.facts.text(), SMALL)) + 2, max(90, self.width() // 3))
        x, y = MARGIN, (FILTER_ROW - CHIP_HEIGHT) // 2
        room = self.width() - MARGIN
        self.reset.adjustSize()
        for widget in [*self.buttons, *([self.reset] if not self.reset.isHidden() else [])]:
            end = room - (facts + 16 if y < FILTER_ROW // 2 else 0)
            if x > MARGIN and x + widget.width() > end:
                x, y = MARGIN, y + CHIP_HEIGHT + 6
            widget.move(x, y + (CHIP_HEIGHT - widget.height()) // 2)
            x += widget.width() + GAP
        self.facts.setGeometry(self.width() - MARGIN - facts, 8, facts, CHIP_HEIGHT)
        self.setFixedHeight(y + CHIP_HEIGHT + (FILTER_ROW - CHIP_HEIGHT) // 2)

    # menus -----------------------------------------------------------------------------------------
    def open_menu(self, button: QWidget | None = None) -> QMenu:
        """The menu of all conditions."""
        return self._popup(lambda menu: self._fill(menu), button or self.buttons[-1])

    def _open_all(self, button: ChipButton) -> None:
        self.open_menu(button)

    def _open_one(self, button: ChipButton) -> None:
        assert button.chip is not None
        name = button.chip.name
        if name in ("silent", "no_step", "reprint", "nobodys", "archived", "clients"):
            self._presenter.drop(name)
            return
        self._popup(lambda menu: self._fill_one(menu, name), button)

    def _popup(self, fill: Callable[[QMenu], None], under: QWidget) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu)
        self.menu = menu
        menu.popup(under.mapToGlobal(QPoint(0, under.height() + 2)))
        return menu

    def _fill(self, menu: QMenu) -> None:
        w, wanted = self._kit.words, self._presenter.state.wanted
        titles = {
            "manager_id": w.gettext("Who leads"),
            "actions": w.gettext("Action"),
            "stages": w.gettext("Stage"),
            "importances": w.gettext("Importance"),
            "ordered_months": w.gettext("Ordered within"),
            "birthday_days": w.gettext("Birthday within"),
            "city": w.gettext("City"),
            "tracked": w.gettext("Tracked on the sheet"),
        }
        for name, title in titles.items():
            if name == "manager_id" and not self._presenter.sees_all:
                continue
            self._fill_one(menu.addMenu(title), name)
        menu.addSeparator()
        for name, title in (
            ("silent", w.gettext("Silent longer than usual for him")),
            ("no_step", w.gettext("Without a next step")),
            ("reprint", w.gettext("Time to print again")),
            ("archived", w.gettext("In the archive")),
        ):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(bool(getattr(wanted, name)))
            action.toggled.connect(lambda on, name=name: self._presenter.choose(**{name: on}))

    def _fill_one(self, menu: QMenu, name: str) -> None:
        w, state = self._kit.words, self._presenter.state
        wanted = state.wanted
        if name in ("actions", "stages", "importances"):
            list_name = {"actions": "action_segment", "stages": "stage", "importances": "importance"}[name]
            order = {"actions": rules.ACTIONS, "stages": rules.STAGES, "importances": rules.IMPORTANCES}[name]
            for key in order:
                self._several(menu, name, key, content.word(list_name, key, w.lang), order)
            return
        choices: list[tuple[str, object]] = []
        if name == "manager_id":
            choices = [(user.name, user.id) for user in state.people]
        elif name == "ordered_months":
            choices = [(w.ngettext("{n} month", "{n} months", n), n) for n in ORDERED_MONTHS]
        elif name == "birthday_days":
            choices = [(w.ngettext("{n} day", "{n} days", n), n) for n in BIRTHDAY_DAYS]
        elif name == "city":
            choices = [(city, city) for city in state.cities[:MOST_CITIES]]
        elif name == "tracked":
            choices = [(w.gettext("Tracked only"), True), (w.gettext("Not tracked"), False)]
        for title, value in choices:
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(getattr(wanted, name) == value)
            action.triggered.connect(lambda _=False, value=value: self._presenter.choose(**{name: value}))
        if name == "manager_id":
            action = menu.addAction(w.gettext("Nobody"))
            action.setCheckable(True)
            action.setChecked(wanted.nobodys)
            action.triggered.connect(lambda on: self._presenter.choose(manager_id=None, nobodys=on))

    def _several(self, menu: QMenu, name: str, key: str, title: str, order: Sequence[str]) -> None:
        """One of several values that may be chosen together."""
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(key in getattr(self._presenter.state.wanted, name))

        def toggled(on: bool) -> None:
            chosen = set(getattr(self._presenter.state.wanted, name))
            chosen = chosen | {key} if on else chosen - {key}
            self._presenter.choose(**{name: tuple(one for one in order if one in chosen)})

        action.toggled.connect(toggled)
