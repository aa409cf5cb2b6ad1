from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.data import audit, tables
from crmdesk.services.office import Desk

ROOT = Path(__file__).parents[2]
FILES, ROWS = 16, 400


@pytest.mark.slow
def test_that_an_import_that_is_killed_came_in_whole_or_not_at_all(office: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(FILES):
        lines = [f"ООО «Ёлка {n}-{row}»;{n}-{row};Москва" for row in range(ROWS)]
        (folder / f"{n:02}.csv").write_text("\n".join(["Наименование;Код;Город", *lines]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.killed_imports", office.store.address, str(folder), "5"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with office.store.read() as connection:
        came = Counter(code.split("-")[0] for code in connection.scalars(select(tables.Client.code)))
        assert set(came.values()) <= {ROWS}, "a half import"
        assert {name.lstrip("0") or "0" for name in done.stdout.split()} <= set(came), "an acknowledged import is lost"
        assert len(came) < FILES, "no import was killed in time: the test shows nothing"
        assert connection.scalar(select(func.count()).select_from(tables.ImportRun)) == len(came)
        found = connection.scalar(select(func.count(tables.SearchWord.client_id.distinct())))
        assert found == ROWS * len(came), "a client that cannot be found"
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)
