"""Who stands in the rail of clients without a plan, and how many of them have room. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from crmdesk.domain import months
from crmdesk.domain.load import MINUTES
from crmdesk.domain.months import Month
from crmdesk.domain.unplanned import TASK_OF, Lack, PlanFact, Rail, Unplanned, top
from crmdesk.ui.calendar.state import Carried
from crmdesk.ui.tasks import Runner


class RailOffice(Protocol):
    """What the rail needs of the office; called by work only."""

    def rail(self, manager: int | None, day: date) -> Rail:
        """Who is unplanned, of one manager or (None) of everybody, and the visits of the day's month."""


@dataclass(frozen=True)
class Head:
    """The head of a group."""

    lack: Lack
    norm_days: int


@dataclass(frozen=True)
class More:
    """The last line: how many more there are, or (0) that the list can be folded again."""

    count: int


Line = Head | Unplanned | More


@dataclass(frozen=True)
class RailState:
    """What the rail shows. `rail` is None until the first answer."""

    whose: int | None = None
    month: Month = 0
    rail: Rail | None = None
    error: Exception | None = None
    room: int = 11  # clients that have room
    unfolded: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Heads, clients, and what is left."""
        if self.rail is None:
            return ()
        shown = self.rail.clients if self.unfolded else top(self.rail, shares(self.rail, self.room))
        lines: list[Line] = []
        for lack in Lack:
            group = [row for row in shown if row.lack is lack]
            if group:
                lines += [Head(lack, self.rail.norm_days.get(lack, 0)), *group]
        left = self.rail.total - len(shown)
        if left or (self.unfolded and len(shown) > self.room):
            lines.append(More(left))
        return tuple(lines)

    @property
    def plan(self) -> PlanFact | None:
        """The month's visits; None where none were planned."""
        return self.rail.plan if self.rail is not None and self.rail.plan.planned else None


class RailPresenter:
    """Asks who is unplanned whenever it may have changed."""

    def __init__(
        self, show: Callable[[RailState], None], runner: Runner, office: RailOffice, room: int = RailState.room
    ) -> None:
        self._show = show
        self._runner = runner
        self._office = office
        self._day = date.min
        self.state = RailState(room=room)

    def of(self, whose: int | None, day: date) -> None:
        """Whose clients, and the month of which day; asks only for what it does not show."""
        month = months.month_of(day)
        if (whose, month) == (self.state.whose, self.state.month):
            return
        other = whose != self.state.whose
        self._day = day
        rail = None if other else self.state.rail
        self._tell(whose=whose, month=month, rail=rail, unfolded=self.state.unfolded and not other)
        self.load()

    def load(self) -> None:
        """Reads anew; what stands there stays until the answer comes."""
        state, day = self.state, self._day
        if not state.month:
            return
        self._runner.read(
            lambda job: self._office.rail(state.whose, day),
            lambda rail: self._tell(rail=rail, error=None),
            lambda error: self._tell(error=error),
            replaces="calendar-rail",
        )

    def fold(self, *, unfolded: bool) -> None:
        """All of them, or as many as have room."""
        self._tell(unfolded=unfolded)

    def has_room(self, clients: int) -> None:
        """So many clients have room."""
        if clients != self.state.room:
            self._tell(room=clients)

    def _tell(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._show(self.state)


def shares(rail: Rail, room: int) -> dict[Lack, int]:
    """How many of each group are shown when `room` clients have room: by turns, so that no group is forgotten."""
    left = {lack: sum(row.lack is lack for row in rail.clients) for lack in Lack}
    found = dict.fromkeys(Lack, 0)
    while room > 0 and any(left.values()):
        for lack in Lack:
            if left[lack] and room > 0:
                left[lack] -= 1
                found[lack] += 1
                room -= 1
    return found


def carried_of(row: Unplanned, title: str) -> Carried:
    """A client of the rail as something to be carried to a day; `title` says what a reprint is of."""
    kind = TASK_OF[row.lack]
    return Carried(row.client_id, row.client, kind.value, MINUTES[kind], None, title)


def rows_of(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that can be chosen."""
    return [number for number, line in enumerate(lines) if not isinstance(line, Head)]
