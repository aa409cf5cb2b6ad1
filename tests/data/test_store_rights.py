"""Rights of files and limits of processes: on systems that have them as POSIX does (see conftest: collect_ignore)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.data import tables
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
from tests.data.test_store_bad_days import _add_branch, _assert_said_in_every_language, _branches

NOBODY = 65534


@pytest.fixture
def office_file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A file with an empty office, open nowhere."""
    return Path(shutil.copy(sqlite_template, tmp_path / "office.crmdesk"))


# ---- no right to write ---------------------------------------------------------------------------------


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may write everywhere: look through the eyes of somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into (pytest's own are private)."""
    with tempfile.TemporaryDirectory(prefix="crm") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_that_an_office_without_right_to_write_is_read_and_never_written(
    open_folder: Path, sqlite_office_template: Path, clock: Clock, file_mode: int, folder_mode: int
) -> None:
    file = Path(shutil.copy(sqlite_office_template, open_folder / "office.crmdesk"))
    file.chmod(file_mode)
    open_folder.chmod(folder_mode)
    before = file.read_bytes()
    with _as_nobody():
        store = Store.open(str(file))
        assert store.read_only
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(tables.User)) == 5
        with pytest.raises(OutsideError, match="read_only_office") as caught:
            _add_branch(store, clock)
        store.close()
    _assert_said_in_every_language(caught.value)
    assert file.read_bytes() == before


def test_that_nothing_is_made_in_a_folder_without_right(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with _as_nobody(), pytest.raises(OutsideError, match="read_only_folder"):
        Store.create(str(open_folder / "x.crmdesk"))


def test_that_a_file_without_right_to_read_is_told_so(open_folder: Path, sqlite_template: Path) -> None:
    file = Path(shutil.copy(sqlite_template, open_folder / "office.crmdesk"))
    file.chmod(0o000)
    with _as_nobody(), pytest.raises(OutsideError, match="office_unreadable"):
        Store.open(str(file))


FILLS_THE_DISK = """
import resource, sys
from crmdesk.data.office import Store
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError
from sqlalchemy import text
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
kept = 0
try:
    while True:
        with store.write(user_id=None, clock=Clock()) as w:
            w.connection.execute(text("INSERT INTO branch (id, name, created_at) VALUES (:n, :x, 0)"),
                                 {"n": kept + 1, "x": "x" * 3000})
        kept += 1
except OutsideError as error:
    print(kept, error.key)
"""


def test_that_what_was_saved_before_the_disk_was_full_is_there(office_file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLS_THE_DISK, str(office_file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    kept, key = done.stdout.split()
    assert key in ("disk_full", "disk_failed")
    assert int(kept) > 3
    store = Store.open(str(office_file))
    assert _branches(store) == int(kept)
    store.close()
