from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, func, select, text

from crmdesk.data import audit, folders, sqlite_file, tables
from crmdesk.data.office import Store
from crmdesk.data.owner_note import OwnerNote
from crmdesk.data.schema import SCHEMA
from crmdesk.system.clock import Clock
from crmdesk.system.errors import CrmError, OutsideError, UserError
from crmdesk.system.i18n import LANGUAGES, words
from crmdesk.system.ids import new_id
from crmdesk.ui.error_texts import sentence


def _add_branch(store: Store, clock: Clock, name: str = "x") -> int:
    with store.write(user_id=None, clock=clock) as writing:
        branch = tables.Branch(id=new_id(), name=name, created_at=writing.at)
        writing.session.add(branch)
    return branch.id


def _branches(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.Branch)) or 0


def _assert_said_in_every_language(error: CrmError) -> None:
    for language in LANGUAGES:
        said = sentence(error, words(language))
        assert said != str(error) and "{" not in said


@pytest.fixture
def office_file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A file with an empty office, open nowhere."""
    return Path(shutil.copy(sqlite_template, tmp_path / "office.crmdesk"))


# ---- what is not an office is told so, and left as it is -----------------------------------------------


def _nothing(file: Path) -> None:
    file.unlink()


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _a_text(file: Path) -> None:
    file.write_text("Клиенты;Сумма\nООО Ёлка;100\n" * 50, encoding="utf-8")


def _a_stump_of_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def _half(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def _zeroed_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 : 3 * 4096] = bytes(2 * 4096)
    file.write_bytes(content)


def _noise_in_the_schema(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:2000] = os.urandom(1900)
    file.write_bytes(content)


def _somebody_elses_database(file: Path) -> None:
    file.unlink()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE moz_places (id INTEGER)")
    connection.close()


def _of_tomorrow(file: Path) -> None:
    _set_schema(file, SCHEMA + 1)


def _of_yesterday(file: Path) -> None:
    _set_schema(file, SCHEMA - 1)


def _set_schema(file: Path, number: int) -> None:
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version={number}")
    connection.close()


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "key"),
    [
        (_nothing, "no_office"),
        (_emptied, "office_empty"),
        (_a_text, "not_an_office"),
        (_a_stump_of_the_header, "office_damaged"),
        (_half, "office_damaged"),
        (_zeroed_page, "office_damaged"),
        (_noise_in_the_schema, "office_damaged"),
        (_somebody_elses_database, "not_an_office"),
        (_of_tomorrow, "newer_schema"),
        (_of_yesterday, "older_schema"),
        (_a_folder, "not_an_office"),
    ],
)
def test_that_what_is_no_good_office_is_told_in_a_sentence_and_left_as_it_is(
    office_file: Path, spoil: Callable[[Path], None], key: str
) -> None:
    spoil(office_file)
    before = office_file.read_bytes() if office_file.is_file() else None
    with pytest.raises(CrmError) as caught:
        Store.open(str(office_file))
    assert caught.value.key == key
    _assert_said_in_every_language(caught.value)
    assert (office_file.read_bytes() if office_file.is_file() else None) == before
    assert [file.name for file in office_file.parent.iterdir() if file != office_file] in ([], ["home"])


@pytest.mark.parametrize("seed", range(40))
def test_that_damage_anywhere_never_ends_in_a_traceback(office_file: Path, clock: Clock, seed: int) -> None:
    content = bytearray(office_file.read_bytes())
    start = (seed * 7919) % len(content)
    content[start : start + 700] = bytes((seed * 37 + n * 11) % 256 for n in range(min(700, len(content) - start)))
    office_file.write_bytes(content)
    try:
        store = Store.open(str(office_file))
    except CrmError as error:
        assert error.key in ("office_damaged", "not_an_office", "newer_schema", "older_schema")
        assert office_file.read_bytes() == bytes(content)
    else:
        assert _branches(store) == 0, "the damage lies where nothing is kept"
        store.close()


def test_that_a_new_office_takes_no_place_that_is_taken(office_file: Path) -> None:
    before = office_file.read_bytes()
    with pytest.raises(UserError, match="office_exists"):
        Store.create(str(office_file))
    assert office_file.read_bytes() == before


def test_that_a_new_office_wants_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="no_folder"):
        Store.create(str(tmp_path / "nowhere" / "x.crmdesk"))


def test_that_a_new_office_is_whole_or_not_there(tmp_path: Path) -> None:
    def fail(_writing: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Store.create(str(tmp_path / "x.crmdesk"), fill=fail)
    assert [file.name for file in tmp_path.iterdir()] in ([], ["home"])


def test_that_a_file_name_may_hold_anything(tmp_path: Path, clock: Clock) -> None:
    store = Store.create(str(tmp_path / "офис #1 100%? &mode=ro ё.crmdesk"))
    _add_branch(store, clock)
    store.close()
    again = Store.open(str(tmp_path / "офис #1 100%? &mode=ro ё.crmdesk"))
    assert _branches(again) == 1
    again.close()


# ---- a full disk ---------------------------------------------------------------------------------------


def test_that_a_full_disk_loses_nothing_and_work_goes_on_after_it(sqlite_store: Store, clock: Clock) -> None:
    _add_branch(sqlite_store, clock)

    def small_disk(connection: sqlite3.Connection, *_rest: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    event.listen(sqlite_store.engine, "checkout", small_disk)
    with pytest.raises(OutsideError, match="disk_full") as caught, sqlite_store.write(user_id=None, clock=clock) as w:
        w.connection.execute(
            text("INSERT INTO branch (id, name, created_at) VALUES (:id, :name, 0)"),
            [{"id": n, "name": "x" * 200} for n in range(500)],
        )
    _assert_said_in_every_language(caught.value)
    event.remove(sqlite_store.engine, "checkout", small_disk)
    with sqlite_store.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert _branches(sqlite_store) == 1
    _add_branch(sqlite_store, clock)
    assert _branches(sqlite_store) == 2


# ---- two at once ---------------------------------------------------------------------------------------


def test_that_a_second_session_on_the_same_computer_works_along(sqlite_store: Store, clock: Clock) -> None:
    second = Store.open(sqlite_store.address)
    _add_branch(sqlite_store, clock)
    _add_branch(second, clock)
    assert _branches(sqlite_store) == _branches(second) == 2
    second.close()


def test_that_a_program_that_never_stops_writing_is_told_of(
    sqlite_store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.data.sqlite.WRITE_WAIT", 0.05)
    other = sqlite3.connect(sqlite_store.address, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutsideError, match="office_busy") as caught:
        _add_branch(sqlite_store, clock)
    _assert_said_in_every_language(caught.value)
    other.execute("ROLLBACK")
    other.close()
    _add_branch(sqlite_store, clock)


def test_that_a_stale_save_is_refused_and_changes_nothing(store: Store, clock: Clock) -> None:
    known = _add_branch(store, clock, "Север")
    with (
        pytest.raises(UserError, match="changed_meanwhile") as caught,
        store.write(user_id=None, clock=clock) as mine,
    ):
        row = mine.session.get_one(tables.Branch, known)
        theirs = text("UPDATE branch SET name = 'Юг', version = version + 1 WHERE id = :id")
        mine.connection.execute(theirs, {"id": known})
        row.name = "Восток"
    _assert_said_in_every_language(caught.value)
    with pytest.raises(UserError, match="changed_meanwhile"), store.write(user_id=None, clock=clock) as blind:
        blind.connection.execute(text("UPDATE branch SET name = 'x' WHERE id = :id"), {"id": known})
    with store.read() as connection:
        assert connection.scalar(select(tables.Branch.name)) == "Север"


# ---- what cannot be kept -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["\ud800", "a\x00b", "я" * 201])
def test_that_a_text_that_cannot_be_kept_is_refused_by_a_server(postgres_store: Store, clock: Clock, name: str) -> None:
    with pytest.raises(UserError) as caught:
        _add_branch(postgres_store, clock, name)
    assert caught.value.key == ("text_too_long" if len(name) > 200 else "text_not_kept")
    _assert_said_in_every_language(caught.value)


def test_that_half_a_sign_is_refused_and_a_zero_keeps_its_trail_in_a_file(sqlite_store: Store, clock: Clock) -> None:
    with pytest.raises(UserError, match="text_not_kept"):
        _add_branch(sqlite_store, clock, "\ud800")
    _add_branch(sqlite_store, clock, "a\x00b")
    with sqlite_store.read() as connection:
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)


def test_that_a_number_that_is_too_large_is_refused(store: Store, clock: Clock) -> None:
    with pytest.raises(UserError, match="number_too_large"), store.write(user_id=None, clock=clock) as writing:
        manager = tables.User(id=new_id(), login="x", name="x", role="manager", created_at=writing.at)
        writing.session.add(manager)
        writing.session.flush()
        plan = tables.SalesPlan(id=new_id(), manager_id=manager.id, month=202611, amount=2**63, created_at=writing.at)
        writing.session.add(plan)


@pytest.mark.parametrize("name", ['ООО "A & B" <b>скидка</b>', "🖨️🧾👩‍👩‍👧", "'; DROP TABLE client; --", "%s {0} \\"])
def test_that_a_strange_name_is_kept_literally(store: Store, clock: Clock, name: str) -> None:
    _add_branch(store, clock, name)
    with store.read() as connection:
        assert connection.scalar(select(tables.Branch.name)) == name
        assert audit.replay(audit.trail(connection)) == audit.rows_as_kept(connection)


# ---- network folders -----------------------------------------------------------------------------------

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/office /mnt/office cifs rw 0 0
server:/srv /srv nfs4 rw 0 0
/dev/sdb1 /srv/local ext4 rw 0 0
//nas/x /mnt/\040с\040пробелами smb3 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/mnt/office", "cifs"),
        ("/mnt/office/sub/folder", "cifs"),
        ("/mnt/office2", "ext4"),
        ("/srv/vera", "nfs4"),
        ("/srv/local/vera", "ext4"),
        ("/mnt/ с пробелами/x", "smb3"),
    ],
)
def test_that_a_folder_of_another_computer_is_known_by_its_mount(folder: str, kind: str) -> None:
    assert folders.file_system(Path(folder), MOUNTS) == kind
    assert (kind in folders.NETWORK_KINDS) == (kind != "ext4")


@pytest.mark.parametrize(
    ("root", "remote"),
    [
        (r"\\server\office", True),
        ("//server/office", True),
        (r"\\?\UNC\server\office", True),
        (r"\\?\C:" + "\\", False),
        ("C:\\", False),
    ],
)
def test_that_a_share_of_windows_is_known_by_its_root(root: str, remote: bool) -> None:
    assert folders.is_unc(root) is remote


@pytest.fixture
def network_file(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office in a folder that the system says is another computer's."""
    monkeypatch.setattr(folders, "is_network", lambda folder: folder == office_file.parent)
    return office_file


