"""Queries of interactions; the SQL twins of domain/interactions.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, insert, literal_column, or_, select, update

from crmdesk.data.ready import Ready
from crmdesk.data.tables import Interaction
from crmdesk.data.writing import Writing
from crmdesk.domain.interactions import NO_CONTACT, NOT_REACHED, InteractionRow
from crmdesk.domain.lists import ContactKind, Rung

# Literals, not parameters: a list of parameters is expanded anew at each execution.
_TRIED_IN_VAIN: list[Any] = [literal_column(f"'{key}'") for key in sorted(NOT_REACHED)]
_NO_CONTACT: list[Any] = [literal_column(f"'{key}'") for key in sorted(NO_CONTACT)]


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
    return and_(row.kind.not_in(_NO_CONTACT), or_(row.rung != Rung.NONE.value, row.result.not_in(_TRIED_IN_VAIN)))


def mailing_clause(row: Any = Interaction) -> ColumnElement[bool]:
    """Twin of domain.interactions.is_mailing."""
    return and_(row.kind == ContactKind.MAILING.value)


_FIELDS = tuple(field.name for field in fields(InteractionRow))
_OF_CLIENT = Ready(
    select(
        Interaction.id,
        Interaction.client_id,
        Interaction.person_id,
        Interaction.manager_id,
        Interaction.kind,
        Interaction.at,
        Interaction.day,
        Interaction.result,
        Interaction.rung,
        Interaction.resume,
        Interaction.no_next_reason,
        Interaction.minutes,
    )
    .where(Interaction.client_id == bindparam("client"), Interaction.archived_at.is_(None))
    .order_by(Interaction.day.desc(), Interaction.at.desc(), Interaction.id.desc())
    .limit(bindparam("limit"))
)
_INSERT = Ready(insert(Interaction).values({name: bindparam(name) for name in (*_FIELDS, "created_at")}))


def of_client(connection: Connection, client_id: int, limit: int = 50) -> tuple[InteractionRow, ...]:
    """The last contacts with a client, newest first."""
    return ask_of_client(connection, client_id, limit)()


def ask_of_client(connection: Connection, client_id: int, limit: int = 50) -> Callable[[], tuple[InteractionRow, ...]]:
    """The same, asked now and answered when called."""
    answer = _OF_CLIENT.ask(connection, client=client_id, limit=limit)
    return lambda: tuple(InteractionRow(*row) for row in answer())


def insert_row(writing: Writing, row: InteractionRow) -> None:
    """Stores a new contact."""
    values = {name: getattr(row, name) for name in _FIELDS}
    _INSERT.run(writing.connection, **values, created_at=writing.at)
    writing.touch([row.client_id], days=[row.day], words=False)


def change(writing: Writing, interaction_id: int, **values: Any) -> bool:
    """Changes a contact, whoever read it last; whether there is such. Figures of its client and day follow."""
    row = writing.connection.execute(
        select(Interaction.client_id, Interaction.day).where(
            Interaction.id == interaction_id, Interaction.archived_at.is_(None)
        )
    ).first()
    if row is None:
        return False
    writing.connection.execute(
        update(Interaction).where(Interaction.id == interaction_id).values(**values, version=Interaction.version + 1)
    )
    writing.touch([row.client_id], days=[row.day], words=False)
    return True
