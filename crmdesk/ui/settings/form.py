"""A page of the settings: sections of label and field in one column of both, with words under them where needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crmdesk.ui.kit import Kit
from crmdesk.ui.settings.presenter import SettingsState
from crmdesk.ui.widgets.controls import Label

LABELS = 208  # the column of labels, pixels
FIELD = 280
TEXT = 560  # words under a field are never wider


class Page(QScrollArea):
    """One page; a subclass builds its rows and shows the state in them. Texts are English msgids."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.kit = kit
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 0, 16, 16)
        self.column.setSpacing(4)
        self.setWidget(inside)
        self._grid: QGridLayout | None = None
        self._named: list[tuple[QWidget, str]] = []

    def show_state(self, state: SettingsState) -> None:
        """The presenter's state."""

    def retranslate(self) -> None:
        """Says everything anew that does not do so by itself."""
        words = self.kit.words
        for widget, name in self._named:
            widget.setAccessibleName(words.gettext(name))

    def section(self, title: str) -> QGridLayout:
        """A head, and rows under it from now on."""
        head = Label(self.kit, title, "strong")
        head.setContentsMargins(0, 12, 0, 4)
        self.column.addWidget(head)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self._grid = grid
        return grid

    def row(self, title: str, field: QWidget, *, wide: bool = False) -> None:
        """A label and its field; the label is the field's name."""
        assert self._grid is not None
        place = self._grid.rowCount()
        if isinstance(field, QCheckBox) and not title:
            self._grid.addWidget(field, place, 0, 1, 2)
            return
        label = Label(self.kit, title, "muted")
        label.setBuddy(field)
        label.setMinimumHeight(28)
        label.setWordWrap(True)
        self._grid.addWidget(label, place, 0)
        if wide:
            self._grid.addWidget(field, place, 1)
        else:
            self._grid.addWidget(field, place, 1, Qt.AlignmentFlag.AlignLeft)
        self.named(field, title)

    def named(self, field: QWidget, title: str) -> None:
        """Gives a field its accessible name, in the language of the window."""
        self._named.append((field, title))

    def hint(self, text: str) -> QLabel:
        """A small paragraph over the whole width."""
        label = Label(self.kit, text, "small")
        label.setWordWrap(True)
        label.setMaximumWidth(TEXT)
        self.column.addWidget(label)
        return label

    def value(self) -> QLabel:
        """A text that can be selected and copied."""
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


class Choice(QComboBox):
    """A list to choose from that a wheel, turned to scroll the page, does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Number(QSpinBox):
    """A number that a wheel, turned to scroll the page, does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def combo(chosen: Callable[[object], None], least: int = FIELD) -> QComboBox:
    """A list to choose from; `chosen` gets the item's value."""
    made = Choice()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setMinimumWidth(least)
    made.setMaxVisibleItems(20)
    made.activated.connect(lambda number: chosen(made.itemData(number)))
    return made


def fill(box: QComboBox, items: Sequence[tuple[str, object]], chosen: object) -> None:
    """The items of a list, and which of them is chosen; an unknown one is added as it is."""
    items = list(items)
    if chosen is not None and all(value != chosen for _, value in items):
        items.append((str(chosen), chosen))
    if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] != items:
        box.clear()
        for text, value in items:
            box.addItem(text, value)
    box.setCurrentIndex(next((i for i, (_, value) in enumerate(items) if value == chosen), -1))


def spin(low: int, high: int, changed: Callable[[], None], step: int = 1) -> QSpinBox:
    """A small number; `changed` is called when it is left, not at every digit."""
    made = Number()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setRange(low, high)
    made.setSingleStep(step)
    made.setKeyboardTracking(False)
    made.setMinimumWidth(88)
    made.lineEdit().setTextMargins(6, 0, 6, 0)  # the style sheet's padding does not reach inside a spin box
    made.valueChanged.connect(lambda _: changed())
    return made


def put(box: QSpinBox, number: int) -> None:
    """Shows a number without telling anybody that it changed."""
    before = box.blockSignals(True)
    box.setValue(number)
    box.blockSignals(before)


def tick(box: QCheckBox, on: bool) -> None:
    """Shows a tick without telling anybody."""
    before = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(before)
