"""What an import promises as a whole: sums of the raw file, any split of it, a kill at any moment."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from select import select as select_ready

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from crmdesk.data import figures, tables
from crmdesk.services import imports
from crmdesk.services.office import Desk

HEAD = ["Код клиента", "Контрагент", "Дата", "Документ", "Номенклатура", "Количество", "Сумма", "Себестоимость"]
FIRST = date(2024, 1, 30)
Sale = tuple[int, int, int, str, int, int]
"""(client, day, document or 0, product, quantity, amount in minor units)"""
SALES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.integers(0, 5),
        st.integers(0, 2),
        st.sampled_from(["Визитки", "Буклет", "Наклейка"]),
        st.integers(1, 3),
        st.sampled_from([-500, -1, 1, 250, 9999]),
    ),
    max_size=25,
)


def write(path: Path, sales: list[Sale]) -> Path:
    with path.open("w", encoding="cp1251", newline="") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(HEAD)
        for client, day, document, product, quantity, amount in sales:
            number = f"Р-{client}-{day}-{document}" if document else ""
            out.writerow(
                [f"{client:03d}", f"ООО {client}", f"{FIRST + timedelta(day):%d.%m.%y}", number, product, quantity,
                 f"{amount / 100:.2f}".replace(".", ","), ""]
            )  # fmt: skip
        out.writerow(["", "Итого", "", "", "", "", f"{sum(s[5] for s in sales) / 100:.2f}", ""])
    return path


def bring(desk: Desk, path: Path) -> imports.ImportReport:
    return imports.run(desk, "orders", path, create_unknown=True, backup=False)


def base(desk: Desk) -> tuple[object, ...]:
    """What is stored, by names: documents with the multiset of their lines, and the derived months."""
    with desk.store.read() as connection:
        names = {row.id: row.name for row in connection.execute(select(tables.Client.id, tables.Client.name))}
        order, line, month = tables.Order, tables.OrderLine, tables.ClientMonth
        lines: dict[int, Counter[tuple[object, ...]]] = defaultdict(Counter)
        for row in connection.execute(select(line.order_id, line.words, line.quantity, line.amount)):
            lines[row.order_id][tuple(row)[1:]] += 1
        orders = sorted(
            (names[row.client_id], row.day, row.number, row.total, sorted(lines[row.id].items()))
            for row in connection.execute(select(order).where(order.archived_at.is_(None)))
        )
        months = sorted(
            (names[row.client_id], row.month, row.turnover, row.skus, row.orders)
            for row in connection.execute(select(month))
        )
    return orders, months


def empty(desk: Desk) -> None:
    """Takes every import back: the base is as it was."""
    for done in imports.history(desk):
        if done.undone_at is None:
            imports.undo(desk, done.id)


@pytest.mark.slow
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SALES, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3))
def test_that_any_split_into_overlapping_files_gives_the_same_base(
    sqlite_office: Desk, tmp_path: Path, sales: list[Sale], spans: list[tuple[int, int]]
) -> None:
    assert_split_is_harmless(sqlite_office, tmp_path, sales, spans)


@pytest.mark.slow
@pytest.mark.postgres
@settings(deadline=None, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SALES, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3))
def test_that_any_split_gives_the_same_base_on_postgres(
    postgres_office: Desk, tmp_path: Path, sales: list[Sale], spans: list[tuple[int, int]]
) -> None:
    assert_split_is_harmless(postgres_office, tmp_path, sales, spans)


def assert_split_is_harmless(desk: Desk, tmp_path: Path, sales: list[Sale], spans: list[tuple[int, int]]) -> None:
    """Periods of a list that together cover it, in any order, overlapping as they like."""
    if not sales:
        return
    empty(desk)
    bring(desk, write(tmp_path / "whole.csv", sales))
    whole = base(desk)
    empty(desk)
    assert base(desk) == ([], [])
    for first, last in [*spans, (0, 2), (2, 5)]:
        part = [sale for sale in sales if min(first, last) <= sale[1] <= max(first, last)]
        if part:
            bring(desk, write(tmp_path / "part.csv", part))
    assert base(desk) == whole
    again = bring(desk, write(tmp_path / "whole.csv", sales))
    assert (again.added, again.updated, again.unchanged) == (0, 0, len(sales))
    assert base(desk) == whole


def test_that_the_base_agrees_with_a_recount_of_the_raw_file(office: Desk, tmp_path: Path) -> None:
    chance = random.Random(7)
    sales: list[Sale] = []
    for _ in range(3_000):
        client, day, document = chance.randrange(40), chance.randrange(400), chance.randrange(3)
        sales.append((client, day, document, "Визитки", chance.randrange(1, 9), chance.randrange(-5000, 90_000)))
    report = bring(office, write(tmp_path / "sales.csv", sales))
    assert (report.added, report.refused) == (3_000, ())
    raw: Counter[tuple[str, int]] = Counter()
    with (tmp_path / "sales.csv").open(encoding="cp1251", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            if row["Код клиента"]:
                day, month, year = row["Дата"].split(".")
                raw[row["Контрагент"], (2000 + int(year)) * 100 + int(month)] += round(
                    float(row["Сумма"].replace(",", ".")) * 100
                )
    with office.store.read() as connection:
        month_row = tables.ClientMonth
        found = connection.execute(
            select(tables.Client.name, month_row.month, month_row.turnover).join(
                tables.Client, tables.Client.id == month_row.client_id
            )
        )
        stored = {(row[0], row[1]): row[2] for row in found if row[2]}
    assert stored == {key: amount for key, amount in raw.items() if amount}


def test_that_the_figures_after_an_import_equal_a_full_recount(office: Desk, tmp_path: Path) -> None:
    sales: list[Sale] = [(n % 7, n % 60, n % 3, "Буклет", 1, 100 + n) for n in range(500)]
    bring(office, write(tmp_path / "sales.csv", sales))
    before = base(office)
    with office.store.write(user_id=office.me.id, clock=office.clock) as writing:
        figures.recompute_all(writing.connection)
    assert base(office) == before


def test_that_two_imports_of_one_file_at_the_same_moment_add_it_once(office: Desk, tmp_path: Path) -> None:
    file = write(tmp_path / "sales.csv", [(n % 5, n % 9, n % 2, "Буклет", 1, 100 + n) for n in range(60)])
    with ThreadPoolExecutor(2) as both:
        reports = list(both.map(lambda _: bring(office, file), range(2)))
    assert sorted((report.added, report.unchanged) for report in reports) == [(0, 60), (60, 0)]
    assert len(base(office)[0]) == len({(n % 5, n % 9, n % 2) for n in range(60)})  # type: ignore[arg-type]


_FORKING = """
import os
import sys
from pathlib import Path

