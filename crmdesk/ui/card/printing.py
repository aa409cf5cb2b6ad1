"""Printing clients' cards: one from the card, several from the list."""

from __future__ import annotations

from collections.abc import Sequence

from crmdesk.system.jobs import Job
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.printing import PaperDialog, print_paper


def print_cards(kit: Kit, office: Office, host: Host, client_ids: Sequence[int], name: str = "") -> PaperDialog:
    """Shows the cards of these clients as they will be printed; `name` is the client's when there is one of them."""
    ids, lang = tuple(client_ids), kit.words.lang

    def make(job: Job, printed: bool) -> bytes:
        from crmdesk.services import client_cards

        return client_cards.pdf(office.desk, ids, lang=lang, printed=printed, job=job)

    return print_paper(kit, host, name if len(ids) == 1 and name else kit.words.gettext("Client cards"), make)
