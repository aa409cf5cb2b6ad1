"""What the palette finds for what was typed. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from crmdesk.domain.text import fold
from crmdesk.system.jobs import Job
from crmdesk.ui.commands import other_layouts
from crmdesk.ui.tasks import Runner

MOST_COMMANDS, MOST_CLIENTS, MOST_TASKS = 8, 8, 5
SHORTEST_SEARCH = 2  # letters from which clients are looked for


@dataclass(frozen=True)
class Row:
    """One line of the palette."""

    icon: str
    title: str
    note: str
    keys: str
    do: Callable[[], None]


@dataclass(frozen=True)
class Found:
    """A client the base found, or something else with its own icon and what opens it."""

    id: int
    name: str
    note: str
    icon: str = "building-2"
    do: Callable[[], None] | None = None


class View(Protocol):
    """What the presenter shows its rows on."""

    def show(self, rows: Sequence[Row]) -> None:
        """The rows, best first."""


class PalettePresenter:
    """Commands at once, clients as soon as the base answers."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        commands: Callable[[], Iterable[Row]],
        search: Callable[[str], Sequence[Found]] | None = None,
        open_client: Callable[[int], None] = lambda client_id: None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._commands = commands
        self._search = search
        self._open = open_client
        self._text = ""
        self._rows: list[Row] = []

    def type(self, text: str) -> None:
        """What was typed so far; nothing typed shows all commands that have a key."""
        self._text = text.strip()
        commands = list(self._commands())
        if not self._text:
            self._tell([row for row in commands if row.keys][:MOST_COMMANDS], [])
            return
        scored = [(score(self._text, row.title), row) for row in commands]
        best = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: -pair[0])[:MOST_COMMANDS]
        self._tell([row for _, row in best], [])
        search = self._search
        if search is not None and len(self._text) >= SHORTEST_SEARCH:
            typed = self._text

            def look(job: Job) -> Sequence[Found]:
                found = search(typed)
                for other in other_layouts(typed):
                    if found:
                        break
                    found = search(other)
                return found

            self._runner.read(look, self._found, lambda error: None, replaces="palette")

    def _found(self, clients: Sequence[Found]) -> None:
        rows = [
            Row(one.icon, one.name, one.note, "", one.do or (lambda client_id=one.id: self._open(client_id)))  # type: ignore[misc]
            for one in clients[: MOST_CLIENTS + MOST_TASKS]
        ]
        self._tell(self._rows, rows)

    def _tell(self, commands: list[Row], clients: list[Row]) -> None:
        self._rows = commands
        self._view.show([*commands, *clients])


def score(typed: str, title: str) -> int:
    """How well a title fits: a beginning beats the beginning of a word beats letters in order; 0 is no fit.

    What was typed in the wrong layout is understood too, and counts one less.
    """
    best = _score(fold(typed), fold(title))
    for other in other_layouts(typed):
        best = max(best, _score(fold(other), fold(title)) - 1)
    return best


def _score(typed: str, title: str) -> int:
    if not typed:
        return 0
    if title.startswith(typed):
        return 100
    words = title.split()
    wanted = typed.split()
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 80
    if typed in title:
        return 60
    place = -1
    for letter in typed.replace(" ", ""):
        place = title.find(letter, place + 1)
        if place < 0:
            return 0
    return 20 if len(typed) >= 3 else 0