from crmdesk.services import imports
from crmdesk.services.office import open_office
from crmdesk.system.clock import Clock

if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            desk = open_office(sys.argv[1], login="boss", clock=Clock())
            os.write(1, b"%d\\n" % os.getpid())
            imports.run(desk, "orders", Path(line.strip()), create_unknown=True, backup=False)
            os.write(1, b"done\\n")
            os._exit(0)
        os.waitpid(child, 0)
        os.write(1, b"over\\n")
"""


@pytest.mark.slow
def test_that_a_kill_at_any_moment_leaves_all_of_a_file_or_nothing(sqlite_office: Desk, tmp_path: Path) -> None:
    chance = random.Random(11)
    program = tmp_path / "forking.py"
    program.write_text(_FORKING, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    command = [sys.executable, str(program), sqlite_office.store.address]
    stored = 0
    outcomes: Counter[str] = Counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment
    ) as forking:
        assert forking.stdin is not None
        assert forking.stdout is not None
        for attempt in range(30):
            sales: list[Sale] = [(n % 50, n % 300, 0, f"Товар {attempt}", 1, 1 + n) for n in range(400)]
            forking.stdin.write(f"{write(tmp_path / 'sales.csv', sales)}\n".encode())
            victim = int(forking.stdout.readline())
            ready, _, _ = select_ready([forking.stdout], [], [], chance.uniform(0.0, 0.8))
            if not ready:
                os.kill(victim, signal.SIGKILL)
            said = forking.stdout.readline()
            acknowledged = said == b"done\n"
            assert (forking.stdout.readline() if acknowledged else said) == b"over\n"
            before = stored
            with sqlite_office.store.read() as connection:
                stored = connection.scalar(select(func.count()).select_from(tables.OrderLine)) or 0
                runs = connection.scalar(select(func.sum(tables.ImportRun.added))) or 0
            assert stored == runs  # the rows and the note that they came are one
            assert stored == before + 400 if acknowledged else stored in (before, before + 400)
            outcomes["stored" if stored > before else "nothing"] += 1
    assert outcomes["nothing"] > 0
    before_recount = base(sqlite_office)
    with sqlite_office.store.write(user_id=None, clock=sqlite_office.clock) as writing:
        assert writing.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        figures.recompute_all(writing.connection)
    assert base(sqlite_office) == before_recount
