"""Tasks: something to do by a day; some of them promises."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Day, Instant, Record

OPEN = "done_at IS NULL AND released_at IS NULL AND archived_at IS NULL"


class Task(Record, Base):
    """Something to do. Open while neither done, released nor archived."""

    __tablename__ = "task"
    client_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("client.id"))
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    manager_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("app_user.id"))
    kind: Mapped[str] = mapped_column(String(20))  # domain.lists.TaskKind
    title: Mapped[str] = mapped_column(String(500), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[bool] = mapped_column(Boolean, default=False)
    routine: Mapped[bool] = mapped_column(Boolean, default=False)  # asked for by the norm only
    priority: Mapped[int] = mapped_column(Integer, default=0)
    due_day: Mapped[date | None] = mapped_column(Day)
    due_time: Mapped[int | None] = mapped_column(Integer)  # minutes after midnight, wall clock of `zone`
    zone: Mapped[str] = mapped_column(String(60), default="")
    minutes: Mapped[int | None] = mapped_column(Integer)  # how long it takes
    first_due_day: Mapped[date | None] = mapped_column(Day)
    moved_count: Mapped[int] = mapped_column(Integer, default=0)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_day: Mapped[date | None] = mapped_column(Day)
    released_at: Mapped[datetime | None] = mapped_column(Instant)  # no longer to be done, with a reason
    release_reason: Mapped[str] = mapped_column(String(200), default="")
    no_next_reason: Mapped[str | None] = mapped_column(String(200))  # why nothing follows once it is done
    interaction_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("interaction.id"))  # asked for by, or done as

    __table_args__ = (
        Index(
            "ix_task_manager_open",
            "manager_id",
            "due_day",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index(
            "ix_task_client_open",
            "client_id",
            "due_day",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_task_manager_day", "manager_id", "due_day"),
        Index(
            "ix_task_manager_done",
            "manager_id",
            "done_day",
            sqlite_where=text("done_day IS NOT NULL"),
            postgresql_where=text("done_day IS NOT NULL"),
        ),
        Index(
            "ix_task_promise", "manager_id", "due_day", sqlite_where=text("promise"), postgresql_where=text("promise")
        ),
        Index("ix_task_client", "client_id", "due_day"),
    )
