"""The product's words in Russian, Ukrainian and English, and how each writes dates, numbers and money.

A catalogue is a folder of .po files, one a room (`resources/locale/<lang>/<room>.po`); English is the msgid
itself. Babel knows plurals and month names; the forms of dates and money are ours (ux.md 62).
"""

from __future__ import annotations

import gettext as _gettext
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

from crmdesk.system import paths

LANGUAGES = ("ru", "uk", "en")
NBSP = "\u00a0"
MINUS = "\u2212"
CURRENCY_SIGNS = {"RUB": "₽", "UAH": "₴", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}

RENAMED_ZONES = {"Europe/Kyiv": "Europe/Kiev"}  # the CLDR keeps the oldest name as its key


class Words:
    """One language: texts with plurals and contexts, dates, numbers, money. Made once a language by `words`."""

    def __init__(self, lang: str, catalogue: _gettext.NullTranslations) -> None:
        self.lang = lang
        self._catalogue = catalogue
        self._found: dict[tuple[str, str], str] = {}

    # texts ------------------------------------------------------------------------------------------
    def gettext(self, text: str, **values: object) -> str:
        """The text in this language, its {placeholders} filled."""
        found = self._catalogue.gettext(text)
        return found.format(**values) if values else found

    def pgettext(self, context: str, text: str, **values: object) -> str:
        """The same for a text that means different things in different places."""
        found = self._found.get((context, text))
        if found is None:  # a sheet asks for the same few words thousands of times, and a catalogue is a chain
            found = self._found[context, text] = self._catalogue.pgettext(context, text)
        return found.format(**values) if values else found

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """The right plural form for `n`; `{n}` is filled with the number as this language writes it."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    # numbers ----------------------------------------------------------------------------------------
    def number(self, value: int, *, split: bool | None = None) -> str:
        """A whole number: U+2212 minus; ru/uk group from five digits on (or as `split` says), en from four."""
        if split is None:
            split = abs(value) >= (1_000 if self.lang == "en" else 10_000)
        digits = f"{abs(value):,}" if split else str(abs(value))
        if self.lang != "en":
            digits = digits.replace(",", NBSP)
        return (MINUS if value < 0 else "") + digits

    def decimal(self, thousandths: int, places: int = 1) -> str:
        """A number given in thousandths, with `places` decimals (at most 3), rounded half up."""
        step = int(10 ** (3 - places))
        units = (abs(thousandths) + step // 2) // step
        whole, part = divmod(units, int(10**places))
        text = self.number(whole)
        if places:
            text += ("." if self.lang == "en" else ",") + str(part).zfill(places)
        return (MINUS if thousandths < 0 and units else "") + text

    def percent(self, value: int) -> str:
        """82 % with a no-break space; English writes 82%."""
        return self.number(value) + ("%" if self.lang == "en" else NBSP + "%")

    def money(self, minor: int, currency: str, *, cents: bool | None = None) -> str:
        """Money from minor units: 1 234,50 ₽; cents are shown when there are any, or as `cents` says."""
        show = bool(minor % 100) if cents is None else cents
        whole, part = divmod(abs(minor), 100)
        if not show and part >= 50:
            whole += 1
        digits = f"{whole:,}" if self.lang == "en" else f"{whole:,}".replace(",", NBSP)
        if show:
            digits += ("." if self.lang == "en" else ",") + f"{part:02d}"
        return (MINUS if minor < 0 else "") + digits + NBSP + CURRENCY_SIGNS.get(currency, currency)

    def currency_name(self, currency: str) -> str:
        """₽ российский рубль; a code nobody knows stays as it is."""
        from babel import Locale

        name = Locale.parse(self.lang).currencies.get(currency)
        return f"{CURRENCY_SIGNS.get(currency, currency)} {name}" if name else currency

    def zone_name(self, zone: str) -> str:
        """Москва (Europe/Moscow); a zone without a town stays as it is."""
        from babel import Locale

        known = Locale.parse(self.lang).time_zones.get(RENAMED_ZONES.get(zone, zone), {})
        city = known.get("city") or zone.rpartition("/")[2].replace("_", " ")
        return f"{city} ({zone})" if "/" in zone else zone

    # dates ------------------------------------------------------------------------------------------
    def day(self, value: date) -> str:
        """31.10.2026; English 31 Oct 2026."""
        if self.lang == "en":
            return f"{value.day} {self._names('months', 'abbreviated')[value.month]} {value.year}"
        return f"{value.day:02d}.{value.month:02d}.{value.year}"

    def short_day(self, value: date) -> str:
        """31.10; English 31 Oct."""
        if self.lang == "en":
            return f"{value.day} {self._names('months', 'abbreviated')[value.month]}"
        return f"{value.day:02d}.{value.month:02d}"

    def moment(self, value: datetime) -> str:
        """A day and a wall-clock time: 31.10.2026 20:00."""
        return f"{self.day(value.date())} {self.time(value.time())}"

    def time(self, value: time) -> str:
        """20:00 in all three languages."""
        return f"{value.hour:02d}:{value.minute:02d}"

    def month_name(self, month: int) -> str:
        """A month on its own: октябрь, жовтень, October."""
        return self._names("months", "wide")[month]

    def day_month(self, value: date) -> str:
        """A day in words without its year: 26 ноября, 26 листопада, 26 November."""
        return f"{value.day}{NBSP}{self._names('months', 'wide', 'format')[value.month]}"

    def day_month_short(self, value: date) -> str:
        """The same with a shortened month: 26 окт, 26 жов, 26 Oct."""
        return f"{value.day}{NBSP}{self.month_short(value.month)}"

    def month_short(self, month: int) -> str:
        """The head of a month column: окт, жов, Oct."""
        name = self.month_name(month)
        return name[:3]

    def month_initial(self, month: int) -> str:
        """One letter: о, ж, O."""
        name = self.month_name(month)
        return name[0] if self.lang == "en" else name[0].lower()

    def weekday_short(self, weekday: int) -> str:
        """Monday is 0: пн, пн, Mon."""
        return self._names("days", "abbreviated")[weekday]

    def weekday_name(self, weekday: int) -> str:
        """Monday is 0: понедельник, понеділок, Monday."""
        return self._names("days", "wide")[weekday]

    @cache  # noqa: B019 (a Words lives as long as the program)
    def _names(self, kind: str, width: str, form: str = "stand-alone") -> dict[int, str]:
        from babel import Locale  # 50 ms of import: not before the first frame

        locale = Locale.parse(self.lang)
        found = (locale.months if kind == "months" else locale.days)[form][width]
        return {int(key): str(name) for key, name in found.items()}


@lru_cache(maxsize=len(LANGUAGES))
def words(lang: str) -> Words:
    """The words of a language; an unknown language speaks English."""
    if lang not in LANGUAGES or lang == "en":
        return Words("en", _gettext.NullTranslations())
    return Words(lang, _catalogue(sorted((paths.resources() / "locale" / lang).glob("*.po")), lang))


def _catalogue(files: Iterable[Path], lang: str) -> _gettext.NullTranslations:
    merged: _gettext.NullTranslations | None = None
    for file in files:
        translations = _read(file, lang)
        if merged is None:
            merged = translations
        else:
            merged.add_fallback(translations)
    return merged or _gettext.NullTranslations()


def compile_catalogues() -> None:
    """Writes the .mo beside each .po that has changed; without them the program reads the .po, a second slower."""
    for file in (paths.resources() / "locale").glob("*/*.po"):
        if not _is_fresh(file):
            fresh = file.with_suffix(".mo.new")
            fresh.write_bytes(_compiled(file, file.parent.name))
            fresh.replace(file.with_suffix(".mo"))


def _read(file: Path, lang: str) -> _gettext.GNUTranslations:
    content = file.with_suffix(".mo").read_bytes() if _is_fresh(file) else _compiled(file, lang)
    return _gettext.GNUTranslations(io.BytesIO(content))


def _is_fresh(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime


def _compiled(file: Path, lang: str) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=lang)  # without a locale Babel drops the plural rule
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()
