"""What the sheet and its cover have in common: title, figures, the worst three, legend, room for the pen, footer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crmdesk.documents import paper
from crmdesk.documents.paper import MARGIN, RIGHT, Paper
from crmdesk.documents.sheet_cells import fit_names
from crmdesk.documents.sheet_words import Printed, SheetWords
from crmdesk.system.i18n import Words

WORST_WIDTH = 86.0
WORST_LEFT = RIGHT - WORST_WIDTH
FOOTER = paper.HEIGHT - MARGIN  # baseline
_FIGURE_GAP = 5.4
LEGEND_GAP = 2.5  # mm between the legend's columns, at least
_LEGEND_BAR = 3.4
_PEN_STEP = 5.6  # mm between lines to write on, at least


@dataclass(frozen=True, slots=True)
class Worst:
    """One of the three to start with."""

    name: str
    risk: str
    why: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the legend; `draw` is a text, or "disc" or "bar" for what is drawn."""

    draw: str
    words: str
    bold: bool = False


def title(page: Paper, name: str, what: str, subtitle: str) -> None:
    """The name large, what this is beside it, a line of particulars below; all end before the worst three."""
    room = WORST_LEFT - MARGIN - 4
    beside = paper.width(what, 10) + 3
    size = 17.0
    while size > 11 and paper.width(name, size, bold=True) > room - beside:
        size -= 1
    name = paper.cut(name, room - beside, size, bold=True)
    length = page.text(MARGIN, MARGIN + 5.6, name, size, bold=True)
    page.text(MARGIN + length + 3, MARGIN + 5.6, what, 10)
    size = next((size for size in (8.0, 7.5, 7.0) if paper.width(subtitle, size) <= room), 7.0)
    page.text(MARGIN, MARGIN + 10.0, paper.cut(subtitle, room, size), size)


def figures(page: Paper, found: Sequence[tuple[str, str, str, bool]]) -> None:
    """A row of label, figure, remark; a figure off the norm is bold."""
    widths = [
        max(paper.width(label, 7), paper.width(figure, 14, bold=bad), paper.width(remark, 7))
        for label, figure, remark, bad in found
    ]
    free = WORST_LEFT - MARGIN - 3 - sum(widths)
    gap = max(1.5, min(_FIGURE_GAP, free / max(1, len(found) - 1)))
    x, y = MARGIN, MARGIN + 14.4
    for (label, figure, remark, bad), length in zip(found, widths, strict=True):
        page.text(x, y, label, 7)
        page.text(x - 0.1, y + 5.1, figure, 14, bold=bad)
        page.text(x, y + 8.7, remark, 7)
        x += length + gap


def worst(page: Paper, heading: str, found: Sequence[Worst]) -> None:
    """The box at the top right: whom to start with, what it costs, why."""
    page.text(WORST_LEFT, MARGIN + 2.0, heading, 8, bold=True)
    page.rule(MARGIN + 3.1, 0.25, left=WORST_LEFT)
    room = WORST_WIDTH - 7 - max((paper.width(one.risk, 8) for one in found), default=0)
    names = fit_names([paper.printable(one.name) for one in found], room, [_worst_name] * len(found))
    y = MARGIN + 6.6
    for rank, (one, name) in enumerate(zip(found, names, strict=True), 1):
        page.disc(WORST_LEFT + 1.9, y + 0.45, 1.9, str(rank), 9)
        page.text(RIGHT, y, one.risk, 8, align="r")
        page.text(WORST_LEFT + 5, y, name, 8.5, bold=True)
        size = 7.5 if paper.width(one.why, 7.5) <= WORST_WIDTH - 5 else 7.0
        page.text(WORST_LEFT + 5, y + 3.1, paper.cut(one.why, WORST_WIDTH - 5, size), size)
        y += 6.5


def _worst_name(text: str) -> float:
    return paper.width(text, 8.5, bold=True)


