"""The settings: each choice works at once in the open window, is kept, and is refused to whom it is not allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QSystemTrayIcon

from crmdesk.app import App
from crmdesk.domain.lists import ActionSegment, Role
from crmdesk.domain.sheet import Factor
from crmdesk.services import day, settings, sheets, users
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.reminders import choices
from crmdesk.ui.settings.pages import CopiesPage, FactorsPage, HerePage, NormsPage, OfficePage, RemindersPage
from crmdesk.ui.settings.screen import SettingsScreen
from crmdesk.ui.settings.users import UserDialog, UsersPage
from crmdesk.ui.theme.look import THEMES
from crmdesk.ui.theme.tokens import DARK
from tests.ui.conftest import Opened, settle

pytestmark = pytest.mark.gui
Screen = Callable[[str], tuple[App, SettingsScreen]]


@pytest.fixture
def screen(opened: Opened, demo: str, qtbot: Any) -> Screen:
    """The settings of the demo shop at a page."""

    def at(page: str) -> tuple[App, SettingsScreen]:
        app = opened(demo)
        app.window.go("settings", page)
        settle(app, qtbot)
        found = app.window.screens["settings"]
        assert isinstance(found, SettingsScreen)
        assert found.here == page
        return app, found

    return at


def choose(box: QComboBox, value: object) -> None:
    """As a person does with the mouse or the arrows."""
    number = box.findData(value)
    assert number >= 0, f"not to be chosen: {value}"
    box.setCurrentIndex(number)
    box.activated.emit(number)


def desk_of(app: App) -> Any:
    assert app.window.office is not None
    return app.window.office.desk


def test_that_language_and_theme_work_at_once_and_are_kept(screen: Screen) -> None:
    app, found = screen("here")
    page = found.pages["here"]
    assert isinstance(page, HerePage)
    choose(page.language, LANGUAGES[1])
    assert app.kit.words.lang == LANGUAGES[1]
    assert found.list.accessibleName() == app.kit.words.gettext("Settings")
    choose(page.theme, THEMES[2])
    assert app.kit.look.tokens is DARK
    assert (app.kit.settings.get("lang"), app.kit.settings.get("theme")) == (LANGUAGES[1], "dark")


def test_that_the_office_changes_its_name_money_and_clock_in_the_open_window(screen: Screen, qtbot: Any) -> None:
    app, found = screen("office")
    page = found.pages["office"]
    assert isinstance(page, OfficePage)
    page.name.setText("Новый двор")
    page.name.editingFinished.emit()
    settle(app, qtbot)
    assert app.window.windowTitle().startswith("Новый двор")
    choose(page.currency, "UAH")
    choose(page.zone, "Asia/Yekaterinburg")
    choose(page.country, "KZ")
    settle(app, qtbot)
    facts = desk_of(app).office
    assert (facts.currency, facts.zone, facts.country) == ("UAH", "Asia/Yekaterinburg", "KZ")
    assert desk_of(app).clock.zone == "Asia/Yekaterinburg"
    app.window.go("sheet")
    settle(app, qtbot)
    assert app.window.screens["sheet"].presenter.state.sheet.currency == "UAH"  # type: ignore[attr-defined]


def test_that_a_name_of_nothing_is_refused_and_the_old_one_stays(screen: Screen, qtbot: Any) -> None:
    app, found = screen("office")
    page = found.pages["office"]
    assert isinstance(page, OfficePage)
    before = page.name.text()
    page.name.setText("   ")
    page.name.setModified(False)
    page.name.editingFinished.emit()
    settle(app, qtbot)
    assert "Не записано" in app.window.banner.words
    assert page.name.text() == before == desk_of(app).office.name


def test_that_norms_and_the_room_of_a_day_are_in_force_at_once(screen: Screen, qtbot: Any) -> None:
    app, found = screen("norms")
    page = found.pages["norms"]
    assert isinstance(page, NormsPage)
    visits, calls, _mailings = page.numbers[ActionSegment.VVV]
    assert visits.value() == 1
    visits.setValue(3)
    calls.setValue(2)
    page.hours.setValue(4)
    page.minutes.setValue(30)
    settle(app, qtbot)
    desk = desk_of(app)
    assert settings.norms(desk)[ActionSegment.VVV] == (3, 2, 0)
    assert day.capacity(desk) == 270
    assert visits.accessibleName().endswith("Визиты")


def test_that_the_factors_of_the_office_are_those_of_the_sheet(screen: Screen, qtbot: Any) -> None:
    app, found = screen("factors")
    page = found.pages["factors"]
    assert isinstance(page, FactorsPage)
    before = sheets.factors(desk_of(app))
    page.picker.list.setCurrentRow(0)
    page.picker.down.click()
    settle(app, qtbot)
    assert sheets.factors(desk_of(app)) == (before[1], before[0], *before[2:])
    assert page.picker.chosen()[0] is before[1]
    assert len(page.picker.chosen()) < len(Factor)


def test_that_reminders_follow_what_is_chosen(screen: Screen, qtbot: Any) -> None:
    app, found = screen("reminders")
    page = found.pages["reminders"]
    assert isinstance(page, RemindersPage)
    choose(page.visits, 60)
    choose(page.morning, 8 * 60)
    choose(page.quiet_from, 19 * 60)
    choose(page.quiet_to, 8 * 60)
    choose(page.most, 12)
    page.birthdays.setChecked(False)
    wanted = choices.preferences(app.kit.settings)
    assert (wanted.leads["visit"], wanted.leads["meeting"], wanted.leads["call"]) == (60, 60, 5)
    assert (wanted.morning, wanted.quiet_from, wanted.quiet_to, wanted.most) == (480, 1140, 480, 12)
    assert not wanted.birthdays
    page.enabled.setChecked(False)
    settle(app, qtbot)
    assert not page.morning.isEnabled()
    assert app.reminders.bell.count == 0
    page.enabled.setChecked(True)
    settle(app, qtbot)
    assert page.morning.isEnabled()


def test_that_the_tray_is_taken_up_as_soon_as_it_is_chosen(
    screen: Screen, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    app, found = screen("reminders")
    page = found.pages["reminders"]
    assert isinstance(page, RemindersPage)
    page.tray.setChecked(True)
    assert app.reminders.tray.is_shown
    page.tray.setChecked(False)
    assert not app.reminders.tray.is_shown


def test_that_damaged_choices_are_the_usual_ones(screen: Screen) -> None:
    app, _found = screen("here")
    app.kit.settings.set(
        choices.KEY,
        {"morning": "nine", "most": 4000, "leads": {"call": -5, "visit": 30}, "late": "no", "quiet_to": 9999},
    )
    wanted = choices.preferences(app.kit.settings)
    assert (wanted.morning, wanted.most, wanted.late, wanted.quiet_to) == (540, 5, True, None)
    assert (wanted.leads["call"], wanted.leads["visit"]) == (5, 30)


def test_that_people_are_added_changed_and_let_in_no_longer(screen: Screen, qtbot: Any) -> None:
    app, found = screen("users")
    page = found.pages["users"]
    assert isinstance(page, UsersPage)
    page.add.click()
    (dialog,) = app.window.findChildren(UserDialog)
    dialog.name.setText("Новикова Ольга Игоревна")
    dialog.login.setText("boss")
    dialog.verb.click()
    settle(app, qtbot)
    assert "boss" in dialog.trouble.text()  # the login is taken: said in the dialog, nothing typed is lost
    dialog.login.setText("novikova")
    dialog.branch.setText("Казань")
    dialog.verb.click()
    settle(app, qtbot)
    desk = desk_of(app)
    added = users.find(desk, "novikova")
    assert (added.name, added.role) == ("Новикова Ольга Игоревна", Role.MANAGER)
    row = next(n for n in range(page.table.rowCount()) if page.table.item(n, 1).text() == "novikova")
    assert page.table.item(row, 3).text() == "Казань"
    page.table.setCurrentCell(row, 0)
    page.edit.click()
    dialog = next(one for one in app.window.findChildren(UserDialog) if one.isVisible())
    assert not dialog.login.isEnabled()
    dialog.name.setText("Новикова-Белая Ольга")
    dialog.role.setCurrentIndex(dialog.role.findData("supervisor"))
    dialog.verb.click()
    settle(app, qtbot)
    assert users.find(desk, "novikova").role is Role.SUPERVISOR
    page.active.click()
    settle(app, qtbot)
    assert not users.find(desk, "novikova").active
    assert page.chosen is not None
    assert page.chosen.login == "novikova"
    assert page.active.text() == "Снова пускать"


def test_that_nobody_lets_himself_out(screen: Screen) -> None:
    _app, found = screen("users")
    page = found.pages["users"]
    assert isinstance(page, UsersPage)
    assert page.chosen is not None
    assert page.chosen.login == "boss"
    assert not page.active.isEnabled()
    assert not page.password.isVisible()  # a file has no passwords


def test_that_a_manager_sets_only_what_is_his(screen: Screen, qtbot: Any) -> None:
    app, found = screen("office")
    desk = desk_of(app)
    desk.me = users.find(desk, "kovaleva")
    found.reload()
    settle(app, qtbot)
    for name in found.pages:
        found.open(name)
    states = {name: pane.state for name, pane in found.state_panes.items()}
    assert states == {
        "here": "ready",
        "reminders": "ready",
        "office": "no_right",
        "users": "no_right",
        "factors": "no_right",
        "norms": "no_right",
        "backup": "ready",
    }


def test_that_a_supervisor_sees_people_and_does_not_hire(screen: Screen, qtbot: Any) -> None:
    app, found = screen("users")
    desk = desk_of(app)
    desk.me = users.find(desk, "supervisor")
    found.reload()
    settle(app, qtbot)
    page = found.pages["users"]
    assert isinstance(page, UsersPage)
    assert page.table.rowCount() > 1
    assert not page.add.isEnabled()
    assert not page.edit.isEnabled()
    assert "только владелец" in found.whose.text()


def test_that_a_copy_made_on_wish_is_shown_with_its_place(screen: Screen, qtbot: Any, tmp_path: Path) -> None:
    app, found = screen("backup")
    page = found.pages["backup"]
    assert isinstance(page, CopiesPage)
    assert "ещё нет" in page.last.text()
    page.now.click()
    settle(app, qtbot)
    assert page.last.text().startswith("02.11.2026 ")
    assert page.folder.text() != "—"
    assert app.window.banner.words.startswith("Копия сделана и проверена")
    found.presenter.copy_to(tmp_path / "флешка")
    settle(app, qtbot)
    assert list((tmp_path / "флешка").glob("*.crmdesk"))


def test_that_the_page_is_remembered(screen: Screen, opened: Opened, qtbot: Any) -> None:
    app, _found = screen("norms")
    address = app.window.office.address  # type: ignore[union-attr]
    app.close()
    again = opened(address)
    again.window.go("settings")
    settle(again, qtbot)
    assert again.window.screens["settings"].here == "norms"  # type: ignore[attr-defined]