def test_that_a_network_folder_never_sees_a_wal_and_one_program_at_a_time(network_file: Path, clock: Clock) -> None:
    note = network_file.with_name("office.crmdesk.owner")
    store = Store.open(str(network_file))
    _add_branch(store, clock)
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    assert not network_file.with_name("office.crmdesk-wal").exists()
    with pytest.raises(UserError, match="office_in_use") as caught:
        Store.open(str(network_file))
    _assert_said_in_every_language(caught.value)
    assert caught.value.values["note"] == str(note) and note.exists()
    store.close()
    assert not note.exists()


def test_that_the_note_of_a_program_that_was_killed_is_taken_over(network_file: Path) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import sys; from crmdesk.data.owner_note import OwnerNote; from pathlib import Path\n"
         "OwnerNote(Path(sys.argv[1])).take()", str(network_file)],
        check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert dead.returncode == 0
    assert network_file.with_name("office.crmdesk.owner").exists()
    Store.open(str(network_file)).close()


def test_that_the_note_of_another_computer_is_never_taken_over(network_file: Path) -> None:
    note = network_file.with_name("office.crmdesk.owner")
    note.write_text('{"who": "vera", "host": "another-pc", "pid": 1, "since": "2026-11-02T06:30:00+00:00"}', "utf-8")
    with pytest.raises(UserError, match="vera.*another-pc"):
        OwnerNote(network_file).take()
    assert note.exists()


