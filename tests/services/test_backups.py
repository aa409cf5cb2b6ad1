from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from crmdesk.data import audit, tables
from crmdesk.data.office import Store
from crmdesk.domain.lists import Role
from crmdesk.services import backups, imports
from crmdesk.services.office import Desk, open_office
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.ids import new_id
from crmdesk.system.jobs import Stopped

NAME = 'ООО "A & B" <b>скидка</b> 🙂'


def add_client(desk: Desk, name: str = NAME) -> int:
    """A new client, written as services write."""
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        client = tables.Client(id=new_id(), name=name, created_at=writing.at, own_fields={"скидка": [1, None, True]})
        writing.session.add(client)
        writing.touch([client.id])
        return client.id


def names(desk: Desk) -> list[str]:
    """The names of all clients."""
    with desk.store.read() as connection:
        return list(connection.scalars(select(tables.Client.name).order_by(tables.Client.id)))


def content(store: Store) -> tuple[object, object]:
    """All audited rows and their trail."""
    with store.read() as connection:
        return audit.rows_as_kept(connection), [
            (c.tx, c.op, c.table, c.row_id, c.old, c.new) for c in audit.trail(connection)
        ]


class StopAtOnce:
    """A job whose person has changed his mind."""

    def progress(self, done: int, total: int) -> None:
        """Nobody looks on."""

    def check(self) -> None:
        """Says stop."""
        raise Stopped


def test_that_a_backup_is_a_whole_office(office: Desk) -> None:
    add_client(office)
    was = content(office.store)  # the base of a server notes the copy afterwards
    made = backups.backup(office)
    copy = Store.open(str(made.path))
    assert content(copy) == was
    copy.close()
    assert made.counts["client"] == 1


def test_that_a_backup_carries_its_hash_beside_it(office: Desk) -> None:
    made = backups.backup(office)
    said = made.path.with_name(made.path.name + ".sha256").read_text(encoding="utf-8")
    assert said == f"{hashlib.sha256(made.path.read_bytes()).hexdigest()}  {made.path.name}\n"
    assert made.sha256 in said
    assert sorted(p.suffix for p in made.path.parent.iterdir()) == [".crmdesk", ".json", ".sha256"]


