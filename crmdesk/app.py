"""Builds the window and everything behind it; opens the office; draws a picture of a view."""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from crmdesk.system import paths
from crmdesk.system.clock import Clock
from crmdesk.system.jobs import Job
from crmdesk.system.settings import Settings
from crmdesk.ui import crash
from crmdesk.ui.card.unsaved import offer_left
from crmdesk.ui.changes import Changes
from crmdesk.ui.commands import Command, Commands
from crmdesk.ui.copies import CopyKeeper
from crmdesk.ui.crash_dialog import CrashDialog
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame import shape
from crmdesk.ui.frame.window import Window
from crmdesk.ui.garbage import Garbage
from crmdesk.ui.help import AboutDialog, KeysDialog
from crmdesk.ui.kit import Kit
from crmdesk.ui.language import Language
from crmdesk.ui.office import Office
from crmdesk.ui.pictures import Picture
from crmdesk.ui.reminders.keeper import ReminderKeeper
from crmdesk.ui.settings.presenter import shown_address
from crmdesk.ui.shots import PICTURES, VIEWS, Shot
from crmdesk.ui.start.offices import OfficeMaker
from crmdesk.ui.start.presenter import Choice, Form
from crmdesk.ui.start.screen import StartScreen
from crmdesk.ui.tasks import TaskRunner
from crmdesk.ui.theme.look import Look
from crmdesk.ui.views import warm_view

__all__ = ["PICTURES", "VIEWS", "App", "main", "shot"]
HANDOVER = 0.001  # seconds after which a thread gives way: of 0.005, Python's own, the window would notice every reader


