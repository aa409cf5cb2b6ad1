"""Mutated files never crash: a table comes out, or one of our refusals (reliability.md R18)."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crmdesk.exchange import one_c, records, sales, tables
from crmdesk.exchange.columns import layout
from crmdesk.exchange.headings import Kind
from crmdesk.system.errors import CrmError

NASTY = Path(__file__).parent.parent / "samples" / "nasty"
TEXTS = sorted(p for p in NASTY.iterdir() if p.suffix in (".csv", ".txt", ".vcf"))
BOOKS = sorted(NASTY.glob("*.xlsx"))
CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6), st.integers(0, 6)), max_size=12)
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def mutated(data: bytes, changes: list[tuple[float, bytes, int]]) -> bytes:
    """Bytes put in, taken out, exchanged at shares of the length."""
    changed = bytearray(data)
    for share, put, drop in changes:
        place = int(share * len(changed))
        changed[place : place + drop] = put
    return bytes(changed)


def swallow(file: Path) -> None:
    """Reads a file as an import would, in this process."""
    try:
        table = tables.open_table(file)
        rows = list(table.rows)
        for kind in (None, Kind.ORDERS, Kind.CLIENTS, Kind.TASKS, Kind.INTERACTIONS, Kind.PRODUCTS):
            guessed = layout(rows[:400], table.source, kind)
            refused: list[tuple[int, str, str, str]] = []
            refuse = lambda row, column, reason, value: refused.append((row, column, reason, value))  # noqa: E731, B023
            data = rows[guessed.first :]
            if guessed.levels:
                data = list(one_c.flatten(data, guessed, refuse))
            if guessed.kind is Kind.ORDERS:
                sales.read(data, guessed, refuse)
            else:
                list(records.read(data, guessed, refuse))
    except CrmError as error:
        assert error.key


@RELAXED
@given(st.sampled_from(TEXTS), CHANGES)
def test_that_mutated_texts_are_read_or_refused(
    tmp_path: Path, sample: Path, changes: list[tuple[float, bytes, int]]
) -> None:
    file = tmp_path / f"mutated{sample.suffix}"
    file.write_bytes(mutated(sample.read_bytes(), changes))
    swallow(file)


@RELAXED
@given(st.sampled_from(BOOKS), CHANGES)
def test_that_mutated_workbooks_are_read_or_refused(
    tmp_path: Path, sample: Path, changes: list[tuple[float, bytes, int]]
) -> None:
    file = tmp_path / "mutated.xlsx"
    file.write_bytes(mutated(sample.read_bytes(), changes))
    swallow(file)


@RELAXED
@given(st.sampled_from(BOOKS), st.integers(0, 20), CHANGES)
def test_that_workbooks_with_mutated_members_are_read_or_refused(
    tmp_path: Path, sample: Path, which: int, changes: list[tuple[float, bytes, int]]
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(made, "w") as packed:
        members = source.infolist()
        for number, member in enumerate(members):
            data = source.read(member)
            packed.writestr(member.filename, mutated(data, changes) if number == which % len(members) else data)
    file = tmp_path / "mutated.xlsx"
    file.write_bytes(made.getvalue())
    swallow(file)


@RELAXED
@given(st.binary(max_size=2000))
def test_that_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "any.csv"
    file.write_bytes(data)
    swallow(file)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ('ООО "A & B" <b>скидка</b>', ""),
        ("A", "резюме " * 14_000 + "конец"),
        ("🦊🐻👩‍👩‍👧‍👦", "=1+1"),
        ("'; DROP TABLE client; --", "%s {0} \\"),
    ],
)
def test_that_strange_names_come_in_literally(tmp_path: Path, name: str, notes: str) -> None:
    file = tmp_path / "clients.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([["Клиент", "Комментарий"], [name, notes]])
    table = tables.open_table(file)
    rows = list(table.rows)
    guessed = layout(rows, table.source, Kind.CLIENTS)
    (record,) = records.read(rows[1:], guessed, lambda *said: pytest.fail(str(said)))
    assert isinstance(record, records.ClientRecord)
    assert (record.client.name, record.about.get("notes", "")) == (name, notes)
