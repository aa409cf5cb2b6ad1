"""How one entry is drawn in a grid of hours, and the ghost of one that is being carried."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from crmdesk.domain.calendar import Entry, Mark, What
from crmdesk.system.i18n import Words
from crmdesk.ui.calendar import words as say
from crmdesk.ui.calendar.state import Ghost
from crmdesk.ui.list_words import record_icon
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.fonts import width
from crmdesk.ui.theme.tokens import LEAD_SMALL, RADIUS, RADIUS_CHIP, REGULAR, SEMIBOLD, SMALL

ICON = 13
WIDE = 300  # pixels: from here on an entry says all of it in its first line
NARROW = 44  # below this only its icon: a letter and an ellipsis say nothing, the tip does
TIGHT = 64  # below this only its icon and what fits


@dataclass(frozen=True)
class Dress:
    """Fill, border, the tokens of the words; `dashed`: the border."""

    fill: str
    border: str
    text: str = "text"
    second: str = "text"
    weight: int = SEMIBOLD
    dashed: bool = False
    bar: bool = False


DRESSES = {
    Mark.PLANNED: Dress("raised", "chart", bar=True),
    Mark.PROMISE: Dress("prom_tint", "prom"),
    Mark.LEFT: Dress("today_tint", "today", dashed=True),
    Mark.BROKEN: Dress("over_tint", "over", text="over"),
    Mark.DONE: Dress("sunken", "hair", "muted", "muted", REGULAR),
    Mark.BIRTHDAY: Dress("hover", "hover", weight=REGULAR),
}


def draw_entry(
    draw: Draw, words: Words, entry: Entry, mark: Mark, box: QRectF, *, chosen: bool, faded: bool = False,
    who: str = "",
) -> None:  # fmt: skip
    """An entry in its box: the client, what it is about, when. `faded`: it is being carried elsewhere."""
    dress = DRESSES[mark]
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    if faded:
        draw.painter.setOpacity(0.4)
    draw.fill(x, y, w, h, "primary_tint" if chosen and mark is Mark.DONE else dress.fill, RADIUS_CHIP)
    if dress.bar:
        draw.fill(x, y + 1, 3, h - 2, dress.border)
    if chosen:
        draw.stroke(x, y, w, h, "primary", RADIUS_CHIP, 2)
    elif dress.dashed:
        dash(draw, box, dress.border, 1)
    else:
        draw.stroke(x, y, w, h, dress.border)
    name, token = say.icon(entry, mark)
    if w < NARROW:
        draw.icon(name, x + (w - ICON) / 2 + 1, y + 4, ICON, token)
    else:
        lines = [(say.name(words, entry), dress.weight, dress.text)]
        if w >= WIDE or h >= 2 * LEAD_SMALL + 4:
            time = say.stretch(entry.time, entry.minutes)
            lines.append((say.matter(words, entry), REGULAR, dress.second))
            lines.append((f"{time} · {who}" if time and who else time or who, REGULAR, "muted"))
            lines.append((say.notes(entry), REGULAR, "muted"))
        _write(draw, lines, (name, token), box)
    if faded:
        draw.painter.setOpacity(1)


LINE_TINTS = {Mark.BROKEN: "over_tint", Mark.LEFT: "today_tint", Mark.PROMISE: "prom_tint"}


def draw_line(
    draw: Draw, words: Words, entry: Entry, mark: Mark, box: QRectF, *, chosen: bool, focused: bool, faded: bool = False
) -> None:
    """An entry in one narrow line, as a month shows it: its sign, the time of what is to be done, the client."""
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    if faded:
        draw.painter.setOpacity(0.4)
    tint = "primary_tint" if chosen else LINE_TINTS.get(mark)
    if tint is not None:
        draw.fill(x, y + 0.5, w, h - 1, tint, RADIUS_CHIP)
    if chosen:
        draw.stroke(x, y + 0.5, w, h - 1, "primary", RADIUS_CHIP, 2 if focused else 1)
    name, token = say.icon(entry, mark)
    draw.icon(name, x + 4, y + (h - ICON) / 2, ICON, token)
    text = say.short_name(say.name(words, entry))
    if entry.time is not None and mark is not Mark.DONE and w >= TIGHT:
        text = f"{say.clock(entry.time)} {text}"
    matter = say.matter(words, entry) if entry.title or entry.what == What.BIRTHDAY else ""
    if matter and w >= TIGHT:
        text = f"{text}: {matter}"
    ink = "muted" if mark is Mark.DONE else "over" if mark is Mark.BROKEN else "text"
    if w >= TIGHT:
        draw.text(x + 21, y, w - 23, h, text, size=SMALL, token=ink)
    if faded:
        draw.painter.setOpacity(1)


def _write(draw: Draw, lines: list[tuple[str, int, str]], icon: tuple[str, str], box: QRectF) -> None:
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    pad = 8 if w >= TIGHT else 4
    top = y + 3 if h >= 2 * LEAD_SMALL + 4 else y + (h - LEAD_SMALL) / 2
    draw.icon(icon[0], x + pad, top + 1, ICON, icon[1])
    left = x + pad + ICON + (5 if w >= TIGHT else 3)
    room = x + w - left - 4
    if room < 10:
        return
    name, weight, token = lines[0]
    if width(name, SMALL, weight) > room:
        name = say.short_name(name)
    if w >= WIDE and h < 2 * LEAD_SMALL + 4:
        left += draw.text(left, top, room, LEAD_SMALL, name, size=SMALL, weight=weight, token=token) + 10
        for text, thin, tint in lines[1:]:
            room = x + w - left - 4
            if text and room > 30:
                left += draw.text(left, top, room, LEAD_SMALL, text, size=SMALL, weight=thin, token=tint) + 10
        return
    draw.text(left, top, room, LEAD_SMALL, name, size=SMALL, weight=weight, token=token)
    place = top + LEAD_SMALL
    for text, thin, tint in lines[1:]:
        if text and place + LEAD_SMALL <= y + h:
            draw.text(left, place, room, LEAD_SMALL, text, size=SMALL, weight=thin, token=tint)
            place += LEAD_SMALL


def draw_ghost(draw: Draw, words: Words, ghost: Ghost, box: QRectF, norm: int) -> bool:
    """What is carried, at the place where it would lie; whether its words found room in it."""
    carried = ghost.carried
    draw.fill(box.x(), box.y(), box.width(), box.height(), "primary_tint", RADIUS_CHIP)
    dash(draw, box, "primary", 2)
    name = carried.client or carried.title or words.gettext(say.KINDS.get(carried.kind, say.KINDS["other"]))
    lines = [(name, SEMIBOLD, "primary")]
    when = say.stretch(ghost.time, ghost.minutes)
    if when:
        lines.append((when, SEMIBOLD, "primary"))
    line = becomes(words, ghost, norm)
    if width(line[0], SMALL) > box.width() - 32:  # the day's head says the norm
        line = becomes(words, ghost, 0)[0], *line[1:]
    if ghost.becomes:
        lines.append(line)
    fits = box.height() >= len(lines) * LEAD_SMALL + 4 and box.width() >= 120
    _write(draw, lines if fits else lines[:1], (record_icon(carried.kind), "primary"), box)
    return fits


def becomes(words: Words, ghost: Ghost, norm: int) -> tuple[str, int, str]:
    """«день станет 4 ч 36», in the colour of attention above the norm."""
    over = bool(norm) and ghost.becomes > norm
    text = words.gettext("the day gets {load}", load=say.load(words, ghost.becomes, norm))
    return text, REGULAR, "today" if over else "muted"


def draw_note(draw: Draw, words: Words, ghost: Ghost, box: QRectF, room: QRectF, norm: int, *, said: bool) -> None:
    """Beside the ghost: what should be known of the place, and (unless `said`) the new time and the day's load."""
    lines: list[tuple[str, int, str]] = []
    if not said:
        when = say.stretch(ghost.time, ghost.minutes)
        if when:
            lines.append((when, SEMIBOLD, "primary"))
        lines.append(becomes(words, ghost, norm))
    hints = tuple(hint for hint in ghost.hints if hint.value != "overload")
    if hints:
        lines.append((say.hint_line(words, hints), REGULAR, "today"))
    if not lines:
        return
    wide = max(width(text, SMALL, weight) for text, weight, _ in lines) + 18
    tall = len(lines) * LEAD_SMALL + 8
    x = max(room.x() + 2, min(box.x(), room.right() - wide - 2))
    y = box.bottom() + 3 if box.bottom() + 3 + tall <= room.bottom() else box.y() - tall - 3
    draw.fill(x, y, wide, tall, "raised", RADIUS)
    draw.stroke(x, y, wide, tall, "control", RADIUS)
    for number, (text, weight, token) in enumerate(lines):
        draw.text(x + 9, y + 4 + number * LEAD_SMALL, 0, LEAD_SMALL, text, size=SMALL, weight=weight, token=token)


def dash(draw: Draw, box: QRectF, token: str, pen: float) -> None:
    """A dashed outline, inside the box."""
    line = QPen(draw.look.color(token), pen)
    line.setDashPattern([4 / pen, 3 / pen])
    draw.painter.setPen(line)
    draw.painter.setBrush(Qt.BrushStyle.NoBrush)
    half = pen / 2
    draw.painter.drawRoundedRect(box.adjusted(half, half, -half, -half), RADIUS_CHIP, RADIUS_CHIP)
