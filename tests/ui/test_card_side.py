"""The right pane's presenter on a real office of both kinds: saves in line, clashes, a store that is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.people import ConsentRow, PersonRow
from crmdesk.services import client_side, clients, people
from crmdesk.services.office import Desk
from crmdesk.system.errors import OutsideError
from crmdesk.system.ids import new_id
from crmdesk.ui.card.side_office import SideOffice
from crmdesk.ui.card.side_presenter import Saving, SidePresenter, SideState
from crmdesk.ui.office import Office
from tests.ui.runners import InstantRunner


class Shown:
    """A view that only remembers."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.seen: list[Saving] = []

    def show_state(self, state: SideState) -> None:
        if not self.seen or self.seen[-1] is not state.saving:
            self.seen.append(state.saving)

    def stored(self, client_id: int, *nouns: str) -> None:
        self.told += nouns


class Cut(SideOffice):
    """The office behind a cable that somebody may pull."""

    pulled = False

    def save(self, form: ClientForm, base: ClientForm | None) -> ClientForm:
        self._check()
        return super().save(form, base)

    def save_person(self, person: PersonRow, base: PersonRow | None) -> PersonRow:
        self._check()
        return super().save_person(person, base)

    def _check(self) -> None:
        if self.pulled:
            raise OutsideError("connection_lost", address="здесь")


Window = tuple[SidePresenter, Shown, Cut, InstantRunner]


@pytest.fixture
def form(office: Desk) -> ClientForm:
    """A client that two windows have open."""
    return clients.save(office, replace(clients.new_form(office), name="ООО «Ромашка»", city="Тула"))


@pytest.fixture
def window(office: Desk, form: ClientForm) -> Callable[[], Window]:
    """Opens one more window on the client."""

    def opened() -> Window:
        view, runner, door = Shown(), InstantRunner(), Cut(Office(office, office.store.address))
        presenter = SidePresenter(view, runner, door, office.clock)
        presenter.show(clients.card(office, form.id))
        return presenter, view, door, runner

    return opened


def stored(desk: Desk, form: ClientForm) -> ClientForm:
    return client_side.side(desk, form.id).form


