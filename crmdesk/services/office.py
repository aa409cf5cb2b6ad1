"""Making an office, opening it: the desk that the command line and the window hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.data import settings, users
from crmdesk.data.office import Store
from crmdesk.data.writing import Writing
from crmdesk.domain.lists import NORMS, Role
from crmdesk.domain.sheet import DEFAULT_FACTORS
from crmdesk.domain.users import OfficeFacts, User, check_login
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UsageError, UserError


@dataclass
class Desk:
    """An open office: its store, its clock, who I am, what the office says of itself."""

    store: Store
    clock: Clock
    me: User
    office: OfficeFacts

    def close(self) -> None:
        """Gives back the store."""
        self.store.close()


def create_office(
    address: str,
    *,
    name: str,
    currency: str,
    zone: str,
    country: str,
    lang: str,
    owner_login: str,
    owner_name: str,
    clock: Clock,
) -> Desk:
    """A new office with its owner, its settings and the usual norms of the action segments.

    On Postgres the owner's login is the one that is connected: `owner_login` counts on SQLite only.
    Raises UserError("office_exists", "bad_login"), UsageError("unknown_zone", "unknown_currency"), OutsideError.
    """
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError("unknown_zone", zone=zone) from error
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise UsageError("unknown_currency", currency=currency)
    check_login(owner_login)

    def fill(writing: Writing) -> None:
        login = users.server_login(writing.connection) or owner_login
        users.insert_user(writing, login=login, name=owner_name, role=Role.OWNER)
        settings.put(
            writing,
            {
                "name": name,
                "currency": currency,
                "zone": zone,
                "country": country,
                "lang": lang,
                "demo": False,
                "sheet_factors": [factor.value for factor in DEFAULT_FACTORS],
            },
        )
        settings.insert_norms(writing, NORMS)

    return _desk(Store.create(address, fill=fill, clock=clock), None, clock)


def open_office(address: str, *, login: str | None, clock: Clock) -> Desk:
    """Opens an office as `login`; runs no migration.

    Without a login: on SQLite the only active user, else the owner. On Postgres the server knows who I am.
    Raises UserError("no_such_user", "user_disabled", "login_is_the_servers"), OutsideError("no_office") and the
    other errors of Store.open.
    """
    return _desk(Store.open(address), login, clock)


def _desk(store: Store, login: str | None, clock: Clock) -> Desk:
    try:
        with store.read() as connection:
            facts = _facts(settings.all_settings(connection))
            everybody = users.all_users(connection)
            known = users.server_login(connection)
        me = _who_i_am(everybody, login, known)
    except BaseException:
        store.close()
        raise
    return Desk(store, clock.in_zone(facts.zone), me, facts)


def _facts(said: dict[str, Any]) -> OfficeFacts:
    names = ("name", "currency", "zone", "country", "lang", "demo")
    return OfficeFacts(**{key: said[key] for key in names if key in said})


def refresh(desk: Desk) -> None:
    """Reads again what the office says of itself, after its settings were changed."""
    with desk.store.read() as connection:
        said = settings.all_settings(connection)
    desk.office = _facts(said)
    desk.clock = desk.clock.in_zone(desk.office.zone)


def _who_i_am(everybody: tuple[User, ...], login: str | None, known: str | None) -> User:
    if known is not None and login is not None and login != known:
        raise UserError("login_is_the_servers", login=login, known=known)
    wanted = known or login
    if wanted is None:
        active = [user for user in everybody if user.active]
        owners = [user for user in active if user.role is Role.OWNER]
        if len(active) == 1 or owners:
            return (active if len(active) == 1 else owners)[0]
        raise UserError("say_who_you_are")
    for user in everybody:
        if user.login == wanted:
            if not user.active:
                raise UserError("user_disabled", login=wanted)
            return user
    raise UserError("no_such_user", login=wanted)
