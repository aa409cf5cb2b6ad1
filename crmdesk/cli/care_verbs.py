"""backup, restore, doctor, upgrade: the care of an office."""

from __future__ import annotations

from pathlib import Path

from crmdesk.cli.session import OFFICE, Session
from crmdesk.system.i18n import Words
from crmdesk.system.settings import Settings


def N_(text: str) -> str:
    """Marks a text for translation; returns it as it is."""
    return text


TROUBLES = {
    "damaged": N_("damaged pages of the file"),
    "orphans": N_("rows that point to a row that is not there"),
    "figures": N_("derived figures that a recount does not confirm"),
    "search": N_("search words that a recount does not confirm"),
    "trail": N_("rows that differ from what the journal of changes says"),
}


def backup(session: Session) -> int:
    """A verified copy."""
    from crmdesk.services import backups

    w = session.words
    folder = Path(session.options.to) if session.options.to else None
    made = backups.backup(session.desk, folder, session.job(w.gettext("Copy")))
    session.say(w.gettext("The copy is made and verified: {file}", file=made.path))
    session.answer(
        {
            "file": str(made.path),
            "sha256": made.sha256,
            "counts": dict(made.counts),
            "verified_at": made.verified_at.isoformat(),
        }
    )
    return 0


def restore(session: Session) -> int:
    """The office back from a copy, to where --office says."""
    from crmdesk.services import backups

    options, w = session.options, session.words
    done = backups.restore(
        Path(options.file), session.address, session.job(w.gettext("Copy")), clock=session.clock("UTC")
    )
    Settings().set(OFFICE, done.address)
    session.say(w.gettext("The office is back: {place}", place=done.address))
    if done.kept_aside:
        session.say(w.gettext("What was there before is kept: {place}", place=done.kept_aside))
    if not done.hash_known:
        session.note(w.gettext("No hash lay beside the copy: only its inside could be checked."))
    session.answer(
        {
            "office": done.address,
            "kept_aside": done.kept_aside,
            "counts": dict(done.counts),
            "hash_known": done.hash_known,
        }
    )
    return 0


def upgrade(session: Session) -> int:
    """An office of an older release brought up to date, after a verified copy."""
    from crmdesk.services import upgrades

    w = session.words
    done = upgrades.upgrade(session.address, session.job(w.gettext("Upgrade")), clock=session.clock("UTC"))
    if done.backup:
        session.say(w.gettext("The copy is made and verified: {file}", file=done.backup.path))
    session.say(w.gettext("The office is up to date."))
    copy = str(done.backup.path) if done.backup else None
    session.answer({"before": done.before, "after": done.after, "backup": copy})
    return 0


def doctor(session: Session) -> int:
    """Looks at everything; exit code 1 when something is left that is wrong."""
    from crmdesk.services.doctor import run_doctor

    w = session.words
    found = run_doctor(session.desk, session.options.repair, session.job(w.gettext("Doctor")))
    for finding in found.found:
        told = _finding(w, finding.trouble.value, finding.table, finding.count)
        session.say(told + (" · " + w.gettext("mended") if finding.repaired else ""))
    if found.healthy:
        session.say(w.gettext("Everything is in order."))
    session.answer(
        {
            "healthy": found.healthy,
            "findings": [
                {"trouble": one.trouble.value, "table": one.table, "count": one.count, "repaired": one.repaired}
                for one in found.found
            ],
        }
    )
    return 0 if found.healthy else 1


def _finding(w: Words, trouble: str, table: str, count: int) -> str:
    words = w.gettext(TROUBLES[trouble])
    return f"{words}: {w.number(count)}" + (f" ({table})" if table else "")