def spanner(page: Paper, left: float, right: float, y: float, head: str) -> None:
    """A bold head over several columns, with a hairline under it; `y` is the top of the heads."""
    page.text(left, y + 2.6, head, 7, bold=True)
    page.line(left, y + 3.6, right, y + 3.6, 0.25)


def legend_width(signs: Sequence[Sign], rows: int) -> float:
    """How wide the legend is in columns of `rows` lines."""
    return sum(_legend_column(signs[i : i + rows]) for i in range(0, len(signs), rows))


def _legend_column(signs: Sequence[Sign]) -> float:
    return _indent(signs) + max(paper.width(sign.words, 7) for sign in signs)


def _indent(signs: Sequence[Sign]) -> float:
    drawn = {"disc": 1.8, "bar": _LEGEND_BAR}
    widths = [drawn[sign.draw] if sign.draw in drawn else paper.width(sign.draw, 7, bold=sign.bold) for sign in signs]
    return max(widths) + 1.4


def legend(
    page: Paper, x: float, y: float, signs: Sequence[Sign], *, rows: int, pitch: float, gap: float = LEGEND_GAP
) -> None:
    """The signs and their meaning, in columns of `rows` lines `gap` mm apart."""
    for start in range(0, len(signs), rows):
        column = signs[start : start + rows]
        inset = _indent(column)
        for line, sign in enumerate(column):
            base = y + line * pitch
            if sign.draw == "disc":
                page.disc(x + 1.1, base - 0.87, 1.25, "1", 7)
            elif sign.draw == "bar":
                page.bar(x, base - 0.35, _LEGEND_BAR, 2, 3, 3)
            else:
                page.text(x, base, sign.draw, 7, bold=sign.bold)
            page.text(x + inset, base, sign.words, 7)
        x += _legend_column(column) + gap


def pen(page: Paper, words: SheetWords, left: float, y: float, high: float, *, manager_signs: bool) -> None:
    """Room for the supervisor's pen: remarks on lines, then signature, date, and the manager's own signature."""
    w = words.words
    heading = w.pgettext("sheet", "Supervisor's remarks")
    page.text(left, y + 5.0, heading, 7.5, bold=True)
    first = left + paper.width(heading, 7.5, bold=True) + 2
    top, sign = y + 5.4, y + high - 3.2
    lines = max(2, int((sign - top) / _PEN_STEP))
    for line in range(lines):
        at = top + line * (sign - top) / lines
        page.rule(at, 0.25, left=left if line else first)
    room = RIGHT - left
    captions = [(0.0, 0.34, w.pgettext("sheet", "Signature")), (0.39, 0.18, w.pgettext("sheet", "Date"))]
    if manager_signs:
        captions.append((0.62, 0.38, w.pgettext("sheet", "Seen by the manager")))
    for start, share, caption in captions:
        page.rule(sign, 0.25, left=left + room * start, right=left + room * (start + share))
        page.text(left + room * start, y + high - 0.4, caption, 7)


def footer(page: Paper, words: SheetWords, printed: Printed, number: int, total: int, *, remark: str = "") -> None:
    """The state of the data, who printed, the seal, the office if there is room; `remark` stands before the page."""
    draw_footer(page, words.words, words.printed(printed), number, total, remark=remark)


def draw_footer(page: Paper, words: Words, parts: Sequence[str], number: int, total: int, *, remark: str = "") -> None:
    """The last line of any paper: `parts` as sheet_words.printed_words gives them, the page at the right."""
    page_text = words.pgettext("sheet", "page {n} of {total}", n=words.number(number), total=words.number(total))
    right = RIGHT - max(16.0, paper.width(page_text, 7) + 3)
    room = right - MARGIN - 3 - (paper.width(remark, 7) if remark else 0)
    *needed, office = parts
    text = " · ".join(needed)
    if office and paper.width(f"{text} · {office}", 7) <= room:
        text += f" · {office}"
    page.text(MARGIN, FOOTER, paper.cut(text, room, 7), 7)
    page.text(right, FOOTER, remark, 7, align="r")
    page.text(RIGHT, FOOTER, page_text, 7, align="r")
