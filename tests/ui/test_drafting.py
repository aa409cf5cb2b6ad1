from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from crmdesk.system.clock import Clock
from crmdesk.system.drafts import Drafts
from crmdesk.ui.drafting import Drafting
from tests.ui.conftest import PATIENCE

ROOT = Path(__file__).parents[2]
TYPED = 100  # texts typed before the kill: two seconds of a fast hand


def test_that_a_kill_in_the_middle_of_typing_costs_less_than_a_second(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.drafting_child", str(tmp_path / "drafts")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    said = [child.stdout.readline().split() for _ in range(TYPED)]
    child.kill()
    child.stdout.close()
    child.wait()
    draft = Drafts(tmp_path / "drafts").get("contact-7")
    assert draft is not None, "nothing was kept"
    at = {int(number): float(moment) for number, moment in said}
    kept = int(draft.fields["resume"].removeprefix("звонок "))
    assert at[TYPED] - at.get(kept, at[TYPED]) < 1.0


def test_that_steady_typing_is_kept_without_a_pause(tmp_path: Path, qapp: QApplication, qtbot: object) -> None:
    drafts = Drafts(tmp_path)
    drafting = Drafting(drafts, "form", Clock())
    written: list[bool] = []
    drafting.written.connect(written.append)

    def type_on() -> bool:
        drafting.typed({"name": "Ёлка"})
        return bool(written)

    qtbot.waitUntil(type_on, timeout=PATIENCE)  # type: ignore[attr-defined]
    assert written[0] is True
    found = drafting.kept()
    assert found is not None and found.fields == {"name": "Ёлка"}


def test_that_what_the_store_has_is_not_kept_again(tmp_path: Path, qapp: QApplication) -> None:
    drafting = Drafting(Drafts(tmp_path), "form", Clock())
    drafting.typed({"name": "Ёлка"})
    drafting.forget()
    drafting.flush()
    assert drafting.kept() is None


def test_that_a_full_disk_is_said(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "drafts").write_text("a file where the folder should be", encoding="utf-8")
    drafting = Drafting(Drafts(tmp_path / "drafts"), "form", Clock())
    written: list[bool] = []
    drafting.written.connect(written.append)
    drafting.typed({"name": "Ёлка"})
    drafting.flush()
    assert written == [False]
