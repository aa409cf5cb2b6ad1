"""Loading many rows at once: COPY on Postgres, one prepared statement on SQLite. Triggers fire on both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection

AT_ONCE = 20_000  # rows held in memory


def load(connection: Connection, table: Any, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Inserts rows of driver values (days as ordinals, instants as milliseconds, JSON as text) into a table.

    The order of `columns` is that of the values; columns left out take the server's default or NULL.
    """
    name, names = table.__tablename__, ", ".join(columns)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    remaining = iter(rows)
    while held := [tuple(row) for row in islice(remaining, AT_ONCE)]:
        connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({marks})", held)
