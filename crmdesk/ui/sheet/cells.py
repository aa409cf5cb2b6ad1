"""How one cell of the sheet is painted: figures, spark bars, potential, goal, alarms, plan."""

from __future__ import annotations

from crmdesk.documents.sheet_words import SIGNS
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.sheet import MONEY_FACTORS, AlarmKind, SheetRow, Verdict
from crmdesk.ui.sheet.columns import Column, Kind, SheetCells
from crmdesk.ui.theme.draw import CENTER, RIGHT, Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import MEDIUM, REGULAR, SEMIBOLD, SMALL

Place = tuple[int, int, int, int]  # x, y, width, height
NEWEST = 6  # months of the spark bars in full colour
ALARM_TOKENS = {
    AlarmKind.SILENT: "over",
    AlarmKind.PROMISE: "over",
    AlarmKind.NO_VISIT: "today",
    AlarmKind.NO_CALL: "today",
    AlarmKind.SKUS_FALL: "over",
    AlarmKind.TURNOVER_FALL: "over",
}
VERDICT_TOKENS = {Verdict.MET: "done", Verdict.NEAR: "today", Verdict.MISSED: "over"}


class CellPainter:
    """Paints cells of one sheet with one painter."""

    def __init__(self, draw: Draw, cells: SheetCells) -> None:
        self._draw = draw
        self._cells = cells

    def paint(self, place: Place, row: int, column: int, *, in_row: bool, current: bool) -> None:
        """One cell; `in_row` tints it, `current` draws the ring."""
        draw, (x, y, w, h) = self._draw, place
        one = self._cells.columns[column]
        clients = len(self._cells.sheet.rows)
        if in_row:
            draw.fill(x, y, w, h, "primary_tint")
        draw.across(x, y + h - 1, w, "control" if row == clients - 1 else "hair")
        if one.kind is Kind.PLAN and one.place == 0:
            draw.down(x, y, h, "primary")  # today
        if one.first:
            x, w = x + 8, w - 8
        if row >= clients:
            self._total((x, y, w, h), row - clients, column, one)
        else:
            self._client((x, y, w, h), row, column, one)
        if current:
            x, y, w, h = place
            draw.ring(x, y, w, h, 4)

    def _total(self, place: Place, number: int, column: int, one: Column) -> None:
        x, y, w, h = place
        line = self._cells.totals[number]
        if one.kind is Kind.CLIENT:
            weight = SEMIBOLD if line.strong else MEDIUM
            self._draw.text(x + 8, y, w - 12, h, line.name, weight=weight)
            return
        counted = one.kind is Kind.FACTOR and one.factor not in MONEY_FACTORS
        weight = SEMIBOLD if line.strong or counted or one.kind is Kind.SUM else REGULAR
        text = line.cells[column]
        if counted and text:  # wider than its column: it stands for the whole block and may reach into it
            self._draw.painter.setClipping(False)
            self._draw.text(x + w - 4 - width(text, SMALL, weight), y, 0, h, text, size=SMALL, weight=weight)
            return
        self._draw.text(x, y, w - 4, h, text, size=SMALL, weight=weight, align=RIGHT)

    def _client(self, place: Place, number: int, column: int, one: Column) -> None:
        row, draw, (x, y, w, h) = self._cells.sheet.rows[number], self._draw, place
        match one.kind:
            case Kind.NUMBER:
                self._number(place, number, row)
            case Kind.CLIENT:
                self._signs(place, row)
                name = self._cells.fitted_name(number, w - 14)
                draw.text(x + 8, y, 0, h, name, weight=SEMIBOLD if row.rank else REGULAR)
            case Kind.IMPORTANCE:
                strong = row.importance is Importance.VIP
                self._word(place, self._cells.text(number, column), strong=strong)
            case Kind.SEGMENT:
                strong = row.action_segment is ActionSegment.VVV
                self._word(place, self._cells.text(number, column), strong=strong)
            case Kind.HISTORY:
                self._history(place, row)
            case Kind.FACTOR:
                self._figure(place, self._cells.text(number, column))
            case Kind.SUM:
                self._figure(place, self._cells.text(number, column), strong=True)
            case Kind.POTENTIAL:
                self._potential(place, row)
            case Kind.SHARE:
                self._figure(place, self._cells.text(number, column), strong=(row.share or 0) > 100)
            case Kind.GOAL:
                self._goal(place, row)
            case Kind.ALARMS:
                self._alarms(place, row)
            case Kind.PLAN:
                self._plan(place, row, one.place)

    def _signs(self, place: Place, row: SheetRow) -> None:
        """The bare signs of the alarms at the right edge of the name, which never scrolls away."""
        x, y, w, h = place
        right = x + w - 6.0
        for alarm in reversed(row.alarms):
            right -= width(SIGNS[alarm.kind], SMALL)
            self._draw.text(right, y, 0, h, SIGNS[alarm.kind], size=SMALL, token=ALARM_TOKENS[alarm.kind])
            right -= 3

    def _number(self, place: Place, number: int, row: SheetRow) -> None:
        x, y, w, h = place
        if row.rank is None:
            self._draw.text(x, y, w - 6, h, str(number + 1), size=SMALL, token="muted", align=RIGHT)
            return
        self._draw.fill(x + w - 22, y + (h - 18) / 2, 18, 18, "text", 9)
        self._draw.text(x + w - 22, y, 18, h, str(row.rank), size=SMALL, weight=SEMIBOLD, token="surface", align=CENTER)

    def _word(self, place: Place, text: str, *, strong: bool) -> None:
        x, y, w, h = place
        token = "text" if strong else "muted"
        self._draw.text(x + 6, y, w - 8, h, text, size=SMALL, weight=SEMIBOLD if strong else REGULAR, token=token)

    def _figure(self, place: Place, text: str, *, strong: bool = False) -> None:
        x, y, w, h = place
        self._draw.text(x, y, w - 4, h, text, size=SMALL, weight=SEMIBOLD if strong else REGULAR, align=RIGHT)

    def _history(self, place: Place, row: SheetRow) -> None:
        x, y, _, h = place
        highest = max((value or 0 for value in row.history), default=0)
        if highest <= 0:
            return
        floor, tall = y + h - 6, h - 11
        for number, value in enumerate(row.history):
            if value is None or value <= 0:
                continue
            new = number >= len(row.history) - NEWEST
            bar = max(1.0, tall * value / highest)
            self._draw.fill(x + 6 + number * 3, floor - bar, 2, bar, "chart" if new else "chart_dim")

    def _potential(self, place: Place, row: SheetRow) -> None:
        x, y, w, h = place
        room, middle = w - 12, y + h / 2
        scale = self._cells.scale
        mean = max(0.0, room * min(row.mean_month, scale) / scale)
        if row.potential:
            tick = room * min(row.potential, scale) / scale
            self._draw.across(x + 4, int(middle), max(tick, mean), "chart_dim")
            self._draw.fill(x + 4 + tick - 1, middle - 5, 2, 11, "chart")
        if mean >= 0.5:
            self._draw.fill(x + 4, middle - 2, mean, 5, "chart")

    def _goal(self, place: Place, row: SheetRow) -> None:
        x, y, w, h = place
        if row.goal is None:
            self._draw.text(x + 22, y, w - 26, h, self._cells.goal(row), size=SMALL, token="muted")
            return
        token = VERDICT_TOKENS[row.goal.verdict]
        self._draw.text(x + 4, y, 16, h, self._cells.verdict(row), weight=SEMIBOLD, token=token)
        self._draw.text(x + 22, y, w - 26, h, self._cells.goal(row), size=SMALL)

    def _alarms(self, place: Place, row: SheetRow) -> None:
        x, y, w, h = place
        left = x + 8.0
        for alarm, text in zip(row.alarms, self._cells.fitted_alarms(row, w - 12), strict=True):
            token = ALARM_TOKENS[alarm.kind]
            self._draw.text(left, y, 0, h, SIGNS[alarm.kind], size=SMALL, token=token)
            rest = text[1:].lstrip(" \u00a0")
            left += width(SIGNS[alarm.kind], SMALL) + (4 if rest else 6)
            if rest:
                weight = MEDIUM if row.rank else REGULAR
                left += self._draw.text(left, y, 0, h, rest, size=SMALL, weight=weight, token=token) + 10

    def _plan(self, place: Place, row: SheetRow, month: int) -> None:
        x, y, w, h = place
        empty = not row.plan[month] and row.empty[month]
        text = self._cells.fitted_plan(row, month, w - 14)
        token = "today" if empty else "text"
        self._draw.text(x + 8, y, w - 12, h, text, size=SMALL, weight=SEMIBOLD if empty else REGULAR, token=token)
