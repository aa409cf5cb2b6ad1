"""The entries that are shown, as rows of a model: what walks the keyboard and what screen readers are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from crmdesk.domain.calendar import Entry, Key, mark_of
from crmdesk.ui.calendar import words as say
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.controls import tip

Index = QModelIndex | QPersistentModelIndex


class EntriesModel(QAbstractListModel):
    """The entries of some days, in order."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.entries: list[Entry] = []
        self.rows: dict[Key, int] = {}
        self._today = date.min

    def set(self, days: Sequence[date], by_day: Mapping[date, tuple[Entry, ...]], today: date) -> None:
        """Shows the entries of these days."""
        self.beginResetModel()
        self._today = today
        self.entries = [entry for day in days for entry in by_day.get(day, ())]
        self.rows = {entry.key: row for row, entry in enumerate(self.entries)}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            entry = self.entries[index.row()]
            text = say.spoken(self._kit.words, entry, mark_of(entry, self._today))
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None
