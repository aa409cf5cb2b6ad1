"""What the screens and the sheet read, beside the raw queries."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from sqlalchemy import text

from crmdesk.domain import client_list, months
from crmdesk.domain.calendar import Span, days_of
from crmdesk.domain.card import STRIP_DAYS
from crmdesk.domain.reminders import Preferences
from crmdesk.domain.sheet import SheetRequest
from crmdesk.services import calendar, clients, reminders, sheets, tasks
from crmdesk.ui.reminders.thread import BEAT, Sleeper
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
    yield "idle hour of reminders", lambda: _idle(bench)
    yield "calendar month", lambda: bench.row("calendar month", _calendar(bench), 2.0, 2.0, turns=30)
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
    """Against the same facts counted from the orders, contacts and tasks: what a sheet without kept figures reads.

    Figures of the shown months; the sparkline's two years; the rhythm; the last contacts; the clients not on the sheet;
    what is ahead, overdue, promised and broken; birthdays. The raw side computes nothing from it.
    """
    desk = bench.office.desk
    last = sheets.last_full_month(desk)
    shown = months.ending(last, 6)
    request = SheetRequest(bench.office.managers[manager], last)
    today = desk.clock.today().toordinal()
    first_day, last_day = months.first_day(shown[0]).toordinal(), months.last_day(last).toordinal()
    long_ago = months.first_day(months.add(last, -23)).toordinal()
    ahead = months.last_day(months.add(last, 3)).toordinal()
    sold = "AND t.archived_at IS NULL AND t.stage = 'done'"
    open_task = "AND t.done_at IS NULL AND t.released_at IS NULL AND t.archived_at IS NULL"
    reached = "(t.rung <> 'none' OR t.result NOT IN ('call_not_reached', 'call_wrong_number'))"
    who = request.manager_id
    asked: list[tuple[str, tuple[int, ...]]] = [
        (
            "SELECT c.id, c.name, c.action_segment, c.importance, c.goal_kind, c.goal_value, c.since, c.visits_norm, "
            "c.calls_norm, c.mailings_norm FROM client c WHERE c.manager_id = ? AND c.tracked",
            (who,),
        ),
        (
            "SELECT t.client_id, MONTH_OF(t.day), sum(t.total), sum(t.total - t.cost), count(*) FROM client c "
            f"JOIN_OWN orders t ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked {sold} "
            "AND t.day BETWEEN ? AND ? GROUP BY 1, 2",
            (who, long_ago, today),
        ),
        (
            "SELECT t.client_id, MONTH_OF(t.day), count(DISTINCT l.product_id) FROM client c "
            "JOIN_OWN orders t ON t.client_id = c.id JOIN_OWN order_line l ON l.order_id = t.id "
            f"WHERE c.manager_id = ? AND c.tracked {sold} AND t.day BETWEEN ? AND ? GROUP BY 1, 2",
            (who, first_day, last_day),
        ),
        (
            "SELECT DISTINCT t.client_id, t.day FROM client c JOIN_OWN orders t ON t.client_id = c.id "
            f"WHERE c.manager_id = ? AND c.tracked {sold} AND t.total > 0 ORDER BY 1, 2",
            (who,),
        ),
        (
            f"SELECT t.client_id, MONTH_OF(t.day), count(CASE WHEN t.kind = 'call' AND {reached} THEN 1 END), "
            f"count(CASE WHEN t.kind = 'visit' AND {reached} THEN 1 END), count(CASE WHEN t.kind = 'mailing' THEN 1 "
            "END) FROM client c JOIN_OWN interaction t ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked "
            "AND t.archived_at IS NULL AND t.day BETWEEN ? AND ? GROUP BY 1, 2",
            (who, first_day, last_day),
        ),
        (
            f"SELECT t.client_id, max(CASE WHEN t.kind = 'call' AND {reached} THEN t.day END), max(CASE WHEN t.kind = "
            f"'visit' AND {reached} THEN t.day END), max(t.day) FROM client c JOIN_OWN interaction t "
            "ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked AND t.archived_at IS NULL GROUP BY 1",
            (who,),
        ),
        (
            "SELECT MONTH_OF(t.day), sum(t.total) FROM client c JOIN_OWN orders t ON t.client_id = c.id "
            f"WHERE c.manager_id = ? AND NOT c.tracked {sold} AND t.day BETWEEN ? AND ? GROUP BY 1",
            (who, first_day, last_day),
        ),
        (
            "SELECT t.client_id, t.id, t.due_day, t.kind, t.title, t.promise FROM client c "
            f"JOIN_OWN task t ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked {open_task} "
            "AND t.due_day <= ?",
            (who, ahead),
        ),
        (
            f"SELECT count(*), min(t.due_day) FROM task t WHERE t.manager_id = ? AND t.due_day < ? {open_task}",
            (who, today),
        ),
        (
            "SELECT count(*), count(CASE WHEN t.done_day <= t.due_day THEN 1 END) FROM task t WHERE t.manager_id = ? "
            "AND t.due_day BETWEEN ? AND ? AND t.promise AND t.released_at IS NULL AND t.archived_at IS NULL",
            (who, first_day, last_day),
        ),
        (
            "SELECT t.client_id, t.id, t.surname, t.birth_month, t.birth_day FROM client c "
            "JOIN_OWN person t ON t.client_id = c.id WHERE c.manager_id = ? AND c.tracked AND t.archived_at IS NULL",
            (who,),
        ),
    ]
    # CROSS JOIN keeps SQLite from building a bloom filter; Postgres plans by itself
    join = "CROSS JOIN" if bench.raw.dialect == "sqlite" else "JOIN"
    statements = [(bench.raw.sql(sql.replace("JOIN_OWN", join)), values) for sql, values in asked]

    def raw() -> object:
        return [bench.raw.read(sql, values).fetchall() for sql, values in statements]

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


def _calendar(bench: Bench) -> tuple[Work, Work]:
    """Six weeks of one manager: tasks, contacts, birthdays of his clients' people."""
    desk, manager = bench.office.desk, bench.office.managers[0]
    days = days_of(Span.MONTH, desk.clock.today())
    statements = [
        "SELECT t.id, t.due_day, t.due_time, t.minutes, t.kind, t.client_id, c.name, t.title, t.manager_id, "
        "t.person_id, t.promise, t.done_at, t.moved_count, t.version, t.interaction_id FROM task t LEFT JOIN client c "
        "ON c.id = t.client_id WHERE t.manager_id = ? AND t.due_day BETWEEN ? AND ? AND t.released_at IS NULL "
        "AND t.archived_at IS NULL ORDER BY t.due_day, t.due_time",
        "SELECT i.id, i.day, i.at, i.minutes, i.kind, i.client_id, c.name, substr(i.resume, 1, 200), i.manager_id, "
        "i.person_id FROM interaction i LEFT JOIN client c ON c.id = i.client_id WHERE i.manager_id = ? "
        "AND i.day BETWEEN ? AND ? AND i.kind <> 'mailing' AND i.archived_at IS NULL ORDER BY i.day, i.at",
    ]
    people = bench.raw.sql(
        "SELECT p.id, p.client_id, c.name, p.surname, p.given_name, p.patronymic, p.birth_month, p.birth_day, "
        "p.birth_year FROM person p JOIN client c ON c.id = p.client_id WHERE c.manager_id = ? "
        f"AND (p.birth_month = {days.first.month} AND p.birth_day >= {days.first.day} OR p.birth_month = 11 "
        f"OR p.birth_month = {days.last.month} AND p.birth_day <= {days.last.day}) "
        "AND p.archived_at IS NULL AND c.archived_at IS NULL"
    )
    sqls = [bench.raw.sql(text) for text in statements]
    bounds = (manager, days.first.toordinal(), days.last.toordinal())

    def raw() -> object:
        return [bench.raw.read(sql, bounds).fetchall() for sql in sqls], bench.raw.read(people, (manager,)).fetchall()

    return lambda: calendar.entries(desk, days, [manager]), raw


