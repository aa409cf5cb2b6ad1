"""A client's card on A4 portrait, black on white: facts, people, what is next and owed, twelve months, last entries.

Several cards stand in one PDF, each on a page of its own, with an entry in the contents list. The state of a line is a
sign, never a colour: ◆ a promise, ! a promise that is late, ✓ consent given, ✕ refused.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from crmdesk.documents import paper
from crmdesk.documents.paper import HEIGHT as ACROSS  # of a page set upright, mm
from crmdesk.documents.paper import MARGIN, Paper
from crmdesk.documents.paper import WIDTH as DOWN
from crmdesk.documents.sheet_words import Printed, printed_words
from crmdesk.domain.money import divided
from crmdesk.domain.months import Month
from crmdesk.system.i18n import Words
from crmdesk.system.jobs import NO_JOB, Job

NAME, HEAD, TEXT, SMALL = 17.0, 10.5, 9.5, 7.5  # points
PITCH = 4.1  # mm between the lines of a text
RIGHT = ACROSS - MARGIN
BOTTOM = DOWN - MARGIN - 7.0
LABEL = 30.0  # mm of the labels of facts
HALF = (RIGHT - MARGIN) / 2
HEAD_HIGH = 9.0
DAY = 18.0  # mm of the days of entries
MOST_LINES = 4  # of an entry's words
LEAST_ENTRIES = 5  # printed though they take another page
THOUSAND = 1000 * 100  # minor units


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """One of the people, in words."""

    name: str
    role: str
    contacts: tuple[str, ...]
    birthday: str = ""
    consents: str = ""  # ✓ and ✕ with the channel


@dataclass(frozen=True, slots=True)
class PaperMonth:
    """One month: turnover in minor units, the rest counted."""

    month: Month
    turnover: int
    orders: int
    skus: int
    calls: int
    visits: int


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One entry of the timeline, in words; `right` is money."""

    day: date
    title: str
    words: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class CardPaper:
    """One client as he is printed. `promises` are (words, whether late), `step` is empty when nothing is planned."""

    name: str
    manager: str
    chips: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    people: tuple[PaperPerson, ...]
    step: str
    promises: tuple[tuple[str, bool], ...]
    months: tuple[PaperMonth, ...]  # oldest first
    entries: tuple[PaperEntry, ...]  # newest first
    currency: str


class _Sheet:
    """A PDF in the making: a place on the page, and the next page when there is no room."""

    def __init__(self, page: Paper, words: Words, printed: Printed, total: int) -> None:
        self.page, self.words, self.printed, self.total = page, words, printed, total
        self.number = 0
        self.y = 0.0
        self.name = ""

    def begin(self, name: str) -> None:
        """A page begins; one that goes on says whose it is in small."""
        self.number += 1
        self.y = MARGIN
        if name == self.name:
            self.page.text(MARGIN, MARGIN + 3, paper.cut(name, RIGHT - MARGIN, TEXT, bold=True), TEXT, bold=True)
            self.y = MARGIN + 7
        else:
            self.page.bookmark(name)
        self.name = name

    def need(self, high: float) -> None:
        """Goes on to the next page when `high` mm are not left."""
        if self.y + high > BOTTOM:
            self.end()
            self.begin(self.name)

    def end(self) -> None:
        """Foot and end of the page."""
        w, page = self.words, self.page
        page.rule(DOWN - MARGIN - 3.4, 0.25, left=MARGIN, right=RIGHT)
        pages = w.gettext("p. {n} of {total}", n=self.number, total=self.total)
        page.text(RIGHT, DOWN - MARGIN, pages, SMALL, align="r")
        said = " · ".join(printed_words(w, self.printed))
        page.text(MARGIN, DOWN - MARGIN, paper.cut(said, RIGHT - MARGIN - 20, SMALL), SMALL)
        page.end_page()

    def head(self, text: str, right: str = "") -> None:
        """The head of a part, with its hairline; never alone at the foot of a page."""
        self.need(HEAD_HIGH + 2 * PITCH)
        self.page.text(MARGIN, self.y + 5.4, text, HEAD, bold=True)
        self.page.text(RIGHT, self.y + 5.4, right, SMALL, align="r")
        self.page.rule(self.y + 6.9, 0.4, left=MARGIN, right=RIGHT)
        self.y += HEAD_HIGH