class App:
    """Everything the window needs, made once and handed on; ended by `close`."""

    def __init__(
        self,
        app: QApplication,
        *,
        lang: str | None = None,
        theme: str | None = None,
        now: datetime | None = None,
        login: str | None = None,
        settings: Settings | None = None,
    ) -> None:
        settings = settings or Settings()
        clock = Clock() if now is None else Clock.at(now)
        self.garbage = Garbage()
        self._login = login
        self._closed = False
        self._now = now
        look = Look(app, theme or settings.get("theme", "system"))
        language = Language(app, lang or settings.get("lang"))
        self.kit = Kit(look, language, Commands(language, look), TaskRunner(), settings, clock, Changes())
        self.window = Window(self.kit)
        self.hook = crash.CrashHook(self._crashed, clock)
        self.kit.runner.bug.connect(self.hook.take)
        self.copies = CopyKeeper(self.kit, self.window)
        self.reminders = ReminderKeeper(self.kit, self.window, self._quit)
        self._register()
        self.window.menus.fill()

    def start(self, office: str | None) -> None:
        """Shows the window, then opens the office given, the last one, or the first start."""
        self.hook.install()
        sys.setswitchinterval(HANDOVER)
        shape.restore(self.window, self.kit.settings)
        address = office or self.kit.settings.get("office")
        if isinstance(address, str) and address:
            self.window.wait(self.kit.words.gettext("Opening the office…"))
        else:
            self.ask()
        self.window.show()
        if isinstance(address, str) and address:
            QTimer.singleShot(0, lambda: self.open(address))  # after the first frame
        left = crash.left_from_last_time()
        if left is not None:
            CrashDialog(self.kit, self.window, left, last_time=True).open()

    def open(self, address: str) -> None:
        """Opens an office off the UI thread; a failure leads to the first start with the reason."""
        self.window.wait(self.kit.words.gettext("Opening the office…"))
        clock, login, now, words = self.kit.clock, self._login, self._now, self.kit.words
        view = self.window.last_place()[0]

        def work(job: Job) -> Office:
            office = Office.open(address, login=login, clock=clock, now=now)
            warm_view(view, words)
            return office

        self.kit.runner.long(
            work,
            self.enter,
            lambda error: self._not_opened(address, error),
            progress=lambda done, total: None,
            stopped=lambda: None,
        )

    def enter(self, office: Office) -> None:
        """Works in this office; next time the program begins with it. A password is never kept."""
        before = self.window.office
        if before is None:
            self.garbage.settle()  # what was imported until now is not looked through while the first view is made
        self.kit.settings.set("office", shown_address(office.address))
        self.window.enter(office, *self.window.last_place())
        offer_left(self.kit, office, self.window)
        self.copies.watch(office)
        self.reminders.watch(office)
        self.kit.runner.idle.connect(self.garbage.settle, Qt.ConnectionType.SingleShotConnection)
        if before is not None:
            before.close()

    def ask(self, form: Form | None = None) -> StartScreen:
        """The first start; also the way to another office."""
        before = self.window.office
        self.reminders.rest()
        page = StartScreen(self.kit, OfficeMaker(self.kit.clock), paths.data_dir(), self.enter, form)
        self.window.show_page(page)
        page.setFocus()
        if before is not None:
            before.close()
        return page

    def close(self, *, last_copy: bool = False) -> None:
        """Ends everything: work, office, hooks; the last copy is made when the work has ended. Once is enough."""
        if self._closed:
            return
        self._closed = True
        self.reminders.close()
        self.kit.runner.close()
        if last_copy:
            self.copies.last()
        office, self.window.office = self.window.office, None
        if office is not None:
            office.close()
        self.hook.remove()
        self.window.close()
        self.kit.look.close()
        for ours in (self.window, self.kit.commands, self.kit.runner, self.kit.language, self.kit.look):
            ours.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.garbage.stop()

    def _register(self) -> None:
        add, window = self.kit.commands.add, self.window
        add(Command("other-office", N_("Open or create an office…"), lambda: self._ask(), "file", "Ctrl+O"), window)
        inside = lambda: window.office is not None  # noqa: E731
        copy = Command("copy-now", N_("Make a copy now"), self._copy_now, "file", "", "database-backup", inside)
        add(copy, window)
        add(Command("quit", N_("Quit"), lambda: self._quit(), "file", "Ctrl+Q"), window)
        add(
            Command(
                "keys", N_("Keys and commands"), lambda: KeysDialog(self.kit, window, window.here).open(), "help", "F1"
            ),
            window,
        )
        add(Command("about", N_("About CRMDesk"), lambda: AboutDialog(self.kit, window).open(), "help"), window)

    def _ask(self) -> None:
        self.ask()

    def _copy_now(self) -> None:
        self.copies.make_now()

    def _quit(self) -> None:
        """Really exits, also when closing the window would only hide it, and when it is hidden already."""
        hidden = self.window.isHidden()
        self.reminders.tray.close()
        self.window.close()
        if hidden:
            QApplication.quit()

    def _not_opened(self, address: str, error: Exception) -> None:
        if address.startswith("postgresql://"):
            server = address.partition("://")[2]
            who, _, where = server.rpartition("@")
            host, _, database = where.partition("/")
            form = Form(choice=Choice.SHARED, server=host, database=database, login=who.partition(":")[0], new=False)
        else:
            form = Form(file=address, new=False)
        page = self.ask(form)
        page.refuse(error)

    def _crashed(self, report: str) -> None:
        dialog = CrashDialog(self.kit, self.window, report)
        dialog.finished.connect(lambda: crash.left_from_last_time())  # seen now: the next start need not show it again
        dialog.open()


def main(
    office: str | None = None, *, lang: str | None = None, now: datetime | None = None, login: str | None = None
) -> int:
    """Opens the window and works until it is closed; the exit code."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("CRMDesk")
    app = App(qt, lang=lang, now=now, login=login)
    app.start(office)
    code = QApplication.exec()
    app.close(last_copy=True)
    return code


def shot(picture: Picture) -> None:
    """Writes a picture (one of `PICTURES`) as PNG. Raises UsageError("no_such_view") and the store's errors."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    nobody = tempfile.TemporaryDirectory(prefix="crmdesk-shot-")
    settings = Settings(Path(nobody.name) / "settings.json")  # nobody's choices: a picture shows the defaults

    def unless_no_screen(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if not text.startswith("This plugin does not support"):  # raising, moving: there is no screen
            before(kind, context, text) if before else sys.stderr.write(f"{text}\n")

    before = qInstallMessageHandler(unless_no_screen)
    theme = "dark" if picture.dark else "light"
    app = App(qt, lang=picture.lang or "ru", theme=theme, now=picture.now, login=picture.login, settings=settings)
    try:
        Shot(app.kit, app.window, app.ask, picture).take()
    finally:
        app.close()
        nobody.cleanup()
        qInstallMessageHandler(before)
