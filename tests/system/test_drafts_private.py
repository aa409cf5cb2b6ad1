from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from crmdesk.system.drafts import Drafts


def test_that_nobody_else_may_read_a_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep("form", {"a": "1"}, datetime(2026, 11, 2, tzinfo=UTC))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (drafts.folder, *drafts.folder.iterdir())}
    assert modes == {0o700, 0o600}
