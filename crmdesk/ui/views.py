"""The views of the program. A new view is one line here and a folder beside this file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.host import Host
from crmdesk.ui.frame.rail import Entry
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office


@dataclass(frozen=True)
class View:
    """A view and how it is made. `group` parts the rail: "foot" is its bottom, a view of the group "" is not in it
    but lights another one (`lights`). `poses` are the states of its pictures, led to by `pose` of its screen."""

    name: str
    title: str
    icon: str
    keys: str
    group: str
    build: Callable[[Kit, Office, Host], QWidget]
    lights: str = ""
    poses: tuple[str, ...] = ()

    @property
    def in_rail(self) -> bool:
        """Whether it has a place in the rail and a key."""
        return bool(self.group)

    @property
    def entry(self) -> Entry:
        """The view's line in the rail."""
        return Entry(self.name, self.title, self.icon, self.keys, self.group)


def _today(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.today.screen import TodayScreen

    return TodayScreen(kit, office, host)


def _clients(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.clients.screen import ClientsScreen

    return ClientsScreen(kit, office, host)


def _calendar(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.calendar.screen import CalendarScreen

    return CalendarScreen(kit, office, host)


def _card(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.card.screen import CardScreen

    return CardScreen(kit, office, host)


def _sheet(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.sheet.screen import SheetScreen

    return SheetScreen(kit, office, host)


def _settings(kit: Kit, office: Office, host: Host) -> QWidget:
    from crmdesk.ui.settings.screen import SettingsScreen

    return SettingsScreen(kit, office, host)


CARD_POSES = ("composer", "changes", "search", "person", "facts", "order", "conflict", "new")
CLIENTS_POSES = ("card", "marked", "filtered", "quiet", "condition")
CALENDAR_POSES = ("day", "work", "drag", "overload", "entry", "next", "spread", "month", "agenda")
SHEET_POSES = ("cell", "head", "all", "untracked", "preview", "factors")
SETTINGS_POSES = ("users", "norms", "reminders", "backup", "office", "factors")
VIEWS = (
    View("today", N_("Today"), "sun", "Ctrl+1", "work", _today, poses=("next", "spread", "form", "release")),
    View("clients", N_("Clients"), "users", "Ctrl+2", "work", _clients, poses=CLIENTS_POSES),
    View("card", N_("Client card"), "building-2", "", "", _card, lights="clients", poses=CARD_POSES),
    View("calendar", N_("Calendar"), "calendar-days", "Ctrl+3", "work", _calendar, poses=CALENDAR_POSES),
    View("sheet", N_("Sheet and reports"), "file-text", "Ctrl+7", "reports", _sheet, poses=SHEET_POSES),
    View("settings", N_("Settings"), "settings", "Ctrl+,", "foot", _settings, poses=SETTINGS_POSES),
)
SAID = ("products", "holidays")  # the product's lists that views say words of; each takes 60 ms to read
FIRST = next((view.name for view in VIEWS if view.name == "today"), "sheet")  # opens first in a new office


def view_named(name: str) -> View | None:
    """The view of that name, if there is one."""
    return next((view for view in VIEWS if view.name == name), None)


def warm(check: Callable[[], None]) -> None:
    """Loads the code of all views; each stands in the folder of its name. `check` is called in between, and may end
    it by an exception."""
    from crmdesk.services import content

    for name in SAID:
        check()
        content.file(name)
    for view in VIEWS:
        check()
        if view.build.__module__ == __name__:  # built here, from its folder
            import_module(f"crmdesk.ui.{view.name}.screen")


def warm_view(name: str, words: Words) -> None:
    """Loads what a view says and is made of before it is shown: its code, the names of days, the product's lists.

    Called by work on another thread; the window's thread would stand still for it at the first frame of an office.
    """
    from crmdesk.services import content

    words.weekday_name(0)
    content.file("lists")
    view = view_named(name)
    if view is not None and view.build.__module__ == __name__:
        import_module(f"crmdesk.ui.{name}.screen")
