"""How a letter to somebody begins, in the words of the office's own templates (resources/content/greetings.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import FullName, gender_of
from crmdesk.domain.vocative import given_vocative, patronymic_vocative
from crmdesk.services import content

TEMPLATE = "birthday_formal"
_LETTER = {Gender.MALE: "m", Gender.FEMALE: "f"}
_PLEASE = {Gender.MALE: "пане", Gender.FEMALE: "пані"}


def opening(name: FullName, gender: Gender | None, lang: str) -> str:
    """The first line of a formal letter: «Уважаемый Пётр Иванович!»; "" when the name does not allow one.

    Without a gender given, the one the name speaks of; neutral words when it speaks of none, never a guess.
    """
    who = gender or gender_of(name)
    values = _values(name, who, lang)
    if values is None:
        return ""
    variants = {variant["gender"]: variant["body"] for variant in _template()["variant"] if variant["lang"] == lang}
    body: str = variants.get(_LETTER[who], variants.get("n", "")) if who else variants.get("n", "")
    return body.partition("\n")[0].format_map(values)


def _values(name: FullName, gender: Gender | None, lang: str) -> Mapping[str, str] | None:
    given, patronymic = name.given.strip(), name.patronymic.strip()
    if lang == "en":
        return {"salutation": " ".join(filter(None, (given, name.surname.strip())))} if given else None
    if len(given.rstrip(".")) < 2:  # an initial is nothing to be called by
        return None
    if lang == "uk":
        called = given_vocative(given, gender)
        if patronymic:
            return {"vocative": f"{called} {patronymic_vocative(patronymic)}"}
        return {"vocative": f"{_PLEASE[gender]} {called}" if gender else called}
    return {"name_patronymic": f"{given} {patronymic}".strip()}


def _template() -> Mapping[str, Any]:
    return next(table for table in content.file("greetings")["template"] if table["key"] == TEMPLATE)
