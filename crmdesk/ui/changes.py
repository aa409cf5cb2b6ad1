"""What was changed: told once after a write was answered, heard by the frame and by whoever shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Change:
    """What a write has touched: nouns ("tasks", "clients", "people", "interactions", "orders", "reminders", "views",
    "plans", "settings") and, as far as they are known, the clients; no clients means that anybody may be meant."""

    nouns: frozenset[str]
    clients: frozenset[int]


class Changes(QObject):
    """Tell it when a write of yours was answered. The open view reads itself anew at once, the others when they are
    shown next; the frame looks up what Ctrl+Z would take back now."""

    changed = Signal(object)  # a Change

    def tell(self, *nouns: str, clients: Iterable[int] = ()) -> None:
        """Something was written."""
        self.changed.emit(Change(frozenset(nouns), frozenset(clients)))
