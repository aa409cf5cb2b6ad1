"""The reminders of the office in the window: thread, presenter, window, bell and tray, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout

from crmdesk.domain.reminders import Kind, Occasion
from crmdesk.domain.tasks import TaskRow
from crmdesk.system.clock import Clock
from crmdesk.ui.changes import Change
from crmdesk.ui.commands import Command
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.window import Window
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.reminders import choices
from crmdesk.ui.reminders.bell import KEYS, Bell
from crmdesk.ui.reminders.office import ReminderOffice
from crmdesk.ui.reminders.presenter import WRONG_CLOCK, RemindersPresenter, RemindersState
from crmdesk.ui.reminders.thread import WakeThread
from crmdesk.ui.reminders.tray import Tray
from crmdesk.ui.reminders.window import RemindersWindow

OURS = frozenset({"tasks", "interactions", "people", "clients", "reminders", "settings"})
"""The nouns whose change may change what there is to remind of."""


class ReminderKeeper(QObject):
    """Reminds while an office is open; one office at a time."""

    def __init__(self, kit: Kit, window: Window, leave: Callable[[], None]) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self.waker: WakeThread | None = None
        self.presenter: RemindersPresenter | None = None
        self.popup = RemindersWindow(kit, window, self._open)
        self.bell = Bell(kit, self.call)
        self.tray = Tray(kit, window, self.popup.silence_menu, leave)
        window.hides_instead = self.tray.hide_instead
        row = window.top.layout()
        if isinstance(row, QBoxLayout):
            row.insertWidget(row.indexOf(window.link), self.bell)
        inside = lambda: self.presenter is not None  # noqa: E731
        kit.commands.add(Command("reminders", N_("Reminders"), self.call, "view", KEYS, "bell", inside), window)
        kit.changes.changed.connect(self._changed)

    @property
    def is_open(self) -> bool:
        """Whether the window of reminders is on the screen."""
        return self.popup.is_open

    def watch(self, office: Office) -> None:
        """Reminds in this office from now on, as soon as the window has what it shows."""
        self.rest()
        door = ReminderOffice(office)
        self.waker = waker = WakeThread(door.now, parent=self)
        waker.woke.connect(self._woke, Qt.ConnectionType.QueuedConnection)
        self.presenter = self.popup.presenter = RemindersPresenter(
            self,
            self._kit.runner,
            door,
            lambda: choices.preferences(self._kit.settings),
            waker.sleep_until,
            choices.quiet_until(self._kit.settings),
        )
        waker.start()
        self._kit.runner.idle.connect(self._woke, Qt.ConnectionType.SingleShotConnection)
        self._kit.runner.read(lambda job: door.clock_error(), self._clock, lambda error: None)

    def rest(self) -> None:
        """Reminds no more: the office is being left. The thread has ended when this returns."""
        self.popup.hide()
        self.presenter = self.popup.presenter = None
        if self.waker is not None:
            self.waker.close()
            self.waker.deleteLater()
            self.waker = None
        self.bell.say(0, quiet=False)
        self.tray.say(0)

    def close(self) -> None:
        """Ends everything."""
        self.rest()
        self.tray.close()
        self.popup.close()

    def call(self) -> None:
        """Somebody wants to see them."""
        if self.presenter is not None:
            self.popup.call()
            self.presenter.look()

    def settle(self) -> None:
        """Something was chosen in the settings."""
        self.tray.settle()
        self._woke()

    # what the presenter tells -------------------------------------------------------------------------
    def show_state(self, state: RemindersState) -> None:
        """Window, bell, tray and badge."""
        self.popup.show_state(state)
        quiet = state.quiet_until is not None and state.quiet_until > state.now
        self.bell.say(state.count, quiet=quiet)
        self.tray.say(state.count)
        kept = choices.quiet_until(self._kit.settings)
        if kept != state.quiet_until:
            choices.keep_quiet(self._kit.settings, state.quiet_until)

    def appear(self) -> None:
        """Something is due."""
        self.popup.appear()

    def wrote(self, verb: str, clients: Sequence[int | None]) -> None:
        """Everybody should know what was done; a reminder that was only put off changes no view."""
        if verb == "done":
            known = [client for client in clients if client is not None]
            self._kit.changes.tell("tasks", "interactions", "reminders", clients=known)

    def ask_next(self, task: TaskRow | None) -> None:
        """What follows a task that was done here."""
        if task is None:
            self.popup.leave_question()
        elif self._window.office is not None:
            self.popup.ask_next(task, self._window.office.desk.clock.today())

    # inside -------------------------------------------------------------------------------------------
    def _woke(self) -> None:
        if self.presenter is not None:
            self.presenter.look()

    def _changed(self, change: Change) -> None:
        if "settings" in change.nouns:
            self.tray.settle()
        if not change.nouns or change.nouns & OURS:
            self._woke()

    def _open(self, occasion: Occasion) -> None:
        self.tray.show_window()
        if occasion.kind is Kind.LATE or occasion.client_id is None:
            self._window.go("today")
        else:
            self._window.open_client(occasion.client_id)

    def _clock(self, ahead: timedelta) -> None:
        """The server's clock counts for everybody: a computer that is wrong is told, and corrected in the office."""
        office = self._window.office
        if abs(ahead) <= WRONG_CLOCK or office is None:
            return
        clock = office.desk.clock
        office.desk.clock = Clock(clock.zone, clock.offset - ahead)
        words = self._kit.words
        minutes = round(abs(ahead).total_seconds() / 60)
        if ahead > timedelta():
            how = words.ngettext("It is {n} minute fast.", "It is {n} minutes fast.", minutes)
        else:
            how = words.ngettext("It is {n} minute slow.", "It is {n} minutes slow.", minutes)
        counts = words.gettext("Days and reminders go by the server’s.")
        self._window.tell("today", words.gettext("The clock of this computer is wrong."), f"{how} {counts}")
        self._woke()
