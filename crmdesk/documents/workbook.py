"""What every worksheet of the sheet shares: looks of cells, texts Excel can hold, print set-up."""

from __future__ import annotations

import re
from typing import Any

from crmdesk.documents.sheet_words import Printed, SheetWords
from crmdesk.domain.sheet import Sheet

TITLE_LONGEST = 31  # Excel's limit for a worksheet's name
_TEXT_LONGEST = 32_767  # and for a cell
_FOOTER_LONGEST = 230  # and, with what stands around it, for a footer
_A4 = 9
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MONEY = "#,##0"
_COUNT = "#,##0"


def worksheet_title(sheet: Sheet) -> str:
    """The manager's name without what a worksheet's name may not hold."""
    title = _FORBIDDEN.sub(" ", clean(sheet.manager)).strip(" '")
    if title.casefold() == "history":  # Excel keeps this name to itself
        title += " –"
    return title or str(sheet.manager_id)


def clean(text: str) -> str:
    """The text without what XML cannot hold, and no longer than a cell may be."""
    return _NOT_XML.sub("", text)[:_TEXT_LONGEST]


class Formats:
    """The looks of the cells; made once a workbook."""

    def __init__(self, book: Any) -> None:
        def look(**properties: object) -> Any:
            return book.add_format({"font_name": "Arial", "font_size": 9, "valign": "top", **properties})

        self.title = look(bold=True, font_size=14)
        self.plain = look()
        self.text = look(text_wrap=True)
        self.bold = look(bold=True)
        self.group = look(bold=True, bottom=1, align="center")
        self.head = look(bold=True, bottom=2, text_wrap=True, align="center")
        self.head_left = look(bold=True, bottom=2, text_wrap=True)
        self.money = look(num_format=_MONEY)
        self.money_bold = look(num_format=_MONEY, bold=True)
        self.count = look(num_format=_COUNT)
        self.ratio = look(num_format="0%", bold=True)
        self.ratio_plain = look(num_format="0%")
        self.total_text = look(bold=True, top=2)
        self.total_money = look(num_format=_MONEY, bold=True, top=2)
        self.total_count = look(num_format=_COUNT, bold=True, top=2)


def set_up_print(page: Any, words: SheetWords, printed: Printed, heads: int) -> None:
    """A4 landscape, one page wide, heads on every page, the footer of the paper sheet."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    page.repeat_rows(heads - 2, heads - 1)
    page.hide_gridlines(0)
    text = " · ".join(words.printed(printed)[:-1]).replace("&", "&&")
    page.set_footer(f"&L&8{clean(text)[:_FOOTER_LONGEST]}&R&8&P / &N")
