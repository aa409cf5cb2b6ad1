"""Bringing an office of an older release up to date: a verified backup first, then all steps or none."""

from __future__ import annotations

from dataclasses import dataclass

from crmdesk.data import schema
from crmdesk.data import upgrade as steps
from crmdesk.services.backups import Backup, backup_address
from crmdesk.system.clock import Clock
from crmdesk.system.jobs import NO_JOB, Job


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which schema to which, and the backup made before; without one nothing was to be done."""

    before: int
    after: int
    backup: Backup | None


def upgrade(address: str, job: Job = NO_JOB, *, clock: Clock | None = None) -> Upgraded:
    """Upgrades the office at `address`, which nobody has open; without a good backup it is not touched.

    Raises UserError("newer_schema"), Stopped before the first step, OutsideError("office_busy", "disk_full", …): the
    office is then what it was.
    """
    before = steps.number_of(address)
    if before == schema.SCHEMA:
        return Upgraded(before, before, None)
    made = backup_address(address, clock=clock or Clock(), job=job)
    job.check()
    steps.upgrade(address, steps=steps.STEPS)
    return Upgraded(before, steps.number_of(address), made)
