"""The office's file is lost; the copy of yesterday brings back exactly the sheets of yesterday."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Called, call

SALES = (
    "Дата;Номер;Контрагент;Номенклатура;Количество;Сумма;Себестоимость\n"
    "05.10.2026;Ж-1;ООО «Новый»;Визитки;500;2 150,50;980,00\n"
    "19.10.2026;Ж-2;ООО «Новый»;Листовки;300;1 290,00;610,00\n"
)


def ask(office: Path, *words: object) -> Called:
    """A verb on the office."""
    return call(*words, "--office", office, "--lang", "ru")


def sheets(office: Path) -> Any:
    """All managers' sheets."""
    out = office.with_name("sheets.json")
    done = ask(office, "sheet", "--all", "--month", "2026-10", "--out", out)
    assert done.code == 0, done.err
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_that_a_lost_office_comes_back_as_it_was_copied(tmp_path: Path) -> None:
    office = tmp_path / "типография.crmdesk"
    assert call("init", office, "--demo", "small", "--lang", "ru").code == 0
    yesterday = sheets(office)
    copy = ask(office, "backup", "--to", tmp_path / "флешка", "--json").json
    assert copy["counts"]["client"] == 120

    # work goes on: new sales, which the copy does not know
    (tmp_path / "продажи.csv").write_text(SALES, encoding="utf-8")
    brought = ask(office, "import", "orders", tmp_path / "продажи.csv", "--create-unknown", "--json")
    assert brought.code == 0, brought.err
    assert ask(office, "doctor").code == 0

    # the file is lost; every verb says so in one sentence and leaves it alone
    office.write_bytes(b"\0" * 100_000)
    for words in (["due"], ["doctor"], ["backup"], ["sheet", "--all", "--out", tmp_path / "x.pdf"]):
        refused = ask(office, *words)
        assert refused.code == 3 and refused.err.count("\n") == 1, words
    assert office.read_bytes() == b"\0" * 100_000

    # a copy that was damaged on its way is refused too
    carried = Path(copy["file"])
    whole = carried.read_bytes()
    carried.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert ask(office, "restore", carried).code == 3
    carried.write_bytes(whole)

    # and the good one brings everything back
    back = ask(office, "restore", carried, "--json").json
    assert back["hash_known"] and Path(back["kept_aside"]).read_bytes() == b"\0" * 100_000
    assert ask(office, "doctor").code == 0
    assert sheets(office) == yesterday
