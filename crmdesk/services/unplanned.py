"""Who is to be seen, called, or offered a reprint, and has no day for it: the rail beside the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crmdesk.data import unplanned
from crmdesk.domain import months
from crmdesk.domain.unplanned import Rail
from crmdesk.services.office import Desk


def rail(desk: Desk, manager_ids: Sequence[int] | None = None, day: date | None = None) -> Rail:
    """The rail of these managers (None: of all): who is unplanned today, and the visits of the month of `day`."""
    today = desk.clock.today()
    month = months.month_of(day or today)
    with desk.store.read() as connection:
        return unplanned.rail(connection, today, (months.first_day(month), months.last_day(month)), manager_ids)
