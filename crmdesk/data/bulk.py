"""Loading many rows at once: COPY on Postgres, one prepared statement on SQLite. Triggers fire on both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection


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
    held = list(rows)
    if held:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({marks})", [tuple(row) for row in held])
