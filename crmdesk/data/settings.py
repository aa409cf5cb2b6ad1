"""The settings of the office (name, currency, sheet factors, …) and the norms of its action segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from crmdesk.data import tables
from crmdesk.data.writing import Writing
from crmdesk.domain.lists import ActionSegment


def all_settings(connection: Connection) -> dict[str, Any]:
    """Every setting by its key."""
    rows = connection.execute(select(tables.Setting.key, tables.Setting.value))
    return {row.key: row.value for row in rows}


def put(writing: Writing, values: Mapping[str, Any]) -> None:
    """Keeps settings; a new key is added, a known one changed."""
    known = set(writing.connection.scalars(select(tables.Setting.key)))
    for key, value in values.items():
        if key in known:
            writing.connection.execute(
                update(tables.Setting)
                .where(tables.Setting.key == key)
                .values(value=value, version=tables.Setting.version + 1)
            )
        else:
            writing.connection.execute(insert(tables.Setting).values(key=key, value=value))


def insert_norms(writing: Writing, norms: Mapping[ActionSegment, tuple[int, int, int]]) -> None:
    """The first norms of a new office: visits, calls, mailings a month."""
    writing.connection.execute(
        insert(tables.ActionSegmentNorm),
        [
            {"key": segment.value, "visits": visits, "calls": calls, "mailings": mailings}
            for segment, (visits, calls, mailings) in norms.items()
        ],
    )