def test_that_a_backup_is_one_closed_file(office: Desk) -> None:
    made = backups.backup(office)
    made.path.chmod(0o400)
    with closing(sqlite3.connect(f"{made.path.as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT count(*) FROM app_user").fetchone() == (made.counts["app_user"],)


def test_that_the_copy_goes_where_it_is_told(office: Desk, tmp_path: Path) -> None:
    made = backups.backup(office, tmp_path / "флешка")
    assert made.path.parent == tmp_path / "флешка"
    assert backups.last_verified(office) == made.verified_at


def test_that_a_restored_office_is_the_one_that_was_backed_up(sqlite_office: Desk) -> None:
    desk = sqlite_office
    add_client(desk)
    before = content(desk.store)
    made = backups.backup(desk)
    add_client(desk, "Лишний")
    address = desk.store.address
    desk.close()
    restored = backups.restore(made.path, address, clock=desk.clock)
    again = open_office(address, login="boss", clock=desk.clock)
    assert content(again.store) == before
    assert restored.hash_known
    assert restored.counts == made.counts
    assert restored.kept_aside is not None
    aside = open_office(restored.kept_aside, login="boss", clock=desk.clock)
    assert names(aside) == [NAME, "Лишний"]
    aside.close()
    again.close()


def test_that_an_office_on_a_server_comes_back_with_its_people(postgres_office: Desk) -> None:
    desk = postgres_office
    add_client(desk)
    rows, trail = content(desk.store)
    made = backups.backup(desk)
    add_client(desk, "Лишний")
    address = desk.store.address
    desk.close()
    restored = backups.restore(made.path, address, clock=desk.clock)
    assert restored.kept_aside is not None and restored.kept_aside.startswith("crm_replaced_")
    again = open_office(address, login=None, clock=desk.clock)
    assert names(again) == [NAME]
    rows_now, trail_now = content(again.store)
    assert isinstance(rows, dict) and isinstance(rows_now, dict) and isinstance(trail, list)
    group = ("setting", ("user_group",))  # the only thing that is of the server and not of the office
    assert {k: v for k, v in rows_now.items() if k != group} == {k: v for k, v in rows.items() if k != group}
    assert isinstance(trail_now, list) and trail_now[: len(trail)] == trail
    add_client(again, "Следующий")
    assert names(again) == [NAME, "Следующий"]
    again.close()
    manager = open_office(address.replace("//boss@", "//ivanova@"), login=None, clock=desk.clock)
    assert manager.me.login == "ivanova"
    manager.close()


def test_that_an_office_moves_from_a_file_to_a_server(sqlite_office: Desk, postgres_server: str) -> None:
    import psycopg

    add_client(sqlite_office)
    made = backups.backup(sqlite_office)
    with psycopg.connect(postgres_server.format(database="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE moved OWNER boss")
    address = postgres_server.format(database="moved").replace("//postgres@", "//boss@")
    assert backups.restore(made.path, address).kept_aside is None
    desk = open_office(address, login=None, clock=sqlite_office.clock)
    assert names(desk) == [NAME]
    assert content(desk.store)[1][: made.counts["audit"]] == content(sqlite_office.store)[1]  # type: ignore[index]
    desk.close()


def test_that_a_restore_where_nothing_was_makes_the_office(sqlite_office: Desk, tmp_path: Path) -> None:
    made = backups.backup(sqlite_office)
    fresh = tmp_path / "новый.crmdesk"
    assert backups.restore(made.path, str(fresh)).kept_aside is None
    Store.open(str(fresh)).close()


def test_that_an_open_office_is_not_replaced(sqlite_office: Desk) -> None:
    made = backups.backup(sqlite_office)
    add_client(sqlite_office)
    with pytest.raises(UserError, match="office_open_elsewhere"):
        backups.restore(made.path, sqlite_office.store.address)
    assert names(sqlite_office) == [NAME]
    assert [p.name for p in Path(sqlite_office.store.address).parent.iterdir() if "restoring" in p.name] == []


def test_that_an_office_on_a_server_with_people_in_it_is_not_replaced(postgres_office: Desk) -> None:
    made = backups.backup(postgres_office)
    with pytest.raises(UserError, match="office_open_elsewhere"):
        backups.restore(made.path, postgres_office.store.address)
    assert names(postgres_office) == []


def test_that_a_restore_that_would_lock_me_out_changes_nothing(postgres_office: Desk, postgres_server: str) -> None:
    made = backups.backup(postgres_office)
    postgres_office.close()
    stranger = postgres_office.store.address.replace("//boss@", "//postgres@")
    with pytest.raises(UserError, match="restore_without_you"):
        backups.restore(made.path, stranger)
    open_office(postgres_office.store.address, login=None, clock=postgres_office.clock).close()


def test_that_a_damaged_office_can_be_replaced_and_its_remains_are_kept(sqlite_office: Desk) -> None:
    made = backups.backup(sqlite_office)
    address = Path(sqlite_office.store.address)
    sqlite_office.close()
    address.write_bytes(b"not a database at all")
    restored = backups.restore(made.path, str(address))
    assert restored.kept_aside is not None
    assert Path(restored.kept_aside).read_bytes() == b"not a database at all"
    open_office(str(address), login="boss", clock=sqlite_office.clock).close()


# ---- damage ------------------------------------------------------------------------------------------


def damaged(file: Path, kind: str) -> None:
    """Harms a copy as disks and people do."""
    held = bytearray(file.read_bytes())
    middle = len(held) // 2
    if kind == "zeroed page":
        held[4096 * 5 : 4096 * 6] = bytes(4096)
    elif kind == "truncated":
        del held[middle:]
    elif kind == "one bit":
        held[middle] ^= 4
    elif kind == "emptied":
        held.clear()
    elif kind == "another file":
        held[:] = b"PK\x03\x04" + bytes(5000)
    file.write_bytes(held)


@pytest.mark.parametrize("kind", ["zeroed page", "truncated", "one bit", "emptied", "another file"])
def test_that_a_damaged_backup_is_refused_and_the_office_untouched(sqlite_office: Desk, kind: str) -> None:
    made = backups.backup(sqlite_office)
    address = Path(sqlite_office.store.address)
    sqlite_office.close()
    before = address.read_bytes()
    damaged(made.path, kind)
    with pytest.raises(OutsideError, match="backup_damaged"):
        backups.restore(made.path, str(address))
    assert address.read_bytes() == before
    assert [p.name for p in address.parent.iterdir() if p.name.startswith("office")] == [address.name]


@pytest.mark.parametrize("kind", ["zeroed page", "truncated", "emptied", "another file"])
def test_that_a_damaged_backup_without_its_hash_is_refused(sqlite_office: Desk, kind: str, tmp_path: Path) -> None:
    made = backups.backup(sqlite_office)
    made.path.with_name(made.path.name + ".sha256").unlink()
    damaged(made.path, kind)
    with pytest.raises(OutsideError, match="backup_damaged"):
        backups.restore(made.path, str(tmp_path / "x.crmdesk"))
    assert not (tmp_path / "x.crmdesk").exists()


def test_that_every_single_flipped_bit_is_noticed(sqlite_office: Desk, tmp_path: Path) -> None:
    made = backups.backup(sqlite_office)
    held = made.path.read_bytes()
    for place in range(0, len(held), len(held) // 40):
        made.path.write_bytes(held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :])
        with pytest.raises(OutsideError, match="backup_damaged"):
            backups.restore(made.path, str(tmp_path / "x.crmdesk"))


def test_that_a_sound_backup_without_its_hash_says_so(sqlite_office: Desk, tmp_path: Path) -> None:
    made = backups.backup(sqlite_office)
    made.path.with_name(made.path.name + ".sha256").unlink()
    assert not backups.restore(made.path, str(tmp_path / "x.crmdesk")).hash_known


def test_that_no_backup_is_made_of_a_damaged_office(sqlite_office: Desk) -> None:
    good = backups.backup(sqlite_office)
    address = Path(sqlite_office.store.address)
    sqlite_office.close()
    with address.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(bytes(4096 * 3))
    with pytest.raises(OutsideError):
        backups.backup_address(str(address), clock=sqlite_office.clock)
    assert [p for p in good.path.parent.iterdir() if p.suffix == ".crmdesk"] == [good.path]


def test_that_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no_backup"):
        backups.restore(tmp_path / "nowhere.crmdesk", str(tmp_path / "x.crmdesk"))


# ---- when ----------------------------------------------------------------------------------------------


def later(desk: Desk, **by: float) -> None:
    """Time passes for this desk."""
    desk.clock = Clock(desk.clock.zone, desk.clock.offset + timedelta(**by))


def test_that_a_backup_is_due_when_something_was_written_and_half_an_hour_has_passed(office: Desk) -> None:
    assert backups.last_verified(office) is None
    assert backups.due_for_backup(office)
    made = backups.backup(office)
    assert backups.last_verified(office) == made.verified_at
    later(office, hours=3)
    assert not backups.due_for_backup(office)
    assert backups.backup_at_exit(office) is None
    add_client(office)
    assert backups.due_for_backup(office)
    later(office, hours=-2, minutes=-50)
    assert not backups.due_for_backup(office)
    assert backups.backup_at_exit(office) is not None


def test_that_a_backup_that_has_gone_does_not_count(sqlite_office: Desk) -> None:
    made = backups.backup(sqlite_office)
    made.path.unlink()
    assert backups.last_verified(sqlite_office) is None
    assert backups.due_for_backup(sqlite_office)


def test_that_scheduled_backups_rest_after_a_restore_until_it_is_confirmed(sqlite_office: Desk) -> None:
    made = backups.backup(sqlite_office)
    sqlite_office.close()
    backups.restore(made.path, sqlite_office.store.address)
    again = open_office(sqlite_office.store.address, login="boss", clock=sqlite_office.clock)
    later(again, hours=1)
    add_client(again)
    assert backups.is_paused(again) and not backups.due_for_backup(again)
    assert backups.backup_at_exit(again) is None
    backups.confirm_restored(again)
    assert not backups.is_paused(again) and backups.due_for_backup(again)
    again.close()


def test_that_on_a_server_the_owner_makes_the_backups(postgres_office: Desk) -> None:
    address = postgres_office.store.address.replace("//boss@", "//ivanova@")
    manager = open_office(address, login=None, clock=postgres_office.clock)
    assert manager.me.role is Role.MANAGER
    assert not backups.due_for_backup(manager)
    with pytest.raises(UserError, match="backup_by_owner"):
        backups.backup(manager)
    manager.close()


def test_that_an_import_into_a_shared_base_stands_on_a_copy_of_the_last_day(
    postgres_office: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("Название;Город\nООО «Ёлка»;Тверь\n", encoding="utf-8")
    address = postgres_office.store.address.replace("//boss@", "//ivanova@")
    manager = open_office(address, login=None, clock=postgres_office.clock)
    with pytest.raises(UserError, match="no_recent_copy"):
        imports.run(manager, "clients", file)
    assert names(manager) == []
    backups.backup(postgres_office)
    assert not backups.has_changed(postgres_office), "the note of the copy asks for no other copy"
    assert imports.run(manager, "clients", file).added == 1
    later(manager, hours=25)
    with pytest.raises(UserError, match="no_recent_copy"):
        imports.run(manager, "clients", file)
    manager.close()


def test_that_the_owners_import_makes_the_copy_itself(office: Desk, tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("Название;Город\nООО «Ёлка»;Тверь\n", encoding="utf-8")
    imports.run(office, "clients", file)
    (copy,) = backups.backups_of(office)
    with sqlite3.connect(copy) as held:
        assert held.execute("SELECT count(*) FROM client").fetchone() == (0,)
    held.close()


def test_that_old_backups_are_thinned_with_their_hashes(sqlite_office: Desk) -> None:
    start = sqlite_office.clock
    for hours in (0, 1, 2, 24 * 5, 24 * 5 + 1, 24 * 60):
        sqlite_office.clock = Clock(start.zone, start.offset + timedelta(hours=hours))
        newest = backups.backup(sqlite_office)
    kept = backups.backups_of(sqlite_office)
    assert kept[0] == newest.path
    assert [p.name[-27:-17] for p in kept] == ["2027-01-01", "2026-11-07"]
    assert len(list(newest.path.parent.glob("*.sha256"))) == 2


def test_that_two_backups_in_one_second_have_two_names(sqlite_office: Desk) -> None:
    first, second = backups.backup(sqlite_office), backups.backup(sqlite_office)
    assert first.path != second.path
    assert set(backups.backups_of(sqlite_office)) == {first.path, second.path}


def test_that_offices_of_one_name_do_not_mix_their_backups(sqlite_office: Desk, tmp_path: Path) -> None:
    made = backups.backup(sqlite_office)
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / Path(sqlite_office.store.address).name
    backups.restore(made.path, str(other))
    desk = open_office(str(other), login="boss", clock=sqlite_office.clock)
    assert backups.backups_of(desk) == ()
    desk.close()


def test_that_a_damaged_note_only_means_that_nothing_is_known(sqlite_office: Desk) -> None:
    made = backups.backup(sqlite_office)
    note = made.path.parent / "state.json"
    assert json.loads(note.read_text(encoding="utf-8"))["file"] == str(made.path.resolve())
    for text in ("", "[]", "{", '{"verified_at": "yesterday", "file": "x"}'):
        note.write_text(text, encoding="utf-8")
        assert backups.last_verified(sqlite_office) is None
        assert backups.due_for_backup(sqlite_office)


# ---- stopping, killing, full disks -----------------------------------------------------------------------


def test_that_a_stopped_backup_leaves_nothing(office: Desk) -> None:
    good = backups.backup(office)
    with pytest.raises(Stopped):
        backups.backup(office, job=StopAtOnce())
    assert [p for p in good.path.parent.iterdir() if ".part" in p.name] == []
    assert backups.backups_of(office) == (good.path,)


def test_that_a_backup_tells_how_far_it_is(office: Desk) -> None:
    heard: list[tuple[int, int]] = []

    class Listener(StopAtOnce):
        def progress(self, done: int, total: int) -> None:
            heard.append((done, total))

        def check(self) -> None:
            """Goes on."""

    backups.backup(office, job=Listener())
    assert heard[-1][0] == heard[-1][1] > 0


def test_that_others_may_write_while_a_backup_is_made(sqlite_office: Desk) -> None:
    other = open_office(sqlite_office.store.address, login="ivanova", clock=sqlite_office.clock)

    class Busy(StopAtOnce):
        written = 0

        def check(self) -> None:
            add_client(other, f"Новый {self.written}")
            self.written += 1

    for number in range(30):
        add_client(sqlite_office, f"{number} " + "длинное имя " * 30)
    made = backups.backup(sqlite_office, job=Busy())
    assert made.counts["client"] == 30
    assert len(names(other)) > 30
    other.close()


def test_that_the_trail_of_a_backup_ends_where_its_rows_end(office: Desk) -> None:
    add_client(office)
    with office.store.read() as connection:
        trail = connection.scalar(select(func.count()).select_from(tables.Audit))
    made = backups.backup(office)
    assert made.counts["audit"] == trail
    assert datetime.fromisoformat(made.verified_at.isoformat()).tzinfo is not None
