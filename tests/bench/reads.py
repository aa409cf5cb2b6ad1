"""What the screens and the sheet read, beside the raw queries."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from sqlalchemy import text

from crmdesk.domain import months
from crmdesk.domain.sheet import SheetRequest
from crmdesk.services import clients, sheets, tasks
from tests.bench.measure import Meter, Row, Work, beside
from tests.bench.offices import Office
from tests.bench.raw import Raw


@dataclass
class Bench:
    """One office to measure on."""

    office: Office
    raw: Raw
    meter: Meter

    @classmethod
    def on(cls, office: Office) -> Bench:
        """Opens the raw connection, and finds the server's processes that work for ours and for it."""
        raw = Raw(office.desk.store)
        pids = []
        if raw.dialect == "postgresql":
            with office.desk.store.read() as connection:
                pids.append(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())
            pids.append(raw.read("SELECT pg_backend_pid()").fetchone()[0])
        return cls(office, raw, Meter(pids))

    def row(
        self, name: str, pair: tuple[Work, Work], sqlite: float | None, postgres: float | None, *, turns: int,
        wall: bool = False,
    ) -> Row:  # fmt: skip
        """Measures a pair of works into a line of the table."""
        ours, raw = beside(*pair, turns=1 if self.office.size == "XS" else turns, meter=None if wall else self.meter)
        on_sqlite = self.raw.dialect == "sqlite"
        store = "sqlite" if on_sqlite else "postgres"
        return Row(name, store, self.office.size, ours, raw, sqlite if on_sqlite else postgres)


