"""Bringing files in: what a file is taken for, what it would do, doing it in one transaction, taking it back."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from crmdesk.data import import_undo, users
from crmdesk.data import imports as store
from crmdesk.exchange import headings, one_c, records, sales, values
from crmdesk.exchange.columns import HEAD_ROWS, ColumnMapping, Layout, is_total, layout
from crmdesk.exchange.headings import Kind
from crmdesk.exchange.reader import reading
from crmdesk.exchange.records import ClientRecord, InteractionRecord, ProductRecord, TaskRecord
from crmdesk.exchange.tables import Cell, Source
from crmdesk.services import backups
from crmdesk.services.import_clients import plan_clients
from crmdesk.services.import_plan import Plan, Refusal, Staff
from crmdesk.services.import_products import plan_products
from crmdesk.services.import_sales import Labels, plan_sales
from crmdesk.services.import_work import WorkImport
from crmdesk.services.office import Desk
from crmdesk.system.errors import OutsideError, UsageError, UserError
from crmdesk.system.ids import new_id
from crmdesk.system.jobs import NO_JOB, Job

AUTO = "auto"
SHOWN_ROWS = 20
SAMPLES = 3
GUESSED_FROM = 400  # rows read before the columns are guessed


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did to the rows of the file, or would do; `import_id` None: nothing was written."""

    kind: str
    added: int
    updated: int
    unchanged: int
    refused: tuple[Refusal, ...]
    import_id: int | None


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file, what it is taken for ("" nothing), how we know (heading, content, kept, given), samples."""

    label: str
    field: str
    how: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file is taken for, before anything is written; `outcome` is what importing it now would do."""

    kind: str
    form: str
    encoding: str
    separator: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[ColumnGuess, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # the first ones, with their numbers in the file
    mapping: ColumnMapping
    outcome: ImportReport


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One import that took place."""

    id: int
    kind: str
    file_name: str
    at: datetime
    added: int
    updated: int
    refused: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class UndoReport:
    """How many rows were archived and how many set back; `kept` are those that were not: (table, id, reason_key)."""

    import_id: int
    archived: int
    restored: int
    kept: tuple[tuple[str, int, str], ...]


def load_mapping(path: str | Path) -> ColumnMapping:
    """A mapping from its JSON file. Raises OutsideError("no_file"), UserError("bad_mapping")."""
    try:
        said = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OutsideError("no_file", file=str(path)) from None
    except OSError as error:
        raise OutsideError("unreadable_file", file=str(path), why=error.strerror or "") from None
    except ValueError:
        raise UserError("bad_mapping", what=str(path)) from None
    return ColumnMapping.from_json(said)


def preview(
    desk: Desk,
    kind: str,
    path: str | Path,
    mapping: ColumnMapping | str | Path | None = None,
    *,
    create_unknown: bool = False,
    count: bool = True,
    job: Job = NO_JOB,
) -> Preview:
    """Reads a file and says what importing it would do; writes nothing. Errors as `run`.

    Without `count` only the first rows are read, and `outcome` counts nothing.
    """
    with _file(desk, kind, path, mapping, job) as file:
        shown = [cells for _, cells in file.head[file.layout.first :] if not is_total(cells)]
        first = tuple(
            (number, tuple(values.line(cell) for cell in cells))
            for number, cells in file.head[file.layout.first : file.layout.first + SHOWN_ROWS]
        )
        nothing = ImportReport(file.layout.kind.value, 0, 0, 0, (), None)
        outcome = _Import(desk, file, create_unknown, job).look() if count else nothing
    source, guessed = file.source, file.layout
    depth = len(guessed.levels)

    def samples(index: int) -> tuple[str, ...]:
        # the levels of a 1C report share the first column
        place = 0 if index < depth else index - max(depth - 1, 0)
        found = (values.line(row[place]) for row in shown if place < len(row))
        return tuple(islice(dict.fromkeys(text for text in found if text), SAMPLES))

    columns = tuple(
        ColumnGuess(label, field, how, samples(index))
        for index, (label, field, how) in enumerate(zip(guessed.labels, guessed.fields, guessed.how, strict=True))
    )
    return Preview(
        kind=guessed.kind.value,
        form=source.form,
        encoding=source.encoding,
        separator=source.separator,
        sheet=source.sheet,
        sheets=source.sheets,
        columns=columns,
        rows=first,
        mapping=guessed.mapping(source),
        outcome=outcome,
    )


def run(
    desk: Desk,
    kind: str,
    path: str | Path,
    *,
    mapping: ColumnMapping | str | Path | None = None,
    keep_good: bool = False,
    create_unknown: bool = False,
    dry_run: bool = False,
    backup: bool = True,
    job: Job = NO_JOB,
) -> ImportReport:
    """Imports a file in one transaction: all of it, or with `keep_good` what can be, or nothing.

    With refusals and without `keep_good` nothing is written and the report says why, row by row. Clients that nobody
    knows are made when the file is a list of clients, or on `create_unknown`. Raises OutsideError and UserError for
    files that cannot be read, UsageError("unknown_import_kind"), Stopped.
    """
    with _file(desk, kind, path, mapping, job) as file:
        work = _Import(desk, file, create_unknown, job)
        if dry_run:
            return work.look()
        return work.write(Path(path), keep_good=keep_good, backup=backup)


def undo(desk: Desk, import_id: int) -> UndoReport:
    """Takes an import back in one transaction: what it added is archived, what it changed is set back.

    Rows that others changed or came to need since stay, and are reported. Raises UserError no_import, import_undone.
    """
    with desk.store.read() as connection:
        run = store.run_by_id(connection, import_id)
    if run is None:
        raise UserError("no_import", id=import_id)
    if run.undone_at is not None:
        raise UserError("import_undone", id=import_id)
    with desk.store.write(user_id=desk.me.id, clock=desk.clock) as writing:
        store.alone(writing)
        undone = import_undo.undo(writing, run)
        store.mark_undone(writing, import_id)
        writing.touch(undone.touched)
    kept = tuple((row.table, row.id, row.reason) for row in undone.kept)
    return UndoReport(import_id, undone.archived, undone.restored, kept)


def history(desk: Desk) -> tuple[ImportedFile, ...]:
    """The imports of the office, the newest first."""
    with desk.store.read() as connection:
        return tuple(
            ImportedFile(run.id, run.kind, run.file_name, run.at, run.added, run.updated, run.refused, run.undone_at)
            for run in store.runs(connection)
        )


# a file being read ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _File:
    source: Source
    layout: Layout
    head: list[tuple[int, list[Cell]]]
    rows: Iterator[tuple[int, list[Cell]]]  # the data, the head's too


@contextmanager
def _file(
    desk: Desk, kind: str, path: str | Path, mapping: ColumnMapping | str | Path | None, job: Job
) -> Iterator[_File]:
    if kind != AUTO and kind not in set(Kind):
        raise UsageError("unknown_import_kind", kind=kind, kinds=", ".join([*(known.value for known in Kind), AUTO]))
    given = load_mapping(mapping) if isinstance(mapping, (str, Path)) else mapping
    if given is not None and kind not in (AUTO, given.kind.value):
        raise UserError("bad_mapping", what=f"{given.kind.value} ≠ {kind}")

    def kept(of: Kind, signature: str) -> Mapping[str, str] | None:
        with desk.store.read() as connection:
            said = store.kept_mapping(connection, of.value, signature)
        return None if said is None else ColumnMapping.from_json(said).columns

    with reading(Path(path), sheet=given.sheet if given else None, encoding=given.encoding if given else None) as found:
        rows = found.rows(job)
        head = list(islice(rows, max(GUESSED_FROM, HEAD_ROWS)))
        guess = None if kind == AUTO else Kind(kind)
        guessed = layout(head, found.source, guess, kept=kept, given=given, file=Path(path).name)
        yield _File(found.source, guessed, head, chain(head[guessed.first :], rows))


class _Import:
    """One file on its way into one office."""

    def __init__(self, desk: Desk, file: _File, create_unknown: bool, job: Job) -> None:
        self.desk, self.file, self.layout, self.job = desk, file, file.layout, job
        self.create = create_unknown
        self.refused: list[Refusal] = []
        self.read: Any = self._read()

    def refuse(self, row: int, column: str, reason: str, value: str) -> None:
        """Notes what does not come in."""
        self.refused.append(Refusal(row, column, reason, {"value": value[:200]}))

    def _read(self) -> Any:
        """The whole file, before the store is touched: a writer must not hold the office while a file is read."""
        rows = self.file.rows
        if self.layout.levels:
            rows = one_c.flatten(rows, self.layout, self.refuse)
        if self.layout.kind is Kind.ORDERS:
            return sales.read(rows, self.layout, self.refuse)
        return list(records.read(rows, self.layout, self.refuse))

    def plan(self, connection: Any) -> Plan:
        """What the file changes in the office as it is now."""
        desk, kind = self.desk, self.layout.kind
        staff = Staff(user for user in users.all_users(connection) if user.active)
        client, manager = self._label("client", "surname", "person", "client_code"), self._label("manager")
        if kind is Kind.ORDERS:
            return plan_sales(
                connection, self.read, me=desk.me.id, staff=staff, create=self.create, refuse=self.refuse,
                labels=Labels(client, manager), job=self.job,
            )  # fmt: skip
        if kind in (Kind.CLIENTS, Kind.PEOPLE):
            return plan_clients(
                connection, [r for r in self.read if isinstance(r, ClientRecord)], me=desk.me.id,
                country=desk.office.country, staff=staff, create=self.create or kind is Kind.CLIENTS,
                change=kind is Kind.CLIENTS, refuse=self.refuse, client_label=client, manager_label=manager,
                job=self.job,
            )  # fmt: skip
        if kind is Kind.PRODUCTS:
            return plan_products(connection, [r for r in self.read if isinstance(r, ProductRecord)])
        work = WorkImport(
            connection, me=desk.me.id, staff=staff, clock=desk.clock, create=self.create, refuse=self.refuse,
            client_label=client, manager_label=manager,
        )  # fmt: skip
        if kind is Kind.INTERACTIONS:
            return work.interactions([r for r in self.read if isinstance(r, InteractionRecord)])
        return work.tasks([r for r in self.read if isinstance(r, TaskRecord)])

    def _label(self, *fields: str) -> str:
        return next((self.layout.labels[p] for field in fields for p in self.layout.places(field)), "")

    def look(self) -> ImportReport:
        """What importing would do."""
        with self.desk.store.read() as connection:
            plan = self.plan(connection)
        return self._report(plan, None)

    def write(self, path: Path, *, keep_good: bool, backup: bool) -> ImportReport:
        """Imports. With refusals and without `keep_good`: looks only, so that all refusals are known."""
        if self.refused and not keep_good:
            self.look()  # for the refusals that only the office can tell
            return self._nothing()
        sha256 = _sha256(path)
        if backup:
            backups.before_import(self.desk, self.job)
        import_id = new_id()
        read_refused = list(self.refused)
        try:
            with self.desk.store.write(user_id=self.desk.me.id, clock=self.desk.clock) as writing:
                self.refused = list(read_refused)
                store.alone(writing)
                plan = self.plan(writing.connection)
                if self.refused and not keep_good:
                    raise _Refused
                plan.write(writing, import_id, self.job)
                store.keep_mapping(
                    writing,
                    self.layout.kind.value,
                    self.layout.signature,
                    self.layout.mapping(self.file.source).as_json(),
                )
                store.add_run(
                    writing,
                    {
                        "id": import_id,
                        "kind": self.layout.kind.value,
                        "file_name": path.name[:300],
                        "sha256": sha256,
                        "user_id": self.desk.me.id,
                        "added": plan.added,
                        "updated": plan.updated,
                        "unchanged": plan.unchanged,
                        "refused": len(self.refused),
                    },
                )
                self.job.check()
        except _Refused:
            return self._nothing()
        return self._report(plan, import_id)

    def _nothing(self) -> ImportReport:
        return ImportReport(self.layout.kind.value, 0, 0, 0, self._sorted(), None)

    def _report(self, plan: Plan, import_id: int | None) -> ImportReport:
        return ImportReport(self.layout.kind.value, plan.added, plan.updated, plan.unchanged, self._sorted(), import_id)

    def _sorted(self) -> tuple[Refusal, ...]:
        return tuple(sorted(self.refused, key=lambda refusal: (refusal.row, refusal.column, refusal.reason_key)))


class _Refused(Exception):
    """The file has refusals and nothing is to be kept: rolls the transaction back."""


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fields(kind: str) -> tuple[str, ...]:
    """The fields a column may be given for such a file. Raises UsageError("unknown_import_kind")."""
    if kind not in set(Kind):
        raise UsageError("unknown_import_kind", kind=kind, kinds=", ".join(known.value for known in Kind))
    return headings.fields_of(Kind(kind))


def reasons(report: ImportReport) -> Mapping[str, int]:
    """How many refusals of each reason a report has."""
    return Counter(refusal.reason_key for refusal in report.refused)
