"""Contacts and tasks that come in: as many of each as the file has, nothing twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.data import imports as store
from crmdesk.domain.text import fold
from crmdesk.exchange.records import InteractionRecord, TaskRecord
from crmdesk.exchange.sales import ClientRef
from crmdesk.services.import_clients import CLIENT_COLUMNS, new_client
from crmdesk.services.import_matching import Directory, NoMatch
from crmdesk.services.import_plan import Plan, Refuse, Staff
from crmdesk.system.clock import Clock
from crmdesk.system.ids import new_id

INTERACTION_COLUMNS = (
    "id", "client_id", "manager_id", "kind", "at", "day", "result", "rung", "resume", "no_next_reason",
)  # fmt: skip
TASK_COLUMNS = (
    "id", "client_id", "manager_id", "kind", "title", "notes", "promise", "routine", "priority", "due_day", "due_time",
    "zone", "first_due_day", "moved_count", "done_at", "done_day", "release_reason",
)  # fmt: skip
_MIDDAY = time(12)  # of a contact whose hour nobody wrote down


class WorkImport:
    """What contacts and tasks have in common: whose they are."""

    def __init__(
        self, connection: Any, *, me: int, staff: Staff, clock: Clock, create: bool, refuse: Refuse, client_label: str,
        manager_label: str,
    ) -> None:  # fmt: skip
        self._connection, self._me, self._staff, self._clock = connection, me, staff, clock
        self._create, self._refuse = create, refuse
        self._client_label, self._manager_label = client_label, manager_label
        self._directory = Directory(store.client_names(connection))
        self._new: dict[int, list[Any]] = {}
        self.plan = Plan()

    def _client(self, row: int, ref: ClientRef) -> int | None:
        found = self._directory.find(ref)
        if isinstance(found, int):
            return found
        if found is NoMatch.UNKNOWN and self._create and ref.name:
            client_id = new_id()
            key = self._directory.add(ref, client_id, self._me)
            self._new[client_id] = new_client(client_id, ref, key, manager=self._me)
            return client_id
        self._refuse(row, self._client_label, found.value, ref.name or ref.code or ref.tax_number)
        return None

    def _manager(self, row: int, said: str, client_id: int | None) -> int | None:
        if said:
            found = self._staff.find(said)
            if found is not None:
                return found
            self._refuse(row, self._manager_label, "unknown_manager", said)
        return (self._directory.managers.get(client_id) if client_id is not None else None) or self._me

    def _finish(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Plan:
        plan = self.plan
        if self._new:
            plan.put("client", CLIENT_COLUMNS, list(self._new.values()))
            plan.renamed.update(self._new)
        plan.put(table, columns, rows)
        plan.size = len(rows)
        return plan

    def interactions(self, records: Sequence[InteractionRecord]) -> Plan:
        """Works out which contacts are new."""
        found = [self._client(record.row, record.client) for record in records]
        there: Counter[tuple[Any, ...]] = Counter(
            (row["client_id"], row["day"], row["kind"], row["result"], fold(row["resume"]))
            for row in store.interactions(self._connection, {c for c in found if c is not None} - self._new.keys())
        )
        zone = ZoneInfo(self._clock.zone)
        rows = []
        for record, client_id in zip(records, found, strict=True):
            if client_id is None:
                continue
            day = record.day.toordinal()
            mark = (client_id, day, record.kind, record.result, fold(record.resume))
            if there[mark] > 0:
                there[mark] -= 1
                self.plan.unchanged += 1
                continue
            at = datetime.combine(record.day, record.clock or _MIDDAY, zone)
            manager = self._manager(record.row, record.manager, client_id)
            milliseconds = round(at.timestamp() * 1000)
            rows.append(
                (
                    new_id(),
                    client_id,
                    manager,
                    record.kind,
                    milliseconds,
                    day,
                    record.result,
                    record.rung,
                    record.resume,
                    "",
                )
            )
            self.plan.added += 1
            self.plan.touched.add(client_id)
        return self._finish("interaction", INTERACTION_COLUMNS, rows)

    def tasks(self, records: Sequence[TaskRecord]) -> Plan:
        """Works out which tasks are new, and which stored ones the file says are done."""
        found = [self._client(record.row, record.client) if any(record.client) else 0 for record in records]
        there: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in store.tasks(self._connection):
            there[row["client_id"] or 0, row["kind"], fold(row["title"]), row["first_due_day"], row["promise"]].append(
                row
            )
        now = round(self._clock.now().timestamp() * 1000)
        rows = []
        finished = []
        for record, client_id in zip(records, found, strict=True):
            if client_id is None:
                continue
            due = None if record.due is None else record.due.toordinal()
            done = None if record.done is None else record.done.toordinal()
            same = there[client_id, record.kind, fold(record.title), due, record.promise]
            if same:
                stored = same.pop()
                if done is None or stored["done_day"] is not None:
                    self.plan.unchanged += 1
                    continue
                finished.append({"id": stored["id"], "done_day": done, "done_at": now})
                self.plan.updated += 1
            else:
                clock = record.clock
                rows.append((
                    new_id(), client_id or None, self._manager(record.row, record.manager, client_id or None),
                    record.kind, record.title, record.notes, record.promise, False, 0, due,
                    None if clock is None else clock.hour * 60 + clock.minute,
                    self._clock.zone if clock else "", due, 0, None if done is None else now, done, "",
                ))  # fmt: skip
                self.plan.added += 1
            if client_id:
                self.plan.touched.add(client_id)
        if finished:
            self.plan.changes["task"] = finished
        return self._finish("task", TASK_COLUMNS, rows)
