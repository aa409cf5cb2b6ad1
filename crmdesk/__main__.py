"""The program: `crmdesk` opens the window, `crmdesk VERB …` works without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crmdesk.ui.pictures import Picture


def main() -> int:
    """The entry point; the exit code."""
    if getattr(sys, "frozen", False):  # an installed program is its own child process when it reads a file
        import multiprocessing

        multiprocessing.freeze_support()
    from crmdesk import cli
    from crmdesk.cli.screens import Screens

    return cli.run(sys.argv[1:], Screens(window=_window, shot=_shot, views=_views))


def _window(office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
    from crmdesk import app  # Qt: not before a window is wanted

    return app.main(office, lang=lang, now=now, login=login)


def _shot(picture: Picture) -> None:
    from crmdesk import app

    app.shot(picture)


def _views() -> Sequence[str]:
    from crmdesk import app

    return app.PICTURES


if __name__ == "__main__":
    sys.exit(main())
