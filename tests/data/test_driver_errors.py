"""What a driver says, in a person's words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from crmdesk.data import driver_errors
from crmdesk.data.driver_errors import in_words
from crmdesk.system.errors import CrmError


def io_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


def key_of(error: CrmError | None) -> str:
    assert error is not None
    return error.key


def test_that_a_failed_write_on_a_disk_with_room_is_a_failing_disk(tmp_path: Path) -> None:
    assert key_of(in_words(io_error(), str(tmp_path / "office.crmdesk"))) == "disk_failed"


def test_that_a_failed_write_on_a_disk_without_room_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_errors, "LEAST_FREE", 1 << 62)  # more than any disk has
    assert key_of(in_words(io_error(), str(tmp_path / "office.crmdesk"))) == "disk_full"


def test_that_a_place_that_is_gone_is_not_called_full(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "office.crmdesk"
    assert not gone.parent.exists()
    assert key_of(in_words(io_error(), str(gone))) == "disk_failed"
