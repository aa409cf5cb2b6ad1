"""Where the program was left, and what each view wants to find again at the next start."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from crmdesk.system.settings import Settings
from crmdesk.ui.frame.history import Place
from crmdesk.ui.frame.host import ClientAt
from crmdesk.ui.views import FIRST, view_named


def keep_place(settings: Settings, place: Place) -> None:
    """Notes the open view, and the client if it shows one."""
    client = place.at.client_id if isinstance(place.at, ClientAt) else None
    settings.set("place", {"view": place.name, "client": client})


def last_place(settings: Settings) -> tuple[str, object]:
    """The view that was open last, and the place in it; the first view when there is none of that name."""
    kept = settings.get("place")
    if not isinstance(kept, dict) or view_named(str(kept.get("view"))) is None:
        return FIRST, None
    client = kept.get("client")
    return str(kept["view"]), ClientAt(client) if isinstance(client, int) else None


def keep_screens(settings: Settings, screens: Mapping[str, QWidget]) -> None:
    """What the screens that have `kept` say of themselves."""
    fresh = {name: screen.kept() for name, screen in screens.items() if hasattr(screen, "kept")}
    if fresh:
        before = settings.get("kept")
        settings.set("kept", {**(before if isinstance(before, dict) else {}), **fresh})


def give_back(settings: Settings, name: str, screen: QWidget) -> None:
    """Gives a screen that was just made what it kept last time."""
    kept = settings.get("kept")
    if hasattr(screen, "restore") and isinstance(kept, dict) and name in kept:
        screen.restore(kept[name])
