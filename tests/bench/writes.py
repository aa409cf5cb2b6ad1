"""What is written, beside bare inserts of the same rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle

from crmdesk.domain.interactions import NextStep
from crmdesk.services import interactions
from crmdesk.system.ids import new_id
from tests.bench.measure import Row, Work
from tests.bench.reads import Bench

_RESUME = "Обсудили тираж и сроки; просят образцы бумаги и расчёт на три варианта, решение в начале недели."


def rows(bench: Bench) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Every writing row by its name, to be measured when wanted."""
    yield "save a contact", lambda: bench.row("save a contact", _save(bench), 2.5, 2.5, turns=150, wall=True)


def _save(bench: Bench) -> tuple[Work, Work]:
    """A contact with its next step, audit, figures and search, durable; against one durable bare insert."""
    desk, raw = bench.office.desk, bench.raw
    picked = iter(cycle(random.Random(3).choices(bench.office.clients, k=1000)))
    step = NextStep("call", desk.clock.today() + timedelta(days=7), "Перезвонить", True)
    integer = "INTEGER" if raw.dialect == "sqlite" else "BIGINT"
    raw.read("DROP TABLE IF EXISTS bench_contact")
    raw.read(
        f"CREATE TABLE bench_contact (id {integer} PRIMARY KEY, client_id {integer}, manager_id {integer}, kind TEXT, "
        f"at {integer}, day INTEGER, result TEXT, rung TEXT, resume TEXT, created_at {integer})"
    )
    sql = raw.sql("INSERT INTO bench_contact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    day, at = desk.clock.today().toordinal(), int(desk.clock.now().timestamp() * 1000)

    def ours() -> object:
        return interactions.record(desk, next(picked), "call", "call_quote", _RESUME, next_step=step)

    def bare() -> object:
        return raw.read(sql, (new_id(), 1, 1, "call", at, day, "call_quote", "middle", _RESUME, at))

    return ours, bare
