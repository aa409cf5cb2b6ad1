"""The 1C sales report as it comes: groups, sub-groups and documents in one column → a flat table.

Documents are known by their "… от 15.01.2024 12:00:00"; where the innermost rows are products, groups are told from
products by their sums: a group is what the rows below it add up to. Totals and signatures are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from crmdesk.exchange import values
from crmdesk.exchange.columns import Layout, is_total
from crmdesk.exchange.tables import Cell

DOCUMENT = re.compile(
    r"(?P<name>.*?)\s+(?:от|від|вiд|dated)\s+(?P<day>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}))(?:\s*г\.?)?"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?",
    re.IGNORECASE | re.DOTALL,
)
ADDITIVE = ("amount_net", "amount", "amount_gross", "quantity", "cost")
Refuse = Callable[[int, str, str, str], None]
"""(row, column label, reason, value) of a row that does not come in."""


def document(text: str) -> tuple[str, str]:
    """A document's name and the day in it: ('Реализация 0000-000012', '15.01.2024'); the day '' when there is none."""
    match = DOCUMENT.fullmatch(text)
    return (match["name"].strip(), match["day"]) if match else (text, "")


def flatten(rows: Iterable[tuple[int, list[Cell]]], layout: Layout, refuse: Refuse) -> Iterator[tuple[int, list[Cell]]]:
    """The innermost rows, each led by the names of its groups in the order of `layout.levels`."""
    report = _Report(layout, refuse)
    report.take(rows)
    if not report.lines:
        return
    if layout.fields[len(layout.levels) - 1] == "number":
        yield from report.by_documents()
    else:
        yield from report.by_sums()


class _Report:
    def __init__(self, layout: Layout, refuse: Refuse) -> None:
        self.layout = layout
        self.refuse = refuse
        self.depth = len(layout.levels)
        self.lines: list[tuple[int, str, list[Cell]]] = []
        self.sums: list[tuple[int, ...]] = []
        # the first `depth` fields are the levels that share the file's first column
        self.places = [p - self.depth + 1 for name in ADDITIVE for p in layout.places(name) if p >= self.depth]
        self.money = sum(name.startswith("amount") for name in ADDITIVE for p in layout.places(name) if p >= self.depth)

    def take(self, rows: Iterable[tuple[int, list[Cell]]]) -> None:
        """Keeps what carries a name and a number; titles, totals, empty rows and signatures have no business here."""
        for number, row in rows:
            name = values.line(row[0]) if row else ""
            if not name or is_total(row):
                continue
            try:
                sums = [values.minor_units(row[place] if place < len(row) else "") for place in self.places]
            except values.BadValue as bad:
                self.refuse(number, self.layout.levels[0], bad.reason, name)
                continue
            if any(value is not None for value in sums):
                self.lines.append((number, name, row))
                self.sums.append(tuple(value or 0 for value in sums))

    def by_documents(self) -> Iterator[tuple[int, list[Cell]]]:
        """Innermost rows are documents; the names above one are its groups, the nearest the innermost."""
        path: list[str] = [""] * (self.depth - 1)
        run: list[tuple[int, str]] = []
        for number, name, row in self.lines:
            if not DOCUMENT.fullmatch(name):
                run.append((number, name))
                continue
            for unclear_number, unclear in run[: max(len(run) - len(path), 0)]:
                self.refuse(unclear_number, self.layout.levels[0], "unclear_group", unclear)
            kept = [group for _, group in run[-len(path) :]]
            if kept:
                path[len(path) - len(kept) :] = kept
            run = []
            yield number, [*path, name, *row[1:]]
        for unclear_number, unclear in run:
            self.refuse(unclear_number, self.layout.levels[0], "unclear_group", unclear)

    def by_sums(self) -> Iterator[tuple[int, list[Cell]]]:
        """Innermost rows are what adds up to the group above them."""
        index = 0
        while index < len(self.lines):
            end = self._end(index, 0)
            if end is None:
                number, name, _ = self.lines[index]
                self.refuse(number, self.layout.levels[0], "unclear_group", name)
                index += 1
                continue
            yield from self._leaves(index, end, 0, [])
            index = end

    def _end(self, index: int, level: int) -> int | None:
        """Where the group that begins at `index` ends; None when its rows never add up to it."""
        if level == self.depth - 1:
            return index + 1
        target = self.sums[index]
        added = [0] * len(target)
        at = index + 1
        parts = 0
        while at < len(self.lines):
            if self._is_document_level(level + 1) and not DOCUMENT.fullmatch(self.lines[at][1]):
                return None
            end = self._end(at, level + 1)
            if end is None:
                return None
            added = [have + more for have, more in zip(added, self.sums[at], strict=True)]
            parts += 1
            at = end
            # each part was rounded by itself: the sum may differ by a minor unit a part
            if all(abs(have - want) <= (parts if i < self.money else 0) for i, (have, want) in
                   enumerate(zip(added, target, strict=True))):  # fmt: skip
                return at
        return None

    def _is_document_level(self, level: int) -> bool:
        return self.layout.fields[level] == "number"

    def _leaves(self, index: int, end: int, level: int, path: list[str]) -> Iterator[tuple[int, list[Cell]]]:
        number, name, row = self.lines[index]
        if level == self.depth - 1:
            yield number, [*path, name, *row[1:]]
            return
        at = index + 1
        while at < end:
            stop = self._end(at, level + 1)
            if stop is None:  # _end said the group adds up, so each of its parts did
                raise AssertionError(number)
            yield from self._leaves(at, stop, level + 1, [*path, name])
            at = stop
