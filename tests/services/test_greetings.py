from __future__ import annotations

import pytest

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import FullName
from crmdesk.services.greetings import opening


@pytest.mark.parametrize(
    ("name", "gender", "lang", "line"),
    [
        (("Сидоров", "Пётр", "Иванович"), None, "ru", "Уважаемый Пётр Иванович!"),
        (("Ткач", "Марина", "Викторовна"), None, "ru", "Уважаемая Марина Викторовна!"),
        (("Ткач", "Женя", ""), None, "ru", "Здравствуйте, Женя!"),
        (("Ткач", "Женя", ""), Gender.FEMALE, "ru", "Уважаемая Женя!"),
        (("Іваненко", "Олена", "Петрівна"), None, "uk", "Шановна Олено Петрівно!"),
        (("Бондар", "Іван", ""), None, "uk", "Шановний пане Іване!"),
        (("Bondar", "John", ""), None, "en", "Dear John Bondar,"),
        (("Сидоров", "П.", "И."), None, "ru", ""),
        (("Сидоров", "", ""), None, "uk", ""),
        (("Smith", "", ""), None, "en", ""),
    ],
)
def test_that_a_letter_begins_as_the_name_allows(
    name: tuple[str, str, str], gender: Gender | None, lang: str, line: str
) -> None:
    assert opening(FullName(*name), gender, lang) == line
