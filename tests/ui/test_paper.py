"""The sheet leaves the window: preview, printer, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from crmdesk.system.errors import OutsideError
from crmdesk.system.jobs import NO_JOB, Stopped
from crmdesk.ui.sheet import printing
from crmdesk.ui.sheet.pages import Page, draw_pages
from crmdesk.ui.sheet.preview import image
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.test_window import sheet_of

pytestmark = pytest.mark.gui


def test_that_the_preview_shows_the_pages_of_the_pdf(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    app.kit.commands.run("sheet-preview")
    qtbot.waitUntil(lambda: bool(screen.presenter.state.pages), timeout=PATIENCE)
    page = screen.presenter.state.pages[0]
    drawn = image(page)
    assert abs(drawn.width() / drawn.height() - 297 / 210) < 0.01
    colors = {drawn.pixelColor(x, y).lightness() for x in range(0, page.width, 7) for y in range(0, page.height, 7)}
    assert min(colors) < 40
    assert max(colors) == 255
    assert screen.rooms.currentWidget() is screen.preview
    screen.presenter.close_preview()
    assert screen.rooms.currentWidget() is screen.page


def test_that_printing_paints_each_page_whole(opened: Opened, demo: str, qtbot: Any, tmp_path: Path) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    screen.presenter.choose(manager=None)
    settle(app, qtbot)
    printer = printing.landscape_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)
    screen.print_on(printer)
    settle(app, qtbot)
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    sizes = [document[number].get_size() for number in range(len(document))]
    document.close()
    assert len(sizes) == 1 + len(screen.presenter.state.sheets)  # the cover and a page a manager
    assert all(abs(w - 842) < 3 and abs(h - 595) < 3 for w, h in sizes)
    assert app.window.banner.words


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "json"])
def test_that_the_sheet_is_saved_in_every_form(
    opened: Opened, demo: str, qtbot: Any, tmp_path: Path, ending: str
) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    assert screen.file_name(ending).endswith(f"2026-10.{ending}")
    target = tmp_path / f"лист.{ending}"
    screen.presenter.save(target, "ru")
    settle(app, qtbot)
    assert target.stat().st_size > 1000
    assert str(target) in app.window.banner.words
    if ending == "json":
        shown = screen.presenter.state.sheet
        assert shown is not None
        assert len(json.loads(target.read_text(encoding="utf-8"))["rows"]) == len(shown.rows)


def test_that_a_folder_that_takes_nothing_is_told_in_words(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    screen.presenter.save(Path("/proc/no/such/folder/sheet.pdf"), "ru")
    settle(app, qtbot)
    assert "/proc/no/such/folder/sheet.pdf" in app.window.banner.words


def test_that_drawing_stops_between_pages(opened: Opened, demo: str) -> None:
    class Ended:
        """A job that was asked to end."""

        def progress(self, done: int, total: int) -> None:
            """Nobody looks on."""

        def check(self) -> None:
            raise Stopped

    app = opened(demo)
    screen = sheet_of(app)
    assert app.window.office is not None
    pdf = app.window.office.pdf(screen.presenter.on_paper[0], "ru", NO_JOB, printed=False)
    with pytest.raises(Stopped):
        draw_pages(pdf, 72, Ended())


def test_that_a_printer_that_takes_nothing_is_told(tmp_path: Path, qapp: object, qtlog: Any) -> None:
    printer = printing.landscape_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with qtlog.disabled(), pytest.raises(OutsideError) as caught:
        printing.paint_pages(printer, (Page(1, 1, 4, b"\xff" * 4),), NO_JOB)
    assert caught.value.key == "printer_failed"
