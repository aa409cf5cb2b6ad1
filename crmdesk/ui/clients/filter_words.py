"""A filter of the list in words: the chips over the list, the sentence on paper. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from crmdesk.domain.client_list import ClientFilter, ClientOrder
from crmdesk.domain.names import short_name
from crmdesk.domain.users import User
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_

BIRTHDAY_DAYS = (7, 14, 30)
ORDERED_MONTHS = (3, 6, 12, 24)
ORDER_HEADS = {
    ClientOrder.NAME: N_("name"),
    ClientOrder.IMPORTANCE: N_("importance"),
    ClientOrder.ACTION: N_("action"),
    ClientOrder.STAGE: N_("stage"),
    ClientOrder.CONTACT: N_("last contact"),
    ClientOrder.RHYTHM: N_("silence"),
    ClientOrder.NEXT_STEP: N_("next step"),
    ClientOrder.TURNOVER: N_("turnover"),
    ClientOrder.CHANGE: N_("change"),
    ClientOrder.KINDS: N_("kinds of products"),
    ClientOrder.LAST_ORDER: N_("last order"),
    ClientOrder.CITY: N_("city"),
    ClientOrder.MANAGER: N_("manager"),
}


class Chip(NamedTuple):
    """One condition: which it is, its head and value in words; `head` may be empty."""

    name: str
    head: str
    value: str


def short(list_name: str, key: str, words: Words) -> str:
    """The short word of a list's key."""
    entry = content.entries(list_name).get(key)
    return entry.short(words.lang) if entry else key


def chips(wanted: ClientFilter, people: Sequence[User], words: Words) -> tuple[Chip, ...]:
    """The conditions of a filter, in the order of the menu that adds them."""
    w = words
    found: list[Chip] = []
    if wanted.manager_id is not None:
        name = next((user.name for user in people if user.id == wanted.manager_id), "")
        found.append(Chip("manager_id", w.gettext("Leads:"), short_name(name) if name else "…"))
    if wanted.nobodys:
        found.append(Chip("nobodys", w.gettext("Leads:"), w.gettext("nobody")))
    if wanted.actions:
        value = ", ".join(short("action_segment", key, w) for key in wanted.actions)
        found.append(Chip("actions", w.gettext("Action:"), value))
    if wanted.stages:
        value = ", ".join(content.word("stage", key, w.lang).lower() for key in wanted.stages)
        found.append(Chip("stages", w.gettext("Stage:"), value))
    if wanted.importances:
        value = ", ".join(content.word("importance", key, w.lang) for key in wanted.importances)
        found.append(Chip("importances", w.gettext("Importance:"), value))
    if wanted.ordered_months is not None:
        value = w.ngettext("within {n} month", "within {n} months", wanted.ordered_months)
        found.append(Chip("ordered_months", w.gettext("Ordered:"), value))
    if wanted.silent:
        found.append(Chip("silent", "", w.gettext("silent longer than usual")))
    if wanted.no_step:
        found.append(Chip("no_step", "", w.gettext("no next step")))
    if wanted.reprint:
        found.append(Chip("reprint", "", w.gettext("to print again")))
    if wanted.birthday_days is not None:
        value = w.ngettext("within {n} day", "within {n} days", wanted.birthday_days)
        found.append(Chip("birthday_days", w.gettext("Birthday:"), value))
    if wanted.city is not None:
        found.append(Chip("city", w.gettext("City:"), wanted.city))
    if wanted.tracked is not None:
        found.append(Chip("tracked", "", w.gettext("tracked") if wanted.tracked else w.gettext("not tracked")))
    if wanted.clients is not None:
        value = w.ngettext("{n} client by hand", "{n} clients by hand", len(wanted.clients))
        found.append(Chip("clients", w.gettext("List:"), value))
    if wanted.archived:
        found.append(Chip("archived", "", w.gettext("archived")))
    return tuple(found)


def without(wanted: ClientFilter, name: str) -> ClientFilter:
    """The filter without one of its conditions."""
    return replace(wanted, **{name: getattr(ClientFilter(), name)})


def order_words(wanted: ClientFilter, words: Words) -> str:
    """What the list is sorted by: «сортировка: оборот»."""
    return words.gettext("sorted by: {what}", what=words.gettext(ORDER_HEADS[wanted.sort]))


def sentence(wanted: ClientFilter, people: Sequence[User], words: Words) -> str:
    """The whole filter in one line, for paper."""
    parts = [f"{chip.head} {chip.value}".strip() for chip in chips(wanted, people, words)]
    if wanted.text.strip():
        parts.append(words.gettext("found by “{typed}”", typed=wanted.text.strip()))
    return " · ".join(parts) if parts else words.gettext("all clients")
