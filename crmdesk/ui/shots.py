"""Pictures of views and their states, for manuals and reviews.

A picture's name is a view ("sheet"), a view in one of its poses ("sheet-cell": `View.poses`, led to by `pose` of its
screen), a view in a state that every view has ("sheet-empty", "-loading", "-error", "-offline"), or something of the
frame ("palette", "keys", …).
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crmdesk.domain.client_list import ClientFilter, ClientOrder
from crmdesk.domain.lists import Role
from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.ui import views
from crmdesk.ui.crash_dialog import CrashDialog
from crmdesk.ui.frame.host import ClientAt
from crmdesk.ui.frame.window import Window
from crmdesk.ui.help import KeysDialog
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.pictures import Picture
from crmdesk.ui.reminders import choices
from crmdesk.ui.reminders.keeper import ReminderKeeper
from crmdesk.ui.reminders.window import RemindersWindow
from crmdesk.ui.start.screen import StartScreen
from crmdesk.ui.tasks import READERS

T = TypeVar("T")
EXAMPLE_REPORT = 'CRMDesk\n\n  File "crmdesk/ui/frame/window.py", line 1, in _open\nZeroDivisionError\n'
OF_FRAME = ("start", "palette", "import", "keys", "dialog-crash", "reminders", "reminders-burst")
STATES = ("empty", "loading", "error", "offline")  # every view has them
VIEWS = (*(view.name for view in views.VIEWS), *OF_FRAME)
PICTURES = (
    *(f"{view.name}-{pose}" if pose else view.name for view in views.VIEWS for pose in ("", *view.poses, *STATES)),
    *OF_FRAME,
)
AMONG = 200  # clients of the list that a card's picture was opened from
VEIL = 40  # opacity, of 255, of what lies between a dialog and the page
FEW = 3  # lines of reminders at once, so that there are more to ask for
A_DAY = 24 * 3600.0  # seconds


class Shot:
    """One picture."""

    def __init__(self, kit: Kit, window: Window, ask: Callable[[], StartScreen], wanted: Picture) -> None:
        self._kit = kit
        self._window = window
        self._ask = ask
        self._wanted = wanted
        self._size = wanted.size
        self._holding = False

    def take(self) -> None:
        """Raises UsageError("no_such_view"), OutsideError("picture_not_saved") and the store's errors."""
        name, out, now = self._wanted.view, self._wanted.out, self._wanted.now
        if name not in PICTURES:
            raise UsageError("no_such_view", view=name, views=", ".join(PICTURES))
        self._window.resize(*self._size)
        if name == "start":
            self._ask()
            self._window.show()
            self._finish(out)
            return
        view, _, state = name.partition("-")
        if views.view_named(view) is None:
            view, state = views.FIRST, name
        self._window.wait("")
        self._window.show()
        opened = self._opened(self._wanted.office, self._wanted.login, now)
        if state.startswith("reminders") and view == views.FIRST:
            opened = self._as_manager(opened, now)
        if state == "empty":
            with self._without_clients(opened, now) as fresh:
                self._enter(fresh, view, self._place(fresh, view))
                self._finish(out)
                self._window.leave()
        elif state == "loading":
            place = self._place(opened, view)
            with self._held():
                self._enter(opened, view, place)
                self._finish(out)
        elif state in ("error", "offline"):
            place = self._place(opened, view)
            key = "connection_lost" if state == "offline" else "disk_failed"
            with _broken(opened, OutsideError(key, address=opened.address)):
                self._enter(opened, view, place)
                self._finish(out)
        else:
            self._enter(opened, view, self._place(opened, view) if view == "card" else None)
            self._settle()
            self._lead(view, state)
            self._finish(out)

    def _enter(self, office: Office, view: str, at: object = None) -> None:
        self._window.enter(office, view, at)

    def _finish(self, out: Path) -> None:
        self._window.activateWindow()
        self._settle()
        if self._holding and (waits := self._window.focusWidget()) is not None:
            waits.clearFocus()  # what is on its way has no place for the keyboard yet
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.activateWindow()
                if dialog.focusWidget() is None:
                    dialog.focusNextChild()
        self._settle()
        if not self._picture().save(str(out)):
            raise OutsideError("picture_not_saved", file=str(out))

    def _opened(self, address: str, login: str | None, now: datetime | None) -> Office:
        return self._worked(lambda: Office.open(address, login=login, clock=self._kit.clock, now=now))

    def _as_manager(self, office: Office, now: datetime | None) -> Office:
        """The same office as a manager sees it, for only those who have tasks are reminded of some."""
        if office.me.role is Role.MANAGER:
            return office
        managers = [user.login for user in self._worked(office.people) if user.role is Role.MANAGER and user.active]
        if not managers:
            return office
        office.close()
        return self._opened(self._wanted.office, managers[0], now)

    def _worked(self, work: Callable[[], T]) -> T:
        """The work's answer, waited for."""
        found: list[T] = []
        failed: list[Exception] = []
        self._kit.runner.long(
            lambda job: work(),
            found.append,
            failed.append,
            progress=lambda done, total: None,
            stopped=lambda: None,
        )
        self._settle()
        if failed:
            raise failed[0]
        return found[0]

    def _place(self, office: Office, view: str) -> object:
        """What is open in a view that shows one client: the one with the largest turnover; in the settings, where
        most pages need no base, the people of the office."""
        if view == "settings":
            return "users"
        if view != "card":
            return None
        mine = office.me.id if office.me.role is Role.MANAGER else None
        wanted = ClientFilter(manager_id=mine, sort=ClientOrder.TURNOVER, descending=True)
        ids = self._worked(lambda: office.client_ids(wanted))[:AMONG]
        return ClientAt(ids[0], tuple(ids)) if ids else None

    @contextmanager
    def _without_clients(self, like: Office, now: datetime | None) -> Iterator[Office]:
        """A fresh office with the names of another one, with the same person and nobody else."""
        facts, me = like.facts, like.me

        def make(address: str) -> Office:
            from crmdesk.services import office, users  # with the services, after the first frame

            desk = office.create_office(
                address,
                name=facts.name,
                currency=facts.currency,
                zone=facts.zone,
                country=facts.country,
                lang=facts.lang,
                owner_login=me.login if me.role is Role.OWNER else "owner",
                owner_name=me.name,
                clock=self._kit.clock,
            )
            if me.role is not Role.OWNER:
                users.add(desk, me.login, me.name, me.role)
            desk.close()
            return Office.open(address, login=me.login, clock=self._kit.clock, now=now)

        like.close()
        with tempfile.TemporaryDirectory(prefix="crmdesk-shot-") as folder:
            fresh = self._worked(lambda: make(str(Path(folder) / "fresh.crmdesk")))
            try:
                yield fresh
            finally:
                self._window.leave()
                fresh.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Every thread of the runner is busy with something else, so that no answer comes."""
        runner, gate = self._kit.runner, threading.Event()
        before, runner.deadline = runner.deadline, A_DAY
        for _ in range(READERS):
            runner.read(lambda job: gate.wait(), lambda there: None, lambda error: None)
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
            gate.set()
            runner.deadline = before

    def _lead(self, view: str, state: str) -> None:
        window = self._window
        if state == "palette":
            window.palette_line.start("л" if self._kit.language.lang != "en" else "s")
        elif state == "import":
            window.open_import()
        elif state == "keys":
            KeysDialog(self._kit, window, window.here).open()
        elif state == "dialog-crash":
            CrashDialog(self._kit, window, EXAMPLE_REPORT).open()
        elif view != "settings" and state.startswith("reminders"):
            self._remind(every=state == "reminders-burst")
        elif state:
            window.screens[view].pose(state)  # type: ignore[attr-defined]

    def _remind(self, *, every: bool) -> None:
        """The window of reminders over the view: the first lines, or all that stand."""
        keeper = self._window.findChild(ReminderKeeper)
        assert isinstance(keeper, ReminderKeeper)
        assert self._window.office is not None
        choices.keep(self._kit.settings, replace(choices.preferences(self._kit.settings), most=FEW))
        keeper.watch(self._window.office)
        self._settle()
        keeper.call()
        self._settle()
        if every:
            keeper.popup.more.click()

    def _settle(self) -> None:
        """Until all work is answered and painted; work that is held is not waited for."""
        while self._kit.runner.busy and not self._holding:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(3):
            QApplication.processEvents()

    def _picture(self) -> QImage:
        image = QImage(
            int(self._size[0] * self._wanted.scale),
            int(self._size[1] * self._wanted.scale),
            QImage.Format.Format_ARGB32,
        )
        image.setDevicePixelRatio(self._wanted.scale)
        image.fill(self._kit.look.color("surface"))
        painter = QPainter(image)
        self._window.render(painter, QPoint(0, 0))
        for popup in self._window.findChildren(RemindersWindow):
            if popup.isVisible():
                popup.render(painter, QPoint(self._size[0] - popup.width() - 16, self._size[1] - popup.height() - 44))
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                self._draw_dialog(painter, dialog)
        painter.end()
        return image

    def _draw_dialog(self, painter: QPainter, dialog: QWidget) -> None:
        """A dialog is a window of its own: it is drawn over the middle, as the desktop would show it."""
        w, h = dialog.width(), dialog.height()
        x, y = (self._size[0] - w) // 2, max(0, (self._size[1] - h) // 2)
        painter.fillRect(QRect(0, 0, *self._size), _veil(self._kit))
        dialog.render(painter, QPoint(x, y))
        painter.setPen(self._kit.look.color("control"))
        painter.drawRect(x, y, w - 1, h - 1)


@contextmanager
def _broken(office: Office, error: Exception) -> Iterator[None]:
    """Nothing can be read or written any more."""
    store = office.desk.store
    office.desk.store = _Gone(error)  # type: ignore[assignment]
    try:
        yield
    finally:
        office.desk.store = store


class _Gone:
    """A store that fails whatever it is asked for."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        raise self._error


def _veil(kit: Kit) -> QColor:
    veil = QColor(kit.look.color("shadow"))
    veil.setAlpha(VEIL)
    return veil
