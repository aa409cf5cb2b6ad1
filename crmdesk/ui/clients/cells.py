"""A line of the list in words, and how its cells are painted; the words of a line are made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from crmdesk.domain import client_list as rules
from crmdesk.domain.card import SILENT, SLOW, STRIP_DAYS
from crmdesk.domain.client_list import ClientOrder, ClientRow
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.names import short_name
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.theme.draw import LEFT, RIGHT, Draw
from crmdesk.ui.theme.tokens import MEDIUM, RADIUS_CHIP, REGULAR, SEMIBOLD, SMALL

(CHECK, NAME, STAR, ACTION, STAGE, CONTACT, RHYTHM, NEXT, TURNOVER, CHANGE, KINDS, LAST_ORDER, CITY, MANAGER) = range(
    14
)
PAD = 8
STRIP, TICK = 76, 2  # pixels: the axis of the last twelve months, an order on it
MANY = 24  # ticks from which on they are thinner, or they would run together
SEGMENT_ICONS = {ActionSegment.VVV.value: "map-pin", ActionSegment.CCC.value: "phone", ActionSegment.INFO.value: "mail"}


class Column(NamedTuple):
    """A column: its head (an English msgid), its least width, whether it stands right, what it is sorted by."""

    head: str
    width: int
    right: bool
    order: ClientOrder | None


COLUMNS = (
    Column("", 28, False, None),
    Column(N_("Client"), 150, False, ClientOrder.NAME),
    Column("", 30, False, ClientOrder.IMPORTANCE),
    Column(N_("Action"), 88, False, ClientOrder.ACTION),
    Column(N_("Stage"), 96, False, ClientOrder.STAGE),
    Column(N_("Contact"), 80, True, ClientOrder.CONTACT),
    Column(N_("Own rhythm, 12 months"), 152, False, ClientOrder.RHYTHM),
    Column(N_("Next step"), 172, False, ClientOrder.NEXT_STEP),
    Column(N_("Turnover 6 months"), 112, True, ClientOrder.TURNOVER),
    Column(N_("Δ"), 70, True, ClientOrder.CHANGE),
    Column(N_("Kinds"), 56, True, ClientOrder.KINDS),
    Column(N_("Last order"), 104, True, ClientOrder.LAST_ORDER),
    Column(N_("City"), 120, False, ClientOrder.CITY),
    Column(N_("Leads"), 128, False, ClientOrder.MANAGER),
)


class Line(NamedTuple):
    """A client's line in words and marks; levels: 0 as usual, 1 attention, 2 alarm."""

    row: ClientRow
    star: str  # "", "full", "empty"
    action: str
    action_icon: str
    stage: str
    contact: str
    neglected: bool
    ratio: str
    silence: int
    ticks: tuple[int, ...]  # pixels from the beginning of the strip
    step_icon: str
    step_token: str
    step_day: str
    step: str
    late: bool
    lacks_step: bool
    turnover: str
    change: str
    fall: bool
    kinds: str
    last_order: str
    city: str
    manager: str

    def text(self, column: int, words: Words) -> str:
        """A cell in words, for copying and for those who cannot see."""
        match column:
            case 1:
                return self.row.name
            case 2:
                return content.word("importance", self.row.importance, words.lang) if self.star else ""
            case 3:
                return self.action
            case 4:
                return self.stage
            case 5:
                return self.contact
            case 6:
                return self.ratio
            case 7:
                return f"{self.step_day} {self.step}".strip()
            case 8:
                return self.turnover
            case 9:
                return self.change
            case 10:
                return self.kinds
            case 11:
                return self.last_order
            case 12:
                return self.city
            case 13:
                return self.manager
        return ""


