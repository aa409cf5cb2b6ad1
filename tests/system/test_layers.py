"""The import contracts hold, and each of them has been seen to fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.source import ROOT, pyproject

CONTRACTS = [contract["name"] for contract in pyproject()["tool"]["importlinter"]["contracts"]]

# One wrong import a contract: where it stands, and what it says.
BREACHES = {
    "Rooms import downward only": ("domain", "import crmdesk.services"),
    "A screen never reaches the store": ("ui", "import crmdesk.data"),
    "Qt lives in ui and app only": ("services", "import PySide6.QtCore"),
    "Only data speaks SQL": ("services", "import sqlalchemy"),
    "Only documents draws paper and sheets": ("services", "import reportlab.pdfgen"),
    "The rules are pure": ("domain", "import random"),
}
UPWARD = [
    ("system", "domain"),
    ("domain", "data"),
    ("domain", "documents"),
    ("data", "documents"),
    ("documents", "exchange"),
    ("exchange", "services"),
    ("services", "ui"),
    ("ui", "cli"),
    ("ui", "app"),
]


def verdicts(folder: Path) -> dict[str, bool]:
    """Which contracts are kept by the package `crmdesk` in a folder, by pyproject's rules."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    found = re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE)
    assert len(found) == len(CONTRACTS), done.stdout
    return {name: verdict == "KEPT" for name, verdict in found}


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A package with every room of ours and nothing in them."""
    package = tmp_path / "crmdesk"
    for room in ("system", "domain", "data", "documents", "exchange", "services", "ui"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    for module in ("__init__", "__main__", "cli", "app"):
        (package / f"{module}.py").touch()
    return tmp_path


def test_that_the_house_keeps_its_contracts(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "crmdesk", tmp_path / "crmdesk", ignore=shutil.ignore_patterns("__pycache__"))
    assert verdicts(tmp_path) == dict.fromkeys(CONTRACTS, True)


def test_that_every_contract_has_a_breach_to_be_seen_with() -> None:
    assert set(BREACHES) == set(CONTRACTS)


@pytest.mark.slow
@pytest.mark.parametrize("contract", CONTRACTS)
def test_that_a_wrong_import_breaks_the_contract(small_house: Path, contract: str) -> None:
    room, line = BREACHES[contract]
    assert verdicts(small_house)[contract]
    (small_house / "crmdesk" / room / "planted.py").write_text(line + "\n", encoding="utf-8")
    assert not verdicts(small_house)[contract]


@pytest.mark.slow
@pytest.mark.parametrize(("lower", "upper"), UPWARD)
def test_that_no_room_imports_one_above_it(small_house: Path, lower: str, upper: str) -> None:
    (small_house / "crmdesk" / lower / "planted.py").write_text(f"import crmdesk.{upper}\n", encoding="utf-8")
    assert not verdicts(small_house)["Rooms import downward only"]
