"""Rows of a file → records of clients with their people, products, interactions, tasks; refusals by row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar

from crmdesk.domain.lists import Gender
from crmdesk.domain.names import Birthday, split_name
from crmdesk.exchange import list_words, values
from crmdesk.exchange.columns import Layout, is_total
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.sales import ClientRef
from crmdesk.exchange.tables import Cell
from crmdesk.exchange.values import BadValue

Refuse = Callable[[int, str, str, str], None]
LENGTHS = {
    "client": 500, "client_code": 60, "tax_number": 20, "city": 120, "address": 500, "industry": 60, "channel": 60,
    "surname": 120, "given_name": 120, "patronymic": 120, "profession": 120, "role": 60, "product": 500,
    "product_code": 60, "product_group": 200, "unit": 20, "title": 500, "manager": 200, "phone": 200, "email": 200,
}  # fmt: skip
TEXT_LIMIT = 200_000  # characters of notes or of a résumé
T = TypeVar("T")
_APART = re.compile(r"[;,\s]+|:::")
_GENDERS = {
    "м": Gender.MALE, "муж": Gender.MALE, "мужской": Gender.MALE, "чол": Gender.MALE, "чоловіча": Gender.MALE,
    "m": Gender.MALE, "male": Gender.MALE, "ч": Gender.MALE,
    "ж": Gender.FEMALE, "жен": Gender.FEMALE, "женский": Gender.FEMALE, "жін": Gender.FEMALE, "жіноча": Gender.FEMALE,
    "f": Gender.FEMALE, "female": Gender.FEMALE, "w": Gender.FEMALE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Somebody at a client, as a row names him."""

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    gender: Gender | None = None
    birthday: Birthday | None = None
    profession: str = ""
    role: str = ""
    notes: str = ""

    @property
    def name(self) -> str:
        """Surname, given name, patronymic."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


@dataclass(frozen=True, slots=True)
class ClientRecord:
    """One row of a list of clients or people. `about` holds the client's other columns that are not empty.

    Phones stand as written, several may share a text; e-mails are apart. `private`: there is no firm, the person is the
    client himself.
    """

    row: int
    client: ClientRef
    private: bool
    person: PersonRecord | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    manager: str = ""
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """One row of a list of products."""

    row: int
    code: str
    name: str
    group: str
    unit: str


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """A contact that took place."""

    row: int
    client: ClientRef
    kind: str
    day: date
    clock: time | None
    result: str  # a key of lists.toml contact_result, "" when none is said
    rung: str
    resume: str
    manager: str = ""


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """Something to do, or done."""

    row: int
    client: ClientRef
    kind: str
    title: str
    due: date | None
    clock: time | None
    promise: bool
    done: date | None
    notes: str = ""
    manager: str = ""


Record = ClientRecord | ProductRecord | InteractionRecord | TaskRecord


class _Row:
    """One row read by fields; remembers the column that is being read, for the refusal."""

    def __init__(self, layout: Layout) -> None:
        self._places = {name: layout.places(name) for name in set(layout.fields) if name}
        self._labels = layout.labels
        self.number = 0
        self._cells: list[Cell] = []
        self.at = -1

    def set(self, number: int, cells: list[Cell]) -> None:
        self.number, self._cells, self.at = number, cells, -1

    @property
    def label(self) -> str:
        return self._labels[self.at] if self.at >= 0 else ""

    @property
    def value(self) -> str:
        return values.line(self._cells[self.at])[:200] if 0 <= self.at < len(self._cells) else ""

    def label_of(self, *names: str) -> str:
        """The label of the first column that fills one of the fields."""
        return next((self._labels[place] for name in names for place in self._places.get(name, ())), "")

    def has(self, name: str) -> bool:
        """Whether any column fills the field."""
        return name in self._places

    def cells(self, name: str) -> Iterator[Cell]:
        """The cells that fill a field, each remembered while it is looked at."""
        for place in self._places.get(name, ()):
            if place < len(self._cells):
                self.at = place
                yield self._cells[place]

    def line(self, name: str) -> str:
        """One line of text, from its first column. Raises BadValue("too_long")."""
        places = self._places.get(name)
        if places is None or places[0] >= len(self._cells):
            return ""
        self.at = places[0]
        text = values.line(self._cells[places[0]])
        if len(text) > LENGTHS.get(name, TEXT_LIMIT):
            raise BadValue("too_long")
        return text

    def text(self, name: str) -> str:
        """Text of several lines, from all its columns. Raises BadValue("too_long")."""
        if name not in self._places:
            return ""
        text = "\n".join(part for part in map(values.words, self.cells(name)) if part)
        if len(text) > LENGTHS.get(name, TEXT_LIMIT):
            raise BadValue("too_long")
        return text

    def read(self, name: str, read: Callable[[Cell], T]) -> T | None:
        """The first column of a field, by one of the functions of `values`."""
        for cell in self.cells(name):
            return read(cell)
        return None

    def key(self, name: str, list_name: str) -> str:
        """A word of one of the office's lists as its key; "" for an empty cell. Raises BadValue("not_in_list")."""
        text = self.line(name)
        if not text:
            return ""
        key = list_words.key_of(list_name, text)
        if key is None:
            raise BadValue("not_in_list")
        return key


