"""The sales of the demo print shop: which SKUs there are, and what one client ordered over the last two years."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate
from random import Random

from crmdesk.services import content
from crmdesk.services.demo_cast import Part
from crmdesk.services.demo_words import shop

HISTORY_DAYS = 730
HOLIDAYS = 8  # days from the first of January
# A print shop's year, January first: holidays, spring, a dead August, calendars and gifts from October on.
YEAR = (0.72, 0.95, 1.05, 1.0, 0.93, 0.96, 0.9, 0.84, 1.08, 1.08, 1.22, 1.3)
WINTER = (0.8, 0.78, 0.8, 0.8, 0.75, 0.8, 0.78, 0.72, 0.95, 1.25, 1.75, 1.9)
SCHOOL = (0.85, 0.92, 0.95, 1.0, 1.2, 0.6, 0.5, 1.35, 1.7, 1.0, 0.9, 0.92)
# One rouble in the other currencies: the products' own prices are in roubles and hryvnias.
RATES: Mapping[str, float] = {"RUB": 1.0, "UAH": 0.45, "KZT": 5.5, "BYN": 0.035}
OTHER_RATE = 0.011


def rate(currency: str) -> float:
    """What a rouble of the demo is in the office's currency; a rough demo figure."""
    return RATES.get(currency, OTHER_RATE)


@dataclass(frozen=True, slots=True, eq=False)
class Sku:
    """One SKU: a product on one stock in one set of colours. Prices in minor units."""

    number: int
    product: str
    name: str
    plain: str
    group: str
    offers: tuple[tuple[int, int, int], ...]  # run, price of one piece, price of the run; the smallest run first
    least: int  # what the smallest run costs
    cost: float  # of the price
    season: frozenset[int]
    reprint_days: int
    details: Mapping[str, object]


@cache
def skus(lang: str, currency: str) -> tuple[Sku, ...]:
    """Every SKU of the shop, in the order of products.toml."""
    stocks = content.entries("stock", of="products")
    found: list[Sku] = []
    for product in content.entries("product", of="products").values():
        facts = product.facts
        scale = 1.0 if currency == "UAH" else rate(currency)
        prices = [float(Decimal(text)) * scale for text in facts["price_uah" if currency == "UAH" else "price_rub"]]
        kinds = [(facts["stock"], facts["colours"])]
        kinds += [(stock, facts["colours"]) for stock in shop()["other_stocks"].get(facts["stock"], ())]
        if facts["colours"] == "4+4":
            kinds.append((facts["stock"], "4+0"))
        for variant, (stock, colours) in enumerate(kinds):
            name = product.name(lang)
            if variant:
                name = f"{name}, {stocks[stock].name(lang).lower()}" + (
                    f", {colours}" if colours != facts["colours"] else ""
                )
            dearer = (1.0, 1.08, 1.15, 0.92)[variant]
            offers = _offers(facts["runs"], prices[0] * dearer * 100, prices[1] * dearer * 100)
            found.append(
                Sku(
                    number=len(found) + 1,
                    product=product.key,
                    name=name,
                    plain=product.name(lang)[:1].lower() + product.name(lang)[1:],
                    group=facts["group"],
                    offers=offers,
                    least=offers[0][2],
                    cost=1 - facts["margin_pct"] / 100,
                    season=frozenset(facts["season"]),
                    reprint_days=facts["reprint_days"],
                    details={
                        "format": facts["format"],
                        "stock": stock,
                        "colours": colours,
                        "finishing": list(facts["finishing"]),
                        "process": facts["process"],
                    },
                )
            )
    return tuple(found)


