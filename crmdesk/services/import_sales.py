"""Sales that come in: documents told apart, compared with what is stored, added or replaced; nothing twice.

A document with a number is known by client, number and day; when the office moved it to another day, by client, number
and year. Lines without a number are counted: as many of a client, day, product, quantity and amount as the file has.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from crmdesk.data import imports as store
from crmdesk.domain.lists import Stage
from crmdesk.domain.text import fold
from crmdesk.exchange.sales import NOTHING, Sales, is_return
from crmdesk.services.import_clients import CLIENT_COLUMNS, new_client
from crmdesk.services.import_matching import Directory, NoMatch
from crmdesk.services.import_plan import Plan, Refuse, Staff
from crmdesk.services.import_products import Catalogue
from crmdesk.system.ids import id_block, new_id
from crmdesk.system.jobs import NO_JOB, Job

ORDER_COLUMNS = ("id", "client_id", "manager_id", "day", "number", "stage", "total", "cost", "details")
LINE_COLUMNS = ("order_id", "line", "product_id", "words", "quantity", "amount", "cost")
CHUNK = 2_000  # stored documents whose lines are held at a time
_LAST_WORD = re.compile(r"([^\s№]*\d[^\s]*)\s*$")
_SERIAL = re.compile(r"\d{6,}$")  # as 1C numbers documents: one of a year, so a new day is the same document moved
_LONGEST_YEAR = 366
_STAGE = CLIENT_COLUMNS.index("stage")
Line = tuple[int | None, int, int, int | None]
"""(product, quantity, amount, cost): what makes two lines the same."""


def plan_sales(
    connection: Any,
    sales: Sales,
    *,
    me: int,
    staff: Staff,
    create: bool,
    refuse: Refuse,
    labels: Labels,
    job: Job = NO_JOB,
) -> Plan:
    """Works out what a sales file changes; `create` makes clients that nobody knows."""
    planning = _Planning(connection, sales, me, staff, refuse, labels, job)
    planning.find_clients(create)
    planning.find_documents()
    planning.compare()
    return planning.finish()


class Labels:
    """The labels of the columns that a refusal may name."""

    def __init__(self, client: str, manager: str) -> None:
        self.client, self.manager = client, manager


def document_key(number: str) -> tuple[str, bool]:
    """What two spellings of a document's number have in common, and whether it is a return (1C numbers both from 1)."""
    found = _LAST_WORD.search(number)
    return (fold(found[1]) if found else fold(" ".join(number.split()))), is_return(number)