def read(rows: Iterable[tuple[int, list[Cell]]], layout: Layout, refuse: Refuse) -> Iterator[Record]:
    """The records of a file. A row that lacks what it cannot do without is refused whole; a birthday, a stage or
    another detail that cannot be read is refused alone, and the rest of its row comes in."""
    row = _Row(layout)
    make = {
        Kind.CLIENTS: _client,
        Kind.PEOPLE: _client,
        Kind.PRODUCTS: _product,
        Kind.INTERACTIONS: _interaction,
        Kind.TASKS: _task,
    }[layout.kind]
    for number, cells in rows:
        if not any(values.words(cell) for cell in cells) or is_total(cells):
            continue
        row.set(number, cells)
        try:
            record = make(row, refuse)
        except BadValue as bad:
            refuse(number, row.label, bad.reason, row.value)
            continue
        if record is not None:
            yield record


def _detail(row: _Row, refuse: Refuse, read: Callable[[], T], default: T) -> T:
    """A detail: refused alone when it cannot be read."""
    try:
        return read()
    except BadValue as bad:
        refuse(row.number, row.label, bad.reason, row.value)
        return default


def _ref(row: _Row) -> ClientRef:
    return ClientRef(row.line("client_code"), row.line("tax_number"), row.line("client"))


def _client(row: _Row, refuse: Refuse) -> ClientRecord | None:
    ref = _ref(row)
    person = _person(row, refuse)
    private = not any(ref)
    if private:
        if person is None or not person.name:
            refuse(row.number, row.label_of("client", "surname", "person"), "no_name", "")
            return None
        ref = ClientRef("", "", person.name)
    about = _about(row, refuse)
    emails = dict.fromkeys(
        part for cell in row.cells("email") for part in _APART.split(values.words(cell)) if "@" in part
    )
    return ClientRecord(
        row=row.number,
        client=ref,
        private=private,
        person=person,
        phones=tuple(
            dict.fromkeys(
                text.replace(" ::: ", ", ")
                for text in map(values.line, row.cells("phone"))
                if any(map(str.isdigit, text))
            )
        ),
        emails=tuple(emails),
        manager=row.line("manager"),
        about=about,
    )


def _about(row: _Row, refuse: Refuse) -> dict[str, Any]:
    """What else the row says of the client; each of it may be refused alone."""
    about: dict[str, Any] = {}
    for name in _ABOUT:
        if not row.has(name):
            continue
        try:
            value = _ABOUT[name](row, name)
        except BadValue as bad:
            refuse(row.number, row.label, bad.reason, row.value)
            continue
        if value is not None and value != "":
            about[name] = value
    return about


def _word(row: _Row, name: str) -> str:
    """A word of the office's list as its key, or the office's own word."""
    text = row.line(name)
    return (text and list_words.key_of({"channel": "ad_channel"}.get(name, name), text)) or text


