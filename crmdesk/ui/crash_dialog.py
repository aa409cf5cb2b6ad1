"""The dialog about a mistake of the program: what it means, and the report to be copied. It sends nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.widgets.dialog import Dialog


class CrashDialog(Dialog):
    """Shown once for each place in the program, and at the next start after a crash."""

    def __init__(self, kit: Kit, parent: QWidget, report: str, *, last_time: bool = False) -> None:
        heading = (
            N_("Last time the program stopped by a mistake of its own")
            if last_time
            else N_("The program made a mistake")
        )
        super().__init__(
            kit, parent, heading, verb=N_("Copy the report"), press=self._copy, refuse=N_("Go on working"), width=560
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = kit.words
        self.words(
            words.gettext(
                "What was written before is safe. The report below says where it happened; it holds no names and"
                " no data of clients, and it is sent nowhere. You may copy it and send it to the makers yourself."
            )
        )
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setMinimumHeight(180)
        self.report.setAccessibleName(words.gettext("Report"))
        self.body.addWidget(self.report, 1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.accept()
