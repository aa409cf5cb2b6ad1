"""The supervisor's sheet on paper: one manager, one A4 landscape page, two at the very most (SHEET.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from crmdesk.documents import paper, sheet_cover, sheet_frame
from crmdesk.documents.paper import MARGIN, RIGHT, Paper
from crmdesk.documents.sheet_cells import Measure, fit_names
from crmdesk.documents.sheet_columns import NAME, columns
from crmdesk.documents.sheet_frame import Sign, Worst
from crmdesk.documents.sheet_table import NOTES_HIGH, PITCH_MOST, Table
from crmdesk.documents.sheet_units import sheet_unit
from crmdesk.documents.sheet_words import EMPTY_SIGN, SIGNS, Printed, SheetWords
from crmdesk.domain.sheet import AlarmKind, Sheet, SheetRow, Sort
from crmdesk.system.i18n import Words
from crmdesk.system.jobs import NO_JOB, Job

HEADS_FIRST = MARGIN + 24.6  # top of the column heads on the first page
HEADS_NEXT = MARGIN + 5.0
HEADS_HIGH = 7.8 + 0.4
BOTTOM_ZONE = 26.8  # totals, legend, pen
FULL_BOTTOM = paper.HEIGHT - MARGIN - 4.6  # where rows end on a page without totals
LAST_BOTTOM = paper.HEIGHT - MARGIN - 3.6 - BOTTOM_ZONE  # and on one with them
PITCH_LEAST = 3.6
PITCH_MOST_TWO = 4.6  # on two pages
NOTICE = 4.0  # the line that says who did not fit

ONE_PAGE = int((LAST_BOTTOM - HEADS_FIRST - HEADS_HIGH) / PITCH_LEAST)
FIRST_PAGE = int((FULL_BOTTOM - HEADS_FIRST - HEADS_HIGH) / PITCH_LEAST)
SECOND_PAGE = int((LAST_BOTTOM - HEADS_NEXT - HEADS_HIGH) / PITCH_LEAST)
TWO_PAGES = FIRST_PAGE + SECOND_PAGE
_LEGEND_ROWS = 6
_LEGEND_PITCH = 2.95
_PEN_LEAST = 62.0


@dataclass(frozen=True, slots=True)
class Pages:
    """How the rows are laid on pages."""

    first: int  # rows on the first page
    second: int  # 0: one page
    left_out: int
    pitch: float  # mm a row

    @property
    def count(self) -> int:
        """Pages."""
        return 2 if self.second else 1


def paginate(rows: int, left_out: int = 0) -> Pages:
    """The rows on pages, one pitch for both; `left_out` of them, or more when two pages do not hold the rest."""
    if rows <= ONE_PAGE and not left_out:
        return Pages(rows, 0, 0, min(PITCH_MOST, (LAST_BOTTOM - HEADS_FIRST - HEADS_HIGH) / max(1, rows)))
    if rows > TWO_PAGES:
        left_out = max(left_out, rows - (TWO_PAGES - 1))  # the notice takes a row's place
    shown = rows - left_out
    first = (shown + 1) // 2 if shown <= 2 * SECOND_PAGE else FIRST_PAGE
    high_first = FULL_BOTTOM - HEADS_FIRST - HEADS_HIGH
    high_second = LAST_BOTTOM - HEADS_NEXT - HEADS_HIGH - (NOTICE if left_out else 0)
    second = shown - first
    return Pages(first, second, left_out, min(PITCH_MOST_TWO, high_first / first, high_second / max(1, second)))


def write_pdf(
    target: BinaryIO,
    sheets: Sequence[Sheet],
    *,
    words: Words,
    printed: Printed,
    cover: bool,
    job: Job = NO_JOB,
) -> None:
    """All the sheets into one PDF, their pages numbered through, the overview of the managers first when asked.

    Raises Stopped when the job ends; nothing useful is in `target` then.
    """
    layouts = [paginate(len(sheet.rows), sheet.left_out) for sheet in sheets]
    covers = sheet_cover.page_count(len(sheets)) if cover else 0
    total = covers + sum(pages.count for pages in layouts)
    title = words.pgettext("sheet", "Supervisor's sheet")
    if len(sheets) == 1:
        title += f" — {sheets[0].manager}"
    page = Paper(target, title=title, author=printed.office, lang=words.lang, at=printed.at)
    if cover:
        sheet_cover.draw(page, sheets, words=words, printed=printed, total=total)
    number = covers + 1
    for done, (sheet, pages) in enumerate(zip(sheets, layouts, strict=True)):
        job.check()
        job.progress(done, len(sheets))
        _SheetPages(page, sheet, words, printed, pages, number, total).draw()
        number += pages.count
    job.progress(len(sheets), len(sheets))
    page.save()


class _SheetPages:
    """One manager's one or two pages."""

    def __init__(
        self, page: Paper, sheet: Sheet, words: Words, printed: Printed, pages: Pages, number: int, total: int
    ) -> None:
        self._page = page
        self._sheet = sheet
        self._words = SheetWords(words, sheet.currency, unit=sheet_unit(sheet))
        self._printed = printed
        self._pages = pages
        self._number = number
        self._total = total
        self._shown = sheet.rows[: len(sheet.rows) - pages.left_out]
        self._columns = columns(replace(sheet, rows=self._shown), self._words)
        self._table = Table(page, sheet, self._words, self._columns, self._names(), pages.pitch)

    def _names(self) -> dict[int, str]:
        def measure(bold: bool) -> Measure:
            return lambda text: paper.width(text, NAME, bold=bold)

        measures = [measure(row.rank is not None) for row in self._shown]
        fitted = fit_names([paper.printable(row.name) for row in self._shown], self._columns.name_room, measures)
        return {row.client_id: name for row, name in zip(self._shown, fitted, strict=True)}

    def draw(self) -> None:
        """Draws the pages."""
        sheet, page, pages = self._sheet, self._page, self._pages
        shown = self._shown
        page.bookmark(sheet.manager)
        self._head()
        y = self._table.heads(HEADS_FIRST)
        y = self._table.rows(shown[: pages.first], y, first=0, follows=pages.second > 0)
        if pages.second:
            w = self._words.words
            remark = w.pgettext("sheet", "totals, legend and signature are on page {n}", n=w.number(self._number + 1))
            sheet_frame.footer(page, self._words, self._printed, self._number, self._total, remark=remark)
            page.end_page()
            self._continued()
            y = self._table.heads(HEADS_NEXT)
            y = self._table.rows(shown[pages.first :], y, first=pages.first, follows=False)
        y += 0.4
        if pages.left_out:
            page.text(self._columns.name, y + 2.8, self._notice(len(shown)), 7.5, bold=True)
            y += NOTICE
        self._table.totals(y)
        self._bottom(y)
        sheet_frame.footer(page, self._words, self._printed, self._number + pages.count - 1, self._total)
        page.end_page()

    def _head(self) -> None:
        sheet, words = self._sheet, self._words
        parts = [words.period(sheet), words.tracked(sheet), words.sorted_by(sheet)]
        if self._pages.left_out:
            parts.append(words.in_sheet(len(sheet.rows) - self._pages.left_out))
        sheet_frame.title(self._page, sheet.manager, words.title(), " · ".join(parts))
        sheet_frame.figures(self._page, words.figures(sheet))
        found = [Worst(row.name, words.risk(row.risk), "  ".join(_in_full(words, row))) for row in sheet.worst]
        sheet_frame.worst(self._page, words.start_with(len(found)), found)

    def _continued(self) -> None:
        sheet, words, page = self._sheet, self._words, self._page
        rest = words.words.pgettext(
            "sheet", "{sheet}, continued · {period}", sheet=words.title(), period=words.period(sheet)
        )
        room = RIGHT - MARGIN - 2 - paper.width(rest, 8)
        length = page.text(MARGIN, MARGIN + 3, paper.cut(sheet.manager, room, 10, bold=True), 10, bold=True)
        page.text(MARGIN + length + 2, MARGIN + 3, rest, 8)

    def _notice(self, shown: int) -> str:
        """One line: how many of how many, why, their share of turnover, the alarmed among them by name."""
        w, sheet = self._words.words, self._sheet
        out = sheet.rows[shown:]
        turnover = sum(sum(month.turnover for month in row.months) for row in sheet.rows)
        lost = sum(sum(month.turnover for month in row.months) for row in out)
        share = w.decimal(round(100_000 * lost / turnover) if turnover > 0 else 0, 1)
        values = {"k": len(out), "share": share}
        begin = w.ngettext(
            "The sheet holds {shown} of {n} tracked client: we print two pages at most.",
            "The sheet holds {shown} of {n} tracked clients: we print two pages at most.",
            len(sheet.rows),
            shown=w.number(shown),
        )
        if sheet.sort is Sort.IMPORTANCE:
            begin += " " + w.pgettext("sheet", "Left out: the last {k} ({share}% of turnover)", **values)
        elif sheet.sort is Sort.GROSS_PROFIT:
            begin += " " + w.pgettext(
                "sheet", "Left out: the {k} with least gross profit ({share}% of turnover)", **values
            )
        else:
            begin += " " + w.pgettext("sheet", "Left out: the {k} with least turnover ({share}% of turnover)", **values)
        alarmed = [row for row in out if row.alarms]
        if not alarmed:
            return begin + w.pgettext("sheet", ", none of them with an alarm.")
        count = begin + w.pgettext("sheet", ", with an alarm {a}", a=w.number(len(alarmed)))
        named = count + ": " + ", ".join(row.name for row in alarmed) + "."
        return named if paper.width(named, 7.5, bold=True) <= RIGHT - self._columns.name else count + "."

    def _bottom(self, y: float) -> None:
        """Legend and pen: the legend right of the lines of money, or left of them when the pen would lack room."""
        signs = self._signs()
        length = sheet_frame.legend_width(signs, _LEGEND_ROWS) + sheet_frame.LEGEND_GAP
        table = self._table
        left = table.lines_right + 1.9
        pen = max(self._columns.goal, left + length + 3)
        if RIGHT - pen < _PEN_LEAST:
            before = table.labels_right + 3
            if before + length <= table.lines_left:
                left, pen = before, max(self._columns.goal, table.lines_right + 5)
            pen = min(pen, RIGHT - _PEN_LEAST)
        sheet_frame.legend(self._page, left, y + 10.8, signs, rows=_LEGEND_ROWS, pitch=_LEGEND_PITCH)
        if pen < table.figures_right:  # under the norms of the last blocks, not over them
            y += NOTES_HIGH
        high = paper.HEIGHT - MARGIN - 4.2 - y
        sheet_frame.pen(self._page, self._words, pen, y, high, manager_signs=True)

    def _signs(self) -> list[Sign]:
        w = self._words.words
        signs = [
            Sign(SIGNS[AlarmKind.SILENT], w.pgettext("sheet", "silent longer than usual")),
            Sign(SIGNS[AlarmKind.PROMISE], w.pgettext("sheet", "promise overdue")),
            Sign(SIGNS[AlarmKind.NO_VISIT], w.pgettext("sheet", "no visit or call")),
            Sign(SIGNS[AlarmKind.SKUS_FALL], w.pgettext("sheet", "SKU or turnover falling")),
            Sign(EMPTY_SIGN, w.pgettext("sheet", "nothing planned in the month")),
            Sign("disc", w.pgettext("sheet", "most money at risk")),
            Sign(w.pgettext("sheet", "VIPp"), w.pgettext("sheet", "potential VIP")),
            Sign(
                w.pgettext("sheet", "V{day}", day="12"),
                w.pgettext("sheet", "visit on the 12th; {call} — a call", call=w.pgettext("sheet", "C{day}", day="5")),
            ),
            Sign(w.pgettext("sheet", "BD {day}", day="").strip(), w.pgettext("sheet", "birthday; +1 — one more")),
            Sign("✓", w.pgettext("sheet", "goal met; ≈ nearly; ✘ missed")),
            Sign("bar", w.pgettext("sheet", "mean month and potential")),
            Sign("%", w.pgettext("sheet", "share of potential, >100 — out of date")),
        ]
        return [sign for sign in signs if sign.draw != "bar" or self._columns.bar is not None]


def _in_full(words: SheetWords, row: SheetRow) -> list[str]:
    return [f"{text.sign} {text.long}" for text in map(words.alarm, row.alarms)]
