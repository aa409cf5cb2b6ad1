"""The inspector's page beside a line of Today: the client in ten lines, and the red block of a broken promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crmdesk.domain import months
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.money import divided
from crmdesk.domain.names import short_name
from crmdesk.domain.tasks import TaskRow, is_open
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.frame.inspector import Page, Record
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.task.when import said_day

SEGMENT_ICONS: dict[str, str] = {ActionSegment.VVV: "map-pin", ActionSegment.CCC: "phone", ActionSegment.INFO: "send"}
LATEST = 12  # records
HALF = 6  # months that are compared with the six before
FALL = -20  # per cent from which a fall is red


def about(
    card: ClientCard,
    task: TaskRow | None,
    words: Words,
    currency: str,
    today: date,
    *,
    done: Callable[[], None] | None = None,
    move: Callable[[], None] | None = None,
    plan: Callable[[], None] | None = None,
    open_card: Callable[[], None] | None = None,
) -> Page:
    """The page about a client; with the task that the line is about, if it is one."""
    w = words
    warning, text = _broken(card, task, w, today)
    buttons: list[tuple[str, Callable[[], None]]] = []
    if task is not None and is_open(task) and done is not None and move is not None:
        buttons = [(w.gettext("Done"), done), (w.gettext("Move…"), move)]
    elif plan is not None:
        buttons = [(w.gettext("Plan a step"), plan)]
    return Page(
        title=card.form.name,
        subtitle=task.notes if task is not None and not warning else "",
        chips=tuple(_chips(card, w)),
        warning=warning,
        warning_text=text,
        lines=tuple(_lines(card, task, w, currency, today)),
        records_head=w.gettext("Lately") if card.interactions or card.orders else w.gettext("Nothing happened yet"),
        records=tuple(_records(card, w, currency, today)),
        buttons=tuple(buttons),
        verb_icon="" if not buttons else "check" if len(buttons) > 1 else "calendar-plus",
        open=open_card,
    )


def _broken(card: ClientCard, task: TaskRow | None, w: Words, today: date) -> tuple[str, str]:
    late = [one for one in card.tasks if one.promise and one.due_day is not None and one.due_day < today]
    mine = next((one for one in late if task is not None and one.id == task.id), None) or next(iter(late), None)
    if mine is None or mine.due_day is None:
        return "", ""
    days = (today - mine.due_day).days
    who = next((person.name for person in card.people if person.id == mine.person_id), "")
    said = [(mine.title or content.word("task_kind", mine.kind, w.lang)).rstrip(".")]
    if mine.notes:
        said.append(mine.notes.strip().rstrip("."))
    if who:
        said.append(w.gettext("promised to {name}", name=short_name(who)))
    return w.ngettext("Promise {n} day late", "Promise {n} days late", days), ". ".join(
        part[:1].upper() + part[1:] for part in said
    )


def _chips(card: ClientCard, w: Words) -> list[tuple[str, str, str]]:
    form = card.form
    found = []
    if form.importance in (Importance.VIP, Importance.POTENTIAL_VIP):
        entry = content.entries("importance")[form.importance]
        found.append(("star", entry.short(w.lang), "today"))
    segment = content.entries("action_segment").get(form.action_segment)
    found.append(
        (
            SEGMENT_ICONS.get(form.action_segment, "users"),
            segment.short(w.lang) if segment else form.action_segment,
            "muted",
        )
    )
    found.append(("repeat", content.word("stage", form.stage, w.lang), "muted"))
    return found


def _lines(card: ClientCard, task: TaskRow | None, w: Words, currency: str, today: date) -> list[tuple[str, str, str]]:
    lines = []
    last = next(iter(card.interactions), None)
    if last is not None:
        kind = content.word("contact_kind", last.kind, w.lang).lower()
        ago = (today - last.day).days
        days = w.ngettext("{n} d.", "{n} d.", ago) if ago > 0 else w.gettext("today")
        lines.append((w.gettext("Last contact"), f"{w.short_day(last.day)}, {kind} · {days}", "text"))
    else:
        lines.append((w.gettext("Last contact"), "—", "muted"))
    coming = (one for one in card.tasks if one.due_day is not None and one.due_day >= today)
    step = next((one for one in coming if task is None or one.id != task.id), None)
    if step is not None and step.due_day is not None:
        words = step.title or content.word("task_kind", step.kind, w.lang)
        lines.append((w.gettext("Next step"), f"{said_day(step.due_day, w)} {words}", "text"))
    else:
        lines.append((w.gettext("Next step"), w.gettext("none yet"), "today"))
    now, before = _halves(card, today)
    lines.append((w.gettext("Turnover, 6 months"), w.money(now, currency, cents=False), "text"))
    if before > 0:
        change = divided(100 * (now - before), before)
        sign = "▲" if change > 0 else "▼" if change < 0 else ""
        token = "over" if change <= FALL else "done" if change > 0 else "text"
        lines.append((w.gettext("Against the 6 before"), f"{sign} {w.percent(abs(change))}".strip(), token))
    if card.gap_mean:
        days = w.ngettext("an order every {n} day", "an order every {n} days", round(card.gap_mean))
        lines.append((w.gettext("Own rhythm"), days, "text"))
    lines.append((w.gettext("Leads"), short_name(card.manager) if card.manager else w.gettext("nobody"), "text"))
    return lines


def _halves(card: ClientCard, today: date) -> tuple[int, int]:
    """The turnover of the last six months, the running one included, and of the six before; minor units."""
    current = months.month_of(today)

    def total(last: int) -> int:
        shown = (card.months.get(month) for month in months.ending(last, HALF))
        return sum(figures.turnover for figures in shown if figures is not None)

    return total(current), total(months.add(current, -HALF))


def _records(card: ClientCard, w: Words, currency: str, today: date) -> list[Record]:
    def when(day: date) -> str:
        return w.short_day(day) if (today - day).days < 300 else w.day(day)

    found = [
        (
            one.day,
            Record(
                record_icon(one.kind),
                when(one.day),
                " ".join(one.resume.split()) or content.word("contact_kind", one.kind, w.lang),
            ),
        )
        for one in card.interactions[:LATEST]
    ]
    for order in card.orders[:LATEST]:
        name = w.gettext("Order {number}", number=order.number) if order.number else w.gettext("Order")
        found.append((order.day, Record("package", when(order.day), f"{name}, {w.money(order.total, currency)}")))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [record for _, record in found[:LATEST]]
