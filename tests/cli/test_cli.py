"""The frame of the command line: languages, exit codes, one sentence to stderr, nothing left half done."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from crmdesk import __version__, cli
from crmdesk.cli.parser import parse
from crmdesk.cli.screens import Screens
from crmdesk.cli.session import Bar
from crmdesk.services import demo
from crmdesk.system.i18n import words
from crmdesk.ui.pictures import Picture
from tests.cli.calling import call

VERBS = (
    *(
        "init",
        "user",
        "user add",
        "user list",
        "user disable",
        "user enable",
        "user password",
        "import",
        "undo-import",
        "export",
        "backup",
        "restore",
    ),
    *("upgrade", "doctor", "sheet", "due", "quiet", "base", "shot", "self-test"),
)
# What may stay in Latin letters in a Russian or Ukrainian help: names that are typed, and names of things.
LATIN = re.compile(
    r"--?[a-z][a-z-]*|\{[^}]*\}|crmdesk|postgresql|CRMDESK_OFFICE|CRM|SQLite|JSON|YYYY|ABC|AB|RUB|UAH|EUR|RU|UA"
    r"|Europe/\w+|\.\w+|N|\d+x\d+"
)


@pytest.fixture(params=["ru", "uk"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def english_in(text: str) -> list[str]:
    """Latin words that are none of the names above, the verbs, or the kinds of files."""
    names = {name for verb in VERBS for name in verb.replace("-", " ").split()} | set(cli_kinds())
    return [word for word in re.findall(r"[A-Za-z]{2,}", LATIN.sub(" ", text)) if word not in names]


def cli_kinds() -> Iterator[str]:
    from crmdesk.services.exports import KINDS

    yield from (*KINDS, "auto", "YYYY-MM", "MM", "SKU", "PDF", "XLSX")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_that_help_speaks_the_language_whole(lang: str, verb: str) -> None:
    told = call(*verb.split(), "--help", "--lang", lang)
    assert told.code == 0
    assert english_in(told.out.replace(verb, "")) == []
    assert len(re.findall("[а-яіїєґ]{3,}", told.out)) > 20


def test_that_every_verb_is_in_the_list_above() -> None:
    with pytest.raises(SystemExit):
        parse(["--help"], words("en"))
    helped = call("--help", "--lang", "en").out
    listed = set(re.findall(r"^    ([a-z][a-z-]*)", helped, re.M))
    assert listed == {verb for verb in VERBS if " " not in verb}


@pytest.mark.parametrize(
    "arguments",
    [
        ("walk",),
        ("init",),
        ("due", "--until", "31.12.2026"),
        ("due", "--off"),
        ("base",),
        ("base", "--year", "x"),
        ("quiet", "--sort", "name"),
        ("shot", "sheet", "--out", "x.png", "--size", "big"),
        ("shot", "sheet", "--out", "x.png", "--scale", "9"),
        ("due", "--now", "yesterday"),
        ("due", "--manager"),
    ],
)
def test_that_bad_usage_is_one_sentence_in_the_language_and_code_2(lang: str, arguments: tuple[str, ...]) -> None:
    told = call(*arguments, "--lang", lang)
    assert told.code == 2
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
    said = re.sub("«[^»]*»|'[^']*'", "", told.err)
    for argument in arguments:
        said = said.replace(argument, "")
    assert english_in(said) == []


def test_that_each_kind_of_trouble_has_its_exit_code(lang: str, tmp_path: Path, demo_office: Path) -> None:
    refused = call("user", "disable", "nobody", "--office", demo_office, "--lang", lang)
    usage = call("init", tmp_path / "x.crmdesk", "--zone", "Mars/Base", "--lang", lang)
    outside = call("due", "--office", tmp_path / "nowhere.crmdesk", "--lang", lang)
    assert (refused.code, usage.code, outside.code) == (1, 2, 3)
    for told in (refused, usage, outside):
        assert len(told.err.strip().splitlines()) == 1
        assert re.search("[а-яіїєґ]{3}", told.err)
        assert "Traceback" not in told.err


def test_that_the_language_is_the_options_then_the_windows_then_the_computers(
    monkeypatch: pytest.MonkeyPatch, demo_office: Path
) -> None:
    from crmdesk.system.settings import Settings

    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    assert "Логін" in call("user", "list", "--office", demo_office).out
    Settings().set("lang", "ru")
    assert "Логин" in call("user", "list", "--office", demo_office).out
    assert "Login" in call("user", "list", "--office", demo_office, "--lang=en").out


def test_that_the_office_is_the_options_then_the_environments_then_the_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, demo_office: Path
) -> None:
    told = call("due", "--lang", "en")
    assert told.code == 2
    assert "--office" in told.err
    assert call("init", tmp_path / "last.crmdesk", "--name", "Last").code == 0
    assert [user["login"] for user in call("user", "list", "--json").json] == ["owner"]
    monkeypatch.setenv("CRMDESK_OFFICE", str(demo_office))
    assert len(call("user", "list", "--json").json) == 5
    assert len(call("user", "list", "--json", "--office", tmp_path / "last.crmdesk").json) == 1


def test_that_an_office_is_remembered_from_whatever_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    assert call("init", "near.crmdesk").code == 0
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert call("user", "list").code == 0
    assert call("user", "list", "--office", "../near.crmdesk").code == 0


def test_that_options_for_every_command_stand_before_or_after_it(demo_office: Path) -> None:
    before = call("--json", "--office", demo_office, "user", "list")
    after = call("user", "list", "--office", demo_office, "--json")
    assert before.json == after.json


def test_that_a_password_in_an_address_is_refused() -> None:
    for arguments in (("init", "postgresql://a:b@localhost/x"), ("due", "--office", "postgresql://a:b@localhost/x")):
        told = call(*arguments, "--lang", "en")
        assert told.code == 2
        assert "password" in told.err


def test_that_ctrl_c_while_a_demo_is_made_leaves_no_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "build_demo", stop)
    told = call("init", tmp_path / "half.crmdesk", "--demo", "small", "--lang", "en")
    assert told.code == 1
    assert "half done" in told.err
    assert [file.name for file in tmp_path.iterdir() if "half" in file.name] == []


def test_that_an_office_is_never_written_over(demo_office: Path) -> None:
    before = demo_office.read_bytes()
    told = call("init", demo_office, "--lang", "en")
    assert told.code == 1
    assert demo_office.read_bytes() == before


def test_that_without_a_verb_the_window_is_opened_with_what_was_said(demo_office: Path) -> None:
    seen: list[object] = []

    def window(office: str | None, *, lang: str | None, now: datetime | None, login: str | None) -> int:
        seen.extend((office, lang, now, login))
        return 0

    told = call("--office", demo_office, "--lang", "uk", "--as", "kovaleva", screens=Screens(window=window))
    assert told.code == 0
    assert seen == [str(demo_office), "uk", datetime(2026, 11, 2, 9, 30), "kovaleva"]


def test_that_a_view_that_is_not_there_is_named_with_those_that_are(demo_office: Path) -> None:
    screens = Screens(views=lambda: ("sheet", "start"))
    told = call("shot", "moon", "--out", "x.png", "--office", demo_office, "--lang", "en", screens=screens)
    assert told.code == 2
    assert "sheet, start" in told.err


def test_that_the_release_is_told_at_once() -> None:
    assert call("--version").out.strip() == f"CRMDesk {__version__}"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "crmdesk", "--version"], capture_output=True, text=True, check=True
    )
    assert time.perf_counter() - started < 5
    for heavy in ("sqlalchemy", "PySide6", "babel", "reportlab", "argparse"):
        assert not re.search(rf"\| +{heavy}$", done.stderr, re.M), heavy


def test_that_cyrillic_comes_out_as_utf_8_whatever_the_console(demo_office: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crmdesk", "user", "list", "--office", str(demo_office), "--lang", "ru"],
        capture_output=True,
        env={"PYTHONIOENCODING": "cp866", "PATH": "", "CRMDESK_HOME": str(demo_office.parent), "PYTHONPATH": "."},
        check=True,
    )
    assert "Ковалёва" in done.stdout.decode("utf-8")


def test_that_a_reader_who_leaves_early_is_no_trouble(demo_office: Path) -> None:
    command = f'"{sys.executable}" -m crmdesk due --json --until 2030-01-01 --office "{demo_office}" | head -c 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout == "["
    assert done.stderr == ""


def test_that_the_exit_codes_are_those_of_the_papers() -> None:
    assert (cli.EXIT_DONE, cli.EXIT_REFUSED, cli.EXIT_USAGE, cli.EXIT_OUTSIDE) == (0, 1, 2, 3)


def test_that_without_a_screen_the_window_says_so(monkeypatch: pytest.MonkeyPatch, demo_office: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    told = call("--office", demo_office, "--lang", "ru")
    assert told.code == 3
    assert "экрана" in told.err


def test_that_a_picture_needs_no_screen(monkeypatch: pytest.MonkeyPatch, demo_office: Path) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    seen: list[object] = []

    def shot(picture: Picture) -> None:
        seen.extend((picture.view, picture.out.name, os.environ.get("QT_QPA_PLATFORM")))
        seen.extend((picture.size, picture.scale, picture.dark))

    screens = Screens(shot=shot, views=lambda: ("sheet",))
    options = ("--out", "x.png", "--size", "1920X1080", "--scale", "1.5", "--dark", "--office", demo_office)
    assert call("shot", "sheet", *options, screens=screens).code == 0
    assert seen == ["sheet", "x.png", "offscreen", (1920, 1080), 1.5, True]


def test_that_progress_is_drawn_on_one_line_and_ends_with_it() -> None:
    drawn = io.StringIO()
    bar = Bar("Import", drawn)
    for done in range(10_001):
        bar.progress(done, 10_000)
        bar.check()
    said = drawn.getvalue()
    assert said.count("\n") == 1
    assert said.endswith("100% \n")
    assert 2 <= said.count("\r") < 200, "it is drawn ten times a second, not ten thousand times"
    assert {len(part) for part in said.strip("\r\n").split("\r")} == {len("Import [") + Bar.WIDTH + len("] 100% ")}
