"""The derived rows equal a full recount, and a recount that shares no line of code with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, update

from crmdesk.data import figures, search, tables
from crmdesk.data.office import Store
from crmdesk.data.writing import Writing
from crmdesk.domain import interactions
from crmdesk.domain.months import month_of
from crmdesk.domain.orders import gross_profit, is_sale
from crmdesk.domain.tasks import is_kept, is_open, is_owed
from crmdesk.system.clock import Clock
from tests.data.rows import add, add_client, add_interaction, add_order, add_task

FIRST = date(2026, 1, 1)
days = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
money = st.integers(-500_00, 900_00)
cost = st.one_of(st.none(), st.integers(0, 300_00))
lines = st.lists(st.tuples(st.integers(0, 3), st.integers(-3000, 5000), money, cost), max_size=3)
results = st.sampled_from(["", "call_order", "call_not_reached", "visit_no_one", "call_no_need", "visit_samples"])
verbs = st.one_of(
    st.tuples(st.just("order"), st.integers(0, 2), days, money, cost, lines, st.sampled_from(["done", "in_print"])),
    st.tuples(
        st.just("contact"),
        st.integers(0, 2),
        days,
        st.sampled_from(["call", "visit", "mailing", "letter"]),
        results,
        st.sampled_from(["none", "minimum", "maximum"]),
    ),
    st.tuples(st.just("task"), st.integers(0, 2), st.one_of(st.none(), days), st.booleans()),
    st.tuples(st.just("finish"), st.integers(0, 9), days),
    st.tuples(st.just("release"), st.integers(0, 9)),
    st.tuples(st.just("move"), st.integers(0, 9), days),
    st.tuples(st.just("archive"), st.sampled_from([tables.Order, tables.Interaction, tables.Task]), st.integers(0, 9)),
    st.tuples(st.just("stage"), st.integers(0, 9), st.sampled_from(["done", "quote_sent"])),
    st.tuples(st.just("client of"), st.integers(0, 9), st.integers(0, 2)),
)


@dataclass
class World:
    """The ids of what an example has made so far."""

    clients: list[int]
    products: list[int | None]
    made: dict[Any, list[int]] = field(default_factory=lambda: defaultdict(list))


def _do(writing: Writing, world: World, verb: tuple[Any, ...]) -> None:
    name, *rest = verb
    if name == "order":
        client, day, total, own_cost, its_lines, stage = rest
        its_lines = [(world.products[p], *values) for p, *values in its_lines]
        made = add_order(writing, world.clients[client], day, total, its_lines, cost=own_cost, stage=stage)
        world.made[tables.Order].append(made)
    elif name == "contact":
        client, day, kind, result, rung = rest
        made = add_interaction(writing, world.clients[client], day, kind, result=result, rung=rung)
        world.made[tables.Interaction].append(made)
    elif name == "task":
        client, day, promise = rest
        world.made[tables.Task].append(add_task(writing, world.clients[client], day, promise=promise))
    elif name == "archive":
        _change(writing, world, rest[0], rest[1], archived_at=writing.at)
    elif name == "stage":
        _change(writing, world, tables.Order, rest[0], stage=rest[1])
    elif name == "client of":
        _change(writing, world, tables.Order, rest[0], client_id=world.clients[rest[1]])
    elif name == "finish":
        _change(writing, world, tables.Task, rest[0], done_at=writing.at, done_day=rest[1])
    elif name == "release":
        _change(writing, world, tables.Task, rest[0], released_at=writing.at)
    elif name == "move":
        _change(writing, world, tables.Task, rest[0], due_day=rest[1])


def _change(writing: Writing, world: World, table: Any, place: int, **values: Any) -> None:
    if place < len(world.made[table]):
        row_id = world.made[table][place]
        day = table.due_day if table is tables.Task else table.day
        state = select(table.client_id, day).where(table.id == row_id)
        before = writing.connection.execute(state).one()
        writing.connection.execute(update(table).where(table.id == row_id).values(version=table.version + 1, **values))
        after = writing.connection.execute(state).one()
        days = [found for found in (before[1], after[1]) if found]
        writing.touch([before[0], after[0]], days=days if place % 2 else None)


def derived(connection: Connection, clients: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table in (tables.ClientMonth, tables.ClientMonthProduct, tables.ClientStat):
        columns = table.__table__.c
        rows = connection.execute(select(columns).where(columns.client_id.in_(clients)).order_by(*columns))
        found[table.__tablename__] = [row._asdict() for row in rows]
    return found


def recount(connection: Connection, clients: list[int]) -> dict[str, Any]:
    """The same rows, counted in Python from the records."""

    def all_of(table: Any) -> list[Any]:
        return list(connection.execute(select(table.__table__).where(table.client_id.in_(clients))))

    groups = {row.id: row.important for row in connection.execute(select(tables.ProductGroup.__table__))}
    important = {
        row.id: groups.get(row.group_id, False) for row in connection.execute(select(tables.Product.__table__))
    }
    its_lines = defaultdict(list)
    for line in connection.execute(select(tables.OrderLine.__table__)):
        its_lines[line.order_id].append(line)
    zero = dict.fromkeys(figures._MONTH_FIGURES, 0)
    months: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: dict(zero))
    bought: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0])
    stats: dict[int, dict[str, Any]] = {
        client: {
            "client_id": client, "order_days": 0, "first_order": None, "last_order": None, "gap_mean": None,
            "gap_var": None, "turnover": 0, "last_contact": None, "last_call": None, "last_visit": None,
            "next_task_id": None, "next_due": None, "open_promise_due": None,
        }
        for client in clients
    }  # fmt: skip
    sold_days: dict[int, set[date]] = defaultdict(set)
    for order in all_of(tables.Order):
        if not is_sale(order.stage, order.archived_at):
            continue
        month = months[order.client_id, month_of(order.day)]
        month["turnover"] += order.total
        month["orders"] += order.total > 0
        month["gross_profit"] += gross_profit(order.total, order.cost, [ln.cost for ln in its_lines[order.id]]) or 0
        stats[order.client_id]["turnover"] += order.total
        if order.total > 0:
            sold_days[order.client_id].add(order.day)
        for line in its_lines[order.id]:
            if line.product_id is not None:
                month["important"] += line.amount * important[line.product_id]
                sums = bought[order.client_id, month_of(order.day), line.product_id]
                sums[0] += line.amount
                sums[1] += line.quantity
    kept_products = sorted(key for key, sums in bought.items() if max(sums) > 0)
    for client, month_key, _ in kept_products:
        months[client, month_key]["skus"] += 1
    for row in all_of(tables.Interaction):
        facts = (row.kind, row.rung, row.result)
        if row.archived_at is not None:
            continue
        for figure, counts in (
            ("calls", interactions.is_successful_call(*facts)),
            ("visits", interactions.is_visit(*facts)),
            ("mailings", interactions.is_mailing(row.kind)),
        ):
            if counts:
                months[row.client_id, month_of(row.day)][figure] += 1
        for stat, counts in (
            ("last_contact", interactions.is_contact(*facts)),
            ("last_call", interactions.is_successful_call(*facts)),
            ("last_visit", interactions.is_visit(*facts)),
        ):
            if counts:
                last = stats[row.client_id][stat]
                stats[row.client_id][stat] = max(last, row.day) if last else row.day
    open_tasks = defaultdict(list)
    for task in all_of(tables.Task):
        if is_owed(task):
            months[task.client_id, month_of(task.due_day)]["promises_due"] += 1
            months[task.client_id, month_of(task.due_day)]["promises_kept"] += is_kept(task)
        if is_open(task):
            open_tasks[task.client_id].append(task)
    for client, tasks in open_tasks.items():
        first = min(tasks, key=lambda task: (task.due_day or date.max, task.id))
        promised = [task.due_day for task in tasks if task.promise and task.due_day]
        stats[client] |= {
            "next_task_id": first.id, "next_due": first.due_day, "open_promise_due": min(promised, default=None),
        }  # fmt: skip
    for client, its_days in sold_days.items():
        ordered = sorted(its_days)
        gaps = [(b - a).days for a, b in zip(ordered, ordered[1:], strict=False)]
        stats[client] |= {"order_days": len(ordered), "first_order": ordered[0], "last_order": ordered[-1]}
        if gaps:
            n = len(gaps)
            stats[client] |= {
                "gap_mean": sum(gaps) / n, "gap_var": (n * sum(g * g for g in gaps) - sum(gaps) ** 2) / (n * n),
            }  # fmt: skip
    return {
        "client_month": [
            {"client_id": client, "month": month, **found} for (client, month), found in sorted(months.items())
        ],
        "client_month_product": [
            {"client_id": c, "month": m, "product_id": p} for c, m, p in kept_products
        ],
        "client_stat": [stats[client] for client in sorted(clients)],
    }  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(verbs=st.lists(verbs, max_size=14))
def test_that_figures_kept_write_by_write_equal_every_recount(
    store: Store, clock: Clock, verbs: list[tuple[Any, ...]]
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        group = add(writing, tables.ProductGroup, name="Визитки", important=True)
        plain = add(writing, tables.ProductGroup, name="Бланки", important=False)
        products = [add(writing, tables.Product, name=str(g), group_id=g) for g in (group, plain, None)]
        world = World([add_client(writing) for _ in range(3)], [*products, None])
    for verb in verbs:
        with store.write(user_id=None, clock=clock) as writing:
            _do(writing, world, verb)
    with store.read() as connection:
        kept = derived(connection, world.clients)
        assert kept == recount(connection, world.clients)
    with store.write(user_id=None, clock=clock) as writing:
        figures.recompute_all(writing.connection)
        assert derived(writing.connection, world.clients) == kept


def test_that_recounting_costs_the_same_number_of_statements_for_one_client_and_for_many(
    store: Store, clock: Clock, statements: Callable[[Store], AbstractContextManager[list[str]]]
) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        clients = [add_client(writing, f"Клиент {n}") for n in range(40)]
    spent = []
    for touched in (clients[:1], clients):
        with store.write(user_id=None, clock=clock) as writing, statements(store) as said:
            figures.recompute(writing.connection, touched)
            search.reindex(writing.connection, touched)
        spent.append(len(said))
    assert spent[0] == spent[1]


def test_that_every_client_has_a_row_of_statistics(store: Store, clock: Clock) -> None:
    with store.write(user_id=None, clock=clock) as writing:
        client = add_client(writing)
    with store.read() as connection:
        found = connection.execute(select(tables.ClientStat.client_id, tables.ClientStat.order_days)).all()
        assert [tuple(row) for row in found] == [(client, 0)]
        assert connection.scalar(select(func.count()).select_from(tables.ClientMonth)) == 0