def test_that_a_typed_line_is_stored_in_one_transaction_and_told(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, view, _, _ = window()
    presenter.change({"city": "Орёл", "address": "Мира, 4"})
    now = stored(office, form)
    assert (now.city, now.address, now.version) == ("Орёл", "Мира, 4", form.version + 1)
    assert view.seen == [Saving.IDLE, Saving.UNDER_WAY, Saving.STORED]
    assert view.told == ["clients"] and not presenter.unsaved


def test_that_nothing_changed_writes_nothing(office: Desk, form: ClientForm, window: Callable[[], Window]) -> None:
    presenter, view, _, _ = window()
    presenter.change({"city": "Тула"})
    assert stored(office, form).version == form.version and view.told == []


def test_that_nobody_races_against_himself(office: Desk, form: ClientForm, window: Callable[[], Window]) -> None:
    presenter, _, _, runner = window()
    runner.hold = True
    presenter.change({"city": "Орёл"})
    presenter.change({"address": "Мира, 4"})
    presenter.change({"city": "Курск"})
    assert presenter.shown is not None and presenter.shown.city == "Курск"
    runner.let_go()
    now = stored(office, form)
    assert (now.city, now.address, now.version) == ("Курск", "Мира, 4", form.version + 2)
    assert presenter.state.clash is None


def test_that_different_fields_of_two_windows_settle_themselves(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    (one, *_), (other, *_) = window(), window()
    one.change({"city": "Орёл"})
    other.change({"address": "Мира, 4"})
    now = stored(office, form)
    assert (now.city, now.address) == ("Орёл", "Мира, 4")
    assert other.state.clash is None and other.state.merged == office.me.name


@pytest.mark.parametrize(("theirs", "city"), [(set(), "Курск"), ({"city"}, "Орёл")])
def test_that_the_same_field_of_two_windows_is_asked_about_and_loses_nothing(
    office: Desk, form: ClientForm, window: Callable[[], Window], theirs: set[str], city: str
) -> None:
    (one, *_), (other, *_) = window(), window()
    one.change({"city": "Орёл", "notes": "звонить утром"})
    other.change({"city": "Курск", "address": "Мира, 4"})
    clash = other.state.clash
    assert clash is not None and clash.who == office.me.name
    assert {name: (field.mine, field.theirs, field.base) for name, field in clash.fields.items()} == {
        "city": ("Курск", "Орёл", "Тула"),
        "notes": ("", "звонить утром", ""),
    }
    assert stored(office, form).city == "Орёл", "nothing is overwritten before it was decided"
    assert other.unsaved
    other.decide(theirs)
    now = stored(office, form)
    assert (now.city, now.notes, now.address) == (city, "звонить утром", "Мира, 4")
    assert not other.unsaved and other.state.saving is Saving.STORED


def test_that_a_change_read_while_an_editor_was_open_is_not_overwritten(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, *_ = window()
    seen = presenter.shown
    clients.save(office, replace(form, city="Орёл", address="Мира, 4"), form)
    presenter.load()  # somebody pressed F5, or another view told of a change
    presenter.change({"city": "Курск", "address": ""}, seen)
    clash = presenter.state.clash
    assert clash is not None and list(clash.fields) == ["city"]
    assert (clash.fields["city"].theirs, clash.fields["city"].base) == ("Орёл", "Тула")
    presenter.decide(set())
    now = stored(office, form)
    assert (now.city, now.address) == ("Курск", "Мира, 4"), "the untouched address of the same line stays theirs"


def test_that_text_typed_while_a_clash_is_open_waits_for_the_decision(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    (one, *_), (other, *_) = window(), window()
    one.change({"city": "Орёл"})
    other.change({"city": "Курск"})
    other.change({"industry": "retail"})
    other.decide(set())
    now = stored(office, form)
    assert (now.city, now.industry) == ("Курск", "retail")


def test_that_a_store_that_is_gone_keeps_the_text_and_takes_it_later(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, view, door, _ = window()
    door.pulled = True
    presenter.change({"city": "Орёл"})
    presenter.change({"address": "Мира, 4"})
    assert presenter.state.saving is Saving.LOCAL and presenter.unsaved
    assert presenter.shown is not None and (presenter.shown.city, presenter.shown.address) == ("Орёл", "Мира, 4")
    assert stored(office, form).city == "Тула" and view.told == []
    door.pulled = False
    presenter.again()
    now = stored(office, form)
    assert (now.city, now.address) == ("Орёл", "Мира, 4")
    assert presenter.state.saving is Saving.STORED and not presenter.unsaved


def test_that_a_name_of_two_hundred_characters_is_stored_whole(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, *_ = window()
    presenter.change({"name": "Ж" * 200})
    assert stored(office, form).name == "Ж" * 200


def test_that_an_answer_for_a_client_who_is_shown_no_more_is_not_mixed_in(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    other = clients.save(office, replace(clients.new_form(office), name="Лютик"))
    presenter, _, _, runner = window()
    runner.hold = True
    presenter.change({"city": "Орёл"})
    presenter.show(clients.card(office, other.id))
    runner.let_go()
    assert stored(office, form).city == "Орёл"
    assert presenter.state.form is not None and presenter.state.form.id == other.id
    assert presenter.state.form.city == ""


def person_of(desk: Desk, form: ClientForm) -> PersonRow:
    return client_side.side(desk, form.id).people[0]


def test_that_a_person_is_stored_with_phones_as_typed(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, view, _, _ = window()
    done: list[str] = []
    new = PersonRow(new_id(), form.id, "Сидоров", "Пётр", consents=(ConsentRow("sms", False, office.clock.today()),))
    presenter.save_person(
        new, None, ["8 916 555-01-02, 8 916 555-01-03"], ["p@sidorov.example"], lambda: done.append("да")
    )
    found = person_of(office, form)
    assert [one.normal for one in found.contacts] == ["+79165550102", "+79165550103", "p@sidorov.example"]
    assert found.consents == new.consents and done == ["да"] and view.told == ["people"]


@pytest.mark.parametrize(("theirs", "surname"), [(set(), "Петров"), ({"surname"}, "Сидорчук")])
def test_that_two_windows_may_change_the_same_person(
    office: Desk, form: ClientForm, window: Callable[[], Window], theirs: set[str], surname: str
) -> None:
    people.save(office, PersonRow(new_id(), form.id, "Сидоров", "Пётр"))
    presenter, *_ = window()
    base = person_of(office, form)
    people.save(office, replace(base, surname="Сидорчук", role="pays"), base)
    presenter.save_person(replace(base, surname="Петров"), base, ["8 916 555-01-02"], [], lambda: None)
    assert presenter.state.clash is not None and presenter.state.clash.person
    presenter.decide(theirs)
    now = person_of(office, form)
    assert (now.surname, now.role, [one.normal for one in now.contacts]) == (surname, "pays", ["+79165550102"])


def test_that_a_person_typed_without_a_store_is_kept_until_there_is_one(
    office: Desk, form: ClientForm, window: Callable[[], Window]
) -> None:
    presenter, _, door, _ = window()
    door.pulled = True
    done: list[Any] = []
    presenter.save_person(PersonRow(new_id(), form.id, "Сидоров"), None, [], [], lambda: done.append(1))
    assert presenter.unsaved and done == []
    door.pulled = False
    presenter.again()
    assert person_of(office, form).surname == "Сидоров" and done == [1]
