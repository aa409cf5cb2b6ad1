"""Backups that count: each copy is opened, checked and counted before it is called one; its SHA-256 lies beside it.

They lie in the person's data folder, one folder an office, thinned with age. `state.json` there remembers the last
verified copy, what the office's trail looked like then, and whether scheduled copies rest after a restore.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crmdesk.data import backup as copies
from crmdesk.data import journal, portable
from crmdesk.data.office import is_postgres
from crmdesk.domain.backups import is_due, worth_keeping
from crmdesk.domain.lists import Role
from crmdesk.services.office import Desk
from crmdesk.system import paths
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.jobs import NO_JOB, Job

ENDING = ".crmdesk"
COPIED = "copy"  # the kind of a copy's line in the journal of a shared base
RECENT = timedelta(hours=24)  # how old the copy may be that stands before somebody's import into a shared base
_STAMP = "%Y-%m-%d_%H-%M-%S"
_STAMPED = re.compile(r".+_(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:_\d+)?" + re.escape(ENDING))


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where it lies, its hash, how many rows each table has, when it was verified (UTC)."""

    path: Path
    sha256: str
    counts: Mapping[str, int]
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored office: its address, what became of the one before (None: there was none), rows a table.

    `hash_known` is False when no hash lay beside the copy, so that only its inside could be checked.
    """

    address: str
    kept_aside: str | None
    counts: Mapping[str, int]
    hash_known: bool


def backup(desk: Desk, folder: Path | None = None, job: Job = NO_JOB) -> Backup:
    """Makes a verified copy of the office, in `folder` or in the office's own folder of backups (then thinned).

    Raises OutsideError("disk_full", "backup_not_verified", …), UserError("backup_by_owner"), Stopped.
    """
    if is_postgres(desk.store.address) and desk.me.role is not Role.OWNER:
        raise UserError("backup_by_owner")
    made = backup_address(desk.store.address, clock=desk.clock, folder=folder, job=job)
    if is_postgres(desk.store.address):  # the others who share the base learn of it there
        with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
            journal.log(writing, kind=COPIED, what="office", count=made.counts["client"])
        home = _home(desk.store.address)
        change = _state(home).get("change")
        if copies.newest_change(desk.store.address) == (change or 0) + 1:  # nothing but this note is newer
            _remember(home, change=(change or 0) + 1)
    return made


def before_import(desk: Desk, job: Job = NO_JOB) -> None:
    """Sees to a verified copy of what an import may change.

    It is made now, unless nothing changed since the last one. Who shares a base on a server and may not copy it needs
    one that the owner's program made within RECENT. Raises UserError("no_recent_copy") and what `backup` does.
    """
    if is_postgres(desk.store.address) and desk.me.role is not Role.OWNER:
        with desk.store.read(single=True) as connection:
            at = journal.last(connection, COPIED)
        if at is None or desk.clock.now() - at > RECENT:
            raise UserError("no_recent_copy", hours=int(RECENT.total_seconds() // 3600))
    elif has_changed(desk):
        backup(desk, job=job)


def backup_address(address: str, *, clock: Clock, folder: Path | None = None, job: Job = NO_JOB) -> Backup:
    """The same for an office that nobody has opened, of any schema up to ours: before an upgrade."""
    home = _home(address)
    place = folder or home
    now = clock.local()
    try:
        place.mkdir(parents=True, exist_ok=True)
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError("read_only_folder", folder=str(place)) from error
    final = _free_name(place, _stem(address), now)
    part = copies.part_of(final)
    copies.clear_interrupted(place)
    change = copies.newest_change(address)
    try:
        counts = copies.copy_out(address, part, job)
        found = copies.inspect(part)
        if dict(found) != dict(counts):
            raise OutsideError("backup_not_verified", file=str(final))
        summed = copies.sha256(part)
        copies.keep(part, final, f"{summed}  {final.name}\n", _beside(final))
    finally:
        copies.clear(part)
    verified_at = clock.now()
    _remember(home, verified_at=verified_at.isoformat(), file=str(final.resolve()), change=change)
    if place == home:
        _thin(home, now)
    return Backup(final, summed, counts, verified_at)


def restore(file: Path, to: str, job: Job = NO_JOB, *, clock: Clock | None = None) -> Restored:
    """Puts a copy back as the office at `to`; what was there is kept aside, scheduled backups rest until confirmed.

    The copy is checked first: its hash, every page, every reference. Nobody may have the office open, we neither.
    Raises UserError("no_backup", "office_open_elsewhere", "newer_schema"), OutsideError("backup_damaged", …).
    """
    now = (clock or Clock()).local()
    file = Path(file)
    if not file.is_file():
        raise UserError("no_backup", file=str(file))
    hash_known = _check_hash(file)
    try:
        counts = copies.inspect(file)
    except OutsideError as error:
        raise OutsideError("backup_damaged", file=str(file)) from error
    job.check()
    if is_postgres(to):
        aside = portable.load(file, to, stamp=now.strftime("%Y%m%d_%H%M%S"), job=job)
    else:
        target = Path(to)
        spare = _free_name(target.parent, f"{target.stem}-replaced", now)
        aside = str(spare) if copies.put_in_place(file, target, spare) else None
    home = _home(to)
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        _remember(home, paused=True)
    return Restored(to, aside, counts, hash_known)


def last_verified(desk: Desk) -> datetime | None:
    """When the last copy that still lies there was verified (UTC); None when there is none."""
    state = _state(_home(desk.store.address))
    file = Path(str(state.get("file", "")))
    if not file.name or not file.exists() or not _beside(file).exists():
        return None
    return _moment(state.get("verified_at"))


def is_paused(desk: Desk) -> bool:
    """Whether scheduled backups rest: the office was restored, nobody has said yet that it is the right one."""
    return bool(_state(_home(desk.store.address)).get("paused"))


def confirm_restored(desk: Desk) -> None:
    """The restored office is the right one: scheduled backups go on."""
    _remember(_home(desk.store.address), paused=False)


def has_changed(desk: Desk) -> bool:
    """Whether anything was written since the last verified copy."""
    known = _state(_home(desk.store.address)).get("change") if last_verified(desk) else None
    return copies.newest_change(desk.store.address) != known


def due_for_backup(desk: Desk) -> bool:
    """Whether a scheduled backup is due now; asked every few minutes, it costs one small query.

    Never on a restored office that is not confirmed, and on Postgres only at the owner's.
    """
    if is_paused(desk) or (is_postgres(desk.store.address) and desk.me.role is not Role.OWNER):
        return False
    return is_due(changed=has_changed(desk), verified_at=last_verified(desk), now=desk.clock.now())


def backup_at_exit(desk: Desk, job: Job = NO_JOB) -> Backup | None:
    """The last backup of the day, when something was written since the one before."""
    resting = is_paused(desk) or (is_postgres(desk.store.address) and desk.me.role is not Role.OWNER)
    return None if resting or not has_changed(desk) else backup(desk, job=job)


def backups_of(desk: Desk) -> tuple[Path, ...]:
    """The copies in the office's own folder of backups, the newest first."""
    return tuple(sorted(_dated(_home(desk.store.address)), reverse=True, key=lambda file: file.name))


