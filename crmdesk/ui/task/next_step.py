"""«Что дальше?»: the line a task grows into when it is done. One key answers it, nothing is blocked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.interactions import NextStep
from crmdesk.domain.lists import TaskKind
from crmdesk.domain.tasks import CONTACT_OF, TaskRow
from crmdesk.services import content
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.task.day_field import DayField
from crmdesk.ui.task.office import Answer as Answer
from crmdesk.ui.task.when import NEXT_STEPS, next_day, said_day
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import RADIUS, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Button, Field, Label

HEIGHT = 84
NAMES = {
    "tomorrow": N_("tomorrow"),
    "days": N_("+3 days"),
    "week": N_("week"),
    "month": N_("month"),
    "date": N_("date…"),
    "nothing": N_("nothing"),
}
KEYS, DATE, REASON = 0, 1, 2  # pages of the second line
WIDE = 760  # from this width on the matter of the next step can be typed in the same line


class _Key(QPushButton):
    """A choice with its digit, painted as in the palette of keys."""

    def __init__(self, kit: Kit, digit: str, text: str) -> None:
        super().__init__()
        self._kit = kit
        self._digit = digit
        self.text_said = kit.words.gettext(text)
        self.setText("")
        self.setAccessibleName(f"{digit} {self.text_said}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(int(width(self._digit, SMALL) + width(self.text_said) + 28), 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        used = draw.text(10, 0, 0, self.height(), self._digit, size=SMALL, token="muted")
        draw.text(10 + used + 7, 0, 0, self.height(), self.text_said)
        painter.end()


class NextStepRow(QWidget):
    """Asks what follows a task that was done; `answered` gets each answer, `left` is called on Esc and at the end.

    Keys 1–6, by place and not by letter, so they work in every layout.
    """

    def __init__(
        self,
        kit: Kit,
        task: TaskRow,
        today: date,
        *,
        answered: Callable[[Answer], None],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._task = task
        self._today = today
        self._answered = answered
        self._left = left
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(False)
        words = kit.words
        kind = content.word("task_kind", task.kind, words.lang)
        who = f" {task.client}" if task.client else ""
        self.question = words.gettext("{kind}{who}: done. What next?", kind=kind, who=who)
        self.setAccessibleName(self.question)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(30, 0, 0, 0)
        head.setSpacing(8)
        head.addStretch(1)
        self.result = Button(kit, "", self._ask_result, kind="flat")
        self.result.setVisible(bool(task.client_id and self._results()))
        self.result.say(words.gettext("How did it end?"))
        head.addWidget(self.result)
        self.close_button = Button(kit, N_("Later"), self.leave, kind="flat")
        self.close_button.setToolTip("Esc")
        head.addWidget(self.close_button)
        column.addLayout(head)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._keys())
        self.pages.addWidget(self._date())
        self.pages.addWidget(self._reason())
        column.addWidget(self.pages)
        self._arrange()
        kit.look.changed.connect(self.update)

    # building ----------------------------------------------------------------------------------------
    def _keys(self) -> QWidget:
        kit, page = self._kit, QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons: list[_Key] = []
        for number, answer in enumerate(NEXT_STEPS, 1):
            key = _Key(kit, str(number), NAMES[answer])
            key.clicked.connect(lambda _=False, n=number: self.press(n))
            day = next_day(answer, self._today)
            if day is not None:
                key.setToolTip(said_day(day, kit.words))
            self.buttons.append(key)
            row.addWidget(key)
        row.addSpacing(8)
        self.kind = QComboBox()
        for kind in TaskKind:
            self.kind.addItem(
                kit.look.icon(record_icon(kind.value)),
                content.word("task_kind", kind.value, kit.words.lang),
                kind.value,
            )
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._task.kind)))
        self.kind.setAccessibleName(kit.words.gettext("What"))
        self.matter = Field(kit, N_("What it is about"))
        self.matter.setText(self._task.title)
        self.matter.setCursorPosition(0)
        row.addWidget(self.kind)
        row.addWidget(self.matter, 1)
        return page

    def _date(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.day = DayField(self._kit, self._today)
        self.day.field.returnPressed.connect(self._date_said)
        row.addWidget(self.day)
        row.addWidget(Button(self._kit, N_("Plan it"), self._date_said))
        row.addWidget(Button(self._kit, N_("Back"), lambda: self._turn(KEYS), kind="flat"))
        row.addStretch(1)
        return page

    def _reason(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label(self._kit, N_("Why nothing?"), "muted"))
        self.why = Field(self._kit, N_("refused, closed down, will call himself…"))
        self.why.returnPressed.connect(self._reason_said)
        row.addWidget(self.why, 1)
        row.addWidget(Button(self._kit, N_("Nothing more"), self._reason_said))
        row.addWidget(Button(self._kit, N_("Back"), lambda: self._turn(KEYS), kind="flat"))
        return page

    # answering ---------------------------------------------------------------------------------------
    def press(self, number: int) -> None:
        """The choice of this digit."""
        answer = NEXT_STEPS[number - 1]
        day = next_day(answer, self._today)
        if day is not None:
            self._plan(day)
        else:
            self._turn(DATE if answer == "date" else REASON)

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        {KEYS: self, DATE: self.day.field, REASON: self.why}[page].setFocus()

    def _plan(self, day: date) -> None:
        title = " ".join(self.matter.text().split())
        self._answered(Answer(step=NextStep(self.kind.currentData(), day, title)))
        self._left()

    def _date_said(self) -> None:
        day = self.day.day
        if day is not None:
            self._plan(day)
        else:
            self.day.field.setFocus()

    def _reason_said(self) -> None:
        reason = self.why.text().strip()
        if reason:
            self._answered(Answer(reason=reason))
            self._left()
        else:
            self.why.setFocus()

    def leave(self) -> None:
        """Not answered now."""
        self._left()

    def _results(self) -> list[tuple[str, str]]:
        """Keys and words of the results that a contact of this kind may have."""
        contact = CONTACT_OF.get(self._task.kind, "")
        lang = self._kit.words.lang
        return [
            (key, entry.name(lang))
            for key, entry in content.entries("contact_result").items()
            if entry.facts["kind"] == contact
        ]

    def _ask_result(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, word in self._results():
            menu.addAction(word).triggered.connect(lambda _=False, k=key, t=word: self._result_said(k, t))
        menu.popup(self.result.mapToGlobal(self.result.rect().bottomLeft()))

    def _result_said(self, key: str, word: str) -> None:
        self.result.say(word)
        self.update()
        self._answered(Answer(result=key))
        self.setFocus()

    # keys and paint ----------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.pages.currentIndex() == KEYS:
                self.leave()
            else:
                self._turn(KEYS)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_6 and self.pages.currentIndex() == KEYS:
            self.press(key - Qt.Key.Key_0.value)
        else:
            event.ignore()
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        draw.fill(0, 0, self.width(), self.height(), "primary_tint", RADIUS)
        draw.icon("check", 14, 14, 16, "done")
        room = (self.result if self.result.isVisible() else self.close_button).x() - 50
        draw.text(42, 8, max(room, 40), 28, self.question, weight=SEMIBOLD)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= WIDE
        self.kind.setVisible(wide)
        self.matter.setVisible(wide)
