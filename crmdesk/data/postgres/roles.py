"""Logins and rights on Postgres: a user is a login of the server, in the group of his office.

Roles belong to the whole server, offices to one database each: every office has a group of its own (its name stands
in the setting `user_group`), so that the people of one office are nobody in another on the same server. The group may
read, add and change records, and delete only what follows from them; the trail it may read; users it may not change.
Everything belongs to a role that nobody can log in as: whoever works in the office is held by the triggers, for only
an owner can put one out of action. The steps of an upgrade and of a restore borrow that role (`as_owner`); its founder,
who administers logins, can therefore do so by hand too. A superuser is beyond any wall; nobody should work as
one. Finer rights go here when they come.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, select

from crmdesk.data import tables
from crmdesk.system.errors import UserError

GROUP = "user_group"  # the setting that names the office's group
_PREFIX = "crm_user_"
_OWNER_PREFIX = "crm_owner_"
_READ = "SELECT"
_RECORD = "SELECT, INSERT, UPDATE"
_DERIVED = "SELECT, INSERT, UPDATE, DELETE"
_SPECIAL = {
    "app_user": _READ,
    "audit": _READ,
    "access_log": "SELECT, INSERT",
    "order_line": _DERIVED,  # the lines of an order have no life of their own; what goes is in the trail
    "import_mapping": _RECORD,
    "undone": "SELECT, INSERT",
}
_NEVER = frozenset({"audit_context"})  # SQLite only


def make_group(connection: Connection) -> str:
    """The office's roles, in the transaction that makes the office: the group with its grants, and the owner.

    Everything in the schema passes to the owner; who makes the office gets what the group has, and may keep its
    users. Returns the name of the group, which is random.
    """
    token = secrets.token_hex(4)
    name, owner = sql.Identifier(_PREFIX + token), sql.Identifier(_OWNER_PREFIX + token)
    driver = _driver(connection)
    driver.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(name))
    driver.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(owner))
    driver.execute(sql.SQL("REVOKE ALL ON SCHEMA crm FROM PUBLIC"))
    driver.execute(sql.SQL("GRANT USAGE ON SCHEMA crm TO {}").format(name))
    driver.execute(sql.SQL("GRANT SELECT ON crm.alembic_version TO {}").format(name))
    for table in tables.metadata.sorted_tables:
        if table.name in _NEVER:
            continue
        audited = table.info.get("audited", True)
        rights = _SPECIAL.get(table.name, _RECORD if audited else _DERIVED)
        driver.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier("crm", table.name), name))
    driver.execute(sql.SQL("GRANT {} TO SESSION_USER").format(name))
    _pass_to(driver, owner)
    return _PREFIX + token


def _pass_to(driver: psycopg.Connection[Any], owner: sql.Identifier) -> None:
    driver.execute(sql.SQL("GRANT {} TO SESSION_USER").format(owner))
    _may_make_schemas(driver, owner)
    driver.execute(sql.SQL("GRANT CREATE, USAGE ON SCHEMA crm TO {}").format(owner))
    things = driver.execute(
        """SELECT format('%s %s', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, oid::regclass)
             FROM pg_catalog.pg_class WHERE relnamespace = 'crm'::regnamespace AND relkind IN ('r', 'p', 'v')
           UNION ALL
           SELECT format('FUNCTION %s', oid::regprocedure)
             FROM pg_catalog.pg_proc WHERE pronamespace = 'crm'::regnamespace
           UNION ALL SELECT 'SCHEMA crm'"""
    ).fetchall()
    for (thing,) in things:
        driver.execute(sql.SQL("ALTER {} OWNER TO {}").format(sql.SQL(thing), owner))
    driver.execute("GRANT INSERT, UPDATE ON crm.app_user TO SESSION_USER")  # a grant from before would pass too
    driver.execute(sql.SQL("REVOKE {} FROM SESSION_USER").format(owner))


def _may_make_schemas(driver: psycopg.Connection[Any], owner: sql.Composable) -> None:
    """What owning or renaming a schema asks for. A database copied or brought in anew has forgotten it."""
    driver.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(sql.Identifier(driver.info.dbname), owner))


@contextmanager
def as_owner(connection: Connection) -> Iterator[None]:
    """Within the block the office's owner speaks: for changes of the schema. Of one transaction, with its end.

    Only who made the office (or a superuser) can borrow the role. Raises the driver's InsufficientPrivilege.
    """
    driver = _driver(connection)
    row = driver.execute(
        "SELECT nspowner::regrole::text, nspowner = session_user::regrole FROM pg_catalog.pg_namespace "
        "WHERE nspname = 'crm'"
    ).fetchone()
    if row is None or row[1]:
        yield
        return
    owner = sql.SQL(row[0])  # regrole's text is quoted where it must be
    driver.execute(sql.SQL("GRANT {} TO SESSION_USER").format(owner))
    _may_make_schemas(driver, owner)
    driver.execute(sql.SQL("SET LOCAL ROLE {}").format(owner))
    yield
    driver.execute("SET LOCAL ROLE NONE")
    driver.execute(sql.SQL("REVOKE {} FROM SESSION_USER").format(owner))


def let_in(connection: Connection, login: str, password: str | None) -> None:
    """Makes the login of a user, or lets a login that the server already has into this office.

    The server gets a SCRAM verifier, never the password itself: it would stand in its logs. A login that already
    works on the server keeps its password. Raises UserError("bad_login").
    """
    if login.startswith(("pg_", _PREFIX, _OWNER_PREFIX)):
        raise UserError("bad_login", login=login)
    driver = _driver(connection)
    name = sql.Identifier(login)
    secret: sql.Composable = sql.SQL("")
    if password is not None:
        secret = sql.SQL(" PASSWORD {}").format(_verifier(driver, login, password))
    known = driver.execute("SELECT rolcanlogin FROM pg_catalog.pg_roles WHERE rolname = %s", (login,)).fetchone()
    if known is None:
        driver.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name) + secret)
    elif not known[0]:
        driver.execute(sql.SQL("ALTER ROLE {} LOGIN").format(name) + secret)
    driver.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(_group(connection)), name))


def set_password(connection: Connection, login: str, password: str) -> None:
    """A new password for a login; the server gets its SCRAM verifier only."""
    driver = _driver(connection)
    driver.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), _verifier(driver, login, password))
    )


def _verifier(driver: psycopg.Connection[Any], login: str, password: str) -> sql.Literal:
    return sql.Literal(driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode())


def keep_out(connection: Connection, login: str) -> None:
    """Takes a login out of this office at once; it is closed altogether when no other office has it in its group."""
    driver = _driver(connection)
    name, group = sql.Identifier(login), _group(connection)
    known = driver.execute(
        """SELECT r.rolsuper, r.rolname = session_user, EXISTS (
             SELECT FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
             WHERE m.member = r.oid AND g.rolname LIKE %s AND g.rolname <> %s)
           FROM pg_catalog.pg_roles r WHERE r.rolname = %s""",
        (_PREFIX.replace("_", r"\_") + "%", group, login),
    ).fetchone()
    if known is None:
        return
    driver.execute(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(group), name))
    if not any(known):
        driver.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(name))


def _group(connection: Connection) -> str:
    return str(connection.execute(select(tables.Setting.value).where(tables.Setting.key == GROUP)).scalar_one())


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver
