"""What an import asks of the store and writes to it: many rows at a time, in the caller's one transaction.

Values are the driver's own (days as ordinals, instants as milliseconds), because a million of them pass through.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, delete, insert, select, text, type_coerce, update

from crmdesk.data import bulk, tables
from crmdesk.data.dialects import among, chunks
from crmdesk.data.tables import Client, ContactPoint, ImportMapping, ImportRun, Order, OrderLine, Person, Product
from crmdesk.data.writing import Writing
from crmdesk.domain.text import fold
from crmdesk.system.ids import new_id

LOADED = 20_000  # rows a statement
ClientName = tuple[int, str | None, str | None, str, str, int | None]
"""(id, code, tax number, match key, name, manager)"""

CLIENT_FIELDS = (
    "name", "is_company", "code", "tax_number", "manager_id", "tracked", "action_segment", "importance", "stage",
    "city", "address", "industry", "channel", "since", "notes",
)  # fmt: skip
PERSON_FIELDS = (
    "client_id", "surname", "given_name", "patronymic", "gender", "birth_day", "birth_month", "birth_year",
    "profession", "role", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One import that took place."""

    id: int
    kind: str
    file_name: str
    sha256: str
    at: datetime
    user_id: int | None
    added: int
    updated: int
    unchanged: int
    refused: int
    tx: int
    undone_at: datetime | None


# asking -----------------------------------------------------------------------------------------------
_NAMES = select(Client.id, Client.code, Client.tax_number, Client.match_key, Client.name, Client.manager_id).where(
    Client.archived_at.is_(None)
)


def client_names(connection: Connection) -> Iterator[ClientName]:
    """What every client that is not archived can be matched by."""
    for row in connection.execute(_NAMES):
        yield tuple(row)  # type: ignore[misc]


def _raw(model: Any, names: Sequence[str]) -> list[Any]:
    """Columns as the driver gives them: a day stays its ordinal."""
    columns = [getattr(model, name) for name in names]
    return [
        type_coerce(column, Integer).label(name) if type(column.type) is tables.base.Day else column
        for name, column in zip(names, columns, strict=True)
    ]


_CLIENTS = select(Client.id, *_raw(Client, CLIENT_FIELDS)).where(among(Client.id))
_PEOPLE = select(Person.id, *_raw(Person, PERSON_FIELDS)).where(Person.archived_at.is_(None), among(Person.client_id))
_CONTACTS = select(
    ContactPoint.client_id, ContactPoint.person_id, ContactPoint.kind, ContactPoint.normal, ContactPoint.original
).where(ContactPoint.archived_at.is_(None), among(ContactPoint.client_id))


def _mappings(connection: Connection, statement: Any, ids: Collection[int]) -> Iterator[Any]:
    for some in chunks(ids):
        yield from connection.execute(statement, {"ids": some}).mappings()


def clients(connection: Connection, ids: Collection[int]) -> dict[int, Any]:
    """The fields of clients that an import may change, by id."""
    return {row["id"]: row for row in _mappings(connection, _CLIENTS, ids)}


def people(connection: Connection, client_ids: Collection[int]) -> Iterator[Any]:
    """The people of clients."""
    return _mappings(connection, _PEOPLE, client_ids)


def contact_points(connection: Connection, client_ids: Collection[int]) -> Iterator[Any]:
    """The phones and e-mails of clients and their people."""
    return _mappings(connection, _CONTACTS, client_ids)


def people_named(connection: Connection, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """People whose folded full name is one of `names`: (id, client, full name)."""
    wanted = set(names)
    everybody = select(Person.id, Person.client_id, Person.surname, Person.given_name, Person.patronymic).where(
        Person.archived_at.is_(None)
    )
    found = []
    for row in connection.execute(everybody):
        name = " ".join(part for part in row[2:] if part)
        if fold(name) in wanted:
            found.append((row.id, row.client_id, name))
    return found


_PRODUCTS = select(Product.id, Product.code, Product.match_key, Product.name, Product.group_id, Product.unit).where(
    Product.archived_at.is_(None)
)
_GROUPS = select(tables.ProductGroup.id, tables.ProductGroup.name).where(tables.ProductGroup.archived_at.is_(None))


def products(connection: Connection) -> list[Any]:
    """All products."""
    return list(connection.execute(_PRODUCTS).mappings())


def product_groups(connection: Connection) -> list[tuple[int, str]]:
    """All product groups: (id, name)."""
    return [(row.id, row.name) for row in connection.execute(_GROUPS)]


_ORDERS = select(
    Order.id,
    Order.client_id,
    type_coerce(Order.day, Integer).label("day"),
    Order.number,
    Order.stage,
    Order.total,
    Order.cost,
    Order.manager_id,
    Order.import_id,
).where(
    Order.archived_at.is_(None),
    among(Order.client_id),
    type_coerce(Order.day, Integer).between(bindparam("first"), bindparam("last")),
)
_LINES = (
    select(
        OrderLine.order_id, OrderLine.line, OrderLine.product_id, OrderLine.quantity, OrderLine.amount, OrderLine.cost
    )
    .where(among(OrderLine.order_id))
    .order_by(OrderLine.order_id, OrderLine.line)
)


def orders(connection: Connection, client_ids: Collection[int], first: int, last: int) -> Iterator[Any]:
    """The orders of clients from the first to the last day (ordinals)."""
    for some in chunks(client_ids):
        yield from connection.execute(_ORDERS, {"ids": some, "first": first, "last": last})


def order_lines(connection: Connection, order_ids: Collection[int]) -> Iterator[Any]:
    """The lines of orders, in their order."""
    for some in chunks(order_ids):
        yield from connection.execute(_LINES, {"ids": some})


_INTERACTIONS = select(
    tables.Interaction.client_id,
    type_coerce(tables.Interaction.day, Integer).label("day"),
    tables.Interaction.kind,
    tables.Interaction.result,
    tables.Interaction.resume,
).where(tables.Interaction.archived_at.is_(None), among(tables.Interaction.client_id))
_TASKS = select(
    tables.Task.id,
    tables.Task.client_id,
    type_coerce(tables.Task.done_day, Integer).label("done_day"),
    tables.Task.kind,
    tables.Task.title,
    type_coerce(tables.Task.first_due_day, Integer).label("first_due_day"),
    tables.Task.promise,
).where(tables.Task.archived_at.is_(None))


def interactions(connection: Connection, client_ids: Collection[int]) -> Iterator[Any]:
    """The contacts of clients, as an import compares them."""
    return _mappings(connection, _INTERACTIONS, client_ids)


def tasks(connection: Connection) -> Iterator[Any]:
    """All tasks, as an import compares them; some are of no client."""
    yield from connection.execute(_TASKS).mappings()


# writing ----------------------------------------------------------------------------------------------
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7700, 5)")


