"""What the command line needs of the window and may not import itself: `__main__` lends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from crmdesk.system.errors import OutsideError


class OpenWindow(Protocol):
    """Opens the window on an office (the last one when None) and works until it is closed; the exit code."""

    def __call__(self, office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
        """Opens it."""
        ...


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to take: which view of which office, where to write it as PNG, and how it is to look."""

    view: str
    out: str
    office: str
    size: tuple[int, int]  # pixels before scaling
    scale: float
    dark: bool
    lang: str | None
    now: datetime | None
    login: str | None


def _no_window(office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
    raise OutsideError("no_window")


def _no_shot(shot: Shot) -> None:
    raise OutsideError("no_window")


def _no_views() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Screens:
    """The window, its pictures, and the names of its views; without them the verbs that need them say so."""

    window: OpenWindow = _no_window
    shot: Callable[[Shot], None] = _no_shot
    views: Callable[[], Sequence[str]] = _no_views
