"""A line for words in which a product may be chosen: whatever fits is offered under it while one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView
from shiboken6 import isValid

from crmdesk.domain.products import ProductHit, product_key
from crmdesk.ui.kit import Kit

PAUSE = 120  # milliseconds without a key before the store is asked
LEAST = 2  # letters typed before it is asked


class ProductField(QLineEdit):
    """`product_id` is the product whose name stands in the line, None for words of one's own."""

    def __init__(self, kit: Kit, search: Callable[[str], tuple[ProductHit, ...]]) -> None:
        super().__init__()
        self._kit = kit
        self._search = search
        self._hits: tuple[ProductHit, ...] = ()
        self._chosen: ProductHit | None = None
        self._model = QStandardItemModel(self)
        self.offers = QCompleter(self._model, self)
        self.offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.offers.setWidget(self)
        self.popup = QListView()
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.offers.setPopup(self.popup)
        self.offers.activated[QModelIndex].connect(  # type: ignore[index]  # the stubs know one form only
            lambda index: self._take(index.row())
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    @property
    def product_id(self) -> int | None:
        """The product chosen, while its name still stands here."""
        if self._chosen is not None and product_key(self.text()) == product_key(self._chosen.name):
            return self._chosen.id
        return None

    def _typed(self, text: str) -> None:
        if len(text.strip()) >= LEAST:
            self._pause.start()
        else:
            self._pause.stop()
            self.popup.hide()

    def _ask(self) -> None:
        text = self.text().strip()
        self._kit.runner.read(lambda job: self._search(text), self._found, lambda error: None, replaces="product")

    def _found(self, hits: tuple[ProductHit, ...]) -> None:
        if not isValid(self):  # its form was closed meanwhile
            return
        self._hits = hits
        self._model.clear()
        for hit in hits:
            self._model.appendRow(QStandardItem(" · ".join(part for part in (hit.name, hit.code) if part)))
        if hits and self.hasFocus() and self.product_id is None:
            self.offers.complete()
        else:
            self.popup.hide()

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            self._chosen = self._hits[row]
            self.setText(self._chosen.name)