def _offers(runs: Sequence[int], low: float, high: float) -> tuple[tuple[int, int, int], ...]:
    """The price list of a SKU: linear between the price at the smallest run (high) and at the largest."""
    found = []
    for run in runs:
        share = (run - runs[0]) / (runs[-1] - runs[0]) if runs[-1] > runs[0] else 0.0
        price = max(1, round(high + (low - high) * share))
        found.append((run, price, run * price))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: how many pieces, minor units."""

    sku: Sku
    pieces: int
    amount: int
    cost: int


@dataclass(frozen=True, slots=True)
class Sale:
    """One order; a return has negative pieces, amount and cost."""

    day: int  # ordinal
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """What it came to, minor units."""
        return sum(line.amount for line in self.lines)


@cache
def cheapest(all_skus: tuple[Sku, ...]) -> tuple[Sku, ...]:
    """What everybody can afford."""
    return tuple(sorted(all_skus, key=lambda sku: sku.least)[:6])


@dataclass(frozen=True, slots=True)
class Span:
    """When a client buys: ordinals of the first and last possible day, and a gap in between (won back)."""

    first: int
    last: int
    away: tuple[int, int] | None = None


def span(part: Part, today: int, rnd: Random) -> Span:
    """From when to when a part of this shape buys."""
    start = today - HISTORY_DAYS
    if part.shape == "silent":
        return Span(start, today - part.silent)
    if part.shape == "new":
        return Span(today - rnd.randint(95, 150), today - 1)
    if part.shape == "lost":
        return Span(start, today - (rnd.randint(270, 330) if part.tracked else rnd.randint(240, 430)))
    if part.shape == "back":
        returned = today - rnd.randint(25, 70)
        return Span(start, today - 1, (returned - rnd.randint(150, 260), returned))
    if part.shape == "lead":
        return Span(today, today - 1)
    if rnd.random() < 0.25:  # not everybody was here two years ago
        start += rnd.randint(30, 360)
    return Span(start, today - 1)


def level(part: Part, day: int, month: int, today: int) -> float:
    """How much more or less than usual a client of this shape buys on a day; 1 is usual. `month` is 1…12."""
    if part.shape == "winter":
        return WINTER[month - 1]
    if part.shape == "school":
        return SCHOOL[month - 1]
    ago = (today - day) / 30.4
    usual = 0.45 + 0.55 * YEAR[month - 1]
    if part.shape == "grow":
        return usual * max(0.45, 1.05 - 0.025 * ago)
    if part.shape == "fall":
        return usual * (1.15 if ago > 7 else 0.32 + 0.115 * ago)
    if part.shape == "collapse":
        return usual * (1.15 if ago > 6 else 0.14 + 0.17 * ago)
    if part.shape == "new":
        return usual * min(1.3, 1.3 - 0.16 * ago)
    return usual


class Buyer:
    """What one client buys: his own choice of SKUs, the same over the years."""

    def __init__(self, part: Part, industry: str, all_skus: tuple[Sku, ...], budget: float, rnd: Random) -> None:
        groups: list[str] = shop()["palette"].get(industry) or shop()["palette"]["private"]
        rank = {group: place for place, group in enumerate(groups)}
        order_budget = budget * max(1.0, part.gap / 30.4)
        fitting = [sku for sku in all_skus if sku.least <= order_budget * 0.4]
        wanted = sorted(
            fitting or cheapest(all_skus),
            key=lambda sku: rank.get(sku.group, len(groups) + 4) + rnd.random() * (len(groups) * 0.8),
        )
        self.palette = tuple(wanted[: max(3, round(part.skus * 1.25))])
        if part.shape == "winter":
            calendars = [sku for sku in fitting if sku.group == "calendars"]
            self.palette = (*self.palette, *rnd.sample(calendars, min(4, len(calendars))))
        self._weights = [
            tuple(accumulate(_wish(sku, place, month) for place, sku in enumerate(self.palette)))
            for month in range(1, 13)
        ]

    def pick(self, rnd: Random, month: int, places: int, most: int) -> Sku:
        """A SKU of the first `places` of the palette that costs at most `most` for its smallest run, if any does."""
        weights = self._weights[month - 1]
        end = max(1, min(places, len(weights)))
        sku = self.palette[0]
        for _ in range(4):
            sku = self.palette[min(end - 1, bisect_right(weights, rnd.random() * weights[end - 1]))]
            if sku.least <= most:
                return sku
        return min(self.palette[:end], key=lambda found: (_out_of_season(found, month), found.least))


def _wish(sku: Sku, place: int, month: int) -> float:
    season = 1.0
    if sku.season:
        season = 3.0 if month in sku.season else 0.55
        if _out_of_season(sku, month):
            season = 0.01
    return float(season / (4 + place) ** 0.5)


def _out_of_season(sku: Sku, month: int) -> bool:
    return sku.group == "calendars" and month not in sku.season


def orders(part: Part, buyer: Buyer, when: Span, today: int, budget: float, rnd: Random) -> list[Sale]:
    """A client's orders, the oldest first. `budget` is his usual month in minor units."""
    found: list[Sale] = []
    steady = 2.0 if part.shape == "rare" else 12.0  # the larger, the more even the rhythm
    day = when.first + rnd.random() * part.gap
    before = day - part.gap
    while day <= when.last:
        whole = int(day)
        if when.away and when.away[0] <= whole < when.away[1]:
            day = when.away[1] + rnd.random() * 3
            before = day - part.gap
            continue
        whole = open_day(whole)
        month = _month(whole)
        share = level(part, whole, month, today)
        money = budget * share * min(day - before, 75.0) / 30.4 * rnd.lognormvariate(-0.01, 0.14)
        if money > 0 and whole <= when.last and (not found or whole >= found[-1].day):
            count = part.skus * share**0.7 * min(1.6, part.gap / 30.4) * rnd.uniform(1.0, 1.5)
            lines = _lines(buyer, month, part.skus * 1.25 * min(1.0, share + 0.1), max(1, round(count)), money, rnd)
            found.append(Sale(whole, lines))
        before = day
        day += max(1.0, rnd.gammavariate(steady, part.gap / steady))
    return found


