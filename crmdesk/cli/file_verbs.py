"""import, undo-import, export: files in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.session import Session

if TYPE_CHECKING:
    from crmdesk.services.imports import ImportReport, Preview

MOST_SHOWN = 20  # refusals that are printed one by one


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


def import_(session: Session) -> int:
    """Files in, one after another; a refused file stops nothing that came before it."""
    from crmdesk.services import imports
    from crmdesk.ui.import_texts import reason

    options, w = session.options, session.words
    answers: list[dict[str, object]] = []
    code = 0
    form = ""
    try:
        for file in options.file:
            if not options.json:
                seen = imports.preview(session.desk, options.kind, file, options.mapping, count=False)
                form = seen.form
                _show_columns(session, seen, file)
            done = imports.run(
                session.desk,
                options.kind,
                file,
                mapping=options.mapping,
                keep_good=options.keep_good,
                create_unknown=options.create_unknown,
                dry_run=options.dry_run,
                job=session.job(w.gettext("Import")),
            )
            _show(session, done, file, form)
            if done.refused and not options.keep_good:  # a rehearsal, too, says whether the file would come in
                code = 1
            answers.append(
                {
                    "file": file,
                    "kind": done.kind,
                    "added": done.added,
                    "updated": done.updated,
                    "unchanged": done.unchanged,
                    "refused": [
                        {"row": one.row, "column": one.column, "reason": one.reason_key, "text": reason(one, w)}
                        for one in done.refused
                    ],
                    "import_id": None if done.import_id is None else str(done.import_id),
                }
            )
    finally:  # what came in before a file that could not be read is told all the same
        if answers:
            session.answer(answers[0] if len(options.file) == 1 else answers)
    return code


def _show_columns(session: Session, seen: Preview, file: str) -> None:
    """The guess, before anything is written."""
    from crmdesk.ui.import_texts import column_name, field_name

    w = session.words
    session.say(w.gettext("Columns of {file}:", file=file))
    for column in seen.columns:
        meaning = field_name(column.field, w) or w.gettext("not used")
        name = column_name(column.label, seen.form, w) or "—"
        said = name if name == meaning else f"{name} → {meaning}"
        session.say(f"  {said}" + (f"  ({', '.join(column.samples)})" if column.samples else ""))


def _show(session: Session, done: ImportReport, file: str, form: str) -> None:
    from crmdesk.ui.import_texts import refusal_line

    w = session.words
    for one in done.refused[:MOST_SHOWN]:
        session.say("  " + refusal_line(one, w, form=form))
    if len(done.refused) > MOST_SHOWN:
        more = len(done.refused) - MOST_SHOWN
        session.say(
            w.ngettext("  and {n} row more; all of them: --json", "  and {n} rows more; all of them: --json", more)
        )
    session.say(
        w.gettext(
            "{file}: added {added}, updated {updated}, unchanged {unchanged}, refused {refused}",
            file=file,
            added=w.number(done.added),
            updated=w.number(done.updated),
            unchanged=w.number(done.unchanged),
            refused=w.number(len(done.refused)),
        )
    )
    if session.options.dry_run and not (done.refused and not session.options.keep_good):
        session.say(w.gettext("This was a rehearsal: nothing was written."))
    elif done.import_id is None and done.refused:
        session.say(w.gettext("Nothing was written. Mend the rows, or take the good ones with --keep-good."))
    elif done.import_id is not None and (done.added or done.updated):
        session.say(w.gettext("To take it back: crmdesk undo-import {import_id}", import_id=done.import_id))


def undo_import(session: Session) -> int:
    """Takes an import back; exit code 1 when something had to stay."""
    from crmdesk.services import imports

    w = session.words
    done = imports.undo(session.desk, session.options.import_id)
    session.say(w.ngettext("{n} record is gone again.", "{n} records are gone again.", done.archived))
    if done.restored:
        session.say(w.ngettext("{n} record is what it was.", "{n} records are what they were.", done.restored))
    if done.kept:
        session.say(
            w.ngettext(
                "{n} record was changed since and stays.", "{n} records were changed since and stay.", len(done.kept)
            )
        )
    session.answer(
        {
            "import_id": str(done.import_id),
            "archived": done.archived,
            "restored": done.restored,
            "kept": [{"table": table, "id": str(row), "reason": reason} for table, row, reason in done.kept],
        }
    )
    return 1 if done.kept else 0
