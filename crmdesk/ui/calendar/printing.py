"""The calendar on paper: the month, the week or the day that is shown."""

from __future__ import annotations

from crmdesk.domain import calendar
from crmdesk.domain.calendar import Span
from crmdesk.system.i18n import Words
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.office import OfficeCalendar
from crmdesk.ui.calendar.state import CalendarState
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.printing import PaperDialog, print_paper


def print_calendar(kit: Kit, host: Host, office: OfficeCalendar, state: CalendarState) -> PaperDialog:
    """The preview of what is shown, with the ways out."""
    span, day, whose, lang = paper_span(state), state.day, state.whose, kit.words.lang
    return print_paper(
        kit,
        host,
        paper_name(kit.words, state),
        lambda job, printed: office.pdf(span, day, whose, lang, job, printed=printed),
    )


def paper_span(state: CalendarState) -> Span:
    """What is printed: a month as a month, one manager's day as a day; everything else is a week."""
    if state.span is Span.MONTH or (state.span is Span.DAY and state.whose is not None):
        return state.span
    return Span.WEEK


def paper_name(words: Words, state: CalendarState) -> str:
    """The paper's name, and its file's: «Календарь, ноябрь 2026, Иванова»."""
    span = paper_span(state)
    what = say.title(words, span, state.day, calendar.days_of(span, state.day))
    whose = next((user.name.split(" ")[0] for user in state.people if user.id == state.whose), "")
    return ", ".join(part for part in (words.gettext("Calendar"), what, whose) if part)
