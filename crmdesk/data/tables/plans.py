"""Plans: what a manager is to sell in a month."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Record


class SalesPlan(Record, Base):
    """The sales plan of one manager and month, minor units."""

    __tablename__ = "sales_plan"
    manager_id: Mapped[int] = mapped_column(BigInt, ForeignKey("app_user.id"))
    month: Mapped[int] = mapped_column(Integer)  # yyyymm
    amount: Mapped[int] = mapped_column(BigInt)

    __table_args__ = (UniqueConstraint("manager_id", "month"),)
