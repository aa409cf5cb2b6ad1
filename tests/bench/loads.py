"""Imports of files, beside bare inserts of the same rows into tables without indexes."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from crmdesk.services import imports
from crmdesk.services.office import Desk
from crmdesk.system.ids import id_block
from tests.bench.measure import Row, Work
from tests.bench.offices import LINES, ORDERS, PRODUCTS, SIZES
from tests.bench.raw import Raw

NAMES = ("import of clients", "import of order lines")


def rows(desk: Desk, size: str, folder: Path) -> Iterator[tuple[str, Callable[[], Row]]]:
    """The imports by name, into an empty office: sales know the clients that came in before them."""
    store = "sqlite" if desk.store.dialect == "sqlite" else "postgres"
    people, sales = folder / "clients.csv", folder / "sales.csv"
    count = SIZES[size]

    def clients() -> Row:
        written = _write_clients(people, count)
        ours = _once(desk, lambda: _import(desk, "clients", people, count))
        return Row(NAMES[0], store, size, ours, _bare(desk, written), 6)

    def orders() -> Row:
        if not people.exists():
            _write_clients(people, count)
            _import(desk, "clients", people, count)
        written = _write_sales(desk, sales, count)
        ours = _once(desk, lambda: _import(desk, "orders", sales, count * ORDERS * LINES))
        return Row(NAMES[1], store, size, ours, _bare(desk, written), 4)

    yield NAMES[0], clients
    yield NAMES[1], orders


def _import(desk: Desk, kind: str, file: Path, least: int) -> None:
    report = imports.run(desk, kind, file, backup=False)
    assert not report.refused and report.added, report


Table = tuple[str, str, list[Sequence[Any]]]  # its name, its columns, its rows


def _write_clients(file: Path, count: int) -> list[Table]:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["Код", "Клиент", "Город", "Телефон", "E-mail", "Контактное лицо"])
        for n in range(count):
            writer.writerow(
                [f"К{n:06d}", f"ООО «Заря-Строй {n}»", "Тула", f"8 9{n:09d}", f"a{n}@x.example", "Иванов Иван Петрович"]
            )
    clients, persons, points = id_block(count), id_block(count), id_block(count * 2)
    return [
        (
            "bench_client", "id, code, name, match_key, sort_key, city",
            [(i, f"К{n:06d}", f"ООО «Заря-Строй {n}»", f"заря строй {n}", f"ооо заря строй {n}", "Тула")
             for n, i in enumerate(clients)],
        ),
        (
            "bench_person", "id, client_id, surname, given_name, patronymic",
            [(p, c, "Иванов", "Иван", "Петрович") for p, c in zip(persons, clients, strict=True)],
        ),
        (
            "bench_point", "id, client_id, person_id, kind, original, normal",
            [(i, clients[n // 2], persons[n // 2], "phone", f"8 9{n:09d}", f"+79{n:09d}")
             for n, i in enumerate(points)],
        ),
    ]  # fmt: skip


def _write_sales(desk: Desk, file: Path, count: int) -> list[Table]:
    today = desk.clock.today()
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["Код клиента", "Клиент", "Дата", "Номер документа", "Номенклатура", "Количество", "Сумма"])
        for n in range(count * ORDERS):
            day = today - timedelta(days=n % 900)
            for line in range(LINES):
                client = n // ORDERS
                writer.writerow(
                    [f"К{client:06d}", f"ООО «Заря-Строй {client}»", day.strftime("%d.%m.%Y"), f"Р-{n}",
                     f"Изделие {(n + line) % PRODUCTS}", 1000, "5000,00"]
                )  # fmt: skip
    orders = id_block(count * ORDERS)
    day = today.toordinal()
    return [
        (
            "bench_order", "id, client_id, day, number, stage, total",
            [(i, n // ORDERS, day - n % 900, f"Р-{n}", "done", 10_000_00) for n, i in enumerate(orders)],
        ),
        (
            "bench_line", "order_id, line, product_id, words, quantity, amount",
            [(i, line, (n + line) % PRODUCTS, "", 1000_000, 5_000_00) for n, i in enumerate(orders)
             for line in range(1, LINES + 1)],
        ),
    ]  # fmt: skip


def _bare(desk: Desk, tables: list[Table]) -> float:
    """One transaction that inserts the rows by the driver alone."""
    raw = Raw(desk.store)

    def work() -> None:
        raw.read("BEGIN")
        for name, columns, rows in tables:
            raw.read(f"CREATE TABLE {name} ({_typed(columns, rows[0], raw.dialect)})")
            if raw.dialect == "sqlite":
                marks = ", ".join("?" * len(rows[0]))
                raw.connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)
            else:
                with raw.connection.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
        raw.read("COMMIT")

    spent = _once(desk, work)
    for name, _, _ in tables:
        raw.read(f"DROP TABLE {name}")
    raw.close()
    return spent


def _typed(columns: str, row: Sequence[Any], dialect: str) -> str:
    number = "INTEGER" if dialect == "sqlite" else "BIGINT"
    return ", ".join(
        f"{name} {number if isinstance(value, int) else 'TEXT'}"
        for name, value in zip(columns.split(", "), row, strict=True)
    )


def _once(desk: Desk, work: Work) -> float:
    """Milliseconds of processor time of one go: ours, our children's, and that of the server's processes for us."""
    server = _server(desk)
    before = time.process_time() + _children()
    work()
    after = time.process_time() + _children()
    spent = sum(used - server.get(pid, 0) for pid, used in _server(desk).items())
    return (after - before) * 1e3 + spent / 1e6


def _children() -> float:
    """Seconds of processor time of the processes we started and that ended: files are read in one."""
    try:
        import resource
    except ImportError:  # Windows knows only coarse times
        times = os.times()
        return times.children_user + times.children_system
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _server(desk: Desk) -> dict[int, int]:
    """Processor time so far, in nanoseconds, of the server's processes that work for this base."""
    if desk.store.dialect == "sqlite":
        return {}
    with desk.store.read() as connection:
        pids = connection.scalars(text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).all()
    files = {pid: Path(f"/proc/{pid}/schedstat") for pid in pids}
    return {pid: int(file.read_text("ascii").split()[0]) for pid, file in files.items() if file.exists()}
