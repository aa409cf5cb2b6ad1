"""The facts of a client as lines of the card: what each shows, what it is typed into, what the typed text means.

No Qt here. A line is edited and stored as a whole, in one transaction: a goal is its kind and its value, a loss its day
and its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crmdesk.domain.clients import NAME_LENGTH, ClientForm, check_tax_number, is_doubtful_tax_number, may_reassign
from crmdesk.domain.lists import GoalKind, Stage
from crmdesk.domain.users import User
from crmdesk.exchange import values
from crmdesk.services import content
from crmdesk.system.errors import UserError
from crmdesk.system.i18n import NBSP, Words
from crmdesk.ui.error_texts import N_, sentence

NOTHING = "—"
MOST_NORM = 99  # contacts of a kind a month
LABELS = {
    "name": N_("Name of the client"),
    "tax_number": N_("Tax number"),
    "industry": N_("Industry"),
    "place": N_("Address"),
    "notes": N_("Notes"),
    "action": N_("Action"),
    "importance": N_("Importance"),
    "stage": N_("Stage"),
    "goal": N_("Goal"),
    "manager": N_("Leads"),
    "tracked": N_("On the sheet"),
    "channel": N_("Source"),
    "referrer": N_("Referred by"),
    "since": N_("In the base since"),
    "lost": N_("Lost on"),
    "code": N_("Code in 1C"),
}
LINES = tuple(LABELS)
SHORT = ("tax_number", "industry", "place", "channel", "referrer", "since", "lost", "code", "notes")
"""The lines shown while nobody edits, as far as they say something: the head of the card says the rest."""
FIELDS = {  # line: the fields of the form that it stores
    "place": ("city", "address"),
    "action": ("action_segment", "visits_norm", "calls_norm", "mailings_norm"),
    "goal": ("goal_kind", "goal_value"),
    "manager": ("manager_id",),
    "referrer": ("referrer_id",),
    "lost": ("lost_on", "lost_reason"),
}
LENGTHS = {
    "name": NAME_LENGTH,
    "tax_number": 20,
    "code": 60,
    "city": 120,
    "address": 500,
    "industry": 60,
    "channel": 60,
}


@dataclass(frozen=True)
class Ground:
    """What the lines are read against: the office, who looks, the words."""

    words: Words
    country: str
    currency: str
    me: User
    users: tuple[User, ...] = ()
    norms: Mapping[str, tuple[int, int, int]] | None = None
    referrer: str = ""


@dataclass(frozen=True)
class Input:
    """One thing to type into or to choose from. `kind`: line, text, choice, check, client. `text` is what stands in it:
    a choice's key, "1" of a tick, an id of a client. `options` are (key, words)."""

    field: str
    kind: str
    label: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


