"""What the first start asks and does. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from crmdesk.system.jobs import Job
from crmdesk.ui.list_words import USUAL
from crmdesk.ui.office import Office
from crmdesk.ui.tasks import Runner

OWNER_LOGIN = "owner"


class Choice(StrEnum):
    """How one wants to begin."""

    ONE = "one"  # a file on this computer
    SHARED = "shared"  # a Postgres server of the office
    EXAMPLE = "example"  # the demo print shop


@dataclass(frozen=True)
class Form:
    """What was filled in. `new`: make an office rather than open the one that is there."""

    choice: Choice = Choice.ONE
    office: str = ""
    owner: str = ""
    country: str = "RU"
    file: str = ""
    server: str = ""  # host or host:port
    database: str = "crmdesk"
    login: str = ""
    password: str = ""
    new: bool = True


@dataclass(frozen=True)
class StartState:
    """What the page shows. `missing`: names of fields that are still empty."""

    form: Form
    missing: tuple[str, ...] = ()
    working: bool = False
    done: int = 0
    total: int = 0
    error: Exception | None = None


class Offices(Protocol):
    """How offices are made and opened; the real one is `OfficeMaker`."""

    def create(self, address: str, form: Form, lang: str, login: str) -> Office:
        """A new office."""

    def open(self, address: str) -> Office:
        """One that is there."""

    def example(self, address: str, lang: str, job: Job) -> Office:
        """The demo print shop, made if it is not there yet."""


class View(Protocol):
    """Where the state is shown."""

    def show_state(self, state: StartState) -> None:
        """Shows it all."""


class StartPresenter:
    """Gathers the form, makes or opens the office, hands it on."""

    def __init__(
        self,
        view: View,
        runner: Runner,
        offices: Offices,
        folder: Path,
        ready: Callable[[Office], None],
        form: Form | None = None,
    ) -> None:
        self._view = view
        self._runner = runner
        self._offices = offices
        self._folder = folder
        self._ready = ready
        self.lang = "en"
        self.state = StartState(form or Form())
        self._running: object = None

    def start(self) -> None:
        """Shows the first state."""
        self._view.show_state(self.state)

    def fill(self, **fields: object) -> None:
        """Changes fields of the form."""
        self.state = replace(self.state, form=replace(self.state.form, **fields), missing=(), error=None)  # type: ignore[arg-type]
        self._view.show_state(self.state)

    def file(self) -> Path:
        """Where the file of a new office will lie, if nobody chose another place."""
        form = self.state.form
        if form.file:
            return Path(form.file)
        name = "".join(c for c in form.office.strip() if c.isalnum() or c in " -_№").strip() or "office"
        return self._folder / f"{name}.crmdesk"

    def missing(self) -> tuple[str, ...]:
        """The fields that must be filled before one can go on."""
        form = self.state.form
        needed: tuple[str, ...] = ()
        if form.choice is Choice.ONE and form.new:
            needed = ("office", "owner")
        elif form.choice is Choice.ONE:
            needed = ("file",)
        elif form.choice is Choice.SHARED:
            needed = ("server", "database", "login", *(("office", "owner") if form.new else ()))
        return tuple(name for name in needed if not str(getattr(form, name)).strip())

    def go(self) -> None:
        """Does what was chosen; empty fields are named instead."""
        missing = self.missing()
        if missing or self.state.working:
            self.state = replace(self.state, missing=missing)
            self._view.show_state(self.state)
            return
        self.state = replace(self.state, missing=(), error=None, working=True, done=0, total=0)
        self._view.show_state(self.state)
        self._running = self._runner.long(
            self._work, self._done, self._failed, progress=self._progress, stopped=self._stopped
        )

    def refuse(self, error: Exception) -> None:
        """Shows why something did not work."""
        self.state = replace(self.state, error=error)
        self._view.show_state(self.state)

    def stop(self) -> None:
        """Ends the making of the example."""
        running = self._running
        if running is not None:
            running.stop()  # type: ignore[attr-defined]

    def _work(self, job: Job) -> Office:
        form = self.state.form
        if form.choice is Choice.EXAMPLE:
            return self._offices.example(str(self._folder / "demo.crmdesk"), self.lang, job)
        address = url(form) if form.choice is Choice.SHARED else str(self.file())
        if not form.new:
            return self._offices.open(address)
        login = form.login.strip() or OWNER_LOGIN
        return self._offices.create(address, form, self.lang, login)

    def _progress(self, done: int, total: int) -> None:
        self.state = replace(self.state, done=done, total=total)
        self._view.show_state(self.state)

    def _done(self, office: Office) -> None:
        self.state = replace(self.state, working=False)
        self._ready(office)

    def _failed(self, error: Exception) -> None:
        self.state = replace(self.state, working=False, error=error)
        self._view.show_state(self.state)

    def _stopped(self) -> None:
        self.state = replace(self.state, working=False)
        self._view.show_state(self.state)


def url(form: Form) -> str:
    """The server's address with login and password, as the store takes it."""
    secret = f":{quote(form.password, safe='')}" if form.password else ""
    who, where = quote(form.login.strip(), safe=""), form.server.strip()
    return f"postgresql://{who}{secret}@{where}/{quote(form.database.strip(), safe='')}"


def usual(country: str) -> tuple[str, str]:
    """Currency and time zone an office of this country most likely uses."""
    return USUAL.get(country, ("EUR", "UTC"))
