"""A day to type or to choose: «завтра», «пт», «+3», «23.11»; beside it stands how it was understood."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.when import parsed_day, said_day
from crmdesk.ui.widgets.controls import Field, Label, Tool


class DayField(QWidget):
    """A line and a calendar. `changed` after each change; `day` None while nothing, or nonsense, is typed."""

    changed = Signal()

    def __init__(self, kit: Kit, today: date, day: date | None = None) -> None:
        super().__init__()
        self._kit = kit
        self.today = today
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = Field(kit, N_("23.11, tomorrow, +3"))
        self.field.setFixedWidth(152)
        self.open_button = Tool(kit, "calendar-days", N_("Choose in the calendar"), self.open_calendar)
        self.echo = Label(kit, "", "muted")
        row.addWidget(self.field)
        row.addWidget(self.open_button)
        row.addWidget(self.echo, 1)
        self.setFocusProxy(self.field)
        self._popup: QFrame | None = None
        self.field.textChanged.connect(self._typed)
        kit.language.changed.connect(self._say)
        if day is not None:
            self.set_day(day)

    @property
    def day(self) -> date | None:
        """The day as it was understood."""
        return parsed_day(self.field.text(), self.today, self._kit.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.field.text().strip()

    def set_day(self, day: date) -> None:
        """Shows this day."""
        self.field.setText(self._kit.words.day(day) if self._kit.words.lang != "en" else day.strftime("%d.%m.%Y"))

    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        found = self.day
        self.echo.setText(said_day(found, self._kit.words) if found else "")

    def open_calendar(self) -> None:
        """The month to choose from; Esc closes it."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setObjectName("popup")
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(popup)
        column.setContentsMargins(6, 6, 6, 6)
        month = QCalendarWidget()
        month.setLocale(QLocale({"ru": "ru_RU", "uk": "uk_UA"}.get(self._kit.words.lang, "en_GB")))
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        off = QTextCharFormat()
        off.setForeground(self._kit.look.color("muted"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(weekday, off)
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = month.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(self._kit.look.icon(icon))
        shown = self.day or self.today
        month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        month.activated.connect(lambda found: self._chosen(found, popup))
        month.clicked.connect(lambda found: self._chosen(found, popup))
        column.addWidget(month)
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        popup.show()
        month.setFocus()

    def _chosen(self, found: QDate, popup: QFrame) -> None:
        popup.close()
        self.set_day(date(found.year(), found.month(), found.day()))
        self.field.setFocus()
