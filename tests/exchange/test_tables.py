from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.exchange import tables
from crmdesk.exchange.reader import reading
from crmdesk.system.errors import CrmError
from tests.exchange.xls import workbook

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


def test_that_an_ods_sheet_is_read_with_its_types(tmp_path: Path) -> None:
    content = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Продажи">
<table:table-row><table:table-cell office:value-type="string"><text:p>Клиент</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Дата</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Сумма</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>ТОВ Друк</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2024-02-01"><text:p>01.02.24</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,50</text:p></table:table-cell>
</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
    file = tmp_path / "sales.ods"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content.replace("\n", ""))
    table = tables.open_table(file)
    assert (table.source.form, table.source.sheet) == ("ods", "Продажи")
    assert [cells for _, cells in table.rows] == [["Клиент", "Дата", "Сумма"], ["ТОВ Друк", "2024-02-01", 12.5]]


def test_that_a_sheet_is_chosen_by_its_name_and_an_unknown_one_refused() -> None:
    sample = Path(__file__).parent.parent / "samples" / "nasty" / "1c_sales_report.xlsx"
    assert tables.open_table(sample, sheet="TDSheet").source.sheets == ("TDSheet",)
    with pytest.raises(CrmError) as refused:
        tables.open_table(sample, sheet="Лист2")
    assert (refused.value.key, refused.value.values["sheet"]) == ("no_sheet", "Лист2")


def test_that_an_old_xls_is_read(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Клиент", "Дата", "Сумма"],
        ["ООО «Ёлка»", "01.02.2024", 12.5],
        ["ТОВ Друк", "", -3.0],
    ]
    file = tmp_path / "sales.xls"
    file.write_bytes(workbook(rows))
    table = tables.open_table(file)
    assert (table.source.form, table.source.sheet) == ("xls", "Лист1")
    assert [cells for _, cells in table.rows] == rows
