"""The calendar on paper from an office: whose days, and the line of the print journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from crmdesk.data import tables
from crmdesk.domain.calendar import Span
from crmdesk.services import calendar_pages, clients, tasks, users
from crmdesk.services.office import Desk
from tests.documents.pages import page_texts

DAY = date(2026, 11, 5)


@pytest.mark.parametrize(("span", "title"), [(Span.MONTH, "Ноябрь 2026"), (Span.WEEK, "неделя 45")])
def test_that_the_paper_shows_a_managers_days_and_is_journalled_when_printed(
    office: Desk, span: Span, title: str
) -> None:
    who = users.find(office, "ivanova")
    form = clients.save(office, replace(clients.new_form(office), name="ООО «Ромашка»"))
    tasks.add(office, form.id, "visit", DAY, "макет", time=600, manager_id=who.id)
    tasks.add(office, form.id, "call", DAY, "чужое", time=900)
    (preview,) = page_texts(calendar_pages.pdf(office, span, DAY, who.id, lang="ru"))
    assert title in preview and "Ромашка" in preview and "макет" in preview and "чужое" not in preview
    assert "Иванова Анна Сергеевна" in preview and "в журнале печати нет" in preview
    (printed,) = page_texts(calendar_pages.pdf(office, span, DAY, None, lang="ru", printed=True))
    assert "чужое" in printed and "Проба" in printed
    with office.store.read() as connection:
        lines = connection.execute(select(tables.AccessLog.kind, tables.AccessLog.what, tables.AccessLog.rows)).all()
    ((kind, what, rows),) = lines
    assert (kind, rows) == ("print", 2)
    assert what.startswith(f"calendar {span} 2026-11-05 ") and what.split(" ")[-1] in printed
