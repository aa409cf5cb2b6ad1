"""The audit trail: who changed what, when, from what to what. Append-only; triggers write it on both stores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import NOT_AUDITED, Base, BigInt, Instant, Json


class Audit(Base):
    """One change of one row: only the changed keys, old and new. `row_id` 0 for rows keyed by words.

    `tx` is one number a transaction, the same as `Writing.tx` and as `ImportRun.tx`.
    """

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=True)
    tx: Mapped[int] = mapped_column(BigInt)  # one number a transaction
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(BigInt)
    op: Mapped[str] = mapped_column(String(6))  # insert, update, delete
    tbl: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(BigInt)
    old: Mapped[dict[str, Any] | None] = mapped_column(Json)
    new: Mapped[dict[str, Any] | None] = mapped_column(Json)

    __table_args__ = (
        Index("ix_audit_row", "tbl", "row_id"),
        Index("ix_audit_tx", "tx"),
        {"info": NOT_AUDITED},
    )


class AccessLog(Base):
    """Data that left the office: an export, a print, a copy of a shared base, a phone shown. Audited like any row."""

    __tablename__ = "access_log"
    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(BigInt)
    kind: Mapped[str] = mapped_column(String(10))  # export, print, copy, reveal
    what: Mapped[str] = mapped_column(String(60))  # clients, orders, sheet, phone…
    rows: Mapped[int] = mapped_column(Integer)  # how many


class Undone(Base):
    """A transaction that was taken back, and by which one. What took it back may be taken back itself."""

    __tablename__ = "undone"
    tx: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    by_tx: Mapped[int] = mapped_column(BigInt)
    user_id: Mapped[int | None] = mapped_column(BigInt)
    at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = ({"info": NOT_AUDITED},)


class AuditContext(Base):
    """SQLite only: who writes, in which transaction; one row, set for as long as a write transaction lasts.

    `tx` 0 and nobody: a program that is not ours writes. On Postgres the triggers ask the server instead
    (session_user, the transaction's own number), and this table is empty.
    """

    __tablename__ = "audit_context"
    one: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1)
    tx: Mapped[int] = mapped_column(BigInt)
    user_id: Mapped[int | None] = mapped_column(BigInt)
    at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = ({"info": NOT_AUDITED},)
