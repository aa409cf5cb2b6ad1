"""Writing down what happened: one line that grows; with the first letter it asks for the result and the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import ActionSegment, ContactKind, Rung
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import content
from crmdesk.ui.card import composer_presenter as composing
from crmdesk.ui.card.composer_presenter import Typed
from crmdesk.ui.card.pills import Choice, Pills
from crmdesk.ui.card.timeline_lines import RUNGS
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.when import NEXT_STEPS, said_day
from crmdesk.ui.widgets.controls import Button, Elided, Field, Label

MOST_LINES = 6
LEAD = 16  # between the lines of the text, as Qt sets them
LABEL = 76  # pixels of the words before a row
NARROW = 620
PLACEHOLDER = N_("What happened? For instance: “Tkach called, the label fits, waiting for the proof until Friday”")


class Summary(QPlainTextEdit):
    """The text; Tab leaves it, and it is as high as its lines, six at most."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(5)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda size: self._grow())
        self._grow()

    def _grow(self) -> None:
        lines = max(1, min(MOST_LINES, round(self.document().size().height())))
        whole = round(self.document().size().height()) <= MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(lines * LEAD + 12)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._grow()


class Hint(Elided):
    """A line whose colour says what it means."""

    def tell(self, text: str, token: str) -> None:
        """Another line."""
        self._token = token
        self.say(text)


