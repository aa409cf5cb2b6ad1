"""sheet: the supervisor's sheet as PDF, workbook or JSON."""

from __future__ import annotations

from pathlib import Path

from crmdesk.cli.session import Session


def sheet(session: Session) -> int:
    """One manager's sheet, or everybody's with the cover."""
    from crmdesk.domain.sheet import Sheet, SheetRequest, Sort
    from crmdesk.services import sheets, users

    options, desk, w = session.options, session.desk, session.words
    sort = Sort(options.sort)
    job = session.job(w.gettext("Sheets"))
    if options.all:
        wanted: sheets.Batch | Sheet = sheets.all_sheets(
            desk, last_month=options.month, months=options.months, ahead=options.ahead, sort=sort, job=job
        )
    else:
        request = SheetRequest(
            manager_id=users.find(desk, options.manager).id,
            last_month=options.month or sheets.last_full_month(desk),
            months=options.months,
            ahead=options.ahead,
            sort=sort,
            factors=sheets.factors(desk),
        )
        wanted = sheets.sheet(desk, request)
    path = sheets.save(desk, wanted, Path(options.out), lang=session.sheet_words.lang, job=job)
    found = wanted.sheets if isinstance(wanted, sheets.Batch) else (wanted,)
    session.say(w.ngettext("{n} sheet written: {file}", "{n} sheets written: {file}", len(found), file=path))
    session.answer(
        {
            "file": str(path),
            "sheets": [
                {"manager": one.login, "rows": len(one.rows) - one.left_out, "left_out": one.left_out} for one in found
            ],
        }
    )
    return 0
