"""A new order by hand: number, day, stage, and lines of words, quantity and price."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from crmdesk.domain.clients import ClientForm
from crmdesk.domain.money import divided
from crmdesk.domain.orders import SOLD, LineRow
from crmdesk.exchange import values
from crmdesk.system.i18n import Words
from crmdesk.ui.card import stages
from crmdesk.ui.card.edit_in_place import Trouble, mark, put_text, text_of
from crmdesk.ui.card.product_field import ProductField
from crmdesk.ui.card.side_section import Bench
from crmdesk.ui.drafting import Drafting
from crmdesk.ui.error_texts import N_, told
from crmdesk.ui.widgets.controls import Button, Label
from crmdesk.ui.widgets.dialog import Dialog

WIDE = 640  # pixels
LONGEST = 500  # characters of a line's words
FIRST_STAGE = "enquiry"


@dataclass(frozen=True)
class TypedLine:
    """A line as it is typed."""

    words: str
    quantity: str
    price: str
    product_id: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.words.strip() or self.quantity.strip() or self.price.strip())


def read_lines(typed: list[TypedLine], words: Words) -> tuple[tuple[LineRow, ...], dict[int, str]]:
    """The lines of an order, and by number of the line what is wrong with it; empty lines are left out.

    A price is for one piece; the amount is quantity × price, rounded half up to minor units.
    """
    found: list[LineRow] = []
    errors: dict[int, str] = {}
    for number, one in enumerate(typed):
        if one.is_empty:
            continue
        text = " ".join(one.words.split())
        try:
            quantity = values.thousandths(one.quantity or "1")
            price = values.minor_units(one.price)
        except values.BadValue:
            errors[number] = words.gettext("Quantity and price are numbers: 1000 and 12,50.")
            continue
        if not text:
            errors[number] = words.gettext("Say what is ordered.")
        elif len(text) > LONGEST:
            errors[number] = words.gettext(
                "{length} characters were typed, at most {limit} are kept.", length=len(text), limit=LONGEST
            )
        elif not quantity or price is None:
            errors[number] = words.gettext("Quantity and price are numbers: 1000 and 12,50.")
        else:
            found.append(LineRow(len(found) + 1, one.product_id, text, quantity, divided(quantity * price, 1000)))
    if not found and not errors:
        errors[0] = words.gettext("An order needs at least one line.")
    return tuple(found), errors


class OrderForm(Dialog):
    """The dialog; what is typed is kept as a draft until the store has it."""

    def __init__(self, bench: Bench, parent: QWidget, client: ClientForm, done: Callable[[], None]) -> None:
        super().__init__(bench.kit, parent, N_("New order"), verb=N_("Save the order"), press=self.store, width=WIDE)
        self._bench, self._client, self._done = bench, client, done
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        w = bench.kit.words
        self._drafting = Drafting(bench.drafts, f"client-{client.id}-order", bench.kit.clock, self)
        self.body.addWidget(self._name())
        top = QHBoxLayout()
        top.setSpacing(8)
        self.number, self.day, self.stage = QLineEdit(), QLineEdit(w.day(bench.office.today)), QComboBox()
        self.number.setPlaceholderText(w.gettext("Number"))
        self.number.setAccessibleName(w.gettext("Number"))
        self.number.setMaxLength(120)
        self.day.setAccessibleName(w.gettext("Day"))
        self.day.setFixedWidth(100)
        self.stage.setAccessibleName(w.gettext("Stage"))
        for key, said in stages.choices(w.lang):
            self.stage.addItem(said, key)
        self.stage.setCurrentIndex(max(0, self.stage.findData(FIRST_STAGE)))
        for widget in (self.number, self.day, self.stage):
            top.addWidget(widget, 0 if widget is self.day else 1)
        self.body.addLayout(top)
        self.day_trouble = Trouble(bench.kit)
        self.body.addWidget(self.day_trouble)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for column, head in enumerate((N_("What"), N_("Quantity"), N_("Price of one"), N_("Amount"))):
            self._grid.addWidget(Label(bench.kit, head, "small"), 0, column)
        self.body.addLayout(self._grid)
        self.lines: list[tuple[ProductField, QLineEdit, QLineEdit, QLabel, Trouble]] = []
        foot = QHBoxLayout()
        self.more = Button(bench.kit, N_("+ line"), self.add_line, kind="flat")
        self.total = Label(bench.kit, "", "strong")
        foot.addWidget(self.more)
        foot.addStretch()
        foot.addWidget(self.total)
        self.body.addLayout(foot)
        self.trouble = Trouble(bench.kit)
        self.body.addWidget(self.trouble)
        self.body.addStretch()
        for _ in range(2):
            self.add_line()
        self._bring_back()
        self.lines[0][0].setFocus()

    def _name(self) -> QLabel:
        label = QLabel(self._client.name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("k", "muted")
        label.setWordWrap(True)
        return label

    def add_line(self) -> None:
        """One line more."""
        w = self.kit.words
        what, quantity, price = ProductField(self.kit, self._bench.office.products), QLineEdit(), QLineEdit()
        amount, trouble = QLabel(), Trouble(self.kit)
        amount.setMinimumWidth(90)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number = len(self.lines) + 1
        if number == 1:
            what.setPlaceholderText(w.gettext("Catalogue “Spring”, 48 pages"))
        for widget, name in (
            (what, w.gettext("What, line {n}", n=number)),
            (quantity, w.gettext("Quantity, line {n}", n=number)),
            (price, w.gettext("Price, line {n}", n=number)),
        ):
            widget.setAccessibleName(name)
            widget.textChanged.connect(self._changed)
        for widget in (quantity, price):
            widget.setFixedWidth(92)
            widget.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = 2 * len(self.lines) + 1
        for column, cell in enumerate((what, quantity, price, amount)):
            self._grid.addWidget(cell, row, column)
        self._grid.addWidget(trouble, row + 1, 0, 1, 4)
        self.lines.append((what, quantity, price, amount, trouble))

    @property
    def typed(self) -> list[TypedLine]:
        """The lines as they stand."""
        return [
            TypedLine(what.text(), quantity.text(), price.text(), what.product_id)
            for what, quantity, price, _, _ in self.lines
        ]

    def _changed(self) -> None:
        w, currency = self.kit.words, self._bench.office.facts.currency
        total = 0
        for one, (_, _, _, amount, _) in zip(self.typed, self.lines, strict=True):
            lines, _ = read_lines([TypedLine(one.words or "—", one.quantity, one.price)], w) if one.price else ((), {})
            amount.setText(w.money(lines[0].amount, currency) if lines else "")
            total += lines[0].amount if lines else 0
        self.total.setText(w.gettext("Total {money}", money=w.money(total, currency)) if total else "")
        self._drafting.typed(self._texts())

    def _texts(self) -> dict[str, str]:
        texts = {"number": self.number.text(), "day": self.day.text(), "stage": text_of(self.stage)}
        for n, one in enumerate(self.typed):
            texts.update({f"words-{n}": one.words, f"quantity-{n}": one.quantity, f"price-{n}": one.price})
        return texts

    def _bring_back(self) -> None:
        """What was typed before and never stored is back at once: the form was opened for it."""
        draft = self._drafting.kept()
        if draft is None:
            return
        self.number.setText(draft.fields.get("number", ""))
        self.day.setText(draft.fields.get("day", self.day.text()))
        put_text(self.stage, draft.fields.get("stage", FIRST_STAGE))
        while f"words-{len(self.lines)}" in draft.fields:
            self.add_line()
        for n, (what, quantity, price, _, _) in enumerate(self.lines):
            for widget, part in ((what, "words"), (quantity, "quantity"), (price, "price")):
                widget.setText(draft.fields.get(f"{part}-{n}", ""))

    def store(self) -> None:
        """Stores the order, or says beside the lines what is wrong."""
        w = self.kit.words
        lines, errors = read_lines(self.typed, w)
        for number, (what, _, _, _, trouble) in enumerate(self.lines):
            trouble.say(errors.get(number, ""))
            mark(what, bad=number in errors)
        day: date | None = None
        try:
            day = values.day(self.day.text().strip()) or self._bench.office.today
            self.day_trouble.say("")
        except values.BadValue:
            self.day_trouble.say(w.gettext("There is no such day: {typed}", typed=self.day.text().strip()))
        mark(self.day, bad=day is None)
        if errors or day is None:
            return
        self._drafting.flush()
        self.verb.setEnabled(False)
        office, client_id = self._bench.office, self._client.id
        document, stage, on_day = self.number.text(), text_of(self.stage) or SOLD, day
        self.kit.runner.write(
            lambda job: office.add_order(client_id, on_day, lines, document, stage),
            lambda _: self._stored(),
            self._failed,
        )

    def _stored(self) -> None:
        self._drafting.forget()
        self._done()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.verb.setEnabled(True)
        kept = self.kit.words.gettext("The text is kept on this computer.")
        self.trouble.say(f"{told(error, self.kit.words)} {kept}")

    def reject(self) -> None:
        """Closed without storing: a choice, the draft goes."""
        self._drafting.forget()
        super().reject()
