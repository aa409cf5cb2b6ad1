"""A manager's day on paper: nothing left out, a sign for each state, room to write."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest

from crmdesk.documents.day_page import MOST_LINES, DayPaper, write_pdf
from crmdesk.domain.day import Day, DayBirthday, DayTask, ImportantClient
from crmdesk.domain.quiet import QuietClient
from crmdesk.services import content
from crmdesk.system.i18n import LANGUAGES, words
from tests.documents.pages import page_texts
from tests.documents.pdf_parts import colours, contents, embedded_fonts, font_names, font_sizes
from tests.documents.sheets import PRINTED
from tests.domain.test_tasks import task

TODAY = date(2026, 11, 26)


def paper_of(day: Day, lang: str = "ru") -> bytes:
    kinds = {key: entry.name(lang) for key, entry in content.entries("task_kind").items()}
    target = io.BytesIO()
    wanted = DayPaper(day, "Иванова Анна Сергеевна", kinds, 10 * 60)
    pages = write_pdf(target, wanted, words=words(lang), printed=PRINTED)
    assert pages == len(page_texts(target.getvalue()))
    return target.getvalue()


def a_day(tasks: int = 3, notes: str = "") -> Day:
    usual = {"due_day": TODAY - timedelta(3), "notes": notes}
    late = [DayTask(task(id=n, client=f"Клиент {n}", title=f"дело {n}", promise=not n, **usual)) for n in range(tasks)]
    timed = DayTask(
        task(id=900, client="Пекарня", title="остаток", promise=False, due_day=TODAY, due_time=720,
             done_at=datetime(2026, 11, 26, 9, tzinfo=UTC), done_day=TODAY)
    )  # fmt: skip
    return Day(
        TODAY, 1, tuple(late), (timed,),
        birthdays=(DayBirthday(1, 1, "Фаянс", "Сидоров Пётр", TODAY, 40),),
        unplanned=(ImportantClient(2, "Днепр", "vip", "VVV", "steady", None, None, TODAY - timedelta(47), 24, None),),
        quiet=(QuietClient(3, "Ситец", "ivanova", 0.9, 60, 20, 1000_00),),
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_all_of_a_day_stands_on_one_page_in_each_language(lang: str) -> None:
    (text,) = page_texts(paper_of(a_day(), lang))
    for expected in ("Клиент 0", "дело 2", "Пекарня", "12:00", "Сидоров Пётр", "Днепр", "Ситец", "Иванова"):
        assert expected in text
    assert words(lang).gettext("Not done before") in text and words(lang).pgettext("day page", "Notes") in text
    assert "0f3c9a7e5b2d4816" in text


def test_that_a_broken_promise_and_a_done_task_have_their_signs() -> None:
    (text,) = page_texts(paper_of(a_day()))
    assert "!" in text.split("Клиент 0")[0].split("Не сделано раньше")[1] and "✓" in text


def test_that_a_long_day_takes_pages_and_loses_nothing() -> None:
    pages = page_texts(paper_of(a_day(150)))
    assert len(pages) > 2
    whole = "\n".join(pages)
    assert all(f"Клиент {n}\n" in whole or f"Клиент {n} " in whole for n in range(150))
    assert f"стр. {len(pages)} из {len(pages)}" in pages[-1] and "Заметки" in pages[-1]
    assert all("Заметки" not in page for page in pages[:-1])


def test_that_long_notes_are_wrapped_and_end_in_an_ellipsis() -> None:
    (text,) = page_texts(paper_of(a_day(1, notes="слово " * 200)))
    assert "…" in text and MOST_LINES <= text.count("слово слово") <= 10 * MOST_LINES


def test_that_the_page_is_black_only_and_its_fonts_are_in_the_file() -> None:
    pdf = paper_of(a_day(40))
    assert set().union(*map(colours, contents(pdf))) <= {b"0 g", b"1 g"}
    assert font_names(pdf) == embedded_fonts(pdf)
    assert min(size for one in contents(pdf) for _, size in font_sizes(one)) >= 6


def test_that_a_day_without_anything_is_a_page_to_write_on() -> None:
    (text,) = page_texts(paper_of(Day(TODAY, 1)))
    assert "Четверг, 26 ноября" in text and "Заметки" in text
