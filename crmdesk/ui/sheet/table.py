"""The sheet as a table: model, painted cells, grouped heads; the first columns stay while the rest scrolls."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.sheet import Sheet, SheetRow
from crmdesk.ui.kit import Kit
from crmdesk.ui.sheet.cells import CellPainter
from crmdesk.ui.sheet.columns import FROZEN, Column, Kind, SheetCells
from crmdesk.ui.theme.draw import LEFT, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, ROW, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import tip

Index = QModelIndex | QPersistentModelIndex
HEAD = 44  # two lines: the spanner and the column's own head


class SheetModel(QAbstractTableModel):
    """Clients, then the totals; the texts come from `SheetCells`."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: SheetCells | None = None

    def set(self, cells: SheetCells | None) -> None:
        """Shows another sheet."""
        self.beginResetModel()
        self.cells = cells
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        if parent.isValid() or self.cells is None:
            return 0
        return len(self.cells.sheet.rows) + len(self.cells.totals)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() or self.cells is None else len(self.cells.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if self.cells is None or not index.isValid():
            return None
        text = self.cells.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        column = self.cells.columns[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            who = self.cells.text(index.row(), 1)
            return f"{who}, {column.name}: {text}" if column.kind is not Kind.CLIENT else text
        if role == Qt.ItemDataRole.ToolTipRole and column.kind in (Kind.CLIENT, Kind.ALARMS, Kind.PLAN, Kind.GOAL):
            return tip(text) if text else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((RIGHT if column.right else LEFT) | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.cells is None or orientation != Qt.Orientation.Horizontal:
            return None
        column = self.cells.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.name
        return None

    def row(self, number: int) -> SheetRow | None:
        """The client in a row; None for a line of totals."""
        if self.cells is None or not 0 <= number < len(self.cells.sheet.rows):
            return None
        return self.cells.sheet.rows[number]


class SheetHeader(QHeaderView):
    """Heads of two lines: a spanner over each group with a rule under it, the column's own head below."""

    def __init__(self, kit: Kit, model: SheetModel) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._kit = kit
        self._model = model
        self.setFixedHeight(HEAD)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        kit.look.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(super().sizeHint().width(), HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self.viewport())
        draw = Draw(painter, self._kit.look)
        draw.fill(0, 0, self.viewport().width(), HEAD, "surface")
        cells = self._model.cells
        if cells is not None:
            for number, column in enumerate(cells.columns):
                if not self.isSectionHidden(number):
                    self._head(draw, number, column, cells.sheet)
            for first, last, group in _groups(cells.columns):
                if not self.isSectionHidden(first):
                    x = self.sectionViewportPosition(first) + (8 if cells.columns[first].first else 2)
                    right = self.sectionViewportPosition(last) + self.sectionSize(last) - 4
                    seen = max(x, 4)  # the words stay in sight while their columns scroll out
                    room = min(right, self.viewport().width()) - seen
                    if right > seen and room >= min(width(group, SMALL, SEMIBOLD), right - x):
                        draw.text(seen, 2, room, 20, group, size=SMALL, weight=SEMIBOLD)
                    draw.across(x, 22, right - x)
        draw.across(0, HEAD - 1, self.viewport().width(), "control")
        painter.end()

    def _head(self, draw: Draw, number: int, column: Column, sheet: Sheet) -> None:
        x, w = self.sectionViewportPosition(number), self.sectionSize(number)
        pad = 4 if column.right else 8 if column.kind is Kind.CLIENT or column.first else 6
        if column.kind is Kind.POTENTIAL:
            return
        plain = column.kind in (Kind.CLIENT, Kind.ALARMS)
        draw.text(
            x + (2 if column.right else pad),
            22,
            w - 2 * pad + (2 if column.right else 0),
            HEAD - 23,
            column.head,
            size=SMALL,
            weight=SEMIBOLD if plain else MEDIUM,
            token="text" if plain else "muted",
            align=RIGHT if column.right else LEFT,
        )


def _groups(columns: tuple[Column, ...]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for number, column in enumerate(columns):
        if not column.group:
            continue
        if found and found[-1][2] == column.group and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number, column.group)
        else:
            found.append((number, number, column.group))
    return found


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: SheetModel, table: SheetTable) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cells = self._model.cells
        if cells is None:
            return
        painter.save()
        rect = option.rect
        painter.setClipRect(rect)
        place = (rect.x(), rect.y(), rect.width(), rect.height())
        current = self._table.current == (index.row(), index.column())
        CellPainter(Draw(painter, self._kit.look), cells).paint(
            place, index.row(), index.column(), in_row=self._table.current[0] == index.row(), current=current
        )
        painter.restore()


class _Part(QTableView):
    """One of the two halves; both show the same model and share what is selected."""

    def __init__(self, table: SheetTable, kit: Kit, model: SheetModel) -> None:
        super().__init__()
        self._owner = table
        self.setModel(model)
        self.setHorizontalHeader(SheetHeader(kit, model))
        self.horizontalHeader().setMinimumSectionSize(8)  # Qt's own least is wider than a column of single figures
        self.setItemDelegate(table.delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAutoScroll(True)
        self.activated.connect(lambda index: table.open(index))
        self.clicked.connect(lambda index: table.open(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._owner.step(step):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._owner.open(self.currentIndex())
            return
        super().keyPressEvent(event)


class SheetTable(QWidget):
    """Two tables side by side that look and act as one. `opened` is called with row and column of a cell."""

    def __init__(self, kit: Kit, opened: Callable[[SheetRow, Column], None]) -> None:
        super().__init__()
        self._kit = kit
        self._opened = opened
        self.model = SheetModel()
        self.delegate = _Delegate(kit, self.model, self)
        self.current = (-1, -1)
        self.left = _Part(self, kit, self.model)
        self.right = _Part(self, kit, self.model)
        self.left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.right.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.left.setSelectionModel(self.right.selectionModel())
        self.left.verticalScrollBar().valueChanged.connect(self.right.verticalScrollBar().setValue)
        self.right.verticalScrollBar().valueChanged.connect(self.left.verticalScrollBar().setValue)
        self.right.horizontalScrollBar().rangeChanged.connect(self._even)
        self.right.selectionModel().currentChanged.connect(self._moved)
        self.left.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(0)
        self._foot = QWidget()
        self._foot.setFixedHeight(0)
        frozen = QVBoxLayout()
        frozen.setContentsMargins(0, 0, 0, 0)
        frozen.setSpacing(0)
        frozen.addWidget(self.left)
        frozen.addWidget(self._foot)
        row.addLayout(frozen)
        row.addWidget(self.right, 1)
        self.setFocusProxy(self.right)
        kit.look.changed.connect(self._repaint)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the names of the halves anew; the cells come with a new sheet."""
        name = self._kit.words.gettext("Sheet")
        self.left.setAccessibleName(name)
        self.right.setAccessibleName(name)

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows a sheet; the place that was looked at stays, if it is still there."""
        cells = SheetCells(sheet, self._kit.words, width)
        row, column = self.current
        self.model.set(cells)
        frozen = 0
        for number, one in enumerate(cells.columns):
            left = one.kind in FROZEN
            self.left.setColumnHidden(number, not left)
            self.right.setColumnHidden(number, left)
            wide = one.width + (8 if one.first else 0)
            self.left.setColumnWidth(number, wide)
            self.right.setColumnWidth(number, wide)
            frozen += wide if left else 0
        self.left.setFixedWidth(frozen)
        self._stretch()
        inside = 0 <= row < self.model.rowCount() and 0 <= column < self.model.columnCount()
        self.go_to(row if inside else 0, column if inside else 1)

    def _stretch(self) -> None:
        """Room to spare goes to the alarms and the coming months: words, never figures, gain by it.

        A little room that lacks is taken from the coming months, the farthest first, so that nothing scrolls.
        """
        cells = self.model.cells
        if cells is None:
            return
        used = sum(c.width + (8 if c.first else 0) for c in cells.columns if c.kind not in FROZEN)
        spare = self.width() - 8 - self.left.width() - used - 14
        words = [(n, c) for n, c in enumerate(cells.columns) if c.kind in (Kind.ALARMS, Kind.PLAN)]
        lacks = [max(0.0, cells.wish(column) - column.width) for _, column in words]
        lacking = sum(lacks)
        gives = [max(0, column.width - cells.narrowest) if column.kind is Kind.PLAN else 0 for _, column in words]
        debt = -spare if 0 < -spare <= sum(gives) else 0
        for (number, column), lack, give in reversed(list(zip(words, lacks, gives, strict=True))):
            more = max(0, spare) * (lack / lacking if lacking > max(0, spare) else 1 / len(words))
            paid = min(give, debt)
            debt -= paid
            self.right.setColumnWidth(number, column.width + (8 if column.first else 0) + int(more) - paid)

    def resizeEvent(self, event: object) -> None:  # noqa: D102
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._stretch()
        index = self.right.currentIndex()
        if index.isValid() and not self.right.isColumnHidden(index.column()):
            self.right.scrollTo(index)

    def go_to(self, row: int, column: int) -> None:
        """Moves the current cell."""
        index = self.model.index(row, column)
        self.right.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if index.isValid() and not self.right.isColumnHidden(column):
            self.right.scrollTo(index)

    def step(self, by: int) -> bool:
        """One cell to the left or right, across the frozen edge; False where Qt's own way will do."""
        row, column = self.current
        goal = column + by
        if row < 0 or not 0 <= goal < self.model.columnCount():
            return False
        self.go_to(row, goal)
        return True

    def open(self, index: QModelIndex) -> None:
        """Asks what a cell was counted from; totals open nothing."""
        row = self.model.row(index.row())
        if row is not None and self.model.cells is not None:
            self._opened(row, self.model.cells.columns[index.column()])

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self.current = (now.row(), now.column())
        self._repaint()

    def _repaint(self) -> None:
        self.left.viewport().update()
        self.right.viewport().update()

    def _even(self, low: int, high: int) -> None:
        """The left half leaves room for the right one's scroll bar, so that both end at the same row."""
        bar = self.right.horizontalScrollBar().sizeHint().height() if high > low else 0
        self._foot.setFixedHeight(bar)
