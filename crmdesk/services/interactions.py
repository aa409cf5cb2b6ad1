"""Recording contacts: what took place, with what result, and what is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from crmdesk.data import clients, interactions, tasks
from crmdesk.data.writing import Writing
from crmdesk.domain.clients import ClientForm, checked
from crmdesk.domain.interactions import InteractionRow, NextStep
from crmdesk.domain.lists import ActionSegment, ContactKind, Rung, Stage
from crmdesk.domain.tasks import Contact, check, checked_title
from crmdesk.domain.text import printable
from crmdesk.services import content
from crmdesk.services.office import Desk
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id

REFERRALS = {"call": "call_referral", "visit": "visit_referral", "letter": "letter_forwarded"}
"""The result of lists.toml that says "a referral", by the kind of contact that has one."""
RECOMMENDED = "recommendation"  # the ad_channel of lists.toml


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
    minutes: int | None = None,
    referral: str = "",
) -> InteractionRow:
    """Keeps a contact that took place, and its next step as a task of mine, in one transaction.

    `result` is a key of contact_result, its rung of the ladder goes with it; `at` an aware moment, now when left out;
    `minutes` how long it took. `referral` is who else has the same need: he becomes a lead of mine, linked to this
    client, and a contact without a sale stands on the rung of a referral (domain.md 4).
    Raises UserError("no_such_client", "not_in_list", "title_too_long", "name_too_long").
    """
    row = made(desk, client_id, Contact(kind, result, resume, at, person_id, minutes), no_next_reason)
    lead = referral_of(desk, client_id, referral)
    if lead is not None and row.rung == Rung.NONE:
        row = replace(row, result=REFERRALS.get(row.kind, row.result), rung=Rung.MINIMUM.value)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if not clients.exists(writing.connection, client_id):
            raise UserError("no_such_client", client=client_id)
        interactions.insert_row(writing, row)
        if lead is not None:
            clients.insert_form(writing, lead)
        if next_step is not None:
            follow_up(writing, desk.clock, row.client_id, next_step, desk.me.id, person_id, row.id)
    return row


def made(desk: Desk, client_id: int, contact: Contact, no_next_reason: str = "") -> InteractionRow:
    """The row of a contact that I had with a client, to be stored. Raises UserError("not_in_list")."""
    moment = (contact.at or desk.clock.now()).astimezone(UTC)
    return InteractionRow(
        id=new_id(),
        client_id=client_id,
        person_id=contact.person_id,
        manager_id=desk.me.id,
        kind=_one_of(ContactKind, contact.kind),
        at=moment.replace(microsecond=moment.microsecond // 1000 * 1000),  # the store keeps milliseconds
        day=moment.astimezone(ZoneInfo(desk.clock.zone)).date(),
        result=contact.result,
        rung=rung_of(contact.result).value,
        resume=printable(contact.resume),
        no_next_reason=printable(no_next_reason),
        minutes=contact.minutes,
    )


def follow_up(
    writing: Writing,
    clock: Clock,
    client_id: int | None,
    step: NextStep,
    manager_id: int | None,
    person_id: int | None,
    interaction_id: int | None,
) -> int:
    """Stores a next step as a task; its id. Raises UserError like domain.tasks.check and "title_too_long"."""
    check(client_id, step.kind, step.day, step.promise, step.time, step.minutes)
    task_id = new_id()
    tasks.insert_row(
        writing,
        id=task_id,
        client_id=client_id,
        person_id=person_id,
        manager_id=manager_id,
        kind=str(step.kind),
        title=checked_title(step.title),
        promise=step.promise,
        due_day=step.day,
        due_time=step.time,
        zone="" if step.time is None else clock.zone,
        minutes=step.minutes,
        interaction_id=interaction_id,
    )
    return task_id


def referral_of(desk: Desk, client_id: int, name: str) -> ClientForm | None:
    """The lead that an acquaintance of a client becomes, to be stored; None without a name."""
    if not name.strip():
        return None
    return checked(
        ClientForm(
            id=new_id(),
            name=name,
            manager_id=desk.me.id,
            action_segment=ActionSegment.CCC.value,
            stage=Stage.LEAD.value,
            channel=RECOMMENDED,
            referrer_id=client_id,
            since=desk.clock.today(),
        )
    )


def rung_of(result: str) -> Rung:
    """The rung of the ladder a result stands on; results of the office's own, and none, stand on none."""
    entry = content.entries("contact_result").get(result)
    return Rung(entry.facts["level"]) if entry else Rung.NONE


def _one_of(kinds: type[ContactKind], kind: str) -> str:
    if kind not in set(kinds):
        raise UserError("not_in_list", value=kind)
    return str(kind)
