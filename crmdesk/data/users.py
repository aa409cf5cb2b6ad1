"""Users in the store: who works here, and who I am."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, text, update

from crmdesk.data import tables
from crmdesk.data.writing import Writing
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.system.errors import UsageError
from crmdesk.system.ids import new_id

_COLUMNS = (
    tables.User.id,
    tables.User.login,
    tables.User.name,
    tables.User.role,
    tables.User.branch_id,
    tables.User.active,
)
_ALL = select(*_COLUMNS).where(tables.User.archived_at.is_(None)).order_by(tables.User.created_at, tables.User.id)


def all_users(connection: Connection) -> tuple[User, ...]:
    """Everybody, the eldest first, the disabled ones too."""
    return tuple(
        User(row.id, row.login, row.name, Role(row.role), row.branch_id, row.active) for row in connection.execute(_ALL)
    )


def user_by_login(connection: Connection, login: str) -> User | None:
    """The user of this login, active or not."""
    for row in connection.execute(_ALL.where(tables.User.login == login)):
        return User(row.id, row.login, row.name, Role(row.role), row.branch_id, row.active)
    return None


def server_login(connection: Connection) -> str | None:
    """Who the server says I am (Postgres: session_user, which no client can choose); None on SQLite."""
    if connection.dialect.name != "postgresql":
        return None
    return str(connection.scalar(text("SELECT session_user")))


def insert_user(writing: Writing, *, login: str, name: str, role: Role, branch_id: int | None = None) -> User:
    """A new, active user."""
    user = User(new_id(), login, name, role, branch_id)
    writing.connection.execute(
        insert(tables.User).values(
            id=user.id, login=login, name=name, role=role.value, branch_id=branch_id, active=True, created_at=writing.at
        )
    )
    return user


def let_in(writing: Writing, login: str, password: str | None) -> None:
    """Opens the door for a login: on Postgres a login of the server in the office's group; a file has no doors.

    Raises UserError("bad_login"), UsageError("no_passwords_here").
    """
    if writing.connection.dialect.name == "postgresql":
        from crmdesk.data.postgres import roles

        roles.let_in(writing.connection, login, password)
    elif password is not None:
        raise UsageError("no_passwords_here")


def set_password(writing: Writing, login: str, password: str) -> None:
    """A new password for a login of the server. Raises UsageError("no_passwords_here") on SQLite."""
    if writing.connection.dialect.name != "postgresql":
        raise UsageError("no_passwords_here")
    from crmdesk.data.postgres import roles

    roles.set_password(writing.connection, login, password)


def keep_out(writing: Writing, login: str) -> None:
    """Closes the door for a login."""
    if writing.connection.dialect.name == "postgresql":
        from crmdesk.data.postgres import roles

        roles.keep_out(writing.connection, login)


def set_active(writing: Writing, user_id: int, *, active: bool) -> None:
    """Lets a user in, or no longer."""
    writing.connection.execute(
        update(tables.User).where(tables.User.id == user_id).values(active=active, version=tables.User.version + 1)
    )


def change(writing: Writing, user: User) -> None:
    """Keeps name, role and branch of a user."""
    writing.connection.execute(
        update(tables.User)
        .where(tables.User.id == user.id)
        .values(name=user.name, role=user.role.value, branch_id=user.branch_id, version=tables.User.version + 1)
    )


def branches(connection: Connection) -> dict[int, str]:
    """The branches by their id, in the order of their names."""
    rows = connection.execute(
        select(tables.Branch.id, tables.Branch.name)
        .where(tables.Branch.archived_at.is_(None))
        .order_by(tables.Branch.name)
    )
    return {row.id: row.name for row in rows}


def branch_id(writing: Writing, name: str) -> int:
    """The branch of this name; made when there is none."""
    found: int | None = writing.connection.scalar(
        select(func.min(tables.Branch.id)).where(tables.Branch.name == name, tables.Branch.archived_at.is_(None))
    )
    if found is None:
        found = new_id()
        writing.connection.execute(insert(tables.Branch).values(id=found, name=name, created_at=writing.at))
    return found
