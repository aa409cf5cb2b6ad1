"""How SQLite finds the rows of the hot queries: by seeking, never by reading a big table or building a bloom filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import text

from crmdesk.data.office import Store
from crmdesk.domain.client_list import ClientFilter
from crmdesk.domain.interactions import NextStep
from crmdesk.domain.sheet import SheetRequest
from crmdesk.services import clients, day, interactions, sheets, tasks
from tests.bench.offices import Office, build

Statements = Callable[[Store], AbstractContextManager[list[str]]]
SMALL = {"app_user", "branch", "product_group", "action_segment", "setting", "sales_plan", "json_each"}
SCANNED = re.compile(r"^SCAN (\w+)")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with everything in it, and statistics for the planner."""
    office = build(str(tmp_path_factory.mktemp("plans") / "office.crmdesk"), "S")
    yield office
    office.desk.close()


def plan(store: Store, statement: str) -> list[str]:
    with store.read() as connection:
        asked = f"EXPLAIN QUERY PLAN {statement}"
        found = connection.exec_driver_sql(asked, tuple([None] * statement.count("?")))
        return [row[3] for row in found]


def tables_of(store: Store) -> set[str]:
    with store.read() as connection:
        return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))


def scans(store: Store, statement: str) -> list[str]:
    """The big tables that a statement reads from end to end, and its bloom filters."""
    big_tables = tables_of(store) - SMALL
    aliases = dict(re.findall(r"(?:FROM|JOIN) (\w+) AS (\w+)", statement))
    aliases = {alias: table for table, alias in aliases.items()}
    bad = []
    for step in plan(store, statement):
        scanned = SCANNED.match(step)
        if "BLOOM FILTER" in step or (scanned and aliases.get(scanned[1], scanned[1]) in big_tables):
            bad.append(step)
    return bad


def hot(office: Office) -> dict[str, Callable[[], object]]:
    desk, client, manager = office.desk, office.clients[7], office.managers[0]
    today = desk.clock.today()
    step = NextStep("call", today, "Перезвонить", True)
    return {
        "search": lambda: clients.search(desk, "аль строй"),
        "search by phone": lambda: clients.search(desk, "8 900"),
        "page": lambda: clients.rows(desk, office.clients[:200]),
        "list of a manager": lambda: clients.page_ids(desk, ClientFilter(manager_id=manager)),
        "card": lambda: clients.card(desk, client),
        "sheet": lambda: sheets.sheet(desk, SheetRequest(manager, sheets.last_full_month(desk))),
        "due": lambda: tasks.due(desk, manager, today),
        "day": lambda: day.page(desk, manager),
        "record": lambda: interactions.record(desk, client, "call", "call_order", next_step=step),
    }


HOT = ["search", "search by phone", "page", "list of a manager", "card", "sheet", "due", "day", "record"]


@pytest.mark.parametrize("name", HOT)
def test_that_hot_queries_seek_and_build_no_bloom_filter(big: Office, statements: Statements, name: str) -> None:
    with statements(big.desk.store) as said:
        hot(big)[name]()
    assert said
    for statement in said:
        if " VALUES " in statement:  # its plan is the foreign keys of those who might refer to the new row: nobody
            continue
        assert scans(big.desk.store, statement) == [], statement


def test_that_a_scan_is_noticed(big: Office) -> None:
    for bad in (
        "SELECT * FROM interaction WHERE resume = ?",
        "SELECT t.id FROM task AS t WHERE t.title = ?",
        "SELECT count(*) FROM search_text",
        "WITH some AS MATERIALIZED (SELECT id FROM client WHERE manager_id = ? AND tracked = 1) "
        "SELECT sum(o.total) FROM order_line AS l CROSS JOIN orders AS o JOIN some ON some.id = o.client_id",
    ):
        assert scans(big.desk.store, bad), bad


def test_that_every_hot_query_is_looked_at(big: Office) -> None:
    assert sorted(hot(big)) == sorted(HOT)
