"""The office's clock: the one place that knows what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time in the office's zone; `offset` shifts it, for rehearsals (`--now`) and tests."""

    zone: str = "UTC"
    offset: timedelta = timedelta()

    @classmethod
    def at(cls, moment: datetime, zone: str = "UTC") -> Clock:
        """A clock that now says `moment` and runs on from there; a naive moment is office time."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        return cls(zone, moment - datetime.now(UTC))

    def in_zone(self, zone: str) -> Clock:
        """The same moment seen from another zone."""
        return Clock(zone, self.offset)

    def now(self) -> datetime:
        """This moment, in UTC."""
        return datetime.now(UTC) + self.offset

    def local(self) -> datetime:
        """This moment on the office's wall clock."""
        return self.now().astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The office's day."""
        return self.local().date()
