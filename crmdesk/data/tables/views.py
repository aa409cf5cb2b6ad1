"""Saved views: a filter, its sorting and its columns under a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Json, Record


class SavedView(Record, Base):
    """What somebody wants to see again. Without a user it is everybody's."""

    __tablename__ = "saved_view"
    user_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("app_user.id"))
    screen: Mapped[str] = mapped_column(String(20), default="clients")
    name: Mapped[str] = mapped_column(String(100))
    wanted: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # filter, sorting, columns
    pinned: Mapped[bool] = mapped_column(Boolean, default=False)  # stands in the rail too
    position: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (Index("ix_saved_view_user", "user_id", "screen"),)