def _page(bench: Bench) -> tuple[Work, Work]:
    """Against the same lines by the bare driver: what a page shows, and the order days of its clients' last year."""
    desk = bench.office.desk
    ids = clients.page_ids(desk)
    pages = [ids[start : start + clients.PAGE] for start in range(0, len(ids), clients.PAGE)]
    ours_pages, raw_pages = iter(cycle(pages)), iter(cycle(pages))
    today = desk.clock.today()
    shown, earlier = client_list.months_shown(today), client_list.months_before(today)
    turnover = "(SELECT sum(m.turnover) FROM client_month m WHERE m.client_id = c.id AND m.month BETWEEN {} AND {})"
    lines = bench.raw.sql(
        "SELECT c.id, c.name, c.code, c.city, c.action_segment, c.importance, c.stage, c.tracked, c.manager_id, "
        "u.name, c.version, n.visits, n.calls, c.visits_norm, c.calls_norm, s.last_contact, s.order_days, s.gap_mean, "
        "s.last_order, t.id, t.kind, t.title, t.promise, s.next_due, s.open_promise_due, "
        f"{turnover.format(shown[0], shown[-1])}, {turnover.format(earlier[0], earlier[-1])}, "
        "(SELECT count(DISTINCT p.product_id) FROM client_month_product p WHERE p.client_id = c.id "
        f"AND p.month BETWEEN {shown[0]} AND {shown[-1]}) "
        "FROM client c LEFT JOIN client_stat s ON s.client_id = c.id LEFT JOIN app_user u ON u.id = c.manager_id "
        "LEFT JOIN action_segment n ON n.key = c.action_segment LEFT JOIN task t ON t.id = s.next_task_id "
        "WHERE c.id AMONG_IDS"
    )
    ticks = bench.raw.sql(
        "SELECT client_id, day FROM orders WHERE client_id AMONG_IDS AND stage = 'done' AND archived_at IS NULL "
        f"AND total > 0 AND day >= {today.toordinal() - STRIP_DAYS} GROUP BY client_id, day ORDER BY client_id, day"
    )

    def raw() -> object:
        page = (bench.raw.ids(next(raw_pages)),)
        return bench.raw.read(lines, page).fetchall(), bench.raw.read(ticks, page).fetchall()

    return lambda: clients.rows(desk, next(ours_pages)), raw


