"""Queries of clients: the list, the card, what is saved. Core statements built once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, distinct, func, insert, select, update

from crmdesk.data import interactions, orders, people, quiet, tasks
from crmdesk.data.dialects import together
from crmdesk.data.ready import Ready
from crmdesk.data.tables import Client, ClientMonth, ClientMonthProduct, ClientStat, Potential, User
from crmdesk.data.writing import Writing
from crmdesk.domain.card import BARS, NOW_MONTHS, STRIP_DAYS, full_months
from crmdesk.domain.clients import (
    ClientCard,
    ClientForm,
    PotentialRow,
)
from crmdesk.domain.sheet import MonthFigures
from crmdesk.domain.text import firm_key, sort_key

_FORM_FIELDS = tuple(field.name for field in fields(ClientForm))
_FORM: tuple[Any, ...] = tuple(getattr(Client, name) for name in _FORM_FIELDS)
_FORM_OF = Ready(select(*_FORM).where(Client.id == bindparam("client"), Client.archived_at.is_(None)))
_EXISTS = Ready(select(Client.id).where(Client.id == bindparam("client"), Client.archived_at.is_(None)))
_CARD = Ready(
    select(
        *_FORM,
        User.name,
        Client.archived_at,
        ClientStat.order_days,
        ClientStat.first_order,
        ClientStat.last_order,
        ClientStat.gap_mean,
        ClientStat.turnover,
        ClientStat.last_contact,
        ClientStat.next_due,
    )
    .outerjoin(ClientStat, ClientStat.client_id == Client.id)
    .outerjoin(User, User.id == Client.manager_id)
    .where(Client.id == bindparam("client"))
)
_MONTH_NAMES = MonthFigures._fields
_MONTHS = Ready(
    select(ClientMonth.month, *(getattr(ClientMonth, name) for name in _MONTH_NAMES)).where(
        ClientMonth.client_id == bindparam("client"), ClientMonth.month >= bindparam("since")
    )
)
_product = ClientMonthProduct.product_id
_SKUS = Ready(
    select(
        func.count(distinct(case((ClientMonthProduct.month >= bindparam("now"), _product)))),
        func.count(distinct(case((ClientMonthProduct.month < bindparam("now"), _product)))),
    ).where(
        ClientMonthProduct.client_id == bindparam("client"),
        ClientMonthProduct.month.between(bindparam("before"), bindparam("last")),
    )
)
_POTENTIAL = Ready(
    select(Potential.id, Potential.group_id, Potential.monthly, Potential.on_day).where(
        Potential.client_id == bindparam("client"), Potential.archived_at.is_(None)
    )
)


def card(connection: Connection, client_id: int, today: date) -> ClientCard | None:
    """Everything the card shows as of today, by ten statements whatever the history. None: no such client."""
    since, before, now, last = (full_months(today, count)[0] for count in (BARS, 2 * NOW_MONTHS, NOW_MONTHS, 1))
    with together(connection):  # all of it in one round trip to a server
        client = _CARD.ask(connection, client=client_id)
        asked_people = people.ask_of_client(connection, client_id)
        asked_months = _MONTHS.ask(connection, client=client_id, since=since)
        asked_skus = _SKUS.ask(connection, client=client_id, before=before, now=now, last=last)
        asked_sold = quiet.ask_late_order_days(connection, [client_id], today - timedelta(days=STRIP_DAYS))
        asked_contacts = interactions.ask_of_client(connection, client_id)
        asked_orders = orders.ask_of_client(connection, client_id)
        asked_tasks = tasks.ask_open_of_client(connection, client_id)
        asked_potential = _POTENTIAL.ask(connection, client=client_id)
    row = next(iter(client()), None)
    if row is None:
        return None
    form = ClientForm(*row[: len(_FORM)])
    manager, archived_at, *stats = row[len(_FORM) :]
    order_days, first_order, last_order, gap_mean, turnover, last_contact, next_due = stats
    persons, contacts = asked_people()
    skus, skus_before = next(iter(asked_skus()), (0, 0))
    return ClientCard(
        form=form,
        manager=manager,
        archived=archived_at is not None,
        order_days=order_days or 0,
        first_order=first_order,
        last_order=last_order,
        gap_mean=gap_mean,
        turnover=turnover or 0,
        last_contact=last_contact,
        next_due=next_due,
        people=persons,
        contacts=contacts,
        interactions=asked_contacts(),
        orders=asked_orders(),
        tasks=asked_tasks(form.name),
        months={month: MonthFigures(*figures) for month, *figures in asked_months()},
        potential=tuple(PotentialRow(*found) for found in asked_potential()),
        order_dates=tuple(asked_sold().get(client_id, ())),
        skus=skus,
        skus_before=skus_before,
    )


def exists(connection: Connection, client_id: int) -> bool:
    """Whether there is such a client, not archived."""
    return _EXISTS.first(connection, client=client_id) is not None


def form(connection: Connection, client_id: int) -> ClientForm | None:
    """What may be changed of a client, as it is stored; None when there is no such client, or he is archived."""
    row = _FORM_OF.first(connection, client=client_id)
    return ClientForm(*row) if row else None


def insert_form(writing: Writing, new: ClientForm) -> None:
    """Stores a new client."""
    values = _values(new)
    writing.connection.execute(
        insert(Client).values(**values, id=new.id, version=1, created_at=writing.at, own_fields={})
    )
    writing.touch([new.id], days=[])


def update_form(writing: Writing, changed: ClientForm) -> bool:
    """Stores a changed client when nobody else did since `changed.version`; whether it was stored."""
    done = writing.connection.execute(
        update(Client)
        .where(and_(Client.id == changed.id, Client.version == changed.version, Client.archived_at.is_(None)))
        .values(**_values(changed), version=changed.version + 1)
    )
    writing.touch([changed.id], days=[])
    return done.rowcount == 1


def archive(writing: Writing, client_id: int, *, archived: bool) -> bool:
    """Takes a client out of the lists, or puts him back; whether anything changed."""
    done = writing.connection.execute(
        update(Client)
        .where(Client.id == client_id, Client.archived_at.is_(None) if archived else Client.archived_at.is_not(None))
        .values(archived_at=writing.at if archived else None, version=Client.version + 1)
    )
    writing.touch([client_id], days=[])
    return done.rowcount == 1


def _values(stored: ClientForm) -> dict[str, Any]:
    values = {name: getattr(stored, name) for name in _FORM_FIELDS if name not in ("id", "version")}
    return {**values, "match_key": firm_key(stored.name), "sort_key": sort_key(stored.name)}
