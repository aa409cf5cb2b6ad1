"""A client found as one types: a line and, under it, whoever fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from crmdesk.domain.clients import ClientHit
from crmdesk.domain.names import short_name
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.controls import Field

PAUSE = 120  # milliseconds without a key before the store is asked
MOST = 10  # clients offered


class ClientPicker(QWidget):
    """Finds clients by `search(text, limit)`, which runs as work of the runner.

    `client_id` is the client chosen, None while nobody is; `chosen` is sent with the ClientHit, or with None when
    the line no longer names the one who was chosen.
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, search: Callable[[str, int], Sequence[ClientHit]]) -> None:
        super().__init__()
        self._kit = kit
        self._search = search
        self.client_id: int | None = None
        self._hits: tuple[ClientHit, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.field = Field(kit, N_("Name, phone, city or code"), icon="search")
        column.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._model = QStandardItemModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(MOST)
        self.completer.setWidget(self.field)
        self.popup = QListView()
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.completer.setPopup(self.popup)
        self.completer.activated[QModelIndex].connect(  # type: ignore[index]  # the stubs know one form only
            lambda index: self._take(index.row())
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.field.text().strip()

    def set_client(self, client_id: int | None, name: str) -> None:
        """Shows a client who is known already."""
        self.client_id = client_id
        self.field.setText(name)
        self.field.setCursorPosition(0)

    def _typed(self, text: str) -> None:
        if self.client_id is not None:
            self.client_id = None
            self.chosen.emit(None)
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.popup.hide()

    def _ask(self) -> None:
        text = self.field.text().strip()
        if text:
            self._kit.runner.read(
                lambda job: tuple(self._search(text, MOST)), self._found, lambda error: None, replaces="client-picker"
            )

    def _found(self, hits: tuple[ClientHit, ...]) -> None:
        if not isValid(self):  # its form was closed meanwhile
            return
        self._hits = hits
        self._model.clear()
        for hit in hits:
            self._model.appendRow(QStandardItem(self._line(hit)))
        if hits and self.field.hasFocus():
            self.completer.complete()
            self.popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        else:
            self.popup.hide()

    @staticmethod
    def _line(hit: ClientHit) -> str:
        return " · ".join(part for part in (hit.name, hit.city, short_name(hit.manager) if hit.manager else "") if part)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.set_client(hit.id, hit.name)
            self.chosen.emit(hit)

    def take_only(self) -> bool:
        """Chooses the first who fits when Enter was pressed over a typed name; whether somebody was chosen."""
        if self.client_id is None and self._hits and not self.is_empty:
            hit = self._hits[0]
            self.set_client(hit.id, hit.name)
            self.chosen.emit(hit)
        return self.client_id is not None
