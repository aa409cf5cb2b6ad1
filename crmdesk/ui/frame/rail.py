"""The rail at the left: the views of the program, and only those that are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout

from crmdesk.ui.commands import shown_keys
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import RADIUS, RAIL, RAIL_ITEM, RAIL_NARROW, REGULAR, SEMIBOLD, SMALL


@dataclass(frozen=True)
class Entry:
    """One view in the rail: `group` parts them by a gap, the group "foot" stands at the bottom."""

    name: str
    title: str  # an English msgid
    icon: str
    keys: str
    group: str


class RailItem(QAbstractButton):
    """Icon, word, counter or key; the current one is tinted, with a bar at its left."""

    def __init__(self, kit: Kit, entry: Entry, press: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self._entry = entry
        self.narrow = False
        self.counter = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(RAIL_ITEM)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: press())
        kit.look.changed.connect(self.update)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the name anew."""
        title = self._kit.words.gettext(self._entry.title)
        self.setText(title)
        self.setAccessibleName(title)
        keys = shown_keys(self._entry.keys)
        self.setToolTip(f"{title} ({keys})" if keys else title)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(RAIL_NARROW if self.narrow else RAIL, RAIL_ITEM)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h, on = self.width(), self.height(), self.isChecked()
        if on or self.underMouse():
            draw.fill(8, 0, w - 16, h, "primary_tint" if on else "hover", RADIUS)
        if on:
            draw.fill(8, 8, 3, 16, "primary", 1.5)
        if self.hasFocus():
            draw.ring(8, 0, w - 16, h)
        draw.icon(self._entry.icon, (w - 16) / 2 if self.narrow else 20, 8, 16, "primary" if on else "muted")
        if not self.narrow:
            right = self.counter or (shown_keys(self._entry.keys) if self._entry.group == "foot" else "")
            room = w - 46 - 20 - (width(right, SMALL) + 8 if right else 0)
            draw.text(46, 0, room, h, self.text(), weight=SEMIBOLD if on else REGULAR)
            draw.text(w - 80, 0, 60, h, right, size=SMALL, token="muted", align=RIGHT)
        painter.end()


class Rail(QFrame):
    """All views as a column; `go` is called with a view's name."""

    def __init__(self, kit: Kit, entries: Sequence[Entry], go: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.items: dict[str, RailItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        group = entries[0].group if entries else ""
        for entry in entries:
            if entry.group != group:
                if entry.group == "foot":
                    column.addStretch()
                else:
                    column.addSpacing(12)
                group = entry.group
            item = RailItem(kit, entry, partial(go, entry.name))
            self.items[entry.name] = item
            column.addWidget(item)
        if group != "foot":
            column.addStretch()
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, for small windows."""
        self.setFixedWidth(RAIL_NARROW if narrow else RAIL)
        for item in self.items.values():
            item.narrow = narrow
            item.update()

    def mark(self, name: str) -> None:
        """Shows which view is open."""
        if name in self.items:
            self.items[name].setChecked(True)

    def focus_current(self) -> None:
        """Puts the keyboard on the open view's item."""
        for item in self.items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)
