"""Printing: Qt's own dialog chooses the printer, the pages are painted on it by the work's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.system.errors import OutsideError
from crmdesk.system.jobs import Job
from crmdesk.ui.sheet.pages import Page
from crmdesk.ui.sheet.preview import image

MOST_DPI = 300  # a laser printer's own; more only costs memory


def landscape_printer() -> QPrinter:
    """A printer for A4 landscape, the whole page: the sheet brings its own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
    )
    printer.setDocName("CRMDesk")
    return printer


def ask_printer(parent: QWidget, title: str, chosen: Callable[[QPrinter], None]) -> QPrintDialog:
    """Asks for a printer; `chosen` gets it when the person agrees."""
    printer = landscape_printer()
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: chosen(printer))
    QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver and a slot's name
    return dialog


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
