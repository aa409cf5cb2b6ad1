"""Bugs: an error that no rule explains, from any thread, is shown once a place, kept in a file, sent nowhere."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion

import crmdesk
from crmdesk.system import paths
from crmdesk.system.clock import Clock

log = logging.getLogger("crmdesk.crash")


class CrashHook(QObject):
    """Catches what nobody caught. `show` is called on the UI thread with the report, once for each place."""

    caught = Signal(str)

    def __init__(self, show: Callable[[str], None], clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._show = show
        self._places: set[str] = set()
        self._before = (sys.excepthook, threading.excepthook)
        self.caught.connect(self._told, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every uncaught error of every thread comes here."""
        sys.excepthook = self._from_main
        threading.excepthook = self._from_thread

    def remove(self) -> None:
        """Puts back what was there before."""
        sys.excepthook, threading.excepthook = self._before

    @Slot(object)
    def take(self, error: BaseException) -> None:
        """An error somebody else caught and could not explain."""
        place = _place(error)
        log.error("bug at %s", place, exc_info=error)
        if place in self._places:
            return
        self._places.add(place)
        text = report(error, self._clock.now())
        keep(text)
        self.caught.emit(text)

    def _from_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self.take(error.with_traceback(trace))

    def _from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value)

    @Slot(str)
    def _told(self, text: str) -> None:
        self._show(text)


def report(error: BaseException, at: datetime) -> str:
    """What a programmer needs, and nothing about people: versions, the place, the kind of error.

    The message of the error itself is left out: it may quote what somebody typed.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    return (
        f"CRMDesk {crmdesk.__version__} · Python {platform.python_version()} · Qt {qVersion()}\n{platform.platform()}\n"
        f"{at:%Y-%m-%d %H:%M} UTC · thread {threading.current_thread().name}\n\n"
        f"{frames}{type(error).__name__}\n"
    )


def _file() -> Path:
    return paths.log_dir() / "crash.txt"


def keep(text: str) -> None:
    """Writes the report beside the log, for the next start; a full disk must not make a second crash of it."""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        _file().write_text(text, encoding="utf-8")
    except OSError:
        log.warning("crash report not kept")


def left_from_last_time() -> str | None:
    """The report of the last run, if it crashed; asked once, the file is kept under another name."""
    try:
        text = _file().read_text(encoding="utf-8")
        _file().replace(_file().with_name("crash-shown.txt"))
    except OSError:
        return None
    return text


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {last.filename}:{last.lineno}" if last else type(error).__name__
