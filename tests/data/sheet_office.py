"""A small office with a history, made by dice of a fixed seed, and its recount from the raw rows in plain Python."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from crmdesk.data import tables
from crmdesk.data.plans import set_plan
from crmdesk.data.writing import Writing
from crmdesk.domain.months import Month, month_of
from crmdesk.domain.text import sort_key
from crmdesk.services import users
from crmdesk.services.office import Desk
from crmdesk.system.ids import new_id

TODAY = date(2026, 11, 2)
START = date(2024, 9, 1)
NAMES = ("Ёлка", "Аптеки «Будь здоров»", "ИП Быстров", "Щит", "Ґанок", "Завод", "Яхта", "Альфа", "Їжак", "Музей")


class Rows:
    """Rows on their way into the office, inserted table by table at the end."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: Any, **values: Any) -> int:
        row_id = new_id()
        self._rows[table].append({"id": row_id, "created_at": self._writing.at, **values})
        return row_id

    def add_line(self, **values: Any) -> None:
        self._rows[tables.OrderLine].append(values)

    def insert(self) -> None:
        for table, rows in self._rows.items():
            self._writing.connection.execute(insert(table), rows)
        self._writing.touch([row["id"] for row in self._rows[tables.Client]])


def fill(desk: Desk, *, clients: int = 14, seed: int = 7) -> int:
    """Fills the office for the manager `ivanova`; every third client is not tracked. Returns the manager's id."""
    dice = random.Random(seed)
    manager = users.find(desk, "ivanova").id
    other = users.find(desk, "sidorov").id
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        rows = Rows(writing)
        groups = [
            rows.add(tables.ProductGroup, name="Календари", important=True),
            rows.add(tables.ProductGroup, name="Визитки", important=False),
        ]
        products = [
            rows.add(tables.Product, name=f"Изделие {n}", group_id=dice.choice([*groups, None])) for n in range(9)
        ]
        for n in range(clients):
            name = f"{NAMES[n % len(NAMES)]} {n}"
            client = rows.add(
                tables.Client,
                name=name,
                sort_key=sort_key(name),
                manager_id=other if n % 5 == 4 else manager,
                tracked=n % 3 != 0,
                action_segment=dice.choice(["VVV", "CCC", "INFO", "NONE"]),
                importance=dice.choice(["vip", "potential_vip", "regular", "one_off"]),
                goal_kind=dice.choice([None, "order_every_days", "skus", "turnover"]),
                goal_value=dice.choice([14, 30, 200_00]),
                visits_norm=dice.choice([None, None, 3]),
                since=dice.choice([None, START, date(2026, 9, 9)]),
            )
            if dice.random() < 0.8:
                day, month = dice.choice([(29, 2), (1, 12), (31, 12), (15, 11)])
                rows.add(tables.Person, client_id=client, surname="Гусева", birth_day=day, birth_month=month)
            if dice.random() < 0.6:
                rows.add(tables.ContactPoint, client_id=client, kind="phone", original="+7 495 000-00-00")
            for _ in range(dice.choice([0, 1, 1, 2])):
                rows.add(
                    tables.Potential,
                    client_id=client,
                    group_id=dice.choice([None, *groups]),
                    monthly=dice.randrange(1, 900) * 100,
                    on_day=START,
                )
            if n % 7:
                _sell(rows, dice, client, manager, products)
            for _ in range(dice.randrange(25)):
                day = TODAY - timedelta(days=dice.randrange(300))
                rows.add(
                    tables.Interaction,
                    client_id=client,
                    day=day,
                    at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
                    kind=dice.choice(["call", "call", "visit", "mailing", "letter"]),
                    result=dice.choice(["", "call_order", "call_not_reached", "visit_no_one"]),
                    rung=dice.choice(["none", "none", "minimum", "maximum"]),
                    manager_id=manager,
                )
            for _ in range(dice.randrange(6)):
                due = TODAY + timedelta(days=dice.randrange(-150, 120))
                done = dice.choice([None, due, due + timedelta(days=3)]) if due < TODAY else None
                rows.add(
                    tables.Task,
                    client_id=client,
                    due_day=due,
                    manager_id=manager,
                    kind=dice.choice(["call", "visit", "event"]),
                    title="образцы",
                    promise=dice.random() < 0.4,
                    routine=dice.random() < 0.5,
                    done_day=done,
                    done_at=writing.at if done else None,
                )
        rows.insert()
        for n in range(8):
            if n != 5:
                set_plan(writing, manager, 202604 + n, 1000_00 * (n + 1))
    return manager


