"""Clock, ids, settings, paths, log: what the program takes from the machine."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.system import ids, log, paths
from crmdesk.system.clock import Clock
from crmdesk.system.settings import Settings

ZONES = ("Europe/Moscow", "Europe/Kyiv", "Asia/Yekaterinburg", "UTC")

# ---- clock -------------------------------------------------------------------------------------------


def test_that_a_naive_moment_is_office_time() -> None:
    clock = Clock.at(datetime(2026, 11, 2, 9, 30), "Europe/Moscow")
    assert clock.local().strftime("%d.%m.%Y %H:%M") == "02.11.2026 09:30"
    assert abs(clock.now() - datetime(2026, 11, 2, 6, 30, tzinfo=UTC)) < timedelta(minutes=1)


def test_that_the_office_day_is_the_zones_and_not_utc() -> None:
    late = Clock.at(datetime(2026, 11, 1, 22, 30, tzinfo=UTC), "Europe/Moscow")
    assert late.today() == date(2026, 11, 2)
    assert late.in_zone("UTC").today() == date(2026, 11, 1)


def test_that_the_clock_runs_on() -> None:
    clock = Clock.at(datetime(2026, 11, 2, 9, 30))
    first = clock.now()
    while clock.now() == first:
        pass
    assert clock.now() > first


def test_that_now_is_aware_of_utc() -> None:
    assert Clock().now().utcoffset() == timedelta(0)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.sampled_from(ZONES))
def test_that_a_rehearsed_moment_is_kept_in_every_zone(moment: datetime, zone: str) -> None:
    clock = Clock.at(moment.replace(tzinfo=UTC), zone)
    assert abs(clock.now() - moment.replace(tzinfo=UTC)) < timedelta(minutes=1)
    assert abs(clock.local() - clock.now()) < timedelta(minutes=1)


# ---- ids ---------------------------------------------------------------------------------------------


def test_that_ids_rise_and_fit_in_63_bits() -> None:
    made = [ids.new_id() for _ in range(5_000)]
    assert made == sorted(set(made))
    assert made[0] > 0 and made[-1] < 2**63


def test_that_an_id_tells_when_it_was_made() -> None:
    made = datetime.fromtimestamp((ids.new_id() >> ids.RANDOM_BITS) / 1000, UTC)
    assert abs(made - Clock().now()) < timedelta(minutes=1)


def test_that_a_block_of_ids_overlaps_nothing() -> None:
    before = ids.new_id()
    block = ids.id_block(100_000)
    after = ids.new_id()
    assert before < block[0] and block[-1] < after
    assert len(block) == 100_000


def test_that_threads_do_not_share_an_id() -> None:
    made: list[list[int]] = [[] for _ in range(4)]
    threads = [
        threading.Thread(target=lambda mine=mine: mine.extend(ids.new_id() for _ in range(2_000))) for mine in made
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({i for mine in made for i in mine}) == 8_000


def test_that_two_processes_hardly_ever_meet() -> None:
    code = "from crmdesk.system.ids import new_id; print(*[new_id() for _ in range(2000)])"
    runs = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    made = [number for run in runs for number in run.communicate()[0].split()]
    assert len(made) == len(set(made)) == 4_000


# ---- settings ----------------------------------------------------------------------------------------


def test_that_a_choice_is_kept_for_next_time(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    Settings(file).set("office", "Офис.crmdesk")
    assert Settings(file).get("office") == "Офис.crmdesk"
    assert Settings(file).get("theme", "light") == "light"


@pytest.mark.parametrize("damage", ["", "{", "[1]", "null", "\x00\x00"])
def test_that_a_damaged_file_means_the_defaults(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "settings.json"
    file.write_text(damage, encoding="utf-8")
    settings = Settings(file)
    assert settings.get("lang", "ru") == "ru"
    settings.set("lang", "uk")
    assert Settings(file).get("lang") == "uk"


def test_that_settings_in_bytes_of_another_encoding_are_no_error(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes("{'a': 'кириллица'}".encode("cp1251"))
    assert Settings(file).get("a") is None


def test_that_settings_that_cannot_be_written_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder", encoding="utf-8")
    settings = Settings(tmp_path / "taken" / "settings.json")
    settings.set("lang", "uk")
    assert settings.get("lang") == "uk"


# ---- paths -------------------------------------------------------------------------------------------


def test_that_one_variable_moves_everything_of_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path))
    assert {paths.config_dir(), paths.data_dir()} == {tmp_path}
    assert paths.log_dir().parent == tmp_path
    monkeypatch.delenv("CRMDESK_HOME")
    assert {p.name for p in (paths.config_dir(), paths.data_dir())} == {"crmdesk"}


def test_that_the_resources_are_there() -> None:
    assert (paths.resources() / "locale").is_dir()


# ---- log ---------------------------------------------------------------------------------------------


@pytest.fixture
def unlogged() -> Iterator[logging.Logger]:
    """The program's logger without handlers, before and after."""
    logger = logging.getLogger("crmdesk")
    kept, logger.handlers = logger.handlers, []
    yield logger
    for handler in logger.handlers:
        handler.close()
    logger.handlers = kept


def test_that_the_log_is_written_in_utf_8(unlogged: logging.Logger) -> None:
    log.start()
    log.start()
    assert len(unlogged.handlers) == 1
    unlogged.info("клиент 17")
    assert "клиент 17" in (paths.log_dir() / "crmdesk.log").read_text(encoding="utf-8")


def test_that_a_folder_that_cannot_be_written_only_means_no_log(
    unlogged: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("CRMDESK_HOME", str(tmp_path / "taken"))
    log.start()
    unlogged.info("nobody hears")
