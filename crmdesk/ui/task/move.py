"""«Перенести…» and «Снять…»: another day for a task, or no day any more and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.tasks import TaskRow
from crmdesk.ui.error_texts import N_
from crmdesk.ui.frame.host import Host
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.day_field import DayField
from crmdesk.ui.task.when import in_a_month, next_monday, off_weekend, said_day
from crmdesk.ui.widgets.controls import Field, Label
from crmdesk.ui.widgets.dialog import Dialog


def open_move(
    kit: Kit,
    host: Host,
    anchor: QWidget | QPoint,
    task: TaskRow,
    done: Callable[[date], None],
    today: date | None = None,
) -> QMenu:
    """A menu of days under `anchor` (a widget, or a point of the screen); `done` gets the day that was chosen.

    Digits choose by place: 1 tomorrow … 6 a date. `today` is the office's, the clock's when left out.
    """
    assert isinstance(host, QWidget)  # the frame is the window that the menu stands over
    words, now = kit.words, today or kit.clock.today()
    menu = QMenu(host)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(words.gettext("Move to another day"))
    days = (
        (N_("Today"), now),
        (N_("Tomorrow"), off_weekend(now + timedelta(days=1))),
        (N_("In 3 days"), off_weekend(now + timedelta(days=3))),
        (N_("On Monday"), next_monday(now)),
        (N_("In a month"), off_weekend(in_a_month(now))),
    )
    number = 0
    for text, day in days:
        if day == task.due_day:
            continue
        number += 1
        line = f"&{number}  {words.gettext(text)}\t{said_day(day, words)}"
        menu.addAction(line).triggered.connect(lambda _=False, to=day: done(to))
    menu.addSeparator()
    ask = menu.addAction(f"&{number + 1}  {words.gettext('Another day…')}")
    ask.triggered.connect(lambda: DayDialog(kit, host, now, task.due_day, done).open())
    menu.popup(anchor if isinstance(anchor, QPoint) else anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
    return menu


class DayDialog(Dialog):
    """Asks for a day."""

    def __init__(self, kit: Kit, parent: QWidget, today: date, day: date | None, done: Callable[[date], None]) -> None:
        super().__init__(kit, parent.window(), N_("To which day?"), verb=N_("Move"), press=self.take)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._done = done
        self.day = DayField(kit, today, day)
        self.day.field.setAccessibleName(kit.words.gettext("Day"))
        self.body.addWidget(self.day)
        self.error = Label(kit, N_("This day cannot be understood. Write 23.11, “tomorrow”, “fri” or “+3”."), "error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.day.field.selectAll()
        self.day.setFocus()

    def take(self) -> None:
        """The day that is typed, if it can be understood."""
        day = self.day.day
        if day is None:
            self.error.show()
            self.day.setFocus()
            return
        self.accept()
        self._done(day)


class ReleaseDialog(Dialog):
    """Asks why tasks are no longer to be done. `count` of them; `promises` of these are owed to clients."""

    def __init__(self, kit: Kit, parent: QWidget, count: int, promises: int, done: Callable[[str], None]) -> None:
        super().__init__(kit, parent.window(), "", verb=N_("Take off"), press=self.take)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._done = done
        words = kit.words
        self.heading.setText(words.ngettext("Take {n} task off the list?", "Take {n} tasks off the list?", count))
        stays = words.ngettext(
            "It stays in the base with the reason; Ctrl+Z takes it back.",
            "They stay in the base with the reason; Ctrl+Z takes them back.",
            count,
        )
        self.words(stays, "muted")
        if count == promises == 1:
            self.words(words.gettext("It is a promise: tell the client."))
        elif promises:
            self.words(
                words.ngettext(
                    "{n} of them is a promise: tell the client.",
                    "{n} of them are promises: tell the clients.",
                    promises,
                )
            )
        self.why = Field(kit, N_("Why it is no longer needed"))
        self.body.addWidget(self.why)
        self.error = Label(kit, N_("Say the reason in a few words."), "error")
        self.error.hide()
        self.body.addWidget(self.error)
        self.why.setFocus()

    def take(self) -> None:
        """Gives the reason, when one is typed."""
        reason = self.why.text().strip()
        if not reason:
            self.error.show()
            self.why.setFocus()
            return
        self.accept()
        self._done(reason)
