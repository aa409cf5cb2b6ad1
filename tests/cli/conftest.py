"""A demo office made by the command line itself, once; each test works on its own copy."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.calling import call


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo office, closed."""
    place = tmp_path_factory.mktemp("demo")
    before, os.environ["CRMDESK_HOME"] = os.environ.get("CRMDESK_HOME"), str(place / "home")
    made = call("init", place / "demo.crmdesk", "--demo", "small", "--lang", "ru")
    if before is None:
        del os.environ["CRMDESK_HOME"]
    else:
        os.environ["CRMDESK_HOME"] = before
    assert made.code == 0, made.err
    return place / "demo.crmdesk"


@pytest.fixture
def demo_office(demo_template: Path, tmp_path: Path) -> Path:
    """A demo office of one's own."""
    return Path(shutil.copy(demo_template, tmp_path / "demo.crmdesk"))
