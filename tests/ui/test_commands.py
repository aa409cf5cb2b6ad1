"""Commands, keys and the language of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from crmdesk.ui.commands import Command, Commands, other_layouts, sequences
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
