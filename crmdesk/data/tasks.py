"""Queries of tasks; the SQL twins of domain/tasks.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_

from crmdesk.data.tables import Task


def open_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_open; spelled like the partial indexes of the table, so that they serve it."""
    return and_(row.done_at.is_(None), row.released_at.is_(None), row.archived_at.is_(None))


def overdue_clause(today: date | Any, row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_overdue."""
    return and_(open_clause(row), row.due_day < today)


def hanging_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_hanging."""
    return and_(open_clause(row), row.due_day.is_(None))


def owed_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_owed."""
    return and_(row.promise, row.due_day.is_not(None), row.archived_at.is_(None), row.released_at.is_(None))


def kept_clause(row: Any = Task) -> ColumnElement[bool]:
    """Twin of domain.tasks.is_kept."""
    return and_(owed_clause(row), row.done_day <= row.due_day)
