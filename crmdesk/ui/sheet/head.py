"""What stands over the table: the figures, the three clients to start with; each opens what is behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.documents.sheet_words import SIGNS, SheetWords
from crmdesk.domain.sheet import Sheet, SheetRow
from crmdesk.ui.kit import Kit
from crmdesk.ui.sheet.cells import ALARM_TOKENS
from crmdesk.ui.theme.draw import CENTER, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import HEADING, RADIUS, REGULAR, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import tip

FIGURES = 66  # height
WORST = 48


class _Pressed(QAbstractButton):
    """A painted button of the head."""

    def __init__(self, kit: Kit, height: int, press: Callable[[], None]) -> None:
        super().__init__()
        self._kit = kit
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: press())
        kit.look.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        if self.underMouse():
            draw.fill(0, 0, self.width(), self.height(), "hover", RADIUS)
        self.draw(draw)
        if self.hasFocus():
            draw.ring(0, 0, self.width(), self.height())
        painter.end()

    def draw(self, draw: Draw) -> None:
        """What is on it."""


class Figure(_Pressed):
    """Label, figure, remark; what is off the norm is said by weight, colour and a sign."""

    def __init__(self, kit: Kit, press: Callable[[], None], *, first: bool) -> None:
        super().__init__(kit, FIGURES, press)
        self._first = first
        self.label = self.figure = self.remark = ""
        self.bad = False

    def tell(self, label: str, figure: str, remark: str, *, bad: bool) -> None:
        """Shows a figure."""
        self.label, self.figure, self.remark, self.bad = label, figure, remark, bad
        words = f"{label}: {figure}, {remark}".rstrip(", ")
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        wide = max(width(self.label, SMALL), width(self.figure, HEADING, SEMIBOLD), width(self.remark, SMALL))
        return QSize(int(wide) + 30, FIGURES)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(76, FIGURES)

    def draw(self, draw: Draw) -> None:  # noqa: D102
        x, w = (0 if self._first else 12), self.width()
        if not self._first:
            draw.down(0, 8, self.height() - 16)
        draw.text(x, 4, w - x - 4, 16, self.label, size=SMALL, token="muted")
        token = "over" if self.bad else "text"
        used = draw.text(x, 21, w - x - 20, 24, self.figure, size=HEADING, weight=SEMIBOLD, token=token)
        if self.bad:
            draw.icon("circle-alert", x + used + 6, 26, 14, "over")
        draw.text(x, 46, w - x - 4, 16, self.remark, size=SMALL, token="muted")


class Worst(_Pressed):
    """One of the three to start with: disc, name, money at risk, the alarms in words."""

    def __init__(self, kit: Kit, press: Callable[[], None]) -> None:
        super().__init__(kit, WORST, press)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row: SheetRow | None = None
        self._words: SheetWords | None = None

    def tell(self, row: SheetRow, words: SheetWords) -> None:
        """Shows a client."""
        self._row, self._words = row, words
        alarms = ", ".join(words.alarm(alarm).long for alarm in row.alarms)
        text = f"{row.rank}. {row.name}: {words.risk(row.risk)}, {alarms}".rstrip(", ")
        self.setAccessibleName(text)
        self.setToolTip(tip(text))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(240, WORST)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(120, WORST)

    def draw(self, draw: Draw) -> None:  # noqa: D102
        row, words, w = self._row, self._words, self.width()
        if row is None or words is None:
            return
        draw.fill(4, 4, 20, 20, "text", 10)
        draw.text(4, 4, 20, 20, str(row.rank), size=SMALL, weight=SEMIBOLD, token="surface", align=CENTER)
        amount = f"{words.money(row.risk)}\u00a0{words.unit}"
        risk = self._kit.words.gettext("{amount} a month", amount=amount)
        room = w - 48 - width(risk, SMALL)
        draw.text(32, 4, room if room >= 110 else w - 40, 20, row.name, weight=SEMIBOLD)
        if room >= 110:
            draw.text(0, 4, w - 8, 20, risk, size=SMALL, token="muted", align=RIGHT)
        x = 32.0
        for alarm in row.alarms:
            token, sign = ALARM_TOKENS[alarm.kind], SIGNS[alarm.kind]
            text = words.alarm(alarm).long
            if x + width(f"{sign} {text}", SMALL) > w - 8:
                text = words.alarm(alarm).short
            x += draw.text(x, 25, max(w - 8 - x, 1), 18, f"{sign} {text}", size=SMALL, weight=REGULAR, token=token) + 12
            if x > w - 40:
                break


class SheetHeadPane(QWidget):
    """Figures in one line, the worst three in another."""

    def __init__(self, kit: Kit, figure: Callable[[str, bool], None], client: Callable[[SheetRow], None]) -> None:
        super().__init__()
        self._kit = kit
        self._open_figure = figure
        self._open_client = client
        self._sheet: Sheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 6)
        column.setSpacing(2)
        self._figures_row = QHBoxLayout()
        self._figures_row.setContentsMargins(0, 0, 0, 0)
        self._figures_row.setSpacing(4)
        self._worst_row = QHBoxLayout()
        self._worst_row.setContentsMargins(0, 0, 0, 0)
        self._worst_row.setSpacing(8)
        self._start = QLabel()
        self._start.setProperty("k", "strong")
        self._start.setWordWrap(True)
        self._start.setFixedWidth(92)
        self._worst_row.addWidget(self._start)
        self._keys = ("month", "period", "overdue_tasks", "promises", "calls", "completeness", "base")
        self.figures = {
            key: Figure(kit, lambda k=key: self._open_figure(*_ASKED[k]), first=not place)  # type: ignore[misc]
            for place, key in enumerate(self._keys)
        }
        for one in self.figures.values():
            self._figures_row.addWidget(one, 1)
        self.worst = [Worst(kit, lambda n=number: self._pressed(n)) for number in range(3)]  # type: ignore[misc]
        for worst in self.worst:
            self._worst_row.addWidget(worst, 1)
        self._worst_row.addStretch()
        column.addLayout(self._figures_row)
        column.addLayout(self._worst_row)

    def show_sheet(self, sheet: Sheet, words: SheetWords) -> None:
        """Shows the head of a sheet."""
        self._sheet = sheet
        keys = [key for key in self._keys if key != "period" or len(sheet.months) > 1]
        told = dict(zip(keys, words.figures(sheet), strict=True))
        for key, figure in self.figures.items():
            figure.setVisible(key in told)
            if key in told:
                label, value, remark, bad = told[key]
                figure.tell(label, value, remark, bad=bad)
        self._start.setText(words.start_with(len(sheet.worst)))
        for number, worst in enumerate(self.worst):
            worst.setVisible(number < len(sheet.worst))
            if number < len(sheet.worst):
                worst.tell(sheet.worst[number], words)

    def _pressed(self, number: int) -> None:
        if self._sheet is not None and number < len(self._sheet.worst):
            self._open_client(self._sheet.worst[number])


_ASKED = {  # figure: what services.sheets.behind_head is asked for, and whether for the last month alone
    "month": ("fact", True),
    "period": ("fact", False),
    "overdue_tasks": ("overdue_tasks", False),
    "promises": ("promises", False),
    "calls": ("calls", False),
    "completeness": ("completeness", False),
    "base": ("base", False),
}