def _tracked(row: _Row, name: str) -> bool | None:
    return row.read(name, values.yes) if row.line(name) else None


_ABOUT: dict[str, Callable[[_Row, str], Any]] = {
    "city": lambda row, name: " ".join(row.text(name).split()),
    "address": lambda row, name: " ".join(row.text(name).split()),
    "notes": lambda row, name: row.text(name),
    "industry": _word,
    "channel": _word,
    "action_segment": lambda row, name: row.key(name, name),
    "importance": lambda row, name: row.key(name, name),
    "stage": lambda row, name: row.key(name, name),
    "since": lambda row, name: row.read(name, values.day),
    "tracked": _tracked,
}


def _person(row: _Row, refuse: Refuse) -> PersonRecord | None:
    surname, given, patronymic = row.line("surname"), row.line("given_name"), row.line("patronymic")
    if not surname and not given and (whole := row.line("person")):
        parts = split_name(whole)
        surname, given, patronymic = parts.surname, parts.given, parts.patronymic
    elif given and not patronymic and " " in given:
        first, _, rest = given.partition(" ")
        parts = split_name(f"{surname or 'x'} {first} {rest}")
        if parts.patronymic == rest:  # «Олена Петрівна» in the column of given names
            given, patronymic = first, rest
    birthday = _detail(row, refuse, lambda: row.read("birthday", values.birthday), None)
    if not (surname or given or patronymic):
        return None
    gender = row.line("gender")
    return PersonRecord(
        surname=surname,
        given_name=given,
        patronymic=patronymic,
        gender=_GENDERS.get(gender.lower().rstrip(".")),
        birthday=birthday,
        profession=_detail(row, refuse, lambda: row.line("profession"), ""),
        role=_detail(row, refuse, lambda: row.line("role"), ""),
        notes=_detail(row, refuse, lambda: row.text("person_notes"), ""),
    )


def _product(row: _Row, refuse: Refuse) -> ProductRecord | None:
    code, name = row.line("product_code"), row.line("product")
    if not code and not name:
        refuse(row.number, row.label_of("product", "product_code"), "no_name", "")
        return None
    return ProductRecord(row.number, code, name or code, row.line("product_group"), row.line("unit"))


def _interaction(row: _Row, refuse: Refuse) -> InteractionRecord | None:
    ref = _ref(row)
    if not any(ref):
        refuse(row.number, row.label_of("client"), "no_client", "")
        return None
    when = row.read("day", values.moment)
    if when is None:
        refuse(row.number, row.label_of("day"), "no_day", "")
        return None
    kind = row.key("contact_kind", "contact_kind") or "call"
    resume = row.text("resume")
    result = ""
    if said := row.line("result"):
        result = list_words.key_of("contact_result", said) or ""
        if not result:  # the office's own words are part of the résumé
            resume = f"{said}. {resume}" if resume else said
    return InteractionRecord(
        row=row.number,
        client=ref,
        kind=kind,
        day=when[0],
        clock=when[1],
        result=result,
        rung=list_words.rungs().get(result, "none"),
        resume=resume,
        manager=row.line("manager"),
    )


def _task(row: _Row, refuse: Refuse) -> TaskRecord | None:
    ref = _ref(row)
    title = row.line("title")
    kind = row.key("task_kind", "task_kind") or "other"
    due = row.read("due", values.moment)
    if not title and not any(ref):
        refuse(row.number, row.label_of("title", "client"), "no_title", "")
        return None
    done: date | None = None
    if said := row.line("done"):
        try:
            done = (due[0] if due else None) if values.yes(said) else None
            if done is None and values.yes(said):
                raise BadValue("no_day")
        except BadValue as bad:
            if bad.reason == "no_day":
                raise
            done = row.read("done", values.day)
    return TaskRecord(
        row=row.number,
        client=ref,
        kind=kind,
        title=title,
        due=due[0] if due else None,
        clock=due[1] if due else None,
        promise=row.read("promise", values.yes) or False,
        done=done,
        notes=row.text("notes"),
        manager=row.line("manager"),
    )
