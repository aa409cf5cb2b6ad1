"""The calendar on paper: a week or a month of one manager or of everybody, journalled when it leaves the office."""

from __future__ import annotations

import io
import json
from datetime import date

from crmdesk.domain.calendar import Span, days_of
from crmdesk.services import calendar, papers, users
from crmdesk.services.office import Desk
from crmdesk.system.i18n import words
from crmdesk.system.jobs import NO_JOB, Job


def pdf(
    desk: Desk, span: Span, day: date, manager: int | None, *, lang: str, printed: bool = False, job: Job = NO_JOB
) -> bytes:
    """The month of a day, or (any other span) its week, as a PDF; `manager` None: of everybody.

    `printed`: it leaves the office, and gets its line in the print journal.
    """
    from crmdesk.documents.calendar_pages import CalendarPaper, write_pdf  # ReportLab: not before it is needed

    span = span if span is Span.MONTH else Span.WEEK
    page = calendar.page(desk, days_of(span, day), None if manager is None else [manager])
    job.check()
    names = {user.id: user.name for user in users.list_users(desk)}
    whose = desk.office.name if manager is None else names.get(manager, "")
    surnames = {user_id: name.split(" ")[0] for user_id, name in names.items()} if manager is None else {}
    content = json.dumps([span, day.isoformat(), page.entries], ensure_ascii=False, default=str).encode()
    stamp = papers.stamp(
        desk, content, what=f"calendar {span} {day.isoformat()}", count=len(page.entries), logged=printed
    )
    target = io.BytesIO()
    wanted = CalendarPaper(page, span, day, desk.clock.today(), whose, surnames)
    write_pdf(target, wanted, words=words(lang), printed=stamp, job=job)
    return target.getvalue()