# ---- SQLite as it must be set --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1)]
)
def test_that_a_file_is_kept_safely(sqlite_store: Store, pragma: str, value: object) -> None:
    with sqlite_store.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_that_a_large_file_is_opened_without_reading_it_whole(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _zeroed_page(office_file)
    monkeypatch.setattr(sqlite_file, "QUICK_CHECK_UP_TO", 0)
    found = sqlite_file.look(str(office_file))
    assert not found.read_only


# ---- Postgres ------------------------------------------------------------------------------------------


def test_that_a_server_without_the_database_says_so(postgres_server: str) -> None:
    with pytest.raises(OutsideError, match="server_no_database.*nowhere") as caught:
        Store.open(postgres_server.format(database="nowhere"))
    _assert_said_in_every_language(caught.value)


def test_that_a_database_without_an_office_says_so(postgres_server: str) -> None:
    with pytest.raises(OutsideError, match="no_office"):
        Store.open(postgres_server.format(database="postgres"))


def test_that_no_server_is_told_without_the_password() -> None:
    with pytest.raises(OutsideError, match="connection_lost") as caught:
        Store.open("postgresql://vera:geheim@127.0.0.1:1/office")
    assert "geheim" not in sentence(caught.value, words("ru"))
    assert "127.0.0.1" in sentence(caught.value, words("ru"))


def test_that_a_lost_connection_is_told_and_work_goes_on(postgres_store: Store, clock: Clock) -> None:
    with pytest.raises(OutsideError, match="connection_lost"), postgres_store.write(user_id=None, clock=clock) as w:
        with postgres_store.engine.connect() as other:
            mine = w.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        w.connection.execute(text("SELECT 1"))
    _add_branch(postgres_store, clock)
    assert _branches(postgres_store) == 1


def test_that_a_connection_that_died_at_rest_is_never_noticed(
    postgres_store: Store, postgres_server: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmdesk.data.postgres.RESTED", 0.0)
    _add_branch(postgres_store, clock)
    with postgres_store.read() as connection:
        mine = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
    _add_branch(postgres_store, clock)
    assert _branches(postgres_store) == 2


@pytest.mark.parametrize(("number", "key"), [(SCHEMA + 1, "newer_schema"), (SCHEMA - 1, "older_schema")])
def test_that_another_schema_on_a_server_is_told(postgres_store: Store, number: int, key: str) -> None:
    with postgres_store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": f"{number:04}"})
    with pytest.raises(UserError, match=key):
        Store.open(postgres_store.address)
