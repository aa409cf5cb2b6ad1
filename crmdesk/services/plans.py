"""Sales plans: what a manager is to sell in a month."""

from __future__ import annotations

from crmdesk.data import plans
from crmdesk.domain.months import Month, check_month
from crmdesk.services import users
from crmdesk.services.office import Desk
from crmdesk.services.settings import check_right
from crmdesk.system.errors import UserError


def set_plan(desk: Desk, login: str, month: Month, amount: int) -> None:
    """Sets the plan of a manager and month, minor units; 0 means that there is none.

    Raises UserError("no_such_user", "below_zero", "no_right" for a manager), UsageError("not_a_month").
    """
    check_right(desk)
    check_month(month)
    if amount < 0:
        raise UserError("below_zero", value=amount)
    manager = users.find(desk, login)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        plans.set_plan(writing, manager.id, month, amount)


def plan(desk: Desk, login: str) -> dict[Month, int]:
    """The manager's plan by month, minor units. Raises UserError("no_such_user")."""
    manager = users.find(desk, login)
    with desk.store.read() as connection:
        return plans.plans_of(connection, manager.id)