def open_day(day: int) -> int:
    """The working day at or before a day; from the first days of January, when everybody rests, after them."""
    of_year = day - date(date.fromordinal(day).year, 1, 1).toordinal()
    if of_year < HOLIDAYS:
        day += HOLIDAYS + 4 - of_year
    weekday = (day + 6) % 7  # Monday is 0: ordinal 1 was a Monday
    return day - max(0, weekday - 4)


def _lines(buyer: Buyer, month: int, places: float, count: int, money: float, rnd: Random) -> tuple[Line, ...]:
    found: dict[int, Line] = {}
    left = money
    for number in range(count, 0, -1):
        want = left / number * (rnd.uniform(0.6, 1.5) if number > 1 else 1.0)
        sku = buyer.pick(rnd, month, max(2, round(places)), round(want * 1.4))
        if sku.number in found:
            continue
        price, apart = sku.offers[0][1], abs(sku.least - want)
        for _, dearer, total in sku.offers[1:]:
            if abs(total - want) < apart:
                price, apart = dearer, abs(total - want)
        pieces = _neat(max(sku.offers[0][0], want / price))
        amount = pieces * max(1, round(price * rnd.uniform(0.94, 1.04)))
        found[sku.number] = Line(sku, pieces, amount, round(amount * min(1.02, sku.cost * rnd.uniform(0.9, 1.14))))
        left -= amount
        if left <= 0:
            break
    return tuple(found.values())


def _neat(pieces: float) -> int:
    """A run as people order it: 1 250, 300, 45."""
    for least, step in ((10_000, 1_000), (2_000, 500), (500, 100), (100, 50), (20, 5)):
        if pieces >= least:
            return round(pieces / step) * step
    return max(1, round(pieces))


def returned(sale: Sale, rnd: Random) -> Sale:
    """A part of one line brought back some days later."""
    line = rnd.choice(sale.lines)
    part = rnd.uniform(0.05, 0.5)
    pieces = max(1, round(line.pieces * part))
    amount = round(line.amount * pieces / line.pieces)
    cost = round(line.cost * pieces / line.pieces)
    return Sale(sale.day + rnd.randint(1, 6), (Line(line.sku, -pieces, -amount, -cost),))


@cache
def _month(day: int) -> int:
    return date.fromordinal(day).month
