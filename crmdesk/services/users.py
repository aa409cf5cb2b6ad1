"""The people of the office: adding them, listing them, letting them in no longer."""

from __future__ import annotations

from dataclasses import replace

from crmdesk.data import users
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User, check_login
from crmdesk.services.office import Desk
from crmdesk.system.errors import UserError


def add(desk: Desk, login: str, name: str, role: Role, password: str | None = None, branch: str | None = None) -> User:
    """A new user; on Postgres his login, with the password when one is given (else the server must know him otherwise).

    Raises UserError("bad_login", "login_taken", "no_right"), UsageError("no_passwords_here") on SQLite.
    """
    check_login(login)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        if users.user_by_login(writing.connection, login) is not None:
            raise UserError("login_taken", login=login)
        users.let_in(writing, login, password)
        branch_id = users.branch_id(writing, branch) if branch else None
        return users.insert_user(writing, login=login, name=name, role=Role(role), branch_id=branch_id)


def change(
    desk: Desk, login: str, *, name: str | None = None, role: Role | None = None, branch: str | None = None
) -> User:
    """Another name, role or branch ("" is none) of a user; what is left out stays. The login stays for good.

    Raises UserError("no_such_user", "empty_name", "last_owner", "no_right").
    """
    user = find(desk, login)
    if name is not None and not name.strip():
        raise UserError("empty_name")
    if role is not None and role is not Role.OWNER:
        _other_owner(desk, user)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        branch_id = user.branch_id
        if branch is not None:
            branch_id = users.branch_id(writing, branch.strip()) if branch.strip() else None
        wanted = replace(user, name=(name or user.name).strip(), role=Role(role or user.role), branch_id=branch_id)
        users.change(writing, wanted)
    if desk.me.id == user.id:
        desk.me = wanted
    return wanted


def branches(desk: Desk) -> dict[int, str]:
    """The names of the branches."""
    with desk.store.read(single=True) as connection:
        return users.branches(connection)


def set_password(desk: Desk, login: str, password: str) -> None:
    """A new password for a user's login; everybody may change his own, only who made the office another's.

    Raises UserError("no_such_user", "no_right"), UsageError("no_passwords_here") on SQLite.
    """
    find(desk, login)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        users.set_password(writing, login, password)


def list_users(desk: Desk) -> tuple[User, ...]:
    """Everybody, the eldest first, the disabled ones too."""
    with desk.store.read() as connection:
        return users.all_users(connection)


def find(desk: Desk, login: str) -> User:
    """The user of this login, active or not. Raises UserError("no_such_user")."""
    with desk.store.read() as connection:
        found = users.user_by_login(connection, login)
    if found is None:
        raise UserError("no_such_user", login=login)
    return found


def disable(desk: Desk, login: str) -> User:
    """Lets a user in no longer; his records stay. Raises UserError("no_such_user", "last_owner")."""
    user = find(desk, login)
    _other_owner(desk, user)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        users.keep_out(writing, login)
        users.set_active(writing, user.id, active=False)
    return find(desk, login)


def enable(desk: Desk, login: str, password: str | None = None) -> User:
    """Lets a disabled user in again. Raises UserError("no_such_user")."""
    user = find(desk, login)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        users.let_in(writing, login, password)
        users.set_active(writing, user.id, active=True)
    return find(desk, login)


def _other_owner(desk: Desk, user: User) -> None:
    """Refuses when an office would be left without an owner."""
    others = [u for u in list_users(desk) if u.active and u.role is Role.OWNER and u.id != user.id]
    if user.role is Role.OWNER and not others:
        raise UserError("last_owner", login=user.login)
