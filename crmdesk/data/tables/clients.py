"""Clients, their people, phones and e-mails, consents, potential."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from crmdesk.data.tables.base import Base, BigInt, Day, Json, Record, code_point_string


class Client(Record, Base):
    """A company or a private person we work with, or hope to, or used to."""

    __tablename__ = "client"
    name: Mapped[str] = mapped_column(String(500))
    is_company: Mapped[bool] = mapped_column(Boolean, default=True)
    code: Mapped[str | None] = mapped_column(String(60))  # the code in 1C
    tax_number: Mapped[str | None] = mapped_column(String(20))  # ИНН, ЄДРПОУ
    manager_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("app_user.id"))
    branch_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("branch.id"))
    tracked: Mapped[bool] = mapped_column(Boolean, default=False)
    action_segment: Mapped[str] = mapped_column(String(20), default="NONE")
    visits_norm: Mapped[int | None] = mapped_column(Integer)  # own norm a month, overrides the segment's
    calls_norm: Mapped[int | None] = mapped_column(Integer)
    mailings_norm: Mapped[int | None] = mapped_column(Integer)
    importance: Mapped[str] = mapped_column(String(20), default="regular")
    stage: Mapped[str] = mapped_column(String(20), default="lead")
    goal_kind: Mapped[str | None] = mapped_column(String(20))
    goal_value: Mapped[int | None] = mapped_column(BigInt)
    city: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    industry: Mapped[str] = mapped_column(String(60), default="")
    channel: Mapped[str] = mapped_column(String(60), default="")  # how he came to us
    referrer_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("client.id"))
    since: Mapped[date | None] = mapped_column(Day)
    lost_on: Mapped[date | None] = mapped_column(Day)
    lost_reason: Mapped[str] = mapped_column(String(60), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    own_fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    match_key: Mapped[str] = mapped_column(String(500), default="")  # domain.text.firm_key(name)
    sort_key: Mapped[str] = mapped_column(code_point_string(500), default="")  # domain.text.sort_key(name)

    __table_args__ = (
        Index("ix_client_manager_tracked", "manager_id", "tracked", "archived_at"),
        Index("ix_client_match_key", "match_key"),
        Index("ix_client_code", "code"),
        Index("ix_client_tax_number", "tax_number"),
        Index("ix_client_sort_key", "sort_key"),
    )


class Person(Record, Base):
    """Somebody at a client. A birthday may lack its year; 31 February does not exist."""

    __tablename__ = "person"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), index=True)
    surname: Mapped[str] = mapped_column(String(120), default="")
    given_name: Mapped[str] = mapped_column(String(120), default="")
    patronymic: Mapped[str] = mapped_column(String(120), default="")
    gender: Mapped[str | None] = mapped_column(String(10))
    birth_day: Mapped[int | None] = mapped_column(Integer)
    birth_month: Mapped[int | None] = mapped_column(Integer)
    birth_year: Mapped[int | None] = mapped_column(Integer)
    profession: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(60), default="")
    notes: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index(
            "ix_person_birthday",
            "birth_month",
            "birth_day",
            sqlite_where=text("birth_month IS NOT NULL"),
            postgresql_where=text("birth_month IS NOT NULL"),
        ),
    )


class ContactPoint(Record, Base):
    """A phone or an e-mail of a client or of one of his people; as typed, and as machines read it."""

    __tablename__ = "contact_point"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # phone, email
    original: Mapped[str] = mapped_column(String(200))
    normal: Mapped[str] = mapped_column(String(200), default="", index=True)  # E.164, lower-case e-mail; "" unreadable
    extension: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int] = mapped_column(Integer, default=0)


class Consent(Record, Base):
    """Whether a person agreed to be written to by a channel, when, and where we have it from."""

    __tablename__ = "consent"
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))  # email, sms, call, letter, messenger
    given: Mapped[bool] = mapped_column(Boolean)
    on_day: Mapped[date] = mapped_column(Day)
    origin: Mapped[str] = mapped_column(String(200), default="")


class Potential(Record, Base):
    """What a client could spend a month, minor units; without a product group: on everything."""

    __tablename__ = "potential"
    client_id: Mapped[int] = mapped_column(BigInt, ForeignKey("client.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("product_group.id"))
    monthly: Mapped[int] = mapped_column(BigInt)
    on_day: Mapped[date] = mapped_column(Day)
