"""What leaves the office as tables: rows streamed, values typed for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from crmdesk.data.tables import (
    Client,
    ContactPoint,
    Interaction,
    Order,
    OrderLine,
    Person,
    Product,
    ProductGroup,
    Task,
    User,
)
from crmdesk.domain.names import Birthday

AT_ONCE = 2000  # rows fetched at a time: an export of a million lines needs no more memory than this


def rows(connection: Connection, kind: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a kind (clients, people, orders, products, interactions, tasks), columns as services.exports says."""
    statement, shaped = _KINDS[kind]
    result = connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(statement)
    for row in result:
        yield shaped(row) if shaped else tuple(row)


def phones_and_mails(connection: Connection) -> dict[int, tuple[list[str], list[str]]]:
    """All phones and e-mails of people, by person."""
    found: dict[int, tuple[list[str], list[str]]] = {}
    for person_id, kind, original in connection.execute(_CONTACTS):
        found.setdefault(person_id, ([], []))[kind == "email"].append(original)
    return found


def _money(minor: int | None) -> Decimal | None:
    return None if minor is None else Decimal(minor).scaleb(-2)


def _order(row: Any) -> tuple[Any, ...]:
    *head, product_code, words, product, quantity, amount, cost, total, order_cost = row
    if amount is None:  # an order without lines
        return (*head, None, "", None, _money(total), _money(order_cost))
    return (*head, product_code, words or product or "", Decimal(quantity).scaleb(-3), _money(amount), _money(cost))


def _person(row: Any) -> tuple[Any, ...]:
    person_id, *head, day, month, year = row
    birthday = Birthday(day, month, year) if day and month else None
    return (person_id, *head, birthday)


_CONTACTS: Any = (
    select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.original)
    .where(ContactPoint.archived_at.is_(None), ContactPoint.person_id.is_not(None))
    .order_by(ContactPoint.person_id, ContactPoint.position, ContactPoint.id)
)
_CLIENTS = (
    select(
        Client.code,
        Client.name,
        Client.tax_number,
        User.login,
        Client.action_segment,
        Client.importance,
        Client.stage,
        Client.tracked,
        Client.city,
        Client.address,
        Client.industry,
        Client.channel,
        Client.since,
        Client.notes,
    )
    .outerjoin(User, User.id == Client.manager_id)
    .where(Client.archived_at.is_(None))
    .order_by(Client.sort_key, Client.id)
)
_PEOPLE = (
    select(
        Person.id,
        Client.name,
        Client.code,
        Person.surname,
        Person.given_name,
        Person.patronymic,
        Person.role,
        Person.profession,
        Person.birth_day,
        Person.birth_month,
        Person.birth_year,
    )
    .join(Client, Client.id == Person.client_id)
    .where(Person.archived_at.is_(None), Client.archived_at.is_(None))
    .order_by(Client.sort_key, Client.id, Person.id)
)
_ORDERS = (
    select(
        Client.name,
        Client.code,
        Order.day,
        Order.number,
        Order.stage,
        Product.code,
        OrderLine.words,
        Product.name,
        OrderLine.quantity,
        OrderLine.amount,
        OrderLine.cost,
        Order.total,
        Order.cost,
    )
    .join(Client, Client.id == Order.client_id)
    .outerjoin(OrderLine, OrderLine.order_id == Order.id)
    .outerjoin(Product, Product.id == OrderLine.product_id)
    .where(Order.archived_at.is_(None))
    .order_by(Order.day, Order.id, OrderLine.line)
)
_PRODUCTS = (
    select(Product.code, Product.name, ProductGroup.name, Product.unit)
    .outerjoin(ProductGroup, ProductGroup.id == Product.group_id)
    .where(Product.archived_at.is_(None))
    .order_by(Product.name, Product.id)
)
_INTERACTIONS = (
    select(
        Client.name,
        Client.code,
        Interaction.day,
        Interaction.kind,
        Interaction.result,
        Interaction.resume,
        User.login,
    )
    .join(Client, Client.id == Interaction.client_id)
    .outerjoin(User, User.id == Interaction.manager_id)
    .where(Interaction.archived_at.is_(None))
    .order_by(Interaction.day, Interaction.at, Interaction.id)
)
_TASKS = (
    select(
        Client.name,
        Client.code,
        Task.due_day,
        Task.kind,
        Task.title,
        Task.promise,
        Task.done_day,
        Task.release_reason,
        User.login,
    )
    .outerjoin(Client, Client.id == Task.client_id)
    .outerjoin(User, User.id == Task.manager_id)
    .where(Task.archived_at.is_(None))
    .order_by(Task.due_day, Task.id)
)
_KINDS: dict[str, tuple[Any, Callable[[Any], tuple[Any, ...]] | None]] = {
    "clients": (_CLIENTS, None),
    "people": (_PEOPLE, _person),
    "orders": (_ORDERS, _order),
    "products": (_PRODUCTS, None),
    "interactions": (_INTERACTIONS, None),
    "tasks": (_TASKS, None),
}
