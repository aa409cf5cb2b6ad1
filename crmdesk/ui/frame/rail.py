"""The rail at the left: the views of the program, and only those that are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout

from crmdesk.ui.commands import shown_keys
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.host import PinnedList
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import RADIUS, RAIL, RAIL_ITEM, RAIL_NARROW, RAIL_PINNED, REGULAR, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas, Label, tip


@dataclass(frozen=True)
class Entry:
    """One view in the rail: `group` parts them by a gap, the group "foot" stands at the bottom."""

    name: str
    title: str  # an English msgid
    icon: str
    keys: str
    group: str


class RailButton(QAbstractButton):
    """A line of the rail of a fixed height: pressed by the mouse, by Space, by Enter."""

    def __init__(self, kit: Kit, height: int, press: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self.narrow = False
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: press())
        kit.look.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(RAIL_NARROW if self.narrow else RAIL, self.height())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102
        super().enterEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class RailItem(RailButton):
    """Icon, word, counter or key; the current one is tinted, with a bar at its left."""

    def __init__(self, kit: Kit, entry: Entry, press: Callable[[], None]) -> None:
        super().__init__(kit, RAIL_ITEM, press)
        self._entry = entry
        self.counter = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        kit.language.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Says the name anew."""
        title = self._kit.words.gettext(self._entry.title)
        self.setText(title)
        self.setAccessibleName(f"{title} {self.counter}".strip())
        keys = shown_keys(self._entry.keys)
        self.setToolTip(f"{title} ({keys})" if keys else title)

    def count(self, n: int | None) -> None:
        """The number at the right; nothing to count shows none."""
        self.counter = self._kit.words.number(n) if n else ""
        self.retranslate()
        self.update()

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


class PinnedItem(RailButton):
    """A pinned list: a bookmark, its name, how many are in it."""

    def __init__(self, kit: Kit, pinned: PinnedList) -> None:
        super().__init__(kit, RAIL_PINNED, lambda: self._pinned.press())
        self.put(pinned)

    def put(self, pinned: PinnedList) -> None:
        """Stands for this list from now on."""
        self._pinned = pinned
        self._count = "" if pinned.count is None else self._kit.words.number(pinned.count)
        self.setText(pinned.name)
        self.setAccessibleName(f"{pinned.name} {self._count}".strip())
        self.setToolTip(tip(self.accessibleName()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        if self.underMouse():
            draw.fill(8, 0, w - 16, h, "hover", RADIUS)
        if self.hasFocus():
            draw.ring(8, 0, w - 16, h)
        draw.icon("bookmark", (w - 16) / 2 if self.narrow else 20, 6)
        if not self.narrow:
            draw.text(46, 0, w - 66 - width(self._count, SMALL) - 8, h, self.text())
            draw.text(w - 80, 0, 60, h, self._count, size=SMALL, token="muted", align=RIGHT)
        painter.end()


class Rail(QFrame):
    """All views as a column, under them the pinned lists; `go` is called with a view's name."""

    def __init__(self, kit: Kit, entries: Sequence[Entry], go: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._kit = kit
        self._narrow = False
        self.items: dict[str, RailItem] = {}
        self.pinned: list[PinnedItem] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        foot = [entry for entry in entries if entry.group == "foot"]
        upper = [entry for entry in entries if entry.group not in ("", "foot")]
        group = upper[0].group if upper else ""
        for entry in upper:
            if entry.group != group:
                column.addSpacing(12)
                group = entry.group
            self._item(column, entry, go)
        self._head = Label(kit, N_("Pinned lists"), "small")
        self._head.setContentsMargins(20, 16, 12, 6)
        self._head.hide()
        column.addWidget(self._head)
        self._lists = QVBoxLayout()
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.setSpacing(0)
        column.addLayout(self._lists)
        column.addStretch()
        line = Canvas(kit, lambda draw, w, h: draw.across(16, 0, w - 32))
        line.setFixedHeight(9)
        column.addWidget(line)
        for entry in foot:
            self._item(column, entry, go)
        self.set_narrow(False)

    def _item(self, column: QVBoxLayout, entry: Entry, go: Callable[[str], None]) -> None:
        item = RailItem(self._kit, entry, partial(go, entry.name))
        self.items[entry.name] = item
        column.addWidget(item)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, for small windows."""
        self._narrow = narrow
        self.setFixedWidth(RAIL_NARROW if narrow else RAIL)
        self._head.setVisible(bool(self.pinned) and not narrow)
        items: list[RailItem | PinnedItem] = [*self.items.values(), *self.pinned]
        for item in items:
            item.narrow = narrow
            item.update()

    def mark(self, name: str) -> None:
        """Shows which view is open."""
        if name in self.items:
            self.items[name].setChecked(True)

    def count(self, name: str, n: int | None) -> None:
        """The number beside a view; None or nothing to count shows none."""
        if name in self.items:
            self.items[name].count(n)

    def pin(self, lists: Sequence[PinnedList]) -> None:
        """The pinned lists, in their order; a place that stays keeps the keyboard when its count changes."""
        for item, one in zip(self.pinned, lists, strict=False):
            item.put(one)
        for one in lists[len(self.pinned) :]:
            self.pinned.append(PinnedItem(self._kit, one))
            self._lists.addWidget(self.pinned[-1])
        for item in self.pinned[len(lists) :]:
            self._lists.removeWidget(item)
            item.setParent(None)  # out of the window now, not when Qt gets round to deleting it
            item.deleteLater()
        del self.pinned[len(lists) :]
        self.set_narrow(self._narrow)

    def focus_current(self) -> None:
        """Puts the keyboard on the open view's item."""
        for item in self.items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)
