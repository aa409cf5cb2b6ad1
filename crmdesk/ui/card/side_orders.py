"""Orders, potential and goal in the right pane: what is in work and how far, the last ones, what he could spend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crmdesk.domain import goals
from crmdesk.domain.card import full_months
from crmdesk.domain.client_side import GroupSpending, Work, stage_progress
from crmdesk.domain.clients import ClientCard
from crmdesk.domain.lists import ActionSegment, GoalKind, Importance
from crmdesk.domain.money import divided
from crmdesk.domain.orders import SOLD, LineRow, OrderRow
from crmdesk.domain.sheet import ClientFacts, GoalResult, Verdict
from crmdesk.services import content
from crmdesk.ui.card import client_fields as fields
from crmdesk.ui.card import stages
from crmdesk.ui.card.edit_in_place import PAD, Value
from crmdesk.ui.card.order_form import OrderForm
from crmdesk.ui.card.side_presenter import SideState
from crmdesk.ui.card.side_section import Bench, Section, label
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.kit import Kit
from crmdesk.ui.theme.draw import RIGHT, Draw
from crmdesk.ui.theme.tokens import SMALL
from crmdesk.ui.widgets.controls import Canvas, Elided, Label

LAST = 4  # sold orders shown
GOAL_MONTHS = 6  # the months a goal is judged over, as on the sheet
THOUSAND = 1000 * 100  # minor units


def goal_of(card: ClientCard, goal_kind: str | None, goal_value: int | None, today: date) -> GoalResult | None:
    """How the goal stands: computed as on the sheet, over full months."""
    facts = ClientFacts(
        client_id=card.form.id,
        name=card.form.name,
        action_segment=ActionSegment(card.form.action_segment),
        importance=Importance(card.form.importance),
        months=card.months,
        goal_kind=GoalKind(goal_kind) if goal_kind else None,
        goal_value=goal_value or 0,
        first_order=card.first_order,
        last_order=card.last_order,
    )
    return goals.result(facts, full_months(today, GOAL_MONTHS), today)


class WorkRow(QWidget):
    """An order in work: number, what, a bar of how far it has come; pressing it offers the other stages."""

    def __init__(self, kit: Kit, work: Work, section: OrdersSection) -> None:
        super().__init__()
        self._kit, self._work, self._section = kit, work, section
        w = kit.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        order = work.order
        self.title = Value(kit, self._stages)
        number = w.gettext("№ {number}", number=order.number) if order.number else w.short_day(order.day)
        what = work.what or w.gettext("Order")
        more = w.ngettext("and {n} more", "and {n} more", work.lines - 1) if work.lines > 1 else ""
        stage = stages.word(order.stage, w.lang)
        self.title.say(
            " ".join(part for part in (number, what, more) if part),
            name=w.gettext("{order}: {stage}. Change the stage", order=f"{number} {what}", stage=stage),
        )
        column.addWidget(self.title)
        share = stage_progress(order.stage, stages.places())
        bar = Canvas(kit, lambda draw, wide, high: _progress(draw, wide, share, stage))
        bar.setFixedHeight(18)
        column.addWidget(bar)

    def _stages(self) -> None:
        menu = QMenu(self)
        for key, words in stages.choices(self._kit.words.lang):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(key == self._work.order.stage)
            action.triggered.connect(lambda _=False, stage=key: self._section.move_to(self._work.order, stage))
            menu.addAction(action)
        menu.popup(self.title.mapToGlobal(QPoint(0, self.title.height())))


def _progress(draw: Draw, w: int, share: float, stage: str) -> None:
    draw.bar(4, 7, 56, 4, share)
    draw.text(70, 0, w - 70, 18, stage, size=SMALL, token="muted")


class SoldRow(QWidget):
    """A sold order: day, number, money; pressing it shows its lines."""

    def __init__(self, bench: Bench, order: OrderRow) -> None:
        super().__init__()
        self._bench, self._order = bench, order
        kit, w = bench.kit, bench.kit.words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.title = Value(kit, self.toggle, icon="chevron-right")
        number = w.gettext("№ {number}", number=order.number) if order.number else w.gettext("Order")
        self.title.say(f"{w.short_day(order.day)}  {number}", name=w.gettext("Lines of {order}", order=number))
        money = Value(kit, self.toggle, fits=True)
        money.say(w.money(order.total, bench.office.facts.currency, cents=False))
        row.addWidget(self.title, 1)
        row.addWidget(money)
        column.addLayout(row)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(26, 0, 4, 4)
        self.lines.setSpacing(0)
        column.addLayout(self.lines)
        self.open = False

    def toggle(self) -> None:
        """Shows the lines, or puts them away."""
        self.open = not self.open
        self.title.say(self.title.text(), icon="chevron-down" if self.open else "chevron-right")
        if not self.open:
            self._clear()
            return
        kit, office, order_id = self._bench.kit, self._bench.office, self._order.id
        kit.runner.read(
            lambda job: office.lines(order_id),
            self._show_lines,
            lambda error: self._say(told(error, kit.words)),
            replaces=f"order-lines-{order_id}",
        )

    def _show_lines(self, lines: tuple[LineRow, ...]) -> None:
        if not self.open:
            return
        self._clear()
        w, currency = self._bench.kit.words, self._bench.office.facts.currency
        for line in lines:
            amount = w.decimal(line.quantity, 0) if line.quantity % 1000 == 0 else w.decimal(line.quantity, 3)
            self._say(f"{line.words} · {amount} · {w.money(line.amount, currency, cents=False)}")

    def _say(self, text: str) -> None:
        line = Elided(self._bench.kit, size=SMALL)
        line.setFixedHeight(18)
        line.say(text)
        self.lines.addWidget(line)

    def _clear(self) -> None:
        _emptied(self.lines)


def _emptied(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class OrdersSection(Section):
    """Orders in work, then the last sold ones."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, N_("Orders in work"))
        self.count = label(self.kit, "", 30)
        self.head.addWidget(self.count)
        self.add = self.link(self.kit.words.gettext("+ add"), self.open_form)
        self._shown: object = None
        self._state: SideState | None = None
        self.rows: list[WorkRow] = []
        self.sold: list[SoldRow] = []

    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        self._state = state
        work: Sequence[Work] = state.side.work if state.side is not None else ()
        sold = [order for order in state.card.orders if order.stage == SOLD][:LAST] if state.card is not None else []
        now = (state.client_id, work, sold, self.kit.words.lang)
        if now == self._shown:
            return
        self._shown = now
        _emptied(self.body)
        w = self.kit.words
        self.entitle(N_("Orders in work") if work else N_("Last orders"))
        self.count.say(w.number(len(work)) if work else "")
        self.rows = [WorkRow(self.kit, one, self) for one in work]
        self.sold = [SoldRow(self.bench, order) for order in sold]
        for row in self.rows:
            self.body.addWidget(row)
        if self.rows and self.sold:
            last = Label(self.kit, N_("Last orders"), "small")
            last.setContentsMargins(PAD, 6, 0, 2)
            self.body.addWidget(last)
        for sold_row in self.sold:
            self.body.addWidget(sold_row)
        if not self.rows and not self.sold:
            none = Elided(self.kit)
            none.setFixedHeight(24)
            none.setContentsMargins(4, 0, 0, 0)
            none.say(w.gettext("No orders yet"))
            self.body.addWidget(none)

    def move_to(self, order: OrderRow, stage: str) -> None:
        """Moves an order to a stage."""
        if stage != order.stage:
            self.bench.presenter.set_stage(order.id, stage)

    def open_form(self) -> None:
        """The form of a new order."""
        if self._state is not None and self._state.form is not None:
            OrderForm(self.bench, self.window(), self._state.form, self._added).open()

    def _added(self) -> None:
        client_id = self._state.client_id if self._state is not None else 0
        self.kit.changes.tell("orders", clients=[client_id])
        self.bench.presenter.load()

    def say_all(self) -> None:
        """Says everything anew, in another language."""
        self.add.say(self.kit.words.gettext("+ add"))
        if self._state is not None:
            self.show_state(self._state)


