"""The window without a verb, and pictures of its views."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from crmdesk.cli.session import Session, check_address, whole
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.ui.pictures import Picture

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # any of them: there is something to draw on


def window(session: Session) -> int:
    """Opens the window; without --office on the office opened last. Raises OutsideError("no_screen")."""
    options = session.options
    if sys.platform.startswith("linux") and not any(map(os.environ.get, SCREENS)):  # Qt would abort
        raise OutsideError("no_screen")
    if options.office:
        check_address(options.office)
    office = options.office or os.environ.get("CRMDESK_OFFICE")
    return session.screens.window(
        whole(office) if office else None, lang=options.lang, now=options.now, login=options.login
    )


def shot(session: Session) -> int:
    """A picture of a view, drawn into memory: it needs no screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = session.options
    views = session.screens.views()
    if options.view not in views:
        raise UsageError("no_such_view", view=options.view, views=", ".join(views))
    session.screens.shot(
        Picture(
            options.view,
            Path(options.out),
            session.address,
            options.size,
            options.scale,
            options.dark,
            options.lang,
            options.now,
            options.login,
        )
    )
    session.say(session.words.gettext("Written: {file}", file=options.out))
    session.answer({"view": options.view, "file": options.out})
    return 0
