"""init, user: making an office, letting people in."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

from crmdesk.cli.session import OFFICE, Session, check_address, is_url, whole
from crmdesk.domain.users import User
from crmdesk.system.errors import UsageError
from crmdesk.system.i18n import words
from crmdesk.system.settings import Settings

# What a new office is taken to be, by its language: currency, zone, country of phones.
USUAL = {
    "ru": ("RUB", "Europe/Moscow", "RU"),
    "uk": ("UAH", "Europe/Kyiv", "UA"),
    "en": ("EUR", "Europe/London", "GB"),
}


def init(session: Session) -> int:
    """Makes an office, with a demo in it when asked; an office that could not be filled is taken away again."""
    from crmdesk.services import demo, office

    options = session.options
    check_address(options.place)
    lang = session.words.lang
    currency, zone, country = USUAL[lang]
    spoken = words(lang)
    zone = options.zone or zone
    login = options.owner or session.options.login or "owner"
    name = options.name or (demo.office_name(lang) if options.demo else spoken.gettext("My office"))
    owner_name = options.owner_name or (demo.owner_name(lang) if options.demo else login)
    place = whole(options.place)
    desk = session.with_password(
        lambda: office.create_office(
            place,
            name=name,
            currency=options.currency or currency,
            zone=zone,
            country=options.country or country,
            lang=lang,
            owner_login=login,
            owner_name=owner_name,
            clock=session.clock(zone),
        )
    )
    session.keep(desk)
    if options.demo:
        try:
            demo.build_demo(desk, options.demo, options.seed, session.job(spoken.gettext("Demo")))
        except BaseException:
            session.close()
            if not is_url(place):
                _take_away(Path(place))
            raise
    Settings().set(OFFICE, place)
    session.say(spoken.gettext("The office “{name}” is ready: {place}", name=desk.office.name, place=place))
    session.answer(
        {
            "office": place,
            "name": desk.office.name,
            "currency": desk.office.currency,
            "zone": desk.office.zone,
            "lang": desk.office.lang,
            "demo": options.demo,
            "owner": desk.me.login,
        }
    )
    return 0


def _take_away(file: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def user_list(session: Session) -> int:
    """Shows everybody."""
    from crmdesk.services import content, users

    found = users.list_users(session.desk)
    w = session.words
    lines = [
        (
            user.login,
            user.name,
            content.word("role", user.role.value, w.lang),
            w.gettext("works here") if user.active else w.gettext("disabled"),
        )
        for user in found
    ]
    session.table((w.gettext("Login"), w.gettext("Name"), w.gettext("Role"), ""), lines)
    session.answer([_as_json(user) for user in found])
    return 0


def user_add(session: Session) -> int:
    """Lets somebody in; on Postgres his password is asked for, or read from stdin."""
    from crmdesk.domain.lists import Role
    from crmdesk.services import users

    options = session.options
    desk = session.desk
    password = _password(session, options.new_login) if desk.store.dialect == "postgresql" else None
    name = options.name or options.new_login
    user = users.add(desk, options.new_login, name, Role(options.role), password, options.branch)
    session.say(session.words.gettext("“{login}” ({name}) works here now.", login=user.login, name=user.name))
    session.answer(_as_json(user))
    return 0


def _password(session: Session, login: str) -> str | None:
    """Typed in by a person, or the first line of stdin; an empty one means that the server knows him otherwise."""
    if sys.stdin.isatty():
        asked = session.words.gettext("Password of “{login}”: ", login=login)
        return getpass.getpass(asked, stream=sys.stderr) or None
    return sys.stdin.readline().rstrip("\r\n") or None


def user_password(session: Session) -> int:
    """Gives a login of the server a new password, asked for or read from stdin."""
    from crmdesk.services import users

    login = session.options.old_login
    desk = session.desk
    password = _password(session, login)
    if password is None:
        raise UsageError("password_empty")
    users.set_password(desk, login, password)
    session.say(session.words.gettext("“{login}” has a new password.", login=login))
    session.answer(_as_json(users.find(desk, login)))
    return 0


def user_enable(session: Session) -> int:
    """Lets somebody in again."""
    from crmdesk.services import users

    user = users.enable(session.desk, session.options.old_login)
    session.say(session.words.gettext("“{login}” ({name}) works here now.", login=user.login, name=user.name))
    session.answer(_as_json(user))
    return 0


def user_disable(session: Session) -> int:
    """Lets somebody in no longer."""
    from crmdesk.services import users

    user = users.disable(session.desk, session.options.old_login)
    session.say(session.words.gettext("“{login}” is let in no longer. All records stay.", login=user.login))
    session.answer(_as_json(user))
    return 0


def _as_json(user: User) -> dict[str, Any]:
    return {
        "id": str(user.id),
        "login": user.login,
        "name": user.name,
        "role": user.role.value,
        "branch_id": None if user.branch_id is None else str(user.branch_id),
        "active": user.active,
    }
