"""Power cuts and full disks while a backup is made: the last good copy and the office stay what they are."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert

from crmdesk.data import backup as copies
from crmdesk.data import tables
from crmdesk.services import backups
from crmdesk.services.office import Desk, open_office
from crmdesk.system.errors import OutsideError
from crmdesk.system.ids import id_block

KILLS = 10
BACKING_UP = """
import sys
from crmdesk.services import backups
from crmdesk.system.clock import Clock
while True:
    print(backups.backup_address(sys.argv[1], clock=Clock()).path, flush=True)
"""
ON_A_FULL_DISK = """
import resource, signal, sys
from crmdesk.services import backups
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
try:
    backups.backup_address(sys.argv[1], clock=Clock())
except OutsideError as error:
    print(error.key)
"""


@pytest.fixture
def large(sqlite_office: Desk) -> Desk:
    """An office of a few megabytes: a backup takes long enough to be killed in its middle."""
    with sqlite_office.store.write(user_id=None, clock=sqlite_office.clock) as writing:
        rows = [{"id": i, "name": "Клиент", "notes": "резюме " * 60, "created_at": writing.at} for i in id_block(2000)]
        writing.connection.execute(insert(tables.Client), rows)
    return sqlite_office


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A program of its own in this test's home."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_that_a_killed_backup_leaves_every_finished_one_good(large: Desk) -> None:
    chance = random.Random(7)
    address = large.store.address
    promised: set[Path] = set()
    for _ in range(KILLS):
        process = run(BACKING_UP, address)
        assert process.stdout is not None
        promised.add(Path(process.stdout.readline().strip()))
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.0, 0.3))
        process.kill()
        promised |= {Path(line) for line in process.stdout.read().splitlines() if line.endswith(".crmdesk")}
        process.stdout.close()
        process.wait()
        for file in promised | set(backups.backups_of(large)):
            assert file.with_name(file.name + ".sha256").read_text(encoding="utf-8").startswith(copies.sha256(file))
    assert len(promised) >= KILLS
    newest = backups.backup(large)
    assert copies.inspect(backups.backups_of(large)[-1])["client"] == newest.counts["client"] == 2000
    assert list(newest.path.parent.glob("*.crmdesk.part*")) == []
    large.close()
    open_office(address, login="boss", clock=large.clock).close()


@pytest.mark.parametrize("room", [0, 400_000])
def test_that_a_full_disk_is_told_and_the_last_good_copy_stays(large: Desk, room: int) -> None:
    good = backups.backup(large)
    process = run(ON_A_FULL_DISK, large.store.address, str(room))
    said, _ = process.communicate()
    assert process.returncode == 0
    assert said.strip() in ("disk_full", "disk_failed", "read_only_folder", "office_unreadable")
    assert backups.backups_of(large) == (good.path,)
    assert copies.sha256(good.path) == good.sha256
    assert sorted(p.name for p in good.path.parent.glob("*.crmdesk*")) == [
        good.path.name,
        good.path.name + ".sha256",
    ]


def test_that_a_folder_that_cannot_be_written_is_named(sqlite_office: Desk, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OutsideError, match="read_only_folder"):
        backups.backup(sqlite_office, tmp_path / "taken" / "inside")
