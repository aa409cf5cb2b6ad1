"""What stands over the table: the figures, the three clients to start with; each opens what is behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.documents.sheet_cells import fit_alarms, fit_names
from crmdesk.documents.sheet_words import SIGNS, SheetWords
from crmdesk.domain.sheet import Sheet, SheetRow
from crmdesk.ui.kit import Kit
from crmdesk.ui.sheet.cells import ALARM_TOKENS
from crmdesk.ui.theme.draw import CENTER, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import BODY, HEADING, RADIUS, REGULAR, SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import tip

FIGURES, FIGURES_LOW = 66, 44  # height: the remark under the figure, or beside it
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
        self.bad = self.low = False

    def tell(self, label: str, figure: str, remark: str, *, bad: bool) -> None:
        """Shows a figure."""
        self.label, self.figure, self.remark, self.bad = label, figure, remark, bad
        words = f"{label}: {figure}, {remark}".rstrip(", ")
        self.setAccessibleName(words)
        self.setToolTip(tip(words))
        self.updateGeometry()
        self.update()

    def stand(self, *, low: bool, first: bool) -> None:
        """How it stands in the strip: two lines or three; the first of a row has no rule before it."""
        self.low, self._first = low, first
        self.setFixedHeight(FIGURES_LOW if low else FIGURES)
        self.updateGeometry()
        self.update()

    def wanted(self, *, low: bool) -> int:
        """How wide it must be to say everything, pixels."""
        figure = width(self.figure, HEADING, SEMIBOLD) + (20 if self.bad else 0)
        remark = width(self.remark, SMALL)
        wide = max(width(self.label, SMALL), figure + 8 + remark if low else max(figure, remark))
        return int(wide) + 22

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(self.wanted(low=self.low), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        return QSize(76, self.height())

    def draw(self, draw: Draw) -> None:  # noqa: D102
        x, w = (0 if self._first else 12), self.width()
        if not self._first:
            draw.down(0, 8, self.height() - 16)
        draw.text(x, 4, w - x - 4, 16, self.label, size=SMALL, token="muted")
        token = "over" if self.bad else "text"
        used = draw.text(x, 21, w - x - 20, 24, self.figure, size=HEADING, weight=SEMIBOLD, token=token)
        if self.bad:
            draw.icon("circle-alert", x + used + 6, 26, 14, "over")
        if self.low:
            x += int(used) + (28 if self.bad else 8)
        if w - x > 8:
            draw.text(x, 24 if self.low else 46, w - x - 4, 16, self.remark, size=SMALL, token="muted")


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
        row, words = self._row, self._words
        if row is None or words is None:
            return QSize(240, WORST)
        signs = sum(width(f"{SIGNS[alarm.kind]} {words.alarm(alarm).short}", SMALL) + 12 for alarm in row.alarms)
        return QSize(int(max(width(row.name, BODY, SEMIBOLD), signs, 160)) + 44, WORST)

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
        if width(row.name, BODY, SEMIBOLD) + width(risk, SMALL) <= w - 56:  # the name first, then the money
            draw.text(0, 4, w - 8, 20, risk, size=SMALL, token="muted", align=RIGHT)
        (name,) = fit_names([row.name], w - 40, [lambda text: width(text, BODY, SEMIBOLD)])
        draw.text(32, 4, w - 40, 20, name, weight=SEMIBOLD)
        x = 32.0
        between = 10 * max(len(row.alarms) - 1, 0)
        texts = fit_alarms([words.alarm(one) for one in row.alarms], w - 40 - between, lambda text: width(text, SMALL))
        for alarm, text in zip(row.alarms, texts[0], strict=True):
            token = ALARM_TOKENS[alarm.kind]
            x += draw.text(x, 25, 0, 18, text, size=SMALL, weight=REGULAR, token=token) + 12


class SheetHeadPane(QWidget):
    """Figures in one line, or in as many as they need; the worst three in another."""

    def __init__(self, kit: Kit, figure: Callable[[str, bool], None], client: Callable[[SheetRow], None]) -> None:
        super().__init__()
        self._kit = kit
        self._open_figure = figure
        self._open_client = client
        self._sheet: Sheet | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 6)
        column.setSpacing(2)
        self._strip = QGridLayout()
        self._strip.setContentsMargins(0, 0, 0, 0)
        self._strip.setSpacing(4)
        self._told: tuple[str, ...] = ()
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
            one.setParent(self)
        self.worst = [Worst(kit, lambda n=number: self._pressed(n)) for number in range(3)]  # type: ignore[misc]
        for worst in self.worst:
            self._worst_row.addWidget(worst, 1)
        self._worst_row.addStretch()
        column.addLayout(self._strip)
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
        self._told = tuple(key for key in self.figures if key in told)
        self._arrange()
        self._start.setText(words.start_with(len(sheet.worst)))
        for number, worst in enumerate(self.worst):
            worst.setVisible(number < len(sheet.worst))
            if number < len(sheet.worst):
                worst.tell(sheet.worst[number], words)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """All figures in a row of three lines each; where their words do not fit, in low rows: nothing is cut."""
        shown = [self.figures[key] for key in self._told]
        if not shown:
            return
        gap, room = self._strip.spacing(), self.width() - 32
        low = sum(one.wanted(low=False) + gap for one in shown) - gap > room
        across = len(shown)
        while low and across > 1 and _grid_width(shown, across, gap) > room:
            across -= 1
        for number in range(self._strip.columnCount()):
            self._strip.setColumnStretch(number, 1 if number < across else 0)
        for number, one in enumerate(shown):
            one.stand(low=low, first=number % across == 0)
            self._strip.addWidget(one, number // across, number % across)

    def _pressed(self, number: int) -> None:
        if self._sheet is not None and number < len(self._sheet.worst):
            self._open_client(self._sheet.worst[number])


def _grid_width(figures: list[Figure], across: int, gap: int) -> int:
    columns = [max(one.wanted(low=True) for one in figures[number::across]) for number in range(across)]
    return sum(columns) + gap * (across - 1)


_ASKED = {  # figure: what services.sheets.behind_head is asked for, and whether for the last month alone
    "month": ("fact", True),
    "period": ("fact", False),
    "overdue_tasks": ("overdue_tasks", False),
    "promises": ("promises", False),
    "calls": ("calls", False),
    "completeness": ("completeness", False),
    "base": ("base", False),
}
