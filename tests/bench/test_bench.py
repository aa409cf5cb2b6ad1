from __future__ import annotations

import json

import pytest

from tests.bench.measure import Row, beside
from tests.bench.run import as_json, measured


@pytest.mark.slow
@pytest.mark.parametrize("store", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_that_every_row_of_the_bench_can_be_measured(store: str) -> None:
    rows = list(measured(["XS"], [store], ""))
    assert {row.name for row in rows} >= {"search", "card", "sheet, 40 tracked", "save a contact"}
    for row in rows:
        assert row.ours_ms > 0 and row.raw_ms > 0, row.name
        assert set(json.loads(json.dumps(as_json(row)))) == {
            "name", "store", "size", "ours_ms", "raw_ms", "ratio", "target",
        }  # fmt: skip


def test_that_a_row_is_judged_by_its_target() -> None:
    assert Row("a", "sqlite", "S", 2.0, 1.0, 2.0).met
    assert not Row("a", "sqlite", "S", 2.1, 1.0, 2.0).met
    assert Row("a", "sqlite", "S", 9.0, 1.0, None).met


def test_that_both_works_take_turns_as_often() -> None:
    done: list[str] = []
    beside(lambda: done.append("ours"), lambda: done.append("raw"), turns=5)
    assert done.count("ours") == done.count("raw") == 3 + 5
