"""What a view may ask of the window it stands in; the views know this and no window.

A view's screen is a QWidget. The frame calls these of its methods if they are there:

- `show_at(at)` — go to a place in the view (a day, a client); `at` is never None;
- `reload()` — read everything anew (without it, `presenter.load()` is called);
- `kept()` and `restore(kept)` — what to find again at the next start (JSON: a scroll, a chosen row); `restore` is
  called once, right after the screen was made;
- `pose(name)` — for pictures: lead yourself into a state named in `View.poses`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance

from crmdesk.ui.commands import Command
from crmdesk.ui.frame.inspector import Page


@dataclass(frozen=True)
class ClientAt:
    """A client's card as a place: `among` are the ids of the list he was opened from, for previous and next."""

    client_id: int
    among: tuple[int, ...] = ()


@dataclass(frozen=True)
class PinnedList:
    """A list in the rail: its name in the language of the window, how many are in it, what opens it."""

    name: str
    count: int | None
    press: Callable[[], None]


class Host(Protocol):
    """The frame around the views."""

    @property
    def here(self) -> str:
        """The name of the open view."""

    @property
    def inspector_closed(self) -> SignalInstance:
        """Sent when the inspector was closed by hand."""

    def go(self, name: str, at: object = None) -> None:
        """Opens a view, at a place in it; where one was is kept for «back»."""

    def moved(self, at: object) -> None:
        """The open view now stands at another place (the next client, another week); «back» skips the one before."""

    def open_client(self, client_id: int, among: Sequence[int] = ()) -> None:
        """Opens a client's card; «back» returns to the list where it was."""

    def offer(self, command: Command) -> None:
        """Takes a command of the view that is being built, or is open, into the menus, the palette and the keyboard;
        it is there while that view is open. Two views may use the same names and keys."""

    def counter(self, view: str, n: int | None) -> None:
        """The number at a view's place in the rail."""

    def pinned(self, lists: Sequence[PinnedList]) -> None:
        """The lists in the lower part of the rail."""

    def tell(
        self, kind: str, strong: str, plain: str = "", *, action: str = "", press: Callable[[], None] | None = None
    ) -> None:
        """A line over the view; words already in the language of the window."""

    def inspect(self, page: Page) -> None:
        """Shows what something is made of."""
