"""Words of the office's lists (stages, kinds, importance…) in any of the three languages → their stable keys."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from crmdesk.domain.text import fold
from crmdesk.system import paths

# What files say besides the names of lists.toml.
_ALSO: dict[str, dict[str, str]] = {
    "action_segment": {"ввв": "VVV", "звзвзв": "CCC", "ззз": "CCC", "дздздз": "CCC", "ничего": "NONE",
                       "нічого": "NONE"},
    "contact_kind": {
        "звонок": "call", "дзвінок": "call", "телефонный звонок": "call", "встреча": "visit", "зустріч": "visit",
        "выезд": "visit", "email": "letter", "e-mail": "letter", "сообщение": "message", "рассылка": "mailing",
        "розсилка": "mailing", "meeting": "visit", "phone": "call", "phone call": "call", "лист": "letter",
    },
    "task_kind": {
        "визит": "visit", "візит": "visit", "встреча": "meeting", "зустріч": "meeting", "звонок": "call",
        "дзвінок": "call", "позвонить": "call", "зателефонувати": "call", "письмо": "letter", "лист": "letter",
        "email": "letter", "e-mail": "letter", "рассылка": "mailing", "розсилка": "mailing", "выставка": "event",
        "мероприятие": "event", "захід": "event", "договор": "contract", "договір": "contract", "другое": "other",
        "інше": "other", "задача": "other", "завдання": "other", "task": "other", "visit": "visit", "call": "call",
        "letter": "letter", "mailing": "mailing", "meeting": "meeting", "event": "event", "contract": "contract",
        "other": "other",
    },
    "order_stage": {
        "выполнен": "done", "выполнено": "done", "виконано": "done", "done": "done", "closed": "done", "закрыт": "done",
        "закрито": "done", "отгружен": "done", "отгружено": "done", "відвантажено": "done", "shipped": "done",
        "оплачен": "done", "оплачено": "done", "сплачено": "done", "paid": "done", "проведен": "done",
        "проведено": "done", "completed": "done", "выдан": "done", "реализован": "done", "": "done",
        "отменен": "lost_order", "отменён": "lost_order", "скасовано": "lost_order", "cancelled": "lost_order",
        "canceled": "lost_order", "отказ": "lost_order", "аннулирован": "lost_order", "lost": "lost_order",
        "в работе": "in_print", "в роботі": "in_print", "новый": "enquiry", "новий": "enquiry", "new": "enquiry",
    },
}  # fmt: skip


@cache
def _known(name: str) -> dict[str, str]:
    known = {fold(word): key for word, key in _ALSO.get(name, {}).items()}
    for entry in _lists().get(name, ()):
        key = entry["key"]
        if name == "order_stage" and key in ("shipped", "closed"):
            key = "done"
        words = [entry["key"], *entry["name"].values()]
        short = entry.get("short", "")
        words += short.values() if isinstance(short, dict) else [short]
        for word in words:
            if len(word) > 1:
                known.setdefault(fold(word), key)
    return known


@cache
def _lists() -> dict[str, Any]:
    with (paths.resources() / "content" / "lists.toml").open("rb") as stream:
        return tomllib.load(stream)


def key_of(name: str, word: str) -> str | None:
    """The key a word has in the list `name`; None when it stands there in no language."""
    return _known(name).get(fold(" ".join(word.split())))


@cache
def rungs() -> dict[str, str]:
    """The rung of the result ladder that each contact result stands on."""
    return {entry["key"]: entry["level"] for entry in _lists()["contact_result"]}
