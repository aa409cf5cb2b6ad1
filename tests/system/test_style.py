"""Style and types: what ruff and mypy say of the whole house."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.system.source import ROOT, pyproject

OURS = ("crmdesk", "tests", "dev.py")


def said(*words: str) -> tuple[int, str]:
    """The exit code and the words of a tool run in the project's folder."""
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("command", [("check",), ("format", "--check")], ids=["rules", "format"])
def test_that_ruff_has_nothing_to_say(command: tuple[str, ...]) -> None:
    code, words = said("ruff", *command, "--no-cache", *OURS)
    assert code == 0, words


@pytest.mark.slow
def test_that_the_types_hold() -> None:
    code, words = said("mypy")
    assert code == 0, words


def test_that_the_strict_rules_are_switched_on() -> None:
    tools = pyproject()["tool"]
    assert tools["mypy"]["strict"] is True
    assert "PLW1514" in tools["ruff"]["lint"]["select"]
    assert "error" in tools["pytest"]["ini_options"]["filterwarnings"]
