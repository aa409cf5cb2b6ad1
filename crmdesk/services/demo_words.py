"""The names and sentences of the demo print shop, from `resources/demo/<lang>.toml`: firms, people, phones, résumés."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType
from typing import Any

from crmdesk.domain.lists import Gender
from crmdesk.system import paths
from crmdesk.system.i18n import LANGUAGES

SIZES = ("large", "middle", "small")
_LATIN = dict(
    zip(
        "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя",
        "a,b,v,h,g,d,e,e,ie,zh,z,y,i,i,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,iu,ia".split(","),  # noqa: SIM905
        strict=True,
    )
)


@cache
def shop() -> Mapping[str, Any]:
    """What the shop sells to whom: `resources/demo/shop.toml`."""
    return _file("shop")


@cache
def _file(name: str) -> Mapping[str, Any]:
    with (paths.resources() / "demo" / f"{name}.toml").open("rb") as stream:
        return MappingProxyType(tomllib.load(stream))


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm; `size` is large, middle or small."""

    name: str
    industry: str
    size: str


@dataclass(frozen=True, slots=True)
class Human:
    """An invented person."""

    surname: str
    given_name: str
    patronymic: str
    gender: Gender

    @property
    def polite(self) -> str:
        """How people speak of him: given name and patronymic, the surname where there are no patronymics."""
        return f"{self.given_name} {self.patronymic or self.surname}"


class DemoWords:
    """The demo's words in one language; an unknown language speaks English."""

    def __init__(self, lang: str) -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self.said = _file(self.lang)

    def firms(self, rnd: Random) -> dict[str, Iterator[Firm]]:
        """Endless firms by size, no two of one name: the invented ones first, then trades with proper names."""
        found: dict[str, Iterator[Firm]] = {}
        combined = self._combined(rnd)
        for size in SIZES:
            written = [
                Firm(name, industry, size) for industry, names in self.said["firms"][size].items() for name in names
            ]
            rnd.shuffle(written)
            found[size] = self._endless(written, size, combined)
        return found

    def _endless(self, written: list[Firm], size: str, combined: Iterator[tuple[str, str]]) -> Iterator[Firm]:
        yield from written
        for name, industry in combined:
            yield Firm(name, industry, size)

    def _combined(self, rnd: Random) -> Iterator[tuple[str, str]]:
        proper = list(self.said["trades"]["proper"])
        trades = [
            (trade, industry)
            for industry, names in self.said["trades"].items()
            if industry != "proper"
            for trade in names
        ]
        pairs = [(trade, industry, name) for trade, industry in trades for name in proper]
        rnd.shuffle(pairs)
        quoted = "{1} {0}" if self.lang == "en" else "{0} «{1}»"
        for city in ("", *self.said["cities"]):
            for trade, industry, name in pairs:
                firm = quoted.format(trade, name)
                yield (f"{firm}, {city}" if city else firm), industry
        for number in range(2, 1_000_000):
            for trade, industry, name in pairs:
                yield f"{quoted.format(trade, name)} № {number}", industry

    def human(self, rnd: Random) -> Human:
        """Somebody; the surname and the patronymic follow the gender."""
        female = rnd.random() < 0.62  # who orders print in an office
        surname = rnd.choice(self.said["surnames"])
        father = rnd.choice(self.said["patronymics"]) if self.said["patronymics"] else ("", "")
        if female:
            return Human(self._female(surname), rnd.choice(self.said["women"]), father[1], Gender.FEMALE)
        return Human(surname, rnd.choice(self.said["men"]), father[0], Gender.MALE)

    def _female(self, surname: str) -> str:
        if self.lang == "en":
            return surname
        for male, female in (("ский", "ская"), ("ський", "ська"), ("ий", "а")):
            if surname.endswith(male):
                return surname[: -len(male)] + female
        return surname + "а" if self.lang == "ru" and surname.endswith(("в", "н")) else surname

    def phone(self, rnd: Random) -> tuple[str, str]:
        """A phone as people write it, and in E.164; only of ranges with 555 (en: the drama ranges) in them."""
        a, b = rnd.randrange(100), rnd.randrange(100)
        if self.lang == "ru":
            code = rnd.choice(("903", "905", "906", "909", "910", "912", "916", "917", "919", "926", "927", "951"))
            return f"8 ({code}) 555-{a:02d}-{b:02d}", f"+7{code}555{a:02d}{b:02d}"
        if self.lang == "uk":
            code = rnd.choice(("50", "63", "66", "67", "68", "73", "93", "95", "96", "97", "98", "99"))
            return f"0{code} 555-{a:02d}-{b:02d}", f"+380{code}555{a:02d}{b:02d}"
        number = f"{rnd.randrange(1000):03d}"
        return f"07700 900{number}", f"+447700900{number}"

    def email(self, human: Human, firm: str) -> str:
        """An address at an .example domain."""
        box = f"{self.latin(human.given_name)[:1]}.{self.latin(human.surname)}"
        inner = firm.split("«")[-1].split("»")[0]
        return f"{box}@{self.latin(inner)[:24] or 'office'}.example"

    def latin(self, text: str) -> str:
        """Letters and digits in Latin, for addresses."""
        letters = _LATIN if self.lang == "uk" else _LATIN | {"г": "g", "и": "i"}
        return "".join(letters.get(c, c if c.isascii() and c.isalnum() else "") for c in text.casefold())

    def tax_number(self, rnd: Random) -> str | None:
        """A number that no firm has: ru an ИНН of the region 00 with its check digit, uk a ЄДРПОУ from 99."""
        if self.lang == "ru":
            digits = [0, 0, *(rnd.randrange(10) for _ in range(7))]
            weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
            check = sum(d * w for d, w in zip(digits, weights, strict=True)) % 11 % 10
            return "".join(map(str, digits)) + str(check)
        if self.lang == "uk":
            return f"99{rnd.randrange(1_000_000):06d}"
        return None

    def resume(self, rnd: Random, result: str, **values: object) -> str:
        """What a manager wrote after a contact of this result, sometimes with one detail more."""
        text = rnd.choice(self.said["resumes"][result])
        if result not in ("mailing", "call_not_reached", "call_wrong_number", "visit_no_one") and rnd.random() < 0.3:
            text += " " + _capital(rnd.choice(self.said["resumes"]["details"]).format(**values))
        return _capital(text.format(**values))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
