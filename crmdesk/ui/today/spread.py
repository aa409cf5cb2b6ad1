"""How late work would lie over the week, to be looked at before it is done; Ctrl+Z takes all of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.load import DayPlan, Plan
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import content
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.task.when import said_day, said_length
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL
from crmdesk.ui.widgets.controls import Canvas
from crmdesk.ui.widgets.dialog import Dialog

WIDTH = 560
DAY_HEIGHT, TASK_HEIGHT, MOST_HEIGHT = 36, 22, 420
BAR = 120
MOST_SHOWN = 8  # tasks of a day that are named


class SpreadDialog(Dialog):
    """The plan by day: what each holds, what comes to it."""

    def __init__(self, kit: Kit, parent: QWidget, plan: Plan, tasks: Sequence[TaskRow], do: Callable[[], None]) -> None:
        super().__init__(kit, parent.window(), "", verb=N_("Spread"), press=self._take, width=WIDTH)
        self._do = do
        self.plan = plan
        words = kit.words
        count = len(plan.moves)
        self.heading.setText(words.ngettext("Spread {n} task over the week?", "Spread {n} tasks over the week?", count))
        self.words(
            words.gettext(
                "Promises and important clients come first; a day holds {length}.",
                length=said_length(plan.capacity, words),
            ),
            "muted",
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        self.days: list[Canvas] = []
        for day in plan.days:
            canvas = Canvas(kit, _painter(day, plan.capacity, kit))
            shown = min(len(day.coming), MOST_SHOWN + 1)
            canvas.setFixedHeight(DAY_HEIGHT + TASK_HEIGHT * shown + (6 if shown else 0))
            canvas.setAccessibleName(_said(day, kit))
            column.addWidget(canvas)
            self.days.append(canvas)
        column.addStretch()
        area = QScrollArea()
        area.setAccessibleName(kit.words.gettext("Spread over the week"))
        area.setWidgetResizable(True)
        area.setWidget(inner)
        high = sum(canvas.height() for canvas in self.days) + 4
        room = max(160, parent.window().height() - 240)
        area.setFixedHeight(min(high, MOST_HEIGHT, room))
        self.body.addWidget(area)
        self.verb.setFocus()

    def _take(self) -> None:
        self.accept()
        self._do()


def _said(day: DayPlan, kit: Kit) -> str:
    w = kit.words
    names = ", ".join(task.client or task.title for task in day.coming)
    return f"{said_day(day.day, w)}: {said_length(day.after, w)} {names}".strip()


def _painter(day: DayPlan, capacity: int, kit: Kit) -> Callable[[Draw, int, int], None]:
    def paint(draw: Draw, w: int, h: int) -> None:
        words = kit.words
        middle = DAY_HEIGHT / 2
        over = day.after > capacity
        draw.text(0, 0, 90, DAY_HEIGHT, said_day(day.day, words), weight=SEMIBOLD)
        draw.bar(96, middle - 3, BAR, 6, day.after / capacity, "today" if over else "chart")
        if day.coming and day.before:
            draw.bar(96, middle - 3, BAR * min(1.0, day.before / capacity), 6, 1, "chart_dim")
        length = said_length(day.after, words) if day.after else "—"
        if day.coming and day.before:
            length = f"{said_length(day.before, words)} → {length}"
        draw.text(96 + BAR + 12, 0, w - 96 - BAR - 110, DAY_HEIGHT, length, token="today" if over else "muted")
        if day.coming:
            count = words.ngettext("+{n} task", "+{n} tasks", len(day.coming))
            draw.text(0, 0, w, DAY_HEIGHT, count, size=SMALL, token="muted", align=RIGHT)
        rest = len(day.coming) - MOST_SHOWN
        if rest > 0:
            more = words.ngettext("and {n} more", "and {n} more", rest)
            draw.text(24, DAY_HEIGHT + MOST_SHOWN * TASK_HEIGHT, 0, TASK_HEIGHT, more, token="muted")
        for number, task in enumerate(day.coming[:MOST_SHOWN]):
            y = DAY_HEIGHT + number * TASK_HEIGHT
            icon, token = ("flag", "prom") if task.promise else (record_icon(task.kind), "muted")
            draw.icon(icon, 0, y + 3, 14, token)
            name = task.client or content.word("task_kind", task.kind, words.lang)
            used = draw.text(24, y, 190, TASK_HEIGHT, name)
            if task.title:
                draw.text(max(24 + min(used, 190) + 12, 224), y, w - 228, TASK_HEIGHT, task.title, token="muted")
        draw.across(0, h - 1, w)

    return paint
