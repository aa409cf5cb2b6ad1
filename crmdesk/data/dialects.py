"""What the two stores say differently: a set of ids as one parameter, the month of a day, holding clients."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Dialect, Integer, Text, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from crmdesk.data import tables
from crmdesk.data.ready import Ready

CHUNK = 1000  # ids a statement: enough to forget the cost of a statement, few enough for an index plan


class Ids(TypeDecorator[Any]):
    """A set of ids as one parameter: a JSON text for SQLite, an array for Postgres; a statement compiles once."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the driver is told."""
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Ids to what the driver takes."""
        return list(value) if dialect.name == "postgresql" else json.dumps(list(value))


class Texts(Ids):
    """The same for a set of texts."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the driver is told."""
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """Stands as it is: SQLite would be told `… = 1`, and its indexes would not be used."""
        return self


def among(key: Any, name: str = "ids", kind: type[Ids] = Ids, *, values: Collection[int] | None = None) -> _Among:
    """The clause "`key` is one of the ids (or `Texts`) given as the parameter `name`", or of these `values`."""
    if values is not None:
        return _Among(key, bindparam(name, list(values), type_=kind(), unique=True))
    return _Among(key, bindparam(name, type_=kind()))


@compiles(_Among, "sqlite")
def _among_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    key, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{key} IN (SELECT value FROM json_each({ids}))"


@compiles(_Among, "postgresql")
def _among_postgres(element: Any, compiler: Any, **kw: Any) -> str:
    key, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{key} = ANY ({ids})"


class month_of(FunctionElement[int]):
    """The month (yyyymm) of a day kept as an ordinal: what domain.months.month_of is in Python."""

    type = Integer()
    inherit_cache = True


@compiles(month_of, "sqlite")
def _month_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    (day,) = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(strftime('%Y%m', {day} + 1721424.5) AS INTEGER)"  # ordinal 1 is Julian day 1721425.5


@compiles(month_of, "postgresql")
def _month_postgres(element: Any, compiler: Any, **kw: Any) -> str:
    (day,) = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(to_char(DATE '0001-01-01' + ({day} - 1), 'YYYYMM') AS INTEGER)"


_HOLD = Ready(
    select(column("id"))
    .select_from(tables.Client.__table__)
    .where(among(column("id")))
    .order_by(column("id"))
    .with_for_update(key_share=True)
)
_HOLD_ALL = Ready(
    select(func.count()).select_from(
        select(tables.Client.id).order_by(tables.Client.id).with_for_update(key_share=True).subquery()
    )
)


def hold(connection: Connection, client_ids: Collection[int] | None) -> None:
    """Makes a second writer of the same clients (None: of any) wait, so that he counts what we wrote.

    SQLite has one writer at a time anyway. In the order of ids, so that two bulk writers do not lock each other up.
    """
    if connection.dialect.name != "postgresql":
        return
    if client_ids is None:
        _HOLD_ALL.run(connection)
    else:
        _HOLD.run(connection, ids=client_ids)


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Statements run for their effect inside the block go to a server in one round trip; an error comes at its end."""
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    with driver.pipeline():
        yield


def chunks(ids: Collection[int], size: int = CHUNK) -> Iterator[list[int]]:
    """The ids in order, `size` at a time."""
    ordered = iter(sorted(ids))
    while chunk := list(islice(ordered, size)):
        yield chunk