def line(row: ClientRow, words: Words, today: date) -> Line:
    """The words of a line."""
    w = words
    entry = content.entries("action_segment").get(row.action_segment)
    late = row.next_due is not None and row.next_due < today
    level = 0 if row.silence is None or row.silence < SLOW else 1 if row.silence < SILENT else 2
    icon, token, step_day, step = _step(row, w, today)
    difference = rules.change(row)
    return Line(
        row=row,
        star={Importance.VIP.value: "full", Importance.POTENTIAL_VIP.value: "empty"}.get(row.importance, ""),
        action=entry.short(w.lang) if entry else row.action_segment,
        action_icon=SEGMENT_ICONS.get(row.action_segment, ""),
        stage=content.word("stage", row.stage, w.lang).lower(),
        contact=_ago(row.last_contact, w, today),
        neglected=rules.is_neglected(row, today),
        ratio=w.gettext("few orders") if row.silence is None else _ratio(row.silence, w),
        silence=level,
        ticks=_ticks(row.ticks, today),
        step_icon=icon,
        step_token=token,
        step_day=step_day,
        step=step,
        late=late,
        lacks_step=rules.lacks_step(row),
        turnover=_amount(row.turnover, w),
        change="—" if difference is None else _change(difference, w),
        fall=difference is not None and difference <= rules.FALL,
        kinds=w.number(row.kinds) if row.kinds else "—",
        last_order=w.day(row.last_order) if row.last_order else "—",
        city=row.city or "—",
        manager=short_name(row.manager) if row.manager else w.gettext("nobody"),
    )


def _step(row: ClientRow, w: Words, today: date) -> tuple[str, str, str, str]:
    """Icon, its colour, the day and the words of the next step."""
    if row.task_id is None:
        if rules.lacks_step(row):
            return "circle-dashed", "today", "", w.gettext("no step — set one")
        return "", "muted", "", "—"
    late = row.next_due is not None and row.next_due < today
    icon = "circle-alert" if late else "flag" if row.task_promise else record_icon(row.task_kind or "task")
    token = "over" if late else "prom" if row.task_promise else "muted"
    day = w.short_day(row.next_due) if row.next_due else ""
    return icon, token, day, row.task_title or content.word("task_kind", row.task_kind or "", w.lang)


def _ticks(days: Sequence[date], today: date) -> tuple[int, ...]:
    """Where the ticks of these days stand; of two that would run together the later one is left out."""
    found: list[int] = []
    for day in days:
        age = (today - day).days
        place = round((STRIP - TICK) * (STRIP_DAYS - age) / STRIP_DAYS)
        if 0 <= age <= STRIP_DAYS and (not found or place > found[-1] + (TICK if len(days) <= MANY else 1)):
            found.append(place)
    return tuple(found)


def _ago(day: date | None, w: Words, today: date) -> str:
    if day is None:
        return "—"
    days = (today - day).days
    return w.gettext("today") if days <= 0 else w.gettext("{n} d", n=w.number(days))


def _ratio(value: float, w: Words) -> str:
    return (w.decimal(round(value * 1000)) if value < 99.95 else w.number(round(value))) + "×"


