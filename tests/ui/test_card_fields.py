from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.lists import Role
from crmdesk.domain.names import Birthday
from crmdesk.domain.people import ContactRow, PersonRow
from crmdesk.domain.users import User
from crmdesk.system.i18n import words
from crmdesk.ui.card import client_fields as fields
from crmdesk.ui.card import order_form
from crmdesk.ui.card.client_fields import Ground, Refused
from crmdesk.ui.card.new_client import read_new
from crmdesk.ui.card.order_form import TypedLine
from crmdesk.ui.card.person_edit import NAMES, birthday_text, read_person
from crmdesk.ui.card.side_people import birthday_words

RU = words("ru")
ME = User(1, "ivanova", "Иванова Анна Сергеевна", Role.MANAGER)
BOSS = User(2, "boss", "Орлова Вера Павловна", Role.OWNER)
GROUND = Ground(RU, "RU", "RUB", ME, (ME, BOSS))
FORM = ClientForm(5, "Ромашка", city="Тула")


def refused(line: str, **typed: str) -> dict[str, str]:
    with pytest.raises(Refused) as found:
        fields.read(line, typed, FORM, GROUND, {})
    return dict(found.value.errors)


def test_that_a_short_tax_number_is_refused_with_the_figure() -> None:
    assert refused("tax_number", tax_number="770123456") == {"tax_number": "ИНН: нужно 10 или 12 цифр, сейчас 9."}
    assert fields.read("tax_number", {"tax_number": "7701 234567"}, FORM, GROUND, {}) == {"tax_number": "7701234567"}


def test_that_an_old_wrong_tax_number_does_not_stand_in_the_way() -> None:
    old = replace(FORM, tax_number="123")
    assert fields.read("tax_number", {"tax_number": "123"}, old, GROUND, {}) == {"tax_number": "123"}
    assert fields.doubt("tax_number", old, GROUND) == "контрольная цифра не сходится"


@pytest.mark.parametrize(
    ("line", "typed", "field"),
    [
        ("name", {"name": "  "}, "name"),
        ("name", {"name": "ж" * 501}, "name"),
        ("since", {"since": "31.02.2026"}, "since"),
        ("since", {"since": "вчера ночью"}, "since"),
        ("goal", {"goal_kind": "skus", "goal_value": ""}, "goal_value"),
        ("goal", {"goal_kind": "skus", "goal_value": "много"}, "goal_value"),
        (
            "action",
            {"action_segment": "VVV", "visits_norm": "400", "calls_norm": "", "mailings_norm": ""},
            "visits_norm",
        ),
        ("referrer", {"referrer_id": "Кто-то"}, "referrer_id"),
        ("place", {"city": "Т" * 121, "address": ""}, "city"),
    ],
)
def test_that_what_cannot_be_stored_is_said_beside_its_field(line: str, typed: dict[str, str], field: str) -> None:
    assert set(refused(line, **typed)) == {field}


@pytest.mark.parametrize(
    ("line", "typed", "meant"),
    [
        ("goal", {"goal_kind": "turnover", "goal_value": "150 000"}, {"goal_kind": "turnover", "goal_value": 15000000}),
        ("goal", {"goal_kind": "", "goal_value": "5"}, {"goal_kind": None, "goal_value": None}),
        ("since", {"since": "3.2.2019"}, {"since": date(2019, 2, 3)}),
        ("since", {"since": ""}, {"since": None}),
        ("lost", {"lost_on": "", "lost_reason": "price"}, {"lost_on": None, "lost_reason": "price"}),
        ("tracked", {"tracked": "1"}, {"tracked": True}),
        ("referrer", {"referrer_id": "Лютик"}, {"referrer_id": 9}),
    ],
)
def test_that_typed_text_becomes_fields(line: str, typed: dict[str, str], meant: dict[str, object]) -> None:
    assert fields.read(line, typed, FORM, GROUND, {"Лютик": 9}) == meant


def test_that_every_line_can_be_typed_as_it_is_shown() -> None:
    full = replace(
        FORM, goal_kind="turnover", goal_value=100_00, since=date(2019, 2, 3), lost_on=date(2026, 1, 1),
        lost_reason="своя причина", industry="retail", channel="site", manager_id=1, tracked=True, visits_norm=2,
        referrer_id=9, tax_number="7701234567", code="00-1", notes="раз\nдва", address="Мира, 4",
    )  # fmt: skip
    ground = replace(GROUND, referrer="Лютик")
    for line in fields.LINES:
        typed = {one.field: one.text for one in fields.inputs(line, full, ground)}
        changes = fields.read(line, typed, full, ground, {})
        assert replace(full, **changes) == full, line
        assert fields.value(line, full, ground), line


def test_that_only_those_who_lead_others_hand_clients_over() -> None:
    assert not fields.may_edit("manager", GROUND)
    assert fields.may_edit("manager", replace(GROUND, me=BOSS))
    assert fields.may_edit("city", GROUND)


