from __future__ import annotations

import pytest

from crmdesk.domain.lists import Gender
from crmdesk.domain.vocative import given_vocative, patronymic_vocative

HE, SHE = Gender.MALE, Gender.FEMALE


@pytest.mark.parametrize(
    ("name", "gender", "called"),
    [
        ("Олена", SHE, "Олено"),
        ("Ганна", SHE, "Ганно"),
        ("Марія", SHE, "Маріє"),
        ("Дар'я", SHE, "Дар'є"),
        ("Леся", SHE, "Лесю"),
        ("Наталя", SHE, "Наталю"),
        ("Любов", SHE, "Любове"),
        ("Анна-Марія", SHE, "Анно-Маріє"),
        ("Адель", SHE, "Адель"),
        ("Іван", HE, "Іване"),
        ("Петро", HE, "Петре"),
        ("Михайло", HE, "Михайле"),
        ("Марко", HE, "Марку"),
        ("Андрій", HE, "Андрію"),
        ("Василь", HE, "Василю"),
        ("Ігор", HE, "Ігорю"),
        ("Олег", HE, "Олегу"),
        ("Микола", HE, "Миколо"),
        ("Ілля", HE, "Ілле"),
        ("Федір", HE, "Федоре"),
        ("Лев", HE, "Леве"),
        ("І.", HE, "І."),
        ("", None, ""),
    ],
)
def test_that_a_given_name_is_called(name: str, gender: Gender | None, called: str) -> None:
    assert given_vocative(name, gender) == called


@pytest.mark.parametrize(
    ("name", "called"),
    [("Петрович", "Петровичу"), ("Петрівна", "Петрівно"), ("Ілліч", "Іллічу"), ("Мамед оглы", "Мамед оглы")],
)
def test_that_a_patronymic_is_called(name: str, called: str) -> None:
    assert patronymic_vocative(name) == called
