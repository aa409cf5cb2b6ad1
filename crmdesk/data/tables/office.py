"""The office itself: settings, branches, users, the norms of the action segments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Json, Record


class Setting(Base):
    """One choice of the office (name, currency, zone, country, lang, demo, sheet_factors, …) as JSON."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class Branch(Record, Base):
    """A branch of the office."""

    __tablename__ = "branch"
    name: Mapped[str] = mapped_column(String(200))


class User(Record, Base):
    """Somebody who works here; on Postgres `login` is a database login."""

    __tablename__ = "app_user"
    login: Mapped[str] = mapped_column(String(63), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    branch_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("branch.id"))
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class ActionSegmentNorm(Base):
    """The contact norm of an action segment: how many a month. A client may have his own."""

    __tablename__ = "action_segment"
    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    visits: Mapped[int] = mapped_column(Integer, default=0)
    calls: Mapped[int] = mapped_column(Integer, default=0)
    mailings: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
