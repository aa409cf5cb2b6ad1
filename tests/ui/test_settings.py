"""The settings: a choice works at once, a copy is made on wish, what is shown is the office's own."""

from __future__ import annotations

from typing import Any

import pytest

from crmdesk.domain.lists import Role
from crmdesk.system.i18n import LANGUAGES
from crmdesk.ui.settings.screen import SettingsScreen
from crmdesk.ui.theme.look import THEMES
from crmdesk.ui.theme.tokens import DARK
from tests.ui.conftest import Opened, settle

pytestmark = pytest.mark.gui


def test_that_language_and_theme_work_at_once_and_are_kept(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, lang="ru")
    app.window.go("settings")
    settle(app, qtbot)
    screen = app.window.screens["settings"]
    assert isinstance(screen, SettingsScreen)
    screen._language.activated.emit(LANGUAGES.index("uk"))
    assert app.window.menuBar().actions()[2].text() == "&Вигляд"
    screen._theme.activated.emit(THEMES.index("dark"))
    assert app.kit.look.tokens is DARK
    assert app.kit.settings.get("lang") == "uk"
    assert app.kit.settings.get("theme") == "dark"


def test_that_a_copy_made_on_wish_is_shown_with_its_place(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("settings")
    settle(app, qtbot)
    screen = app.window.screens["settings"]
    assert isinstance(screen, SettingsScreen)
    assert "ещё нет" in screen._values["copy"].text()
    screen._copy_button.click()
    settle(app, qtbot)
    assert screen._values["copy"].text().startswith("02.11.2026 ")
    assert screen._values["folder"].text() != "—"
    assert "Копия проверена сегодня" in app.window.status.words
    assert app.window.banner.words.startswith("Копия сделана и проверена")


def test_that_everybody_of_the_office_is_listed(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    app.window.go("settings")
    settle(app, qtbot)
    screen = app.window.screens["settings"]
    assert isinstance(screen, SettingsScreen)
    assert app.window.office is not None
    listed = {
        item.widget().text()
        for n in range(screen._people_grid.count())
        if (item := screen._people_grid.itemAt(n)) is not None
    }
    assert {user.name for user in app.window.office.people()} <= listed
    names = [screen._people_grid.itemAtPosition(row, 0).widget().text() for row in range(len(listed) // 2)]
    people = {user.name: user for user in app.window.office.people()}
    roles = [people[name].role for name in names if people[name].active]
    assert roles == sorted(roles, key=[Role.OWNER, Role.SUPERVISOR, Role.MANAGER].index)
    assert screen._values["currency"].text() == "₽ российский рубль"
    assert screen._values["zone"].text() == "Москва (Europe/Moscow)"
