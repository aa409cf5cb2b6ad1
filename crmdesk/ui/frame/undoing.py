"""Ctrl+Z and Ctrl+Y: what they would do now stands in the status bar; after a bulk action a banner offers it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from crmdesk.domain.undo import UndoReport, UndoStep
from crmdesk.ui.error_texts import told
from crmdesk.ui.frame.office import FrameOffice, Steps
from crmdesk.ui.frame.status import StatusBar
from crmdesk.ui.frame.undo_words import bulk, said
from crmdesk.ui.kit import Kit
from crmdesk.ui.office import Office
from crmdesk.ui.widgets.notes import Banner

OFFERED = 10_000  # milliseconds a banner offers to take a bulk action back
NOUNS = ("tasks", "clients", "people", "interactions", "orders")


class Undoing(QObject):
    """Knows the next step back and the next one forward of the open office."""

    def __init__(self, kit: Kit, status: StatusBar, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._status = status
        self._banner = banner
        self._office: Office | None = None
        self._working = False
        self._changed = False  # something was told since the steps were asked for: a bulk action may be among it
        self.back: UndoStep | None = None
        self.again: UndoStep | None = None
        self._offer = QTimer(self, singleShot=True, interval=OFFERED)
        self._offer.timeout.connect(self._banner.hide)
        kit.language.changed.connect(self._say)

    def watch(self, office: Office | None) -> None:
        """Another office, or none."""
        self._office = office
        self.back = self.again = None
        self._changed = False
        self._say()
        if office is not None:
            self._ask()

    def heard(self) -> None:
        """Something was written."""
        self._changed = True
        self._ask()

    def undo(self) -> None:
        """Takes the last action back; in a field, what was typed last."""
        field = _typing()
        if field is not None:
            field.undo()
        elif self.back is not None:
            self.take_back(self.back)

    def redo(self) -> None:
        """Does again what was taken back last; in a field likewise."""
        field = _typing()
        if field is not None:
            field.redo()
        elif self.again is not None:
            self.take_back(self.again)

    def take_back(self, step: UndoStep) -> None:
        """Takes this action back, unless one is being taken back just now."""
        if self._office is None or self._working:
            return
        self._working = True
        self._banner.hide()
        door = FrameOffice(self._office)
        self._kit.runner.write(lambda job: door.undo(step.tx), self._done, self._failed)

    def _ask(self) -> None:
        if self._office is not None:
            door = FrameOffice(self._office)
            self._kit.runner.read(lambda job: door.steps(), self._got, lambda error: None, replaces="undo")

    def _got(self, steps: Steps) -> None:
        before, changed = self.back, self._changed
        self.back, self.again = steps
        self._changed = False
        self._say()
        step = self.back
        if changed and step is not None and step.count > 1 and (before is None or before.tx != step.tx):
            words = self._kit.words
            again = step
            self._banner.tell(
                "neutral", bulk(step, words), action=words.gettext("Undo"), press=lambda: self.take_back(again)
            )
            self._offer.start()

    def _done(self, report: UndoReport) -> None:
        self._working = False
        self._kit.changes.tell(*NOUNS, clients=report.clients)
        self._changed = False  # what was taken back is not offered as a bulk action
        if report.kept:
            words = self._kit.words
            self._banner.tell(
                "today",
                words.gettext("Not all of it was undone."),
                words.ngettext(
                    "{n} row was changed since and stays.", "{n} rows were changed since and stay.", report.kept
                ),
            )

    def _failed(self, error: Exception) -> None:
        self._working = False
        self._banner.tell("over", told(error, self._kit.words))
        self._ask()

    def _say(self) -> None:
        words = self._kit.words
        text = ""
        if self.back is not None and self._office is not None:
            today = self._office.desk.clock.today()
            text = words.gettext("Ctrl+Z — undo “{what}”", what=said(self.back, words, today))
        self._status.tell("undo", "undo-2", text)


def _typing() -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    """The field that has the keyboard: there Ctrl+Z is for what is typed, in every layout."""
    field = QApplication.focusWidget()
    return field if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and not field.isReadOnly() else None
