"""Recording contacts: what took place, with what result, and what is next."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from crmdesk.data import clients, interactions, tasks
from crmdesk.domain.interactions import InteractionRow, NextStep
from crmdesk.domain.lists import ContactKind, Rung, TaskKind
from crmdesk.domain.tasks import checked_title
from crmdesk.domain.text import printable
from crmdesk.services import content
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id


def record(
    desk: Desk,
    client_id: int,
    kind: str,
    result: str = "",
    resume: str = "",
    *,
    at: datetime | None = None,
    next_step: NextStep | None = None,
    no_next_reason: str = "",
    person_id: int | None = None,
) -> InteractionRow:
    """Keeps a contact that took place, and its next step as a task of mine, in one transaction.

    `result` is a key of contact_result, its rung of the ladder goes with it; `at` an aware moment, now when left out.
    Raises UserError("no_such_client", "not_in_list", "title_too_long").
    """
    moment = at or desk.clock.now()
    row = InteractionRow(
        id=new_id(),
        client_id=client_id,
        person_id=person_id,
        manager_id=desk.me.id,
        kind=_one_of(ContactKind, kind),
        at=moment.replace(microsecond=moment.microsecond // 1000 * 1000),  # the store keeps milliseconds
        day=moment.astimezone(ZoneInfo(desk.clock.zone)).date(),
        result=result,
        rung=rung_of(result).value,
        resume=printable(resume),
        no_next_reason=printable(no_next_reason),
    )
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, client_id):
            raise UserError("no_such_client", client=client_id)
        interactions.insert_row(writing, row)
        if next_step is not None:
            tasks.insert_row(
                writing,
                id=new_id(),
                client_id=client_id,
                person_id=person_id,
                manager_id=desk.me.id,
                kind=_one_of(TaskKind, next_step.kind),
                title=checked_title(next_step.title),
                promise=next_step.promise,
                due_day=next_step.day,
                interaction_id=row.id,
            )
    return row


def rung_of(result: str) -> Rung:
    """The rung of the ladder a result stands on; results of the office's own, and none, stand on none."""
    entry = content.entries("contact_result").get(result)
    return Rung(entry.facts["level"]) if entry else Rung.NONE


def _one_of(kinds: type[ContactKind] | type[TaskKind], kind: str) -> str:
    if kind not in set(kinds):
        raise UserError("not_in_list", value=kind)
    return str(kind)
