"""Imports: what came in, by which reading of the columns, and how to take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import NOT_AUDITED, Base, BigInt, Instant, Json


class ImportRun(Base):
    """One import of one file; `tx` is its transaction in the audit trail."""

    __tablename__ = "import_run"
    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(BigInt)
    added: Mapped[int] = mapped_column(Integer, default=0)
    updated: Mapped[int] = mapped_column(Integer, default=0)
    unchanged: Mapped[int] = mapped_column(Integer, default=0)
    refused: Mapped[int] = mapped_column(Integer, default=0)
    tx: Mapped[int] = mapped_column(BigInt)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class ImportMapping(Base):
    """Which column means what, remembered for files with the same headings."""

    __tablename__ = "import_mapping"
    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    signature: Mapped[str] = mapped_column(String(64))  # SHA-256 of the folded headings
    mapping: Mapped[dict[str, Any]] = mapped_column(Json)
    used_at: Mapped[datetime] = mapped_column(Instant)

    __table_args__ = (
        Index("ix_import_mapping_signature", "kind", "signature", unique=True),
        {"info": NOT_AUDITED},
    )
