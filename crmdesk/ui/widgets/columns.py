"""Column widths that a person has dragged, kept on this computer from start to start."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHeaderView

from crmdesk.ui.kit import Kit

PAUSE = 400  # milliseconds after the last drag until the widths are written down


class KeptColumns(QObject):
    """Make one for a table's header: drags are kept under `name`, and `widths` are those of last time.

    Only what is dragged by hand counts, not what the table fits by itself.
    """

    def __init__(self, kit: Kit, name: str, header: QHeaderView) -> None:
        super().__init__(header)
        self._kit = kit
        self._name = name
        self._header = header
        self._dragged: dict[str, int] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep)
        header.sectionResized.connect(self._resized)

    @property
    def widths(self) -> dict[int, int]:
        """The kept widths by column."""
        kept = self._kit.settings.get("columns", {})
        mine = kept.get(self._name, {}) if isinstance(kept, dict) else {}
        return {int(column): int(wide) for column, wide in mine.items()} if isinstance(mine, dict) else {}

    def forget(self) -> None:
        """Back to the table's own widths."""
        self._write({})

    def dragged(self, column: int, wide: int) -> None:
        """A column was dragged to a width."""
        self._dragged[str(column)] = wide
        self._pause.start()

    def _resized(self, column: int, before: int, wide: int) -> None:
        if self._header.isVisible() and self._header.cursor().shape().name == "SplitHCursor":  # under the mouse
            self.dragged(column, wide)

    def _keep(self) -> None:
        self._write({**{str(column): wide for column, wide in self.widths.items()}, **self._dragged})
        self._dragged.clear()

    def _write(self, widths: dict[str, int]) -> None:
        kept = self._kit.settings.get("columns", {})
        self._kit.settings.set("columns", {**(kept if isinstance(kept, dict) else {}), self._name: widths})
