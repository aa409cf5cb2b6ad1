"""The parts of the right pane: a section with its head, and what a section is given to work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.system.drafts import Drafts
from crmdesk.ui.card.client_fields import Ground
from crmdesk.ui.card.edit_in_place import PAD, Value
from crmdesk.ui.card.side_office import SideOffice
from crmdesk.ui.card.side_presenter import SidePresenter, SideState
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.tokens import SEMIBOLD
from crmdesk.ui.widgets.controls import Canvas, Elided

HEAD = 36  # pixels
LABEL = 92  # of the labels of facts, pixels


@dataclass(frozen=True)
class Bench:
    """What every section works with."""

    kit: Kit
    office: SideOffice
    presenter: SidePresenter
    drafts: Drafts
    ground: Callable[[], Ground]


class Section(QWidget):
    """A head (title, and at its right a number, a bar or a link) over whatever is put into `body`; a hairline above
    all but the first of a column."""

    def __init__(self, bench: Bench, title: str) -> None:
        super().__init__()
        self.bench = bench
        kit = self.kit = bench.kit
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        self.rule = Canvas(kit, lambda draw, w, h: draw.across(0, 0, w))
        self.rule.setFixedHeight(1)
        column.addWidget(self.rule)
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, 0, 0)
        head.setSpacing(8)
        self.title = Elided(kit, "text", weight=SEMIBOLD)  # what stands at the right needs its room in any language
        self.title.setFixedHeight(HEAD)
        head.addWidget(self.title, 1)
        self.head = head
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body)

        self.entitle(title)
        kit.language.changed.connect(self._say_title)

    def entitle(self, title: str) -> None:
        """Shows an English msgid as the title."""
        self._title = title
        self.title.say(self.kit.words.gettext(title))

    def _say_title(self) -> None:
        self.entitle(self._title)

    def show_state(self, state: SideState) -> None:
        """The presenter's state."""

    def link(self, text: str, press: Callable[[], None]) -> Value:
        """A link at the right of the head, already in the language of the window."""
        link = Value(self.kit, press, token="primary", fits=True)
        link.say(text)
        self.head.addWidget(link)
        return link


class Meter(QWidget):
    """A small bar with its per cent."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._name = name
        self.share = 0
        self.setFixedSize(124, HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._canvas = Canvas(kit, self._paint)
        row.addWidget(self._canvas)

    def say(self, share: int) -> None:
        """So many per cent."""
        self.share = share
        text = f"{self._kit.words.gettext(self._name)}: {self._kit.words.percent(share)}"
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._canvas.update()

    def _paint(self, draw: Draw, w: int, h: int) -> None:
        draw.bar(0, h / 2 - 2, 72, 4, self.share / 100)
        draw.text(76, 0, w - 76, h, self._kit.words.percent(self.share), size=12, token="muted", align=RIGHT)


def label(kit: Kit, text: str, wide: int, tall: int = 24) -> Elided:
    """A muted label of a fixed size, its words on the edge that pressed values stand on."""
    found = Elided(kit)
    found.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    found.setFixedSize(wide, tall)
    found.say(text)
    return found


class Hairline(QFrame):
    """One pixel between two things."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setFixedHeight(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(Canvas(kit, lambda draw, w, h: draw.across(0, 0, w)))
