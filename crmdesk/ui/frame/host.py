"""What a view may ask of the window it stands in; the views know this and no window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance

from crmdesk.ui.commands import Command
from crmdesk.ui.frame.inspector import Page


class Host(Protocol):
    """The frame around the views."""

    @property
    def here(self) -> str:
        """The name of the open view."""

    @property
    def inspector_closed(self) -> SignalInstance:
        """Sent when the inspector was closed by hand."""

    def go(self, name: str) -> None:
        """Opens a view."""

    def offer(self, command: Command) -> None:
        """Takes a view's command into the menus, the palette and the keyboard."""

    def tell(
        self, kind: str, strong: str, plain: str = "", *, action: str = "", press: Callable[[], None] | None = None
    ) -> None:
        """A line over the view; words already in the language of the window."""

    def inspect(self, page: Page) -> None:
        """Shows what something is made of."""
