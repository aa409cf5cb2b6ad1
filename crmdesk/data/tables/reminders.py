"""Reminders: what a person has been reminded of, and what he answered; the same on all his computers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Instant, Record


class Reminder(Record, Base):
    """One occasion to remind one person. `key` names it: a task with the moment it is due, a birthday with its year.

    A task that is moved has a new key, and so reminds again. No row: nobody was reminded yet.
    """

    __tablename__ = "reminder"
    user_id: Mapped[int] = mapped_column(BigInt, ForeignKey("app_user.id"))
    key: Mapped[str] = mapped_column(String(80))
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
    snoozed_until: Mapped[datetime | None] = mapped_column(Instant)
    dismissed_at: Mapped[datetime | None] = mapped_column(Instant)

    __table_args__ = (UniqueConstraint("user_id", "key"),)
