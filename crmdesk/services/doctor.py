"""The doctor: proves that an office is whole, and that what is derived equals a full recount."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crmdesk.data import doctor
from crmdesk.services.office import Desk
from crmdesk.system.jobs import NO_JOB, Job


class Trouble(StrEnum):
    """What the doctor looks for."""

    DAMAGED = "damaged"  # pages of the file that cannot be right
    ORPHANS = "orphans"  # rows that point to a row that is not there
    FIGURES = "figures"  # derived figures that a recount does not confirm
    SEARCH = "search"  # search words that a recount does not confirm
    TRAIL = "trail"  # rows that are not what the audit trail says they became


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble: in which table ("" for the file), how many rows (complaints, for the file)."""

    trouble: Trouble
    table: str
    count: int
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What the doctor found; `healthy` when nothing is left that is wrong."""

    found: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Whether the office is whole now."""
        return all(finding.repaired for finding in self.found)


def run_doctor(desk: Desk, repair: bool = False, job: Job = NO_JOB) -> Findings:
    """Looks at everything; with `repair` derived rows are counted anew for good. Takes minutes on a large office.

    Raises Stopped, OutsideError of the store. Others may read meanwhile; who wants to write waits for the recount.
    """
    found: list[Finding] = []
    with desk.store.read() as connection:
        damaged = doctor.damaged_pages(connection)
        if damaged:
            return Findings((Finding(Trouble.DAMAGED, "", damaged),))
        found += [Finding(Trouble.ORPHANS, table, count) for table, count in doctor.orphans(connection)]
        found += [Finding(Trouble.TRAIL, table, count) for table, count in doctor.not_in_trail(connection, job)]
    searched = {table.__tablename__ for table in doctor.SEARCH}
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        for table, count in doctor.recount(writing.connection, keep=repair, job=job):
            trouble = Trouble.SEARCH if table in searched else Trouble.FIGURES
            found.append(Finding(trouble, table, count, repaired=repair))
    return Findings(tuple(found))
