"""The inspector's page about a client: what is owed, what is known, what is next, what happened last.

The list, Today and the calendar show it beside them; a view adds its own buttons.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crmdesk.domain.card import Silence, figures
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Importance
from crmdesk.domain.names import short_name
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.frame.inspector import Page, Record
from crmdesk.ui.list_words import record_icon

LATEST = 60  # records


def about(
    card: ClientCard,
    words: Words,
    currency: str,
    today: date,
    *,
    buttons: tuple[tuple[str, Callable[[], None]], ...] = (),
) -> Page:
    """The page; `buttons` at its foot are a word and what is done, at most two."""
    w, form = words, card.form
    return Page(
        title=form.name,
        subtitle=" · ".join(part for part in (form.city, content.word("industry", form.industry, w.lang)) if part),
        chips=tuple(_chips(card, w)),
        warning=_warning(card, w, today),
        lines=tuple(_lines(card, w, currency, today)),
        records_head=w.gettext("Lately") if card.interactions or card.orders else w.gettext("Nothing happened yet"),
        records=tuple(_records(card, w, currency)),
        buttons=buttons,
    )


def _warning(card: ClientCard, w: Words, today: date) -> str:
    """The promise that is owed longest, when its day is over."""
    late = next((task for task in card.tasks if task.promise and task.due_day and task.due_day < today), None)
    if late is None or late.due_day is None:
        return ""
    days = (today - late.due_day).days
    return w.ngettext("Promise {n} day late", "Promise {n} days late", days)


def _chips(card: ClientCard, w: Words) -> list[tuple[str, str, str]]:
    form = card.form
    segment = content.entries("action_segment").get(form.action_segment)
    vip = form.importance in (Importance.VIP, Importance.POTENTIAL_VIP)
    return [
        ("star", content.word("importance", form.importance, w.lang), "today" if vip else "muted"),
        ("users", segment.short(w.lang) if segment else form.action_segment, "muted"),
        ("repeat", content.word("stage", form.stage, w.lang).lower(), "muted"),
    ][: 3 if len(content.word("importance", form.importance, w.lang)) < 12 else 2]


def _lines(card: ClientCard, w: Words, currency: str, today: date) -> list[tuple[str, str, str]]:
    none = "—"
    found = figures(card, today)
    lines = [(w.gettext("Last contact"), _contact(card, w, today) or none, "text")]
    task = next(iter(card.tasks), None)
    if task is not None:
        day = w.short_day(task.due_day) if task.due_day else ""
        late = task.due_day is not None and task.due_day < today
        title = task.title or content.word("task_kind", task.kind, w.lang)
        lines.append((w.gettext("Next step"), f"{day} {title}".strip(), "over" if late else "text"))
    else:
        lines.append((w.gettext("Next step"), w.gettext("no next step"), "today"))
    lines.append((w.gettext("Turnover 6 months"), w.money(found.turnover, currency, cents=False), "text"))
    if found.change is not None:
        sign = "▲" if found.change > 0 else "▼" if found.change < 0 else ""
        words = f"{sign} {w.percent(abs(found.change))}".strip()
        lines.append((w.gettext("To the 6 before"), words, "over" if found.change_is_a_fall else "text"))
    rhythm = found.rhythm
    if rhythm.usual:
        token = {Silence.SLOW: "today", Silence.SILENT: "over"}.get(rhythm.silence, "text")
        words = w.ngettext("order every {n} day", "order every {n} days", rhythm.usual)
        lines.append((w.gettext("Own rhythm"), words, token))
    person = next(iter(card.people), None)
    if person is not None:
        name = " ".join(part for part in (person.surname, person.given_name, person.patronymic) if part)
        lines.append((w.gettext("Person"), name, "text"))
    lines.append((w.gettext("Leads"), short_name(card.manager) if card.manager else w.gettext("nobody"), "text"))
    return lines


def _contact(card: ClientCard, w: Words, today: date) -> str:
    """17.11, звонок · 9 дн."""
    if card.last_contact is None:
        return ""
    kind = next((one.kind for one in card.interactions if one.day == card.last_contact), "")
    days = (today - card.last_contact).days
    age = w.gettext("today") if days <= 0 else w.gettext("{n} d", n=w.number(days))
    what = content.word("contact_kind", kind, w.lang).lower() if kind else ""
    return f"{w.short_day(card.last_contact)}{f', {what}' if what else ''} · {age}"


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
