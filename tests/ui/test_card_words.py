"""The card without a window: what is guessed from typed words, and what the lines of the timeline say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crmdesk.domain.lists import ContactKind, TaskKind
from crmdesk.domain.people import PersonRow
from crmdesk.domain.timeline import Changed, Entry, EntryKind, Place, Step, folded
from crmdesk.services import content
from crmdesk.system.i18n import words
from crmdesk.ui.card import composer_presenter as composing
from crmdesk.ui.card.composer_presenter import KINDS, Typed
from crmdesk.ui.card.timeline_lines import Line, change_words, lines
from crmdesk.ui.task.when import NEXT_STEPS

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 17, 9, tzinfo=UTC)
TKACH, SIDOROV = PersonRow(1, 7, "Ткач", "Марина"), PersonRow(2, 7, "Сидоров", "Пётр")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("звонила Ткач, этикетка подходит", ContactKind.CALL),
        ("Ткач перезвонила, ждём", ContactKind.CALL),
        ("подзвонили, чекаємо", ContactKind.CALL),
        ("заехал к ним на склад", ContactKind.VISIT),
        ("візит: показав зразки", ContactKind.VISIT),
        ("отправил КП", ContactKind.LETTER),
        ("встреча у директора", ContactKind.NEGOTIATION),
        ("заметка: переезжают", ContactKind.NOTE),
        ("met the buyer", ContactKind.NEGOTIATION),
        ("просто слова про визит", ContactKind.CALL),
        ("", ContactKind.CALL),
    ],
)
def test_that_the_first_words_say_what_it_was(text: str, kind: ContactKind) -> None:
    assert composing.kind_of(Typed(text)) == kind
    assert composing.kind_of(Typed(text, kind="visit")) == "visit"


def test_that_a_person_is_known_by_his_surname_in_any_case() -> None:
    people = (SIDOROV, TKACH)
    assert composing.person_of(Typed("говорил с Сидоровым"), people) == SIDOROV.id
    assert composing.person_of(Typed("звонила Ткач"), people) == TKACH.id
    assert composing.person_of(Typed("звонила Ткаченко"), (PersonRow(3, 7, "Ли", "Анна"),)) is None
    assert composing.person_of(Typed("звонила Ткач", person="2"), people) == SIDOROV.id
    assert composing.person_of(Typed("звонила Ткач", person="0"), people) is None


@pytest.mark.parametrize(
    ("text", "minutes"), [("звонок 4 мин", 4), ("4 хв", 4), ("талк 90min", 90), ("4000 мин", None)]
)
def test_that_the_text_says_how_long_it_took(text: str, minutes: int | None) -> None:
    assert composing.minutes_of(text) == minutes


def test_that_every_kind_has_results_from_the_best_to_none_and_a_note_has_not() -> None:
    ladder = ["maximum", "middle", "minimum", "none"]
    for kind in KINDS:
        levels = [entry.facts["level"] for entry in composing.results(kind)]
        assert levels == sorted(levels, key=ladder.index)
        assert bool(levels) is (kind is not ContactKind.NOTE)


def test_that_without_a_sale_it_asks_who_else_and_only_of_somebody_who_was_reached() -> None:
    for key, asked in (
        ("call_order", False), ("call_quote", False), ("call_referral", True), ("call_refused", True),
        ("call_not_reached", False), ("", False),
    ):  # fmt: skip
        assert composing.asks_who_else("call", key) is asked, key
    assert not composing.asks_who_else("note", "call_refused")
    assert {entry.facts["kind"] for entry in content.entries("contact_result").values()} >= {"call", "visit", "letter"}


@pytest.mark.parametrize(
    ("when", "typed", "day"),
    [
        ("tomorrow", "", date(2026, 11, 27)),
        ("days", "", date(2026, 11, 30)),  # the 29th is a Sunday
        ("week", "", date(2026, 12, 3)),
        ("month", "", date(2026, 12, 28)),  # the 26th is a Saturday
        ("date", "5.12", date(2026, 12, 5)),  # a date is meant as it is said
        ("date", "когда-нибудь", None),
        ("nothing", "", None),
        ("", "", None),
    ],
)
def test_that_the_next_step_has_the_day_that_was_chosen(when: str, typed: str, day: date | None) -> None:
    found = composing.next_step(Typed("а", when=when, day=typed, step_title=" макет "), "VVV", TODAY, words("ru"))
    assert (found.day if found else None) == day
    if found:
        assert (found.kind, found.title, found.promise) == (TaskKind.VISIT, "макет", False)


def test_that_what_is_missing_is_said_and_where() -> None:
    ru = words("ru")
    assert composing.wrong(Typed(), TODAY, ru)[0] == "text"
    assert composing.wrong(Typed(result="call_not_reached"), TODAY, ru)[0] == ""
    assert composing.wrong(Typed("а", when="date", day="?"), TODAY, ru)[0] == "day"
    assert composing.wrong(Typed("а", when="nothing"), TODAY, ru)[0] == "reason"
    assert composing.wrong(Typed("а", when="nothing", reason="закрылись"), TODAY, ru) == ("", "")


def test_that_a_draft_brings_back_all_that_stood_there() -> None:
    typed = Typed("звонил", "visit", "visit_order", "2", "date", "5.12", "call", "макет", True, "нет", "Рога и копыта")
    assert Typed.of(typed.kept()) == typed
    assert all(isinstance(value, str) for value in typed.kept().values())
    assert Typed.of({"text": "звонил", "of tomorrow": "x"}) == Typed("звонил")
    assert Typed().is_empty and not replace(Typed(), when="week").is_empty
    assert set(composing.WHEN_NAMES) == set(NEXT_STEPS)


def first_entry(found: Iterable[Line]) -> Line | None:
    """The first row that is an entry, not the head of a month."""
    return next((line for line in found if not line.head), None)


def said(entries: list[Entry], *, breach: bool = False, lang: str = "ru", opened: tuple[Place, ...] = ()) -> list[Line]:
    return lines(entries, words(lang), "RUB", TODAY, opened, breach=breach)


def call(day: int = 17, **values: object) -> Entry:
    usual: dict[str, object] = {"what": "call", "at": AT, "rung": "middle", "result": "call_quote", "words": "Просит"}
    return Entry(EntryKind.CALL, Place(date(2026, 11, day), 1, day), **{**usual, **values})  # type: ignore[arg-type]


def test_that_a_contact_says_all_that_is_known_of_it() -> None:
    step = Step("visit", "цветопроба", False, date(2026, 11, 26), 660, False)
    head, line = said([call(minutes=4, person="Сидоров Пётр Иванович", author="Иванова Анна", steps=(step,))])
    assert (head.head, head.title) == (True, "Ноябрь 2026")
    assert (line.title, line.who, line.right, line.age) == (
        "Звонок, 4 мин",
        "Сидоров\u00a0П.\u00a0И.",
        "Иванова",
        "9 дн.",
    )
    assert [chip[1] for chip in line.chips] == ["средний итог"] and line.note == "попросили расчёт"
    assert line.nexts == (("Дальше: визит 26.11 11:00, цветопроба", "primary"),)
    assert "Сидоров" in line.spoken and "цветопроба" in line.spoken


def test_that_what_was_noted_of_a_task_stands_under_its_words() -> None:
    noted = Entry(EntryKind.TASK, Place(TODAY, 1, 1), what="call", words="меню НГ", notes="взять образцы\n")
    line = lines([noted], words("ru"), "RUB", TODAY, (), breach=False)[-1]
    assert (line.text, line.notes) == ("меню НГ", "взять образцы")
    assert line.spoken.endswith("меню НГ, взять образцы")


def test_that_only_the_newest_contact_is_asked_what_follows() -> None:
    found = [line for line in said([call(17), call(16)], breach=True) if not line.head]
    assert [bool(line.nexts) for line in found] == [True, False]
    assert found[0].nexts[0][1] == "today"
    given = said([call(17, reason="закрылись")], breach=True)[1]
    assert given.nexts == (("Дальше ничего: закрылись", "muted"),)


@pytest.mark.parametrize(
    ("due", "done", "title", "token", "chip"),
    [
        (27, None, "Обещание", "prom", "до 27.11, завтра"),
        (23, None, "Обещание", "prom", "3 дня просрочки"),
        (20, 19, "Обещание выполнено в срок", "done", None),
        (18, 20, "Обещание выполнено с опозданием на 2 дня", "over", None),
    ],
)
def test_that_a_promise_says_what_became_of_it(
    due: int, done: int | None, title: str, token: str, chip: str | None
) -> None:
    done_day = date(2026, 11, done) if done else None
    entry = Entry(
        EntryKind.PROMISE, Place(done_day or date(2026, 11, 16), 1, 1), what="other", words="Смета",
        due_day=date(2026, 11, due), done_day=done_day,
    )  # fmt: skip
    line = first_entry(said([entry]))
    assert line is not None and (line.title, line.token) == (title, token)
    assert [one[1] for one in line.chips] == ([chip] if chip else [])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "3 изменения карточки: адрес, телефон, примечания"),
        ("uk", "3 зміни картки: адреса, телефон, примітки"),
        ("en", "3 changes of the card: address, phone, remarks"),
    ],
)
def test_that_a_days_changes_are_one_line_in_plain_words(lang: str, text: str) -> None:
    day = date(2026, 11, 12)
    changes = [
        Changed("client", "", "address", day, 1, 1, "Иванова Анна", "ул. Мира, 2", "ул. Мира, 4"),
        Changed("contact_point", "phone", "", day, 2, 2, "Иванова Анна"),
        Changed("client", "", "notes", day, 3, 3, "Иванова Анна", "", "в 9"),
    ]
    (entry,) = folded(changes)
    line = first_entry(said([entry], lang=lang))
    assert line is not None and line.fold and line.title == text and not line.text
    shown = first_entry(said([entry], lang=lang, opened=(entry.place,)))
    assert shown is not None and "ул. Мира, 2 → ул. Мира, 4" in shown.text and "— → в 9" in shown.text


def test_that_every_column_of_the_card_has_a_word_for_its_change() -> None:
    from crmdesk.data import tables
    from crmdesk.domain.timeline import UNSAID

    for table in (tables.Client, tables.Person):
        for column in table.__table__.columns:
            if column.name not in UNSAID and column.name != "archived_at":
                change = Changed(table.__tablename__, "", column.name, TODAY, 1, 1, "")
                assert change_words(change, words("ru")) != column.name, f"{table.__tablename__}.{column.name}"
