"""Names of people, and their birthdays: a line split into its parts, impossible days refused by name."""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crmdesk.domain.lists import Gender
from crmdesk.domain.text import fold
from crmdesk.system.errors import UserError

# Endings are compared folded: ї reads і, ґ reads г (domain.text.fold).
_PATRONYMIC = re.compile(
    r"(?:ович|евич|євич|івич|ьич|лліч|льіч|оглы|кызы|огли|кизи|овна|евна|євна|івна|ична|інічна|инична)$"
)
_SURNAME = re.compile(
    r"(?:[оеєі]в|[оеє]ва|ёв|[ыи]н|ський|ська|цький|цька|ский|ская|цкий|цкая|енко|нко|чко|йко|ко|чук|щук|юк|ук|ець|ян|"
    r"швили|дзе|швілі|ак|як|ых|их|іна)$"
)
_INITIAL = re.compile(r"^\w\.?$")
_INITIALS = re.compile(r"(?<=\b\w\.)(?=\w\.)")
_GIVEN = frozenset(
    fold(
        "александр александра алексей алена алина алла анастасия анатолий андрей анжела анна антон антонина аркадий "
        "артем богдан борис вадим валентин валентина валерий валерия василий вера вероника виктор виктория виталий "
        "владимир владислав владислава вячеслав галина геннадий георгий глеб григорий дарья денис диана дмитрий "
        "евгений евгения егор екатерина елена елизавета жанна зинаида зоя иван игорь илья инна ирина карина кирилл "
        "константин кристина ксения лариса лев леонид лидия лилия любовь людмила маргарита марина мария максим "
        "марк матвей михаил надежда наталия наталья никита николай нина оксана олег олеся ольга павел петр полина "
        "раиса регина роман руслан светлана семен сергей софия станислав степан тамара тарас татьяна тимофей тимур "
        "федор эдуард элла эльвира эмма юлия юрий яна ярослав ярослава "
        "олександр олександра олексій олена андрій анатолій василь вікторія віктор віталій володимир в'ячеслав "
        "галина ганна геннадій григорій дар'я дмитро євген євгенія ірина іван ігор інна катерина кирило костянтин "
        "леся лев леонід любов людмила максим марія микита микола михайло надія наталія ніна оксана олег олесь ольга "
        "павло петро раїса роман світлана сергій софія соломія станіслав степан тетяна федір юлія юрій ярослав"
    ).split()
)


@dataclass(frozen=True, slots=True)
class FullName:
    """The parts of a name; any may be empty."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of birth; the year may be unknown."""

    day: int
    month: int
    year: int | None = None


def split_name(line: str) -> FullName:
    """The parts of a name written in one line, in any usual order: Сидоров Иван Петрович, Иван Петрович Сидоров,
    Иванов И. П., И. П. Иванов, Петров Иван, Иван Петров, Анна Петровна. Unknown words read surname first."""
    surname_first, comma, rest = line.partition(",")
    if comma and rest.strip():
        given, _, patronymic = " ".join(rest.split()).partition(" ")
        return FullName(" ".join(surname_first.split()), given, patronymic)
    words = _INITIALS.sub(" ", line.strip()).split()
    if len(words) > 3 and _PATRONYMIC.search(fold(words[-1])):
        words = [*words[:-2], " ".join(words[-2:])]  # Алиев Гасан Мамед оглы
    if len(words) > 3:
        return FullName(words[0], words[1], " ".join(words[2:]))
    if len(words) == 3:
        return _of_three(words[0], words[1], words[2])
    if len(words) == 2:
        return _of_two(words[0], words[1])
    only = words[0] if words else ""
    return FullName(given=only) if fold(only) in _GIVEN else FullName(surname=only)


def short_name(line: str) -> str:
    """A name as it is signed: Ковалёва А. С.; what has no surname and given name stays as it is."""
    name = split_name(line)
    if not name.surname or not name.given:
        return line
    initials = [f"{part[0]}." for part in (name.given, name.patronymic) if part]
    return "\u00a0".join([name.surname, *initials])


def _of_three(first: str, second: str, third: str) -> FullName:
    if _INITIAL.match(first) and _INITIAL.match(second):
        return FullName(third, first, second)
    ends_in_patronymic = _PATRONYMIC.search(fold(third)) or _INITIAL.match(third)
    if _PATRONYMIC.search(fold(second)) and (not ends_in_patronymic or fold(first) in _GIVEN):
        return FullName(third, first, second)
    return FullName(first, second, third)


