"""What the code that writes is given: one transaction, and the place to say whose figures follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session


@dataclass
class Writing:
    """One write transaction: change rows through `session` (ORM) or `connection` (Core), then say whom you touched.

    `tx` is the number that the audit rows of this transaction carry. A bulk change of records says
    `version = version + 1`, or the store refuses it.
    """

    connection: Connection
    tx: int
    at: datetime
    user_id: int | None
    touched: set[int] = field(default_factory=set)  # clients whose figures follow from what was changed
    first_day: date = date.max  # what was changed lies between these days
    last_day: date = date.min
    renamed: set[int] = field(default_factory=set)  # clients whose search words follow from it
    opened: Session | None = None

    @property
    def session(self) -> Session:
        """The ORM's session on `connection`; what it holds is flushed before the commit. Made when first asked for."""
        if self.opened is None:
            self.opened = Session(bind=self.connection, autoflush=False, expire_on_commit=False)
        return self.opened

    def touch(self, client_ids: Iterable[int], *, days: Iterable[date] | None = None, words: bool = True) -> None:
        """Marks clients whose figures and search words follow from what was changed; recomputed before the commit.

        `days` are the days that changed orders, contacts and promises have and had: only their months are counted
        anew, and none when there are none; left out, all months are. `words=False`: nothing he is found by changed.
        """
        ids = set(client_ids)
        self.touched |= ids
        if words:
            self.renamed |= ids
        for day in (date.min, date.max) if days is None else days:
            self.first_day = min(self.first_day, day)
            self.last_day = max(self.last_day, day)