# ---- names and notes -----------------------------------------------------------------------------------


def _home(address: str) -> Path:
    known = address if is_postgres(address) else str(Path(address).resolve())
    return paths.data_dir() / "backups" / f"{_stem(address)}-{hashlib.sha256(known.encode()).hexdigest()[:8]}"


def _stem(address: str) -> str:
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2] if is_postgres(address) else Path(address).stem
    return re.sub(r"[^\w.-]", "_", name) or "office"


def _free_name(folder: Path, stem: str, now: datetime) -> Path:
    name = f"{stem}_{now.strftime(_STAMP)}"
    found, number = folder / f"{name}{ENDING}", 1
    while found.exists():
        number += 1
        found = folder / f"{name}_{number}{ENDING}"
    return found


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")


def _check_hash(file: Path) -> bool:
    beside = _beside(file)
    try:
        said = beside.read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise OutsideError("backup_damaged", file=str(file)) from error
    if not said or said[0].lower() != copies.sha256(file):
        raise OutsideError("backup_damaged", file=str(file))
    return True


def _dated(folder: Path) -> dict[Path, datetime]:
    found = {file: _STAMPED.fullmatch(file.name) for file in folder.glob(f"*{ENDING}")}
    return {file: datetime.strptime(match.group(1), _STAMP) for file, match in found.items() if match}


def _thin(folder: Path, now: datetime) -> None:
    dated = _dated(folder)
    kept = worth_keeping(dated.values(), now.replace(tzinfo=None))
    for file, moment in dated.items():
        if moment not in kept:
            with contextlib.suppress(OSError):
                file.unlink()
                _beside(file).unlink(missing_ok=True)


def _state(home: Path) -> dict[str, Any]:
    try:
        read = json.loads((home / "state.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _remember(home: Path, **values: object) -> None:
    fresh = home / "state.json.part"
    try:
        fresh.write_text(json.dumps({**_state(home), **values}, ensure_ascii=False), encoding="utf-8")
        fresh.replace(home / "state.json")
    except OSError as error:
        raise OutsideError("read_only_folder", folder=str(home)) from error


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
