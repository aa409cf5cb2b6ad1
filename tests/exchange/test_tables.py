from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.exchange import tables
from crmdesk.exchange.reader import reading
from crmdesk.system.errors import CrmError

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff", exclude_categories=("Cs",)), max_size=20)


def rows(path: Path) -> list[list[tables.Cell]]:
    return [cells for _, cells in tables.open_table(path).rows]


@given(
    st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=5, max_size=30),
    st.sampled_from(tables.SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_that_a_table_is_read_back_with_any_separator(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], separator: str, encoding: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    file = tmp_path_factory.mktemp("csv") / "table.csv"
    file.write_bytes(
        f"sep={separator}\r\n".encode(encoding)
        + written.getvalue().encode(encoding.removesuffix("-sig").replace("utf-16", "utf-16-le"))
    )
    assert rows(file) == table


@pytest.mark.parametrize("separator", tables.SEPARATORS)
def test_that_the_separator_is_found_without_being_told(tmp_path: Path, separator: str) -> None:
    table = [
        ["Клиент", "Сумма", "Дата"],
        ['ООО "A, B"', "1 234,50", "01.02.2024"],
        ["ИП | Петров; сын", "12,00", "02.02.2024"],
    ]
    file = tmp_path / "table.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(table)
    assert rows(file) == table


def test_that_the_child_reads_what_the_table_says(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    table = [[f"клиент {n}", f"{n},00"] for n in range(5_000)]
    with file.open("w", encoding="cp1251", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(table)
    with reading(file) as found:
        assert found.source.encoding == "cp1251"
        assert [cells for _, cells in found.rows()] == table


def test_that_a_refusal_in_the_child_reaches_the_parent(tmp_path: Path) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    with pytest.raises(CrmError) as refused, reading(file):
        pass
    assert (refused.value.key, refused.value.values) == ("not_a_table", {"file": "photo.csv"})
