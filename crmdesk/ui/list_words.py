"""The words of the closed lists as the window says them, and their icons. No Qt here."""

from __future__ import annotations

from crmdesk.domain.lists import Role
from crmdesk.ui.error_texts import N_

ROLES = {Role.OWNER: N_("owner"), Role.SUPERVISOR: N_("supervisor"), Role.MANAGER: N_("manager")}
CURRENCIES = ("RUB", "UAH", "KZT", "BYN", "EUR", "USD")
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Kyiv",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Kamchatka",
    "Asia/Almaty",
    "Europe/Minsk",
    "Europe/Berlin",
    "UTC",
)
COUNTRIES = {"RU": N_("Russia"), "UA": N_("Ukraine"), "KZ": N_("Kazakhstan"), "BY": N_("Belarus"), "DE": N_("Germany")}
USUAL = {  # country: currency, zone
    "RU": ("RUB", "Europe/Moscow"),
    "UA": ("UAH", "Europe/Kyiv"),
    "KZ": ("KZT", "Asia/Almaty"),
    "BY": ("BYN", "Europe/Minsk"),
    "DE": ("EUR", "Europe/Berlin"),
}
RECORD_ICONS = {  # kind of a record behind a figure: icon
    "order": "package",
    "visit": "map-pin",
    "call": "phone",
    "letter": "mail",
    "message": "message-square",
    "mailing": "send",
    "meeting": "users",
    "negotiation": "users",
    "event": "calendar-days",
    "contract": "file-text",
    "promise": "flag",
    "birthday": "cake",
    "task": "square-check-big",
    "other": "square-check-big",
    "complaint": "triangle-alert",
}


def record_icon(kind: str) -> str:
    """The icon of a record's kind; an unknown kind is a plain note."""
    return RECORD_ICONS.get(kind, "file")
