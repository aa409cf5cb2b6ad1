"""Editing in place: a value that turns into its editor, and the editor of one line of a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, QStringListModel, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.clients import ClientHit
from crmdesk.ui.card.client_fields import Input
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import Draw, wrap
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, LEAD_BODY, LEAD_SMALL, REGULAR, SMALL
from crmdesk.ui.widgets.controls import tip

PAUSE = 120  # milliseconds after the last key before a search starts
LEAST = 24  # pixels: the height of anything that can be pressed
PAD = 4  # between the edge of a value and its words

Find = Callable[[str, Callable[[tuple[ClientHit, ...]], None]], None]
"""Looks for clients by what was typed, and hands over the answer."""


class Value(QAbstractButton):
    """A value, or a link, painted: pressing it edits, shows, calls. `lines` of text at most; `fits`: no wider than
    its words."""

    def __init__(
        self,
        kit: Kit,
        press: Callable[[], None] | None = None,
        *,
        token: str = "text",
        icon: str = "",
        weight: int = REGULAR,
        size: int = BODY,
        fits: bool = False,
        lines: int = 1,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._token, self._icon, self._icon_token = token, icon, "muted"
        self._weight, self._size, self._fits, self._lines = weight, size, fits, lines
        self._hover = False
        horizontal = QSizePolicy.Policy.Fixed if fits else QSizePolicy.Policy.Ignored
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if press is not None:
            self.clicked.connect(lambda: press())
        kit.look.changed.connect(self.update)

    def say(self, text: str, *, token: str = "", icon: str | None = None, icon_token: str = "", name: str = "") -> None:
        """Shows a text, already in the language of the window; `name` is what those hear who cannot see."""
        self._token = token or self._token
        if icon is not None:
            self._icon = icon
        self._icon_token = icon_token or self._icon_token
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setToolTip(tip(text) if self._too_narrow(text) else "")
        self._rise()
        self.updateGeometry()
        self.update()

    def _too_narrow(self, text: str) -> bool:
        return not self._fits and len(text) > 20

    @property
    def _left(self) -> int:
        return PAD + (22 if self._icon else 0)

    def _broken(self, room: int) -> list[str]:
        return wrap(
            self.text().replace("\n", " "), max(room - self._left - PAD, 20), self._size, self._weight, self._lines
        )

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(int(width(self.text(), self._size, self._weight)) + 1 + self._left + PAD, self._height(400))

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return self.sizeHint() if self._fits else QSize(20, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines are at this width: told plainly, layouts of layouts lose a height for a width."""
        super().resizeEvent(event)
        self._rise()

    def _rise(self) -> None:
        if self._lines > 1 and self.height() != self._height(self.width()):
            self.setFixedHeight(self._height(self.width()))

    def _height(self, room: int) -> int:
        lead = LEAD_BODY if self._size == BODY else LEAD_SMALL
        return LEAST if self._lines == 1 else max(LEAST, 6 + len(self._broken(room)) * lead)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: D102
        self._hover = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        self._hover = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 press it, as a space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w, h = self.width(), self.height()
        if self._hover and self.isEnabled():
            draw.fill(0, 0, w, h, "hover", 4)
        if self._icon:
            draw.icon(self._icon, PAD, (min(h, LEAST) - 16) // 2, 16, self._icon_token)
        if self._lines == 1:
            draw.text(
                self._left,
                0,
                w - self._left - PAD,
                h,
                self.text(),
                size=self._size,
                weight=self._weight,
                token=self._token,
            )
        else:
            lead = LEAD_BODY if self._size == BODY else LEAD_SMALL
            for number, line in enumerate(self._broken(w)):
                draw.text(
                    self._left,
                    3 + number * lead,
                    0,
                    lead,
                    line,
                    size=self._size,
                    weight=self._weight,
                    token=self._token,
                )
        if self.hasFocus():
            draw.ring(0, 0, w, h, 4)
        painter.end()


class Trouble(QWidget):
    """The words of an error under its field: a sign, a colour and the figure; hidden while all is well."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._text = ""
        self.hide()

    def say(self, text: str) -> None:
        """Shows the sentence; nothing hides it."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._rise()
        self.update()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def _lines(self) -> list[str]:
        return wrap(self._text, max(self.width() - 20, 40), SMALL, lines=4)

    def _rise(self) -> None:
        high = len(self._lines()) * LEAD_SMALL + 2
        if high != self.height():
            self.setFixedHeight(high)
            make_room(self)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._rise()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        draw.icon("circle-alert", 2, 1, 14, "over")
        for number, line in enumerate(self._lines()):
            draw.text(20, number * LEAD_SMALL, 0, LEAD_SMALL, line, size=SMALL, token="over")
        painter.end()


def make_room(widget: QWidget) -> None:
    """Lets the layouts around a widget know its new size at once; each would wait a turn of the event loop else."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        layout = parent.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        parent = parent.parentWidget()


def bring_into_view(widget: QWidget) -> None:
    """Scrolls to a widget that has just come; its size is settled first."""
    make_room(widget)
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        area = parent
        area.ensureWidgetVisible(widget, 0, 24)
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, 24))  # when its range has grown, too


class LineEditor(QWidget):
    """The inputs of one line of facts. Enter and Tab store it and go on, Esc puts back what was there; leaving it by
    mouse stores it too. Each key is told to `typed`, so that a draft is kept."""

    def __init__(
        self,
        kit: Kit,
        inputs: Sequence[Input],
        *,
        store: Callable[[Mapping[str, str], bool], bool],
        revert: Callable[[], None],
        typed: Callable[[Mapping[str, str]], None],
        find: Find | None = None,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._store, self._revert, self._typed, self._find = store, revert, typed, find
        self._over = False
        self.fields: dict[str, QWidget] = {}
        self.troubles: dict[str, Trouble] = {}
        self.clients: dict[str, int] = {}  # names that the search has offered
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        for one in inputs:
            if one.hint and one.kind == "line" and one.field.endswith("_norm"):
                column.addWidget(self._small(one.hint))
            widget = self._made(one)
            widget.setAccessibleName(one.label)
            widget.installEventFilter(self)
            self.fields[one.field] = widget
            column.addWidget(widget)
            trouble = self.troubles[one.field] = Trouble(kit)
            column.addWidget(trouble)
        names = list(self.fields.values())
        for one_widget, next_widget in zip(names, names[1:], strict=False):
            QWidget.setTabOrder(one_widget, next_widget)

    @staticmethod
    def _small(text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("k", "small")
        return label

    def _made(self, one: Input) -> QWidget:
        if one.kind == "choice":
            combo = QComboBox()
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            for key, words in one.options:
                combo.addItem(words, key)
            combo.setCurrentIndex(max(0, combo.findData(one.text)))
            combo.currentIndexChanged.connect(self._changed)
            return combo
        if one.kind == "check":
            check = QCheckBox(one.label)
            check.setChecked(bool(one.text))
            check.toggled.connect(self._changed)
            return check
        if one.kind == "text":
            area = QPlainTextEdit(one.text)
            area.setTabChangesFocus(True)
            area.setFixedHeight(110)
            area.textChanged.connect(self._changed)
            return area
        line = QLineEdit(one.text)
        line.setPlaceholderText(one.hint or one.label)
        line.textChanged.connect(self._changed)
        if one.kind == "client":
            self._offer(line)
        return line

    def _offer(self, line: QLineEdit) -> None:
        names = QStringListModel(self)
        completer = QCompleter(names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        line.setCompleter(completer)
        pause = QTimer(self, singleShot=True, interval=PAUSE)

        def came(hits: tuple[ClientHit, ...]) -> None:
            self.clients.update((hit.name, hit.id) for hit in hits)
            names.setStringList([hit.name for hit in hits])
            if line.hasFocus() and hits:
                completer.complete()

        def ask() -> None:
            if self._find is not None and line.text().strip():
                self._find(line.text(), came)

        pause.timeout.connect(ask)
        line.textEdited.connect(lambda _: pause.start())

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the inputs now."""
        return {field: text_of(widget) for field, widget in self.fields.items()}

    def put(self, texts: Mapping[str, str]) -> None:
        """Puts texts into the inputs: a draft that somebody wants back."""
        for field, text in texts.items():
            if field in self.fields:
                put_text(self.fields[field], text)

    def begin(self) -> None:
        """The first input takes the keyboard, its text selected."""
        bring_into_view(self)
        first = next(iter(self.fields.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(first, QLineEdit):
            first.selectAll()

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Says beside each field what is wrong with it; the first one takes the keyboard."""
        for field, trouble in self.troubles.items():
            trouble.say(errors.get(field, ""))
            widget = self.fields[field]
            mark(widget, bad=field in errors)
            if field in errors:
                widget.setAccessibleDescription(errors[field])
        first = next((self.fields[field] for field in self.fields if field in errors), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> None:
        self._typed(self.texts)

    def _commit(self, *, go_on: bool) -> None:
        if not self._over:
            self._over = True
            self._over = self._store(self.texts, go_on)

    def commit(self) -> None:
        """Stores what stands there."""
        self._commit(go_on=False)

    def end(self) -> None:
        """Nothing is stored any more: the editor goes."""
        self._over = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Tab and Esc of the inputs, and leaving the last of them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in stays:
                QTimer.singleShot(0, self, self._left)
        return False

    def _left(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.isVisible() and now is not self and not self.isAncestorOf(now):
            self._commit(go_on=False)  # nobody has the keyboard while another program is in front: nothing was left

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_Escape:
            self._over = True
            self._revert()
            return True
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._commit(go_on=False)
            return True
        last = watched is list(self.fields.values())[-1]
        if enter and not isinstance(watched, QPlainTextEdit):
            if last:
                self._commit(go_on=True)
            else:
                self.focusNextChild()
            return True
        if key == Qt.Key.Key_Tab and plain and last:
            self._commit(go_on=True)
            return True
        return False


def text_of(widget: QWidget) -> str:
    """What stands in an input."""
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    if isinstance(widget, QCheckBox):
        return "1" if widget.isChecked() else ""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    assert isinstance(widget, QLineEdit)
    return widget.text()


def put_text(widget: QWidget, text: str) -> None:
    """Puts a text into an input."""
    if isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(0, widget.findData(text)))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(bool(text))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
    elif isinstance(widget, QLineEdit):
        widget.setText(text)


def mark(widget: QWidget, *, bad: bool) -> None:
    """Dresses an input as refused, or as good again."""
    if bool(widget.property("bad")) != bad:
        widget.setProperty("bad", bad)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def small(text: str) -> int:
    """The width of small words, pixels."""
    return int(width(text, SMALL)) + 1
