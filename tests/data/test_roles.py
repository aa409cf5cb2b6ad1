from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crmdesk.data import audit, driver_errors, tables
from crmdesk.data.office import Store
from crmdesk.domain.lists import Role
from crmdesk.services import users
from crmdesk.services.office import Desk, create_office, open_office
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UsageError, UserError
from crmdesk.system.ids import new_id


def as_login(address: str, login: str) -> str:
    """The address of the same office for another login (the test server trusts everybody)."""
    return address.replace("//boss@", f"//{login}@").replace("//boss:@", f"//{login}:@")


@pytest.fixture
def anna(postgres_office: Desk, clock: Clock) -> Iterator[Desk]:
    """The office as the manager Ivanova opens it over her own login."""
    desk = open_office(as_login(postgres_office.store.address, "ivanova"), login=None, clock=clock)
    yield desk
    desk.close()


def test_that_a_manager_is_who_her_login_says(anna: Desk) -> None:
    assert (anna.me.login, anna.me.role) == ("ivanova", Role.MANAGER)


def test_that_what_a_manager_writes_is_hers_in_the_trail_whoever_she_claims_to_be(anna: Desk) -> None:
    boss = users.find(anna, "boss")
    with anna.store.write(user_id=boss.id, clock=anna.clock) as writing:
        client = tables.Client(id=new_id(), name="ООО «Ёлка»", created_at=writing.at)
        writing.session.add(client)
        writing.touch([client.id])
    with anna.store.read() as connection:
        (made,) = audit.history(connection, "client", client.id)
    assert (made.user_id, made.tx) == (anna.me.id, writing.tx)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM client",
        "DELETE FROM task",
        "TRUNCATE client CASCADE",
        "INSERT INTO audit (tx, at, op, tbl, row_id) VALUES (1, 1, 'insert', 'client', 1)",
        "UPDATE audit SET user_id = NULL",
        "DELETE FROM audit",
        "UPDATE app_user SET role = 'owner', version = version + 1 WHERE login = session_user",
        "UPDATE access_log SET rows = 0",
        "ALTER TABLE client DISABLE TRIGGER ALL",
        "DROP TRIGGER client_update ON client",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION crm.current_tx() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "CREATE TABLE crm.mine (id int)",
        "SELECT * FROM audit_context",
        "UPDATE alembic_version SET version_num = '9999'",
        "CREATE ROLE friend LOGIN",
        "SELECT crm.client_audit()",
    ],
)
def test_that_a_manager_with_a_query_tool_meets_a_wall(anna: Desk, statement: str) -> None:
    with anna.store.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(statement))
    assert isinstance(caught.value.orig, psycopg.errors.InsufficientPrivilege)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM client",
        "TRUNCATE task CASCADE",
        "INSERT INTO audit (tx, at, op, tbl, row_id) VALUES (1, 1, 'insert', 'client', 1)",
        "UPDATE audit SET user_id = NULL",
        "DELETE FROM audit",
        "ALTER TABLE client DISABLE TRIGGER ALL",
        "DROP TRIGGER client_update ON client",
        "DROP TABLE audit CASCADE",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION crm.current_tx() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "ALTER SCHEMA crm RENAME TO elsewhere",
        "DO $$ BEGIN EXECUTE format('SET ROLE %I', (SELECT nspowner::regrole::text FROM pg_namespace "
        "WHERE nspname = 'crm')); END $$",
    ],
)
def test_that_who_made_the_office_is_held_by_the_triggers_too(postgres_office: Desk, statement: str) -> None:
    with postgres_office.store.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text(statement))
    assert isinstance(caught.value.orig, psycopg.errors.InsufficientPrivilege)


def test_that_the_owner_of_an_office_is_nobody_who_can_log_in(postgres_office: Desk) -> None:
    with postgres_office.store.read() as connection:
        owners = connection.execute(
            text(
                "SELECT DISTINCT r.rolname, r.rolcanlogin, (SELECT count(*) FROM pg_auth_members m "
                "WHERE m.roleid = r.oid AND NOT m.admin_option) FROM pg_roles r JOIN (SELECT relowner AS owner "
                "FROM pg_class WHERE relnamespace = 'crm'::regnamespace UNION SELECT proowner FROM pg_proc "
                "WHERE pronamespace = 'crm'::regnamespace UNION SELECT nspowner FROM pg_namespace "
                "WHERE nspname = 'crm') o ON o.owner = r.oid"
            )
        ).all()
    assert [(login, members) for _, login, members in owners] == [(False, 0)]


def test_that_every_function_of_a_higher_right_has_its_search_path_pinned(postgres_store: Store) -> None:
    with postgres_store.read() as connection:
        loose = connection.execute(
            text(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'crm'::regnamespace AND prosecdef "
                "AND NOT coalesce(proconfig::text LIKE '%search_path=pg_catalog%', false)"
            )
        ).all()
        all_of_them = connection.execute(
            text("SELECT count(*) FROM pg_proc WHERE pronamespace = 'crm'::regnamespace AND prosecdef")
        ).scalar_one()
    assert loose == [] and all_of_them > 10


def test_that_nothing_in_an_office_belongs_to_everybody(postgres_store: Store) -> None:
    with postgres_store.read() as connection:
        granted = connection.execute(
            text("SELECT table_name FROM information_schema.role_table_grants WHERE grantee = 'PUBLIC' "
                 "AND table_schema = 'crm'")
        ).all()  # fmt: skip
    assert granted == []


def test_that_a_login_outside_the_office_sees_nothing(postgres_server: str, postgres_office: Desk) -> None:
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE stranger_{os.getpid()} LOGIN")
    with pytest.raises(UserError, match="no_right"):
        open_office(
            as_login(postgres_office.store.address, f"stranger_{os.getpid()}"), login=None, clock=postgres_office.clock
        )


