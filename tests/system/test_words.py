"""Numbers, money, dates and plurals as Russian, Ukrainian and English write them (ux.md 62)."""

from __future__ import annotations

import os
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.system import i18n
from crmdesk.system.i18n import LANGUAGES, MINUS, NBSP, Words, words

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "{n} client"
msgid_plural "{n} clients"
msgstr[0] "{n} клиент"
msgstr[1] "{n} клиента"
msgstr[2] "{n} клиентов"

msgctxt "noun"
msgid "Order"
msgstr "Заказ"

msgctxt "verb"
msgid "Order"
msgstr "Заказать"

msgid "Not found: {name}"
msgstr "Не найдено: {name}"
"""


@pytest.fixture
def russian(tmp_path: Path) -> Words:
    """Russian with a small catalogue of its own."""
    file = tmp_path / "small.po"
    file.write_text(CATALOGUE, encoding="utf-8")
    return Words("ru", i18n._catalogue([file], "ru"))


ru, uk, en = (words(language) for language in ("ru", "uk", "en"))


def spaced(text: str) -> str:
    """With ordinary spaces, for reading."""
    return text.replace(NBSP, " ").replace(MINUS, "-")


# ---- texts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0 клиентов"),
        (1, "1 клиент"),
        (2, "2 клиента"),
        (4, "4 клиента"),
        (5, "5 клиентов"),
        (11, "11 клиентов"),
        (12, "12 клиентов"),
        (21, "21 клиент"),
        (22, "22 клиента"),
        (25, "25 клиентов"),
        (111, "111 клиентов"),
        (121, "121 клиент"),
        (1001, "1001 клиент"),
        (12_345, f"12{NBSP}345 клиентов"),
    ],
)
def test_that_russian_counts_in_three_forms(russian: Words, n: int, text: str) -> None:
    assert russian.ngettext("{n} client", "{n} clients", n) == text


@pytest.mark.parametrize(("n", "text"), [(0, "0 clients"), (1, "1 client"), (2, "2 clients"), (1234, "1,234 clients")])
def test_that_english_counts_in_two_forms(n: int, text: str) -> None:
    assert en.ngettext("{n} client", "{n} clients", n) == text


def test_that_one_word_may_mean_two_things(russian: Words) -> None:
    assert russian.pgettext("noun", "Order") == "Заказ"
    assert russian.pgettext("verb", "Order") == "Заказать"
    assert en.pgettext("verb", "Order") == "Order"


def test_that_a_name_with_braces_is_printed_as_it_is(russian: Words) -> None:
    assert russian.gettext("Not found: {name}", name="{0} ООО") == "Не найдено: {0} ООО"


def test_that_an_unknown_text_or_language_speaks_english(russian: Words) -> None:
    assert russian.gettext("Nowhere translated") == "Nowhere translated"
    assert words("de").lang == "en"


def test_that_several_files_make_one_catalogue(tmp_path: Path) -> None:
    header, _, rest = CATALOGUE.partition('msgid "{n} client"')
    (tmp_path / "a.po").write_text(header + 'msgid "a"\nmsgstr "а"\n', encoding="utf-8")
    (tmp_path / "b.po").write_text(CATALOGUE, encoding="utf-8")
    both = Words("ru", i18n._catalogue(sorted(tmp_path.glob("*.po")), "ru"))
    assert both.gettext("a") == "а"
    assert both.pgettext("noun", "Order") == "Заказ"
    assert both.ngettext("{n} client", "{n} clients", 3) == "3 клиента"
    assert rest


def test_that_a_compiled_catalogue_says_the_same_and_a_stale_one_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n.paths, "resources", lambda: tmp_path)
    file = tmp_path / "locale" / "ru" / "small.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE, encoding="utf-8")
    i18n.compile_catalogues()
    compiled = file.with_suffix(".mo")
    assert compiled.exists()
    assert Words("ru", i18n._catalogue([file], "ru")).pgettext("noun", "Order") == "Заказ"
    file.write_text(CATALOGUE.replace("Заказ", "Сделка"), encoding="utf-8")
    later = compiled.stat().st_mtime + 5
    os.utime(file, (later, later))
    assert Words("ru", i18n._catalogue([file], "ru")).pgettext("noun", "Order") == "Сделка"


# ---- numbers and money -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "russian_text", "english_text"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1234", "1,234"),
        (9999, "9999", "9,999"),
        (10_000, "10 000", "10,000"),
        (-1_234_567, "-1 234 567", "-1,234,567"),
    ],
)
def test_that_whole_numbers_are_grouped(value: int, russian_text: str, english_text: str) -> None:
    assert spaced(ru.number(value)) == spaced(uk.number(value)) == russian_text
    assert spaced(en.number(value)) == english_text


def test_that_a_minus_is_a_minus_and_not_a_hyphen() -> None:
    assert ru.number(-5) == "\u22125"
    assert ru.money(-500, "RUB") == f"\u22125{NBSP}₽"


@pytest.mark.parametrize(
    ("thousandths", "places", "text"),
    [
        (1500, 1, "1,5"),
        (1449, 1, "1,4"),
        (1450, 1, "1,5"),
        (-1450, 1, "-1,5"),
        (-49, 1, "0,0"),
        (999_999, 0, "1000"),
        (1234, 3, "1,234"),
        (2005, 2, "2,01"),
        (0, 1, "0,0"),
    ],
)
def test_that_decimals_round_half_away_from_zero(thousandths: int, places: int, text: str) -> None:
    assert spaced(ru.decimal(thousandths, places)) == text
    assert spaced(en.decimal(thousandths, places)) == text.replace("1000", "1,000" if not places else "1000").replace(
        ",", "." if places else ","
    )


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (123_450, "RUB", ru, "1 234,50 ₽"),
        (123_400, "RUB", ru, "1 234 ₽"),
        (123_450, "UAH", uk, "1 234,50 ₴"),
        (-123_450, "UAH", uk, "-1 234,50 ₴"),
        (123_450, "USD", en, "1,234.50 $"),
        (5, "RUB", ru, "0,05 ₽"),
        (100, "XYZ", ru, "1 XYZ"),
    ],
)
def test_that_money_carries_its_sign_after_a_space(minor: int, currency: str, language: Words, text: str) -> None:
    assert spaced(language.money(minor, currency)) == text


@pytest.mark.parametrize(
    ("minor", "text"), [(149, "1 ₽"), (150, "2 ₽"), (-150, "-2 ₽"), (99_950, "1 000 ₽"), (0, "0 ₽")]
)
def test_that_money_without_cents_is_rounded(minor: int, text: str) -> None:
    assert spaced(ru.money(minor, "RUB", cents=False)) == text


def test_that_percents_are_written_as_the_language_does() -> None:
    assert (ru.percent(82), uk.percent(82), en.percent(82)) == (f"82{NBSP}%", f"82{NBSP}%", "82%")


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_that_a_number_reads_back(value: int, language: str) -> None:
    text = words(language).number(value).replace(MINUS, "-").replace(NBSP, "").replace(",", "")
    assert int(text) == value


@given(st.integers(-(10**15), 10**15), st.sampled_from(LANGUAGES))
def test_that_money_with_cents_reads_back(minor: int, language: str) -> None:
    text = words(language).money(minor, "RUB", cents=True).removesuffix(NBSP + "₽")
    assert int("".join(c for c in text.replace(MINUS, "-") if c.isdigit() or c == "-")) == minor


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_that_a_decimal_is_within_half_a_step(thousandths: int, places: int) -> None:
    text = ru.decimal(thousandths, places).replace(NBSP, "").replace(MINUS, "-").replace(",", ".")
    whole, _, part = text.lstrip("-").partition(".")
    shown = int(whole) * 1000 + int((part + "000")[:3])
    assert abs(abs(thousandths) - shown) * 2 <= 10 ** (3 - places)
    assert not (text.startswith("-") and shown == 0), "minus nothing"


@given(st.integers(-(10**12), 10**12))
def test_that_a_number_never_breaks_across_lines(value: int) -> None:
    for language in LANGUAGES:
        assert " " not in words(language).number(value) + words(language).money(value, "UAH")


# ---- dates -------------------------------------------------------------------------------------------


def test_that_days_are_written_as_the_language_does() -> None:
    day = date(2026, 2, 3)
    assert (ru.day(day), uk.day(day), en.day(day)) == ("03.02.2026", "03.02.2026", "3 Feb 2026")
    assert (ru.short_day(day), en.short_day(day)) == ("03.02", "3 Feb")
    assert ru.moment(datetime(2026, 10, 31, 20, 5)) == "31.10.2026 20:05"
    assert {w.time(time(9, 5)) for w in (ru, uk, en)} == {"09:05"}


@given(st.dates())
def test_that_a_day_has_four_figures_of_year_in_order(day: date) -> None:
    text = ru.day(day)
    assert text.split(".") == [f"{day.day:02d}", f"{day.month:02d}", str(day.year)]


def test_that_months_stand_in_the_nominative() -> None:
    assert [ru.month_name(m) for m in (1, 5, 10)] == ["январь", "май", "октябрь"]
    assert [uk.month_name(m) for m in (1, 2, 10)] == ["січень", "лютий", "жовтень"]
    assert [en.month_name(m) for m in (1, 5, 10)] == ["January", "May", "October"]


def test_that_short_months_are_three_letters_and_all_different() -> None:
    for language in (ru, uk, en):
        short = [language.month_short(m) for m in range(1, 13)]
        assert {len(name) for name in short} == {3}
        assert len(set(short)) == 12
    assert [ru.month_short(m) for m in (3, 5, 10)] == ["мар", "май", "окт"]


def test_that_a_month_has_its_initial() -> None:
    assert (ru.month_initial(10), uk.month_initial(10), en.month_initial(10)) == ("о", "ж", "O")


def test_that_the_week_begins_on_monday() -> None:
    assert (ru.weekday_name(0), uk.weekday_name(0), en.weekday_name(0)) == ("понедельник", "понеділок", "Monday")
    assert (ru.weekday_short(6), uk.weekday_short(6), en.weekday_short(6)) == ("вс", "нд", "Sun")
