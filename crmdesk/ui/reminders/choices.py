"""How a person wants to be reminded, as this computer keeps it. No Qt here."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from crmdesk.domain.lists import TaskKind
from crmdesk.domain.reminders import DAY_MINUTES, LEADS, LONGEST_LEAD, Preferences
from crmdesk.system.settings import Settings

KEY = "reminders"
QUIET = "quiet_until"
TRAY = "tray"
TRAY_TOLD = "tray_told"
NUMBERS = {"morning": (0, DAY_MINUTES - 1), "most": (1, 50)}
HOURS = ("quiet_from", "quiet_to")


def preferences(settings: Settings) -> Preferences:
    """What was chosen; what is damaged or missing is as usual."""
    said = settings.get(KEY)
    found = Preferences()
    if not isinstance(said, dict):
        return found
    values: dict[str, Any] = {}
    for field in fields(Preferences):
        value = said.get(field.name)
        if isinstance(getattr(found, field.name), bool):
            if isinstance(value, bool):
                values[field.name] = value
        elif field.name in NUMBERS:
            low, high = NUMBERS[field.name]
            if isinstance(value, int) and low <= value <= high:
                values[field.name] = value
        elif field.name in HOURS and isinstance(value, int) and 0 <= value < DAY_MINUTES:
            values[field.name] = value
    leads = said.get("leads")
    if isinstance(leads, dict):
        known = {kind: leads.get(kind) for kind in TaskKind}
        chosen = {str(k): n for k, n in known.items() if isinstance(n, int) and 0 <= n <= LONGEST_LEAD}
        values["leads"] = {**LEADS, **chosen}
    return replace(found, **values)


def keep(settings: Settings, wanted: Preferences) -> None:
    """Keeps the choice on this computer."""
    settings.set(KEY, {**asdict(wanted), "leads": dict(wanted.leads)})


def quiet_until(settings: Settings) -> datetime | None:
    """The end of a wanted silence (aware); None when there is none."""
    try:
        found = datetime.fromisoformat(str(settings.get(QUIET)))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def keep_quiet(settings: Settings, until: datetime | None) -> None:
    """Keeps the silence over a restart."""
    settings.set(QUIET, until.isoformat() if until else None)
