"""Printing, for every paper: the pages as they will come out, then the printer or a PDF file.

What is shown are the pages of the PDF itself, so the preview cannot differ from the print. All work runs on the
runner's threads; `make` is called once more, as printed, when the paper leaves the office: the service journals it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMarginsF, QRectF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from crmdesk.system.errors import OutsideError
from crmdesk.system.jobs import Job
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.pages import Page, draw_pages
from crmdesk.ui.preview import Preview, image
from crmdesk.ui.tasks import Running
from crmdesk.ui.widgets.controls import Button, Label
from crmdesk.ui.widgets.dialog import Dialog
from crmdesk.ui.widgets.notes import Empty, Progress

PREVIEW_DPI = 144
MOST_DPI = 300  # a laser printer's own; more only costs memory
WIDE, MARGIN = 980, 48  # pixels: the dialog, and the window that stays visible around it
FORBIDDEN = '\\/:*?"<>|'  # in names of files, on one system or another

Make = Callable[[Job, bool], bytes]
"""Makes the PDF; True when it is the one that leaves the office."""
T = TypeVar("T")


def print_paper(kit: Kit, host: Host, name: str, make: Make) -> PaperDialog:
    """Shows a paper as it will be printed, with the ways out: a printer, a PDF file.

    `name` is the paper's name in the language of the window, also that of its file: «Клиенты Иванова 02.11.2026».
    `make(job, printed)` gives the PDF's bytes, off the UI thread; with `printed` the service journals it.
    """
    dialog = PaperDialog(kit, host, name, make)
    dialog.open()
    dialog.draw()
    return dialog


class PaperDialog(Dialog):
    """The pages of one paper and what can be done with it."""

    def __init__(self, kit: Kit, host: Host, name: str, make: Make) -> None:
        assert isinstance(host, QWidget)  # the frame is the window that the dialog stands over
        window = host.window()
        super().__init__(kit, window, "", verb=N_("Print…"), press=self.ask_printer, refuse=N_("Close"), width=480)
        self._host = host
        self._name = name
        self._make = make
        self._running: Running | None = None
        self._closed = False
        self.pages: tuple[Page, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMaximumWidth(WIDE)
        self.heading.setText(name)
        self._facts = Label(kit, "", "muted")
        self.body.addWidget(self._facts)
        self.progress = Progress(kit, self._stop)
        self.body.addWidget(self.progress)
        self.rooms = QStackedWidget()
        self.preview = Preview(kit)
        self.empty = Empty(kit)
        self.rooms.addWidget(self.empty)
        self.rooms.addWidget(self.preview)
        self.body.addWidget(self.rooms, 1)
        self.trouble = Label(kit, "", "error")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.save_button = Button(kit, N_("Save as PDF…"), self.ask_file, icon="download")
        self.extra.addWidget(self.save_button)
        self.resize(min(WIDE, max(480, window.width() - MARGIN)), max(360, window.height() - MARGIN))
        self._ready(False)

    # the pages -------------------------------------------------------------------------------------
    def draw(self) -> None:
        """Makes the pages and shows them."""
        words = self.kit.words
        self.empty.tell("printer", words.gettext("Drawing the pages…"))
        self.rooms.setCurrentWidget(self.empty)
        make = self._make
        self._work(
            words.gettext("Drawing the pages…"),
            lambda job: draw_pages(make(job, False), PREVIEW_DPI, job),
            self._drawn,
            self._not_drawn,
        )

    def _drawn(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        self.preview.show_pages(pages)
        self.rooms.setCurrentWidget(self.preview)
        self.empty.clear()
        self._facts.setText(self.kit.words.ngettext("{n} page", "{n} pages", len(pages)))
        self.verb.setFocus()

    def _not_drawn(self, error: Exception) -> None:
        words = self.kit.words
        self.empty.tell(
            "circle-alert",
            words.gettext("The pages could not be made"),
            told(error, words),
            token="over",
            button=words.gettext("Try again"),
            press=self.draw,
        )

    # the printer -----------------------------------------------------------------------------------
    def ask_printer(self) -> None:
        """Asks for a printer, then prints."""
        page = self.pages[0]
        printer = paper_printer(landscape=page.width > page.height)
        ask = QPrintDialog(printer, self)
        ask.setWindowTitle(self._name)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(ask)  # QPrintDialog's own open() wants a receiver and a slot's name

    def print_on(self, printer: QPrinter) -> None:
        """Prints the paper on this printer."""
        make, dpi = self._make, resolution(printer)
        self._work(
            self.kit.words.gettext("Printing…"),
            lambda job: paint_pages(printer, draw_pages(make(job, True), dpi, job), job),
            lambda _: self._done(self.kit.words.gettext("Sent to the printer"), self._name),
            self._failed,
        )

    # a file ----------------------------------------------------------------------------------------
    def ask_file(self) -> None:
        """Asks where, then saves."""
        folder = self.kit.settings.get("save_folder") or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        ask = QFileDialog(self, self.kit.words.gettext("Save as PDF"), str(folder))
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        ask.setNameFilter("PDF (*.pdf)")
        ask.setDefaultSuffix("pdf")
        ask.selectFile(file_name(self._name))
        ask.fileSelected.connect(lambda path: self.save(Path(path)))
        ask.open()

    def save(self, path: Path) -> None:
        """Saves the paper as a PDF, whole or not at all."""
        self.kit.settings.set("save_folder", str(path.parent))
        make, words = self._make, self.kit.words
        self._work(
            words.gettext("Saving…"),
            lambda job: write_whole(path, make(job, True)),
            lambda _: self._done(words.gettext("Saved"), str(path), words.gettext("Open"), opener(path)),
            self._failed,
        )

    # work ------------------------------------------------------------------------------------------
    def _work(
        self, what: str, work: Callable[[Job], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._ready(False)
        self.trouble.hide()
        self.progress.tell(what, 0, 0)
        self._running = self.kit.runner.long(
            work,
            lambda value: self._over(lambda: done(value)),
            lambda error: self._over(lambda: failed(error)),
            progress=lambda so_far, total: self._step(what, so_far, total),
            stopped=lambda: self._over(self._stopped),
        )

    def _step(self, what: str, so_far: int, total: int) -> None:
        if not self._closed:
            self.progress.tell(what, so_far, total)

    def _over(self, then: Callable[[], None]) -> None:
        """The work has ended; nobody is told anything any more when the dialog was closed over it."""
        self._running = None
        if not self._closed:
            self.progress.hide()
            then()
        if not self._closed:
            self._ready(bool(self.pages))

    def _stopped(self) -> None:
        if not self.pages:
            self.reject()

    def _done(self, strong: str, plain: str, action: str = "", press: Callable[[], None] | None = None) -> None:
        self._host.tell("done", strong, plain, action=action, press=press)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.trouble.setText(told(error, self.kit.words))
        self.trouble.show()

    def _ready(self, ready: bool) -> None:
        self.verb.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    def done(self, result: int) -> None:
        """Closes; work that is still under way ends and is told to nobody."""
        self._closed = True
        self._stop()
        super().done(result)


def paper_printer(*, landscape: bool) -> QPrinter:
    """A printer for the whole of A4: papers bring their own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    across = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), across, QMarginsF(0, 0, 0, 0)))
    printer.setDocName("CRMDesk")
    return printer