def alone(writing: Writing) -> None:
    """Makes a second import wait until this one is stored, so that it sees what came in; SQLite's writers do anyway."""
    if writing.connection.dialect.name == "postgresql":
        writing.connection.execute(_ONE_AT_A_TIME)


def add(writing: Writing, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[int]:
    """Inserts rows, many a statement; yields how many are in after each."""
    model = _MODELS[table]
    ordered = iter(rows)
    done = 0
    while some := list(islice(ordered, LOADED)):
        bulk.load(writing.connection, model, columns, some)
        done += len(some)
        yield done


_MODELS: dict[str, Any] = {
    model.__tablename__: model
    for model in (Client, Person, ContactPoint, Order, OrderLine, Product, tables.ProductGroup, tables.Interaction,
                  tables.Task)
}  # fmt: skip


def change(writing: Writing, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Updates rows by their `id`, each a version further; rows with the same keys go in one statement."""
    model = _MODELS[table].__table__
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        names = tuple(name for name in row if name != "id")
        alike.setdefault(names, []).append({f"b_{name}": value for name, value in row.items()})
    for names, some in alike.items():
        statement = (
            update(model)
            .where(model.c.id == bindparam("b_id"))
            .values({name: bindparam(f"b_{name}") for name in names} | {"version": model.c.version + 1})
        )
        for start in range(0, len(some), LOADED):
            writing.connection.execute(statement, some[start : start + LOADED])


def drop_lines(writing: Writing, order_ids: Collection[int]) -> None:
    """Takes the lines of orders away, to make room for what the document says now; the trail keeps them."""
    statement = delete(OrderLine).where(among(OrderLine.order_id))
    for some in chunks(order_ids):
        writing.connection.execute(statement, {"ids": some})


def add_run(writing: Writing, values: Mapping[str, Any]) -> None:
    """Notes that an import took place."""
    writing.connection.execute(insert(ImportRun), {"at": writing.at, "tx": writing.tx, "undone_at": None, **values})


_RUN = select(ImportRun.__table__)


def run_by_id(connection: Connection, import_id: int) -> Run | None:
    """The import of this id."""
    row = connection.execute(_RUN.where(ImportRun.id == import_id)).mappings().first()
    return None if row is None else Run(**row)


def runs(connection: Connection) -> tuple[Run, ...]:
    """All imports, the newest first."""
    return tuple(Run(**row) for row in connection.execute(_RUN.order_by(ImportRun.id.desc())).mappings())


def mark_undone(writing: Writing, import_id: int) -> None:
    """Notes that an import was taken back."""
    writing.connection.execute(update(ImportRun).where(ImportRun.id == import_id).values(undone_at=writing.at))


def kept_mapping(connection: Connection, kind: str, signature: str) -> dict[str, Any] | None:
    """The mapping last used for a file with these headings."""
    found: dict[str, Any] | None = connection.scalar(
        select(ImportMapping.mapping).where(ImportMapping.kind == kind, ImportMapping.signature == signature)
    )
    return found


def keep_mapping(writing: Writing, kind: str, signature: str, mapping: Mapping[str, Any]) -> None:
    """Keeps the mapping for the next file with these headings."""
    same = (ImportMapping.kind == kind, ImportMapping.signature == signature)
    changed = writing.connection.execute(
        update(ImportMapping).where(*same).values(mapping=dict(mapping), used_at=writing.at)
    )
    if changed.rowcount == 0:
        writing.connection.execute(
            insert(ImportMapping).values(
                id=new_id(), kind=kind, signature=signature, mapping=dict(mapping), used_at=writing.at
            )
        )
