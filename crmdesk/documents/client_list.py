"""The list of clients on A4 landscape, black on white: the head on each page, a sign beside whatever is an alarm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from crmdesk.documents import paper, sheet_frame
from crmdesk.documents.paper import HEIGHT, MARGIN, RIGHT, Paper
from crmdesk.documents.sheet_words import Printed, printed_words
from crmdesk.domain import client_list as rules
from crmdesk.domain.card import SILENT, SLOW
from crmdesk.domain.client_list import ClientRow
from crmdesk.domain.names import short_name
from crmdesk.system.i18n import CURRENCY_SIGNS, Words
from crmdesk.system.jobs import NO_JOB, Job

TEXT, SMALL = 7.5, 7.0  # points
PITCH = 4.5  # mm from line to line
TOP = MARGIN + 16.0  # of the first line
BOTTOM = HEIGHT - MARGIN - 9.0
GAP = 1.6  # mm between columns
LATE, WARNING, PROMISE, NO_STEP = "!", "▲", "◆", "○"

ListWord = Callable[[str, str], str]
"""The short word of a key: `word("stage", "lost")`."""


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What is printed: which clients, by what filter and order (in words), as of which day."""

    title: str
    rows: Sequence[ClientRow]
    filter: str
    order: str
    currency: str
    today: date


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: float  # mm; 0: the rest
    right: bool
    cell: Callable[[ClientRow], tuple[str, bool]]  # words, bold


def write_pdf(
    target: BinaryIO, wanted: ListPaper, *, words: Words, word: ListWord, printed: Printed, job: Job = NO_JOB
) -> int:
    """Draws the list; how many pages it took."""
    return _Pages(wanted, words, word, printed).write(target, job)


