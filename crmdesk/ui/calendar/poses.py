"""The states of the calendar that pictures are taken of: each is led to as a person would."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crmdesk.domain.calendar import Entry, Span
from crmdesk.ui.calendar.state import Carried, carried_of

if TYPE_CHECKING:
    from crmdesk.ui.calendar.screen import CalendarScreen

SPANS = {"day": Span.DAY, "work": Span.WORK, "month": Span.MONTH, "agenda": Span.AGENDA}
FREE_HOURS = range(9 * 60, 17 * 60, 30)


def pose(screen: CalendarScreen, name: str) -> None:
    """Leads the screen into a state."""
    presenter = screen.presenter
    if name in SPANS:
        presenter.show(span=SPANS[name])
    elif name == "spread":
        presenter.plan_late()
    elif name == "overload":
        _carry(screen, longer=True)
    elif name == "drag":
        _carry(screen, longer=False)
    else:
        entry = _coming(screen)
        if entry is None:
            return
        presenter.select(entry.key)
        if name == "next":
            screen.done(entry)
        else:
            screen.show_beside(entry, screen.pane.rect_of(entry))


def _coming(screen: CalendarScreen) -> Entry | None:
    """The last thing with a time that is still to be done in what is shown."""
    state = screen.presenter.state
    found = [
        entry
        for day, entries in sorted(state.by_day.items())
        for entry in entries
        if entry.movable and entry.time is not None and day >= state.today
    ]
    return found[-1] if found else None


def _carry(screen: CalendarScreen, *, longer: bool) -> None:
    """Something on its way to the next day: into its first free hours, or so long that the day is too full."""
    presenter = screen.presenter
    state, entry = presenter.state, _coming(screen)
    if entry is None:
        return
    day = state.today + timedelta(1)
    day = day if day in state.days else state.today
    carried: Carried = carried_of(entry)
    taken = [one for one in state.by_day.get(day, ()) if one.time is not None and one.key != entry.key]
    minutes = carried.minutes if not longer else max(carried.minutes, state.norm - state.loads.get(day, 0) + 90)
    free = next(
        (
            time
            for time in FREE_HOURS
            if all(time + minutes <= (one.time or 0) or (one.time or 0) + one.minutes <= time for one in taken)
        ),
        FREE_HOURS.start,
    )
    presenter.select(entry.key)
    presenter.pick_up(carried, day, free)
    if longer:
        presenter.stretch(end=free + minutes)
