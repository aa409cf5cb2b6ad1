"""The palette on the screen: the search line of the top bar and the list under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.ui.commands import shown_keys
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.palette.presenter import Found, PalettePresenter, Row
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import RADIUS, REGULAR, SEARCH, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Field

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, MOST_ROWS, LIST_WIDTH = 30, 12, 480


class _Rows(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def set(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        return ", ".join(part for part in (row.title, row.note, shown_keys(row.keys)) if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: _Rows) -> None:
        super().__init__()
        self._kit = kit
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw = Draw(painter, self._kit.look)
        row = self._model.rows[index.row()]
        x, y, w = option.rect.x(), option.rect.y(), option.rect.width()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        if current:
            draw.fill(x + 6, y, w - 12, ROW_HEIGHT, "primary_tint", RADIUS)
        draw.icon(row.icon or "arrow-right", x + 14, y + 7, 16, "primary" if current else "muted")
        keys = shown_keys(row.keys)
        room = w - 54 - (width(keys, SMALL) + 24 if keys else 0)
        used = draw.text(x + 40, y, room, ROW_HEIGHT, row.title, weight=SEMIBOLD if current else REGULAR)
        if row.note and room - used > 40:
            draw.text(x + 48 + used, y, room - used - 8, ROW_HEIGHT, row.note, token="muted")
        if keys:
            draw.key(x + w - 14, y + ROW_HEIGHT / 2, keys)
        painter.restore()


class Palette(QObject):
    """Owns the search line and the list; the window places both."""

    def __init__(
        self,
        kit: Kit,
        window: QWidget,
        search: Callable[[str], Sequence[Found]] | None = None,
        open_client: Callable[[int], None] = lambda client_id: None,
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._back: QWidget | None = None
        self.more: Callable[[], Sequence[Row]] = tuple  # what can be chosen beside the commands: settings
        self.field = Field(kit, N_("Client, phone, task or command"), icon="search", key="Ctrl+K")
        self.field.setMinimumWidth(160)
        self.field.setMaximumWidth(SEARCH)
        self.popup = QFrame(window)
        self.popup.setObjectName("popup")
        shadow = QGraphicsDropShadowEffect(self.popup)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 4)
        shade = QColor(kit.look.tokens.shadow)
        shade.setAlpha(26)
        shadow.setColor(shade)
        self.popup.setGraphicsEffect(shadow)
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(0, 6, 0, 6)
        self._model = _Rows()
        self.list = QListView()
        self.list.setModel(self._model)
        self._delegate = _Delegate(kit, self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        column.addWidget(self.list)
        self.popup.hide()
        self._presenter = PalettePresenter(self, kit.runner, self._commands, search, open_client)
        self.field.textEdited.connect(lambda text: self._presenter.type(text))
        self.field.installEventFilter(self)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def set_search(self, search: Callable[[str], Sequence[Found]], open_client: Callable[[int], None]) -> None:
        """From now on clients are found too."""
        self._presenter = PalettePresenter(self, self._kit.runner, self._commands, search, open_client)

    def retranslate(self) -> None:
        """Says the name of the list anew."""
        self.list.setAccessibleName(self._kit.words.gettext("Commands, clients and tasks"))

    def start(self, text: str = "") -> None:
        """Puts the keyboard into the line and opens the list; Esc goes back to where it was."""
        before = QApplication.focusWidget()
        if before is not self.field:
            self._back = before
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.setText(text)
        self.field.selectAll()
        self._presenter.type(text)

    def show(self, rows: Sequence[Row]) -> None:
        """The presenter's rows."""
        self._model.set(rows)
        if not rows:
            self.popup.hide()
            return
        self.list.setCurrentIndex(self._model.index(0))
        corner = self.field.mapTo(self._window, QPoint(0, self.field.height() + 4))
        height = min(len(rows), MOST_ROWS) * ROW_HEIGHT + 14
        room = self._window.width() - corner.x() - 16
        self.popup.setGeometry(corner.x(), corner.y(), min(LIST_WIDTH, room), height)
        self.popup.show()
        self.popup.raise_()

    def close(self) -> None:
        """Closes the list and gives the keyboard back."""
        self.popup.hide()
        self.field.clear()
        if self._back is not None and self.field.hasFocus():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut and not self.popup.underMouse():
            self.popup.hide()
        if watched is self.field and event.type() == QEvent.Type.MouseButtonPress and self.popup.isHidden():
            self._presenter.type(self.field.text())
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._model.rows:
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentIndex(
                self._model.index((self.list.currentIndex().row() + step) % len(self._model.rows))
            )
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex().row())
            return True
        return False

    def _take(self, row: int) -> None:
        if not 0 <= row < len(self._model.rows) or self.popup.isHidden():
            return
        do = self._model.rows[row].do
        self.close()
        do()

    def _commands(self) -> list[Row]:
        commands = self._kit.commands
        rows = [
            Row(command.icon, commands.title(command.name), "", command.keys, command.do)
            for command in commands
            if command.enabled() and command.name != "palette"
        ]
        return [*rows, *self.more()]
