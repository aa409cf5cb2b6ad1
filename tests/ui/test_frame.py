"""The frame around the views: places and the way back, commands of views, the rail, what is told of changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableWidget, QVBoxLayout, QWidget

from crmdesk.app import App
from crmdesk.domain.client_list import ClientFilter
from crmdesk.services import day as day_service
from crmdesk.services import tasks
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui import views
from crmdesk.ui.commands import Command, shown_keys
from crmdesk.ui.frame.history import LONGEST, History, Place
from crmdesk.ui.frame.host import ClientAt, Host, PinnedList
from crmdesk.ui.help import OF_VIEW, KeysDialog
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.columns import KeptColumns
from crmdesk.ui.widgets.controls import Button
from crmdesk.ui.widgets.states import StatePane
from tests.ui.conftest import PATIENCE, Opened, settle
from tests.ui.typing import press

CTRL = Qt.KeyboardModifier.ControlModifier


class Plain(QWidget):
    """A view of nothing but a pane: notes what the frame asks of it."""

    def __init__(self, kit: Kit, host: Host, name: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.pane = StatePane(kit, Button(kit, "", lambda: None))
        QVBoxLayout(self).addWidget(self.pane)
        host.offer(Command("new", f"New {name}", lambda: self.seen.append("new"), "task", "Ins; Ctrl+N"))
        host.offer(Command("print", f"Print {name}", lambda: self.seen.append("print"), "file", "Ctrl+P"))

    def show_at(self, at: object) -> None:
        self.seen.append(at)

    def reload(self) -> None:
        self.seen.append("reload")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two more views, one of them without a place in the rail."""

    def build(name: str) -> Any:
        return lambda kit, office, host: Plain(kit, host, name)

    more = (
        views.View("one", "Settings", "users", "Ctrl+8", "work", build("one")),
        views.View("two", "Settings", "users", "", "", build("two"), lights="one"),
        *views.VIEWS,
    )
    for place in ("crmdesk.ui.views", "crmdesk.ui.frame.window"):
        monkeypatch.setattr(f"{place}.VIEWS", more)


def plain(app: App, name: str) -> Plain:
    screen = app.window.screens[name]
    assert isinstance(screen, Plain)
    return screen


def test_that_back_and_forward_walk_through_places() -> None:
    history = History()
    for place in (Place("list"), Place("card", 1), Place("card", 2)):
        history.go(place)
    history.move(3)
    assert history.back() == Place("card", 1)
    assert history.back() == Place("list")
    assert history.back() is None
    assert history.forward() == Place("card", 1)
    assert history.forward() == Place("card", 3)
    history.back()
    history.go(Place("list"))
    assert history.forward() is None


def test_that_the_way_back_does_not_grow_for_ever() -> None:
    history = History()
    for day in range(LONGEST * 2):
        history.go(Place("day", day))
    assert len(history.past) == LONGEST


def test_that_a_view_is_opened_at_its_place_and_left_for_where_one_was(two: None, opened: Opened, demo: str) -> None:
    window = opened(demo, view="one").window
    window.go("two", 5)
    window.go("two", 6)
    assert window.screens["two"].seen == [5, 6]  # type: ignore[attr-defined]
    window.back()
    assert window.screens["two"].seen == [5, 6, 5]  # type: ignore[attr-defined]
    window.back()
    assert window.here == "one"
    assert window.stack.currentWidget() is window.screens["one"]
    window.forward()
    assert window.here == "two"


def test_that_a_view_without_a_place_in_the_rail_lights_its_parent(two: None, opened: Opened, demo: str) -> None:
    window = opened(demo, view="settings").window
    window.go("two")
    assert "two" not in window.rail.items
    assert window.rail.items["one"].isChecked()


def test_that_two_views_use_the_same_keys_each_while_it_is_open(two: None, opened: Opened, demo: str) -> None:
    app = opened(demo, view="one")
    window = app.window
    window.activateWindow()
    window.go("two")
    press(window, Qt.Key.Key_Insert)
    press(window, 0x0422, CTRL, text="т")  # Ctrl+N in a Russian layout
    press(window, 0x0417, CTRL, text="з")  # Ctrl+P
    assert plain(app, "two").seen == ["new", "new", "print"]
    assert plain(app, "one").seen == []
    assert app.kit.commands["new"].title == "New two"
    window.go("settings")
    press(window, Qt.Key.Key_Insert)
    assert plain(app, "two").seen == ["new", "new", "print"]
    assert not app.kit.commands.known("new")


