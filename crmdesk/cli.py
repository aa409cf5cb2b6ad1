"""The command line: the same services without a screen."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Does what the arguments say; the exit code."""
    return 2 if arguments else 0