def rows(bench: Bench) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Every reading row by its name, to be measured when wanted."""
    yield "search", lambda: bench.row("search", _search(bench), 2.2, 1.5, turns=200)
    yield "card", lambda: bench.row("card", _card(bench), 5, 2.5, turns=200)
    yield "sheet, 40 tracked", lambda: bench.row("sheet, 40 tracked", _sheet(bench, 0), 1.1, 1.1, turns=30)
    yield "sheet, all clients", lambda: bench.row("sheet, all clients", _sheet(bench, -1), 0.5, 0.5, turns=7)
    yield "overdue", lambda: bench.row("overdue", _overdue(bench), 2.0, 2.0, turns=60)
    yield "list page of 200", lambda: bench.row("list page of 200", _page(bench), 2.0, 2.0, turns=60)
    yield "quiet list", lambda: bench.row("quiet list", _quiet(bench), 0.1, 0.1, turns=5)


def _search(bench: Bench) -> tuple[Work, Work]:
    desk = bench.office.desk
    typed = cycle(["альф", "строй", "ел", "радуга", "жук", "79000", "коваль", "ме", "заря-т", "пром"])
    sql = bench.raw.sql(
        "SELECT c.id, c.name, c.city, c.code, c.action_segment, c.importance, c.manager_id, u.name "
        "FROM client c LEFT JOIN app_user u ON u.id = c.manager_id "
        "WHERE c.id IN (SELECT w.client_id FROM search_word w WHERE w.word >= ? AND w.word < ? "
        "ORDER BY w.word LIMIT 200) ORDER BY c.sort_key, c.id LIMIT 50"
    )
    ours_typed, raw_typed = (iter(cycle([next(typed) for _ in range(10)])) for _ in range(2))

    def ours() -> object:
        return clients.search(desk, next(ours_typed))

    def raw() -> object:
        word = next(raw_typed)
        return bench.raw.read(sql, (word, word + "\U0010ffff")).fetchall()

    return ours, raw


def _card(bench: Bench) -> tuple[Work, Work]:
    desk = bench.office.desk
    picked = random.Random(2).choices(bench.office.clients, k=1000)
    ours_picked, raw_picked = iter(cycle(picked)), iter(cycle(picked))
    since = months.ending(months.month_of(desk.clock.today()), 24)[0]
    of_client = "WHERE client_id = ? AND archived_at IS NULL"
    statements = [
        bench.raw.sql(sql)
        for sql in (
            "SELECT c.*, s.* FROM client c LEFT JOIN client_stat s ON s.client_id = c.id WHERE c.id = ?",
            "SELECT id, surname, given_name, patronymic, gender, birth_day, birth_month, birth_year, profession, role, "
            f"notes FROM person {of_client}",
            "SELECT id, person_id, manager_id, kind, at, day, result, rung, resume, no_next_reason FROM interaction "
            f"{of_client} ORDER BY day DESC, at DESC, id DESC LIMIT 50",
            "SELECT id, person_id, manager_id, kind, title, promise, routine, priority, due_day, due_time FROM task "
            "WHERE client_id = ? AND done_at IS NULL AND released_at IS NULL AND archived_at IS NULL ORDER BY due_day",
        )
    ]
    by_month = bench.raw.sql("SELECT * FROM client_month WHERE client_id = ? AND month >= ?")

    def raw() -> object:
        client = next(raw_picked)
        found = [bench.raw.read(sql, (client,)).fetchall() for sql in statements]
        found.append(bench.raw.read(by_month, (client, since)).fetchall())
        return found

    return lambda: clients.card(desk, next(ours_picked)), raw


def _sheet(bench: Bench, manager: int) -> tuple[Work, Work]:
    """Against the least that the figures of the sheet take when they are counted from the orders and contacts."""
    desk = bench.office.desk
    last = sheets.last_full_month(desk)
    shown = months.ending(last, 6)
    request = SheetRequest(bench.office.managers[manager], last)
    first_day, last_day = months.first_day(shown[0]).toordinal(), months.last_day(last).toordinal()
    ahead = months.last_day(months.add(last, 3)).toordinal()
    tracked = "FROM client c CROSS JOIN {0} t ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked {1}"
    if bench.raw.dialect == "postgresql":
        tracked = tracked.replace("CROSS JOIN", "JOIN")
    true = "= 1" if bench.raw.dialect == "sqlite" else ""
    orders, contacts, tasks_ahead = (tracked.format(table, true) for table in ("orders", "interaction", "task"))
    lines = orders.replace(" WHERE", " JOIN order_line l ON l.order_id = t.id WHERE")
    between = "AND t.archived_at IS NULL AND t.day BETWEEN ? AND ?"
    statements = [
        bench.raw.sql(sql)
        for sql in (
            f"SELECT t.client_id, MONTH_OF(t.day), sum(t.total), sum(t.total - t.cost), count(*) {orders} {between} "
            "AND t.stage = 'done' GROUP BY 1, 2",
            f"SELECT t.client_id, MONTH_OF(t.day), count(DISTINCT l.product_id) {lines} {between} "
            "AND t.stage = 'done' GROUP BY 1, 2",
            "SELECT t.client_id, MONTH_OF(t.day), count(CASE WHEN t.kind = 'call' AND (t.rung <> 'none' OR t.result "
            "NOT IN ('', 'call_not_reached', 'call_wrong_number')) THEN 1 END), "
            f"count(CASE WHEN t.kind = 'visit' THEN 1 END) {contacts} {between} GROUP BY 1, 2",
            f"SELECT t.client_id, t.due_day, t.title, t.promise {tasks_ahead} AND t.due_day BETWEEN ? AND ? "
            "AND t.done_at IS NULL AND t.released_at IS NULL AND t.archived_at IS NULL",
        )
    ]
    of_manager = bench.raw.sql(
        f"SELECT id, name, action_segment, importance, goal_kind, goal_value FROM client WHERE manager_id = ? AND "
        f"tracked {true}"
    )

    def raw() -> object:
        found = [bench.raw.read(of_manager, (request.manager_id,)).fetchall()]
        for sql in statements[:3]:
            found.append(bench.raw.read(sql, (request.manager_id, first_day, last_day)).fetchall())
        found.append(bench.raw.read(statements[3], (request.manager_id, last_day, ahead)).fetchall())
        return found

    return lambda: sheets.sheet(desk, request), raw


def _overdue(bench: Bench) -> tuple[Work, Work]:
    desk, manager = bench.office.desk, bench.office.managers[0]
    yesterday = desk.clock.today() - timedelta(days=1)
    sql = bench.raw.sql(
        "SELECT t.id, t.client_id, c.name, t.person_id, t.manager_id, t.kind, t.title, t.promise, t.routine, "
        "t.priority, t.due_day, t.due_time, t.moved_count, t.version FROM task t LEFT JOIN client c "
        "ON c.id = t.client_id WHERE t.manager_id = ? AND t.due_day <= ? AND t.done_at IS NULL "
        "AND t.released_at IS NULL AND t.archived_at IS NULL ORDER BY t.due_day, t.due_time, t.id"
    )
    day = yesterday.toordinal()
    return (
        lambda: tasks.due(desk, manager, yesterday),
        lambda: bench.raw.read(sql, (manager, day)).fetchall(),
    )


def _page(bench: Bench) -> tuple[Work, Work]:
    desk = bench.office.desk
    ids = clients.page_ids(desk)
    pages = [ids[start : start + clients.PAGE] for start in range(0, len(ids), clients.PAGE)]
    ours_pages, raw_pages = iter(cycle(pages)), iter(cycle(pages))
    sql = bench.raw.sql(
        "SELECT c.id, c.name, c.code, c.city, c.action_segment, c.importance, c.stage, c.tracked, c.manager_id, "
        "u.name, s.turnover, s.order_days, s.last_order, s.last_contact, s.next_due, s.open_promise_due, c.version "
        "FROM client c LEFT JOIN client_stat s ON s.client_id = c.id LEFT JOIN app_user u ON u.id = c.manager_id "
        "WHERE c.id AMONG_IDS"
    )
    return (
        lambda: clients.rows(desk, next(ours_pages)),
        lambda: bench.raw.read(sql, (bench.raw.ids(next(raw_pages)),)).fetchall(),
    )


def _quiet(bench: Bench) -> tuple[Work, Work]:
    """Against one pass over the orders of the whole base for everybody's rhythm."""
    desk = bench.office.desk
    sql = bench.raw.sql(
        "SELECT client_id, count(*), min(day), max(day), sum(gap), sum(gap * gap) FROM (SELECT client_id, day, "
        "day - lag(day) OVER (PARTITION BY client_id ORDER BY day) AS gap FROM (SELECT DISTINCT client_id, day "
        "FROM orders WHERE stage = 'done' AND archived_at IS NULL AND total > 0) d) g GROUP BY client_id"
    )
    return lambda: sheets.quiet(desk), lambda: bench.raw.read(sql, ()).fetchall()
