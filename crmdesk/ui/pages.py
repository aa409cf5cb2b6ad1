"""The pages of a PDF as pixels, for the preview and the printer. No Qt here; slow, so called by work only."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from crmdesk.system.jobs import NO_JOB, Job

POINTS_AN_INCH = 72
_pdfium = threading.Lock()  # the library may be used by one thread at a time


@dataclass(frozen=True, slots=True)
class Page:
    """One page: 32 bits a pixel (blue, green, red, unused), `stride` bytes a line."""

    width: int
    height: int
    stride: int
    pixels: bytes


def draw_pages(pdf: bytes, dpi: int, job: Job = NO_JOB) -> tuple[Page, ...]:
    """All pages at this resolution. Raises Stopped when the job is stopped between two pages."""
    import pypdfium2

    found = []
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            count = len(document)
            for number in range(count):
                job.check()
                job.progress(number, count)
                page = document[number]
                bitmap = page.render(scale=dpi / POINTS_AN_INCH, rev_byteorder=False, prefer_bgrx=True)
                found.append(Page(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)))
                bitmap.close()
                page.close()
            job.progress(count, count)
        finally:
            document.close()
    return tuple(found)