def test_that_a_menu_holds_what_can_be_done_here_and_an_empty_one_is_not_shown(
    two: None, opened: Opened, demo: str
) -> None:
    app = opened(demo, view="one")
    task = app.window.menus["task"]
    assert "New one" in [action.text() for action in task.actions()]
    assert task.menuAction().isVisible()
    app.window.go("settings")
    assert "New one" not in [action.text() for action in task.actions()]


def test_that_a_grey_command_wakes_when_its_menu_closes(opened: Opened, demo: str) -> None:
    app = opened(demo)
    menu = app.window.menus["view"]
    menu.aboutToShow.emit()
    assert not app.kit.commands.action("back").isEnabled()
    menu.aboutToHide.emit()
    app.window.go("settings")
    app.window.activateWindow()
    press(app.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert app.window.here == "sheet"


@pytest.mark.parametrize("lang, letters", [("ru", "фпвкзос"), ("uk", "фпвкзтд"), ("en", "fevctrh")])
def test_that_every_menu_has_a_letter_of_its_own(opened: Opened, demo: str, lang: str, letters: str) -> None:
    app = opened(demo, lang=lang)
    titles = [action.text() for action in app.window.menuBar().actions()]
    assert "".join(title[title.index("&") + 1].lower() for title in titles) == letters


def test_that_the_open_view_reads_a_change_at_once_and_the_others_when_shown(
    two: None, opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo, view="one")
    app.window.go("two")
    app.kit.changes.tell("tasks", clients=(1,))
    assert plain(app, "two").seen == ["reload"]
    assert plain(app, "one").seen == []
    app.window.go("one")
    assert plain(app, "one").seen == ["reload"]
    app.window.go("two")
    assert plain(app, "two").seen == ["reload"]
    settle(app, qtbot)


def test_that_the_rail_counts_and_keeps_pinned_lists(opened: Opened, demo: str) -> None:
    window = opened(demo, lang="ru").window
    window.counter("clients", 12345)
    assert window.rail.items["clients"].accessibleName() == "Клиенты 12\u00a0345"
    window.counter("clients", 0)
    assert window.rail.items["clients"].accessibleName() == "Клиенты"
    pressed: list[str] = []
    window.pinned([PinnedList("Замолчали", 6, lambda: pressed.append("quiet"))])
    item = window.rail.pinned[0]
    assert item.accessibleName() == "Замолчали 6"
    press(item, Qt.Key.Key_Return)
    assert pressed == ["quiet"]
    window.pinned([PinnedList("Замолчали", 7, lambda: pressed.append("other"))])
    assert window.rail.pinned == [item], "the keyboard would lose its place with every count"
    assert item.accessibleName() == "Замолчали 7"
    press(item, Qt.Key.Key_Return)
    assert pressed == ["quiet", "other"]
    window.pinned([])
    assert item not in window.rail.findChildren(QWidget)


def test_that_the_number_of_today_stands_in_the_rail_before_today_was_opened(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo, view="clients", login="kovaleva")
    assert app.window.office is not None
    desk, entry = app.window.office.desk, app.window.rail.items["today"]
    still_open = day_service.page(desk).still_open
    assert "today" not in app.window.screens and still_open > 1
    qtbot.waitUntil(lambda: entry.counter == str(still_open), timeout=PATIENCE)
    tasks.complete(desk, tasks.due(desk, desk.me.id, desk.clock.today())[0].id)
    app.kit.changes.tell("tasks")
    qtbot.waitUntil(lambda: entry.counter == str(still_open - 1), timeout=PATIENCE)


def test_that_the_keyboard_is_on_the_button_of_a_state_and_then_on_the_content(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo, view="today", login="kovaleva")
    pane = app.window.screens["today"].pane
    app.window.screens["today"].setFocus()
    assert pane.content is app.window.focusWidget()
    pane.failed(OutsideError("no_answer"), lambda: None, anew=True)
    assert app.window.focusWidget() is pane.note.button
    pane.ready()
    assert app.window.focusWidget() is pane.content


def test_that_a_pane_tells_why_it_shows_nothing(opened: Opened, demo: str) -> None:
    kit = opened(demo, lang="ru").kit
    again: list[str] = []
    pane = StatePane(kit, QWidget())
    assert pane.state == "loading"
    for error, state in (
        (OutsideError("connection_lost", address="office"), "offline"),
        (UserError("no_right", address="office"), "no_right"),
        (ValueError("a bug"), "failed"),
    ):
        pane.failed(error, lambda: again.append("again"))
        assert pane.state == state
        assert len(pane.words) > 20
    pane.note.button.click()
    assert again == ["again"]
    pane.filtered(lambda: again.append("reset"), hidden=214)
    assert "214 строк" in pane.words
    kit.language.use("uk")
    assert "214 рядків" in pane.words
    pane.ready()
    assert pane.currentWidget() is pane.content
    pane.loading()
    pane.failed(ValueError("a bug"), lambda: None)
    assert pane.state == "ready"
    pane.loading(anew=True)
    assert pane.state == "loading"


def test_that_the_program_comes_back_to_the_client_it_was_left_at(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, view="clients")
    assert app.window.office is not None
    client = app.window.office.client_ids(ClientFilter())[3]
    app.window.open_client(client, (client,))
    settle(app, qtbot)
    app.window.close()
    again = opened(None, view="")
    settle(again, qtbot)
    assert again.window.here == "card"
    assert again.window.history.here.at == ClientAt(client)
    assert again.window.rail.items["clients"].isChecked()


def test_that_a_place_of_another_release_leads_to_the_first_view(opened: Opened, demo: str) -> None:
    app = opened(demo, view="gone")
    assert app.window.here == views.FIRST


def test_that_what_a_view_wants_to_find_again_is_there_at_the_next_start(
    monkeypatch: pytest.MonkeyPatch, opened: Opened, demo: str, qtbot: Any
) -> None:
    class Keeping(QWidget):
        scroll = 0

        def kept(self) -> dict[str, int]:
            return {"scroll": self.scroll}

        def restore(self, kept: dict[str, int]) -> None:
            self.scroll = kept["scroll"]

    view = views.View("one", "Settings", "users", "", "work", lambda kit, office, host: Keeping())
    more = (view, *views.VIEWS)
    for place in ("crmdesk.ui.views", "crmdesk.ui.frame.window"):
        monkeypatch.setattr(f"{place}.VIEWS", more)
    app = opened(demo, view="one")
    app.window.screens["one"].scroll = 77  # type: ignore[attr-defined]
    app.window.close()
    again = opened(None, view="")
    settle(again, qtbot)
    assert again.window.screens["one"].scroll == 77  # type: ignore[attr-defined]


def test_that_dragged_columns_are_as_wide_at_the_next_start(opened: Opened, demo: str, qtbot: Any) -> None:
    kit = opened(demo).kit
    for before in ({}, {1: 180}):
        table = QTableWidget(2, 3)
        kept = KeptColumns(kit, "some", table.horizontalHeader())
        assert kept.widths == before
        kept.dragged(1, 180)
        qtbot.waitUntil(lambda kept=kept: kept.widths == {1: 180}, timeout=PATIENCE)
    kept.forget()
    assert kept.widths == {}


def test_that_the_palette_finds_tasks_and_settings(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, lang="ru")
    assert app.window.office is not None
    desk = app.window.office.desk
    tasks.add(desk, None, "visit", desk.clock.today(), "Цветопроба каталога")
    app.window.palette_line.start("wdtnjghj,f")  # «цветопроба» in the Latin layout
    settle(app, qtbot)
    rows = app.window.palette_line._model.rows
    assert [row.title for row in rows][:1] == ["Цветопроба каталога"]
    app.window.palette_line.start("тёмная")
    row = app.window.palette_line._model.rows[0]
    assert (row.title, row.note) == ("Тема: тёмная", "Настройки")
    row.do()
    assert app.kit.look.theme == "dark"
    app.kit.look.use("light")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_help_says_what_the_open_view_is_for(opened: Opened, demo: str, lang: str) -> None:
    app = opened(demo, lang=lang, view="calendar")
    app.kit.commands.run("keys")
    dialog = next(one for one in app.window.findChildren(KeysDialog))
    assert app.kit.words.gettext(OF_VIEW["calendar"]) in [label.text() for label in dialog.findChildren(QLabel)]
    assert set(OF_VIEW) == {view.name for view in views.VIEWS}
    dialog.reject()


def test_that_the_help_lists_every_command_with_its_keys(opened: Opened, demo: str) -> None:
    app = opened(demo, lang="ru")
    dialog = KeysDialog(app.kit, app.window)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    for command in app.kit.commands:
        assert app.kit.commands.title(command.name) in shown
        if command.keys:
            assert ", ".join(shown_keys(one) for one in command.keys.split("; ")) in shown
