"""The program: `crmdesk` opens the window, `crmdesk VERB …` works without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmdesk.cli.screens import OpenWindow, TakeShot


def main() -> int:
    """The entry point; the exit code."""
    from crmdesk import cli
    from crmdesk.cli.screens import Screens

    return cli.run(sys.argv[1:], Screens(window=_window, shot=_shot, views=_views))


def _window(office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
    open_window: OpenWindow = _app().main
    return open_window(office, lang=lang, now=now, login=login)


def _shot(
    view: str,
    out: str,
    *,
    office: str,
    size: tuple[int, int],
    scale: float,
    dark: bool,
    lang: str | None,
    now: datetime | None,
    login: str | None,
) -> None:
    take: TakeShot = _app().shot
    take(view, out, office=office, size=size, scale=scale, dark=dark, lang=lang, now=now, login=login)


def _views() -> Sequence[str]:
    names: Sequence[str] = _app().VIEWS
    return names


def _app() -> ModuleType:
    return import_module("crmdesk.app")  # Qt: not before a window is wanted


if __name__ == "__main__":
    sys.exit(main())
