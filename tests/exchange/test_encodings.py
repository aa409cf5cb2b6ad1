from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.exchange import encodings
from crmdesk.system.errors import UserError

RUSSIAN = (
    "Клиент;Сумма;Дата\r\nООО Рога и Копыта;1 234,50;01.02.24\r\nЗАО Ёлочка;12;Печать визиток, листовок и буклетов\r\n"
)
UKRAINIAN = "Клієнт;Сума;Дата\r\nТОВ Друк-Сервіс;1 234,50;01.02.24\r\nФОП Їжакевич;12;Друк візиток і листівок\r\n"
WORDS = st.lists(st.sampled_from((RUSSIAN + UKRAINIAN).replace(";", " ").split()), min_size=12).map(" ".join)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-u", "utf-16-le", "utf-16-be"]
)
def test_that_russian_is_read_back_from_each_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "clients.csv"
    file.write_bytes(RUSSIAN.encode(encoding))
    assert file.read_bytes().decode(encodings.detect(file)) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "cp1125", "koi8-u"])
def test_that_ukrainian_is_read_back_from_each_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "clients.csv"
    file.write_bytes(UKRAINIAN.encode(encoding))
    assert file.read_bytes().decode(encodings.detect(file)) == UKRAINIAN


@given(WORDS, st.sampled_from(["cp1251", "cp1125", "koi8-u"]))
def test_that_letters_tell_the_one_byte_encodings_apart(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(encodings.guess(data)) == text


def test_that_cyrillic_far_behind_ascii_is_still_found(tmp_path: Path) -> None:
    file = tmp_path / "late.csv"
    file.write_bytes(b"a;b;c\r\n" * 400_000 + RUSSIAN.encode("cp1251"))
    assert encodings.detect(file) == "cp1251"


def test_that_a_utf8_letter_on_the_border_of_two_chunks_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "border.csv"
    file.write_bytes(b"a" * (encodings.CHUNK - 1) + "ю".encode())
    assert encodings.detect(file) == "utf-8"


def test_that_bytes_with_zeros_everywhere_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(bytes(range(256)) * 4 + b"\0\0\0\0" * 50)
    with pytest.raises(UserError) as refused:
        encodings.detect(file)
    assert refused.value.key == "not_a_table"
