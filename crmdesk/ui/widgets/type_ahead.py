"""Finding a row by typing its beginning: е for ё, г for ґ, in any case."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtWidgets import QApplication

from crmdesk.domain.text import fold, words_of


def row_of(texts: Sequence[str], typed: str, after: int = -1) -> int:
    """The next row after `after` (round to the first again) of which a word begins as typed; -1: none does."""
    wanted = fold(typed).strip()
    if not wanted:
        return -1
    order: list[int] = [*range(after + 1, len(texts)), *range(min(after + 1, len(texts)))]
    for row in order:
        text = " ".join(fold(texts[row]).split())
        if text.startswith(wanted) or any(word.startswith(wanted) for word in words_of(text)):
            return row
    return -1


class TypeAhead:
    """Puts the letters together that are typed without a pause."""

    def __init__(self) -> None:
        self._typed = ""
        self._at = 0.0

    def row(self, letters: str, texts: Sequence[str], current: int) -> int:
        """Where one comes by these letters from the current row; -1: nowhere. The same row answers to more letters of
        it; a letter alone goes on to the next one."""
        now = monotonic()
        pause = now - self._at > QApplication.keyboardInputInterval() / 1000
        self._typed, self._at = letters if pause else self._typed + letters, now
        return row_of(texts, self._typed, current if len(self._typed) == 1 else current - 1)
