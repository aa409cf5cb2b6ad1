"""Queries of interactions; the SQL twins of domain/interactions.py."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, or_

from crmdesk.data.tables import Interaction
from crmdesk.domain.interactions import NOT_REACHED
from crmdesk.domain.lists import ContactKind, Rung

# Literals, not parameters: a list of parameters is expanded anew at each execution.
_TRIED_IN_VAIN: list[Any] = [literal_column(f"'{key}'") for key in sorted(NOT_REACHED)]


def successful_call_clause(row: Any = Interaction) -> ColumnElement[bool]:
    """Twin of domain.interactions.is_successful_call."""
    return and_(
        row.kind == ContactKind.CALL.value,
        or_(row.rung != Rung.NONE.value, and_(row.result != "", row.result.not_in(_TRIED_IN_VAIN))),
    )


def visit_clause(row: Any = Interaction) -> ColumnElement[bool]:
    """Twin of domain.interactions.is_visit."""
    return and_(
        row.kind == ContactKind.VISIT.value, or_(row.rung != Rung.NONE.value, row.result.not_in(_TRIED_IN_VAIN))
    )


def contact_clause(row: Any = Interaction) -> ColumnElement[bool]:
    """Twin of domain.interactions.is_contact."""
    return and_(
        row.kind != ContactKind.MAILING.value, or_(row.rung != Rung.NONE.value, row.result.not_in(_TRIED_IN_VAIN))
    )


def mailing_clause(row: Any = Interaction) -> ColumnElement[bool]:
    """Twin of domain.interactions.is_mailing."""
    return and_(row.kind == ContactKind.MAILING.value)