class _Pages:
    def __init__(self, wanted: ListPaper, words: Words, word: ListWord, printed: Printed) -> None:
        self.wanted = wanted
        self.words = words
        self.word = word
        self.printed = printed
        self.columns = self._columns()

    def write(self, target: BinaryIO, job: Job) -> int:
        """Draws all pages."""
        rows = self.wanted.rows
        a_page = int((BOTTOM - TOP) / PITCH)
        pages = [rows[start : start + a_page] for start in range(0, len(rows), a_page)] or [()]
        page = Paper(target, title=self.wanted.title, author=self.printed.by, lang=self.words.lang, at=self.printed.at)
        for number, lines in enumerate(pages, 1):
            job.check()
            job.progress(number - 1, len(pages))
            self._head(page)
            for place, row in enumerate(lines):
                self._line(page, TOP + (place + 1) * PITCH, row, (number - 1) * a_page + place + 1)
            self._foot(page, number, len(pages))
        job.progress(len(pages), len(pages))
        page.save()
        return len(pages)

    def _head(self, page: Paper) -> None:
        w, wanted = self.words, self.wanted
        count = w.ngettext("{n} client", "{n} clients", len(wanted.rows))
        turnover = sum(row.turnover or 0 for row in wanted.rows)
        facts = f"{count} · {w.money(turnover, wanted.currency, cents=False)}"
        room = RIGHT - MARGIN - paper.width(facts, 9) - 6
        page.text(MARGIN, MARGIN + 5.0, paper.cut(wanted.title, room, 15, bold=True), 15, bold=True)
        page.text(RIGHT, MARGIN + 5.0, facts, 9, align="r")
        by = f"{wanted.filter} · {wanted.order}"
        page.text(MARGIN, MARGIN + 9.6, paper.cut(by, RIGHT - MARGIN, 8), 8)
        x = MARGIN
        for column in self.columns:
            at = x + column.width - GAP if column.right else x
            head = paper.cut(column.head, column.width - GAP, SMALL, bold=True)
            page.text(at, TOP - 1.2, head, SMALL, bold=True, align="r" if column.right else "l")
            x += column.width
        page.rule(TOP, 0.5)

    def _line(self, page: Paper, y: float, row: ClientRow, number: int) -> None:
        x = MARGIN
        for place, column in enumerate(self.columns):
            text, bold = (str(number), False) if place == 0 else column.cell(row)
            at = x + column.width - GAP if column.right else x
            shown = paper.cut(text, column.width - GAP, TEXT, bold=bold)
            page.text(at, y - 1.3, shown, TEXT, bold=bold, align="r" if column.right else "l")
            x += column.width
        page.rule(y, 0.25)

    def _foot(self, page: Paper, number: int, total: int) -> None:
        w, y = self.words, HEIGHT - MARGIN - 4.6
        x = MARGIN
        for sign, meaning in (
            (LATE, w.pgettext("client list", "late, silent, beyond the norm")),
            (WARNING, w.pgettext("client list", "slower than usual")),
            (PROMISE, w.pgettext("client list", "promised")),
            (NO_STEP, w.pgettext("client list", "no next step")),
        ):
            x += page.text(x, y, sign, SMALL, bold=True) + 1.2
            x += page.text(x, y, meaning, SMALL) + 5
        sheet_frame.draw_footer(page, w, printed_words(w, self.printed), number, total)
        page.end_page()

    # cells -----------------------------------------------------------------------------------------
    def _columns(self) -> tuple[_Column, ...]:
        w = self.words
        sign = CURRENCY_SIGNS.get(self.wanted.currency, self.wanted.currency)
        found = [
            _Column(w.pgettext("client list", "No."), 8, True, lambda row: ("", False)),
            _Column(w.gettext("Client"), 0, False, lambda row: (row.name, True)),
            _Column("", 10, False, lambda row: (self._importance(row), False)),
            _Column(
                w.gettext("Action"), 14, False, lambda row: (self.word("action_segment", row.action_segment), False)
            ),
            _Column(w.gettext("Stage"), 22, False, lambda row: (self.word("stage", row.stage).lower(), False)),
            _Column(w.gettext("Contact"), 16, True, self._contact),
            _Column(w.pgettext("client list", "Rhythm"), 15, True, self._silence),
            _Column(w.gettext("Next step"), 58, False, self._step),
            _Column(f"{w.gettext('Turnover 6 months')}, {sign}", 25, True, lambda row: (self._amount(row), False)),
            _Column(w.gettext("Δ"), 13, True, self._change),
            _Column(w.gettext("Kinds"), 11, True, lambda row: (w.number(row.kinds) if row.kinds else "—", False)),
        ]
        if len({row.manager_id for row in self.wanted.rows}) > 1:
            found.append(_Column(w.gettext("Leads"), 28, False, lambda row: (self._manager(row), False)))
        else:
            found.append(_Column(w.gettext("City"), 24, False, lambda row: (row.city or "—", False)))
        rest = RIGHT - MARGIN - sum(column.width for column in found)
        return tuple(_Column(c.head, c.width or rest, c.right, c.cell) for c in found)

    def _action(self, row: ClientRow) -> str:
        return self.word("action_segment", row.action_segment)

    def _importance(self, row: ClientRow) -> str:
        return self.word("importance", row.importance) if row.importance in rules.IMPORTANCES[:2] else ""

    def _contact(self, row: ClientRow) -> tuple[str, bool]:
        if row.last_contact is None:
            return "—", False
        days = self.words.gettext("{n} d", n=self.words.number(max(0, (self.wanted.today - row.last_contact).days)))
        bad = rules.is_neglected(row, self.wanted.today)
        return (f"{LATE} {days}" if bad else days), bad

    def _silence(self, row: ClientRow) -> tuple[str, bool]:
        if row.silence is None:
            return "—", False
        sign = LATE if row.silence >= SILENT else WARNING if row.silence >= SLOW else ""
        return f"{sign} {self.words.decimal(round(row.silence * 1000))}×".strip(), row.silence >= SILENT

    def _step(self, row: ClientRow) -> tuple[str, bool]:
        if row.task_id is None:
            return (
                (f"{NO_STEP} {self.words.pgettext('client list', 'no next step')}", True)
                if rules.lacks_step(row)
                else ("—", False)
            )
        late = row.next_due is not None and row.next_due < self.wanted.today
        sign = LATE if late else PROMISE if row.task_promise else ""
        day = self.words.short_day(row.next_due) if row.next_due else ""
        title = row.task_title or self.word("task_kind", row.task_kind or "")
        return " ".join(part for part in (sign, day, title) if part), late

    def _amount(self, row: ClientRow) -> str:
        if not row.turnover:
            return "—"
        return self.words.number((abs(row.turnover) + 50) // 100 * (-1 if row.turnover < 0 else 1), split=True)

    def _change(self, row: ClientRow) -> tuple[str, bool]:
        found = rules.change(row)
        if found is None:
            return "—", False
        sign = "▲" if found > 0 else "▼" if found < 0 else ""
        return f"{sign} {self.words.percent(abs(found))}".strip(), found <= rules.FALL

    def _manager(self, row: ClientRow) -> str:
        return short_name(row.manager) if row.manager else "—"
