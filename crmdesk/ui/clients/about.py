"""The inspector's page about a client: what is known, what is next, what happened last."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Importance
from crmdesk.domain.names import short_name
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.frame.inspector import Page, Record
from crmdesk.ui.list_words import record_icon

LATEST = 60  # records


def about(card: ClientCard, words: Words, currency: str, today: date) -> Page:
    """The page."""
    w, form = words, card.form
    late = next((task for task in card.tasks if task.promise and task.due_day and task.due_day < today), None)
    warning = ""
    if late is not None and late.due_day is not None:
        days = (today - late.due_day).days
        warning = w.ngettext("Promise {n} day late", "Promise {n} days late", days)
    return Page(
        title=form.name,
        subtitle=" · ".join(part for part in (form.city, content.word("industry", form.industry, w.lang)) if part),
        chips=tuple(_chips(card, w)),
        warning=warning,
        lines=tuple(_lines(card, w, currency)),
        records_head=w.gettext("Lately") if card.interactions or card.orders else w.gettext("Nothing happened yet"),
        records=tuple(_records(card, w, currency)),
    )


def _chips(card: ClientCard, w: Words) -> list[tuple[str, str, str]]:
    form = card.form
    segment = content.entries("action_segment").get(form.action_segment)
    vip = form.importance in (Importance.VIP, Importance.POTENTIAL_VIP)
    return [
        ("star", content.word("importance", form.importance, w.lang), "today" if vip else "muted"),
        ("users", segment.short(w.lang) if segment else form.action_segment, "muted"),
        ("repeat", content.word("stage", form.stage, w.lang), "muted"),
    ][: 3 if len(content.word("importance", form.importance, w.lang)) < 12 else 2]


def _lines(card: ClientCard, w: Words, currency: str) -> list[tuple[str, str, str]]:
    none = "—"
    task = next(iter(card.tasks), None)
    step = w.gettext("no next step")
    if task is not None:
        step = " ".join(part for part in (w.short_day(task.due_day) if task.due_day else "", task.title) if part)
    person = next(iter(card.people), None)
    lines = [
        (w.gettext("Next step"), step or none, "text" if task else "today"),
        (w.gettext("Last contact"), w.day(card.last_contact) if card.last_contact else none, "text"),
        (w.gettext("Turnover of all time"), w.money(card.turnover, currency, cents=False), "text"),
        (w.gettext("Last order"), w.day(card.last_order) if card.last_order else none, "text"),
    ]
    if card.gap_mean:
        days = round(card.gap_mean)
        lines.append((w.gettext("Own rhythm"), w.ngettext("every {n} day", "every {n} days", days), "text"))
    if person is not None:
        name = " ".join(part for part in (person.surname, person.given_name, person.patronymic) if part)
        lines.append((w.gettext("Person"), name, "text"))
    manager = short_name(card.manager) if card.manager else w.gettext("nobody")
    lines.append((w.gettext("Leads"), manager, "text"))
    return lines


def _records(card: ClientCard, w: Words, currency: str) -> list[Record]:
    found = [
        (
            one.day,
            Record(
                record_icon(one.kind),
                w.day(one.day),
                " ".join(one.resume.split()) or content.word("contact_kind", one.kind, w.lang),
            ),
        )
        for one in card.interactions
    ]
    found += [
        (
            order.day,
            Record(
                "package",
                w.day(order.day),
                w.gettext("Order {number}", number=order.number) if order.number else w.gettext("Order"),
                w.money(order.total, currency, cents=False),
            ),
        )
        for order in card.orders
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [record for _, record in found[:LATEST]]
