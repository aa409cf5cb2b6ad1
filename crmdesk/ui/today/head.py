"""The head of Today: the day, how much of it is done, how full it is, whose it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from crmdesk.domain.day import Day
from crmdesk.domain.names import short_name
from crmdesk.domain.users import User
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.task.when import said_length
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MARGIN, VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Canvas, CommandTool, Elided, tip

BAR, GAP = 96, 10
WIDE = 720  # from this width on the head has room for the load and for words in its buttons


class TodayHead(QWidget):
    """Title, counts, load bar; at the right whose day, printing, a new task."""

    def __init__(self, kit: Kit, *, choose: Callable[[int], None]) -> None:
        super().__init__()
        self._kit = kit
        self._day: Day | None = None
        self._length = ""
        self.setFixedHeight(VIEW_HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 0, 28, 0)
        row.setSpacing(8)
        self.title = QLabel()
        self.title.setProperty("k", "head")
        self.counts = Elided(kit)
        self.load = Canvas(kit, self._paint_load)
        self.load.setFixedHeight(28)
        self.whose = QComboBox()
        self.whose.setMinimumWidth(120)
        self.whose.setMaximumWidth(190)
        self.whose.activated.connect(lambda n: choose(self.whose.itemData(n)))
        self.whose.hide()
        self.print_button = Button(kit, N_("Print the day"), lambda: kit.commands.run("print"), icon="printer")
        self.print_tool = CommandTool(kit, "print")
        self.new_button = Button(kit, N_("New task"), lambda: kit.commands.run("new"), kind="primary", icon="plus")
        row.addWidget(self.title)
        row.addSpacing(8)
        row.addWidget(self.counts, 1)
        row.addWidget(self.load)
        row.addSpacing(4)
        row.addWidget(self.whose)
        row.addWidget(self.print_tool)
        row.addWidget(self.print_button)
        row.addWidget(self.new_button)

    def tell(self, day: Day | None, today_words: str) -> None:
        """The figures of a day; the title alone while it is on its way."""
        w = self._kit.words
        self._day = day
        self.title.setText(today_words)
        if day is None or not day.tasks:
            self.counts.say("")
        else:
            total = w.ngettext("{n} task to do", "{n} tasks to do", len(day.tasks))
            done = w.gettext("{n} done", n=w.number(day.done))
            self.counts.say(f"{total}, {done}", f"{w.number(day.done)}/{w.number(len(day.tasks))}")
        self._length = ""
        if day is not None and (day.timed or day.untimed):
            self._length = w.gettext(
                "{load} of {capacity}", load=said_length(day.load, w), capacity=said_length(day.capacity, w)
            )
        self.load.setFixedWidth(int(BAR + GAP + width(self._length)) + 2 if self._length else 0)
        self.load.setAccessibleName(self._length)
        self.load.setToolTip(
            tip(w.gettext("Planned for today: {load}. What was left from before is not counted.", load=self._length))
            if self._length
            else ""
        )
        self.load.update()

    def offer(self, people: Sequence[User], manager_id: int | None) -> None:
        """Whose day may be chosen; one alone is not asked."""
        self.whose.setVisible(len(people) > 1)
        known = [self.whose.itemData(n) for n in range(self.whose.count())]
        if known != [user.id for user in people]:
            self.whose.clear()
            for user in people:
                self.whose.addItem(short_name(user.name), user.id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(manager_id)))
        self.arrange(self.width())

    def arrange(self, wide: int) -> None:
        """What there is room for, in this many pixels."""
        chosen = 190 if self.whose.count() > 1 else 0
        roomy = wide >= WIDE + chosen
        self.load.setVisible(wide >= WIDE)
        self.print_button.setVisible(roomy)
        self.print_tool.setVisible(not roomy)

    def _paint_load(self, draw: Draw, w: int, h: int) -> None:
        day = self._day
        if day is None or not self._length:
            return
        over = day.load > day.capacity
        draw.bar(0, h / 2 - 3, BAR, 6, day.load / day.capacity, "today" if over else "chart")
        draw.text(BAR + GAP, 0, 0, h, self._length, token="today" if over else "muted")
