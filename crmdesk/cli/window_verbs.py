"""The window without a verb, and pictures of its views."""

from __future__ import annotations

from crmdesk.cli.session import Session, check_address
from crmdesk.system.errors import UsageError


def window(session: Session) -> int:
    """Opens the window; without --office on the office opened last."""
    import os

    options = session.options
    if options.office:
        check_address(options.office)
    office = options.office or os.environ.get("CRMDESK_OFFICE")
    return session.screens.window(office, lang=options.lang, now=options.now, login=options.login)


def shot(session: Session) -> int:
    """A picture of a view."""
    options = session.options
    views = session.screens.views()
    if options.view not in views:
        raise UsageError("no_such_view", view=options.view, views=", ".join(views))
    session.screens.shot(
        options.view,
        options.out,
        office=session.address,
        size=options.size,
        scale=options.scale,
        dark=options.dark,
        lang=options.lang,
        now=options.now,
        login=options.login,
    )
    session.say(session.words.gettext("Written: {file}", file=options.out))
    session.answer({"view": options.view, "file": options.out})
    return 0
