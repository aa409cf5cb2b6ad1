"""Where the table begins in a file, and which column means what: by its heading, else by what stands in it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crmdesk.domain.names import split_name
from crmdesk.domain.text import fold
from crmdesk.exchange import headings, values
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.tables import Cell, Source
from crmdesk.system.errors import UserError

HEAD_ROWS = 60  # how far down a heading row is looked for
MANY = frozenset(("phone", "email", "notes", "person_notes", "address"))
"""Fields that several columns may fill together."""

TOTAL = re.compile(
    r"(?i)(итого|всего|разом|усього|підсумок|итог|total|grand total|sum total)\s*:?(\s+(по|за|по всім)\s.*)?"
)
_LONGEST_TOTAL = 60  # characters
_NUMERIC = frozenset(("quantity", "amount", "amount_net", "amount_gross", "price", "cost", "unit_cost", "profit"))
_LEGAL = re.compile(r"(?i)(?<!\w)(ооо|зао|оао|пао|ао|ип|тов|фоп|пп|чп|прат|ооо|llc|ltd|inc|gmbh)(?!\w)")
_PERIOD = re.compile(r"(\d{2}\.\d{2}\.\d{4})\s*[-–—]\s*(\d{2}\.\d{2}\.\d{4})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"'?\+?[\d\s()\-]{9,20}(\s*(доб|дод|ext)\.?\s*\d+)?")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column (by its label) fills which field; "" for one to be left out. What is kept for next time."""

    kind: Kind
    columns: Mapping[str, str]
    sheet: str | None = None
    encoding: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is stored and written to a mapping file."""
        return {"kind": self.kind.value, "columns": dict(self.columns), "sheet": self.sheet, "encoding": self.encoding}

    @classmethod
    def from_json(cls, said: Any) -> ColumnMapping:
        """From a mapping file. Raises UserError("bad_mapping") with what is wrong in it."""
        if not isinstance(said, dict) or not isinstance(said.get("columns"), dict):
            raise UserError("bad_mapping", what="columns")
        try:
            kind = Kind(str(said.get("kind")))
        except ValueError:
            raise UserError("bad_mapping", what=str(said.get("kind"))) from None
        for label, name in said["columns"].items():
            if name and name not in headings.fields_of(kind):
                raise UserError("bad_mapping", what=f"{label}: {name}")
        texts = {key: said.get(key) for key in ("sheet", "encoding")}
        if any(text is not None and not isinstance(text, str) for text in texts.values()):
            raise UserError("bad_mapping", what="sheet, encoding")
        return cls(kind, {str(label): str(name) for label, name in said["columns"].items()}, **texts)


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of a file before its rows are read.

    `labels` name the columns, unique; `first` is how many of the head's rows stand above the data; `levels` are the
    labels that share the first column of a 1C report, outermost first (empty for a flat table); `fields` say what
    each column means ("" nothing); `how` where that comes from: heading, content, kept, given.
    """

    kind: Kind
    labels: tuple[str, ...]
    first: int
    levels: tuple[str, ...]
    fields: tuple[str, ...]
    how: tuple[str, ...]
    signature: str
    period: tuple[date, date] | None = None

    def places(self, name: str) -> tuple[int, ...]:
        """The columns that fill a field, in order."""
        return tuple(index for index, field in enumerate(self.fields) if field == name)

    def mapping(self, source: Source) -> ColumnMapping:
        """The guess as something to be edited, kept and given back."""
        return ColumnMapping(
            self.kind, dict(zip(self.labels, self.fields, strict=True)), source.sheet or None, source.encoding or None
        )


@dataclass(slots=True)
class _Head:
    """The heading rows found: combined headings, the stack of the first column, the number of rows above the data."""

    cells: list[str]
    stack: list[str]
    first: int
    found: bool
    rows: list[list[Cell]] = field(default_factory=list)


