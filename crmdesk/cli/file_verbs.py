"""export: files out."""

from __future__ import annotations

from pathlib import Path

from crmdesk.cli.session import Session


def export(session: Session) -> int:
    """The office's records of one kind as a table."""
    from crmdesk.services import exports

    options, w = session.options, session.words
    done = exports.export(
        session.desk, options.kind, Path(options.file), lang=options.lang, job=session.job(w.gettext("Export"))
    )
    told = w.ngettext("{n} record written: {file}", "{n} records written: {file}", done.rows, file=done.path)
    session.say(told)
    session.answer({"kind": done.kind, "file": str(done.path), "rows": done.rows})
    return 0