def test_that_a_manager_may_not_add_users(anna: Desk) -> None:
    with pytest.raises(UserError, match="no_right"):
        users.add(anna, "friend", "Друг", Role.OWNER)


def test_that_the_server_gets_a_verifier_never_a_password(
    postgres_server: str, postgres_office: Desk, clock: Clock
) -> None:
    login = f"novikova_{os.getpid()}"
    with postgres_office.store.read() as connection:
        here = connection.execute(text("SELECT current_database()")).scalar_one()
    with psycopg.connect(postgres_server.format(database=here), autocommit=True) as server:
        # a server set like this would keep a plain password as MD5, and takes a verifier as it is
        server.execute(f"ALTER DATABASE {here} SET password_encryption = 'md5'")
        desk = open_office(postgres_office.store.address, login=None, clock=clock)
        users.add(desk, login, "Новикова", Role.MANAGER, password="Тайна-123")
        desk.close()
        row = server.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (login,)).fetchone()
        assert row is not None and row[0].startswith("SCRAM-SHA-256$")


def test_that_a_disabled_user_is_out_at_once_and_can_be_let_in_again(anna: Desk, postgres_office: Desk) -> None:
    users.disable(postgres_office, "ivanova")
    with pytest.raises(UserError, match="no_right"):
        users.list_users(anna)
    with pytest.raises((OutsideError, UserError)):
        open_office(anna.store.address, login=None, clock=anna.clock)
    users.enable(postgres_office, "ivanova")
    again = open_office(anna.store.address, login=None, clock=anna.clock)
    assert again.me.active
    again.close()


def test_that_two_offices_on_one_server_keep_their_people_apart(
    postgres_server: str, postgres_office: Desk, clock: Clock
) -> None:
    name = f"second_{os.getpid()}"
    server = postgres_server.replace("//postgres@", "//boss@").replace("//postgres:@", "//boss:@")
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER boss")
        second = create_office(
            server.format(database=name), name="Вторая", currency="UAH", zone="Europe/Kyiv", country="UA", lang="uk",
            owner_login="boss", owner_name="Орлова", clock=clock,
        )  # fmt: skip
        with pytest.raises(UserError, match="no_right"):
            open_office(as_login(second.store.address, "sidorov"), login=None, clock=clock)
        users.add(second, "sidorov", "Сидоров", Role.MANAGER)
        open_office(as_login(second.store.address, "sidorov"), login=None, clock=clock).close()
        users.disable(second, "sidorov")
        open_office(as_login(postgres_office.store.address, "sidorov"), login=None, clock=clock).close()
        second.close()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_that_an_office_is_not_made_by_a_login_that_cannot_make_others(postgres_server: str, clock: Clock) -> None:
    name = f"third_{os.getpid()}"
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        connection.execute(f"CREATE DATABASE {name} OWNER {name}")
        server = postgres_server.replace("//postgres@", f"//{name}@").replace("//postgres:@", f"//{name}:@")
        with pytest.raises(UserError, match="may_not_make_roles"):
            Store.create(server.format(database=name))
        connection.execute(f"ALTER ROLE {name} CREATEROLE")
        desk = create_office(
            server.format(database=name), name="Третья", currency="UAH", zone="Europe/Kyiv", country="UA", lang="uk",
            owner_login="boss", owner_name="Третяк", clock=clock,
        )  # fmt: skip
        assert desk.me.login == name, "on a server the owner is who is connected"
        users.add(desk, f"{name}_anna", "Анна", Role.MANAGER)
        users.disable(desk, f"{name}_anna")
        users.enable(desk, f"{name}_anna")
        open_office(
            as_login(desk.store.address.replace(f"//{name}", "//boss"), f"{name}_anna"), login=None, clock=clock
        ).close()
        desk.close()
        with pytest.raises(UserError, match="office_exists"):
            Store.create(server.format(database=name))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_that_a_file_has_no_passwords(sqlite_office: Desk) -> None:
    with pytest.raises(UsageError, match="no_passwords_here"):
        users.add(sqlite_office, "x", "X", Role.MANAGER, password="secret")


def test_that_a_login_gets_a_new_password_and_a_wrong_one_is_told_in_words(
    postgres_server: str, postgres_office: Desk
) -> None:
    login = f"zimina_{os.getpid()}"
    users.add(postgres_office, login, "Зимина", Role.MANAGER, password="старый")
    secret = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
    with psycopg.connect(postgres_server.format(database="postgres")) as server:
        before = server.execute(secret, (login,)).fetchone()
        users.set_password(postgres_office, login, "новый")
        after = server.execute(secret, (login,)).fetchone()
    assert before != after and after is not None and after[0].startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ('FATAL:  password authentication failed for user "anna"', "server_password"),
        ('FATAL:  role "anna" does not exist', "server_no_login"),
        ('FATAL:  role "anna" is not permitted to log in', "server_no_login"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.7", user "anna", database "office"', "server_no_entry"),
        ("FATAL:  sorry, too many clients already", "server_overloaded"),
        ("FATAL:  the database system is starting up", "server_starting"),
        ("FATAL:  something of tomorrow", "server_refuses"),
    ],
)
def test_that_what_a_server_refuses_is_said_in_our_words(said: str, key: str) -> None:
    assert driver_errors.refusal(said, "postgresql://anna@server/office").key == key


def test_that_a_login_the_server_does_not_know_is_told(postgres_office: Desk, clock: Clock) -> None:
    with pytest.raises(OutsideError, match="server_no_login"):
        open_office(as_login(postgres_office.store.address, "nobody_at_all"), login=None, clock=clock)