def _sell(rows: Rows, dice: random.Random, client: int, manager: int, products: list[int]) -> None:
    """A client's orders by his own rhythm; some returned, some not sold yet, some clients gone."""
    day = START + timedelta(days=dice.randrange(200))
    gap = dice.choice([6, 12, 25, 60])
    stop = TODAY - timedelta(days=dice.choice([0, 0, 0, 60, 90, 400]))
    while day < stop:
        lines = [
            (dice.choice(products), dice.randrange(1, 5) * 1000, dice.randrange(1, 500_00), dice.choice([None, 9]))
            for _ in range(dice.randrange(4))
        ]
        total = sum(line[2] for line in lines) or dice.randrange(1, 300_00)
        sign = -1 if dice.random() < 0.1 else 1
        order = rows.add(
            tables.Order,
            client_id=client,
            manager_id=manager,
            day=day,
            total=sign * total,
            cost=dice.choice([None, sign * total // 2]),
            stage=dice.choice(["done", "done", "done", "in_print"]),
        )
        for number, (product, quantity, amount, cost) in enumerate(lines, 1):
            rows.add_line(
                order_id=order,
                line=number,
                product_id=product,
                quantity=sign * quantity,
                amount=sign * amount,
                cost=cost,
            )
        day += timedelta(days=max(1, int(dice.gammavariate(2, gap / 2))))


@dataclass
class Recount:
    """What the raw rows say of one client and month."""

    turnover: int = 0
    gross_profit: int = 0
    important: int = 0
    orders: int = 0
    calls: int = 0
    visits: int = 0
    mailings: int = 0
    kept: int = 0
    due: int = 0
    amounts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    quantities: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def products(self) -> set[int]:
        """Net amount or net quantity above zero."""
        return {p for p in self.amounts if self.amounts[p] > 0 or self.quantities[p] > 0}


UNREACHED = {"call_not_reached", "visit_no_one", "call_wrong_number", "letter_sent", "letter_returned", "event_absent"}


def recount(desk: Desk) -> dict[tuple[int, Month], Recount]:
    """Every client and month, from orders, lines, interactions and tasks alone."""
    found: dict[tuple[int, Month], Recount] = defaultdict(Recount)

    def rows(table: Any) -> list[Any]:
        return list(connection.execute(select(table.__table__)))

    with desk.store.read() as connection:
        important = {group.id for group in rows(tables.ProductGroup) if group.important}
        groups = {product.id: product.group_id for product in rows(tables.Product)}
        lines: dict[int, list[Any]] = defaultdict(list)
        for line in rows(tables.OrderLine):
            lines[line.order_id].append(line)
        for order in rows(tables.Order):
            if order.stage != "done" or order.archived_at:
                continue
            here = found[order.client_id, month_of(order.day)]
            its = lines[order.id]
            cost = order.cost
            if cost is None and its and all(line.cost is not None for line in its):
                cost = sum(line.cost for line in its)
            here.turnover += order.total
            here.gross_profit += order.total - cost if cost is not None else 0
            here.orders += order.total > 0
            for line in its:
                here.amounts[line.product_id] += line.amount
                here.quantities[line.product_id] += line.quantity
                if groups[line.product_id] in important:
                    here.important += line.amount
        for contact in rows(tables.Interaction):
            here = found[contact.client_id, month_of(contact.day)]
            here.mailings += contact.kind == "mailing"
            reached = contact.rung != "none" or contact.result not in UNREACHED
            here.visits += contact.kind == "visit" and reached
            here.calls += contact.kind == "call" and reached and (contact.rung != "none" or contact.result != "")
        for task in rows(tables.Task):
            if task.promise and task.due_day and not task.released_at:
                here = found[task.client_id, month_of(task.due_day)]
                here.due += 1
                here.kept += task.done_day is not None and task.done_day <= task.due_day
    return found
