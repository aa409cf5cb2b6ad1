"""Commands, keys and the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from crmdesk.ui.commands import LATIN, RUSSIAN, UKRAINIAN, Command, Commands, other_layouts, sequences
from crmdesk.ui.language import Language
from crmdesk.ui.theme.look import Look
from tests.ui.typing import press


def test_that_a_letter_key_has_its_twins_in_cyrillic_layouts() -> None:
    assert [keys.toString() for keys in sequences("Ctrl+K")] == ["Ctrl+K", "Ctrl+Л"]
    assert [keys.toString() for keys in sequences("Ctrl+S")] == ["Ctrl+S", "Ctrl+Ы", "Ctrl+І"]
    assert sequences("F6") == (QKeySequence("F6"),)
    assert sequences("Alt+Left") == (QKeySequence("Alt+Left"),)


@pytest.mark.parametrize("typed, meant", [("ырууе", "sheet"), ("rkbtyn", "клиент"), ("gtxfnm", "печать")])
def test_that_the_wrong_layout_is_understood(typed: str, meant: str) -> None:
    assert meant in other_layouts(typed)


def test_that_a_command_is_done_by_its_key_in_both_layouts(look: Look, language: Language, qtbot: object) -> None:
    window = QWidget()
    done: list[str] = []
    commands = Commands(language, look)
    commands.add(Command("palette", "Search or command", lambda: done.append("x"), "view", "Ctrl+K"), window)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, text="k")
    press(window, 0x041B, Qt.KeyboardModifier.ControlModifier, text="л")
    window.close()
    assert done == ["x", "x"]


def test_that_a_name_is_taken_once(look: Look, language: Language) -> None:
    window, commands = QWidget(), Commands(language, look)
    commands.add(Command("help", "Help", lambda: None, "help", "F1"), window)
    with pytest.raises(ValueError, match="help"):
        commands.add(Command("help", "Help", lambda: None, "help"), window)


@pytest.mark.parametrize("lang, cancel", [("ru", "Отмена"), ("uk", "Скасувати"), ("en", "Cancel")])
def test_that_qts_own_words_follow_the_language(look: Look, language: Language, lang: str, cancel: str) -> None:
    language.use(lang)
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == cancel
        assert QLocale().name().startswith(lang)
    finally:
        language.use("en")


@pytest.mark.parametrize("layout", [RUSSIAN, UKRAINIAN], ids=["ru", "uk"])
def test_that_every_letter_key_works_in_a_cyrillic_layout(
    look: Look, language: Language, qtbot: object, layout: str
) -> None:
    """Real key events, as Windows sends them: the character of the layout, no Latin letter anywhere."""
    window = QWidget()
    done: list[str] = []
    commands = Commands(language, look)
    letters = [letter for letter in LATIN if letter.isalpha()]
    with commands.together():
        for letter in letters:
            for start in ("Ctrl", "Ctrl+Shift"):
                name = f"{start}+{letter.upper()}"
                commands.add(Command(name, name, lambda name=name: done.append(name), "view", name), window)  # type: ignore[misc]
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for letter in letters:
        character = layout[LATIN.index(letter)]
        press(window, ord(character.upper()), control, text=character)
        press(window, ord(character.upper()), control | shift, text=character.upper())
    window.close()
    assert done == [f"{start}+{letter.upper()}" for letter in letters for start in ("Ctrl", "Ctrl+Shift")]


def test_that_a_list_of_commands_comes_into_force_at_once(look: Look, language: Language) -> None:
    window, commands = QWidget(), Commands(language, look)
    times: list[str] = []
    commands.filled.connect(lambda: times.append("filled"))
    with commands.together():
        for number in range(5):
            commands.add(Command(f"c{number}", "Help", lambda: None, "help", f"F{number + 2}"), window)
    assert times == ["filled"]
    assert [one.toString() for one in commands.action("c0").shortcuts()] == ["F2"]
