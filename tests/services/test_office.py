from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crmdesk.domain.lists import Role
from crmdesk.services import users
from crmdesk.services.office import Desk, create_office, open_office
from crmdesk.system.clock import Clock
from crmdesk.system.errors import UsageError, UserError

ROOT = Path(__file__).parents[2]


def test_that_the_owner_opens_his_office(office: Desk) -> None:
    assert office.me.login == "boss"
    assert office.me.role is Role.OWNER
    assert office.office.name == "Проба"
    assert office.clock.zone == office.office.zone


def test_that_people_are_listed_eldest_first(office: Desk) -> None:
    assert [user.login for user in users.list_users(office)] == ["boss", "petrov", "ivanova", "kovalenko", "sidorov"]


def test_that_a_login_is_given_once(office: Desk) -> None:
    with pytest.raises(UserError, match="login_taken"):
        users.add(office, "ivanova", "Другая Иванова", Role.MANAGER)


def test_that_a_disabled_user_does_not_come_in(sqlite_office: Desk) -> None:
    users.disable(sqlite_office, "sidorov")
    with pytest.raises(UserError, match="user_disabled"):
        open_office(sqlite_office.store.address, login="sidorov", clock=sqlite_office.clock)


def test_that_an_office_never_loses_its_last_owner(office: Desk) -> None:
    with pytest.raises(UserError, match="last_owner"):
        users.disable(office, "boss")


def test_that_nobody_can_claim_to_be_another_on_a_server(postgres_office: Desk) -> None:
    with pytest.raises(UserError, match="login_is_the_servers"):
        open_office(postgres_office.store.address, login="petrov", clock=postgres_office.clock)


def test_that_without_a_login_a_file_is_opened_by_its_owner(sqlite_office: Desk) -> None:
    desk = open_office(sqlite_office.store.address, login=None, clock=sqlite_office.clock)
    assert desk.me.login == "boss"
    desk.close()


def test_that_an_office_wants_a_real_zone(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(UsageError, match="unknown_zone"):
        create_office(
            str(tmp_path / "x.crmdesk"),
            name="x",
            currency="RUB",
            zone="Europe/Nowhere",
            country="RU",
            lang="ru",
            owner_login="boss",
            owner_name="x",
            clock=clock,
        )
    assert not (tmp_path / "x.crmdesk").exists()


def test_that_a_user_belongs_to_his_branch_and_branches_are_made_once(office: Desk) -> None:
    first = users.add(office, f"north_{office.store.dialect}", "Север", Role.MANAGER, branch="Филиал Север")
    second = users.add(office, f"south_{office.store.dialect}", "Юг", Role.MANAGER, branch="Филиал Север")
    assert first.branch_id is not None and first.branch_id == second.branch_id


def test_that_a_disabled_user_stays_in_the_list_and_can_come_back(office: Desk) -> None:
    users.disable(office, "kovalenko")
    assert [user.login for user in users.list_users(office) if not user.active] == ["kovalenko"]
    assert users.enable(office, "kovalenko").active


@pytest.mark.parametrize("login", ["", " vera", "ве\nра", "я" * 32])
def test_that_a_login_must_fit_a_server(office: Desk, login: str) -> None:
    with pytest.raises(UserError, match="bad_login"):
        users.add(office, login, "x", Role.MANAGER)


def test_that_without_a_login_an_owner_who_left_is_passed_over(sqlite_office: Desk, clock: Clock) -> None:
    users.add(sqlite_office, "second", "Второй владелец", Role.OWNER)
    users.disable(sqlite_office, "boss")
    desk = open_office(sqlite_office.store.address, login=None, clock=clock)
    assert desk.me.login == "second"
    desk.close()
    with pytest.raises(UserError, match="no_such_user"):
        open_office(sqlite_office.store.address, login="nobody", clock=clock)


def test_that_opening_a_file_imports_nothing_that_only_others_need() -> None:
    code = "import sys, crmdesk.services.office; print(*sorted({'alembic', 'psycopg', 'PySide6'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""
