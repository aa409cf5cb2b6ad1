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


def norms(connection: Connection) -> dict[ActionSegment, tuple[int, int, int]]:
    """The norms of the action segments: visits, calls, mailings a month."""
    table = tables.ActionSegmentNorm
    rows = connection.execute(select(table.key, table.visits, table.calls, table.mailings))
    return {ActionSegment(row.key): (row.visits, row.calls, row.mailings) for row in rows}


def set_norm(writing: Writing, segment: ActionSegment, visits: int, calls: int, mailings: int) -> None:
    """Another norm of an action segment."""
    table = tables.ActionSegmentNorm
    writing.connection.execute(
        update(table)
        .where(table.key == segment.value)
        .values(visits=visits, calls=calls, mailings=mailings, version=table.version + 1)
    )


def insert_norms(writing: Writing, norms: Mapping[ActionSegment, tuple[int, int, int]]) -> None:
    """The first norms of a new office: visits, calls, mailings a month."""
    writing.connection.execute(
        insert(tables.ActionSegmentNorm),
        [
            {"key": segment.value, "visits": visits, "calls": calls, "mailings": mailings}
            for segment, (visits, calls, mailings) in norms.items()
        ],
    )
