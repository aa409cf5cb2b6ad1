"""The installed program proves itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crmdesk.services import demo
from crmdesk.system.errors import OutsideError
from tests.cli.calling import call


@pytest.mark.slow
@pytest.mark.gui
def test_that_the_program_goes_the_whole_way_and_opens_every_screen(tmp_path: Path) -> None:
    environment = {**os.environ, "CRMDESK_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "crmdesk", "self-test", "--lang", "en", "--json"],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = json.loads(done.stdout)["steps"]
    assert [step["step"] for step in steps] == ["fill", "bring_in", "draw", "copy", "examine", "open_screens"]
    assert not (tmp_path / "home" / "settings.json").exists(), "it changes no choice of the person's"


def test_that_self_test_says_which_step_failed_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutsideError("disk_full", address="X:")

    monkeypatch.setattr(demo, "build_demo", full)
    told = call("self-test", "--lang", "uk")
    assert told.code == 1
    lines = told.out.splitlines()
    assert lines[0].startswith("не пройшло")
    assert "X:" in lines[0]
    assert all(line.startswith("не пройшло") for line in lines[:5])
    assert "Traceback" not in told.err
