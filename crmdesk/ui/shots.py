"""Pictures of views, for manuals and reviews: each name leads the window into a state and takes its picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from crmdesk.system.errors import OutsideError, UsageError
from crmdesk.ui import views
from crmdesk.ui.clients.screen import ClientsScreen
from crmdesk.ui.crash_dialog import CrashDialog
from crmdesk.ui.frame.window import Window
from crmdesk.ui.help import KeysDialog
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.sheet.columns import Kind
from crmdesk.ui.sheet.options import FactorsDialog
from crmdesk.ui.sheet.screen import SheetScreen
from crmdesk.ui.start.screen import StartScreen

EXAMPLE_REPORT = 'CRMDesk\n\n  File "crmdesk/ui/frame/window.py", line 1, in _open\nZeroDivisionError\n'
VIEWS = (
    "sheet",
    "sheet-cell",
    "sheet-head",
    "sheet-all",
    "sheet-empty",
    "sheet-preview",
    "sheet-factors",
    "clients",
    "clients-card",
    "settings",
    "start",
    "palette",
    "import",
    "keys",
    "dialog-crash",
)


class Shot:
    """One picture."""

    def __init__(
        self, kit: Kit, window: Window, ask: Callable[[], StartScreen], size: tuple[int, int], scale: float
    ) -> None:
        self._kit = kit
        self._window = window
        self._ask = ask
        self._size = size
        self._scale = scale

    def take(self, view: str, out: Path, office: str, login: str | None, now: datetime | None) -> None:
        """Raises UsageError("no_such_view"), OutsideError("picture_not_saved") and the store's errors."""
        if view not in VIEWS:
            raise UsageError("no_such_view", view=view, views=", ".join(VIEWS))
        self._window.resize(*self._size)
        if view == "start":
            self._ask()
            self._window.show()
        else:
            self._window.wait("")
            self._window.show()
            self._window.enter(self._opened(office, login, now), _view_of(view))
            self._settle()
            self._lead(view)
        self._window.activateWindow()
        self._settle()
        if not self._picture().save(str(out)):
            raise OutsideError("picture_not_saved", file=str(out))

    def _opened(self, address: str, login: str | None, now: datetime | None) -> Office:
        found: list[Office] = []
        failed: list[Exception] = []
        clock = self._kit.clock
        self._kit.runner.long(
            lambda job: Office.open(address, login=login, clock=clock, now=now),
            found.append,
            failed.append,
            progress=lambda done, total: None,
            stopped=lambda: None,
        )
        self._settle()
        if failed:
            raise failed[0]
        return found[0]

    def _lead(self, view: str) -> None:
        window, screen = self._window, self._window.screens.get("sheet")
        if view == "palette":
            window.palette_line.start("л" if self._kit.language.lang != "en" else "s")
        elif view == "import":
            window.open_import()
        elif view == "keys":
            KeysDialog(self._kit, window).open()
        elif view == "dialog-crash":
            CrashDialog(self._kit, window, EXAMPLE_REPORT).open()
        elif view == "clients-card":
            clients = window.screens["clients"]
            if isinstance(clients, ClientsScreen) and clients.model.ids:
                clients.open_client(clients.model.ids[0])
        elif isinstance(screen, SheetScreen):
            self._lead_sheet(view, screen)

    def _lead_sheet(self, view: str, screen: SheetScreen) -> None:
        presenter = screen.presenter
        if view == "sheet-all":
            presenter.choose(manager=None)
        elif view == "sheet-empty":
            owner = next((user for user in presenter.state.people if user.role.value == "owner"), None)
            presenter.choose(manager=owner.id if owner else presenter.state.wanted.manager)
        elif view == "sheet-preview":
            self._kit.commands.run("sheet-print")
        elif view == "sheet-factors":
            FactorsDialog(self._kit, self._window, presenter, presenter.state.wanted.factors).open()
        elif view == "sheet-head":
            presenter.open_cell(0, "completeness", None)
        elif view == "sheet-cell":
            cells = screen.table.model.cells
            if cells is not None and cells.sheet.rows:
                last = max(n for n, column in enumerate(cells.columns) if column.kind is Kind.FACTOR)
                first = next(n for n, column in enumerate(cells.columns) if column.kind is Kind.FACTOR)
                screen.table.go_to(0, min(first + len(cells.sheet.months) - 1, last))
                screen.table.open(screen.table.right.currentIndex())

    def _settle(self) -> None:
        """Until all work is answered and painted."""
        while self._kit.runner.busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(3):
            QApplication.processEvents()

    def _picture(self) -> QImage:
        image = QImage(int(self._size[0] * self._scale), int(self._size[1] * self._scale), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(self._scale)
        image.fill(self._kit.look.color("surface"))
        painter = QPainter(image)
        self._window.render(painter, QPoint(0, 0))
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


def _view_of(picture: str) -> str:
    name = picture.partition("-")[0]
    return name if name in {view.name for view in views.VIEWS} else views.FIRST


def _veil(kit: Kit) -> QColor:
    veil = QColor(kit.look.color("shadow"))
    veil.setAlpha(40)
    return veil