def write_pdf(
    target: BinaryIO, cards: Sequence[CardPaper], *, words: Words, printed: Printed, job: Job = NO_JOB
) -> int:
    """Draws the cards; how many pages they took."""
    total = _count(cards, words, printed)
    title = cards[0].name if len(cards) == 1 else words.gettext("Client cards")
    page = Paper(target, title=title, author=printed.by, lang=words.lang, at=printed.at, portrait=True)
    sheet = _Sheet(page, words, printed, total)
    for number, card in enumerate(cards):
        job.check()
        job.progress(number, len(cards))
        _draw(sheet, card)
    page.save()
    return sheet.number


def _count(cards: Sequence[CardPaper], words: Words, printed: Printed) -> int:
    """How many pages the cards take: drawn once to nowhere, so that the foot can say of how many."""
    nowhere = Paper(io.BytesIO(), title="", author="", lang=words.lang, at=printed.at, portrait=True)
    sheet = _Sheet(nowhere, words, printed, 0)
    for card in cards:
        _draw(sheet, card)
    return sheet.number


def _draw(sheet: _Sheet, card: CardPaper) -> None:
    sheet.name = ""
    sheet.begin(card.name)
    _head(sheet, card)
    _facts(sheet, card)
    _people(sheet, card)
    _next(sheet, card)
    _months(sheet, card)
    _entries(sheet, card)
    sheet.end()


def _head(sheet: _Sheet, card: CardPaper) -> None:
    page, w = sheet.page, sheet.words
    leads = w.gettext("Led by: {name}", name=card.manager or w.gettext("nobody"))
    leads = paper.cut(leads, 60, TEXT)
    room = RIGHT - MARGIN - paper.width(leads, TEXT) - 6
    lines = _wrapped(card.name, room, NAME, 2, bold=True)
    for line in lines:
        page.text(MARGIN, sheet.y + 5.6, line, NAME, bold=True)
        sheet.y += 7.2
    page.text(RIGHT, MARGIN + 5.6, leads, TEXT, align="r")
    page.text(MARGIN, sheet.y + 3.2, paper.cut(" · ".join(card.chips), RIGHT - MARGIN, TEXT), TEXT)
    sheet.y += 6.4
    page.rule(sheet.y, 0.8, left=MARGIN, right=RIGHT)
    sheet.y += 1.6


def _facts(sheet: _Sheet, card: CardPaper) -> None:
    """Labels and values in two columns, row by row."""
    rows = [card.facts[n : n + 2] for n in range(0, len(card.facts), 2)]
    for row in rows:
        broken = [_wrapped(value, HALF - LABEL - 4, TEXT, 3) for _, value in row]
        sheet.need(PITCH * max(map(len, broken)))
        for place, ((label, _), lines) in enumerate(zip(row, broken, strict=True)):
            x = MARGIN + place * HALF
            sheet.page.text(x, sheet.y + 3.2, paper.cut(label, LABEL - 2, SMALL), SMALL)
            for number, line in enumerate(lines):
                sheet.page.text(x + LABEL, sheet.y + 3.2 + number * PITCH, line, TEXT)
        sheet.y += PITCH * max(map(len, broken)) + 0.6


def _people(sheet: _Sheet, card: CardPaper) -> None:
    if not card.people:
        return
    page, w = sheet.page, sheet.words
    sheet.head(w.gettext("People"), w.number(len(card.people)))
    for person in card.people:
        contacts = " · ".join(part for part in (*person.contacts, person.birthday, person.consents) if part)
        lines = _wrapped(contacts, RIGHT - MARGIN - 62, TEXT, 3) if contacts else ()
        name = _wrapped(person.name, 58, TEXT, 2, bold=True)
        high = PITCH * max(len(lines), len(name) + bool(person.role), 1)
        sheet.need(high)
        for number, line in enumerate(name):
            page.text(MARGIN, sheet.y + 3.2 + number * PITCH, line, TEXT, bold=True)
        if person.role:
            page.text(MARGIN, sheet.y + 3.2 + len(name) * PITCH, paper.cut(person.role, 58, SMALL), SMALL)
        for number, line in enumerate(lines):
            page.text(MARGIN + 62, sheet.y + 3.2 + number * PITCH, line, TEXT)
        sheet.y += high + 1.2


