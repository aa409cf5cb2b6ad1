"""All managers on the screen: one line each, opening his sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crmdesk.documents.sheet_units import batch_unit
from crmdesk.documents.sheet_words import SIGNS, SheetWords
from crmdesk.domain.sheet import AlarmKind, Sheet
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme import fonts
from crmdesk.ui.theme.draw import LEFT, RIGHT, Draw
from crmdesk.ui.theme.tokens import BODY, MEDIUM, REGULAR, ROW, SEMIBOLD, SMALL, TABLE_HEAD

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (  # head, right
    (N_("Manager"), False),
    (N_("Clients"), True),
    (N_("Turnover"), True),
    (N_("Plan met"), True),
    (N_("Calls"), True),
    (N_("Visits"), True),
    (N_("Overdue"), True),
    (N_("Promises"), True),
    (N_("Data"), True),
    (N_("Alarms"), False),
    (N_("At risk"), True),
)


class OverviewModel(QAbstractTableModel):
    """A row a manager, in the order of the printed cover."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.sheets: tuple[Sheet, ...] = ()
        self._texts: list[list[tuple[str, bool]]] = []

    def set(self, sheets: tuple[Sheet, ...]) -> None:
        """Shows these sheets."""
        self.beginResetModel()
        self.sheets = sheets
        unit = batch_unit(sheets)
        self._texts = [self._row(sheet, SheetWords(self._kit.words, sheet.currency, unit=unit)) for sheet in sheets]
        self.endResetModel()

    def _row(self, sheet: Sheet, words: SheetWords) -> list[tuple[str, bool]]:
        w, head = words.words, sheet.head
        counts = dict.fromkeys(SIGNS.values(), 0)
        for row in sheet.rows:
            for alarm in row.alarms:
                counts[SIGNS[AlarmKind(alarm.kind)]] += 1
        alarms = "  ".join(f"{sign} {w.number(count)}" for sign, count in counts.items() if count)
        share = head.period.share
        return [
            (sheet.manager, False),
            (words.of(len(sheet.rows), sheet.clients_all), False),
            (f"{words.money(sheet.totals.all.total)} {words.unit}", False),
            ("—" if share is None else w.percent(share), head.period.below_norm),
            (words.of(head.calls, head.calls_norm), False),
            (words.of(head.visits, head.visits_norm), False),
            (w.number(head.overdue_tasks), head.overdue_tasks > 0),
            (words.of(head.promises_broken, head.promises_due), head.promises_broken > 0),
            (w.percent(head.completeness), head.completeness_bad),
            (alarms, False),
            (f"{words.money(sheet.risk_total)} {words.unit}", False),
        ]

    def bad(self, row: int, column: int) -> bool:
        """Whether the figure is off the norm."""
        return self._texts[row][column][1]

    def width(self, column: int) -> int:
        """How wide a column must be to say everything, pixels."""
        head = fonts.width(self._kit.words.gettext(COLUMNS[column][0]), SMALL, MEDIUM)
        texts = (row[column] for row in self._texts)
        cells = (fonts.width(text, BODY, SEMIBOLD if bad or not column else REGULAR) for text, bad in texts)
        return int(max(head + 8, *cells, 0.0)) + 20  # Qt keeps a little more room beside a head

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.sheets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        text = self._texts[index.row()][index.column()][0]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {text}"
        return None

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._kit.words.gettext(COLUMNS[section][0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((RIGHT if COLUMNS[section][1] else LEFT) | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: OverviewModel) -> None:
        super().__init__()
        self._kit = kit
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw = Draw(painter, self._kit.look)
        x, y, w, h = option.rect.x(), option.rect.y(), option.rect.width(), option.rect.height()
        if option.state & QStyle.StateFlag.State_Selected:
            draw.fill(x, y, w, h, "primary_tint")
        draw.across(x, y + h - 1, w)
        bad = self._model.bad(index.row(), index.column())
        right = COLUMNS[index.column()][1]
        text = str(index.data())
        draw.text(
            x + 8,
            y,
            w - 16,
            h,
            text,
            weight=SEMIBOLD if bad or index.column() == 0 else REGULAR,
            token="over" if bad else "text",
            align=RIGHT if right else LEFT,
        )
        painter.restore()


class Overview(QTableView):
    """The table of managers; `opened` gets the manager's id."""

    def __init__(self, kit: Kit, opened: Callable[[int], None]) -> None:
        super().__init__()
        self._kit = kit
        self._opened = opened
        self.overview = OverviewModel(kit)
        self.setModel(self.overview)
        self._delegate = _Delegate(kit, self.overview)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        head = self.horizontalHeader()
        head.setFixedHeight(TABLE_HEAD)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        kit.look.changed.connect(self.viewport().update)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything anew."""
        self.setAccessibleName(self._kit.words.pgettext("sheet", "All managers"))
        self.overview.set(self.overview.sheets)
        self._fit()

    def show_sheets(self, sheets: tuple[Sheet, ...]) -> None:
        """Shows these sheets."""
        self.overview.set(sheets)
        self._fit()
        if sheets:
            self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Every column as wide as its widest words; room to spare goes to all alike."""
        widths = [self.overview.width(number) for number in range(len(COLUMNS))]
        more = max(0, self.viewport().width() - sum(widths)) // len(COLUMNS)
        for number, wide in enumerate(widths):
            self.setColumnWidth(number, wide + more)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.overview.sheets):
            self._opened(self.overview.sheets[row].manager_id)
