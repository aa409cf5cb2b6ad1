"""The list of clients: ids first, rows by pages, the newest search only; opened in the inspector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from crmdesk.app import App
from crmdesk.domain.client_list import ClientFilter, ClientOrder, ClientRow
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import Role
from crmdesk.domain.users import User
from crmdesk.system.errors import OutsideError
from crmdesk.ui.clients.presenter import PAGE, ClientsPresenter, ClientsState, Phase
from crmdesk.ui.clients.screen import ClientsScreen
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.runners import InstantRunner
from tests.ui.typing import type_text

BOSS = User(1, "boss", "Орлова Вера", Role.OWNER)
ANNA = User(2, "anna", "Иванова Анна", Role.MANAGER)


def a_row(number: int) -> ClientRow:
    return ClientRow(
        number, f"Клиент {number}", None, "", "VVV", "vip", "steady", True, 2, "", 1, 1,
        None, 0, None, None, None, None, None, None, None, None, None, None, 0,
    )  # fmt: skip


class Office:
    """A thousand clients out of memory."""

    def __init__(self, me: User = BOSS, count: int = 1000) -> None:
        self.me = me
        self.count = count
        self.pages: list[int] = []
        self.wanted: list[ClientFilter] = []
        self.error: Exception | None = None

    def people(self) -> tuple[User, ...]:
        return (BOSS, ANNA)

    def client_ids(self, wanted: ClientFilter) -> tuple[int, ...]:
        if self.error is not None:
            raise self.error
        self.wanted.append(wanted)
        return tuple(range(1, self.count + 1))

    def client_rows(self, ids: Sequence[int]) -> tuple[ClientRow, ...]:
        self.pages.append(len(ids))
        return tuple(a_row(number) for number in ids)

    def find_clients(self, text: str, limit: int, *, anywhere: bool) -> tuple[int, ...]:
        if text == "никто":
            return ()
        return (7, 9) if anywhere else (7,)

    def client_card(self, client_id: int) -> ClientCard:
        raise OutsideError("no_answer", seconds=5)


class Spy:
    """What is shown now."""

    def __init__(self) -> None:
        self.state: ClientsState | None = None
        self.came: list[tuple[int, int]] = []
        self.errors: list[Exception] = []

    def show_state(self, state: ClientsState) -> None:
        self.state = state
        if state.error is not None:
            self.errors.append(state.error)

    def rows_came(self, first: int, last: int) -> None:
        self.came.append((first, last))


def made(office: Office | None = None) -> tuple[ClientsPresenter, Spy, Office, InstantRunner]:
    office, spy, runner = office or Office(), Spy(), InstantRunner()
    presenter = ClientsPresenter(spy, runner, office)
    presenter.start()
    return presenter, spy, office, runner


def test_that_only_the_pages_looked_at_are_read() -> None:
    presenter, spy, office, _ = made()
    assert len(presenter.state.ids) == 1000
    assert office.pages == []
    presenter.row(0)
    presenter.row(3)
    presenter.row(450)
    assert office.pages == [PAGE, PAGE]
    assert spy.came == [(0, 199), (400, 599)]
    row = presenter.row(450)
    assert row is not None
    assert row.id == 451


def test_that_a_search_goes_on_into_the_middle_of_words() -> None:
    presenter, *_ = made()
    presenter.search("лид")
    assert presenter.state.ids == (7, 9)
    presenter.search("")
    assert len(presenter.state.ids) == 1000


def test_that_nothing_found_and_nothing_there_are_told_apart() -> None:
    presenter, *_ = made()
    presenter.search("никто")
    assert presenter.state.phase is Phase.NOTHING_FOUND
    presenter.reset()
    assert presenter.state.phase is Phase.READY
    empty, *_ = made(Office(count=0))
    assert empty.state.phase is Phase.EMPTY


def test_that_a_manager_begins_with_his_own() -> None:
    _, _, office, _ = made(Office(ANNA))
    assert office.wanted[-1].manager_id == ANNA.id


def test_that_the_same_column_again_turns_the_order_round() -> None:
    presenter, _, office, _ = made()
    presenter.sort_by(ClientOrder.TURNOVER)
    presenter.sort_by(ClientOrder.TURNOVER)
    assert [(one.sort, one.descending) for one in office.wanted[1:]] == [
        (ClientOrder.TURNOVER, True),
        (ClientOrder.TURNOVER, False),
    ]


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


def screen_of(app: App) -> ClientsScreen:
    screen = app.window.screens["clients"]
    assert isinstance(screen, ClientsScreen)
    return screen


@pytest.mark.gui
def test_that_typing_finds_a_client_and_enter_opens_him(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("clients")
    settle(app, qtbot)
    screen = screen_of(app)
    tester = QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    everybody = len(screen.model.ids)
    qtbot.waitUntil(lambda: screen.model.client(5) is not None, timeout=PATIENCE)
    target = screen.model.client(5)
    assert target is not None
    word = next(part for part in target.name.replace("«", " ").replace("»", " ").split() if len(part) > 3)
    type_text(screen.search, word.lower())
    qtbot.waitUntil(lambda: 0 < len(screen.model.ids) < everybody, timeout=PATIENCE)
    settle(app, qtbot)
    assert target.id in screen.model.ids
    screen.open_client(target.id)
    settle(app, qtbot)
    page = app.window.inspector.page
    assert page is not None
    assert page.title == target.name
    assert page.records
    assert tester.model() is screen.model


@pytest.mark.gui
def test_that_the_palette_finds_clients_and_opens_them(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("clients")
    settle(app, qtbot)
    qtbot.waitUntil(lambda: screen_of(app).model.client(2) is not None, timeout=PATIENCE)
    target = screen_of(app).model.client(2)
    assert target is not None
    app.window.go("settings")
    line = app.window.palette_line
    line.start(target.name[:12].lower())
    qtbot.waitUntil(lambda: target.name in [row.title for row in line._model.rows], timeout=PATIENCE)
    number = [row.title for row in line._model.rows].index(target.name)
    line._take(number)
    settle(app, qtbot)
    assert app.window.here == "clients"
    assert app.window.inspector.page is not None
    assert app.window.inspector.page.title == target.name
