"""Which figures the sheet counts and in which order: a list of ticks, for the sheet's dialog and for the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crmdesk.documents.sheet_words import SheetWords
from crmdesk.domain.sheet import MAX_FACTORS, Factor
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.controls import Label, Tool


class FactorPicker(QWidget):
    """The factors, the chosen ones first; `changed` is called after each tick and each move."""

    def __init__(self, kit: Kit, changed: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self._changed = changed
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setFixedHeight(len(Factor) * 28 + 4)
        self.list.itemChanged.connect(lambda: self._told())
        self.list.model().rowsMoved.connect(lambda: self._told())
        self.up = Tool(kit, "chevron-up", N_("Move up"), lambda: self._move(-1))
        self.down = Tool(kit, "chevron-down", N_("Move down"), lambda: self._move(1))
        side = QWidget()
        moves = QHBoxLayout(side)
        moves.setContentsMargins(0, 0, 0, 0)
        moves.addWidget(self.up)
        moves.addWidget(self.down)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 1)
        row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self._note = Label(kit, "", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._note)
        self.setFocusProxy(self.list)
        kit.language.changed.connect(self.retranslate)

    @property
    def fits(self) -> bool:
        """Whether so many can be shown."""
        return 1 <= len(self.chosen()) <= MAX_FACTORS

    def chosen(self) -> tuple[Factor, ...]:
        """The ticked factors in their order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(
            Factor(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def put(self, factors: Sequence[Factor]) -> None:
        """Shows which are chosen, without telling anybody."""
        place = max(0, self.list.currentRow())
        before = self.list.blockSignals(True)
        self.list.clear()
        for factor in [*factors, *(factor for factor in Factor if factor not in factors)]:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, factor.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if factor in factors else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(place)
        self.list.blockSignals(before)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the names anew."""
        words = self._kit.words
        names = SheetWords(words, "")
        before = self.list.blockSignals(True)
        self.list.setAccessibleName(words.gettext("Factors"))
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(names.factor(Factor(item.data(Qt.ItemDataRole.UserRole))))
        self.list.blockSignals(before)
        self._say()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentRow(row + by)
            self._told()

    def _told(self) -> None:
        self._say()
        self._changed()

    def _say(self) -> None:
        words = self._kit.words
        count = words.number(len(self.chosen()))
        self._note.setText(words.gettext("Chosen: {n} of at most {most}.", n=count, most=words.number(MAX_FACTORS)))
