"""The card on the screen: the header over everything, the timeline at the left, the side pane at the right."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crmdesk.ui.card.presenter import CardPresenter, CardState
from crmdesk.ui.card.side import SidePane
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

SIDE, WIDE_SIDE = 312, 680  # pixels: one column, two columns
WIDE_SCREEN = 1300  # of the card, from which the side pane has two columns: a window of about 1600


class CardScreen(QWidget):
    """Wires widgets to the presenter; decides nothing."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._office = office
        self.presenter = CardPresenter(self, kit.runner, office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        column.addLayout(body, 1)
        body.addStretch(1)
        self.side = SidePane(kit, office, host)
        self._side_frame = QFrame()
        self._side_frame.setObjectName("inspector")
        frame = QVBoxLayout(self._side_frame)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(self.side)
        body.addWidget(self._side_frame)

    def show_at(self, at: object) -> None:
        """Opens the client of a `ClientAt`."""
        client_id = getattr(at, "client_id", None)
        if isinstance(client_id, int):
            self.presenter.open(client_id, tuple(getattr(at, "among", ())))

    def show_state(self, state: CardState) -> None:
        """The presenter's state."""
        self.side.show_card(state.card)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._side_frame.setFixedWidth(WIDE_SIDE if self.width() >= WIDE_SCREEN else SIDE)
