"""One call of the command line: which office, who asks, in which language, and how to answer."""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from crmdesk.cli.screens import Screens
from crmdesk.system.clock import Clock
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.system.i18n import LANGUAGES, Words, words
from crmdesk.system.jobs import NO_JOB, Job
from crmdesk.system.settings import Settings

if TYPE_CHECKING:
    from crmdesk.services.office import Desk

OFFICE, LANGUAGE = "office", "lang"  # the keys of Settings that the window keeps too


def language(arguments: Sequence[str]) -> str:
    """The language of a call, before its options are read: --lang, else the window's choice, else the computer's."""
    said = ""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            said = arguments[place + 1]
        elif argument.startswith("--lang="):
            said = argument.partition("=")[2]
    chosen = said or Settings().get(LANGUAGE) or _of_the_computer()
    return chosen if chosen in LANGUAGES else "en"


def _of_the_computer() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name][:2].lower()
    return {"ru": "ru", "uk": "uk"}.get((locale.getlocale()[0] or "")[:2].lower(), "en")


class Session:
    """What a verb is given: its options, the words, the office once it is asked for, and ways to answer."""

    def __init__(self, options: argparse.Namespace, spoken: Words, screens: Screens) -> None:
        self.options, self.words, self.screens = options, spoken, screens
        self._desk: Desk | None = None

    # ---- the office ------------------------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        """The office, opened at the first use. Without --lang the language is the office's own for what is printed."""
        if self._desk is None:
            from crmdesk.services.office import open_office

            self._desk = self.with_password(
                lambda: open_office(self.address, login=self.options.login, clock=self.clock("UTC"))
            )
            if isinstance(self.options.now, datetime) and self.options.now.tzinfo is None:
                self._desk.clock = self.clock(self._desk.office.zone)
        return self._desk

    @property
    def address(self) -> str:
        """Where the office is: --office, CRMDESK_OFFICE, else the last one. Raises UsageError("which_office")."""
        said = self.options.office
        if said:
            check_address(said)
        found = said or os.environ.get("CRMDESK_OFFICE") or Settings().get(OFFICE)
        if not isinstance(found, str) or not found:
            raise UsageError("which_office")
        return whole(found)

    @property
    def sheet_words(self) -> Words:
        """The language of what is printed: --lang, else the office's own."""
        return words(self.options.lang or self.desk.office.lang)

    def clock(self, zone: str) -> Clock:
        """The clock of the call: --now, else the computer's. Raises UsageError("unknown_zone")."""
        moment = self.options.now
        try:
            return Clock(zone) if moment is None else Clock.at(moment, zone)
        except (KeyError, ValueError, OSError) as error:
            raise UsageError("unknown_zone", zone=zone) from error

    def keep(self, desk: Desk) -> None:
        """The office just made is the one to work with; closed with the session."""
        self._desk = desk

    def with_password(self, open_: Callable[[], Desk]) -> Desk:
        """Opens something; when the server lets us in only with a password and a person looks on, asks him, once."""
        try:
            return open_()
        except OutsideError as error:
            if error.key != "server_password" or "PGPASSWORD" in os.environ or not sys.stdin.isatty():
                raise
        os.environ["PGPASSWORD"] = getpass.getpass(self.words.gettext("Password: "), stream=sys.stderr)
        return open_()

    def close(self) -> None:
        """Gives back the office."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    # ---- answers ---------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A line for a person; nothing where a machine reads."""
        if not self.options.json:
            print(text)

    def note(self, text: str) -> None:
        """A line beside the answer: to stderr, so that it disturbs no file and no pipe."""
        print(text, file=sys.stderr)

    def answer(self, data: Any) -> None:
        """The answer for a machine, when --json asks for it."""
        if self.options.json:
            print(json.dumps(data, ensure_ascii=False, indent=1))

    def table(self, heads: Sequence[str], lines: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
        """Lines in columns under heads; the columns named in `right` are aligned to the right."""
        if self.options.json:
            return
        if not lines:
            print(self.words.gettext("Nothing to show."))
            return
        wide = [max(len(line[place]) for line in (heads, *lines)) for place in range(len(heads))]
        for line in (heads, *lines):
            cells = [
                cell.rjust(wide[place]) if place in right else cell.ljust(wide[place])
                for place, cell in enumerate(line)
            ]
            print("  ".join(cells).rstrip())

    def job(self, doing: str) -> Job:
        """Progress on stderr when a terminal looks on."""
        return Bar(doing, sys.stderr) if sys.stderr.isatty() else NO_JOB


class Bar:
    """A progress bar of one line, drawn at most ten times a second."""

    WIDTH = 30
    PAUSE = 0.1  # seconds between two drawings

    def __init__(self, doing: str, stream: TextIO) -> None:
        self.doing, self.stream = doing, stream
        self._drawn = 0.0

    def progress(self, done: int, total: int) -> None:
        """Draws so much of so much."""
        now = time.monotonic()
        if now - self._drawn < self.PAUSE and done < total:
            return
        self._drawn = now
        share = min(1.0, done / total) if total else 1.0
        full = round(share * self.WIDTH)
        self.stream.write(f"\r{self.doing} [{'#' * full}{'.' * (self.WIDTH - full)}] {share:4.0%} ")
        if done >= total:
            self.stream.write("\n")
        self.stream.flush()

    def check(self) -> None:
        """Ctrl+C comes as KeyboardInterrupt; nothing else stops the work."""


def is_url(address: str) -> bool:
    """Whether an address is a database on a server; otherwise it is a file."""
    return address.startswith(("postgresql://", "postgresql+psycopg://"))


def whole(address: str) -> str:
    """The address as it can be kept for the next time, from whatever folder: a file with its whole path."""
    return address if is_url(address) else str(Path(address).expanduser().resolve())


def check_address(address: str) -> None:
    """Refuses a password in an address: every process list and shell history would show it."""
    from urllib.parse import urlsplit

    if is_url(address) and urlsplit(address).password:
        raise UsageError("password_in_address")


def money(minor: int) -> str:
    """Money for machines: 1234.50."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"
