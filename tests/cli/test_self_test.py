"""The installed program proves itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crmdesk.services import doctor
from tests.cli.calling import call


def test_that_self_test_passes_and_touches_nothing_of_the_persons(tmp_path: Path) -> None:
    told = call("self-test", "--lang", "en", "--json")
    assert told.code == 0, told.out + told.err
    assert [step["ok"] for step in told.json["steps"]] == [True] * 5
    assert list(tmp_path.rglob("settings.json")) == []


def test_that_self_test_says_which_step_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    sick = doctor.Findings((doctor.Finding(doctor.Trouble.FIGURES, "client_month", 3),))
    monkeypatch.setattr(doctor, "run_doctor", lambda desk: sick)
    told = call("self-test", "--lang", "uk")
    assert told.code == 1
    assert told.out.count("гаразд") == 4
    assert "не пройшло" in told.out
    assert "figures client_month" in told.out


@pytest.mark.slow
@pytest.mark.gui
def test_that_the_program_opens_every_screen_of_its_own(tmp_path: Path) -> None:
    environment = {**os.environ, "CRMDESK_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "crmdesk", "self-test", "--lang", "en"], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every screen opens: sheet" in done.stdout
