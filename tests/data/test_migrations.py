from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from crmdesk.data import audit, tables, upgrade
from crmdesk.data.office import Store
from crmdesk.data.schema import SCHEMA
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UserError
from crmdesk.system.ids import new_id
from tests.data import migration_sql

ROOT = Path(__file__).parents[2]

SECOND_STEP = '''"""A step of a release to come: slow enough to be killed in the middle."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("branch", sa.Column("phone", sa.String(40), server_default="", nullable=False))
    op.create_table("region", sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
    op.bulk_insert(sa.table("region", sa.column("id"), sa.column("n")), [{"id": n, "n": n} for n in range(20_000)])
    print("middle", flush=True)
    op.execute("UPDATE region SET n = n + 1")
    op.execute("UPDATE region SET n = n + 1")
'''

UPGRADES = """
import sys
from pathlib import Path
from crmdesk.data.upgrade import upgrade
print("start", flush=True)
upgrade(sys.argv[1], steps=Path(sys.argv[2]))
print("done", flush=True)
"""


def _shape(connection: Connection) -> list[Any]:
    """All that a schema consists of, as the store itself describes it."""
    if connection.dialect.name == "sqlite":
        asked = ["SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"]
    else:
        asked = [
            "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
            "collation_name FROM information_schema.columns WHERE table_schema = 'crm' ORDER BY 1, 2",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'crm'::regnamespace ORDER BY 1, 2",
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'crm' ORDER BY 1",
            "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
            "WHERE relnamespace = 'crm'::regnamespace AND NOT tgisinternal ORDER BY 1, 2",
            "SELECT pg_get_functiondef(oid), replace(proacl::text, proowner::regrole::text, 'owner') FROM pg_proc "
            "WHERE pronamespace = 'crm'::regnamespace ORDER BY proname",
        ]
    found = []
    for question in asked:
        rows = [tuple(row) for row in connection.execute(text(question))]
        found += [tuple(" ".join(str(cell).split()) for cell in row) for row in rows]
    return sorted(found)


def test_that_the_steps_and_the_tables_make_the_same_file(sqlite_store: Store, tmp_path: Path) -> None:
    from crmdesk.data import sqlite

    engine = sqlite.new_engine(tmp_path / "by_steps.crmdesk")
    with engine.begin() as connection:
        upgrade.run_steps(connection)
    with engine.connect() as by_steps, sqlite_store.read() as made:
        assert _shape(by_steps) == _shape(made)
        assert by_steps.exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA
        assert compare_metadata(MigrationContext.configure(by_steps), tables.metadata) == []
    engine.dispose()


def test_that_the_steps_and_the_tables_make_the_same_database(postgres_server: str, postgres_store: Store) -> None:
    from crmdesk.data import postgres

    name = f"by_steps_{os.getpid()}"
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        engine = postgres.engine(postgres_server.format(database=name))
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA crm"))
            upgrade.run_steps(connection)
        with engine.connect() as by_steps, postgres_store.read() as made:
            assert _shape(by_steps) == _shape(made)
            number = by_steps.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
            assert int(number) == SCHEMA
        engine.dispose()
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_that_the_first_step_is_what_the_tables_say(dialect: str) -> None:
    file = migration_sql.FOLDER / f"0001_first.{dialect}.sql"
    assert file.read_text(encoding="utf-8") == migration_sql.text(dialect), (
        "the tables have changed: python -m tests.data.migration_sql"
    )


def test_that_no_step_imports_the_program() -> None:
    for file in migration_sql.FOLDER.glob("*.py"):
        assert "import crmdesk" not in (said := file.read_text(encoding="utf-8")) and "from crmdesk" not in said


def test_that_an_office_that_is_up_to_date_is_left_alone(store: Store) -> None:
    with store.read() as connection:
        before = _shape(connection)
    upgrade.upgrade(store.address)
    with store.read() as connection:
        assert _shape(connection) == before


@pytest.fixture
def steps_to_come(tmp_path: Path) -> Path:
    """The steps of a release to come."""
    folder = Path(shutil.copytree(upgrade.STEPS, tmp_path / "migrations"))
    (folder / "versions" / "0002_second.py").write_text(SECOND_STEP, encoding="utf-8")
    return folder


def _add_branch(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        writing.session.add(tables.Branch(id=new_id(), name="Север", created_at=writing.at))


def test_that_an_upgrade_keeps_what_is_there_and_older_programs_then_say_so(
    store: Store, clock: Clock, steps_to_come: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add_branch(store, clock)
    store.close()
    upgrade.upgrade(store.address, steps=steps_to_come)
    assert "middle" in capsys.readouterr().out
    with store.read() as connection:
        assert connection.execute(text("SELECT name, phone FROM branch")).all() == [("Север", "")]
        assert connection.execute(text("SELECT count(*) FROM region WHERE n = id + 2")).scalar_one() == 20_000
        assert [change.op for change in audit.trail(connection)][-1:] == ["insert"]
    with pytest.raises(UserError, match="newer_schema"):
        Store.open(store.address)
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.003, 0.01, 0.02, 0.04, 0.08])
def test_that_an_upgrade_that_is_killed_leaves_the_old_office_or_the_new_one(
    store: Store, clock: Clock, steps_to_come: Path, delay: float
) -> None:
    _add_branch(store, clock)
    store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", UPGRADES, store.address, str(steps_to_come)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "start\n"
    assert child.stdout.readline() == "middle\n"
    try:
        child.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
    child.stdout.read()
    child.stdout.close()
    child.wait()
    try:
        again = Store.open(store.address)
    except UserError as error:
        assert error.key == "newer_schema"
        with store.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM region WHERE n = id + 2")).scalar_one() == 20_000
        store.close()
    else:
        _add_branch(again, clock)
        with again.read() as connection:
            assert connection.execute(text("SELECT count(*) FROM branch")).scalar_one() == 2
        again.close()
        upgrade.upgrade(store.address, steps=steps_to_come)


def test_that_the_triggers_printed_for_a_step_are_those_of_the_tables(store: Store) -> None:
    with store.read() as connection:
        before = _shape(connection)
    with store.engine.begin() as connection:
        said = list(migration_sql.triggers("client", store.dialect))
        for statement in said:
            connection.exec_driver_sql(statement)
    with store.read() as connection:
        assert _shape(connection) == before
    assert len(said) == (6 if store.dialect == "sqlite" else 1)
