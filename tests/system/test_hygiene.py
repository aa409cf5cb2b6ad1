"""The tests' own watchmen, seen to bark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.system.source import ROOT

pytest_plugins = ["pytester"]

LITTERING = """
import logging, threading, warnings
held = threading.Event()
def test_that_logs_a_warning(): logging.getLogger('crmdesk').warning('w')
def test_that_logs_information(): logging.getLogger('crmdesk').info('i')
def test_that_looks_at_its_error(logged): logging.getLogger('x').error('w'); logged.clear()
def test_that_leaves_a_thread(): threading.Thread(target=held.wait, daemon=True).start()
def test_that_ends_its_thread(): threading.Thread(target=int).start()
def test_that_warns(): warnings.warn('w')
def test_that_leaves_a_file_open(tmp_path): (tmp_path / 'x').open('w', encoding='utf-8').write('x')
"""
NOTICED = {"test_that_logs_a_warning", "test_that_leaves_a_thread", "test_that_warns", "test_that_leaves_a_file_open"}


@pytest.mark.slow
def test_that_what_is_left_over_is_noticed(pytester: pytest.Pytester) -> None:
    hygiene = (ROOT / "tests" / "hygiene.py").read_text(encoding="utf-8").replace("PATIENCE = 5.0", "PATIENCE = 0.1")
    pytester.makeconftest(hygiene)
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    pytester.makepyfile(LITTERING)
    done = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist", "-rA")
    assert set(re.findall(r"^(?:ERROR|FAILED) \S+::(\w+)", done.stdout.str(), re.MULTILINE)) == NOTICED


def test_that_the_watchmen_are_on_duty(request: pytest.FixtureRequest) -> None:
    assert "nothing_left_over" in request.fixturenames
    assert Path(str(request.config.inipath)) == ROOT / "pyproject.toml"