def layout(
    head: Sequence[tuple[int, list[Cell]]],
    source: Source,
    kind: Kind | None,
    *,
    kept: Callable[[Kind, str], Mapping[str, str] | None] = lambda kind, signature: None,
    given: ColumnMapping | None = None,
    file: str = "",
) -> Layout:
    """Reads the first rows of a file; `kind` None guesses what it brings; `kept` finds a mapping used before; `file`
    is its name, for the sentences.

    Raises UserError empty_table, and unclear_kind when nothing tells what the file brings.
    """
    rows = [cells for _, cells in head]
    found = _heading(rows) if source.headings is None else _Head(list(source.headings), [], 0, True)
    found.rows = [row for row in rows[found.first :] if any(values.words(cell) for cell in row)]
    if not found.rows:
        raise UserError("empty_table", file=file)
    width = max(len(found.cells), max(len(row) for row in found.rows))
    texts = found.cells + [""] * (width - len(found.cells))
    kind = given.kind if given is not None else (kind or _kind_of(texts, found, file))
    levels = tuple(found.stack) if len(found.stack) > 1 else ()
    if levels:
        texts = [*levels, *texts[1:]]
    labels = _unique(texts)
    signature = signature_of(kind, labels)
    fields, how = [""] * len(labels), [""] * len(labels)
    said = given.columns if given is not None else kept(kind, signature)
    if said is not None:
        for index, label in enumerate(labels):
            fields[index] = said.get(label, "")
            how[index] = ("given" if given is not None else "kept") if label in said else ""
    else:
        _by_headings(kind, texts, fields, how)
        if not levels:
            _by_content(kind, found.rows, fields, how)
    if given is None and not levels:
        _unswap(found.rows, fields, how)  # the same headings may stand over swapped names in the next file
    return Layout(
        kind, labels, found.first, labels[: len(levels)], tuple(fields), tuple(how), signature,
        _period(rows[: found.first]),
    )  # fmt: skip


def signature_of(kind: Kind, labels: Sequence[str]) -> str:
    """What files with the same headings have in common: SHA-256 of the kind and the folded labels."""
    return hashlib.sha256("\n".join([kind.value, *map(headings.plain, labels)]).encode()).hexdigest()


def is_total(row: Sequence[Cell]) -> bool:
    """Whether the row only sums up the others."""
    for cell in row:
        text = values.words(cell)
        if text:
            return len(text) <= _LONGEST_TOTAL and TOTAL.fullmatch(text) is not None
    return False


# the heading row --------------------------------------------------------------------------------------
def _heading(rows: Sequence[list[Cell]]) -> _Head:
    best, score = -1, 0
    for index, row in enumerate(rows[:HEAD_ROWS]):
        known = sum(isinstance(cell, str) and headings.is_known(cell) for cell in row)
        if known > score and (known > 1 or sum(bool(values.words(cell)) for cell in row) <= 3):
            best, score = index, known
    if best < 0:
        first = next((index for index, row in enumerate(rows) if any(values.words(cell) for cell in row)), 0)
        names = bool(rows) and _is_named(rows[first], rows[first + 1 : first + 6])
        return _Head([values.line(cell) for cell in rows[first]] if names else [], [], first + names, False)
    cells = [values.line(cell) for cell in rows[best]]
    stack = [cells[0]] if cells else []
    first = best + 1
    while first < len(rows) and _continues(cells, rows[first]):
        below = [values.line(cell) for cell in rows[first]]
        cells += [""] * (len(below) - len(cells))
        below += [""] * (len(cells) - len(below))
        if below[0]:
            stack.append(below[0])
        above = ""
        for index in range(1, len(cells)):
            above = cells[index] or (above if below[index] else "")
            cells[index] = f"{above} {below[index]}".strip()
        first += 1
    return _Head(cells, stack if cells and cells[0] else [], first, True)