def _quiet(bench: Bench) -> tuple[Work, Work]:
    """Against one pass over the orders of the whole base for everybody's rhythm."""
    desk = bench.office.desk
    sql = bench.raw.sql(
        "SELECT client_id, count(*), min(day), max(day), sum(gap), sum(gap * gap) FROM (SELECT client_id, day, "
        "day - lag(day) OVER (PARTITION BY client_id ORDER BY day) AS gap FROM (SELECT DISTINCT client_id, day "
        "FROM orders WHERE stage = 'done' AND archived_at IS NULL AND total > 0) d) g GROUP BY client_id"
    )
    return lambda: sheets.quiet(desk), lambda: bench.raw.read(sql, ()).fetchall()


def _idle(bench: Bench) -> Row:
    """An hour in which nothing is due: every beat of the thread, and the one look at the store. CPU of this process,
    beside a thousandth of a core for an hour."""
    desk, hour = bench.office.desk, 3600.0
    start = desk.clock.now()
    sleeper = Sleeper(start, 0.0)
    sleeper.until(start + timedelta(hours=2))
    reminders.coming(desk, Preferences(), start)  # statements are compiled once a day, not once an hour
    began = time.process_time()
    for beat in range(int(hour / BEAT)):
        sleeper.turn(start + timedelta(seconds=beat * BEAT), beat * BEAT)
    reminders.coming(desk, Preferences(), start)
    spent = (time.process_time() - began) * 1e3
    store = "sqlite" if bench.raw.dialect == "sqlite" else "postgres"
    return Row("idle hour of reminders (CPU)", store, bench.office.size, spent, hour, 1.0)
