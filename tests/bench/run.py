"""`dev.py bench`: every row of the performance targets, each beside its raw twin in the same run."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench import loads, papers, reads, windows, writes
from tests.bench.measure import Row
from tests.bench.offices import SIZES, build, empty
from tests.bench.reads import Bench

STORES = ("sqlite", "postgres")
GROWING = ("card", "sheet, 40 tracked", "list page of 200")  # must not grow with the base
GROWTH = 1.2


def main() -> int:
    """Measures, prints, returns the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--sizes", default="S,M", help="of XS,S,M,L: 50, 2,000, 20,000, 100,000 clients (%(default)s)")
    parser.add_argument("--stores", default=",".join(STORES))
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--json", action="store_true", help="a list of {name, store, size, ours_ms, raw_ms, …}")
    wanted = parser.parse_args()
    sizes = [size.strip().upper() for size in wanted.sizes.split(",")]
    stores = [store.strip() for store in wanted.stores.split(",")]
    if not set(sizes) <= set(SIZES) or not set(stores) <= set(STORES):
        parser.error(f"sizes are {','.join(SIZES)}; stores are {','.join(STORES)}")
    found = []
    for row in measured(sizes, stores, wanted.only):
        found.append(row)
        if not wanted.json:
            print(line(row), flush=True)
    if wanted.json:
        print(json.dumps([as_json(row) for row in found], ensure_ascii=False, indent=1))
    return 0


def measured(sizes: list[str], stores: list[str], only: str) -> Iterator[Row]:
    """All rows wanted, as they are measured."""
    for store in stores:
        with places(store) as place:
            kept: dict[str, dict[str, Row]] = {}
            for size in sizes:
                say(f"making an office of {SIZES[size]:,} clients on {store} …")
                began = time.perf_counter()
                office = build(place(size), size)
                say(f"made in {time.perf_counter() - began:.0f} s")
                bench = Bench.on(office)
                for name, measure in (*reads.rows(bench), *writes.rows(bench), *papers.rows(bench)):
                    if only in name:
                        row = measure()
                        kept.setdefault(name, {})[size] = row
                        yield row
                for name, start in windows.rows(bench):
                    if only in name and size in ("XS", "S"):
                        yield from start()
                bench.raw.close()
                office.desk.close()
                if any(only in name for name in loads.NAMES):
                    yield from _loads(place(f"{size}_empty"), size, only)
            for name in GROWING:
                for smaller, larger in zip(sizes, sizes[1:], strict=False):
                    if name in kept:
                        few, many = kept[name][smaller], kept[name][larger]
                        growth = f"growth of {name}"
                        yield Row(growth, few.store, f"{smaller}→{larger}", many.ours_ms, few.ours_ms, GROWTH)


def _loads(address: str, size: str, only: str) -> Iterator[Row]:
    desk = empty(address)
    with tempfile.TemporaryDirectory(prefix="crmdesk-bench") as folder:
        for name, measure in loads.rows(desk, size, Path(folder)):
            if only in name:
                yield measure()
    desk.close()


@contextmanager
def places(store: str) -> Iterator[Callable[[str], str]]:
    """A function from a name to the address of a new office; everything is gone after the block."""
    with ExitStack() as stack:
        if store == "sqlite":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crmdesk-bench")))
            yield lambda size: str(folder / f"{size}.crmdesk")
            return
        import psycopg

        from tests.postgres_server import DURABLE, running_server

        url = stack.enter_context(running_server(DURABLE))

        def place(size: str) -> str:
            with psycopg.connect(url.format(database="postgres"), autocommit=True) as connection:
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'boss'").fetchone():
                    connection.execute("CREATE ROLE boss LOGIN SUPERUSER")
                connection.execute(f"CREATE DATABASE bench_{size.lower()} OWNER boss")
            return url.replace("//postgres@", "//boss@").format(database=f"bench_{size.lower()}")

        yield place


def line(row: Row) -> str:
    """A line of the table."""
    target = f"≤ {row.target:g}" if row.target else ""
    sign = "✓" if row.met else "✗"
    return (
        f"{sign} {row.name:<32} {row.store:<8} {row.size:<4} {row.ours_ms:>10.2f} ms {row.raw_ms:>10.2f} ms "
        f"× {row.ratio:<7.2f} {target}"
    )


def as_json(row: Row) -> dict[str, object]:
    """The row as scripts read it."""
    return {
        "name": row.name,
        "store": row.store,
        "size": row.size,
        "ours_ms": round(row.ours_ms, 4),
        "raw_ms": round(row.raw_ms, 4),
        "ratio": round(row.ratio, 3),
        "target": row.target,
    }


def say(text: str) -> None:
    """Progress, where a person looks on."""
    if sys.stderr.isatty() or os.environ.get("CRMDESK_BENCH_TALK"):
        print(text, file=sys.stderr, flush=True)
