"""The dialog base: a question with its number, what will happen, a verb at the right, the refusal beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.controls import Button, Label

WIDTH = 414


class Dialog(QDialog):
    """A dialog of one column: heading, words, whatever is added, the foot. Opened with `open()`, never `exec()`."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        heading: str,
        *,
        verb: str,
        press: Callable[[], None],
        refuse: str = N_("Cancel"),
        width: int = WIDTH,
    ) -> None:
        super().__init__(parent)
        self.kit = kit
        self.setWindowTitle("CRMDesk")
        self.setMinimumWidth(width)
        self.setMaximumWidth(max(width, 720))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 24)
        self.column.setSpacing(8)
        self.heading = Label(kit, heading, "head")
        self.heading.setWordWrap(True)
        self.column.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.column.addLayout(self.body, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 16, 0, 0)
        foot.setSpacing(8)
        self.extra = QHBoxLayout()
        self.extra.setContentsMargins(0, 0, 0, 0)
        self.refuse = Button(kit, refuse, self.reject)
        self.verb = Button(kit, verb, press, kind="primary")
        self.verb.setDefault(True)
        self.refuse.setAutoDefault(False)
        foot.addLayout(self.extra)
        foot.addStretch()
        foot.addWidget(self.refuse)
        foot.addWidget(self.verb)
        self.column.addLayout(foot)

    def words(self, text: str, kind: str = "") -> QLabel:
        """Adds a paragraph, already in the language of the window."""
        label = QLabel(text)
        label.setProperty("k", kind)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.body.addWidget(label)
        return label
