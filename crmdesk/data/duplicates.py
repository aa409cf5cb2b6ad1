"""Queries of clients who may be the one that is being typed in: three looks into indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from crmdesk.data.dialects import among
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, ContactPoint, User
from crmdesk.domain.duplicates import Duplicate, Likeness

MOST = 5  # of each likeness

_DUPLICATE = (
    select(Client.id, Client.name, Client.city, Client.manager_id, User.name.label("manager"))
    .outerjoin(User, User.id == Client.manager_id)
    .where(Client.archived_at.is_(None), Client.id != bindparam("but"))
    .order_by(Client.id)
    .limit(MOST)
)
_BY_NAME = Ready(_DUPLICATE.where(Client.match_key == bindparam("key")))
_BY_TAX = Ready(_DUPLICATE.where(Client.tax_number == bindparam("number")))
_CLIENTS_OF = Ready(
    select(ContactPoint.client_id)
    .where(ContactPoint.normal == bindparam("phone"), ContactPoint.archived_at.is_(None))
    .limit(MOST)
)
_BY_ID = Ready(_DUPLICATE.where(among(Client.id)))


def duplicates(
    connection: Connection, but: int, match_key: str, tax_numbers: Sequence[str], phones: Sequence[str]
) -> tuple[Duplicate, ...]:
    """Clients other than `but`, each once, for the surest of its reasons; empty texts ask for nothing."""
    found: dict[int, Duplicate] = {}
    for number in dict.fromkeys(tax_numbers):
        for row in _BY_TAX.rows(connection, but=but, number=number):
            found.setdefault(row[0], _duplicate(row, Likeness.TAX_NUMBER))
    owners = [row[0] for phone in dict.fromkeys(phones) for row in _CLIENTS_OF.rows(connection, phone=phone)]
    if owners:
        for row in _BY_ID.rows(connection, but=but, ids=list(dict.fromkeys(owners))):
            found.setdefault(row[0], _duplicate(row, Likeness.PHONE))
    if match_key:
        for row in _BY_NAME.rows(connection, but=but, key=match_key):
            found.setdefault(row[0], _duplicate(row, Likeness.NAME))
    return tuple(found.values())


def _duplicate(row: Sequence[Any], likeness: Likeness) -> Duplicate:
    client_id, name, city, manager_id, manager = row
    return Duplicate(client_id, name, city, manager_id, manager, likeness)
