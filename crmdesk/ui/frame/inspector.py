"""The inspector at the right: what the chosen thing is made of, without leaving the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw, wrap
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import INSPECTOR, LEAD_BODY, MARGIN, MEDIUM, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Button, Canvas, Tool, tip

Index = QModelIndex | QPersistentModelIndex
LINE, BLOCK_PAD = 26, 10
SCROLL_BAR = 12
SHORT_LEFT = 76  # where the words of a record begin whose day stands before them
LONGEST = 600  # characters of a record: three lines hold less


@dataclass(frozen=True)
class Record:
    """One record behind a figure: words already in the language of the window, at most LONGEST of them shown."""

    icon: str
    when: str
    words: str
    right: str = ""


@dataclass(frozen=True)
class Page:
    """What the inspector shows. `chips`: (icon, word, colour token); `lines`: (label, value, colour token)."""

    title: str
    subtitle: str = ""
    chips: tuple[tuple[str, str, str], ...] = ()
    warning: str = ""
    warning_text: str = ""  # under it, in the same block
    lines: tuple[tuple[str, str, str], ...] = ()
    records_head: str = ""
    records: tuple[Record, ...] = ()
    note: str = ""
    buttons: tuple[tuple[str, Callable[[], None]], ...] = ()  # at most two
    verb_icon: str = ""  # of the first button, which is then the primary one
    open: Callable[[], None] | None = None  # opens the whole of it


def _is_short(record: Record) -> bool:
    """Whether its day fits before the words, on one line with them: 17.11 does, 17.11.2026 does not."""
    return not record.right and width(record.when, SMALL) <= SHORT_LEFT - 27 - 6


class _Records(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[Record, ...] = ()

    def set(self, records: tuple[Record, ...]) -> None:
        self.beginResetModel()
        self.records = records
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self.records[index.row()]
        text = " · ".join(part for part in (record.when, record.words[:LONGEST], record.right) if part)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        return None


class _RecordDelegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, model: _Records, view: QListView) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        record = self._model.records[index.row()]
        lines = len(self._lines(record, self._room()))
        return QSize(100, (10 if _is_short(record) else 26) + max(1, lines) * LEAD_BODY)

    def _room(self) -> int:
        """The same with a scroll bar and without, or a line is measured for one width and painted in another."""
        return self._view.width() - SCROLL_BAR

    @staticmethod
    def _lines(record: Record, room: int) -> list[str]:
        left = SHORT_LEFT if _is_short(record) else 27
        return wrap(record.words[:LONGEST], room - left, lines=4 if _is_short(record) else 3) if record.words else []

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        draw = Draw(painter, self._kit.look)
        record = self._model.records[index.row()]
        rect = option.rect
        x, y, w = rect.x(), rect.y(), self._room()
        draw.icon(record.icon, x, y + 4)
        if _is_short(record):
            draw.text(x + 27, y + 3, 0, 18, record.when, size=SMALL, token="muted")
            for number, line in enumerate(self._lines(record, w)):
                draw.text(x + SHORT_LEFT, y + 3 + number * LEAD_BODY, 0, LEAD_BODY, line)
            painter.restore()
            return
        draw.text(x + 27, y + 3, 0, 18, record.when, size=SMALL, token="muted")
        draw.text(x, y + 3, w, 18, record.right, weight=MEDIUM, align=RIGHT)
        for number, line in enumerate(self._lines(record, w)):
            draw.text(x + 27, y + 21 + number * LEAD_BODY, 0, LEAD_BODY, line)
        painter.restore()


class Inspector(QFrame):
    """Shows a `Page`; hidden until there is one."""

    def __init__(self, kit: Kit, close: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self._kit = kit
        self.page: Page | None = None
        self.setMinimumWidth(INSPECTOR)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        self._title = QLabel()
        self._title.setProperty("k", "head")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = Tool(kit, "x", N_("Close the panel (Esc)"), close)
        self.open_button = Tool(kit, "arrow-up-right", N_("Open the card (Enter)"), self._open)
        head.addWidget(self._title, 1)
        head.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._subtitle = QLabel()
        self._subtitle.setProperty("k", "muted")
        self._subtitle.setTextFormat(Qt.TextFormat.PlainText)
        self._subtitle.setWordWrap(True)
        column.addWidget(self._subtitle)
        self._facts = Canvas(kit, self._paint_facts)
        column.addWidget(self._facts)
        self._head = QLabel()
        self._head.setProperty("k", "strong")
        self._head.setContentsMargins(0, 10, 0, 6)
        column.addWidget(self._head)
        self._model = _Records()
        self.records = QListView()
        self.records.setModel(self._model)
        self._delegate = _RecordDelegate(kit, self._model, self.records)
        self.records.setItemDelegate(self._delegate)
        self.records.setResizeMode(QListView.ResizeMode.Adjust)
        self.records.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.records.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.records.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.records.setMinimumHeight(32)  # a small window leaves it two lines, and it scrolls
        column.addWidget(self.records, 1)
        self._note = QLabel()
        self._note.setProperty("k", "small")
        self._note.setWordWrap(True)
        column.addWidget(self._note)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 8, 0, 0)
        foot.setSpacing(8)
        self._buttons = (Button(kit, ""), Button(kit, ""))
        self._verb = Button(kit, "", lambda: self._pressed(0), kind="primary", icon="check")
        self._verb.hide()
        foot.addWidget(self._verb, 1)
        for number, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, n=number: self._pressed(n))
            foot.addWidget(button, 1)
        column.addLayout(foot)
        kit.look.changed.connect(self.records.viewport().update)
        self.hide()

    def tell(self, page: Page) -> None:
        """Shows a page."""
        self.page = page
        self._title.setText(page.title)
        self._subtitle.setText(page.subtitle)
        self._subtitle.setVisible(bool(page.subtitle))
        self._facts.setFixedHeight(self._facts_height(page))
        self._facts.setAccessibleName("; ".join(f"{label}: {value}" for label, value, _ in page.lines))
        self._facts.update()
        self._head.setText(page.records_head)
        self._head.setVisible(bool(page.records_head))
        self._model.set(page.records)
        self.records.setAccessibleName(page.records_head or page.title)
        self._note.setText(page.note)
        self._note.setVisible(bool(page.note))
        self.open_button.setVisible(page.open is not None)
        self._verb.setVisible(bool(page.verb_icon and page.buttons))
        if page.verb_icon and page.buttons:
            self._verb.say(page.buttons[0][0])
            self._verb.wear(page.verb_icon)
        for number, button in enumerate(self._buttons):
            there = number < len(page.buttons) and not (number == 0 and page.verb_icon)
            button.setVisible(there)
            if there:
                button.say(page.buttons[number][0])

    def _pressed(self, number: int) -> None:
        if self.page is not None:
            self.page.buttons[number][1]()

    def _open(self) -> None:
        if self.page is not None and self.page.open is not None:
            self.page.open()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        if self.page is not None:
            self._facts.setFixedHeight(self._facts_height(self.page))

    def _facts_height(self, page: Page) -> int:
        warning = self._warning_height(page) + BLOCK_PAD if page.warning else 0
        lines = sum(LINE + (len(self._values(value)) - 1) * LEAD_BODY for _, value, _ in page.lines)
        return (32 if page.chips else 4) + warning + lines + (8 if page.lines else 0)

    def _warning_lines(self, page: Page) -> list[str]:
        return wrap(page.warning_text, self.width() - 2 * MARGIN - 44, lines=4) if page.warning_text else []

    def _warning_height(self, page: Page) -> int:
        lines = len(self._warning_lines(page))
        return 38 if not lines else 34 + lines * LEAD_BODY

    def _values(self, value: str) -> list[str]:
        """A value in at most two lines of the room beside its label."""
        room = self.width() - 2 * MARGIN
        return wrap(value, room - min(136, room * 0.5), lines=2)

    def _paint_facts(self, draw: Draw, w: int, h: int) -> None:
        page = self.page
        if page is None:
            return
        y = 0.0
        if page.chips:
            x = 0.0
            for icon, word, token in page.chips:
                tint = f"{token}_tint" if token in ("over", "today", "done", "prom", "info") else "hover"
                x += draw.chip(x, 16, word, token=token, tint=tint, icon=icon) + 6
            y += 32
        else:
            y += 4
        if page.warning:
            high, lines = self._warning_height(page), self._warning_lines(page)
            head = 28 if lines else high
            draw.fill(0, y, w, high, "over_tint", 6)
            draw.icon("circle-alert", 10, y + (head - 16) / 2 + (3 if lines else 0), 16, "over")
            draw.text(36, y + (4 if lines else 0), w - 44, head, page.warning, weight=SEMIBOLD, token="over")
            for number, line in enumerate(lines):
                draw.text(36, y + 28 + number * LEAD_BODY, 0, LEAD_BODY, line)
            y += high + BLOCK_PAD
        label_width = min(136, w * 0.5)
        for label, value, token in page.lines:
            draw.text(0, y, label_width - 8, LINE, label, token="muted")
            values = self._values(value)
            for number, text in enumerate(values):
                draw.text(label_width, y + number * LEAD_BODY, w - label_width, LINE, text, token=token)
            y += LINE + (len(values) - 1) * LEAD_BODY
        if page.lines:
            draw.across(0, h - 1, w)
