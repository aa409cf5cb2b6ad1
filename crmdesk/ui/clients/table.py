"""The clients as a table: one delegate paints every kind of cell, widths are fixed, one column takes the rest."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from crmdesk.documents.sheet_cells import fit_names
from crmdesk.domain.client_list import ClientOrder, ClientRow
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.names import short_name
from crmdesk.services import content
from crmdesk.ui.clients.presenter import ClientsPresenter
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import LEFT, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, MEDIUM, REGULAR, ROW, SEMIBOLD, SMALL, TABLE_HEAD

Index = QModelIndex | QPersistentModelIndex
NAME, ACTION, STAGE, CONTACT, NEXT, LAST_ORDER, TURNOVER, CITY, MANAGER = range(9)
COLUMNS: tuple[tuple[str, int, bool, ClientOrder | None], ...] = (  # head, width, right, sorted by
    (N_("Client"), 204, False, ClientOrder.NAME),
    (N_("Action"), 92, False, None),
    (N_("Stage"), 124, False, None),
    (N_("Contact"), 92, True, ClientOrder.CONTACT),
    (N_("Next step"), 136, False, ClientOrder.NEXT_STEP),
    (N_("Last order"), 118, True, ClientOrder.LAST_ORDER),
    (N_("Turnover of 6 months"), 142, True, ClientOrder.TURNOVER),
    (N_("City"), 110, False, None),
    (N_("Leads"), 138, False, None),
)
GIVES_WAY = (CITY, MANAGER, STAGE, LAST_ORDER)  # hidden in this order when the name would be cut
SEGMENT_ICONS = {ActionSegment.VVV: "map-pin", ActionSegment.CCC: "phone", ActionSegment.INFO: "mail"}
STARS = {Importance.VIP: "today", Importance.POTENTIAL_VIP: None}  # importance: what fills the star


class ClientsModel(QAbstractTableModel):
    """As many rows as there are ids; a row that is not there yet is empty for a moment."""

    def __init__(self, kit: Kit, presenter: ClientsPresenter, today: date, currency: str) -> None:
        super().__init__()
        self._kit = kit
        self._presenter = presenter
        self.today = today
        self._currency = currency
        self.ids: tuple[int, ...] = ()

    def set(self, ids: tuple[int, ...]) -> None:
        """Shows these clients."""
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()

    def refresh(self, first: int, last: int) -> None:
        """The rows first … last have come."""
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, D102
        return 0 if parent.isValid() else len(COLUMNS)

    def client(self, number: int) -> ClientRow | None:
        """The client of a row, once he is there."""
        return self._presenter.row(number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.client(index.row())
        text = self.text(row, index.column()) if row is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() != NAME:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {text}"
        return text

    def text(self, row: ClientRow, column: int) -> str:
        """A cell in words."""
        w = self._kit.words
        if column == NAME:
            return row.name
        if column == ACTION:
            entry = content.entries("action_segment").get(row.action_segment)
            return entry.short(w.lang) if entry else row.action_segment
        if column == STAGE:
            return content.word("stage", row.stage, w.lang)
        if column == CONTACT:
            return self._ago(row.last_contact)
        if column == NEXT:
            due = row.open_promise_due or row.next_due
            return w.short_day(due) if due else w.gettext("no next step")
        if column == LAST_ORDER:
            return w.day(row.last_order) if row.last_order else "—"
        if column == TURNOVER:
            return w.money(row.turnover, self._currency, cents=False) if row.turnover else "—"
        if column == CITY:
            return row.city
        return short_name(row.manager) if row.manager else w.gettext("nobody")

    def _ago(self, day: date | None) -> str:
        w = self._kit.words
        if day is None:
            return "—"
        days = (self.today - day).days
        return w.gettext("today") if days <= 0 else w.gettext("{n} d", n=w.number(days))

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            wanted = self._presenter.state.wanted
            arrow = "" if COLUMNS[section][3] is not wanted.sort else " ↓" if wanted.descending else " ↑"
            return self._kit.words.gettext(COLUMNS[section][0]) + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((RIGHT if COLUMNS[section][2] else LEFT) | Qt.AlignmentFlag.AlignVCenter)
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
        x, y, w, h = option.rect.x(), option.rect.y(), option.rect.width(), option.rect.height()
        current = index.row() == self._table.currentIndex().row()
        if current:
            draw.fill(x, y, w, h, "primary_tint")
        draw.across(x, y + h - 1, w)
        row = self._model.client(index.row())
        if row is not None:
            self._cell(draw, (x, y, w, h), row, index.column())
        if current and self._table.hasFocus():
            draw.fill(x, y, w, 2, "primary")
            draw.fill(x, y + h - 2, w, 2, "primary")
            if index.column() == 0:
                draw.fill(x, y, 2, h, "primary")
            if index.column() == len(COLUMNS) - 1:
                draw.fill(x + w - 2, y, 2, h, "primary")
        painter.restore()

    def _cell(self, draw: Draw, place: tuple[int, int, int, int], row: ClientRow, column: int) -> None:
        x, y, w, h = place
        text = self._model.text(row, column)
        if column == NAME:
            star = Importance(row.importance) in STARS if row.importance in set(Importance) else False
            room = w - (40 if star else 14)
            (name,) = fit_names([text], room, [lambda words: width(words, BODY, SEMIBOLD)])
            draw.text(x + 8, y, 0, h, name, weight=SEMIBOLD)
            if star:
                draw.icon("star", x + w - 24, y + 7, 14, "today", STARS[Importance(row.importance)])
        elif column == ACTION:
            icon = SEGMENT_ICONS.get(ActionSegment(row.action_segment))
            if icon:
                draw.icon(icon, x + 8, y + 7, 14)
            draw.text(x + 28, y, w - 30, h, text)
        elif column == NEXT:
            self._next(draw, place, row, text)
        else:
            muted = column in (STAGE, CITY, MANAGER) or text == "—"
            align = RIGHT if COLUMNS[column][2] else LEFT
            draw.text(x + 8, y, w - 16, h, text, token="muted" if muted else "text", align=align)

    def _next(self, draw: Draw, place: tuple[int, int, int, int], row: ClientRow, text: str) -> None:
        x, y, w, h = place
        due = row.open_promise_due or row.next_due
        if due is None:
            missing = row.action_segment != ActionSegment.NONE.value
            if missing:
                draw.icon("circle-dashed", x + 8, y + 7, 14, "today")
            draw.text(x + 28, y, w - 30, h, text if missing else "—", token="today" if missing else "muted")
            return
        late = due < self._model.today
        promise = row.open_promise_due is not None
        icon = "circle-alert" if late else "flag" if promise else "calendar-days"
        token = "over" if late else "prom" if promise else "muted"
        draw.icon(icon, x + 8, y + 7, 14, token)
        weight = SEMIBOLD if late else REGULAR
        draw.text(x + 28, y, 56, h, text, weight=weight, token="over" if late else "text")
        if promise:
            word = self._kit.words.gettext("promised")
            draw.text(x + 34 + width(text, weight=weight), y, w, h, word, size=SMALL, token=token)


class ClientsTable(QTableView):
    """The view of the model."""

    def __init__(self, kit: Kit, model: ClientsModel) -> None:
        super().__init__()
        self._kit = kit
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
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(60)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        kit.look.changed.connect(self.viewport().update)
        kit.language.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Every column holds its head, also with the arrow of the order; the least needed ones give way."""
        gettext = self._kit.words.gettext
        widths = []
        for head, least, _right, order in COLUMNS:
            arrow = width(" ↓", SMALL, MEDIUM) if order is not None else 0
            widths.append(max(least, int(width(gettext(head), SMALL, MEDIUM) + arrow) + 20))
        room, wanted = self.viewport().width(), sum(widths)
        for column in GIVES_WAY:
            hide = wanted > room
            self.setColumnHidden(column, hide)
            if hide:
                wanted -= widths[column]
        for column, wide in enumerate(widths):
            if column != NAME and not self.isColumnHidden(column):
                self.setColumnWidth(column, wide)
