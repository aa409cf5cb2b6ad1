"""Who has which client's card open: a hint for the others, not a lock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import NOT_AUDITED, Base, BigInt, Instant


class Presence(Base):
    """The card that a user opened last and has not left; one row a user, moved from card to card."""

    __tablename__ = "presence"
    user_id: Mapped[int] = mapped_column(BigInt, ForeignKey("app_user.id"), primary_key=True, autoincrement=False)
    client_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("client.id"))  # None: left
    at: Mapped[datetime] = mapped_column(Instant)  # the last sign of him

    __table_args__ = (Index("ix_presence_client", "client_id"), {"info": NOT_AUDITED})