def _of_two(first: str, second: str) -> FullName:
    if _INITIAL.match(first):
        return FullName(second, first)
    if _INITIAL.match(second):
        return FullName(first, second)
    if fold(first) in _GIVEN and fold(second) not in _GIVEN:
        if _PATRONYMIC.search(fold(second)):
            return FullName("", first, second)
        return FullName(second, first)
    if fold(second) in _GIVEN:
        return FullName(first, second)
    if _SURNAME.search(fold(second)) and not _SURNAME.search(fold(first)):
        return FullName(second, first)
    return FullName(first, second)


_MALE_IN_A = frozenset(fold("илья никита савва фома лука кузьма данила микола микита ілля сава кузьма хома").split())
_FEMALE_IN_CONSONANT = frozenset(fold("любовь любов нинель нінель адель рахиль эсфирь").split())
_HIS_SURNAME = re.compile(r"(?:[оеєё]в|[ыи]н|[сц]кий|[сц]ький)$")
_HER_SURNAME = re.compile(r"(?:[оеєё]ва|[ыи]на|[сц]кая|[сц]ька)$")


def gender_of(name: FullName) -> Gender | None:
    """The gender a name speaks of: by patronymic, else a known given name, else surname; None when none of them does.

    Never a guess: somebody unknown is addressed neutrally (science.md, Names).
    """
    patronymic, given, surname = (fold(part) for part in (name.patronymic, name.given, name.surname))
    if _PATRONYMIC.search(patronymic):
        return Gender.FEMALE if patronymic.endswith(("на", "кызы", "кизи")) else Gender.MALE
    if given in _GIVEN or given in _MALE_IN_A or given in _FEMALE_IN_CONSONANT:
        if given in _FEMALE_IN_CONSONANT:
            return Gender.FEMALE
        return Gender.FEMALE if given.endswith(("а", "я")) and given not in _MALE_IN_A else Gender.MALE
    if _HER_SURNAME.search(surname):
        return Gender.FEMALE
    return Gender.MALE if _HIS_SURNAME.search(surname) else None


EVIDENCE = 3.0  # to one: less, and a swap is not spoken of (science.md, Names)


def swapped(name: FullName) -> FullName | None:
    """The same words in the places they seem to belong to («Петрович Иванов»), when that is far likelier; else None.

    A word may move to an empty place only when what stands for the given name is none we know: Роман Абрамович may
    be a man with his surname, and stays.
    """
    parts = (name.surname, name.given, name.patronymic)
    words = [part for part in parts if part]
    if len(words) < 2:
        return None
    free = fold(name.given) not in _GIVEN
    best, likeliest = name, _likelihood(parts) * EVIDENCE
    for places in itertools.permutations(range(3), len(words)):
        if not free and set(places) != {n for n, part in enumerate(parts) if part}:
            continue
        tried = ["", "", ""]
        for place, word in zip(places, words, strict=True):
            tried[place] = word
        found = _likelihood(tried)
        if found > likeliest:
            best, likeliest = FullName(*tried), found
    return best if best != name else None


def _likelihood(parts: Sequence[str]) -> float:
    """How well three words (some may be empty) fit as surname, given name and patronymic."""
    surname, given, patronymic = (fold(part) for part in parts)
    chance = 1.0
    if surname:
        chance *= (
            0.05
            if surname in _GIVEN
            else 0.15
            if _PATRONYMIC.search(surname)
            else 0.9
            if _SURNAME.search(surname)
            else 0.3
        )
    if given:
        chance *= (
            0.95 if given in _GIVEN else 0.02 if _PATRONYMIC.search(given) else 0.05 if _SURNAME.search(given) else 0.3
        )
    if patronymic:
        chance *= 0.95 if _PATRONYMIC.search(patronymic) else 0.03 if patronymic in _GIVEN else 0.05
    return chance


def checked_birthday(day: int, month: int, year: int | None = None) -> Birthday:
    """The birthday, when such a day exists. Raises UserError("no_such_day"): 31 February, 29 February 1981."""
    longest = calendar.monthrange(year or 2000, month)[1] if 1 <= month <= 12 else 0  # 2000: a leap year
    if not 1 <= day <= longest or (year is not None and not 1800 <= year <= 2200):
        raise UserError("no_such_day", day=day, month=month, year=year or "")
    return Birthday(day, month, year)


def greeted_on(birthday: Birthday, year: int) -> date:
    """The day on which he is greeted that year: 29 February on the 28th in common years."""
    last = calendar.monthrange(year, birthday.month)[1]
    return date(year, birthday.month, min(birthday.day, last))
