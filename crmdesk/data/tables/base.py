"""What every table shares: the types of the house, and the columns of a record.

Days are proleptic ordinals (`date.toordinal`), instants milliseconds since 1970 in UTC, money minor units,
quantities thousandths: whole numbers scan faster and compare the same on both stores.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

BigInt = BigInteger().with_variant(Integer(), "sqlite")  # INTEGER PRIMARY KEY is SQLite's own row id
NOT_AUDITED = {"audited": False}  # the `info` of tables whose rows follow from others, or are the trail itself
Json = JSON().with_variant(JSONB(), "postgresql")


def code_point_string(length: int) -> String:
    """A text compared and ordered by code points on both stores: what sort keys and prefix ranges rely on."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class Day(TypeDecorator[date]):
    """A date, stored as its ordinal. The processors are plain functions: lists read tens of thousands of days."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Date to ordinal."""
        return _ordinal(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """The same as a function."""
        return _ordinal

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Ordinal to date."""
        return _day(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """The same as a function."""
        return _day


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, stored as milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """Aware datetime to milliseconds."""
        return _milliseconds(value)

    def bind_processor(self, dialect: Dialect) -> Any:
        """The same as a function."""
        return _milliseconds

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Milliseconds to aware datetime."""
        return _moment(value)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """The same as a function."""
        return _moment


def _ordinal(value: Any) -> int | None:
    if value is None:
        return None
    return value.toordinal() if isinstance(value, date) else int(value)


def _day(value: Any, *, day_of: Any = date.fromordinal) -> date | None:
    return None if value is None else day_of(value)


def _milliseconds(value: Any) -> int | None:
    if value is None or isinstance(value, int):
        return value
    return round(float(value.timestamp()) * 1000)


def _moment(value: Any) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class Base(DeclarativeBase):
    """The model. Every constraint has a name from day one, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {date: Day, datetime: Instant, int: BigInt, dict[str, Any]: Json}


class Record:
    """A row that people make and change: never deleted, never overwritten by a stale hand."""

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(Instant)
    archived_at: Mapped[datetime | None] = mapped_column(Instant)
    import_id: Mapped[int | None] = mapped_column(BigInt)  # the import run that made it, when one did

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        """A stale save changes no row, and raises; the triggers hold bulk changes to `version = version + 1`."""
        return {"version_id_col": cls.version}
