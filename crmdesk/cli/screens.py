"""What the command line needs of the window and may not import itself: `__main__` lends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crmdesk.system.errors import OutsideError
from crmdesk.ui.pictures import Picture


class OpenWindow(Protocol):
    """Opens the window on an office (the last one when None) and works until it is closed; the exit code."""

    def __call__(self, office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
        """Opens it."""
        ...


class TakeShot(Protocol):
    """Writes a picture of a view as PNG."""

    def __call__(self, picture: Picture) -> None:
        """Takes it."""
        ...


class Views(Protocol):
    """The names of the views that pictures can be taken of."""

    def __call__(self) -> Sequence[str]:
        """Names them."""
        ...


def _no_window(office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
    raise OutsideError("no_window")


def _no_shot(picture: Picture) -> None:
    raise OutsideError("no_window")


def _no_views() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Screens:
    """The window, its pictures, and the names of its views; without them the verbs that need them say so."""

    window: OpenWindow = _no_window
    shot: TakeShot = _no_shot
    views: Views = _no_views
