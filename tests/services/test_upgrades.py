from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from crmdesk.data import backup as copies
from crmdesk.data import schema
from crmdesk.data import upgrade as steps
from crmdesk.data.office import Store
from crmdesk.services.office import Desk
from crmdesk.services.upgrades import upgrade
from crmdesk.system.errors import OutsideError, UserError

SECOND_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("branch", sa.Column("phone", sa.String(40), server_default="нет", nullable=False))
"""


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This program, one schema later."""
    folder = Path(shutil.copytree(steps.STEPS, tmp_path / "migrations"))
    (folder / "versions" / "0002_second.py").write_text(SECOND_STEP, encoding="utf-8")
    monkeypatch.setattr(steps, "STEPS", folder)
    monkeypatch.setattr(schema, "SCHEMA", 2)
    return folder


def test_that_an_office_of_today_needs_nothing(office: Desk) -> None:
    office.close()
    done = upgrade(office.store.address, clock=office.clock)
    assert (done.before, done.after, done.backup) == (1, 1, None)


def test_that_an_older_office_is_backed_up_and_then_upgraded(office: Desk, next_release: Path) -> None:
    address = office.store.address
    office.close()
    with pytest.raises(UserError, match="older_schema"):
        Store.open(address)
    done = upgrade(address, clock=office.clock)
    assert (done.before, done.after) == (1, 2)
    store = Store.open(address)
    with store.read() as connection:
        connection.execute(text("SELECT phone FROM branch")).all()
    store.close()
    assert done.backup is not None and next_release.exists()
    assert copies.inspect(done.backup.path) == done.backup.counts
    with closing(sqlite3.connect(f"{done.backup.path.as_uri()}?mode=ro", uri=True)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert [row[1] for row in copy.execute("PRAGMA table_info(branch)") if row[1] == "phone"] == []
        assert copy.execute("SELECT count(*) FROM app_user").fetchone() == (5,)


def test_that_the_backup_before_an_upgrade_can_itself_be_upgraded(office: Desk, next_release: Path) -> None:
    office.close()
    done = upgrade(office.store.address, clock=office.clock)
    assert done.backup is not None and next_release.exists()
    upgrade(str(done.backup.path), clock=office.clock)
    Store.open(str(done.backup.path)).close()


def test_that_an_office_of_a_newer_release_is_refused(
    office: Desk, next_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.close()
    upgrade(office.store.address, clock=office.clock)
    monkeypatch.setattr(schema, "SCHEMA", 1)
    with pytest.raises(UserError, match="newer_schema"):
        upgrade(office.store.address, clock=office.clock)
    assert next_release.exists()


def test_that_without_a_good_backup_nothing_is_upgraded(
    sqlite_office: Desk, next_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_office.close()
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path / "taken"))
    with pytest.raises(OutsideError, match="read_only_folder"):
        upgrade(sqlite_office.store.address, clock=sqlite_office.clock)
    assert steps.number_of(sqlite_office.store.address) == 1
    assert next_release.exists()
