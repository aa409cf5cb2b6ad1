"""The open office as the list of clients sees it: the services, imported when work first needs them.

Every method but `me` is called by work on a thread of the TaskRunner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.client_list import ClientFilter, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.users import User
from crmdesk.domain.views import SavedView
from crmdesk.system.jobs import Job

if TYPE_CHECKING:
    from crmdesk.services.client_list import Done
    from crmdesk.services.office import Desk


class ListOffice:
    """A desk and the verbs of the list."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def me(self) -> User:
        """Who looks."""
        return self.desk.me

    def people(self) -> tuple[User, ...]:
        """All users."""
        from crmdesk.services import users

        return users.list_users(self.desk)

    def cities(self) -> tuple[str, ...]:
        """The cities to choose from."""
        from crmdesk.services import clients

        return clients.cities(self.desk)

    def ids(self, wanted: ClientFilter, *, anywhere: bool = False) -> tuple[int, ...]:
        """The ids of all clients wanted, in order; `anywhere` looks in the middle of words too."""
        from crmdesk.services import clients

        return tuple(clients.page_ids(self.desk, wanted, anywhere=anywhere))

    def rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        """Their lines."""
        from crmdesk.services import clients

        return clients.rows(self.desk, ids)

    def counts(self, filters: Mapping[str, ClientFilter]) -> dict[str, int]:
        """How many clients each filter leaves."""
        from crmdesk.services import clients

        return clients.counts(self.desk, filters)

    def turnover_of(self, ids: Sequence[int]) -> int:
        """What these clients bought for."""
        from crmdesk.services import clients

        return clients.turnover_of(self.desk, ids)

    def card(self, client_id: int) -> ClientCard:
        """Everything known of one."""
        from crmdesk.services import clients

        return clients.card(self.desk, client_id)

    # saved views -----------------------------------------------------------------------------------
    def views(self) -> tuple[SavedView, ...]:
        """My saved views and everybody's."""
        from crmdesk.services import views

        return views.list_views(self.desk)

    def save_view(self, name: str, wanted: ClientFilter, *, shared: bool) -> SavedView:
        """A new view."""
        from crmdesk.services import views

        return views.save(self.desk, name, wanted, shared=shared)

    def change_view(self, view_id: int, what: str, value: object = None) -> None:
        """Renames, redefines, shares, pins or archives a view."""
        from crmdesk.services import views

        if what == "archive":
            views.archive(self.desk, view_id)
        elif isinstance(value, str):
            views.rename(self.desk, view_id, value)
        elif isinstance(value, ClientFilter):
            views.redefine(self.desk, view_id, value)
        elif what == "share":
            views.share(self.desk, view_id, bool(value))
        else:
            views.pin(self.desk, view_id, bool(value))

    def add_to_view(self, view_id: int, ids: Sequence[int]) -> int:
        """Adds clients to a list made by hand; how many were not in it."""
        from crmdesk.services import views

        return views.add_clients(self.desk, view_id, ids)

    # many at once ----------------------------------------------------------------------------------
    def transfer(self, ids: Sequence[int], manager_id: int) -> Done:
        """Gives clients to another manager."""
        from crmdesk.services import client_list

        return client_list.transfer(self.desk, ids, manager_id)

    def edit(self, ids: Sequence[int], field: str, value: object) -> Done:
        """Sets a field of all of them."""
        from crmdesk.services import client_list

        return client_list.edit(self.desk, ids, field, value)

    def archive(self, ids: Sequence[int], *, archived: bool) -> Done:
        """Takes clients out of lists, or puts them back."""
        from crmdesk.services import client_list

        return client_list.archive(self.desk, ids, archived=archived)

    def add_tasks(self, ids: Sequence[int], kind: str, day: date, title: str) -> Done:
        """The same task for each."""
        from crmdesk.services import client_list

        return client_list.add_tasks(self.desk, ids, kind, day, title)

    def undo(self, tx: int) -> None:
        """Takes a bulk change back."""
        from crmdesk.services import undo

        undo.undo(self.desk, tx)

    # paper -----------------------------------------------------------------------------------------
    def list_pdf(
        self, ids: Sequence[int], title: str, of_filter: str, of_order: str, lang: str, job: Job, *, printed: bool
    ) -> bytes:
        """The list on paper; `printed` leaves a line in the print journal."""
        from crmdesk.services import client_list

        return client_list.pdf(
            self.desk,
            ids,
            title=title,
            words_of_filter=of_filter,
            words_of_order=of_order,
            lang=lang,
            printed=printed,
            job=job,
        )
