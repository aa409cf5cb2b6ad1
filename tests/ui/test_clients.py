"""The list of clients: ids first, rows by pages, the newest question only; tabs, conditions, marks, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.domain.views import SavedView
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.i18n import words
from crmdesk.ui.clients import cells, filter_words
from crmdesk.ui.clients.presenter import PAGE, PAGES_AWAITED, PAGES_KEPT, ClientsPresenter, chips
from crmdesk.ui.clients.state import ClientsState, Phase
from tests.ui.runners import InstantRunner

BOSS = User(1, "boss", "Орлова Вера", Role.OWNER)
ANNA = User(2, "anna", "Иванова Анна", Role.MANAGER)
TODAY = date(2026, 11, 2)


def a_row(number: int, **values: Any) -> ClientRow:
    usual = ClientRow(
        number, f"Клиент {number}", None, "", "VVV", "vip", "steady", True, 2, "Иванова Анна", 1, 1,
        None, 0, None, None, None, None, None, None, None, None, 100_00, None, 0,
    )  # fmt: skip
    return usual._replace(**values)


class Office:
    """A thousand clients out of memory."""

    def __init__(self, me: User = BOSS, count: int = 1000) -> None:
        self.me = me
        self.count = count
        self.pages: list[int] = []
        self.wanted: list[ClientFilter] = []
        self.asked_counts: list[list[str]] = []
        self.saved: tuple[SavedView, ...] = ()
        self.done: list[tuple[Any, ...]] = []
        self.error: Exception | None = None

    def people(self) -> tuple[User, ...]:
        return (BOSS, ANNA)

    def cities(self) -> tuple[str, ...]:
        return ("Тула",)

    def ids(self, wanted: ClientFilter, *, anywhere: bool = False) -> tuple[int, ...]:
        if self.error is not None:
            raise self.error
        self.wanted.append(wanted)
        if wanted.text == "никто" or wanted.city == "Марс":
            return ()
        if wanted.text:
            return (7, 9) if anywhere else (7,)
        return tuple(range(1, self.count + 1))

    def rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        self.pages.append(len(ids))
        return tuple(a_row(number) for number in ids)

    def counts(self, filters: Mapping[str, ClientFilter]) -> dict[str, int]:
        self.asked_counts.append(list(filters))
        return dict.fromkeys(filters, 3)

    def turnover_of(self, ids: Sequence[int]) -> int:
        return 100_00 * len(ids)

    def card(self, client_id: int) -> ClientCard:
        raise OutsideError("no_answer", seconds=5)

    def views(self) -> tuple[SavedView, ...]:
        return self.saved

    def save_view(self, name: str, wanted: ClientFilter, *, shared: bool) -> SavedView:
        view = SavedView(77, name, wanted, shared)
        self.saved = (*self.saved, view)
        return view

    def change_view(self, view_id: int, what: str, value: object = None) -> None:
        self.done.append(("view", view_id, what, value))

    def add_to_view(self, view_id: int, ids: Sequence[int]) -> int:
        return len(ids)

    def _bulk(self, *what: Any) -> Any:
        if self.error is not None:
            raise self.error
        self.done.append(what)
        return SimpleNamespace(tx=5, count=len(what[1]))

    def transfer(self, ids: Sequence[int], manager_id: int) -> Any:
        return self._bulk("transfer", ids, manager_id)

    def edit(self, ids: Sequence[int], field: str, value: object) -> Any:
        return self._bulk("edit", ids, field, value)

    def archive(self, ids: Sequence[int], *, archived: bool) -> Any:
        return self._bulk("archive", ids, archived)

    def add_tasks(self, ids: Sequence[int], kind: str, day: date, title: str) -> Any:
        return self._bulk("tasks", ids, kind, day, title)


LONG = "Общество с ограниченной ответственностью " * 5


class LongNames(Office):
    """Whatever can be long, is."""

    def rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        many = {"name": LONG, "task_title": LONG, "manager": LONG, "city": LONG}
        return tuple(a_row(number, task_id=1, task_kind="call", **many) for number in ids)


class Spy:
    """What is shown now."""

    def __init__(self) -> None:
        self.state: ClientsState | None = None
        self.came: list[tuple[int, int]] = []
        self.errors: list[Exception] = []
        self.heard: list[tuple[str, dict[str, Any]]] = []

    def show_state(self, state: ClientsState) -> None:
        self.state = state
        if state.error is not None:
            self.errors.append(state.error)

    def rows_came(self, first: int, last: int) -> None:
        self.came.append((first, last))

    def told(self, key: str, values: dict[str, Any]) -> None:
        self.heard.append((key, values))


Made = tuple[ClientsPresenter, Spy, Office, InstantRunner]


def made(office: Office | None = None, kept: dict[str, Any] | None = None, **more: Any) -> Made:
    office, spy, runner = office or Office(), Spy(), InstantRunner()
    presenter = ClientsPresenter(spy, runner, office, kept, **more)
    presenter.start()
    return presenter, spy, office, runner


# ids and rows -------------------------------------------------------------------------------------------


def test_that_only_the_pages_looked_at_are_read() -> None:
    presenter, spy, office, _ = made()
    assert len(presenter.state.ids) == 1000
    assert office.pages == []
    for number in (0, 3, 450):
        presenter.row(number)
    assert office.pages == [PAGE, PAGE]
    assert spy.came == [(0, 199), (400, 599)]
    row = presenter.row(450)
    assert row is not None
    assert row.id == 451


def test_that_scrolling_through_a_hundred_thousand_clients_keeps_a_few_pages() -> None:
    presenter, _, office, _ = made(Office(count=100_000))
    for number in range(0, 100_000, PAGE):
        assert presenter.row(number) is not None
    assert len(office.pages) == 500
    assert len(presenter._rows) == PAGES_KEPT * PAGE
    assert presenter.row(0) is not None
    assert len(office.pages) == 501


def test_that_pages_passed_by_are_not_waited_for_and_those_in_sight_come() -> None:
    presenter, spy, _, runner = made()
    runner.hold = True
    for page in range(5):
        assert presenter.row(page * PAGE) is None
    runner.let_go()
    seen = 5 - PAGES_AWAITED
    assert [first for first, _ in spy.came] == [page * PAGE for page in range(seen, 5)]
    assert presenter.row(seen * PAGE) is not None
    assert presenter.row(0) is not None  # asked for again when it is looked at
    assert spy.came[-1] == (0, PAGE - 1)


def test_that_the_rows_of_lists_shown_before_do_not_pile_up() -> None:
    presenter, _, _, _ = made(Office(count=100_000))
    for number in range(0, 50_000, PAGE):
        presenter.row(number)
    presenter.load()
    for number in range(50_000, 100_000, PAGE):
        presenter.row(number)
    assert len(presenter._rows) <= PAGES_KEPT * PAGE


def test_that_rows_stay_to_be_seen_while_they_are_read_anew() -> None:
    presenter, spy, office, runner = made()
    before = presenter.row(0)
    runner.hold = True
    presenter.load()
    assert presenter.row(0) is before
    assert presenter.state.phase is Phase.READY
    runner.let_go()
    assert spy.came[-1] == (0, 999)
    presenter.row(0)
    assert office.pages == [PAGE, PAGE]


def test_that_a_search_goes_on_into_the_middle_of_words_within_the_conditions() -> None:
    presenter, _, office, _ = made()
    presenter.choose(actions=("VVV",))
    presenter.search("лид")
    assert presenter.state.ids == (7, 9)
    assert (office.wanted[-1].text, office.wanted[-1].actions) == ("лид", ("VVV",))
    presenter.search("")
    assert len(presenter.state.ids) == 1000


def test_that_nothing_found_and_nothing_there_are_told_apart() -> None:
    presenter, *_ = made()
    presenter.search("никто")
    assert presenter.state.phase is Phase.NOTHING_FOUND
    presenter.reset()
    assert presenter.state.phase is Phase.READY
    presenter.choose(city="Марс")
    assert presenter.state.phase is Phase.NOTHING_FOUND
    empty, *_ = made(Office(count=0))
    assert empty.state.phase is Phase.EMPTY


def test_that_a_failure_can_be_tried_again() -> None:
    office = Office()
    office.error = OutsideError("no_answer", seconds=5)
    presenter, *_ = made(office)
    assert presenter.state.phase is Phase.FAILED
    office.error = None
    presenter.load()
    assert presenter.state.phase is Phase.READY


def test_that_a_card_that_cannot_be_read_leaves_the_list_as_it_is() -> None:
    presenter, spy, _, _ = made()
    presenter.open(7)
    assert spy.errors
    assert presenter.state.phase is Phase.READY
    assert presenter.state.chosen is None


# tabs and conditions ------------------------------------------------------------------------------------


def test_that_a_manager_sees_his_own_whatever_was_kept() -> None:
    kept = {"tab": "vip", "wanted": ClientFilter(manager_id=1, tracked=True).as_dict()}
    presenter, _, office, _ = made(Office(ANNA), kept)
    assert {wanted.manager_id for wanted in office.wanted} == {ANNA.id}
    assert presenter.state.wanted.tracked
    assert {chip.name for chip in chips(presenter.state, presenter, words("ru"))} == {"tracked"}
    presenter.open_tab("silent")
    assert office.wanted[-1].manager_id == ANNA.id


def test_that_a_tab_brings_its_conditions_and_what_is_added_can_be_reset() -> None:
    presenter, _, office, _ = made()
    presenter.open_tab("silent")
    assert office.wanted[-1].silent
    assert not presenter.is_changed
    presenter.sort_by(ClientOrder.NAME)
    assert not presenter.is_changed
    presenter.choose(city="Тула")
    assert presenter.is_changed
    presenter.reset()
    assert office.wanted[-1] == presenter.filter_of("silent")
    presenter.reset()
    assert presenter.state.tab == "mine"


def test_that_all_tabs_are_counted_and_the_slow_one_by_itself() -> None:
    presenter, _, office, _ = made(Office(ANNA))
    assert set(presenter.state.counts) == set(presenter.tabs)
    assert presenter.state.everybody == 3
    assert ["reprint"] in office.asked_counts
    owner, _, office, _ = made()
    assert "reprint" not in owner.state.counts


def test_that_the_same_column_again_turns_the_order_round() -> None:
    presenter, _, office, _ = made()
    for order in (ClientOrder.CONTACT, ClientOrder.CONTACT, ClientOrder.NAME):
        presenter.sort_by(order)
    assert [(one.sort, one.descending) for one in office.wanted[-3:]] == [
        (ClientOrder.CONTACT, True),
        (ClientOrder.CONTACT, False),
        (ClientOrder.NAME, False),
    ]


def test_that_each_condition_is_said_in_words_and_taken_away_by_its_name() -> None:
    wanted = ClientFilter(
        manager_id=2, actions=("VVV", "CCC"), stages=("lost",), importances=("vip",), ordered_months=24, silent=True,
        no_step=True, reprint=True, birthday_days=7, city="Тула", tracked=True, clients=(1, 2), archived=True,
    )  # fmt: skip
    said = filter_words.chips(wanted, (BOSS, ANNA), words("ru"))
    assert ("Ведёт:", "Иванова\u00a0А.") in {(chip.head, chip.value) for chip in said}
    assert ("Действие:", "ВВВ, ЗвЗвЗв") in {(chip.head, chip.value) for chip in said}
    assert ("Заказывал:", "за 24 мес") in {(chip.head, chip.value) for chip in said}
    for chip in said:
        wanted = filter_words.without(wanted, chip.name)
    assert wanted == ClientFilter()
    assert filter_words.sentence(wanted, (), words("uk")) == "усі клієнти"


def test_that_the_choices_are_kept_for_the_next_start() -> None:
    kept: dict[str, Any] = {}
    presenter, *_ = made(keep=kept.update)
    presenter.open_tab("vip")
    presenter.choose(city="Тула")
    presenter.pin("vip", True)
    again, _, office, _ = made(kept=kept)
    assert (again.state.tab, again.state.wanted.city) == ("vip", "Тула")
    assert again.is_pinned("vip")
    assert office.wanted[0].importances == ("vip",)


def test_that_a_saved_view_becomes_a_tab_and_is_gone_when_put_away() -> None:
    presenter, spy, office, _ = made()
    presenter.choose(city="Тула")
    presenter.save_view("Туляки", shared=False)
    assert presenter.state.tab == "view:77"
    assert presenter.state.wanted.city == "Тула"
    assert not presenter.is_changed
    presenter.change_view(77, "archive")
    office.saved = ()
    presenter.load()
    assert presenter.state.tab == "mine"
    assert [key for key, _ in spy.heard] == ["view", "view"]


# marks and many at once ---------------------------------------------------------------------------------


def test_that_marks_are_set_one_by_one_by_range_and_all_together() -> None:
    presenter, *_ = made()
    presenter.row(0)
    presenter.mark(3)
    presenter.mark(6, range_too=True)
    assert presenter.state.marked == {4, 5, 6, 7}
    assert presenter.state.marked_turnover == 400_00
    presenter.mark(4)
    assert presenter.in_hand(0) == (4, 6, 7)
    presenter.mark_all()
    assert len(presenter.state.marked) == 1000
    assert presenter.state.marked_turnover == 1000 * 100_00
    presenter.mark_all()
    assert presenter.state.marked == frozenset()
    assert presenter.in_hand(2) == (3,)
    assert presenter.in_hand(None) == ()


def test_that_marks_of_clients_who_left_the_list_go_with_them() -> None:
    presenter, *_ = made()
    presenter.mark(6)
    presenter.mark(20)
    presenter.search("лид")
    assert presenter.state.marked == {7}


def test_that_what_is_done_to_many_is_told_with_its_count_and_its_transaction() -> None:
    presenter, spy, office, _ = made()
    presenter.transfer((1, 2), 2)
    presenter.edit((1,), "stage", "lost")
    presenter.archive((3,))
    presenter.add_tasks((1, 2, 3), "call", TODAY, "Позвонить")
    presenter.edit((), "stage", "lost")
    assert [(key, values["n"], values["tx"]) for key, values in spy.heard] == [
        ("transferred", 2, 5),
        ("edited", 1, 5),
        ("archived", 1, 5),
        ("tasks", 3, 5),
    ]
    office.error = UserError("no_right_to_transfer")
    presenter.transfer((1,), 2)
    assert spy.heard[-1][0] == "failed"


# a line in words ----------------------------------------------------------------------------------------


def test_that_a_line_says_what_is_wrong_by_sign_and_not_by_colour_alone() -> None:
    w = words("ru")
    bad = cells.line(
        a_row(
            1, last_contact=date(2026, 9, 24), silence=2.04, order_days=9, turnover=655_300_00, before=1_170_000_00,
            kinds=4, ticks=(date(2026, 1, 1), date(2026, 9, 1)), last_order=date(2026, 9, 1),
        ),
        w,
        TODAY,
    )  # fmt: skip
    assert (bad.contact, bad.neglected) == ("39 дн.", True)
    assert (bad.ratio, bad.silence) == ("2,0×", 2)
    assert (bad.change, bad.fall) == ("▼ 44\u00a0%", True)
    assert (bad.step_icon, bad.step) == ("circle-dashed", "нет шага — назначить")
    assert bad.turnover == "655\u00a0300"
    assert 0 < bad.ticks[0] < bad.ticks[1] < cells.STRIP
    late = cells.line(
        a_row(1, task_id=5, task_kind="call", task_title="Смета", task_promise=False, next_due=date(2026, 10, 30)),
        w,
        TODAY,
    )
    assert (late.step_icon, late.step_day, late.late) == ("circle-alert", "30.10", True)
    fresh = cells.line(a_row(2, action_segment="NONE", importance="regular"), w, TODAY)
    assert (fresh.ratio, fresh.step, fresh.change, fresh.star) == ("мало заказов", "—", "—", "")


def test_that_ticks_of_a_daily_buyer_do_not_run_together() -> None:
    days = tuple(date.fromordinal(TODAY.toordinal() - n) for n in range(360, 0, -1))
    ticks = cells.line(a_row(1, ticks=days, silence=0.1), words("ru"), TODAY).ticks
    assert all(later - earlier >= 2 for earlier, later in zip(ticks, ticks[1:], strict=False))
    assert len(ticks) > 20