def _continues(above: list[str], row: list[Cell]) -> bool:
    """Whether a row is the lower half of a heading of merged cells: words only, under gaps or under the first."""
    texts = [values.line(cell) for cell in row]
    if not any(texts) or any(not isinstance(cell, (str, type(None))) for cell in row):
        return False
    if any(character.isdigit() for text in texts for character in text):
        return False
    if not any(headings.is_known(text) or headings.inside(Kind.ORDERS, text) for text in texts if text):
        return False
    gaps = [i for i, text in enumerate(texts) if text and i > 0 and (i >= len(above) or not above[i])]
    return bool(gaps) or not any(texts[1:])


def _is_named(first: list[Cell], after: Sequence[list[Cell]]) -> bool:
    """Whether a row of unknown words is a heading all the same: words above numbers or days."""
    if not first or not after or any(not isinstance(cell, str) or not cell.strip() for cell in first):
        return False
    return any(_is(values.minor_units, cell) or _is(values.day, cell) for row in after for cell in row) and not any(
        _is(values.minor_units, cell) or _is(values.day, cell) for cell in first
    )


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    """Labels: the heading, '#3' where there is none, 'Phone (2)' for the second of a name."""
    seen: Counter[str] = Counter()
    labels = []
    for index, text in enumerate(texts):
        label = text or f"#{index + 1}"
        seen[label] += 1
        labels.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(labels)


def _period(title: Sequence[list[Cell]]) -> tuple[date, date] | None:
    for row in title:
        for cell in row:
            match = _PERIOD.search(cell) if isinstance(cell, str) else None
            if match and _is(values.day, match[1]) and _is(values.day, match[2]):
                first, last = values.day(match[1]), values.day(match[2])
                if first is not None and last is not None:
                    return first, last
    return None


# what a file brings -----------------------------------------------------------------------------------
def _kind_of(texts: Sequence[str], found: _Head, file: str) -> Kind:
    def has(kind: Kind, *names: str) -> bool:
        return any((headings.strong(kind, text) or headings.inside(kind, text)) in names for text in said)

    said = [text for text in [*texts, *found.stack] if text]
    people = has(Kind.CLIENTS, "surname", "given_name", "birthday", "phone", "email")
    if has(Kind.ORDERS, "amount", "amount_net", "amount_gross", "price") and not people:
        return Kind.ORDERS
    if has(Kind.TASKS, "due", "title") and has(Kind.TASKS, "title", "task_kind", "promise", "done") and not people:
        return Kind.TASKS if not has(Kind.INTERACTIONS, "result", "resume") else Kind.INTERACTIONS
    if has(Kind.INTERACTIONS, "result", "resume") and has(Kind.INTERACTIONS, "day") and not people:
        return Kind.INTERACTIONS
    if people or has(Kind.CLIENTS, "client", "tax_number", "person"):
        return Kind.CLIENTS
    if has(Kind.PRODUCTS, "product", "product_code"):
        return Kind.PRODUCTS
    columns = list(zip(*(row + [""] * (len(texts) - len(row)) for row in found.rows[:50]), strict=False))
    if any(_share(values.day, cells) > 0.8 for cells in columns) and any(
        _share(values.minor_units, cells) > 0.8 for cells in columns
    ):
        return Kind.ORDERS
    if any(_matching(_EMAIL, cells) > 0.5 or _matching(_PHONE, cells) > 0.5 for cells in columns):
        return Kind.CLIENTS
    raise UserError("unclear_kind", file=file)


# what a column means ----------------------------------------------------------------------------------
def _by_headings(kind: Kind, texts: Sequence[str], fields: list[str], how: list[str]) -> None:
    for means in (headings.strong, headings.inside, headings.weak):
        taken = set(fields)
        for index, text in enumerate(texts):
            if fields[index] or not text or headings.NEVER.search(headings.plain(text)):
                continue
            name = means(kind, text)
            if name and (name not in taken or (name in MANY and means is not headings.weak)):
                fields[index], how[index] = name, "heading"
                taken.add(name)
    if kind in (Kind.CLIENTS, Kind.PEOPLE) and "surname" in fields:
        # a list of people: its "name" is theirs, and its id is not the client's code
        for index, name in enumerate(fields):
            if name == "client_code" and headings.strong(kind, texts[index]) is None:
                fields[index] = how[index] = ""


