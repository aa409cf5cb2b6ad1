"""The window's size and place from start to start."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from crmdesk.system.settings import Settings

FIRST_SIZE = (1366, 768)
FIRST_ROOM = (1400, 840)  # a screen with less room than this and a frame is filled at the first start


def keep(window: QMainWindow, settings: Settings) -> None:
    """Remembers size and place for the next start."""
    settings.set("window", bytes(window.saveGeometry().toBase64().data()).decode("ascii"))


def restore(window: QMainWindow, settings: Settings) -> None:
    """The size and place of last time; a window whose screen is gone comes back to one that is there."""
    kept = settings.get("window")
    if isinstance(kept, str):
        window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii")))
    else:
        window.resize(*FIRST_SIZE)
        room = QGuiApplication.primaryScreen().availableSize()
        if room.width() < FIRST_ROOM[0] or room.height() < FIRST_ROOM[1]:  # its frame would hang over the edge
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    frame = window.frameGeometry()
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not any(_mostly_on(frame, screen) for screen in screens):
        home = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(min(window.width(), home.width()), min(window.height(), home.height()))
        window.move(home.topLeft())


def _mostly_on(frame: QRect, screen: QRect) -> bool:
    """Whether enough of the window, its title above all, lies on the screen to be taken hold of."""
    seen = frame.intersected(screen)
    return seen.width() >= min(200, frame.width()) and seen.height() >= 100 and frame.top() >= screen.top() - 8
