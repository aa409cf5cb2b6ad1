"""What is done to many clients of the list at once: each verb is one transaction, all of it or nothing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crmdesk.data import client_list, tasks
from crmdesk.domain.client_list import MOST_CLIENTS, ClientRow
from crmdesk.domain.lists import ActionSegment, Importance, Role, Stage, TaskKind
from crmdesk.domain.tasks import checked_title
from crmdesk.services import clients, content, papers
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.i18n import words
from crmdesk.system.ids import id_block
from crmdesk.system.jobs import NO_JOB, Job

FIELDS: dict[str, Any] = {
    "tracked": (True, False),
    "action_segment": tuple(one.value for one in ActionSegment),
    "importance": tuple(one.value for one in Importance),
    "stage": tuple(one.value for one in Stage),
}
"""What may be changed of many at once, and to which values."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a bulk change did: in which transaction, so that it can be taken back, and to how many clients."""

    tx: int
    count: int


def transfer(desk: Desk, ids: Sequence[int], manager_id: int) -> Done:
    """Gives clients to another manager, with what is still to be done for them.

    Raises UserError("no_right_to_transfer") for a manager, "too_many_clients", "no_such_manager".
    """
    if desk.me.role is Role.MANAGER:
        raise UserError("no_right_to_transfer")
    _check(ids)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not client_list.is_active_user(writing.connection, manager_id):
            raise UserError("no_such_manager", manager=manager_id)
        return Done(writing.tx, client_list.transfer(writing, ids, manager_id))


def edit(desk: Desk, ids: Sequence[int], field: str, value: object) -> Done:
    """Sets one of FIELDS of all of them; those who have it so already are left alone.

    Raises UserError("not_in_list", "too_many_clients").
    """
    if value not in FIELDS.get(field, ()):
        raise UserError("not_in_list", value=value)
    _check(ids)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        return Done(writing.tx, client_list.edit(writing, ids, field, value))


def archive(desk: Desk, ids: Sequence[int], *, archived: bool = True) -> Done:
    """Takes clients out of lists and searches, or puts them back. Raises UserError("too_many_clients")."""
    _check(ids)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        return Done(writing.tx, client_list.archive(writing, ids, archived=archived))


def add_tasks(desk: Desk, ids: Sequence[int], kind: str, day: date, title: str = "") -> Done:
    """The same task for each of them, for whoever leads the client (else for me).

    Raises UserError("not_in_list", "title_too_long", "too_many_clients").
    """
    if kind not in set(TaskKind):
        raise UserError("not_in_list", value=kind)
    _check(ids)
    title = checked_title(title)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        leads = client_list.managers_of(writing.connection, ids)
        for task_id, (client_id, manager_id) in zip(id_block(len(leads)), leads.items(), strict=False):
            tasks.insert_row(
                writing,
                id=task_id,
                client_id=client_id,
                manager_id=manager_id or desk.me.id,
                kind=kind,
                title=title,
                due_day=day,
            )
        return Done(writing.tx, len(leads))


def _check(ids: Sequence[int]) -> None:
    if len(ids) > MOST_CLIENTS:
        raise UserError("too_many_clients", count=len(ids), limit=MOST_CLIENTS)


def pdf(
    desk: Desk,
    ids: Sequence[int],
    *,
    title: str,
    words_of_filter: str,
    words_of_order: str,
    lang: str,
    printed: bool = False,
    job: Job = NO_JOB,
) -> bytes:
    """The list of these clients on paper; with `printed` the print journal gets its line of so many clients."""
    from crmdesk.documents.client_list import ListPaper, write_pdf  # ReportLab: not before it is needed

    rows: list[ClientRow] = []
    for start in range(0, len(ids), clients.PAGE):
        job.check()
        rows += clients.rows(desk, ids[start : start + clients.PAGE])
    text = "\n".join(f"{row.id} {row.version}" for row in rows).encode()
    stamp = papers.stamp(desk, text, what="clients", count=len(rows), logged=printed)

    def word(list_name: str, key: str) -> str:
        entry = content.entries(list_name).get(key)
        return entry.short(lang) if entry else key

    target = io.BytesIO()
    wanted = ListPaper(title, rows, words_of_filter, words_of_order, desk.office.currency, desk.clock.today())
    write_pdf(target, wanted, words=words(lang), word=word, printed=stamp, job=job)
    return target.getvalue()
