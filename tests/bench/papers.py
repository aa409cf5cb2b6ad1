"""The supervisor's sheets on paper, beside a bare canvas that draws the same strokes and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from crmdesk.documents import paper, supervisor_sheet
from crmdesk.documents.sheet_words import Printed
from crmdesk.services import sheets
from crmdesk.system.i18n import words
from tests.bench.measure import Row, Work
from tests.bench.reads import Bench

Call = tuple[Any, str, tuple[Any, ...], dict[str, Any]]


def rows(bench: Bench) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Every row on paper by its name, to be measured when wanted."""
    yield "sheets to one PDF", lambda: bench.row("sheets to one PDF", _pdf(bench), 1.2, 1.2, turns=5)


def _pdf(bench: Bench) -> tuple[Work, Work]:
    """All managers' sheets, data and drawing; against the same calls of the canvas without anybody deciding them."""
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


class _Scribe:
    """Stands for a canvas or a text of it: lets each call through and writes it down."""

    def __init__(self, real: Any, key: int, calls: list[Call]) -> None:
        self._real, self._key, self._calls = real, key, calls

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        if not callable(found):
            return found

        def through(*args: Any, **kw: Any) -> Any:
            self._calls.append((self._key, name, tuple(_key(arg) for arg in args), kw))
            made = found(*(arg._real if isinstance(arg, _Scribe) else arg for arg in args), **kw)
            if name in ("beginText", "beginPath"):
                return _Scribe(made, len(self._calls), self._calls)
            return made

        return through


class _Key(int):
    """The call that made what is given as an argument."""


def _key(argument: Any) -> Any:
    return _Key(argument._key) if isinstance(argument, _Scribe) else argument


def _recorded(draw: Work) -> list[Call]:
    calls: list[Call] = []
    real = paper.Canvas

    def canvas(target: Any, **kw: Any) -> Any:
        calls.append((0, "", (), kw))
        return _Scribe(real(target, **kw), 0, calls)

    paper.Canvas = canvas  # type: ignore[assignment,misc]
    try:
        draw()
    finally:
        paper.Canvas = real  # type: ignore[misc]
    return calls


def _replay(calls: list[Call]) -> object:
    target = BytesIO()
    made: dict[int, Canvas | PDFTextObject | Any] = {}
    for number, (key, name, args, kw) in enumerate(calls, 1):
        if not name:
            made[0] = Canvas(target, **kw)
            continue
        given = [made[arg] if isinstance(arg, _Key) else arg for arg in args]
        result = getattr(made[key], name)(*given, **kw)
        if name in ("beginText", "beginPath"):
            made[number] = result
    return target
