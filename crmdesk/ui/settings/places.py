"""The pages of the settings by name: their titles and icons, for the list and for the palette. No Qt here."""

from __future__ import annotations

from crmdesk.ui.error_texts import N_

PAGES = {  # title (an English msgid), icon
    "here": (N_("This computer"), "settings"),
    "reminders": (N_("Reminders"), "bell"),
    "office": (N_("Office"), "building-2"),
    "users": (N_("People"), "users"),
    "factors": (N_("Figures of the sheet"), "file-text"),
    "norms": (N_("Norms and day plan"), "calendar-clock"),
    "backup": (N_("Copies"), "database-backup"),
}
