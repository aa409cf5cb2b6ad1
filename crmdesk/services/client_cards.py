"""Clients' cards on paper: one, or several in one file; journalled when they leave the office."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from crmdesk.domain.card import full_months
from crmdesk.domain.client_side import ClientSide
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.months import month_of
from crmdesk.domain.names import short_name
from crmdesk.domain.people import PersonRow
from crmdesk.domain.phones import shown
from crmdesk.domain.sheet import MonthFigures
from crmdesk.domain.tasks import TaskRow
from crmdesk.domain.timeline import Entry, EntryKind
from crmdesk.services import client_side, clients, content, papers, timeline
from crmdesk.services.office import Desk
from crmdesk.system.i18n import Words, words
from crmdesk.system.jobs import NO_JOB, Job

if TYPE_CHECKING:
    from crmdesk.documents.client_card import CardPaper, PaperEntry, PaperPerson

MONTHS = 12
ENTRIES = 20  # of the timeline; as many are printed as the page has room for
ON_PAPER = (EntryKind.CALL, EntryKind.VISIT, EntryKind.LETTER, EntryKind.NOTE, EntryKind.ORDER, EntryKind.PROMISE)


def pdf(desk: Desk, client_ids: Sequence[int], *, lang: str, printed: bool, job: Job = NO_JOB) -> bytes:
    """The cards of these clients as a PDF, in this order; `printed` leaves a line in the print journal.

    Raises UserError("no_such_client").
    """
    from crmdesk.documents.client_card import write_pdf  # ReportLab: not before it is needed

    cards = []
    for number, client_id in enumerate(client_ids):
        job.check()
        job.progress(number, len(client_ids))
        cards.append(_paper(desk, client_id, words(lang)))
    stamp = papers.stamp(desk, repr(cards).encode(), what="client cards", count=len(cards), logged=printed)
    target = io.BytesIO()
    write_pdf(target, cards, words=words(lang), printed=stamp, job=job)
    return target.getvalue()


def _paper(desk: Desk, client_id: int, w: Words) -> CardPaper:
    from crmdesk.documents.client_card import CardPaper, PaperMonth

    card = clients.card(desk, client_id)
    side = client_side.side(desk, client_id)
    entries = timeline.page(desk, client_id, ON_PAPER, limit=ENTRIES).entries
    today, form = desk.clock.today(), card.form
    segment = content.entries("action_segment").get(form.action_segment)
    chips = (
        content.word("importance", form.importance, w.lang),
        segment.name(w.lang) if segment else form.action_segment,
        content.word("stage", form.stage, w.lang),
    )
    months = (*full_months(today, MONTHS - 1), month_of(today))
    nothing = MonthFigures()
    figures = [(month, card.months.get(month, nothing)) for month in months]
    return CardPaper(
        name=form.name,
        manager=card.manager or "",
        chips=chips,
        facts=_facts(card, side, w),
        people=tuple(_person(one, w) for one in side.people),
        step=next((_step(task, w) for task in card.tasks if not task.promise), ""),
        promises=tuple(
            (_step(task, w), task.due_day is not None and task.due_day < today) for task in card.tasks if task.promise
        ),
        months=tuple(
            PaperMonth(month, one.turnover, one.orders, one.skus, one.calls, one.visits) for month, one in figures
        ),
        entries=tuple(_entry(one, w, desk.office.currency) for one in entries),
        currency=desk.office.currency,
    )


def _facts(card: ClientCard, side: ClientSide, w: Words) -> tuple[tuple[str, str], ...]:
    form = card.form
    address = form.address if form.address.startswith(form.city) else ", ".join(filter(None, (form.city, form.address)))
    own = [shown(one.normal, one.original) for one in side.contacts]
    facts = (
        (w.gettext("Tax number"), form.tax_number or ""),
        (w.gettext("Industry"), content.word("industry", form.industry, w.lang) if form.industry else ""),
        (w.gettext("Address"), address.replace(". ", ".\u00a0")),
        (w.gettext("Source"), content.word("ad_channel", form.channel, w.lang) if form.channel else ""),
        (w.gettext("Phones and e-mails"), ", ".join(own)),
        (w.gettext("Referred by"), side.referrer),
        (w.gettext("In the base since"), w.day(form.since) if form.since else ""),
        (w.gettext("Last contact"), w.day(card.last_contact) if card.last_contact else ""),
        (w.gettext("Last order"), w.day(card.last_order) if card.last_order else ""),
        (w.gettext("Code in 1C"), form.code or ""),
        (w.gettext("Lost on"), _lost(form.lost_on, form.lost_reason, w)),
        (w.gettext("Notes"), " ".join(form.notes.split())),
    )
    return tuple((label, value) for label, value in facts if value)


def _lost(day: date | None, reason: str, w: Words) -> str:
    said = content.word("client_loss_reason", reason, w.lang) if reason else ""
    return " · ".join(part for part in (w.day(day) if day else "", said) if part)


def _person(person: PersonRow, w: Words) -> PaperPerson:
    from crmdesk.documents.client_card import PaperPerson

    profession = content.entries("profession", of="holidays").get(person.profession)
    said = (
        profession.name(w.lang) if profession else person.profession,
        content.word("decision_role", person.role, w.lang) if person.role else "",
    )
    born = person.birthday
    day = ""
    if born is not None:
        day = (
            w.short_day(date(2000, born.month, born.day))
            if born.year is None
            else w.day(date(born.year, born.month, born.day))
        )
    consents = [
        ("✓" if one.given else "✕") + "\u00a0" + content.word("consent_channel", one.channel, w.lang)
        for one in person.consents or ()
    ]
    return PaperPerson(
        name=person.name,
        role=" · ".join(part for part in said if part),
        contacts=tuple(
            shown(one.normal, one.original) + (f" {w.gettext('ext.')} {one.extension}" if one.extension else "")
            for one in person.contacts
        ),
        birthday=w.gettext("born {day}", day=day) if day else "",
        consents=", ".join(consents),
    )


def _step(task: TaskRow, w: Words) -> str:
    kind = content.word("task_kind", task.kind, w.lang)
    when = w.day(task.due_day) if task.due_day else ""
    at = w.time(time(*divmod(task.due_time, 60))) if task.due_time is not None else ""
    what = f"{kind}: {task.title}" if task.title and not task.promise else task.title or kind
    return " ".join(part for part in (when, at, what) if part)


def _entry(entry: Entry, w: Words, currency: str) -> PaperEntry:
    from crmdesk.documents.client_card import PaperEntry

    who = short_name(entry.person) if entry.person else ""
    if entry.kind is EntryKind.ORDER:
        title = w.gettext("Order {number}", number=entry.number) if entry.number else w.gettext("Order")
    elif entry.kind is EntryKind.PROMISE:
        title = w.gettext("Promise")
    else:
        title = content.word("contact_kind", entry.what, w.lang)
    result = content.word("contact_result", entry.result, w.lang) if entry.result else ""
    return PaperEntry(
        day=entry.day,
        title=" · ".join(part for part in (title, who, result) if part),
        words=" ".join(entry.words.split()),
        right="" if entry.money is None else w.money(entry.money, currency, cents=False),
    )
