"""The clients as a table: one delegate paints every kind of cell, widths are fixed, one column takes the rest.

A hundred thousand rows cost nothing by themselves: the view never counts or measures rows, the model holds ids, and
only the pages that are looked at are read.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from crmdesk.documents.sheet_cells import fit_names
from crmdesk.domain.client_list import ClientRow
from crmdesk.system.i18n import CURRENCY_SIGNS
from crmdesk.ui.clients import cells
from crmdesk.ui.clients.cells import CHECK, COLUMNS, NAME, NEXT, PAD, STAR, Line, line
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import LEFT, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, MEDIUM, ROW, SEMIBOLD, SMALL, TABLE_HEAD
from crmdesk.ui.widgets.columns import KeptColumns
from crmdesk.ui.widgets.controls import tip

Index = QModelIndex | QPersistentModelIndex
HEAD_MARGIN = 14  # pixels that Qt keeps free in a head
MOST_LINES = 2000  # kept in words
LEAST_NAME = 188  # pixels under which other columns give way
GIVES_WAY = (  # hidden in this order when the name would be cut
    cells.LAST_ORDER,
    cells.CITY,
    cells.KINDS,
    cells.STAGE,
    cells.MANAGER,
    cells.ACTION,
    cells.CHANGE,
    cells.RHYTHM,
    cells.TURNOVER,
    cells.CONTACT,
)
USUAL_NEXT, MOST_NEXT = 204, 420  # pixels that a usual and a wide window give to the matter of a step


class ClientsModel(QAbstractTableModel):
    """As many rows as there are ids; a row that is not there yet is empty for a moment."""

    def __init__(self, kit: Kit, presenter: ClientsPresenter, today: date, currency: str) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self.today = today
        self._currency = CURRENCY_SIGNS.get(currency, currency)
        self.ids: tuple[int, ...] = ()
        self._lines: dict[int, Line] = {}

    def set(self, ids: tuple[int, ...]) -> None:
        """Shows these clients."""
        self.beginResetModel()
        self.ids = ids
        self._lines.clear()
        self.endResetModel()

    def refresh(self, first: int, last: int) -> None:
        """The rows first … last have come."""
        self._lines.clear()
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def retranslate(self) -> None:
        """Says everything anew."""
        self._lines.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(COLUMNS)

    def client(self, number: int) -> ClientRow | None:
        """The client of a row, once he is there."""
        return self._presenter.row(number)

    def line(self, number: int) -> Line | None:
        """The words of a row, once it is there."""
        found = self._lines.get(number)
        if found is None:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            row = self._presenter.row(number)
            if row is None:
                return None
            found = self._lines[number] = line(row, self._kit.words, self.today)
        return found

    def is_marked(self, number: int) -> bool:
        """Whether the client of a row is marked."""
        return self.ids[number] in self._presenter.state.marked

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid():
            return None
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == CHECK:
            return Qt.CheckState.Checked if self.is_marked(index.row()) else Qt.CheckState.Unchecked
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        one = self.line(index.row())
        text = one.text(column, self._kit.words) if one is not None else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text) if column in (NAME, STAR, NEXT, cells.CITY, cells.STAGE) else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == CHECK:
                return self._kit.words.gettext("marked") if self.is_marked(index.row()) else ""
            if column != NAME:
                return f"{self.head(column)}: {text}"
        return text

    def head(self, column: int) -> str:
        """A column's head in words."""
        w = self._kit.words
        if column == STAR:
            return w.gettext("Importance")
        if column == CHECK:
            return w.gettext("Mark")
        words = w.gettext(COLUMNS[column].head)
        return f"{words}, {self._currency}" if column == cells.TURNOVER else words

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.head(section)
        if role == Qt.ItemDataRole.DisplayRole:
            wanted = self._presenter.state.wanted
            order = COLUMNS[section].order
            arrow = "" if order is None or order is not wanted.sort else " ↓" if wanted.descending else " ↑"
            return (self.head(section) if section not in (STAR, CHECK) else "") + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((RIGHT if COLUMNS[section].right else LEFT) | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: ClientsModel, table: ClientsTable) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw = Draw(painter, self._kit.look)
        rect, number, column = option.rect, index.row(), index.column()
        x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
        current = number == self._table.current
        marked = self._model.is_marked(number)
        if current or marked:
            draw.fill(x, y, w, h, "primary_tint")
        elif number == self._table.hovered:
            draw.fill(x, y, w, h, "hover")
        draw.across(x, y + h - 1, w)
        if column == CHECK:
            cells.checkbox(draw, x + PAD, y + (h - 16) / 2, marked)
        else:
            one = self._model.line(number)
            if one is not None:
                cells.paint(draw, column, x, y, w, h, one, self._name(one.row, w) if column == NAME else "")
        if current:
            self._ring(draw, x, y, w, h, column)
        painter.restore()

    @staticmethod
    def _name(row: ClientRow, w: int) -> str:
        (name,) = fit_names([row.name], w - PAD, [lambda words: width(words, BODY, SEMIBOLD)])
        return name

    def _ring(self, draw: Draw, x: int, y: int, w: int, h: int, column: int) -> None:
        """The ring of the current row: whole with the keyboard here, its head only without."""
        if not self._table.hasFocus():
            if column == CHECK:
                draw.fill(x, y, 2, h, "primary")
            return
        draw.fill(x, y, w, 2, "primary")
        draw.fill(x, y + h - 2, w, 2, "primary")
        if column == CHECK:
            draw.fill(x, y, 2, h, "primary")
        if column == self._table.last_column:
            draw.fill(x + w - 2, y, 2, h, "primary")


