"""Derived rows: recomputed in the writing transaction for the touched keys; `doctor` proves them by a full recount.

Not audited: every one of them follows from the audited rows.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Float, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import NOT_AUDITED, Base, BigInt, Day, code_point_string


class ClientMonth(Base):
    """One client's month; a month without anything has no row. Clustered on (client, month)."""

    __tablename__ = "client_month"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # yyyymm
    turnover: Mapped[int] = mapped_column(BigInt, default=0)
    gross_profit: Mapped[int] = mapped_column(BigInt, default=0)
    important: Mapped[int] = mapped_column(BigInt, default=0)
    skus: Mapped[int] = mapped_column(Integer, default=0)
    orders: Mapped[int] = mapped_column(Integer, default=0)
    calls: Mapped[int] = mapped_column(Integer, default=0)  # successful: domain.interactions
    visits: Mapped[int] = mapped_column(Integer, default=0)
    mailings: Mapped[int] = mapped_column(Integer, default=0)
    promises_kept: Mapped[int] = mapped_column(Integer, default=0)
    promises_due: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = ({"sqlite_with_rowid": False, "info": NOT_AUDITED},)


class ClientMonthProduct(Base):
    """Which SKUs a client bought in a month (net quantity or amount above zero)."""

    __tablename__ = "client_month_product"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    product_id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False, "info": NOT_AUDITED},)


class ClientStat(Base):
    """One client's whole history in one row: rhythm, last contacts, what is next."""

    __tablename__ = "client_stat"
    __table_args__ = ({"info": NOT_AUDITED},)
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), primary_key=True, autoincrement=False)
    order_days: Mapped[int] = mapped_column(Integer, default=0)  # distinct days with a sale
    first_order: Mapped[date | None] = mapped_column(Day)
    last_order: Mapped[date | None] = mapped_column(Day)
    gap_mean: Mapped[float | None] = mapped_column(Float)  # days between order days
    gap_var: Mapped[float | None] = mapped_column(Float)
    turnover: Mapped[int] = mapped_column(BigInt, default=0)  # of the whole history
    last_contact: Mapped[date | None] = mapped_column(Day)
    last_call: Mapped[date | None] = mapped_column(Day)  # successful
    last_visit: Mapped[date | None] = mapped_column(Day)
    next_task_id: Mapped[int | None] = mapped_column(BigInt)  # the open task due first
    next_due: Mapped[date | None] = mapped_column(Day)
    open_promise_due: Mapped[date | None] = mapped_column(Day)  # of the open promise due first


class SearchWord(Base):
    """A folded word of a client (or of his people), with its owner, for prefix search."""

    __tablename__ = "search_word"
    word: Mapped[str] = mapped_column(code_point_string(60), primary_key=True)
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), primary_key=True, autoincrement=False)
    manager_id: Mapped[int | None] = mapped_column(BigInt)

    __table_args__ = (
        Index("ix_search_word_client", "client_id", "word"),
        {"sqlite_with_rowid": False, "info": NOT_AUDITED},
    )


class SearchText(Base):
    """All that a client can be found by, folded, for the second answer of a search (substrings)."""

    __tablename__ = "search_text"
    __table_args__ = ({"info": NOT_AUDITED},)
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), primary_key=True, autoincrement=False)
    manager_id: Mapped[int | None] = mapped_column(BigInt)
    text: Mapped[str] = mapped_column(Text)  # names, code, tax number, city, e-mails, digits of phones
