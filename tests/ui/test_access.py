"""Everybody can use it: names for those who listen, targets to hit, an order to walk, room for every word."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from crmdesk.app import App
from crmdesk.domain.client_list import ClientFilter
from crmdesk.system.i18n import LANGUAGES, Words
from crmdesk.ui.help import AboutDialog, KeysDialog
from crmdesk.ui.views import VIEWS
from tests.ui.conftest import Opened, settle

SIZES = ((1366, 768), (1093, 614), (910, 512))  # 1366 × 768 at 100, 125 and 150 per cent
SMALLEST_TARGET = 24  # pixels


def reached(widget: QWidget) -> bool:
    """Whether the keyboard comes there by itself; the line inside a box of numbers is the box."""
    if isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def called(widget: QWidget) -> str:
    """What a screen reader says of it."""
    said = QAccessible.queryAccessibleInterface(widget)
    return said.text(QAccessible.Text.Name) if said is not None else widget.accessibleName()


def where(widget: QWidget) -> str:
    """A widget as a person who mends it finds it."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    parent = widget.parentWidget()
    return f"{type(parent).__name__} > {type(widget).__name__} {widget.objectName()} {text!r}"


def visited(app: App, qtbot: Any) -> Iterator[str]:
    """Every view, one after another, with what it has to show."""
    assert app.window.office is not None
    client = app.window.office.client_ids(ClientFilter())[0]
    for view in VIEWS:
        if view.in_rail:
            app.window.go(view.name)
        else:
            app.window.open_client(client, (client,))
        settle(app, qtbot)
        yield view.name


def posed(app: App, qtbot: Any) -> Iterator[str]:
    """Every state that a view poses in; a dialog it opened is closed again."""
    for view in VIEWS:
        for pose in view.poses:
            app.window.go(view.name)
            settle(app, qtbot)
            app.window.screens[view.name].pose(pose)  # type: ignore[attr-defined]
            settle(app, qtbot)
            yield f"{view.name}-{pose}"
            for dialog in app.window.findChildren(QDialog):
                dialog.reject()
            settle(app, qtbot)


def nameless(root: QWidget) -> list[str]:
    return [where(one) for one in root.findChildren(QWidget) if reached(one) and not called(one).strip()]


def test_that_everything_the_keyboard_reaches_in_a_view_has_a_name(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    found = {view: missing for view in visited(app, qtbot) if (missing := nameless(app.window))}
    assert found == {}


def test_that_everything_the_keyboard_reaches_in_a_pose_or_dialog_has_a_name(
    opened: Opened, demo: str, qtbot: Any
) -> None:
    app = opened(demo)
    found = {pose: missing for pose in posed(app, qtbot) if (missing := nameless(app.window))}
    for dialog in (KeysDialog(app.kit, app.window), AboutDialog(app.kit, app.window)):
        dialog.open()
        found.update({type(dialog).__name__: missing} if (missing := nameless(dialog)) else {})
        dialog.reject()
    assert found == {}


def test_that_every_button_is_large_enough_to_hit(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    small: dict[str, list[str]] = {}
    for view in visited(app, qtbot):
        for button in app.window.findChildren(QAbstractButton):
            if reached(button) and min(button.width(), button.height()) < SMALLEST_TARGET:
                small.setdefault(view, []).append(where(button))
    assert small == {}


def cut(root: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or one.width() == 0:
            continue
        need = 0
        if type(one) in (QLabel,) or type(one).__name__ == "Label":
            assert isinstance(one, QLabel)
            if one.text() and not one.wordWrap() and one.textFormat() != Qt.TextFormat.RichText:
                need = one.fontMetrics().horizontalAdvance(one.text())
        elif isinstance(one, QPushButton) and one.text():
            need = one.sizeHint().width()
        if need > one.width() + 2:
            found.append(f"{where(one)}: {one.width()} of {need}")
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_no_word_is_cut_at_any_scale(opened: Opened, demo: str, lang: str, qtbot: Any) -> None:
    app = opened(demo, lang=lang)
    found: dict[str, list[str]] = {}
    for size in SIZES:
        app.window.resize(*size)
        for view in visited(app, qtbot):
            QApplication.processEvents()
            if missing := cut(app.window):
                found[f"{view} {size[0]}×{size[1]}"] = missing
    assert found == {}


def test_that_the_window_does_not_grow_beyond_a_small_screen(opened: Opened, demo: str, qtbot: Any) -> None:
    wide: dict[str, tuple[int, int]] = {}
    for lang in LANGUAGES:
        app = opened(demo, lang=lang)
        for view in visited(app, qtbot):
            app.window.resize(910, 512)
            QApplication.processEvents()
            if (app.window.width(), app.window.height()) != (910, 512):
                wide[f"{view} {lang}"] = (app.window.width(), app.window.height())
    assert wide == {}


class Twice(Words):
    """A language twice as long as English: nothing may rely on the length of a word."""

    def gettext(self, text: str, **values: object) -> str:
        said = super().gettext(text, **values)
        return f"{said} {said}" if 0 < len(said) <= 24 else said


def test_that_a_language_twice_as_long_fits_a_usual_screen(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo, lang="en")
    app.window.resize(1366, 768)
    app.kit.language.words = Twice("en", NullTranslations())
    app.kit.language.changed.emit()
    found: dict[str, list[str]] = {}
    for view in visited(app, qtbot):
        QApplication.processEvents()
        if missing := cut(app.window):
            found[view] = missing
    assert found == {}


def test_that_the_keyboard_walks_as_the_eye_does(opened: Opened, demo: str, qtbot: Any) -> None:
    """From each stop the next one lies below or to the right, or begins the next pane."""
    app = opened(demo)
    wrong: dict[str, list[str]] = {}
    for view in visited(app, qtbot):
        screen = app.window.screens[view]
        stops: list[QWidget] = []
        step = screen.nextInFocusChain()
        while step is not screen and len(stops) < 500:
            if screen.isAncestorOf(step) and reached(step) and not isinstance(step, QScrollArea):
                stops.append(step)
            step = step.nextInFocusChain()
        for one, after in zip(stops, stops[1:], strict=False):
            a, b = one.mapTo(app.window, QPoint(0, 0)), after.mapTo(app.window, QPoint(0, 0))
            if b.y() + after.height() <= a.y() and b.x() + after.width() <= a.x():  # above it and left of it
                wrong.setdefault(view, []).append(f"{where(one)} → {where(after)}")
    assert wrong == {}


def test_that_every_command_has_words_a_menu_and_a_place_in_the_palette(opened: Opened, demo: str, qtbot: Any) -> None:
    app = opened(demo)
    commands = app.kit.commands
    for view in visited(app, qtbot):
        in_menus = {action for menu in app.window.menuBar().actions() for action in menu.menu().actions()}
        in_palette = {row.title for row in app.window.palette_line._commands()}
        keys: dict[str, str] = {}
        for command in commands:
            assert commands.title(command.name).strip(), command.name
            assert commands.action(command.name) in in_menus, f"{view}: {command.name}"
            if command.name != "palette" and command.enabled():
                assert commands.title(command.name) in in_palette, f"{view}: {command.name}"
            for sequence in commands.action(command.name).shortcuts():
                assert keys.setdefault(sequence.toString(), command.name) == command.name, f"{view}: {command.name}"
