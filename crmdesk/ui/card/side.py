"""The right pane of the card: people, facts, orders. The screen tells it which client is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.domain.clients import ClientCard
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office


class SidePane(QWidget):
    """Shows `card`; None while another one is on its way."""

    def __init__(self, kit: Kit, office: Office, host: Host) -> None:
        super().__init__()
        self.card: ClientCard | None = None

    def show_card(self, card: ClientCard | None) -> None:
        """Shows a client, or the same one read anew."""
        self.card = card