def _by_content(kind: Kind, rows: Sequence[list[Cell]], fields: list[str], how: list[str]) -> None:
    """Fills what the headings left open and the file cannot do without."""
    columns = [[row[index] if index < len(row) else "" for row in rows] for index in range(len(fields))]

    def take(name: str, fits: Callable[[Sequence[Cell]], float], least: float = 0.8) -> None:
        if name in fields or name not in headings.fields_of(kind):
            return
        free = [(fits(cells), -index) for index, cells in enumerate(columns) if not fields[index]]
        share, place = max(free, default=(0.0, 0))
        if share >= least:
            fields[-place], how[-place] = name, "content"

    take("email", lambda cells: _matching(_EMAIL, cells))
    if kind in (Kind.ORDERS, Kind.INTERACTIONS):
        take("day", lambda cells: _share(values.day, cells) if _share(values.minor_units, cells) < 0.5 else 0.0)
    if kind is Kind.TASKS:
        take("due", lambda cells: _share(values.day, cells) if _share(values.minor_units, cells) < 0.5 else 0.0)
    if kind is Kind.ORDERS and not _NUMERIC & set(fields) - {"quantity", "cost"}:
        take("amount", lambda cells: _share(values.minor_units, cells))
    if kind in (Kind.CLIENTS, Kind.PEOPLE):
        take("phone", lambda cells: _matching(_PHONE, cells))
    if kind is not Kind.PRODUCTS and not {"person", "surname"} & set(fields):
        take("client", lambda cells: sum(bool(_LEGAL.search(values.words(c))) for c in cells) / max(len(cells), 1), 0.3)
    if kind is Kind.ORDERS and "client" not in fields:
        take("client", lambda cells: sum(_is_words(cell) for cell in cells) / max(len(cells), 1))


def _unswap(rows: Sequence[list[Cell]], fields: list[str], how: list[str]) -> None:
    """Exchanges surname and given name when the whole column says so, three to one (science.md, Names)."""
    if fields.count("surname") != 1 or fields.count("given_name") != 1:
        return
    last, first = fields.index("surname"), fields.index("given_name")
    swapped = straight = 0
    for row in rows:
        surname, given = (values.line(row[i]) if i < len(row) else "" for i in (last, first))
        if not surname or not given or " " in surname or " " in given:
            continue
        readings = {
            (name.surname, name.given) for name in map(split_name, (f"{given} {surname}", f"{surname} {given}"))
        }
        if len(readings) == 1:  # both orders are read alike: the words themselves tell which is which
            swapped += readings == {(given, surname)}
            straight += readings == {(surname, given)}
    if swapped >= 2 and swapped >= 3 * straight:
        fields[last], fields[first] = "given_name", "surname"
        how[last] = how[first] = "content"


def _is(read: Callable[[Cell], object], cell: Cell) -> bool:
    try:
        return read(cell) is not None
    except values.BadValue:
        return False


def _is_words(cell: Cell) -> bool:
    text = values.words(cell)
    return bool(re.search(r"[^\W\d]{2}", text)) and not _is(values.day, cell) and not _is(values.minor_units, cell)


def _share(read: Callable[[Cell], object], cells: Sequence[Cell]) -> float:
    full = [cell for cell in cells if values.words(cell)]
    return sum(_is(read, cell) for cell in full) / len(full) if full else 0.0


def _matching(pattern: re.Pattern[str], cells: Sequence[Cell]) -> float:
    full = [text for text in map(values.words, cells) if text]
    return sum(pattern.fullmatch(fold(text)) is not None for text in full) / len(full) if full else 0.0
