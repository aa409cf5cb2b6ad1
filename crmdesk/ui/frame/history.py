"""Where one was and comes back to: places are a view's name and a place in it. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST = 100  # places that are kept


@dataclass(frozen=True)
class Place:
    """A view, and what is open in it: a day, a client; None is the view as it stands."""

    name: str
    at: object = None


@dataclass
class History:
    """The places before and after this one, as in a browser."""

    here: Place = Place("")
    past: list[Place] = field(default_factory=list)
    coming: list[Place] = field(default_factory=list)

    def go(self, place: Place) -> None:
        """A new place; what was ahead is forgotten."""
        if self.here.name:
            self.past.append(self.here)
            del self.past[:-LONGEST]
        self.coming.clear()
        self.here = place

    def move(self, at: object) -> None:
        """The same view at another place, without a step."""
        self.here = Place(self.here.name, at)

    def back(self) -> Place | None:
        """The place before, which is here from now on; None when there is none."""
        if not self.past:
            return None
        self.coming.append(self.here)
        self.here = self.past.pop()
        return self.here

    def forward(self) -> Place | None:
        """Undoes `back`."""
        if not self.coming:
            return None
        self.past.append(self.here)
        self.here = self.coming.pop()
        return self.here

    def clear(self) -> None:
        """Nowhere."""
        self.here = Place("")
        self.past.clear()
        self.coming.clear()
