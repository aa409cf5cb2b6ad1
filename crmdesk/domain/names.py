"""Names of people, and their birthdays: a line split into its parts, impossible days refused by name."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

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
