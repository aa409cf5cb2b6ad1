"""The head of the card, which never scrolls: who he is, his figures, what is next, what was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.domain.card import CardFigures, lacks_step
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import ActionSegment, Importance
from crmdesk.domain.names import short_name
from crmdesk.domain.tasks import TaskRow
from crmdesk.services import content
from crmdesk.system.i18n import Words
from crmdesk.ui.card.header_figures import NOTE_Y, draw_change, paint_bars, paint_strip, rhythm_words, spoken
from crmdesk.ui.card.timeline_lines import day_word, step_words
from crmdesk.ui.error_texts import N_
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.fonts import elided, width
from crmdesk.ui.theme.tokens import HEADING, MARGIN, MEDIUM, METRICS, SEMIBOLD, SMALL, VIEW_HEAD
from crmdesk.ui.widgets.controls import Button, Canvas, Tool, tip

LINE = 38
SEGMENT_ICONS = {
    ActionSegment.VVV: "map-pin",
    ActionSegment.CCC: "phone",
    ActionSegment.INFO: "send",
    ActionSegment.NONE: "minus",
}
LABEL_Y, VALUE_Y = 6, 24  # of a cell of the metrics strip; NOTE_Y below them
SHARES = (0.32, 0.15, 0.17, 0.36)  # of the strip's width: turnover, assortment, potential, rhythm
NARROW_SHARES = (0.22, 0.19, 0.23, 0.36)  # without bars
FEW_PIXELS = 1000  # below this width the turnover has no bars


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the head: icon, its first words, what is bold, what is plain, what ends it, each with its token."""

    icon: str
    strong: str
    bold: str = ""
    plain: str = ""
    tail: str = ""
    token: str = "primary"
    tint: str = ""  # with a tint the line has a bar at its left edge
    tail_token: str = "muted"

    @property
    def words(self) -> str:
        """The whole line."""
        return " ".join(part for part in (self.strong, self.bold, self.plain, self.tail) if part)