class _Planning:
    def __init__(
        self, connection: Any, sales: Sales, me: int, staff: Staff, refuse: Refuse, labels: Labels, job: Job
    ) -> None:
        self.connection, self.sales, self.me, self.staff = connection, sales, me, staff
        self.refuse, self.labels, self.job = refuse, labels, job
        self.plan = Plan()
        self.directory = Directory(store.client_names(connection))
        self.catalogue = Catalogue(connection)
        self.products: list[int] = []
        self.keys: list[tuple[str, bool] | None] = []  # by number of the document's number
        self.managers: list[int | None] = []
        self.client_of: list[int | None] = []
        self.new_clients: dict[int, list[Any]] = {}
        self.bad = False
        # documents, in the order of their first lines
        self.doc_client: list[int] = []
        self.doc_day = array("q")
        self.doc_number: list[int] = []
        self.doc_line = array("q")  # a line of the document: its stage and manager speak for all
        self.starts = array("q")  # where a document's lines begin in `order`
        self.order: Sequence[int] = ()
        self.fresh: list[int] = []  # documents to be added
        self.replaced: list[tuple[int, Any]] = []  # (document, stored order)
        self.appended: list[tuple[Any, list[int], int]] = []  # (stored order, lines of the file, last line number)
        self.partly: dict[int, list[int]] = {}  # of a document without number, the lines nobody has yet
        self.with_cost = any(cost != NOTHING for cost in sales.cost)

    # who and what -------------------------------------------------------------------------------------
    def find_clients(self, create: bool) -> None:
        """The clients, managers and products that the file names."""
        reasons: dict[int, str] = {}
        for index, ref in enumerate(self.sales.clients.all):
            found = self.directory.find(ref)
            if isinstance(found, int):
                self.client_of.append(found)
            elif found is NoMatch.UNKNOWN and create and ref.name:
                client_id = new_id()
                key = self.directory.add(ref, client_id, self.me)
                self.new_clients[client_id] = new_client(client_id, ref, key, manager=self.me)
                self.client_of.append(client_id)
            else:
                reasons[index] = found.value
                self.client_of.append(None)
        if reasons:
            self.bad = True
            for row, index in zip(self.sales.row, self.sales.client, strict=True):
                if index in reasons:
                    ref = self.sales.clients.all[index]
                    self.refuse(row, self.labels.client, reasons[index], ref.name or ref.code or ref.tax_number)
        self.products = [self.catalogue.find(ref) for ref in self.sales.products.all]
        self.managers = [self.staff.find(said) for said in self.sales.managers.all]
        unknown = {index for index, user in enumerate(self.managers) if user is None}
        if unknown:
            for row, index in zip(self.sales.row, self.sales.manager, strict=True):
                if index in unknown:
                    self.refuse(row, self.labels.manager, "unknown_manager", self.sales.managers.all[index])

    def find_documents(self) -> None:
        """Groups the lines: (client, number, day), or (client, day, sale or return) where there is no number."""
        sales = self.sales
        keys = self.keys = [document_key(number) if number else None for number in sales.numbers.all]
        documents: dict[tuple[Any, ...], int] = {}
        doc_of = array("q", bytes(8 * len(sales)))
        before: tuple[Any, ...] | None = None
        document = -1
        sorted_already = True
        last = -1
        client_of = self.client_of
        for line, (client_index, number, day, amount) in enumerate(
            zip(sales.client, sales.number, sales.day, sales.amount, strict=True)
        ):
            client = client_of[client_index]
            if client is None:
                doc_of[line] = -1
                sorted_already = False
                continue
            number_key = keys[number]
            key = (client, day, number_key if number_key is not None else amount < 0)
            if key != before:
                before = key
                found = documents.get(key)
                if found is None:
                    found = documents[key] = len(self.doc_client)
                    self.doc_client.append(client)
                    self.doc_day.append(day)
                    self.doc_number.append(number)
                    self.doc_line.append(line)
                document = found
            doc_of[line] = document
            sorted_already = sorted_already and document >= last
            last = document
        lines: Sequence[int] = range(len(sales))
        if not sorted_already:
            lines = array("q", sorted((line for line in lines if doc_of[line] >= 0), key=doc_of.__getitem__))
        self.order = lines
        before_doc = -1
        for place, line in enumerate(lines):
            if doc_of[line] != before_doc:
                before_doc = doc_of[line]
                self.starts.append(place)
        self.starts.append(len(lines))

    def lines_of(self, document: int) -> Sequence[int]:
        """The lines of a document, as they stand in the file."""
        return self.order[self.starts[document] : self.starts[document + 1]]

    # what is stored -----------------------------------------------------------------------------------
    def compare(self) -> None:
        """Sorts the documents into new, replaced and unchanged."""
        stored = {client for client in self.doc_client if client not in self.new_clients}
        if not stored:
            self._count_new(range(len(self.doc_client)))
            return
        first, last = min(self.doc_day) - _LONGEST_YEAR, max(self.doc_day) + _LONGEST_YEAR
        numbered: dict[tuple[int, Any, int], list[Any]] = defaultdict(list)
        unnumbered: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for order in store.orders(self.connection, stored, first, last):
            if order.number:
                numbered[order.client_id, document_key(order.number), _year(order.day)].append(order)
            else:
                unnumbered[order.client_id, order.day].append(order)
        self.job.check()
        self._compare_numbered(numbered)
        self._compare_unnumbered(unnumbered)

    def _count_new(self, documents: Iterable[int]) -> None:
        for document in documents:
            self.fresh.append(document)
            self.plan.added += self.starts[document + 1] - self.starts[document]

    def _compare_numbered(self, stored: dict[tuple[int, Any, int], list[Any]]) -> None:
        families: dict[tuple[int, Any, int], list[int]] = defaultdict(list)
        for document, client in enumerate(self.doc_client):
            if (key := self.keys[self.doc_number[document]]) is not None:
                families[client, key, _year(self.doc_day[document])].append(document)
        pairs: list[tuple[int, Any]] = []
        moved: list[tuple[int, Any]] = []
        for family, documents in families.items():
            known = stored.get(family)
            if not known:
                self._count_new(documents)
                continue
            by_day = {order.day: order for order in known}
            rest = []
            for document in documents:
                order = by_day.pop(self.doc_day[document], None)
                if order is None:
                    rest.append(document)
                else:
                    pairs.append((document, order))
            if len(documents) == len(known) == len(rest) == 1:
                (pairs if _SERIAL.search(family[1][0]) else moved).append((rest[0], known[0]))
            else:
                self._count_new(rest)
        for document, order, lines in self._with_lines(pairs):
            self._judge(document, order, lines)
        for document, order, lines in self._with_lines(moved):
            if lines == self._signature(document):
                self._judge(document, order, lines)
            else:
                self._count_new([document])

    def _with_lines(self, pairs: list[tuple[int, Any]]) -> Iterator[tuple[int, Any, list[Line]]]:
        for start in range(0, len(pairs), CHUNK):
            self.job.check()
            some = pairs[start : start + CHUNK]
            found: dict[int, list[Line]] = defaultdict(list)
            for row in store.order_lines(self.connection, [order.id for _, order in some]):
                cost = row.cost if self.with_cost else None
                found[row.order_id].append((row.product_id, row.quantity, row.amount, cost))
            for document, order in some:
                yield document, order, sorted(found[order.id], key=_in_order)

    def _line(self, line: int) -> Line:
        sales = self.sales
        product = sales.product[line]
        cost = sales.cost[line]
        return (
            None if product == NOTHING else self.products[product],
            sales.quantity[line],
            sales.amount[line],
            None if cost == NOTHING or not self.with_cost else cost,
        )

    def _signature(self, document: int) -> list[Line]:
        return sorted(map(self._line, self.lines_of(document)), key=_in_order)

    def _judge(self, document: int, order: Any, lines: list[Line]) -> None:
        count = self.starts[document + 1] - self.starts[document]
        manager = self._manager(document)
        same = (
            order.day == self.doc_day[document]
            and order.stage == self._stage(document)
            and manager in (None, order.manager_id)
            and lines == self._signature(document)
        )
        if same:
            self.plan.unchanged += count
        else:
            self.plan.updated += count
            self.replaced.append((document, order))

    def _compare_unnumbered(self, stored: dict[tuple[int, int], list[Any]]) -> None:
        """Lines are counted; what the file has more of than the base is added to that day's order, or makes one."""
        pairs: list[tuple[int, Any]] = []
        days: dict[tuple[int, int], list[int]] = defaultdict(list)
        for document, client in enumerate(self.doc_client):
            if not self.sales.numbers.all[self.doc_number[document]]:
                key = (client, self.doc_day[document])
                if key in stored:
                    days[key].append(document)
                    continue
                self._count_new([document])
        for key in days:
            pairs += [(-1, order) for order in stored[key]]
        have: dict[tuple[int, int], Counter[tuple[Any, ...]]] = defaultdict(Counter)
        counts: dict[int, int] = {}
        for _, order, lines in self._with_lines(pairs):
            counts[order.id] = len(lines)
            have[order.client_id, order.day].update(line[:3] for line in lines)
        for key, documents in days.items():
            there = have[key]
            for document in documents:
                missing = []
                for line in self.lines_of(document):
                    mark = self._line(line)[:3]
                    if there[mark] > 0:
                        there[mark] -= 1
                        self.plan.unchanged += 1
                    else:
                        missing.append(line)
                if missing:
                    self.plan.added += len(missing)
                    self._append(document, missing, stored[key], counts)

    def _append(self, document: int, missing: list[int], orders: list[Any], counts: dict[int, int]) -> None:
        back = self.sales.amount[self.doc_line[document]] < 0
        for order in orders:
            # only to what an import made: an order somebody typed in is his
            if order.import_id is not None and (order.total < 0) == back and order.stage == self._stage(document):
                self.appended.append((order, missing, counts[order.id]))
                return
        self.fresh.append(document)
        self.partly[document] = missing

    # what is written ----------------------------------------------------------------------------------
    def _stage(self, document: int) -> str:
        return self.sales.stages.all[self.sales.stage[self.doc_line[document]]]

    def _manager(self, document: int) -> int | None:
        said = self.sales.manager[self.doc_line[document]]
        return None if said == NOTHING else self.managers[said]

    def _sums(self, lines: Iterable[int]) -> tuple[int, int | None]:
        total = 0
        cost: int | None = 0
        amounts, costs = self.sales.amount, self.sales.cost
        for line in lines:
            total += amounts[line]
            if costs[line] == NOTHING:
                cost = None
            elif cost is not None:
                cost += costs[line]
        return total, cost

    def finish(self) -> Plan:
        """The plan: new rows as they are needed, changes, whom they touch."""
        plan = self.plan
        self.catalogue.finish(plan)
        used = set(self.doc_client)
        self._put_clients(used)
        self.fresh.sort()
        ids = id_block(len(self.fresh))
        plan.put("orders", ORDER_COLUMNS, self._new_orders(ids))
        plan.put("order_line", LINE_COLUMNS, self._new_lines(ids))
        plan.size = len(self.fresh) + plan.added + plan.updated
        plan.touched.update(self.doc_client[document] for document in self.fresh)
        changes = []
        for document, order in self.replaced:
            total, cost = self._sums(self.lines_of(document))
            change = {"id": order.id, "day": self.doc_day[document], "total": total, "cost": cost}
            change["stage"] = self._stage(document)
            manager = self._manager(document)
            change["manager_id"] = order.manager_id if manager is None else manager
            changes.append(change)
            plan.dropped_lines.append(order.id)
            plan.touched.add(order.client_id)
        for order, lines, _ in self.appended:
            total, cost = self._sums(lines)
            known = None if cost is None or order.cost is None else order.cost + cost
            changes.append({"id": order.id, "total": order.total + total, "cost": known})
            plan.touched.add(order.client_id)
        if changes:
            plan.changes["orders"] = changes
        return plan

    def _put_clients(self, used: set[int]) -> None:
        bought = Counter(self.doc_client)
        made = [row for client_id, row in self.new_clients.items() if client_id in used]
        if made:
            for row in made:
                row[_STAGE] = (Stage.FIRST_ORDER if bought[row[0]] == 1 else Stage.DEVELOPING).value
            self.plan.put("client", CLIENT_COLUMNS, made)
            self.plan.renamed.update(row[0] for row in made)

    def _new_orders(self, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for order_id, document in zip(ids, self.fresh, strict=True):
            client = self.doc_client[document]
            total, cost = self._sums(self.partly.get(document) or self.lines_of(document))
            manager = self._manager(document) or self.directory.managers.get(client)
            number = self.sales.numbers.all[self.doc_number[document]]
            yield order_id, client, manager, self.doc_day[document], number, self._stage(document), total, cost, "{}"

    def _new_lines(self, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for order_id, document in zip(ids, self.fresh, strict=True):
            yield from self._rows(order_id, self.partly.get(document) or self.lines_of(document), 0)
        for document, order in self.replaced:
            yield from self._rows(order.id, self.lines_of(document), 0)
        for order, lines, count in self.appended:
            yield from self._rows(order.id, lines, count)

    def _rows(self, order_id: int, lines: Iterable[int], before: int) -> Iterator[tuple[Any, ...]]:
        sales, names, ids = self.sales, self.sales.products.all, self.products
        for place, line in enumerate(lines, start=before + 1):
            product, cost = sales.product[line], sales.cost[line]
            known = product != NOTHING
            yield (
                order_id,
                place,
                ids[product] if known else None,
                names[product].name if known else "",
                sales.quantity[line],
                sales.amount[line],
                None if cost == NOTHING else cost,
            )


def _year(day: int) -> int:
    return date.fromordinal(day).year


def _in_order(line: Line) -> tuple[int, ...]:
    return tuple(NOTHING if value is None else value for value in line)