def _amount(minor: int | None, w: Words) -> str:
    return w.number((abs(minor) + 50) // 100 * (-1 if minor < 0 else 1), split=True) if minor else "—"


def _change(per_cent: int, w: Words) -> str:
    sign = "▲" if per_cent > 0 else "▼" if per_cent < 0 else ""
    return f"{sign} {w.percent(abs(per_cent))}".strip()


# ---- painting ------------------------------------------------------------------------------------------


def paint(draw: Draw, column: int, x: int, y: int, w: int, h: int, one: Line, name: str) -> None:
    """Paints a cell; `name` is the client's name as it fits."""
    if column == NAME:
        draw.text(x + PAD, y, w - PAD, h, name, weight=SEMIBOLD)
    elif column == STAR:
        if one.star:
            draw.icon("star", x + 6, y + (h - 14) // 2, 14, "today", "today" if one.star == "full" else None)
    elif column == ACTION:
        if one.action_icon:
            draw.icon(one.action_icon, x + PAD, y + (h - 14) // 2, 14)
        draw.text(x + PAD + 20, y, w - PAD - 22, h, one.action)
    elif column == CONTACT:
        token = "over" if one.neglected else "muted" if one.contact == "—" else "text"
        weight = SEMIBOLD if one.neglected else REGULAR
        used = draw.text(x + PAD, y, w - 2 * PAD, h, one.contact, token=token, weight=weight, align=RIGHT)
        if one.neglected:
            draw.icon("circle-alert", int(x + w - PAD - used - 19), y + (h - 14) // 2, 14, "over")
    elif column == RHYTHM:
        _rhythm(draw, x + PAD, y, w - 2 * PAD, h, one)
    elif column == NEXT:
        _next(draw, x + PAD, y, w - 2 * PAD, h, one)
    elif column == CHANGE:
        token, weight = ("over", SEMIBOLD) if one.fall else ("muted", REGULAR)
        draw.text(x + PAD, y, w - 2 * PAD, h, one.change, size=SMALL, token=token, weight=weight, align=RIGHT)
    else:
        text, right = _plain(column, one), COLUMNS[column].right
        muted = column in (STAGE, CITY, MANAGER, LAST_ORDER) or text == "—"
        token, align = "muted" if muted else "text", RIGHT if right else LEFT
        draw.text(x + PAD, y, w - 2 * PAD, h, text, token=token, align=align)


def _plain(column: int, one: Line) -> str:
    found: dict[int, str] = {
        STAGE: one.stage,
        TURNOVER: one.turnover,
        KINDS: one.kinds,
        LAST_ORDER: one.last_order,
        CITY: one.city,
        MANAGER: one.manager,
    }
    return found[column]


def _rhythm(draw: Draw, x: int, y: int, w: int, h: int, one: Line) -> None:
    """Ticks on the axis of twelve months, a tail for the present silence, its sign and how many usual gaps it is."""
    if one.row.silence is None:
        draw.text(x, y, w, h, one.ratio, size=SMALL, token="muted")
        return
    level = one.silence
    token = ("chart_dim", "today", "over")[level]
    painter = draw.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    middle = y + h // 2
    painter.fillRect(QRect(x, middle, STRIP, 1), draw.look.color("chart_dim"))
    tail = one.ticks[-1] + TICK if one.ticks else 0
    painter.fillRect(QRect(x + tail, middle - 1, STRIP - tail, 3), draw.look.color(token))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(draw.look.color("chart"))
    wide = TICK if len(one.row.ticks) <= MANY else 1
    painter.drawRects([QRect(x + tick, middle - 5, wide, 11) for tick in one.ticks])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    sign = ("", "triangle-alert", "circle-alert")[level]
    if sign:
        draw.icon(sign, x + STRIP + 6, y + (h - 14) // 2, 14, token)
    draw.text(
        x + STRIP + 20,
        y,
        w - STRIP - 20,
        h,
        one.ratio,
        size=SMALL,
        token=("muted", "today", "over")[level],
        weight=(REGULAR, MEDIUM, SEMIBOLD)[level],
        align=RIGHT,
    )


def _next(draw: Draw, x: int, y: int, w: int, h: int, one: Line) -> None:
    if not one.step_icon:
        draw.text(x, y, w, h, one.step, token="muted")
        return
    draw.icon(one.step_icon, x, y + (h - 14) // 2, 14, one.step_token)
    at = x + 20
    if one.step_day:
        token, weight = ("over", SEMIBOLD) if one.late else ("text", REGULAR)
        used = draw.text(at, y, 0, h, one.step_day, token=token, weight=weight)
        at += max(44, int(used) + PAD)
    draw.text(at, y, x + w - at, h, one.step, token="today" if one.lacks_step else "text")


def checkbox(draw: Draw, x: float, y: float, checked: bool) -> None:
    """A box of 16 pixels, ticked or not."""
    if checked:
        draw.fill(x, y, 16, 16, "primary", RADIUS_CHIP)
        draw.icon("check", x + 2, y + 2, 12, "on_primary")
    else:
        draw.fill(x, y, 16, 16, "surface", RADIUS_CHIP)
        draw.stroke(x, y, 16, 16, "control", RADIUS_CHIP)
