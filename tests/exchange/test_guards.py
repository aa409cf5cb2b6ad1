"""Bombs, foreign files, empty and enormous ones: one sentence each, nothing read, no memory to speak of."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest

from crmdesk.exchange import guards
from crmdesk.exchange.reader import reading
from crmdesk.system.errors import CrmError

NASTY = Path(__file__).parent.parent / "samples" / "nasty"


def refusal(path: Path) -> str:
    """The key with which a file is refused."""
    with pytest.raises(CrmError) as refused, reading(path) as found:
        list(found.rows())
    assert str(refused.value.values["file"]).endswith(path.name)
    return refused.value.key


SHEET = "xl/worksheets/sheet1.xml"


def repacked(target: Path, members: dict[str, bytes]) -> Path:
    """The 1C sample with some members replaced or added."""
    given = dict(members)
    with (
        zipfile.ZipFile(NASTY / "1c_sales_report.xlsx") as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for member in source.infolist():
            packed.writestr(member.filename, given.pop(member.filename, source.read(member)))
        for name, data in given.items():
            packed.writestr(name, data)
    return target


def test_that_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    assert refusal(repacked(tmp_path / "b.xlsx", {SHEET: b" " * 150_000_000})) == "bomb"


def test_that_a_bomb_that_lies_about_its_size_is_refused_by_what_it_unpacks_to(tmp_path: Path) -> None:
    file = repacked(tmp_path / "b.xlsx", {SHEET: b" " * 150_000_000})
    data = bytearray(file.read_bytes())
    claimed = struct.pack("<I", 150_000_000)
    places = [i for i in range(len(data)) if data[i : i + 4] == claimed]
    assert places  # the local header's and the directory's
    for place in places:
        data[place : place + 4] = struct.pack("<I", 1000)
    file.write_bytes(data)
    assert refusal(file) == "bomb"


def test_that_thousands_of_members_are_refused(tmp_path: Path) -> None:
    members = {f"x{number}": b"" for number in range(guards.MEMBER_LIMIT)}
    assert refusal(repacked(tmp_path / "b.xlsx", members)) == "bomb"


def test_that_a_member_that_climbs_out_is_refused(tmp_path: Path) -> None:
    assert refusal(repacked(tmp_path / "b.xlsx", {"xl/../../evil": b"x"})) == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_that_xml_with_a_dtd_is_refused(tmp_path: Path, encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 30))
    xml = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "ha">{laughs}]><worksheet>&l29;</worksheet>'
    assert refusal(repacked(tmp_path / "x.xlsx", {SHEET: xml.encode(encoding)})) == "xml_with_dtd"


def test_that_a_file_of_two_gigabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "big.csv"
    with file.open("wb") as stream:
        stream.truncate(2 << 30)
    assert refusal(file) == "file_too_big"


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_table"),
        ("book.xlsx", b"%PDF-1.7\n", "not_a_table"),
        ("page.xls", b"<html><body><table></table></body></html>", "not_a_table"),
        ("commerce.xml", b'<?xml version="1.0"?><root/>', "not_a_table"),
        ("facts.json", b'{\n "people": []\n}', "not_a_table"),
        ("list.csv", b'\xef\xbb\xbf[ {"name": 1} ]', "not_a_table"),
        ("program.csv", b"MZ" + bytes(200), "not_a_table"),
        ("noise.csv", bytes(range(256)) * 40, "not_a_table"),
        ("empty.csv", b"", "empty_file"),
        ("cut.xlsx", b"PK\x03\x04" + b"x" * 50, "damaged_file"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_file"),
        ("quote.csv", b'a;b\r\n"' + b"x" * 1_500_000, "broken_row"),
    ],
)
def test_that_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert refusal(file) == key


def test_that_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "letters.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert refusal(file) == "not_a_table"


def test_that_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cut.xlsx"
    file.write_bytes((NASTY / "amocrm_contacts.xlsx").read_bytes()[:4000])
    assert refusal(file) == "damaged_file"


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.csv") == "no_file"
    assert refusal(tmp_path) == "not_a_file"


def test_that_a_device_is_not_waited_for() -> None:
    assert refusal(Path(os.devnull)) == "not_a_file"


def test_that_a_sheet_too_wide_for_a_gigabyte_is_given_up_and_the_parent_lives(tmp_path: Path) -> None:
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    assert refusal(repacked(tmp_path / "wide.xlsx", {SHEET: sheet.encode()})) == "file_too_heavy"


@pytest.mark.slow
def test_that_the_child_takes_no_more_than_a_gigabyte(tmp_path: Path) -> None:
    import resource

    file = tmp_path / "cards.vcf"  # read whole: the heaviest form of 200 MB there is
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:" + b"x" * 900 + b";y\r\nEND:VCARD\r\n"
    file.write_bytes(card * (190_000_000 // len(card)))
    try:
        with reading(file) as found:
            for _ in found.rows():
                pass
    except CrmError as error:
        assert error.key == "file_too_heavy"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20  # kilobytes
