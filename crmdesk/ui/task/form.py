"""The form of a task: new or changed, filled in by keyboard, each error beside its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crmdesk.domain.lists import Role, TaskKind
from crmdesk.domain.load import MINUTES
from crmdesk.domain.tasks import TaskRow
from crmdesk.domain.users import User
from crmdesk.services import content
from crmdesk.system.drafts import Drafts
from crmdesk.system.errors import OutsideError, UserError
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.office import Office
from crmdesk.ui.task.day_field import DayField
from crmdesk.ui.task.office import TaskOffice
from crmdesk.ui.task.when import parsed_length, parsed_time, said_length, said_time
from crmdesk.ui.widgets.client_picker import ClientPicker
from crmdesk.ui.widgets.controls import Field, Label
from crmdesk.ui.widgets.dialog import Dialog

WIDTH = 520
LABELS = 104  # pixels of the labels' column
NOTES_LINES = 3
PLACES = {  # which field an error of the service belongs to
    "promise_to_nobody": "client",
    "no_such_client": "client",
    "promise_undated": "day",
    "time_undated": "day",
    "no_such_time": "time",
    "no_such_length": "time",
    "title_too_long": "title",
}


def open_task_form(
    kit: Kit,
    office: Office,
    host: Host,
    *,
    client_id: int | None = None,
    day: date | None = None,
    time: int | None = None,
    task: TaskRow | None = None,
    promise: bool = False,
    kind: str = TaskKind.CALL.value,
    title: str = "",
    minutes: int | None = None,
    manager_id: int | None = None,
    done: Callable[[TaskRow], None] | None = None,
) -> TaskForm:
    """Opens the form over the window: of `task`, or of a new one with what is known of it.

    `done` is called with the task once the store has it; the change is told to all views before.
    """
    form = TaskForm(kit, office, host, task=task, manager_id=manager_id, done=done)
    if task is None:
        form.fill(client_id=client_id, day=day, time=time, kind=kind, promise=promise, title=title, minutes=minutes)
    form.bring_back(client_id, title)
    form.open()
    return form


class TaskForm(Dialog):
    """A task's fields. Ctrl+Enter saves from anywhere, Esc leaves."""

    def __init__(
        self,
        kit: Kit,
        office: Office,
        host: Host,
        *,
        task: TaskRow | None = None,
        manager_id: int | None = None,
        done: Callable[[TaskRow], None] | None = None,
        tasks: TaskOffice | None = None,
    ) -> None:
        assert isinstance(host, QWidget)  # the frame is the window that the form stands over
        heading = N_("New task") if task is None else N_("Change the task")
        super().__init__(kit, host.window(), heading, verb=N_("Save"), press=self.save, width=WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMaximumWidth(WIDTH)
        self._office = tasks or TaskOffice(office)
        self._task = task
        self._done = done
        self._manager_id = manager_id
        self._saving = False
        key = f"task-{task.id}" if task is not None else "task-new"
        self._drafting = Drafting(Drafts.of(office.address, office.me.id), key, kit.clock, self)
        self._by_hand = False  # what a program fills in is no draft
        self._build()
        self.refuse.setToolTip("Esc")
        self.verb.setToolTip("Ctrl+Enter")
        for key in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S", "Ctrl+Ы", "Ctrl+І"):
            QShortcut(QKeySequence(key), self).activated.connect(self.save)
        if task is not None:
            self._show(task)
        if self._office.me.role is not Role.MANAGER:
            kit.runner.read(lambda job: self._people(office), self._got_people, lambda error: None)

    # the fields ------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit, words = self.kit, self.kit.words
        self.client = ClientPicker(kit, self._office.hits)
        self.client.chosen.connect(lambda hit: self._clear("client"))
        self.kind = QComboBox()
        for kind in TaskKind:
            self.kind.addItem(
                kit.look.icon(record_icon(kind.value)), content.word("task_kind", kind.value, words.lang), kind.value
            )
        self.kind.setMinimumWidth(152)
        self.kind.currentIndexChanged.connect(self._usual_length)
        self.promise = QCheckBox(words.gettext("This is promised to the client"))
        self.day = DayField(kit, self._office.today())
        self.day.changed.connect(lambda: self._clear("day"))
        self.time = Field(kit, N_("no time"))
        self.time.setFixedWidth(112)
        self.time.textEdited.connect(lambda text: self._clear("time"))
        self.length = Field(kit, "")
        self.length.setFixedWidth(96)
        self.length.textEdited.connect(lambda text: self._clear("time"))
        self.title = Field(kit, N_("What it is about"))
        self.title.textEdited.connect(lambda text: self._clear("title"))
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(18 * NOTES_LINES + 12)
        self.whose = QComboBox()
        self.whose.hide()
        self.errors: dict[str, Label] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        times = QWidget()
        row = QHBoxLayout(times)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        takes = Label(kit, N_("takes"), "muted")
        row.addWidget(self.time)
        row.addWidget(takes)
        row.addWidget(self.length)
        row.addStretch()
        fields: tuple[tuple[str, str, QWidget], ...] = (
            ("client", N_("Client"), self.client),
            ("kind", N_("What"), self.kind),
            ("title", N_("Matter"), self.title),
            ("day", N_("Day"), self.day),
            ("time", N_("Time"), times),
            ("notes", N_("Details"), self.notes),
            ("whose", N_("Who does it"), self.whose),
        )
        for name, label, widget in fields:
            self._line(grid, name, label, widget)
        self.body.addLayout(grid)
        self.body.addWidget(self.promise)
        self.trouble = Label(kit, "", "error")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self._name_fields()
        self._usual_length()
        for line in (self.client.field, self.title, self.day.field, self.time, self.length, self.notes):
            line.textChanged.connect(self._typed)

    def _line(self, grid: QGridLayout, name: str, label: str, widget: QWidget) -> None:
        row = grid.rowCount()
        text = Label(self.kit, label, "muted")
        text.setFixedHeight(28)
        text.setBuddy(widget)
        widget.setMinimumHeight(max(28, widget.minimumHeight()))
        cell = QVBoxLayout()
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(2)
        cell.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if widget is self.kind else Qt.AlignmentFlag(0))
        error = Label(self.kit, "", "error")
        error.setWordWrap(True)
        error.hide()
        cell.addWidget(error)
        self.errors[name] = error
        grid.addWidget(text, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(cell, row, 1)
        if name == "whose":
            text.hide()
            self._whose_label = text

    def _name_fields(self) -> None:
        w = self.kit.words
        for widget, text in (
            (self.client.field, N_("Client")),
            (self.kind, N_("What")),
            (self.title, N_("Matter")),
            (self.day.field, N_("Day")),
            (self.time, N_("Time")),
            (self.length, N_("How long it takes")),
            (self.notes, N_("Details")),
            (self.whose, N_("Who does it")),
        ):
            widget.setAccessibleName(w.gettext(text))

    def fill(
        self,
        *,
        client_id: int | None = None,
        day: date | None = None,
        time: int | None = None,
        kind: str = TaskKind.CALL.value,
        promise: bool = False,
        title: str = "",
        minutes: int | None = None,
    ) -> None:
        """What is known of a new task; the keyboard goes to the first field that is not."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.day.set_day(day or self._office.today())
        if time is not None:
            self.time.setText(said_time(time, self.kit.words))
        if minutes is not None:
            self.length.setText(said_length(minutes, self.kit.words))
        self.promise.setChecked(promise)
        self.title.setText(title)
        if client_id is not None:
            self.client.set_client(client_id, "…")
            self.kit.runner.read(
                lambda job: self._office.client_name(client_id),
                lambda name: self.client.set_client(client_id, name),
                lambda error: self.client.set_client(None, ""),
            )
        (self.title if client_id is not None else self.client).setFocus()

    def _show(self, task: TaskRow) -> None:
        words = self.kit.words
        self.client.set_client(task.client_id, task.client)
        self.kind.setCurrentIndex(max(0, self.kind.findData(task.kind)))
        self.title.setText(task.title)
        if task.due_day is not None:
            self.day.set_day(task.due_day)
        if task.due_time is not None:
            self.time.setText(said_time(task.due_time, words))
        if task.minutes is not None:
            self.length.setText(said_length(task.minutes, words))
        self.notes.setPlainText(task.notes)
        self.promise.setChecked(task.promise)
        self.title.setFocus()

    # what was typed before and never stored ----------------------------------------------------------
    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {
            "client": self.client.field.text(),
            "client_id": str(self.client.client_id or ""),
            "kind": str(self.kind.currentData()),
            "title": self.title.text(),
            "day": self.day.field.text(),
            "time": self.time.text(),
            "length": self.length.text(),
            "notes": self.notes.toPlainText(),
            "promise": "1" if self.promise.isChecked() else "",
        }

    def bring_back(self, client_id: int | None = None, title: str = "") -> None:
        """Puts back what was left in this form, unless it is opened for another client or matter now."""
        draft = self._drafting.kept()
        same = draft is not None and (
            self._task is not None
            or ((client_id is None or draft.fields.get("client_id") == str(client_id)) and not title)
        )
        if draft is not None and same:
            kept = draft.fields
            self.client.set_client(int(kept.get("client_id") or 0) or None, kept.get("client", ""))
            self.kind.setCurrentIndex(max(0, self.kind.findData(kept.get("kind", ""))))
            for name, line in (("title", self.title), ("time", self.time), ("length", self.length)):
                line.setText(kept.get(name, ""))
            self.day.field.setText(kept.get("day", ""))
            self.notes.setPlainText(kept.get("notes", ""))
            self.promise.setChecked(bool(kept.get("promise")))
            at = draft.at.astimezone(self.kit.clock.local().tzinfo)
            words = self.kit.words
            self.words(words.gettext("Here is what you typed at {time}", time=words.moment(at)), "small")
        self._by_hand = True

    def _typed(self) -> None:
        if self._by_hand and any(text.strip() for text in (self.title.text(), self.notes.toPlainText())):
            self._drafting.typed(self.texts)

    def reject(self) -> None:
        """Closed without storing: what was typed stays a draft for the next time."""
        self._drafting.flush()
        super().reject()

    def _usual_length(self) -> None:
        usual = MINUTES[self.kind.currentData() or TaskKind.OTHER.value]
        self.length.setPlaceholderText(said_length(usual, self.kit.words))

    @staticmethod
    def _people(office: Office) -> tuple[User, ...]:
        return tuple(user for user in office.people() if user.active)

    def _got_people(self, people: Sequence[User]) -> None:
        wanted = self._task.manager_id if self._task is not None else self._manager_id or self._office.me.id
        for user in people:
            self.whose.addItem(user.name, user.id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(wanted)))
        self.whose.show()
        self._whose_label.show()

    # saving ----------------------------------------------------------------------------------------
    def save(self) -> None:
        """Stores it, when every field can be understood; the first that cannot gets the keyboard."""
        if self._saving:
            return
        for name in self.errors:
            self._clear(name)
        values = self._values()
        if values is None:
            return
        self._saving = True
        self.verb.setEnabled(False)
        base = self._task
        if base is not None:
            changes = {name: value for name, value in values.items() if value != getattr(base, name)}
            self.kit.runner.write(lambda job: self._office.edit(base, **changes), self._saved, self._failed)
            return
        client_id, kind, day, title = (values.pop(name) for name in ("client_id", "kind", "due_day", "title"))
        time = values.pop("due_time")
        self.kit.runner.write(
            lambda job: self._office.add(client_id, kind, day, title, time=time, **values), self._saved, self._failed
        )

    def _values(self) -> dict[str, Any] | None:
        w = self.kit.words
        self.client.take_only()
        time, length = parsed_time(self.time.text()), parsed_length(self.length.text())
        wrong = {}
        if self.client.client_id is None and not self.client.is_empty:
            wrong["client"] = w.gettext("Nobody is called that. Choose from the list, or leave it empty.")
        if self.day.day is None and not self.day.is_empty:
            wrong["day"] = w.gettext("This day cannot be understood. Write 23.11, “tomorrow”, “fri” or “+3”.")
        if time is None and self.time.text().strip():
            wrong["time"] = w.gettext("There is no such time of day. Write it as 15:30.")
        elif length is None and self.length.text().strip():
            wrong["time"] = w.gettext("This length cannot be understood. Write “45 min” or “1:30”.")
        for name, text in wrong.items():
            self._say(name, text)
        if wrong:
            self._focus(next(iter(wrong)))
            return None
        values: dict[str, Any] = {
            "client_id": self.client.client_id,
            "kind": self.kind.currentData(),
            "title": " ".join(self.title.text().split()),
            "due_day": self.day.day,
            "due_time": time,
            "minutes": length,
            "notes": self.notes.toPlainText(),
            "promise": self.promise.isChecked(),
        }
        if self.whose.count():
            values["manager_id"] = self.whose.currentData()
        elif self._task is None and self._manager_id is not None:
            values["manager_id"] = self._manager_id
        return values

    def _saved(self, task: TaskRow) -> None:
        self._drafting.forget()
        self.accept()
        self.kit.changes.tell("tasks", clients=[task.client_id] if task.client_id is not None else ())
        if self._done is not None:
            self._done(task)

    def _failed(self, error: Exception) -> None:
        self._saving = False
        self.verb.setEnabled(True)
        self._drafting.flush()
        text = told(error, self.kit.words)
        if isinstance(error, OutsideError):
            text += " " + self.kit.words.gettext("The text is kept on this computer.")
        place = PLACES.get(error.key) if isinstance(error, UserError) else None
        if place is None:
            self.trouble.setText(text)
            self.trouble.show()
            self._fit()
        else:
            self._say(place, text)
            self._focus(place)

    # errors ----------------------------------------------------------------------------------------
    def _say(self, name: str, text: str) -> None:
        self.errors[name].setText(text)
        self.errors[name].show()
        self._mark(name, bad=True)
        self._fit()

    def _clear(self, name: str) -> None:
        if self.errors[name].isHidden() and self.trouble.isHidden():
            return
        self.errors[name].hide()
        self.trouble.hide()
        self._mark(name, bad=False)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines need: an error pushes the fields below it down and squeezes none."""
        for error in (*self.errors.values(), self.trouble):
            if not error.isHidden():
                error.setMinimumHeight(error.heightForWidth(self.title.width()))
        self.setMinimumHeight(0)
        column = self.layout()
        if column is not None:
            column.activate()
        self.adjustSize()

    def _mark(self, name: str, *, bad: bool) -> None:
        line = {"client": self.client.field, "day": self.day.field, "time": self.time, "title": self.title}.get(name)
        if line is not None and bool(line.property("bad")) != bad:
            line.setProperty("bad", bad)
            line.style().unpolish(line)
            line.style().polish(line)

    def _focus(self, name: str) -> None:
        {"client": self.client.field, "day": self.day.field, "time": self.time, "title": self.title}[name].setFocus()