# people -----------------------------------------------------------------------------------------------
PERSON = PersonRow(7, 5, "Сидоров", "Пётр", birthday=Birthday(29, 2), contacts=(ContactRow(1, 7, "phone", "123", ""),))


def typed_person(**changes: str) -> tuple[PersonRow, dict[str, str]]:
    texts = {part: getattr(PERSON, part) for part in NAMES}
    rest = {"gender": "", "birthday": "", "profession": "", "role": "", "phones": "", "emails": "", "notes": ""}
    return read_person({**texts, **rest, **changes}, PERSON, RU, "RU")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("29.02", Birthday(29, 2)),
        ("29.02.1980", Birthday(29, 2, 1980)),
        ("3.2.81", Birthday(3, 2, 1981)),
        ("", None),
    ],
)
def test_that_a_birthday_is_read_with_or_without_its_year(text: str, meant: Birthday | None) -> None:
    found, errors = typed_person(birthday=text)
    assert (found.birthday, errors) == (meant, {})
    if meant is not None:
        assert read_person_again(birthday_text(found)) == meant


def read_person_again(text: str) -> Birthday | None:
    return typed_person(birthday=text)[0].birthday


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"birthday": "31.02"}, "birthday", "Такого дня нет: 31.02"),
        ({"birthday": "29.02.1981"}, "birthday", "Такого дня нет: 29.02.1981"),
        ({"birthday": "весной"}, "birthday", "Это не день: весной"),
        ({"emails": "p@sidorov"}, "emails", "Это не адрес почты: p@sidorov"),
        ({"phones": "8 916 55"}, "phones", "в нём 6 цифр"),
        ({"surname": "", "given_name": ""}, "surname", ""),
        ({"surname": "Ж" * 121}, "surname", "121"),
    ],
)
def test_that_a_wrong_detail_of_a_person_is_said_in_words(changes: dict[str, str], field: str, said: str) -> None:
    _, errors = typed_person(**changes)
    assert list(errors) == [field] and said in errors[field]


def test_that_an_old_phone_nobody_can_read_does_not_stand_in_the_way() -> None:
    assert typed_person(phones="123")[1] == {}


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 2, 28), "сегодня"),
        (date(2026, 2, 27), "завтра"),
        (date(2026, 2, 23), "через 5 дней"),
        (date(2026, 2, 1), ""),
        (date(2028, 2, 28), "завтра"),
    ],
)
def test_that_a_birthday_of_29_february_is_spoken_of_in_time(today: date, said: str) -> None:
    assert birthday_words(Birthday(29, 2), today, RU) == said


def test_that_a_birthday_early_in_january_is_near_in_december() -> None:
    assert birthday_words(Birthday(2, 1), date(2026, 12, 31), RU) == "через 2 дня"


# orders and new clients ---------------------------------------------------------------------------------
def test_that_lines_of_an_order_are_computed_not_typed() -> None:
    lines, errors = order_form.read_lines(
        [TypedLine("Листовки А5", "20 000", "1,505"), TypedLine("", "", ""), TypedLine("Стикеры", "", "100")], RU
    )
    assert errors == {}
    assert [(one.line, one.quantity, one.amount) for one in lines] == [(1, 20_000_000, 30_200_00), (2, 1000, 100_00)]


@pytest.mark.parametrize(
    "line",
    [
        TypedLine("Листовки", "много", "1"),
        TypedLine("Листовки", "1", ""),
        TypedLine("", "1", "1"),
        TypedLine("", "", ""),
    ],
)
def test_that_half_a_line_is_no_order(line: TypedLine) -> None:
    lines, errors = order_form.read_lines([line], RU)
    assert lines == () and list(errors) == [0]


def new(**changes: str) -> dict[str, str]:
    texts = {"name": "Ромашка", "tax_number": "", "person": "", "phone": "", "manager": "1", "segment": "CCC"}
    return {**texts, **changes}


def test_that_a_new_client_brings_his_first_person() -> None:
    found, errors = read_new(new(person="Пётр Иванович Сидоров", phone="8 916 555-01-02"), FORM, RU, "RU")
    assert errors == {} and found.person is not None
    assert (found.person.surname, found.person.given_name, found.person.client_id) == ("Сидоров", "Пётр", FORM.id)
    assert (found.form.manager_id, found.form.action_segment, found.phone) == (1, "CCC", "8 916 555-01-02")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "ж" * 501}, "name"),
        ({"tax_number": "77"}, "tax_number"),
        ({"phone": "8 916"}, "phone"),
        ({"phone": "8 916 555-01-02"}, "person"),
    ],
)
def test_that_a_new_client_is_refused_beside_the_field(changes: dict[str, str], field: str) -> None:
    assert field in read_new(new(**changes), FORM, RU, "RU")[1]
