"""The verbs of the card; called by work only. Services are imported when work first needs them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.timeline import EntryKind, Place, TimelinePage

if TYPE_CHECKING:
    from crmdesk.domain.tasks import Contact
    from crmdesk.services.office import Desk


class CardVerbs:
    """What the card asks of the open office."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def today(self) -> date:
        """The office's day."""
        return self._desk.clock.today()

    def card(self, client_id: int) -> ClientCard:
        """Everything known of one client."""
        from crmdesk.services import clients

        return clients.card(self._desk, client_id)

    def others(self, client_id: int) -> tuple[str, ...]:
        """Who else has the card open."""
        from crmdesk.services import presence

        return presence.others(self._desk, client_id)

    def enter(self, client_id: int) -> None:
        """I have the card open; 0: none any more. A file that cannot be written needs no hint."""
        from crmdesk.services import presence

        if self._desk.store.read_only:
            return
        if client_id:
            presence.enter(self._desk, client_id)
        else:
            presence.leave(self._desk)

    def page(
        self,
        client_id: int,
        kinds: Collection[EntryKind],
        before: Place | None,
        limit: int,
        *,
        text: str,
        counts: bool,
    ) -> TimelinePage:
        """A page of his timeline."""
        from crmdesk.services import timeline

        return timeline.page(self._desk, client_id, kinds, before, limit, text=text, counts=counts)

    def record(
        self,
        client_id: int,
        contact: Contact,
        next_step: NextStep | None,
        no_next_reason: str,
        referral: str,
    ) -> None:
        """Keeps a contact and what follows."""
        from crmdesk.services import interactions

        interactions.record(
            self._desk,
            client_id,
            contact.kind,
            contact.result,
            contact.resume,
            at=contact.at,
            next_step=next_step,
            no_next_reason=no_next_reason,
            person_id=contact.person_id,
            minutes=contact.minutes,
            referral=referral,
        )

    def done(self, task_id: int, contact: Contact | None, next_step: NextStep | None, no_next_reason: str) -> None:
        """A task is done, as this contact, and this follows."""
        from crmdesk.services import tasks

        tasks.complete(self._desk, task_id, contact=contact, next_step=next_step, no_next_reason=no_next_reason)

    def move(self, task_id: int, day: date) -> None:
        """A task to another day."""
        from crmdesk.services import tasks

        tasks.move(self._desk, task_id, day)

    def archive(self, client_id: int, *, archived: bool) -> None:
        """Takes the client out of the lists, or puts him back."""
        from crmdesk.services import clients

        (clients.archive if archived else clients.unarchive)(self._desk, client_id)
