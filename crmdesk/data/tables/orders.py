"""Orders with their lines, products and product groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Day, Json, Record


class ProductGroup(Record, Base):
    """Cards, calendars, packaging…: what potential and plans are split by."""

    __tablename__ = "product_group"
    key: Mapped[str | None] = mapped_column(String(60))  # of resources/content/products.toml
    name: Mapped[str] = mapped_column(String(200))
    important: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(Integer, default=0)


class Product(Record, Base):
    """A SKU: what the assortment counts."""

    __tablename__ = "product"
    code: Mapped[str | None] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(500))
    match_key: Mapped[str] = mapped_column(String(500), index=True, default="")
    group_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("product_group.id"))
    unit: Mapped[str] = mapped_column(String(20), default="")
    reprint_days: Mapped[int | None] = mapped_column(Integer)


class Order(Record, Base):
    """A deal through its stages; sold when its stage says so. A return is an order with a negative total."""

    __tablename__ = "orders"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"))
    manager_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("app_user.id"))
    day: Mapped[date] = mapped_column(Day)
    number: Mapped[str] = mapped_column(String(120), default="")  # the document's number; "" when there is none
    stage: Mapped[str] = mapped_column(String(20), default="done")  # counts as a sale when "done"
    total: Mapped[int] = mapped_column(BigInt, default=0)  # net, minor units
    cost: Mapped[int | None] = mapped_column(BigInt)  # minor units; None: unknown
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # print job: format, run, paper, colours…

    __table_args__ = (
        Index("ix_orders_client", "client_id", "day", "total"),
        Index("ix_orders_number", "number"),
        Index("ix_orders_manager", "manager_id", "day"),
    )


class OrderLine(Base):
    """One line of an order; clustered on (order, line)."""

    __tablename__ = "order_line"
    order_id: Mapped[int] = mapped_column(BigInt, ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    product_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("product.id"))
    words: Mapped[str] = mapped_column(String(500), default="")  # as written on the document
    quantity: Mapped[int] = mapped_column(BigInt, default=1000)  # thousandths
    amount: Mapped[int] = mapped_column(BigInt, default=0)  # minor units
    cost: Mapped[int | None] = mapped_column(BigInt)

    __table_args__ = ({"sqlite_with_rowid": False},)
