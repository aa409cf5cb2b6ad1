"""The pages as they will be printed, one under the other, as wide as the room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crmdesk.ui.kit import Kit
from crmdesk.ui.pages import Page

GAP = 16


def image(page: Page) -> QImage:
    """The page as Qt sees it; the pixels stay the page's own."""
    return QImage(page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32)


class _PageView(QWidget):
    def __init__(self, kit: Kit, page: Page, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._page = page
        self._image = image(page)
        self.setAccessibleName(name)

    def fit(self, width: int) -> None:
        self.setFixedSize(width, max(1, width * self._page.height // max(1, self._page.width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, self.width(), self.height()), self._image)
        painter.setPen(self._kit.look.color("control"))
        painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
        painter.end()


class Preview(QScrollArea):
    """A column of pages on the sunken ground."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = 0
        self._views: list[_PageView] = []
        kit.language.changed.connect(self.retranslate)

    def retranslate(self) -> None:
        """Says what it is."""
        words = self._kit.words
        self.setAccessibleName(words.ngettext("Preview, {n} page", "Preview, {n} pages", self._count))

    def show_pages(self, pages: tuple[Page, ...]) -> None:
        """Shows these pages, from the top."""
        words = self._kit.words
        self._count = len(pages)
        self._views = []
        column_widget = QWidget()
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        for number, page in enumerate(pages, start=1):
            name = words.gettext("Page {n} of {count}", n=words.number(number), count=words.number(len(pages)))
            view = _PageView(self._kit, page, name)
            self._views.append(view)
            column.addWidget(view)
        column.addStretch()
        self.setWidget(column_widget)
        self._fit()
        self.retranslate()
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        room = max(200, self.width() - 2 * GAP - self.verticalScrollBar().sizeHint().width())
        for view in self._views:
            view.fit(room)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._fit()
