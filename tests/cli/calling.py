"""Calling the command line as a script does, in this process."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from typing import Any

from crmdesk import cli
from crmdesk.cli.screens import Screens

NOW = "2026-11-02T09:30"


@dataclass(frozen=True)
class Called:
    """What came back: exit code, both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer for machines."""
        return json.loads(self.out)


def call(*arguments: object, screens: Screens | None = None, stdin: str = "") -> Called:
    """`crmdesk ARGUMENTS…`, at half past nine on the 2nd of November 2026 unless --now says otherwise."""
    words = [str(argument) for argument in arguments]
    if words and "--now" not in words and "--version" not in words:
        words += ["--now", NOW]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _stdin(stdin):
        code = cli.run(words, screens)
    return Called(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _stdin(text: str) -> Any:
    import sys

    before, sys.stdin = sys.stdin, io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before
