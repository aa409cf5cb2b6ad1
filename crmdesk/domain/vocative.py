"""How somebody is called in Ukrainian: the vocative of given names and patronymics (Олена Петрівна: Олено Петрівно).

Source of the rules: Український правопис 2019, §§ 87–88. A name the rules do not reach comes back as it is.
"""

from __future__ import annotations

from crmdesk.domain.lists import Gender

_IRREGULAR = {  # the vowel of the last syllable changes, or usage has settled on a form of its own
    "федір": "Федоре",
    "сидір": "Сидоре",
    "антін": "Антоне",
    "прокіп": "Прокопе",
    "тиміш": "Тимоше",
    "олег": "Олегу",
    "ігор": "Ігорю",
    "лазар": "Лазарю",
    "любов": "Любове",
    "нінель": "Нінель",
    "ілля": "Ілле",
}
_VOWELS = "аеєиіїоуюя"
_HUSHING = "жчшщ"


def given_vocative(name: str, gender: Gender | None) -> str:
    """A given name; each part of a double one. `gender` decides about names that end in a consonant."""
    return "-".join(_one(part, gender) for part in name.split("-"))


def patronymic_vocative(name: str) -> str:
    """A patronymic: Петрович → Петровичу, Петрівна → Петрівно; оглы, кызы and others stay."""
    low = name.lower()
    if low.endswith(("ич", "іч")):
        return name + "у"
    if low.endswith("на"):
        return name[:-1] + "о"
    return name


def _one(name: str, gender: Gender | None) -> str:
    low = name.lower()
    if low in _IRREGULAR:
        found = _IRREGULAR[low]
        return found if name[:1].isupper() else found.lower()
    if len(low) < 3:
        return name
    last, before = low[-1], low[-2]
    if last == "а":
        return name[:-1] + ("е" if before in _HUSHING else "о")
    if last == "я":
        return name[:-1] + ("є" if before in _VOWELS or before in "'’ʼ" else "ю")  # Маріє, Дар'є, but Лесю, Наталю
    if gender is Gender.FEMALE:
        return name
    if last == "о":
        return name[:-1] + ("у" if before in "гкх" else "е")
    if last == "й":
        return name[:-1] + "ю"
    if last == "ь":
        return name[:-1] + "ю"
    if last in "гкх":
        return name + "у"
    if last in _VOWELS:
        return name
    return name + "е"
