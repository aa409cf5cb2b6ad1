from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import (
    Birthday,
    FullName,
    checked_birthday,
    gender_of,
    greeted_on,
    short_name,
    split_name,
    swapped,
)
from crmdesk.system.errors import UserError


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Сидоров Иван Петрович", ("Сидоров", "Иван", "Петрович")),
        ("Иван Петрович Сидоров", ("Сидоров", "Иван", "Петрович")),
        ("Сидоров Петр Абрамович", ("Сидоров", "Петр", "Абрамович")),
        ("Абрамович Роман Аркадьевич", ("Абрамович", "Роман", "Аркадьевич")),
        ("Іваненко Олена Петрівна", ("Іваненко", "Олена", "Петрівна")),
        ("Мар'яненко Л. І.", ("Мар'яненко", "Л.", "І.")),
        ("И.И. Иванов", ("Иванов", "И.", "И.")),
        ("Иванов И.И.", ("Иванов", "И.", "И.")),
        ("Иван Петров", ("Петров", "Иван", "")),
        ("Петров Иван", ("Петров", "Иван", "")),
        ("Ёлкина Любовь", ("Ёлкина", "Любовь", "")),
        ("Анна Петровна", ("", "Анна", "Петровна")),
        ("Алиев Гасан Мамед оглы", ("Алиев", "Гасан", "Мамед оглы")),
        ("Smith, John", ("Smith", "John", "")),
        ("Олена", ("", "Олена", "")),
        ("Кравець", ("Кравець", "", "")),
        ("Мар'яненко Лев Ілліч", ("Мар'яненко", "Лев", "Ілліч")),
        ("О’Коннор-Сидорова Анна-Мария", ("О’Коннор-Сидорова", "Анна-Мария", "")),
        ("", ("", "", "")),
    ],
)
def test_that_a_line_is_split_into_the_parts_of_a_name(line: str, expected: tuple[str, str, str]) -> None:
    assert split_name(line) == FullName(*expected)


@given(st.text(max_size=60))
def test_that_splitting_loses_no_letter(line: str) -> None:
    name = split_name(line)
    kept = sorted(c for part in (name.surname, name.given, name.patronymic) for c in part if not c.isspace())
    assert kept in (
        sorted(c for c in line if not c.isspace()),
        sorted(c for c in line.replace(",", "", 1) if not c.isspace()),
    )


@pytest.mark.parametrize(
    "day", [(31, 2, None), (30, 2, 2000), (29, 2, 1981), (31, 4, None), (0, 1, None), (1, 13, 1990)]
)
def test_that_an_impossible_birthday_is_refused_by_name(day: tuple[int, int, int | None]) -> None:
    with pytest.raises(UserError) as refused:
        checked_birthday(*day)
    assert refused.value.key == "no_such_day"
    assert refused.value.values["day"] == day[0]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.booleans())
def test_that_every_day_of_the_calendar_may_be_a_birthday(day: date, year_known: bool) -> None:
    assert checked_birthday(day.day, day.month, day.year if year_known else None).day == day.day


@given(st.dates(date(2000, 1, 1), date(2004, 12, 31)), st.integers(2020, 2060))
def test_that_everybody_is_greeted_once_a_year_on_his_day_or_on_28_february(born: date, year: int) -> None:
    greeted = greeted_on(Birthday(born.day, born.month), year)
    assert greeted.year == year
    if (born.month, born.day) == (2, 29):
        assert greeted == date(year, 3, 1) - timedelta(days=1)
    else:
        assert (greeted.month, greeted.day) == (born.month, born.day)


def test_that_a_name_is_signed_with_initials() -> None:
    assert short_name("Ковалёва Анна Сергеевна") == "Ковалёва\u00a0А.\u00a0С."
    assert short_name("Анна Сергеевна Ковалёва") == "Ковалёва\u00a0А.\u00a0С."
    assert short_name("Shevchenko Oleh") == "Shevchenko\u00a0O."
    assert short_name("Склад") == "Склад"
    assert short_name("") == ""


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        (("Сидоров", "Пётр", "Иванович"), Gender.MALE),
        (("Ткач", "Марина", "Викторовна"), Gender.FEMALE),
        (("Ткач", "Саша", "Львовна"), Gender.FEMALE),
        (("Кравець", "Микита", ""), Gender.MALE),
        (("Ёлкина", "Любовь", ""), Gender.FEMALE),
        (("", "Ілля", ""), Gender.MALE),
        (("Соколовська", "", ""), Gender.FEMALE),
        (("Соколовський", "Ж.", "П."), Gender.MALE),
        (("Алиева", "Лейла", "Мамед кызы"), Gender.FEMALE),
        (("Ткач", "Женя", ""), None),
        (("", "Smith", ""), None),
        (("", "", ""), None),
    ],
)
def test_that_a_gender_is_read_from_a_name_or_not_guessed(name: tuple[str, str, str], gender: Gender | None) -> None:
    assert gender_of(FullName(*name)) is gender


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("Петрович", "Иванов", ""), ("Иванов", "", "Петрович")),
        (("Пётр", "Сидоров", "Иванович"), ("Сидоров", "Пётр", "Иванович")),
        (("Иванович", "Пётр", "Сидоров"), ("Сидоров", "Пётр", "Иванович")),
        (("Олена", "Петрівна", "Іваненко"), ("Іваненко", "Олена", "Петрівна")),
    ],
)
def test_that_swapped_fields_are_seen(typed: tuple[str, str, str], meant: tuple[str, str, str]) -> None:
    assert swapped(FullName(*typed)) == FullName(*meant)


@pytest.mark.parametrize(
    "name",
    [
        ("Сидоров", "Пётр", "Иванович"),
        ("Абрамович", "Роман", ""),
        ("Абрамович", "Роман", "Аркадьевич"),
        ("Ткач", "Марина", "Викторовна"),
        ("Алиев", "Гасан", "Мамед оглы"),
        ("Smith", "John", ""),
        ("", "Анна", "Петровна"),
        ("Кравець", "", ""),
        ("О’Коннор-Сидорова", "Анна-Мария", ""),
        ("Гай", "Юлий", ""),
    ],
)
def test_that_a_name_in_order_is_left_alone(name: tuple[str, str, str]) -> None:
    assert swapped(FullName(*name)) is None


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_that_a_swap_loses_no_word(surname: str, given: str, patronymic: str) -> None:
    found = swapped(FullName(surname, given, patronymic))
    if found is not None:
        kept = sorted((found.surname, found.given, found.patronymic))
        assert kept == sorted((surname, given, patronymic))
        assert swapped(found) is None
