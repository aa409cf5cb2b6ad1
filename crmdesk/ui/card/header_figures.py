"""The figures at the head of the card in words and as pictures: the change, the bars, the strip of order days."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from crmdesk.domain import months as calendar
from crmdesk.domain.card import BARS, NOW_MONTHS, STRIP_DAYS, CardFigures, OwnRhythm, Silence
from crmdesk.system.i18n import Words
from crmdesk.ui.theme.draw import Draw
from crmdesk.ui.theme.tokens import SEMIBOLD, SMALL

NOTE_Y = 48  # of the third line of a cell
CROWD = 60  # order days a year from which on their ticks are thinner


def rhythm_words(rhythm: OwnRhythm, w: Words) -> tuple[str, str, str]:
    """The rhythm in words: the head of its cell, the silence at its right, the token of that."""
    head = w.gettext("Own rhythm")
    if rhythm.silence is Silence.NONE:
        return head, w.gettext("no orders yet"), "muted"
    days = rhythm.silent_days or 0
    silent = w.ngettext("silent {n} day", "silent {n} days", days)
    if rhythm.silence is Silence.FEW or rhythm.usual is None:
        return head, f"{silent} — {w.gettext('few orders')}", "muted"
    head = w.ngettext("Own rhythm: an order every {n} day", "Own rhythm: an order every {n} days", rhythm.usual)
    said, token = {
        Silence.SLOW: (w.gettext("longer than usual"), "today"),
        Silence.SILENT: (w.gettext("far too long"), "over"),
    }.get(rhythm.silence, (w.gettext("as usual"), "muted"))
    return head, f"{silent} — {said}", token


def spoken(found: CardFigures, w: Words, currency: str) -> str:
    """The figures in one sentence, for those who cannot see them and for the tooltip."""
    first, last = (calendar.first_day(found.months[n]) for n in (0, -1))
    months = f"{w.month_name(first.month)} {first.year} – {w.month_name(last.month)} {last.year}"
    parts = [
        f"{w.gettext('Turnover, 6 months')} ({months}): {w.money(found.turnover, currency, cents=False)}, "
        + w.gettext("was {n}", n=w.money(found.before, currency, cents=False)),
        w.ngettext("{n} kind", "{n} kinds", found.skus) + ", " + w.gettext("was {n}", n=w.number(found.skus_before)),
    ]
    if found.potential is not None and found.share is not None:
        money = w.money(found.potential, currency, cents=False)
        parts.append(
            f"{w.gettext('Potential, a month')}: {w.percent(found.share)} {w.gettext('of {money}', money=money)}"
        )
    head, state, _ = rhythm_words(found.rhythm, w)
    return "; ".join((*parts, f"{head}, {state}"))


def draw_change(draw: Draw, found: CardFigures, x: float, cell: float, w: Words, currency: str) -> float:
    """▲ 12 %, was 1 107 100; its width."""
    was = w.gettext("was {n}", n=w.money(found.before, currency, cents=False))
    if found.change is None:
        return draw.text(x, NOTE_Y, cell, 18, was, size=SMALL, token="muted") if found.before else 0
    up = found.change >= 0
    token = "done" if up else "over" if found.change_is_a_fall else "muted"
    text = f"{'▲' if up else '▼'} {w.percent(abs(found.change))}, {was}"
    weight = SEMIBOLD if found.change_is_a_fall else 400
    return draw.text(x, NOTE_Y, cell, 18, text, size=SMALL, weight=weight, token=token)


def paint_bars(draw: Draw, found: CardFigures, x: float, y: float, w: float, h: float) -> None:
    """24 bars, the last six solid, and the mean of those before as a dashed line."""
    highest = max((amount or 0 for amount in found.bars), default=0)
    if highest <= 0:
        return
    step = w / BARS
    for number, amount in enumerate(found.bars):
        if amount is None or amount <= 0:
            continue
        tall = max(1.0, h * amount / highest)
        token = "chart" if number >= BARS - NOW_MONTHS else "chart_dim"
        draw.fill(x + number * step, y + h - tall, max(1.0, step - 2), tall, token, 1)
    if found.mean > 0:
        level = y + h - h * min(found.mean, highest) / highest
        _dashed(draw, x, level, x + w, level, "muted")


def paint_strip(draw: Draw, rhythm: OwnRhythm, x: float, y: float, w: float, today: date, words: Words) -> None:
    """The year as an axis: a tick an order, the letters of the months, when the next is expected, today."""
    ahead = 0
    if rhythm.expected is not None:
        ahead = max(0, min((rhythm.expected[1] - today).days, STRIP_DAYS // 4)) + 6
    first = today - timedelta(days=STRIP_DAYS)
    scale = w / (STRIP_DAYS + max(ahead, 12))
    base = y + 24

    def at(day: date) -> float:
        return x + (day - first).days * scale

    draw.across(x, base, w, "control")
    month = calendar.add(calendar.month_of(first), 1)
    while calendar.first_day(month) <= today:
        middle = at(calendar.first_day(month)) + 15 * scale
        letter = words.month_initial(month % 100)
        if middle + 6 < x + w:
            draw.text(middle - 5, base + 3, 0, 16, letter, size=SMALL, token="muted")
        month = calendar.add(month, 1)
    if rhythm.expected is not None and rhythm.expected[1] >= today - timedelta(days=31):
        left, right = max(x, at(rhythm.expected[0])), min(x + w, at(rhythm.expected[1]))
        if right > left + 2:
            draw.fill(left, base - 17, right - left, 17, "done_tint", 2)
            for ends in (
                (left, right, base - 17, base - 17),
                (left, left, base - 17, base),
                (right, right, base - 17, base),
            ):
                _dashed(draw, ends[0], ends[2], ends[1], ends[3], "done")
    tick = 3 if len(rhythm.days) < CROWD else 2
    for day in rhythm.days:
        if day >= first:
            draw.fill(round(at(day)) - 1, base - 14, tick, 14, "chart", 1)
    draw.fill(round(at(today)), base - 20, 2, 22, "primary")


def _dashed(draw: Draw, x: float, y: float, x2: float, y2: float, token: str) -> None:
    pen = QPen(draw.look.color(token), 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    draw.painter.setPen(pen)
    draw.painter.drawLine(int(x), int(y), int(x2), int(y2))
