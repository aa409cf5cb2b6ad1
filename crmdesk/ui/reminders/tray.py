"""The notification area: only for who wants it. Closing then hides the window, «Exit» really exits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.reminders.choices import TRAY, TRAY_TOLD
from crmdesk.ui.theme.draw import CENTER, Draw
from crmdesk.ui.theme.tokens import SEMIBOLD
from crmdesk.ui.widgets.dialog import Dialog

SIDE = 32  # pixels of the icon, drawn twice as large as it is shown


def tray_is_possible() -> bool:
    """Whether this desktop has a notification area."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon in the notification area, its menu, and what closing the window means while it is there."""

    def __init__(
        self, kit: Kit, window: QWidget, silences: Callable[[QWidget], QMenu], leave: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._window = window
        self._silences = silences
        self._leave = leave
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._count = 0
        kit.language.changed.connect(self.settle)
        self.settle()

    @property
    def is_shown(self) -> bool:
        """Whether the icon is there, so that the window may hide behind it."""
        return self._icon is not None

    def settle(self) -> None:
        """Shows the icon or takes it away, as was chosen; its menu in the language of the window."""
        wanted = bool(self._kit.settings.get(TRAY, False)) and tray_is_possible()
        if not wanted:
            self.close()
            return
        words = self._kit.words
        self._menu = QMenu()
        self._menu.addAction(words.gettext("Open CRMDesk"), self.show_window)
        quiet = self._silences(self._menu)
        quiet.setTitle(words.gettext("Quiet until…"))
        self._menu.addMenu(quiet)
        self._menu.addSeparator()
        leave = QAction(words.gettext("Exit"), self._menu)
        leave.triggered.connect(lambda: self._leave())
        self._menu.addAction(leave)
        if self._icon is None:
            self._icon = QSystemTrayIcon(self)
            self._icon.activated.connect(self._pressed)
        self._icon.setContextMenu(self._menu)
        self.say(self._count)
        self._icon.show()
        QApplication.setQuitOnLastWindowClosed(False)

    def say(self, count: int) -> None:
        """So many reminders wait: on the icon, and at the task bar where the desktop knows badges."""
        self._count = count
        badge = getattr(QApplication.instance(), "setBadgeNumber", None)  # since Qt 6.5, and not on every desktop
        if badge is not None:
            badge(count)
        if self._icon is None:
            return
        words = self._kit.words
        self._icon.setIcon(self._drawn(count))
        told = words.ngettext("CRMDesk: {n} reminder", "CRMDesk: {n} reminders", count) if count else "CRMDesk"
        self._icon.setToolTip(told)

    def hide_instead(self) -> bool:
        """The window is being closed: whether it is hidden instead. Explained the first time it happens."""
        if self._icon is None:
            return False
        if self._kit.settings.get(TRAY_TOLD):
            self._window.hide()
            return True
        words = self._kit.words
        dialog = Dialog(
            self._kit,
            self._window,
            N_("The window hides, CRMDesk goes on"),
            verb=N_("Hide"),
            press=lambda: None,
            refuse=N_("Exit"),
        )
        dialog.words(words.gettext("It stays in the notification area and goes on reminding. Its menu has «Exit»."))
        dialog.verb.clicked.connect(dialog.accept)
        dialog.accepted.connect(self._understood)
        dialog.rejected.connect(self._leave)
        dialog.open()
        return True

    def show_window(self) -> None:
        """Brings the main window back."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def close(self) -> None:
        """Takes the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
            self._menu = None
            QApplication.setQuitOnLastWindowClosed(True)

    def _understood(self) -> None:
        self._kit.settings.set(TRAY_TOLD, True)
        self._window.hide()

    def _pressed(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.show_window()

    def _drawn(self, count: int) -> QIcon:
        pixels = QPixmap(QSize(SIDE, SIDE) * 2)
        pixels.fill(self._kit.look.color("primary"))
        pixels.setDevicePixelRatio(2)
        painter = QPainter(pixels)
        draw = Draw(painter, self._kit.look)
        if count:
            text = str(count) if count < 100 else "99+"
            draw.text(0, 0, SIDE, SIDE, text, size=18, weight=SEMIBOLD, token="on_primary", align=CENTER)
        else:
            draw.icon("bell", 6, 6, 20, "on_primary")
        painter.end()
        return QIcon(pixels)
