"""The office's settings on both stores: kept, in the trail, and only by who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from crmdesk.data.tables import Audit
from crmdesk.domain.lists import ActionSegment, Role
from crmdesk.domain.load import CAPACITY
from crmdesk.services import day, settings, users
from crmdesk.services.office import Desk
from crmdesk.system.errors import UsageError, UserError


def as_role(desk: Desk, login: str) -> None:
    desk.me = users.find(desk, login)


def test_that_what_the_office_says_of_itself_works_at_once(office: Desk) -> None:
    before = office.clock.local()
    facts = settings.set_facts(office, name="  Новый   двор ", currency="UAH", zone="Asia/Yekaterinburg", country="UA")
    assert facts == office.office
    assert (facts.name, facts.currency, facts.country) == ("Новый двор", "UAH", "UA")
    after = office.clock.local()
    assert after.utcoffset() != before.utcoffset()
    assert after - before < after - after.replace(year=2000)  # the same moment, another wall clock
    with office.store.read() as connection:
        trail = connection.scalars(select(Audit.id).where(Audit.user_id == office.me.id)).all()
    assert len(trail) >= 4


@pytest.mark.parametrize(
    ("values", "key"),
    [({"name": "  "}, "empty_name"), ({"currency": "rub"}, "unknown_currency"), ({"zone": "Марс"}, "unknown_zone")],
)
def test_that_nonsense_is_refused_and_nothing_changes(office: Desk, values: dict[str, str], key: str) -> None:
    before = office.office
    with pytest.raises((UserError, UsageError)) as refused:
        settings.set_facts(office, **values)  # type: ignore[arg-type]
    assert refused.value.key == key
    assert office.office == before


def test_that_norms_are_kept_together(office: Desk) -> None:
    usual = settings.norms(office)
    assert usual[ActionSegment.VVV] == (1, 0, 0)
    settings.set_norms(office, {**usual, ActionSegment.VVV: (2, 1, 0), ActionSegment.CCC: (0, 4, 1)})
    assert settings.norms(office) == {**usual, ActionSegment.VVV: (2, 1, 0), ActionSegment.CCC: (0, 4, 1)}
    with pytest.raises(UserError, match="norm_out_of_range"):
        settings.set_norms(office, {ActionSegment.VVV: (3, 0, 0), ActionSegment.CCC: (0, -1, 0)})
    assert settings.norms(office)[ActionSegment.VVV] == (2, 1, 0)


def test_that_the_room_of_a_day_is_what_the_day_uses(office: Desk) -> None:
    assert settings.capacity(office) == CAPACITY
    settings.set_capacity(office, 240)
    assert settings.capacity(office) == 240 == day.capacity(office)
    with pytest.raises(UserError, match="no_such_capacity"):
        settings.set_capacity(office, 5)


@pytest.mark.parametrize("login", ["ivanova"])
def test_that_a_manager_changes_nothing(office: Desk, login: str) -> None:
    as_role(office, login)
    for refused in (
        lambda: settings.set_facts(office, name="Моё"),
        lambda: settings.set_norms(office, {ActionSegment.VVV: (9, 9, 9)}),
        lambda: settings.set_capacity(office, 60),
    ):
        with pytest.raises(UserError, match="no_right"):
            refused()


def test_that_a_user_is_renamed_promoted_and_put_into_a_branch(office: Desk) -> None:
    changed = users.change(office, "ivanova", name="Иванова-Петрова Анна", role=Role.SUPERVISOR, branch="Казань")
    assert users.find(office, "ivanova") == changed
    assert users.branches(office) == {changed.branch_id: "Казань"}
    assert users.change(office, "ivanova", branch="").branch_id is None
    with pytest.raises(UserError, match="empty_name"):
        users.change(office, "ivanova", name=" ")


def test_that_an_office_keeps_an_owner(office: Desk) -> None:
    with pytest.raises(UserError, match="last_owner"):
        users.change(office, "boss", role=Role.MANAGER)
    assert users.change(office, "boss", name="Орлова В. П.").role is Role.OWNER
    assert office.me.name == "Орлова В. П."