class PotentialSection(Section):
    """What he could spend a month on each product group, and what he does; hidden while nobody asked him."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, N_("Potential by groups"))
        self._a_month = label(self.kit, "", 76)
        self.head.addWidget(self._a_month)
        self._groups: tuple[GroupSpending, ...] = ()
        self._canvas = Canvas(self.kit, self._paint)
        self.body.addWidget(self._canvas)

    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        self._groups = state.side.groups if state.side is not None else ()
        self.setVisible(bool(self._groups))
        self._a_month.say(self.kit.words.gettext("a month"))
        self._canvas.setFixedHeight(24 * len(self._groups))
        self._canvas.setAccessibleName("; ".join(f"{self._name(one)}: {self._words(one)}" for one in self._groups))
        self._canvas.update()

    def _name(self, one: GroupSpending) -> str:
        lang = self.kit.words.lang
        known = content.entries("group", of="products").get(one.key or "")
        if one.group_id is None:
            return self.kit.words.gettext("All products")
        return one.name or (known.name(lang) if known else "")

    def _words(self, one: GroupSpending) -> str:
        w = self.kit.words
        if one.potential < THOUSAND:
            return w.gettext("{spent} of {potential}", spent=w.number(one.spent // 100), potential=one.potential // 100)
        return w.gettext(
            "{spent} of {potential} k",
            spent=w.number(divided(one.spent, THOUSAND)),
            potential=w.number(divided(one.potential, THOUSAND)),
        )

    def _paint(self, draw: Draw, w: int, h: int) -> None:
        right = 104
        for number, one in enumerate(self._groups):
            y = number * 24
            share = one.spent / one.potential if one.potential > 0 else 0.0
            name_room = w - right - 66
            draw.text(4, y, name_room - 8, 24, self._name(one))
            draw.bar(name_room, y + 10, 56, 4, share, "today" if share > 1 else "chart")
            draw.text(w - right, y, right - 4, 24, self._words(one), size=SMALL, token="muted", align=RIGHT)


class GoalSection(Section):
    """The goal and what became of it; pressing it edits the goal."""

    def __init__(self, bench: Bench, edit: Callable[[str], None]) -> None:
        super().__init__(bench, N_("Goal"))
        self.value = Value(self.kit, lambda: edit("goal"), lines=2)
        self.body.addWidget(self.value)
        self._bar = Canvas(self.kit, self._paint)
        self._bar.setFixedHeight(20)
        self.body.addWidget(self._bar)
        self.result: GoalResult | None = None

    def show_state(self, state: SideState) -> None:
        """The presenter's state."""
        form, ground, w = self.bench.presenter.shown, self.bench.ground(), self.kit.words
        words = fields.goal_words(form, ground) if form is not None else ""
        self.value.say(words or w.gettext("No goal set"), token="text" if words else "muted", name=w.gettext("Goal"))
        self.result = None
        if form is not None and state.card is not None:
            self.result = goal_of(state.card, form.goal_kind, form.goal_value, self.bench.office.today)
        self._bar.setVisible(self.result is not None)
        self._bar.setAccessibleName(self.words)
        self._bar.update()

    @property
    def words(self) -> str:
        """What became of the goal."""
        result, w = self.result, self.kit.words
        if result is None:
            return ""
        if result.actual is None:
            return w.gettext("no order yet")
        if result.kind is GoalKind.ORDER_EVERY_DAYS:
            return w.ngettext("now every {n} day", "now every {n} days", result.actual)
        if result.kind is GoalKind.SKUS:
            return w.ngettext("{n} kind last month", "{n} kinds last month", result.actual)
        money = w.money(result.actual, self.bench.office.facts.currency, cents=False)
        return w.gettext("now {money} a month", money=money)

    def _paint(self, draw: Draw, w: int, h: int) -> None:
        result = self.result
        if result is None:
            return
        sign, token = {
            Verdict.MET: ("check", "done"),
            Verdict.NEAR: ("triangle-alert", "today"),
            Verdict.MISSED: ("circle-alert", "over"),
        }[result.verdict]
        draw.icon(sign, 4, 3, 14, token)
        draw.text(24, 0, w - 24, 20, self.words, size=SMALL, token=token)