class Refused(Exception):
    """What was typed cannot be stored: sentences by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def fields_of(line: str) -> tuple[str, ...]:
    """The fields of the form that a line stores."""
    return FIELDS.get(line, (line,))


def value(line: str, form: ClientForm, on: Ground) -> str:
    """What a line shows; "" when it says nothing."""
    w, lang = on.words, on.words.lang
    if line == "place":
        whole = form.address.startswith(form.city)
        said = form.address if whole else ", ".join(part for part in (form.city, form.address) if part)
        return said.replace(". ", f".{NBSP}")  # «д. 4» stays together
    if line == "action":
        segment = content.entries("action_segment").get(form.action_segment)
        return " · ".join(
            part for part in (segment.short(lang) if segment else form.action_segment, _norms(form, w)) if part
        )
    if line == "goal":
        return goal_words(form, on)
    if line == "manager":
        return next((user.name for user in on.users if user.id == form.manager_id), "")
    if line == "tracked":
        return w.gettext("yes") if form.tracked else w.gettext("no")
    if line == "referrer":
        return on.referrer if form.referrer_id else ""
    if line == "since":
        return w.day(form.since) if form.since else ""
    if line == "lost":
        reason = content.word("client_loss_reason", form.lost_reason, lang) if form.lost_reason else ""
        return " · ".join(part for part in (w.day(form.lost_on) if form.lost_on else "", reason) if part)
    if line == "tax_number" and form.tax_number and on.country == "RU" and len(form.tax_number) in (10, 12):
        return f"{form.tax_number[:4]} {form.tax_number[4:]}"
    list_name = {"industry": "industry", "channel": "ad_channel", "importance": "importance", "stage": "stage"}.get(
        line
    )
    found = str(getattr(form, line) or "")
    return content.word(list_name, found, lang) if list_name and found else " ".join(found.split())


def _norms(form: ClientForm, w: Words) -> str:
    """The norms of his own, as far as there are any."""
    said = (
        (form.visits_norm, w.gettext("visits")),
        (form.calls_norm, w.gettext("calls")),
        (form.mailings_norm, w.gettext("mailings")),
    )
    own = [f"{name} {number}" for number, name in said if number is not None]
    return w.gettext("own norm: {norms}", norms=", ".join(own)) if own else ""


def goal_words(form: ClientForm, on: Ground) -> str:
    """The goal in words: «заказ раз в 24 дня»; "" without one."""
    w, number = on.words, form.goal_value
    if form.goal_kind is None or not number:
        return ""
    if form.goal_kind == GoalKind.ORDER_EVERY_DAYS:
        return w.ngettext("an order every {n} day", "an order every {n} days", number)
    if form.goal_kind == GoalKind.SKUS:
        return w.ngettext("{n} kind a month", "{n} kinds a month", number)
    return w.gettext("{money} a month", money=w.money(number, on.currency, cents=False))


def doubt(line: str, form: ClientForm, on: Ground) -> str:
    """A warning beside a value that is stored and looks wrong."""
    if line == "tax_number" and form.tax_number and is_doubtful_tax_number(form.tax_number, on.country):
        return on.words.gettext("the check digit does not agree")
    return ""


def may_edit(line: str, on: Ground) -> bool:
    """Whether the person may change this line."""
    return line != "manager" or may_reassign(on.me.role)


def inputs(line: str, form: ClientForm, on: Ground) -> tuple[Input, ...]:
    """What a line is typed into."""
    w, label = on.words, on.words.gettext(LABELS[line])
    if line == "place":
        return (
            Input("city", "line", w.gettext("Town"), form.city),
            Input("address", "line", w.gettext("Street, house"), form.address),
        )
    if line == "action":
        usual = (on.norms or {}).get(form.action_segment, (0, 0, 0))
        names = (w.gettext("visits"), w.gettext("calls"), w.gettext("mailings"))
        return (
            Input("action_segment", "choice", label, form.action_segment, _options("action_segment", w, short=True)),
            *(
                Input(field, "line", name, _number(getattr(form, field)), hint=f"{name}: {norm}")
                for field, name, norm in zip(fields_of("action")[1:], names, usual, strict=True)
            ),
        )
    if line == "goal":
        none = ("", w.gettext("no goal"))
        return (
            Input("goal_kind", "choice", label, form.goal_kind or "", (none, *_options("goal_kind", w))),
            Input("goal_value", "line", w.gettext("Value of the goal"), _goal_number(form)),
        )
    if line == "manager":
        active = tuple((str(user.id), user.name) for user in on.users if user.active or user.id == form.manager_id)
        return (Input("manager_id", "choice", label, _number(form.manager_id), (("", w.gettext("nobody")), *active)),)
    if line == "tracked":
        return (Input("tracked", "check", w.gettext("on the supervisor's sheet"), "1" if form.tracked else ""),)
    if line == "referrer":
        return (Input("referrer_id", "client", label, on.referrer if form.referrer_id else ""),)
    if line == "since":
        return (Input("since", "line", label, w.day(form.since) if form.since else "", hint=_example(w)),)
    if line == "lost":
        return (
            Input("lost_on", "line", label, w.day(form.lost_on) if form.lost_on else "", hint=_example(w)),
            Input(
                "lost_reason",
                "choice",
                w.gettext("Reason"),
                form.lost_reason,
                _own("client_loss_reason", form.lost_reason, w),
            ),
        )
    if line in ("importance", "stage"):
        return (Input(line, "choice", label, getattr(form, line), _options(line, w)),)
    if line in ("industry", "channel"):
        chosen = getattr(form, line)
        return (Input(line, "choice", label, chosen, _own("ad_channel" if line == "channel" else line, chosen, w)),)
    return (Input(line, "text" if line == "notes" else "line", label, str(getattr(form, line) or "")),)


def _example(w: Words) -> str:
    return w.day(date(2026, 10, 31))


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _goal_number(form: ClientForm) -> str:
    if form.goal_value is None:
        return ""
    return _number(form.goal_value // 100 if form.goal_kind == GoalKind.TURNOVER else form.goal_value)


def _options(list_name: str, w: Words, *, short: bool = False) -> tuple[tuple[str, str], ...]:
    found = content.entries(list_name)
    return tuple(
        (key, entry.short(w.lang) if short and entry.short(w.lang) != NOTHING else entry.name(w.lang))
        for key, entry in found.items()
    )


def _own(list_name: str, chosen: str, w: Words) -> tuple[tuple[str, str], ...]:
    """The entries of a list that may stay empty, with what the office wrote by itself."""
    known = _options(list_name, w)
    extra = ((chosen, chosen),) if chosen and chosen not in dict(known) else ()
    return (("", NOTHING), *known, *extra)


def read(
    line: str, typed: Mapping[str, str], form: ClientForm, on: Ground, clients: Mapping[str, int]
) -> dict[str, Any]:
    """What was typed as fields of the form. `clients` are ids by the names that a search has offered.

    Raises Refused with a sentence for each field that cannot be stored.
    """
    w = on.words
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields_of(line):
        text = typed[field].strip()
        try:
            found[field] = _meant(field, text, typed, form, on, clients)
        except UserError as error:
            errors[field] = sentence(error, w)
        except values.BadValue:
            errors[field] = w.gettext("No such day: {typed}. Write it like {example}.", typed=text, example=_example(w))
        except ValueError:
            errors[field] = w.gettext("A whole number is needed here, not “{typed}”.", typed=text)
    if line == "goal" and not errors and found["goal_kind"] and not found["goal_value"]:
        errors["goal_value"] = w.gettext("A goal needs a number above zero.")
    if errors:
        raise Refused(errors)
    return found


def _meant(
    field: str, text: str, typed: Mapping[str, str], form: ClientForm, on: Ground, clients: Mapping[str, int]
) -> Any:
    limit = LENGTHS.get(field)
    if limit is not None and len(text) > limit:
        raise UserError("field_too_long", length=len(text), limit=limit)
    if field == "name" and not text:
        raise UserError("name_missing")
    if field == "tax_number":
        bare = "".join(text.split())
        if bare != (form.tax_number or ""):
            check_tax_number(bare, on.country)
        return bare or None
    if field == "code":
        return text or None
    if field == "tracked":
        return bool(text)
    if field == "manager_id":
        return int(text) if text else None
    if field in ("visits_norm", "calls_norm", "mailings_norm"):
        number = int(text) if text else None
        if number is not None and not 0 <= number <= MOST_NORM:
            raise UserError("norm_out_of_range", value=number, most=MOST_NORM)
        return number
    if field == "goal_kind":
        return text or None
    if field == "goal_value":
        if not typed["goal_kind"]:
            return None
        money = typed["goal_kind"] == GoalKind.TURNOVER
        return values.minor_units(text) if money else (int(text) if text else None)
    if field in ("since", "lost_on"):
        return values.day(text)
    if field == "referrer_id":
        if not text:
            return None
        if text == on.referrer and form.referrer_id:
            return form.referrer_id
        if text not in clients:
            raise UserError("choose_client", name=text)
        return clients[text]
    return text


def stages_lost(form: ClientForm) -> bool:
    """Whether the line about the loss matters: he is lost, or something is said of it."""
    return form.stage == Stage.LOST or form.lost_on is not None or bool(form.lost_reason)
