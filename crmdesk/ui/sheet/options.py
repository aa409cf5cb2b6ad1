"""The row of choices over the sheet, and the dialog of its factors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from crmdesk.domain.sheet import Factor, Sort
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.sheet.factors import FactorPicker
from crmdesk.ui.sheet.presenter import SheetPresenter, SheetState
from crmdesk.ui.theme.tokens import FILTER_ROW
from crmdesk.ui.widgets.controls import Button
from crmdesk.ui.widgets.dialog import Dialog

MOST_MONTHS, MOST_AHEAD = 12, 3
SORTS = {
    Sort.TURNOVER: N_("by turnover"),
    Sort.GROSS_PROFIT: N_("by gross profit"),
    Sort.IMPORTANCE: N_("by importance"),
}


class Options(QWidget):
    """Manager, last month, months back, months ahead, order, factors; each works at once."""

    def __init__(self, kit: Kit, presenter: SheetPresenter) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self._state: SheetState | None = None
        self.setFixedHeight(FILTER_ROW)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        self.manager = self._combo(lambda value: presenter.choose(manager=value), 10)
        self.last_month = self._combo(lambda value: presenter.choose(last_month=value), 8)
        self.months = self._combo(lambda value: presenter.choose(months=value), 4)
        self.ahead = self._combo(lambda value: presenter.choose(ahead=value), 5)
        self.sort = self._combo(lambda value: presenter.choose(sort=Sort(str(value))), 7)
        self.factors = Button(kit, N_("Factors…"), self._open_factors)
        for combo in (self.manager, self.last_month, self.months, self.ahead, self.sort):
            row.addWidget(combo)
        row.addWidget(self.factors)
        row.addStretch()
        kit.language.changed.connect(self.retranslate)

    def _combo(self, chosen: Callable[[object], None], least: int) -> QComboBox:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumContentsLength(least)
        combo.setMinimumWidth(least * 8 + 20)
        combo.setMaxVisibleItems(24)
        combo.activated.connect(lambda number: chosen(combo.itemData(number)))
        return combo

    def show_state(self, state: SheetState) -> None:
        """The presenter's state."""
        before, self._state = self._state, state
        if before is None or before.people != state.people or before.wanted != state.wanted:
            self.retranslate()

    def retranslate(self) -> None:
        """Says all choices anew."""
        state, words = self._state, self._kit.words
        if state is None:
            return
        wanted = state.wanted
        people: list[tuple[str, object]] = [(user.name, user.id) for user in state.people]
        if state.may_see_all:
            people.append((words.pgettext("sheet", "All managers"), None))
        _fill(self.manager, people, wanted.manager)
        months: list[tuple[str, object]] = [
            (f"{words.month_name(month % 100)} {month // 100}", month) for month in self._presenter.months_to_choose()
        ]
        _fill(self.last_month, months, wanted.last_month)
        past: list[tuple[str, object]] = [
            (words.pgettext("sheet", "{n} mo", n=words.number(n)), n) for n in range(1, MOST_MONTHS + 1)
        ]
        _fill(self.months, past, wanted.months)
        coming: list[tuple[str, object]] = [
            (words.gettext("ahead {n}", n=words.number(n)), n) for n in range(MOST_AHEAD + 1)
        ]
        _fill(self.ahead, coming, wanted.ahead)
        sorts: list[tuple[str, object]] = [(words.gettext(text), sort.value) for sort, text in SORTS.items()]
        _fill(self.sort, sorts, wanted.sort.value)
        for combo, name in (
            (self.manager, words.gettext("Manager")),
            (self.last_month, words.gettext("Last month shown")),
            (self.months, words.gettext("Months back")),
            (self.ahead, words.gettext("Months ahead")),
            (self.sort, words.gettext("Order of the rows")),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(name)

    def _open_factors(self) -> None:
        if self._state is not None:
            FactorsDialog(self._kit, self.window(), self._presenter, self._state.wanted.factors).open()


def _fill(combo: QComboBox, items: list[tuple[str, object]], chosen: object) -> None:
    if [(combo.itemText(i), combo.itemData(i)) for i in range(combo.count())] != items:
        combo.clear()
        for text, value in items:
            combo.addItem(text, value)
    combo.setCurrentIndex(next((i for i, (_, value) in enumerate(items) if value == chosen), -1))


class FactorsDialog(Dialog):
    """Which figures have a block of columns, and in which order; six at most."""

    def __init__(self, kit: Kit, parent: QWidget, presenter: SheetPresenter, factors: tuple[Factor, ...]) -> None:
        super().__init__(kit, parent, N_("What the sheet counts"), verb=N_("Show"), press=self._use)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._presenter = presenter
        self.picker = FactorPicker(kit, lambda: self.verb.setEnabled(self.picker.fits))
        self.list = self.picker.list
        self.picker.put(factors)
        self.body.addWidget(self.picker)
        self.for_office = QCheckBox(kit.words.gettext("So for the whole office from now on"))
        self.for_office.setVisible(presenter.may_set_up)
        self.body.addWidget(self.for_office)

    def chosen(self) -> tuple[Factor, ...]:
        """The ticked factors in their order."""
        return self.picker.chosen()

    def _use(self) -> None:
        self._presenter.use_factors(self.chosen(), for_office=self.for_office.isChecked())
        self.accept()