def resolution(printer: QPrinter) -> int:
    """Dots an inch the pages are drawn at."""
    return max(72, min(MOST_DPI, printer.resolution()))


def paint_pages(printer: QPrinter, pages: tuple[Page, ...], job: Job) -> None:
    """Paints each page over the whole paper. Raises OutsideError("printer_failed"); stops between pages."""
    painter = QPainter()
    if not painter.begin(printer):
        raise OutsideError("printer_failed", printer=printer.printerName() or printer.outputFileName())
    try:
        for number, page in enumerate(pages):
            job.check()
            job.progress(number, len(pages))
            if number and not printer.newPage():
                raise OutsideError("printer_failed", printer=printer.printerName() or printer.outputFileName())
            painter.drawImage(QRectF(painter.viewport()), image(page))
        job.progress(len(pages), len(pages))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file that appears whole or not at all. Raises OutsideError("paper_not_saved")."""
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise OutsideError("paper_not_saved", file=str(target), why=error.strerror or str(error)) from error


def file_name(name: str, ending: str = "pdf") -> str:
    """A name that every system takes for a file."""
    return "".join(" " if sign in FORBIDDEN else sign for sign in name).strip(" .")[:120] + f".{ending}"


def opener(path: Path) -> Callable[[], None]:
    """Opens a file with the program the desktop has for it."""

    def opened() -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    return opened
