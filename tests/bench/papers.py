"""The supervisor's sheets on paper, beside a bare canvas that draws the same strokes and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from crmdesk.documents import paper, supervisor_sheet
from crmdesk.documents.paper import Paper
from crmdesk.documents.sheet_words import Printed
from crmdesk.services import sheets
from crmdesk.system.i18n import words
from tests.bench.measure import Row, Work
from tests.bench.reads import Bench

Call = tuple[str, tuple[Any, ...]]


def rows(bench: Bench) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Every row on paper by its name, to be measured when wanted."""
    yield "sheets to one PDF", lambda: bench.row("sheets to one PDF", _pdf(bench), 1.2, 1.2, turns=5)


def _pdf(bench: Bench) -> tuple[Work, Work]:
    """All managers' sheets, data and drawing; against a bare canvas that is told every place and size."""
    desk = bench.office.desk
    now = desk.clock.local().replace(tzinfo=None)
    printed = Printed(now, "Boss", now, "0123456789abcdef", "Bench", "")
    language = words("ru")

    def ours() -> object:
        target = BytesIO()
        made = sheets.all_sheets(desk).sheets
        supervisor_sheet.write_pdf(target, made, words=language, printed=printed, cover=False)
        return target

    calls = _recorded(ours)
    return ours, lambda: _replay(calls)


class _Scribe(Paper):
    """Draws as ever and writes down what a bare canvas would have to be told: points from the bottom left corner."""

    calls: list[Call] = []

    def text(self, x: float, y: float, text: str, size: float, **how: Any) -> float:
        length = super().text(x, y, text, size, **how)
        x -= {"l": 0.0, "c": length / 2, "r": length}[how.get("align", "l")]
        for font, part, unit in paper._runs(text, how.get("bold", False))[0]:
            place = (x * mm, (paper.HEIGHT - y) * mm)
            self.calls.append(("text", (font, paper._size(font, size), *place, part, how.get("white", False))))
            x += unit * size
        return length

    def bar(
        self, x: float, y: float, across: float, fact: int, target: int | None, scale: int, thick: float = 0.95
    ) -> None:
        super().bar(x, y, across, fact, target, scale, thick)
        if fact > 0 and scale > 0:
            length = max(0.12, across * fact / scale)
            self.calls.append(("rect", (x * mm, (paper.HEIGHT - y) * mm, length * mm, thick * mm)))

    def _polyline(self, points: Sequence[tuple[float, float]], thick: float) -> None:
        super()._polyline(points, thick)
        if len(points) >= 2:
            self.calls.append(("polyline", (tuple(points), thick)))

    def _disc(self, x: float, y: float, r: float) -> None:
        super()._disc(x, y, r)
        self.calls.append(("disc", (x, y, r)))

    def end_page(self) -> None:
        super().end_page()
        self.calls.append(("page", ()))


def _recorded(draw: Work) -> list[Call]:
    _Scribe.calls = []
    supervisor_sheet.Paper = _Scribe  # type: ignore[misc]
    try:
        draw()
    finally:
        supervisor_sheet.Paper = Paper  # type: ignore[misc]
    return _Scribe.calls


def _replay(calls: Sequence[Call]) -> object:
    """The same page after page, by the canvas's own methods."""
    target = BytesIO()
    size = (paper.WIDTH * mm, paper.HEIGHT * mm)
    canvas = Canvas(target, pagesize=size, initialFontName=paper.REGULAR)  # type: ignore[arg-type]
    for name, args in calls:
        if name == "text":
            font, points, x, y, part, white = args
            if white:
                canvas.setFillGray(1)
            canvas.setFont(font, points)
            canvas.drawString(x, y, part)
            if white:
                canvas.setFillGray(0)
        elif name == "polyline":
            line, thick = args
            canvas.setLineWidth(thick)
            path = canvas.beginPath()
            path.moveTo(*line[0])
            for point in line[1:]:
                path.lineTo(*point)
            canvas.drawPath(path)
        elif name == "rect":
            canvas.rect(*args, stroke=0, fill=1)
        elif name == "disc":
            canvas.circle(*args, stroke=0, fill=1)
        else:
            canvas.showPage()
    canvas.save()
    return target