class Composer(QWidget):
    """The whole form. `changed` after each key, `sent` when it is to be stored, `dropped` when it was thrown away."""

    changed = Signal()
    sent = Signal()
    dropped = Signal()
    unfolded = Signal(bool)  # whether it asks for more than the text

    def __init__(self, kit: Kit, today: Callable[[], date]) -> None:
        super().__init__()
        self._kit = kit
        self._today = today
        self._card: ClientCard | None = None
        self._filling = False
        self._open = False
        self._kind = self._step_kind = ""  # chosen by hand; "": guessed, and usual
        self.task: TaskRow | None = None  # what is marked done by it
        self._build()
        self.retranslate()
        kit.language.changed.connect(self.retranslate)

    # building --------------------------------------------------------------------------------------
    def _build(self) -> None:
        kit = self._kit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.about = Elided(kit, "primary")
        self.about.setFixedHeight(18)
        column.addWidget(self.about)
        self.text = Summary()
        self.text.textChanged.connect(self._typed)
        column.addWidget(self.text)
        self.more = QWidget()
        rows = QVBoxLayout(self.more)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        self.kinds = Pills(kit, len(composing.KINDS), digits=True)
        self.kinds.chosen.connect(self._kind_chosen)
        self.person = QComboBox()
        self.person.setMinimumWidth(120)
        self.person.setMaximumWidth(320)
        self.person.activated.connect(lambda n: self._changed())
        rows.addLayout(self._row(N_("What it was"), self.kinds, self.person))
        self.result = QComboBox()
        self.result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.result.setMinimumWidth(120)
        self.result.activated.connect(lambda n: self._changed())
        self.referral = Field(kit, N_("Who else needs it? A name: he becomes a lead"))
        self.referral.textChanged.connect(lambda text: self._changed())
        self._result_row = self._row(N_("Result"), self.result, self.referral)
        rows.addLayout(self._result_row)
        self.whens = Pills(kit, len(NEXT_STEPS), digits=True)
        self.whens.chosen.connect(lambda value: self._when_chosen())
        self.day = Field(kit, N_("23.11, tomorrow, +3"))
        self.day.setFixedWidth(150)
        self.day.textChanged.connect(lambda text: self._changed())
        rows.addLayout(self._row(N_("What next"), self.whens, self.day))
        self.step_kind = QComboBox()
        self.step_kind.setFixedWidth(130)
        self.step_kind.activated.connect(lambda n: self._step_chosen())
        self.step_title = Field(kit, N_("The matter"))
        self.step_title.textChanged.connect(lambda text: self._changed())
        self.promise = QCheckBox()
        self.promise.toggled.connect(lambda on: self._changed())
        self.reason = Field(kit, N_("Why nothing further?"))
        self.reason.textChanged.connect(lambda text: self._changed())
        self._step_label = Label(kit, N_("Step"), "muted")
        self._step_row = self._row(self._step_label, self.step_kind, self.step_title, self.promise, self.reason)
        rows.addLayout(self._step_row)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 4)
        foot.setSpacing(8)
        self.hint = Hint(kit)
        self.hint.setFixedHeight(28)
        self.drop = Button(kit, N_("Throw away"), self._drop, kind="flat")
        self.send = Button(kit, N_("Write down"), self._send)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.drop)
        foot.addWidget(self.send)
        rows.addLayout(foot)
        column.addWidget(self.more)
        self.more.hide()
        self.about.hide()
        self.setFocusProxy(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for child in (
            self.text, self.person, self.result, self.referral, self.day, self.step_kind, self.step_title, self.promise,
            self.reason, self.drop, self.send, self.kinds, self.whens,
        ):  # fmt: skip
            child.installEventFilter(self)

    def _row(self, text: str | Label, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = text if isinstance(text, Label) else Label(self._kit, text, "muted")
        label.setFixedWidth(LABEL)
        row.addWidget(label)
        for widget in widgets:
            row.addWidget(widget, 0 if isinstance(widget, QCheckBox) else 1)
        return row

    def retranslate(self) -> None:
        """Says everything anew; what is typed and chosen stays."""
        typed, w = self.typed, self._kit.words
        self.text.setPlaceholderText(w.gettext(PLACEHOLDER))
        self.text.setAccessibleName(w.gettext("What happened"))
        self.person.setAccessibleName(w.gettext("With whom"))
        self.result.setAccessibleName(w.gettext("Result"))
        self.step_kind.setAccessibleName(w.gettext("What is next"))
        self.kinds.setAccessibleName(w.gettext("What it was"))
        self.whens.setAccessibleName(w.gettext("What next"))
        self.promise.setText(w.gettext("it is a promise"))
        self.send.setToolTip("Ctrl+Enter")
        self._fill(typed)

    # what stands in it -----------------------------------------------------------------------------
    @property
    def typed(self) -> Typed:
        """What stands in the form now."""
        return Typed(
            text=self.text.toPlainText(),
            kind=self._kind,
            result=self.result.currentData() or "",
            person=self.person.currentData() or "",
            when=self.whens.value or "",
            day=self.day.text(),
            step_kind=self._step_kind,
            step_title=self.step_title.text(),
            promise=self.promise.isChecked(),
            reason=self.reason.text(),
            referral=self.referral.text(),
        )

    def show_card(self, card: ClientCard | None) -> None:
        """The client that is spoken of; what is typed stays."""
        self._card = card
        self._fill(self.typed)

    def fill(self, typed: Typed, task: TaskRow | None = None) -> None:
        """Another form from now on: a draft, the end of a task, or nothing."""
        self.task = task
        self._open = task is not None
        self._fill(typed)

    def begin(self) -> None:
        """To the text, with everything that can be said shown."""
        self._open = True
        self._show()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def plan(self) -> None:
        """To the next step."""
        self._open = True
        self._show()
        self.whens.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def kind(self) -> str:
        """The kind of contact, chosen or guessed."""
        segment = self._card.form.action_segment if self._card else ""
        usual = ContactKind.VISIT if segment == ActionSegment.VVV and not self.text.toPlainText() else ContactKind.CALL
        return composing.kind_of(self.typed, usual.value)

    @property
    def breach(self) -> bool:
        """Whether it would leave the client without a next step, and should not."""
        card, typed = self._card, self.typed
        if card is None or card.form.action_segment == ActionSegment.NONE or self.kind == ContactKind.NOTE:
            return False
        left = [task for task in card.tasks if self.task is None or task.id != self.task.id]
        return not left and not typed.when

    def _fill(self, typed: Typed) -> None:
        self._filling = True
        w, people = self._kit.words, self._card.people if self._card else ()
        if self.text.toPlainText() != typed.text:
            self.text.setPlainText(typed.text)
            self.text.moveCursor(QTextCursor.MoveOperation.End)
        self._kind, self._step_kind = typed.kind, typed.step_kind
        kinds = [
            Choice(kind.value, w.gettext(composing.KIND_NAMES[kind]), "", f"Alt+{n}")
            for n, kind in enumerate(composing.KINDS, 1)
        ]
        self.kinds.offer(kinds, self.kind)
        self._fill_box(
            self.person, [("", w.gettext("with whom…")), *((str(p.id), p.name) for p in people)], typed.person
        )
        steps = [(kind.value, content.word("task_kind", kind, w.lang)) for kind in composing.STEP_KINDS]
        segment = self._card.form.action_segment if self._card else ""
        self._fill_box(self.step_kind, steps, typed.step_kind or composing.usual_step(segment))
        for field, value in (
            (self.day, typed.day), (self.step_title, typed.step_title), (self.reason, typed.reason),
            (self.referral, typed.referral),
        ):  # fmt: skip
            if field.text() != value:
                field.setText(value)
        self.promise.setChecked(typed.promise)
        self._fill_results(typed.result)
        self._fill_whens(typed.when)
        self._filling = False
        self._show()

    def _fill_results(self, chosen: str) -> None:
        w = self._kit.words
        found: list[tuple[str, str]] = [("", w.gettext("how it ended…"))]
        for number, entry in enumerate(composing.results(self.kind), 1):
            rung = RUNGS.get(Rung(entry.facts["level"]))
            name = entry.name(w.lang)
            sign = f"{number}  " if number < 10 else "    "
            found.append((entry.key, f"{sign}{name} · {w.gettext(rung)}" if rung else f"{sign}{name}"))
        self._fill_box(self.result, found, chosen)

    def _fill_whens(self, chosen: str) -> None:
        w, today = self._kit.words, self._today()
        found = []
        for number, when in enumerate(NEXT_STEPS, 1):
            day = composing.day_of(when, "", today, w)
            hint = f"{number} · {said_day(day, w)}" if day else str(number)
            found.append(Choice(when, w.gettext(composing.WHEN_NAMES[when]), str(number), hint))
        self.whens.offer(found, chosen or None)

    @staticmethod
    def _fill_box(box: QComboBox, items: list[tuple[str, str]], chosen: str) -> None:
        there = [(box.itemData(n), box.itemText(n)) for n in range(box.count())]
        if there != items:
            box.clear()
            for value, text in items:
                box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _show(self) -> None:
        """Which rows there are, and what the foot says."""
        typed, w = self.typed, self._kit.words
        opened = self._open or not typed.is_empty
        if opened is self.more.isHidden():
            self.more.setVisible(opened)
            self.unfolded.emit(opened)
        self.about.setVisible(self.task is not None)
        if self.task is not None:
            what = self.task.title or content.word("task_kind", self.task.kind, w.lang)
            self.about.say(w.gettext("Done: {task}", task=what))
        self.kinds.press(self.kind)
        note = self.kind == ContactKind.NOTE
        self.result.setEnabled(self.result.count() > 1)
        self.person.setEnabled(self.person.count() > 1 and not note)
        guessed = composing.person_of(typed, self._card.people if self._card else ())
        if guessed and not typed.person:
            name = next((p.name for p in self._card.people if p.id == guessed), "") if self._card else ""
            self.person.setItemText(0, w.gettext("{name} (from the text)", name=name))
        elif self.person.count():
            self.person.setItemText(0, w.gettext("with whom…"))
        self.referral.setVisible(self.task is None and composing.asks_who_else(self.kind, typed.result))
        step = typed.when not in ("", "nothing")
        self.day.setVisible(typed.when == "date")
        for widget in (self.step_kind, self.step_title, self.promise):
            widget.setVisible(step)
        self.reason.setVisible(typed.when == "nothing")
        self._step_label.setVisible(bool(typed.when))
        self._say_hint(typed)

    def _say_hint(self, typed: Typed) -> None:
        w, today = self._kit.words, self._today()
        if self.breach:
            self.hint.tell(w.gettext("No next step: it will be seen on the sheet"), "today")
            return
        segment = self._card.form.action_segment if self._card else ""
        step = composing.next_step(typed, segment, today, w)
        if step is None:
            self.hint.tell(w.gettext("Alt+1…5 what it was · Tab and digits · Ctrl+Enter saves"), "muted")
            return
        kind = content.word("task_kind", step.kind, w.lang).lower()
        line = f"{kind} {said_day(step.day, w)}"
        self.hint.tell(
            w.gettext("Next: {step}", step=", ".join(part for part in (line, step.title) if part)), "primary"
        )

    def complain(self, field: str, text: str) -> None:
        """Says what is missing, and goes there."""
        self.hint.tell(text, "over")
        widget = {"text": self.text, "day": self.day, "reason": self.reason}[field]
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is done with it --------------------------------------------------------------------------
    def _typed(self) -> None:
        if not self._filling:
            kind = self.kind
            if kind != self.kinds.value:
                self._fill_results(self.result.currentData() or "")
            self._changed()

    def _kind_chosen(self, kind: str) -> None:
        self._kind = kind
        self._fill_results("")
        self._changed()

    def _step_chosen(self) -> None:
        self._step_kind = self.step_kind.currentData() or ""
        self._changed()

    def _when_chosen(self) -> None:
        self._changed()
        if self.whens.value == "date":
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.whens.value == "nothing":
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        if not self._filling:
            self._show()
            self.changed.emit()

    def _send(self) -> None:
        self.sent.emit()

    def _drop(self) -> None:
        self._open = False
        self.fill(Typed())
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.dropped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            done = self._key(watched, event, pressed=event.type() == QEvent.Type.KeyPress)
            if done:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _key(self, watched: Any, event: QKeyEvent, *, pressed: bool) -> bool:
        """Alt and a digit: what it was. Ctrl+Enter: store. A digit on the result: that one. Esc: to the text."""
        number = event.key() - Qt.Key.Key_1
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if held == Qt.KeyboardModifier.AltModifier and 0 <= number < len(composing.KINDS):
            if pressed:
                self.kinds.choose(composing.KINDS[number].value)
            return True
        if held == Qt.KeyboardModifier.ControlModifier and enter:
            if pressed:
                self._send()
            return True
        if not held and watched is self.result and 0 <= number + 1 < min(10, self.result.count()):
            if pressed:
                self.result.setCurrentIndex(number + 1)
                self._changed()
            return True
        return False

    def show_saving(self, saving: bool) -> None:
        """Nothing is sent twice."""
        self.send.setEnabled(not saving)
