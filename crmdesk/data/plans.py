"""Sales plans in the store: one manager, one month, one amount."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from crmdesk.data import tables
from crmdesk.data.writing import Writing
from crmdesk.domain.months import Month
from crmdesk.system.ids import new_id

_PLANS = select(tables.SalesPlan.month, tables.SalesPlan.amount).where(tables.SalesPlan.archived_at.is_(None))


def plans_of(connection: Connection, manager_id: int) -> dict[Month, int]:
    """The manager's plan by month, minor units."""
    rows = connection.execute(_PLANS.where(tables.SalesPlan.manager_id == manager_id))
    return {row.month: row.amount for row in rows}


def set_plan(writing: Writing, manager_id: int, month: Month, amount: int) -> None:
    """Sets the plan of a manager and month, whether there was one or not."""
    mine = (tables.SalesPlan.manager_id == manager_id, tables.SalesPlan.month == month)
    changed = writing.connection.execute(
        update(tables.SalesPlan)
        .where(*mine)
        .values(amount=amount, archived_at=None, version=tables.SalesPlan.version + 1)
    )
    if changed.rowcount == 0:
        writing.connection.execute(
            insert(tables.SalesPlan).values(
                id=new_id(), manager_id=manager_id, month=month, amount=amount, created_at=writing.at
            )
        )
