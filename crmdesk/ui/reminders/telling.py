"""How a reminder reads: its icon, its time, what it is about, how far away it is. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from crmdesk.domain.reminders import Kind, Occasion
from crmdesk.system.i18n import NBSP, Words
from crmdesk.ui.list_words import record_icon

HOUR, DAY_HOURS = 60, 24


@dataclass(frozen=True)
class Line:
    """One reminder as the window paints it; `token` colours the icon and the words at the right."""

    icon: str
    time: str
    name: str
    matter: str
    when: str
    token: str = "muted"

    @property
    def spoken(self) -> str:
        """All of it, for those who cannot see."""
        return ", ".join(part for part in (self.time, self.name, self.matter, self.when) if part)


def line(one: Occasion, now: datetime, zone: tzinfo, words: Words) -> Line:
    """The reminder in the language of the window, as of now."""
    time = words.time(one.due.astimezone(zone).time()) if one.due is not None else ""
    when = _when(one, now, zone, words)
    if one.kind is Kind.LATE:
        return Line("hourglass", "", words.gettext("Not done before"), "", when, "today")
    if one.kind is Kind.BIRTHDAY:
        return Line("cake", "", one.client, words.gettext("Birthday: {name}", name=one.title), when)
    if one.kind is Kind.OWED:
        return Line("circle-alert", time, one.client or one.title, one.title if one.client else "", when, "over")
    icon = "flag" if one.promise else record_icon(one.task_kind)
    name, matter = (one.client, one.title) if one.client else (one.title, "")
    return Line(icon, time, name, matter, when, "prom" if one.promise else "muted")


def _when(one: Occasion, now: datetime, zone: tzinfo, words: Words) -> str:
    today = now.astimezone(zone).date()
    if one.kind is Kind.LATE:
        return words.ngettext("{n} task", "{n} tasks", one.tasks)
    if one.kind is Kind.OWED:
        return words.ngettext("late by {n} day", "late by {n} days", (today - one.day).days)
    if one.kind is Kind.EVE:
        ahead = (one.day - today).days
        day = words.gettext("tomorrow") if ahead == 1 else _weekday(one, words)
        return words.gettext("promised: {day}", day=day)
    if one.kind is Kind.TIME and one.due is not None:
        minutes = round((one.due - now).total_seconds() / 60)
        if abs(minutes) < HOUR * DAY_HOURS:
            return _distance(minutes, words)
    days = (today - one.day).days
    if days == 0:
        return words.gettext("promised today") if one.promise else words.gettext("today")
    return words.gettext("yesterday") if days == 1 else _weekday(one, words)


def _weekday(one: Occasion, words: Words) -> str:
    return f"{words.weekday_short(one.day.weekday())}{NBSP}{words.short_day(one.day)}"


def _distance(minutes: int, words: Words) -> str:
    if minutes == 0:
        return words.gettext("now")
    hours, rest = divmod(abs(minutes), HOUR)
    if hours:
        length = (
            words.gettext("{hours} h {minutes} min", hours=hours, minutes=rest)
            if rest
            else words.gettext("{hours} h", hours=hours)
        )
    else:
        length = words.gettext("{minutes} min", minutes=rest)
    return words.gettext("in {length}", length=length) if minutes > 0 else words.gettext("{length} ago", length=length)
