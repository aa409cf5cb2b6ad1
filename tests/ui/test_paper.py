"""The sheet leaves the window: preview, printer, files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from crmdesk.app import App
from crmdesk.system.errors import OutsideError
from crmdesk.system.jobs import NO_JOB, Stopped
from crmdesk.ui import printing
from crmdesk.ui.pages import Page, draw_pages
from crmdesk.ui.preview import image
from crmdesk.ui.printing import PaperDialog
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.test_window import sheet_of

pytestmark = pytest.mark.gui


def paper_of(app: App, qtbot: Any) -> PaperDialog:
    """The sheet's paper, drawn."""
    app.kit.commands.run("sheet-print")
    dialog = app.window.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    qtbot.waitUntil(lambda: bool(dialog.pages), timeout=PATIENCE)
    return dialog


def test_that_the_preview_shows_the_pages_of_the_pdf(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    sheet_of(app)
    dialog = paper_of(app, qtbot)
    page = dialog.pages[0]
    drawn = image(page)
    assert abs(drawn.width() / drawn.height() - 297 / 210) < 0.01
    colors = {drawn.pixelColor(x, y).lightness() for x in range(0, page.width, 7) for y in range(0, page.height, 7)}
    assert min(colors) < 40
    assert max(colors) == 255
    assert dialog.rooms.currentWidget() is dialog.preview
    assert dialog.verb.isEnabled()
    dialog.reject()
    assert app.window.findChild(PaperDialog) is None or not dialog.isVisible()


def test_that_printing_paints_each_page_whole(opened: Opened, demo: str, qtbot: Any, tmp_path: Path) -> None:
    app = opened(demo)
    screen = sheet_of(app)
    screen.presenter.choose(manager=None)
    settle(app, qtbot)
    dialog = paper_of(app, qtbot)
    printer = printing.paper_printer(landscape=True)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(150)
    dialog.print_on(printer)
    settle(app, qtbot)
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    sizes = [document[number].get_size() for number in range(len(document))]
    document.close()
    assert len(sizes) == 1 + len(screen.presenter.state.sheets)  # the cover and a page a manager
    assert all(abs(w - 842) < 3 and abs(h - 595) < 3 for w, h in sizes)
    assert app.window.banner.words


def test_that_a_paper_is_saved_whole_as_a_pdf(opened: Opened, demo: str, qtbot: Any, tmp_path: Path) -> None:
    app = opened(demo)
    sheet_of(app)
    paper_of(app, qtbot).save(tmp_path / "лист.pdf")
    settle(app, qtbot)
    assert (tmp_path / "лист.pdf").read_bytes().startswith(b"%PDF")
    assert [file.name for file in tmp_path.glob("*.new")] == []
    assert str(tmp_path / "лист.pdf") in app.window.banner.words


def test_that_a_paper_that_cannot_be_saved_stays_open_and_says_why(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    sheet_of(app)
    dialog = paper_of(app, qtbot)
    dialog.save(Path("/proc/no/such/folder/sheet.pdf"))
    settle(app, qtbot)
    assert "/proc/no/such/folder/sheet.pdf" in dialog.trouble.text()
    assert dialog.isVisible()
    assert dialog.verb.isEnabled()


def test_that_a_paper_closed_while_it_is_drawn_is_told_to_nobody(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    sheet_of(app)
    app.kit.commands.run("sheet-print")
    dialog = app.window.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    dialog.reject()
    settle(app, qtbot)
    assert app.window.banner.words == ""


def test_that_the_name_of_a_file_holds_no_sign_that_a_system_forbids() -> None:
    assert printing.file_name('ООО "Лист": а/б?') == "ООО  Лист   а б.pdf"
    assert len(printing.file_name("я" * 400)) < 130


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
    printer = printing.paper_printer(landscape=True)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder.pdf"))
    with qtlog.disabled(), pytest.raises(OutsideError) as caught:
        printing.paint_pages(printer, (Page(1, 1, 4, b"\xff" * 4),), NO_JOB)
    assert caught.value.key == "printer_failed"
