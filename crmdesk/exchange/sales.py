"""Rows of a sales file → lines in columns of numbers: a million lines stay under a hundred megabytes."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from crmdesk.domain.text import fold
from crmdesk.exchange import list_words, values
from crmdesk.exchange.columns import Layout, is_total
from crmdesk.exchange.one_c import Refuse, document
from crmdesk.exchange.tables import Cell

NOTHING = -(2**63)  # in a column of numbers: not known
NUMBER_LENGTH = 120
WORDS_LENGTH = 500
_RETURNS = ("возврат", "повернен", "return", "refund")
Key = TypeVar("Key", bound=Hashable)


class ClientRef(NamedTuple):
    """How a file names a client; any of the three may be empty."""

    code: str
    tax_number: str
    name: str


class ProductRef(NamedTuple):
    """How a file names a product."""

    code: str
    name: str
    group: str
    unit: str


class Numbered(Generic[Key]):
    """Values, each once, by the order of their coming."""

    def __init__(self) -> None:
        self.all: list[Key] = []
        self._numbers: dict[Key, int] = {}

    def number(self, value: Key) -> int:
        """The number of a value, a new one for a new value."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.all)
            self.all.append(value)
        return found


def _column() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Sales:
    """The lines of a file, column by column; clients, products, documents and managers by their numbers here.

    Days are ordinals, quantities thousandths, money minor units; NOTHING where a cost, product or manager is unknown.
    """

    clients: Numbered[ClientRef] = field(default_factory=Numbered)
    products: Numbered[ProductRef] = field(default_factory=Numbered)
    numbers: Numbered[str] = field(default_factory=Numbered)
    managers: Numbered[str] = field(default_factory=Numbered)
    stages: Numbered[str] = field(default_factory=Numbered)
    row: array[int] = field(default_factory=_column)
    client: array[int] = field(default_factory=_column)
    day: array[int] = field(default_factory=_column)
    number: array[int] = field(default_factory=_column)
    product: array[int] = field(default_factory=_column)
    quantity: array[int] = field(default_factory=_column)
    amount: array[int] = field(default_factory=_column)
    cost: array[int] = field(default_factory=_column)
    manager: array[int] = field(default_factory=_column)
    stage: array[int] = field(default_factory=_column)

    def __len__(self) -> int:
        return len(self.row)


def is_return(number: str) -> bool:
    """Whether a document's name says that goods came back."""
    name = fold(number)
    return any(word in name for word in _RETURNS)


def read(rows: Iterable[tuple[int, list[Cell]]], layout: Layout, refuse: Refuse) -> Sales:
    """Reads all rows; what has no client, day or amount is refused by name, totals and empty rows are left out."""
    sales = Sales()
    reader = _Reader(layout, sales, refuse)
    for number, row in rows:
        reader.take(number, row)
    return sales


