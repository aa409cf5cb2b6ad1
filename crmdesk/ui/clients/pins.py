"""The pinned lists of the rail: how many clients are in each, in whatever view one is."""

from __future__ import annotations

from collections.abc import Callable

from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.views import SavedView
from crmdesk.ui.changes import Change
from crmdesk.ui.clients.office import ListOffice
from crmdesk.ui.clients.state import SLOW_TABS, TABS, kept_pins, mine, tab_filter, view_of
from crmdesk.ui.frame.host import Host, PinnedList
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office

NOUNS = {"clients", "tasks", "interactions", "orders", "people", "views"}  # what moves clients in or out of a list


class Pins:
    """Asks for the saved views and the counts, at first and after each change, and tells the rail."""

    def __init__(self, kit: Kit, host: Host) -> None:
        self._kit = kit
        self._host = host
        self._office: ListOffice | None = None
        self._views: tuple[SavedView, ...] = ()
        self._counts: dict[str, int] = {}
        kit.changes.changed.connect(self._changed)
        kit.language.changed.connect(self._show)

    def watch(self, office: Office | None) -> None:
        """The lists of this office from now on; None: of none."""
        self._office = ListOffice(office.desk) if office is not None else None
        self._views, self._counts = (), {}
        self.load()

    def load(self) -> None:
        """Asks anew."""
        office = self._office
        if office is not None:
            self._kit.runner.read(lambda job: office.views(), self._got_views, lambda error: None, replaces="pins")

    def _changed(self, change: Change) -> None:
        if not change.nouns or change.nouns & NOUNS:
            self.load()

    def _got_views(self, views: tuple[SavedView, ...]) -> None:
        self._views = views
        office = self._office
        if office is None:
            return
        self._show()
        filters = {tab: self._filter(tab) for tab in self._tabs() if tab not in SLOW_TABS or mine(office.me)}
        self._kit.runner.read(
            lambda job: office.counts(filters), self._counted, lambda error: None, replaces="pins-counts"
        )

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._show()

    def _filter(self, tab: str) -> ClientFilter:
        return tab_filter(tab, mine(self._office.me) if self._office else None, self._views)

    def _tabs(self) -> tuple[str, ...]:
        """Which tabs are pinned: the built-in ones on this computer, the saved ones in the base."""
        pinned = kept_pins(self._kit.settings.get("clients"))
        built_in = [tab for tab in TABS if tab in pinned]
        return (*built_in, *(f"view:{view.id}" for view in self._views if view.pinned))

    def _show(self) -> None:
        if self._office is None:
            return
        found = []
        for tab in self._tabs():
            view = view_of(tab, self._views)
            name = view.name if view is not None else self._kit.words.gettext(TABS[tab])
            found.append(PinnedList(name, self._counts.get(tab), self._opener(tab)))
        self._host.pinned(found)

    def _opener(self, tab: str) -> Callable[[], None]:
        return lambda: self._host.go("clients", tab)