def _next(sheet: _Sheet, card: CardPaper) -> None:
    page, w = sheet.page, sheet.words
    sheet.head(w.gettext("Next step and promises"))
    lines = [("→" if card.step else "!", card.step or w.gettext("no next step"))]
    lines += [("!" if late else "◆", words) for words, late in card.promises]
    for sign, words in lines:
        broken = _wrapped(words, RIGHT - MARGIN - 7, TEXT, 3)
        sheet.need(PITCH * len(broken))
        page.text(MARGIN, sheet.y + 3.2, sign, TEXT, bold=True)
        for number, line in enumerate(broken):
            page.text(MARGIN + 6, sheet.y + 3.2 + number * PITCH, line, TEXT, bold=sign == "!")
        sheet.y += PITCH * len(broken) + 0.8


def _months(sheet: _Sheet, card: CardPaper) -> None:
    """A line a month: its bar on one scale, turnover in thousands, orders, kinds, calls, visits."""
    page, w = sheet.page, sheet.words
    sign = w.money(0, card.currency, cents=False).split("\u00a0")[-1]
    sheet.head(w.gettext("Twelve months"), w.pgettext("sheet", "k {currency}", currency=sign))
    names = (w.gettext("turnover"), w.gettext("orders"), w.gettext("kinds"), w.gettext("calls"), w.gettext("visits"))
    edges = [RIGHT - 17.0 * n for n in range(4, -1, -1)]
    sheet.need(PITCH * (len(card.months) + 1))
    for edge, name in zip(edges, names, strict=True):
        page.text(edge, sheet.y + 3, paper.cut(name, 16, SMALL), SMALL, align="r")
    sheet.y += PITCH
    scale = max((one.turnover for one in card.months), default=0)
    for one in card.months:
        base = sheet.y + 3.2
        page.text(MARGIN, base, f"{w.month_name(one.month % 100)} {one.month // 100}", TEXT)
        page.bar(MARGIN + 32, base, edges[0] - MARGIN - 32 - 18, one.turnover, None, scale, 1.7)
        figures = (divided(one.turnover, THOUSAND), one.orders, one.skus, one.calls, one.visits)
        for edge, figure in zip(edges, figures, strict=True):
            page.text(edge, base, w.number(figure) if figure else "—", TEXT, align="r")
        sheet.y += PITCH


def _entries(sheet: _Sheet, card: CardPaper) -> None:
    if not card.entries:
        return
    page, w = sheet.page, sheet.words
    sheet.head(w.gettext("Lately"))
    for number, entry in enumerate(card.entries):
        money = paper.width(entry.right, TEXT) + 3 if entry.right else 0.0
        title = paper.cut(entry.title, RIGHT - MARGIN - DAY - money, TEXT, bold=True)
        lines = _wrapped(entry.words, RIGHT - MARGIN - DAY, TEXT, MOST_LINES) if entry.words else ()
        high = PITCH * (1 + len(lines))
        if number >= LEAST_ENTRIES and sheet.y + high > BOTTOM:
            return  # what is older is on the screen: a card is one page where it can be
        sheet.need(high)
        page.text(MARGIN, sheet.y + 3.2, w.day(entry.day), TEXT)
        page.text(MARGIN + DAY, sheet.y + 3.2, title, TEXT, bold=True)
        page.text(RIGHT, sheet.y + 3.2, entry.right, TEXT, align="r")
        for place, line in enumerate(lines, 1):
            page.text(MARGIN + DAY, sheet.y + 3.2 + place * PITCH, line, TEXT)
        sheet.y += high + 1.0


def _wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines of at most `room` mm; the last of `most` ends in … when there is more."""
    lines: list[str] = []
    current = ""
    for word in text.replace("\n", " ").split(" "):
        longer = f"{current} {word}".strip()
        if current and paper.width(longer, size, bold=bold) > room:
            lines.append(current)
            current = word
        else:
            current = longer
    lines.append(current)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(paper.cut(line, room, size, bold=bold) for line in lines)
