"""Clients that come in, with their people, phones and e-mails: matched, made, filled in; nothing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crmdesk.data import imports as store
from crmdesk.domain.lists import ActionSegment, Importance, Stage
from crmdesk.domain.phones import read_phones
from crmdesk.domain.text import digits_of, firm_key, fold, sort_key
from crmdesk.exchange.records import ClientRecord, PersonRecord
from crmdesk.exchange.sales import ClientRef
from crmdesk.services.import_matching import Directory
from crmdesk.services.import_plan import Plan, Refuse, Staff, tax_key
from crmdesk.system.ids import id_block
from crmdesk.system.jobs import NO_JOB, Job

CLIENT_COLUMNS = (
    "id", "name", "is_company", "code", "tax_number", "manager_id", "tracked", "action_segment", "importance", "stage",
    "city", "address", "industry", "channel", "since", "notes", "match_key", "sort_key", "lost_reason", "own_fields",
)  # fmt: skip
PERSON_COLUMNS = ("id", *store.PERSON_FIELDS)
CONTACT_COLUMNS = (
    "id", "client_id", "person_id", "kind", "original", "normal", "extension", "position",
)  # fmt: skip
_EMPTY = (None, "")
_BLOCK = 500  # ids taken at a time


def new_client(
    client_id: int,
    ref: ClientRef,
    match_key: str,
    *,
    manager: int | None,
    company: bool = True,
    stage: Stage = Stage.LEAD,
    about: Mapping[str, Any] | None = None,
) -> list[Any]:
    """The row of a new client, by CLIENT_COLUMNS. It is tracked unless the file says no: a base that was just brought
    in is there to be seen on the sheet."""
    said = about or {}
    since = said.get("since")
    return [
        client_id,
        ref.name,
        company,
        ref.code or None,
        ref.tax_number or None,
        manager,
        said.get("tracked", True),
        said.get("action_segment", ActionSegment.NONE.value),
        said.get("importance", Importance.REGULAR.value),
        said.get("stage", stage.value),
        said.get("city", ""),
        said.get("address", ""),
        said.get("industry", ""),
        said.get("channel", ""),
        None if since is None else since.toordinal(),
        said.get("notes", ""),
        match_key,
        sort_key(ref.name),
        "",
        "{}",
    ]


@dataclass(slots=True)
class _Somebody:
    """A person as he will be: stored (and perhaps changed) or new."""

    facts: dict[str, Any]
    stored: bool
    changed: dict[str, Any] = field(default_factory=dict)


def plan_clients(
    connection: Any,
    records: Sequence[ClientRecord],
    *,
    me: int,
    country: str,
    staff: Staff,
    create: bool,
    change: bool,
    refuse: Refuse,
    client_label: str,
    manager_label: str,
    job: Job = NO_JOB,
) -> Plan:
    """Works out what a list of clients (`change`: their own fields too) or of people changes."""
    planning = _Planning(connection, me, country, staff, refuse, client_label, manager_label)
    found = planning.match(records, create)
    planning.load({client_id for client_id in found if client_id is not None} - planning.new.keys())
    for number, (record, client_id) in enumerate(zip(records, found, strict=True)):
        if number % 1000 == 0:
            job.check()
        if client_id is not None:
            planning.take(record, client_id, change)
    return planning.finish()


class _Planning:
    def __init__(
        self,
        connection: Any,
        me: int,
        country: str,
        staff: Staff,
        refuse: Refuse,
        client_label: str,
        manager_label: str,
    ) -> None:
        self.connection, self.me, self.country, self.staff = connection, me, country, staff
        self.refuse, self.client_label, self.manager_label = refuse, client_label, manager_label
        self.plan = Plan()
        self.directory = Directory(store.client_names(connection))
        self.new: dict[int, list[Any]] = {}
        self.stored: dict[int, Any] = {}
        self.changes: dict[int, dict[str, Any]] = {}
        self.people: dict[int, list[_Somebody]] = defaultdict(list)
        self.contacts: dict[tuple[int, int | None], set[tuple[str, str]]] = defaultdict(set)
        self.new_contacts: list[tuple[Any, ...]] = []
        self.ids = (new for block in iter(lambda: id_block(_BLOCK), range(0)) for new in block)

    def match(self, records: Sequence[ClientRecord], create: bool) -> list[int | None]:
        """The client of each record: stored, new, or None and refused."""
        found: list[int | None] = []
        owners = self._owners(records) if any(record.private for record in records) else {}
        for record in records:
            client = owners.get(record.row) or self.directory.find(record.client)
            if isinstance(client, int):
                found.append(client)
            elif client.value == "unknown_client" and create and record.client.name:
                found.append(self._make(record))
            else:
                self.refuse(record.row, self.client_label, client.value, record.client.name or record.client.code)
                found.append(None)
        return found

    def _make(self, record: ClientRecord) -> int:
        client_id = next(self.ids)
        manager = self._manager(record) or self.me
        key = self.directory.add(record.client, client_id, manager)
        self.new[client_id] = new_client(
            client_id, record.client, key, manager=manager, company=not record.private, about=record.about
        )
        return client_id

    def _owners(self, records: Iterable[ClientRecord]) -> dict[int, int]:
        """Cards without a firm whose person is known at a client by name and by phone or e-mail: by row."""
        wanted = {record.row: self._marks(record) for record in records if record.private and record.person}
        names: dict[str, list[int]] = defaultdict(list)
        for record in records:
            if record.private and record.person:
                names[fold(record.person.name)].append(record.row)
        owners: dict[int, int] = {}
        known = store.people_named(self.connection, sorted(names))
        marks: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for row in store.contact_points(self.connection, {client_id for _, client_id, _ in known}):
            if row["person_id"] is not None:
                marks[row["person_id"]].add((row["kind"], row["normal"] or _loose(row["original"])))
        for person_id, client_id, name in known:
            for number in names.get(fold(name), ()):
                if wanted[number] & marks[person_id]:
                    owners.setdefault(number, client_id)
        return owners

    def _marks(self, record: ClientRecord) -> set[tuple[str, str]]:
        return {(kind, normal or _loose(original)) for kind, original, normal, _ in self._points(record)}

    def load(self, client_ids: set[int]) -> None:
        """What is stored of the clients that the file names."""
        self.stored = store.clients(self.connection, client_ids)
        for row in store.people(self.connection, client_ids):
            self.people[row["client_id"]].append(_Somebody(dict(row), stored=True))
        for row in store.contact_points(self.connection, client_ids):
            mark = (row["kind"], row["normal"] or _loose(row["original"]))
            self.contacts[row["client_id"], row["person_id"]].add(mark)

    def take(self, record: ClientRecord, client_id: int, change: bool) -> None:
        """One record: what it adds to or changes of its client."""
        fresh = client_id in self.new
        news = False
        if fresh:
            news = self._complete(record, client_id)
        elif change and not (record.private and self.stored[client_id]["is_company"]):
            news = self._change(record, client_id)
        person_id, person_news = self._person(record.person, client_id) if record.person else (None, False)
        news = self._contacts(record, client_id, person_id) or person_news or news
        first = fresh and client_id not in self.plan.renamed
        if first:
            self.plan.added += 1
        elif news:
            self.plan.updated += 1
        else:
            self.plan.unchanged += 1
        if news or fresh:
            self.plan.renamed.add(client_id)

    # the client ---------------------------------------------------------------------------------------
    def _complete(self, record: ClientRecord, client_id: int) -> bool:
        """A second row of a client that this file makes fills in what the first left open."""
        row = self.new[client_id]
        news = False
        for name, value in self._said(record).items():
            place = CLIENT_COLUMNS.index(name)
            if row[place] in _EMPTY and value not in _EMPTY:
                row[place] = value
                news = True
        return news

    def _said(self, record: ClientRecord) -> dict[str, Any]:
        said = dict(record.about)
        if (since := said.get("since")) is not None:
            said["since"] = since.toordinal()
        said["code"], said["tax_number"] = record.client.code, record.client.tax_number
        return said

    def _change(self, record: ClientRecord, client_id: int) -> bool:
        stored = self.stored[client_id]
        changes = self.changes.setdefault(client_id, {})
        before = dict(changes)

        def now(name: str) -> Any:
            return changes.get(name, stored[name])

        for name, value in self._said(record).items():
            if value in _EMPTY or now(name) == value:
                continue
            if name == "notes" and now(name):
                if value in now(name):
                    continue
                value = f"{now(name)}\n{value}"
            if name == "tax_number" and tax_key(now(name) or "") == tax_key(value):
                continue
            changes[name] = value
        name = record.client.name
        if name and not record.private and firm_key(name) != firm_key(now("name")):
            changes.update(name=name, match_key=firm_key(name), sort_key=sort_key(name))
        manager = self._manager(record)
        if manager is not None and manager != now("manager_id"):
            changes["manager_id"] = manager
        return changes != before

    def _manager(self, record: ClientRecord) -> int | None:
        if not record.manager:
            return None
        found = self.staff.find(record.manager)
        if found is None:
            self.refuse(record.row, self.manager_label, "unknown_manager", record.manager)
        return found

    # his people ---------------------------------------------------------------------------------------
    def _person(self, record: PersonRecord, client_id: int) -> tuple[int, bool]:
        said = _facts(record)
        for somebody in self.people[client_id]:
            if _same(somebody.facts, said):
                return somebody.facts["id"], self._fill(somebody, said)
        person_id = next(self.ids)
        self.people[client_id].append(_Somebody({"id": person_id, "client_id": client_id, **said}, stored=False))
        return person_id, True

    def _fill(self, somebody: _Somebody, said: Mapping[str, Any]) -> bool:
        facts = somebody.facts
        known: dict[str, Any] = {}
        if said["birth_day"] is not None:
            same_day = (facts["birth_day"], facts["birth_month"]) == (said["birth_day"], said["birth_month"])
            year = said["birth_year"] or (facts["birth_year"] if same_day else None)
            if not same_day or year != facts["birth_year"]:
                known.update(birth_day=said["birth_day"], birth_month=said["birth_month"], birth_year=year)
        for name in ("given_name", "patronymic", "gender", "profession", "role"):
            if said[name] not in _EMPTY and facts[name] in _EMPTY:
                known[name] = said[name]
        if said["notes"] and said["notes"] not in facts["notes"]:
            known["notes"] = f"{facts['notes']}\n{said['notes']}".strip()
        facts.update(known)
        if somebody.stored:
            somebody.changed.update(known)
        return bool(known)

    # phones and e-mails -------------------------------------------------------------------------------
    def _points(self, record: ClientRecord) -> list[tuple[str, str, str, str]]:
        """(kind, original, normal, extension)"""
        points = [
            ("phone", phone.original[:200], phone.e164, phone.extension[:20])
            for cell in record.phones
            for phone in read_phones(cell, self.country)
        ]
        return points + [("email", email[:200], email.lower()[:200], "") for email in record.emails]

    def _contacts(self, record: ClientRecord, client_id: int, person_id: int | None) -> bool:
        known = self.contacts[client_id, person_id]
        news = False
        for kind, original, normal, extension in self._points(record):
            mark = (kind, normal or _loose(original))
            if mark not in known:
                known.add(mark)
                self.new_contacts.append(
                    (next(self.ids), client_id, person_id, kind, original, normal, extension, len(known) - 1)
                )
                news = True
        return news

    def finish(self) -> Plan:
        """The plan: new rows and changes."""
        plan = self.plan
        people = [somebody for some in self.people.values() for somebody in some]
        plan.put("client", CLIENT_COLUMNS, [row for client_id, row in self.new.items() if client_id in plan.renamed])
        plan.put(
            "person",
            PERSON_COLUMNS,
            [[somebody.facts[name] for name in PERSON_COLUMNS] for somebody in people if not somebody.stored],
        )
        plan.put("contact_point", CONTACT_COLUMNS, self.new_contacts)
        plan.changes["client"] = [{"id": client_id, **said} for client_id, said in self.changes.items() if said]
        plan.changes["person"] = [{"id": p.facts["id"], **p.changed} for p in people if p.changed]
        plan.size = len(self.new) + len(people) + len(self.new_contacts)
        return plan


def _facts(person: PersonRecord) -> dict[str, Any]:
    birthday = person.birthday
    return {
        "surname": person.surname,
        "given_name": person.given_name,
        "patronymic": person.patronymic,
        "gender": None if person.gender is None else person.gender.value,
        "birth_day": birthday.day if birthday else None,
        "birth_month": birthday.month if birthday else None,
        "birth_year": birthday.year if birthday else None,
        "profession": person.profession,
        "role": person.role,
        "notes": person.notes,
    }


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of one client mean the same person: the same surname, nothing that speaks against it."""
    if fold(one["surname"]) != fold(other["surname"]):
        return False
    return all(
        not one[name] or not other[name] or fold(one[name]) == fold(other[name])
        for name in ("given_name", "patronymic")
    ) and bool(one["surname"] or (one["given_name"] and other["given_name"]))


def _loose(original: str) -> str:
    return digits_of(original) or fold(original)