class _Reader:
    def __init__(self, layout: Layout, sales: Sales, refuse: Refuse) -> None:
        self.layout, self.sales, self.refuse = layout, sales, refuse
        self.labels = layout.labels

        def place(name: str) -> int:
            return next(iter(layout.places(name)), -1)

        def named(*names: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
            known = [(name, place(name)) for name in names if layout.places(name)]
            return tuple(name for name, _ in known), tuple(at for _, at in known)

        self.client_fields, self.client_places = named("client_code", "tax_number", "client")
        self.product_fields, self.product_places = named("product", "product_code", "product_group", "unit")
        self.client = place("client")
        self.day, self.number = place("day"), place("number")
        self.quantity, self.price = place("quantity"), place("price")
        self.amounts = [p for name in ("amount_net", "amount", "amount_gross") for p in layout.places(name)]
        self.cost, self.unit_cost, self.profit = place("cost"), place("unit_cost"), place("profit")
        self.manager, self.stage = place("manager"), place("order_stage")
        # a file says the same few things a million times: each is read once
        self.clients: dict[tuple[Cell, ...], tuple[int, bool]] = {}
        self.products: dict[tuple[Cell, ...], int] = {}
        self.quantities: dict[Cell, int | None] = {}
        self.days: dict[Cell, int | None] = {}
        self.lines: dict[Cell, str] = {}
        self.documents: dict[Cell, tuple[int, int | None, bool]] = {}
        self.period_end = 0
        if layout.period and layout.period[0].replace(day=1) == layout.period[1].replace(day=1):
            self.period_end = layout.period[1].toordinal()

    def take(self, number: int, row: list[Cell]) -> None:
        """One row: into the columns, refused, or passed over."""
        at = -1
        width = len(row)
        try:
            client, total = self._client(row)
            document_number, document_day, back = 0, None, False
            if 0 <= (at := self.number) < width:
                document_number, document_day, back = self._document(row[at])
            else:
                document_number = self.sales.numbers.number("")
            day: int | None = None
            if 0 <= (at := self.day) < width:
                day = self._day(row[at])
            day = day or document_day or (self.period_end or None)
            amount = None
            for at in self.amounts:
                amount = values.minor_units(row[at]) if at < width else None
                if amount is not None:
                    break
            quantity = None
            if 0 <= (at := self.quantity) < width:
                quantity = self._quantity(row[at])
            if amount is None and 0 <= (at := self.price) < width:
                price = values.minor_units(row[at])
                if price is not None:
                    amount = _times(price, 1000 if quantity is None else quantity)
            if client == NOTHING or day is None or amount is None:
                self._incomplete(number, row, client != NOTHING, day is None)
                return
            cost = self._cost(row, quantity, amount)
            product = self._product(row)
            manager = NOTHING
            if 0 <= (at := self.manager) < width and (said := self._line(row[at])):
                manager = self.sales.managers.number(said)
            stage = "done"
            if 0 <= (at := self.stage) < width:
                found = list_words.key_of("order_stage", self._line(row[at]))
                if found is None:
                    raise values.BadValue("unknown_stage")
                stage = found
        except values.BadValue as bad:
            if is_total(row):
                return
            self.refuse(number, self.labels[at] if at >= 0 else "", bad.reason, values.line(row[at]) if at >= 0 else "")
            return
        if total:
            return
        if quantity is None:
            quantity = 1000 if amount >= 0 else -1000
        if back:
            amount, quantity = -abs(amount), -abs(quantity)
            cost = cost if cost is None else -abs(cost)
        sales = self.sales
        sales.row.append(number)
        sales.client.append(client)
        sales.day.append(day)
        sales.number.append(document_number)
        sales.product.append(product)
        sales.quantity.append(quantity)
        sales.amount.append(amount)
        sales.cost.append(NOTHING if cost is None else cost)
        sales.manager.append(manager)
        sales.stage.append(sales.stages.number(stage))

    def _incomplete(self, number: int, row: list[Cell], has_client: bool, no_day: bool) -> None:
        """A row without client, day or amount: empty, a total, or refused."""
        if is_total(row) or not any(values.words(cell) for cell in row):
            return
        if not has_client:
            self.refuse(number, self.labels[self.client] if self.client >= 0 else "", "no_client", "")
        elif no_day:
            self.refuse(number, self.labels[self.day] if self.day >= 0 else "", "no_day", "")
        else:
            self.refuse(number, self.labels[self.amounts[0]] if self.amounts else "", "no_amount", "")

    def _client(self, row: list[Cell]) -> tuple[int, bool]:
        """The client's number, NOTHING when none is named; and whether his name only sums up the others."""
        width = len(row)
        cells = tuple(row[place] if place < width else "" for place in self.client_places)
        found = self.clients.get(cells)
        if found is None:
            said = dict(zip(self.client_fields, map(self._line, cells), strict=True))
            ref = ClientRef(said.get("client_code", ""), said.get("tax_number", ""), said.get("client", ""))
            if any(ref):
                found = (self.sales.clients.number(ref), is_total([ref.name or ref.code]))
            else:
                found = (NOTHING, False)
            self.clients[cells] = found
        return found

    def _line(self, cell: Cell) -> str:
        found = self.lines.get(cell)
        if found is None:
            found = values.line(cell)
            if len(found) > WORDS_LENGTH:
                raise values.BadValue("too_long")
            self.lines[cell] = found
        return found

    def _quantity(self, cell: Cell) -> int | None:
        if cell in self.quantities:
            return self.quantities[cell]
        found = self.quantities[cell] = values.thousandths(cell)
        return found

    def _day(self, cell: Cell) -> int | None:
        if cell in self.days:
            return self.days[cell]
        found = values.day(cell)
        made = self.days[cell] = None if found is None else found.toordinal()
        return made

    def _document(self, cell: Cell) -> tuple[int, int | None, bool]:
        found = self.documents.get(cell)
        if found is None:
            name, written = document(values.line(cell))
            if len(name) > NUMBER_LENGTH:
                raise values.BadValue("too_long")
            day = values.day(written) if written else None
            found = (self.sales.numbers.number(name), None if day is None else day.toordinal(), is_return(name))
            self.documents[cell] = found
        return found

    def _cost(self, row: list[Cell], quantity: int | None, amount: int) -> int | None:
        width = len(row)
        cost = values.minor_units(row[self.cost]) if 0 <= self.cost < width else None
        if cost is None and 0 <= self.unit_cost < width:
            each = values.minor_units(row[self.unit_cost])
            cost = None if each is None else _times(each, 1000 if quantity is None else quantity)
        if cost is None and 0 <= self.profit < width:
            profit = values.minor_units(row[self.profit])
            cost = None if profit is None else amount - profit
        return cost

    def _product(self, row: list[Cell]) -> int:
        """The product's number, NOTHING when none is named."""
        width = len(row)
        cells = tuple(row[place] if place < width else "" for place in self.product_places)
        found = self.products.get(cells)
        if found is None:
            said = dict(zip(self.product_fields, map(self._line, cells), strict=True))
            name, code = said.get("product", ""), said.get("product_code", "")
            found = NOTHING
            if name or code:
                ref = ProductRef(code, name or code, said.get("product_group", ""), said.get("unit", ""))
                found = self.sales.products.number(ref)
            self.products[cells] = found
        return found


def _times(money: int, thousandths: int) -> int:
    """Money times a quantity, rounded half away from zero."""
    product = money * thousandths
    return (abs(product) + 500) // 1000 * (1 if product >= 0 else -1)