class ClientsTable(QTableView):
    """The view of the model. Marks are kept by the presenter: `marked` says which row, and whether with Shift."""

    marked = Signal(int, bool)
    moved = Signal(int)  # the current row is another one
    opened = Signal(int)
    step_pressed = Signal(int)  # «no step — set one»
    menu_wanted = Signal(QPoint)
    typed = Signal(str)

    def __init__(self, kit: Kit, model: ClientsModel) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self.current = -1
        self.hovered = -1
        self.last_column = len(COLUMNS) - 1
        self.hide_manager = False
        self.setModel(model)
        self._delegate = _Delegate(kit, model, self)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setFixedHeight(TABLE_HEAD)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setMinimumSectionSize(24)
        head.setStretchLastSection(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kept = KeptColumns(kit, "clients", head)
        kit.look.changed.connect(self.viewport().update)
        kit.language.changed.connect(self.fit)
        self.fit()

    # where one is ----------------------------------------------------------------------------------
    def go_to(self, number: int) -> None:
        """Makes a row the current one."""
        self.setCurrentIndex(self._model.index(number, NAME) if number >= 0 else QModelIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: D102
        super().currentChanged(current, previous)
        before, self.current = self.current, current.row()
        for number in (before, self.current):
            self._repaint(number)
        if self.current >= 0 and self.current != before:
            self.moved.emit(self.current)

    def _repaint(self, number: int) -> None:
        if 0 <= number < len(self._model.ids):
            y = self.rowViewportPosition(number)
            self.viewport().update(0, y, self.viewport().width(), ROW)

    # mouse -----------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        index = self.indexAt(event.position().toPoint())
        number = index.row()
        held = event.modifiers()
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
            if index.column() == CHECK or shift or held & Qt.KeyboardModifier.ControlModifier:
                self.marked.emit(number, shift)
                self.go_to(number)
                return
        super().mousePressEvent(event)
        one = self._model.line(number) if number >= 0 else None
        if (
            one is not None
            and index.column() == NEXT
            and one.lacks_step
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.step_pressed.emit(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != CHECK:
            self.opened.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, number: int) -> None:
        before, self.hovered = self.hovered, number
        if before != number:
            self._repaint(before)
            self._repaint(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            number = self.indexAt(event.pos()).row()
            place = event.globalPos()
            if number >= 0 and number != self.current:
                self.go_to(number)
        else:
            number = self.current
            place = self.viewport().mapToGlobal(QPoint(60, self.rowViewportPosition(max(number, 0)) + ROW))
        if number >= 0:
            self.menu_wanted.emit(place)

    # keyboard --------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key, held, row = event.key(), event.modifiers(), self.current
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        plain = held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and row >= 0:
            self.opened.emit(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            self.marked.emit(row, shift)
        elif shift and key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and row >= 0:
            self._stretch(row, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._model.ids:
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._model.ids) - 1)
        else:
            super().keyPressEvent(event)

    def _stretch(self, row: int, step: int) -> None:
        """Shift and an arrow mark the row one leaves and the row one comes to."""
        if not self._model.is_marked(row):
            self.marked.emit(row, False)
        other = min(max(row + step, 0), len(self._model.ids) - 1)
        self.go_to(other)
        if not self._model.is_marked(other):
            self.marked.emit(other, False)

    def keyboardSearch(self, search: str) -> None:  # noqa: D102
        if search.strip():
            self.typed.emit(search)  # into the search line: looking through all rows would read them all

    # widths ----------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Every column holds its head, the sorted one with its arrow, or is as wide as it was dragged to; the least
        needed ones give way, and the name takes what is left."""
        widths = []
        for number, column in enumerate(COLUMNS):
            head = str(self._model.headerData(number, Qt.Orientation.Horizontal))
            widths.append(max(column.width, int(width(head, SMALL, MEDIUM)) + 2 * PAD + HEAD_MARGIN))
        for number, wide in self.kept.widths.items():
            if number < len(widths):
                widths[number] = max(wide, self.horizontalHeader().minimumSectionSize())
        widths[NAME] = LEAST_NAME
        widths[STAR], widths[CHECK] = COLUMNS[STAR].width, COLUMNS[CHECK].width
        room = self.viewport().width()
        hidden = {cells.MANAGER} if self.hide_manager else set()
        for column_number in GIVES_WAY:
            if sum(wide for n, wide in enumerate(widths) if n not in hidden) <= room:
                break
            hidden.add(column_number)
        spare = max(0, room - sum(wide for n, wide in enumerate(widths) if n not in hidden))
        more = min(spare, max(USUAL_NEXT - widths[NEXT], spare // 2), MOST_NEXT - widths[NEXT])
        widths[NEXT] += more
        widths[NAME] += spare - more
        for number, wide in enumerate(widths):
            self.setColumnHidden(number, number in hidden)
            if number not in hidden:
                self.setColumnWidth(number, wide)
        self.last_column = max(number for number in range(len(COLUMNS)) if number not in hidden)
