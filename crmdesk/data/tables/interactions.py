"""Interactions: contacts that took place, each with its résumé."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Day, Instant, Record


class Interaction(Record, Base):
    """A visit, call, letter, meeting that took place."""

    __tablename__ = "interaction"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"))
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    manager_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(String(20))  # domain.lists.ContactKind
    at: Mapped[datetime] = mapped_column(Instant)
    day: Mapped[date] = mapped_column(Day)  # the office's day of `at`
    minutes: Mapped[int | None] = mapped_column(Integer)  # how long it took
    result: Mapped[str] = mapped_column(String(40), default="")  # key of lists.toml contact_result
    rung: Mapped[str] = mapped_column(String(10), default="none")  # domain.lists.Rung
    resume: Mapped[str] = mapped_column(Text, default="")
    no_next_reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        Index("ix_interaction_client", "client_id", "day", "kind", "rung", "result"),
        Index("ix_interaction_manager", "manager_id", "day", "kind"),
    )