class HeadLine(QWidget):
    """One line of 38 pixels: painted words, real buttons at its right."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.said: Said | None = None
        self.setFixedHeight(LINE)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN - 8, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        kit.look.changed.connect(self.update)

    def add(self, button: Button) -> Button:
        """A button at the right end."""
        self._row.addWidget(button)
        return button

    def say(self, said: Said | None) -> None:
        """Shows a line; None hides it."""
        self.said = said
        self.setVisible(said is not None)
        self.setAccessibleName(said.words if said else "")
        self.setToolTip(tip(said.words) if said else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        said = self.said
        if said is None:
            return
        painter = QPainter(self)
        draw = Draw(painter, self._kit.look)
        w = self.width()
        if said.tint:
            draw.fill(0, 0, w, LINE, said.tint)
            draw.fill(0, 0, 3, LINE, said.token)
        else:
            draw.across(0, LINE - 1, w)
        draw.icon(said.icon, MARGIN, (LINE - 16) // 2, 16, said.token)
        shown = [child for child in self.children() if isinstance(child, Button) and not child.isHidden()]
        end = min((button.x() for button in shown), default=w - MARGIN) - 8
        x: float = MARGIN + 26
        tail = width(said.tail, 13, SEMIBOLD) + 8 if said.tail else 0
        for text, weight, token in (
            (said.strong, SEMIBOLD, said.token),
            (said.bold, SEMIBOLD, "text"),
            (said.plain, 400, "text"),
        ):
            room = end - x - (tail if text is said.plain else 0)
            if text and room > 20:
                x += min(draw.text(x, 0, room, LINE, text, weight=weight, token=token), room) + 8
        if said.tail and end - x > 20:
            draw.text(x, 0, end - x, LINE, said.tail, weight=SEMIBOLD, token=said.tail_token)
        painter.end()


@dataclass(frozen=True)
class HeadVerbs:
    """What the buttons of the head do."""

    step: Callable[[int], None]  # to the neighbour in the list
    menu: Callable[[QWidget], None]
    record: Callable[[], None]
    done: Callable[[TaskRow], None]
    move: Callable[[QWidget, TaskRow], None]
    change: Callable[[TaskRow], None]
    plan: Callable[[], None]


class CardHeader(QWidget):
    """Title, figures, next step, promise."""

    def __init__(self, kit: Kit, currency: str, verbs: HeadVerbs) -> None:
        super().__init__()
        self._kit = kit
        self._currency = currency
        self._verbs = verbs
        self._card: ClientCard | None = None
        self._figures: CardFigures | None = None
        self._also: tuple[str, ...] = ()
        self._today = date.min
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = QWidget()
        title.setFixedHeight(VIEW_HEAD)
        row = QHBoxLayout(title)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(4)
        self.title = Canvas(kit, self._paint_title)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row.addWidget(self.title, 1)
        self.previous = Tool(kit, "chevron-up", N_("Previous client (Alt+PgUp)"), lambda: verbs.step(-1))
        self.next = Tool(kit, "chevron-down", N_("Next client (Alt+PgDn)"), lambda: verbs.step(1))
        self.more = Tool(kit, "ellipsis", N_("More actions"), lambda: verbs.menu(self.more))
        for tool in (self.previous, self.next, self.more):
            row.addWidget(tool)
        row.addSpacing(8)
        self.record = Button(kit, N_("Record a contact"), verbs.record, kind="primary", icon="plus")
        row.addWidget(self.record)
        column.addWidget(title)
        self.metrics = Canvas(kit, self._paint_metrics)
        self.metrics.setFixedHeight(METRICS)
        column.addWidget(self.metrics)
        self.step = HeadLine(kit)
        self.done = self.step.add(
            Button(kit, N_("It is done"), lambda: self._on_step(verbs.done), kind="flat", icon="check")
        )
        self.move_step = self.step.add(Button(kit, N_("Move…"), self._move_step, kind="flat"))
        self.change = self.step.add(Button(kit, N_("Change"), lambda: self._on_step(verbs.change), kind="flat"))
        self.plan = self.step.add(Button(kit, N_("Plan it (Ctrl+Shift+A)"), verbs.plan, kind="flat"))
        column.addWidget(self.step)
        self.promise = HeadLine(kit)
        self.kept = self.promise.add(
            Button(kit, N_("Kept"), lambda: self._on_promise(verbs.done), kind="flat", icon="check")
        )
        self.new_day = self.promise.add(Button(kit, N_("New day…"), self._move_promise, kind="flat"))
        column.addWidget(self.promise)
        self.step.say(None)
        self.promise.say(None)

    # what is shown ---------------------------------------------------------------------------------
    def show_card(
        self, card: ClientCard | None, figures: CardFigures | None, also: tuple[str, ...], today: date
    ) -> None:
        """Shows a client; `also` are those who have him open, too."""
        self._card, self._figures, self._also, self._today = card, figures, also, today
        w = self._kit.words
        self.record.setEnabled(card is not None and not card.archived)
        if card is None or figures is None:
            self.step.say(None)
            self.promise.say(None)
        else:
            self._say_step(card, figures, w)
            self.promise.say(promise_line(figures.promises, card, self._today, w))
            marks = [words for _, words, _, _ in chips(card, w)]
            parts = [part for part in (card.form.name, *marks, also_open(also, w)) if part]
            self.title.setAccessibleName(", ".join(parts))
            self.title.setToolTip(tip(", ".join(parts)))
            self.metrics.setAccessibleName(spoken(figures, w, self._currency))
            self.metrics.setToolTip(tip(spoken(figures, w, self._currency)))
        self.title.update()
        self.metrics.update()

    def neighbours(self, previous: bool, following: bool) -> None:
        """Whether there is a client before and after this one in the list."""
        self.previous.setEnabled(previous)
        self.next.setEnabled(following)

    def _say_step(self, card: ClientCard, figures: CardFigures, w: Words) -> None:
        said = step_line(figures.step, self._today, w)
        planned = said is not None
        if said is None and lacks_step(card):
            said = Said("circle-dashed", w.gettext("No next step"), token="today", tint="today_tint")
        for button in (self.done, self.move_step, self.change):
            button.setVisible(planned)
        self.plan.setVisible(not planned)
        self.step.say(said)

    def _on_step(self, verb: Callable[[TaskRow], None]) -> None:
        if self._figures is not None and self._figures.step is not None:
            verb(self._figures.step)

    def _on_promise(self, verb: Callable[[TaskRow], None]) -> None:
        if self._figures is not None and self._figures.promises:
            verb(self._figures.promises[0])

    def _move_step(self) -> None:
        self._on_step(lambda task: self._verbs.move(self.move_step, task))

    def _move_promise(self) -> None:
        self._on_promise(lambda task: self._verbs.move(self.new_day, task))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        narrow = self.width() < 760
        self.record.setVisible(not narrow)

    # painting --------------------------------------------------------------------------------------
    def _paint_title(self, draw: Draw, w: int, h: int) -> None:
        card, words = self._card, self._kit.words
        if card is None:
            return
        marks = chips(card, words)
        needed = sum(width(text, SMALL, MEDIUM) + 37 for _, text, _, _ in marks)
        room = max(w - needed - 8, w * 0.45)
        name = elided(card.form.name, int(min(room, w)), HEADING, SEMIBOLD)
        x = draw.text(0, 0, 0, h, name, size=HEADING, weight=SEMIBOLD) + 12
        for icon, text, token, tint in marks:
            if x + width(text, SMALL, MEDIUM) + 29 > w:
                return
            vip = icon == "star" and card.form.importance == Importance.VIP  # an outline: not yet, as in the list
            x += draw.chip(x, h / 2, text, token=token, tint=tint, icon=icon, filled=vip) + 8
        manager = short_name(card.manager) if card.manager else ""
        for icon, text in (
            ("", words.gettext("Led by {name}", name=manager) if manager else words.gettext("Led by nobody")),
            ("eye", also_open(self._also, words)),
        ):
            if not text or w - x < 60:
                continue
            x += 8
            if icon:
                draw.icon(icon, x, (h - 16) // 2)
                x += 22
            x += draw.text(x, 0, max(w - x, 1), h, text, size=SMALL if icon else 13, token="muted") + 4

    def _paint_metrics(self, draw: Draw, w: int, h: int) -> None:
        draw.across(0, 0, w)
        draw.across(0, h - 1, w)
        figures = self._figures
        if figures is None:
            return
        x: float = MARGIN
        whole = w - 2 * MARGIN
        for number, (share, paint) in enumerate(
            zip(
                SHARES if w >= FEW_PIXELS else NARROW_SHARES,
                (self._turnover, self._skus, self._potential, self._rhythm),
                strict=True,
            )
        ):
            cell = whole * share
            if number:
                draw.down(int(x), 12, h - 24)
                x, cell = x + MARGIN, cell - MARGIN
            paint(draw, figures, x, cell - (0 if number == 3 else MARGIN), w)
            x += cell

    def _turnover(self, draw: Draw, found: CardFigures, x: float, cell: float, w: int) -> None:
        words = self._kit.words
        bars = w >= FEW_PIXELS
        draw.text(x, LABEL_Y, cell, 18, words.gettext("Turnover, 6 months"), size=SMALL, token="muted")
        money = words.money(found.turnover, self._currency, cents=False)
        left = draw.text(x, VALUE_Y, cell, 24, money, size=HEADING, weight=SEMIBOLD)
        note = draw_change(draw, found, x, cell, words, self._currency)
        left = max(left, note, width(words.gettext("Turnover, 6 months"), SMALL)) + 16
        if bars and cell - left > 90 and any(found.bars):
            draw.text(x, LABEL_Y, cell, 18, words.gettext("24 months"), size=SMALL, token="muted", align=RIGHT)
            paint_bars(draw, found, x + left, 26, cell - left, 40)

    def _skus(self, draw: Draw, found: CardFigures, x: float, cell: float, w: int) -> None:
        words = self._kit.words
        draw.text(x, LABEL_Y, cell, 18, words.gettext("Assortment, 6 months"), size=SMALL, token="muted")
        count = words.ngettext("{n} kind", "{n} kinds", found.skus)
        draw.text(x, VALUE_Y, cell, 24, count, size=HEADING, weight=SEMIBOLD)
        grown = found.skus - found.skus_before
        sign, token = ("▲", "done") if grown > 0 else ("▼", "over") if grown < 0 else ("", "muted")
        text = f"{sign} {words.gettext('was {n}', n=words.number(found.skus_before))}".strip()
        draw.text(x, NOTE_Y, cell, 18, text, size=SMALL, token=token)

    def _potential(self, draw: Draw, found: CardFigures, x: float, cell: float, w: int) -> None:
        words = self._kit.words
        draw.text(x, LABEL_Y, cell, 18, words.gettext("Potential, a month"), size=SMALL, token="muted")
        if found.potential is None or found.share is None:
            draw.text(x, VALUE_Y, cell, 24, "—", size=HEADING, weight=SEMIBOLD, token="muted")
            draw.text(x, NOTE_Y, cell, 18, words.gettext("not estimated"), size=SMALL, token="muted")
            return
        used = draw.text(x, VALUE_Y, 0, 24, words.percent(found.share), size=HEADING, weight=SEMIBOLD)
        whole = words.gettext("of {money}", money=words.money(found.potential, self._currency, cents=False))
        if cell - used > 50:
            draw.text(x + used + 8, VALUE_Y, cell - used - 8, 24, whole, size=SMALL, token="muted")
        if found.outgrown:
            draw.icon("triangle-alert", x, NOTE_Y + 2, 14, "today")
            text = words.gettext("the potential is out of date")
            draw.text(x + 20, NOTE_Y, cell - 20, 18, text, size=SMALL, token="today")
        else:
            draw.bar(x, NOTE_Y + 6, cell, 6, found.share / 100)

    def _rhythm(self, draw: Draw, found: CardFigures, x: float, cell: float, w: int) -> None:
        words, rhythm = self._kit.words, found.rhythm
        head, state, token = rhythm_words(rhythm, words)
        right = width(state, SMALL) if state else 0
        if rhythm.usual is not None and width(head, SMALL) > cell - right - 12:
            head = words.ngettext("an order every {n} day", "an order every {n} days", rhythm.usual)
        if width(head, SMALL) > cell - right - 12:
            head = words.gettext("Own rhythm")
        draw.text(x, LABEL_Y, max(cell - right - 12, 1), 18, head, size=SMALL, token="muted")
        draw.text(x + cell - right, LABEL_Y, right, 18, state, size=SMALL, token=token)
        paint_strip(draw, rhythm, x, 28, cell, self._today, words)


def also_open(names: tuple[str, ...], w: Words) -> str:
    """Who else has the card open; nothing when nobody has."""
    return w.gettext("also open at {names}", names=", ".join(map(short_name, names))) if names else ""


def chips(card: ClientCard, w: Words) -> list[tuple[str, str, str, str]]:
    """The chips of a client: icon, words, token, tint."""
    form = card.form
    found = []
    if card.archived:
        found.append(("database-backup", w.gettext("in the archive"), "today", "today_tint"))
    if form.importance in (Importance.VIP, Importance.POTENTIAL_VIP):
        found.append(("star", content.word("importance", form.importance, w.lang), "today", "today_tint"))
    icon = next((icon for segment, icon in SEGMENT_ICONS.items() if segment == form.action_segment), "users")
    entry = content.entries("action_segment").get(form.action_segment)
    found.append((icon, entry.short(w.lang) if entry else form.action_segment, "text", "hover"))
    found.append(("repeat", content.word("stage", form.stage, w.lang).lower(), "text", "hover"))
    return found


def step_line(task: TaskRow | None, today: date, w: Words) -> Said | None:
    """What is next; None when nothing is."""
    if task is None:
        return None
    late = task.due_day is not None and task.due_day < today
    when = day_word(task.due_day, today, w) if task.due_day else w.gettext("no day")
    if task.due_time is not None:
        hour, minute = divmod(task.due_time, 60)
        when = f"{when} {hour:02d}:{minute:02d}"
    kind = content.word("task_kind", task.kind, w.lang).lower()
    plain = f"{kind}: {task.title}" if task.title else kind
    if late and task.due_day is not None:
        days = (today - task.due_day).days
        return Said(
            "hourglass", w.gettext("Next"), when, plain, w.ngettext("{n} day ago", "{n} days ago", days),
            tail_token="today",
        )  # fmt: skip
    return Said("arrow-right", w.gettext("Next"), when, plain)


def promise_line(promises: tuple[TaskRow, ...], card: ClientCard, today: date, w: Words) -> Said | None:
    """The promise due first; over and by how many days once it is late."""
    if not promises:
        return None
    task, others = promises[0], len(promises) - 1
    person = next((person.surname or person.given_name for person in card.people if person.id == task.person_id), "")
    plain = task.title or step_words(task.kind, "", None, None, w, today)
    if person:
        plain = f"{plain} · {w.gettext('to {name}', name=person)}"
    if others:
        plain = f"{plain} · {w.ngettext('and {n} more', 'and {n} more', others)}"
    if task.due_day is None:
        return Said("flag", w.gettext("Promised"), "", plain, token="prom", tint="prom_tint")
    late = (today - task.due_day).days
    strong = w.gettext("Promised by {day}", day=w.short_day(task.due_day))
    if late > 0:
        tail = w.ngettext("{n} day late", "{n} days late", late)
        return Said("circle-alert", strong, "", plain, tail, "over", "over_tint", "over")
    near = day_word(task.due_day, today, w) if late >= -1 else ""
    return Said("flag", strong, "", plain, near, "prom", "prom_tint", "today")
